import { createHash } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, type PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import AwsS3 from 'aws-sdk/clients/s3';
import { Client as Minio } from 'minio';
import type { MockS3 } from '../../src';
import { checksum } from '../../src/formats/digests';
import { textOf, textsOf } from '../support/documents';
import { startedMocks } from '../support/started-mocks';

const body = '123456';
const md5 = createHash('md5').update(body).digest('base64');
const crc32 = checksum('CRC32', Buffer.from(body));
const Bucket = 'vault';
const Key = 'k';
const startMock = startedMocks();
let s3: MockS3;

type Headers = Readonly<Record<string, string>>;

const mismatch = 'SignatureDoesNotMatch';

const start = (verifySignatures: boolean) => {
  s3 = startMock({
    verifySignatures,
    buckets: { vault: { versioning: 'Enabled', objects: { old: ['first', 'second'] } } },
  });
};
const put = async (url: string, headers: Headers = {}) =>
  read(await fetch(url, { method: 'PUT', headers, body: Buffer.from(body) }));
const get = async (url: string, headers: Headers = {}) => read(await fetch(url, { headers }));

async function read(answer: Response) {
  const text = await answer.text();
  return { status: answer.status, code: textOf('Code', { body: text }) ?? '', body: text, headers: answer.headers };
}

beforeEach(() => start(true));

// F590
describe('a URL of @aws-sdk/s3-request-presigner', () => {
  let client: S3Client;
  beforeEach(() => {
    client = new S3Client({});
  });
  afterEach(() => client.destroy());

  type Options = NonNullable<Parameters<typeof getSignedUrl>[2]>;
  const urlOf = (input: Partial<PutObjectCommandInput> = {}, options: Options = {}) =>
    getSignedUrl(client, new PutObjectCommand({ Bucket, Key, ...input }), options);
  const red = { Metadata: { color: 'red' } };
  const encrypted = { ServerSideEncryption: 'AES256' } as const;
  const only = (name: string) => new Set([name]);

  const redHeader = { 'x-amz-meta-color': 'red' };
  const keepsRed = { unhoistableHeaders: only('x-amz-meta-color') };
  const typed = { ContentType: 'text/plain' };
  const signsType = { signableHeaders: only('content-type') };
  const plain = { ContentEncoding: 'identity' };
  const keepsCrc32 = { unhoistableHeaders: only('x-amz-checksum-crc32') };

  it.each<[what: string, code: string, input: Partial<PutObjectCommandInput>, sent?: Headers, options?: Options]>([
    ['metadata in its query', '', red],
    ['metadata in its query that is sent too', 'AccessDenied', red, redHeader],
    ['metadata that stays a header', '', red, redHeader, keepsRed],
    ['metadata that stays a header and is not sent', mismatch, red, {}, keepsRed],
    ['encryption, which stays a header', '', encrypted, { 'x-amz-server-side-encryption': 'AES256' }],
    ['encryption that is not sent', mismatch, encrypted],
    [
      'encryption that may move into the query',
      '',
      encrypted,
      {},
      { hoistableHeaders: only('x-amz-server-side-encryption') },
    ],
    ['a type, which it does not sign', '', typed, { 'Content-Type': 'image/png' }],
    ['a type that it signs', '', typed, { 'Content-Type': 'text/plain' }, signsType],
    ['another type than it signs', mismatch, typed, { 'Content-Type': 'image/png' }, signsType],
    ['an encoding', '', plain, { 'Content-Encoding': 'identity' }],
    ['another encoding', mismatch, plain, { 'Content-Encoding': 'gzip' }],
    [
      'an encoding that it does not sign',
      '',
      plain,
      { 'Content-Encoding': 'gzip' },
      { unsignableHeaders: only('content-encoding') },
    ],
    ['a digest', '', { ContentMD5: md5 }, { 'Content-MD5': md5 }],
    ['a digest that is not sent', mismatch, { ContentMD5: md5 }],
    ['a digest that it does not sign', 'AccessDenied', {}, { 'Content-MD5': md5 }],
    ['the checksum of no body, in its query', '', { ChecksumAlgorithm: 'SHA256' }],
    ['a checksum that stays a header', '', { ChecksumCRC32: crc32 }, { 'x-amz-checksum-crc32': crc32 }, keepsCrc32],
    [
      'a checksum of another body that stays a header',
      'BadDigest',
      { ChecksumCRC32: 'AAAAAA==' },
      { 'x-amz-checksum-crc32': 'AAAAAA==' },
      keepsCrc32,
    ],
    ['a checksum of another body in its query', '', { ChecksumSHA256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' }],
  ])('with %s: "%s"', async (_what, code, input, sent = {}, options = {}) => {
    const answer = await put(await urlOf(input, options), sent);
    expect(answer.code).toBe(code);
    expect(s3.bucket('vault').current(Key) === undefined).toBe(code !== '');
  });

  it.each([true, false])('describes the object by its query, signatures checked: %s', async (verifySignatures) => {
    await s3.stop();
    start(verifySignatures);
    await put(
      await urlOf(
        { ...red, ...encrypted, StorageClass: 'STANDARD_IA', Tagging: 'a=1' },
        { hoistableHeaders: only('x-amz-server-side-encryption') },
      ),
    );
    expect(s3.bucket('vault').object(Key)).toMatchObject({
      metadata: { color: 'red' },
      storageClass: 'STANDARD_IA',
      tags: { a: '1' },
    });
    s3.requests.expect('PutObject', {
      Metadata: { color: 'red' },
      ServerSideEncryption: 'AES256',
      StorageClass: 'STANDARD_IA',
    });
  });

  // Recorded: localstack, test_presigned_url_v4_x_amz_in_qs
  it('has a checksum of no body in its query, which S3 does not compare, but signs', async () => {
    const url = await urlOf();
    expect(new URL(url).searchParams.get('x-amz-checksum-crc32')).toBe('AAAAAA==');
    const { headers } = await put(url);
    expect(headers.get('x-amz-checksum-crc64nvme')).not.toBeNull();
    expect((await put(url.replace('AAAAAA', 'AAAAAB'))).code).toBe('SignatureDoesNotMatch');
  });

  // Recorded: localstack, test_s3_ignored_special_headers
  it('names its operation in x-id, which S3 signs and does not read', async () => {
    const url = await urlOf();
    expect(new URL(url).searchParams.get('x-id')).toBe('PutObject');
    expect((await put(url)).code).toBe('');
    expect((await put(url.replace('x-id=PutObject', 'x-id=GetObject'))).code).toBe('SignatureDoesNotMatch');
  });

  it('for a range requires the range to be sent', async () => {
    const range = { Bucket, Key: 'old', Range: 'bytes=0-1' };
    const url = await getSignedUrl(client, new GetObjectCommand(range));
    expect(await get(url, { Range: 'bytes=0-1' })).toMatchObject({ status: 206, body: 'se' });
    expect(await get(url, { Range: 'bytes=0-2' })).toMatchObject({ code: 'SignatureDoesNotMatch' });
    expect(await get(url)).toMatchObject({ code: 'SignatureDoesNotMatch' });
  });
});

// F590
describe('a URL of aws-sdk 2', () => {
  const presign = (signatureVersion: 'v4' | 's3', operation: string, input: object) =>
    new AwsS3({ region: 'us-east-1', credentials: s3.account.credentials, signatureVersion }).getSignedUrlPromise(
      operation,
      { Bucket, Key, ...input },
    );

  // Recorded: localstack, test_presigned_url_v4_signed_headers_in_qs
  it.each<{ what: string; sent: Headers; code: string }>`
    what                               | sent                                                                 | code
    ${'nothing'}                       | ${{}}                                                                | ${'SignatureDoesNotMatch'}
    ${'the digest'}                    | ${{ 'Content-MD5': md5 }}                                            | ${''}
    ${'the digest and the encryption'} | ${{ 'Content-MD5': md5, 'x-amz-server-side-encryption': 'AES256' }}  | ${''}
    ${'another encryption'}            | ${{ 'Content-MD5': md5, 'x-amz-server-side-encryption': 'aws:kms' }} | ${''}
  `('has both headers in its query and signs them; sent is $what: "$code"', async ({ sent, code }) => {
    const url = await presign('v4', 'putObject', { ServerSideEncryption: 'AES256', ContentMD5: md5 });
    expect([...new URL(url).searchParams.keys()]).toEqual(
      expect.arrayContaining(['Content-MD5', 'x-amz-server-side-encryption']),
    );
    expect((await put(url, sent)).code).toBe(code);
  });

  // Recorded: localstack, test_s3_put_presigned_url_with_different_headers
  it.each<[signed: object, sent: Headers, v4: string, v2: string]>([
    [{ ContentType: 'text/plain' }, { 'Content-Type': 'text/plain' }, '', ''],
    [{ ContentType: 'text/plain' }, { 'Content-Type': 'text/xml' }, '', mismatch],
    [{ ContentEncoding: 'identity' }, { 'Content-Encoding': 'identity' }, '', ''],
    [{ ContentEncoding: 'identity' }, { 'Content-Encoding': 'identity', 'Content-Type': 'text/xml' }, '', mismatch],
    [{ ContentEncoding: 'identity' }, { 'Content-Encoding': 'gzip' }, mismatch, ''],
    [{ ContentMD5: md5 }, { 'Content-MD5': md5 }, '', ''],
    [{ ContentMD5: md5 }, {}, mismatch, mismatch],
    [{ Metadata: { a: '1' } }, {}, '', ''],
    [{ Metadata: { a: '1' } }, { 'x-amz-meta-wrong': '1' }, 'AccessDenied', mismatch],
    [{ IfNoneMatch: '*' }, { 'If-None-Match': '*' }, '', ''],
    [{ IfNoneMatch: '*' }, {}, mismatch, ''],
  ])('for %p, used with %p: "%s" by SigV4, "%s" by SigV2', async (signed, sent, v4, v2) => {
    expect((await put(await presign('v4', 'putObject', signed), sent)).code).toBe(v4);
    s3.reset();
    expect((await put(await presign('s3', 'putObject', signed), sent)).code).toBe(v2);
  });

  // aws/aws-sdk-js#1095, #2471
  it('has a range in its query if SigV2 signs it, which S3 does not read', async () => {
    const url = await presign('s3', 'getObject', { Key: 'old', Range: 'bytes=0-1' });
    expect(new URL(url).searchParams.get('Range')).toBe('bytes=0-1');
    expect(await get(url)).toMatchObject({ status: 200, body: 'second' });
  });

  it('is a condition by its query if SigV2 signs it', async () => {
    const url = await presign('s3', 'putObject', { IfNoneMatch: '*' });
    expect({ status: (await put(url)).status, statusOfNext: (await put(url)).status }).toEqual({
      status: 200,
      statusOfNext: 412,
    });
  });
});

describe('a URL of minio', () => {
  const client = () => {
    const { accessKeyId, secretAccessKey } = s3.account.credentials;
    return new Minio({ endPoint: 's3.amazonaws.com', accessKey: accessKeyId, secretKey: secretAccessKey });
  };
  const [newest, oldest] = [0, 1].map((at) => () => s3.bucket('vault').versions('old')[at]?.versionId ?? '');

  it.each([true, false])('for a version with headers of its own, signatures checked: %s', async (verifySignatures) => {
    await s3.stop();
    start(verifySignatures);
    const versionId = oldest?.() ?? '';
    const overrides = {
      versionId,
      'response-content-type': 'text/html',
      'response-content-disposition': 'attachment; filename="ä.txt"',
    };
    const {
      status,
      body: text,
      headers,
    } = await get(await client().presignedGetObject('vault', 'old', 900, overrides));
    expect({ status, text, contentType: headers.get('content-type') }).toEqual({
      status: 200,
      text: 'first',
      contentType: 'text/html',
    });
    expect(headers.get('content-disposition')).toBe('attachment; filename="ä.txt"');
  });

  it('puts, lists the versions of a bucket and begins an upload', async () => {
    expect((await put(await client().presignedPutObject('vault', 'old', 900))).status).toBe(200);
    const listing = await client().presignedUrl('GET', 'vault', '', 900, { versions: '', prefix: 'old' });
    expect(textsOf('VersionId', await get(listing))).toEqual(
      s3
        .bucket('vault')
        .versions('old')
        .map(({ versionId }) => versionId),
    );
    const begin = await client().presignedUrl('POST', 'vault', 'new', 900, { uploads: '' });
    expect(textOf('UploadId', { body: await (await fetch(begin, { method: 'POST' })).text() })).toBeDefined();
  });

  it('opens no other version', async () => {
    const url = await client().presignedGetObject('vault', 'old', 900, { versionId: oldest?.() ?? '' });
    expect((await get(url.replace(oldest?.() ?? '', newest?.() ?? ''))).code).toBe('SignatureDoesNotMatch');
  });
});
