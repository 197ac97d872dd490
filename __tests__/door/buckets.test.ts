import { describe, expect, it } from '@jest/globals';
import { deleteMarker, mockS3 } from 's3-versioning-mock/jest';
import { refused, serveDoor } from '../support/door';

const s3 = mockS3({
  now: '2026-01-31T10:00:00Z',
  buckets: {
    vault: {
      versioning: 'Enabled',
      objects: { 'a.txt': ['first', 'second'], 'b/c.txt': ['third'], 'b/d.txt': ['fourth'] },
    },
  },
});
const { door } = serveDoor(s3);

describe('buckets, through the door', () => {
  it('are listed with what they hold', async () => {
    s3.bucket('vault').delete('a.txt');
    expect(await door('GET', '/buckets')).toMatchObject({
      body: {
        buckets: [{ name: 'vault', versioning: 'Enabled', objects: 2, versions: 4, deleteMarkers: 1, bytes: 22 }],
      },
    });
  });

  it('are created in a state', async () => {
    const fixture = {
      name: 'other',
      versioning: 'Suspended',
      tags: { team: 'archive' },
      objects: { 'a.txt': 'first' },
    };
    expect(await door('POST', '/buckets', fixture)).toMatchObject({ status: 201, body: { name: 'other', objects: 1 } });
    expect(await door('GET', '/buckets/other')).toEqual({
      status: 200,
      body: { versioning: 'Suspended', tags: { team: 'archive' } },
    });
    expect(await door('POST', '/buckets', { name: 'other' })).toMatchObject(refused(400, { code: 'BUCKET_EXISTS' }));
    expect(await door('POST', '/buckets', { name: 'third', versions: 'Enabled' })).toMatchObject({ status: 400 });
  });

  it('change all settings that are given, or none', async () => {
    const Rules = [{ Status: 'Enabled', Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 3 } }];
    expect(await door('PATCH', '/buckets/vault', { versioning: 'Suspended', lifecycle: { Rules } })).toMatchObject({
      status: 200,
      body: { versioning: 'Suspended' },
    });
    expect(await door('PATCH', '/buckets/vault', { lifecycle: null, versioning: 'On' })).toMatchObject({ status: 400 });
    expect(s3.bucket('vault').lifecycle).toMatchObject({ Rules });
    for (const wrong of [{ objects: {} }, { region: 'eu-west-1' }, { versionning: 'Enabled' }])
      expect(await door('PATCH', '/buckets/vault', wrong)).toMatchObject({ status: 400 });
    expect(await door('PATCH', '/buckets/volt', {})).toMatchObject({ status: 404 });
  });

  it('have access points that are set, and answered with the names that clients take', async () => {
    expect(await door('GET', '/buckets/vault/access-points')).toMatchObject({ body: { accessPoints: [] } });
    const tags = { team: 'finance' };
    expect(await door('PATCH', '/buckets/vault', { accessPoints: { reports: { tags } } })).toMatchObject({
      body: { accessPoints: 1 },
    });
    const { arn, alias } = s3.bucket('vault').accessPoints?.['reports'] ?? {};
    expect(await door('GET', '/buckets/vault/access-points')).toMatchObject({
      body: { accessPoints: [{ name: 'reports', arn, alias, tags }] },
    });
    expect(arn).toBe('arn:aws:s3:us-east-1:000000000000:accesspoint/reports');
    expect(await door('PATCH', '/buckets/vault', { accessPoints: { reports: { vpc: 'vpc-1' } } })).toMatchObject(
      refused(400, { message: expect.stringContaining('Did you mean vpcId?') }),
    );
    await door('PATCH', '/buckets/vault', { accessPoints: null });
    expect(s3.bucket('vault').accessPoints).toBeUndefined();
  });

  it('have keys in folders, in pages', async () => {
    const objects = { 'a.txt': ['1', '2'], 'x/a': ['1', '2'], 'x/b': '1', 'x/y/c': '1', z: ['1', '2', '3'] };
    await door('POST', '/buckets', { name: 'folders', versioning: 'Enabled', objects });
    const keys = async (query: string) => (await door('GET', `/buckets/folders/keys?delimiter=/&${query}`)).body;
    const short = {
      keys: [expect.objectContaining({ key: 'a.txt', versions: 2 }), { folder: 'x/', keys: 3 }],
      next: 'x/',
    };
    expect(await keys('limit=2')).toEqual(short);
    expect(await keys('limit=2&after=x/')).toEqual({ keys: [expect.objectContaining({ key: 'z', versions: 3 })] });
    expect(await keys('prefix=x/')).toEqual({
      keys: [
        expect.objectContaining({ key: 'x/a', versions: 2 }),
        expect.objectContaining({ key: 'x/b', versions: 1 }),
        { folder: 'x/y/', keys: 1 },
      ],
    });
  });

  it('have keys in pages', async () => {
    expect(await door('GET', '/buckets/vault/keys?limit=2')).toMatchObject({
      body: { keys: [{ key: 'a.txt', versions: 2, current: 'object', size: 6 }, { key: 'b/c.txt' }], next: 'b/c.txt' },
    });
    expect((await door('GET', '/buckets/vault/keys?limit=2&after=b/c.txt')).body).toEqual({
      keys: [
        {
          ...{ key: 'b/d.txt', versions: 1, deleteMarkers: 0 },
          ...{ current: 'object', size: 6, lastModified: '2026-01-31T10:00:00.000Z' },
        },
      ],
    });
    expect((await door('GET', '/buckets/vault/keys?prefix=b/')).body).toMatchObject({
      keys: [{ key: 'b/c.txt' }, { key: 'b/d.txt' }],
    });
  });

  it('count the delete markers of a key apart from its versions', async () => {
    const objects = { 'a.txt': ['1', '2', deleteMarker], 'b.txt': [deleteMarker, '1'], 'c.txt': [deleteMarker] };
    s3.createBucket('marked', { versioning: 'Enabled', objects });
    expect((await door('GET', '/buckets/marked/keys')).body).toMatchObject({
      keys: [
        { key: 'a.txt', versions: 2, deleteMarkers: 1, current: 'deleteMarker' },
        { key: 'b.txt', versions: 1, deleteMarkers: 1, current: 'object' },
        { key: 'c.txt', versions: 0, deleteMarkers: 1, current: 'deleteMarker' },
      ],
    });
  });

  it('have the versions of a key in pages, newest first, with their ends and without their bytes', async () => {
    s3.bucket('vault').lifecycle = {
      Rules: [{ ID: 'old', Status: 'Enabled', Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 3 } }],
    };
    s3.bucket('vault').delete('a.txt');
    const [marker, second, first] = s3.bucket('vault').versions('a.txt');
    const { body } = await door('GET', '/buckets/vault/versions?key=a.txt&limit=2');
    expect(body).toMatchObject({
      versions: [
        { versionId: marker?.versionId, deleteMarker: true, isLatest: true, size: 0 },
        { versionId: second?.versionId, deleteMarker: false, size: 6, ends: 'removed on 2026-02-04' },
      ],
      next: second?.versionId,
    });
    expect(JSON.stringify(body)).not.toContain('second');
    const { body: last } = await door('GET', `/buckets/vault/versions?key=a.txt&after=${second?.versionId}`);
    expect(last).toMatchObject({ versions: [{ versionId: first?.versionId }] });
    const { body: one } = await door('GET', `/buckets/vault/versions?key=a.txt&versionId=${second?.versionId}`);
    expect((one as { readonly versions: readonly object[] }).versions).toMatchObject([
      { versionId: second?.versionId },
    ]);
    expect(await door('GET', '/buckets/vault/versions')).toMatchObject({ status: 400 });
  });

  it('name the key that a query can mean, if no version has its key', async () => {
    s3.bucket('vault').put('c++.md', 'draft');
    expect(await door('GET', '/buckets/vault/versions?key=c++.md')).toEqual({
      status: 200,
      body: {
        versions: [],
        hint: "Bucket 'vault' has no key 'c  .md'; the bucket has 'c++.md', which differs in plus signs and blanks; a plus sign in a URL is read as a blank: write it %2B.",
      },
    });
    expect((await door('GET', '/buckets/vault/versions?key=c%2B%2B.md')).body).not.toHaveProperty('hint');
    expect((await door('GET', '/buckets/vault/versions?key=zzz')).body).toEqual({ versions: [] });
    expect((await door('GET', '/buckets/vault/versions?key=a.txt&versionId=none')).body).toEqual({ versions: [] });
  });
});
