import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import AwsS3 from 'aws-sdk/clients/s3';
import { mockS3 } from 's3-versioning-mock/jest';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { 'report.pdf': 'the report' } } } });

const v3 = () => new S3Client({});
const v2 = () => new AwsS3({ maxRetries: 3, retryDelayOptions: { base: 1 } });
const report = { Bucket: 'vault', Key: 'report.pdf' };
const draft = { Bucket: 'vault', Key: 'draft.txt', Body: 'a draft' };
const stored = (key = 'draft.txt') => s3.bucket('vault').versions(key).length;
const attempts = (operation: 'PutObject' | 'GetObject' | 'DeleteObject') => s3.requests.of(operation).length;

const put = {
  'SDK v3': async () => (await v3().send(new PutObjectCommand(draft))).$metadata.attempts,
  'SDK v2': () =>
    new Promise<number>((resolve, reject) => {
      v2()
        .putObject(draft)
        .on('complete', ({ error, retryCount }) => (error ? reject(error) : resolve(retryCount + 1)))
        .send();
    }),
};

describe.each(Object.entries(put))('%s', (_name, putDraft) => {
  it('retries after errors of S3, and the refused attempts write nothing', async () => {
    s3.on('PutObject', { Key: 'draft.txt' })
      .fail('InternalError', { times: 1 })
      .fail('SlowDown', { times: 1, retryAfter: 0 });
    expect(await putDraft()).toBe(3);
    expect(s3).toHaveReceivedTimes('PutObject', 3);
    expect(stored()).toBe(1);
  });

  it('writes once if the connection is lost before the write', async () => {
    s3.on('PutObject').disconnect({ when: 'before', times: 1 });
    expect(await putDraft()).toBe(2);
    expect(stored()).toBe(1);
  });

  // F162
  it.each([['during'], ['after']] as const)(
    'writes a second version if the connection is lost %s the answer, because the retry cannot know',
    async (when) => {
      s3.on('PutObject').disconnect({ when, times: 1 });
      expect(await putDraft()).toBe(2);
      expect({ attempts: attempts('PutObject'), stored: stored() }).toEqual({ attempts: 2, stored: 2 });
    },
  );

  it('gives up if S3 never recovers', async () => {
    s3.on('PutObject').fail('InternalError');
    await expect(putDraft()).rejects.toThrow('We encountered an internal error. Please try again.');
    expect(stored()).toBe(0);
    expect(attempts('PutObject')).toBeGreaterThanOrEqual(3);
  });

  it('does not retry a request that S3 refuses', async () => {
    s3.on('PutObject').fail('AccessDenied');
    await expect(putDraft()).rejects.toThrow('Access Denied');
    expect(attempts('PutObject')).toBe(1);
  });
});

it('a conditional write whose answer is lost is refused at the retry, and there is one version', async () => {
  s3.on('PutObject').disconnect({ when: 'after', times: 1 });
  const conditional = v3().send(new PutObjectCommand({ ...draft, IfNoneMatch: '*' }));
  await expect(conditional).rejects.toMatchObject({ name: 'PreconditionFailed' });
  expect({ attempts: attempts('PutObject'), stored: stored() }).toEqual({ attempts: 2, stored: 1 });
});

it('a retried delete leaves two delete markers', async () => {
  s3.on('DeleteObject').disconnect({ when: 'after', times: 1 });
  await v3().send(new DeleteObjectCommand(report));
  const { DeleteMarkers } = await v3().send(new ListObjectVersionsCommand({ Bucket: 'vault' }));
  expect(DeleteMarkers).toHaveLength(2);
});

it('a retried completion returns the first answer, and there is one version', async () => {
  const { UploadId } = await v3().send(new CreateMultipartUploadCommand({ Bucket: 'vault', Key: 'draft.txt' }));
  const part = { Bucket: 'vault', Key: 'draft.txt', UploadId };
  const { ETag } = await v3().send(new UploadPartCommand({ ...part, PartNumber: 1, Body: 'a part' }));
  s3.on('CompleteMultipartUpload').disconnect({ when: 'after', times: 1 });
  const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
  const { $metadata } = await v3().send(new CompleteMultipartUploadCommand({ ...part, MultipartUpload }));
  expect({ attempts: $metadata.attempts, stored: stored() }).toEqual({ attempts: 2, stored: 1 });
});

it('a change whose answer is lost spends its MFA code, so that the retry is refused', async () => {
  s3.on('PutBucketVersioning').disconnect({ when: 'after', times: 1 });
  const VersioningConfiguration = { Status: 'Enabled', MFADelete: 'Enabled' } as const;
  const change = new PutBucketVersioningCommand({ Bucket: 'vault', VersioningConfiguration, MFA: s3.mfa.header() });
  await expect(v3().send(change)).rejects.toMatchObject({ name: 'TokenCodeInvalidError' });
  expect(s3.bucket('vault').mfaDelete).toBe('Enabled');
});

describe('a body that is damaged in transit', () => {
  it.each([['truncate'], ['alter']] as const)('%s: SDK v3 detects it by the checksum', async (how) => {
    s3.on('GetObject').corrupt({ how, times: 1 });
    const { Body } = await v3().send(new GetObjectCommand(report));
    await expect(Body?.transformToString()).rejects.toThrow('Checksum mismatch');
  });

  it('SDK v2 returns it as if it were undamaged', async () => {
    s3.on('GetObject').corrupt({ how: 'alter', times: 1 });
    expect(`${(await v2().getObject(report).promise()).Body}`).toBe('the rdport');
  });

  it('a connection that breaks during the body is an error of the stream', async () => {
    s3.on('GetObject').disconnect({ when: 'during', times: 1 });
    const { Body } = await v3().send(new GetObjectCommand(report));
    await expect(Body?.transformToString()).rejects.toThrow('aborted');
    expect(attempts('GetObject')).toBe(1);
  });
});

it('a slow answer exceeds the timeout of the client, and each attempt is applied', async () => {
  s3.on('PutObject').delay({ milliseconds: 250, times: 1 });
  s3.on('GetBucketVersioning').delay({ milliseconds: 300 });
  const impatient = new S3Client({ requestHandler: { requestTimeout: 120, throwOnRequestTimeout: true } });
  const { $metadata } = await impatient.send(new PutObjectCommand(draft));
  await v3().send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
  expect($metadata.attempts).toBeGreaterThan(1);
  expect(stored()).toBe($metadata.attempts);
});

it('SDK v3 retries after the error page of a proxy', async () => {
  s3.on('GetBucketVersioning').reply({ status: 502, body: '<html>Bad Gateway</html>' }, { times: 1 });
  const { $metadata } = await v3().send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
  expect($metadata.attempts).toBe(2);
});
