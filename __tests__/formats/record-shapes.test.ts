import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { RecordShapes } from '../../src/formats/record-shapes';

const filled = (shapes: RecordShapes, names: readonly string[], value: unknown = 'x') => {
  const record = shapes.recordWith(names);
  for (const name of names) record[name] = value;
  return record;
};

describe('a record made like those before', () => {
  it('has its own names, in their order, whatever records came before', () => {
    const names = fc.uniqueArray(fc.constantFrom('host', 'date', 'accept', 'range', 'etag', 'x-a'), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(names, { maxLength: 30 }), (all) => {
        const shapes = new RecordShapes();
        for (const [index, given] of all.entries())
          expect(Object.entries(filled(shapes, given, index))).toEqual(given.map((name) => [name, index]));
      }),
    );
  });

  it('does not replace the shape of another kind with as many names, which takes turns with it', () => {
    const parse = jest.spyOn(JSON, 'parse');
    const shapes = new RecordShapes();
    for (let turn = 0; turn < 10; turn += 1)
      for (const names of [
        ['a', 'b'],
        ['a', 'c'],
      ])
        filled(shapes, names);
    expect(parse).toHaveBeenCalledTimes(1);
    for (let count = 0; count < 10; count += 1) filled(shapes, ['a', 'c']);
    expect(parse).toHaveBeenCalledTimes(2);
    parse.mockRestore();
  });

  it('shares nothing with another one', () => {
    const shapes = new RecordShapes();
    const records = [1, 2, 3].map((value) => filled(shapes, ['a', 'b'], value));
    expect(records).toEqual([1, 2, 3].map((value) => ({ a: value, b: value })));
  });
});
