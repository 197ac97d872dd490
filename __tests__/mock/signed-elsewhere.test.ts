import http from 'node:http';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { mockS3 } from '../../src';
import { thisTestFile } from '../../src/border/this-test-file';
import { Lifetime } from '../../src/mock/lifetime';
import * as screens from '../../src/screen/index';
import { openPort } from '../capture/scene';

let server: http.Server;
let endpoint: string;
beforeEach(async () => {
  server = http.createServer((_, response) => response.end());
  endpoint = `http://127.0.0.1:${await openPort(server)}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function headBucket(): Promise<unknown> {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, maxAttempts: 1, credentials });
  const sent = client.send(new HeadBucketCommand({ Bucket: 'vault' }));
  const outcome = await sent.then(
    () => 'answered',
    ({ message }: Error) => message,
  );
  client.destroy();
  return outcome;
}

function collectWarnings(): string[] {
  const warnings: string[] = [];
  jest.spyOn(process, 'emitWarning').mockImplementation((warning) => void warnings.push(String(warning)));
  return warnings;
}
afterEach(() => {
  jest.restoreAllMocks();
});

const entryOf = () => new URL(endpoint).host;
const note = () =>
  `Requests that are signed for S3 went to hosts that no mock answers: ${entryOf()}; the last was HEAD /vault/. ` +
  `Answer them: mockS3({ hosts: ['${entryOf()}'] }). If the code is meant to reach the host, let it pass: mockS3({ hosts: { pass: ['${entryOf()}'] } }).`;

it('a call of S3 that no mock answers is explained', async () => {
  const s3 = mockS3();
  expect(await headBucket()).toBe('answered');
  expect(s3.requests.explain()).toContain(note());
  expect(String(s3.requests)).toContain(note());
  s3.reset();
  expect(s3.requests.explain()).not.toContain('signed for S3');
  await s3.stop();
});

it.each<[{ testIsRunning: () => true } | undefined, string]>([
  [undefined, 'once when the mock stops'],
  [{ testIsRunning: () => true }, 'by the runner, once for its file'],
])('it is told, though the mock was reset, %#: %s', async (runner) => {
  const warnings = collectWarnings();
  const lifetime = new Lifetime(
    {},
    () => ({ file: 'a.test.ts', place: 'a.test.ts:1:1' }),
    thisTestFile,
    () => screens,
  );
  if (runner !== undefined) lifetime.setRunner(runner);
  lifetime.start();
  await headBucket();
  lifetime.reset();
  await lifetime.stop();
  lifetime.restoreEnvironment();
  expect(warnings).toHaveLength(runner === undefined ? 1 : 0);
  expect([lifetime.warnOfUnreported(), lifetime.warnOfUnreported()]).toEqual([runner !== undefined, false]);
  expect(warnings).toEqual([`${note()} The mock was created at a.test.ts:1:1.`]);
});

it('the guard refuses it, and the call says so', async () => {
  const s3 = mockS3({ guard: true });
  expect(await headBucket()).toMatch(/refused by the S3 mock: the request is signed for S3, and no mock answers it/);
  expect(s3.requests.explain()).toContain('The guard of the mock refused requests that are signed for S3');
  await s3.stop();
});

it('a port of a mock is no other host', async () => {
  const s3 = mockS3({ guard: true, buckets: { vault: {} } });
  const other = mockS3({ hosts: { only: [] }, buckets: { vault: {} } });
  ({ url: endpoint } = await other.listen());
  expect(await headBucket()).toBe('answered');
  expect(s3.requests.explain()).not.toContain('signed for S3');
  await Promise.all([s3.stop(), other.stop()]);
});
