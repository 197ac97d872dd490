import { describe, expect, it } from '@jest/globals';
import { certain, isSteady, judge, leaveOutShared, noticeElsewhere, sortByFinding } from '../../src/tried/judge';
import type { KindName } from '../../src/tried/kinds';
import type { ResultNote, TestNote } from '../../src/tried/notes';
import type { Way } from '../../src/tried/plan';
import { file, reports, request, result, run, test } from './notes';

const keyOfSaves = JSON.stringify([file, 'saves', 0]);

const plain = reports({ a: '1', b: '2' });

function makeWay(kind: KindName, isWrite = true): Way {
  const subject = 'PutObject reports/a';
  return {
    ...{ kind, request: { operation: 'PutObject', nth: 1 }, test: { file, name: 'saves', group: '', index: 0 } },
    ...{ subject, name: `${subject}, ${kind}`, line: undefined, isWrite },
  };
}

interface Shown {
  readonly kind?: KindName;
  readonly isWrite?: boolean;
  readonly note?: Partial<TestNote>;
  readonly result?: Partial<ResultNote> | undefined;
  readonly source?: string;
}

function judged({ kind = 'AccessDenied', isWrite, note, result: shown = {}, source = '' }: Shown) {
  const first = run(test('saves', [request('PutObject', 'a')], { picture: plain }), result('saves'));
  const pass = run(test('saves', [], { picture: plain, ...note }), result('saves', shown));
  const { verdict, evidence } = judge(makeWay(kind, isWrite), {
    plain: [first, first],
    pass,
    readLines: () => [source],
  });
  return { verdict, evidence };
}

const failed = { result: 'failed', message: '\n  Expected x\n  but y', line: '/suite/a.test.ts:1' } as const;

describe('a refusal', () => {
  it('is noticed if the test fails', () => {
    expect(judged({ result: failed })).toEqual({ verdict: 'noticed', evidence: 'Expected x' });
  });

  it('is handled if the test passes and leaves the state of the plain run', () => {
    expect(judged({})).toEqual({ verdict: 'handled', evidence: '' });
  });

  it('of a read is what the code falls back from, if the state is the same', () => {
    expect(judged({ isWrite: false })).toEqual({ verdict: 'falls back', evidence: '' });
  });

  it('is not noticed if the test passes and the state lacks an object', () => {
    expect(judged({ note: { picture: reports({ b: '2' }) } })).toEqual({
      verdict: 'not noticed',
      evidence: 'the test passes, and the state lacks reports/a',
    });
  });

  it('is not noticed if the state has another object', () => {
    expect(judged({ note: { picture: reports({ a: '0', b: '2' }) } })).toEqual({
      verdict: 'not noticed',
      evidence: 'the test passes, and the state has another reports/a',
    });
  });

  it('differs if the state has more', () => {
    expect(judged({ note: { picture: reports({ a: '1', b: '2', c: '3' }) } })).toEqual({
      verdict: 'differs',
      evidence: 'the test passes, and the state has reports/c beyond the first run',
    });
  });
});

describe('what S3 does on any day', () => {
  it('is survived if the test passes', () => {
    expect(judged({ kind: 'pages of one' }).verdict).toBe('survives');
  });

  it('is not survived if the test fails', () => {
    expect(judged({ kind: 'pages of one', result: failed })).toEqual({
      verdict: 'does not survive',
      evidence: 'Expected x',
    });
  });

  it.each(['expect(s3.requests).toHaveLength(2);', "expect(s3).toHaveReceivedTimes('PutObject', 1);"])(
    'is no finding if the test fails in %s',
    (source) => {
      expect(judged({ kind: 'pages of one', result: failed, source }).verdict).toBe('asserts requests');
    },
  );

  it('is no finding for a client that does not try again', () => {
    expect(judged({ kind: 'one 503', result: failed }).verdict).toBe('does not retry');
    expect(judged({ kind: 'one 503', result: failed, note: { isRepeated: true } }).verdict).toBe('does not survive');
  });

  it('is arguable if S3 refused what the client asked again', () => {
    const note = { isRepeated: true, refusedAgain: 'RestoreAlreadyInProgress' };
    expect(judged({ kind: 'lost answer', result: failed, note })).toEqual({
      verdict: 'arguable',
      evidence: 'the client asked again, and S3 refused that with RestoreAlreadyInProgress',
    });
    expect(judged({ kind: 'lost answer', note }).verdict).toBe('survives');
  });

  it('is looked at if the test passes with another state', () => {
    expect(judged({ kind: 'event twice', note: { picture: reports({ a: '2', b: '2' }) } }).verdict).toBe('differs');
  });
});

describe('a bucket that is set up otherwise', () => {
  it('is arguable if the test fails, at its line', () => {
    const way = { ...makeWay('kms'), request: undefined };
    const first = run(test('saves', [], { picture: plain }), result('saves'));
    const pass = run(test('saves', [], { picture: plain }), result('saves', failed));
    const evidence = { plain: [first, first] as const, pass, readLines: () => [] };
    expect(judge(way, evidence)).toEqual({
      ...{ way, verdict: 'arguable', evidence: 'Expected x', failedAt: '/suite/a.test.ts:1' },
    });
    expect(certain).not.toContain('arguable');
  });

  it('is arguable if the test passes with another state', () => {
    expect(judged({ kind: 'retention', note: { picture: reports({ b: '2' }) } })).toEqual({
      verdict: 'arguable',
      evidence: 'the test passes, and the state differs: reports/a',
    });
  });

  it('is survived if the test passes with the same state', () => {
    expect(judged({ kind: 'versioning' }).verdict).toBe('survives');
  });

  it('is no finding if the test fails in an assertion on versions', () => {
    const source = "expect(bucket).toHaveVersions('a', ['1']);";
    expect(judged({ kind: 'versioning', result: failed, source }).verdict).toBe('asserts requests');
  });
});

describe('pages of one', () => {
  const source = 'assert.strictEqual(data.Contents.length, 2);';

  it('are no finding if the test fails in an assertion on a page', () => {
    expect(judged({ kind: 'pages of one', result: failed, source }).verdict).toBe('asserts requests');
    expect(judged({ kind: 'pieces', result: failed, source }).verdict).toBe('does not survive');
  });

  it('are not survived if the test fails in an assertion on what the code returns', () => {
    const ofCode = 'assert.strictEqual(names.length, 2);';
    expect(judged({ kind: 'pages of one', result: failed, source: ofCode }).verdict).toBe('does not survive');
  });
});

describe('a test that shows nothing', () => {
  it('has not reached its way', () => {
    expect(judged({ note: { isReached: false } }).verdict).toBe('not reached');
  });

  it('hangs if its time is over', () => {
    expect(judged({ result: { result: 'timed out', message: 'Exceeded timeout of 5000 ms' } }).verdict).toBe('hangs');
  });

  it('hangs if it has no result', () => {
    const pass = run(test('saves', []));
    const evidence = { plain: [pass, pass] as const, pass, readLines: () => [] };
    expect(judge(makeWay('AccessDenied'), evidence).verdict).toBe('hangs');
  });

  it('shares a state if it fails before its way, and takes its describe of that pass with it', () => {
    const first = run(test('saves', []), result('saves'));
    const pass = run(test('saves', [], { isReached: false }), result('saves', failed));
    const evidence = { plain: [first, first] as const, pass, readLines: () => [] };
    const shares = judge(makeWay('AccessDenied'), evidence);
    const beside = judge(makeWay('InternalError'), { ...evidence, pass: first });
    expect(shares.verdict).toBe('shares state');
    expect(leaveOutShared([[shares, beside], [beside]])).toEqual({
      judged: [beside],
      groups: [{ group: file, passes: 1 }],
    });
  });
});

describe('a finding', () => {
  const found = (kind: KindName, more: Partial<Way> = {}) =>
    ({ way: { ...makeWay(kind), ...more }, verdict: 'not noticed', evidence: '' }) as const;

  it('is confirmed before another one of the same line and request', () => {
    const [one, same, other] = [
      found('AccessDenied', { line: '/suite/code.ts:3' }),
      found('InternalError', { line: '/suite/code.ts:3', request: { operation: 'PutObject', nth: 2 } }),
      found('AccessDenied', { line: '/suite/code.ts:9' }),
    ];
    expect(sortByFinding([one, same, other])).toEqual([one, other, same]);
  });

  it('is noticed if another test of the file fails, while this one alone has a way', () => {
    const one = found('AccessDenied');
    const pass = run(
      result('saves'),
      result('lists', failed),
      result('elsewhere', { ...failed, file: '/suite/b.test.ts' }),
    );
    expect(noticeElsewhere(one, pass)).toEqual({ ...one, verdict: 'noticed', evidence: 'another test fails: lists' });
    expect(noticeElsewhere(one, run(result('saves'), result('lists')))).toBe(one);
  });
});

describe('a test that is repeated as it is', () => {
  const first = run(test('saves', [request('PutObject', 'a')], { picture: plain }), result('saves'));
  const isSteadyIn = (requests: readonly ReturnType<typeof request>[], picture = plain, shown = {}) =>
    isSteady(keyOfSaves, [first, first], [run(test('saves', requests, { picture }), result('saves', shown))]);

  it('is steady if it passes with the same requests and the same state', () => {
    expect(isSteadyIn([request('PutObject', 'a')])).toBe(true);
  });

  it('is steady if nobody has noted its requests', () => {
    expect(isSteadyIn([])).toBe(true);
  });

  it.each([
    ['lacks an object', [request('PutObject', 'a')], reports({ b: '2' }), {}],
    ['has another object', [request('PutObject', 'a')], reports({ a: '1', b: '2', c: '3' }), {}],
    ['sends more', [request('PutObject', 'a'), request('GetObject', 'b')], plain, {}],
    ['fails', [request('PutObject', 'a')], plain, failed],
  ])('is not steady if it %s', (_, requests, picture, shown) => {
    expect(isSteadyIn(requests, picture, shown)).toBe(false);
  });
});
