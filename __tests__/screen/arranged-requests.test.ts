import { expect } from '@jest/globals';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let s3: MockS3;
let isArranging = false;

const { tryAll } = makeScreenScene(
  { now: '2026-03-01T12:00:00Z', buckets: { vault: { versioning: 'Enabled' }, other: {} } },
  (started: MockControl) => {
    s3 = started.mock;
    started.lifetime.setRunner({ testIsRunning: () => true, isArranging: () => isArranging });
  },
);

const put = (Key: string, Body = 'text') => send('PutObject', { Bucket: 'vault', Key, Body });

/** What a beforeEach does. */
async function arrange(...keys: readonly string[]): Promise<void> {
  isArranging = true;
  for (const key of keys) await put(key);
  isArranging = false;
}

const cure = 'Call s3.requests.clear() at its end';

tryAll(
  'a count that has requests of beforeEach',
  [
    {
      of: 'toHaveReceivedTimes',
      async test() {
        await arrange('a.txt');
        await put('b.txt');
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      says: `1 of these 2 requests, PutObject vault/a.txt, was sent in beforeEach. ${cure}, or arrange the test by fixtures and by handles, such as s3.bucket('name').put(…), which send no request.`,
    },
    {
      of: 'toHaveReceivedTimes with an input',
      async test() {
        await arrange('a.txt', 'b.txt');
        await put('b.txt', 'more');
        expect(s3).toHaveReceivedTimes('PutObject', 1, { Key: 'b.txt' });
      },
      says: '1 of these 2 requests, PutObject vault/b.txt, was sent in beforeEach.',
    },
    {
      of: 'not.toHaveReceived',
      async test() {
        await arrange('a.txt', 'b.txt');
        expect(s3).not.toHaveReceived('PutObject');
      },
      says: 'All 2 requests, the first of them PutObject vault/a.txt, were sent in beforeEach.',
    },
    {
      of: 'toHaveReceivedOnly',
      async test() {
        await arrange('a.txt');
        await send('GetObject', { Bucket: 'vault', Key: 'a.txt' });
        expect(s3).toHaveReceivedOnly('GetObject');
      },
      says: 'The request, PutObject vault/a.txt, was sent in beforeEach.',
    },
    {
      of: 'toHaveLength of all requests',
      async test() {
        await arrange('a.txt', 'b.txt');
        await put('c.txt');
        expect(s3.requests).toHaveLength(1);
      },
      says: '2 of these 3 requests, the first of them PutObject vault/a.txt, were sent in beforeEach.',
    },
    {
      of: 'the number of requests of an operation',
      async test() {
        await arrange('a.txt');
        await put('b.txt');
        await send('GetObject', { Bucket: 'vault', Key: 'b.txt' });
        expect(s3.requests.of('PutObject').length).toBe(1);
      },
      says: '1 of these 2 requests, PutObject vault/a.txt, was sent in beforeEach.',
    },
    {
      of: 'a list of operations',
      async test() {
        await arrange('a.txt');
        await send('GetObject', { Bucket: 'vault', Key: 'a.txt' });
        expect(s3.requests.map(({ operation }) => operation)).toEqual(['GetObject']);
      },
      says: '1 of these 2 requests, PutObject vault/a.txt, was sent in beforeEach.',
    },
    {
      of: 'a list of keys',
      async test() {
        await arrange('a.txt');
        await put('b.txt');
        await put('c.txt');
        expect(s3.requests.map(({ key }) => key)).toEqual(['b.txt', 'c.txt']);
      },
      says: '1 of these 3 requests, PutObject vault/a.txt, was sent in beforeEach.',
    },
  ],
  [
    {
      of: 'a beforeEach that clears its requests',
      async test() {
        await arrange('a.txt');
        s3.requests.clear();
        await put('b.txt');
        await put('c.txt');
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      hides: 'beforeEach',
    },
    {
      of: 'a test whose own requests are too many',
      async test() {
        await arrange('a.txt');
        await put('b.txt');
        await put('c.txt');
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      hides: 'beforeEach',
    },
    {
      of: 'a test that counts the requests of beforeEach as well',
      async test() {
        await arrange('a.txt');
        await put('b.txt');
        expect(s3).toHaveReceivedTimes('PutObject', 3);
      },
      hides: 'beforeEach',
    },
    {
      of: 'a number of versions',
      async test() {
        await arrange('a.txt');
        await put('a.txt', 'second');
        expect(s3.bucket('vault').versions('a.txt')).toHaveLength(1);
      },
      hides: 'beforeEach',
    },
    {
      of: 'a number of listed keys',
      async test() {
        await arrange('a.txt');
        await put('b.txt');
        const { KeyCount } = await send('ListObjectsV2', { Bucket: 'vault' });
        expect(KeyCount).toBe(1);
      },
      hides: 'beforeEach',
    },
    {
      of: 'two operations with as many requests',
      async test() {
        await arrange('a.txt');
        await put('b.txt');
        await send('GetObject', { Bucket: 'vault', Key: 'a.txt' });
        await send('GetObject', { Bucket: 'vault', Key: 'b.txt' });
        expect(s3.requests.of('GetObject').length).toBe(1);
      },
      hides: 'beforeEach',
    },
    {
      of: 'a list that has other values',
      async test() {
        await arrange('a.txt');
        await put('b.txt');
        expect(s3.requests.map(({ key }) => key)).toEqual(['c.txt']);
      },
      hides: 'beforeEach',
    },
    {
      of: 'requests of a test without beforeEach',
      async test() {
        await put('a.txt');
        await put('b.txt');
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      hides: 'beforeEach',
    },
  ],
);
