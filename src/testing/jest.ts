import { findRunnerAround } from '../border/around-tests';
import {
  CircusLimits,
  type CircusTest,
  countErrors,
  currentTest,
  findCollectedBlock,
  findCurrentRun,
  findNameInFile,
  findTestName,
  hasEnded,
  isCircus,
  isFile,
  isOver,
  listenToCircus,
  runAfterOtherAfterAlls,
  runBeforeOtherBeforeAlls,
  type TestRun,
  testsHaveBegun,
  testsIn,
} from '../border/circus';
import { isVitest } from '../border/vitest-worker';
import { nativeRuntime } from '../capture/native-runtime';
import { createMock } from '../faces/engine';
import type { MockControl } from '../mock/create-mock';
import type { Rewrite } from '../mock/late-calls';
import type { MockS3 } from '../mock/mock-s3';
import type { MockS3Options } from '../mock/options';
import type { SendingTest } from '../mock/runner';
import type { TestTeller } from '../mock/tried-suite';
import { S3MockError } from '../s3-mock-error';
import { TRIED_FOLDER } from '../tried-tests';
import { explainFailure, explainLateErrors, messagesOf, rewriteErrors } from './failed-test';
import { FileMocks, throwInsideTest, writeAroundTests } from './file-mocks';
import { TurnsByHooks } from './hook-turns';
import { matchers, type S3Matchers } from './matchers';

export * from '../index';

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends S3Matchers<R, T> {}
}

declare global {
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: the parameters are those of the interface that this is merged with
    interface Matchers<R, T = {}> extends S3Matchers<R, T> {}
  }
}

const { afterAll, afterEach, beforeAll, beforeEach, expect, jest: jestObject } = loadGlobals();

expect.extend(matchers);

const mocks = new FileMocks({
  isCollecting: () => findCollectedBlock() !== undefined,
  isOver: jestObject.isEnvironmentTornDown,
});

/**
 * Captures the calls to S3. At the top of a file, it captures from this call on; in a describe, from the first hook of the describe to the
 * last. Each test begins with the state of `options`. What a file creates while no test is running stays for all tests of the file. What a
 * test or a beforeEach creates is gone after the test. From this call to the end of the file, connections to S3 fail while no mock is
 * running.
 *
 * @example
 * import { mockS3 } from 's3-versioning-mock/jest';
 *
 * const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
 *
 * test('archives', async () => {
 *   await archive('vault');
 *   expect(s3).toHaveReceived('PutBucketVersioning', { Bucket: 'vault' });
 * });
 */
export function mockS3(options?: MockS3Options): MockS3 {
  refuseInsideTest();
  const control = createMock(options, mockS3);
  const turns = isCircus() ? turnsByCircus(control) : new TurnsByHooks(control);
  control.lifetime.setRunner(turns);
  const isFirst = mocks.add(control);
  registerHooks(control, turns);
  // These hooks come after the hooks of the mock, which can fail a test themselves.
  if (isFirst) explainFailures();
  limits ??= isCircus() ? new CircusLimits(() => findTestOfContext() ?? currentTest()) : undefined;
  return control.mock;
}

let limits: CircusLimits | undefined;

const { testPath = '' } = expect.getState();

/** Tells of the tests of this file while `s3-versioning-mock try` runs it. */
const teller =
  process.env[TRIED_FOLDER] === undefined || !isCircus()
    ? undefined
    : loadTeller().tellCircusTests({
        currentTest: () => (jestObject.isEnvironmentTornDown?.() ? undefined : currentTest()),
        findName: findTestName,
        file: () => testPath,
      });

function explainFailures(): void {
  const thrown = new Map<CircusTest, readonly unknown[]>();
  /** How many errors the failed tests had when they ended. */
  const errorsAtEnd = new Map<CircusTest, number>();
  const explain = (test: CircusTest | undefined) => {
    if (test === undefined) return;
    explainFailure(test, thrown.get(test) ?? [], (failed) =>
      mocks.explain({ ...failed, mockedModules: findMockedModules() }),
    );
    thrown.delete(test);
    const late = lateCalls.get(test);
    if (late !== undefined) rewriteErrors(test, late);
    lateCalls.delete(test);
    if (test.errors.length > 0 || errorsAtEnd.has(test)) errorsAtEnd.set(test, test.errors.length);
    // Concurrent tests share their requests.
    if (!test.concurrent) mocks.endRequestsOfTest();
  };
  const explainLate = (test: CircusTest) => {
    const name = findNameInFile(test);
    const known = errorsAtEnd.get(test) ?? 0;
    errorsAtEnd.set(test, test.errors.length);
    if (name !== undefined) explainLateErrors(test, known, (message) => mocks.explainLate(name, message));
  };
  /** What names the calls that came when an assertion of the test had missed them. */
  const lateCalls = new Map<CircusTest, Rewrite>();
  /** jest waits for the promise that a listener returns. */
  const findLateCall = (test: CircusTest) =>
    mocks.findLateCall(messagesOf(test))?.then((call) => {
      if (call !== undefined) lateCalls.set(test, call);
    });
  const isHeard = listenToCircus(({ name, test, describeBlock }) => {
    if (name === 'test_fn_failure') mocks.lookBeforeHooks();
    if ((name === 'test_fn_failure' || name === 'hook_failure') && test) thrown.set(test, test.errors);
    if (name === 'test_done') explain(test);
    // jest now adds the rejections that came after the end of a test.
    if (name === 'run_describe_finish' && describeBlock)
      for (const one of testsIn(describeBlock)) if (one.errors.length > (errorsAtEnd.get(one) ?? 0)) explainLate(one);
    return name === 'test_fn_failure' && test?.concurrent === false ? findLateCall(test) : undefined;
  });
  if (!isHeard) afterEach(() => explain(currentTest()));
}

/** Within a test file, `require` returns what jest.mock has put in the place of a module. */
function findMockedModules(): readonly string[] {
  const functions = {
    'node:https': require('node:https').request,
    'node:http': require('node:http').request,
    'node:net': require('node:net').connect,
    'node:tls': require('node:tls').connect,
  };
  return Object.entries(functions).flatMap(([name, connect]) => (jestObject.isMockFunction(connect) ? name : []));
}

function registerHooks(control: MockControl, turns: TestTurns): void {
  const block = findCollectedBlock();
  const isOfFile = block === undefined || isFile(block);
  const stop = () => mocks.stop(control, isOfFile);
  beforeAll(() => {
    if (block !== undefined) runAfterOtherAfterAlls(block, stop);
    mocks.start(control);
  });
  beforeEach(() => turns.begin());
  afterEach(() => turns.end());
  afterAll(stop);
  if (isOfFile) mocks.start(control);
  else runBeforeOtherBeforeAlls(block);
}

interface TestTurns {
  testIsRunning(): boolean;
  sender?(): SendingTest | undefined;
  presentTest?(): SendingTest | undefined;
  timeLeft?(): number | undefined;
  isInBeforeEach?(): boolean;
  readonly teller?: TestTeller | undefined;
  begin(): void;
  end(): void | Promise<void>;
}

/** jest-circus runs afterEach hooks in the order of the source: ours ends before the user's read the mock. Its own record is right in every hook, and for concurrent tests. */
function turnsByCircus(control: MockControl): TestTurns {
  let last: TestRun | undefined;
  const testIsRunning = () => {
    // Jest writes values of failed tests once more when the file is over, and warns if circus's record is then read.
    if (jestObject.isEnvironmentTornDown?.()) return false;
    const run = findCurrentRun(last);
    const isNew = run !== undefined && run !== last;
    last = run;
    if (isNew) control.lifetime.beginTest();
    return run !== undefined;
  };
  return {
    testIsRunning,
    begin: () => {
      testIsRunning();
      teller?.test();
    },
    end: () => control.lifetime.endTest((currentTest()?.errors.length ?? 0) > 0),
    sender: findSender,
    presentTest: findPresentTest,
    timeLeft: () => (jestObject.isEnvironmentTornDown?.() ? undefined : limits?.timeLeft()),
    isInBeforeEach: () => limits?.isInBeforeEach() === true,
    teller,
  };
}

/** A test of jest has all tests of its file in it, so it does not cross to the engine. */
function findSender(): SendingTest | undefined {
  const test = findTestOfContext();
  return test && (() => (isOver(test) ? findNameInFile(test) : undefined));
}

/** A test that has failed runs no more code of its own, though its hooks still run. */
function findPresentTest(): SendingTest | undefined {
  const test = findTestOfContext() ?? currentTest();
  if (test === undefined) return undefined;
  const errors = countErrors(test);
  return () => (hasEnded(test) || countErrors(test) > errors ? (findNameInFile(test) ?? '') : undefined);
}

function findTestOfContext(): object | undefined {
  // Jest warns if its state is read after the end of the file.
  if (jestObject.isEnvironmentTornDown?.()) return undefined;
  const { currentTestIdentity }: { readonly currentTestIdentity?: () => object | undefined } = expect.getState();
  return currentTestIdentity?.();
}

function loadTeller(): typeof import('./tried-circus') {
  return require('./tried-circus') as typeof import('./tried-circus'); // what the path leads to
}

function refuseInsideTest(): void {
  const { currentTestName } = expect.getState();
  if (!(testsHaveBegun() ?? currentTestName !== undefined)) return;
  // jest keeps the name after the test has ended.
  const inTest = findCurrentRun(undefined) !== undefined || !isCircus();
  const place = inTest ? `in the test '${currentTestName}', or in a hook of it` : 'in a hook';
  throwInsideTest('s3-versioning-mock/jest', place, mockS3);
}

function loadGlobals(): typeof import('@jest/globals') {
  // bun and deno provide functions of their own under the name of jest's module. jest itself runs in bun as well.
  if (nativeRuntime() !== undefined && !isCircus()) throw outsideJest();
  const globals = findGlobals();
  if (globals === undefined) throw outsideJest();
  // jest provides these functions only after its framework is set up.
  if (globals.expect === undefined || globals.beforeAll === undefined) throw beforeHooks();
  return globals;
}

function findGlobals(): Partial<typeof import('@jest/globals')> | undefined {
  try {
    // jest itself provides this module. Elsewhere it is missing, or throws an error that does not name the entry to use.
    return require('@jest/globals');
  } catch {
    return undefined;
  }
}

function beforeHooks(): S3MockError {
  return new S3MockError(
    'OUTSIDE_JEST',
    's3-versioning-mock/jest was imported in a file of setupFiles, which jest runs before there are hooks and expect: name that file in setupFilesAfterEnv, or import the entry in the test file.',
  );
}

function outsideJest(): S3MockError {
  const runner = findRunnerAround();
  if (runner !== undefined) return new S3MockError('OUTSIDE_JEST', writeAroundTests('s3-versioning-mock/jest', runner));
  return new S3MockError('OUTSIDE_JEST', `s3-versioning-mock/jest was imported outside of jest. ${entryToUse()}`);
}

function entryToUse(): string {
  if (isVitest()) return 'Under vitest, import s3-versioning-mock/vitest.';
  const runtime = nativeRuntime();
  if (runtime === 'bun') return 'Under bun test, import s3-versioning-mock/bun. docs/runners.md#bun has an example.';
  const [where, example] =
    runtime === undefined
      ? [
          'Under vitest, import s3-versioning-mock/vitest; under another runner,',
          'docs/runners.md has an example of each.',
        ]
      : [`Under ${runtime}, import`, `docs/runners.md#${runtime} has an example.`];
  return `${where} s3-versioning-mock, with reset() before each test and stop() after the last; for an expect of your own, s3-versioning-mock/matchers. ${example}`;
}
