import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { addBucket, type BucketFixture } from '../../src/preset/bucket-fixture';
import type { BucketHandle } from '../../src/preset/bucket-handle';
import { S3MockError } from '../../src/s3-mock-error';
import { thrownBy } from '../support/thrown';
import { handleIn, makeStore } from '../support/vault';

function vaultOf(fixture: BucketFixture = {}, { store = makeStore(), wasReset = false } = {}): BucketHandle {
  if (!store.buckets.has('vault')) addBucket(store, 'vault', fixture);
  return handleIn(store, 'vault', wasReset);
}

describe('a bucket handle', () => {
  it('reads the settings of the bucket', () => {
    const vault = vaultOf({ versioning: 'Suspended', mfaDelete: 'Enabled', region: 'eu-west-1' });
    expect(vault.name).toBe('vault');
    expect({ versioning: vault.versioning, mfaDelete: vault.mfaDelete }).toEqual({
      versioning: 'Suspended',
      mfaDelete: 'Enabled',
    });
    expect({ region: vault.region, owner: vault.owner, objectLock: vault.objectLock }).toEqual({
      region: 'eu-west-1',
      owner: '000000000000',
      objectLock: false,
    });
  });

  it.each<[BucketFixture, string | undefined]>([
    [{}, undefined],
    [{ region: 'us-east-1' }, 'us-east-1'],
    [{ region: 'us-south-standard' }, 'us-south-standard'],
  ])('of a bucket created with %j has the region %s', (fixture, region) => {
    expect(vaultOf(fixture).region).toBe(region);
  });

  it('sets versioning and MFA Delete without the checks of a request', () => {
    const store = makeStore();
    const vault = vaultOf({}, { store });
    vault.versioning = 'Enabled';
    vault.mfaDelete = 'Enabled';
    vault.versioning = 'Suspended';
    expect(store.buckets.get('vault')?.versioning).toEqual({ Status: 'Suspended', MFADelete: 'Enabled' });
    vault.mfaDelete = 'Disabled';
    expect({ versioning: vault.versioning, mfaDelete: vault.mfaDelete }).toEqual({
      versioning: 'Suspended',
      mfaDelete: 'Disabled',
    });
  });

  it('reads and sets the tags, in their order', () => {
    const store = makeStore();
    const vault = vaultOf({ tags: { stage: 'test', team: 'archive' } }, { store });
    expect(vault.tags).toEqual({ stage: 'test', team: 'archive' });
    expect(Object.isFrozen(vault.tags)).toBe(true);
    expect(JSON.parse(JSON.stringify(vault))).toEqual({ tags: { stage: 'test', team: 'archive' } });
    vault.tags = { z: '1', a: '2' };
    expect(Object.keys(vault.tags ?? {})).toEqual(['z', 'a']);
    for (const none of [{}, undefined]) {
      vault.tags = none;
      expect(vault.tags).toBeUndefined();
      expect(store.buckets.get('vault')?.tags).toEqual([]);
    }
  });

  it('accepts the present value, also undefined', () => {
    const vault = vaultOf();
    Object.assign(vault, { versioning: undefined, mfaDelete: undefined });
    expect({ versioning: vault.versioning, mfaDelete: vault.mfaDelete }).toEqual({
      versioning: undefined,
      mfaDelete: undefined,
    });
  });
});

describe('setting a state that S3 does not have', () => {
  type Member = 'versioning' | 'mfaDelete';
  it.each<[BucketFixture, Member, unknown, string]>([
    [
      {},
      'versioning',
      'enabled',
      "bucket 'vault': invalid versioning 'enabled'; expected 'Enabled' or 'Suspended', or undefined. Did you mean Enabled?",
    ],
    [
      { versioning: 'Enabled' },
      'versioning',
      undefined,
      "bucket 'vault': versioning cannot be unset, as on S3. Create another bucket.",
    ],
    [
      { objectLock: true },
      'versioning',
      'Suspended',
      "bucket 'vault': it has object lock, but versioning is 'Suspended'. Object lock needs versioning 'Enabled', and keeps it so.",
    ],
    [
      {},
      'mfaDelete',
      'Enabled',
      "bucket 'vault': mfaDelete is 'Enabled', but versioning was never set. Also give versioning 'Enabled' or 'Suspended'.",
    ],
    [
      { versioning: 'Enabled' },
      'mfaDelete',
      'on',
      "bucket 'vault': invalid mfaDelete 'on'; expected 'Enabled' or 'Disabled', or undefined",
    ],
    [
      { versioning: 'Enabled', mfaDelete: 'Enabled' },
      'mfaDelete',
      undefined,
      "bucket 'vault': mfaDelete cannot be unset, as on S3. Give 'Disabled'.",
    ],
  ])('a bucket of %j, its %s set to %j, is a TypeError and stays', (fixture, member, value, message) => {
    const vault = vaultOf(fixture);
    const before = { versioning: vault.versioning, mfaDelete: vault.mfaDelete };
    const error = thrownBy(() => Object.assign(vault, { [member]: value }));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toBe(message);
    expect({ versioning: vault.versioning, mfaDelete: vault.mfaDelete }).toEqual(before);
  });
});

describe('a handle whose bucket does not exist', () => {
  it('throws an error that lists the existing buckets', () => {
    const store = makeStore();
    addBucket(store, 'scratch');
    addBucket(store, 'archive');
    const error = thrownBy(() => handleIn(store));
    expect(error).toBeInstanceOf(S3MockError);
    expect(error).toMatchObject({
      code: 'NO_SUCH_BUCKET',
      message: "there is no bucket 'vault'. The buckets are: 'scratch', 'archive'.",
    });
  });

  it('throws an error that says so if there is no bucket at all', () => {
    const error = thrownBy(() => handleIn(makeStore()));
    expect((error as S3MockError).message).toBe("there is no bucket 'vault'. The buckets are: none.");
  });

  it('suggests a name that is spelled nearly like the given one, unless a reset removed the bucket', () => {
    const store = makeStore();
    addBucket(store, 'vault', {});
    expect(thrownBy(() => handleIn(store, 'valut'))).toMatchObject({
      message: "there is no bucket 'valut'. The buckets are: 'vault'. Did you mean vault?",
    });
  });

  it('mentions the reset if there was one', () => {
    const store = makeStore();
    const vault = vaultOf({}, { store, wasReset: true });
    store.deleteBucket('vault');
    for (const use of [() => vault.versioning, () => vault.owner, () => String(vault)]) {
      expect(thrownBy(use)).toMatchObject({
        code: 'NO_SUCH_BUCKET',
        message:
          "there is no bucket 'vault'. The buckets are: none. The mock was reset, which removes the buckets that a test created.",
      });
    }
  });

  it('stays valid if the bucket is created again', () => {
    const store = makeStore();
    const vault = vaultOf({}, { store });
    store.deleteBucket('vault');
    addBucket(store, 'vault', { versioning: 'Enabled' });
    expect(vault.versioning).toBe('Enabled');
  });

  it('reads only after all due actions are done', () => {
    const store = makeStore();
    const settled: string[] = [];
    addBucket(store, 'vault');
    const vault = handleIn(store, 'vault', false, () => settled.push('settled'));
    settled.length = 0;
    expect({ versioning: vault.versioning, objectLock: vault.objectLock }).toEqual({
      versioning: undefined,
      objectLock: false,
    });
    expect(settled).toEqual(['settled', 'settled']);
  });
});

describe('a bucket as text', () => {
  it.each<[BucketFixture, string]>([
    [{}, 'vault  versioning never set'],
    [{ versioning: 'Enabled' }, 'vault  versioning Enabled'],
    [{ versioning: 'Suspended', mfaDelete: 'Enabled' }, 'vault  versioning Suspended, MFA Delete Enabled'],
    [
      { objectLock: true, region: 'eu-west-1' },
      'vault  versioning Enabled, MFA Delete Disabled, object lock, eu-west-1',
    ],
    [{ region: 'us-south-standard' }, 'vault  versioning never set, us-south-standard'],
    [{ tags: { a: '1' } }, 'vault  versioning never set, 1 tag'],
    [{ tags: { a: '1', b: '2' }, abac: 'Enabled' }, 'vault  versioning never set, 2 tags, abac'],
  ])('%j is %j', (fixture, text) => {
    expect(String(vaultOf(fixture))).toBe(text);
    expect(inspect(vaultOf(fixture))).toBe(text);
  });
});
