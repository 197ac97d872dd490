import type { TellReason } from '../journal/trace';
import type { CallSite, TestFile } from '../test-file';
import type { FailedTest } from './failed-test';
import { Lifetime, type Runner } from './lifetime';
import { MockS3, type OpenDoor } from './mock-s3';
import type { MockS3Options } from './options';

/** The handle that the entries of test runners and the command line have of a mock; users have `MockS3`. */
export interface MockControl {
  readonly mock: MockS3;
  start(): void;
  beginTest(): void;
  /** Waits for handlers that the test has left, if there are any, and throws what nobody has met: the bugs of the mock, and the errors of handlers. */
  endTest(): void | Promise<void>;
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
  /** Calls `print` with a line for every request once it is answered, and for what S3 does by itself. `tell` writes its reasons for its readers. */
  trace(print: (line: string) => void, tell?: TellReason): void;
}

/** `callSite` is where the user called it, `openDoor` opens the door of its ports. */
export function createMock(
  file: TestFile,
  options: MockS3Options | undefined,
  callSite: CallSite,
  openDoor: OpenDoor,
): MockControl {
  const lifetime = new Lifetime(options === undefined ? {} : options, callSite, file);
  const mock = MockS3.of(lifetime, openDoor);
  return {
    mock,
    start: () => lifetime.start(),
    beginTest: () => lifetime.beginTest(),
    endTest: () => lifetime.endTest(),
    stop: () => mock.stop(),
    restoreEnvironment: () => lifetime.restoreEnvironment(),
    setRunner: (runner) => lifetime.setRunner(runner),
    explain: (test) => lifetime.explain(test),
    endRequestsOfTest: () => lifetime.endRequestsOfTest(),
    lookAtTimers: () => lifetime.lookAtTimers(),
    whyRefused: (host, port, isCollecting) => lifetime.whyRefused(host, port, isCollecting),
    trace: (print, tell) => lifetime.trace(print, tell),
  };
}
