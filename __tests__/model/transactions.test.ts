import { describe, expect, it } from '@jest/globals';
import type { Change } from '../../src/model/changes';
import { Transactions } from '../../src/model/transactions';
import { makeStacks, type Stacks } from '../support/stacks';
import { identityOf, makeStore, version } from '../support/whole-records';

const failure = new Error('thrown by the test');

/** Runs an action as a transaction that fails after it. */
function fail(store: Stacks['store'], action: () => void): void {
  expect(() =>
    store.transaction(() => {
      action();
      throw failure;
    }),
  ).toThrow(failure);
}

describe('a transaction', () => {
  it('returns what its action returns', () => {
    expect(makeStore().transaction(() => 7)).toBe(7);
  });

  it('that throws leaves the stacks as they were', () => {
    const { store, put, history, setVersioning, ...stacks } = makeStacks(undefined);
    put('a');
    setVersioning('Enabled');
    put('a');
    const before = history('a');
    fail(store, () => {
      setVersioning('Suspended');
      put('a');
      stacks.delete('a');
      put('b');
    });
    expect({ ofA: history('a'), ofB: history('b'), Status: stacks.bucket.versioning.Status }).toEqual({
      ofA: before,
      ofB: [],
      Status: 'Enabled',
    });
  });

  it('that throws leaves the ids that a test gave as they were', () => {
    const store = makeStore();
    const { versions } = store.addBucket(identityOf(store));
    versions.add(version);
    versions.remove(version);
    fail(store, () => {
      versions.add({ ...version, sequence: 8 });
      versions.add({ ...version, sequence: 9, explicitId: 'v2' });
    });
    expect({
      sequenceOfExplicitId: versions.sequenceOfExplicitId('k', 'v1'),
      isExplicitId: versions.isExplicitId('v2'),
    }).toEqual({ sequenceOfExplicitId: 7, isExplicitId: false });
  });

  it('that throws puts back a version as it is stored, though an older form of it was removed', () => {
    const store = makeStore();
    const { versions } = store.addBucket(identityOf(store));
    const replaced = { ...version, tags: [] };
    versions.add(version);
    versions.replace(replaced);
    fail(store, () => versions.remove(version));
    expect([...versions.of('k')]).toEqual([replaced]);
  });

  it('that throws leaves the buckets in their order, and the accounts', () => {
    const store = makeStore();
    const identity = identityOf(store);
    for (const name of ['a', 'b', 'c']) store.addBucket({ ...identity, name });
    const { accounts } = store;
    fail(store, () => {
      store.addAccount('stranger');
      store.addBucket({ ...identity, name: 'd' });
      store.deleteBucket('b');
      store.deleteBucket('none');
    });
    expect({ buckets: [...store.buckets.keys()], accounts: store.accounts }).toEqual({
      buckets: ['a', 'b', 'c'],
      accounts,
    });
  });

  it('that throws gives no number of a write again', () => {
    const { store, put } = makeStacks('Enabled');
    const { sequence } = store;
    fail(store, () => put('a'));
    expect(store.sequence).toBe(sequence + 1);
  });

  it('within another is undone alone if the other goes on', () => {
    const { store, put, history } = makeStacks('Enabled');
    store.transaction(() => {
      put('a');
      fail(store, () => put('b'));
      put('c');
    });
    expect(['a', 'b', 'c'].map((key) => history(key).length)).toEqual([1, 0, 1]);
  });

  it('within another is undone with the other', () => {
    const { store, put, history } = makeStacks('Enabled');
    fail(store, () => {
      store.transaction(() => put('a'));
      fail(store, () => put('b'));
      put('c');
    });
    expect(['a', 'b', 'c'].map((key) => history(key).length)).toEqual([0, 0, 0]);
  });

  it('undoes what was done in it, not what was done before or after', () => {
    const { store, put, history } = makeStacks('Enabled');
    put('a');
    store.transaction(() => put('a'));
    fail(store, () => put('a'));
    put('a');
    expect(history('a')).toHaveLength(3);
  });

  it('after a snapshot was restored is undone in what was restored', () => {
    const { store, put, bucket } = makeStacks('Enabled');
    put('a');
    store.restore(store.snapshot());
    const restored = store.buckets.get(bucket.name);
    fail(store, () => {
      restored?.change({ tags: [{ Key: 'a', Value: 'b' }] });
      store.deleteBucket(bucket.name);
      for (const one of restored?.versions.of('a') ?? []) restored?.versions.remove(one);
    });
    expect(store.buckets.get(bucket.name)).toBe(restored);
    expect({ tags: restored?.tags, size: restored?.versions.size }).toEqual({ tags: [], size: 1 });
  });
});

describe('the changes of a transaction', () => {
  const told = (change: Change) =>
    `${change.kind} ${change.kind === 'settings put' ? change.names.join(' ') : change.key}`;

  function listening() {
    const stacks = makeStacks('Enabled');
    const lists: (readonly Change[])[] = [];
    const stop = stacks.store.onChanges((changes) => lists.push(changes));
    return { ...stacks, stop, lists, texts: () => lists.map((changes) => changes.map(told)) };
  }

  it('come once the outermost is over, in their order', () => {
    const { store, put, delete: remove, texts } = listening();
    store.transaction(() => {
      put('a');
      store.transaction(() => remove('b'));
      expect(texts()).toEqual([]);
    });
    expect(texts()).toEqual([['version written a', 'delete marker made b']]);
  });

  it('have none of what was undone', () => {
    const { store, put, texts } = listening();
    fail(store, () => put('a'));
    store.transaction(() => {
      fail(store, () => put('b'));
      put('c');
    });
    expect(texts()).toEqual([['version written c']]);
  });

  it('come only if there are some, and until the listener is removed', () => {
    const { store, put, stop, texts } = listening();
    store.transaction(() => store.addAccount('partner'));
    store.transaction(() => put('a'));
    stop();
    store.transaction(() => put('b'));
    expect(texts()).toEqual([['version written a']]);
  });

  it('name the settings that were put', () => {
    const { store, bucket, texts } = listening();
    store.transaction(() => bucket.change({ tags: undefined, versioning: { Status: 'Suspended' } }));
    expect(texts()).toEqual([['settings put tags versioning']]);
  });

  it('have a deletion that found nothing', () => {
    const plain = makeStacks(undefined);
    const texts: string[] = [];
    plain.store.onChanges((changes) => texts.push(...changes.map(told)));
    plain.store.transaction(() => plain.delete('a'));
    expect(texts).toEqual(['nothing removed a']);
  });

  it('come only of the buckets that concern the listener', () => {
    const { store, put, bucket } = makeStacks('Enabled');
    const texts: string[] = [];
    const isConcernedBy = (name: string) => store.buckets.get(name)?.tags.length === 1;
    store.onChanges((changes) => texts.push(...changes.map(told)), isConcernedBy);
    store.transaction(() => put('a'));
    store.transaction(() => {
      put('b');
      bucket.change({ tags: [{ Key: 'told', Value: 'yes' }] });
    });
    expect(texts).toEqual(['version written b', 'settings put tags']);
  });

  it('go to every listener, and one of them stops alone', () => {
    const { store, put, stop, texts } = listening();
    const others: string[] = [];
    store.onChanges((changes) => others.push(...changes.map(told)));
    stop();
    store.transaction(() => put('a'));
    expect({ texts: texts(), others }).toEqual({ texts: [], others: ['version written a'] });
  });

  it('reach the other listeners if one throws, which undoes nothing', () => {
    const bugs: unknown[] = [];
    const transactions = new Transactions((bug) => void bugs.push(bug));
    const heard: string[] = [];
    const origin = () => ({ cause: { by: 'test' as const }, time: 5 });
    const ofBucket = { bucket: 'vault', part: 'none' as const, key: 'a' };
    transactions.listen(() => {
      throw failure;
    });
    transactions.listen((changes) => heard.push(...changes.map(told)));
    let isUndone = false;
    const undo = () => {
      isUndone = true;
    };
    transactions.run(() => transactions.note({ undo, ofBucket }), origin);
    expect({ bugs, heard, isUndone }).toEqual({ bugs: [failure], heard: ['nothing removed a'], isUndone: false });
  });

  it('have the origin that the outermost returns for its result, which nobody asks for without a listener', () => {
    const { store, put, lists, stop } = listening();
    const origin = (id: string) => ({ cause: { by: 'service' as const, operation: id, rule: 'r' }, time: 5 });
    const id = store.transaction(() => store.transaction(() => put('a')), origin);
    expect(lists[0]?.[0]).toMatchObject(origin(id));
    stop();
    store.transaction(
      () => put('b'),
      () => {
        throw failure;
      },
    );
  });

  it('are of a test if no origin is given', () => {
    const { store, put, lists } = listening();
    store.transaction(() => put('a'));
    expect(lists[0]?.[0]).toMatchObject({ cause: { by: 'test' }, time: store.clock.now(), bucket: 'vault' });
  });
});
