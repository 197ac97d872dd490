import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { describe, expect, it } from '@jest/globals';
import AwsS3 from 'aws-sdk/clients/s3';
import { Client as MinioClient } from 'minio';
import { mockS3 } from 's3-versioning-mock/jest';
import { bytesOf, mebibyte, sha1, streamOf } from '../../support/streams';

process.env['AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE'] = '1';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });

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
    const client = new S3Client({});
    await new Upload({ client, params: { Bucket: 'vault', Key: 'film', Body: body() } }).done();
    expect(stored('film')).toEqual(inThree);
    expect(names()).toEqual(['CreateMultipartUpload', ...parts, 'CompleteMultipartUpload']);
    client.destroy();
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
});
