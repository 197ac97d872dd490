// Compiled, never run: what the matchers accept with the global expect of @types/jest.
/// <reference types="jest" />
import { mockS3 } from '../../src/testing/jest';

const s3 = mockS3();
const vault = s3.bucket('vault');

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
expect(vault).toHaveVersioning('Suspended');
expect(vault).not.toHaveVersioning(undefined);
expect(vault).toHaveMfaDelete('Disabled');
export const settled: Promise<void> = expect(Promise.resolve(s3)).resolves.toHaveReceived('PutObject');

// Events.
expect(s3).toHaveSent('ObjectCreated:*');
expect(s3.events).not.toHaveSent('ObjectRemoved:DeleteMarkerCreated', { key: 'a b', versionId: undefined });
expect(vault).toHaveSent('ObjectCreated:Put', { record: { s3: { object: { size: expect.any(Number) } } } });
expect(vault).toHaveSent('TestEvent', { destination: 'arn:aws:sqs:us-east-1:000000000000:reports' });
expect(s3).toHaveSentTimes('LifecycleExpiration:*', 2, expect.objectContaining({ bucket: 'vault' }));
export const settledEvents: Promise<void> = expect(Promise.resolve(s3)).resolves.toHaveSent('ObjectCreated:Put');
// @ts-expect-error a misspelt event
expect(s3).toHaveSent('ObjectCreated:Putt');
// @ts-expect-error names have no s3:
expect(s3).toHaveSent('s3:ObjectCreated:Put');
// @ts-expect-error no configuration has this family
expect(s3).toHaveSent('ObjectAcl:*');
// @ts-expect-error a misspelt member
expect(s3).toHaveSent('ObjectCreated:Put', { Key: 'a b' });
// @ts-expect-error a number of times
expect(s3).toHaveSentTimes('ObjectCreated:Put', { key: 'a b' });
// @ts-expect-error requests send nothing
expect(s3.requests).toHaveSent('ObjectCreated:Put');

// Replication.
expect(vault).toHaveReplicated('report.pdf');
expect(vault).not.toHaveReplicated('report.pdf', { to: 'replica', versionId: 'v1' });
export const settledCopy: Promise<void> = expect(Promise.resolve(vault)).resolves.toHaveReplicated('report.pdf');
// @ts-expect-error the key is missing
expect(vault).toHaveReplicated({ to: 'replica' });
// @ts-expect-error a misspelt option
expect(vault).toHaveReplicated('report.pdf', { bucket: 'replica' });
// @ts-expect-error one destination
expect(vault).toHaveReplicated('report.pdf', { to: ['replica', 'archive'] });
// @ts-expect-error not of a mock
expect(s3).toHaveReplicated('report.pdf');

// The subject.
expect(s3.requests).toHaveReceived('PutObject');
expect(s3.buckets[0]).toHaveVersioning('Enabled');
expect(JSON.parse('{}')).toHaveReceived('PutObject');
export const settledBucket: Promise<void> = expect(Promise.resolve(vault)).resolves.not.toHaveVersioning('Enabled');
// @ts-expect-error not of a mock
expect(5).toHaveReceived('PutObject');
// @ts-expect-error not of a mock
expect({}).not.toHaveReceivedTimes('PutObject', 1);
// @ts-expect-error not of a promise
expect(Promise.resolve(s3)).toHaveReceivedLast('PutObject');
// @ts-expect-error not of a promise of something else
expect(Promise.resolve(5)).resolves.toHaveReceivedOnly('PutObject');
// @ts-expect-error not of a list of requests
expect([...s3.requests]).toHaveReceivedNth(1, 'PutObject');
// @ts-expect-error a bucket has no requests
expect(vault).not.toHaveApplied('PutObject');
// @ts-expect-error not of a promise
expect(Promise.resolve(s3)).toHaveRefused('PutObject');
// @ts-expect-error a bucket has no requests
expect(vault).toHaveReceived('PutObject');
// @ts-expect-error not of a bucket
expect(s3).toHaveVersioning('Enabled');
// @ts-expect-error not of a bucket
expect(s3.requests).not.toHaveMfaDelete('Enabled');
// @ts-expect-error not of a bucket
expect('vault').toHaveObject('report.pdf');
// @ts-expect-error not of a bucket
expect(s3.account).toHaveVersions('report.pdf', []);
// @ts-expect-error not of a key
expect(vault.object('report.pdf')).toHaveDeleteMarker('report.pdf');
// @ts-expect-error not of a version
expect(vault.versions()).toBeLocked('report.pdf');

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
expect(vault).toHaveVersioning('Disabled');
// @ts-expect-error no state of MFA Delete
expect(vault).toHaveMfaDelete('Suspended');

// Callers.
const writer = s3.account.user('writer');
expect(writer).toAllow('s3:PutObject', 'vault/report.pdf');
expect(writer).not.toDeny('s3:ListBucket', 'vault', { 's3:prefix': ['docs/'], 'aws:CurrentTime': new Date() });
expect(s3.account.role('deployer')).toDeny('s3:GetObjectVersion', 'vault/report.pdf', { 's3:versionid': 'v1' });
expect(s3.account.role('deployer').session({ name: 'build-7' })).toAllow('s3:ListAllMyBuckets', '*');
expect(s3.account).toAllow('s3:CreateBucket', 'vault');
// @ts-expect-error a misspelt action
expect(writer).toAllow('s3:GetObjct', 'vault/report.pdf');
// @ts-expect-error a pattern is not an action
expect(writer).toDeny('s3:Get*', 'vault/report.pdf');
// @ts-expect-error the resource is missing
expect(writer).toAllow('s3:GetObject');
// @ts-expect-error no value of a condition key
expect(writer).toAllow('s3:GetObject', 'vault/report.pdf', { 'aws:SourceIp': null });
// @ts-expect-error not of a mock
expect(s3).toAllow('s3:GetObject', 'vault/report.pdf');
// @ts-expect-error not of a bucket
expect(vault).toDeny('s3:GetObject', 'vault/report.pdf');
