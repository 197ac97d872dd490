import { describe, expect, it } from '@jest/globals';
import type { ReplicationRule } from '../../../src/model/configurations/replication-rules';
import { deleteKey } from '../../../src/model/versions/writes';
import type { DirectCall } from '../../support/answered-store';
import { signedV4, textOf } from '../../support/documents';
import { copy, put, remove, removeAll, tagsOf } from '../../support/event-scene';
import {
  arnOf,
  configurationOf,
  copied,
  firstRuleOf,
  ReplicationScene,
  ruleOf,
  withMarkers,
} from '../../support/replication-rules';
import { formOf } from '../../support/writing-calls';

const toReplica = { destination: 'replica', rule: 'all' };
const object = (key: string) => ({ key, part: 'object', ...toReplica });
const marker = (key: string) => ({ key, part: 'delete marker', ...toReplica });

function upload(scene: ReplicationScene, path: string, headers: DirectCall['headers'] = {}, between = () => {}): void {
  const { answered } = scene;
  const begun = answered.ask({ method: 'POST', path: `${path}?uploads`, headers });
  const id = textOf('UploadId', { body: String(begun.body) });
  const part = answered.ask(put(`${path}?partNumber=1&uploadId=${id}`, 'data'));
  between();
  const etag = new Map(part.headers).get('etag') ?? new Map(part.headers).get('ETag');
  const body = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${etag}</ETag></Part></CompleteMultipartUpload>`;
  scene.ask({ method: 'POST', path: `${path}?uploadId=${id}`, body });
}

// F850
describe('what a request writes is copied', () => {
  it.each<[operation: string, write: (scene: ReplicationScene) => void]>([
    ['PutObject', (scene) => scene.ask(put('/vault/new', 'data'))],
    ['CopyObject', (scene) => scene.ask(copy('/vault/old', '/vault/new'))],
    ['CopyObject from another bucket', (scene) => scene.ask(put('/replica/k'), copy('/replica/k', '/vault/new'))],
    ['CompleteMultipartUpload', (scene) => upload(scene, '/vault/new')],
    ['a form', (scene) => scene.ask({ method: 'POST', path: '/vault', ...formOf('vault', 'new') })],
  ])('by %s', (_operation, write) => {
    const scene = new ReplicationScene({
      ...copied(ruleOf('all')),
      vault: { ...copied(ruleOf('all')).vault, objects: { old: 'data' } },
    });
    write(scene);
    expect(scene.waiting()).toEqual([object('new')]);
    expect(scene.state('vault', 'new')).toEqual({
      status: 'PENDING',
      copies: [{ ...toReplica, status: 'PENDING' }],
    });
    expect(scene.version('replica', 'new')).toBeUndefined();

    expect(scene.copy()).toMatchObject([{ action: 'replicate', part: 'object', result: 'COMPLETED' }]);
    expect(scene.state('vault', 'new')?.status).toBe('COMPLETED');
    expect(scene.state('replica', 'new')).toEqual({ status: 'REPLICA', source: 'vault', copies: [] });
    expect(scene.version('replica', 'new')?.sequence).toBe(scene.version('vault', 'new')?.sequence);
    expect(scene.waiting()).toEqual([]);
  });

  it('as often as it is written, each version by itself', () => {
    const scene = new ReplicationScene(copied(ruleOf('all')));
    const ids = scene.ask(put('/vault/k', 'one'), put('/vault/k', 'two'));
    scene.copy();
    expect(ids.map((id) => scene.state('replica', 'k', id)?.status)).toEqual(['REPLICA', 'REPLICA']);
  });

  it('by the tags of the write, not by those that come later', () => {
    const Filter = { Tag: { Key: 'copy', Value: 'x' } };
    const scene = new ReplicationScene(copied(ruleOf('all', { Filter })));
    scene.ask(put('/vault/tagged', '', { 'x-amz-tagging': 'copy=x' }), put('/vault/plain'));
    upload(scene, '/vault/uploaded', { 'x-amz-tagging': 'copy=x' });
    scene.ask(tagsOf('/vault/plain', ['copy']));
    expect(scene.waiting()).toEqual([object('tagged'), object('uploaded')]);
    expect(scene.state('vault', 'plain')).toBeUndefined();
  });

  it('by the rules when it is complete, not by those when its upload began', () => {
    const scene = new ReplicationScene({ ...copied(ruleOf('all')), vault: { versioning: 'Enabled' } });
    upload(scene, '/vault/k', {}, () =>
      scene.putRules(
        'vault',
        `<Rule><ID>all</ID><Prefix/><Status>Enabled</Status><Destination><Bucket>${arnOf('replica')}</Bucket></Destination></Rule>`,
      ),
    );
    expect(scene.waiting()).toEqual([object('k')]);
  });

  it('with the encryption that the bucket gives it, if the rule selects that', () => {
    const Destination = { Bucket: arnOf('replica'), EncryptionConfiguration: { ReplicaKmsKeyID: 'alias/key' } };
    const selecting = ruleOf('all', {
      Filter: { Prefix: 'selected' },
      SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
      Destination,
    });
    const { replica, vault } = copied(selecting, ruleOf('plain', { Priority: 2, Filter: { Prefix: 'plain' } }));
    const scene = new ReplicationScene({ replica, vault: { ...vault, encryption: 'aws:kms' } });
    const dsse = { 'x-amz-server-side-encryption': 'aws:kms:dsse' };
    scene.ask(put('/vault/selected'), put('/vault/selected-dsse', '', dsse));
    scene.ask(put('/vault/plain'), put('/vault/plain-dsse', '', dsse));
    scene.ask(put('/vault/plain-s3', '', { 'x-amz-server-side-encryption': 'AES256' }));
    expect(scene.waiting().map(({ key }) => key)).toEqual(['selected', 'selected-dsse', 'plain-s3']);
  });

  it("of another account, if that lets the bucket's owner read it and its ACL", () => {
    const scene = new ReplicationScene(copied(ruleOf('all')));
    const partner = scene.store.addAccount('partner');
    const [accessKeyId = ''] = partner.accessKeyIds;
    scene.bucket('vault').change({ acl: [{ grantee: partner, permission: 'WRITE' }] });
    const by = (word?: string) => ({ authorization: signedV4(accessKeyId), ...(word && { 'x-amz-acl': word }) });
    scene.ask(put('/vault/private', '', by()), put('/vault/read', '', by('bucket-owner-read')));
    scene.ask(put('/vault/full', '', by('bucket-owner-full-control')), put('/vault/own'));
    expect(scene.waiting()).toEqual([object('full'), object('own')]);
  });
});

function deletePastTheWire(scene: ReplicationScene, key: string): void {
  scene.store.transaction(() => deleteKey(scene.store, scene.bucket('vault'), key));
}

// F1621
describe('what a rule excludes is not copied', () => {
  const team = { Key: 'team', Value: 'a' };
  const and = { Prefix: 'docs/', Not: { Prefix: 'docs/tmp/' } };
  it.each<[filter: NonNullable<ReplicationRule['Filter']>, copied: readonly string[]]>([
    [{ Not: { Prefix: 'docs/' } }, ['tagged', 'tmp/b', 'z']],
    [{ Not: { Tag: team } }, ['docs/a', 'docs/tmp/c', 'tmp/b', 'z']],
    [{ Not: { Tag: { ...team, Value: 'b' } } }, ['docs/a', 'docs/tmp/c', 'tagged', 'tmp/b', 'z']],
    [{ Not: { Or: { Prefixes: ['docs/', 'tmp/'], Tags: [team] } } }, ['z']],
    [{ And: and }, ['docs/a']],
    [{ And: { Tags: [team], Not: { Prefix: 'docs/' } } }, ['tagged']],
    [{ Not: { Prefix: '' } }, []],
  ])('%j', (Filter, keys) => {
    const scene = new ReplicationScene(copied(ruleOf('all', { Filter })));
    for (const key of ['docs/a', 'docs/tmp/c', 'tmp/b', 'z']) scene.ask(put(`/vault/${key}`));
    scene.ask(put('/vault/tagged', '', { 'x-amz-tagging': 'team=a' }));
    expect(
      scene
        .waiting()
        .map(({ key }) => key)
        .toSorted(),
    ).toEqual(keys);
  });

  it('leaves it to a rule of a lower priority, and its delete markers too', () => {
    const excluding = ruleOf('first', { ...withMarkers, Priority: 2, Filter: { Not: { Prefix: 'tmp/' } } });
    const scene = new ReplicationScene(copied(excluding, ruleOf('rest', { Filter: { Prefix: 'tmp/' } })));
    scene.ask(put('/vault/tmp/a'), put('/vault/b'), remove('/vault/tmp/a'), remove('/vault/b'));
    expect(scene.waiting().map(({ key, part, rule }) => [key, part, rule])).toEqual([
      ['tmp/a', 'object', 'rest'],
      ['b', 'object', 'first'],
      ['b', 'delete marker', 'first'],
    ]);
  });
});

// F850
describe('nothing is copied', () => {
  it.each<[what: string, act: (scene: ReplicationScene, id: string) => void]>([
    ['of a version by its later changes', (scene) => scene.ask(tagsOf('/vault/old', ['a']))],
    ['when a version is deleted by its id', (scene, id) => scene.ask(remove(`/vault/old?versionId=${id}`))],
    ['of what a test does past the wire', (scene) => deletePastTheWire(scene, 'old')],
    ['of a request that S3 refuses', ({ answered }) => answered.ask(put('/vault/k', '', { 'x-amz-acl': 'unknown' }))],
    ['of a read', (scene) => scene.ask({ method: 'GET', path: '/vault/old' })],
    ['to a bucket that only receives', (scene) => scene.ask(put('/replica/k'), remove('/replica/k'))],
    ['of keys that no rule has', (scene) => scene.ask(put('/vault/other/k'))],
  ])('%s', (_what, act) => {
    const rules = [ruleOf('all', { ...withMarkers, Filter: { Prefix: 'old' } }), ruleOf('k', inKeys)];
    const { vault, replica } = copied(...rules);
    const scene = new ReplicationScene({ replica, vault: { ...vault, objects: { old: 'data' } } });
    const id = scene.store.versionIds.writeId(scene.version('vault', 'old')?.sequence ?? 0);
    act(scene, id);
    expect(scene.waiting()).toEqual([]);
    expect(scene.copy()).toEqual([]);
  });

  const inKeys = { Filter: { Prefix: 'k' }, Priority: 2 };

  it('of what lifecycle deletes, even where delete markers are copied', () => {
    const { vault, replica } = copied(ruleOf('all', withMarkers));
    const lifecycle = { Rules: [{ ID: 'old', Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } }] } as const;
    const scene = new ReplicationScene({ replica, vault: { ...vault, lifecycle } });
    scene.ask(put('/vault/k'));
    scene.copy();
    scene.store.clock.advance({ days: 3 });
    expect(scene.copy()).toMatchObject([{ action: 'expire' }]);
    expect(scene.version('vault', 'k')?.content).toBeUndefined();
    expect(scene.state('vault', 'k')).toBeUndefined();
    expect(scene.version('replica', 'k')?.content).toBeDefined();
  });

  it('of what was copied: not back, and not on to a third bucket', () => {
    const scene = new ReplicationScene({
      ...copied(ruleOf('all', withMarkers)),
      replica: {
        versioning: 'Enabled',
        replication: configurationOf(
          ruleOf('back', { ...withMarkers, to: arnOf('vault') }),
          ruleOf('on', { ...withMarkers, Priority: 2, to: arnOf('third') }),
        ),
      },
      third: { versioning: 'Enabled' },
    });
    scene.ask(put('/vault/k'), remove('/vault/k'));
    expect(scene.copy()).toHaveLength(2);
    expect(scene.waiting('replica')).toEqual([]);
    expect([...scene.bucket('third').versions.of('k')]).toEqual([]);
    // What is written there itself goes to both.
    scene.ask(put('/replica/k'));
    expect(scene.waiting('replica').map(({ rule }) => rule)).toEqual(['back', 'on']);
  });

  it('of what existed before the rule, until it is copied onto itself', () => {
    const { vault, replica } = copied(ruleOf('all'));
    const scene = new ReplicationScene({ replica, vault: { ...vault, objects: { k: 'data' } } });
    expect(scene.copy()).toEqual([]);
    scene.ask({
      ...copy('/vault/k', '/vault/k'),
      headers: { 'x-amz-copy-source': '/vault/k', 'x-amz-metadata-directive': 'REPLACE' },
    });
    expect(scene.waiting()).toEqual([object('k')]);
    const [, before] = [...scene.bucket('vault').versions.of('k')];
    expect(before?.replication).toBeUndefined();
  });
});

// F852
describe('a delete marker that a request makes', () => {
  it.each<[what: string, rule: ReturnType<typeof ruleOf>, copies: boolean]>([
    ['by a rule of the first version', firstRuleOf('all'), true],
    ['by one of the second version that says so', ruleOf('all', withMarkers), true],
    ['not by one that does not', ruleOf('all'), false],
  ])('is copied %s', (_what, rule, copies) => {
    const scene = new ReplicationScene(copied(rule));
    scene.ask(remove('/vault/a'), removeAll('vault', ['b', 'c']));
    const waiting = scene.waiting();
    expect(waiting).toEqual(copies ? ['a', 'b', 'c'].map(marker) : []);
    scene.copy();
    expect(scene.version('replica', 'b')?.sequence).toBe(copies ? scene.version('vault', 'b')?.sequence : undefined);
  });

  it('is copied with its id; taking it away is not', () => {
    const scene = new ReplicationScene(copied(ruleOf('all', withMarkers)));
    const [, id = ''] = scene.ask(put('/vault/k'), remove('/vault/k'));
    scene.copy();
    scene.ask(remove(`/vault/k?versionId=${id}`));
    scene.copy();
    expect(scene.version('vault', 'k')?.content).toBeDefined();
    expect(scene.version('replica', 'k')?.content).toBeUndefined();
    expect(scene.version('replica', 'k', id)).toBeDefined();
  });
});
