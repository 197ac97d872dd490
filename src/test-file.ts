import type { S3MockError } from './s3-mock-error';

/**
 * What the engine asks of a test file. Under jest, each file has its own global object, `process` and error classes, and can fake its timers
 * and Date.
 */
export interface TestFile {
  /** The global object. Mocks with the same global object belong to the same test file. */
  readonly global: typeof globalThis;
  /** The `process` of the test file. The SDKs of the test read its environment. */
  readonly process: NodeJS.Process;
  readonly S3MockError: typeof S3MockError;
  /** Returns the time of the test's Date, in milliseconds. If the Date is faked, it is the faked time. */
  now(): number;
  isVitest(): boolean;
  isJest(): boolean;
  /** The warnings that are written once in a file, whichever of its mocks has a reason. */
  readonly warned: Set<'time of a url'>;
  /** Writes a warning to the console of the runner, or to stderr. It never throws. */
  print(line: string): void;
  /** Returns a function that says whether the test file that is running now has ended. */
  watch(): () => boolean;
  /** If this process only prepares tests of other processes, as globalSetup does, calls `act` with the name of the runner when these tests begin. */
  whenTestsBegin(act: (runner: 'jest' | 'vitest') => void): void;
}

export interface CallSite {
  readonly file: string;
  readonly place: string;
}
