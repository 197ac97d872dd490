import type { TestTeller } from './tried-suite';

/** What a mock asks of the runner of its tests. */
export interface Runner {
  testIsRunning(): boolean;
  /** Whether the describe of the mock has ended without the hooks that stop the mock. */
  blockIsOver?(): boolean;
  /** Returns the test that sends a request, even if the test is over. Returns undefined if the runner does not know. */
  sender?(): SendingTest | undefined;
  /** Returns the test that runs now. Its function returns the name also when the test has failed, while its hooks still run. */
  presentTest?(): SendingTest | undefined;
  /**
   * Returns the real milliseconds, at least 0, after which the runner ends the test or hook that runs now, because it takes too long. Returns
   * undefined if the runner does not know, or has no limit.
   */
  timeLeft?(): number | undefined;
  /** Whether a beforeEach of the present test runs. Returns false if the runner does not know, and for concurrent tests. */
  isInBeforeEach?(): boolean;
  /** Tells of tests while a suite is tried. */
  readonly teller?: TestTeller | undefined;
}

/** Returns the name of a test that is over. Returns undefined if the test still runs, or shares the mock with tests that run. */
export type SendingTest = () => string | undefined;
