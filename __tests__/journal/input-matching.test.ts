import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { findDifferences, fits } from '../../src/journal/input-matching';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a value that matches', () => {
  it.each([
    ['an object with more members', { Bucket: 'vault' }, { Bucket: 'vault', Key: 'report.pdf' }],
    ['an object in an object with more members', { Tagging: { A: 1 } }, { Tagging: { A: 1, B: 2 } }],
    ['nothing expected of an object', {}, { Bucket: 'vault' }],
    ['a member expected to be absent', { VersionId: undefined }, { Bucket: 'vault' }],
    ['equal numbers', { PartNumber: 2 }, { PartNumber: 2 }],
    ['the same time in two Dates', { Date: new Date(5) }, { Date: new Date(5) }],
    ['two Dates that are none', { Date: new Date(Number.NaN) }, { Date: new Date(Number.NaN) }],
    ['bytes as text', { Body: 'größe' }, { Body: bytes('größe') }],
    ['bytes as bytes', { Body: bytes('first') }, { Body: Buffer.from('first') }],
    ['no bytes as no text', { Body: '' }, { Body: new Uint8Array() }],
    ['a list with items that have more members', [{ Key: 'a' }], [{ Key: 'a', VersionId: 'null' }]],
    [
      'names of metadata in another case',
      { Metadata: { 'Content-Color': 'red' } },
      { Metadata: { 'content-color': 'red' } },
    ],
    ['metadata with more members', { Metadata: {} }, { Metadata: { color: 'red' } }],
    [
      'an own member of a dangerous name',
      JSON.parse('{"__proto__":{"a":1}}'),
      JSON.parse('{"__proto__":{"a":1,"b":2}}'),
    ],
    ['an object without a prototype', { a: 1 }, Object.assign(Object.create(null), { a: 1 })],
  ])('%s', (_name, expected, actual) => {
    expect(findDifferences(expected, actual)).toEqual([]);
    expect(fits(expected, actual)).toBe(true);
  });
});

describe('a value that differs', () => {
  it.each([
    ['another text', { Bucket: 'vault' }, { Bucket: 'scratch' }, ['Bucket', 'vault', 'scratch']],
    ['text in another case', { Key: 'A' }, { Key: 'a' }, ['Key', 'A', 'a']],
    ['a number for a text', { PartNumber: '2' }, { PartNumber: 2 }, ['PartNumber', '2', 2]],
    ['a member that is absent', { VersionId: 'null' }, {}, ['VersionId', 'null', undefined]],
    [
      'a member that ought to be absent',
      { VersionId: undefined },
      { VersionId: 'null' },
      ['VersionId', undefined, 'null'],
    ],
    ['no text for no member', { Prefix: '' }, {}, ['Prefix', '', undefined]],
    ['a member in depth', { A: { B: [{ C: 1 }] } }, { A: { B: [{ C: 2 }] } }, ['A.B[0].C', 1, 2]],
    ['an object where none is', { A: { B: 1 } }, { A: 1 }, ['A', { B: 1 }, 1]],
    ['a list where an object is', { A: [] }, { A: {} }, ['A', [], {}]],
    ['nothing where something is', 'vault', undefined, ['', 'vault', undefined]],
    ['the case of names that are not metadata', { Bucket: 'a' }, { bucket: 'a' }, ['Bucket', 'a', undefined]],
    [
      'a name that is not an identifier',
      { Metadata: { "it's-color": 'red' } },
      { Metadata: {} },
      ["Metadata['it\\'s-color']", 'red', undefined],
    ],
    ['an inherited member', { toString: 1 }, {}, ['toString', 1, undefined]],
    ['a Date for its text', { Date: '1970-01-01' }, { Date: new Date(0) }, ['Date', '1970-01-01', new Date(0)]],
    ['bytes that are other text', { Body: 'first' }, { Body: bytes('second') }, ['Body', 'first', bytes('second')]],
    ['bytes where an object is expected', { Body: {} }, { Body: bytes('first') }, ['Body', {}, bytes('first')]],
  ])('%s', (_name, expected, actual, [path, wanted, came]) => {
    expect(findDifferences(expected, actual)).toEqual([{ path, expected: wanted, actual: came }]);
    expect(fits(expected, actual)).toBe(false);
  });

  it('is reported for lists by their length and by the items that both have', () => {
    expect(findDifferences({ Objects: [{ Key: 'a' }, { Key: 'b' }] }, { Objects: [{ Key: 'x' }] })).toEqual([
      { path: 'Objects.length', expected: 2, actual: 1 },
      { path: 'Objects[0].Key', expected: 'a', actual: 'x' },
    ]);
  });

  it('is reported in the order of the expected members', () => {
    expect(findDifferences({ c: 1, a: { z: 1, b: 1 }, b: 1 }, {}).map(({ path }) => path)).toEqual(['c', 'a', 'b']);
    expect(findDifferences({ c: 1, a: { z: 1, b: 1 }, b: 1 }, { a: {} }).map(({ path }) => path)).toEqual([
      'c',
      'a.z',
      'a.b',
      'b',
    ]);
  });
});

describe('asymmetric matchers', () => {
  it.each([
    ['of jest, at the top', expect.objectContaining({ Bucket: 'vault' }), { Bucket: 'vault', Key: 'a' }, true],
    ['of jest, in depth', { A: [{ B: expect.any(Number) }] }, { A: [{ B: 1 }] }, true],
    ['that want no such value', { A: expect.stringContaining('x') }, { A: 'y' }, false],
    ['by their shape', { A: { asymmetricMatch: (other: unknown) => other === 1 } }, { A: 1 }, true],
    ['of an absent member', { A: expect.anything() }, {}, false],
    ['of text, for bytes', { Body: expect.stringContaining('irs') }, { Body: bytes('first') }, true],
    ['of other text, for bytes', { Body: expect.stringMatching(/^x/) }, { Body: bytes('first') }, false],
    ['against a text, for bytes', { Body: expect.not.stringContaining('irs') }, { Body: bytes('first') }, false],
    ['of bytes', { Body: expect.any(Uint8Array) }, { Body: bytes('first') }, true],
  ])('%s', (_name, expected, actual, fitting) => {
    expect(fits(expected, actual)).toBe(fitting);
  });

  it('are the expected value of the difference', () => {
    const matcher = expect.any(Number);
    expect(findDifferences({ A: matcher }, { A: 'x' })).toEqual([{ path: 'A', expected: matcher, actual: 'x' }]);
  });
});

describe('unusual values', () => {
  const nested = (depth: number, leaf: unknown) => {
    let value = leaf;
    for (let level = 0; level < depth; level += 1) value = { a: value };
    return value;
  };

  it('compares values that are nested deeper than the call stack', () => {
    expect(fits(nested(20_000, 1), nested(20_000, 1))).toBe(true);
    expect(findDifferences(nested(20_000, 1), nested(20_000, 2))).toHaveLength(1);
  });

  it('compares values that contain themselves', () => {
    const ring = (name: string) => {
      const value: { name: string; self?: unknown } = { name };
      value.self = value;
      return value;
    };
    expect(fits(ring('a'), ring('a'))).toBe(true);
    expect(findDifferences(ring('a'), ring('b'))).toEqual([{ path: 'name', expected: 'a', actual: 'b' }]);
  });

  it('finds no difference between a value and itself or its copy', () => {
    void fc.assert(
      fc.property(fc.anything({ withDate: true, withTypedArray: true, withNullPrototype: true }), (value) => {
        expect(findDifferences(value, value)).toEqual([]);
      }),
    );
    void fc.assert(
      fc.property(fc.object({ withDate: true, withBigInt: true, withNullPrototype: true }), (value) => {
        expect(findDifferences(value, structuredClone(value))).toEqual([]);
      }),
    );
  });

  it('never throws, and fits() agrees with the list of differences', () => {
    const anything = fc.anything({
      withDate: true,
      withTypedArray: true,
      withMap: true,
      withSet: true,
      withBigInt: true,
    });
    void fc.assert(
      fc.property(anything, anything, (expected, actual) => {
        expect(fits(expected, actual)).toBe(findDifferences(expected, actual).length === 0);
      }),
    );
  });
});
