/**
 * The hooks that `s3-versioning-mock try` gives to node:test, in the processes that it starts for test files. They tell which test runs: since Node 24, a test
 * is known by the context of its code, which is another one in a hook.
 * @module
 */
import type { TestTeller, ToldResult, ToldTest } from '../mock/tried-suite';
import { readFailure, readStack, TELLER_OF_PROCESS } from '../tried-tests';

interface NodeTest {
  readonly fullName: string;
  readonly filePath?: string;
  readonly passed?: boolean;
  readonly error?: unknown;
}

interface NodeTests {
  readonly beforeEach: (hook: (test: NodeTest) => void) => void;
  readonly afterEach: (hook: (test: NodeTest) => void) => void;
  readonly getTestContext?: () => NodeTest | undefined;
}

interface KnownTest {
  readonly told: Pick<ToldTest, 'file' | 'name' | 'group' | 'index'>;
  isOver: boolean;
}

// Loaded in a process that runs no tests, node:test would print a summary at its end.
if (process.env['NODE_TEST_CONTEXT'] !== undefined) tellNodeTests(require('node:test') as NodeTests);

function tellNodeTests({ beforeEach, afterEach, getTestContext }: NodeTests): void {
  if (getTestContext === undefined) return;
  const counts = new Map<string, number>();
  const running = new Map<string, KnownTest>();
  const ended = new Set<string>();
  const results: ToldResult[] = [];
  let last: KnownTest | undefined;
  beforeEach(({ fullName, filePath = process.argv[1] ?? '' }) => {
    const index = counts.get(fullName) ?? 0;
    counts.set(fullName, index + 1);
    const names = fullName.split(' > ');
    const group = names.length > 1 ? (names[0] ?? '') : '';
    last = { told: { file: filePath, name: names.join(' '), group, index }, isOver: false };
    running.set(fullName, last);
  });
  afterEach(({ fullName, passed, error }) => {
    const test = running.get(fullName);
    running.delete(fullName);
    if (test === undefined) return;
    test.isOver = true;
    ended.add(fullName);
    // The error of a test has the error of its function as its cause.
    const thrown: unknown = Object(error).cause ?? error;
    const failure = passed === true ? { result: 'passed' as const, message: '', line: undefined } : readFailure(thrown);
    results.push({ ...test.told, ...failure });
  });
  const teller: TestTeller = {
    test: () => {
      const context = getTestContext();
      // An await of what an earlier test began gives its context to the test that waits.
      if (context !== undefined && ended.has(context.fullName) && !running.has(context.fullName)) return undefined;
      // A module that is imported during a call loses the context; a hook has one of its own.
      const only = running.size === 1 ? last : undefined;
      const inBody = context === undefined ? only : running.get(context.fullName);
      const present = inBody ?? last;
      if (present === undefined) return undefined;
      const phase = inBody === undefined ? (present.isOver ? 'after' : 'before') : 'body';
      return { ...present.told, attempt: 0, phase, isConcurrent: running.size > 1 };
    },
    stack: readStack,
    results: () => results,
  };
  Reflect.set(globalThis, TELLER_OF_PROCESS, teller);
}
