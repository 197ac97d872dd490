import '../support/in-place';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test } from '@jest/globals';
import { Lifetime } from '../../src/mock/lifetime';
import { mockS3 } from '../../src/testing/jest';

let lifetime: Lifetime | undefined;
const { setRunner } = Lifetime.prototype;
Lifetime.prototype.setRunner = function (runner) {
  lifetime = this;
  setRunner.call(this, runner);
};
mockS3();
Lifetime.prototype.setRunner = setRunner;

const left = () => lifetime?.timeLeft();
/** What is left of a limit, if a second at most has passed. */
const almost = (milliseconds: number) => expect.closeTo(milliseconds - 499, -3);
const ofFile = 60_000;
jest.setTimeout(ofFile);

it('no time is known while tests are collected', () => expect(whileCollecting).toBeUndefined());
const whileCollecting = left();

describe('the time that is left', () => {
  it('is that which jest.setTimeout gave to the file', () => expect(left()).toEqual(almost(ofFile)));
  it('is that of a test with its own limit', () => expect(left()).toEqual(almost(7000)), 7000);

  it('becomes less, also under fake timers', async () => {
    await sleep(300);
    jest.useFakeTimers({ now: 0, doNotFake: ['nextTick', 'queueMicrotask'] });
    try {
      jest.advanceTimersByTime(3000);
      expect(left()).toBeGreaterThan(6000);
      expect(left()).toBeLessThanOrEqual(6710);
    } finally {
      jest.useRealTimers();
    }
  }, 7000);
});

describe('hooks have a time of their own', () => {
  const seen: unknown[] = [];
  const look = () => void seen.push(left());
  beforeAll(look, 21_000);
  beforeEach(look, 22_000);
  afterEach(look, 23_000);
  afterAll(() => {
    look();
    expect(seen).toEqual([21_000, 22_000, ofFile, 9000, 23_000, 24_000].map(almost));
  }, 24_000);

  describe('in another describe', () => {
    beforeEach(look);
    test('which ends before the time of the test begins', look, 9000);
  });
});

describe('concurrent tests', () => {
  test.concurrent('have each their own: the first', async () => {
    await sleep(20);
    expect(left()).toEqual(almost(11_000));
  }, 11_000);
  test.concurrent('have each their own: the second', async () => {
    await sleep(10);
    expect(left()).toEqual(almost(12_000));
    await sleep(20);
    expect(left()).toEqual(almost(12_000));
  }, 12_000);
});

describe('a test that is tried again', () => {
  jest.retryTimes(1);
  let tries = 0;
  afterAll(() => void jest.retryTimes(0));
  it('has its whole time again', async () => {
    tries += 1;
    await sleep(tries === 1 ? 1200 : 0);
    expect(tries).toBe(2);
    expect(left()).toEqual(almost(5000));
  }, 5000);
});
