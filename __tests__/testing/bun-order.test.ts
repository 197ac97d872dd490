import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeEach, expect, jest, test } from '@jest/globals';
import type * as Entry from '../../src/testing/bun';

type Hook = () => unknown;
/** The hooks of the mocks, in the order of their calls: a runner that shuffles describes calls them in another. */
const mockBegin: Hook[] = [];
const mockEnd: Hook[] = [];
const mockIgnore = () => {};
jest.mock(
  'bun:test',
  () => ({
    beforeAll: (hook: Hook) => mockBegin.push(hook),
    afterAll: (hook: Hook) => mockEnd.push(hook),
    beforeEach: mockIgnore,
    afterEach: mockIgnore,
    mock: { module: mockIgnore },
    test: mockIgnore,
    it: mockIgnore,
    expect,
  }),
  { virtual: true },
);
const { mockS3 } = require('../../src/testing/bun') as typeof Entry; // what the path leads to

const read = async () => {
  const { Body } = await new S3Client({}).send(new GetObjectCommand({ Bucket: 'vault', Key: 'name' }));
  return Body?.transformToString();
};
const named = (name: string) => mockS3({ buckets: { vault: { objects: { name } } } });

beforeEach(() => {
  mockBegin.length = 0;
  mockEnd.length = 0;
});

test('of two describes, the later one may run first', async () => {
  named('first');
  named('second');
  const [beginFirst, beginSecond] = mockBegin;
  const [endFirst, endSecond] = mockEnd;
  await beginSecond?.();
  expect(await read()).toBe('second');
  await endSecond?.();
  await beginFirst?.();
  expect(await read()).toBe('first');
  await endFirst?.();
});

test('a mock of the file still runs beside a describe, whose mock is refused', async () => {
  named('of the file');
  const [beginFile, beginDescribe] = [mockBegin.at(-1), named('of a describe') && mockBegin.at(-1)];
  const [endFile, endDescribe] = mockEnd.slice(-2);
  await beginFile?.();
  await expect(async () => beginDescribe?.()).rejects.toThrow('already answers hosts of the mock');
  await endDescribe?.();
  await endFile?.();
});

test('a mock of the file keeps the port that it opened before its first hook', async () => {
  const { url } = await named('of the file').listen();
  const [begin] = mockBegin;
  const [end] = mockEnd;
  await begin?.();
  expect((await fetch(`${url}/vault/name`)).status).toBe(403);
  await end?.();
});
