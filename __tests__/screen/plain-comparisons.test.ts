import { describe, expect, it } from '@jest/globals';
import type { RequestEntry } from '../../src/journal/entry';
import { readCompared } from '../../src/screen/compared-texts';
import { writeHints } from '../../src/screen/plain-comparisons';
import type { ComparedValue } from '../../src/thrown-errors';
import { entry } from '../journal/entries';
import { failedError } from '../support/failed-tests';

const ofV3 = { client: 'aws-sdk-js/3.1169.0' };
const made = (operation: Parameters<typeof entry>[0], members: object): RequestEntry =>
  Object.assign({}, entry(operation, { Bucket: 'vault', Key: 'a' }), { bucket: 'vault', key: 'a', ...members });

const hintsFor = (printed: string, ...entries: readonly RequestEntry[]) =>
  writeHints({
    ...readCompared(failedError(printed)),
    entries,
    isVersion: (_entry, id) => id.startsWith('Xota'),
  });

const compared = (expected: string, received: string) =>
  `expect(received).toBe(expected)\n\nExpected: ${expected}\nReceived: ${received}`;

const read = made('GetObject', { ...ofV3, output: { Body: Buffer.from('first') } });
const put = made('PutObject', { output: { ETag: '"abc123"', VersionId: 'Xota1234' } });
const missing = { code: 'NoSuchKey', message: 'The specified key does not exist.' };

describe('the sides of a comparison', () => {
  it.each([
    ['of jest', compared('"first"', '"second"'), ['first'], ['second']],
    [
      'of a diff',
      'expect(received)\n- Expected  - 1\n+ Received\n-   "Key": "first"\n+   "Key": "second"',
      ['first'],
      ['second'],
    ],
    ['of chai', "AssertionError: expected 'second' to be 'first' // Object.is equality", ['first'], ['second']],
    [
      'of chai, of an error',
      "expected [Function] to throw error including 'first' but got 'second'",
      ['first'],
      ['second'],
    ],
  ])('%s', (_title, printed, expected, received) => {
    const sides = readCompared(failedError(printed));
    expect(sides).toMatchObject({ expected: new Set(expected), received: new Set(received) });
  });

  it.each([
    ['Expected length: 2\nReceived length: 1', [2, 1]],
    ['expected [ 1 ] to have a length of 2 but got 1', [2, 1]],
    ['expected 1 to be 2 // Object.is equality', [2, 1]],
    ['expected +0 to be 1 // Object.is equality', [1, 0]],
    ['Expected: "2"\nReceived: "1"', [undefined, undefined]],
  ])('numbers of %j', (printed, numbers) => {
    expect(readCompared(failedError(printed)).numbers).toEqual(numbers);
  });
});

describe('the values of an error', () => {
  const values = (value: string | number, name = '') => [{ name, value }];
  const read = (expected: readonly ComparedValue[], received: readonly ComparedValue[]) =>
    readCompared(failedError({ message: 'expected 7 to be 8', compared: { expected, received } }));

  it('are read in place of its text', () => {
    expect(read(values('first'), values('second'))).toMatchObject({
      expected: new Set(['first']),
      received: new Set(['second']),
      all: new Set(['first', 'second']),
    });
    expect(read(values(2), values(1)).numbers).toEqual([2, 1]);
  });

  it('are also read in the print of an object, which vitest hands out', () => {
    const { received, versionIds } = read(values('{\n  "VersionId": "v1",\n}'), values('{\n  "Key": "second",\n}'));
    expect({ received: received.has('second'), versionIds }).toEqual({ received: true, versionIds: ['v1'] });
  });

  it('have their names', () => {
    expect(read(values('v1', 'VersionId'), values('v2', 'VersionId')).versionIds).toEqual(['v1', 'v2']);
  });

  it('are whole, unless they are a print', () => {
    expect([...read(values('2024-001'), values('x')).expected]).toEqual(['2024-001']);
  });
});

describe('a hint at what to compare', () => {
  it.each<[string, string, RequestEntry, string]>([
    [
      'the stream of the SDK v3',
      compared('"first"', '{"transformToString": [Function]}'),
      read,
      'await Body.transformToString()',
    ],
    [
      'the stream of another client',
      compared('"first"', '{"_readableState": {}}'),
      { ...read, client: 'MinIO' } as RequestEntry,
      'node:stream/consumers',
    ],
    [
      'bytes',
      compared('"first"', '{"data": [102], "type": "Buffer"}'),
      { ...read, client: 'aws-sdk-js/2' } as RequestEntry,
      'Body.toString()',
    ],
    ['an ETag', compared('"abc123"', '"\\"abc123\\""'), put, `expect '"abc123"'`],
    ['the id of a version', compared('"v1"', '"Xota1234"'), put, "newest('a').versionId"],
    [
      'the code of an error',
      'expect(received).rejects.toThrow(expected)\n\nExpected substring: "NoSuchKey"\nReceived message: "The specified key does not exist."',
      made('GetObject', { ...ofV3, error: missing }),
      "rejects.toMatchObject({ name: 'NoSuchKey' })",
    ],
    [
      'the error of a HEAD',
      compared('"NoSuchKey"', '"NotFound"'),
      made('HeadObject', { method: 'HEAD', error: missing }),
      "expect 'NotFound'",
    ],
    [
      'a page',
      compared('"b.pdf"', '"a.pdf"'),
      made('ListObjectsV2', { output: { IsTruncated: true, NextContinuationToken: 't' } }),
      'NextContinuationToken as ContinuationToken',
    ],
    [
      'a level of keys',
      compared('"june/1.pdf"', '"june/"'),
      made('ListObjectsV2', { output: { CommonPrefixes: [{ Prefix: 'june/' }] } }),
      'List without a Delimiter',
    ],
    [
      'delete markers',
      'Expected length: 2\nReceived length: 1',
      made('ListObjectVersions', { output: { Entries: [{ Versions: {} }, { DeleteMarkers: {} }] } }),
      'in DeleteMarkers',
    ],
  ])('%s', (_title, printed, request, hint) => {
    expect(hintsFor(printed, request)).toEqual([expect.stringContaining(hint)]);
  });

  it.each<[string, string, RequestEntry]>([
    ['another body was read', compared('"second"', '{"transformToString": [Function]}'), read],
    ['the body differs', compared('"first"', '"second"'), read],
    ['the ETag is another', compared('"abc124"', '"\\"abc123\\""'), put],
    ['the id is that of a version', compared('"Xota1234"', '"Xota1235"'), put],
    [
      'the message has the code',
      'toThrow\nExpected substring: "NoSuchKey"',
      made('GetObject', { error: { code: 'NoSuchKey', message: 'NoSuchKey' } }),
    ],
    ['a GET has the code', compared('"NoSuchKey"', '"NotFound"'), made('GetObject', { method: 'GET', error: missing })],
    ['the listing is whole', compared('"b.pdf"', '"a.pdf"'), made('ListObjectsV2', { output: { IsTruncated: false } })],
    [
      'the key is below no prefix',
      compared('"july/1.pdf"', '"june/"'),
      made('ListObjectsV2', { output: { CommonPrefixes: [{ Prefix: 'june/' }] } }),
    ],
    [
      'there are no delete markers',
      'Expected length: 2\nReceived length: 1',
      made('ListObjectVersions', { output: { Entries: [{ Versions: {} }] } }),
    ],
  ])('is missing if %s', (_title, printed, request) => {
    expect(hintsFor(printed, request)).toEqual([]);
  });
});

describe('a promise that was expected to reject', () => {
  const resolved = 'expect(received).rejects.toThrow()\n\nReceived promise resolved instead of rejected';
  const failed = made('PutObject', { status: 503, failure: { kind: 'fail', what: 'failed with SlowDown' } });
  const marker = made('DeleteObject', { status: 204, output: { DeleteMarker: true } });

  it('was sent again', () => {
    expect(hintsFor(resolved, failed, made('PutObject', { status: 200 }))).toEqual([
      expect.stringContaining(
        "was sent again, and S3 applied it: clients retry failed requests. To make the whole call fail, let the rule fail each attempt: s3.on('PutObject')",
      ),
    ]);
    expect(hintsFor(resolved, failed)).toEqual([]);
  });

  it('is a delete without a version id', () => {
    expect(hintsFor(resolved, marker)).toEqual([expect.stringContaining('To delete a version, give its VersionId')]);
    const ofVersion = { ...marker, input: { Bucket: 'vault', Key: 'a', VersionId: 'v1' } } as RequestEntry;
    expect(hintsFor(resolved, ofVersion)).toEqual([]);
  });
});
