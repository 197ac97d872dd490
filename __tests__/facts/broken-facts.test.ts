import { describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { Budget } from '../../src/facts/budget';
import { choose, run } from '../../src/facts/run';
import { ServiceStage } from '../../src/facts/service-stage';

/** A service that answers one thing otherwise, the case that shows it, and the difference. */
const broken: readonly (readonly [what: string, break_: (s3: MockS3) => void, word: string, difference: RegExp])[] = [
  [
    'a status of versioning that is not read back',
    (s3) => s3.on('GetBucketVersioning').reply({ status: 200, body: '<VersioningConfiguration/>' }),
    'F51',
    /^enabled-readback: Status: expected "Enabled", but it is absent$/,
  ],
  [
    'a delete of a missing version that is 404',
    (s3) => s3.on('DeleteObject', { VersionId: 'not-a-version' }).reply({ status: 404 }),
    'F51',
    /^delete-missing-version: expected 400 InvalidArgument, but it is 404 $/,
  ],
  [
    'a delete marker whose own id is read',
    (s3) => s3.on('HeadObject').reply({ status: 200 }),
    'F51',
    /^head-current-marker: expected 404, but it is 200 $/,
  ],
  [
    'a null version without its id',
    (s3) => s3.on('PutObject').reply({ status: 200, headers: { ETag: '"x"', 'x-amz-version-id': 'null' } }),
    'F53',
    /VersionId|ETag|ChecksumCRC32/,
  ],
  [
    'a listing of versions that is empty',
    (s3) => s3.on('ListObjectVersions').reply({ status: 200, body: '<ListVersionsResult/>' }),
    'F60',
    /Versions: expected .* but it is absent$/,
  ],
  [
    'a bucket with versions that is deleted',
    (s3) => s3.on('DeleteBucket').fail('NoSuchBucket'),
    'F51',
    /^delete-bucket-with-history: expected 409 BucketNotEmpty, but it is 404 NoSuchBucket$/,
  ],
  [
    'a status of versioning that is refused by another code',
    (s3) => s3.on('PutBucketVersioning').fail('AccessDenied'),
    'F51',
    /IllegalVersioningConfigurationException, but it is 403 AccessDenied$/,
  ],
  [
    'a retention that is not read back',
    (s3) => s3.on('GetObjectRetention').fail('NoSuchObjectLockConfiguration'),
    'object-lock',
    /but it is 404 NoSuchObjectLockConfiguration$/,
  ],
  [
    'a condition that is not asked',
    (s3) => s3.on('DeleteObject', { IfMatch: expect.anything() }).reply({ status: 204 }),
    'conditions',
    /expected \d+ \w+, but it is 204 $/,
  ],
  [
    'an upload that is completed without an ETag',
    (s3) => s3.on('CompleteMultipartUpload').reply({ status: 200, body: '<CompleteMultipartUploadResult/>' }),
    'uploads',
    /ETag: expected .* but it is absent$/,
  ],
];

describe('a service that answers otherwise is found', () => {
  it.each(broken)('%s', async (_what, break_, word, difference) => {
    const s3 = mockS3({ hosts: { only: [] } });
    break_(s3);
    const { url } = await s3.listen();
    const service = { endpoint: url, region: 'us-east-1', keys: s3.account.credentials, prefix: 'facts' };
    const stage = new ServiceStage(service, new Budget(10_000, 1), async (duration) => s3.clock.advance(duration));
    const outcomes = await run(stage, choose([word]));
    await s3.stop();
    const differences = outcomes.flatMap((one) => one.differences);
    expect(differences).toContainEqual(expect.stringMatching(difference));
  });
});
