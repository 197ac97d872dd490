import type { RequestEntry } from '../journal/entry';
import type { FailedTest } from './failed-test';
import type { Runner } from './lifetime';

/** The functions by which the entries of test runners and the command line control a mock. */
export interface RunnerControl {
  start(): void;
  beginTest(): void;
  /** Throws the bugs of the mock that requests of the test met. */
  endTest(): void;
  /** Ends the capture. What the mock put into the environment stays, so that the guard answers a later request and not the SDK. */
  stop(): Promise<void>;
  /** Takes back what the mock put into the environment. */
  restoreEnvironment(): void;
  setRunner(runner: Runner): void;
  /** The requests of a failed test that explain why it failed, in words; undefined if no request does. */
  explain(test: FailedTest): string | undefined;
  /** The requests that come from now on belong to another test than those before. */
  endRequestsOfTest(): void;
  /** Looks whether timers are faked, which explains why the time of a test is over. */
  lookAtTimers(): void;
  /** The reason why a request to a host must not leave while no mock is running; undefined if it may. */
  whyRefused(host: string, port: number, isCollecting: boolean): string | undefined;
  /** Calls `watcher` with every request once it is answered. */
  watch(watcher: (entry: RequestEntry) => void): void;
}
