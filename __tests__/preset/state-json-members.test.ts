import { describe, expect, it } from '@jest/globals';
import { readAllBytes } from '../../src/formats/sparse-body';
import type { Bucket, BucketIdentity, BucketSettings } from '../../src/model/bucket';
import type { ReplicationTask } from '../../src/model/replication/replication-task';
import type { Store } from '../../src/model/store';
import type { ObjectContent, Version } from '../../src/model/versions/version';
import { addBucket } from '../../src/preset/bucket-fixture';
import { type StoreLiteral, storeLiteral } from '../../src/preset/state-json';
import { identityOf, makeStore, settings, start, task, taskOfNone, version } from '../support/whole-records';

// A round through JSON keeps the members of these records, except those that are named here. If a type gets a member, whole-records.ts needs
// its value.

// `created` is the moment of the literal's reading, and the location `EU` becomes the region that it was.
const identityMembers = keptMembers<BucketIdentity>(identityOf(makeStore()), ['location', 'created', 'rootKeyCrn']);
const settingMembers = keptMembers<BucketSettings>(settings, ['firstEnabled', 'suspendedFirst', 'actingLifecycle']);
// Versions keep their order, not the numbers of their writes.
// What IBM COS keeps an object by is never beside a lock; operations/protection/fixtures.test.ts has its round.
const versionMembers = keptMembers<Omit<Version, 'protection'>>(version, ['sequence', 'copyEnded']);
const contentMembers = keptMembers<ObjectContent>(version.content, ['checksum', 'parts']);
// The number of its write is that of its version, which is kept beside it.
const taskMembers = keptMembers<ReplicationTask>(task, ['sender']);

const storeMembers: Readonly<Record<keyof ReturnType<Store['snapshot']>['contents'], 'kept' | 'left out'>> = {
  acting: 'left out',
  buckets: 'kept',
  accounts: 'kept',
  sequence: 'left out',
  lifecycleDay: 'left out',
  nextDue: 'left out',
};

function keptMembers<T extends object>(whole: T, leftOut: readonly (keyof T)[]): readonly (keyof T)[] {
  const names = Object.keys(whole) as (keyof T)[]; // a record with every member
  return names.filter((name) => !leftOut.includes(name));
}

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

function keptOf<T extends object>(record: T | undefined, names: readonly (keyof T)[]): Partial<T> {
  return Object.fromEntries(names.map((name) => [name, record?.[name]])) as Partial<T>;
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
    const kept = keptOf<BucketSettings>(settings, settingMembers);
    expect({ ...others, policy: undefined }).toEqual({ ...kept, policy: undefined });
    // The functions that were made of a policy are others each time.
    expect(JSON.stringify(policy)).toBe(JSON.stringify(kept.policy));
  });

  it('keeps a version and its content', () => {
    const { after } = rounded();
    const { content, annotations, ...others } = keptOf<Omit<Version, 'protection'>>(version, versionMembers);
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
