import { describe, expect, it } from '@jest/globals';
import type { Store } from '../../src/model/store';
import type { BucketFixture } from '../../src/preset/bucket-fixture';
import { type BucketChange, kms, retention, versioning } from '../../src/tried/bucket-changes';
import { makeStore, makeVault } from '../support/vault';

function bucketOf(store: Store) {
  const bucket = store.buckets.get('vault');
  if (bucket === undefined) throw new RangeError('the vault is a bucket');
  return bucket;
}

function changed(change: BucketChange, fixture: BucketFixture = {}) {
  const store = makeStore();
  const vault = makeVault(fixture, store);
  change.change(bucketOf(store), store);
  return vault;
}

function isPossible(change: BucketChange, fixture: BucketFixture): boolean {
  const store = makeStore();
  makeVault(fixture, store);
  return change.isPossible(bucketOf(store));
}

it.each([
  ['versioning', versioning, {}, true],
  ['versioning', versioning, { versioning: 'Suspended' as const }, false],
  ['retention', retention, {}, true],
  ['retention', retention, { versioning: 'Suspended' as const }, false],
  ['retention', retention, { objectLock: true as const }, false],
  ['kms', kms, {}, true],
  ['kms', kms, { encryption: 'aws:kms' as const }, false],
])('%s: is possible for a bucket with %3$j', (_name, change, fixture, expected) => {
  expect(isPossible(change, fixture)).toBe(expected);
});

describe('a bucket that is set up otherwise', () => {
  it('has versioning', () => {
    expect(changed(versioning).versioning).toBe('Enabled');
  });

  it('keeps each new version for a day', () => {
    const vault = changed(retention);
    expect({ versioning: vault.versioning, objectLock: vault.objectLock }).toMatchObject({
      versioning: 'Enabled',
      objectLock: { defaultRetention: { Mode: 'GOVERNANCE', Days: 1 } },
    });
  });

  it('has no object whose ETag is its MD5', () => {
    const md5 = '"0cc175b9c0f1b6a831c399e269772661"';
    const vault = changed(kms, { objects: { before: 'a' } });
    vault.put('after', 'a');
    const etags = ['before', 'after'].map((key) => vault.object(key).etag);
    expect(etags.every((etag) => /^"[0-9a-f]{32}"$/.test(etag))).toBe(true);
    expect(etags).not.toContain(md5);
  });

  it.each([
    ['that KMS encrypts already', { encryption: 'aws:kms' as const, etag: '"0123456789abcdef0123456789abcdef"' }],
    ['that was uploaded in parts', { etag: '"0123456789abcdef0123456789abcdef-2"' }],
  ])('keeps the ETag of an object %s', (_what, options) => {
    const vault = changed(kms, { objects: { named: { body: 'a', ...options } } });
    expect(vault.object('named').etag).toBe(options.etag);
  });
});
