import { describe, expect, it } from '@jest/globals';
import { requestColumns } from '../../src/journal/entry-text';
import { numbered, writeLast } from '../../src/journal/lines';
import { entry, journalOf } from './entries';

const list = (at: number) =>
  entry('ListObjectsV2', { Bucket: 'vault' }, { time: new Date(Date.UTC(2026, 2, 1, 12, 0, 0, at)) });
const put = (Key: string) => entry('PutObject', { Bucket: 'vault', Key, Body: 'text' });
const times = (count: number) => Array.from({ length: count }, (_, index) => list(index));

const linesOf = (entries: readonly ReturnType<typeof entry>[]) =>
  writeLast(requestColumns, numbered(journalOf(entries)))
    .replaceAll(/ {2}aws-sdk-js\/\S+/g, '')
    .split('\n');

describe('requests that repeat', () => {
  it('are listed once, whatever their times are', () => {
    expect(linesOf([put('a'), ...times(512), put('b')])).toEqual([
      "  1.   12:00:05.123  PutObject      vault/a  200  { Body: 'text' }",
      '  2.   12:00:00.000  ListObjectsV2  vault    200',
      '       and 511 times the same, up to 513.',
      "  514. 12:00:05.123  PutObject      vault/b  200  { Body: 'text' }",
    ]);
  });

  it('have a line each if they are few, or differ', () => {
    expect(linesOf(times(3))).toHaveLength(3);
    expect(linesOf([put('a'), put('b'), put('c'), put('d')])).toHaveLength(4);
  });

  it('count as one of the last requests', () => {
    const others = Array.from({ length: 25 }, (_, index) => put(`${index}`));
    const lines = linesOf([...others, ...times(512)]);
    expect([lines[0], lines.at(-1), lines.length]).toEqual([
      '  (6 before these)',
      '      and 511 times the same, up to 537.',
      22,
    ]);
  });
});
