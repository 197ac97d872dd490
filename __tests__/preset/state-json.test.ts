import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { deleteMarker, type MockS3, type MockS3Options, mockS3 } from '../../src';
import type { Credentials } from '../../src/model/identity/session';
import { Store } from '../../src/model/store';
import type { AccountHandle } from '../../src/preset/account-handle';
import { addBucket } from '../../src/preset/bucket-fixture';
import { storeLiteral } from '../../src/preset/state-json';
import { startedMocks } from '../support/started-mocks';
import { makeStore } from '../support/vault';

const start = startedMocks();

const nowhere = { hosts: { only: [] } };
const reread = (s3: MockS3): MockS3Options => JSON.parse(JSON.stringify(s3));
const again = (s3: MockS3) => start({ ...reread(s3), ...nowhere });
const versionsOf = (s3: MockS3) =>
  Object.fromEntries(s3.buckets.map((bucket) => [bucket.name, [bucket.versioning, bucket.versions()]]));

describe('a mock as JSON', () => {
  it('keeps the headers that were put with an object', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const client = new S3Client({});
    const sent = {
      CacheControl: 'no-cache',
      ContentDisposition: 'inline',
      ContentEncoding: 'gzip',
      ContentType: 'text/css',
    };
    await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'a', Body: 'x', ...sent }));
    const literal = reread(s3);
    await s3.stop();

    expect(literal.buckets?.['vault']?.objects?.['a']).toEqual([
      {
        body: 'x',
        versionId: 'null',
        lastModified: expect.any(String),
        contentType: 'text/css',
        headers: { 'cache-control': 'no-cache', 'content-disposition': 'inline', 'content-encoding': 'gzip' },
      },
    ]);
    start(literal);
    expect(await client.send(new HeadObjectCommand({ Bucket: 'vault', Key: 'a' }))).toMatchObject(sent);
  });

  it('is a literal that restores it', () => {
    const s3 = start({
      ...nowhere,
      now: '2026-01-31T12:00:00Z',
      account: '111122223333',
      seed: 'mine',
      sseC: 'allowed',
      accounts: { partner: {} },
      buckets: {
        vault: {
          versioning: 'Suspended',
          mfaDelete: 'Enabled',
          region: 'eu-west-1',
          owner: 'partner',
          objects: {
            b: ['one', { body: Uint8Array.of(255), versionId: 'null', metadata: { By: 'ann' }, tags: { t: '1' } }],
            a: [
              {
                body: '',
                versionId: 'v1',
                contentType: 'text/plain',
                storageClass: 'GLACIER',
                etag: `${'a'.repeat(32)}-2`,
              },
              { deleteMarker: true, versionId: 'v2', lastModified: 0 },
            ],
          },
        },
        locked: { objectLock: true, region: 'us-east-1' },
        scratch: {
          objects: Object.fromEntries([
            ['__proto__', ''],
            ['é', 'é\n'],
          ]),
        },
        cold: { region: 'us-south-standard' },
      },
    });
    const lastModified = '2026-01-31T12:00:00.000Z';
    const [, b1] = s3.bucket('vault').versions('b');
    expect(reread(s3)).toEqual({
      account: '111122223333',
      seed: 'mine',
      sseC: 'allowed',
      accounts: { partner: {} },
      now: lastModified,
      buckets: {
        vault: {
          versioning: 'Suspended',
          mfaDelete: 'Enabled',
          region: 'eu-west-1',
          owner: 'partner',
          objects: {
            a: [
              {
                body: '',
                versionId: 'v1',
                lastModified,
                contentType: 'text/plain',
                storageClass: 'GLACIER',
                etag: `${'a'.repeat(32)}-2`,
              },
              { deleteMarker: true, versionId: 'v2', lastModified: '1970-01-01T00:00:00.000Z' },
            ],
            b: [
              { body: 'one', versionId: b1?.versionId, lastModified },
              { body: { base64: '/w==' }, versionId: 'null', lastModified, metadata: { by: 'ann' }, tags: { t: '1' } },
            ],
          },
        },
        locked: { versioning: 'Enabled', mfaDelete: 'Disabled', objectLock: true, region: 'us-east-1' },
        scratch: {
          objects: Object.fromEntries([
            ['__proto__', [{ body: '', versionId: 'null', lastModified }]],
            ['é', [{ body: 'é\n', versionId: 'null', lastModified }]],
          ]),
        },
        cold: { region: 'us-south-standard' },
      },
    });
    const copy = again(s3);
    expect(versionsOf(copy)).toEqual(versionsOf(s3));
    expect(reread(copy)).toEqual(reread(s3));
    expect(copy.bucket('vault').owner).toBe(s3.bucket('vault').owner);
  });

  it('leaves out default values', () => {
    expect(reread(start({ ...nowhere, buckets: { vault: {} } }))).toEqual({ buckets: { vault: {} } });
  });

  it('need not go through JSON', () => {
    const s3 = start({ ...nowhere, buckets: { vault: { versioning: 'Enabled', objects: { a: [deleteMarker] } } } });
    expect(versionsOf(start({ ...s3.toJSON(), ...nowhere }))).toEqual(versionsOf(s3));
  });

  it.each<[string, (s3: MockS3) => unknown, string | undefined]>([
    ['runs', () => {}, undefined],
    ['was moved on', (s3) => s3.clock.advance({ days: 400 }), 'later'],
    ['was set', (s3) => s3.clock.set('2024-01-31'), '2024-01-31T00:00:00.000Z'],
    [
      'was set back behind a version',
      (s3) => {
        s3.clock.set('2024-01-31');
        s3.bucket('vault').put('a', 'x');
        s3.clock.set('2023-01-31');
      },
      '2024-01-31T00:00:00.000Z',
    ],
  ])('has the present time if the clock %s', (_what, move, now) => {
    const s3 = start({ ...nowhere, buckets: { vault: { versioning: 'Enabled' } } });
    move(s3);
    s3.bucket('vault').put('b', 'x');
    const literal = reread(s3);
    const isLater = typeof literal.now === 'string' && Date.parse(literal.now) > Date.now() + 399 * 86_400_000;
    expect(isLater ? 'later' : literal.now).toBe(now);
    expect(versionsOf(again(s3))).toEqual(versionsOf(s3));
  });

  it('has a time if the real time went back before a version', () => {
    let now = Date.UTC(2026, 0, 31);
    const store = new Store({ accountId: '000000000000', seed: 'seed', realNow: () => now, start: undefined });
    addBucket(store, 'vault', { objects: { a: '' } });
    expect(storeLiteral(store).now).toBeUndefined();
    now -= 1;
    expect(storeLiteral(store).now).toBe('2026-01-31T00:00:00.000Z');
  });

  it('has the region of a bucket that was created in the location EU', () => {
    const store = makeStore();
    const { defaultAccount: owner } = store;
    const facts = { name: 'vault', owner, created: 0 };
    store.addBucket({ ...facts, region: 'eu-west-1', location: 'EU' });
    expect(storeLiteral(store).buckets['vault']).toEqual({ region: 'eu-west-1' });
  });

  it('has objects that a client wrote by any operation', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const client = new S3Client({});
    const Bucket = 'vault';
    const version = (Status: 'Enabled' | 'Suspended') =>
      client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
    await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'null one', Tagging: 'x=1&y=' }));
    await version('Enabled');
    await client.send(
      new PutObjectCommand({ Bucket, Key: 'a', Body: 'two', Metadata: { Who: 'ann' }, ContentType: '' }),
    );
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'm' }));
    const Body = 'part';
    const { ETag } = await client.send(new UploadPartCommand({ Bucket, Key: 'm', UploadId, PartNumber: 1, Body }));
    const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
    await client.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'm', UploadId, MultipartUpload }));
    await version('Suspended');
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'm' }));
    client.destroy();
    expect(s3.bucket('vault').versions().length).toBe(5);
    expect(versionsOf(again(s3))).toEqual(versionsOf(s3));
  });
});

describe('accounts', () => {
  it('are created by name, with ids and keys that follow from the seed and the name alone', () => {
    const s3 = start({ ...nowhere, accounts: { one: {}, two: {} }, buckets: { vault: { owner: 'two' } } });
    const other = start({ ...nowhere });
    const [two, one] = ['two', 'one'].map((name) => other.createAccount(name));
    const factsOf = (account?: AccountHandle) => [account?.id, account?.canonicalId, account?.credentials];
    expect(s3.bucket('vault').owner).toBe(two?.id);
    expect(s3.accounts.slice(1).map(factsOf)).toEqual([factsOf(one), factsOf(two)]);
    expect(factsOf(one)).not.toEqual(factsOf(two));
    expect(() => s3.createAccount('one')).toThrow(
      "createAccount: there is an account 'one' already. Give another name.",
    );
  });

  it('keep an id that was given, through JSON too', () => {
    const id = '111122223333';
    const s3 = start({ ...nowhere, accounts: { partner: { id }, other: {} }, buckets: { theirs: { owner: id } } });
    const copy = again(s3);
    expect(s3.toJSON().accounts).toEqual({ partner: { id }, other: {} });
    expect(copy.accounts.map((account) => account.id)).toEqual(s3.accounts.map((account) => account.id));
    expect(copy.accounts[1]).toMatchObject({ name: 'partner', id });
  });

  it.each<[unknown, string]>([
    [
      '1111-2222-3333',
      "invalid id '1111-2222-3333'; expected 12 digits in a string, such as '111122223333', or undefined",
    ],
    [111122223333, "invalid id 111122223333; expected 12 digits in a string, such as '111122223333', or undefined"],
    ['000000000000', "the id '000000000000' is the id or the name of the account 'default'. Give another id."],
    ['444455556666', "the id '444455556666' is the id or the name of the account '444455556666'. Give another id."],
  ])('with the id %j are a TypeError', (id, text) => {
    const accounts = { '444455556666': {}, partner: { id: id as string } };
    expect(() => mockS3({ ...nowhere, accounts })).toThrow(new TypeError(`mockS3: accounts: 'partner': ${text}`));
  });

  it('keep the keys that were given, through JSON too', () => {
    const credentials = { accessKeyId: 'PARTNERKEY', secretAccessKey: 'secret' };
    const s3 = start({ ...nowhere, accounts: { one: {}, partner: { credentials } } });
    const copy = again(s3);
    expect(s3.toJSON().accounts).toEqual({ one: {}, partner: { credentials } });
    expect(copy.toJSON()).toEqual(s3.toJSON());
  });

  it.each<[Credentials, string]>([
    [
      { accessKeyId: 'a/b', secretAccessKey: 's' },
      "invalid accessKeyId 'a/b'; expected 1 to 128 letters, digits, hyphens and underscores",
    ],
    [{ accessKeyId: 'ONE', secretAccessKey: '' }, "invalid secretAccessKey '<secret>'; expected text"],
    [
      { accessKeyId: 'PARTNERKEY', secretAccessKey: 's' },
      "accessKeyId 'PARTNERKEY' is the key of another account or user. Give another.",
    ],
    [
      { accessKeyId: 'ONE', secret: 's' } as never,
      "there is no option 'secret'. Did you mean secretAccessKey? The options are: accessKeyId, secretAccessKey.",
    ],
  ])('with the keys %j are a TypeError', (credentials, text) => {
    const partner = { credentials: { accessKeyId: 'PARTNERKEY', secretAccessKey: 'secret' } };
    expect(() => mockS3({ ...nowhere, accounts: { partner, two: { credentials } } })).toThrow(
      new TypeError(`mockS3: accounts: 'two': credentials: ${text}`),
    );
  });

  it.each([
    ['one', "'one'"],
    [['partner', 'partner'], "['partner', 'partner']"],
    [[{ name: 'partner' }], "[{ name: 'partner' }]"],
    [null, 'null'],
  ])('of %j are a TypeError', (accounts, text) => {
    expect(() => mockS3({ ...nowhere, accounts: accounts as never })).toThrow(
      new TypeError(
        `mockS3: invalid accounts ${text}; expected an object of accounts by name, such as { partner: {} }`,
      ),
    );
  });

  it('called like the default account are refused', () => {
    expect(() => mockS3({ ...nowhere, accounts: { default: {} } })).toThrow(
      "mockS3: accounts: 'default': there is an account 'default' already. Give another name.",
    );
  });
});
