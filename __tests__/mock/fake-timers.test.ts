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
        ? expect.stringMatching(/^Timers are faked: [\s\S]* jest\.useFakeTimers\(\{ advanceTimers: true \}\)/)
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

describe('the cure for faked timers', () => {
  const speed = 'write jest.useFakeTimers({ advanceTimers: true })';
  const begin = () => {
    const timers = new TimersOfTest(thisTestFile);
    timers.forget();
    return timers;
  };

  it('begins with the advance, and says when real speed is enough', () => {
    jest.useFakeTimers();
    setTimeout(() => {}, 4999);
    const text = begin().writeWhyWaiting({ limit: 5000 });
    expect(text).toContain('until the test advances the timers. Advance them until the call is over, because');
    expect(text).toContain(`Or, if all that the call waits for ends within the 5000 ms of the test, ${speed}`);
  });

  it('is the advance alone if the next timer ends after the test', () => {
    jest.useFakeTimers();
    setTimeout(() => {}, 90_000);
    setTimeout(() => {}, 5000);
    const text = begin().writeWhyWaiting({ limit: 5000 });
    expect(text).toContain(
      'The next timer is due in 5000 ms, and the test ended after 5000 ms: advance the timers until',
    );
    expect(text).not.toContain('advanceTimers: true');
  });

  it('is the advance alone if the test has advanced the timers', () => {
    jest.useFakeTimers();
    const timers = begin();
    jest.advanceTimersByTime(10);
    const text = timers.writeWhyWaiting({ limit: 5000 });
    expect(text).toContain('The test has advanced them: go on until the call is over, because');
    expect(text).not.toContain('advanceTimers: true');
  });

  it('does not go by a timer that repeats itself', () => {
    jest.useFakeTimers();
    setInterval(() => {}, 60_000);
    expect(begin().writeWhyWaiting({ limit: 5000 })).not.toContain('The next timer');
  });

  it('names the timers of a hook that restored them', () => {
    const timers = begin();
    jest.useFakeTimers();
    setTimeout(() => {}, 5000);
    timers.look();
    jest.useRealTimers();
    expect(timers.writeWhyWaiting({ limit: 5000 })).toContain('The next timer is due in 5000 ms');
    timers.forget();
    jest.useFakeTimers({ advanceTimers: true });
    expect(timers.writeRealSpeed(5000)).toBeUndefined();
  });

  it('is without an advance for the timers of jest before version 27', () => {
    jest.useFakeTimers({ legacyFakeTimers: true });
    expect(begin().writeWhyWaiting({ limit: 5000 })).not.toContain('advanceTimersByTimeAsync');
  });
});

describe('faked timers at real speed', () => {
  const begin = (milliseconds: number, options: Parameters<typeof jest.useFakeTimers>[0], repeats = false) => {
    const timers = new TimersOfTest(thisTestFile);
    timers.forget();
    jest.useFakeTimers(options);
    (repeats ? setInterval : setTimeout)(() => {}, milliseconds);
    timers.look();
    jest.useRealTimers();
    return timers;
  };

  it('are named with a pending timer', () => {
    const timers = begin(4000, { advanceTimers: true });
    expect(timers.writeWhyWaiting({ limit: 5000 })).toBeUndefined();
    expect(timers.writeRealSpeed(5000)).toMatch(
      /^Timers are faked and run at real speed: one of 4000 ms is pending, and the test ended after 5000 ms\. If the call waits for it, fake the timers without advanceTimers, and advance them until the call is over, /,
    );
  });

  it.each<[string, () => string | undefined]>([
    ['the time-out is not known', () => begin(4000, { advanceTimers: true }).writeRealSpeed(undefined)],
    ['the timer is short', () => begin(999, { advanceTimers: true }).writeRealSpeed(5000)],
    ['the timer repeats itself', () => begin(4000, { advanceTimers: true }, true).writeRealSpeed(5000)],
    ['they stand still', () => begin(4000, {}).writeRealSpeed(5000)],
  ])('are not named if %s', (_what, write) => {
    expect(write()).toBeUndefined();
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
    expect(s3.requests.explain()).toContain(
      'Keep the advance of the timers, and write s3.clock.advance({ days: 30 }) after it.',
    );
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
        "Keep the line that sets the Date, and write s3.clock.set('2026-04-02T00:00:00.000Z') after it. Or leave out the option 'now', so that the clock follows the faked Date.",
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
