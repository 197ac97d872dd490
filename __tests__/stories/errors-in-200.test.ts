import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import AwsS3 from 'aws-sdk/clients/s3';
import CosS3 from 'ibm-cos-sdk/clients/s3';
import { Client, CopyDestinationOptions, CopySourceOptions } from 'minio';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../support/clients/story-client';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { 'a.pdf': 'text' } } } });
const vault = s3.bucket('vault');
const copy = { Bucket: 'vault', Key: 'b.pdf' };
const CopySource = 'vault/a.pdf';
const retries = { maxRetries: 3, retryDelayOptions: { base: 1 } };

const answers = (operation: 'CopyObject' | 'CompleteMultipartUpload' | 'UploadPartCopy' | 'DeleteObjects') =>
  s3.requests.of(operation).map(({ status, error }) => (error ? `${status} ${error.code}` : `${status}`));

// F670
describe('an error inside of a 200 is repeated by', () => {
  const v3 = new S3Client({});
  const copies: Readonly<Record<string, () => Promise<unknown>>> = {
    'SDK v3': () => v3.send(new CopyObjectCommand({ ...copy, CopySource })),
    'SDK v2': () => new AwsS3(retries).copyObject({ ...copy, CopySource }).promise(),
    'ibm-cos-sdk': () =>
      new CosS3({ ...retries, endpoint: cosHost, credentials: s3.account.credentials })
        .copyObject({ ...copy, CopySource })
        .promise(),
  };

  it.each(Object.entries(copies))('%s, for a copy', async (_name, send) => {
    s3.on('CopyObject').fail('InternalError', { status: 200, times: 1 });
    await send();
    expect(answers('CopyObject')).toEqual(['200 InternalError', '200']);
    expect(vault).toHaveVersions('b.pdf', ['text']);
  });

  it('SDK v3, for a part that is copied and for a completion', async () => {
    const { UploadId } = await v3.send(new CreateMultipartUploadCommand(copy));
    s3.on('UploadPartCopy').fail('SlowDown', { status: 200, times: 1 });
    s3.on('CompleteMultipartUpload').fail('InternalError', { status: 200, times: 1 });
    const { CopyPartResult } = await v3.send(
      new UploadPartCopyCommand({ ...copy, UploadId, PartNumber: 1, CopySource }),
    );
    const Parts = [{ ETag: CopyPartResult?.ETag, PartNumber: 1 }];
    await v3.send(new CompleteMultipartUploadCommand({ ...copy, UploadId, MultipartUpload: { Parts } }));
    expect(answers('UploadPartCopy')).toEqual(['200 SlowDown', '200']);
    expect(answers('CompleteMultipartUpload')).toEqual(['200 InternalError', '200']);
    expect(vault).toHaveVersions('b.pdf', ['text']);
  });

  it('SDK v3 and SDK v2, for a batch', async () => {
    s3.on('DeleteObjects').fail('SlowDown', { status: 200, times: 1 });
    // The SDK v3 adds to the input that it is given.
    const batch = () => ({ Bucket: 'vault', Delete: { Objects: [{ Key: 'a.pdf' }], Quiet: true } });
    await v3.send(new DeleteObjectsCommand(batch()));
    expect(answers('DeleteObjects')).toEqual(['200 SlowDown', '200']);
    s3.on('DeleteObjects').fail('SlowDown', { status: 200, times: 1 });
    await new AwsS3(retries).deleteObjects(batch()).promise();
    expect(answers('DeleteObjects').slice(2)).toEqual(['200 SlowDown', '200']);
  });
});

describe('an error inside of a 200 that stays is thrown by', () => {
  it('SDK v3 with a status of its own', async () => {
    s3.on('CopyObject').fail('InternalError', { status: 200 });
    const sent = new S3Client({ maxAttempts: 1 }).send(new CopyObjectCommand({ ...copy, CopySource }));
    await expect(sent).rejects.toMatchObject({ name: 'InternalError', $metadata: { httpStatusCode: 503 } });
  });

  it('minio at once, for a completion and for a copy', async () => {
    const minio = new Client({ endPoint: 's3.amazonaws.com', accessKey: 'KEY', secretKey: 'secret' });
    s3.on('CompleteMultipartUpload').fail('InternalError', { status: 200 });
    s3.on('CopyObject').fail('InternalError', { status: 200 });
    const v3 = new S3Client({});
    const { UploadId = '' } = await v3.send(new CreateMultipartUploadCommand(copy));
    const { ETag = '' } = await v3.send(new UploadPartCommand({ ...copy, UploadId, PartNumber: 1, Body: 'text' }));
    // minio rejects with the parsed element, which is not an Error.
    const error = { Code: 'InternalError', Message: 'We encountered an internal error. Please try again.' };
    const completion = minio.completeMultipartUpload('vault', 'b.pdf', UploadId, [{ part: 1, etag: ETag }]);
    await expect(completion).rejects.toMatchObject(error);
    const source = new CopySourceOptions({ Bucket: 'vault', Object: 'a.pdf' });
    const target = new CopyDestinationOptions({ Bucket: 'vault', Object: 'b.pdf' });
    await expect(minio.copyObject(source, target)).rejects.toMatchObject(error);
    expect({ completions: answers('CompleteMultipartUpload'), copies: answers('CopyObject') }).toEqual({
      completions: ['200 InternalError'],
      copies: ['200 InternalError'],
    });
  });
});
