import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { MockS3 } from '../../src';
import type * as Entry from '../../src/testing/bun';

// The functions of bun's runner have the names and the meaning of jest's.
const mock = { module: () => {} };
const bunTest = { afterAll, afterEach, beforeAll, beforeEach, expect, mock, test, it: test };

const put = (Key: string, Body: string) => new S3Client({}).send(new PutObjectCommand({ Bucket: 'vault', Key, Body }));
const read = async (Key: string) => {
  const { Body } = await new S3Client({}).send(new GetObjectCommand({ Bucket: 'vault', Key }));
  return Body?.transformToString();
};

jest.mock('bun:test', () => bunTest, { virtual: true });
const { mockS3 } = require('../../src/testing/bun') as typeof Entry; // what the path leads to
const options = { buckets: { vault: { objects: { 'a.txt': 'first' } } } };

describe('a mock of the entry for bun', () => {
  const s3 = mockS3(options);

  test('answers, and has matchers', async () => {
    await put('a.txt', 'second');
    expect(s3).toHaveReceivedOnly('PutObject', { Key: 'a.txt' });
    expect(s3.bucket('vault')).toHaveObject('a.txt', { body: 'second' });
  });

  test('begins each test with the state of its options', async () => {
    expect(s3.requests).toHaveLength(0);
    expect(await read('a.txt')).toBe('first');
  });
});

describe('mocks of two describes', () => {
  describe.each(['first', 'second'])('the %s', (name) => {
    const s3: MockS3 = mockS3({ buckets: { vault: { objects: { name } } } });

    test('answers the requests of its describe', async () => {
      expect(await read('name')).toBe(name);
      expect(s3.requests).toHaveLength(1);
    });
  });
});
