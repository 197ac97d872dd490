import { callSiteOf } from './call-site';
import { mockParts } from './first-mock';
import { MockS3 } from './mock-s3';
import type { MockS3Options } from './options';
import type { RunnerControl } from './runner-control';

/** The handle that the entries of test runners and the command line have of a mock; users have `MockS3`. */
export interface MockControl extends RunnerControl {
  readonly mock: MockS3;
}

/** Creates a mock for the entry of a test runner to start and stop. `from` is the function that the user called. */
export function createMock(options: MockS3Options | undefined, from: (...values: never[]) => unknown): MockControl {
  const { Lifetime } = mockParts();
  const lifetime = new Lifetime(options === undefined ? {} : options, callSiteOf(from));
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
