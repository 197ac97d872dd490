// Compiled, never run: the matchers of the global expect of @types/jest. They are those of @jest/globals, whose file has each of them.
/// <reference types="jest" />
import { mockS3 } from '../../src/testing/jest';

const s3 = mockS3();
const vault = s3.bucket('vault');

expect(s3).toHaveReceived('PutBucketVersioning', {
  Bucket: expect.any(String),
  VersioningConfiguration: expect.objectContaining({}),
});
expect(s3.requests).not.toHaveReceivedTimes('PutObject', 2, { Bucket: 'vault' });
expect(vault).not.toHaveVersioning(undefined);
expect(s3).toHaveSentTimes('LifecycleExpiration:*', 2, expect.objectContaining({ bucket: 'vault' }));
expect(vault).not.toHaveReplicated('report.pdf', { to: 'replica', versionId: 'v1' });
expect(s3.account).toAllow('s3:CreateBucket', 'vault');
expect(JSON.parse('{}')).toHaveReceived('PutObject');
export const settled: Promise<void> = expect(Promise.resolve(s3)).resolves.toHaveReceived('PutObject');
export const settledBucket: Promise<void> = expect(Promise.resolve(vault)).resolves.not.toHaveVersioning('Enabled');
// @ts-expect-error a misspelt operation
expect(s3).toHaveReceived('PutBucketVersionning');
// @ts-expect-error a misspelt member
expect(s3).toHaveReceived('PutBucketVersioning', { Buckett: 'vault' });
// @ts-expect-error not of a mock
expect({}).not.toHaveReceivedTimes('PutObject', 1);
// @ts-expect-error not of a promise
expect(Promise.resolve(s3)).toHaveReceivedLast('PutObject');
// @ts-expect-error not of a promise of something else
expect(Promise.resolve(5)).resolves.toHaveReceivedOnly('PutObject');
// @ts-expect-error not of a list of requests
expect([...s3.requests]).toHaveReceivedNth(1, 'PutObject');
// @ts-expect-error a bucket has no requests
expect(vault).toHaveReceived('PutObject');
// @ts-expect-error not of a bucket
expect(s3.requests).not.toHaveMfaDelete('Enabled');
// @ts-expect-error requests send nothing
expect(s3.requests).toHaveSent('ObjectCreated:Put');
// @ts-expect-error not of a mock
expect(s3).toAllow('s3:GetObject', 'vault/report.pdf');
