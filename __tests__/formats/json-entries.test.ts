import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JsonObject, type JsonValue, readJson } from '../../src/formats/json-entries';

/** The value that `JSON.parse` makes, of which the last member with a name counts. */
function plain(value: JsonValue | undefined): unknown {
  if (value instanceof JsonObject) return Object.fromEntries(value.entries.map(([name, one]) => [name, plain(one)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

describe('JSON', () => {
  it('keeps the order of members, and members with the same name', () => {
    expect(readJson('{"b": 1, "a": [true, null, "}"], "b": {}, "\\u0062": "\\"\\\\"}')).toEqual(
      new JsonObject([
        ['b', 1],
        ['a', [true, null, '}']],
        ['b', new JsonObject([])],
        ['b', '"\\'],
      ]),
    );
  });

  it.each([[''], ['{'], ['{"a"}'], ['{a:1}'], ['[1,]'], ['{} {}'], ["{'a':1}"]])('is not %j', (text) => {
    expect(readJson(text)).toBeUndefined();
  });

  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(plain(readJson(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('may nest deeper than calls may', () => {
    const depth = 100_000;
    expect(readJson('['.repeat(depth) + ']'.repeat(depth))).toHaveLength(1);
  });
});
