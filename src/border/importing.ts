/**
 * Says whether the present test file is still importing its modules, for the runners that show it.
 * @module
 */
import { findCollectedBlock, isCircus } from './circus';
import { isCollectingByVitest, isVitest } from './vitest-worker';

export interface ImportPhase {
  /** What runs before the imports of a test file, and can therefore create the mock. */
  readonly setUp: string;
  /** Asked while a client connects. */
  isOver(): boolean;
}

/** Registers a function that runs before the first test. */
type BeforeTests = (hook: () => void) => void;

interface GlobalsOfRunners {
  readonly before?: BeforeTests;
  readonly it?: unknown;
  readonly Deno?: { readonly test?: { readonly beforeAll?: BeforeTests } };
}

/** Returns undefined if no runner is known, as in a program that is no test. */
export function findImportPhase(): ImportPhase | undefined {
  if (isCircus()) return { setUp: 'a file of setupFilesAfterEnv', isOver: () => findCollectedBlock() === undefined };
  if (isVitest()) return { setUp: 'a file of setupFiles', isOver: () => !isCollectingByVitest() };
  const { before, it, Deno }: GlobalsOfRunners = globalThis as object;
  if (Deno !== undefined) return untilHook('a file of deno test --preload', Deno.test?.beforeAll);
  if (typeof it === 'function' && before !== undefined) return untilHook('a file of mocha --require', before);
  return hasLoadedNodeTest() ? { setUp: 'a file of node --import', isOver: () => !isCalledByModule() } : undefined;
}

export function untilHook(setUp: string, beforeTests: BeforeTests | undefined): ImportPhase | undefined {
  if (typeof beforeTests !== 'function') return undefined;
  let isOver = false;
  beforeTests(() => {
    isOver = true;
  });
  return { setUp, isOver: () => isOver };
}

function hasLoadedNodeTest(): boolean {
  const { moduleLoadList = [] } = process as { readonly moduleLoadList?: readonly string[] };
  return moduleLoadList.includes('NativeModule test');
}

/** A client has dozens of frames. */
const DEPTH = 200;

/**
 * node:test does not tell that tests have begun, and a hook would make a test run of each program. A module that awaits a call at its top level is in
 * the stack as a frame without a name, outside of any test.
 */
function isCalledByModule(): boolean {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEPTH;
  const { stack = '' } = new Error('caller');
  Error.stackTraceLimit = limit;
  const frames = stack.split('\n');
  return (
    frames.some((line) => /^ +at (?:async )?file:/.test(line) && !/[\\/]node_modules[\\/]/.test(line)) &&
    !frames.some((line) => line.includes('node:internal/test_runner'))
  );
}
