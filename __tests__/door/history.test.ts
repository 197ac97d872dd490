import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 as makeMock } from 's3-versioning-mock';
import { mockS3 } from 's3-versioning-mock/jest';
import { refused, serveDoor } from '../support/door';

const s3 = mockS3({
  now: '2026-03-01T08:00:00Z',
  users: { ann: {}, ben: {} },
  buckets: {
    plain: {},
    vault: {
      versioning: 'Enabled',
      lifecycle: {
        Rules: [
          { ID: 'old', Status: 'Enabled', Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
          { ID: 'temporary', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 1 } },
        ],
      },
      objects: { 'old.txt': [{ body: 'fixture', versionId: 'v1', lastModified: '2026-02-01T00:00:00Z' }] },
    },
  },
});
const { door, client } = serveDoor(s3);

const at = (moment: string) => s3.clock.set(`2026-03-01T${moment}:00Z`);
const ann = { account: '000000000000', user: 'ann' };

/** Sends a command as a user. */
function as(name: string): S3Client {
  return new S3Client({ region: 'us-east-1', credentials: s3.account.user(name).credentials });
}

async function history(query: string): Promise<readonly string[]> {
  const { body } = await door('GET', `/buckets/${query}`);
  const { history: rows } = body as { history: readonly HistoryRow[] };
  return rows.map(({ what, deleteMarker, at: moment, by }) => {
    const who = by.request === undefined ? `S3 by ${by.rule}` : `${by.caller?.user ?? 'root'} in ${by.request}`;
    return `${moment.slice(0, 16)} ${what}${deleteMarker ? ' marker' : ''}: ${by.operation}, ${who}`;
  });
}

/** A key with one version, as a list of keys has it. */
function makeKey(key: string, size: number, lastModified: string): object {
  return { key, versions: 1, deleteMarkers: 0, current: 'object', size, lastModified };
}

interface HistoryRow {
  readonly what: string;
  readonly deleteMarker: boolean;
  readonly at: string;
  readonly by: {
    readonly operation: string;
    readonly request?: number;
    readonly rule?: string;
    readonly caller?: { readonly user?: string };
  };
}

describe('the author of a version, through the door', () => {
  /** The number of the last request before the test: the numbers go on after a reset. */
  let before: number;

  beforeEach(() => {
    before = s3.requests.feed.before;
  });

  it('is the caller and the request, of a version and of a delete marker', async () => {
    await as('ann').send(new PutObjectCommand({ Bucket: 'vault', Key: 'a.txt', Body: 'first' }));
    await as('ben').send(new GetObjectCommand({ Bucket: 'vault', Key: 'a.txt' }));
    await as('ben').send(new DeleteObjectCommand({ Bucket: 'vault', Key: 'a.txt' }));
    const { body } = await door('GET', '/buckets/vault/versions?key=a.txt');
    expect(body).toMatchObject({
      versions: [
        {
          deleteMarker: true,
          writtenBy: { request: before + 3, operation: 'DeleteObject', caller: { ...ann, user: 'ben' } },
        },
        { deleteMarker: false, writtenBy: { request: before + 1, operation: 'PutObject', caller: ann } },
      ],
    });
    expect(await door('GET', `/requests/${before + 3}`)).toMatchObject({
      body: { operation: 'DeleteObject', caller: { user: 'ben' } },
    });
  });

  it('is left out if a fixture or a handle of the test wrote the version', async () => {
    s3.bucket('vault').put('old.txt', 'second');
    const { body } = await door('GET', '/buckets/vault/versions?key=old.txt');
    expect(body).toEqual({
      versions: [
        expect.not.objectContaining({ writtenBy: expect.anything() }),
        expect.not.objectContaining({ writtenBy: expect.anything() }),
      ],
    });
  });

  it('is known for a quiet batch, whose answer names no version', async () => {
    const Delete = { Objects: [{ Key: 'old.txt' }], Quiet: true };
    await as('ann').send(new DeleteObjectsCommand({ Bucket: 'vault', Delete }));
    expect(await door('GET', '/buckets/vault/versions?key=old.txt&limit=1')).toMatchObject({
      body: { versions: [{ deleteMarker: true, writtenBy: { operation: 'DeleteObjects', caller: ann } }] },
    });
  });

  it('is who wrote the null version last', async () => {
    await as('ann').send(new PutObjectCommand({ Bucket: 'plain', Key: 'a.txt', Body: 'first' }));
    await as('ben').send(new CopyObjectCommand({ Bucket: 'plain', Key: 'a.txt', CopySource: 'vault/old.txt' }));
    expect(await door('GET', '/buckets/plain/versions?key=a.txt')).toMatchObject({
      body: { versions: [{ versionId: 'null', writtenBy: { operation: 'CopyObject', caller: { user: 'ben' } } }] },
    });
  });

  it('is S3 itself for what a lifecycle rule did', async () => {
    await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'tmp/a.txt', Body: 'first' }));
    s3.clock.advance({ days: 2 });
    const { body } = await door('GET', '/buckets/vault/versions?key=tmp/a.txt&limit=1');
    expect(body).toMatchObject({
      versions: [{ deleteMarker: true, writtenBy: { operation: 'S3.CREATE.DELETEMARKER', rule: 'temporary' } }],
    });
    const { versions } = body as { versions: readonly { readonly writtenBy: { readonly serviceAction: number } }[] };
    const actions = (await door('GET', '/service-actions')).body as {
      readonly serviceActions: readonly { readonly id: number; readonly action: string }[];
    };
    const id = versions[0]?.writtenBy.serviceAction;
    expect(actions.serviceActions.find((action) => action.id === id)).toMatchObject({ action: 'expire' });
  });
});

describe('the history of a bucket, through the door', () => {
  it('has what was written, replaced and removed, newest first, also of keys that are gone', async () => {
    const first = s3.requests.feed.before;
    at('09:00');
    await as('ann').send(new PutObjectCommand({ Bucket: 'plain', Key: 'a.txt', Body: 'first' }));
    at('10:00');
    await as('ann').send(new PutObjectCommand({ Bucket: 'plain', Key: 'a.txt', Body: 'second' }));
    await as('ann').send(new PutObjectCommand({ Bucket: 'plain', Key: 'b.txt', Body: 'other' }));
    at('11:00');
    await as('ben').send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'a.txt' }));
    expect(await history('plain/history?key=a.txt')).toEqual([
      `2026-03-01T11:00 removed: DeleteObject, ben in ${first + 4}`,
      `2026-03-01T10:00 written: PutObject, ann in ${first + 2}`,
      `2026-03-01T10:00 replaced: PutObject, ann in ${first + 2}`,
      `2026-03-01T09:00 written: PutObject, ann in ${first + 1}`,
    ]);
    expect(await history('plain/history')).toHaveLength(5);
    expect(await history('plain/history?limit=1')).toHaveLength(1);
    expect(await door('GET', '/buckets/missing/history')).toMatchObject(refused(404, { code: 'NO_SUCH_BUCKET' }));
  });

  it('is empty after a reset', async () => {
    await client.send(new PutObjectCommand({ Bucket: 'plain', Key: 'a.txt', Body: 'first' }));
    await door('POST', '/reset');
    expect(await history('plain/history')).toEqual([]);
  });
});

describe('a bucket as it was at a moment, through the door', () => {
  it('has the keys and the versions of that moment, with what was removed since', async () => {
    at('09:00');
    await as('ann').send(new PutObjectCommand({ Bucket: 'vault', Key: 'a.txt', Body: 'first' }));
    await as('ann').send(new PutObjectCommand({ Bucket: 'vault', Key: 'b.txt', Body: 'first' }));
    await as('ann').send(new PutObjectCommand({ Bucket: 'plain', Key: 'c.txt', Body: 'first' }));
    at('13:00');
    await as('ann').send(new PutObjectCommand({ Bucket: 'vault', Key: 'a.txt', Body: 'the second' }));
    await as('ben').send(new DeleteObjectCommand({ Bucket: 'vault', Key: 'b.txt' }));
    await as('ben').send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'c.txt' }));
    await as('ann').send(new PutObjectCommand({ Bucket: 'vault', Key: 'z.txt', Body: 'late' }));
    const noon = 'at=2026-03-01T12:00:00Z';

    const { body } = await door('GET', `/buckets/vault/keys?${noon}`);
    expect(body).toEqual({
      keys: [
        makeKey('a.txt', 5, '2026-03-01T09:00:00.000Z'),
        makeKey('b.txt', 5, '2026-03-01T09:00:00.000Z'),
        makeKey('old.txt', 7, '2026-02-01T00:00:00.000Z'),
      ],
    });
    expect(await door('GET', `/buckets/vault/versions?key=a.txt&${noon}`)).toMatchObject({
      body: { versions: [{ isLatest: true, size: 5, writtenBy: { caller: ann } }] },
    });
    const removed = { what: 'removed', by: { operation: 'DeleteObject', caller: { user: 'ben' } } };
    expect(await door('GET', `/buckets/plain/keys?${noon}`)).toMatchObject({
      body: { keys: [{ key: 'c.txt', current: 'object', size: 5, removed }] },
    });
    expect(await door('GET', `/buckets/plain/versions?key=c.txt&${noon}`)).toMatchObject({
      body: { versions: [{ versionId: 'null', isLatest: true, size: 5, removed, writtenBy: { caller: ann } }] },
    });
    expect(await door('GET', '/buckets/plain/keys?at=2026-03-01T08:30:00Z')).toEqual({
      status: 200,
      body: { keys: [] },
    });
  });

  it('has the versions that lifecycle removed since, in their places', async () => {
    for (const [moment, body] of [
      ['09:00', '1'],
      ['10:00', '22'],
      ['11:00', '333'],
    ] as const) {
      at(moment);
      await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'a.txt', Body: body }));
    }
    s3.clock.advance({ days: 5 });
    const sizes = async (query: string) => {
      const { body } = await door('GET', `/buckets/vault/versions?key=a.txt${query}`);
      return (body as { versions: readonly { readonly size: number; readonly removed?: object }[] }).versions.map(
        (one) => [one.size, one.removed !== undefined],
      );
    };
    expect(await sizes('')).toEqual([[3, false]]);
    expect(await sizes('&at=2026-03-01T12:00:00Z')).toEqual([
      [3, false],
      [2, true],
      [1, true],
    ]);
  });

  it('has the versions of one moment in the order of their writes', async () => {
    at('09:00');
    const ids: (string | undefined)[] = [];
    for (const Body of ['1', '22', '333'])
      ids.unshift((await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'a.txt', Body }))).VersionId);
    const marker = await client.send(new DeleteObjectCommand({ Bucket: 'vault', Key: 'a.txt' }));
    at('10:00');
    for (const VersionId of [ids[1], marker.VersionId])
      await client.send(new DeleteObjectCommand({ Bucket: 'vault', Key: 'a.txt', VersionId }));
    const halfPast = 'at=2026-03-01T09:30:00Z';
    const { body } = await door('GET', `/buckets/vault/versions?key=a.txt&${halfPast}`);
    const { versions } = body as { versions: readonly { readonly versionId: string; readonly isLatest: boolean }[] };
    expect(versions.map(({ versionId }) => versionId)).toEqual([marker.VersionId, ...ids]);
    expect(versions.map(({ isLatest }) => isLatest)).toEqual([true, false, false, false]);
    expect(await door('GET', `/buckets/vault/keys?prefix=a&${halfPast}`)).toMatchObject({
      body: { keys: [{ key: 'a.txt', versions: 3, deleteMarkers: 1, current: 'deleteMarker' }] },
    });
  });

  it('has an upload of parts from its completion on, and not from the moment that its version names', async () => {
    at('09:00');
    const target = { Bucket: 'vault', Key: 'parts.bin' };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
    const { ETag } = await client.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: 'part' }));
    at('11:00');
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    const { VersionId } = await client.send(
      new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload }),
    );
    const keysAt = async (moment: string) =>
      (await door('GET', `/buckets/vault/keys?prefix=parts&at=2026-03-01T${moment}:00Z`)).body;
    expect(await keysAt('10:00')).toEqual({ keys: [] });
    expect(await keysAt('11:00')).toMatchObject({ keys: [{ key: 'parts.bin' }] });
    at('12:00');
    await client.send(new DeleteObjectCommand({ ...target, VersionId }));
    expect(await keysAt('10:00')).toEqual({ keys: [] });
    expect(await keysAt('11:30')).toMatchObject({ keys: [{ key: 'parts.bin', removed: { what: 'removed' } }] });
  });

  it('has nothing of what a restore undid', async () => {
    const { body: snapshot } = await door('POST', '/snapshot');
    at('09:00');
    await client.send(new PutObjectCommand({ Bucket: 'plain', Key: 'undone.txt', Body: 'first' }));
    at('10:00');
    await client.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'undone.txt' }));
    await door('POST', '/restore', { id: (snapshot as { readonly id: string }).id });
    at('12:00');
    expect(await door('GET', '/buckets/plain/keys?at=2026-03-01T09:30:00Z')).toMatchObject({ body: { keys: [] } });
    expect(await history('plain/history')).toHaveLength(2);
  });

  it('asks for a moment that can be read', async () => {
    expect(await door('GET', '/buckets/vault/keys?at=noon')).toMatchObject(
      refused(400, /^GET \/_mock\/buckets\/vault\/keys: at: /),
    );
    // A query has no numbers, and a plus sign that is not encoded is a space.
    for (const wrong of ['1772366400000', '2026-03-01T12:00:00+02:00'])
      expect(await door('GET', `/buckets/vault/keys?at=${wrong}`)).toMatchObject(
        refused(400, /expected text such as '2026-01-31T10:00:00Z', with %2B for a plus sign$/),
      );
    at('09:00');
    expect(await door('GET', '/buckets/vault/keys?at=2026-03-01T12:00:00%2B02:00')).toMatchObject({ status: 200 });
  });
});

describe('a mock whose port opens later', () => {
  it('has the history of what came before', async () => {
    const other = makeMock({ hosts: { only: ['store.internal'] }, buckets: { shelf: {} } });
    const endpoint = 'https://store.internal';
    const shelf = new S3Client({ region: 'us-east-1', endpoint, forcePathStyle: true });
    try {
      await shelf.send(new PutObjectCommand({ Bucket: 'shelf', Key: 'before.txt', Body: 'a' }));
      const { url } = await other.listen();
      await shelf.send(new PutObjectCommand({ Bucket: 'shelf', Key: 'after.txt', Body: 'b' }));
      const answer = await fetch(`${url}/_mock/buckets/shelf/history`);
      expect(await answer.json()).toMatchObject({ history: [{ key: 'after.txt' }, { key: 'before.txt' }] });
    } finally {
      await other.stop();
    }
  });
});
