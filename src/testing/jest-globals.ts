import { isVitest } from '../border/vitest-worker';
import { nativeRuntime } from '../capture/native-runtime';
import { S3MockError } from '../s3-mock-error';

export const { afterAll, afterEach, beforeAll, beforeEach, expect, jest: jestObject } = load();

function load(): typeof import('@jest/globals') {
  // bun gives its own functions for this name.
  if (nativeRuntime() !== undefined) throw outsideJest();
  try {
    // jest itself provides this module. Elsewhere it is missing, or throws an error that does not name the entry to use.
    return require('@jest/globals');
  } catch {
    throw outsideJest();
  }
}

function outsideJest(): S3MockError {
  return new S3MockError('OUTSIDE_JEST', `s3-versioning-mock/jest was imported outside of jest. ${entryToUse()}`);
}

function entryToUse(): string {
  if (isVitest()) return 'Under vitest, import s3-versioning-mock/vitest.';
  const runtime = nativeRuntime();
  const rest = `with reset() before each test and stop() after the last; for an expect of your own, s3-versioning-mock/matchers.`;
  return runtime === undefined
    ? `Under vitest, import s3-versioning-mock/vitest; under another runner, s3-versioning-mock, ${rest} docs/runners.md has an example of each.`
    : `Under ${runtime}, import s3-versioning-mock, and call mockS3({ hosts: { only: [] } }) and s3.listen({ env: true }), ${rest} docs/runners.md#${runtime} has an example.`;
}
