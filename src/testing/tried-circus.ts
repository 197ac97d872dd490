import type { CircusTest } from '../border/circus';
import type { TestTeller, ToldResult, ToldTest } from '../mock/tried-suite';
import { readFailure, readStack } from '../tried-tests';

/** What the entry of jest knows of its tests. */
export interface CircusFacts {
  readonly currentTest: () => CircusTest | undefined;
  readonly findName: (test: object) => string | undefined;
  readonly file: () => string;
}

interface KnownTest {
  readonly test: CircusTest;
  readonly told: Pick<ToldTest, 'name' | 'group' | 'index'>;
  phase: ToldTest['phase'];
  attempt: number;
}

/**
 * Tells of the tests of jest-circus while a suite is tried. Its record does not say whether a hook or the test itself runs, and jest 29 tells of no
 * event, so the function of each test is replaced by one that notes it.
 */
export function tellCircusTests(facts: CircusFacts): TestTeller {
  const known = new Map<object, KnownTest>();
  const find = (test: CircusTest): KnownTest => {
    const found = known.get(test) ?? watch(test, facts);
    known.set(test, found);
    if (found.attempt !== test.invocations) {
      found.attempt = test.invocations;
      found.phase = 'before';
    }
    return found;
  };
  return {
    test: () => {
      const test = facts.currentTest();
      if (test === undefined) return undefined;
      const { told, phase } = find(test);
      const attempt = Math.max(0, test.invocations - 1);
      return { ...told, file: facts.file(), attempt, phase, isConcurrent: test.concurrent };
    },
    stack: readStack,
    results: () =>
      [...known.values()]
        .filter(({ test }) => test.status === 'done')
        .map(({ test, told }) => ({ ...told, file: facts.file(), ...readResult(test) })),
  };
}

function watch(test: CircusTest & { fn?: unknown }, { findName }: CircusFacts): KnownTest {
  const name = findName(test) ?? '';
  const told = { name, group: findGroup(test), index: indexAmongEquals(test, name, findName) };
  const found: KnownTest = { test, told, phase: 'before', attempt: test.invocations };
  const { fn } = test;
  if (typeof fn !== 'function' || fn.constructor.name === 'GeneratorFunction') return found;
  const noted = function (this: unknown, done: unknown): unknown {
    found.phase = 'body';
    const result: unknown = fn.length === 0 ? fn.call(this) : fn.call(this, done);
    const end = () => {
      found.phase = 'after';
    };
    if (isThenable(result)) result.then(end, end);
    return result;
  };
  // circus reads the length: a function with a parameter takes `done`.
  test.fn = Object.defineProperty(noted, 'length', { value: fn.length });
  return found;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

interface Block {
  readonly name?: string;
  readonly parent?: Block | undefined;
  readonly children?: readonly Block[];
}

function findGroup(test: Block): string {
  let group = '';
  for (let block = test.parent; block?.parent !== undefined; block = block.parent) group = block.name ?? '';
  return group;
}

function indexAmongEquals(test: Block, name: string, findName: CircusFacts['findName']): number {
  let root = test;
  while (root.parent !== undefined) root = root.parent;
  const equals = listTests(root).filter((one) => findName(one) === name);
  return Math.max(0, equals.indexOf(test));
}

function listTests({ children = [] }: Block): readonly Block[] {
  return children.flatMap((child) => (child.children === undefined ? [child] : listTests(child)));
}

function readResult({
  errors,
  invocations,
  retryReasons = [],
}: CircusTest & { readonly retryReasons?: readonly unknown[] }): Pick<ToldResult, 'result' | 'message' | 'line'> {
  const [first] = invocations > 1 ? retryReasons : errors;
  if (first === undefined) return { result: invocations > 1 ? 'failed' : 'passed', message: '', line: undefined };
  const thrown: unknown = Array.isArray(first) ? (first[0] ?? first[1]) : first;
  return readFailure(thrown);
}
