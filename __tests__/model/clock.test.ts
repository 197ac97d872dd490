import { describe, expect, it } from '@jest/globals';
import { Clock } from '../../src/model/clock';
import { MfaDevice } from '../../src/model/identity/mfa-device';
import type { Duration } from '../../src/text/moments';

const noon = Date.UTC(2026, 0, 31, 12);
const outside = 'leaves the years 1970 to 9999. Give a shorter time.';

describe('a clock that was not set', () => {
  it('runs with the real time', () => {
    let real = noon;
    const clock = new Clock(() => real);
    expect(clock.now()).toBe(noon);
    real += 1500;
    expect(clock.now()).toBe(noon + 1500);
  });

  it('keeps running after it was advanced', () => {
    let real = noon;
    const clock = new Clock(() => real);
    clock.advance({ hours: 2 });
    real += 1000;
    expect(clock.now()).toBe(noon + 7_201_000);
  });
});

describe('a clock that was set', () => {
  it('stands still while the real time passes', () => {
    let real = 0;
    const clock = new Clock(() => real);
    clock.set(noon);
    real = 99_999;
    expect(clock.now()).toBe(noon);
  });

  it('moves only by advance, forward and back', () => {
    const clock = new Clock(() => 0, noon);
    clock.advance({ days: 1 });
    clock.advance({ minutes: -1 });
    expect(clock.now()).toBe(noon + 86_340_000);
  });

  it('can be set again, even to an earlier time', () => {
    const clock = new Clock(() => 0, noon);
    clock.set(noon - 5);
    expect(clock.now()).toBe(noon - 5);
  });
});

describe('advance', () => {
  it.each<[Duration, number]>([
    [{ days: 1 }, 86_400_000],
    [{ hours: 1 }, 3_600_000],
    [{ minutes: 1 }, 60_000],
    [{ seconds: 1 }, 1000],
    [{ milliseconds: 1 }, 1],
    [{ days: 2, hours: 3, minutes: 4, seconds: 5, milliseconds: 6 }, 183_845_006],
    [{ seconds: 0.5 }, 500],
    [{ days: -1 }, -86_400_000],
  ])('by %j is %d milliseconds', (duration, milliseconds) => {
    const clock = new Clock(() => 0, noon);
    clock.advance(duration);
    expect(clock.now() - noon).toBe(milliseconds);
  });

  const record = 'an object such as { minutes: 10 }';
  const units = 'numbers of days, hours, minutes, seconds or milliseconds';
  it.each<[unknown, string, string]>([
    [60_000, '60000', record],
    [undefined, 'undefined', record],
    [null, 'null', record],
    ['1h', "'1h'", record],
    [{}, '{}', record],
    [{ weeks: 1 }, '{ weeks: 1 }', units],
    [{ days: '1' }, "{ days: '1' }", units],
    [{ days: Number.NaN }, '{ days: NaN }', units],
    [{ hours: Number.POSITIVE_INFINITY }, '{ hours: Infinity }', units],
    [{ toString: 1 }, '{ toString: 1 }', units],
  ])('by %j throws a TypeError that names what it expects', (duration, shown, expected) => {
    const clock = new Clock(() => 0, noon);
    expect(() => clock.advance(duration as Duration)).toThrow(
      new TypeError(`s3.clock.advance: invalid duration ${shown}; expected ${expected}`),
    );
    expect(clock.now()).toBe(noon);
  });

  it.each<[Duration, string]>([
    [{ days: 1e12 }, '{ days: 1000000000000 }'],
    [{ days: 1e300, hours: 1e300 }, '{ days: 1e+300, hours: 1e+300 }'],
    [{ days: -365 * 57 }, '{ days: -20805 }'],
  ])('by %j throws a TypeError and does not move the clock', (duration, shown) => {
    const clock = new Clock(() => 0, noon);
    expect(() => clock.advance(duration)).toThrow(
      new TypeError(`s3.clock.advance: ${shown} from 2026-01-31T12:00:00.000Z ${outside}`),
    );
    expect(clock.now()).toBe(noon);
  });
});

describe('the range of a clock', () => {
  it('is 1970 to 9999, whatever the faked time of the system is', () => {
    const before = new Clock(() => Date.UTC(-100, 0));
    expect(before.now()).toBe(0);
    const after = new Clock(() => 8.64e15);
    expect(new Date(after.now()).toISOString()).toBe('9999-12-31T23:59:59.999Z');
  });

  it.each([['1969-12-31T23:59:59.999Z'], [-1], [new Date(Date.UTC(10_000, 0))], [8.64e15], [1e300]])(
    'excludes %p, and setting a clock to it does not move the clock',
    (moment) => {
      const clock = new Clock(() => 0, noon);
      expect(() => clock.set(moment)).toThrow(
        /^s3\.clock\.set: invalid moment .*; expected a moment within the years 1970 to 9999$/,
      );
      expect(clock.now()).toBe(noon);
    },
  );

  it.each([[0], [Date.UTC(10_000, 0) - 1]])('has %d, and an MFA device shows codes then', (moment) => {
    const device = new MfaDevice({ serial: 'GAHT12345678', secret: 'JBSWY3DPEHPK3PXP' }, () => moment);
    for (let one = 0; one < 3; one += 1) {
      const [, code = ''] = device.header().split(' ');
      expect(device.verify(code)).toEqual({ accepted: true });
    }
  });
});

describe('the state of a clock', () => {
  it('is restored, running or standing still', () => {
    let real = noon;
    const clock = new Clock(() => real);
    clock.advance({ seconds: 5 });
    const running = clock.state;
    clock.set(0);
    const standing = clock.state;
    clock.restore(running);
    real += 1000;
    expect(clock.now()).toBe(noon + 6000);
    clock.restore(standing);
    expect(clock.now()).toBe(0);
  });

  it('does not change when the clock moves', () => {
    const clock = new Clock(() => 0, noon);
    const { state } = clock;
    clock.advance({ days: 1 });
    expect(state).toEqual({ at: noon });
  });
});

describe('the moves of the clock', () => {
  it('are added up for each second of the process', () => {
    let process = noon + 200;
    const clock = new Clock(() => process);
    clock.advance({ minutes: 1 });
    clock.advance({ seconds: -10 });
    process += 1000;
    clock.set(noon);
    clock.set(noon);
    const second = noon / 1000;
    expect({ moves: clock.moves, moved: clock.moved }).toEqual({
      moves: [
        { second, by: 50_000 },
        { second: second + 1, by: -51_200 },
      ],
      moved: -1200,
    });
  });

  it('are forgotten when the clock is restored', () => {
    const clock = new Clock(() => noon);
    const { state } = clock;
    clock.advance({ minutes: 1 });
    clock.restore(state);
    expect({ moves: clock.moves, moved: clock.moved }).toEqual({ moves: [], moved: 0 });
  });
});

describe('the signatures that a clock has seen', () => {
  it('keep the second of their first request, and the moves before it', () => {
    let process = noon + 200;
    const clock = new Clock(() => process);
    clock.noteSignature('first');
    clock.advance({ minutes: 1 });
    clock.noteSignature('second');
    process += 1000;
    clock.advance({ minutes: 1 });
    for (const signature of ['first', 'second']) clock.noteSignature(signature);
    const second = noon / 1000;
    expect(['first', 'second', 'third'].map((signature) => clock.findSighting(signature))).toEqual([
      { second, moved: 0 },
      { second, moved: 60_000 },
      undefined,
    ]);
  });

  it('are forgotten when the clock is restored, and go over to another clock with its history', () => {
    const clock = new Clock(() => noon);
    const other = new Clock(() => noon);
    clock.noteSignature('first');
    const { state, history } = clock;
    clock.noteSignature('second');
    other.restore(state, history);
    other.noteSignature('third');
    const seenBy = (one: Clock) => ['first', 'second', 'third'].filter((signature) => one.findSighting(signature));
    expect([seenBy(clock), seenBy(other)]).toEqual([
      ['first', 'second'],
      ['first', 'third'],
    ]);
    clock.restore(state);
    expect(seenBy(clock)).toEqual([]);
  });

  it('are ten thousand at most, of which the first are forgotten', () => {
    const clock = new Clock(() => noon);
    for (let number = 0; number <= 10_000; number += 1) clock.noteSignature(`number ${number}`);
    expect([0, 1, 10_000].map((number) => clock.findSighting(`number ${number}`) !== undefined)).toEqual([
      false,
      true,
      true,
    ]);
  });
});
