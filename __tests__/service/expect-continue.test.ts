import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { signedV4 } from '../support/documents';
import { lackingCall } from '../support/lacking';

const s3 = mockS3({ buckets: { vault: {} } });

const suspended = '<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>';

interface Put {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: string;
}

function putAfterContinue(
  { method = 'PUT', path = '/vault/a', headers = {}, body = 'data' }: Put,
  origin = 'https://s3.amazonaws.com',
): Promise<{
  readonly continued: boolean;
  readonly status: number | undefined;
  readonly connection: string | undefined;
}> {
  return new Promise((resolve, reject) => {
    const { request: open } = origin.startsWith('https:') ? https : http;
    const request = open(`${origin}${path}`, {
      method,
      headers: { Authorization: 'AWS KEY:SIG', Expect: '100-continue', 'Content-Length': 4, ...headers },
    });
    let continued = false;
    request.on('continue', () => {
      continued = true;
      request.end(body);
    });
    request.on('response', (response) => {
      response.resume();
      response.on('end', () => {
        resolve({ continued, status: response.statusCode, connection: response.headers.connection });
        request.destroy();
      });
    });
    request.on('error', reject);
    request.flushHeaders();
  });
}

const refusedHeads: readonly [string, Put, number][] = [
  ['a bucket that does not exist', { path: '/nowhere/a' }, 404],
  ['nobody', { headers: { Authorization: '' } }, 403],
  ['a malformed Content-MD5', { headers: { 'Content-MD5': 'bad' } }, 400],
  ['a malformed checksum', { headers: { 'x-amz-checksum-crc32': 'bad' } }, 400],
  ['a method that the path does not take', { path: '/vault?location' }, 405],
];

describe('a request with Expect: 100-continue (F180)', () => {
  it.each(refusedHeads)('of %s is refused in place of 100', async (_what, call, status) => {
    expect(await putAfterContinue(call)).toEqual({ continued: false, status, connection: 'close' });
    expect(s3.requests.last()).toMatchObject({ status });
    expect(s3.requests.length).toBe(1);
  });

  it.each(refusedHeads)('of %s is refused in place of 100 on a port', async (_what, call, status) => {
    const listener = await s3.listen();
    expect(await putAfterContinue(call, listener.url)).toEqual({ continued: false, status, connection: 'close' });
  });

  it('gets 100 and then the answer if its head is right', async () => {
    expect(await putAfterContinue({})).toMatchObject({ continued: true, status: 200 });
    expect(s3.bucket('vault').object('a')?.text()).toBe('data');
  });

  it('gets 100 if the mock lacks its operation, so that the journal has its document (F231)', async () => {
    const { name, method, path } = lackingCall;
    expect(await putAfterContinue({ method, path })).toMatchObject({ continued: true, status: 400 });
    expect(s3.requests.last()?.error?.code).toBe('S3MockNotImplemented');
    s3.requests.expect(name, { Bucket: 'vault', Body: 'data' });
    s3.on(name).reply({ status: 204 });
    expect(await putAfterContinue({ method, path })).toMatchObject({ continued: true, status: 204 });
    expect(s3.requests.last()?.input).toMatchObject({ Body: Buffer.from('data') });
  });

  it('takes its step of a rule once, whether or not its head is refused', async () => {
    s3.on('PutObject').fail('SlowDown', { times: 2 });
    const statuses = [];
    for (const path of ['/nowhere/a', '/vault/a', '/vault/a']) statuses.push((await putAfterContinue({ path })).status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  it('spends its MFA code once', async () => {
    s3.createBucket('guarded', { versioning: 'Enabled', mfaDelete: 'Enabled' });
    const headers = { 'x-amz-mfa': s3.mfa.header(), 'Content-Length': suspended.length };
    const call = { path: '/guarded?versioning', headers, body: suspended };
    expect(await putAfterContinue(call)).toMatchObject({ continued: true, status: 200 });
    expect(await putAfterContinue(call)).toMatchObject({ continued: true, status: 400 });
  });

  it('gets 100 first if only its body is wrong', async () => {
    const headers = { 'Content-MD5': 'AAAAAAAAAAAAAAAAAAAAAA==' };
    expect(await putAfterContinue({ headers })).toMatchObject({ continued: true, status: 400 });
    expect(await putAfterContinue({ path: '/vault?versioning' })).toMatchObject({ continued: true, status: 400 });
  });

  it('gets 100 first if its checksum comes behind the body', async () => {
    const headers = {
      Authorization: signedV4(),
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '4',
      'x-amz-sdk-checksum-algorithm': 'CRC32',
      'x-amz-trailer': 'x-amz-checksum-crc32',
    };
    expect(await putAfterContinue({ headers })).toMatchObject({ continued: true });
  });

  it('gets 100 first if the package of its checksum has to be loaded', async () => {
    const headers = { 'x-amz-checksum-xxhash64': '70bbN1HY6Zk=' };
    expect(await putAfterContinue({ headers })).toMatchObject({ continued: true });
  });

  // F1020
  it('gets 100 first if its document is read before the policies are asked', async () => {
    const { credentials } = s3.account.user('ann', { policy: { Version: '2012-10-17', Statement: [] } as never });
    const headers = { Authorization: `AWS ${credentials.accessKeyId}:SIG` };
    expect(await putAfterContinue({ path: '/vault?inventory&id=a', headers })).toMatchObject({ continued: true });
  });

  it.each(['Trailer', 'x-amz-trailer'])('gets 100 first if %s announces what its document needs', async (name) => {
    const socket = connect({ host: 's3.amazonaws.com', port: 80 });
    const lines = ['Host: s3.amazonaws.com', 'Authorization: AWS KEY:SIG', 'Expect: 100-continue'];
    const ofBody = ['Transfer-Encoding: chunked', `${name}: x-amz-checksum-crc32`];
    socket.write(`PUT /vault?tagging HTTP/1.1\r\n${[...lines, ...ofBody].join('\r\n')}\r\n\r\n`);
    const [bytes] = await once(socket, 'data');
    socket.destroy();
    expect(String(bytes).split('\r\n')[0]).toBe('HTTP/1.1 100 Continue');
  });
});
