import https from 'node:https';
import tls from 'node:tls';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MockS3 } from '../../src/index';
import { startedMocks } from '../support/started-mocks';

const start = startedMocks();
let s3: MockS3;
beforeEach(() => {
  s3 = start({ buckets: { vault: {}, 'my.bucket': {} } });
});

function call(host: string, options: https.RequestOptions = {}): Promise<string> {
  return new Promise((resolve) => {
    const settings = { host, path: '/', agent: false, ...options };
    try {
      https
        .get(settings, (response) => {
          response.resume().on('end', () => resolve('answered'));
        })
        .on('error', ({ message }) => resolve(message));
    } catch (error) {
      resolve(String(error));
    }
  });
}

const cureFor = (url: string) =>
  `The certificate of S3 does not cover bucket names with a dot: write the bucket into the path, ${url}, as SDKs do with forcePathStyle: true.`;
const altnames = "ERR_TLS_CERT_ALTNAME_INVALID: Hostname/IP does not match certificate's altnames.";

describe('a connection that the client itself refuses', () => {
  it.each<[string, string, https.RequestOptions, string]>([
    [
      'of a bucket with a dot',
      'my.bucket.s3.amazonaws.com',
      {},
      `${altnames} ${cureFor('https://s3.amazonaws.com/my.bucket')}`,
    ],
    [
      'of such a bucket in a region',
      'my.bucket.s3.eu-west-1.amazonaws.com',
      {},
      `${altnames} ${cureFor('https://s3.eu-west-1.amazonaws.com/my.bucket')}`,
    ],
    ['under another name', 'vault.s3.amazonaws.com', { servername: 'example.com' }, altnames],
    [
      'by a pin',
      'vault.s3.amazonaws.com',
      { checkServerIdentity: () => Object.assign(new Error('The pin differs.'), { code: 'PIN' }) },
      'PIN: The pin differs.',
    ],
    [
      'by a text in place of an error',
      'vault.s3.amazonaws.com',
      { checkServerIdentity: () => 'no' as unknown as Error },
      'No.',
    ],
    ['by TLS 1.1 alone', 'vault.s3.amazonaws.com', { maxVersion: 'TLSv1.1', minVersion: 'TLSv1' }, 'ERR_SSL_'],
    ['by junk in its options', 'vault.s3.amazonaws.com', { cert: 'junk' }, 'ERR_OSSL_'],
  ])('is named where a test reads of its requests: %s', async (_, host, options, reason) => {
    expect(await call(host, options)).not.toBe('answered');
    const line = `The client itself refused the connection to ${host}:443, so no request came: ${reason}`;
    expect(String(s3.requests)).toContain(`No requests came.\n${line}`);
    expect(s3.requests.explain()).toContain(line);
    expect(() => s3.requests.expectTimes('ListBuckets', 1)).toThrow(line);
  });

  it('is counted, and forgotten at a reset', async () => {
    const client = new S3Client({ maxAttempts: 1, bucketEndpoint: true });
    const Bucket = 'https://my.bucket.s3.amazonaws.com';
    const get = () => client.send(new GetObjectCommand({ Bucket, Key: 'a' }));
    for (let attempt = 0; attempt < 2; attempt += 1)
      await expect(get()).rejects.toThrow('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(s3.requests.explain()).toContain(
      'connection to my.bucket.s3.amazonaws.com:443 (2 times), so no request came',
    );
    s3.reset();
    expect(s3.requests.explain()).toMatch(/^No request came at all\. If the code under test/);
  });

  it('is not one that the client accepts although it is told', async () => {
    expect(await call('my.bucket.s3.amazonaws.com', { rejectUnauthorized: false })).toBe('answered');
    expect(await call('s3.amazonaws.com', { checkServerIdentity: tls.checkServerIdentity })).toBe('answered');
    expect(s3.requests.explain()).not.toContain('The client itself refused');
  });
});
