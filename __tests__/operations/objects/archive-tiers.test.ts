import { describe, expect, it } from '@jest/globals';
import { type Duration, mockS3 } from 's3-versioning-mock/jest';
import { errorDocument } from '../../support/documents';
import { archiveOf, ongoing, type SentRestore, sendRestore } from '../../support/restores';
import { send, type WireCall } from '../../support/wire-client';

const size = 128 * 1024;
const storageClass = 'INTELLIGENT_TIERING';
const s3 = mockS3({
  now: '2026-01-15T10:30:00Z',
  buckets: {
    vault: {
      versioning: 'Enabled',
      objects: { a: { body: Buffer.alloc(size), storageClass }, small: { body: Buffer.alloc(size - 1), storageClass } },
      intelligentTiering: [
        {
          Id: 'cold',
          Status: 'Enabled',
          Tierings: [
            { AccessTier: 'ARCHIVE_ACCESS', Days: 90 },
            { AccessTier: 'DEEP_ARCHIVE_ACCESS', Days: 180 },
          ],
        },
      ],
    },
  },
});

const tierOf = (key: string) => s3.bucket('vault').object(key).accessTier;
const moves = () =>
  s3.requests.serviceActions.map(({ action, at, key, accessTier, rule }) =>
    [at.toISOString().slice(0, 16), action, key, accessTier, rule].filter((part) => part !== undefined).join(' '),
  );

// F812
describe('an object in INTELLIGENT_TIERING', () => {
  it('moves into the archive tiers at the midnights after their days without a read', () => {
    s3.clock.advance({ days: 200 });
    expect(moves()).toEqual([
      '2026-04-16T00:00 archive a ARCHIVE_ACCESS cold',
      '2026-07-15T00:00 archive a DEEP_ARCHIVE_ACCESS cold',
    ]);
    expect({ large: tierOf('a'), small: tierOf('small') }).toEqual({ large: 'DEEP_ARCHIVE_ACCESS', small: undefined });
  });

  it('is not read from an archive tier, which its head names', async () => {
    s3.clock.advance({ days: 91 });
    const { status, text } = await send({ path: '/vault/a' });
    const head = await send({ method: 'HEAD', path: '/vault/a' });
    expect({ status, text, archive: head.header('x-amz-archive-status') }).toEqual({
      status: 403,
      text: errorDocument(
        'InvalidObjectState',
        "The operation is not valid for the object's storage class",
        '<StorageClass>INTELLIGENT_TIERING</StorageClass><AccessTier>ARCHIVE_ACCESS</AccessTier>',
      ),
      archive: 'ARCHIVE_ACCESS',
    });
    expect((await send({ method: 'HEAD', path: '/vault/small' })).header('x-amz-archive-status')).toBeUndefined();
  });

  it('is not copied from one', async () => {
    s3.clock.advance({ days: 91 });
    const headers = { 'x-amz-copy-source': '/vault/a' };
    expect((await send({ method: 'PUT', path: '/vault/b', headers })).status).toBe(403);
  });

  it.each<{ call: WireCall }>`
    what        | call
    ${'a GET'}  | ${{ path: '/vault/a' }}
    ${'a copy'} | ${{ method: 'PUT', path: '/vault/b', headers: { 'x-amz-copy-source': '/vault/a' } }}
  `('begins its days again with $what', async ({ call }) => {
    s3.clock.advance({ days: 60 });
    await send(call);
    s3.clock.advance({ days: 60 });
    const before = tierOf('a');
    s3.clock.advance({ days: 31 });
    expect({ before, after: tierOf('a') }).toEqual({ before: undefined, after: 'ARCHIVE_ACCESS' });
  });

  it.each<{ call: WireCall }>`
    what                | call
    ${'a HEAD'}         | ${{ method: 'HEAD', path: '/vault/a' }}
    ${'its attributes'} | ${{ path: '/vault/a?attributes', headers: { 'x-amz-object-attributes': 'ETag' } }}
    ${'its tags'}       | ${{ path: '/vault/a?tagging' }}
    ${'a listing'}      | ${{ path: '/vault' }}
  `('does not with $what', async ({ call }) => {
    s3.clock.advance({ days: 60 });
    expect((await send(call)).status).toBe(200);
    s3.clock.advance({ days: 31 });
    expect(tierOf('a')).toBe('ARCHIVE_ACCESS');
  });

  it('is moved by its tags and its prefix, and by no configuration that is Disabled', () => {
    const tiers = (tier: 'ARCHIVE_ACCESS' | 'DEEP_ARCHIVE_ACCESS') => [{ AccessTier: tier, Days: 180 }] as const;
    const vault = s3.bucket('vault');
    vault.intelligentTiering = [
      { Id: 'off', Status: 'Disabled', Tierings: tiers('DEEP_ARCHIVE_ACCESS') },
      { Id: 'prefix', Status: 'Enabled', Filter: { Prefix: 'a' }, Tierings: tiers('ARCHIVE_ACCESS') },
      {
        Id: 'tags',
        Status: 'Enabled',
        Filter: { And: { Prefix: 'b', Tags: [{ Key: 'age', Value: 'old' }] } },
        Tierings: tiers('DEEP_ARCHIVE_ACCESS'),
      },
    ];
    for (const tags of [{ age: 'old' }, {}])
      vault.put(`b${tags.age ?? ''}`, Buffer.alloc(size), { storageClass, tags });
    s3.clock.advance({ days: 181 });
    expect({ a: tierOf('a'), bold: tierOf('bold'), b: tierOf('b') }).toEqual({
      a: 'ARCHIVE_ACCESS',
      bold: 'DEEP_ARCHIVE_ACCESS',
      b: undefined,
    });
  });

  it('begins its days when lifecycle moves it there', () => {
    const vault = s3.bucket('vault');
    vault.put('new', Buffer.alloc(size));
    vault.lifecycle = {
      Rules: [
        {
          ID: 'tier',
          Status: 'Enabled',
          Filter: { Prefix: 'new' },
          Transitions: [{ Days: 30, StorageClass: storageClass }],
        },
      ],
    };
    s3.clock.advance({ days: 100 });
    const before = tierOf('new');
    s3.clock.advance({ days: 22 });
    expect({ before, after: tierOf('new') }).toEqual({ before: undefined, after: 'ARCHIVE_ACCESS' });
  });

  it('moves as a noncurrent version by its own reads', async () => {
    const { versionId } = s3.bucket('vault').current('a') ?? {};
    s3.bucket('vault').put('a', 'new');
    s3.clock.advance({ days: 60 });
    await send({ path: `/vault/a?versionId=${versionId}` });
    s3.clock.advance({ days: 91 });
    expect(
      s3
        .bucket('vault')
        .versions('a')
        .map(({ accessTier }) => accessTier),
    ).toEqual([undefined, 'ARCHIVE_ACCESS']);
  });
});

// F811
describe('a restore from an archive tier', () => {
  it.each<{ days: number; sent: SentRestore; time: Duration }>`
    days   | sent                     | time
    ${91}  | ${{ tier: 'Expedited' }} | ${{ minutes: 5 }}
    ${91}  | ${{}}                    | ${{ hours: 5 }}
    ${91}  | ${{ tier: 'Bulk' }}      | ${{ hours: 12 }}
    ${181} | ${{}}                    | ${{ hours: 12 }}
    ${181} | ${{ tier: 'Bulk' }}      | ${{ hours: 48 }}
  `('after $days days with $sent takes $time, and the object is back for good', async ({ days, sent, time }) => {
    s3.clock.advance({ days });
    const { status } = await sendRestore('a', sent);
    const before = await archiveOf('a');
    s3.clock.advance(time);
    expect({ status, before, after: await archiveOf('a'), tier: tierOf('a') }).toEqual({
      status: 202,
      before: { status: 403, restore: ongoing, storageClass },
      after: { status: 200, restore: undefined, storageClass },
      tier: undefined,
    });
    s3.clock.advance({ days: 80 });
    expect((await archiveOf('a')).status).toBe(200);
  });

  it('keeps the object from moving deeper', async () => {
    s3.clock.set('2026-07-14T23:00:00Z');
    await sendRestore('a', { tier: 'Bulk' });
    s3.clock.advance({ days: 10 });
    expect(moves().slice(1)).toEqual(['2026-07-15T11:00 restore a']);
  });

  it('is an access also in a fixture, unless that says when it was read', () => {
    s3.clock.set('2026-01-15T23:00:00Z');
    const fixture = { accessTier: 'ARCHIVE_ACCESS', lastModified: '2025-01-01', restore: { Tier: 'Bulk' } } as const;
    s3.bucket('vault').put('b', Buffer.alloc(size), { storageClass, ...fixture });
    s3.bucket('vault').put('c', Buffer.alloc(size), { storageClass, ...fixture, lastAccessed: '2025-01-01' });
    s3.clock.advance({ days: 2 });
    expect(moves()).toEqual([
      '2026-01-16T11:00 restore b',
      '2026-01-16T11:00 restore c',
      '2026-01-17T00:00 archive c DEEP_ARCHIVE_ACCESS cold',
    ]);
  });

  it('is under way only once, and may become faster', async () => {
    s3.clock.advance({ days: 91 });
    await sendRestore('a', { tier: 'Bulk' });
    const again = (await sendRestore('a', { tier: 'Bulk' })).status;
    expect({ again, faster: (await sendRestore('a', {})).status }).toEqual({ again: 409, faster: 202 });
  });

  it('is dropped if lifecycle moves the object into an archive of its own', async () => {
    s3.bucket('vault').lifecycle = {
      Rules: [{ ID: 'deep', Status: 'Enabled', Filter: {}, Transitions: [{ Days: 91, StorageClass: 'DEEP_ARCHIVE' }] }],
    };
    s3.clock.set('2026-04-16T23:00:00Z');
    await sendRestore('a', { tier: 'Bulk' });
    s3.clock.advance({ hours: 2 });
    expect(await archiveOf('a')).toEqual({ status: 403, restore: undefined, storageClass: 'DEEP_ARCHIVE' });
    expect(tierOf('a')).toBeUndefined();
  });
});
