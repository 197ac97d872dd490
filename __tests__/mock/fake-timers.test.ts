import { afterEach, describe, expect, it, jest } from '@jest/globals';
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
