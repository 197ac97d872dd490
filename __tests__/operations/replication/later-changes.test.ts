import { describe, expect, it } from '@jest/globals';
import type { ReplicatedPart } from '../../../src/model/replication/replication-state';
import type { BucketFixture } from '../../../src/preset/bucket-fixture';
import type { DirectCall } from '../../support/answered-store';
import { put, remove, tagsOf } from '../../support/event-scene';
import { legalHold, retained } from '../../support/locks';
import { arnOf, configurationOf, copied, copiedScene, ReplicationScene, ruleOf } from '../../support/replication-rules';

const toReplica = { destination: 'replica', rule: 'all' };
const pending = { status: 'PENDING', copies: [{ ...toReplica, status: 'PENDING' }] };
const completed = { status: 'COMPLETED', copies: [{ ...toReplica, status: 'COMPLETED' }] };
const failed = { status: 'FAILED', copies: [{ ...toReplica, status: 'FAILED' }] };
const x = { Key: 'a', Value: 'x' };

const locked = (more: BucketFixture = {}) => ({
  vault: { ...copied(ruleOf('all')).vault, objectLock: true, ...more },
  replica: { ...copied().replica, objectLock: true },
});

const changes: readonly (readonly [operation: string, part: ReplicatedPart, at: (path: string) => DirectCall])[] = [
  ['PutObjectTagging', 'tags', (path) => tagsOf(path, ['a'])],
  ['DeleteObjectTagging', 'tags', (path) => remove(`${path}?tagging`)],
  ['PutObjectAcl', 'acl', (path) => put(`${path}?acl`, '', { 'x-amz-acl': 'authenticated-read' })],
  [
    'PutObjectRetention',
    'retention',
    (path) => put(`${path}?retention`, retained('GOVERNANCE', '2027-01-01T00:00:00Z')),
  ],
  ['PutObjectLegalHold', 'legal hold', (path) => put(`${path}?legal-hold`, legalHold('ON'))],
];

const withId = (call: DirectCall, id = ''): DirectCall => ({ ...call, path: `${call.path}&versionId=${id}` });

// F857
describe('after a version was copied', () => {
  it.each(changes)('%s makes it PENDING until that is copied too', (_operation, part, at) => {
    const { scene } = copiedScene(locked());
    expect(scene.state('vault', 'k')).toEqual(completed);
    scene.ask(at('/vault/k'));
    expect(scene.waiting()).toEqual([{ key: 'k', part, ...toReplica }]);
    expect(scene.state('vault', 'k')).toEqual(pending);
    expect(scene.copy()).toMatchObject([{ part, result: 'COMPLETED' }]);
    expect(scene.state('vault', 'k')).toEqual(completed);
    expect(scene.state('replica', 'k')).toMatchObject({ status: 'REPLICA' });
    expect(scene.version('replica', 'k')?.tags).toEqual(scene.version('vault', 'k')?.tags);
  });

  it.each(changes)('%s by a version id is copied to that version', (_operation, part, at) => {
    const { scene, id } = copiedScene(locked());
    scene.ask(put('/vault/k', 'newer'));
    scene.copy();
    scene.ask(withId(at('/vault/k'), id));
    expect(scene.waiting()).toEqual([{ key: 'k', part, ...toReplica }]);
    const [older, newer] = [scene.state('vault', 'k', id), scene.state('vault', 'k')];
    expect({ older, newer }).toEqual({ older: pending, newer: completed });
    scene.copy();
    expect(scene.state('vault', 'k', id)).toEqual(completed);
    expect(scene.version('replica', 'k', id)?.tags).toEqual(scene.version('vault', 'k', id)?.tags);
    expect(scene.version('replica', 'k')?.tags).toEqual([]);
  });

  it('several parts are each copied, and it is COMPLETED after the last', () => {
    const { scene } = copiedScene(locked());
    scene.ask(...changes.map(([, , at]) => at('/vault/k')));
    expect(scene.waiting().map(({ part }) => part)).toEqual(['tags', 'acl', 'retention', 'legal hold']);
    expect(scene.copy()).toHaveLength(4);
    expect(scene.state('vault', 'k')).toEqual(completed);
  });
});

// F857
describe('a later change is copied', () => {
  it('with the version if that is still on its way', () => {
    const scene = new ReplicationScene(copied(ruleOf('all')));
    scene.ask(put('/vault/k'), tagsOf('/vault/k', ['a']));
    expect(scene.waiting().map(({ part }) => part)).toEqual(['object']);
    scene.copy();
    expect(scene.version('replica', 'k')?.tags).toEqual([x]);
    expect(scene.state('vault', 'k')).toEqual(completed);
  });

  it('to each bucket that has the version, and not to one where that failed', () => {
    const rules = [ruleOf('all'), ruleOf('more', { Priority: 2, to: arnOf('more') })];
    const scene = new ReplicationScene({ ...copied(...rules), more: { versioning: 'Enabled' } });
    const more = { destination: 'more', rule: 'more' };
    scene.ask(put('/vault/both'));
    scene.copy();
    scene.bucket('more').change({ versioning: { Status: 'Suspended' } });
    scene.ask(put('/vault/one'));
    scene.copy();
    scene.bucket('more').change({ versioning: { Status: 'Enabled' } });
    scene.ask(tagsOf('/vault/both', ['a']), tagsOf('/vault/one', ['a']));
    expect(scene.waiting()).toEqual([
      { key: 'both', part: 'tags', ...toReplica },
      { key: 'both', part: 'tags', ...more },
      { key: 'one', part: 'tags', ...toReplica },
    ]);
    expect(scene.state('vault', 'one')).toEqual({
      status: 'PENDING',
      copies: [
        { ...toReplica, status: 'PENDING' },
        { ...more, status: 'FAILED' },
      ],
    });
    scene.copy();
    expect(['both', 'one'].map((key) => scene.state('vault', key)?.status)).toEqual(['COMPLETED', 'FAILED']);
    expect(scene.version('replica', 'one')?.tags).toEqual([x]);
    expect(scene.version('more', 'one')).toBeUndefined();
  });

  it('again after another one failed', () => {
    const { scene } = copiedScene(copied(ruleOf('all')));
    const { versioning } = scene.bucket('replica');
    scene.bucket('replica').change({ versioning: { Status: 'Suspended' } });
    scene.ask(tagsOf('/vault/k', ['a']));
    scene.copy();
    expect(scene.state('vault', 'k')).toEqual(failed);
    scene.bucket('replica').change({ versioning });
    scene.ask(tagsOf('/vault/k', ['b']));
    expect(scene.state('vault', 'k')).toEqual(pending);
    scene.copy();
    expect(scene.state('vault', 'k')).toEqual(completed);
  });

  it('and fails if the replica was deleted', () => {
    const { scene, id } = copiedScene(copied(ruleOf('all')));
    scene.ask(remove(`/replica/k?versionId=${id}`), tagsOf('/vault/k', ['a']));
    expect(scene.copy()).toMatchObject([{ part: 'tags', result: 'FAILED', reason: 'DstVersionNotFound' }]);
    expect(scene.state('vault', 'k')).toEqual(failed);
  });

  it('of a version that a fixture has as COMPLETED, by the rule that would copy it', () => {
    const scene = new ReplicationScene(locked({ objects: { k: 'data' } }));
    const version = scene.version('vault', 'k');
    if (version === undefined) throw new Error('no version');
    const given = (status: 'COMPLETED' | 'FAILED') =>
      scene.bucket('vault').versions.replace({ ...version, replication: { status, copies: [] } });
    given('FAILED');
    scene.ask(tagsOf('/vault/k', ['a']));
    expect(scene.waiting()).toEqual([]);
    given('COMPLETED');
    scene.ask(tagsOf('/vault/k', ['a']));
    expect(scene.waiting()).toEqual([{ key: 'k', part: 'tags', ...toReplica }]);
    expect(scene.state('vault', 'k')).toEqual(pending);
  });
});

// F857
describe('a later change is not copied', () => {
  const acl = put('/vault/k?acl', '', { 'x-amz-acl': 'authenticated-read' });
  const owned = {
    Destination: {
      Bucket: arnOf('replica'),
      Account: '000000000000',
      AccessControlTranslation: { Owner: 'Destination' },
    },
  } as const;

  it.each<[what: string, buckets: Readonly<Record<string, BucketFixture>>]>([
    ['replicas are of the owner of their bucket', copied(ruleOf('all', owned))],
    ['the other bucket has no ACLs', { ...copied(ruleOf('all')), replica: { versioning: 'Enabled' } }],
  ])('of an ACL if %s', (_what, buckets) => {
    const { scene } = copiedScene(buckets);
    scene.ask(acl);
    expect(scene.waiting()).toEqual([]);
    expect(scene.state('vault', 'k')).toEqual(completed);
    scene.ask(tagsOf('/vault/k', ['a']));
    expect(scene.waiting()).toHaveLength(1);
  });

  it('on a version that never reached the other bucket', () => {
    const scene = new ReplicationScene(copied(ruleOf('all')));
    const { versioning } = scene.bucket('replica');
    scene.bucket('replica').change({ versioning: { Status: 'Suspended' } });
    scene.ask(put('/vault/k'));
    scene.copy();
    scene.bucket('replica').change({ versioning });
    scene.ask(tagsOf('/vault/k', ['a']));
    expect(scene.waiting()).toEqual([]);
    expect(scene.state('vault', 'k')).toEqual(failed);
  });

  it('on a version that no rule copied', () => {
    const scene = new ReplicationScene(locked({ objects: { k: { body: 'data', tags: { first: 'x' } } } }));
    scene.ask(...changes.map(([, , at]) => at('/vault/k')));
    expect(scene.waiting()).toEqual([]);
    expect(scene.state('vault', 'k')).toBeUndefined();
  });

  it('from a replica', () => {
    const { scene } = copiedScene({
      ...copied(ruleOf('all')),
      replica: { versioning: 'Enabled', replication: configurationOf(ruleOf('back', { to: arnOf('vault') })) },
    });
    scene.ask(tagsOf('/replica/k', ['a']));
    expect(scene.waiting('replica')).toEqual([]);
    expect(scene.version('vault', 'k')?.tags).toEqual([{ Key: 'first', Value: 'x' }]);
    // The next change of the source replaces it.
    scene.ask(tagsOf('/vault/k', ['b']));
    scene.copy();
    expect(scene.version('replica', 'k')?.tags).toEqual([{ Key: 'b', Value: 'x' }]);
  });
});

const ruleElement = (id: string, to = 'replica', status = 'Enabled') =>
  `<Rule>${id && `<ID>${id}</ID>`}<Priority>1</Priority><Filter/><Status>${status}</Status><DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication><Destination><Bucket>${arnOf(to)}</Bucket></Destination></Rule>`;

// F857
describe('other rules are put', () => {
  const removed: readonly (readonly [what: string, rules: string])[] = [
    ['without the rule', ruleElement('other', 'more')],
    ['with the rule disabled', ruleElement('all', 'replica', 'Disabled')],
    ['with the rule to another bucket', ruleElement('all', 'more')],
  ];
  const buckets = { ...copied(ruleOf('all')), more: { versioning: 'Enabled' } } as const;

  it.each(removed)('%s: a change that waits is copied to where it was asked for', (_what, rules) => {
    const { scene } = copiedScene(buckets);
    scene.ask(tagsOf('/vault/k', ['a']));
    scene.putRules('vault', rules);
    expect(scene.copy()).toMatchObject([{ part: 'tags', destination: 'replica', result: 'COMPLETED' }]);
    expect(scene.version('replica', 'k')?.tags).toEqual([x]);
  });

  it.each(removed)('%s: later changes are not copied any more', (_what, rules) => {
    const { scene } = copiedScene(buckets);
    scene.putRules('vault', rules);
    scene.ask(tagsOf('/vault/k', ['a']));
    expect(scene.waiting()).toEqual([]);
    expect(scene.state('vault', 'k')).toEqual(completed);
  });

  it('without ids, which makes new ones: what changes later goes by them', () => {
    const { scene } = copiedScene(buckets);
    scene.putRules('vault', ruleElement(''));
    const id = scene.bucket('vault').settings.replication?.Rules[0]?.ID;
    expect(id).toMatch(/^.{20}/);
    scene.ask(tagsOf('/vault/k', ['a']));
    expect(scene.copy()).toMatchObject([{ part: 'tags', result: 'COMPLETED', rule: id }]);
    expect(scene.state('vault', 'k')?.copies).toEqual([{ destination: 'replica', rule: id, status: 'COMPLETED' }]);
    expect(scene.version('replica', 'k')?.tags).toEqual([x]);
  });
});
