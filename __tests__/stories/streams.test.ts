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
import { mockS3 } from 's3-versioning-mock/jest';
import { bytesOf, mebibyte, sha1, streamOf } from '../support/streams';

const host = 'vault.s3.amazonaws.com';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
let client: S3Client;

beforeEach(() => {
  client = new S3Client({});
});

afterEach(() => client.destroy());

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
  const bytes = bytesOf(5 * mebibyte + 5);
  const inTwo = { digest: sha1(bytes), etag: expect.stringMatching(/-2"?$/), versions: 1 };
  const parts = ['UploadPart', 'UploadPart'];

  it('is uploaded in parts by lib-storage', async () => {
    const progress: (number | undefined)[] = [];
    const upload = new Upload({ client, params: { Bucket: 'vault', Key: 'film', Body: streamOf(bytes) } });
    upload.on('httpUploadProgress', ({ loaded }) => progress.push(loaded));
    const { VersionId, ETag } = await upload.done();
    expect(stored('film')).toEqual(inTwo);
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

  it('is uploaded with its checksum after the body, and is stored without the framing', async () => {
    const bytes = bytesOf(2 * mebibyte + 5);
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
