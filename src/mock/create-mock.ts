import type { CallSite, TestFile } from '../test-file';
import type { Screens } from './failed-test';
import { Lifetime } from './lifetime';
import { type MockParts, MockS3 } from './mock-s3';
import type { MockS3Options } from './options';
import type { TriedSuite } from './tried-suite';

type Controls =
  | 'start'
  | 'beginTest'
  | 'endTest'
  | 'restoreEnvironment'
  | 'setRunner'
  | 'explain'
  | 'endRequestsOfTest'
  | 'lookBeforeHooks'
  | 'whyRefused'
  | 'warnOfUnreported'
  | 'warnOfDoubt'
  | 'trace';

/** The control of a mock for the entries of test runners and for the command line; users have `MockS3`. */
export interface MockControl extends Pick<Lifetime, Controls> {
  readonly mock: MockS3;
  /** Stops the mock. Its variables of the environment stay, so that a later request fails at the guard and not in the SDK. */
  stop(): Promise<void>;
}

interface PartsOfEngine extends Pick<MockParts, 'openDoor' | 'worlds'> {
  readonly loadScreens: () => Screens;
  readonly suite: TriedSuite | undefined;
}

export function createMock(
  file: TestFile,
  options: MockS3Options | undefined,
  findCallSite: () => CallSite,
  { loadScreens, suite, ...parts }: PartsOfEngine,
): MockControl {
  const given = options === undefined ? {} : options;
  const lifetime = new Lifetime(given, findCallSite, file, loadScreens, undefined, suite);
  const mock = MockS3.of({ lifetime, ...parts, makeMock: MockS3.of });
  return {
    mock,
    start: () => lifetime.start(),
    beginTest: () => lifetime.beginTest(),
    endTest: (hasFailed) => lifetime.endTest(hasFailed),
    stop: () => mock.stop(),
    restoreEnvironment: () => lifetime.restoreEnvironment(),
    setRunner: (runner) => lifetime.setRunner(runner),
    explain: (test) => lifetime.explain(test),
    endRequestsOfTest: () => lifetime.endRequestsOfTest(),
    lookBeforeHooks: () => lifetime.lookBeforeHooks(),
    whyRefused: (host, port, isCollecting) => lifetime.whyRefused(host, port, isCollecting),
    warnOfUnreported: () => lifetime.warnOfUnreported(),
    warnOfDoubt: () => lifetime.warnOfDoubt(),
    trace: (trace) => lifetime.trace(trace),
  };
}
