import { describe, expect, it } from '@jest/globals';
import { Ids } from '../../../src/model/ids';
import { makeContent } from '../../../src/model/versions/content';
import { makeSortKey } from '../../../src/model/versions/sort-key';
import { isObject, type Version } from '../../../src/model/versions/version';
import { newest, oldest, VersionStacks } from '../../../src/model/versions/version-stacks';

const content = makeContent(new Ids('seed'), {
  body: Buffer.from('data'),
  metadata: {},
  headers: {},
  encryption: {},
  storageClass: 'STANDARD',
});

function version(key: string, sequence: number, more: Partial<Version> = {}): Version {
  return {
    key,
    sortKey: makeSortKey(key),
    sequence,
    created: sequence,
    explicitId: undefined,
    content,
    tags: [],
    lock: undefined,
    ...more,
  };
}

function stacksOf(...versions: readonly Version[]): VersionStacks {
  const stacks = new VersionStacks();
  for (const one of versions) stacks.add(one);
  return stacks;
}

const sequencesOf = (versions: Iterable<Version>) => [...versions].map(({ sequence }) => sequence);

describe('the stacks of a bucket', () => {
  it('have the newest version of each key on top, whatever the order of adding', () => {
    const stacks = stacksOf(version('k', 2), version('k', 9), version('k', 5), version('j', 7), version('l', 1));
    expect(sequencesOf(stacks.of('k'))).toEqual([9, 5, 2]);
    expect(stacks.current('k')?.sequence).toBe(9);
    expect(sequencesOf(stacks.from({ sortKey: '', sequence: newest }))).toEqual([7, 9, 5, 2, 1]);
    expect(stacks.size).toBe(5);
  });

  it('have no current version of a key without versions, with or without neighbouring keys', () => {
    const stacks = stacksOf(version('a', 1), version('c', 2));
    expect({
      currentOfB: stacks.current('b'),
      currentOfD: stacks.current('d'),
      objectOfB: stacks.currentObject('b'),
    }).toEqual({
      currentOfB: undefined,
      currentOfD: undefined,
      objectOfB: undefined,
    });
    expect([...stacks.of('b')]).toEqual([]);
  });

  it('return a current object only if the top is not a delete marker', () => {
    const stacks = stacksOf(version('k', 1), version('k', 2, { content: undefined }));
    expect(isObject(stacks.current('k'))).toBe(false);
    expect(stacks.currentObject('k')).toBeUndefined();
    stacks.remove(version('k', 2));
    expect(stacks.currentObject('k')?.sequence).toBe(1);
  });

  it('find a version by its key and write, and by no other key', () => {
    const stacks = stacksOf(version('k', 1), version('j', 2));
    expect(stacks.at('k', 1)?.sequence).toBe(1);
    expect({ atK: stacks.at('k', 2), atJ: stacks.at('j', 1) }).toEqual({ atK: undefined, atJ: undefined });
  });

  it('have the successor of a version above it', () => {
    const stacks = stacksOf(version('j', 9), version('k', 1), version('k', 4));
    expect(stacks.above(version('k', 1))?.sequence).toBe(4);
    expect(stacks.above(version('k', 4))).toBeUndefined();
    expect(stacks.above({ sortKey: 'k', sequence: oldest })?.sequence).toBe(1);
  });

  it('replace a version with one made from it', () => {
    const stacks = stacksOf(version('k', 1, { explicitId: 'null' }), version('k', 2));
    const tags = [{ Key: 'a', Value: 'b' }];
    stacks.replace(version('k', 1, { explicitId: 'null', tags }));
    expect(sequencesOf(stacks.of('k'))).toEqual([2, 1]);
    expect(stacks.nullVersion('k')?.tags).toEqual(tags);
    expect(stacks.at('k', 1)?.tags).toEqual(tags);
  });

  it('know the keys that have a version with a restore', () => {
    const restore = { tier: 'Bulk', days: 1, requested: 0, ready: 1, expires: 2, isOngoing: true } as const;
    const stacks = stacksOf(version('a', 1), version('b', 2, { restore }), version('c', 3));
    expect([...stacks.restored.keys()]).toEqual(['b']);
    stacks.replace(version('c', 3, { restore }));
    expect([...stacks.restored.keys()]).toEqual(['b', 'c']);
  });

  it('freeze the tags and the metadata, which entries of the journal share with a version', () => {
    const made = () => ({ tags: [{ Key: 'a', Value: 'b' }], content: { ...content, metadata: { a: 'b' } } });
    const [added, replaced] = [made(), made()];
    const stacks = stacksOf(version('k', 1, added));
    stacks.replace(version('k', 1, replaced));
    const shared = [added, replaced].flatMap(({ tags, content: { metadata } }) => [tags, tags[0], metadata]);
    expect(shared.map((one) => Object.isFrozen(one))).toEqual(shared.map(() => true));
  });
});

// A key has at most one null version, at the top or below. F52
describe('the null version', () => {
  const nullAt = (sequence: number, more: Partial<Version> = {}) =>
    version('k', sequence, { explicitId: 'null', ...more });

  it.each([
    ['on top', [version('k', 1), nullAt(2)]],
    ['below others', [nullAt(1), version('k', 2), version('k', 3)]],
    ['between others', [version('k', 1), nullAt(2), version('k', 3)]],
    ['added after those above it', [version('k', 3), nullAt(2), version('k', 1)]],
    ['a delete marker below others', [nullAt(1, { content: undefined }), version('k', 2)]],
  ])('is found %s', (_where, versions) => {
    expect(stacksOf(...versions).nullVersion('k')?.explicitId).toBe('null');
  });

  it('is gone when it is removed, from the top and from below', () => {
    const onTop = stacksOf(version('k', 1), nullAt(2));
    onTop.remove(nullAt(2));
    const below = stacksOf(nullAt(1), version('k', 2));
    below.remove(nullAt(1));
    expect({ onTop: onTop.nullVersion('k'), below: below.nullVersion('k') }).toEqual({
      onTop: undefined,
      below: undefined,
    });
    expect({ onTop: sequencesOf(onTop.of('k')), below: sequencesOf(below.of('k')) }).toEqual({
      onTop: [1],
      below: [2],
    });
  });

  it('is found when the version above it is removed, and when another is added', () => {
    const stacks = stacksOf(nullAt(1), version('k', 2));
    stacks.remove(version('k', 2));
    expect(stacks.nullVersion('k')?.sequence).toBe(1);
    stacks.add(version('k', 3));
    expect(stacks.nullVersion('k')?.sequence).toBe(1);
    stacks.remove(nullAt(1));
    expect(stacks.nullVersion('k')).toBeUndefined();
  });

  it('belongs to one key', () => {
    const stacks = stacksOf(nullAt(1), version('j', 2));
    expect(stacks.nullVersion('j')).toBeUndefined();
  });
});

describe('an id that a test gave', () => {
  it('finds its version, under its own key', () => {
    const stacks = stacksOf(version('k', 1, { explicitId: 'v1' }), version('j', 2, { explicitId: 'v1' }));
    expect({ underK: stacks.sequenceOfExplicitId('k', 'v1'), underJ: stacks.sequenceOfExplicitId('j', 'v1') }).toEqual({
      underK: 1,
      underJ: 2,
    });
    expect(stacks.sequenceOfExplicitId('l', 'v1')).toBeUndefined();
  });

  it('stays known after its version is removed', () => {
    const stacks = stacksOf(version('k', 1, { explicitId: 'v1' }));
    stacks.remove(version('k', 1));
    expect({
      isExplicitId: stacks.isExplicitId('v1'),
      sequence: stacks.sequenceOfExplicitId('k', 'v1'),
      version: stacks.at('k', 1),
    }).toEqual({
      isExplicitId: true,
      sequence: 1,
      version: undefined,
    });
  });

  it('differs from the beginning of another id, and from that of the null version', () => {
    const stacks = stacksOf(version('k', 1, { explicitId: 'v12' }), version('j', 2, { explicitId: 'null' }));
    expect(['v1', 'v12', 'v123', 'null', ''].map((id) => stacks.isExplicitId(id))).toEqual([
      false,
      true,
      false,
      false,
      false,
    ]);
  });

  it('finds the version that got it last', () => {
    const stacks = stacksOf(version('k', 1, { explicitId: 'v1' }));
    stacks.remove(version('k', 1));
    stacks.add(version('k', 2, { explicitId: 'v1' }));
    expect(stacks.sequenceOfExplicitId('k', 'v1')).toBe(2);
  });

  it("is never the text 'undefined' of a version without such an id", () => {
    expect(stacksOf(version('k', 1)).isExplicitId('undefined')).toBe(false);
  });
});

describe('a copy', () => {
  it('does not show later changes of the original, nor the original those of the copy', () => {
    const stacks = stacksOf(version('k', 1, { explicitId: 'null' }), version('k', 2, { explicitId: 'v2' }));
    const copy = stacks.copy();
    stacks.add(version('k', 3, { explicitId: 'v3' }));
    stacks.remove(version('k', 1));
    copy.add(version('j', 4));
    expect({ stacks: sequencesOf(stacks.of('k')), copy: sequencesOf(copy.of('k')) }).toEqual({
      stacks: [3, 2],
      copy: [2, 1],
    });
    expect({ original: stacks.current('j'), copy: copy.current('j')?.sequence }).toEqual({
      original: undefined,
      copy: 4,
    });
    expect({ original: stacks.nullVersion('k'), copy: copy.nullVersion('k')?.sequence }).toEqual({
      original: undefined,
      copy: 1,
    });
    expect({ v2: copy.isExplicitId('v2'), v3: copy.isExplicitId('v3') }).toEqual({ v2: true, v3: false });
  });
});
