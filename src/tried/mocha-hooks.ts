/**
 * The root hooks that `s3-versioning-mock try` gives to mocha, since a mock of the main entry has none. They tell which test runs, and end its notes.
 * @module
 */
import type { TestTeller, ToldResult, ToldTest } from '../mock/tried-suite';
import { readFailure, readStack, TELLER_OF_PROCESS } from '../tried-tests';

interface MochaSuite {
  readonly title: string;
  readonly parent?: MochaSuite | undefined;
  readonly suites: readonly MochaSuite[];
  readonly tests: readonly MochaTest[];
}

interface MochaTest {
  readonly title: string;
  readonly parent: MochaSuite;
  readonly file?: string;
  readonly state?: string;
  readonly err?: unknown;
  fn: unknown;
  fullTitle(): string;
  currentRetry(): number;
}

interface MochaContext {
  readonly currentTest?: MochaTest;
}

interface KnownTest {
  readonly test: MochaTest;
  phase: ToldTest['phase'];
}

let present: KnownTest | undefined;
const known: KnownTest[] = [];

const teller: TestTeller = {
  test: () =>
    present && {
      ...tell(present.test),
      attempt: present.test.currentRetry(),
      phase: present.phase,
      isConcurrent: false,
    },
  stack: readStack,
  results: () =>
    known.flatMap(({ test }): readonly ToldResult[] => {
      if (test.state === undefined || test.currentRetry() > 0) return [];
      if (test.state === 'passed') return [{ ...tell(test), result: 'passed', message: '', line: undefined }];
      return [{ ...tell(test), ...readFailure(test.err) }];
    }),
};

Reflect.set(globalThis, TELLER_OF_PROCESS, teller);

function tell(test: MochaTest): Pick<ToldTest, 'file' | 'name' | 'group' | 'index'> {
  const name = test.fullTitle();
  let { parent: root } = test;
  while (root.parent !== undefined) root = root.parent;
  const equals = listTests(root).filter((one) => one.file === test.file && one.fullTitle() === name);
  return { file: test.file ?? '', name, group: findGroup(test.parent), index: Math.max(0, equals.indexOf(test)) };
}

function listTests({ suites, tests }: MochaSuite): readonly MochaTest[] {
  return [...tests, ...suites.flatMap(listTests)];
}

/** The root of mocha has no title, and is the parent of the describes of all files. */
function findGroup(suite: MochaSuite): string {
  if (suite.parent === undefined) return '';
  return suite.parent.parent === undefined ? suite.title : findGroup(suite.parent);
}

function watch(test: MochaTest): KnownTest {
  const found: KnownTest = { test, phase: 'before' };
  const { fn } = test;
  if (typeof fn !== 'function') return found;
  const noted = function (this: unknown, done: unknown): unknown {
    found.phase = 'body';
    return fn.length === 0 ? fn.call(this) : fn.call(this, done);
  };
  test.fn = Object.defineProperty(noted, 'length', { value: fn.length });
  return found;
}

/** mocha reads this export of a file that it requires. */
export const mochaHooks = {
  beforeEach(this: MochaContext): void {
    if (this.currentTest === undefined) return;
    present = watch(this.currentTest);
    known.push(present);
  },
  afterEach(): void {
    if (present !== undefined) present.phase = 'after';
  },
};
