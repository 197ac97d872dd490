import type { S3MockError } from './s3-mock-error';

/** Under jest each test file has its own global object, `process` and classes of errors, and its timers and its Date may be faked. */
export interface TestFile {
  /** Two mocks with the same global object are of the same test file. */
  readonly global: typeof globalThis;
  /** The SDKs of the test read the environment of this process. */
  readonly process: NodeJS.Process;
  readonly S3MockError: typeof S3MockError;
  /** The time by the test's Date, in milliseconds, also while it is faked. */
  now(): number;
  isVitest(): boolean;
  /** Through the console of the runner, or to stderr. Whatever becomes of the line, it does not throw. */
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
