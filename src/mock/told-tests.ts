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
