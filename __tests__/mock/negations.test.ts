import { beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3Options, mockS3 } from 's3-versioning-mock/jest';
import { put } from '../support/objects';
import { send } from '../support/wire-client';

const withRules: NonNullable<MockS3Options['buckets']>[string] = {
  versioning: 'Enabled',
  objectLock: true,
  objects: { 'report.pdf': { body: 'first', versionId: 'v1', legalHold: 'ON' } },
};

const s3 = mockS3({ buckets: { vault: withRules, 'reports-1': {} } });

const misspelt = (call: string, name = 'valut', meant = 'vault') =>
  new TypeError(
    `${call}: there is no bucket '${name}', and no request has named it. Did you mean ${meant}? If it is the right name, create that bucket first, or give a matcher such as expect.stringMatching(/^${name}$/).`,
  );

describe('a bucket one letter off', () => {
  beforeEach(() => put('/vault/a'));

  it.each<readonly [call: string, act: () => unknown]>([
    ['toHaveReceived', () => expect(s3).not.toHaveReceived('PutObject', { Bucket: 'valut' })],
    ['toHaveReceivedTimes', () => expect(s3).toHaveReceivedTimes('PutObject', 0, { Bucket: 'valut' })],
    ['toHaveReceivedTimes', () => expect(s3).not.toHaveReceivedTimes('PutObject', 1, { Bucket: 'valut' })],
    ['toHaveReceivedNth', () => expect(s3).not.toHaveReceivedNth(1, 'PutObject', { Bucket: 'valut' })],
    ['toHaveReceivedLast', () => expect(s3).not.toHaveReceivedLast('PutObject', { Bucket: 'valut' })],
    ['toHaveReceivedOnly', () => expect(s3).not.toHaveReceivedOnly('PutObject', { Bucket: 'valut' })],
    ['toHaveApplied', () => expect(s3).not.toHaveApplied('PutObject', { Bucket: 'valut' })],
    ['toHaveRefused', () => expect(s3).not.toHaveRefused('PutObject', { Bucket: 'valut' })],
    ['toHaveReceived', () => expect(s3).not.toHaveReceived('CopyObject', { CopySource: 'valut/a?versionId=v1' })],
    ['toHaveReceived', () => expect(s3).not.toHaveReceived('CopyObject', { CopySource: '/valut/a' })],
    ['toHaveSent', () => expect(s3).not.toHaveSent('ObjectCreated:*', { bucket: 'valut' })],
    ['toHaveSentTimes', () => expect(s3).toHaveSentTimes('ObjectCreated:*', 0, { bucket: 'valut' })],
    ['s3.requests.expectNone', () => s3.requests.expectNone('PutObject', { Bucket: 'valut' })],
    ['s3.requests.expectTimes', () => s3.requests.expectTimes('PutObject', 0, { Bucket: 'valut' })],
    ['s3.requests.of', () => s3.requests.of('PutObject', { Bucket: 'valut' })],
    ['s3.requests.of', () => s3.requests.of('PutObject', { Bucket: 'valut' }, { applied: true })],
    ['s3.events.of', () => s3.events.of('ObjectCreated:*', { bucket: 'valut' })],
    ['s3.events.last', () => s3.events.last('ObjectCreated:*', { bucket: 'valut' })],
    ["s3.on('PutObject')", () => s3.on('PutObject', { Bucket: 'valut' })],
    ["s3.on('*')", () => s3.on('*', { Bucket: 'valut' })],
    ["s3.on('ReplicateObject')", () => s3.on('ReplicateObject', { DestinationBucket: 'valut' })],
    ['s3.outage', () => s3.outage({ bucket: 'valut' })],
  ])('throws in %s, %#', (call, act) => {
    expect(act).toThrow(misspelt(call));
    expect(s3.unusedRules()).toEqual([]);
  });

  it('throws in the words of a failed assertion if the test expects the request', () => {
    expect(() => expect(s3).toHaveReceived('PutObject', { Bucket: 'valut' })).toThrow('Expected to receive PutObject');
    expect(() => s3.requests.expectTimes('PutObject', 1, { Bucket: 'valut' })).toThrow('one PutObject request differs');
  });

  it('throws if the bucket that is meant was deleted in this test', async () => {
    await send({ method: 'PUT', path: '/scratch' });
    await send({ method: 'DELETE', path: '/scratch' });
    expect(() => expect(s3).not.toHaveReceived('PutObject', { Bucket: 'scrtach' })).toThrow(
      misspelt('toHaveReceived', 'scrtach', 'scratch'),
    );
    expect(s3).not.toHaveReceived('PutObject', { Bucket: 'scratch' });
  });

  it('is right if a request has named it', async () => {
    await put('/valut/a');
    expect(s3).not.toHaveApplied('PutObject', { Bucket: 'valut' });
    expect(s3.requests.of('GetObject', { Bucket: 'valut' })).toEqual([]);
  });

  it('is right in CreateBucket, which names a bucket that does not exist, and in a matcher', () => {
    expect(s3).not.toHaveReceived('CreateBucket', { Bucket: 'vaults' });
    s3.on('CreateBucket', { Bucket: 'vaults' }).fail('SlowDown');
    expect(s3).not.toHaveReceived('PutObject', { Bucket: expect.stringMatching(/^vaults$/) as unknown as string });
  });

  it.each(['reports-2', 'vault-archive', 'private'])('is not %s, which code can be forbidden to touch', (Bucket) => {
    expect(s3).not.toHaveReceived('PutObject', { Bucket });
    s3.on('PutObject', { Bucket }).fail('SlowDown');
  });
});

describe('a word that S3 does not have', () => {
  it.each<readonly [thing: string, act: () => unknown]>([
    [
      "VersioningConfiguration.Status 'suspended'",
      () =>
        expect(s3).not.toHaveReceived('PutBucketVersioning', {
          VersioningConfiguration: { Status: wrong('suspended') },
        }),
    ],
    [
      "StorageClass 'GLACIER_INSTANT'",
      () => s3.requests.expectNone('PutObject', { StorageClass: wrong('GLACIER_INSTANT') }),
    ],
    ["ACL 'public_read'", () => expect(s3).toHaveReceivedTimes('PutObject', 0, { ACL: wrong('public_read') })],
    ["ACL 'public_read'", () => expect(s3).toHaveReceived('PutObject', { ACL: wrong('public_read') })],
    ["ServerSideEncryption 'AES-256'", () => s3.on('PutObject', { ServerSideEncryption: wrong('AES-256') })],
    ["ServerSideEncryption 'AES-256'", () => s3.requests.of('PutObject', { ServerSideEncryption: wrong('AES-256') })],
    ["legalHold 'on'", () => expect(s3.bucket('vault')).not.toHaveObject('report.pdf', { legalHold: wrong('on') })],
    [
      "storageClass 'Standard'",
      () => expect(s3.bucket('vault')).not.toHaveVersions('report.pdf', [{ storageClass: 'Standard' }]),
    ],
    [
      "Status 'enabled'",
      () => expect(s3.bucket('vault')).not.toHaveConfiguration('accelerate', { Status: wrong('enabled') }),
    ],
    [
      "CreateBucketConfiguration.LocationConstraint 'eu-west1'",
      () =>
        expect(s3).not.toHaveReceived('CreateBucket', {
          CreateBucketConfiguration: { LocationConstraint: 'eu-west1' },
        }),
    ],
  ])('throws: %s, %#', (thing, act) => {
    expect(act).toThrow(TypeError);
    expect(act).toThrow(`invalid ${thing}; expected `);
  });

  it('can be expected of a request that carried it, and that S3 refused', async () => {
    await put('/vault/a', 'x', { 'x-amz-storage-class': 'GLACIER_INSTANT' });
    expect(s3).toHaveRefused('PutObject', { StorageClass: wrong('GLACIER_INSTANT') }, { code: 'InvalidStorageClass' });
    expect(s3).not.toHaveApplied('PutObject', { StorageClass: wrong('GLACIER_INSTANT') });
    expect(() => expect(s3).not.toHaveApplied('PutObject', { StorageClass: wrong('GLACIER-INSTANT') })).toThrow(
      TypeError,
    );
  });

  it('can be waited for', async () => {
    const found = s3.requests.waitFor('PutObject', { StorageClass: wrong('GLACIER_INSTANT') });
    await put('/vault/a', 'x', { 'x-amz-storage-class': 'GLACIER_INSTANT' });
    expect(await found).toMatchObject({ status: 400 });
  });
});

/** The compiler knows S3's words; JavaScript does not. */
function wrong(word: string): never {
  return word as never;
}

describe('a version that does not exist', () => {
  const vault = () => s3.bucket('vault');
  const rest = " If it should not exist, write expect(s3.bucket('vault')).not.toHaveObject(";
  it.each<readonly [message: string, act: () => unknown]>([
    [
      `not.toBeLocked: there is no key 'reprot.pdf' in bucket 'vault', and what does not exist is not locked whatever happens. The keys are: 'report.pdf'. The bucket has 'report.pdf', which differs in a letter.${rest}'reprot.pdf').`,
      () => expect(vault()).not.toBeLocked('reprot.pdf'),
    ],
    [
      `not.toBeLocked: key 'report.pdf' has no version 'v9', and what does not exist is not locked whatever happens. The versions are: 'v1'. Did you mean v1?${rest}'report.pdf').`,
      () => expect(vault()).not.toBeLocked('report.pdf', 'v9'),
    ],
    [
      `not.toHaveReplicated: there is no key 'reprot.pdf' in bucket 'vault', and what does not exist is not replicated whatever happens. The keys are: 'report.pdf'. The bucket has 'report.pdf', which differs in a letter.${rest}'reprot.pdf').`,
      () => expect(vault()).not.toHaveReplicated('reprot.pdf'),
    ],
  ])('%s', (message, act) => {
    expect(act).toThrow(new TypeError(message));
  });

  it('fails a matcher that is not negated as before', () => {
    expect(() => expect(vault()).toBeLocked('reprot.pdf')).toThrow('there is no such key');
  });

  it('need not exist for not.toHaveObject', () => {
    expect(vault()).not.toHaveObject('reprot.pdf');
    vault().put('free.txt', 'x');
    expect(vault()).not.toBeLocked('free.txt');
    expect(vault()).not.toHaveReplicated('free.txt');
  });
});

describe('an asymmetric matcher that answers with a promise', () => {
  const thing = '<promise>; expected true or false: nothing awaits it';
  const isAsync = { asymmetricMatch: async () => false };
  const returnsPromise = { asymmetricMatch: () => Promise.resolve(false) };

  beforeEach(() => put('/vault/a'));

  it.each<readonly [act: string, (Key: unknown) => unknown]>([
    ['of', (Key) => s3.requests.of('PutObject', { Key } as object)],
    ['not.toHaveReceived', (Key) => expect(s3).not.toHaveReceived('PutObject', { Key } as object)],
    ['toHaveObject', (body) => expect(s3.bucket('vault')).toHaveObject('a', { body } as object)],
    ['toHaveVersions', (body) => expect(s3.bucket('vault')).toHaveVersions('a', [{ body } as object])],
    [
      'within another matcher',
      (Key) => expect(s3).toHaveReceived('PutObject', expect.objectContaining({ Key }) as object),
    ],
  ])('throws in %s', (_, act) => {
    expect(() => act(isAsync)).toThrow(TypeError);
    expect(() => act(isAsync)).toThrow(thing);
  });

  it.each<readonly [act: string, (Key: unknown) => unknown]>([
    ['of', (Key) => s3.requests.of('PutObject', { Key } as object)],
    ['toHaveReceived', (Key) => expect(s3).toHaveReceived('PutObject', { Key } as object)],
    ['toHaveObject', (body) => expect(s3.bucket('vault')).toHaveObject('a', { body } as object)],
  ])('throws in %s when it is asked, if only its answer shows it', (_, act) => {
    expect(() => act(returnsPromise)).toThrow(
      new TypeError('asymmetricMatch: invalid result <promise>; expected true or false: nothing awaits it'),
    );
  });
});
