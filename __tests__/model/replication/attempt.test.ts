import { describe, expect, it } from '@jest/globals';
import { deleteVersion } from '../../../src/model/versions/writes';
import { CopyingScene, completed, failed, own, replicator, trustsS3 } from '../../support/copying-scene';

const kms = (id: string) => ({
  ServerSideEncryption: 'aws:kms' as const,
  SSEKMSKeyId: `arn:aws:kms:us-east-1:${own}:key/${id}`,
});
const ofSource = '11111111-1111-4111-8111-111111111111';
const ofReplica = '22222222-2222-4222-8222-222222222222';
const selectsKms = (ReplicaKmsKeyID: string) => ({
  SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } } as const,
  Destination: { Bucket: 'arn:aws:s3:::replica', EncryptionConfiguration: { ReplicaKmsKeyID } },
});
const until = Date.UTC(2030, 0, 1);
const retained = { retention: { Mode: 'GOVERNANCE' as const, until }, legalHold: undefined };

// F853
describe('a copy that waits', () => {
  it('is made by the role of the configuration that asked for it', () => {
    const scene = new CopyingScene();
    scene.role('refused', [], [trustsS3]);
    scene.put();
    scene.configure({}, `arn:aws:iam::${own}:role/refused`);
    expect(scene.pass()).toEqual(completed);
    scene.put();
    scene.configure({}, replicator);
    expect(scene.pass()).toEqual(failed('SrcBucketReplicationConfigMissing'));
  });
});

// F853
describe('a copy fails for good', () => {
  it('if its rule is gone, and nobody knows what it was', () => {
    const scene = new CopyingScene();
    scene.put();
    for (const task of scene.vault.replications.values())
      scene.vault.replications.set(task.id, { ...task, terms: undefined });
    scene.vault.change({ replication: undefined });
    expect(scene.pass()).toEqual(
      failed('SrcBucketReplicationConfigMissing', "bucket 'vault' has no enabled rule 'all' to 'replica' any more"),
    );
  });

  it('if the version was deleted by its id', () => {
    const scene = new CopyingScene();
    const id = scene.put();
    deleteVersion(scene.store, scene.vault, 'report.pdf', id);
    expect(scene.pass()).toEqual(
      failed('SrcVersionNotFound', `version ${id} of 'report.pdf' was deleted before it was copied`),
    );
    expect(scene.replica.versions.current('report.pdf')).toBeUndefined();
  });

  it('if the destination is gone', () => {
    const scene = new CopyingScene();
    scene.put();
    scene.store.deleteBucket('replica');
    expect(scene.pass()).toEqual(failed('DstBucketNotFound', "there is no bucket 'replica'"));
  });

  it('if versioning of the destination is suspended', () => {
    const scene = new CopyingScene();
    scene.put();
    scene.replica.change({ versioning: { Status: 'Suspended' } });
    expect(scene.pass()).toEqual(failed('DstBucketUnversioned', "versioning of bucket 'replica' is Suspended"));
  });

  it('if the version is locked and the destination has no object lock', () => {
    const scene = new CopyingScene({ source: { objectLock: true } });
    expect(scene.copy()).toEqual(completed);
    const why = expect.stringMatching(
      /^version \S+ has a retention or a legal hold, and bucket 'replica' has no object lock$/,
    );
    expect(scene.copy({ lock: retained })).toEqual(failed('DstBucketObjectLockConfigMissing', why));
  });

  it('of its lock alone, if a version is locked later', () => {
    const scene = new CopyingScene({ source: { objectLock: true } });
    expect(scene.copy()).toEqual(completed);
    scene.change('PutObjectRetention', { lock: retained });
    expect(scene.pass()).toEqual(failed('DstBucketObjectLockConfigMissing'));
    scene.change('PutObjectTagging', { tags: [{ Key: 'a', Value: '1' }] });
    expect(scene.pass()).toEqual(completed);
  });
});

describe('an object that its rule does not select any more', () => {
  const notEligible = (why: string) => failed('SrcObjectNotEligible', `rule 'all' does not select it any more: ${why}`);

  it('is not copied once it is in an archive', () => {
    const scene = new CopyingScene();
    scene.put();
    const { content } = scene.current();
    scene.change('', { content: content && { ...content, storageClass: 'GLACIER' } });
    expect(scene.pass()).toEqual(notEligible('its storage class is GLACIER'));
  });

  it('is not copied once a key of KMS encrypts it, unless the rule selects such objects', () => {
    const scene = new CopyingScene();
    scene.put();
    const { content } = scene.current();
    scene.change('UpdateObjectEncryption', { content: content && { ...content, encryption: kms(ofSource) } });
    expect(scene.pass()).toEqual(notEligible('it is encrypted with a key of KMS'));
  });

  it('is copied although its tags do not match any more: a version is matched once', () => {
    const copied = { Key: 'copy', Value: 'yes' };
    const scene = new CopyingScene({ rule: { Filter: { Tag: copied } } });
    scene.put({ tags: [copied] });
    scene.change('DeleteObjectTagging', { tags: [] });
    expect(scene.pass()).toEqual(completed);
  });

  it('is copied in its later changes, in whatever storage class it is by then', () => {
    const scene = new CopyingScene();
    scene.copy();
    const { content } = scene.current();
    const tags = [{ Key: 'stage', Value: 'final' }];
    scene.change('', { content: content && { ...content, storageClass: 'GLACIER' } });
    scene.change('PutObjectTagging', { tags });
    expect(scene.pass()).toEqual(completed);
    expect(scene.current(scene.replica).tags).toEqual(tags);
  });

  it('is copied although the rule has another prefix by now', () => {
    const scene = new CopyingScene();
    scene.put();
    scene.configure({ Filter: { Prefix: 'logs/' } });
    expect(scene.pass()).toEqual(completed);
  });
});

// F889
describe('a key of KMS', () => {
  it.each([
    ['disabled', 'KmsKeyInvalidState'],
    ['pending deletion', 'KmsKeyInvalidState'],
    ['missing', 'KmsKeyNotFound'],
  ] as const)('that is %s keeps an object from being copied, on either side', (state, reason) => {
    const scene = new CopyingScene({ rule: selectsKms(ofReplica) });
    scene.store.kms.set(ofSource, state);
    expect(scene.copy({ encryption: kms(ofSource) })).toEqual(
      failed(`Src${reason}`, `kmsKeys has '${ofSource}' as '${state}'`),
    );
    scene.store.kms.set(ofSource, 'enabled');
    scene.store.kms.set(ofReplica, state);
    expect(scene.copy({ encryption: kms(ofSource) })).toEqual(
      failed(`Dst${reason}`, `kmsKeys has '${ofReplica}' as '${state}'`),
    );
    scene.store.kms.set(ofReplica, 'enabled');
    expect(scene.copy({ encryption: kms(ofSource) })).toEqual(completed);
  });

  it("is found by the alias that the rule names, in the source's account and the destination's region", () => {
    const scene = new CopyingScene({ rule: selectsKms('alias/replicas'), destination: { region: 'eu-west-1' } });
    scene.store.kms.set(`arn:aws:kms:eu-west-1:${own}:alias/replicas`, 'disabled');
    expect(scene.copy({ encryption: kms(ofSource) })).toEqual(failed('DstKmsKeyInvalidState'));
  });

  it.each(['none of KMS', `arn:aws:kms:us-west-2:${own}:key/${ofReplica}`])(
    'is not found by %s, which S3 takes in a rule',
    (name) => {
      const scene = new CopyingScene({ rule: selectsKms(name), destination: { region: 'eu-west-1' } });
      expect(scene.copy({ encryption: kms(ofSource) })).toEqual(
        failed('DstKmsKeyNotFound', expect.stringContaining(' names no key in region eu-west-1')),
      );
    },
  );

  it('is not asked for later changes', () => {
    const scene = new CopyingScene({ rule: selectsKms(ofReplica) });
    scene.copy({ encryption: kms(ofSource) });
    scene.store.kms.set(ofSource, 'disabled');
    scene.store.kms.set(ofReplica, 'disabled');
    scene.change('PutObjectTagging', { tags: [{ Key: 'stage', Value: 'final' }] });
    expect(scene.pass()).toEqual(completed);
  });
});

// F853
describe('of several reasons', () => {
  it('that of the source comes before that of the destination', () => {
    const scene = new CopyingScene();
    const id = scene.put();
    deleteVersion(scene.store, scene.vault, 'report.pdf', id);
    scene.store.deleteBucket('replica');
    expect(scene.pass()).toEqual(failed('SrcVersionNotFound'));
  });

  it('the permission to write comes before the state of the destination', () => {
    const scene = new CopyingScene({ partner: true });
    scene.put();
    scene.replica.change({ versioning: { Status: 'Suspended' } });
    expect(scene.pass()).toEqual(failed('DstPutObjectNotPermitted'));
  });

  it('the role comes before the version', () => {
    const scene = new CopyingScene();
    scene.role('replication', undefined, [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
    const id = scene.put({ lock: retained });
    deleteVersion(scene.store, scene.vault, 'report.pdf', id);
    expect(scene.pass()).toEqual(failed('AssumeRoleNotPermitted'));
  });
});

describe('on IBM COS', () => {
  const rule = {
    Destination: { Bucket: 'crn:v1:bluemix:public:cloud-object-storage:global:a/1:2:bucket:replica' },
  };

  it('rules select no encryption', () => {
    const scene = new CopyingScene({ rule });
    scene.put();
    const { content } = scene.current();
    scene.change('', { content: content && { ...content, encryption: kms(ofSource) } });
    expect(scene.pass()).toEqual(completed);
  });

  it('no role is asked', () => {
    const scene = new CopyingScene({ rule, partner: true });
    scene.role('replication', []);
    expect(scene.copy({ tags: [{ Key: 'a', Value: '1' }] })).toEqual(completed);
    expect(scene.current(scene.replica).tags).toEqual([{ Key: 'a', Value: '1' }]);
  });
});

it('a test that injects a failure is told the destination and the time', () => {
  const scene = new CopyingScene();
  const told: unknown[] = [];
  const failureOfReplication = (source: unknown, { part }: { readonly part: string }, more: object) =>
    void told.push({ source, part, ...more });
  Object.assign(scene.store, { failureOfReplication });
  expect(scene.copy()).toEqual(completed);
  const { vault, replica, store } = scene;
  expect(told).toEqual([{ source: vault, part: 'object', destination: replica, at: store.clock.now() }]);
});

// F883
it('a retention that is copied leaves the legal hold of the replica as it is', () => {
  const locked = { source: { objectLock: true }, destination: { objectLock: true } } as const;
  const scene = new CopyingScene(locked);
  scene.copy({ lock: { ...retained, legalHold: 'ON' } });
  scene.vault.versions.replace({ ...scene.current(), lock: retained });
  scene.change('PutObjectRetention', {
    lock: { retention: { ...retained.retention, until: until + 1 }, legalHold: undefined },
  });
  expect(scene.pass()).toEqual(completed);
  expect(scene.current(scene.replica).lock).toEqual({
    retention: { ...retained.retention, until: until + 1 },
    legalHold: 'ON',
  });
});

it('a replica that a key encrypts by default has other ETags of annotations than a source that none encrypts', () => {
  const scene = new CopyingScene({ destination: { encryption: 'aws:kms' } });
  scene.put({ encryption: {} });
  expect(scene.pass()).toEqual(completed);
  scene.put({ encryption: {} });
  const annotation = { name: 'summary', body: Buffer.from('A report.'), etag: 'e' };
  scene.vault.versions.replace({ ...scene.current(), annotations: [annotation] as never });
  expect(scene.pass()).toEqual(completed);
  expect(scene.current(scene.replica).annotations).toEqual([
    { ...annotation, etag: expect.stringMatching(/^[\da-f]{32}$/) },
  ]);
});
