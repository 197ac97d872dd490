import { S3MockError } from '../s3-mock-error';

/** The error of a `mockS3` that registers hooks and was called too late for that. `place` is `in a hook`, or names the test. */
export function insideTestError(entry: string, place: string): S3MockError {
  return new S3MockError(
    'INSIDE_TEST',
    `mockS3() of ${entry} was called ${place}. It registers hooks, so call it at the top of a file or in a ` +
      "describe. In a test or in a hook, call mockS3 of the main entry: import { mockS3 } from 's3-versioning-mock', and stop() it when done.",
  );
}
