import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { thisTestFile } from '../../src/border/this-test-file';
import { TimersOfTest } from '../../src/mock/fake-timers';

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const why = () => new TimersOfTest(thisTestFile).writeWhyWaiting();

describe('the timers of a test', () => {
  it.each<[string, () => void, boolean]>([
    ['real', () => {}, false],
    ['faked by jest', () => jest.useFakeTimers(), true],
    ['faked by jest as before version 27', () => jest.useFakeTimers({ legacyFakeTimers: true }), true],
    ['faked, and advance by themselves', () => jest.useFakeTimers({ advanceTimers: true }), false],
    ['faked except for setTimeout', () => jest.useFakeTimers({ doNotFake: ['setTimeout'] }), false],
    ['watched by a spy', () => jest.spyOn(globalThis, 'setTimeout'), false],
  ])('that are %s', (_how, fake, areFaked) => {
    fake();
    expect(why()).toEqual(
      areFaked
        ? expect.stringMatching(/^Timers are faked: .* jest\.useFakeTimers\(\{ advanceTimers: true \}\)/)
        : undefined,
    );
  });

  it('were faked, though a hook restored them, until they are forgotten', () => {
    const timers = new TimersOfTest(thisTestFile);
    jest.useFakeTimers();
    timers.look();
    jest.useRealTimers();
    expect(timers.writeWhyWaiting()).toBeDefined();
    timers.forget();
    expect(timers.writeWhyWaiting()).toBeUndefined();
  });
});

describe('a stopped clock beside fake timers', () => {
  let s3: MockS3;
  afterEach(() => s3.stop());
  const stays = 'but the clock of the mock stays at 2026-03-01T00:00:00.000Z';
  const start = (options = {}) => {
    s3 = mockS3({ now: '2026-03-01', ...options });
    jest.useFakeTimers();
  };

  it('is named if the timers were advanced', () => {
    start();
    expect(s3.requests.explain()).not.toContain(stays);
    jest.advanceTimersByTime(30 * 86_400_000);
    expect(s3.requests.explain()).toContain(`The test advanced its fake timers by { days: 30 }, ${stays}`);
    expect(s3.requests.explain()).toContain('Move it with s3.clock.advance({ days: 30 })');
  });

  it('is named though the test restored its timers', () => {
    start();
    expect(s3.requests.explain()).not.toContain(stays);
    jest.advanceTimersByTime(86_400_000);
    jest.useRealTimers();
    expect(s3.requests.explain()).toContain(`The test advanced its fake timers by { days: 1 }, ${stays}`);
  });

  it('is not named once the test has moved it', () => {
    start();
    jest.advanceTimersByTime(86_400_000);
    s3.clock.advance({ days: 1 });
    expect(s3.requests.explain()).not.toContain('stays at');
  });

  it('is not named if it follows the faked Date', () => {
    start({ now: undefined });
    jest.advanceTimersByTime(86_400_000);
    expect(s3.requests.explain()).not.toContain('stays at');
  });
});

describe('a stopped clock beside a Date that the test sets', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');
  const begin = () => {
    const timers = new TimersOfTest(thisTestFile);
    timers.forget();
    return timers;
  };

  it.each<[string, () => void]>([
    ['by setSystemTime', () => jest.useFakeTimers().setSystemTime(new Date('2026-04-02'))],
    ['as it is faked', () => jest.useFakeTimers({ now: new Date('2026-04-02') })],
  ])('is named: %s', (_how, set) => {
    const timers = begin();
    set();
    expect(timers.writeStoppedClock(now)).toBe(
      "The test set its Date to 2026-04-02T00:00:00.000Z, but the clock of the mock stays at 2026-03-01T12:00:00.000Z, because the option 'now' or s3.clock.set stopped it. " +
        "Move it with s3.clock.set('2026-04-02T00:00:00.000Z'), or leave out the option 'now', so that the clock follows the faked Date.",
    );
  });

  it.each<[string, () => void]>([
    ['real', () => {}],
    ['faked, and is not set', () => jest.useFakeTimers()],
    ['set to the time of the mock', () => jest.useFakeTimers({ now })],
  ])('is not named if the Date is %s', (_what, fake) => {
    const timers = begin();
    fake();
    expect(timers.writeStoppedClock(now)).toBeUndefined();
  });

  it('is not named if the Date was set before the test began', () => {
    jest.useFakeTimers({ now: new Date('2026-04-02') });
    expect(begin().writeStoppedClock(now)).toBeUndefined();
  });
});
