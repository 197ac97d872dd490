import { describe, expect, it } from '@jest/globals';
import { replicationReport, whyNotArrived, writeWaitingCopies } from '../../../src/model/replication/missing-replicas';
import { deleteVersion } from '../../../src/model/versions/writes';
import { addBucket } from '../../../src/preset/bucket-fixture';
import { CopyingScene, replicator } from '../../support/copying-scene';
import { ruleToReplica } from '../../support/replication';

const key = 'report.pdf';
const due = 'at 2026-03-01T12:01:00.000Z, after s3.clock.advance({ minutes: 1 })';
const reportOf = ({ store, vault }: CopyingScene, versionId?: string) =>
  replicationReport(store, vault, key, versionId);
const whyMissing = (scene: CopyingScene, to: string | undefined = 'replica') => {
  const { why, ...others } = reportOf(scene).whyMissing(to);
  return { why: String(why), ...others };
};

describe('the report about a key', () => {
  it('names the buckets, the destinations and the version', () => {
    const scene = new CopyingScene();
    const versionId = scene.put();
    const { buckets, destinations, hasRules, sources, version } = reportOf(scene);
    expect({ buckets, destinations, hasRules, sources, version }).toEqual({
      buckets: ['replica', 'vault'],
      destinations: ['replica'],
      hasRules: true,
      sources: [],
      version: { versionId, isReplica: false },
    });
    expect(replicationReport(scene.store, scene.replica, key, undefined)).toMatchObject({
      hasRules: false,
      sources: ['vault'],
      version: undefined,
    });
    scene.pass();
    expect(reportOf(scene).isReplicatedTo('replica')).toBe(true);
    expect(replicationReport(scene.store, scene.replica, key, undefined).version).toEqual({
      versionId,
      isReplica: true,
    });
  });

  it('says why a replica is missing', () => {
    const scene = new CopyingScene();
    expect(whyMissing(scene)).toEqual({ why: 'there is no such key', rules: [] });
    scene.put();
    expect(whyMissing(scene)).toEqual({ why: `it is PENDING: S3 copies it ${due}`, rules: [] });
    expect(String(reportOf(scene, 'another').whyMissing('replica').why)).toBe('the key has no such version');
    scene.pass();
    deleteVersion(scene.store, scene.replica, key, reportOf(scene).version?.versionId ?? '');
    expect(reportOf(scene).isReplicatedTo('replica')).toBe(false);
    expect(whyMissing(scene)).toEqual({
      why: "it was copied, and later deleted in bucket 'replica'",
      asks: 'deletion',
      rules: [],
    });
  });

  it('says when each version of the key is copied', () => {
    const scene = new CopyingScene();
    const first = scene.put();
    scene.store.clock.advance({ seconds: 30 });
    const second = scene.put();
    const words = [first, second].map((id) => String(reportOf(scene, id).whyMissing('replica').why));
    expect(words).toEqual([
      'it is PENDING: S3 copies it at 2026-03-01T12:01:00.000Z, after s3.clock.advance({ seconds: 30 })',
      'it is PENDING: S3 copies it at 2026-03-01T12:01:30.000Z, after s3.clock.advance({ minutes: 1 })',
    ]);
  });

  it('says which change waits, and that a copy failed', () => {
    const scene = new CopyingScene();
    scene.copy();
    scene.change('PutObjectTagging', { tags: [{ Key: 'a', Value: '1' }] });
    expect(whyMissing(scene).why).toBe(
      'it is PENDING again, because its tags changed: S3 copies it at 2026-03-01T12:02:00.000Z, after s3.clock.advance({ minutes: 1 })',
    );
    scene.put();
    scene.store.deleteBucket('replica');
    scene.pass();
    expect(whyMissing(scene)).toEqual({ why: 'it FAILED', asks: 'failure', rules: [] });
  });
});

describe('the report of a version that waits', () => {
  const tag = { tags: [{ Key: 'a', Value: '1' }] };
  const waits = `it is PENDING: S3 copies it ${due}`;

  it('says when a delete marker is copied', () => {
    const scene = new CopyingScene();
    scene.delete();
    expect(whyMissing(scene)).toEqual({ why: waits, rules: [] });
  });

  it('is about the copy to the asked bucket, if the copy to another bucket failed and is due earlier', () => {
    const scene = new CopyingScene();
    const { store, vault } = scene;
    addBucket(store, 'more', { versioning: 'Enabled' });
    const Rules = ['replica', 'more'].map((ID) => ruleToReplica({ ID, Destination: { Bucket: `arn:aws:s3:::${ID}` } }));
    vault.change({ replication: { Role: replicator, Rules } });
    const failureOfReplication = (_bucket: unknown, { destination }: { readonly destination: string }) =>
      destination === 'replica' ? { reason: 'SlowDown', why: 'the test wants it' } : undefined;
    Object.assign(store, { failureOfReplication });
    scene.copy();
    store.clock.advance({ seconds: 30 });
    scene.change('PutObjectTagging', tag);
    expect({ replica: whyMissing(scene).why, more: whyMissing(scene, 'more').why }).toEqual({
      replica:
        'it is PENDING: an attempt failed with SlowDown, and S3 tries again at 2026-03-01T12:02:00.000Z, after s3.clock.advance({ seconds: 30 })',
      more: 'it is PENDING again, because its tags changed: S3 copies it at 2026-03-01T12:02:30.000Z, after s3.clock.advance({ minutes: 1 })',
    });
  });

  it('is about the version of the asked key, if a version of another key has the same id', () => {
    const replica = { bucket: 'replica', rule: 'all', status: 'PENDING' } as const;
    const version = { versionId: 'v1', body: 'report', replicas: [replica] };
    const scene = new CopyingScene({
      source: {
        objects: { [key]: [version], 'another.pdf': [version] },
        replicationQueue: [{ key: 'another.pdf', versionId: 'v1', destination: 'replica', rule: 'all' }],
      },
    });
    expect(whyMissing(scene)).toEqual({ why: 'it is PENDING', rules: [] });
  });
});

describe('copies that wait', () => {
  const waits = `the copy of object vault/${key} to 'replica' waits for the mock's clock: S3 makes it ${due}`;
  const words = (scene: CopyingScene, asked?: Parameters<typeof writeWaitingCopies>[1]) =>
    writeWaitingCopies(scene.store, asked).map(String);

  it('are those of a destination and of a key', () => {
    const scene = new CopyingScene();
    scene.put();
    for (const asked of [undefined, { to: 'replica' }, { key }]) expect(words(scene, asked)).toEqual([waits]);
    for (const asked of [{ to: 'vault' }, { key: 'other' }]) expect(words(scene, asked)).toEqual([]);
  });

  it('are why a key has not arrived, of this source and this key alone', () => {
    const scene = new CopyingScene();
    const { store, replica, vault } = scene;
    const more = addBucket(store, 'more', { versioning: 'Enabled' });
    scene.put();
    const why = (bucket: typeof replica, of = key) => whyNotArrived(store, bucket, of).map(String);
    expect({ replica: why(replica), other: why(replica, 'other'), more: why(more), vault: why(vault) }).toEqual({
      replica: [waits],
      other: [],
      more: [],
      vault: [],
    });
  });
});

describe('why a key has not arrived', () => {
  const words = ({ store, replica }: CopyingScene, bucket = replica) => whyNotArrived(store, bucket, key).map(String);
  const advice = `expect(s3.bucket('vault')).toHaveReplicated('${key}', { to: 'replica' }) says why`;

  it('is nothing that S3 says of a replica, which is not copied on', () => {
    const scene = new CopyingScene();
    const { store, replica } = scene;
    const more = addBucket(store, 'more', { versioning: 'Enabled' });
    const onward = ruleToReplica({ Destination: { Bucket: 'arn:aws:s3:::more' } });
    replica.change({ replication: { Role: replicator, Rules: [onward] } });
    scene.copy();
    expect(words(scene, more)).toEqual([]);
  });

  it('is nothing if the version is there, although a later change of it failed', () => {
    const scene = new CopyingScene();
    scene.copy();
    scene.replica.change({ versioning: { Status: 'Suspended' } });
    scene.change('PutObjectTagging', { tags: [{ Key: 'a', Value: '1' }] });
    expect(scene.pass()?.result).toBe('FAILED');
    expect(words(scene)).toEqual([]);
  });

  it('is that no rule copied an object', () => {
    const scene = new CopyingScene({ rule: { Status: 'Disabled' } });
    scene.put();
    expect(words(scene)).toEqual([
      "bucket 'vault' has it, and no rule copied it to 'replica': rule 'all': it is Disabled",
    ]);
  });

  it('is the rule that copies no delete markers', () => {
    const scene = new CopyingScene({ rule: { DeleteMarkerReplication: { Status: 'Disabled' } } });
    scene.delete();
    expect(words(scene)).toEqual([
      `the delete marker on vault/${key} is not copied: rule 'all' copies no delete markers, and would with DeleteMarkerReplication: { Status: 'Enabled' }`,
    ]);
  });

  it('is no rule that would copy the delete marker by now', () => {
    const scene = new CopyingScene({ rule: { Status: 'Disabled' } });
    scene.delete();
    scene.configure();
    expect(words(scene)).toEqual([`the delete marker on vault/${key} was not copied; ${advice}`]);
  });
});
