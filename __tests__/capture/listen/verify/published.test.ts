import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { promisify } from 'node:util';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type MockS3, type MockS3Options, mockS3 } from '../../../../src/index';
import { root } from '../../../house/files';
import { core } from '../../../support/core-process';
import { offline } from '../../../support/plain-environment';
import { findBoto3, itWith } from '../../../support/tools';

const script = path.join(__dirname, '../../../support/children/versioning.cjs');

const running: MockS3[] = [];
function start(options: MockS3Options = {}): MockS3 {
  const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } }, ...options });
  running.push(s3);
  return s3;
}
afterEach(async () => {
  for (const s3 of running.splice(0)) await s3.stop();
});

/** Runs the SDK v3 in another process or thread, which makes its client without any option; returns what it read. */
const elsewhere: Readonly<Record<string, () => Promise<unknown>>> = {
  'a child that execFile starts': async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [script], { cwd: root });
    return stdout.trim();
  },
  'a child that gets the environment of the test': async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [script], { cwd: root, env: process.env });
    return stdout.trim();
  },
  'a child that fork starts': async () =>
    (await once(fork(script, { cwd: root, execArgv: [], silent: true }), 'message'))[0],
  'a worker': async () => (await once(new Worker(script), 'message'))[0],
  'a worker that shares the environment': async () =>
    (await once(new Worker(script, { env: SHARE_ENV }), 'message'))[0],
};

describe('listen({ env: true })', () => {
  it('is found by SDKs of child processes and workers', async () => {
    const s3 = start();
    const { url } = await s3.listen({ env: true });
    for (const [place, read] of Object.entries(elsewhere))
      expect({ place, read: await read() }).toEqual({ place, read: 'Enabled' });
    expect(s3.requests.length).toBe(Object.keys(elsewhere).length);
    expect(s3.requests.last()).toMatchObject({ url: `${url}/vault/?versioning=`, caller: { user: undefined } });
  });

  // The first boto3 that reads AWS_ENDPOINT_URL_S3. An older one would call the real S3.
  itWith(
    findBoto3('1.28'),
    'is found by boto3',
    async ({ program }) => {
      const s3 = start();
      await s3.listen({ env: true });
      const code = 'import boto3; print(boto3.client("s3").get_bucket_versioning(Bucket="vault")["Status"])';
      const { stdout } = await promisify(execFile)(program, ['-c', code], { env: { ...core.env, ...offline } });
      expect(stdout.trim()).toBe('Enabled');
    },
    30_000,
  );

  // The role's session that boto3 asks for signs what it asks of S3 next.
  itWith(
    findBoto3('1.28'),
    'is found by STS of boto3',
    async ({ program }) => {
      const s3 = start({ roles: { reader: {} } });
      await s3.listen({ env: true });
      const code = `
import boto3
given = boto3.client("sts").assume_role(RoleArn="arn:aws:iam::000000000000:role/reader", RoleSessionName="backup")["Credentials"]
keys = dict(aws_access_key_id=given["AccessKeyId"], aws_secret_access_key=given["SecretAccessKey"], aws_session_token=given["SessionToken"])
print(boto3.client("sts", **keys).get_caller_identity()["Arn"])
print(boto3.client("s3", **keys).get_bucket_versioning(Bucket="vault")["Status"])`;
      const { stdout } = await promisify(execFile)(program, ['-c', code], { env: { ...core.env, ...offline } });
      expect(stdout.trim().split('\n')).toEqual(['arn:aws:sts::000000000000:assumed-role/reader/backup', 'Enabled']);
      expect(s3.requests.map(({ service, operation }) => `${service} ${operation}`)).toEqual([
        'sts AssumeRole',
        'sts GetCallerIdentity',
        's3 GetBucketVersioning',
      ]);
    },
    30_000,
  );
});
