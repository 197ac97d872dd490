import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test } from '@jest/globals';
import {
  findCollectedBlock,
  findCurrentRun,
  isCircus,
  runAfterOtherAfterAlls,
  testsHaveBegun,
} from '../../src/border/circus';

const whileCollecting = { begun: testsHaveBegun(), block: findCollectedBlock(), run: findCurrentRun(undefined) };

it('the detection knows jest-circus, and whether tests have begun', () => {
  expect(isCircus()).toBe(true);
  expect(whileCollecting).toEqual({ begun: false, block: expect.anything(), run: undefined });
  expect(testsHaveBegun()).toBe(true);
  expect(findCollectedBlock()).toBeUndefined();
});

describe('the current run', () => {
  const seen: unknown[] = [];
  /** By the tests that have run: one name for each look in a test, and in the hooks around it. */
  const expected: string[] = [];
  const expectLooks = (name: string, count: number) => expected.push(...Array<string>(count).fill(name));
  const look = () => {
    seen.push((findCurrentRun(undefined)?.of as { readonly name: string } | undefined)?.name); // only the name of jest's test is read
  };

  beforeAll(look);
  beforeEach(look);
  afterEach(look);
  afterAll(() => {
    look();
    expect({ first: seen[0], last: seen.at(-1) }).toEqual({ first: undefined, last: undefined });
    expect(seen.filter((name) => name !== undefined).toSorted()).toEqual(expected.toSorted());
  });

  test('is the run of this test, also in its hooks', () => {
    look();
    expect(seen.at(-1)).toBe('is the run of this test, also in its hooks');
    expectLooks('is the run of this test, also in its hooks', 3);
  });
  describe('in another describe', () => {
    beforeAll(look);
    beforeEach(look);
    test('is another run', () => {
      look();
      expect(seen.at(-1)).toBe('is another run');
      expectLooks('is another run', 4);
    });
  });

  test('stays the same while the test runs', () => {
    const run = findCurrentRun(undefined);
    expect(findCurrentRun(run)).toBe(run);
    expectLooks('stays the same while the test runs', 2);
  });
});

describe('a test that is retried', () => {
  const runs: unknown[] = [];
  jest.retryTimes(1);
  afterAll(() => {
    jest.retryTimes(0);
    expect(runs).toHaveLength(2);
    expect(runs[0]).toEqual({ ...(runs[1] as object), attempt: 1 });
  });

  test('has a new run', () => {
    runs.push(findCurrentRun(undefined));
    expect(runs).toHaveLength(2);
  });
});

describe('concurrent tests', () => {
  const runs: unknown[] = [];
  const pause = () => new Promise((resolve) => setImmediate(resolve));
  let last: ReturnType<typeof findCurrentRun>;
  const look = () => {
    last = findCurrentRun(last);
    runs.push(last);
    expect(last).toBeDefined();
    expect(last).toBe(runs[0]);
  };
  afterAll(() => {
    expect(new Set(runs).size).toBe(1);
    expect(runs[0]).toBeDefined();
    expect(runs).toHaveLength(4);
    expect(findCurrentRun(last)).toBeUndefined();
  });

  test.concurrent('that end first', async () => void look());
  test.concurrent('share one run', async () => {
    look();
    for (let turn = 0; turn < 20; turn += 1) await pause();
    look();
  });
  test.concurrent('until the last of them is over', async () => void look());
});

describe('concurrent tests of which one ends before another looks', () => {
  test.concurrent('ends at once', () => Promise.resolve());
  test.concurrent('have a run all the same', async () => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(findCurrentRun(undefined)).toEqual({ of: expect.objectContaining({ type: 'describeBlock' }), attempt: 0 });
  });
});

describe('afterAll hooks', () => {
  const called: string[] = [];
  afterAll(() => expect(called).toEqual(['first', 'third', 'fourth', 'second']));

  describe('of one describe', () => {
    const block = findCollectedBlock();
    const second = () => void called.push('second');
    beforeAll(() => {
      if (block !== undefined) runAfterOtherAfterAlls(block, second);
    });
    const callLast = (fn: () => void) => afterAll(fn);
    callLast(() => void called.push('first'));
    callLast(second);
    callLast(() => void called.push('third'));
    afterEach(() => undefined);
    callLast(() => void called.push('fourth'));

    test('run in the order of the source, except the one that has to be the last', () => expect(called).toEqual([]));
  });
});
