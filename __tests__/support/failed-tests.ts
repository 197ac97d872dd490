import type { MockControl } from '../../src/mock/create-mock';
import type { FailedTest } from '../../src/mock/failed-test';
import { type FailedError, readFailedErrors } from '../../src/thrown-errors';

/** Makes an error of a failed test. A text is the message of an Error. */
export function failedError(error: string | (Partial<FailedError> & Pick<FailedError, 'message'>)): FailedError {
  return { name: 'Error', ...(typeof error === 'string' ? { message: error } : error) };
}

/** Returns what the mock writes below the error of a failed test, or undefined if it writes nothing. */
export function screenOf(
  control: Pick<MockControl, 'lifetime'>,
  error?: Parameters<typeof failedError>[0],
  facts: Partial<FailedTest> = {},
): string | undefined {
  const errors = error === undefined ? [] : [failedError(error)];
  const texts = control.lifetime.explain({ errors, isConcurrent: false, isTimedOut: false, ...facts });
  return texts.length === 0 ? undefined : texts.join('\n\n');
}

type Explaining = Pick<MockControl, 'lifetime'>;

/**
 * Returns what the mock writes below the error of a test whose code, or whose assertion, throws. A test that passes is a mistake. A test that
 * starts another mock gives a function, which finds the mock when it has failed.
 */
export async function screenOfTest(control: Explaining | (() => Explaining), test: () => unknown): Promise<string> {
  const [outcome] = await Promise.allSettled([(async () => test())()]);
  if (outcome.status === 'fulfilled') throw new Error('the test passed');
  const thrown: unknown = outcome.reason;
  const errors = readFailedErrors([thrown], String);
  const { lifetime } = typeof control === 'function' ? control() : control;
  return lifetime.explain({ errors, isConcurrent: false, isTimedOut: false }).join('\n\n');
}
