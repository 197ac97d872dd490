import { describe, expect, it } from '@jest/globals';
import { AccountHandles } from '../../src/preset/account-handle';
import { addBucket, type BucketFixture } from '../../src/preset/bucket-fixture';
import { S3MockError } from '../../src/s3-mock-error';
import { thrownBy } from '../support/thrown';
import { makeStore, noon } from '../support/vault';

describe('a fixture', () => {
  it.each<[BucketFixture, object]>([
    [{}, { versioning: {}, objectLock: false, region: undefined, location: undefined }],
    [{ versioning: undefined, mfaDelete: undefined }, { versioning: {} }],
    [{ versioning: 'Enabled' }, { versioning: { Status: 'Enabled' } }],
    [{ versioning: 'Suspended' }, { versioning: { Status: 'Suspended' } }],
    [{ versioning: 'Enabled', mfaDelete: 'Enabled' }, { versioning: { Status: 'Enabled', MFADelete: 'Enabled' } }],
    [{ versioning: 'Suspended', mfaDelete: 'Enabled' }, { versioning: { Status: 'Suspended', MFADelete: 'Enabled' } }],
    [{ versioning: 'Enabled', mfaDelete: 'Disabled' }, { versioning: { Status: 'Enabled', MFADelete: 'Disabled' } }],
    [{ objectLock: true }, { objectLock: true, versioning: { Status: 'Enabled' } }],
    [
      { objectLock: true, versioning: 'Enabled' },
      { objectLock: true, versioning: { Status: 'Enabled' } },
    ],
    [
      { objectLock: false, versioning: 'Suspended' },
      { objectLock: false, versioning: { Status: 'Suspended' } },
    ],
    [
      { tags: { stage: 'test', 'a b': 'é' } },
      {
        tags: [
          { Key: 'stage', Value: 'test' },
          { Key: 'a b', Value: 'é' },
        ],
      },
    ],
    [{ tags: {} }, { tags: [], settings: {} }],
    [{ tags: { "it's": 'a*b' } }, { tags: [{ Key: "it's", Value: 'a*b' }] }],
    [{ region: 'eu-west-1' }, { region: 'eu-west-1', location: 'eu-west-1' }],
    [{ region: 'us-east-1' }, { region: 'us-east-1', location: undefined }],
    [{ region: 'us-south-standard' }, { region: undefined, location: 'us-south-standard' }],
  ])('%j is a bucket of that state', (fixture, state) => {
    const store = makeStore();
    const bucket = addBucket(store, 'vault', fixture);
    expect(bucket).toMatchObject({ name: 'vault', created: noon, ...state });
    expect(bucket.owner).toBe(store.defaultAccount);
    expect(store.buckets.get('vault')).toBe(bucket);
  });

  it('may be left out', () => {
    expect(addBucket(makeStore(), 'vault').versioning).toEqual({});
  });

  it('names its owner by account, id or name', () => {
    const store = makeStore();
    const partner = store.addAccount('partner');
    const handle = new AccountHandles(() => store).of(partner);
    const owners = [handle, partner.id, 'partner'].map(
      (owner, index) => addBucket(store, `vault-${index}`, { owner }).owner,
    );
    expect(owners).toEqual([partner, partner, partner]);
  });
});

describe('a fixture that is not valid', () => {
  const members = 'The options are: versioning, mfaDelete, objectLock';
  const give =
    "Give {} for an empty bucket, or an object such as { versioning: 'Enabled', objects: { 'a.txt': 'text' } }.";
  it.each<[unknown, string]>([
    ['Enabled', `bucket 'vault': 'Enabled' is not an object of options. ${give}`],
    [null, `bucket 'vault': null is not an object of options. ${give}`],
    [['a.txt'], `bucket 'vault': ['a.txt'] is not an object of options. ${give}`],
    [
      { 'a.txt': 'text' },
      `bucket 'vault': there is no option 'a.txt'. If it is the key of an object, write objects: { 'a.txt': … }. ${members}`,
    ],
    [
      { versionning: 'Enabled' },
      `bucket 'vault': there is no option 'versionning'. Did you mean versioning? ${members}`,
    ],
    [{ Versioning: 'Enabled' }, `bucket 'vault': there is no option 'Versioning'. Did you mean versioning? ${members}`],
    [
      { versioning: 'enabled' },
      "bucket 'vault': invalid versioning 'enabled'; expected 'Enabled' or 'Suspended', or undefined",
    ],
    [{ versioning: true }, "bucket 'vault': invalid versioning true; expected 'Enabled' or 'Suspended', or undefined"],
    [{ versioning: null }, "bucket 'vault': invalid versioning null; expected 'Enabled' or 'Suspended', or undefined"],
    [
      { versioning: 'Enabled', mfaDelete: 'Suspended' },
      "bucket 'vault': invalid mfaDelete 'Suspended'; expected 'Enabled' or 'Disabled', or undefined",
    ],
    [
      { mfaDelete: 'Enabled' },
      "bucket 'vault': mfaDelete is 'Enabled', but versioning was never set. Also give versioning 'Enabled' or 'Suspended'.",
    ],
    [
      { mfaDelete: 'Disabled' },
      "bucket 'vault': mfaDelete is 'Disabled', but versioning was never set. Also give versioning 'Enabled' or 'Suspended'.",
    ],
    [
      { objectLock: true, versioning: 'Suspended' },
      "bucket 'vault': it has object lock, but versioning is 'Suspended'. Object lock needs versioning 'Enabled', and keeps it so.",
    ],
    [
      { objectLock: 'yes' },
      "bucket 'vault': invalid objectLock 'yes'; expected true, or { defaultRetention: { Mode: 'GOVERNANCE', Days: 30 } }, or undefined",
    ],
    [
      { region: 'europe' },
      "bucket 'vault': invalid region 'europe'; expected a region of AWS, such as 'eu-west-1', or a location of COS, such as 'us-south-standard'",
    ],
    [
      { region: 'us-south' },
      "bucket 'vault': invalid region 'us-south'; expected a region of AWS, such as 'eu-west-1', or a location of COS, such as 'us-south-standard'",
    ],
    [
      { region: '' },
      "bucket 'vault': invalid region ''; expected a region of AWS, such as 'eu-west-1', or a location of COS, such as 'us-south-standard'",
    ],
    [
      { region: 7 },
      "bucket 'vault': invalid region 7; expected a region of AWS, such as 'eu-west-1', or a location of COS, such as 'us-south-standard'",
    ],
    [
      { owner: 'stranger' },
      "bucket 'vault': there is no account 'stranger'. The accounts are: default (000000000000). s3.createAccount('NAME') creates more.",
    ],
    [
      { owner: {} },
      "bucket 'vault': there is no account {}. The accounts are: default (000000000000). s3.createAccount('NAME') creates more.",
    ],
    [{ tags: ['a'] }, "bucket 'vault': invalid tags ['a']; expected an object of texts such as { team: 'archive' }"],
    [
      { tags: { a: 1 } },
      "bucket 'vault': invalid tags { a: 1 }; expected an object of texts such as { team: 'archive' }",
    ],
    [
      { tags: { a: '?' } },
      "bucket 'vault': invalid tag { a: '?' }; expected a key of 1 to 128 and a value of up to 256 letters, digits, spaces or any of _ . : / = + - @",
    ],
    [
      { tags: { '': 'a' } },
      "bucket 'vault': invalid tag { '': 'a' }; expected a key of 1 to 128 and a value of up to 256 letters, digits, spaces or any of _ . : / = + - @",
    ],
    [
      { tags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`t${index}`, ''])) },
      "bucket 'vault': it has 51 tags; a bucket has 50 at most",
    ],
    [
      { owner: null },
      "bucket 'vault': there is no account null. The accounts are: default (000000000000). s3.createAccount('NAME') creates more.",
    ],
  ])('%j is a TypeError that says what to write instead', (fixture, message) => {
    const store = makeStore();
    const error = thrownBy(() => addBucket(store, 'vault', fixture as BucketFixture));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toContain(message);
    expect(store.buckets.size).toBe(0);
  });

  it.each<[unknown, string]>([
    ['', "invalid bucket name '': a bucket's name has 3 to 63 characters, not 0"],
    [
      'my_bucket',
      "invalid bucket name 'my_bucket': a bucket's name has lower-case letters, digits, dots and hyphens only",
    ],
    ['192.168.5.4', "invalid bucket name '192.168.5.4': a bucket's name is not an IP address"],
    [undefined, "invalid bucket name undefined: a bucket's name is a string"],
    [123, "invalid bucket name 123: a bucket's name is a string"],
    [
      'undefined',
      "bucket: invalid name 'undefined'; expected the name of a bucket: the variable that names it was not set",
    ],
  ])('has a name that S3 refuses: %j is a TypeError', (name, message) => {
    const error = thrownBy(() => addBucket(makeStore(), name as string));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toBe(message);
  });

  it('is an S3MockError if its name is taken', () => {
    const store = makeStore();
    addBucket(store, 'vault');
    const error = thrownBy(() => addBucket(store, 'vault', { versioning: 'Enabled' }));
    expect(error).toBeInstanceOf(S3MockError);
    expect(error).toMatchObject({
      code: 'BUCKET_EXISTS',
      message:
        "there is already a bucket 'vault'. Change that bucket, for example with s3.bucket('vault').versioning = 'Enabled', or use another name.",
    });
    expect(store.buckets.get('vault')?.versioning).toEqual({});
  });
});

describe('versioning with MFA Delete', () => {
  it('is accepted in every state that S3 can reach', () => {
    const wrong = [undefined, 'Enabled', 'Suspended'].flatMap((versioning) =>
      [undefined, 'Enabled', 'Disabled']
        .map((mfaDelete) => ({ versioning, mfaDelete }) as BucketFixture)
        .filter((state) => thrownBy(() => addBucket(makeStore(), 'vault', state)) !== 'nothing'),
    );
    expect(wrong).toEqual([{ mfaDelete: 'Enabled' }, { mfaDelete: 'Disabled' }]);
  });
});
