// Compiled, never run: what the matchers accept with the global expect of @types/jest.
/// <reference types="jest" />
import { mockS3 } from '../../src/testing/jest';

const s3 = mockS3();

expect(s3).toHaveReceived('PutBucketVersioning');
expect(s3).toHaveReceived('PutBucketVersioning', { Bucket: 'vault', VersioningConfiguration: { Status: 'Suspended' } });
expect(s3).toHaveReceived('PutBucketVersioning', {
  Bucket: expect.any(String),
  VersioningConfiguration: expect.objectContaining({}),
});
expect(s3).toHaveReceived('PutBucketVersioning', expect.objectContaining({ Bucket: 'vault' }));
expect(s3).toHaveReceived('PutBucketVersioning', { MFA: undefined });
expect(s3).toHaveReceived('CreateBucket', { CreateBucketConfiguration: { Tags: [{ Key: 'team' }, {}] } });
expect(s3).toHaveReceived('PutBucketLifecycle', { Bucket: 'vault' });
// @ts-expect-error a misspelt member, under an older name of the operation
expect(s3).toHaveReceived('PutBucketLifecycle', { Buckett: 'vault' });
expect(s3.requests).not.toHaveReceivedTimes('PutObject', 2, { Bucket: 'vault' });
expect(s3).toHaveReceivedNth(2, 'PutObject', { Bucket: 'vault' });
expect(s3).toHaveReceivedLast('PutObject', { Bucket: 'vault' });
expect(s3).toHaveReceivedOnly('PutObject', { Bucket: 'vault' });
expect(s3).toHaveApplied('DeleteObjects', { Delete: { Objects: [{ Key: 'report.pdf' }] } });
expect(s3.requests).not.toHaveApplied('PutObject');
expect(s3).toHaveRefused('PutBucketLifecycle', { Bucket: 'vault' }, { code: 'AccessDenied', status: 403 });
expect(s3).not.toHaveRefused('PutObject', undefined, { status: 503 });
expect({}).toHaveVersioning('Suspended');
expect({}).not.toHaveVersioning(undefined);
expect({}).toHaveMfaDelete('Disabled');
export const settled: Promise<void> = expect(Promise.resolve(s3)).resolves.toHaveReceived('PutObject');

// @ts-expect-error a misspelt operation
expect(s3).toHaveReceived('PutBucketVersionning');
// @ts-expect-error a misspelt member
expect(s3).toHaveReceived('PutBucketVersioning', { Buckett: 'vault' });
// @ts-expect-error a member of another operation
expect(s3).toHaveReceived('PutBucketVersioning', { Key: 'report.pdf' });
// @ts-expect-error no state of versioning
expect(s3).toHaveReceived('PutBucketVersioning', { VersioningConfiguration: { Status: 'Disabled' } });
// @ts-expect-error a misspelt member of a list's item
expect(s3).toHaveReceived('CreateBucket', { CreateBucketConfiguration: { Tags: [{ Kay: 'team' }] } });
// @ts-expect-error a misspelt operation
expect(s3).toHaveApplied('PutObjekt');
// @ts-expect-error a misspelt member
expect(s3).toHaveRefused('PutObject', { Kay: 'report.pdf' });
// @ts-expect-error a misspelt member of the refusal
expect(s3).toHaveRefused('PutObject', {}, { Code: 'AccessDenied' });
// @ts-expect-error what was applied has no code
expect(s3).toHaveApplied('PutObject', {}, { code: 'AccessDenied' });
// @ts-expect-error a status is a number
expect(s3).toHaveRefused('PutObject', {}, { status: '403' });
// @ts-expect-error times is missing
expect(s3).toHaveReceivedTimes('PutObject');
// @ts-expect-error n comes first
expect(s3).toHaveReceivedNth('PutObject', 1);
// @ts-expect-error no input
expect(s3).toHaveReceivedLast('PutObject', 'report.pdf');
// @ts-expect-error no state of versioning
expect({}).toHaveVersioning('Disabled');
// @ts-expect-error no state of MFA Delete
expect({}).toHaveMfaDelete('Suspended');
