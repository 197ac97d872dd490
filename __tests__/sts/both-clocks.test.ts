import { GetBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import AWS from 'aws-sdk';
import type { MockS3, MockS3Options } from '../../src/index';
import { startedMocks } from '../support/started-mocks';

const startMock = startedMocks();
const params = {
  RoleArn: 'arn:aws:iam::000000000000:role/reader',
  RoleSessionName: 'backup',
  DurationSeconds: 900,
};
const minutes = 60_000;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask'] });
});
afterEach(() => {
  jest.useRealTimers();
});

/** A mock whose clock follows the process, unless it was stopped at a moment. */
function start(options: MockS3Options = {}): MockS3 {
  return startMock({ buckets: { vault: {} }, users: { ann: {} }, caller: 'ann', roles: { reader: {} }, ...options });
}

const clients = {
  v3: () => {
    const client = new S3Client({ credentials: fromTemporaryCredentials({ params }), maxAttempts: 1 });
    return () => client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
  },
  v2: () => {
    const credentials = new AWS.ChainableTemporaryCredentials({ params });
    const client = new AWS.S3({ credentials, region: 'us-east-1', maxRetries: 0 });
    return () => client.getBucketVersioning({ Bucket: 'vault' }).promise();
  },
};

const renewed = ['AssumeRole 200', 'GetBucketVersioning 200', 'AssumeRole 200', 'GetBucketVersioning 200'];
const answers = (s3: MockS3) => s3.requests.map(({ operation, status }) => `${operation} ${status}`);

// F737
describe.each(['v2', 'v3'] as const)('a session is asked for again by %s, without a refusal,', (version) => {
  it('if the time of the process passes its end, and the clock of the mock follows', async () => {
    const s3 = start();
    const read = clients[version]();
    await read();
    jest.setSystemTime(Date.now() + 16 * minutes);
    await read();
    expect(answers(s3)).toEqual(renewed);
  });

  it('if both clocks pass its end, and the clock of the mock was stopped', async () => {
    const s3 = start({ now: '2026-03-01T12:00:00Z' });
    const read = clients[version]();
    await read();
    jest.setSystemTime(Date.now() + 16 * minutes);
    s3.clock.advance({ minutes: 16 });
    await read();
    expect(answers(s3)).toEqual(renewed);
  });

  it('if the time of the process alone passes its end', async () => {
    const s3 = start({ now: '2026-03-01T12:00:00Z' });
    const read = clients[version]();
    await read();
    jest.setSystemTime(Date.now() + 16 * minutes);
    await read();
    expect(answers(s3)).toEqual(renewed);
  });
});

it('a session with less than five minutes left is asked for again by v3', async () => {
  const s3 = start();
  const read = clients.v3();
  await read();
  jest.setSystemTime(Date.now() + 9 * minutes);
  await read();
  expect(answers(s3)).toHaveLength(3);
  jest.setSystemTime(Date.now() + 2 * minutes);
  await read();
  expect(answers(s3).slice(3)).toEqual(['AssumeRole 200', 'GetBucketVersioning 200']);
});
