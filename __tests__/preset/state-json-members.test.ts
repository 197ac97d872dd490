import { describe, expect, it } from '@jest/globals';
import { readAllBytes } from '../../src/formats/sparse-body';
import type { Bucket, BucketIdentity, BucketSettings } from '../../src/model/bucket';
import type { ConfigurationName } from '../../src/model/configurations';
import type { ReplicationTask } from '../../src/model/replication/replication-task';
import type { Store } from '../../src/model/store';
import type { ObjectContent, Version } from '../../src/model/versions/version';
import { addBucket } from '../../src/preset/bucket-fixture';
import { type StoreLiteral, storeLiteral } from '../../src/preset/state-json';
import { configurationNames } from '../support/configurations';
import { identityOf, makeStore, settings, start, task, taskOfNone, version } from '../support/whole-records';

/** Whether a round through JSON keeps each member of a record: a member that is added to the type fails to compile here. */
type Survival<T> = { readonly [Name in keyof T]-?: 'kept' | 'left out' };

// `created` is the moment of the literal's reading, and the location `EU` becomes the region that it was.
const identityMembers: Survival<BucketIdentity> = {
  name: 'kept',
  owner: 'kept',
  region: 'kept',
  location: 'left out',
  created: 'left out',
  rootKeyCrn: 'left out',
};

const settingMembers: Survival<Omit<BucketSettings, ConfigurationName>> = {
  versioning: 'kept',
  firstEnabled: 'left out',
  suspendedFirst: 'left out',
  objectLock: 'kept',
  defaultRetention: 'kept',
  tags: 'kept',
  lifecycle: 'kept',
  actingLifecycle: 'left out',
  acl: 'kept',
  policy: 'kept',
  accessPoints: 'kept',
};

const configurationMembers = Object.fromEntries(configurationNames.map((name) => [name, 'kept' as const])) as Survival<
  Pick<BucketSettings, ConfigurationName>
>; // of the same names

// Versions keep their order, not the numbers of their writes.
// What IBM COS keeps an object by is never beside a lock; operations/protection/fixtures.test.ts has its round.
const versionMembers: Survival<Omit<Version, 'protection'>> = {
  key: 'kept',
  sortKey: 'kept',
  sequence: 'left out',
  created: 'kept',
  explicitId: 'kept',
  content: 'kept',
  tags: 'kept',
  lock: 'kept',
  acl: 'kept',
  annotations: 'kept',
  restore: 'kept',
  copyEnded: 'left out',
  accessTier: 'kept',
  replication: 'kept',
  accessed: 'kept',
  moved: 'kept',
};

const contentMembers: Survival<ObjectContent> = {
  body: 'kept',
  etag: 'kept',
  checksum: 'left out',
  metadata: 'kept',
  headers: 'kept',
  encryption: 'kept',
  storageClass: 'kept',
  parts: 'left out',
};

// The number of its write is that of its version, which is kept beside it.
const taskMembers: Survival<ReplicationTask> = {
  id: 'kept',
  key: 'kept',
  sequence: 'kept',
  versionId: 'kept',
  part: 'kept',
  rule: 'kept',
  terms: 'kept',
  destination: 'kept',
  operation: 'kept',
  sender: 'left out',
  begun: 'kept',
  at: 'kept',
  size: 'kept',
  etag: 'kept',
  isLate: 'kept',
  failed: 'kept',
  isGivenUp: 'kept',
};

const storeMembers: Survival<ReturnType<Store['snapshot']>['contents']> = {
  acting: 'left out',
  buckets: 'kept',
  accounts: 'kept',
  sequence: 'left out',
  lifecycleDay: 'left out',
  nextDue: 'left out',
};

function rounded(): { readonly before: Store; readonly after: Store } {
  const before = makeStore();
  addBucket(before, 'copies', { versioning: 'Enabled' });
  const { versions, replications } = before.addBucket(identityOf(before), settings);
  versions.add(version);
  for (const one of [task, taskOfNone]) replications.set(one.id, one);
  const literal = JSON.parse(JSON.stringify(storeLiteral(before))) as StoreLiteral;
  const after = makeStore();
  for (const name of Object.keys(literal.accounts ?? {})) after.addAccount(name);
  for (const [name, fixture] of Object.entries(literal.buckets)) addBucket(after, name, fixture);
  return { before, after };
}

function keptOf<T extends object>(record: T | undefined, members: Survival<T>): Partial<T> {
  const names = Object.keys(members) as (keyof T)[]; // the keys of a record that has them all
  return Object.fromEntries(
    names.filter((name) => members[name] === 'kept').map((name) => [name, record?.[name]]),
  ) as Partial<T>;
}

const vaultOf = (store: Store): Bucket | undefined => store.buckets.get('vault');
const versionOf = (store: Store): Version | undefined => vaultOf(store)?.versions.current('k');

describe('a round through JSON', () => {
  it('keeps the identity of a bucket', () => {
    const { before, after } = rounded();
    const owner = expect.objectContaining({ name: 'partner' });
    const expected = { ...keptOf<BucketIdentity>(vaultOf(before), identityMembers), owner };
    expect(keptOf<BucketIdentity>(vaultOf(after), identityMembers)).toEqual(expected);
  });

  it('keeps the settings of a bucket, its tags among them', () => {
    const { after } = rounded();
    const { policy, ...others } = vaultOf(after)?.settings ?? {};
    const kept = keptOf(settings, { ...settingMembers, ...configurationMembers });
    expect({ ...others, policy: undefined }).toEqual({ ...kept, policy: undefined });
    // The functions that were made of a policy are others each time.
    expect(JSON.stringify(policy)).toBe(JSON.stringify(kept.policy));
  });

  it('keeps a version and its content', () => {
    const { after } = rounded();
    const { content, annotations, ...others } = keptOf(version, versionMembers);
    const { body, ...description } = keptOf(content ?? undefined, contentMembers);
    // Their times and checksums are left out.
    const texts = annotations?.map(({ name, body: text }) => expect.objectContaining({ name, body: text }));
    const expected = { ...others, annotations: texts, content: expect.objectContaining(description) };
    expect(keptOf(versionOf(after), versionMembers)).toEqual(expected);
    expect(readAllBytes(versionOf(after)?.content?.body ?? Buffer.alloc(0))).toEqual(body);
  });

  it('keeps what is still to be copied, also of a version that is gone', () => {
    const { after } = rounded();
    const kept = [...(vaultOf(after)?.replications.values() ?? [])].map((one) => keptOf(one, taskMembers));
    expect(kept).toEqual([task, taskOfNone].map((one) => ({ ...one, sender: undefined })));
    expect({ number: versionOf(after)?.sequence, due: after.nextDue }).toEqual({ number: 7, due: task.at });
  });

  it('leaves out the parts of an object made of parts, and its checksum', () => {
    const { after } = rounded();
    expect(versionOf(after)?.content).toMatchObject({ parts: undefined, checksum: undefined });
  });

  it('keeps buckets, accounts and the moment, and goes on from the write after the last', () => {
    const { before, after } = rounded();
    const names = (store: Store) => [[...store.buckets.keys()], store.accounts.map(({ name }) => name)];
    expect(names(after)).toEqual(names(before));
    expect(Object.keys(before.snapshot().contents).toSorted()).toEqual(Object.keys(storeMembers).toSorted());
    before.clock.set(start + 1);
    expect(storeLiteral(before).now).toBe(new Date(start + 1).toISOString());
  });
});
