import type { SendingTest } from './runner';

/** A test of node:test, or the file of one. */
interface NodeTest {
  readonly fullName: string;
  /** Aborted when the test is over. */
  readonly signal: AbortSignal;
}

/** The part of node:test that names the present test, in Node 24 and later. */
interface NodeTestModule {
  readonly getTestContext?: () => NodeTest | undefined;
}

interface NodeTests {
  readonly sender: () => SendingTest | undefined;
}

/**
 * node:test knows the test of the present asynchronous context. Returns undefined if nobody has loaded it, since loading it takes time.
 *
 * After an await of a promise that an earlier test has made, such as one that a shared client keeps, node:test names that earlier test. So a test
 * that has ended already says nothing: the code can belong to a later one.
 */
export function watchNodeTests(
  process: NodeJS.Process & { readonly moduleLoadList?: readonly string[] },
): NodeTests | undefined {
  if (process.moduleLoadList?.some((name) => name.includes('test_runner')) !== true) return undefined;
  const { getTestContext } = (process.getBuiltinModule?.('node:test') ?? {}) as NodeTestModule; // the types are those of an older Node
  if (getTestContext === undefined) return undefined;
  return {
    sender: () => {
      const test = getTestContext();
      if (test === undefined || !isNodeTest(test) || test.signal.aborted) return undefined;
      return () => (test.signal.aborted ? test.fullName : undefined);
    },
  };
}

function isNodeTest(test: object): test is NodeTest {
  return 'fullName' in test && 'signal' in test;
}
