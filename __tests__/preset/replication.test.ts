import { describe, expect, it } from '@jest/globals';
import type { BucketFixture } from '../../src/preset/bucket-fixture';
import type { VersionFixture } from '../../src/preset/object-fixtures';
import { storeLiteral } from '../../src/preset/state-json';
import { makeStore, makeVault, noon } from '../support/vault';

function handleOf(fixture: BucketFixture) {
  const store = makeStore();
  return { store, handle: makeVault(fixture, store) };
}

const withVersion = (version: VersionFixture, more: BucketFixture = {}) =>
  handleOf({
    versioning: 'Enabled',
    ...more,
    objects: { k: typeof version === 'object' && !('deleteMarker' in version) ? { body: '', ...version } : version },
  });
const copyTo = (bucket: string, status: 'PENDING' | 'COMPLETED' | 'FAILED') => ({ bucket, rule: 'all', status });

describe('the replicationStatus of a version in a fixture', () => {
  it.each(['PENDING', 'COMPLETED', 'FAILED', 'REPLICA'] as const)('stays %s', (replicationStatus) => {
    const { handle } = withVersion({ body: 'a', replicationStatus });
    expect(handle.versions('k')).toMatchObject([{ replicationStatus }]);
    expect(handle.object('k').replicationStatus).toBe(replicationStatus);
    expect(handle.objects).toMatchObject({ k: [{ replicationStatus }] });
  });

  it('may be that of a delete marker, and of a version of IBM COS', () => {
    const marker = withVersion({ deleteMarker: true, replicationStatus: 'REPLICA', replicaOf: 'source' });
    expect(marker.handle.versions('k')).toMatchObject([{ deleteMarker: true, replicationStatus: 'REPLICA' }]);
    const cos = withVersion({ body: 'a', replicationStatus: 'FAILED' }, { region: 'us-south-standard' });
    expect(cos.handle.versions('k')).toMatchObject([{ replicationStatus: 'FAILED' }]);
  });

  it('is undefined if it is left out', () => {
    const { handle } = withVersion('a');
    expect(handle.versions('k')[0]?.replicationStatus).toBeUndefined();
    expect(handle.objects['k']?.[0]).not.toHaveProperty('replicationStatus');
  });

  it('may be given to put', () => {
    const { handle } = handleOf({ versioning: 'Enabled' });
    expect(handle.put('k', 'a', { replicationStatus: 'FAILED' }).replicationStatus).toBe('FAILED');
  });

  it.each<readonly [given: VersionFixture, status: string]>([
    [{ replicas: [copyTo('replica', 'COMPLETED')] }, 'COMPLETED'],
    [{ replicas: [copyTo('replica', 'COMPLETED'), copyTo('second', 'PENDING')] }, 'PENDING'],
    [{ replicas: [copyTo('replica', 'COMPLETED'), copyTo('second', 'FAILED')] }, 'FAILED'],
    [{ replicaOf: 'source' }, 'REPLICA'],
    [{ replicaOf: 'source', replicas: [copyTo('source', 'COMPLETED')] }, 'REPLICA'],
    [{ replicaOf: 'source', replicas: [copyTo('source', 'PENDING')] }, 'PENDING'],
  ])('follows from %j', (given, status) => {
    expect(withVersion(given).handle.versions('k')).toMatchObject([{ replicationStatus: status }]);
  });

  it.each<readonly [given: object, message: string]>([
    [
      { replicationStatus: 'COMPLETE' },
      "bucket 'vault', key 'k': invalid replicationStatus 'COMPLETE'; expected 'PENDING' or 'COMPLETED' or 'FAILED' or 'REPLICA', or undefined. Did you mean COMPLETED?",
    ],
    [
      { replicationStatus: 'COMPLETED', replicas: [copyTo('replica', 'FAILED')] },
      "bucket 'vault', key 'k': replicationStatus is 'COMPLETED', but with its replicas it is 'FAILED'. Leave replicationStatus out.",
    ],
    [
      { replicationStatus: 'COMPLETED', replicaOf: 'source' },
      "bucket 'vault', key 'k': replicationStatus is 'COMPLETED', but with replicaOf is 'source' it is 'REPLICA'. Leave replicationStatus out.",
    ],
    [
      { replicas: [copyTo('replica', 'FAILED'), copyTo('replica', 'PENDING')] },
      "bucket 'vault', key 'k': replicas has bucket 'replica' twice. A version has one copy in a bucket.",
    ],
    [
      { replicas: [{ bucket: 'replica', rule: 'all', state: 'FAILED' }] },
      "bucket 'vault', key 'k', replicas[0]: there is no option 'state'. Did you mean status? The options are: bucket, rule, status.",
    ],
    [
      { replicas: [{ bucket: 'replica', rule: 'all', status: 'REPLICA' }] },
      "bucket 'vault', key 'k', replicas[0]: invalid status 'REPLICA'; expected 'PENDING' or 'COMPLETED' or 'FAILED'",
    ],
    [{ replicas: 'replica' }, "bucket 'vault', key 'k': invalid replicas 'replica'; expected a list such as"],
    [{ replicaOf: 7 }, "bucket 'vault', key 'k': invalid replicaOf 7; expected the name of a bucket, such as 'vault'"],
  ])('that S3 cannot reach is a TypeError: %j', (given, message) => {
    expect(() => withVersion(given)).toThrow(TypeError);
    expect(() => withVersion(given)).toThrow(message);
  });

  it('needs versioning', () => {
    expect(() => handleOf({ objects: { k: { body: '', replicationStatus: 'REPLICA' } } })).toThrow(
      "bucket 'vault', key 'k': its replicationStatus is 'REPLICA', but versioning was never set, and S3 copies only versions.",
    );
  });
});

describe('the replicationQueue of a bucket in a fixture', () => {
  const queued = { key: 'k', versionId: 'v1', destination: 'replica', rule: 'all' };
  const queue = (one: object) => handleOf({ versioning: 'Enabled', replicationQueue: [{ ...queued, ...one }] });

  it('keeps all its members through JSON', () => {
    const replicationQueue = [
      {
        ...queued,
        part: 'tags' as const,
        at: '2026-02-01T00:00:00.000Z',
        operation: 'PutObjectTagging',
        requested: '2026-01-31T00:00:00.000Z',
        late: true,
        failed: { last: '2026-01-31T02:00:00.000Z', count: 2, reason: 'SlowDown' as const, daily: false },
        givenUp: true,
        writeNumber: 7,
        size: 3,
        etag: '8d777f385d3dfec8815d20f7496026dc',
      },
    ];
    const { store } = handleOf({ versioning: 'Enabled', replicationQueue });
    expect(storeLiteral(store).buckets['vault']).toEqual({ versioning: 'Enabled', replicationQueue });
  });

  it('is of an object, now, by PutObject, if it does not say more', () => {
    const { store } = withVersion({ body: 'abc', versionId: 'v1' }, { replicationQueue: [queued] });
    const [task] = store.buckets.get('vault')?.replications.values() ?? [];
    expect(task).toMatchObject({ part: 'object', at: noon, begun: noon, operation: 'PutObject', size: 3 });
    expect(store.nextDue).toBe(noon);
  });

  it.each<readonly [name: string, version: object, one: object, status: string]>([
    ['without a status', {}, {}, 'PENDING'],
    ['that is COMPLETED', { replicationStatus: 'COMPLETED' }, {}, 'PENDING'],
    ['that IBM COS has given up', {}, { givenUp: true }, 'FAILED'],
    ['whose replicas say so', { replicas: [copyTo('replica', 'FAILED')] }, {}, 'FAILED'],
  ])('gives a version %s the copy that waits', (_name, version, one, status) => {
    const { store } = withVersion(
      { body: 'abc', versionId: 'v1', ...version },
      { replicationQueue: [{ ...queued, ...one }] },
    );
    expect(store.buckets.get('vault')?.versions.current('k')?.replication).toEqual({
      status,
      copies: [{ destination: 'replica', rule: 'all', status }],
    });
  });

  it.each<readonly [given: object, message: string]>([
    [{ key: 7 }, 'key: invalid value 7; expected text'],
    [{ destination: '' }, "destination: invalid value ''; expected text that is not empty"],
    [{ part: 'tag' }, "part: invalid value 'tag'; expected 'object' or 'delete marker' or 'tags'"],
    [{ at: 'soon' }, "at: invalid moment 'soon'"],
    [{ late: 1 }, 'late: invalid value 1; expected true or false'],
    [{ size: -1 }, 'size: invalid value -1; expected a whole number from 0 on'],
    [
      { failed: { last: 0, count: 1, reason: 7, daily: true } },
      "failed, reason: invalid value 7; expected 'AssumeRoleNotPermitted' or 'DstBucketNotFound' or",
    ],
    [
      { failed: { last: 0, count: 0, reason: 'SlowDown', daily: true } },
      'failed, count: invalid value 0; expected a whole number from 1 on',
    ],
    [{ givenUp: 1 }, 'givenUp: invalid value 1; expected true or false'],
    [{ rule: undefined }, 'has no rule, which is required'],
    [{ bucket: 'replica' }, "there is no option 'bucket'"],
  ])('that is %j is a TypeError', (given, message) => {
    expect(() => queue(given)).toThrow(TypeError);
    expect(() => queue(given)).toThrow(message);
    expect(() => queue(given)).toThrow("bucket 'vault': replicationQueue 1");
  });

  it('that is no list is a TypeError', () => {
    expect(() => handleOf({ replicationQueue: {} as [] })).toThrow(
      "bucket 'vault': replicationQueue: invalid value {}; expected a list",
    );
  });
});

describe('the writeNumber of a version', () => {
  const written = (...numbers: readonly (number | undefined)[]) =>
    handleOf({ versioning: 'Enabled', objects: { k: numbers.map((writeNumber) => ({ body: '', writeNumber })) } })
      .store;

  it('is the number of the write, and later writes have greater ones', () => {
    const store = written(4, 9);
    expect([...(store.buckets.get('vault')?.versions.of('k') ?? [])].map(({ sequence }) => sequence)).toEqual([9, 4]);
    expect(store.sequence).toBe(10);
  });

  it.each<readonly [message: string, numbers: readonly (number | undefined)[]]>([
    ['only some of its versions have a writeNumber', [4, undefined]],
    ['invalid writeNumbers [9, 4]; expected whole numbers from 0 on, greater ones for later versions', [9, 4]],
    ['invalid writeNumbers [1.5]; expected whole numbers from 0 on', [1.5]],
  ])('is refused: %s', (message, numbers) => {
    expect(() => written(...numbers)).toThrow(message);
  });
});

describe('a drawn version', () => {
  const drawn = (fixture: BucketFixture, version: VersionFixture) =>
    String(withVersion(version, fixture).handle).split('\n');
  const cellsOf = (version: VersionFixture, fixture: BucketFixture = {}) =>
    drawn(fixture, version).at(-1)?.split('current  ')[1];

  it.each<readonly [cells: string, version: VersionFixture]>([
    ['replication FAILED', { replicationStatus: 'FAILED' }],
    ['REPLICA', { replicationStatus: 'REPLICA' }],
    ['REPLICA of source', { replicaOf: 'source' }],
    ['COMPLETED to replica', { replicas: [copyTo('replica', 'COMPLETED')] }],
    [
      'COMPLETED to replica  FAILED to second',
      { replicas: [copyTo('replica', 'COMPLETED'), copyTo('second', 'FAILED')] },
    ],
    ['PENDING to replica', { replicas: [copyTo('replica', 'PENDING')] }],
  ])('shows %s', (cells, version) => {
    expect(cellsOf(version)).toBe(cells);
  });

  it('shows when it is copied, and why it was not yet', () => {
    const version: VersionFixture = { versionId: 'v1', replicas: [copyTo('replica', 'PENDING')] };
    const queued = { key: 'k', versionId: 'v1', destination: 'replica', rule: 'all', at: noon + 300_000 };
    expect(cellsOf(version, { replicationQueue: [queued] })).toBe('PENDING to replica, due 2026-01-31 12:05:00Z');
    const failed = { last: noon, count: 1, reason: 'SlowDown', daily: false } as const;
    expect(cellsOf(version, { replicationQueue: [{ ...queued, failed }] })).toBe(
      'PENDING to replica after SlowDown, due 2026-01-31 12:05:00Z',
    );
  });
});
