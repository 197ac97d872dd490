import type { S3MockError } from './s3-mock-error';

/**
 * The test file as the engine sees it. Under jest each file has its own global object, `process` and error classes, and can fake its timers
 * and Date.
 */
export interface TestFile {
  /** The global object. Mocks with the same global object belong to the same test file. */
  readonly global: typeof globalThis;
  /** The SDKs of the test read the environment of this process. */
  readonly process: NodeJS.Process;
  readonly S3MockError: typeof S3MockError;
  /** The time by the test's Date, in milliseconds, also while it is faked. */
  now(): number;
  isVitest(): boolean;
  /** Writes a warning to the console of the runner, or to stderr. It never throws. */
  print(line: string): void;
  /** Returns a function: whether the test file that runs now has ended. */
  watch(): () => boolean;
  /** Calls `act` with the name of the runner when tests begin in other processes, if this one prepares them, as globalSetup does. */
  whenTestsBegin(act: (runner: 'jest' | 'vitest') => void): void;
}

export interface CallSite {
  readonly file: string;
  readonly place: string;
}
