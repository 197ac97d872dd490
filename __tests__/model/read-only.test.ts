import { describe, expect, it } from '@jest/globals';
import { readOnly } from '../../src/model/read-only';

const isFrozen = (value: unknown) => Object.isFrozen(value);

describe('what is made read-only', () => {
  it.each<[what: string, value: object]>([
    ['a record', { a: 1 }],
    ['a list', [1]],
    ['a record without a prototype', Object.assign(Object.create(null), { a: 1 })],
  ])('is %s', (_what, value) => {
    expect({ same: readOnly(value) === value, frozen: isFrozen(value) }).toEqual({ same: true, frozen: true });
  });

  it('is all that it contains, in lists and records', () => {
    const inner = { deep: { values: ['a'] } };
    readOnly([{ inner }]);
    expect([inner, inner.deep, inner.deep.values].map(isFrozen)).toEqual([true, true, true]);
  });

  it.each<[what: string, value: object]>([
    ['a date', new Date(0)],
    ['bytes', Buffer.from('data')],
    ['a map', new Map()],
    ['a thing of a class', new (class {})()],
  ])('is not %s', (_what, value) => {
    expect(readOnly({ value }).value).toBe(value);
    expect(isFrozen(value)).toBe(false);
  });

  it.each([[undefined], [null], ['text'], [7]])('is %p as it is', (value) => {
    expect(readOnly(value)).toBe(value);
  });
});
