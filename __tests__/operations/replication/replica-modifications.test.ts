import { describe, expect, it } from '@jest/globals';
import type { BucketFixture } from '../../../src/preset/bucket-fixture';
import type { DirectCall } from '../../support/answered-store';
import { put, remove, tagsOf } from '../../support/event-scene';
import { legalHold, retained } from '../../support/locks';
import {
  arnOf,
  configurationOf,
  copied,
  copiedScene,
  ReplicationScene,
  ruleOf,
  withSync,
} from '../../support/replication-rules';

type Rule = ReturnType<typeof ruleOf>;

const back = { destination: 'vault', rule: 'back' };
const x = (Key: string) => ({ Key, Value: 'x' });

const twoWays = (
  there: Rule = ruleOf('all', withSync),
  rule: Rule = ruleOf('back', { ...withSync, to: arnOf('vault') }),
) => ({
  vault: { ...copied(there).vault, objectLock: true },
  replica: { ...copied().replica, objectLock: true, replication: configurationOf(rule) },
});

// F858
describe('a change of a replica goes back to its source', () => {
  it.each<[part: string, at: DirectCall]>([
    ['tags', tagsOf('/replica/k', ['a'])],
    ['tags', remove('/replica/k?tagging')],
    ['acl', put('/replica/k?acl', '', { 'x-amz-acl': 'authenticated-read' })],
    ['retention', put('/replica/k?retention', retained('GOVERNANCE', '2027-01-01T00:00:00Z'))],
    ['legal hold', put('/replica/k?legal-hold', legalHold('ON'))],
  ])('if both buckets ask for it: %s', (part, call) => {
    const { scene } = copiedScene(twoWays());
    scene.ask(call);
    expect(scene.waiting('replica')).toEqual([{ key: 'k', part, ...back }]);
    expect(scene.state('replica', 'k')).toEqual({
      status: 'PENDING',
      source: 'vault',
      copies: [{ ...back, status: 'PENDING' }],
    });
    expect(scene.copy()).toMatchObject([{ bucket: 'replica', destination: 'vault', part, result: 'COMPLETED' }]);
    expect(scene.state('replica', 'k')).toEqual({
      status: 'REPLICA',
      source: 'vault',
      copies: [{ ...back, status: 'COMPLETED' }],
    });
    // The source is what it was, and sends nothing of it on.
    expect(scene.state('vault', 'k')?.status).toBe('COMPLETED');
    expect(scene.version('vault', 'k')?.tags).toEqual(scene.version('replica', 'k')?.tags);
    const [vault, replica] = ['vault', 'replica'].map((bucket) => scene.waiting(bucket));
    expect({ vault, replica, copied: scene.copy() }).toEqual({ vault: [], replica: [], copied: [] });
  });

  it('and comes again from there, as often as it changes on either side', () => {
    const { scene } = copiedScene(twoWays());
    for (const [bucket, tag] of [
      ['replica', 'a'],
      ['vault', 'b'],
      ['replica', 'c'],
    ] as const) {
      scene.ask(tagsOf(`/${bucket}/k`, [tag]));
      expect(scene.copy()).toHaveLength(1);
      const [vault, replica] = ['vault', 'replica'].map((name) => scene.version(name, 'k')?.tags);
      expect({ vault, replica }).toEqual({ vault: [x(tag)], replica: [x(tag)] });
    }
  });

  const notAsking = { SourceSelectionCriteria: { ReplicaModifications: { Status: 'Disabled' } } } as const;
  const to = arnOf('vault');

  it.each<[what: string, buckets: Readonly<Record<string, BucketFixture>>]>([
    ['the bucket of the replica alone asks', twoWays(ruleOf('all'))],
    ['the source alone asks', twoWays(undefined, ruleOf('back', { to }))],
    ['one says that it does not', twoWays(ruleOf('all', notAsking))],
    ['there is no rule back', copied(ruleOf('all', withSync))],
  ])('not if %s', (_what, buckets) => {
    const { scene } = copiedScene(buckets);
    scene.ask(tagsOf('/replica/k', ['a']));
    expect(scene.waiting('replica')).toEqual([]);
    expect(scene.state('replica', 'k')).toEqual({ status: 'REPLICA', source: 'vault', copies: [] });
  });

  it('not an ACL, if the source has no ACLs', () => {
    const { scene } = copiedScene(twoWays());
    scene.bucket('vault').change({ ownershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } });
    scene.ask(put('/replica/k?acl', '', { 'x-amz-acl': 'authenticated-read' }));
    expect(scene.waiting('replica')).toEqual([]);
  });

  it('by the rule that asked for it, whichever is put while it waits', () => {
    const { scene } = copiedScene(twoWays());
    scene.ask(tagsOf('/replica/k', ['a']));
    const selecting =
      '<SourceSelectionCriteria><ReplicaModifications><Status>Enabled</Status></ReplicaModifications></SourceSelectionCriteria>';
    const put = (id: string, criteria: string) =>
      scene.putRules(
        'replica',
        `<Rule><ID>${id}</ID><Priority>1</Priority><Filter/><Status>Enabled</Status>${criteria}<DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication><Destination><Bucket>${to}</Bucket></Destination></Rule>`,
      );
    const [waiting] = scene.waiting('replica');
    put('other', selecting);
    expect(scene.waiting('replica')).toEqual([waiting]);
    put('not asking', '');
    expect(scene.copy()).toMatchObject([{ part: 'tags', result: 'COMPLETED' }]);
  });

  it('and fails if the source is gone; the next change is tried again', () => {
    const { scene, id } = copiedScene(twoWays());
    scene.ask(remove(`/vault/k?versionId=${id}`), tagsOf('/replica/k', ['a']));
    expect(scene.copy()).toMatchObject([{ result: 'FAILED', reason: 'DstVersionNotFound' }]);
    expect(scene.state('replica', 'k')?.status).toBe('FAILED');
    scene.ask(tagsOf('/replica/k', ['b']));
    expect(scene.state('replica', 'k')?.status).toBe('PENDING');
  });

  it('of a replica that a fixture has, if the other bucket has its version', () => {
    const { vault, replica } = twoWays();
    const objects = { k: { body: 'data', versionId: 'given' } };
    const scene = new ReplicationScene({ vault: { ...vault, objects }, replica: { ...replica, objects } });
    const version = scene.version('replica', 'k');
    if (version === undefined) throw new Error('no version');
    scene.bucket('replica').versions.replace({ ...version, replication: { status: 'REPLICA', copies: [] } });
    scene.ask(tagsOf('/replica/k', ['a']));
    scene.copy();
    expect(scene.version('vault', 'k')?.tags).toEqual([x('a')]);
    expect(scene.state('replica', 'k')?.status).toBe('REPLICA');
  });
});

// F858
describe('of three buckets', () => {
  const rules = (...to: readonly string[]) =>
    configurationOf(...to.map((name, index) => ruleOf(name, { ...withSync, Priority: index, to: arnOf(name) })));
  const bucket = (...to: readonly string[]): BucketFixture => ({
    versioning: 'Enabled',
    ...(to.length > 0 && { replication: rules(...to) }),
  });
  const tagsIn = (scene: ReplicationScene) =>
    ['vault', 'replica', 'third'].map((name) =>
      scene
        .version(name, 'k')
        ?.tags.map(({ Key }) => Key)
        .join(),
    );

  it('a change of a replica reaches all if each is copied to each', () => {
    const { scene } = copiedScene({
      vault: bucket('replica', 'third'),
      replica: bucket('vault', 'third'),
      third: bucket('vault', 'replica'),
    });
    scene.ask(tagsOf('/replica/k', ['a']));
    expect(scene.copy()).toHaveLength(2);
    expect(tagsIn(scene)).toEqual(['a', 'a', 'a']);
    expect(scene.copy()).toEqual([]);
    expect(scene.state('replica', 'k')?.status).toBe('REPLICA');
  });

  it('it goes no further than to the source if that copies to the third', () => {
    const { scene } = copiedScene({ vault: bucket('replica', 'third'), replica: bucket('vault'), third: bucket() });
    scene.ask(tagsOf('/replica/k', ['a']));
    expect(scene.copy()).toHaveLength(1);
    expect(tagsIn(scene)).toEqual(['a', 'a', 'first']);
  });

  it('it does not go to one that has no such version', () => {
    const { scene } = copiedScene({
      vault: bucket('replica'),
      replica: bucket('vault', 'third'),
      third: bucket('replica'),
    });
    scene.ask(tagsOf('/replica/k', ['a']));
    expect(scene.waiting('replica').map(({ destination }) => destination)).toEqual(['vault']);
  });
});
