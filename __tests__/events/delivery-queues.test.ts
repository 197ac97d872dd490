import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { QueueEvent, TopicEvent } from '../../src/events/handler-types';
import type { RequestEntry } from '../../src/journal/entry';
import { deliver, errorOf, event, news, recorder, uploads } from './delivery-scene';

const keysIn = ({ Records }: QueueEvent) => Records.map(({ body }) => JSON.parse(body).Records[0].s3.object.key);
const numbered = (count: number) => Array.from({ length: count }, (_, index) => event(`${index}`, uploads));

describe('a delivery to a queue', () => {
  // F783
  it('is a message with the members that Lambda hands over', async () => {
    const { handler, events } = recorder<QueueEvent>();
    const sent = event('a.jpg', uploads);
    await deliver({ [uploads]: handler }, [sent]);
    const body = JSON.stringify(sent.document);
    expect(events).toEqual([
      {
        Records: [
          {
            messageId: expect.stringMatching(/^[\da-f-]{36}$/),
            receiptHandle: expect.stringMatching(/^AQEB[\w+/]{172}$/),
            body,
            attributes: {
              ApproximateReceiveCount: '1',
              SentTimestamp: '1772366400000',
              SenderId: expect.stringMatching(/^AIDA[A-Z\d]{17}$/),
              ApproximateFirstReceiveTimestamp: '1772366400000',
            },
            messageAttributes: {},
            md5OfBody: createHash('md5').update(body).digest('hex'),
            eventSource: 'aws:sqs',
            eventSourceARN: uploads,
            awsRegion: 'us-east-1',
          },
        ],
      },
    ]);
  });

  it('has the trace of the request that caused it, if that has one', async () => {
    const { handler, events } = recorder<QueueEvent>();
    const trace = 'Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1';
    const sentBy = (headers: object) => [event('a', uploads, { cause: { headers } as RequestEntry })]; // the part that is read
    await deliver({ [uploads]: handler }, sentBy({ 'x-amzn-trace-id': trace }), sentBy({}));
    const attributes = events.flatMap(({ Records }) => Records.map((record) => record.attributes));
    expect(attributes.map(({ AWSTraceHeader }) => AWSTraceHeader)).toEqual([trace, undefined]);
    expect(attributes[1]).not.toHaveProperty('AWSTraceHeader');
  });

  it('has what one cause sent, at most ten messages a batch', async () => {
    const { handler, events } = recorder<QueueEvent>();
    await deliver({ [uploads]: handler }, numbered(12), [event('last', uploads)]);
    expect(events.map(keysIn)).toEqual([['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], ['10', '11'], ['last']]);
  });

  it('fails as a whole if its handler throws, and does not come again', async () => {
    let calls = 0;
    const failing = () => {
      calls += 1;
      throw new Error('boom');
    };
    const error = await errorOf(deliver({ [uploads]: failing }, numbered(3)));
    expect(error.message).toBe(
      `s3.events.settled: the handler of ${uploads} failed for ObjectCreated:Put vault/0 and 2 more events: boom`,
    );
    expect(calls).toBe(1);
  });
});

describe('messages that a test passes on', () => {
  function forwarder(): { readonly forward: (...given: readonly unknown[]) => void; readonly calls: unknown[] } {
    const calls: unknown[] = [];
    return { calls, forward: (...given) => void calls.push(given) };
  }

  it('are the texts that S3 sends to a queue, each in a call of its own, with nothing else', async () => {
    const { forward, calls } = forwarder();
    const sent = numbered(2);
    await deliver({ [uploads]: { forward } }, sent);
    expect(calls).toEqual(sent.map(({ document }) => [JSON.stringify(document)]));
  });

  it('are the texts that S3 sends to a topic, beside those of other subscribers', async () => {
    const { forward, calls } = forwarder();
    const { handler, events } = recorder<TopicEvent>();
    const sent = event('a.jpg', news);
    await deliver({ [news]: [{ forward }, handler] }, [sent]);
    const body = JSON.stringify(sent.document);
    expect({ calls, messages: events.map(({ Records }) => Records[0]?.Sns.Message) }).toEqual({
      ...{ calls: [[body]], messages: [body] },
    });
  });

  it('are the envelopes of a topic to which the queue is subscribed, or the bare messages', async () => {
    const sent = event('a.jpg', news);
    const texts = async (rawMessageDelivery: boolean) => {
      const { forward, calls } = forwarder();
      await deliver({ [news]: { queue: uploads, rawMessageDelivery }, [uploads]: { forward } }, [sent]);
      return calls.flat().map((text) => JSON.parse(String(text)));
    };
    const { document } = sent;
    expect({ envelopes: await texts(false), bare: await texts(true) }).toEqual({
      envelopes: [expect.objectContaining({ Type: 'Notification', Message: JSON.stringify(document) })],
      bare: [document],
    });
  });

  it('are waited for, and fail as those of a handler do', async () => {
    const order: string[] = [];
    const forward = async (message: string) => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push(JSON.parse(message).Records[0].s3.object.key);
      if (order.length === 2) throw new Error('the queue is down');
    };
    const error = await errorOf(deliver({ [uploads]: { forward } }, numbered(3)));
    expect({ order, message: error.message }).toEqual({
      order: ['0', '1', '2'],
      message: `s3.events.settled: the handler of ${uploads} failed for ObjectCreated:Put vault/1: the queue is down`,
    });
  });

  it('name the option in the error of a call that takes too long', async () => {
    const forward = () => new Promise(() => {});
    const timeout = { milliseconds: 20 };
    const error = await errorOf(deliver({ [uploads]: { forward, timeout } }, numbered(1)));
    expect(error.message).toContain(
      `it did not end within 20 ms; give it more time: s3.deliverTo('${uploads}', { forward, timeout: { seconds: 120 } })`,
    );
  });
});

// F784
describe('batchItemFailures', () => {
  const failing = (times: number) => {
    const events: QueueEvent[] = [];
    const seen = new Map<string, number>();
    const handler = async (given: QueueEvent) => {
      events.push(given);
      const failed = given.Records.filter(({ body, messageId }) => {
        const count = (seen.get(messageId) ?? 0) + 1;
        seen.set(messageId, count);
        return body.includes('"bad"') && count <= times;
      });
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    };
    return { events, handler };
  };

  it('brings these messages again, with a greater count and another handle', async () => {
    const { events, handler } = failing(1);
    await deliver({ [uploads]: handler }, [event('good', uploads), event('bad', uploads)]);
    expect(events.map(keysIn)).toEqual([['good', 'bad'], ['bad']]);
    const [first, again] = [events[0]?.Records[1], events[1]?.Records[0]];
    expect(again).toEqual({
      ...first,
      receiptHandle: expect.not.stringMatching(first?.receiptHandle.replace(/[+/]/g, '.') ?? ''),
      attributes: { ...first?.attributes, ApproximateReceiveCount: '2' },
    });
  });

  it('fails after three receives', async () => {
    const { events, handler } = failing(3);
    const error = await errorOf(deliver({ [uploads]: handler }, [event('bad', uploads)]));
    expect(events.map(({ Records }) => Records[0]?.attributes.ApproximateReceiveCount)).toEqual(['1', '2', '3']);
    expect(error.message).toBe(
      `s3.events.settled: the handler of ${uploads} failed for ObjectCreated:Put vault/bad: it returned the message ` +
        `${events[0]?.Records[0]?.messageId} in batchItemFailures 3 times; a real queue would move it to its dead-letter queue`,
    );
  });

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['an empty list', { batchItemFailures: [] }],
    ['no list', { batchItemFailures: null }],
    ['another value', 'done'],
  ])('has no effect as %s', async (_name, answer) => {
    let calls = 0;
    const handler = () => {
      calls += 1;
      return answer;
    };
    await deliver({ [uploads]: handler }, numbered(1));
    expect(calls).toBe(1);
  });

  const unknown = (named: string) =>
    `batchItemFailures names the itemIdentifier ${named}, but no message of the batch has this messageId`;

  it.each([
    ['an unknown identifier', [{ itemIdentifier: 'no' }], unknown('"no"')],
    ['an empty identifier', [{ itemIdentifier: '' }], unknown('""')],
    ['another name', [{ messageId: 'no' }], unknown('undefined')],
    ['identifiers alone', ['no'], unknown('undefined')],
    ['a word', 'all', 'must be a list of { itemIdentifier }, but it is string'],
  ])('fails with %s', async (_name, batchItemFailures, text) => {
    const error = await errorOf(deliver({ [uploads]: async () => ({ batchItemFailures }) }, numbered(1)));
    expect(error.message).toContain(text);
  });
});

// F786
describe('a delivery to a topic', () => {
  const sent = event('a.jpg', news);

  it('is the event of SNS to a function', async () => {
    const { handler, events } = recorder<TopicEvent>();
    await deliver({ [news]: handler }, [sent]);
    const subscription = events[0]?.Records[0]?.EventSubscriptionArn ?? '';
    expect(subscription).toMatch(/^arn:aws:sns:us-east-1:000000000000:news:[\da-f-]{36}$/);
    expect(events).toEqual([
      {
        Records: [
          {
            EventSource: 'aws:sns',
            EventVersion: '1.0',
            EventSubscriptionArn: subscription,
            Sns: {
              Type: 'Notification',
              MessageId: expect.stringMatching(/^[\da-f-]{36}$/),
              TopicArn: news,
              Subject: 'Amazon S3 Notification',
              Message: JSON.stringify(sent.document),
              Timestamp: '2026-03-01T12:00:00.000Z',
              SignatureVersion: '1',
              Signature: expect.stringMatching(/^[\w+/]{342}==$/),
              SigningCertUrl: expect.stringMatching(
                /^https:\/\/sns\.us-east-1\.amazonaws\.com\/SimpleNotificationService-\w+\.pem$/,
              ),
              UnsubscribeUrl: `https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscription}`,
              MessageAttributes: {},
            },
          },
        ],
      },
    ]);
  });

  it('names one subscription in all messages of a subscriber, and others for others', async () => {
    const [first, second] = [recorder<TopicEvent>(), recorder<TopicEvent>()];
    await deliver({ [news]: [first.handler, second.handler] }, [sent], [event('b.jpg', news)]);
    const [own, other] = [first, second].map(({ events }) =>
      events.flatMap(({ Records }) => Records.map(({ EventSubscriptionArn }) => EventSubscriptionArn)),
    );
    expect({ own: own?.length, differ: new Set(own).size }).toEqual({ own: 2, differ: 1 });
    expect(new Set([...(own ?? []), ...(other ?? [])]).size).toBe(2);
  });

  const throughQueue = async (subscriber: object) => {
    const { handler, events } = recorder<QueueEvent>();
    await deliver({ [news]: subscriber, [uploads]: handler }, [sent]);
    return events.flatMap(({ Records }) =>
      Records.map(({ body, eventSourceARN }) => ({ eventSourceARN, body: JSON.parse(body) })),
    );
  };

  it('is wrapped twice for a queue that is subscribed', async () => {
    const [{ body, eventSourceARN } = { body: {}, eventSourceARN: '' }] = await throughQueue({ queue: uploads });
    expect(eventSourceARN).toBe(uploads);
    expect(Object.keys(body)).toEqual([
      'Type',
      'MessageId',
      'TopicArn',
      'Subject',
      'Message',
      'Timestamp',
      'SignatureVersion',
      'Signature',
      'SigningCertURL',
      'UnsubscribeURL',
    ]);
    expect(JSON.parse(body.Message)).toEqual(sent.document);
  });

  it('is the bare message with rawMessageDelivery', async () => {
    expect(await throughQueue({ queue: uploads, rawMessageDelivery: true })).toEqual([
      { eventSourceARN: uploads, body: sent.document },
    ]);
  });

  it('goes to each of several subscribers, in one batch to a queue', async () => {
    const [first, second, queue] = [recorder<TopicEvent>(), recorder<TopicEvent>(), recorder<QueueEvent>()];
    const subscribers = [first.handler, { queue: uploads }, second.handler];
    await deliver({ [news]: subscribers, [uploads]: queue.handler }, [sent, event('b.jpg', news)]);
    const messages = [first, second].map(({ events }) => events.map(({ Records }) => Records[0]?.Sns.MessageId));
    expect(messages[0]).toEqual(messages[1]);
    expect(new Set(messages.flat()).size).toBe(2);
    expect(queue.events.map(({ Records }) => Records.length)).toEqual([2]);
  });

  it('has the host of the partition', async () => {
    const { handler, events } = recorder<TopicEvent>();
    const topic = 'arn:aws-cn:sns:cn-north-1:000000000000:news';
    await deliver({ [topic]: handler }, [event('a.jpg', topic)]);
    expect(events[0]?.Records[0]?.Sns.UnsubscribeUrl).toMatch(/^https:\/\/sns\.cn-north-1\.amazonaws\.com\.cn\//);
  });
});
