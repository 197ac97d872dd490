import type { MockControl } from '../../src/mock/create-mock';
import type { FailedTest } from '../../src/mock/failed-test';
import type { FailedError } from '../../src/thrown-errors';

/** Makes an error of a failed test. A text is the message of an Error. */
export function failedError(error: string | (Partial<FailedError> & Pick<FailedError, 'message'>)): FailedError {
  return { name: 'Error', ...(typeof error === 'string' ? { message: error } : error) };
}

/** Returns what the mock writes below the error of a failed test, or undefined if it writes nothing. */
export function screenOf(
  control: Pick<MockControl, 'explain'>,
  error?: Parameters<typeof failedError>[0],
  facts: Partial<FailedTest> = {},
): string | undefined {
  const errors = error === undefined ? [] : [failedError(error)];
  const texts = control.explain({ errors, isConcurrent: false, isTimedOut: false, ...facts });
  return texts.length === 0 ? undefined : texts.join('\n\n');
}
