import { expect, it } from '@jest/globals';
import { libraryProject } from '../../support/library-project';

const project = libraryProject('time-left');

const tests = `
import { createRequire } from 'node:module';
import { TestRunner, afterAll, afterEach, aroundEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
const { createMock, holdMock } = createRequire(import.meta.url)('./node_modules/s3-versioning-mock/dist/testing/vitest-entry.js');

let left;
const control = createMock({}, createMock);
const setRunner = control.lifetime.setRunner.bind(control.lifetime);
control.lifetime.setRunner = (runner) => {
  left = () => runner.timeLeft();
  setRunner(runner);
};
const { getCurrentSuite, getSuiteHooks } = TestRunner;
holdMock(control, { afterEach, aroundEach, beforeAll, beforeEach, getCurrentSuite, getSuiteHooks });

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const almost = (milliseconds) => expect.closeTo(milliseconds - 499, -3);

test('the limit of the configuration', () => { expect(left()).toEqual(almost(40000)); });
test('an option', { timeout: 7000 }, () => { expect(left()).toEqual(almost(7000)); });
test('no limit', { timeout: 0 }, () => { expect(left()).toBeUndefined(); });
test('fake timers', { timeout: 7000 }, async () => {
  await sleep(300);
  vi.useFakeTimers({ now: 0 });
  vi.advanceTimersByTime(3000);
  const now = left();
  vi.useRealTimers();
  expect(now).toBeGreaterThan(6000);
  expect(now).toBeLessThanOrEqual(6710);
});
describe('a describe with an option', { timeout: 8000 }, () => {
  test('its limit', () => { expect(left()).toEqual(almost(8000)); });
});
describe('vi.setConfig', () => {
  vi.setConfig({ testTimeout: 9000 });
  test('the limit of tests below it', () => { expect(left()).toEqual(almost(9000)); });
  vi.resetConfig();
});
describe('concurrent tests', () => {
  test.concurrent('first', { timeout: 11000 }, async () => { await sleep(20); expect(left()).toEqual(almost(11000)); });
  test.concurrent('second', { timeout: 12000 }, async () => { await sleep(30); expect(left()).toEqual(almost(12000)); });
});
describe('a test that is tried again', () => {
  let tries = 0;
  test('its whole time', { timeout: 5000, retry: 1 }, async () => {
    tries += 1;
    await sleep(tries === 1 ? 1200 : 0);
    expect(tries).toBe(2);
    expect(left()).toEqual(almost(5000));
  });
});
describe('hooks', () => {
  const seen = [];
  const look = () => { seen.push(left()); };
  beforeAll(look);
  beforeEach(look);
  afterEach(look);
  test('they are not known', { timeout: 6000 }, look);
  afterAll(() => { expect(seen).toEqual([undefined, undefined, almost(6000), undefined]); });
});
`;

it('vitest: a mock knows the time that is left for a test', async () => {
  project.write('left.test.mjs', tests);
  const { code, stdout, stderr } = await project.run(
    ['node_modules/vitest/vitest.mjs', 'run', 'left.test.mjs', '--testTimeout', '40000'],
    { NO_COLOR: '1' },
  );
  const output = stdout + stderr;
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/10 passed/) });
});
