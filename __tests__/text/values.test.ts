import { describe, expect, it } from '@jest/globals';
import { BRIEF, visible, writeBlock, writeGiven, writeKey, writeValue } from '../../src/text/values';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a value as text', () => {
  it.each([
    ['vault', "'vault'"],
    ["it's", "'it\\'s'"],
    ['two\nlines "quoted"', '\'two\\nlines "quoted"\''],
    [12, '12'],
    [true, 'true'],
    [undefined, 'undefined'],
    [null, 'null'],
    [new Date('2026-03-01T12:00:00Z'), '2026-03-01T12:00:00.000Z'],
    [new Date(Number.NaN), 'Invalid Date'],
    [bytes('first'), "'first'"],
    [bytes(''), "''"],
    [new Uint8Array([0, 255, 16]), '<3 bytes: 00ff10>'],
    [new Uint8Array(1000), '<1,000 bytes: 0000000000000000…>'],
    [[], '[]'],
    [{}, '{}'],
    [[1, { a: ['b'] }], "[1, { a: ['b'] }]"],
    [{ 'x-color': 'red', plain: undefined }, "{ 'x-color': 'red', plain: undefined }"],
    [Object.assign(Object.create(null), { a: 1 }), '{ a: 1 }'],
    [new Map([[1, 2]]), 'Map(1) { 1 => 2 }'],
    [new Proxy(class Client {}, {}), '[class Client]'],
    [
      new Proxy(
        new (class Client {
          region = 'us-east-1';
        })(),
        {},
      ),
      "Client { region: 'us-east-1' }",
    ],
    [expect.any(String), 'Any<String>'],
    [expect.anything(), 'Anything'],
    [expect.stringContaining('x'), "StringContaining 'x'"],
    [expect.objectContaining({ a: 1 }), 'ObjectContaining { a: 1 }'],
    [{ asymmetricMatch: () => true }, '<matcher>'],
    ['a\u200bb\u2028c\ud800', "'a\\u{200b}b\\u{2028}c\\u{d800}'"],
    ['C:\\temp\t', "'C:\\\\temp\\t'"],
    [new TypeError('broken'), '[TypeError: broken]'],
  ])('%p is %s', (value, text) => {
    expect(writeValue(value)).toBe(text);
  });

  it('is short in a list', () => {
    expect(writeValue('x'.repeat(50), BRIEF)).toBe(`'${'x'.repeat(40)}…' (50 characters)`);
    expect(writeValue(bytes('x'.repeat(50)), BRIEF)).toBe(`'${'x'.repeat(40)}…' (50 bytes)`);
    expect(writeValue([1, 2, 3, 4, 5, 6, 7, 8], BRIEF)).toBe('[1, 2, 3, 4, 5, 6, … 2 more]');
    expect(writeValue({ a: { b: { c: { d: { e: 1 } } } } }, BRIEF)).toBe('{ a: { b: { c: { d: {…} } } } }');
    expect(writeValue({ a: { b: { c: { d: [1] } } } }, BRIEF)).toBe('{ a: { b: { c: { d: […] } } } }');
  });

  it('does not cut a letter of several bytes', () => {
    expect(writeValue(bytes(`${'x'.repeat(159)}ö${'x'.repeat(100)}`), BRIEF)).toBe(`'${'x'.repeat(40)}…' (261 bytes)`);
  });

  it('takes a line a member where one line would be long', () => {
    expect(writeBlock({ Bucket: 'vault' })).toBe("{ Bucket: 'vault' }");
    expect(writeBlock({ Bucket: 'vault', Body: 'x'.repeat(100), Metadata: { a: '1', b: '2' } })).toBe(
      `{\n  Bucket: 'vault',\n  Body: '${'x'.repeat(100)}',\n  Metadata: { a: '1', b: '2' },\n}`,
    );
  });
});

describe('a value that a call refuses', () => {
  it('is written on one line and cut short', () => {
    expect(writeGiven('x'.repeat(61))).toBe(`'${'x'.repeat(60)}…' (61 characters)`);
    expect(writeGiven([1, 2, 3, 4, 5, 6])).toBe('[1, 2, 3, 4, 5, … 1 more]');
    expect(writeGiven({ a: { b: { c: 1 } } })).toBe('{ a: { b: {…} } }');
    expect(writeGiven(Symbol('x'))).toBe('Symbol(x)');
    expect(writeGiven(() => 1)).toBe('[Function (anonymous)]');
  });
});

describe('a key', () => {
  it('is written with 80 characters at most', () => {
    expect(writeKey('k'.repeat(80))).toBe(`'${'k'.repeat(80)}'`);
    expect(writeKey('k'.repeat(81))).toBe(`'${'k'.repeat(80)}…' (81 characters)`);
  });

  it('shows its line breaks and invisible characters', () => {
    expect(visible('a\nb\u202ec')).toBe('a\\nb\\u{202e}c');
  });
});
