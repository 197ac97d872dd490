import { describe, expect, it } from '@jest/globals';
import { begin, deliver, deliveriesOf, event, news, thumbnail, turns, uploads } from './delivery-scene';

const handler = () => {};
const forms =
  "'eventbridge', or the ARN of a function, a queue or a topic: 'arn:aws:lambda:REGION:ACCOUNT:function:NAME', " +
  "'arn:aws:sqs:REGION:ACCOUNT:NAME', 'arn:aws:sns:REGION:ACCOUNT:NAME'";

describe('a destination', () => {
  it.each([
    thumbnail,
    `${thumbnail}:live`,
    `${thumbnail}:$LATEST`,
    uploads,
    news,
    'arn:aws-us-gov:sqs:us-gov-west-1:111122223333:a_queue-1',
    'eventbridge',
  ])('may be %s', (destination) => {
    expect(() => deliveriesOf({ [destination]: handler })).not.toThrow();
  });

  it.each([
    ['a name', 'thumbnail', forms],
    ['a bucket', 'arn:aws:s3:::vault', forms],
    ['an account without its digits', 'arn:aws:sqs:us-east-1:12:uploads', forms],
    ['a function without the word', 'arn:aws:lambda:us-east-1:000000000000:thumbnail', forms],
    ['another case', 'EventBridge', `${forms}. Did you mean eventbridge?`],
    [
      'a queue of FIFO',
      `${uploads}.fifo`,
      'a standard queue or topic, since S3 does not send to FIFO queues and topics',
    ],
    [
      'a bus',
      'arn:aws:events:us-east-1:000000000000:event-bus/default',
      "'eventbridge': buckets send to the default bus, and do not name it",
    ],
  ])('is refused as %s', (_name, destination, expected) => {
    expect(() => deliveriesOf({ [destination]: handler })).toThrow(
      new TypeError(`mockS3: deliver: invalid destination '${destination}'; expected ${expected}`),
    );
    expect(() => deliveriesOf({}).deliverTo(destination, handler)).toThrow(/^s3\.deliverTo: invalid destination /);
  });
});

describe('a handler', () => {
  const ofFunction = 'a function, called with the event, a context and a callback, or { handler, role, timeout }';
  const ofQueue = `${ofFunction}, or { forward }, a function called with each message`;
  const ofTopic =
    'a subscribed function, or { handler, role, timeout }, a subscribed queue, such as { queue: QUEUE_ARN }, ' +
    '{ forward }, a function called with each message, or a list of subscribers';

  it.each([
    [thumbnail, 'thumbnail', ofFunction],
    [uploads, undefined, ofQueue],
    [thumbnail, { handler }, `${ofFunction}. Did you mean its member handler?`],
    [thumbnail, [handler], ofFunction],
    [uploads, { queue: uploads }, ofQueue],
    [uploads, { forwards: handler }, ofQueue],
    [uploads, { handler, forward: handler }, `${ofQueue}. Did you mean its member handler?`],
    [thumbnail, { forward: handler }, ofFunction],
    ['eventbridge', { forward: handler }, ofFunction],
    [news, [], ofTopic],
    [news, [handler, 5], ofTopic],
  ])('of %s is not %p', (destination, given, expected) => {
    expect(() => deliveriesOf({}).deliverTo(destination, given)).toThrow(TypeError);
    expect(() => deliveriesOf({}).deliverTo(destination, given)).toThrow(`; expected ${expected}`);
  });

  it.each([
    ['a topic', { queue: news }, `invalid queue '${news}'; expected the ARN of a queue, such as`],
    ['a number', { queue: 5 }, 'invalid destination 5; expected'],
    ['a misspelt option', { queue: uploads, rawMessages: true }, "there is no option 'rawMessages'"],
    [
      'a word',
      { queue: uploads, rawMessageDelivery: 'yes' },
      "invalid rawMessageDelivery 'yes'; expected true or false",
    ],
  ])('of a topic is no queue with %s', (_name, given, message) => {
    expect(() => deliveriesOf({}).deliverTo(news, given)).toThrow(message);
  });

  it.each([
    [
      uploads,
      { forward: uploads },
      `invalid forward '${uploads}'; expected a function, called with each message as text`,
    ],
    [uploads, { forward: undefined }, 'invalid forward undefined; expected a function'],
    [news, [{ forward: handler, role: 'worker' }], "there is no option 'role'"],
    [news, { forward: handler, timeout: { minutes: 16 } }, 'expected a duration of at most 15 minutes'],
  ])('of %s that passes messages on is not %p', (destination, given, message) => {
    expect(() => deliveriesOf({}).deliverTo(destination, given)).toThrow(message);
  });

  it('may be undefined in the option, as any option', () => {
    expect(() => deliveriesOf({ [thumbnail]: undefined })).not.toThrow();
  });

  it.each([[handler], ['all'], [[handler]]])('is in an object by its destination, not %p', (deliver) => {
    expect(() => deliveriesOf(deliver)).toThrow(
      /^mockS3: invalid deliver .*; expected an object of handlers by destination/,
    );
  });
});

describe('the screen of a failed test', () => {
  const misspelt = thumbnail.replace('thumbnail', 'thumbnial');

  it.each([
    [misspelt, [uploads, thumbnail], `no bucket notifies ${misspelt}. Did you mean ${thumbnail}?`],
    [thumbnail, [], `no bucket notifies ${thumbnail}. No bucket has a notification configuration.`],
    ['eventbridge', [uploads], `no bucket notifies eventbridge. The configurations name '${uploads}'.`],
  ])('names the handler of %s if buckets notify %j', (destination, named, text) => {
    expect(deliveriesOf({ [destination]: handler }).writeUnnamed(() => named)).toBe(
      `Handlers that get no event:\n  ${text}`,
    );
  });

  it('names a queue that is subscribed and has no handler', () => {
    expect(deliveriesOf({ [news]: { queue: uploads } }).writeUnnamed(() => [news])).toBe(
      `Handlers that get no event:\n  the queue ${uploads} is subscribed to a topic, and has no handler of its own.`,
    );
    const both = deliveriesOf({ [news]: { queue: uploads }, [uploads]: handler });
    expect(both.writeUnnamed(() => [news])).toBeUndefined();
  });

  it('names no handler that got an event, or that is named', async () => {
    const deliveries = await deliver({ [thumbnail]: handler, [uploads]: handler }, [event('a.jpg', thumbnail)]);
    expect(deliveries.writeUnnamed(() => [uploads])).toBeUndefined();
  });

  it('has the error that nobody awaited, and its place', async () => {
    const resize = () => {
      throw new Error('boom');
    };
    const deliveries = begin({ [thumbnail]: resize }, [event('a b.jpg', thumbnail)]);
    await turns();
    const [title, failure, place] = deliveries.writeFailures()?.split('\n') ?? [];
    expect({ title, failure }).toEqual({
      title: 'Handlers that failed; await s3.events.settled() throws their errors:',
      failure: `  the handler of ${thumbnail} failed for ObjectCreated:Put vault/a b.jpg: boom`,
    });
    expect(place).toMatch(/^ {5}at .*resize.*delivery-handlers\.test\.ts:\d+/);
    deliveries.forgetTest();
    expect(deliveries.writeFailures()).toBeUndefined();
  });

  it('names the handler that is still running', async () => {
    const silent = (_event: object, _context: object, _callback: object) => {};
    const entries = [event('a.jpg', thumbnail), event('b.jpg', thumbnail)];
    const deliveries = begin({ [thumbnail]: silent }, entries);
    await turns();
    expect(deliveries.writeRunning()).toBe(
      `The handler of ${thumbnail} is still running for ObjectCreated:Put vault/a.jpg. It declares a callback, but has not called it. ` +
        'Calls that wait behind it: 1.',
    );
  });
});
