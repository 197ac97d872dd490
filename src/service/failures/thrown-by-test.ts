import { types } from 'node:util';
import { S3MockError } from '../../s3-mock-error';
import { writeGiven } from '../../text/values';

/** A matcher, or a member that is a getter. What it throws is named as the test's. */
export function askGiven<Answer>(label: string, ask: () => Answer): Answer {
  try {
    return ask();
  } catch (cause) {
    const problem = types.isNativeError(cause) ? `${cause.name}: ${cause.message}` : writeGiven(cause);
    const error = new S3MockError('TEST_THREW', `${label}: a matcher or a getter that the test gave threw ${problem}`);
    throw Object.assign(error, { cause });
  }
}

export function isThrownByTest(thrown: unknown): thrown is S3MockError {
  return thrown instanceof S3MockError && thrown.code === 'TEST_THREW';
}
