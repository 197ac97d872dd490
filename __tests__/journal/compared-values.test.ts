import { types } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { entry, journalOf, put, refused } from './entries';

function valuesOf(assertion: () => void): { readonly expected?: unknown; readonly actual?: unknown } {
  try {
    assertion();
  } catch (error) {
    const { expected, actual } = error as { expected?: unknown; actual?: unknown }; // an AssertionError has both
    return { expected, actual };
  }
  throw new Error('the assertion holds');
}

/** The lines that a reporter prints of a value: one for each member, item and byte. */
function linesOf(value: unknown): number {
  if (types.isUint8Array(value)) return value.byteLength;
  if (typeof value === 'string') return value.split('\n').length;
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum, member) => sum + linesOf(member), 1);
}

const MEGABYTE = 1024 * 1024;
const million = (first: number) => Buffer.alloc(MEGABYTE, 'lines\n').fill(first, 0, 1);
/** The place where the two begin to differ has the part of each. */
const outlines = {
  1: {
    bytes: MEGABYTE,
    md5: 'ae44b6c4a189b34e39eb3b06ae653074',
    'from byte 1': '<1,048,576 bytes: 01696e65730a6c69…>',
  },
  2: {
    bytes: MEGABYTE,
    md5: 'da9bf369599b51aeb664ad2ea44735fb',
    'from byte 1': '<1,048,576 bytes: 02696e65730a6c69…>',
  },
};

describe('the values of the error of a failed assertion', () => {
  const journal = journalOf([entry('PutObject', { Bucket: 'vault', Key: 'a', Body: million(1) })]);
  const actual = { operation: 'PutObject', input: { Body: outlines[1] } };

  it.each([
    ['bytes', million(2)],
    ['text', String(million(2))],
  ])('have the number and the MD5 of long bytes that are expected as %s', (_, Body) => {
    const expected = { operation: 'PutObject', input: { Body: outlines[2] } };
    expect(valuesOf(() => journal.expect('PutObject', { Body }))).toEqual({ expected, actual });
  });

  it.each([
    ['expectNth', () => journal.expectNth(1, 'PutObject', { Body: million(2) })],
    ['expectLast', () => journal.expectLast('PutObject', { Body: million(2) })],
    ['expectOnly', () => journal.expectOnly('PutObject', { Body: million(2) })],
    ['expectApplied', () => journal.expectApplied('PutObject', { Body: million(2) })],
    ['expectRefused', () => journal.expectRefused('PutObject', { Body: million(2) })],
  ])('have no bytes of a body: %s', (_, assertion) => {
    expect(valuesOf(assertion)).toMatchObject({ actual });
  });

  it('have short texts as they are, and short bytes as text', () => {
    const short = journalOf([put('a', 'first')]);
    expect(valuesOf(() => short.expect('PutObject', { Key: 'b', Body: 'second' }))).toMatchObject({
      expected: { input: { Key: 'b', Body: 'second' } },
      actual: { input: { Key: 'a', Body: 'first' } },
    });
  });

  it('have a text of some length in the form of the bytes that it is compared with', () => {
    const sent = journalOf([put('a', 'a'.repeat(300))]);
    expect(valuesOf(() => sent.expect('PutObject', { Body: 'b'.repeat(300) }))).toMatchObject({
      expected: { input: { Body: { bytes: 300 } } },
      actual: { input: { Body: { bytes: 300 } } },
    });
    const key = 'k'.repeat(300);
    expect(valuesOf(() => sent.expect('PutObject', { Key: key }))).toMatchObject({ expected: { input: { Key: key } } });
  });

  it('have the part in which long bodies begin to differ', () => {
    const sent = (last: string) => Buffer.from(`${'a'.repeat(5000)}${last}`);
    const long = journalOf([entry('PutObject', { Body: sent('xyz') })]);
    const place = 'from character 5001';
    expect(valuesOf(() => long.expect('PutObject', { Body: sent('XYZ') }))).toMatchObject({
      expected: { input: { Body: { bytes: 5003, [place]: `'…${'a'.repeat(20)}XYZ'` } } },
      actual: { input: { Body: { bytes: 5003, [place]: `'…${'a'.repeat(20)}xyz'` } } },
    });
  });

  it('have only those members of the request that are expected, since all others are right', () => {
    const sent = journalOf([
      entry('PutObject', {
        Bucket: 'vault',
        Key: 'a',
        Metadata: { author: 'ann', team: 'x' },
        ContentType: 'text/plain',
      }),
    ]);
    expect(valuesOf(() => sent.expect('PutObject', { Key: 'b', Metadata: { Author: 'ann' }, ACL: 'private' }))).toEqual(
      {
        expected: { operation: 'PutObject', input: { Key: 'b', Metadata: { Author: 'ann' }, ACL: 'private' } },
        actual: { operation: 'PutObject', input: { Key: 'a', Metadata: { Author: 'ann' } } },
      },
    );
    expect(valuesOf(() => sent.expect('GetObject', { Key: 'a' }))).toEqual({
      expected: { operation: 'GetObject', input: { Key: 'a' } },
      actual: { operation: 'PutObject', input: { Key: 'a' } },
    });
    expect(valuesOf(() => sent.expectLast('GetObject'))).toEqual({
      expected: { operation: 'GetObject' },
      actual: { operation: 'PutObject' },
    });
  });

  it('have no request in place of the n-th one if fewer came', () => {
    const one = journalOf([put('a')]);
    expect(valuesOf(() => one.expectNth(2, 'PutObject', { Key: 'a' }))).toEqual({
      expected: { operation: 'PutObject', input: { Key: 'a' } },
      actual: undefined,
    });
  });

  it('have the first differences of lists that are cut before they differ', () => {
    const keys = (last: string) =>
      Array.from({ length: 100 }, (_, index) => ({ Key: index === 98 ? last : `${index}` }));
    const sent = journalOf([entry('DeleteObjects', { Delete: { Objects: keys('a') } })]);
    expect(valuesOf(() => sent.expect('DeleteObjects', { Delete: { Objects: keys('b') } }))).toEqual({
      expected: { 'input.Delete.Objects[98].Key': 'b' },
      actual: { 'input.Delete.Objects[98].Key': 'a' },
    });
  });

  it('leave out the digests that a client adds, unless one is expected', () => {
    const sent = journalOf([entry('PutObject', { Key: 'a', ChecksumCRC32: 'AAAAAA==', ContentLength: 5 })]);
    expect(valuesOf(() => sent.expect('PutObject', { Key: 'b', ContentLength: 6 })).actual).toEqual({
      operation: 'PutObject',
      input: { Key: 'a', ContentLength: 5 },
    });
  });

  it('write a matcher as its name', () => {
    expect(valuesOf(() => journal.expect('PutObject', { Key: expect.stringContaining('b') })).expected).toEqual({
      operation: 'PutObject',
      input: { Key: "StringContaining 'b'" },
    });
  });

  it('cut long lists and texts of many lines', () => {
    const objects = (letter: string) => Array.from({ length: 1000 }, (_, index) => ({ Key: `${letter}${index}` }));
    const deleted = journalOf([entry('DeleteObjects', { Bucket: 'vault', Delete: { Objects: objects('a') } })]);
    const values = valuesOf(() => deleted.expect('DeleteObjects', { Delete: { Objects: objects('b') } }));
    expect(values.actual).toMatchObject({
      input: { Delete: { Objects: expect.arrayContaining(['... and 990 more']) } },
    });
    expect(linesOf(values)).toBeLessThan(60);
    const text = 'a line\n'.repeat(500);
    const { expected } = valuesOf(() => journal.expect('PutObject', { Tagging: text }));
    expect(expected).toMatchObject({ input: { Tagging: { bytes: text.length } } });
  });

  it('end at a value that contains itself', () => {
    const ring: Record<string, unknown> = { name: 'a' };
    ring['self'] = ring;
    const { expected } = valuesOf(() => journal.expect('PutObject', { Metadata: ring } as object));
    expect(linesOf(expected)).toBeLessThan(30);
  });

  it('are the numbers of requests, if those are counted', () => {
    expect(valuesOf(() => journal.expectTimes('PutObject', 2))).toEqual({ expected: 2, actual: 1 });
  });

  describe('are the outcomes, if the input matches', () => {
    const denied = refused(403, 'AccessDenied', 'Access Denied');
    const Objects = [{ Key: 'a' }, { Key: 'b' }];
    const output = { Errors: [{ Key: 'b', Code: 'SlowDown', Message: 'Reduce your request rate.' }] };
    const all = { Errors: Objects.map((one) => ({ ...one, Code: 'SlowDown', Message: 'Reduce your request rate.' })) };
    const reply = { failure: { kind: 'reply', what: 'reply 200', applied: false } };
    const operation = 'PutObject';
    const batch = 'DeleteObjects';

    it.each<[string, object | undefined, object, object]>([
      ['applied', undefined, { outcome: 'refused' }, { outcome: 'applied' }],
      ['applied', { code: 'SlowDown' }, { outcome: 'refused', code: 'SlowDown' }, { outcome: 'applied' }],
      ['applied', { status: 403 }, { outcome: 'refused', status: 403 }, { outcome: 'applied', status: 200 }],
      [
        'denied',
        { code: 'SlowDown' },
        { outcome: 'refused', code: 'SlowDown' },
        { outcome: 'refused', code: 'AccessDenied' },
      ],
      ['denied', { status: 503 }, { outcome: 'refused', status: 503 }, { outcome: 'refused', status: 403 }],
      ['reply', undefined, { outcome: 'refused' }, { outcome: 'answered by the test' }],
    ])('of a request: %s, %j', (name, refusal, expected, actual) => {
      const facts = { applied: {}, denied, reply }[name];
      const journal = journalOf([entry(operation, { Bucket: 'vault', Key: 'a' }, facts)]);
      expect(valuesOf(() => journal.expectRefused(operation, { Key: 'a' }, refusal))).toEqual({
        expected: { operation, ...expected },
        actual: { operation, ...actual },
      });
    });

    it('of a request that is expected to be applied', () => {
      const journal = journalOf([entry(operation, { Bucket: 'vault', Key: 'a' }, denied)]);
      expect(valuesOf(() => journal.expectApplied(operation, { Key: 'a' }))).toEqual({
        expected: { operation, outcome: 'applied' },
        actual: { operation, outcome: 'refused', code: 'AccessDenied' },
      });
    });

    it('of a batch', () => {
      const some = journalOf([entry(batch, { Delete: { Objects } }, { output })]);
      const actual = { operation: batch, outcome: 'refused 1 of 2 entries', code: 'SlowDown' };
      expect(valuesOf(() => some.expectApplied(batch, { Delete: { Objects } }))).toEqual({
        expected: { operation: batch, outcome: 'applied' },
        actual,
      });
      expect(valuesOf(() => some.expectRefused(batch, { Delete: { Objects } }, { code: 'SlowDown' }))).toEqual({
        expected: { operation: batch, outcome: 'refused', code: 'SlowDown' },
        actual,
      });
      const every = journalOf([entry(batch, { Delete: { Objects } }, { output: all })]);
      expect(valuesOf(() => every.expectRefused(batch, undefined, { code: 'AccessDenied' }))).toEqual({
        expected: { operation: batch, outcome: 'refused', code: 'AccessDenied' },
        actual: { operation: batch, outcome: 'refused', code: 'SlowDown' },
      });
    });
  });

  it('are left out if the requests match and should not: nothing would be right in their place', () => {
    expect(valuesOf(() => journal.expectNone('PutObject', { Body: million(1) }))).toEqual({});
  });

  it('have no bytes if the journal dropped some', () => {
    const bare = journalOf([put('a', '12345'), put('b', '12345')], {}, 5);
    const { expected, actual: none } = valuesOf(() => bare.expect('PutObject', { Key: 'a', Body: million(2) }));
    const { bytes, md5 } = outlines[2];
    expect({ expected, none }).toEqual({
      expected: { operation: 'PutObject', input: { Key: 'a', Body: { bytes, md5 } } },
      none: undefined,
    });
  });
});
