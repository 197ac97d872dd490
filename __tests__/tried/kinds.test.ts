import { describe, expect, it } from '@jest/globals';
import type { OperationName } from '../../src/journal/entry';
import { operationTraits } from '../../src/mock/state';
import { findKind, kinds } from '../../src/tried/kinds';
import { textOf } from '../house/files';
import { entry } from '../journal/entries';

it('the guide lists each kind as the command has it', () => {
  const [, , section = ''] = /## What S3 may do(.*?)\n(.*?)\n## /s.exec(textOf('docs/guides/try-a-suite.md')) ?? [];
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows).toEqual(kinds.map(({ name, nature, about }) => `| \`${name}\` | ${nature} | ${about} |`));
});

function applies(name: string, operation: OperationName, input: object = {}, facts: object = {}): boolean {
  const kind = findKind(name);
  if (kind?.of !== 'request') throw new RangeError(`${name} is no kind of a request`);
  return kind.applies({ operation, entry: entry(operation, { ...input }, facts) }, operationTraits);
}

describe('a lost answer', () => {
  it('is a way of a write', () => {
    expect(applies('lost answer', 'PutObject')).toBe(true);
    expect(applies('lost answer', 'GetObject')).toBe(false);
  });

  it('is none of a request with a code, which counts once', () => {
    const headers = { 'x-amz-mfa': 'GAHT12345678 123456' };
    expect(applies('lost answer', 'PutBucketVersioning')).toBe(true);
    expect(applies('lost answer', 'PutBucketVersioning', {}, { headers })).toBe(false);
  });

  it('is none of the beginning of an upload, of which nobody would know', () => {
    expect(applies('lost answer', 'CreateMultipartUpload')).toBe(false);
    expect(applies('lost answer', 'CompleteMultipartUpload')).toBe(true);
  });
});

describe('pages of one', () => {
  const output = { Contents: [{ Key: 'a' }], CommonPrefixes: [{ Prefix: 'b/' }] };

  it.each([
    ['several entries', {}, output, true],
    ['one entry', {}, { Contents: [{ Key: 'a' }] }, false],
    ['a page of the size that it asked for', { MaxKeys: 2 }, output, false],
    ['the longest page, which it asked for', { MaxKeys: 1000 }, output, true],
  ])('are a way of a listing with %s: %j', (_what, input, listed, isWay) => {
    expect(applies('pages of one', 'ListObjectsV2', input, { output: listed })).toBe(isWay);
  });
});
