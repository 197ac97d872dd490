import http from 'node:http';
import { S3Client, HeadBucketCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { mockS3 } from '../../src';
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
  const outcome = await sent.then(() => 'answered', ({ message }: Error) => message);
  client.destroy();
  return outcome;
}

function collectWarnings(): string[] {
  const warnings: string[] = [];
  jest.spyOn(process, 'emitWarning').mockImplementation((warning) => void warnings.push(String(warning)));
  return warnings;
}
afterEach(() => jest.restoreAllMocks());

const entryOf = () => new URL(endpoint).host;
const note = () =>
  `Requests that are signed for S3 went to hosts that no mock answers: ${entryOf()}; the last was HEAD /vault/. ` +
  `Answer them: mockS3({ hosts: ['${entryOf()}'] }). If the code is meant to reach the host, let it pass: mockS3({ hosts: { pass: ['${entryOf()}'] } }).`;

it('a call of S3 that no mock answers is explained, and told once when the mock stops', async () => {
  const warnings = collectWarnings();
  const s3 = mockS3();
  expect(await headBucket()).toBe('answered');
  expect(s3.requests.explain()).toContain(note());
  expect(String(s3.requests)).toContain(note());
  s3.reset();
  expect(s3.requests.explain()).not.toContain('signed for S3');
  await s3.stop();
  await s3.stop();
  expect(warnings.filter((one) => one.includes('signed for S3'))).toEqual([expect.stringContaining(note())]);
});

it('the guard refuses it, and the call says so', async () => {
  const warnings = collectWarnings();
  const s3 = mockS3({ guard: true });
  expect(await headBucket()).toMatch(/refused by the S3 mock: the request is signed for S3, and no mock answers it/);
  expect(s3.requests.explain()).toContain('The guard of the mock refused requests that are signed for S3');
  await s3.stop();
  expect(warnings.filter((one) => one.includes('signed for S3'))).toEqual([]);
});

it('a port of a mock is no other host', async () => {
  const warnings = collectWarnings();
  const s3 = mockS3({ guard: true, buckets: { vault: {} } });
  const other = mockS3({ hosts: { only: [] }, buckets: { vault: {} } });
  ({ url: endpoint } = await other.listen());
  expect(await headBucket()).toBe('answered');
  expect(s3.requests.explain()).not.toContain('signed for S3');
  await Promise.all([s3.stop(), other.stop()]);
  expect(warnings).toEqual([]);
});
