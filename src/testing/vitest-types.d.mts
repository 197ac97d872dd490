/**
 * The types of the matchers for the `expect` of vitest 5. Add them to tsconfig.json: `"types": ["s3-versioning-mock/vitest-types"]`. They are
 * in a file of their own, since the compiler refuses type parameters that differ from vitest's, and vitest 5 has others than vitest 3 and 4.
 * For those, the import of `s3-versioning-mock/vitest` adds the matchers. No program of the checkout includes this file: it uses vitest 4.
 * @module
 */
import type { S3Matchers } from './matchers.js';

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends S3Matchers<R, T> {}
}
