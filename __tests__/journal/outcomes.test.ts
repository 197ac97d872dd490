import { describe, expect, it } from '@jest/globals';
import type { RequestEntry } from '../../src/journal/entry';
import { created, enabled, entry, journalOf, messageOf, refused, suspended } from './entries';

const put = (facts: object) => entry('PutObject', { Bucket: 'vault', Key: 'a' }, facts);
const get = (facts: object) => entry('GetObject', { Bucket: 'vault', Key: 'a' }, facts);
const failure = (kind: string, what: string, applied: boolean) => ({ failure: { kind, what, applied } });
const denied = refused(403, 'AccessDenied', 'Access Denied');
const lostDenial = { ...denied, status: 0, ...failure('disconnect', 'connection lost before any answer', false) };

const holds = (act: () => void) => messageOf(act) === 'nothing was thrown';

describe('the outcome of a request', () => {
  const disconnected = (what: string, applied: boolean) => ({ status: 0, ...failure('disconnect', what, applied) });
  const lost = 'connection lost before any answer';
  const unchanged = refused(304, 'NotModified', '');

  it.each<[what: string, one: RequestEntry, outcome: string]>([
    ['answered 200', put({}), 'applied'],
    ['answered 204', put({ status: 204 }), 'applied'],
    ['answered 304', get(unchanged), 'applied'],
    ['refused', put(denied), 'refused'],
    ['refused within a 200', put(refused(200, 'InternalError', 'Again')), 'refused'],
    ['redirected', put(refused(301, 'PermanentRedirect', 'Elsewhere')), 'refused'],
    ['applied, its answer lost', put(disconnected(lost, true)), 'applied'],
    ['applied, its answer stalled', put(failure('stall', 'answer stalled after its head', true)), 'applied'],
    ['applied, its answer damaged', put(failure('corrupt', 'answer truncated', true)), 'applied'],
    ['answered 304, and that lost', get({ ...unchanged, ...disconnected(lost, false) }), 'applied'],
    ['refused, the refusal lost', put(lostDenial), 'refused'],
    ['refused after a delay', put({ ...denied, ...failure('delay', 'delayed by 5 ms', false) }), 'refused'],
    [
      'lost before it was applied',
      put(disconnected('connection lost before the request was applied', false)),
      'neither',
    ],
    ['failed by a rule', put({ ...refused(503, 'SlowDown', ''), ...failure('fail', 'failed', false) }), 'refused'],
    [
      'failed by a rule with 304',
      get({ ...unchanged, ...failure('fail', 'failed with NotModified', false) }),
      'refused',
    ],
    ['answered 200 by the test', put(failure('reply', 'answered 200', false)), 'neither'],
    ['answered 503 by the test', put({ status: 503, ...failure('reply', 'answered 503', false) }), 'neither'],
    ['refused by the mock itself', put(refused(400, 'S3MockNotImplemented', 'Not yet')), 'neither'],
  ])('%s', (_what, one, outcome) => {
    const journal = journalOf([one]);
    const operation = one.operation ?? 'PutObject';
    const applied = outcome === 'applied';
    expect({
      applied: holds(() => journal.expectApplied(operation)),
      refused: holds(() => journal.expectRefused(operation)),
    }).toEqual({ applied, refused: outcome === 'refused' });
    expect(journal.of(operation, undefined, { applied })).toEqual([one]);
    expect(journal.of(operation, undefined, { applied: !applied })).toEqual([]);
  });

  it('is a refusal of the mock only under its code', () => {
    const journal = journalOf([put(refused(400, 'S3MockNotImplemented', 'Not yet'))]);
    expect(() => journal.expectRefused('PutObject', {}, { code: 'S3MockNotImplemented' })).not.toThrow();
    expect(messageOf(() => journal.expectRefused('PutObject'))).toMatch(
      /^Expected S3 to refuse PutObject, but the mock itself refused it, which is not S3's answer: 400 S3MockNotImplemented: Not yet\.\n/,
    );
  });

  it('belongs to a matching request, not to another one', () => {
    const journal = journalOf([created, enabled, suspended]);
    const status = (Status: 'Enabled' | 'Suspended') => ({ VersioningConfiguration: { Status } });
    expect(() => journal.expectApplied('PutBucketVersioning', status('Enabled'))).not.toThrow();
    expect(() => journal.expectApplied('PutBucketVersioning', status('Suspended'))).toThrow();
    expect(() => journal.expectRefused('PutBucketVersioning', status('Enabled'))).toThrow();
    expect(() => journal.expectRefused('PutBucketVersioning', status('Suspended'))).not.toThrow();
  });
});

describe('a refusal that is expected with', () => {
  const journal = journalOf([suspended, put(lostDenial)]);
  it.each([
    [{ code: 'AccessDenied' }, true],
    [{ status: 403 }, true],
    [{ code: 'AccessDenied', status: 403 }, true],
    [{ code: 'AccessDenied', status: 409 }, false],
    [{ code: 'SlowDown' }, false],
    [{ code: 'Teapot' }, false],
    [{}, true],
  ])('%o', (refusal, expected) => {
    expect(holds(() => journal.expectRefused('PutBucketVersioning', {}, refusal))).toBe(expected);
  });

  it('status 0, if its answer was lost', () => {
    expect(journal.of('PutObject', {}, { status: 0, code: 'AccessDenied' })).toHaveLength(1);
    expect(() => journal.expectRefused('PutObject', {}, { status: 0 })).not.toThrow();
  });

  it.each([
    [{ code: 'AccesDenied' }, "S3 has no error code 'AccesDenied'. Did you mean AccessDenied?"],
    [
      { code: 403 },
      "toHaveRefused and expectRefused: invalid code 403; expected a code such as 'AccessDenied', or undefined",
    ],
    [
      { status: '403' },
      "toHaveRefused and expectRefused: invalid status '403'; expected a number such as 403, or undefined",
    ],
    [
      { Code: 'AccessDenied' },
      "toHaveRefused and expectRefused: there is no option 'Code'. Did you mean code? The options are: code, status.",
    ],
    [
      'AccessDenied',
      "toHaveRefused and expectRefused: 'AccessDenied' is not an object of options. The options are: code, status.",
    ],
  ])('%o: a TypeError, since its negation would always hold', (refusal, message) => {
    expect(messageOf(() => journal.expectRefused('PutBucketVersioning', {}, refusal as object))).toBe(message);
  });

  it('a misspelt code that a request has, since a rule made it up', () => {
    const made = journalOf([put(refused(418, 'AccesDenied', 'Short'))]);
    expect(() => made.expectRefused('PutObject', {}, { code: 'AccesDenied' })).not.toThrow();
  });

  it.each([
    [{ applied: 'yes' }, "of: invalid applied 'yes'; expected true or false, or undefined"],
    [
      { aplied: true },
      "of: there is no option 'aplied'. Did you mean applied? The options are: applied, status, code.",
    ],
  ])('of(): %o is a TypeError', (filter, message) => {
    expect(messageOf(() => journal.of('PutObject', {}, filter as object))).toBe(message);
  });
});

describe('a batch delete', () => {
  const batch = (keys: readonly string[], errors: readonly object[], facts: object = {}) =>
    entry(
      'DeleteObjects',
      { Bucket: 'vault', Delete: { Objects: keys.map((Key) => ({ Key })) } },
      { output: { Deleted: [], Errors: errors }, ...facts },
    );
  const error = (Key: string, Code = 'AccessDenied') => ({ Key, Code, Message: 'Access Denied' });
  const naming = (...keys: readonly string[]) => ({ Delete: { Objects: keys.map((Key) => ({ Key })) } });
  const journal = journalOf([batch(['a', 'b', 'c'], [error('b'), error('c', 'SlowDown')])]);

  it.each<[what: string, input: object, outcome: string]>([
    ['a', naming('a'), 'applied'],
    ['b', naming('b'), 'refused'],
    ['a and b', naming('a', 'b'), 'neither'],
    ['b and c', naming('c', 'b'), 'refused'],
    ['an entry that was not sent', naming('d'), 'neither'],
    ['no entries', {}, 'refused'],
    ['an empty list', naming(), 'neither'],
    ['another bucket', { Bucket: 'scratch', ...naming('a') }, 'neither'],
    ['a list by a matcher', { Delete: { Objects: expect.anything() } }, 'refused'],
    ['an entry by a matcher', { Delete: { Objects: [expect.objectContaining({ Key: 'a' })] } }, 'applied'],
  ])('is judged by %s', (_what, input, outcome) => {
    expect({
      applied: holds(() => journal.expectApplied('DeleteObjects', input)),
      refused: holds(() => journal.expectRefused('DeleteObjects', input)),
    }).toEqual({ applied: outcome === 'applied', refused: outcome === 'refused' });
  });

  it('has the code of its entry', () => {
    const refusedWith = (input: object, code: string) =>
      holds(() => journal.expectRefused('DeleteObjects', input, { code, status: 200 }));
    expect({
      accessDenied: refusedWith(naming('b'), 'AccessDenied'),
      slowDown: refusedWith(naming('b'), 'SlowDown'),
    }).toEqual({ accessDenied: true, slowDown: false });
    expect({ slowDown: refusedWith({}, 'SlowDown'), noSuchKey: refusedWith({}, 'NoSuchKey') }).toEqual({
      slowDown: true,
      noSuchKey: false,
    });
    expect(journal.of('DeleteObjects', naming('c'), { code: 'SlowDown' })).toHaveLength(1);
    expect(journal.of('DeleteObjects', naming('a'), { code: 'SlowDown' })).toHaveLength(0);
  });

  it('distinguishes the versions of a key', () => {
    const versions = entry(
      'DeleteObjects',
      {
        Bucket: 'vault',
        Delete: {
          Objects: [
            { Key: 'a', VersionId: 'v1' },
            { Key: 'a', VersionId: 'v2' },
          ],
        },
      },
      { output: { Errors: [{ ...error('a'), VersionId: 'v2' }] } },
    );
    const one = (VersionId: string) => ({ Delete: { Objects: [{ Key: 'a', VersionId }] } });
    const both = journalOf([versions]);
    expect(() => both.expectApplied('DeleteObjects', one('v1'))).not.toThrow();
    expect(() => both.expectApplied('DeleteObjects', one('v2'))).toThrow();
  });

  it('is refused as a whole with the status of the answer', () => {
    const whole = journalOf([batch(['a'], [], { ...denied, output: undefined })]);
    expect(() => whole.expectRefused('DeleteObjects', naming('a'), { status: 403 })).not.toThrow();
    expect(() => whole.expectApplied('DeleteObjects', naming('a'))).toThrow();
  });

  it('is applied as a whole if nothing of it was refused', () => {
    const whole = journalOf([batch(['a', 'b'], [])]);
    expect(() => whole.expectApplied('DeleteObjects')).not.toThrow();
    expect(() => whole.expectRefused('DeleteObjects')).toThrow();
  });

  it('is undecided once the refused entries were dropped to save memory', () => {
    const dropped = journalOf([batch(['a'], [], { output: { Errors: undefined }, dropped: ['Errors'] })]);
    const unknown = /^It is unknown whether DeleteObjects .* was received as expected/;
    expect(messageOf(() => dropped.expectApplied('DeleteObjects', naming('a')))).toMatch(unknown);
    expect(messageOf(() => dropped.expectRefused('DeleteObjects', naming('a')))).toMatch(unknown);
  });

  it.each([
    [naming('b'), "S3 refused 1 entry: { Key: 'b' } with AccessDenied: Access Denied."],
    [naming('a', 'b'), "S3 refused 1 of 2 entries: { Key: 'b' } with AccessDenied: Access Denied."],
    [
      {},
      "S3 refused 2 of 3 entries: { Key: 'b' } with AccessDenied: Access Denied; { Key: 'c' } with SlowDown: Access Denied.",
    ],
    [naming('d'), 'the one DeleteObjects request differs.'],
  ])('that was not applied names its refused entries: %o', (input, reason) => {
    const [headline] = messageOf(() => journal.expectApplied('DeleteObjects', input)).split('\n');
    expect(headline?.endsWith(`, but ${reason}`)).toBe(true);
  });

  it('names an entry that was not sent', () => {
    expect(messageOf(() => journal.expectApplied('DeleteObjects', naming('d')))).toContain(
      "- an entry of Delete.Objects: expected { Key: 'd' }, received [{ Key: 'a' }, { Key: 'b' }, { Key: 'c' }]",
    );
  });
});

describe('the message', () => {
  const input = { Bucket: 'vault', VersioningConfiguration: { Status: 'Suspended' } } as const;
  const words = "PutBucketVersioning with { Bucket: 'vault', VersioningConfiguration: { Status: 'Suspended' } }";

  it('gives status, code and why of a request that was refused and not applied', () => {
    const message = messageOf(() => journalOf([created, suspended]).expectApplied('PutBucketVersioning', input));
    const [headline, evidence] = message.split('\n\n');
    expect(headline).toBe(
      `Expected S3 to apply ${words}, but S3 refused it with 403 AccessDenied: the code 287082 was already accepted at 12:00:05.`,
    );
    expect(evidence).toMatch(
      /^ {2}2\. [\d:.]+ {2}PutBucketVersioning {2}vault {2}403 AccessDenied .*\n {5}why: the code/,
    );
  });

  it.each([
    ['none came', [], `Expected S3 to apply ${words}, but no request came at all.`],
    [
      'another came',
      [created],
      `Expected S3 to apply ${words}, but the only request that came is of another operation.`,
    ],
    ['one differs', [enabled], `Expected S3 to apply ${words}, but the one PutBucketVersioning request differs.`],
    [
      'several were refused',
      [suspended, suspended],
      `Expected S3 to apply ${words}, but of 2 matching requests, the last: S3 refused it with 403 AccessDenied: the code 287082 was already accepted at 12:00:05.`,
    ],
  ])('says why nothing was applied: %s', (_name, entries, headline) => {
    const message = messageOf(() => journalOf(entries).expectApplied('PutBucketVersioning', input));
    expect(message.split('\n')[0]).toBe(headline);
  });

  it.each([
    ['applied', enabled, 'S3 applied it, with 200.'],
    [
      'applied, its answer lost',
      entry(
        'PutBucketVersioning',
        {},
        { status: 0, ...failure('disconnect', 'connection lost before any answer', true) },
      ),
      'S3 applied it, and its answer was lost.',
    ],
    [
      'answered by the test',
      entry('PutBucketVersioning', {}, { status: 503, ...failure('reply', 'answered 503', false) }),
      "the test replied in S3's place, with status 503.",
    ],
    [
      'lost',
      entry('PutBucketVersioning', {}, { status: 0, ...failure('disconnect', 'connection lost', false) }),
      'its connection was lost before S3 applied it.',
    ],
  ])('says why nothing was refused: %s', (_name, one, reason) => {
    const [headline] = messageOf(() => journalOf([one]).expectRefused('PutBucketVersioning')).split('\n');
    expect(headline).toBe(`Expected S3 to refuse PutBucketVersioning, but ${reason}`);
  });

  it('says how a request was refused, if that is not as expected', () => {
    const act = () =>
      journalOf([suspended]).expectRefused('PutBucketVersioning', {}, { status: 503, code: 'SlowDown' });
    expect(messageOf(act).split('\n')[0]).toBe(
      "Expected S3 to refuse PutBucketVersioning with {} (status 503, code 'SlowDown'), but S3 refused it with 403 AccessDenied: the code 287082 was already accepted at 12:00:05.",
    );
  });

  it('is an AssertionError', () => {
    expect(() => journalOf([]).expectApplied('PutObject')).toThrow(expect.objectContaining({ code: 'ERR_ASSERTION' }));
    expect(() => journalOf([]).expectRefused('PutObject')).toThrow(expect.objectContaining({ code: 'ERR_ASSERTION' }));
  });

  it('says that the journal no longer contains all requests', () => {
    const short = journalOf([enabled, created], { limit: 1 });
    expect(messageOf(() => short.expectApplied('PutBucketVersioning'))).toMatch(/^It is unknown whether/);
    expect(messageOf(() => short.expectRefused('PutBucketVersioning'))).toMatch(/^It is unknown whether/);
  });
});

describe('a refusal in the place of the input', () => {
  it.each([{ code: 'AccessDenied' }, { status: 403 }, { code: 'AccessDenied', status: 403 }])(
    'throws: %o',
    (refusal) => {
      const given = Object.entries(refusal).map(
        ([name, value]) => `${name}: ${typeof value === 'string' ? `'${value}'` : value}`,
      );
      expect(() => journalOf([]).expectRefused('PutObject', refusal as object)).toThrow(
        new TypeError(
          `s3.requests.expectRefused: invalid input { ${given.join(', ')} }; expected the members of the request, or undefined, and { ${given.join(', ')} } after it`,
        ),
      );
    },
  );
});
