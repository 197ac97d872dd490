import { createHash, randomFillSync } from 'node:crypto';
import https from 'node:https';
import { Readable } from 'node:stream';
import {
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import AwsS3 from 'aws-sdk/clients/s3';
import { Client as MinioClient } from 'minio';
import { mockS3 } from 's3-versioning-mock/jest';

process.env['AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE'] = '1';

const mebibyte = 1024 * 1024;
const host = 'vault.s3.amazonaws.com';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
let client: S3Client;

beforeEach(() => {
  client = new S3Client({});
});

afterEach(() => client.destroy());

/** Random bytes, so that no two places are equal. */
function bytesOf(size: number): Buffer {
  return randomFillSync(Buffer.allocUnsafe(size));
}

/** Bytes as a stream delivers them, in pieces that do not fit the size of a part. */
function streamOf(bytes: Buffer, piece = 700_001): Readable {
  let at = 0;
  return new Readable({
    read() {
      this.push(at < bytes.length ? bytes.subarray(at, at + piece) : null);
      at += piece;
    },
  });
}

function sha1(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}

function stored(key: string): { readonly digest: string; readonly etag: string; readonly versions: number } {
  const current = s3.bucket('vault').current(key);
  return {
    digest: sha1(current?.body ?? Buffer.alloc(0)),
    etag: current?.etag ?? '',
    versions: s3.bucket('vault').versions(key).length,
  };
}

const names = () => [...s3.requests].map(({ operation }) => operation);

describe('a stream that is uploaded', () => {
  const bytes = bytesOf(12 * mebibyte + 5);
  const inThree = { digest: sha1(bytes), etag: expect.stringMatching(/-3"?$/), versions: 1 };
  const parts = ['UploadPart', 'UploadPart', 'UploadPart'];

  it.each([
    ['a stream', () => streamOf(bytes)],
    ['a Buffer', () => bytes],
  ])('is uploaded in parts from %s by lib-storage', async (_what, body) => {
    const progress: (number | undefined)[] = [];
    const upload = new Upload({ client, params: { Bucket: 'vault', Key: 'film', Body: body() } });
    upload.on('httpUploadProgress', ({ loaded }) => progress.push(loaded));
    const { VersionId, ETag } = await upload.done();
    expect(stored('film')).toEqual(inThree);
    expect(s3.bucket('vault').current('film')).toMatchObject({ versionId: VersionId });
    expect(ETag).toBe(`"${stored('film').etag.replaceAll('"', '')}"`);
    expect(names()).toEqual(['CreateMultipartUpload', ...parts, 'CompleteMultipartUpload']);
    expect(progress.at(-1)).toBe(bytes.length);
  });

  it('is uploaded at once by lib-storage if it fits in one part', async () => {
    const Body = streamOf(bytes.subarray(0, mebibyte));
    await new Upload({ client, params: { Bucket: 'vault', Key: 'film', Body } }).done();
    expect(names()).toEqual(['PutObject']);
    expect(stored('film').digest).toBe(sha1(bytes.subarray(0, mebibyte)));
  });

  it('is uploaded in parts by upload() of aws-sdk 2', async () => {
    const Body = streamOf(bytes);
    const managed = new AwsS3().upload({ Bucket: 'vault', Key: 'film', Body });
    const { ETag } = await managed.promise();
    expect(stored('film')).toEqual(inThree);
    expect(ETag).toMatch(/-3"$/);
    expect(names()).toEqual(['CreateMultipartUpload', ...parts, 'CompleteMultipartUpload']);
  });

  it.each([
    ['whose size is known', { size: bytes.length, partSize: 64 * mebibyte }, ['GetBucketLocation', 'PutObject']],
    [
      'in parts',
      { size: bytes.length, partSize: 5 * mebibyte },
      ['GetBucketLocation', 'ListMultipartUploads', 'CreateMultipartUpload', ...parts, 'CompleteMultipartUpload'],
    ],
    [
      'whose size is not known',
      { size: undefined, partSize: 5 * mebibyte },
      ['GetBucketLocation', 'ListMultipartUploads', 'CreateMultipartUpload', ...parts, 'CompleteMultipartUpload'],
    ],
  ])('is uploaded by putObject() of minio, %s', async (_what, { size, partSize }, calls) => {
    const { accessKeyId: accessKey, secretAccessKey: secretKey } = s3.account.credentials;
    const minio = new MinioClient({ endPoint: 's3.amazonaws.com', accessKey, secretKey, partSize });
    const { versionId } = await minio.putObject('vault', 'film', streamOf(bytes), size);
    expect(stored('film')).toMatchObject({ digest: sha1(bytes), versions: 1 });
    expect(versionId).toBe(s3.bucket('vault').current('film')?.versionId);
    expect(names()).toEqual(calls);
    const read: Buffer[] = [];
    for await (const chunk of await minio.getObject('vault', 'film')) read.push(chunk);
    expect(sha1(Buffer.concat(read))).toBe(sha1(bytes));
  });

  it('is uploaded with its checksum after the body, and is stored without the framing', async () => {
    const put = { Bucket: 'vault', Key: 'film', Body: streamOf(bytes), ContentLength: bytes.length };
    const { ChecksumCRC32 } = await client.send(new PutObjectCommand({ ...put, ContentEncoding: 'br' }));
    const { headers, body } = s3.requests.last() ?? {};
    expect(headers).toMatchObject({
      'content-encoding': 'br,aws-chunked',
      'x-amz-trailer': 'x-amz-checksum-crc32',
      'x-amz-decoded-content-length': String(bytes.length),
    });
    expect(body?.length).toBe(bytes.length);
    expect(stored('film').digest).toBe(sha1(bytes));
    const told = await client.send(new GetObjectCommand({ Bucket: 'vault', Key: 'film', ChecksumMode: 'ENABLED' }));
    (told.Body as Readable).destroy();
    expect(told).toMatchObject({ ChecksumCRC32, ContentEncoding: 'br' });
  });
});

describe('a stream of unknown length', () => {
  const error = (Code: string, Message: string, more = '') =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${Code}</Code><Message>${Message}</Message>${more}`;

  it('is refused as not implemented in chunks of HTTP, as fetch sends it', async () => {
    const body = Readable.toWeb(Readable.from([Buffer.from('some bytes')])) as ReadableStream; // the same class
    const url = `https://${host}/film`;
    const Authorization = 'AWS KEY:SIG';
    const reply = await fetch(url, { method: 'PUT', body, headers: { Authorization }, duplex: 'half' } as RequestInit);
    const message = 'A header you provided implies functionality that is not implemented';
    expect(reply.status).toBe(501);
    expect(await reply.text()).toContain(error('NotImplemented', message, '<Header>Transfer-Encoding</Header>'));
    expect(s3.bucket('vault').versions()).toEqual([]);
  });

  it('is refused as not implemented if SDK v3 sends it without a checksum', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    const plain = new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED', maxAttempts: 1 });
    const put = new PutObjectCommand({
      Bucket: 'vault',
      Key: 'film',
      Body: Readable.from([Buffer.from('some bytes')]),
    });
    await expect(plain.send(put)).rejects.toMatchObject({ name: 'NotImplemented', Header: 'Transfer-Encoding' });
    plain.destroy();
    expect(warn).toHaveBeenCalledTimes(2);
    expect(s3.bucket('vault').versions()).toEqual([]);
  });
});

describe('an upload that its client breaks off', () => {
  function stallingStream(onStall: () => void): Readable {
    let begun = false;
    return new Readable({
      read() {
        if (begun) setImmediate(onStall);
        else this.push(Buffer.alloc(100_000, 'x'));
        begun = true;
      },
    });
  }

  /** After two other answers, the mock knows that the client has gone. */
  async function leftBehind(): Promise<readonly string[]> {
    await client.send(new ListObjectVersionsCommand({ Bucket: 'vault' }));
    const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: 'vault' }));
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: 'vault' }));
    return [...Versions, ...Uploads].map(({ Key = '' }) => Key);
  }

  const listed = ['ListObjectVersions', 'ListObjectVersions', 'ListMultipartUploads'];

  it('stores nothing: SDK v3', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    const abort = new AbortController();
    const Body = stallingStream(() => abort.abort());
    const put = new PutObjectCommand({ Bucket: 'vault', Key: 'film', Body, ContentLength: 200_000 });
    await expect(client.send(put, { abortSignal: abort.signal })).rejects.toMatchObject({ name: 'AbortError' });
    expect(warn).toHaveBeenCalledTimes(1);
    expect(await leftBehind()).toEqual([]);
    expect(names()).toEqual(listed);
  });

  it("stores nothing: Node's client", async () => {
    const headers = { Authorization: 'AWS KEY:SIG', 'Content-Length': 200_000 };
    const request = https.request({ method: 'PUT', host, path: '/film', headers });
    const failed = new Promise((resolve) => request.on('error', resolve));
    stallingStream(() => request.destroy(new Error('enough'))).pipe(request);
    expect(await failed).toMatchObject({ message: 'enough' });
    expect(await leftBehind()).toEqual([]);
    expect(names()).toEqual(listed);
  });

  it('leaves no upload in parts behind: lib-storage', async () => {
    const bytes = bytesOf(11 * mebibyte);
    const upload = new Upload({
      client,
      params: { Bucket: 'vault', Key: 'film', Body: streamOf(bytes) },
      queueSize: 1,
    });
    upload.on('httpUploadProgress', ({ part }) => {
      if (part === 1) upload.abort().catch(() => {});
    });
    await expect(upload.done()).rejects.toMatchObject({ name: 'AbortError' });
    expect(await leftBehind()).toEqual([]);
    s3.requests.expectTimes('AbortMultipartUpload', 1);
  });
});
