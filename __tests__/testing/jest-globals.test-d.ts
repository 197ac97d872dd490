// Compiled, never run: what the matchers accept with the expect of @jest/globals.
import { expect } from '@jest/globals';
import { deleteMarker, mockS3 } from '../../src/testing/jest';

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

s3.requests.expect('PutObject', { Key: 'report.pdf' });
// @ts-expect-error a misspelt operation
s3.requests.expect('PutObjekt');
// @ts-expect-error a misspelt member
s3.requests.expectTimes('PutObject', 1, { Kay: 'report.pdf' });

for (const { input } of s3.requests.of('PutBucketVersioning'))
  input.VersioningConfiguration.Status satisfies 'Enabled' | 'Suspended' | undefined;
for (const entry of s3.requests) {
  if (entry.operation === 'PutBucketVersioning')
    entry.input.VersioningConfiguration.MFADelete satisfies 'Enabled' | 'Disabled' | undefined;
  if (entry.operation === 'PutObject') {
    entry.input.Key satisfies string;
    // @ts-expect-error of another operation
    entry.input.VersioningConfiguration;
  }
  if (entry.operation === undefined) entry.output satisfies undefined;
}

expect(vault).toHaveObject('report.pdf');
expect(vault).toHaveObject('report.pdf', {
  body: 'first',
  metadata: { author: 'ann' },
  size: 5,
  etag: expect.any(String),
});
expect(vault).toHaveObject('report.pdf', { body: Uint8Array.of(1) });
expect(vault).toHaveObject('report.pdf', expect.objectContaining({ size: 5 }));
expect(vault).toHaveVersions('report.pdf', ['first', Buffer.from('second'), deleteMarker, { versionId: 'null' }]);
expect(vault).toHaveVersions('report.pdf', [{ deleteMarker: true }, expect.stringContaining('x'), { body: 'x' }]);
expect(vault).toHaveVersions('report.pdf', [{ deleteMarker: true, replicationStatus: 'REPLICA' }]);
expect(vault).toHaveObject('report.pdf', { replicationStatus: 'COMPLETED' });
expect(vault).toHaveVersions('report.pdf', expect.arrayContaining([expect.anything()]));
expect(vault).not.toHaveDeleteMarker('report.pdf');
// @ts-expect-error a misspelt member
expect(vault).toHaveObject('report.pdf', { Body: 'first' });
// @ts-expect-error a version is not named by its number
expect(vault).toHaveVersions('report.pdf', [1]);
// @ts-expect-error the versions are missing
expect(vault).toHaveVersions('report.pdf');
// @ts-expect-error a word that is not a status
expect(vault).toHaveVersions('report.pdf', [{ deleteMarker: true, replicationStatus: 'COMPLETE' }]);
// @ts-expect-error a member that only an object has
expect(vault).toHaveVersions('report.pdf', [{ deleteMarker: true, body: 'first' }]);

// @ts-expect-error a misspelt member
mockS3({ buckets: { vault: { objects: { a: { metaData: {} } } } } });
// Constants whose types the compiler has widened. `deleteMarker: false` throws.
const [widened, described] = [['x', deleteMarker], { deleteMarker: true }];
mockS3({ buckets: { vault: { objects: { a: widened, b: described, c: ['x', described] } } } });
expect(vault).toHaveVersions('a', widened);
expect(vault).toHaveVersions('c', ['x', described]);
mockS3({ buckets: { vault: { objects: { a: ['x', deleteMarker, Buffer.from('y'), { body: { base64: '' } }] } } } });
for (const version of s3.bucket('vault').versions()) {
  if (version.deleteMarker) version.body satisfies undefined;
  else version.body satisfies Buffer;
}
s3.bucket('vault').current('a')?.body.toString() satisfies string | undefined;

for (const { input } of s3.requests.of('PutObject', { Bucket: 'vault' }, { applied: true, status: 200 }))
  input.Key satisfies string;
s3.requests.expectApplied('PutObject', { Key: 'report.pdf' });
s3.requests.expectRefused('PutObject', { Key: 'report.pdf' }, { code: 'AccessDenied' });
// @ts-expect-error a misspelt member
s3.requests.of('PutObject', { Kay: 'report.pdf' }, { applied: true });
// @ts-expect-error a misspelt member of the outcome
s3.requests.of('PutObject', {}, { aplied: true });
// @ts-expect-error a misspelt operation
s3.requests.expectRefused('PutObjekt');

s3.requests.map(({ operation, status }) => `${operation} ${status}`) satisfies string[];
s3.requests.filter(({ status }) => status === 200).map(({ input }) => input);
s3.requests.find((one) => one.operation === 'PutObject')?.input.Key satisfies string | undefined;
s3.requests.findLast(({ status }) => status === 403)?.why satisfies string | undefined;
s3.requests.slice(-2).length satisfies number;
s3.requests[0]?.status satisfies number | undefined;
[s3.requests.some(({ error }) => error), s3.requests.every(({ notes }) => notes.length === 0)] satisfies boolean[];
// @ts-expect-error a list that is only read
s3.requests[0] = s3.requests.last();
// @ts-expect-error a member that no request has
s3.requests.map(({ code }) => code);

export const waited: Promise<string> = s3.requests
  .waitFor('PutObject', { Bucket: 'vault' }, { timeout: 5000 })
  .then(({ input }) => input.Key);
export const old: Promise<string> = s3.requests.waitFor('PutBucketLifecycle').then(({ input }) => input.Bucket);
// @ts-expect-error a misspelt operation
s3.requests.waitFor('PutObjekt');
// @ts-expect-error a misspelt member
s3.requests.waitFor('PutObject', { Kay: 'report.pdf' });
// @ts-expect-error a misspelt option
s3.requests.waitFor('PutObject', {}, { timout: 5 });

s3.requests.toJSON()[0]?.code satisfies string | undefined;
s3.bucket('vault').toJSON()?.versioning satisfies 'Enabled' | 'Suspended' | undefined;
s3.bucket('vault').objects['report.pdf']?.[0]?.versionId satisfies string | undefined;
s3.mfa.active satisfies boolean;

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
