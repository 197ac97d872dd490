import { Readable } from 'node:stream';
import {
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from '@jest/globals';
import AwsS3 from 'aws-sdk/clients/s3';
import axios from 'axios';
import CosS3 from 'ibm-cos-sdk/clients/s3';
import { Client as MinioClient } from 'minio';
import { mockS3 } from 's3-versioning-mock/jest';
import { request } from 'undici';
import { cosHost } from '../support/clients/story-client';

process.env['AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE'] = '1';

const s3 = mockS3({ buckets: { vault: { objects: { 'a.pdf': 'text' } } } });
const object = { Bucket: 'vault', Key: 'k' };
const bytes = Buffer.from('abc');
const stream = () => Readable.from([Buffer.from('abc')]);

function recorded(operation: 'PutObject' | 'UploadPart' | 'DeleteObjects' | 'CreateMultipartUpload' | 'PostObject') {
  const { Bucket, Key, Body, ...others } = Object(s3.requests.of(operation).at(-1)?.input);
  expect(Bucket).toBe('vault');
  return { ...others, ...(Body && { Body: Buffer.from(Body).toString() }) };
}

const body = { Body: 'abc', ContentLength: 3 };
const binary = { ContentType: 'application/octet-stream' };
const crc32 = { ChecksumAlgorithm: 'CRC32', ChecksumCRC32: 'NSRBwg==' };
const md5 = { ContentMD5: 'kAFQmDzST7DWlj99KOF/cg==' };

describe('the input that is recorded of the AWS SDK v3', () => {
  const supported = new S3Client({});
  const required = new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  const put = async (client: S3Client, given: Partial<PutObjectCommandInput>) => {
    await client.send(new PutObjectCommand({ ...object, ...given }));
    return recorded('PutObject');
  };

  it.each<[string, Partial<PutObjectCommandInput>, object]>([
    ['a text', { Body: 'abc' }, {}],
    ['bytes', { Body: bytes }, {}],
    ['a stream', { Body: stream(), ContentLength: 3 }, {}],
    [
      'a stream with a coding',
      { Body: stream(), ContentLength: 3, ContentEncoding: 'gzip' },
      { ContentEncoding: 'gzip' },
    ],
    ['bytes with a coding', { Body: bytes, ContentEncoding: 'gzip, br' }, { ContentEncoding: 'gzip, br' }],
    ['a type', { Body: stream(), ContentLength: 3, ContentType: 'text/plain' }, { ContentType: 'text/plain' }],
  ])('has of %s what was given, a type, the length and the checksum', async (_name, given, more) => {
    expect(await put(supported, given)).toEqual({ ...body, ...binary, ...crc32, ...more });
  });

  it('has no checksum if the client is set up to send none', async () => {
    expect(await put(required, { Body: stream(), ContentLength: 3 })).toEqual({ ...body, ...binary });
  });

  it('has the checksum that was asked for', async () => {
    expect(await put(required, { Body: 'abc', ChecksumAlgorithm: 'SHA1' })).toEqual({
      ...body,
      ...binary,
      ChecksumAlgorithm: 'SHA1',
      ChecksumSHA1: 'qZk+NkcGgWq6PiVxeFDCbJzQ2J0=',
    });
  });

  it('has the same coding as HeadObject, however the client names aws-chunked beside it', async () => {
    for (const ContentEncoding of [undefined, 'gzip', 'gzip, br']) {
      const input = await put(supported, { Body: stream(), ContentLength: 3, ContentEncoding });
      const sent = s3.requests.last()?.headers['content-encoding'];
      const stored = await supported.send(new HeadObjectCommand(object));
      expect({ sent, input: input.ContentEncoding, stored: stored.ContentEncoding }).toEqual({
        sent: ContentEncoding === undefined ? 'aws-chunked' : `${ContentEncoding},aws-chunked`,
        input: ContentEncoding,
        stored: ContentEncoding,
      });
    }
  });

  it('has of a part and of an upload by lib-storage nothing of the framing', async () => {
    const { UploadId } = await supported.send(new CreateMultipartUploadCommand({ ...object, ContentEncoding: 'gzip' }));
    expect(recorded('CreateMultipartUpload')).toEqual({ ContentEncoding: 'gzip' });
    await supported.send(
      new UploadPartCommand({ ...object, UploadId, PartNumber: 1, Body: stream(), ContentLength: 3 }),
    );
    expect(recorded('UploadPart')).toEqual({ ...body, ...crc32, UploadId, PartNumber: 1 });
    await new Upload({ client: supported, params: { ...object, Body: stream() } }).done();
    expect(recorded('PutObject')).toEqual({ ...body, ...binary, ...crc32 });
  });

  it('has of a batch its checksum, and of a read that it wants one', async () => {
    await supported.send(new DeleteObjectsCommand({ Bucket: 'vault', Delete: { Objects: [{ Key: 'k' }] } }));
    expect(recorded('DeleteObjects')).toEqual({
      Delete: { Objects: [{ Key: 'k' }] },
      ChecksumAlgorithm: 'CRC32',
      ChecksumCRC32: 'I9788A==',
    });
    await supported.send(new GetObjectCommand({ Bucket: 'vault', Key: 'a.pdf' }));
    expect(s3.requests.last()?.input).toEqual({ Bucket: 'vault', Key: 'a.pdf', ChecksumMode: 'ENABLED' });
    await supported.send(new ListObjectsV2Command({ Bucket: 'vault' }));
    expect(s3.requests.last()?.input).toEqual({ Bucket: 'vault' });
  });
});

const gzipped = { ...object, Body: 'abc', ContentEncoding: 'gzip' };
const copied = { ...object, CopySource: 'vault/a.pdf' };
const cos = () => new CosS3({ endpoint: cosHost, credentials: s3.account.credentials });

describe.each<Readonly<Record<'put' | 'upload' | 'copy', () => Promise<unknown>>> & { readonly name: string }>([
  {
    name: 'aws-sdk 2',
    put: () => new AwsS3().putObject(gzipped).promise(),
    upload: () => new AwsS3().upload({ ...object, Body: stream() }).promise(),
    copy: () => new AwsS3().copyObject(copied).promise(),
  },
  {
    name: 'ibm-cos-sdk',
    put: () => cos().putObject(gzipped).promise(),
    upload: () =>
      cos()
        .upload({ ...object, Body: stream() })
        .promise(),
    copy: () => cos().copyObject(copied).promise(),
  },
])('the input that is recorded of $name', ({ put, upload, copy }) => {
  it('has of a body a type, the length and the digest', async () => {
    await put();
    expect(recorded('PutObject')).toEqual({ ...body, ...binary, ...md5, ContentEncoding: 'gzip' });
    await upload();
    expect(recorded('PutObject')).toEqual({ ...body, ...binary, ...md5 });
  });

  it('has of a copy a type, which S3 ignores', async () => {
    await copy();
    expect(s3.requests.last()?.input).toEqual({ ...copied, ...binary });
  });
});

describe('the input that is recorded of minio', () => {
  const client = () => new MinioClient({ endPoint: 's3.amazonaws.com', accessKey: 'KEY', secretKey: 'secret' });

  it('has of a body the length and the digest, and no type', async () => {
    await client().putObject('vault', 'k', bytes);
    expect(recorded('PutObject')).toEqual({ ...body, ...md5 });
    await client().putObject('vault', 'k', stream(), 3, { 'Content-Encoding': 'gzip' });
    expect(recorded('PutObject')).toEqual({ ...body, ...md5, ContentEncoding: 'gzip' });
  });

  it('has of a listing how the keys are to be written', async () => {
    await client().listObjectsV2('vault', '', true).toArray();
    expect(s3.requests.of('ListObjectsV2').at(-1)?.input).toEqual({
      Bucket: 'vault',
      Prefix: '',
      Delimiter: '',
      MaxKeys: 1000,
      EncodingType: 'url',
    });
  });
});

describe('the input that is recorded of a presigned', () => {
  const client = new S3Client({});
  const urlencoded = 'application/x-www-form-urlencoded';

  it.each<[string, (url: string) => Promise<unknown>, object]>([
    ['fetch, a text', (url) => fetch(url, { method: 'PUT', body: 'abc' }), { ContentType: 'text/plain;charset=UTF-8' }],
    ['fetch, bytes', (url) => fetch(url, { method: 'PUT', body: bytes }), {}],
    ['undici', (url) => request(url, { method: 'PUT', body: 'abc' }), {}],
    ['axios, a text', (url) => axios.put(url, 'abc'), { ContentType: urlencoded }],
    ['axios, bytes', (url) => axios.put(url, bytes), { ContentType: urlencoded }],
  ])('URL has the type that %s adds, and nothing of the URL', async (_name, send, added) => {
    await send(await getSignedUrl(client, new PutObjectCommand(object)));
    expect(recorded('PutObject')).toEqual({ ...body, ...added });
  });

  it('form has the policy and the name of the file, and nothing of the signature', async () => {
    const { url, fields } = await createPresignedPost(client, { ...object, Fields: { 'Content-Encoding': 'gzip' } });
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob(['abc']), 'a.txt');
    await fetch(url, { method: 'POST', body: form });
    expect(recorded('PostObject')).toEqual({
      Body: 'abc',
      ContentEncoding: 'gzip',
      Policy: fields['Policy'],
      Filename: 'a.txt',
    });
  });
});
