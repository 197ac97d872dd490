import { GetBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import AWS from 'aws-sdk';
import type { MockS3, MockS3Options } from '../../src/index';
import { startedMocks } from '../support/started-mocks';

const startMock = startedMocks();
const RoleArn = 'arn:aws:iam::000000000000:role/reader';

afterEach(() => {
  jest.useRealTimers();
});

function start(options: MockS3Options = {}): MockS3 {
  return startMock({ buckets: { vault: {} }, users: { ann: {} }, roles: { reader: {} }, ...options });
}

const read = new GetBucketVersioningCommand({ Bucket: 'vault' });
const operations = (s3: MockS3) => s3.requests.map(({ operation, status }) => `${operation} ${status}`);

function clientV3({ account }: MockS3): S3Client {
  const masterCredentials = account.user('ann').credentials;
  const clientConfig = { region: 'eu-west-1' };
  const params = { RoleArn, DurationSeconds: 900 };
  return new S3Client({
    credentials: fromTemporaryCredentials({ masterCredentials, params, clientConfig }),
    maxAttempts: 1,
  });
}

function clientV2({ account }: MockS3): AWS.S3 {
  const masterCredentials = new AWS.Credentials(account.user('ann').credentials);
  const params = { RoleArn, RoleSessionName: 'backup', DurationSeconds: 900 };
  const credentials = new AWS.ChainableTemporaryCredentials({ params, masterCredentials });
  return new AWS.S3({ credentials, region: 'us-east-1', maxRetries: 0 });
}

// F737
describe('a session that code asked for', () => {
  it.each(['2001-01-01', '2050-01-01'])('is asked for once, although the clock of the mock says %s', async (now) => {
    const s3 = start({ now });
    const client = clientV3(s3);
    for (let count = 0; count < 3; count += 1) await client.send(read);
    expect(s3.requests.of('AssumeRole')).toHaveLength(1);
    const other = clientV2(s3);
    for (let count = 0; count < 3; count += 1) await other.getBucketVersioning({ Bucket: 'vault' }).promise();
    expect(s3.requests.of('AssumeRole')).toHaveLength(2);
    client.destroy();
  });

  it('is over at S3 by the clock of the mock: v3 fails, as on AWS, since its own clock has not moved', async () => {
    const s3 = start();
    const client = clientV3(s3);
    await client.send(read);
    s3.clock.advance({ minutes: 16 });
    await expect(client.send(read)).rejects.toMatchObject({ name: 'ExpiredToken' });
    expect(operations(s3)).toEqual(['AssumeRole 200', 'GetBucketVersioning 200', 'GetBucketVersioning 400']);
    client.destroy();
  });

  it('is asked for again by v2 once S3 answers that it is over', async () => {
    const s3 = start();
    const client = clientV2(s3);
    await client.getBucketVersioning({ Bucket: 'vault' }).promise();
    s3.clock.advance({ minutes: 16 });
    await expect(client.getBucketVersioning({ Bucket: 'vault' }).promise()).rejects.toMatchObject({
      code: 'ExpiredToken',
    });
    await client.getBucketVersioning({ Bucket: 'vault' }).promise();
    expect(operations(s3)).toEqual([
      'AssumeRole 200',
      'GetBucketVersioning 200',
      'GetBucketVersioning 400',
      'AssumeRole 200',
      'GetBucketVersioning 200',
    ]);
  });

  it('is asked for again by v3 if the faked time of the process is moved as well', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask'] });
    const s3 = start();
    const client = clientV3(s3);
    await client.send(read);
    jest.setSystemTime(Date.now() + 16 * 60_000);
    await client.send(read);
    expect(operations(s3)).toEqual([
      'AssumeRole 200',
      'GetBucketVersioning 200',
      'AssumeRole 200',
      'GetBucketVersioning 200',
    ]);
    client.destroy();
  });
});
