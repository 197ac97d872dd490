/** jest's API does not name the test that runs: jest-circus keeps its state on globalThis, under a symbol that is found by its description. Only this file reads it. @module */
import { findUniqueName } from './test-names';

export interface CircusTest {
  readonly parent: CircusBlock;
  readonly concurrent: boolean;
  readonly invocations: number;
  readonly startedAt: number | null;
  readonly status: string | null;
  /** Undefined if the test has the limit of its file. */
  readonly timeout?: number | undefined;
  errors: readonly unknown[];
  /** The place of the test. */
  readonly asyncError?: unknown;
  /** The rejections that nobody has handled, by their promises; undefined before jest 30. */
  readonly unhandledRejectionErrorByPromise?: unknown;
}

interface CircusHook {
  readonly type: string;
  fn: unknown;
  timeout: unknown;
  asyncError: unknown;
}

interface CircusBlock {
  readonly hooks: readonly CircusHook[];
  readonly tests: readonly CircusTest[];
  readonly children: readonly (CircusBlock | CircusTest)[];
}

interface CircusState {
  readonly currentlyRunningTest: CircusTest | null;
  readonly currentDescribeBlock: CircusBlock;
  readonly rootDescribeBlock: CircusBlock;
  readonly hasStarted: boolean;
  /** The limit of tests and hooks that have none of their own. */
  readonly testTimeout: number;
}

interface CircusEvent {
  readonly name: string;
  readonly test?: CircusTest;
  readonly hook?: { readonly type?: string; readonly timeout?: number | undefined };
  readonly describeBlock?: CircusBlock;
}

type EventHandler = (event: CircusEvent) => unknown;

export interface TestRun {
  readonly of: object;
  readonly attempt: number;
}

export function findCollectedBlock(): CircusBlock | undefined {
  const state = circusState();
  return state?.hasStarted === false ? state.currentDescribeBlock : undefined;
}

/** Returns undefined under another runner. */
export function testsHaveBegun(): boolean | undefined {
  return circusState()?.hasStarted;
}

export function isCircus(): boolean {
  return circusState() !== undefined;
}

export function currentTest(): CircusTest | undefined {
  return circusState()?.currentlyRunningTest ?? undefined;
}

/** Concurrent tests share the state of the mock with the others of their describe, which may still run. */
export function isOver(test: object): boolean {
  const { status, concurrent }: Partial<CircusTest> = test;
  return test !== currentTest() && status === 'done' && concurrent !== true;
}

export function hasEnded({ status }: Partial<CircusTest>): boolean {
  return status === 'done';
}

export function testsIn(block: CircusBlock): readonly CircusTest[] {
  return block.children.flatMap((child) => ('children' in child ? testsIn(child) : child));
}

export function countErrors({ errors = [] }: Partial<CircusTest>): number {
  return errors.length;
}

export function findTestName(test: object): string | undefined {
  const names: string[] = [];
  for (let at: unknown = test; isNamed(at) && at.name !== rootName; at = at.parent) names.unshift(at.name);
  return names.length === 0 ? undefined : names.join(' ');
}

/** Returns the full name of a test, with its number if several tests of the file have the same. */
export function findNameInFile(test: object): string | undefined {
  const root = circusState()?.rootDescribeBlock;
  const name = findTestName(test);
  if (root === undefined || name === undefined) return name;
  return findUniqueName(
    test,
    (one) => findTestName(one) ?? '',
    () => testsIn(root),
  );
}

const rootName = 'ROOT_DESCRIBE_BLOCK';

function isNamed(value: unknown): value is { readonly name: string; readonly parent?: unknown } {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
}

/** Finds the present run of a test, which includes its beforeEach and afterEach hooks. `last` is the result of the previous call. */
export function findCurrentRun(last: TestRun | undefined): TestRun | undefined {
  const test = currentTest();
  if (test === undefined) return last !== undefined && concurrentTestsRun(last.of) ? last : concurrentRun();
  const run = test.concurrent ? { of: test.parent, attempt: 0 } : { of: test, attempt: test.invocations };
  return last?.of === run.of && last.attempt === run.attempt ? last : run;
}

export function isFile(block: CircusBlock): boolean {
  return circusState()?.rootDescribeBlock === block;
}

/** jest runs afterAll hooks in the order of the source, so the hooks that a user writes below would run after it. */
export function runAfterOtherAfterAlls(block: CircusBlock, fn: unknown): void {
  const hooks = block.hooks.filter(({ type }) => type === 'afterAll');
  const later = hooks.slice(hooks.findIndex((hook) => hook.fn === fn));
  moveCalls(later, 1);
}

/** Makes the hook that calls `fn`, the latest, the first of the describe's beforeAll hooks. */
export function runBeforeOtherBeforeAlls(block: CircusBlock): void {
  moveCalls(
    block.hooks.filter(({ type }) => type === 'beforeAll'),
    -1,
  );
}

/** Moves the functions of hooks by some places. The hook objects keep their order, since the list belongs to jest. */
function moveCalls(hooks: readonly CircusHook[], places: number): void {
  const calls = hooks.map(({ fn, timeout, asyncError }) => ({ fn, timeout, asyncError }));
  for (const [index, hook] of hooks.entries()) Object.assign(hook, calls.at((index + places) % calls.length));
}

/** The end of a file has an event even if no hook runs. False if nobody can listen: another runner, jest 29, or before jest 30 loads the test file. */
export function listenToCircus(handler: EventHandler): boolean {
  const handlers = realm[Symbol.for('EVENT_HANDLERS')];
  if (!Array.isArray(handlers)) return false;
  handlers.push(handler);
  return true;
}

/** A test or a hook that runs. */
interface Limited {
  readonly since: number;
  readonly milliseconds: number;
}

/** Returns the time as circus reads it, which fake timers do not change. */
const realTime = (): number => {
  const read = realm[Symbol.for('jest-native-now')];
  return Number(typeof read === 'function' ? read() : Date.now());
};

const ofEnd = /^(?:hook|test_fn)_(?:success|failure)$/;

/** Knows what jest-circus runs, and how long its limits let a test or a hook run. jest starts the time anew for each hook and for the test. */
export class CircusLimits {
  readonly #findTest: () => object | undefined;
  /** What runs for each test. */
  readonly #ofTests = new WeakMap<object, Limited>();
  /** The hook that runs around tests. */
  #aroundTests: Limited | undefined;
  readonly #isHeard: boolean;
  #isInBeforeEach = false;

  /** `findTest` finds the test to which the present code belongs. */
  constructor(findTest: () => object | undefined) {
    this.#findTest = findTest;
    this.#isHeard = listenToCircus(({ name, test, hook }) => {
      if (name === 'hook_start') this.#begin(findTest(), hook?.timeout);
      if (name === 'hook_start') this.#isInBeforeEach = hook?.type === 'beforeEach';
      if (name === 'test_fn_start') this.#begin(test, test?.timeout);
      if (!ofEnd.test(name)) return;
      this.#isInBeforeEach = false;
      this.#end(test);
    });
  }

  /** Concurrent tests run beside the hooks of others. Without events, as in jest 29, no hook is known. */
  isInBeforeEach(): boolean {
    return this.#isInBeforeEach && currentTest()?.concurrent !== true;
  }

  #begin(test: object | undefined, own: number | undefined): void {
    const milliseconds = own || circusState()?.testTimeout;
    if (milliseconds === undefined) return;
    const limited = { since: realTime(), milliseconds };
    if (test === undefined) this.#aroundTests = limited;
    else this.#ofTests.set(test, limited);
  }

  #end(test: object | undefined): void {
    if (test === undefined) this.#aroundTests = undefined;
    else this.#ofTests.delete(test);
  }

  timeLeft(): number | undefined {
    const test = this.#findTest();
    const limited = test === undefined ? this.#aroundTests : (this.#ofTests.get(test) ?? this.#readRecord(test));
    return limited && Math.max(0, limited.since + limited.milliseconds - realTime());
  }

  /** Without events, as in jest 29, circus's record says when the first hook of a test began. */
  #readRecord({ startedAt, timeout }: Partial<CircusTest>): Limited | undefined {
    const milliseconds = timeout || circusState()?.testTimeout;
    if (this.#isHeard || !startedAt || milliseconds === undefined) return undefined;
    return { since: startedAt, milliseconds };
  }
}

/** Whether concurrent tests of a describe still run: once the first of them ends, jest-circus names no current test. */
function concurrentTestsRun(block: object): boolean {
  if (!('tests' in block) || !Array.isArray(block.tests)) return false;
  const tests: readonly CircusTest[] = block.tests;
  return tests.some(({ concurrent, startedAt, status }) => concurrent && startedAt !== null && status === null);
}

/** The run of concurrent tests, of which one test ended before another test called the mock. */
function concurrentRun(block: CircusBlock | undefined = circusState()?.rootDescribeBlock): TestRun | undefined {
  if (block === undefined) return undefined;
  if (concurrentTestsRun(block)) return { of: block, attempt: 0 };
  for (const child of block.children) {
    const run = 'children' in child ? concurrentRun(child) : undefined;
    if (run !== undefined) return run;
  }
  return undefined;
}

/**
 * The global object and the name below are looked up once: under jest each access to the global object takes time, and a list of its names
 * 18 µs.
 */
const realm: { readonly [key: symbol]: unknown } = globalThis;
let nameOfState: symbol | undefined;

function circusState(): CircusState | undefined {
  nameOfState ??= Object.getOwnPropertySymbols(realm).find(({ description }) => description === 'JEST_STATE_SYMBOL');
  if (nameOfState === undefined) return undefined;
  return realm[nameOfState] as CircusState | undefined; // the value that circus stores there
}

/** Returns a function that says whether the tests of the present file have begun, also after its end. */
export function watchStart(): (() => boolean) | undefined {
  // The object is kept, since jest warns if its global object is read after the end of the file.
  const state = circusState();
  return state && (() => state.hasStarted);
}
