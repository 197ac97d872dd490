import { AsyncLocalStorage } from 'node:async_hooks';
import { performance } from 'node:perf_hooks';
import { findRunnerAround } from '../border/around-tests';
import { findUniqueName } from '../border/test-names';
import { watchTestFile } from '../border/this-test-file';
import { currentTask, isCollectingByVitest, isVitest, type VitestTask } from '../border/vitest-worker';
import { engine } from '../faces/engine';
import type { MockControl } from '../mock/create-mock';
import type { FailedTest } from '../mock/failed-test';
import type { Rewrite } from '../mock/late-calls';
import type { SendingTest } from '../mock/runner';
import type { TestTeller } from '../mock/tried-suite';
import { S3MockError } from '../s3-mock-error';
import { readFailedErrors } from '../thrown-errors';
import { TRIED_FOLDER } from '../tried-tests';
import { aboveFrames } from './failed-test';
import { FileMocks, throwInsideTest, writeAroundTests } from './file-mocks';

/** vitest is an ES module, which cannot be required. */
export interface VitestFunctions {
  beforeAll(hook: () => unknown): void;
  beforeEach(hook: (context: { readonly task: VitestTask }) => unknown): void;
  afterEach(hook: (context: { readonly task: VitestTask }) => unknown): void;
  /** Runs a function around each test. It is missing before vitest 4.1. */
  aroundEach?(hook: (runTest: () => Promise<void>, context: { readonly task: VitestTask }) => Promise<void>): void;
  /** Returns the describe that is collected; its `suite` is undefined for the file. */
  getCurrentSuite(): { readonly suite?: VitestTask };
  getSuiteHooks(suite: VitestTask): SuiteHooks;
}

interface SuiteHooks {
  readonly beforeAll: unknown[];
  readonly afterAll: unknown[];
}

export function refuseOutsideVitest(): void {
  if (isVitest()) return;
  const runner = findRunnerAround();
  throw new S3MockError(
    'OUTSIDE_VITEST',
    runner === undefined
      ? 's3-versioning-mock/vitest was imported outside of vitest. Under jest, import s3-versioning-mock/jest; under another runner, ' +
          's3-versioning-mock, with reset() before each test and stop() after the last; for an expect of your own, s3-versioning-mock/matchers. ' +
          'docs/runners.md has an example of each.'
      : writeAroundTests('s3-versioning-mock/vitest', runner),
  );
}

export function refuseInsideVitestTest(from: (...values: never[]) => unknown): void {
  if (isCollectingByVitest()) return;
  const test = currentTest();
  const place = test === undefined ? 'in a hook' : `in the test '${test.name}', or in a hook of it`;
  throwInsideTest('s3-versioning-mock/vitest', place, from);
}

export function holdMock(control: MockControl, vitest: VitestFunctions): void {
  const mocks = mocksOfFile();
  mocks.add(control);
  const { suite } = vitest.getCurrentSuite();
  const turns = new TestTurns(control, mocks, suite);
  control.lifetime.setRunner(turns);
  vitest.beforeAll(() => {
    mocks.start(control);
    for (const block of [turns.block(), ...describesIn(turns.block())])
      if (block !== undefined) vitest.getSuiteHooks(block).afterAll.unshift(() => turns.explain(block));
    // vitest calls a function that a beforeAll returns after all afterAll hooks, whatever their order.
    return () => mocks.stop(control, suite === undefined);
  });
  // The code that a test leaves behind is known by its asynchronous context.
  vitest.aroundEach?.((runTest, { task }) => tests.run(task, runTest));
  vitest.beforeEach(({ task }) => turns.begin(task));
  vitest.afterEach(({ task }) => control.lifetime.endTest(task.result?.state === 'fail'));
  if (suite === undefined) mocks.start(control);
  else moveLastToFront(vitest.getSuiteHooks(suite).beforeAll);
}

const tests = new AsyncLocalStorage<VitestTask>();

/** The mocks of the present file. Without isolation vitest loads this module once for several files. */
let held: { readonly file: VitestTask | undefined; readonly mocks: FileMocks } | undefined;

function mocksOfFile(): FileMocks {
  const file = currentTask()?.file;
  if (held === undefined || held.file !== file)
    held = { file, mocks: new FileMocks({ isCollecting: isCollectingByVitest, isOver: watchTestFile() }) };
  return held.mocks;
}

class TestTurns {
  readonly teller = findTeller();
  readonly #control: MockControl;
  readonly #mocks: FileMocks;
  /** The describe of the mock; undefined for a mock of the whole file. */
  readonly #suite: VitestTask | undefined;
  #last: VitestRun | undefined;

  constructor(control: MockControl, mocks: FileMocks, suite: VitestTask | undefined) {
    this.#control = control;
    this.#mocks = mocks;
    this.#suite = suite;
  }

  /** Is called at each request, so that a beforeEach above the mock also belongs to its test. */
  testIsRunning(): boolean {
    const run = currentRun(this.#last);
    const isNew = run !== undefined && run !== this.#last;
    this.#last = run;
    if (!isNew) return run !== undefined;
    this.#control.lifetime.beginTest();
    const test = currentTest();
    if (test?.result?.state === 'run') this.#watchEnd(test);
    return true;
  }

  /** A test of vitest has all tests of its file in it, so it does not cross to the engine. */
  sender(): SendingTest | undefined {
    const test = tests.getStore();
    return test && (() => (isOver(test) ? findNameInFile(test) : undefined));
  }

  presentTest(): SendingTest | undefined {
    const test = tests.getStore() ?? currentTest();
    return test && (() => (hasEnded(test) ? findNameInFile(test) : undefined));
  }

  /** vitest does not tell which hook runs, so only the time of a test is known. It counts from the hook of the mock, since its beginning is not told either. */
  timeLeft(): number | undefined {
    const test = tests.getStore() ?? findOnlyTest();
    const begun = test && begins.get(test);
    if (test === undefined || begun === undefined) return undefined;
    const { timeout = 0, result } = test;
    const isInHook = result?.hooks?.beforeEach === 'run' || result?.hooks?.afterEach === 'run';
    if (isInHook || timeout <= 0 || timeout === Number.POSITIVE_INFINITY) return undefined;
    return Math.max(0, begun + timeout - now());
  }

  /** vitest names any of several concurrent tests, so that their hooks are not known. */
  isInBeforeEach(): boolean {
    return findOnlyTest()?.result?.hooks?.beforeEach === 'run';
  }

  /** If a beforeAll or an afterAll fails, vitest calls neither the other afterAll hooks nor any function that a beforeAll returned. */
  blockIsOver(): boolean {
    return this.#suite?.result?.duration !== undefined;
  }

  block(): VitestTask | undefined {
    return this.#suite ?? currentTask()?.file;
  }

  begin(test: VitestTask): void {
    begins.set(test, now());
    this.testIsRunning();
    this.#watchEnd(test);
  }

  /** `late` names a call that came when an assertion had missed it. */
  explain(failed: VitestTask, late?: Rewrite): void {
    const errors = explainVitestFailure(failed, (test) => this.#mocks.explain(test));
    if (late === undefined) return;
    for (const error of errors) {
      error.message = late(error.message);
      if (error.stack !== undefined) error.stack = late(error.stack);
    }
  }

  #watchEnd(test: VitestTask): void {
    const attempt = writeAttempt(test);
    if (watched.get(test) === attempt) return;
    watched.set(test, attempt);
    // Concurrent tests share their requests.
    const endRequests = () => (test.concurrent === true ? undefined : this.#mocks.endRequestsOfTest());
    // Aborted when the time of the test is over, before its hooks run.
    test.context?.signal?.addEventListener('abort', () => this.#mocks.lookBeforeHooks(), { once: true });
    test.context?.onTestFailed(() => {
      const explain = (late?: Rewrite) => {
        this.explain(test, late);
        endRequests();
      };
      const messages = test.concurrent === true ? [] : (test.result?.errors ?? []).map(({ message }) => message);
      const coming = this.#mocks.findLateCall(messages);
      return coming === undefined ? explain() : coming.then(explain);
    });
    // vitest calls onTestFinished before onTestFailed, so a failed test is left to onTestFailed.
    test.context?.onTestFinished(() => (test.result?.state === 'fail' ? undefined : endRequests()));
  }
}

/** Tells of the tests of this worker while `s3-versioning-mock try` runs it. */
function findTeller(): TestTeller | undefined {
  if (process.env[TRIED_FOLDER] === undefined) return undefined;
  const { tellVitestTests }: typeof import('./tried-vitest') = require('./tried-vitest') as never; // what the path leads to
  return tellVitestTests(currentTask);
}

/** Concurrent tests share the state of the mock with others, which may still run. */
function isOver(test: VitestTask): boolean {
  return test !== currentTest() && test.result?.duration !== undefined && test.concurrent !== true;
}

/** The signal is aborted when the time of the test is over, while its hooks still run. */
function hasEnded({ result, context }: VitestTask): boolean {
  return result?.duration !== undefined || context?.signal?.aborted === true;
}

/** Returns the full name of a test, with its number if several tests of the file have the same. */
function findNameInFile(test: VitestTask): string {
  return findUniqueName(test, writeFullName, () => testsBelow(test.file));
}

function testsBelow({ tasks = [] }: VitestTask): readonly VitestTask[] {
  return tasks.flatMap((task) => (task.type === 'test' ? task : testsBelow(task)));
}

function writeFullName({ name, suite }: VitestTask): string {
  return suite === undefined ? name : `${writeFullName(suite)} ${name}`;
}

/** The time at which the latest attempt of each test began. */
const begins = new WeakMap<VitestTask, number>();

/** Bound before a test fakes the time. */
const now: () => number = performance.now.bind(performance);

/** vitest names any of several concurrent tests. */
function findOnlyTest(): VitestTask | undefined {
  const test = currentTest();
  return test?.concurrent === true ? undefined : test;
}

const watched = new WeakMap<VitestTask, string>();

function describesIn(block: VitestTask | undefined): readonly VitestTask[] {
  return (block?.tasks ?? []).flatMap((task) => (task.type === 'suite' ? [task, ...describesIn(task)] : []));
}

function moveLastToFront(hooks: unknown[]): void {
  const last = hooks.pop();
  hooks.unshift(last);
}

interface VitestRun {
  readonly of: VitestTask;
  readonly attempt: string;
}

function currentTest(): VitestTask | undefined {
  const task = currentTask();
  return task?.type === 'test' ? task : undefined;
}

function currentRun(last: VitestRun | undefined): VitestRun | undefined {
  const test = currentTest();
  if (test !== undefined && test.concurrent !== true) return sameOr(last, { of: test, attempt: writeAttempt(test) });
  const file = currentTask()?.file;
  // vitest names only one of several concurrent tests, and none once that test has ended.
  if (file === undefined || !concurrentTestsRun(file)) return undefined;
  return last?.attempt === 'concurrent' ? last : { of: file, attempt: 'concurrent' };
}

/** The attempts of a test, by vitest's `retry` and `repeats`, differ in this text. */
function writeAttempt({ result }: VitestTask): string {
  return `${result?.repeatCount ?? 0}/${result?.retryCount ?? 0}`;
}

function sameOr(last: VitestRun | undefined, run: VitestRun): VitestRun {
  return last?.of === run.of && last.attempt === run.attempt ? last : run;
}

function concurrentTestsRun({ tasks = [] }: VitestTask): boolean {
  return tasks.some((task) =>
    task.type === 'test' ? task.concurrent === true && isRunning(task) : concurrentTestsRun(task),
  );
}

function isRunning({ result }: VitestTask): boolean {
  return result?.startTime !== undefined && result.duration === undefined;
}

// vitest keeps the errors of all attempts of a test.
const seen = new WeakSet<object>();

function explainVitestFailure(
  { concurrent = false, result }: Pick<VitestTask, 'concurrent' | 'result'>,
  explain: (failed: FailedTest) => string | undefined,
) {
  const errors = result?.errors?.filter((error) => !seen.has(error)) ?? [];
  const [first] = errors;
  if (first === undefined) return errors;
  for (const error of errors) seen.add(error);
  // Only this text shows that vitest ended the test for its time.
  const isTimedOut = errors.some(({ message }) => /^(?:Test|Hook) timed out in /.test(message));
  const text = explain({ errors: readFailedErrors(errors, engine.writeGiven), isConcurrent: concurrent, isTimedOut });
  if (text === undefined) return errors;
  // Reporters for the terminal print the message, those that write files the stack.
  if (first.stack !== undefined) first.stack = aboveFrames(first.stack, text);
  first.message = `${first.message}\n\n${text}`;
  return errors;
}
