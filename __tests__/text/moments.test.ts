import { describe, expect, it } from '@jest/globals';
import { readMoment } from '../../src/text/moments';

const noon = Date.UTC(2026, 0, 31, 12);

describe('a moment', () => {
  it.each([
    [new Date(noon), noon],
    [noon, noon],
    [0, 0],
    ['2026-01-31T12:00:00Z', noon],
    ['2026-01-31T13:00:00+01:00', noon],
    ['2026-01-31', Date.UTC(2026, 0, 31)],
  ])('%p is %d', (moment, milliseconds) => {
    expect(readMoment(moment, 'now')).toBe(milliseconds);
  });

  it.each([
    ['tomorrow', "'tomorrow'"],
    ['', "''"],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [new Date(Number.NaN), 'Invalid Date'],
    [null, 'null'],
    [undefined, 'undefined'],
    [{}, '{}'],
  ])('%p throws a TypeError', (moment, shown) => {
    expect(() => readMoment(moment as number, 'now')).toThrow(
      new TypeError(
        `now: invalid moment ${shown}; expected a Date, milliseconds since 1970, or text such as '2026-01-31T10:00:00Z'`,
      ),
    );
  });
});
