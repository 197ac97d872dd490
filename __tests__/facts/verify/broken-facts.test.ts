import { describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../../src';
import { Budget } from '../../../src/facts/budget';
import { choose, run } from '../../../src/facts/run';
import { ServiceStage } from '../../../src/facts/service-stage';
import { cases } from '../cases';

describe('a service that answers otherwise is found', () => {
  it.each<[what: string, word: string, breakOne: (s3: MockS3) => void, difference: RegExp]>([
    [
      'a status of versioning that is not read back',
      'F51',
      (s3) => s3.on('GetBucketVersioning').reply({ status: 200, body: '<VersioningConfiguration/>' }),
      /^enabled-readback: Status: expected "Enabled", but it is absent$/,
    ],
    [
      'a delete of a missing version that is 404',
      'F51',
      (s3) => s3.on('DeleteObject', { VersionId: 'not-a-version' }).reply({ status: 404 }),
      /^delete-missing-version: expected 400 InvalidArgument, but it is 404 $/,
    ],
    [
      'a delete marker whose own id is read',
      'F51',
      (s3) => s3.on('HeadObject').reply({ status: 200 }),
      /^head-current-marker: expected 404, but it is 200 $/,
    ],
    [
      'a null version without its id',
      'F53',
      (s3) => s3.on('PutObject').reply({ status: 200, headers: { ETag: '"x"', 'x-amz-version-id': 'null' } }),
      /VersionId|ETag|ChecksumCRC32/,
    ],
    [
      'a listing of versions that is empty',
      'F60',
      (s3) => s3.on('ListObjectVersions').reply({ status: 200, body: '<ListVersionsResult/>' }),
      /Versions: expected .* but it is absent$/,
    ],
    [
      'a bucket with versions that is deleted',
      'F51',
      (s3) => s3.on('DeleteBucket').fail('NoSuchBucket'),
      /^delete-bucket-with-history: expected 409 BucketNotEmpty, but it is 404 NoSuchBucket$/,
    ],
    [
      'a status of versioning that is refused by another code',
      'F51',
      (s3) => s3.on('PutBucketVersioning').fail('AccessDenied'),
      /IllegalVersioningConfigurationException, but it is 403 AccessDenied$/,
    ],
    [
      'a retention that is not read back',
      'object-lock',
      (s3) => s3.on('GetObjectRetention').fail('NoSuchObjectLockConfiguration'),
      /but it is 404 NoSuchObjectLockConfiguration$/,
    ],
    [
      'a condition that is not asked',
      'conditions',
      (s3) => s3.on('DeleteObject', { IfMatch: expect.anything() }).reply({ status: 204 }),
      /expected \d+ \w+, but it is 204 $/,
    ],
    [
      'an upload that is completed without an ETag',
      'uploads',
      (s3) => s3.on('CompleteMultipartUpload').reply({ status: 200, body: '<CompleteMultipartUploadResult/>' }),
      /ETag: expected .* but it is absent$/,
    ],
  ])('%s', async (_what, word, breakOne, difference) => {
    const s3 = mockS3({ hosts: { only: [] } });
    breakOne(s3);
    const { url } = await s3.listen();
    const service = { endpoint: url, region: 'us-east-1', keys: s3.account.credentials, prefix: 'facts' };
    const stage = new ServiceStage(service, new Budget(10_000), async (duration) => s3.clock.advance(duration));
    const outcomes = await run(stage, choose([word], cases));
    await s3.stop();
    const differences = outcomes.flatMap((one) => one.differences);
    expect(differences).toContainEqual(expect.stringMatching(difference));
  });
});
