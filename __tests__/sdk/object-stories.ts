import { expect } from 'expect';
import { deleteMarker, type ObjectFixtures, type StoredVersion } from 's3-versioning-mock';
import { bare } from '../support/clients/object-client';
import type { Story } from './story';

const noKey = { name: 'Refusal', code: 'NoSuchKey' };

export const objectStories: readonly Story[] = [
  {
    title: 'an object is put twice, and both versions are read',
    column: 'put twice',
    async play({ s3, client }) {
      const vault = s3.createBucket('vault', { versioning: 'Enabled' });
      const key = 'März 2026/report (1)+.txt';
      const first = await client.putObject('vault', key, 'first');
      const second = await client.putObject('vault', key, 'second');
      expect(vault.versions(key).map(asWritten)).toEqual([second, first]);
      expect(await client.getObject('vault', key)).toEqual({ body: 'second', versionId: second.versionId });
      for (const [{ versionId }, body] of [
        [first, 'first'],
        [second, 'second'],
      ] as const) {
        expect(await client.getObject('vault', key, versionId)).toEqual({ body, versionId });
        s3.requests.expect('GetObject', { Bucket: 'vault', Key: key, VersionId: versionId });
      }
    },
  },
  {
    title: 'a deleted object is current again after its delete marker is deleted',
    column: 'undelete',
    async play({ s3, client }) {
      const vault = s3.createBucket('vault', { versioning: 'Enabled', objects: { 'a.txt': ['first', 'second'] } });
      const told = await client.deleteObject('vault', 'a.txt');
      const [page] = await client.listVersions('vault', { limit: 10 });
      const [marker, ...others] = page?.deleteMarkers ?? [];
      const [stored] = vault.versions('a.txt');
      expect({ marker, others }).toEqual({
        marker: { key: 'a.txt', versionId: stored?.versionId, isLatest: true },
        others: [],
      });
      const versionId = marker?.versionId ?? '';
      const made = { versionId, deleteMarker: true };
      expect(told ?? made).toEqual(made);
      await expect(client.getObject('vault', 'a.txt')).rejects.toMatchObject(noKey);
      await expect(client.headObject('vault', 'a.txt')).rejects.toMatchObject({ status: 404 });
      await expect(client.getObject('vault', 'a.txt', versionId)).rejects.toMatchObject({ code: 'MethodNotAllowed' });
      expect(await client.listObjectsV2('vault', { limit: 10 })).toEqual([{ keys: [], prefixes: [] }]);
      await client.deleteObject('vault', 'a.txt', versionId);
      expect(await client.getObject('vault', 'a.txt')).toMatchObject({ body: 'second' });
      expect(bodies(vault.versions('a.txt'))).toEqual(['second', 'first']);
    },
  },
  {
    title: 'all versions of a key are deleted permanently',
    column: 'purge',
    async play({ s3, client }) {
      const objects: ObjectFixtures = { 'a.txt': ['first', 'second', deleteMarker, 'third'], 'a.txt.bak': ['kept'] };
      const vault = s3.createBucket('vault', { versioning: 'Enabled', objects });
      const [page] = await client.listVersions('vault', { limit: 10 });
      const all = [...(page?.versions ?? []), ...(page?.deleteMarkers ?? [])];
      for (const { key, versionId } of all.filter((one) => one.key === 'a.txt')) {
        const told = await client.deleteObject('vault', key, versionId);
        expect(told?.versionId ?? versionId).toBe(versionId);
      }
      expect(vault.versions('a.txt')).toEqual([]);
      expect(bodies(vault.versions())).toEqual(['kept']);
      await expect(client.getObject('vault', 'a.txt')).rejects.toMatchObject(noKey);
    },
  },
  {
    title: 'a batch deletes versions and keys, and reports what was refused',
    column: 'batch',
    async play({ s3, client }) {
      const retention = { Mode: 'COMPLIANCE', RetainUntilDate: new Date('2100-01-01') } as const;
      const objects = { 'a.txt': ['first', 'second'], 'b.txt': ['b'], 'c.txt': [{ body: 'c', retention }] };
      const vault = s3.createBucket('vault', { objectLock: true, objects });
      const [, { versionId } = { versionId: '' }] = vault.versions('a.txt');
      const [{ versionId: locked } = { versionId: '' }] = vault.versions('c.txt');
      const refused = await client.deleteObjects('vault', [
        { key: 'a.txt', versionId },
        { key: 'b.txt' },
        { key: 'c.txt', versionId: locked },
      ]);
      expect(refused).toEqual(['c.txt']);
      expect(bodies(vault.versions())).toEqual(['second', deleteMarker, 'b', 'c']);
      s3.requests.expect('DeleteObjects', { Bucket: 'vault', Delete: { Objects: [{ Key: 'a.txt' }, {}, {}] } });
    },
  },
  {
    title: 'while versioning is suspended, a write replaces the null version and keeps the others',
    column: 'suspended',
    async play({ s3, client }) {
      const vault = s3.createBucket('vault', { versioning: 'Enabled', objects: { 'a.txt': ['first'] } });
      const [first] = vault.versions('a.txt');
      await client.putVersioning('vault', { Status: 'Suspended' });
      for (const body of ['second', 'third']) {
        expect(await client.putObject('vault', 'a.txt', body)).toMatchObject({ versionId: undefined });
        expect(await client.getObject('vault', 'a.txt')).toEqual({ body, versionId: 'null' });
      }
      expect(bodies(vault.versions('a.txt'))).toEqual(['third', 'first']);
      expect(await client.getObject('vault', 'a.txt', first?.versionId)).toMatchObject({ body: 'first' });
      await client.deleteObject('vault', 'a.txt');
      expect(bodies(vault.versions('a.txt'))).toEqual([deleteMarker, 'first']);
      await client.deleteObject('vault', 'a.txt', 'null');
      expect(await client.getObject('vault', 'a.txt')).toEqual({ body: 'first', versionId: first?.versionId });
    },
  },
  {
    title: 'an older version is copied over the current one',
    column: 'copy back',
    async play({ s3, client }) {
      const objects = { 'a.txt': [{ body: 'first', metadata: { author: 'ann' }, tags: { kind: 'draft' } }, 'second'] };
      const vault = s3.createBucket('vault', { versioning: 'Enabled', objects });
      const [, { versionId } = { versionId: '' }] = vault.versions('a.txt');
      const copied = await client.copyObject('vault', { key: 'a.txt', versionId }, 'a.txt');
      expect(bodies(vault.versions('a.txt'))).toEqual(['first', 'second', 'first']);
      const current = vault.current('a.txt');
      expect(current).toMatchObject({ metadata: { author: 'ann' }, tags: { kind: 'draft' } });
      expect(copied).toEqual(current && asWritten(current));
      expect(await client.getObject('vault', 'a.txt')).toEqual({ body: 'first', versionId: copied.versionId });
    },
  },
  {
    title: 'a completed multipart upload becomes a version',
    column: 'multipart',
    async play({ s3, client }) {
      const vault = s3.createBucket('vault', { versioning: 'Enabled', objects: { 'a.bin': ['before'] } });
      // S3 accepts a smaller part only as the last one.
      const parts = [Buffer.alloc(5 * 2 ** 20, 'a'), Buffer.from('tail')];
      const told = await client.upload('vault', 'a.bin', parts);
      const [uploaded, before] = vault.versions('a.bin');
      expect(uploaded).toMatchObject({ size: 5 * 2 ** 20 + 4, isLatest: true });
      expect(before).toMatchObject({ body: Buffer.from('before'), isLatest: false });
      const { versionId = uploaded?.versionId ?? '', etag } = told;
      expect({ versionId, etag }).toEqual(uploaded && asWritten(uploaded));
      expect(etag).toMatch(/^[\da-f]{32}-2$/);
      expect(await client.getRange('vault', 'a.bin', versionId, 5 * 2 ** 20 - 1, 5 * 2 ** 20 + 3)).toBe('atail');
    },
  },
  {
    title: 'an object is created only if its key is absent or deleted',
    column: 'create once',
    async play({ s3, client }) {
      const objects: ObjectFixtures = { 'there.txt': ['first'], 'gone.txt': ['first', deleteMarker] };
      const vault = s3.createBucket('vault', { versioning: 'Enabled', objects });
      const refused = client.putObject('vault', 'there.txt', 'second', '*');
      await expect(refused).rejects.toMatchObject({ name: 'Refusal', code: 'PreconditionFailed' });
      for (const key of ['new.txt', 'gone.txt']) await client.putObject('vault', key, 'made', '*');
      expect(bodies(vault.versions())).toEqual(['made', deleteMarker, 'first', 'made', 'first']);
      s3.requests.expect('PutObject', { Bucket: 'vault', Key: 'new.txt', IfNoneMatch: '*' });
    },
  },
  {
    title: 'the description and a range of an older version are read',
    column: 'head, range',
    async play({ s3, client }) {
      const vault = s3.createBucket('vault', { versioning: 'Enabled', objects: { 'a.txt': ['0123456789', 'new'] } });
      for (const stored of vault.versions('a.txt')) {
        const { versionId } = stored;
        const head = await client.headObject('vault', 'a.txt', versionId);
        const known = { ...asWritten(stored), size: stored.size };
        expect({ ...known, ...head }).toEqual(known);
        s3.requests.expect('HeadObject', { Bucket: 'vault', Key: 'a.txt', VersionId: versionId });
      }
      const [, { versionId } = { versionId: '' }] = vault.versions('a.txt');
      expect(await client.getRange('vault', 'a.txt', versionId, 2, 5)).toBe('2345');
      s3.requests.expect('GetObject', { Key: 'a.txt', VersionId: versionId, Range: 'bytes=2-5' });
    },
  },
  {
    title: 'an older version gets its own tags',
    column: 'tags',
    async play({ s3, client }) {
      const objects = { 'a.txt': ['first', { body: 'second', tags: { kind: 'final' } }] };
      const vault = s3.createBucket('vault', { versioning: 'Enabled', objects });
      const [newer, { versionId } = { versionId: '' }] = vault.versions('a.txt');
      await client.putTags('vault', 'a.txt', versionId, { kind: 'draft', 'a:b': 'c d' });
      expect(vault.versions('a.txt').map(({ tags }) => tags)).toEqual([
        { kind: 'final' },
        { kind: 'draft', 'a:b': 'c d' },
      ]);
      expect(await client.getTags('vault', 'a.txt', versionId)).toEqual({ kind: 'draft', 'a:b': 'c d' });
      expect(await client.getTags('vault', 'a.txt')).toEqual(newer?.tags);
    },
  },
];

function asWritten({ versionId, etag }: StoredVersion) {
  return { versionId, etag: bare(etag) };
}

function bodies(versions: readonly StoredVersion[]) {
  return versions.map((version) => (version.deleteMarker ? deleteMarker : version.body.toString()));
}
