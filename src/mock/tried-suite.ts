import type { Deliveries } from '../events/deliveries';
import type { Store } from '../model/store';
import type { TakeTurn } from '../service/turns';

/** Notes what the tests of a process do, and answers some of their requests in another way. */
export interface TriedSuite {
  readonly join: (mock: MockOfTests) => TriedMock;
}

/** What a tried suite asks of a mock. */
export interface MockOfTests {
  readonly store: Store;
  readonly deliveries: Pick<Deliveries, 'change'>;
  /** Whether each test begins with the state of the options. */
  readonly isReset: boolean;
  /** Returns what the runner's entry knows of its tests. */
  readonly findTeller: () => TestTeller | undefined;
  readonly areTimersFaked: () => boolean;
  /** Returns how many events S3 has sent, if handlers of the test get events. */
  readonly countEvents: () => number;
  /** Whether the test has rules of its own, such as `s3.on('PutObject').fail('SlowDown', { times: 1 })`. */
  readonly hasRules: () => boolean;
}

/** A mock as the tried suite knows it. */
export interface TriedMock {
  /** Returns the sender of a request, which says where the code sent it. `request` is that of node:http. */
  readonly findSender: (known: object | undefined, request: object | undefined) => object | undefined;
  readonly take: TakeTurn;
  /** Called when the body of a test is over, while the state is as the test has left it. */
  readonly endTest: () => void;
  /** Called when a world of the mock opens: its requests are not tried. */
  readonly noteWorld: () => void;
  readonly stop: () => void;
}

/** A test of the runner, as it is while the present code runs. */
export interface ToldTest {
  /** The path of the test file. */
  readonly file: string;
  /** The names of its describes and its own, as the runner joins them for its filter. */
  readonly name: string;
  /** The name of the outermost describe; empty if there is none. */
  readonly group: string;
  /** Which of the tests of that name in the file it is, from 0 on. */
  readonly index: number;
  /** 0 for the first attempt. */
  readonly attempt: number;
  /** Whether the function of the test runs, or the hooks before or after it. */
  readonly phase: 'before' | 'body' | 'after';
  /** Whether tests run beside it, so that nobody knows which of them sends a request. */
  readonly isConcurrent: boolean;
}

export interface ToldResult extends Pick<ToldTest, 'file' | 'name' | 'group' | 'index'> {
  /** The result of the first attempt. */
  readonly result: 'passed' | 'failed' | 'timed out';
  /** The text of its first error; empty for a test that passed. */
  readonly message: string;
  /** The line of the test file at which it failed, if its error says that. */
  readonly line: string | undefined;
}

/** Tells a tried suite what the runner knows of its tests. */
export interface TestTeller {
  readonly test: () => ToldTest | undefined;
  /** Returns the stack of the present code. */
  readonly stack: () => string;
  /** Returns the tests that have ended. */
  readonly results: () => readonly ToldResult[];
}
