import { describe, expect, it } from '@jest/globals';
import type { Change } from '../../src/model/changes';
import { putVersion } from '../../src/model/versions/writes';
import { listenToChanges } from '../support/listen-to-changes';
import { makeStacks, plainContent, type Stacks } from '../support/stacks';
import { identityOf, makeStore, version } from '../support/whole-records';

const failure = new Error('thrown by the test');

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

  it('that throws leaves what a change of a setting has replaced as it was', () => {
    const { store, setVersioning, bucket } = makeStacks(undefined);
    setVersioning('Enabled');
    setVersioning('Suspended');
    fail(store, () => setVersioning('Enabled'));
    expect(bucket.replaced.versioning).toMatchObject({ Status: 'Enabled' });
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

  it('that throws puts back the parts of a version that it changed', () => {
    const store = makeStore();
    const { versions } = store.addBucket(identityOf(store));
    versions.add(version);
    fail(store, () => versions.replace({ ...version, tags: [] }));
    expect([...versions.of('k')]).toEqual([version]);
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

  it('within another leaves nothing of what it undid to the other', () => {
    const store = makeStore();
    fail(store, () => {
      fail(store, () => store.addBucket(identityOf(store)));
    });
    expect([...store.buckets.keys()]).toEqual([]);
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

  function listening(stacks: Stacks = makeStacks('Enabled')) {
    const lists: (readonly Change[])[] = [];
    listenToChanges(stacks.store, (changes) => lists.push(changes));
    return { ...stacks, lists, texts: () => lists.map((changes) => changes.map(told)) };
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

  it('come only if there are some', () => {
    const { store, texts } = listening();
    store.transaction(() => store.addAccount('partner'));
    expect(texts()).toEqual([]);
  });

  it('name the settings that were put', () => {
    const { store, bucket, texts } = listening();
    store.transaction(() => bucket.change({ tags: undefined, versioning: { Status: 'Suspended' } }));
    expect(texts()).toEqual([['settings put tags versioning']]);
  });

  it('have a deletion that found nothing', () => {
    const { store, delete: remove, texts } = listening(makeStacks(undefined));
    store.transaction(() => remove('a'));
    expect(texts()).toEqual([['nothing removed a']]);
  });

  // F84
  it('have a version that is not stored, since another took its place before', () => {
    const { store, bucket, put, history, texts, lists } = listening(makeStacks('Suspended'));
    const begun = { sequence: store.nextSequence(), created: 0, isNullDeleted: false };
    put('a');
    const tags = [{ Key: 'a', Value: 'b' }];
    const content = plainContent(store, Buffer.from('data'));
    store.transaction(() => putVersion(store, bucket, { key: 'a', content, tags, lock: undefined }, begun));
    expect({ history: history('a'), texts: texts() }).toEqual({ history: ['null'], texts: [['version written a']] });
    expect(bucket.versions.current('a')?.sequence).not.toBe(begun.sequence);
    expect(lists[0]?.[0]).toMatchObject({ bucket: 'vault', version: { sequence: begun.sequence, tags } });
    expect(Object.isFrozen(tags)).toBe(true);
  });

  it('have the origin that the outermost returns for its result, which nobody asks for without changes', () => {
    const { store, put, lists } = listening();
    const origin = (id: string) => ({ cause: { by: 'service' as const, operation: id, rule: 'r' }, time: 5 });
    const { result: id } = store.commit(() => store.transaction(() => put('a')), origin);
    expect(lists[0]?.[0]).toMatchObject(origin(id));
    const nothing = store.commit(
      () => 'nothing',
      () => {
        throw failure;
      },
    );
    expect(nothing).toEqual({ result: 'nothing', changes: [] });
  });

  it('are of a test if no origin is given', () => {
    const { store, put, lists } = listening();
    store.transaction(() => put('a'));
    expect(lists[0]?.[0]).toMatchObject({ cause: { by: 'test' }, time: store.clock.now(), bucket: 'vault' });
  });
});

describe('what belongs to the changes of a transaction', () => {
  it('is done before it is over, once, and is no further change', () => {
    const { store, put, bucket } = makeStacks('Enabled');
    const heard: string[] = [];
    store.follow((changes) => {
      heard.push(...changes.map(({ kind }) => kind));
      const written = bucket.versions.current('a');
      if (written !== undefined)
        bucket.versions.replace({ ...written, replication: { status: 'PENDING', copies: [] } });
    });
    const { changes } = store.commit(
      () => put('a'),
      () => ({ cause: { by: 'test' }, time: 5 }),
    );
    expect({
      heard,
      changes: changes.map(({ kind }) => kind),
      status: bucket.versions.current('a')?.replication?.status,
    }).toEqual({
      heard: ['version written'],
      changes: ['version written'],
      status: 'PENDING',
    });
  });

  it('undoes it if it throws, with what it did before', () => {
    const { store, put, bucket, history } = makeStacks('Enabled');
    store.follow(() => {
      bucket.change({ tags: [{ Key: 'a', Value: 'b' }] });
      throw failure;
    });
    expect(() => store.transaction(() => put('a'))).toThrow(failure);
    store.follow(() => {});
    expect({ ofA: history('a'), tags: bucket.tags }).toEqual({ ofA: [], tags: [] });
    store.transaction(() => put('a'));
    expect(history('a')).toHaveLength(1);
  });
});
