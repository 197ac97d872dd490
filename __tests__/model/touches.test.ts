import { describe, expect, it } from '@jest/globals';
import { commute, type Part, type Touch } from '../../src/model/touches';
import { AnsweredStore, type DirectCall } from '../support/answered-store';
import { alias } from '../support/pairs-of-calls';
import { makeStacks } from '../support/stacks';

const write = (part: Part, bucket?: string): Touch => ({ bucket, part, isWrite: true });
const read = (part: Part, bucket?: string): Touch => ({ bucket, part, isWrite: false });

describe('two requests', () => {
  it.each<[string, Touch, Touch, boolean]>([
    ['two reads of a key', read({ key: 'a' }, 'vault'), read({ key: 'a' }, 'vault'), true],
    ['a read and a write of a key', read({ key: 'a' }, 'vault'), write({ key: 'a' }, 'vault'), false],
    ['writes of two keys', write({ key: 'a' }, 'vault'), write({ key: 'b' }, 'vault'), true],
    ['writes of a key in two buckets', write({ key: 'a' }, 'vault'), write({ key: 'a' }, 'other'), true],
    ['a write in a walk', write({ key: 'b' }, 'vault'), read({ from: 'a', before: 'c' }, 'vault'), false],
    ['a write at the start of a walk', write({ key: 'a' }, 'vault'), read({ from: 'a', before: 'c' }, 'vault'), false],
    ['a write at the end of a walk', write({ key: 'c' }, 'vault'), read({ from: 'a', before: 'c' }, 'vault'), true],
    [
      'a write behind a walk to the end',
      write({ key: 'z' }, 'vault'),
      read({ from: 'a', before: undefined }, 'vault'),
      false,
    ],
    ['a key and the settings', write({ key: 'a' }, 'vault'), write('settings', 'vault'), true],
    ['the settings of two buckets', write('settings', 'vault'), write('settings', 'other'), true],
    ['a new bucket and the list of buckets', write('existence', 'vault'), read('existence'), false],
    ['a new bucket and another one', write('existence', 'vault'), read('existence', 'other'), true],
    ['everything in a bucket, and a key there', write('everything', 'vault'), read({ key: 'a' }, 'vault'), false],
    ['everything, and a key in another bucket', write('everything', 'vault'), read({ key: 'a' }, 'other'), true],
    ['two parts', write({ upload: 'u', piece: 1 }, 'vault'), write({ upload: 'u', piece: 2 }, 'vault'), true],
    ['a part twice', write({ upload: 'u', piece: 1 }, 'vault'), write({ upload: 'u', piece: 1 }, 'vault'), false],
    [
      'a part and all parts',
      write({ upload: 'u', piece: 1 }, 'vault'),
      read({ upload: 'u', piece: 'parts' }, 'vault'),
      false,
    ],
    [
      'a part and the head',
      write({ upload: 'u', piece: 1 }, 'vault'),
      read({ upload: 'u', piece: 'head' }, 'vault'),
      true,
    ],
    [
      'all parts and the head',
      write({ upload: 'u', piece: 'parts' }, 'vault'),
      read({ upload: 'u', piece: 'head' }, 'vault'),
      true,
    ],
    [
      'a part and the whole upload',
      read({ upload: 'u', piece: 1 }, 'vault'),
      write({ upload: 'u', piece: 'whole' }, 'vault'),
      false,
    ],
    [
      'two uploads',
      write({ upload: 'u', piece: 'whole' }, 'vault'),
      write({ upload: 'v', piece: 'whole' }, 'vault'),
      true,
    ],
    [
      'an upload of a key and all uploads',
      write({ uploadsOf: 'a' }, 'vault'),
      read({ uploadsOf: undefined }, 'vault'),
      false,
    ],
    [
      'an upload of a key and those of another',
      write({ uploadsOf: 'a' }, 'vault'),
      read({ uploadsOf: 'b' }, 'vault'),
      true,
    ],
    ['a task and all tasks', write({ task: '1' }, 'vault'), read({ task: undefined }, 'vault'), false],
    ['two tasks', write({ task: '1' }, 'vault'), write({ task: '2' }, 'vault'), true],
    ['an id of a version twice', write({ explicitId: 'v' }, 'vault'), read({ explicitId: 'v' }, 'vault'), false],
    ['a device twice', write({ device: 'one' }), write({ device: 'one' }), false],
    ['two devices', write({ device: 'one' }), write({ device: 'two' }), true],
    ['rules and account settings', write('rules'), write('account settings'), true],
    ['the rules twice', write('rules'), write('rules'), false],
  ])('%s', (_name, one, other, expected) => {
    expect({ one: commute([one], [other]), other: commute([other], [one]) }).toEqual({
      one: expected,
      other: expected,
    });
  });
});

describe('the versions of a bucket report', () => {
  const observed = (act: (stacks: ReturnType<typeof makeStacks>) => unknown): readonly Touch[] => {
    const stacks = makeStacks('Enabled');
    for (const key of ['a', 'b', 'b/1', 'b/2', 'c']) stacks.put(key);
    const touches: Touch[] = [];
    const end = stacks.store.observe((touch) => touches.push(touch));
    act(stacks);
    end();
    stacks.put('not observed');
    return touches.filter(({ bucket, part }) => bucket === 'vault' && part !== 'settings');
  };
  const take = (count: number) => (versions: Iterable<unknown>) => {
    let left = count;
    for (const _ of versions) {
      left -= 1;
      if (left === 0) return;
    }
  };

  it.each<[string, (stacks: ReturnType<typeof makeStacks>) => unknown, readonly Part[]]>([
    ['a read of a key', ({ bucket }) => bucket.versions.current('a'), [{ key: 'a' }]],
    ['a read of a missing key', ({ bucket }) => bucket.versions.nullVersion('x'), [{ key: 'x' }]],
    ['a stack', ({ bucket }) => [...bucket.versions.of('b')], [{ key: 'b' }]],
    ['the version above', ({ bucket }) => bucket.versions.above({ sortKey: 'b', sequence: 1 }), [{ key: 'b' }]],
    ['the number of an id', ({ bucket }) => bucket.versions.sequenceOfExplicitId('b', 'id'), [{ key: 'b' }]],
    ['the number of versions', ({ bucket }) => bucket.versions.size, [{ from: '', before: undefined }]],
    [
      'a walk to the end',
      ({ bucket }) => [...bucket.versions.from({ sortKey: 'b', sequence: Number.POSITIVE_INFINITY })],
      [{ from: 'b', before: undefined }],
    ],
    [
      'a walk as far as it went',
      ({ bucket }) => take(2)(bucket.versions.from({ sortKey: '', sequence: Number.POSITIVE_INFINITY })),
      [{ from: '', before: 'b\0' }],
    ],
    [
      'a walk below all versions of a key',
      ({ bucket }) => take(1)(bucket.versions.from({ sortKey: 'b', sequence: -1 })),
      [{ from: 'b\0', before: 'b/1\0' }],
    ],
    [
      'a walk within a prefix, which found what follows',
      ({ bucket }) => take(3)(bucket.versions.from({ sortKey: 'b/', sequence: Number.POSITIVE_INFINITY }, 'b/')),
      [{ from: 'b/', before: 'b0' }],
    ],
  ])('%s', (_name, act, parts) => {
    expect(observed(act)).toEqual(parts.map((part) => read(part, 'vault')));
  });

  it('a write of a key', () => {
    expect(observed(({ put }) => put('a'))).toContainEqual(write({ key: 'a' }, 'vault'));
  });

  it('nothing that is not observed', () => {
    expect(observed(({ bucket, store }) => store.unobserved(() => bucket.versions.current('a')))).toEqual([]);
  });
});

describe('requests', () => {
  const make = () =>
    new AnsweredStore({
      vault: {
        versioning: 'Enabled',
        objects: { a: 'one', b: 'two', 'b/1': 'three', c: 'four' },
        accessPoints: { reports: { alias } },
      },
      other: { objects: { a: 'one' } },
    });
  const begin = (answered: AnsweredStore, key: string): string => {
    answered.ask({ method: 'POST', path: `/vault/${key}?uploads` });
    return [...(answered.store.buckets.get('vault')?.uploads.keys() ?? [])].at(-1) ?? '';
  };
  const observe = (answered: AnsweredStore, call: DirectCall): readonly Touch[] => {
    const touches: Touch[] = [];
    const end = answered.store.observe((touch) => touches.push(touch));
    answered.ask(call);
    end();
    return touches;
  };
  const get = (path: string): DirectCall => ({ method: 'GET', path });
  const put = (path: string, headers: DirectCall['headers'] = {}): DirectCall => ({
    method: 'PUT',
    path,
    body: 'new',
    ...(headers && { headers }),
  });
  const copy = (path: string, source: string): DirectCall => ({
    method: 'PUT',
    path,
    headers: { 'x-amz-copy-source': source },
  });

  it.each<[string, DirectCall, DirectCall, boolean]>([
    ['puts of two keys', put('/vault/a'), put('/vault/b'), true],
    ['puts of a key', put('/vault/a'), put('/vault/a'), false],
    ['reads of a key', get('/vault/a'), get('/vault/a'), true],
    ['a read of a missing key and a put of another', get('/vault/x'), put('/vault/y'), true],
    ['a read of a missing key and its put', get('/vault/x'), put('/vault/x'), false],
    ['a delete of a missing key and a put of another', { method: 'DELETE', path: '/vault/x' }, put('/vault/y'), true],
    ['a refused conditional put and a read', put('/vault/a', { 'if-none-match': '*' }), get('/vault/a'), true],
    ['a conditional put and a read', put('/vault/x', { 'if-none-match': '*' }), get('/vault/x'), false],
    ['a listing and a put in its prefix', get('/vault?prefix=b'), put('/vault/b/2'), false],
    ['a listing and a put of another prefix', get('/vault?prefix=b'), put('/vault/c'), true],
    ['a listing of an empty prefix and a put behind', get('/vault?prefix=bb'), put('/vault/c'), true],
    ['a page and a put behind it', get('/vault?max-keys=1'), put('/vault/c'), true],
    ['a page and a put of its next key', get('/vault?max-keys=1'), put('/vault/b'), false],
    ['a page and a put of its marker', get('/vault?marker=a'), put('/vault/a'), true],
    ['a rolled-up prefix and a further key in it', get('/vault?delimiter=/&prefix=b/'), put('/vault/b/1/2'), false],
    ['a copy and a put of its source', copy('/other/b', '/vault/a'), put('/vault/a'), false],
    ['a copy and a put of another key', copy('/other/b', '/vault/a'), put('/vault/b'), true],
    ['a copy by an alias and a put of its source', copy('/other/b', `${alias}/a`), put('/vault/a'), false],
    ['a put by an alias and a read', put(`/${alias}/a`), get('/vault/a'), false],
    ['a put by an alias and a read of another key', put(`/${alias}/a`), get('/vault/b'), true],
    ['settings and a put', { method: 'DELETE', path: '/vault?tagging' }, put('/vault/a'), false],
    ['settings of another bucket and a put', { method: 'DELETE', path: '/other?tagging' }, put('/vault/a'), true],
    ['a new bucket and a put', put('/new'), put('/vault/a'), true],
    ['a new bucket and a list of buckets', put('/new'), get('/'), false],
    ['a new bucket and a request to it', put('/new'), get('/new?location'), false],
    ['a request to a missing bucket and another new bucket', get('/missing/a'), put('/new'), true],
    ['the delete of a bucket and a put there', { method: 'DELETE', path: '/vault' }, put('/vault/d'), false],
  ])('%s', (_name, first, second, expected) => {
    const answered = make();
    // A new bucket has no body.
    const [one, other] = [first, second].map((call) =>
      observe(answered, call.path === '/new' ? { ...call, body: '' } : call),
    );
    expect(commute(one ?? [], other ?? [])).toBe(expected);
  });

  it.each<[string, (id: string) => DirectCall, boolean]>([
    ['another part', (id) => put(`/vault/a?uploadId=${id}&partNumber=2`), true],
    ['the same part', (id) => put(`/vault/a?uploadId=${id}&partNumber=1`), false],
    ['a copied part', (id) => copy(`/vault/a?uploadId=${id}&partNumber=2`, '/other/a'), true],
    ['the list of parts', (id) => get(`/vault/a?uploadId=${id}`), false],
    ['the list of uploads', () => get('/vault?uploads'), true],
    ['the abort', (id) => ({ method: 'DELETE', path: `/vault/a?uploadId=${id}` }), false],
    ['a put of the key', () => put('/vault/a'), true],
    ['a delete of the key', () => ({ method: 'DELETE', path: '/vault/a' }), true],
    ['another upload of the key', () => ({ method: 'POST', path: '/vault/a?uploads' }), true],
  ])('a part of an upload and %s', (_name, makeOther, expected) => {
    const answered = make();
    const id = begin(answered, 'a');
    const one = observe(answered, put(`/vault/a?uploadId=${id}&partNumber=1`));
    expect(commute(one, observe(answered, makeOther(id)))).toBe(expected);
  });

  it('the begin of an upload and the list of uploads do not commute, but begins of two keys do', () => {
    const answered = make();
    const one = observe(answered, { method: 'POST', path: '/vault/a?uploads' });
    const other = observe(answered, { method: 'POST', path: '/vault/b?uploads' });
    const list = observe(answered, get('/vault?uploads'));
    expect({ two: commute(one, other), list: commute(one, list) }).toEqual({ two: true, list: false });
  });
});
