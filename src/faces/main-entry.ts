import { findCollectedBlock, isCircus, isFile, listenToCircus } from '../border/circus';
import { printToStderr } from '../border/this-test-file';
import { isCollectingByVitest, isVitest } from '../border/vitest-worker';
import type { MockS3 } from '../mock/mock-s3';
import { engine } from './engine';

interface Expect {
  extend(matchers: Readonly<Record<string, () => never>>): void;
}

/**
 * Under jest and vitest, the main entry is right with hooks of your own, and in a test. Who meant the entry of the runner learns it where it shows:
 * at a matcher that `expect` lacks, and under jest at a failed test whose mock nobody has reset.
 */
export function watchMainEntry(mock: MockS3): void {
  const runner = isCircus() ? 'jest' : isVitest() ? 'vitest' : undefined;
  if (runner === undefined) return;
  const place = findPlace(runner);
  const cure = `import s3-versioning-mock/${runner}, which has matchers and hooks`;
  refuseMatchers(
    (name) => `expect(…).${name} is a matcher, and there are no matchers: mockS3 of the main entry ${place}: ${cure}`,
  );
  if (runner === 'jest' && findCollectedBlock() !== undefined)
    warnAtFailure(
      mock,
      `mockS3 of the main entry ${place}: nothing has reset the mock since then, so a failed test began with what the tests before it had left: ${cure}`,
    );
}

function findPlace(runner: 'jest' | 'vitest'): string {
  const block = findCollectedBlock();
  if (block !== undefined && !isFile(block)) return `was called in a describe of ${runner}`;
  const isCollecting = block !== undefined || (runner === 'vitest' && isCollectingByVitest());
  return isCollecting ? `at the top of a test file of ${runner}` : `was called in a test or a hook of ${runner}`;
}

/** A matcher that `expect` has stays, and an entry that is imported later replaces these. */
function refuseMatchers(why: (name: string) => string): void {
  const expect = findExpect();
  if (expect === undefined) return;
  const names = Object.keys(engine.matchers).filter((name) => !(name in expect));
  const refusals = names.map((name): [string, () => never] => [
    name,
    () => {
      throw new TypeError(why(name));
    },
  ]);
  expect.extend(Object.fromEntries(refusals));
}

/** jest has a global `expect`, and vitest, whose `expect` is imported, notes it under this symbol. */
function findExpect(): Expect | undefined {
  const { expect, [Symbol.for('expect-global')]: ofVitest }: { readonly [name: string | symbol]: unknown } = globalThis;
  const found = isVitest() ? ofVitest : expect;
  return typeof found === 'function' && 'extend' in found ? (found as unknown as Expect) : undefined; // by its method
}

/** The first test begins with the state of the options. */
function warnAtFailure(mock: MockS3, why: string): void {
  let testsBefore = 0;
  let hasWarned = false;
  listenToCircus(({ name, test }) => {
    if (name !== 'test_done' || test === undefined || hasWarned) return;
    const isDoubtful = test.errors.length > 0 && testsBefore > 0;
    testsBefore += 1;
    if (!isDoubtful || mock.requests.wasCleared || !mock.answers('https://s3.amazonaws.com')) return;
    hasWarned = true;
    printToStderr(why);
  });
}
