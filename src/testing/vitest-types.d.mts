/**
 * The types of the matchers for the `expect` of vitest 5, by a line of tsconfig.json: `"types": ["s3-versioning-mock/vitest-types"]`. They
 * are a file of their own since the compiler refuses other parameters than vitest's, and those of vitest 5 are not those of 3 and 4, whose
 * `expect` has the matchers by the import of `s3-versioning-mock/vitest`. No program of the checkout includes it, which has vitest 4.
 * @module
 */
import type { S3Matchers } from './matchers.js';

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends S3Matchers<R, T> {}
}
