import '../support/in-place';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { rejectionOf, thrownBy } from '../support/thrown';
import { calls } from './wrong-calls';

let s3: MockS3;
const server = createServer();

beforeAll(async () => {
  s3 = mockS3({ users: { writer: {} }, buckets: { vault: { objects: { a: 'first' } } } });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.close();
  await s3.stop();
});

/** The file of the first line of a stack, which runners show. */
const fileOf = (error: unknown) => {
  const { stack = '' } = error instanceof Error ? error : new Error('nothing was thrown');
  return /\n {4}at .*?([^\\/\s(]+):\d+:\d+\)?(?:\n|$)/.exec(stack)?.[1];
};

const wrongCalls = calls.map(({ name, given, make }) => {
  const wrong = given.map((value, index) => (index === given.length - 1 ? Symbol('wrong') : value));
  return { name, act: () => make(s3, ...wrong) };
});

describe('without a sandbox, as in Node and vitest, the stack of a mistake begins at the line of the test', () => {
  it.each(wrongCalls)('of $name', ({ act }) => {
    expect(fileOf(thrownBy(act))).toBe('wrong-calls.ts');
  });

  const rejected: Readonly<Record<string, () => Promise<unknown>>> = {
    's3.listen': async () => s3.listen({ port: -1 }),
    's3.listen at a port that is taken': async () => s3.listen({ port: (server.address() as AddressInfo).port }), // of a port
    's3.requests.waitFor': async () => s3.requests.waitFor('PutObject', {}, { timeout: -1 }),
    's3.requests.waitFor without a request': async () => s3.requests.waitFor('PutObject', {}, { timeout: 0 }),
    's3.requests.waitFor of a mock that is reset': async () => {
      const wait = s3.requests.waitFor('PutObject');
      s3.reset();
      await wait;
    },
    's3.events.settled': async () => Reflect.apply(s3.events.settled, s3.events, [1]),
    's3.events.waitFor': async () => s3.events.waitFor('ObjectCreated:Put', {}, { timeout: 0 }),
  };
  it.each(Object.entries(rejected))('of %s', async (_name, act) => {
    expect(fileOf(await rejectionOf(act()))).toBe('lines-of-mistakes.test.ts');
  });

  it('has as many lines as Error.stackTraceLimit asks for', () => {
    const limit = jest.replaceProperty(Error, 'stackTraceLimit', 2);
    const { stack = '' } = thrownBy(() => s3.bucket('nothing')) as Error; // there is no such bucket
    limit.restore();
    expect(stack.match(/\n {4}at /g)).toHaveLength(2);
  });
});
