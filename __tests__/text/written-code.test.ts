import { describe, expect, it } from '@jest/globals';
import { writeCode } from '../../src/text/written-code';

/** Evaluates the code of a value. */
function evaluate(code: string): unknown {
  return new Function('Buffer', 'Date', `return (${code});`)(Buffer, Date);
}

describe('a value as code', () => {
  it.each<readonly [value: unknown, code: string]>([
    ['first', "'first'"],
    ["it's \\ `1`", "'it\\'s \\\\ `1`'"],
    ['a\nb\t\u202e\u0000\u2028', "'a\\nb\\t\\u{202e}\\u{0}\\u{2028}'"],
    ['\ud800 \u{1f600}', "'\\u{d800} \u{1f600}'"],
    [1.5, '1.5'],
    [null, 'null'],
    [true, 'true'],
    [[], '[]'],
    [{}, '{}'],
    [[1, 'a', []], "[1, 'a', []]"],
    [{ a: 1, 'b-c': { d: [] } }, "{ a: 1, 'b-c': { d: [] } }"],
    [new Date(0), "new Date('1970-01-01T00:00:00.000Z')"],
    [Buffer.from([0, 255]), "Buffer.from('AP8=', 'base64')"],
    [JSON.parse('{"__proto__":{"a":1}}'), "{ ['__proto__']: { a: 1 } }"],
  ])('%j is written so that it is the same value', (value, code) => {
    expect(writeCode(value)).toBe(code);
    expect(evaluate(code)).toEqual(value);
  });

  it('leaves members of undefined out', () => {
    expect(writeCode({ a: undefined, b: 1 })).toBe('{ b: 1 }');
  });

  it('is broken where its line would be longer than 120 columns', () => {
    const long = 'x'.repeat(60);
    expect(writeCode({ a: long, b: { c: [long, long] } }, 'const value = ')).toBe(`{
  a: '${long}',
  b: {
    c: [
      '${long}',
      '${long}',
    ],
  },
}`);
    const fitting = 'x'.repeat(110);
    expect(writeCode([fitting])).toBe(`['${fitting}']`);
    expect(writeCode([fitting], 'const value = ')).toBe(`[\n  '${fitting}',\n]`);
  });
});
