import { describe, expect, it } from '@jest/globals';
import { nextCycle, reattempt } from '../../../src/model/replication/failures';
import { makeReplicationSource } from '../../../src/model/replication/replication';
import type { ReplicationTask } from '../../../src/model/replication/replication-task';
import { never } from '../../../src/model/schedule/due-times';
import { settle } from '../../../src/model/schedule/settle';
import { deleteVersion } from '../../../src/model/versions/writes';
import { CopyingScene, completed, failed, replicator } from '../../support/copying-scene';
import { crnOf } from '../../support/cos-replication';
import { EventScene, remove } from '../../support/event-scene';
import { ruleToReplica, toReplica } from '../../support/replication';

const tag = (Value: string) => ({ tags: [{ Key: 'stage', Value }] });

// F857
describe('a task', () => {
  it('of a part that changes again keeps its time, and copies the part as it is by then', () => {
    const scene = new CopyingScene();
    scene.copy();
    scene.change('PutObjectTagging', tag('first'));
    scene.store.clock.advance({ seconds: 40 });
    scene.change('PutObjectTagging', tag('second'));
    const [task, ...others] = scene.vault.replications.values();
    expect({ part: task?.part, age: scene.store.clock.now() - (task?.begun ?? 0), others }).toEqual({
      part: 'tags',
      age: 40_000,
      others: [],
    });
    scene.pass();
    expect(scene.current(scene.replica).tags).toEqual(tag('second').tags);
  });

  it('is made by no change past the wire, and by none in a bucket without rules', () => {
    const scene = new CopyingScene();
    scene.copy();
    scene.vault.versions.replace({ ...scene.current(), ...tag('past') });
    scene.vault.change({ replication: undefined });
    scene.change('PutObjectTagging', tag('without'));
    expect(scene.vault.replications.size).toBe(0);
  });
});

// F883
it('a replica has the default retention of its destination, from the creation of its source on', () => {
  const objectLock = { defaultRetention: { Mode: 'GOVERNANCE', Days: 1 } } as const;
  const scene = new CopyingScene({ destination: { objectLock } });
  scene.copy();
  const { created, lock } = scene.current(scene.replica);
  expect(created).toBe(scene.current().created);
  expect(lock).toMatchObject({ retention: { Mode: 'GOVERNANCE', until: created + 86_400_000 } });
});

describe('a task of a write', () => {
  const written = (scene: CopyingScene) => {
    const versionId = scene.put();
    const [task] = scene.vault.replications.values();
    const version = scene.current();
    const now = scene.store.clock.now();
    const expected: ReplicationTask = {
      id: `replica object ${versionId} report.pdf`,
      key: 'report.pdf',
      sequence: version.sequence,
      versionId,
      part: 'object',
      rule: 'all',
      destination: 'replica',
      operation: 'PutObject',
      sender: undefined,
      begun: now,
      at: now + 60_000,
      size: 6,
      etag: version.content?.etag,
    };
    return { task, expected, version, versionId };
  };

  it('has the terms of the write, and its version waits', () => {
    const { task, expected, version } = written(new CopyingScene());
    expect(task).toStrictEqual({ ...expected, terms: { rule: ruleToReplica(), role: replicator } });
    expect(version.replication).toStrictEqual({
      status: 'PENDING',
      copies: [{ destination: 'replica', rule: 'all', status: 'PENDING' }],
    });
  });

  it('has no terms on IBM COS, where those of the copy count', () => {
    const { task, expected } = written(new CopyingScene({ rule: { Destination: { Bucket: crnOf('replica') } } }));
    expect(task).toStrictEqual(expected);
  });

  it('of a later change has the operation that made it', () => {
    const scene = new CopyingScene();
    scene.copy();
    scene.change('PutObjectTagging', tag('first'));
    const [task] = scene.vault.replications.values();
    expect(task).toMatchObject({ part: 'tags', operation: 'PutObjectTagging', rule: 'all', destination: 'replica' });
  });

  it('keeps the sender of its request, of whom the copy is', () => {
    const scene = new CopyingScene();
    const { store, vault } = scene;
    const sender = {};
    scene.copy();
    const cause = { by: 'request', operation: 'PutObjectTagging', sender } as never; // what a task keeps of it
    const change = () => vault.versions.replace({ ...scene.current(), ...tag('first') });
    store.commit(change, () => ({ cause, time: store.clock.now() }));
    expect([...vault.replications.values()].map((task) => task.sender)).toEqual([sender]);
    const source = makeReplicationSource(store);
    const [done] = source.act(vault, source.next(vault, 0));
    expect(done?.sender).toBe(sender);
  });

  it('becomes one action of S3, with its outcome', () => {
    const scene = new CopyingScene();
    const { versionId } = written(scene);
    scene.store.clock.advance({ minutes: 1 });
    expect(settle(scene.store)).toEqual([
      {
        action: 'replicate',
        operation: 'S3.REPLICATE.OBJECT',
        bucket: 'vault',
        key: 'report.pdf',
        versionId,
        part: 'object',
        destination: 'replica',
        rule: 'all',
        result: 'COMPLETED',
        reason: undefined,
        why: undefined,
        at: new Date(scene.store.clock.now()),
      },
    ]);
  });
});

// F856, F860
describe('a copy that was not made yet', () => {
  it('says why, while trouble passes', () => {
    const scene = new CopyingScene();
    const failureOfReplication = () => ({ reason: 'SlowDown', why: 'the test wants it' });
    Object.assign(scene.store, { failureOfReplication });
    expect(scene.copy()).toEqual({ result: 'PENDING', reason: 'SlowDown', why: 'the test wants it' });
  });

  it('says that it is late', () => {
    const minutes15 = { Minutes: 15 };
    const Destination = {
      ReplicationTime: { Status: 'Enabled', Time: minutes15 },
      Metrics: { Status: 'Enabled', EventThreshold: minutes15 },
    } as const;
    const scene = new CopyingScene({ rule: { Destination } });
    Object.assign(scene.store, { replicationDelay: 20 * 60_000 });
    scene.put();
    scene.store.clock.advance({ minutes: 14 });
    expect(scene.pass()).toEqual({
      result: 'PENDING',
      reason: undefined,
      why: 'it took longer than the 15 minutes of its rule',
    });
  });
});

// F850
it('a version waits until the last of its parts is copied', () => {
  const scene = new CopyingScene({ source: { objectLock: true }, destination: { objectLock: true } });
  scene.copy();
  scene.change('PutObjectTagging', tag('first'));
  scene.store.clock.advance({ seconds: 30 });
  scene.change('PutObjectLegalHold', { lock: { retention: undefined, legalHold: 'ON' } });
  const statuses = [30, 30].map((seconds) => {
    scene.store.clock.advance({ seconds });
    settle(scene.store);
    return scene.current().replication?.status;
  });
  expect(statuses).toEqual(['PENDING', 'COMPLETED']);
});

// F857
describe('a later change', () => {
  it('goes to where the version was copied, and nowhere else', () => {
    const scene = new CopyingScene();
    scene.copy();
    scene.configure({ Destination: { Bucket: 'arn:aws:s3:::more' } });
    scene.change('PutObjectTagging', tag('first'));
    expect(scene.vault.replications.size).toBe(0);
  });

  it('goes nowhere if its version never arrived, as the destination was gone', () => {
    const scene = new CopyingScene();
    scene.put();
    scene.store.deleteBucket('replica');
    expect(scene.pass()).toEqual(failed('DstBucketNotFound'));
    scene.change('PutObjectTagging', tag('first'));
    expect(scene.vault.replications.size).toBe(0);
  });

  it('of a replica goes nowhere if the bucket of its source is gone', () => {
    const scene = new CopyingScene();
    scene.copy();
    const back = ruleToReplica({
      SourceSelectionCriteria: { ReplicaModifications: { Status: 'Enabled' } },
      Destination: { Bucket: 'arn:aws:s3:::gone' },
    });
    scene.replica.change({ replication: { Role: replicator, Rules: [back] } });
    scene.request('PutObjectTagging', () =>
      scene.replica.versions.replace({ ...scene.current(scene.replica), ...tag('first') }),
    );
    expect(scene.replica.replications.size).toBe(0);
  });

  it('that deletes nothing is copied nowhere', () => {
    const versioning = 'Enabled';
    const scene = new EventScene({ replica: { versioning }, vault: { versioning, replication: toReplica() } });
    scene.ask(remove('/vault/a?versionId=null'));
    expect({ bugs: scene.answered.bugs, tasks: scene.store.buckets.get('vault')?.replications.size }).toEqual({
      bugs: [],
      tasks: 0,
    });
  });
});

// F853, F857
describe('a task on IBM COS', () => {
  const Destination = { Bucket: crnOf('replica') };
  const sceneOfCos = () => {
    const scene = new CopyingScene({ rule: { Destination } });
    return { scene, versionId: scene.put() };
  };
  const ruleOfTask = ({ vault }: CopyingScene) => [...vault.replications.values()].map(({ rule }) => rule);
  const put = (scene: CopyingScene, rule: Parameters<typeof ruleToReplica>[0]) =>
    scene.request('PutBucketReplication', () => scene.configure({ Destination, ...rule }));

  it('follows the rule that is put in place of its own', () => {
    const { scene } = sceneOfCos();
    const { vault } = scene;
    const [before] = vault.replications.values();
    put(scene, { ID: 'new' });
    expect([...vault.replications.values()]).toEqual([{ ...before, rule: 'new' }]);
    expect(scene.current()).toMatchObject({
      key: 'report.pdf',
      replication: { status: 'PENDING', copies: [{ destination: 'replica', rule: 'new', status: 'PENDING' }] },
    });
    expect(scene.pass()).toEqual(completed);
  });

  it('keeps its rule if none copies to its bucket any more, and fails', () => {
    const { scene } = sceneOfCos();
    put(scene, { ID: 'new', Destination: { Bucket: crnOf('more') } });
    expect(ruleOfTask(scene)).toEqual(['all']);
    expect(scene.pass()).toEqual(failed('SrcBucketReplicationConfigMissing'));
  });

  it('keeps its rule if its version is gone, or if other settings are put', () => {
    const { scene, versionId } = sceneOfCos();
    scene.configure({ ID: 'new', Destination });
    scene.request('PutBucketTagging', () => scene.vault.change({ tags: [] }));
    expect(ruleOfTask(scene)).toEqual(['all']);
    deleteVersion(scene.store, scene.vault, 'report.pdf', versionId);
    put(scene, { ID: 'new' });
    expect(ruleOfTask(scene)).toEqual(['all']);
  });

  it.each([
    ['is disabled', { Status: 'Disabled' }],
    ['goes to another bucket', { Destination: { Bucket: crnOf('more') } }],
  ] as const)('fails if its rule %s by then', (_what, parts) => {
    const { scene } = sceneOfCos();
    scene.configure({ Destination, ...parts });
    expect(scene.pass()).toEqual(failed('SrcBucketReplicationConfigMissing'));
  });

  it('that was given up is tried no more, unless a request asks for one more attempt', () => {
    const { scene } = sceneOfCos();
    scene.replica.change({ versioning: { Status: 'Suspended' } });
    scene.store.clock.advance({ days: 40 });
    settle(scene.store);
    expect([...scene.vault.replications.values()]).toMatchObject([{ isGivenUp: true }]);
    scene.store.clock.advance({ days: 40 });
    expect(settle(scene.store)).toEqual([]);
    scene.replica.change({ versioning: { Status: 'Enabled' } });
    const now = scene.store.clock.now();
    expect(scene.current().replication?.status).toBe('FAILED');
    expect(scene.store.nextDue).toBe(never);
    expect(reattempt(scene.store, scene.vault, now)).toEqual({ at: nextCycle(now), tasks: 1 });
    expect(scene.store.nextDue).toBe(nextCycle(now));
    expect(scene.current()).toMatchObject({ key: 'report.pdf', replication: { status: 'PENDING' } });
    scene.store.clock.advance({ days: 1 });
    expect(settle(scene.store)).toMatchObject([{ action: 'replicate', result: 'COMPLETED' }]);
  });
});

// F855
it('a task of a fixture is carried out by the role of the bucket', () => {
  const scene = new CopyingScene();
  scene.role('replication', []);
  scene.put();
  for (const task of scene.vault.replications.values())
    scene.vault.replications.set(task.id, { ...task, terms: undefined });
  expect(scene.pass()).toEqual(failed('SrcBucketReplicationConfigMissing'));
});
