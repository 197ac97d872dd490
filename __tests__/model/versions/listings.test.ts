import { describe, expect, it } from '@jest/globals';
import { listCurrentObjects, listVersions, type Page, type PageRequest } from '../../../src/model/versions/listings';
import type { Version } from '../../../src/model/versions/version';
import { makeStacks, type Stacks } from '../../support/stacks';

const all: PageRequest = { prefix: '', delimiter: '', after: '', limit: 1000 };

/** A page as words: `key id`, with `*` if it is the latest, or `prefix/`. */
function words(
  { store, bucket }: Stacks,
  request: Partial<PageRequest>,
  names: ReadonlyMap<string, string> = new Map(),
) {
  const page = listVersions(store, bucket, { ...all, ...request });
  const entries = page.items.map((item) => {
    if (!('version' in item)) return item.commonPrefix;
    const id = item.version.explicitId ?? store.versionIds.writeId(item.version.sequence);
    return `${item.version.key} ${names.get(id) ?? id}${item.isLatest ? '*' : ''}`;
  });
  return page.isTruncated ? [...entries, '...'] : entries;
}

const keysOf = (page: Page<Version>) =>
  page.items.map((item) => ('version' in item ? item.version.key : item.commonPrefix));

function objectsOf(...keys: readonly string[]): Stacks {
  const stacks = makeStacks(undefined);
  for (const key of keys) stacks.put(key);
  return stacks;
}

describe('a listing of objects', () => {
  it('has the keys in the order of their UTF-8 bytes, whatever the order of writes', () => {
    const stacks = objectsOf('😀', 'b', '\ufffd', 'a/b', 'B', 'é', 'a', '中');
    expect(keysOf(listCurrentObjects(stacks.bucket, all))).toEqual(['B', 'a', 'a/b', 'b', 'é', '中', '\ufffd', '😀']);
  });

  it('has no key, and no prefix of a key, whose current version is a delete marker', () => {
    const stacks = makeStacks('Enabled');
    for (const key of ['a/gone', 'b', 'b/gone', 'c', 'd/there', 'd/gone']) stacks.put(key);
    for (const key of ['a/gone', 'b/gone', 'c', 'd/gone']) stacks.delete(key);
    expect(keysOf(listCurrentObjects(stacks.bucket, all))).toEqual(['b', 'd/there']);
    expect(keysOf(listCurrentObjects(stacks.bucket, { ...all, delimiter: '/' }))).toEqual(['b', 'd/']);
    stacks.put('c');
    expect(keysOf(listCurrentObjects(stacks.bucket, all))).toEqual(['b', 'c', 'd/there']);
  });

  it.each([
    ['nothing', {}, ['a', 'b/1', 'b/2', 'b/c/3', 'c']],
    ['a prefix', { prefix: 'b/' }, ['b/1', 'b/2', 'b/c/3']],
    ['a prefix that is a key', { prefix: 'a' }, ['a']],
    ['a prefix that nothing has', { prefix: 'x' }, []],
    ['a delimiter', { delimiter: '/' }, ['a', 'b/', 'c']],
    ['a delimiter after a prefix', { prefix: 'b/', delimiter: '/' }, ['b/1', 'b/2', 'b/c/']],
    ['a delimiter of several characters', { delimiter: '/c/' }, ['a', 'b/1', 'b/2', 'b/c/', 'c']],
    ['a delimiter in the prefix', { prefix: 'b', delimiter: 'b' }, ['b/1', 'b/2', 'b/c/3']],
    ['a marker', { after: 'b/1' }, ['b/2', 'b/c/3', 'c']],
    ['a marker that is not a key', { after: 'b' }, ['b/1', 'b/2', 'b/c/3', 'c']],
    ['a marker at the end', { after: 'c' }, []],
    ['a marker before the prefix', { prefix: 'b/', after: 'a' }, ['b/1', 'b/2', 'b/c/3']],
    ['a marker that is the prefix', { prefix: 'a', after: 'a' }, []],
    ['a marker behind the prefix', { prefix: 'b/', after: 'c' }, []],
    ['a marker inside of a rolled-up prefix', { delimiter: '/', after: 'b/1' }, ['c']],
    ['a rolled-up prefix as the marker', { delimiter: '/', after: 'b/' }, ['c']],
    ['a limit of none', { limit: 0 }, []],
  ])('is cut by %s', (_what, request, keys) => {
    const { bucket } = objectsOf('a', 'b/1', 'b/2', 'b/c/3', 'c');
    const page = listCurrentObjects(bucket, { ...all, ...request });
    expect(keysOf(page)).toEqual(keys);
    expect(page.isTruncated).toBe(false);
  });

  it('is truncated if more follows, and only then', () => {
    const { bucket } = objectsOf('a', 'b', 'c');
    expect(listCurrentObjects(bucket, { ...all, limit: 2 }).isTruncated).toBe(true);
    expect(listCurrentObjects(bucket, { ...all, limit: 3 }).isTruncated).toBe(false);
    expect(listCurrentObjects(bucket, { ...all, limit: 2, after: 'a' }).isTruncated).toBe(false);
  });

  it('is not truncated if only delete markers and older versions follow', () => {
    const stacks = makeStacks('Enabled');
    for (const key of ['a', 'a', 'b']) stacks.put(key);
    stacks.delete('b');
    expect(listCurrentObjects(stacks.bucket, { ...all, limit: 1 }).isTruncated).toBe(false);
  });

  it.each([1, 7, 8, 9, 40])('has each key once, and none below a delete marker, above %i older versions', (older) => {
    const stacks = makeStacks('Enabled');
    for (const key of ['a', 'b', 'c']) for (let version = 0; version <= older; version += 1) stacks.put(key);
    stacks.delete('b');
    expect(keysOf(listCurrentObjects(stacks.bucket, all))).toEqual(['a', 'c']);
    expect(listCurrentObjects(stacks.bucket, { ...all, after: 'a', limit: 1 })).toMatchObject({ isTruncated: false });
  });

  it('has at most 1,000 entries', () => {
    const stacks = makeStacks(undefined);
    for (let index = 0; index < 1001; index += 1) stacks.put(`key-${index}`);
    const page = listCurrentObjects(stacks.bucket, { ...all, limit: 2147483647 });
    expect({ items: page.items.length, isTruncated: page.isTruncated }).toEqual({ items: 1000, isTruncated: true });
  });
});

describe('a listing of versions', () => {
  /** a: v2, v1; b: marker d1, v3; c: v4; each with its name. */
  function threeKeys() {
    const stacks = makeStacks('Enabled');
    const ids = {
      v1: stacks.put('a'),
      v2: stacks.put('a'),
      v3: stacks.put('b'),
      d1: stacks.delete('b') ?? '',
      v4: stacks.put('c'),
    };
    const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
    return { stacks, ids, words: (request: Partial<PageRequest>) => words(stacks, request, names) };
  }

  it('has the newest of each key first, versions and markers mixed, and one latest for each key', () => {
    expect(threeKeys().words({})).toEqual(['a v2*', 'a v1', 'b d1*', 'b v3', 'c v4*']);
  });

  it('has pages that mark the latest version, wherever they begin', () => {
    const { words: told, ids } = threeKeys();
    expect(told({ limit: 1 })).toEqual(['a v2*', '...']);
    expect(told({ limit: 2, after: 'a', afterVersionId: ids.v2 })).toEqual(['a v1', 'b d1*', '...']);
    expect(told({ after: 'b', afterVersionId: ids.d1 })).toEqual(['b v3', 'c v4*']);
  });

  it('continues after all versions of a key if the request names none', () => {
    const { words: told } = threeKeys();
    expect(told({ after: 'a' })).toEqual(['b d1*', 'b v3', 'c v4*']);
    expect(told({ after: 'aa' })).toEqual(['b d1*', 'b v3', 'c v4*']);
  });

  it('continues at the same place if the last version of a page is gone', () => {
    const { stacks, ids, words: told } = threeKeys();
    stacks.deleteVersion('a', ids.v2);
    expect(told({ after: 'a', afterVersionId: ids.v2 })).toEqual(['a v1*', 'b d1*', 'b v3', 'c v4*']);
    stacks.deleteVersion('b', ids.v3);
    expect(told({ after: 'b', afterVersionId: ids.v3 })).toEqual(['c v4*']);
  });

  it('continues after the null version, at the top or below, and after the whole key if it has no null version', () => {
    const stacks = makeStacks(undefined);
    stacks.put('k');
    stacks.setVersioning('Enabled');
    const v2 = stacks.put('k');
    stacks.put('l');
    const names = new Map([[v2, 'v2']]);
    expect(words(stacks, { limit: 2 }, names)).toEqual(['k v2*', 'k null', '...']);
    expect(words(stacks, { after: 'k', afterVersionId: v2, limit: 1 }, names)).toEqual(['k null', '...']);
    expect(words(stacks, { after: 'k', afterVersionId: 'null' }).map((entry) => entry[0])).toEqual(['l']);
    expect(words(stacks, { after: 'l', afterVersionId: 'null' })).toEqual([]);
  });

  // Recorded: dyus/meeseeks-s3, test_dependency_empty_key_with_valid_vid; brekkylab/backlot, 2026-09-29. F68
  it('continues inside the first key if the request names a version but no key', () => {
    const { words: told, ids } = threeKeys();
    expect(told({ after: '', afterVersionId: ids.v2 })).toEqual(['a v1', 'b d1*', 'b v3', 'c v4*']);
    expect(told({ after: '', afterVersionId: 'null' })).toEqual([]);
    expect(words(makeStacks('Enabled'), { after: '', afterVersionId: ids.v2 })).toEqual([]);
  });

  // Measured: johannesboyne/gofakes3, s300004. F68
  it('begins at the beginning of its prefix if the request names no key, and a version of another key than the first', () => {
    const { words: told, ids, stacks } = threeKeys();
    for (const id of [ids.v3, ids.d1, ids.v4]) {
      expect(told({ after: '', afterVersionId: id })).toEqual(['a v2*', 'a v1', 'b d1*', 'b v3', 'c v4*']);
      expect(told({ prefix: 'b', after: '', afterVersionId: id })).toEqual(['b d1*', 'b v3']);
    }
    expect(told({ prefix: 'b', after: '', afterVersionId: ids.v2 })).toEqual(['b d1*', 'b v3']);
    expect(told({ prefix: 'a', after: '', afterVersionId: ids.v2 })).toEqual(['a v1']);
    stacks.deleteVersion('a', ids.v2);
    expect(told({ after: '', afterVersionId: ids.v2 })).toEqual(['a v1*', 'b d1*', 'b v3', 'c v4*']);
  });

  it('has the versions of the key that follows a rolled-up prefix', () => {
    const stacks = makeStacks(undefined);
    for (const key of ['a/1', 'a/2', 'a0']) stacks.put(key);
    expect(words(stacks, { delimiter: '/' })).toEqual(['a/', 'a0 null*']);
  });

  it('counts a rolled-up prefix as one entry, delete markers included', () => {
    const stacks = makeStacks('Enabled');
    stacks.delete('a/1');
    stacks.put('b/1');
    stacks.put('b/1');
    stacks.put('c');
    expect(words(stacks, { delimiter: '/' }).map((entry) => entry.replace(/ .*/, ''))).toEqual(['a/', 'b/', 'c']);
    expect(words(stacks, { delimiter: '/', limit: 2 })).toEqual(['a/', 'b/', '...']);
    expect(words(stacks, { delimiter: '/', limit: 2, after: 'b/' }).map((entry) => entry.slice(0, 1))).toEqual(['c']);
  });

  // Recorded: localstack, TestS3ListObjectVersions. F60
  it('does not repeat a prefix when it continues from a key inside it', () => {
    const stacks = makeStacks(undefined);
    for (const key of ['folder/aSubfolder/subFile1', 'folder/aSubfolder/subFile2', 'folder/file1', 'folder/file2'])
      stacks.put(key);
    const request = { prefix: 'folder/', delimiter: '/' };
    expect(words(stacks, request)).toEqual(['folder/aSubfolder/', 'folder/file1 null*', 'folder/file2 null*']);
    for (const after of ['folder/aSubfolder/', 'folder/aSubfolder/subFile1'])
      expect(words(stacks, { ...request, after, limit: 1 })).toEqual(['folder/file1 null*', '...']);
  });
});
