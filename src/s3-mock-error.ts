import { keepReasons } from './text/kept-reasons';
import { leaveOutOwnFrames } from './text/mistakes';
import type { Said } from './text/reason';

/**
 * A mistake in the use of s3-versioning-mock, or a state of the process in which the mock cannot work. `code` names the kind of error.
 *
 * @example
 * try { mockS3(); } catch (error) { if (error instanceof S3MockError && error.code === 'HOSTS_TAKEN') stopTheOther(); }
 */
export class S3MockError extends Error {
  static {
    // The name is on the prototype, so that the stack begins with it and printing an error does not list it again.
    Object.defineProperty(S3MockError.prototype, 'name', { value: 'S3MockError', writable: true, configurable: true });
  }

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    leaveOutOwnFrames(this, S3MockError as unknown as () => void); // captureStackTrace takes any function
  }
}

/** Makes the error together with the calls that its message names. */
export function makeMockError(code: string, message: Said): S3MockError {
  return keepReasons(new S3MockError(code, String(message)), { message });
}
