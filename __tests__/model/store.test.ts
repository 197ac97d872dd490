import { describe, expect, it } from '@jest/globals';
import { Store, type StoreOptions } from '../../src/model/store';
import { S3Error } from '../../src/refusals/s3-error';

const noon = Date.UTC(2026, 0, 31, 12);

const makeStore = (options: Partial<StoreOptions> = {}) =>
  new Store({ accountId: '000000000000', seed: 'seed', realNow: () => noon, start: undefined, ...options });

function addVault(store: Store, name = 'vault') {
  const owner = store.defaultAccount;
  return store.addBucket({
    name,
    owner,
    region: undefined,
    location: undefined,
    created: store.clock.now(),
  });
}

describe('a store', () => {
  it('begins with its default account and no bucket', () => {
    const store = makeStore();
    expect(store.accounts).toEqual([store.defaultAccount]);
    expect({ id: store.defaultAccount.id, name: store.defaultAccount.name }).toEqual({
      id: '000000000000',
      name: 'default',
    });
    expect(store.buckets.size).toBe(0);
    expect(makeStore({ organizationId: 'o-a1b2c3d4e5' }).defaultAccount.organizationId).toBe('o-a1b2c3d4e5');
  });

  it('runs with the real time, or stands still at its start', () => {
    expect(makeStore().clock.now()).toBe(noon);
    expect(makeStore({ start: 5 }).clock.now()).toBe(5);
  });

  it('holds buckets by name until they are deleted', () => {
    const store = makeStore();
    const vault = addVault(store);
    expect(store.buckets.get('vault')).toBe(vault);
    store.deleteBucket('vault');
    expect([...store.buckets.keys()]).toEqual([]);
  });

  it('finds accounts by id and by name', () => {
    const store = makeStore();
    const partner = store.addAccount('partner');
    expect(partner.id).toMatch(/^[1-9]{12}$/);
    expect(store.findAccount('partner')).toBe(partner);
    expect(store.findAccount(partner.id)).toBe(partner);
    expect(store.findAccount('default')).toBe(store.defaultAccount);
    expect(store.findAccount('nobody')).toBeUndefined();
  });
});

describe('an action on another state', () => {
  it('changes that state alone, and leaves the buckets of the store the same objects', () => {
    const store = makeStore({ start: noon });
    addVault(store);
    const before = store.snapshot();
    const present = addVault(store, 'present');
    store.clock.advance({ days: 1 });
    const picture = () => ({ names: [...store.buckets.keys()], now: store.clock.now(), moved: store.clock.moved });
    const after = picture();
    const { result, state } = store.actOn(before, () => {
      addVault(store, 'late');
      return picture();
    });
    expect(result).toEqual({ names: ['vault', 'late'], now: noon, moved: 0 });
    expect({ picture: picture(), present: store.buckets.get('present') }).toEqual({ picture: after, present });
    expect(store.buckets.get('present')).toBe(present);
    expect(store.actOn(state, () => picture().names).result).toEqual(['vault', 'late']);
    expect(store.actOn(before, () => picture().names).result).toEqual(['vault']);
  });

  it('leaves the store as it was, though it throws', () => {
    const store = makeStore();
    const before = store.snapshot();
    addVault(store);
    const fail = () => {
      throw new Error('a bug');
    };
    expect(() => store.actOn(before, fail)).toThrow('a bug');
    expect([...store.buckets.keys()]).toEqual(['vault']);
  });
});

describe('a new bucket', () => {
  const settingsAt = (location: string | undefined, options: Partial<StoreOptions>) => {
    const store = makeStore(options);
    const identity = { name: 'vault', owner: store.defaultAccount, region: undefined, location, created: noon };
    const given = { tags: [{ Key: 'a', Value: 'b' }] };
    return { ofNew: store.addBucket(identity).settings, given: store.addBucket(identity, given).settings };
  };

  it.each([undefined, 'EU'])('at %s looks like a bucket from before April 2023 if ACLs are allowed', (location) => {
    const ofOld = { ownershipControls: null, publicAccessBlock: null };
    const given = { ...ofOld, tags: [{ Key: 'a', Value: 'b' }] };
    expect(settingsAt(location, { acls: 'allowed' })).toEqual({ ofNew: ofOld, given });
  });

  it.each([
    ['EU', {}],
    ['us-south-standard', { acls: 'allowed' as const }],
  ])('at %s has no settings but its own with %j', (location, options) => {
    expect(settingsAt(location, options)).toEqual({ ofNew: {}, given: { tags: [{ Key: 'a', Value: 'b' }] } });
  });
});

describe('two stores', () => {
  const drawnBy = (store: Store) => {
    const partner = store.addAccount('partner');
    return {
      defaultAccountCredentials: store.defaultAccount.credentials,
      canonicalId: store.defaultAccount.canonicalId,
      secret: store.defaultAccount.mfa.secret,
      id: partner.id,
      userCredentials: partner.user('deploy').credentials,
      requestId: store.ids.requestId(),
    };
  };

  it('with the same seed give the same ids for the same script', () => {
    expect(drawnBy(makeStore())).toEqual(drawnBy(makeStore()));
  });

  it('with different seeds give different ids', () => {
    const [first, second] = [drawnBy(makeStore()), drawnBy(makeStore({ seed: 'another' }))].map((drawn) =>
      Object.values(drawn).map((id) => JSON.stringify(id)),
    );
    expect(first?.length).toBe(6);
    expect(first?.filter((id, index) => id === second?.[index])).toEqual([]);
  });

  it('share no state', () => {
    const [first, second] = [makeStore(), makeStore()];
    addVault(first);
    first.clock.set(0);
    first.addAccount('partner');
    expect({ buckets: second.buckets.size, now: second.clock.now(), accounts: second.accounts.length }).toEqual({
      buckets: 0,
      now: noon,
      accounts: 1,
    });
  });
});

describe('the caller of a key', () => {
  it('is the root user of the default account if the key was never issued', () => {
    const store = makeStore();
    expect(store.findCaller('AKIAIOSFODNN7EXAMPLE')).toEqual({
      account: store.defaultAccount,
      user: undefined,
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    });
  });

  it('is the acting caller if it is the key of the environment', () => {
    const store = makeStore();
    const { accessKeyId } = store.environmentCredentials;
    store.acting = { ...store.acting, user: 'deploy' };
    expect(store.findCaller(accessKeyId)).toEqual({ account: store.defaultAccount, user: 'deploy', accessKeyId });
  });

  it('of a session needs the token of the session', () => {
    const store = makeStore();
    const facts = { name: 'nightly', user: undefined, role: undefined, mfa: false, policy: undefined, lasts: 1000 };
    const session = store.defaultAccount.beginSession(facts);
    expect(store.refusalOfToken(session, session.credentials.sessionToken)).toBeUndefined();
    for (const token of [undefined, 'another']) expect(store.refusalOfToken(session, token)).toBeInstanceOf(S3Error);
  });

  it('is the user to whom it was issued', () => {
    const store = makeStore();
    const partner = store.addAccount('partner');
    const { accessKeyId } = partner.user('deploy').credentials;
    expect(store.findCaller(accessKeyId)).toEqual({ account: partner, user: 'deploy', accessKeyId });
    const root = partner.credentials.accessKeyId;
    expect(store.findCaller(root)).toEqual({ account: partner, user: undefined, accessKeyId: root });
  });

  it('is undefined if its account or user is gone', () => {
    const store = makeStore();
    const before = store.snapshot();
    const { accessKeyId } = store.addAccount('partner').credentials;
    const user = store.defaultAccount.user('deploy').credentials.accessKeyId;
    store.restore(before);
    expect(store.findCaller(accessKeyId)).toBeUndefined();
    expect(store.findCaller(user)).toBeUndefined();
    store.restore(before);
    expect(store.findCaller(accessKeyId)).toBeUndefined();
    expect(store.findCaller('AKIAIOSFODNN7EXAMPLE')?.account).toBe(store.defaultAccount);
  });

  it('is found again if the same script makes the same account again', () => {
    const store = makeStore();
    const before = store.snapshot();
    const { accessKeyId } = store.addAccount('partner').credentials;
    store.restore(before);
    const again = store.addAccount('partner');
    expect(store.findCaller(accessKeyId)).toEqual({ account: again, user: undefined, accessKeyId });
  });
});

describe('a snapshot', () => {
  it('does not change later, however often it is restored', () => {
    const store = makeStore();
    addVault(store);
    const before = store.snapshot();
    for (const Status of ['Enabled', 'Suspended'] as const) {
      store.buckets.get('vault')?.change({ versioning: { Status } });
      store.restore(before);
      expect(store.buckets.get('vault')?.versioning).toEqual({});
    }
  });

  it('is independent of other snapshots', () => {
    const store = makeStore();
    const empty = store.snapshot();
    addVault(store);
    const full = store.snapshot();
    store.restore(empty);
    expect(store.buckets.size).toBe(0);
    store.restore(full);
    expect([...store.buckets.keys()]).toEqual(['vault']);
  });
});

describe('what was written', () => {
  it('is a change of the bucket that it was written to, and of no other', () => {
    const store = makeStore();
    addVault(store);
    const before = store.writes;
    const ofVault = [{ bucket: 'vault', part: 'settings', isWrite: false }] as const;
    const ofOther = [{ bucket: 'other', part: 'settings', isWrite: false }] as const;
    expect(store.isUnchangedSince(before, ofVault)).toBe(true);
    store.buckets.get('vault')?.change({ versioning: { Status: 'Enabled' } });
    expect(store.isUnchangedSince(before, ofVault)).toBe(false);
    expect(store.isUnchangedSince(before, ofOther)).toBe(true);
    expect(store.isUnchangedSince(store.writes, ofVault)).toBe(true);
  });

  it('is a change of everything if a state was restored, or if there were too many writes to remember', () => {
    const store = makeStore();
    addVault(store);
    const touched = [{ bucket: 'other', part: 'settings', isWrite: false }] as const;
    const state = store.snapshot();
    const before = store.writes;
    store.restore(state);
    expect(store.isUnchangedSince(before, touched)).toBe(false);
    const after = store.writes;
    for (let write = 0; write <= 1000; write += 1) store.buckets.get('vault')?.change({});
    expect(store.isUnchangedSince(after, touched)).toBe(false);
  });

  it('counts for nobody if it was written to a copy', () => {
    const store = makeStore();
    addVault(store);
    const before = store.writes;
    store.actOn(store.snapshot(), () => store.deleteBucket('vault'));
    expect(store.writes).toBe(before);
  });
});

it('an observation within another one leaves the other as it was', () => {
  const store = makeStore({ start: noon });
  const outer: unknown[] = [];
  const endOuter = store.observe((touch) => outer.push(touch));
  store.observe(() => {})();
  store.clock.advance({ days: 1 });
  endOuter();
  expect(outer).toEqual([{ part: 'everything', isWrite: true }]);
});
