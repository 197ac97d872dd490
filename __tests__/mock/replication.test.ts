import { describe, expect, it } from '@jest/globals';
import type { BucketFixture, MockS3 } from '../../src';
import { matchers } from '../../src/testing/matchers';
import { markDeleted, put, putVersion, remove } from '../support/objects';
import { toReplica } from '../support/replication';
import { startedMocks } from '../support/started-mocks';
import { send } from '../support/wire-client';

const start = startedMocks();

async function again(s3: MockS3): Promise<MockS3> {
  const text = JSON.stringify(s3);
  await s3.stop();
  return start(JSON.parse(text));
}

const now = '2026-03-01T12:00:00Z';
const replicationTo = (bucket: string) => toReplica({ Destination: { Bucket: `arn:aws:s3:::${bucket}` } });
const vault: BucketFixture = { versioning: 'Enabled', replication: replicationTo('replica') };
const replica: BucketFixture = { versioning: 'Enabled' };
const buckets = { vault, replica };
const twoWay = { vault, replica: { ...replica, replication: replicationTo('vault') } };
const delayed = { now, replicationDelay: { minutes: 5 }, buckets };
const later = new Date('2026-03-01T12:05:00Z');

const idsOf = (s3: MockS3, bucket: string, key: string) =>
  s3
    .bucket(bucket)
    .versions(key)
    .map(({ versionId }) => versionId);
const statusesOf = (s3: MockS3, bucket: string) =>
  s3
    .bucket(bucket)
    .versions()
    .map(({ replicationStatus }) => replicationStatus);
const done = (s3: MockS3) => s3.requests.serviceActions.map(({ part, result, reason }) => ({ part, result, reason }));

describe('replicationDelay', () => {
  it('is the time between a request and the copies that follow from it', async () => {
    const s3 = start(delayed);
    await put('/vault/k');
    s3.clock.advance({ minutes: 4, seconds: 59 });
    expect(statusesOf(s3, 'vault')).toEqual(['PENDING']);
    s3.clock.advance({ seconds: 1 });
    expect({ vault: statusesOf(s3, 'vault'), replica: statusesOf(s3, 'replica') }).toEqual({
      vault: ['COMPLETED'],
      replica: ['REPLICA'],
    });
  });

  it('is nothing if it is left out: the copy is there before the test looks', async () => {
    const s3 = start({ now, buckets });
    await put('/vault/k');
    expect(statusesOf(s3, 'replica')).toEqual(['REPLICA']);
  });

  it('stays through JSON', async () => {
    const s3 = await again(start(delayed));
    await put('/vault/k');
    expect(s3.replication.plan().map(({ at }) => at)).toEqual([later]);
  });

  it.each<readonly [given: unknown, message: string]>([
    [5, 'mockS3: replicationDelay: invalid duration 5; expected an object such as { minutes: 10 }'],
    [
      { minute: 5 },
      'mockS3: replicationDelay: invalid duration { minute: 5 }; expected numbers of days, hours, minutes, seconds or milliseconds. Did you mean minutes?',
    ],
    [
      { minutes: -5 },
      'mockS3: invalid replicationDelay { minutes: -5 }; expected a duration from 0 to 36,500 days, such as { minutes: 5 }',
    ],
    [
      { days: 36_501 },
      'mockS3: invalid replicationDelay { days: 36501 }; expected a duration from 0 to 36,500 days, such as { minutes: 5 }',
    ],
  ])('that is %j is a TypeError', (given, message) => {
    expect(() => start({ replicationDelay: given as object })).toThrow(new TypeError(message)); // wrong on purpose
  });

  it('is in the help of a misspelt option', () => {
    expect(() => start({ replicationDelays: {} } as object)).toThrow(/Did you mean replicationDelay\?/);
  });
});

describe('replication.plan', () => {
  it('has what will be copied, soonest first, and at one time in the order of the requests', async () => {
    const s3 = start(delayed);
    const b = await putVersion('/vault/b');
    const a = await putVersion('/vault/a');
    s3.clock.advance({ minutes: 1 });
    const marker = await markDeleted('/vault/b');
    const common = { bucket: 'vault', destination: 'replica', rule: 'all' };
    expect(s3.replication.plan()).toEqual([
      { ...common, key: 'b', versionId: b, part: 'object', at: later },
      { ...common, key: 'a', versionId: a, part: 'object', at: later },
      { ...common, key: 'b', versionId: marker, part: 'delete marker', at: new Date('2026-03-01T12:06:00Z') },
    ]);
  });

  it('has those of all buckets', async () => {
    const s3 = start({ ...delayed, buckets: twoWay });
    await put('/replica/k');
    await put('/vault/k');
    expect(s3.replication.plan().map(({ bucket, destination }) => `${bucket} to ${destination}`)).toEqual([
      'replica to vault',
      'vault to replica',
    ]);
  });

  it('leaves out what comes after until', async () => {
    const s3 = start(delayed);
    await put('/vault/k');
    expect(s3.replication.plan({ until: '2026-03-01T12:04:59Z' })).toEqual([]);
    expect(s3.replication.plan({ until: later })).toHaveLength(1);
    expect(s3.replication.plan({ until: { minutes: 4, seconds: 59 } })).toEqual([]);
    expect(s3.replication.plan({ until: { minutes: 5 } })).toHaveLength(1);
  });

  it('is frozen, changes nothing, and is empty once all is copied', async () => {
    const s3 = start(delayed);
    await put('/vault/k');
    const plan = s3.replication.plan();
    expect(Object.isFrozen(plan) && Object.isFrozen(plan[0])).toBe(true);
    expect(s3.replication.plan()).toEqual(plan);
    s3.clock.advance({ minutes: 5 });
    expect(s3.replication.plan()).toEqual([]);
  });

  it('refuses an unknown option, and what is no moment', () => {
    const s3 = start(delayed);
    expect(() => s3.replication.plan({ untill: now } as object)).toThrow(
      "replication.plan: there is no option 'untill'. Did you mean until? The options are: until.",
    );
    expect(() => s3.replication.plan({ until: 'soon' })).toThrow(/^plan: until: invalid moment 'soon'/);
  });

  it('is a member of a closed object', () => {
    const { replication } = start(delayed);
    expect(() => Object.assign(replication, { plans: 1 })).toThrow(/^s3\.replication: there is no member 'plans'/);
  });
});

describe('a mock that is made of the JSON of another one', () => {
  it('has the same to copy, at the same time, with the same result', async () => {
    const first = start(delayed);
    await put('/vault/k', 'first', { 'x-amz-tagging': 'stage=test' });
    await put('/vault/k', 'second');
    await remove('/vault/k');
    first.clock.advance({ minutes: 1 });
    const plan = first.replication.plan();
    const json = JSON.stringify(first);
    first.clock.advance({ minutes: 4 });
    const expected = {
      actions: [...first.requests.serviceActions],
      buckets: JSON.parse(JSON.stringify(first)).buckets,
    };
    await first.stop();

    const second = start(JSON.parse(json));
    expect(plan).toHaveLength(3);
    expect(second.replication.plan()).toEqual(plan);
    expect(JSON.parse(JSON.stringify(second))).toEqual(JSON.parse(json));
    second.clock.advance({ minutes: 4 });
    expect(second.requests.serviceActions).toEqual(expected.actions);
    expect(JSON.parse(JSON.stringify(second)).buckets).toEqual(expected.buckets);
  });

  it('puts a replica between versions of its destination where the first mock would', async () => {
    const first = start({ ...delayed, buckets: twoWay });
    await put('/vault/k', 'first');
    await put('/replica/k', 'second');
    first.bucket('replica').put('k', 'by a test', { versionId: 'v1' });
    await put('/vault/k', 'third');
    const json = JSON.stringify(first);
    first.clock.advance({ minutes: 5 });
    const order = { vault: idsOf(first, 'vault', 'k'), replica: idsOf(first, 'replica', 'k') };
    await first.stop();

    const second = start(JSON.parse(json));
    second.clock.advance({ minutes: 5 });
    expect(order.replica).toHaveLength(4);
    expect({ vault: idsOf(second, 'vault', 'k'), replica: idsOf(second, 'replica', 'k') }).toEqual(order);
  });

  it('has what a later change has still to copy', async () => {
    const first = start(delayed);
    await put('/vault/k');
    first.clock.advance({ minutes: 5 });
    const body = '<Tagging><TagSet><Tag><Key>stage</Key><Value>live</Value></Tag></TagSet></Tagging>';
    await send({ method: 'PUT', path: '/vault/k?tagging', body });
    const second = await again(first);
    expect(second.replication.plan()).toMatchObject([{ part: 'tags', at: new Date('2026-03-01T12:10:00Z') }]);
    second.clock.advance({ minutes: 5 });
    expect(second.bucket('replica').object('k').tags).toEqual({ stage: 'live' });
    expect(statusesOf(second, 'vault')).toEqual(['COMPLETED']);
  });

  it('reports that a version is gone which it had still to copy', async () => {
    const first = start(delayed);
    const versionId = await putVersion('/vault/k', 'gone');
    await remove(`/vault/k?versionId=${versionId}`);
    const second = await again(first);
    expect(JSON.parse(JSON.stringify(second)).buckets.vault.replicationQueue).toMatchObject([{ versionId, size: 4 }]);
    second.clock.advance({ minutes: 5 });
    expect(done(second)).toEqual([{ part: 'object', result: 'FAILED', reason: 'SrcVersionNotFound' }]);
  });

  it('knows which versions are replicas, and copies no change of them', async () => {
    const first = start({ now, buckets: twoWay });
    await put('/vault/k');
    const second = await again(first);
    const body = '<Tagging><TagSet><Tag><Key>stage</Key><Value>live</Value></Tag></TagSet></Tagging>';
    await send({ method: 'PUT', path: '/replica/k?tagging', body });
    expect(second.replication.plan()).toEqual([]);
    expect(statusesOf(second, 'replica')).toEqual(['REPLICA']);
    expect(JSON.parse(JSON.stringify(second)).buckets.replica.objects.k).toMatchObject([{ replicaOf: 'vault' }]);
  });

  it('has no numbers of writes once nothing is to be copied', async () => {
    const s3 = start({ now, buckets });
    await put('/vault/k');
    const { vault: written } = JSON.parse(JSON.stringify(s3)).buckets;
    expect(written.objects.k[0]).not.toHaveProperty('writeNumber');
    expect(written).not.toHaveProperty('replicationQueue');
    expect(written.objects.k[0]).toMatchObject({
      replicationStatus: 'COMPLETED',
      replicas: [{ bucket: 'replica', rule: 'all', status: 'COMPLETED' }],
    });
  });
});

describe('what is still to be copied', () => {
  it('comes back with a snapshot', async () => {
    const s3 = start(delayed);
    await put('/vault/k');
    const plan = s3.replication.plan();
    const snapshot = s3.snapshot();
    s3.clock.advance({ minutes: 5 });
    s3.restore(snapshot);
    expect(s3.replication.plan()).toEqual(plan);
    expect({ vault: statusesOf(s3, 'vault'), replica: statusesOf(s3, 'replica') }).toEqual({
      vault: ['PENDING'],
      replica: [],
    });
    s3.clock.advance({ minutes: 5 });
    expect(statusesOf(s3, 'replica')).toEqual(['REPLICA']);
  });

  it('is gone with a reset', async () => {
    const s3 = start(delayed);
    await put('/vault/k');
    s3.reset();
    expect(s3.replication.plan()).toEqual([]);
    s3.clock.advance({ minutes: 5 });
    expect(s3.requests.serviceActions).toEqual([]);
  });

  it('is there after a reset if the fixtures have it', async () => {
    const first = start(delayed);
    await put('/vault/k');
    const s3 = await again(first);
    const plan = s3.replication.plan();
    s3.clock.advance({ minutes: 5 });
    s3.reset();
    expect(s3.replication.plan()).toEqual(plan);
    s3.clock.advance({ minutes: 5 });
    expect(statusesOf(s3, 'replica')).toEqual(['REPLICA']);
  });
});

describe('a failed matcher of a key', () => {
  const suspended = async () => {
    const s3 = start(delayed);
    const versionId = await putVersion('/vault/k');
    s3.bucket('replica').versioning = 'Suspended';
    s3.clock.advance({ minutes: 5 });
    return { s3, versionId };
  };

  it.each(['vault', 'replica'])('shows why it was not copied, in bucket %s', async (bucket) => {
    const { s3, versionId } = await suspended();
    const line = `2026-03-01 12:05  S3.REPLICATE.OBJECT  vault/k  version ${versionId} to replica, by rule 'all'  FAILED DstBucketUnversioned: versioning of bucket 'replica' is Suspended`;
    expect(matchers.toHaveObject(s3.bucket(bucket), 'k', { size: 7 }).message()).toContain(
      `The actions of S3 itself on 'k':\n  ${line}`,
    );
  });

  it('draws the status of each version', async () => {
    const { s3 } = await suspended();
    expect(matchers.toHaveDeleteMarker(s3.bucket('vault'), 'k').message()).toMatch(/current {2}replication FAILED/);
    expect(String(s3.bucket('vault'))).toMatch(/current {2}FAILED to replica/);
  });

  it('compares the status of each version', async () => {
    const { s3, versionId } = await suspended();
    const given = (replicationStatus: 'FAILED' | 'COMPLETED') => [{ versionId, replicationStatus }];
    expect(matchers.toHaveVersions(s3.bucket('vault'), 'k', given('FAILED')).pass).toBe(true);
    expect(matchers.toHaveVersions(s3.bucket('vault'), 'k', given('COMPLETED')).message()).toContain(
      "replicationStatus: expected 'COMPLETED', received 'FAILED'",
    );
  });
});
