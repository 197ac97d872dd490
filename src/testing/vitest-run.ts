import { currentTask, type VitestTask } from '../mock/vitest-worker';

/** An attempt of a test, or the concurrent tests of a file that run at the same time and share the state of the mock. */
export interface VitestRun {
  readonly of: VitestTask;
  readonly attempt: string;
}

/** Whether vitest still collects the tests of the file. */
export function isCollecting(): boolean {
  const task = currentTask();
  return task !== undefined && task === task.file && task.result === undefined;
}

/** The test that runs now, or its hooks. */
export function currentTest(): VitestTask | undefined {
  const task = currentTask();
  return task?.type === 'test' ? task : undefined;
}

/** The present run, which includes its beforeEach and afterEach hooks. `last` is the result of the previous call. */
export function currentRun(last: VitestRun | undefined): VitestRun | undefined {
  const test = currentTest();
  if (test !== undefined && test.concurrent !== true) return sameOr(last, { of: test, attempt: attemptOf(test) });
  const file = currentTask()?.file;
  // vitest names one of several concurrent tests, and none if that one has ended.
  if (file === undefined || !concurrentTestsRun(file)) return undefined;
  return last?.attempt === 'concurrent' ? last : { of: file, attempt: 'concurrent' };
}

/** The attempts of a test, by vitest's `retry` and `repeats`, differ in this text. */
export function attemptOf({ result }: VitestTask): string {
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
