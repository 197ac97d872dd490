import type { RequestEntry } from '../journal/entry';
import { findCallSite } from './call-site';
import type { FailedTest } from './failed-test';
import { mockParts } from './first-mock';
import type { Runner } from './lifetime';
import { MockS3 } from './mock-s3';
import type { MockS3Options } from './options';

/** The handle that the entries of test runners and the command line have of a mock; users have `MockS3`. */
export interface MockControl {
  readonly mock: MockS3;
  start(): void;
  beginTest(): void;
  /** Throws the bugs of the mock that requests of the test met. */
  endTest(): void;
  /** Ends the capture. What the mock put into the environment stays, so that the guard answers a later request and not the SDK. */
  stop(): Promise<void>;
  restoreEnvironment(): void;
  setRunner(runner: Runner): void;
  /** The requests of a failed test that explain why it failed, in words; undefined if no request does. */
  explain(test: FailedTest): string | undefined;
  /** The requests that come from now on belong to another test than those before. */
  endRequestsOfTest(): void;
  lookAtTimers(): void;
  /** The reason why a request to a host must not leave while no mock is running; undefined if it may. */
  whyRefused(host: string, port: number, isCollecting: boolean): string | undefined;
  /** Calls `watcher` with every request once it is answered. */
  watch(watcher: (entry: RequestEntry) => void): void;
}

/** Creates a mock for the entry of a test runner to start and stop. `from` is the function that the user called. */
export function createMock(options: MockS3Options | undefined, from: (...values: never[]) => unknown): MockControl {
  const { Lifetime } = mockParts();
  const lifetime = new Lifetime(options === undefined ? {} : options, findCallSite(from));
  const mock = MockS3.of(lifetime);
  return {
    mock,
    start: () => lifetime.start(),
    beginTest: () => lifetime.beginTest(),
    endTest: () => lifetime.throwBugs(),
    stop: () => mock.stop(),
    restoreEnvironment: () => lifetime.restoreEnvironment(),
    setRunner: (runner) => lifetime.setRunner(runner),
    explain: (test) => lifetime.explain(test),
    endRequestsOfTest: () => lifetime.endRequestsOfTest(),
    lookAtTimers: () => lifetime.lookAtTimers(),
    whyRefused: (host, port, isCollecting) => lifetime.whyRefused(host, port, isCollecting),
    watch: (watcher) => lifetime.watch(watcher),
  };
}

/**
 * Captures the S3 calls of this process until `stop()`.
 *
 * Throws a TypeError for unknown or wrong options and for a state that S3 does not have, and an S3MockError if another mock of the
 * same file answers the same hosts.
 *
 * @example
 * const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
 * await codeUnderTest();
 * s3.requests.expect('PutBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } });
 * await s3.stop();
 */
export function mockS3(options?: MockS3Options): MockS3 {
  const { mock, start } = createMock(options, mockS3);
  start();
  return mock;
}
