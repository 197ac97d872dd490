import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectIdentifier,
  type ObjectVersion,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, describe, expect, test } from '@jest/globals';
import { deleteMarker, mockS3 } from 's3-versioning-mock/jest';

const s3 = mockS3({
  buckets: {
    files: {
      versioning: 'Enabled',
      objects: {
        'a.txt': ['first', 'second', deleteMarker],
        'a.txt.bak': ['a copy'],
        'twice.txt': ['kept', deleteMarker, deleteMarker],
        'drafts/plan.md': ['v1', 'v2', 'v3', 'v4', 'v5'],
        'drafts/notes.md': ['v1', deleteMarker, 'v2', 'v3'],
      },
    },
    vault: {
      versioning: 'Enabled',
      mfaDelete: 'Enabled',
      objects: {
        '2025/january.pdf': [
          { body: 'a draft', metadata: { author: 'ann' } },
          { body: 'final', tags: { year: '2025' } },
        ],
        '2025/february.pdf': ['final', deleteMarker],
        '2026/january.pdf': ['open'],
      },
    },
    archive: { versioning: 'Enabled' },
  },
});

const client = new S3Client();
afterAll(() => client.destroy());

describe('restoring a deleted file', () => {
  async function restore(Bucket: string, Key: string): Promise<number> {
    for (let removed = 0; ; removed += 1) {
      const { DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }));
      const marker = DeleteMarkers.find((one) => one.Key === Key && one.IsLatest);
      if (marker === undefined) return removed;
      await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId: marker.VersionId }));
    }
  }

  test('brings a deleted file back unchanged', async () => {
    expect(s3.bucket('files')).toHaveDeleteMarker('a.txt');
    await expect(client.send(new GetObjectCommand({ Bucket: 'files', Key: 'a.txt' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
      $metadata: { httpStatusCode: 404 },
    });

    expect(await restore('files', 'a.txt')).toBe(1);

    expect(s3.bucket('files')).toHaveObject('a.txt', { body: 'second' });
    expect(s3.bucket('files')).toHaveVersions('a.txt', ['first', 'second']);
    const { Body } = await client.send(new GetObjectCommand({ Bucket: 'files', Key: 'a.txt' }));
    expect(await Body?.transformToString()).toBe('second');
  });

  test('removes both delete markers of a file that was deleted twice', async () => {
    expect(await restore('files', 'twice.txt')).toBe(2);
    expect(s3.bucket('files')).toHaveVersions('twice.txt', ['kept']);
    expect(s3).toHaveReceivedTimes('DeleteObject', 2, { Bucket: 'files', Key: 'twice.txt' });
  });

  test('leaves a file alone that was written again', async () => {
    await client.send(new PutObjectCommand({ Bucket: 'files', Key: 'a.txt', Body: 'third' }));
    expect(await restore('files', 'a.txt')).toBe(0);
    expect(s3).not.toHaveReceived('DeleteObject');
    expect(s3.bucket('files')).toHaveVersions('a.txt', ['first', 'second', deleteMarker, 'third']);
    expect(s3.bucket('files').object('a.txt').text()).toBe('third');
  });
});

describe('keeping only the last versions', () => {
  async function keepLast(Bucket: string, kept: number, Prefix: string): Promise<void> {
    const versions: ObjectVersion[] = [];
    let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
    while (markers !== undefined) {
      const input = { Bucket, Prefix, MaxKeys: 3, ...markers };
      const page: ListObjectVersionsCommandOutput = await client.send(new ListObjectVersionsCommand(input));
      versions.push(...(page.Versions ?? []));
      const next = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
      markers = page.IsTruncated ? next : undefined;
    }
    const seen = new Map<string | undefined, number>();
    const Objects = versions.flatMap(({ Key, VersionId }): ObjectIdentifier[] => {
      seen.set(Key, (seen.get(Key) ?? 0) + 1);
      return (seen.get(Key) ?? 0) > kept ? [{ Key, VersionId }] : [];
    });
    if (Objects.length > 0) await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
  }

  test('deletes older versions permanently, on every page of the listing', async () => {
    await keepLast('files', 2, 'drafts/');
    expect(s3.bucket('files')).toHaveVersions('drafts/plan.md', ['v4', 'v5']);
    expect(s3.bucket('files')).toHaveVersions('drafts/notes.md', [deleteMarker, 'v2', 'v3']);
    expect(s3.bucket('files')).toHaveVersions('a.txt', ['first', 'second', deleteMarker]);
    expect(s3).toHaveReceivedTimes('ListObjectVersions', 3, { Prefix: 'drafts/', MaxKeys: 3 });
    expect(s3).toHaveReceivedTimes('DeleteObjects', 1);
  });

  test('deletes nothing if there are no more versions than it keeps', async () => {
    const before = s3.bucket('files').versions();
    await keepLast('files', 5, 'drafts/');
    expect(s3.bucket('files').versions()).toEqual(before);
    expect(s3).toHaveReceivedOnly('ListObjectVersions');
  });
});

describe('archiving from a bucket with MFA Delete', () => {
  async function archive(Bucket: string, Prefix: string, MFA?: string): Promise<void> {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix }));
    for (const { Key = '' } of Contents) {
      const CopySource = `${Bucket}/${encodeURIComponent(Key)}`;
      await client.send(new CopyObjectCommand({ Bucket: 'archive', Key, CopySource }));
    }
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects }, MFA }));
  }

  test('with a code, archives the current objects and deletes all versions', async () => {
    await archive('vault', '2025/', s3.mfa.header());

    const current = { body: 'final', tags: { year: '2025' }, isLatest: true };
    expect(s3.bucket('archive')).toHaveObject('2025/january.pdf', current);
    expect(s3.bucket('archive')).toHaveVersions('2025/february.pdf', []);
    for (const key of ['2025/january.pdf', '2025/february.pdf']) expect(s3.bucket('vault')).toHaveVersions(key, []);
    expect(s3.bucket('vault')).toHaveObject('2026/january.pdf', { body: 'open' });
  });

  test('loses nothing without a code', async () => {
    await expect(archive('vault', '2025/')).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'Mfa Authentication must be used for this request',
      $metadata: { httpStatusCode: 403 },
    });
    expect(s3.bucket('vault')).toHaveVersions('2025/january.pdf', [
      { body: 'a draft', metadata: { author: 'ann' } },
      'final',
    ]);
    expect(s3.bucket('vault')).toHaveDeleteMarker('2025/february.pdf');
  });

  test('needs a second code for a second run', async () => {
    const header = s3.mfa.header();
    await archive('vault', '2025/', header);
    await expect(archive('vault', '2026/', header)).rejects.toMatchObject({ name: 'TokenCodeInvalidError' });
    expect(s3.bucket('vault')).toHaveObject('2026/january.pdf');

    s3.clock.advance({ seconds: 30 });
    await archive('vault', '2026/', s3.mfa.header());
    expect(s3.bucket('vault').versions()).toEqual([]);
    expect(s3.bucket('archive')).toHaveObject('2026/january.pdf', { body: 'open' });
  });
});
