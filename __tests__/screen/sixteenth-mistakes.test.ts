import { beforeEach, expect } from '@jest/globals';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let s3: MockS3;

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

const { tryAll } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    buckets: {
      inbox: {
        notification: {
          LambdaFunctionConfigurations: [{ LambdaFunctionArn: arnOf('index'), Events: ['s3:ObjectCreated:*'] }],
        },
      },
      index: {},
    },
  },
  (started) => {
    s3 = started.mock;
  },
);

interface Lambda {
  readonly Records: readonly {
    readonly s3: { readonly object: { readonly key: string; readonly eTag: string; readonly sequencer: string } };
  }[];
}

const addToIndex = (Key: string) => send('PutObject', { Bucket: 'index', Key, Body: 'indexed' });

/** Calls a handler, in whose source is how it names its events, and puts two orders. */
async function indexOrders(handler: (event: unknown) => unknown, bodies = ['tea', 'tea']): Promise<void> {
  s3.deliverTo(arnOf('index'), handler as never); // its source is what the test wrote
  for (const [index, Body] of bodies.entries())
    await send('PutObject', { Bucket: 'inbox', Key: `order-${index + 1}.json`, Body });
  await s3.events.settled();
}

const done = new Set<string>();
beforeEach(() => done.clear());

const byTag = async (event: unknown) => {
  for (const { s3: record } of (event as Lambda).Records) {
    if (done.has(record.object.eTag)) continue;
    done.add(record.object.eTag);
    await addToIndex(record.object.key);
  }
};

/** Names events by their keys, and leaves the second one out for another reason. */
const ofFirst = async (event: unknown) => {
  for (const { s3: record } of (event as Lambda).Records)
    if (record.object.key === 'order-1.json') await addToIndex(record.object.key);
};

const bySequencer = async (event: unknown) => {
  for (const { s3: record } of (event as Lambda).Records) {
    if (done.has(record.object.key + record.object.sequencer)) continue;
    done.add(record.object.key + record.object.sequencer);
    // The code reads eTag for nothing that decides.
    if (record.object.eTag !== '' && record.object.key !== 'order-2.json') await addToIndex(record.object.key);
  }
};

const sameTag =
  "The event of 'inbox/order-2.json' has the eTag of the event of 'inbox/order-1.json', since the bytes are equal: if the code knows repeated events by eTag, let it compare the key and the sequencer.";

tryAll(
  'an event that the code takes for a repeated one',
  [
    {
      of: 'an object that a handle misses',
      async test() {
        await indexOrders(byTag);
        expect(s3.bucket('index').object('order-2.json').text()).toBe('indexed');
      },
      says: `and sent S3 no request for the last one. ${sameTag}`,
    },
    {
      of: 'an object that a matcher misses',
      async test() {
        await indexOrders(byTag);
        expect(s3.bucket('index')).toHaveObject('order-2.json');
      },
      says: sameTag,
    },
  ],
  [
    {
      of: 'a handler that does not read the ETag',
      async test() {
        await indexOrders(ofFirst);
        expect(s3.bucket('index')).toHaveObject('order-2.json');
      },
      hides: 'eTag',
    },
    {
      of: 'events of other bytes',
      async test() {
        await indexOrders(bySequencer, ['tea', 'milk']);
        expect(s3.bucket('index')).toHaveObject('order-2.json');
      },
      hides: 'eTag',
    },
    {
      of: 'an earlier event of which the code made nothing, either',
      async test() {
        await indexOrders((event: unknown) => (event as Lambda).Records.map(({ s3: { object } }) => object.eTag));
        expect(s3.bucket('index')).toHaveObject('order-2.json');
      },
      hides: 'eTag',
    },
    {
      of: 'another object that the handle misses',
      async test() {
        await indexOrders(byTag);
        expect(s3.bucket('index').object('order-3.json').text()).toBe('indexed');
      },
      hides: 'sent S3 no request',
    },
  ],
);
