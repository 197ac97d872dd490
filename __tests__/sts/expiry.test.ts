import { GetBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { MockS3, MockS3Options } from '../../src/index';
import { startedMocks } from '../support/started-mocks';
import { AWS } from './aws-sdk-v2';

const startMock = startedMocks();
const params = {
  RoleArn: 'arn:aws:iam::000000000000:role/reader',
  RoleSessionName: 'backup',
  DurationSeconds: 900,
};
const minutes = 60_000;

function start(options: MockS3Options = {}): MockS3 {
  return startMock({ buckets: { vault: {} }, users: { ann: {} }, caller: 'ann', roles: { reader: {} }, ...options });
}

const clients = {
  v3() {
    const client = new S3Client({ credentials: fromTemporaryCredentials({ params }), maxAttempts: 1 });
    return () => client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
  },
  v2() {
    const credentials = new AWS.ChainableTemporaryCredentials({ params });
    const client = new AWS.S3({ credentials, region: 'us-east-1', maxRetries: 0 });
    return () => client.getBucketVersioning({ Bucket: 'vault' }).promise();
  },
};

const answers = (s3: MockS3) => s3.requests.map(({ operation, status }) => `${operation} ${status}`);
const begun = ['AssumeRole 200', 'GetBucketVersioning 200'];

// F737
describe('a session that code asked for', () => {
  it.each(['2001-01-01', '2050-01-01'])('is asked for once, although the clock of the mock says %s', async (now) => {
    const s3 = start({ now });
    for (const makeRead of [clients.v3, clients.v2]) {
      const read = makeRead();
      for (let count = 0; count < 3; count += 1) await read();
    }
    expect(s3.requests.of('AssumeRole')).toHaveLength(2);
  });

  it('is over at S3 by the clock of the mock: v3 fails, as on AWS, since its own clock has not moved', async () => {
    const s3 = start();
    const read = clients.v3();
    await read();
    s3.clock.advance({ minutes: 16 });
    await expect(read()).rejects.toMatchObject({ name: 'ExpiredToken' });
    expect(answers(s3)).toEqual([...begun, 'GetBucketVersioning 400']);
  });

  it('is asked for again by v2 once S3 answers that it is over', async () => {
    const s3 = start();
    const read = clients.v2();
    await read();
    s3.clock.advance({ minutes: 16 });
    await expect(read()).rejects.toMatchObject({ code: 'ExpiredToken' });
    await read();
    expect(answers(s3)).toEqual([...begun, 'GetBucketVersioning 400', ...begun]);
  });
});

describe('a session is asked for again without a refusal', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  const startWithFakedTime = (options?: MockS3Options) => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask'] });
    return start(options);
  };
  const pass = (count: number) => jest.setSystemTime(Date.now() + count * minutes);

  it.each([
    ['v2', 'passes its end, and the clock of the mock follows', undefined, 0],
    ['v3', 'passes its end, and the clock of the mock follows', undefined, 0],
    ['v2', 'and the stopped clock of the mock pass its end', '2026-03-01T12:00:00Z', 16],
    ['v3', 'and the stopped clock of the mock pass its end', '2026-03-01T12:00:00Z', 16],
    ['v2', 'alone passes its end', '2026-03-01T12:00:00Z', 0],
    ['v3', 'alone passes its end', '2026-03-01T12:00:00Z', 0],
  ] as const)('by %s, if the time of the process %s', async (version, _when, now, ofMock) => {
    const s3 = startWithFakedTime(now === undefined ? {} : { now });
    const read = clients[version]();
    await read();
    pass(16);
    if (ofMock > 0) s3.clock.advance({ minutes: ofMock });
    await read();
    expect(answers(s3)).toEqual([...begun, ...begun]);
  });

  it('by v3 with less than five minutes left', async () => {
    const s3 = startWithFakedTime();
    const read = clients.v3();
    await read();
    pass(9);
    await read();
    expect(answers(s3)).toHaveLength(3);
    pass(2);
    await read();
    expect(answers(s3).slice(3)).toEqual(begun);
  });
});
