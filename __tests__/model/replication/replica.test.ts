import { describe, expect, it } from '@jest/globals';
import { readAllBytes } from '../../../src/formats/sparse-body';
import { groups } from '../../../src/model/access/grants';
import type { Bucket } from '../../../src/model/bucket';
import { addReplica, changeReplica } from '../../../src/model/replication/replica';
import type { ReplicationTask } from '../../../src/model/replication/replication-task';
import { settle } from '../../../src/model/schedule/settle';
import { Store } from '../../../src/model/store';
import { beginUpload } from '../../../src/model/uploads/uploads';
import { makeContent } from '../../../src/model/versions/content';
import { withKmsKey } from '../../../src/model/versions/encryption';
import type { Encryption, ObjectVersion, Version } from '../../../src/model/versions/version';
import { findVersion, versionIdOf } from '../../../src/model/versions/version-lookup';
import { deleteKey, putVersion } from '../../../src/model/versions/writes';
import { addBucket, type BucketFixture } from '../../../src/preset/bucket-fixture';
import { type RuleParts, toReplica } from '../../support/replication';
import { plainSettings } from '../../support/upload-settings';

const start = Date.UTC(2026, 0, 31, 10);
const versioned = { versioning: 'Enabled' } as const;

function makePlace(replica: BucketFixture = versioned, vault: BucketFixture = versioned) {
  const store = new Store({ accountId: '000000000000', seed: 'seed', realNow: () => start, start, sseC: 'allowed' });
  store.addAccount('partner');
  addBucket(store, 'vault', vault, 'of a mock');
  addBucket(store, 'replica', replica, 'of a mock');
  const bucket = (name: string) => {
    const found = store.buckets.get(name);
    if (found === undefined) throw new Error(`there is no bucket ${name}`);
    return found;
  };
  const [source, destination] = [bucket('vault'), bucket('replica')];
  const placeOf = (parts: RuleParts) => {
    const [rule] = toReplica(parts).Rules;
    if (rule === undefined) throw new Error('there is no rule');
    return { store, source, destination, rule };
  };
  const put = (where: Bucket, name: string, parts: Partial<ObjectVersion> = {}, encryption: Encryption = {}) => {
    const body = Buffer.from(name);
    const content = makeContent(store.ids, { body, metadata: {}, headers: {}, encryption, storageClass: 'STANDARD' });
    const version = { ...putVersion(store, where, { key: 'k', content, tags: [], lock: undefined }), ...parts };
    where.versions.replace(version);
    return version;
  };
  return {
    store,
    source,
    destination,
    putAtSource: (name: string, parts?: Partial<ObjectVersion>, encryption?: Encryption) =>
      put(source, name, parts, encryption),
    putAtDestination: (name: string) => put(destination, name),
    markSource: () => {
      deleteKey(store, source, 'k');
      const marker = source.versions.current('k');
      if (marker === undefined) throw new Error('there is no marker');
      return marker;
    },
    copy: (version: Version, parts: RuleParts = {}) => addReplica(version, placeOf(parts)),
    change: (version: Version, part: ReplicationTask['part'], parts: RuleParts = {}) => {
      const versionId = versionIdOf(store, version);
      const task = { key: 'k', versionId, part, at: store.clock.now() } as ReplicationTask; // of a task, the parts that are read
      return changeReplica(version, task, placeOf(parts));
    },
    replicaOf: (version: Version) => findVersion(store, destination, 'k', versionIdOf(store, version)),
    history: () => [...destination.versions.of('k')].map(({ content }) => nameOf(content)),
  };
}

function nameOf(content: Version['content']): string {
  return content === undefined ? 'marker' : Buffer.from(readAllBytes(content.body)).toString();
}

// F854
describe('the place of a replica', () => {
  it('is by the order of writes, whichever replica comes first', () => {
    const { putAtSource, markSource, copy, history } = makePlace();
    const versions = [putAtSource('first'), putAtSource('second'), markSource(), putAtSource('third')];
    for (const version of versions.toReversed()) copy(version);
    expect(history()).toEqual(['third', 'marker', 'second', 'first']);
  });

  it('is above a null version that is older, and below one that is newer', () => {
    const { putAtSource, putAtDestination, copy, history, destination } = makePlace({ versioning: 'Suspended' });
    const first = putAtSource('first');
    putAtDestination('null');
    const second = putAtSource('second');
    destination.change({ versioning: { Status: 'Enabled' } });
    for (const version of [first, second]) copy(version);
    expect(history()).toEqual(['second', 'null', 'first']);
    expect(nameOf(destination.versions.nullVersion('k')?.content)).toBe('null');
    putAtDestination('native');
    expect(history()).toEqual(['native', 'second', 'null', 'first']);
  });

  it('decides when the versions around it became noncurrent', () => {
    const { store, putAtSource, putAtDestination, copy, history } = makePlace({
      ...versioned,
      lifecycle: { Rules: [{ Status: 'Enabled', Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 10 } }] },
    });
    const at = (day: number) => {
      store.clock.set(start + day * 86_400_000);
      settle(store);
    };
    putAtDestination('older');
    at(4);
    const version = putAtSource('copied');
    at(8);
    putAtDestination('newer');
    at(9);
    copy(version);
    at(15);
    expect(history()).toEqual(['newer', 'copied']);
    at(19);
    expect(history()).toEqual(['newer']);
  });

  it('is not taken if a version with its id is there already', () => {
    const { store, putAtSource, copy, destination, history } = makePlace();
    const version = putAtSource('copied');
    const content = makeContent(store.ids, {
      body: Buffer.from('of a test'),
      metadata: {},
      headers: {},
      encryption: {},
      storageClass: 'STANDARD',
    });
    const own = putVersion(store, destination, { key: 'k', content, tags: [], lock: undefined });
    destination.versions.remove(own);
    destination.versions.add({ ...own, explicitId: versionIdOf(store, version) });
    expect(copy(version)).toBeUndefined();
    expect(history()).toEqual(['of a test']);
  });
});

describe('an upload that is open at the destination', () => {
  const isChangedBy = (act: (place: ReturnType<typeof makePlace>) => void, before?: typeof act) => {
    const place = makePlace();
    const { store, destination } = place;
    const initiator = { account: store.defaultAccount, user: undefined, accessKeyId: undefined };
    before?.(place);
    const upload = beginUpload(store, destination, { id: 'upload', key: 'k', initiator, ...plainSettings });
    act(place);
    return destination.versions.current('k')?.sequence !== upload.currentAtBegin;
  };

  it('is overtaken by a replica that becomes current', () => {
    expect(isChangedBy(({ copy, putAtSource }) => copy(putAtSource('copied')))).toBe(true);
    expect(isChangedBy(({ copy, markSource }) => copy(markSource()))).toBe(true);
  });

  it('is not overtaken by a replica that comes late', () => {
    let version: ReturnType<ReturnType<typeof makePlace>['putAtSource']> | undefined;
    const before = ({ putAtSource, putAtDestination }: ReturnType<typeof makePlace>) => {
      version = putAtSource('copied');
      putAtDestination('newer');
    };
    expect(isChangedBy(({ copy }) => version && copy(version), before)).toBe(false);
  });
});

describe('a replica', () => {
  it('has no restore, no archive and no tier of its source', () => {
    const { putAtSource, copy, replicaOf } = makePlace();
    const restore = { tier: 'Bulk', days: 1, requested: 0, ready: 0, expires: 0, isOngoing: false } as const;
    const version = putAtSource('copied', { restore, accessTier: 'ARCHIVE_ACCESS', accessed: start, moved: start });
    copy(version);
    const replica = replicaOf(version);
    expect(Object.keys(replica ?? {}).toSorted()).toEqual(
      [
        'acl',
        'content',
        'created',
        'explicitId',
        'key',
        'lock',
        'replication',
        'sequence',
        'sortKey',
        'tags',
      ].toSorted(),
    );
    expect(replica?.replication).toEqual({
      status: 'REPLICA',
      source: 'vault',
      isOverridden: true,
      copies: [],
    });
  });

  it('of an upload in parts keeps the number of parts in an ETag of its own', () => {
    const { putAtSource, copy, replicaOf } = makePlace({ ...versioned, encryption: 'aws:kms' });
    const version = putAtSource('copied');
    const { content } = version;
    const annotations = [
      {
        name: 'a',
        body: Buffer.from('x'),
        etag: 'plain',
        checksum: { algorithm: 'CRC32', type: 'FULL_OBJECT', value: '' },
        modified: start,
      },
    ] as const;
    const ofParts = { ...version, annotations, content: { ...content, etag: 'aa-3' } };
    copy(ofParts);
    const replica = replicaOf(version);
    expect(replica?.content?.etag).toMatch(/^[\da-f]{32}-3$/);
    expect(replica?.annotations?.[0]?.etag).toMatch(/^[\da-f]{32}$/);
  });

  it('of a delete marker has no owner of its own in a bucket of the same account', () => {
    const { markSource, copy, replicaOf } = makePlace({ ...versioned, ownershipControls: 'ObjectWriter' });
    const marker = markSource();
    copy(marker);
    expect(replicaOf(marker)).toMatchObject({ content: undefined, lock: undefined, acl: undefined });
  });

  // F882
  it('of a delete marker has the owner of its source, and no grants, in a bucket of another account', () => {
    const ofPartner = { ...versioned, ownershipControls: 'ObjectWriter', owner: 'partner' } as const;
    const { markSource, copy, replicaOf, store } = makePlace(ofPartner);
    const marker = markSource();
    copy(marker);
    expect(replicaOf(marker)?.acl).toEqual({ owner: store.defaultAccount, grants: [] });
  });

  it('of an object with a KMS key fails if its rule names no key any more', () => {
    const { putAtSource, copy, history } = makePlace();
    const version = putAtSource('copied', {}, withKmsKey('aws:kms', 'arn:aws:kms:us-east-1:000000000000:key/a', false));
    expect(copy(version)).toEqual({ reason: 'SrcObjectNotEligible', why: "rule 'all' names no key for replicas" });
    expect(history()).toEqual([]);
  });

  it('has the ACL that counts at its source', () => {
    const { putAtSource, copy, replicaOf, store, source } = makePlace(
      { ...versioned, ownershipControls: 'ObjectWriter' },
      { ...versioned, ownershipControls: 'ObjectWriter' },
    );
    const acl = { owner: store.defaultAccount, grants: [{ grantee: groups.allUsers, permission: 'READ' }] } as const;
    const shared = putAtSource('shared', { acl });
    const unshared = putAtSource('unshared', { acl });
    copy(shared);
    // The public grants of both buckets are ignored, each by a switch of its own.
    expect(replicaOf(shared)?.acl).toEqual(acl);
    source.change({ ownershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } });
    copy(unshared);
    expect(replicaOf(unshared)?.acl).toBeUndefined();
  });
});

describe('a part of a version', () => {
  it('is changed at the replica, and nothing else of it', () => {
    const { putAtSource, copy, change, replicaOf, source } = makePlace();
    const version = putAtSource('copied');
    copy(version);
    const before = replicaOf(version);
    const tags = [{ Key: 'a', Value: 'b' }];
    const changed = { ...version, tags, content: undefined };
    source.versions.replace(changed);
    expect(change(changed, 'tags')).toBeUndefined();
    expect(replicaOf(version)).toEqual({ ...before, tags });
  });

  // F857, F882
  it('is no ACL if the owner of the destination owns all objects by now: the stored ACL stays, for when that ends', () => {
    const withAcls = { ...versioned, ownershipControls: 'ObjectWriter' } as const;
    const { putAtSource, copy, change, replicaOf, store, source, destination } = makePlace(withAcls, withAcls);
    const grants = (permission: 'READ' | 'WRITE') => [{ grantee: groups.allUsers, permission }] as const;
    const version = putAtSource('shared', { acl: { owner: store.defaultAccount, grants: grants('READ') } });
    copy(version);
    const changed = { ...version, acl: { owner: store.defaultAccount, grants: grants('WRITE') } };
    source.versions.replace(changed);
    destination.change({ ownershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } });
    expect(change(changed, 'acl')).toBeUndefined();
    expect(replicaOf(version)?.acl).toEqual(version.acl);
  });

  it('fails if the replica was deleted', () => {
    const { putAtSource, change, store } = makePlace();
    const version = putAtSource('copied');
    expect(change(version, 'tags')).toEqual({
      reason: 'DstVersionNotFound',
      why: `bucket 'replica' does not have version ${versionIdOf(store, version)} of 'k'`,
    });
  });
});
