import { describe, expect, it } from '@jest/globals';
import { isAccepted, readAccepted } from '../../src/tried/accepted';
import type { Judged } from '../../src/tried/judge';
import type { Way } from '../../src/tried/plan';
import { hasFailed, type Report, writeHtml, writeJson, writeReport } from '../../src/tried/report';
import { readRunnerCommand } from '../../src/tried/runner-command';

const way: Way = {
  ...{ kind: 'AccessDenied', request: { operation: 'PutObject', nth: 1 }, isWrite: true },
  test: { file: '/suite/a.test.js', name: 'saves <b>', group: '', index: 0 },
  subject: 'PutObject reports/a',
  name: 'PutObject reports/a, AccessDenied',
  line: '/suite/code.js:3',
};
const found: Judged = { way, verdict: 'not noticed', evidence: 'the test passes, and the state lacks reports/a' };
const internal = 'PutObject reports/a, InternalError';

function makeReport(judged: readonly Judged[]): Report {
  return {
    ...{ command: readRunnerCommand(['npx', 'jest']), judged, accepted: [], leftOut: [], groups: [] },
    counts: { unknown: 1, ofHooks: 0, ruled: 0, worlds: 0 },
    ...{ tests: 1, ways: 2, passes: 2, seconds: 6, plainSeconds: 2, shorten: (file) => file.replace('/suite/', '') },
  };
}

describe('the report', () => {
  const report = makeReport([
    { ...found, way: { ...way, kind: 'InternalError', name: internal } },
    { ...found, way: { ...way, kind: 'AccessDenied' } },
    { ...found, verdict: 'noticed' },
  ]);

  it('is by line of the code, with the command that runs a way alone', () => {
    expect(writeReport(report).split('\n')).toEqual([
      'code.js:3',
      '  not noticed: PutObject reports/a, InternalError',
      '    S3 answered InternalError to each attempt.',
      '    the test passes, and the state lacks reports/a',
      '    the same with AccessDenied',
      '    in a.test.js: saves <b>',
      "    npx s3-versioning-mock try --only 'PutObject reports/a, InternalError' -- npx jest a.test.js -t '^saves <b>$'",
      '',
      '1 test with requests, 2 ways, 3 judged in 2 passes: 6.0 s, 3.0 times the plain suite.',
      '     2  not noticed',
      '     1  noticed (good)',
      '1 request got no way, since nobody knows the test: concurrent tests, handlers, ports, and runners that do not say.',
    ]);
  });

  it('shows a request of a line once, whichever of several such requests it is', () => {
    const third = { ...way, request: { operation: 'PutObject', nth: 3 }, test: { ...way.test, name: 'updates' } };
    const lines = writeReport(makeReport([found, { ...found, way: third }])).split('\n');
    expect(lines.filter((line) => /not noticed:|^ {4}in /.test(line))).toEqual([
      '  not noticed: PutObject reports/a, AccessDenied',
      '    in a.test.js: saves <b>',
      '    in a.test.js: updates',
    ]);
  });

  it('says in how many passes the tests of a describe depended on each other', () => {
    const groups = [{ group: '/suite/a.test.js: shop', passes: 2 }];
    expect(writeReport({ ...makeReport([]), groups })).toContain(
      'Left out in 2 passes: a.test.js: shop, since its tests depend on each other.',
    );
  });

  it('shows what happened to a whole test at the line at which it fails', () => {
    const ofBuckets: Way = {
      ...way,
      kind: 'kms',
      request: undefined,
      line: undefined,
      subject: 'buckets',
      name: 'buckets, kms',
    };
    const failedAt = '/suite/a.test.js:7';
    const [line, verdict] = writeReport(
      makeReport([{ way: ofBuckets, verdict: 'arguable', evidence: 'Expected x', failedAt }]),
    ).split('\n');
    expect({ line, verdict }).toEqual({ line: 'a.test.js:7', verdict: '  arguable: buckets, kms' });
  });

  it('is JSON as well', () => {
    expect(JSON.parse(writeJson(report))).toMatchObject({
      verdicts: { 'not noticed': 2, noticed: 1 },
      lines: [{ line: 'code.js:3', findings: [{ verdict: 'not noticed', also: ['AccessDenied'] }] }],
    });
  });

  it('is a page without code of the tests', () => {
    const page = writeHtml(report);
    expect(page).toContain('saves &lt;b&gt;');
    expect(page).not.toContain('<b>');
    expect(page).not.toContain('<script');
  });

  it('masks the signature of a URL in a message', () => {
    const evidence = 'GET https://reports.s3.amazonaws.com/a?X-Amz-Signature=abcdef0123 failed';
    expect(writeReport(makeReport([{ ...found, evidence }]))).not.toContain('abcdef0123');
  });
});

describe('a finding', () => {
  it('fails the command only if it was asked to', () => {
    const report = makeReport([found]);
    expect(hasFailed(report, [])).toBe(false);
    expect(hasFailed(report, ['not noticed'])).toBe(true);
    expect(hasFailed(report, ['does not survive'])).toBe(false);
  });

  it('can be accepted in one test, or in all', () => {
    const reason = 'a cache';
    expect(isAccepted(found, [{ way: way.name, reason }])).toBe(true);
    expect(isAccepted(found, [{ way: way.name, test: way.test.name, reason }])).toBe(true);
    expect(isAccepted(found, [{ way: way.name, test: 'other', reason }])).toBe(false);
    expect(isAccepted(found, [{ way: internal, reason }])).toBe(false);
  });
});

it.each([
  [{}, 'it is not a list'],
  [[1], 'entry 1 is not an object'],
  [[{ way: 'x' }], 'entry 1 has no reason'],
  [[{ way: 'x', reason: ' ' }], 'entry 1 has no reason'],
  [[{ reason: 'x' }], "entry 1 has no way, such as 'PutObject reports/cache.json, AccessDenied'"],
  [[{ way: 'x', reason: 'y', because: 'z' }], "entry 1 has an unknown member 'because'"],
  [[{ way: 'x', reason: 'y', test: 1 }], 'entry 1 has a test that is no text'],
])('%j is no file of accepted ways', (content, problem) => {
  expect(readAccepted(content)).toBe(problem);
});
