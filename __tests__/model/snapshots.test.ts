import { describe, expect, it } from '@jest/globals';
import { Bucket, type BucketSettings } from '../../src/model/bucket';
import type { AccountState } from '../../src/model/identity/account';
import type { MfaDeviceState } from '../../src/model/identity/mfa-device';
import type { Upload } from '../../src/model/uploads/upload';
import { identityOf, makeStore, settings, start, task, uploadOf, version, type Whole } from '../support/whole-records';

function hasCopies(part: unknown): boolean {
  return typeof part === 'object' && part !== null && 'copy' in part;
}

describe('a bucket in a snapshot', () => {
  it('has as many parts as this file looks at', () => {
    const bucket = new Bucket(identityOf(makeStore()));
    // Those that are made when they are first asked for are read by getters.
    const getters = Object.entries(Object.getOwnPropertyDescriptors(Bucket.prototype)).filter(([, { get }]) => get);
    const copied = getters.map(([name]) => name).filter((name) => hasCopies(Reflect.get(bucket, name)));
    const ofIdentity = ['name', 'owner', 'region', 'location', 'created', 'rootKeyCrn'];
    const parts = Object.keys(bucket).filter((name) => !ofIdentity.includes(name));
    expect([...parts, ...copied].toSorted()).toEqual(['replications', 'uploads', 'versions']);
  });

  it.each<keyof BucketSettings>(
    Object.keys(settings) as (keyof BucketSettings)[], // the keys of a record that has them all
  )('keeps its %s, whatever is changed later', (name) => {
    const store = makeStore();
    store.addBucket(identityOf(store), settings);
    const snapshot = store.snapshot();
    store.buckets.get('vault')?.change({ [name]: undefined });
    expect(store.buckets.get('vault')?.settings[name]).toBeUndefined();
    store.restore(snapshot);
    expect(store.buckets.get('vault')?.settings).toEqual(settings);
  });

  it('keeps its identity, though it was deleted', () => {
    const store = makeStore();
    const identity = identityOf(store);
    store.addBucket(identity);
    const snapshot = store.snapshot();
    store.deleteBucket('vault');
    store.restore(snapshot);
    const { name, owner, region, location, created, rootKeyCrn } = store.buckets.get('vault') ?? {};
    expect({ name, owner, region, location, created, rootKeyCrn }).toEqual(identity);
  });

  it('keeps every member of a version, and the id that a test gave it', () => {
    const store = makeStore();
    const { versions } = store.addBucket(identityOf(store));
    versions.add(version);
    versions.add({ ...version, sequence: 5, explicitId: 'null' });
    const snapshot = store.snapshot();
    for (const one of [...versions.of('k')]) versions.remove(one);
    versions.add({ ...version, sequence: 8, explicitId: 'v2' });
    store.restore(snapshot);
    const restored = store.buckets.get('vault')?.versions;
    expect([...(restored?.of('k') ?? [])]).toEqual([version, { ...version, sequence: 5, explicitId: 'null' }]);
    expect(restored?.nullVersion('k')?.sequence).toBe(5);
    expect({ v1: restored?.isExplicitId('v1'), v2: restored?.isExplicitId('v2') }).toEqual({ v1: true, v2: false });
  });

  it('keeps every member of an upload, open or completed', () => {
    const store = makeStore();
    const { uploads } = store.addBucket(identityOf(store));
    const completed = uploadOf(store);
    const open: Upload = { ...completed, id: 'open', completion: undefined, isAborted: false };
    for (const upload of [completed, open]) uploads.set(upload.id, upload);
    const snapshot = store.snapshot();
    uploads.delete('upload');
    uploads.set('open', { ...open, isNullDeleted: false, parts: new Map() });
    store.restore(snapshot);
    const restored = store.buckets.get('vault')?.uploads;
    expect([...(restored?.values() ?? [])]).toEqual([completed, open]);
    expect(restored?.listOpen('k')).toEqual([open]);
  });

  it('keeps every member of a task of replication, except the sender of its request', () => {
    const store = makeStore();
    const { replications } = store.addBucket(identityOf(store));
    const unsent = { ...task, id: 'unsent', sender: undefined };
    for (const one of [task, unsent]) replications.set(one.id, one);
    const snapshot = store.snapshot();
    replications.delete(task.id);
    store.restore(snapshot);
    const restored = store.buckets.get('vault')?.replications;
    expect([...(restored?.values() ?? [])]).toStrictEqual([{ ...task, sender: undefined }, unsent]);
    expect(restored?.get('unsent')).toBe(unsent);
  });
});

function isStateful(value: unknown): value is { readonly state: unknown } {
  return typeof value === 'object' && value !== null && 'state' in value && 'restore' in value;
}

describe('a store in a snapshot', () => {
  it('has each of its parts that have a state', () => {
    const store = makeStore();
    const parts = store.snapshot().parts.map(([part]) => part);
    expect(Object.values(store).filter(isStateful)).toEqual([
      store.clock,
      store.ids,
      store.iam,
      store.kms,
      store.sequencers,
    ]);
    for (const part of [...Object.values(store), ...store.accounts].filter(isStateful)) expect(parts).toContain(part);
  });

  it('keeps every member of its own record', () => {
    const store = makeStore();
    const { contents } = store.snapshot();
    const changes: Whole<{ [Name in keyof typeof contents]: () => void }> = {
      acting: () => {
        store.acting = { ...store.acting, user: 'deploy' };
      },
      buckets: () => store.addBucket(identityOf(store)),
      accounts: () => store.addAccount('stranger'),
      sequence: () => store.nextSequence(),
      lifecycleDay: () => {
        store.lifecycleDay += 1;
      },
      nextDue: () => {
        store.nextDue = start;
      },
    };
    for (const [name, change] of Object.entries(changes)) {
      const before = store.snapshot();
      change();
      expect({ name, contents: store.snapshot().contents }).not.toEqual({ name, contents: before.contents });
      store.restore(before);
      expect({ name, contents: store.snapshot().contents }).toEqual({ name, contents: before.contents });
    }
  });

  it('keeps the clock, the ids and the tokens that IBM Cloud refuses', () => {
    const store = makeStore();
    store.clock.advance({ days: 1 });
    store.iam.refuse('key');
    store.ids.requestId();
    const before = store.snapshot();
    const drawn = store.ids.requestId();
    store.clock.set(0);
    store.iam.refuse('other');
    store.restore(before);
    expect(store.clock.now()).toBe(start + 86_400_000);
    expect({ key: store.iam.refuses('key'), other: store.iam.refuses('other') }).toEqual({ key: true, other: false });
    expect(store.ids.requestId()).toBe(drawn);
  });
});

it('a snapshot of a store keeps the last sequencer of an event', () => {
  const store = makeStore();
  store.sequencers.takeForRemoval(0, start);
  const before = store.snapshot();
  const taken = store.sequencers.takeForRemoval(0, start);
  store.restore(before);
  expect(store.sequencers.takeForRemoval(0, start)).toBe(taken);
});

describe('an account in a snapshot', () => {
  it('has the members that this file looks at', () => {
    const { defaultAccount } = makeStore();
    // These never change.
    expect(Object.keys(defaultAccount).toSorted()).toEqual([
      ...[
        'canonicalId',
        'credentials',
        'hasGivenId',
        'hasGivenKeys',
        'id',
        'mfa',
        'name',
        'organizationId',
        'serviceInstance',
      ],
    ]);
    expect(Object.keys(defaultAccount.mfa).toSorted()).toEqual(['digits', 'period', 'secret', 'serial']);
  });

  it('keeps its users, roles, sessions and devices', () => {
    const store = makeStore();
    const account = store.addAccount('partner');
    const ofRole = {
      name: 'nightly',
      user: undefined,
      role: 'auditor',
      mfa: false,
      policy: undefined,
      lasts: 3_600_000,
    };
    const session = account.beginSession(ofRole);
    const user = account.user('deploy', { isDeclared: true });
    const role = account.role('auditor');
    const second = account.addMfaDevice({ serial: 'GAHT12345678' });
    account.publicAccessBlock = { BlockPublicAcls: true };
    const state: Whole<AccountState> = {
      users: new Map([['deploy', user]]),
      usersByKey: new Map([[user.credentials.accessKeyId, 'deploy']]),
      roles: new Map([['auditor', role]]),
      namesById: new Map([
        [user.id, 'deploy'],
        [role.id, 'auditor'],
      ]),
      declared: new Map([['user', true]]),
      sessions: new Map([[session.credentials.accessKeyId, session]]),
      devices: new Map([
        [account.mfa.serial, account.mfa],
        ['GAHT12345678', second],
      ]),
      publicAccessBlock: account.publicAccessBlock,
      deviceStates: [account.mfa, second, user.mfa].map((device) => [device, device.state]),
    };
    const snapshot = store.snapshot();
    account.user('stranger');
    account.role('stranger', { isDeclared: true });
    account.beginSession(ofRole);
    account.addMfaDevice({});
    account.publicAccessBlock = undefined;
    store.restore(snapshot);
    expect(account.state).toEqual(state);
  });

  it("keeps every member of a device's state", () => {
    const store = makeStore();
    const device = store.defaultAccount.mfa;
    const [, code = ''] = device.header().split(' ');
    device.verify(code);
    device.deactivate();
    const step = Math.floor(start / 30_000);
    const state: Whole<MfaDeviceState> = {
      active: false,
      handedOut: new Map([[step, start]]),
      accepted: new Map([[step, start]]),
    };
    const snapshot = store.snapshot();
    device.activate();
    device.verify(device.header().split(' ')[1] ?? '');
    expect(device.state).not.toEqual(state);
    store.restore(snapshot);
    expect(device.state).toEqual(state);
  });
});
