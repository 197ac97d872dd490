/**
 * A mistake in the use of s3-versioning-mock, or a state of the process in which it cannot work; `code` names the kind.
 *
 * @example
 * try { mockS3(); } catch (error) { if (error instanceof S3MockError && error.code === 'HOSTS_TAKEN') stopTheOther(); }
 */
export class S3MockError extends Error {
  override readonly name = 'S3MockError';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
