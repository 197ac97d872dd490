import { describe, expect, it } from '@jest/globals';
import { Store } from '../../src/model/store';
import { putVersion } from '../../src/model/versions/writes';
import { plainContent } from '../support/stacks';
import { identityOf, settings, start, task, uploadOf, version } from '../support/whole-records';

const makeStore = () => new Store({ accountId: '000000000000', seed: 'seed', realNow: () => start, start: undefined });

function copyOf(original: Store): Store {
  const copy = makeStore();
  copy.copyFrom(original);
  return copy;
}

function put(store: Store, key: string): void {
  const bucket = store.buckets.get('vault');
  if (bucket === undefined) throw new Error('there is no bucket');
  putVersion(store, bucket, { key, content: plainContent(store, Buffer.from('data')), tags: [], lock: undefined });
}

describe('a store that takes the state of another store', () => {
  it('has its buckets, with all parts, whose owners are its own accounts', () => {
    const store = makeStore();
    const bucket = store.addBucket(identityOf(store), settings);
    bucket.versions.add(version);
    bucket.uploads.set('upload', uploadOf(store));
    bucket.replications.set(task.id, { ...task, sender: undefined });

    const copy = copyOf(store).buckets.get('vault');

    expect({
      settings: { ...copy?.settings, accessPoints: undefined },
      versions: [...(copy?.versions.of('k') ?? [])],
      replications: [...(copy?.replications.values() ?? [])],
      owner: copy?.owner.id,
      initiator: copy?.uploads.get('upload')?.initiator.account?.id,
    }).toEqual({
      settings: { ...settings, accessPoints: undefined },
      versions: [version],
      replications: [{ ...task, sender: undefined }],
      owner: bucket.owner.id,
      initiator: uploadOf(store).initiator.account?.id,
    });
    expect(copy?.owner).not.toBe(bucket.owner);
  });

  it('has access points that belong to its own accounts', () => {
    const store = makeStore();
    const points = settings.accessPoints.map((point) => ({ ...point, account: store.defaultAccount }));
    store.addBucket(identityOf(store), { accessPoints: points });
    const copy = copyOf(store);
    const [point] = copy.buckets.get('vault')?.settings.accessPoints ?? [];
    expect({ name: point?.name, isOwn: point?.account === copy.defaultAccount }).toEqual({
      name: 'reports',
      isOwn: true,
    });
  });

  it('does not show what is written to the other one later, in either direction', () => {
    const store = makeStore();
    store.addBucket(identityOf(store));
    put(store, 'before');
    const copy = copyOf(store);
    put(store, 'original');
    put(copy, 'copy');
    copy.addBucket({ ...identityOf(copy), name: 'second' });
    copy.clock.advance({ days: 1 });
    const keysOf = ({ buckets }: Store) =>
      [...(buckets.get('vault')?.versions.newestOfEachKey() ?? [])].map(({ key }) => key);
    expect({
      keys: [keysOf(store), keysOf(copy)],
      buckets: [[...store.buckets.keys()], [...copy.buckets.keys()]],
      now: [store.clock.now(), copy.clock.now()],
    }).toEqual({
      keys: [
        ['before', 'original'],
        ['before', 'copy'],
      ],
      buckets: [['vault'], ['vault', 'second']],
      now: [start, start + 86_400_000],
    });
  });

  it('gives the next write and the next request the same ids as the other store does', () => {
    const store = makeStore();
    store.addBucket(identityOf(store));
    store.ids.requestId();
    put(store, 'before');
    const copy = copyOf(store);
    const next = (one: Store) => ({
      request: one.ids.requestId(),
      version: one.versionIds.writeId(one.nextSequence()),
      account: one.addAccount('later').id,
    });
    expect(next(copy)).toEqual(next(store));
  });

  it('has the accounts with their users, roles, sessions and keys, and the caller that acts', () => {
    const store = makeStore();
    const partner = store.addAccount('partner', { credentials: { accessKeyId: 'PARTNER', secretAccessKey: 's' } });
    const { credentials } = partner.user('writer');
    partner.role('deployer');
    const session = partner.beginSession({
      name: 's',
      user: 'writer',
      role: undefined,
      mfa: false,
      policy: undefined,
      lasts: 60_000,
    });
    store.acting = { account: partner, user: 'writer', accessKeyId: undefined };

    const copy = copyOf(store);
    const [, copied] = copy.accounts;

    expect({
      account: copied?.toJSON(),
      canonicalId: copied?.canonicalId,
      keys: copied?.accessKeyIds,
      secret: copy.findSecret(credentials.accessKeyId),
      session: copy.findSession(session.credentials.accessKeyId),
      acting: { ...copy.acting, account: copy.acting.account?.name },
      hasGivenKeys: [copy.defaultAccount.hasGivenKeys, copied?.hasGivenKeys],
    }).toEqual({
      account: partner.toJSON(),
      canonicalId: partner.canonicalId,
      keys: partner.accessKeyIds,
      secret: credentials.secretAccessKey,
      session,
      acting: { ...store.acting, account: 'partner' },
      hasGivenKeys: [false, true],
    });
    expect({ acting: copy.acting.account === copied, same: copied === partner }).toEqual({ acting: true, same: false });
  });

  it('leaves a user as it is in the other store, and adds none there', () => {
    const store = makeStore();
    store.defaultAccount.user('writer');
    const copy = copyOf(store);
    copy.defaultAccount.changeUser('writer', { isDeclared: true });
    copy.defaultAccount.user('reader');
    expect({
      users: store.defaultAccount.users.map(({ name }) => name),
      isDeclared: store.defaultAccount.findUser('writer')?.isDeclared,
    }).toEqual({ users: ['writer'], isDeclared: undefined });
  });

  it('takes codes of the same MFA devices, each once in each store', () => {
    const store = makeStore();
    const device = store.defaultAccount.addMfaDevice({ serial: 'GAHT12345678' });
    const used = device.nextCode();
    device.verify(used);
    const copy = copyOf(store);
    const copied = copy.defaultAccount.findMfaDevice('GAHT12345678');
    const next = device.nextCode();
    expect({
      used: copied?.verify(used).accepted,
      next: device.verify(next).accepted,
      again: copied?.nextCode(),
      ofUser: copy.defaultAccount.mfa === copy.defaultAccount.mfaDevices[0],
    }).toEqual({ used: false, next: true, again: next, ofUser: true });
  });

  it('has the stopped clock, KMS keys, and refused tokens', () => {
    const store = makeStore();
    store.clock.set('2026-01-31T10:00:00Z');
    store.kms.set('alias/old', 'disabled');
    store.iam.noteToken('token', start);
    store.iam.refuse('key');
    const copy = copyOf(store);
    expect({
      now: copy.clock.now(),
      isStopped: copy.clock.isStopped,
      moved: copy.clock.moved,
      key: [...copy.kms.state],
      token: copy.iam.tokenEnd('token'),
      refused: copy.iam.refuses('key'),
    }).toEqual({
      now: Date.UTC(2026, 0, 31, 10),
      isStopped: true,
      moved: store.clock.moved,
      key: [['alias/old', 'disabled']],
      token: start,
      refused: true,
    });
  });

  it('returns to the state that it took, with its own accounts', () => {
    const store = makeStore();
    store.addBucket(identityOf(store));
    const copy = copyOf(store);
    const taken = copy.snapshot();
    put(copy, 'later');
    copy.defaultAccount.user('writer');
    copy.restore(taken);
    expect({
      versions: copy.buckets.get('vault')?.versions.size,
      users: copy.defaultAccount.users,
      owner: copy.buckets.get('vault')?.owner === copy.accounts[1],
    }).toEqual({ versions: 0, users: [], owner: true });
  });
});
