import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fromListing, type MockS3, mockS3 } from '../../src';

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objectLock: true } } });
});
afterEach(() => s3.stop());

/** The mock without its types, as plain JavaScript calls it. */
interface Untyped {
  readonly [name: string]: (...given: readonly unknown[]) => unknown;
}
const untyped = (object: object) => object as Untyped; // called with wrong values on purpose
const call = (object: object, name: string, ...given: readonly unknown[]) =>
  untyped(object)[name]?.call(object, ...given);
const start = (options: object) => untyped({ mockS3 })['mockS3']?.({ hosts: { only: [] }, ...options });
const create = (fixture: object) => call(s3, 'createBucket', 'other', fixture);
const rule = (more: object) =>
  create({ lifecycle: { Rules: [{ Status: 'Enabled', Filter: {}, Expiration: { Days: 1 }, ...more }] } });
const version = (one: object) => create({ objectLock: true, objects: { a: ['first', one] } });
const fail = (name: string, ...given: readonly unknown[]) => call(s3.on('PutObject'), name, ...given);
const tag = { Key: 'team', Value: 'archive' };

describe('a name that does not exist', () => {
  it.each<readonly [where: string, given: () => unknown]>([
    ['in the options of mockS3', () => start({ zzz: 1 })],
    ['in hosts', () => start({ hosts: { only: [], zzz: 1 } })],
    ['in hosts without only', () => start({ hosts: { zzz: [] } })],
    ['in journal', () => start({ journal: { zzz: 1 } })],
    ['in propagation', () => start({ propagation: { seconds: 1, zzz: 1 } })],
    ['in a bucket of mockS3', () => start({ buckets: { vault: { zzz: 1 } } })],
    ['in a bucket', () => create({ zzz: 1 })],
    ['in an owner', () => create({ owner: { id: s3.account.id, zzz: 1 } })],
    ['in objectLock', () => create({ objectLock: { zzz: 1 } })],
    [
      'in defaultRetention',
      () => create({ objectLock: { defaultRetention: { Mode: 'GOVERNANCE', Days: 1, zzz: 1 } } }),
    ],
    ['in lifecycle', () => create({ lifecycle: { Rules: [], zzz: 1 } })],
    ['in a rule of lifecycle', () => rule({ zzz: 1 })],
    ['in a filter', () => rule({ Filter: { zzz: 1 } })],
    ['in the tag of a filter', () => rule({ Filter: { Tag: { ...tag, zzz: 1 } } })],
    ['in a tag set of a filter', () => rule({ Filter: { TagSet: [{ ...tag, zzz: 1 }] } })],
    ['in the And of a filter', () => rule({ Filter: { And: { Prefix: 'a', zzz: 1 } } })],
    ['in a tag of an And', () => rule({ Filter: { And: { Prefix: 'a', Tags: [{ ...tag, zzz: 1 }] } } })],
    ['in an expiration', () => rule({ Expiration: { Days: 1, zzz: 1 } })],
    ['in a transition', () => rule({ Transitions: [{ Days: 1, StorageClass: 'GLACIER', zzz: 1 }] })],
    ['in a noncurrent expiration', () => rule({ NoncurrentVersionExpiration: { NoncurrentDays: 1, zzz: 1 } })],
    ['in a noncurrent transition', () => rule({ NoncurrentVersionTransitions: [{ zzz: 1 }] })],
    ['in the abortion of uploads', () => rule({ AbortIncompleteMultipartUpload: { zzz: 1 } })],
    ['in a version', () => version({ zzz: 1 })],
    ['in a delete marker', () => version({ deleteMarker: true, zzz: 1 })],
    ['in a body', () => version({ body: { base64: '', zzz: 1 } })],
    ['in headers', () => version({ body: '', headers: { zzz: '1' } })],
    ['in a retention', () => version({ body: '', retention: { Mode: 'GOVERNANCE', RetainUntilDate: 0, zzz: 1 } })],
    ['in the details of put', () => call(s3.bucket('vault'), 'put', 'a', 'first', { zzz: 1 })],
    ['in the body of put', () => call(s3.bucket('vault'), 'put', 'a', { base64: '', zzz: 1 })],
    ['in lifecycle of a handle', () => Object.assign(s3.bucket('vault'), { lifecycle: { Rules: [], zzz: 1 } })],
    ['in objectLock of a handle', () => Object.assign(s3.bucket('vault'), { objectLock: { zzz: 1 } })],
    ['in createMfaDevice', () => call(s3, 'createMfaDevice', { zzz: 1 })],
    ['in createAccount', () => call(s3, 'createAccount', { name: 'partner', zzz: 1 })],
    ['in clock.advance', () => call(s3.clock, 'advance', { days: 1, zzz: 1 })],
    ['in replicationDelay', () => start({ replicationDelay: { zzz: 1 } })],
    ['in replication.plan', () => call(s3.replication, 'plan', { zzz: 1 })],
    ['in a copy of a replicationQueue', () => create({ replicationQueue: [{ zzz: 1 }] })],
    ['in lifecycle.plan', () => call(s3.lifecycle, 'plan', { zzz: 1 })],
    ['in a snapshot', () => call(s3, 'restore', { ...s3.snapshot(), zzz: 1 })],
    ['in the input of a rule', () => call(s3, 'on', 'PutObject', { zzz: 1 })],
    ['in an error of fail', () => fail('fail', { code: 'A', status: 400, message: '', zzz: 1 })],
    ['in the options of fail', () => fail('fail', 'SlowDown', { zzz: 1 })],
    ['in delay', () => fail('delay', { milliseconds: 1, zzz: 1 })],
    ['in disconnect', () => fail('disconnect', { when: 'after', zzz: 1 })],
    ['in stall', () => call(s3.on('GetObject'), 'stall', { after: 1, zzz: 1 })],
    ['in corrupt', () => fail('corrupt', { how: 'alter', zzz: 1 })],
    ['in reply', () => fail('reply', { status: 200, zzz: 1 })],
    ['in the options of reply', () => fail('reply', { status: 200 }, { zzz: 1 })],
  ])('%s is a TypeError', (_where, given) => {
    expect(given).toThrow(expect.objectContaining({ name: 'TypeError', message: expect.stringContaining('zzz') }));
    expect(s3.buckets.map(({ name }) => name)).toEqual(['vault']);
  });

  it('in listen is a TypeError', async () => {
    await expect(call(s3, 'listen', { prot: 0 })).rejects.toThrow(
      /^listen: there is no option 'prot'\. Did you mean port\?/,
    );
  });

  it.each<readonly [call: string, given: () => unknown, message: string]>([
    [
      'clock.advance',
      () => call(s3.clock, 'advance', { day: 1 }),
      "s3.clock.advance: there is no option 'day'. Did you mean days? The options are: days, hours, minutes, seconds, milliseconds.",
    ],
    [
      'hosts',
      () => start({ hosts: { onyl: [] } }),
      "hosts: there is no option 'onyl'. Did you mean only? The options are: also, only, pass, websites.",
    ],
    [
      'headers',
      () => version({ body: '', headers: { 'cache-contrl': '' } }),
      "bucket 'other', key 'a', version 2 of 2: S3 does not store the header 'cache-contrl'. Did you mean cache-control? The headers are: cache-control, content-disposition, content-encoding, content-language, expires, x-amz-website-redirect-location.",
    ],
    [
      'fromListing',
      () => fromListing(JSON.parse('{ "Version": [] }')),
      "fromListing: the listing has a member 'Version', which no listing has. Did you mean Versions?",
    ],
    [
      'an entry of fromListing',
      () => fromListing(JSON.parse('{ "Versions": [{ "Key": "a", "StorageClas": "GLACIER" }] }')),
      "fromListing: Versions[0] has a member 'StorageClas', which no listing has. Did you mean StorageClass?",
    ],
  ])('in %s is answered with the right one', (_call, given, message) => {
    expect(given).toThrow(message);
  });
});

describe('an open map', () => {
  it('takes any name: metadata, tags, headers of reply, members that S3 adds to a listing', () => {
    version({ body: '', metadata: { zzz: '1' }, tags: { zzz: '1' } });
    fail('reply', { status: 200, headers: { zzz: '1' } }, { times: 1 });
    const listing = {
      ...{ Name: 'vault', Prefix: '', Delimiter: '/', MaxKeys: 1, IsTruncated: false, EncodingType: 'url' },
      ...{ KeyMarker: '', VersionIdMarker: '', NextKeyMarker: '', NextVersionIdMarker: '', CommonPrefixes: [] },
      ...{ RequestCharged: null, ResponseMetadata: {}, $metadata: {}, Zzz: 1 },
    };
    const entry = { ChecksumAlgorithm: [], ChecksumType: 'FULL_OBJECT', Owner: {}, RestoreStatus: {}, Zzz: 1 };
    const marker = { Key: 'a', VersionId: 'v1', IsLatest: true, LastModified: '2026-01-31T10:00:00Z', ...entry };
    expect(Object.keys(fromListing({ ...listing, DeleteMarkers: [marker] }))).toEqual(['a']);
  });
});

describe('a key', () => {
  it.each(['versions', 'current', 'object', 'delete'])('that %s is given is a text', (name) => {
    expect(() => call(s3.bucket('vault'), name, { key: 'a' })).toThrow(
      new TypeError("bucket 'vault': invalid key { key: 'a' }; expected a string"),
    );
  });
});
