/**
 * Reads the state that vitest, versions 3 to 5, keeps on globalThis while it runs a test file. Its API names the running test, but neither
 * the file that is collected nor the end of a file. Only this module reads that state.
 * @module
 */

export interface VitestTask {
  readonly type: 'suite' | 'test' | (string & {});
  readonly name: string;
  readonly file: VitestTask;
  /** The describe around it; undefined directly in a file. */
  readonly suite?: VitestTask;
  readonly concurrent?: boolean;
  /** The limit of a test, in milliseconds. */
  readonly timeout?: number;
  readonly result?: {
    readonly state: string;
    readonly startTime?: number;
    /** Set when all of its hooks have run. */
    readonly duration?: number;
    readonly retryCount?: number;
    readonly repeatCount?: number;
    /** The state of the hooks of a test. */
    readonly hooks?: { readonly beforeEach?: string; readonly afterEach?: string };
    readonly errors?: { message: string; stack?: string }[];
  };
  readonly tasks?: readonly VitestTask[];
  readonly context?: {
    /** vitest waits for the promise that the callback returns. */
    onTestFailed(callback: () => void | Promise<void>): void;
    onTestFinished(callback: () => void): void;
    readonly signal?: AbortSignal;
  };
}

export function isVitest(): boolean {
  return workerState() !== undefined;
}

/** Whether vitest loads the test file, and has begun none of its tests. */
export function isCollectingByVitest(): boolean {
  const task = currentTask();
  return task !== undefined && task === task.file && task.result === undefined;
}

/** The file that vitest collects, or the task that it runs; undefined between two files, and under another runner. */
export function currentTask(): VitestTask | undefined {
  return workerState()?.current;
}

function workerState(): { readonly current?: VitestTask } | undefined {
  // The value that vitest stores there.
  return (globalThis as { readonly __vitest_worker__?: { readonly current?: VitestTask } }).__vitest_worker__;
}
