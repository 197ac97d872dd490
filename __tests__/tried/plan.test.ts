import { describe, expect, it } from '@jest/globals';
import type { KindName } from '../../src/tried/kinds';
import { keyOf } from '../../src/tried/notes';
import { addressRequests, planConfirmations, planPasses, planWays, type Way } from '../../src/tried/plan';
import { file, request, run, test } from './notes';

const namesOf = (ways: ReadonlyMap<string, readonly Way[]>) =>
  Object.fromEntries([...ways.values()].map((list) => [list[0]?.test.name, list.map(({ name }) => name)]));

describe('the address of a request', () => {
  it('is operation, bucket, key and which of those it is', () => {
    const requests = [request('PutObject', 'a'), request('PutObject', 'b'), request('PutObject', 'a')];
    expect(addressRequests(requests, requests)).toEqual([
      { operation: 'PutObject', bucket: 'reports', key: 'a', nth: 1 },
      { operation: 'PutObject', bucket: 'reports', key: 'b', nth: 1 },
      { operation: 'PutObject', bucket: 'reports', key: 'a', nth: 2 },
    ]);
  });

  it('leaves out a key that is another one in each run', () => {
    expect(addressRequests([request('PutObject', 'x1')], [request('PutObject', 'x2')])).toEqual([
      { operation: 'PutObject', bucket: 'reports', folder: '', nth: 1 },
    ]);
  });

  it('keeps the folder of a key that is another one in each run', () => {
    const [one, other] = ['1', '2'].map((id) => [request('PutObject', 'index'), request('PutObject', `log/${id}`)]);
    expect(addressRequests(one ?? [], other ?? [])?.at(1)).toEqual({
      operation: 'PutObject',
      bucket: 'reports',
      folder: 'log/',
      nth: 1,
    });
  });

  it('leaves out a folder that is another one in each run', () => {
    expect(addressRequests([request('PutObject', 'x1/a')], [request('PutObject', 'x2/a')])).toEqual([
      { operation: 'PutObject', bucket: 'reports', nth: 1 },
    ]);
  });

  it('leaves out a bucket that is another one in each run', () => {
    const other = request('PutObject', 'x2', { bucket: 'reports-2' });
    expect(addressRequests([request('PutObject', 'x1')], [other])).toEqual([{ operation: 'PutObject', nth: 1 }]);
  });

  it('does not depend on the order in which requests come', () => {
    const [one, other] = [request('PutObject', 'a'), request('PutObject', 'b')];
    expect(addressRequests([one, other], [other, one])).toEqual(addressRequests([one, other], [one, other]));
  });

  it('is unknown if one run has a request more', () => {
    const one = request('PutObject', 'a');
    expect(addressRequests([one], [one, one])).toBeUndefined();
  });
});

describe('the ways of a test', () => {
  it('name the folder of a key that is another one in each run', () => {
    const [one, other] = ['1', '2'].map((id) => run(test('saves', [request('PutObject', `log/${id}`)])));
    expect(one && other && namesOf(planWays(one, other).ways)).toEqual({
      saves: ['PutObject reports/log/*, AccessDenied'],
    });
  });

  it('begin with the most telling kind at each request', () => {
    const kinds = ['InternalError', 'AccessDenied'] as const;
    const note = test('saves', [request('PutObject', 'a', { kinds }), request('PutObject', 'b', { kinds })]);
    expect(namesOf(planWays(run(note), run(note)).ways)).toEqual({
      saves: [
        'PutObject reports/a, AccessDenied',
        'PutObject reports/b, AccessDenied',
        'PutObject reports/a, InternalError',
        'PutObject reports/b, InternalError',
      ],
    });
  });

  it('cut a listing into pages once, since all later ones like it are cut, too', () => {
    const list = request('ListObjectsV2', 'a/', { kinds: ['pages of one', 'AccessDenied'] });
    const note = test('lists', [list, list]);
    expect(namesOf(planWays(run(note), run(note)).ways)).toEqual({
      lists: [
        'ListObjectsV2 reports/a/, AccessDenied',
        'ListObjectsV2 reports/a/ (2), AccessDenied',
        'ListObjectsV2 reports/a/, pages of one',
      ],
    });
  });

  it('have one of its events, if handlers get some', () => {
    const note = test('counts', [], { kinds: ['event twice', 'event late'] });
    expect(namesOf(planWays(run(note), run(note)).ways)).toEqual({
      counts: ['events, event twice', 'events, event late'],
    });
  });

  it('have those of its buckets only if they are asked for, and then first', () => {
    const note = test('saves', [request('PutObject', 'a')], { kinds: ['versioning', 'kms'] });
    const namesWith = (...also: KindName[]) => namesOf(planWays(run(note), run(note), also).ways);
    expect(namesWith()).toEqual({ saves: ['PutObject reports/a, AccessDenied'] });
    expect(namesWith('retention', 'kms')).toEqual({ saves: ['buckets, kms', 'PutObject reports/a, AccessDenied'] });
  });

  it('are none for a test whose requests differ between the plain runs', () => {
    const first = run(test('flaky', [request('PutObject', 'a')]));
    const { ways, leftOut } = planWays(first, run(test('flaky', [])));
    expect({ ways: ways.size, leftOut }).toEqual({
      ways: 0,
      leftOut: [
        { test: { file, name: 'flaky', group: '', index: 0 }, why: 'its requests differ between the two plain runs' },
      ],
    });
  });

  it('are none for a test whose mock keeps the state of the test before', () => {
    const one = run(test('second', [request('PutObject', 'a')], { isShared: true }));
    expect(planWays(one, one).leftOut.map(({ why }) => why)).toEqual([
      'its mock keeps the state of the test before (reset: false)',
    ]);
  });
});

describe('passes', () => {
  const one = run(
    test('saves', [request('PutObject', 'a'), request('PutObject', 'b')]),
    test('reads', [request('GetObject', 'a')]),
  );
  const { ways } = planWays(one, one);

  it('give each test one way of its own', () => {
    const passes = planPasses(ways, 12);
    expect(passes.map((pass) => [...pass.values()].map(({ name }) => name))).toEqual([
      ['PutObject reports/a, AccessDenied', 'GetObject reports/a, AccessDenied'],
      ['PutObject reports/b, AccessDenied'],
    ]);
  });

  it('are no more than asked for', () => {
    expect(planPasses(ways, 1)).toHaveLength(1);
  });

  it('that confirm give a way to one test of a file', () => {
    const found = [...ways.values()].flat();
    const passes = planConfirmations(found);
    expect(passes.map((pass) => [...pass.keys()].length)).toEqual([1, 1, 1]);
    expect(passes.flatMap((pass) => [...pass.keys()])).toEqual(found.map((way) => keyOf(way.test)));
  });
});

it('the last note of a mock is that of the end of its test', () => {
  const early = test('saves', []);
  const late = test('saves', [request('PutObject', 'a')]);
  const other = test('saves', [], { mock: 1 });
  expect([...run(early, other, late).tests.values()]).toEqual([[other, late]]);
});
