import { describe, expect, it } from '@jest/globals';
import type { AnyHandler } from '../../src/events/handler-table';
import { deliver, errorOf, event, news, thumbnail, uploads } from './delivery-scene';

const failing = (handler: (event: never) => unknown) => handler as unknown as AnyHandler; // it gets an event in another form
const readsEvent = failing(
  ({ Records }: { Records: { s3: { bucket: { name: string } } }[] }) => Records[0]?.s3.bucket.name,
);
const readsMessage = failing(({ Records }: { Records: { body: string }[] }) =>
  Records.map(({ body }) => JSON.parse(body).Records),
);
const raw = failing((message: { s3: { bucket: unknown } }) => message.s3.bucket);
const nothing = failing((given: { Records: { s3: { object: { size: { length: number } } } }[] }) => {
  throw Object.assign(new Error('The specified key does not exist.'), { name: 'NoSuchKey', given });
});

const inQueue = 'a queue gives its handler messages: the event of S3 is JSON.parse(Records[0].body)';

describe('the error of a handler that reads an event in another form', () => {
  it.each<[name: string, handlers: object, destination: string, hint: string]>([
    ['of a queue', { [uploads]: readsEvent }, uploads, inQueue],
    [
      'of a topic',
      { [news]: readsEvent },
      news,
      'a topic gives its handler messages: the event of S3 is JSON.parse(Records[0].Sns.Message)',
    ],
    [
      'of a topic in a queue',
      { [news]: { queue: uploads }, [uploads]: readsEvent },
      news,
      'the queue gets the messages of a topic: the event of S3 is JSON.parse(JSON.parse(Records[0].body).Message), or JSON.parse(Records[0].body) with rawMessageDelivery: true',
    ],
    [
      'of EventBridge',
      { eventbridge: readsMessage },
      'eventbridge',
      'EventBridge gives its handler one event, without Records: it has detail.bucket.name and detail.object.key',
    ],
    [
      'of a function',
      { [thumbnail]: readsMessage },
      thumbnail,
      'the bucket calls this function itself: its event is the event of S3, with Records[0].s3, and no message around it',
    ],
    [
      'of a message alone',
      { [uploads]: { forward: raw } },
      uploads,
      'forward gets the text of each message: the event of S3 is JSON.parse(message)',
    ],
  ])('says how to read the event %s', async (_name, handlers, destination, hint) => {
    const facts = destination === 'eventbridge' ? { document: { detail: {} } as never } : {};
    const error = await errorOf(deliver(handlers, [event('a', destination, facts)]));
    expect(error.message).toMatch(new RegExp(`; ${hint.replace(/[()[\].]/g, '\\$&')}$`));
  });

  it('says nothing of another error', async () => {
    const wrong = () => {
      throw new TypeError('the width is undefined');
    };
    const error = await errorOf(deliver({ [uploads]: wrong }, [event('a', uploads)]));
    expect(error.message).toMatch(/TypeError: the width is undefined$/);
  });

  it('says that a TestEvent has no records', async () => {
    const document = { Event: 's3:TestEvent' } as never;
    const sent = event('a', uploads, { name: 'TestEvent', document });
    const reads = failing(({ Records }: { Records: { body: string }[] }) => {
      for (const record of JSON.parse(Records[0]?.body ?? '').Records) return record;
    });
    expect((await errorOf(deliver({ [uploads]: reads }, [sent]))).message).toMatch(
      /; S3 sends a TestEvent when a request puts the configuration, and it has no Records: leave such a message out$/,
    );
  });

  it('says how to read a key that is encoded', async () => {
    const record = { s3: { object: { key: 'a%2Bb+c.txt' } } } as never;
    const error = await errorOf(deliver({ [uploads]: nothing }, [event('a+b c.txt', uploads, { record })]));
    expect(error.message).toMatch(
      /; the key of an event is URL-encoded, 'a%2Bb\+c.txt': decodeURIComponent\(key.replace\(\/\\\+\/g, ' '\)\) is 'a\+b c.txt'$/,
    );
  });

  it('has no frame of the library in its stack', async () => {
    const error = await errorOf(deliver({ [uploads]: readsEvent }, [event('a', uploads)]));
    const { cause } = error as { readonly cause?: unknown };
    const frames = String((cause as Error).stack)
      .split('\n')
      .filter((line) => /^\s+at /.test(line));
    expect({ first: frames[0], ofLibrary: frames.filter((line) => line.includes('/src/events/')) }).toEqual({
      first: expect.stringContaining('event-forms.test.ts'),
      ofLibrary: [],
    });
  });
});
