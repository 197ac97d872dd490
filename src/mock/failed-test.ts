import type { Capture, PreparedVariable } from '../capture/index';
import type { Answerer } from '../service/answer';
import type { FailedError } from '../thrown-errors';
import type { TimersOfTest } from './fake-timers';
import type { MockState } from './state';

export interface FailedTest {
  /** The errors of the test, and their causes. */
  readonly errors: readonly FailedError[];
  readonly isConcurrent: boolean;
  readonly isTimedOut: boolean;
  /** The modules of Node that the test file has replaced by mocks, so that no client can connect. */
  readonly mockedModules?: readonly string[];
  /** The test asks by itself, and possibly gives no error. */
  readonly isAsked?: true;
}

/** What the environment of a test has to do with its failure. */
export interface Environment {
  /** The variables that the mock has set or hidden. */
  readonly prepared: readonly PreparedVariable[];
  /** An endpoint that was set after the mock had read the environment. */
  readonly lateEndpoint: PreparedVariable | undefined;
}

/** What a mock knows of a test that has failed. */
export interface Witnesses {
  readonly state: MockState;
  readonly openTrials: Answerer['openTrials'];
  /** The number of the requests in the journal that came before the test. */
  readonly earlier: number;
  /** The number of the test's requests that beforeEach sent, which are its first ones. It is 0 if the runner does not tell. */
  readonly arranged: number;
  readonly timers: TimersOfTest;
  /** Undefined if the mock does not run. */
  readonly capture: Capture | undefined;
  readonly environment: Environment;
  /** Whose requests they are, as a part of a sentence. Default: those of the test. */
  readonly owner?: string;
}

/** What the room of screens does for a mock. It is loaded when a test has failed. */
export interface Screens {
  /** Returns paragraphs. */
  readonly explain: (test: FailedTest, witnesses: Witnesses) => readonly string[];
}
