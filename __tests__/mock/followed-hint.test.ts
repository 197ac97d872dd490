import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../src';
import { createMock } from '../../src/faces/engine';
import type { MockControl } from '../../src/mock/create-mock';
import { readFailedErrors } from '../../src/thrown-errors';
import { closeNetwork } from '../capture/scene';
import { failedError, screenOf } from '../support/failed-tests';

const options = { buckets: { vault: { objects: { 'a.txt': 'text' } } } };
let control: MockControl | undefined;

async function start(more: object): Promise<MockControl> {
  await control?.mock.stop();
  control = createMock({ ...options, ...more }, mockS3);
  control.lifetime.setRunner({ testIsRunning: () => true });
  control.lifetime.start();
  return control;
}

beforeEach(() => void closeNetwork());
afterEach(async () => {
  await control?.mock.stop();
  control?.lifetime.restoreEnvironment();
  control = undefined;
});

async function read(endpoint: string, forcePathStyle: boolean): Promise<string | undefined> {
  const client = new S3Client({ endpoint, forcePathStyle, maxAttempts: 1 });
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'vault', Key: 'a.txt' }));
  return await Body?.transformToString();
}

async function shownFor(call: Promise<unknown>, mock: MockControl): Promise<string> {
  const [error = failedError('no error')] = await call.then(
    () => [],
    (thrown: unknown) => readFailedErrors([thrown], String),
  );
  return `${error.message}\n${screenOf(mock, error)}`;
}

describe('the hint of a host that the mock does not answer', () => {
  it.each`
    endpoint                            | forcePathStyle | guard    | hosts
    ${'https://minio.corp.example'}     | ${false}       | ${false} | ${'minio.corp.example'}
    ${'https://minio.corp.example'}     | ${false}       | ${true}  | ${'minio.corp.example'}
    ${'https://minio.corp.example'}     | ${true}        | ${false} | ${'minio.corp.example'}
    ${'http://minio.corp.example:9000'} | ${false}       | ${false} | ${'minio.corp.example:9000'}
    ${'http://minio.corp.example:9000'} | ${false}       | ${true}  | ${'minio.corp.example:9000'}
  `(
    'makes the call succeed if it is followed: $endpoint, path style $forcePathStyle, guard $guard',
    async ({ endpoint, forcePathStyle, guard, hosts }) => {
      const call = () => read(String(endpoint), forcePathStyle === true);
      const mock = await start({ guard });
      const shown = await shownFor(call(), mock);
      const hint = /mockS3\(\{ hosts: \['(?<host>[^']+)'\] \}\)/.exec(shown)?.groups?.['host'];
      expect({ shown, hint }).toEqual({ shown, hint: hosts });
      await start({ guard, hosts: [hint] });
      expect(await call()).toBe('text');
    },
  );

  it.each([true, false])('offers no entry of hosts for STS, with guard %s', async (guard) => {
    const mock = await start({ guard, sts: false });
    const client = new STSClient({ region: 'us-east-1', maxAttempts: 1 });
    const assume = new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::000000000000:role/reader', RoleSessionName: 'a' });
    const shown = await shownFor(client.send(assume), mock);
    expect(shown).toContain('STS, which the mock answers unless you set sts: false');
    expect(shown).not.toContain('hosts: [');
  });
});
