import type { MockS3 } from '../mock/mock-s3.js';
import type { MockS3Options } from '../mock/options.js';
import type { S3Matchers } from './matchers.js';
import { createMock, holdMock, matchers, refuseInsideVitestTest, refuseOutsideVitest } from './vitest-entry.js';
import type { VitestFunctions } from './vitest-hooks.js';

export * from '../index.js';

declare global {
  namespace jest {
    // vitest's assertions also extend this interface.
    // biome-ignore lint/complexity/noBannedTypes: the parameters are those of the interface that this is merged with
    interface Matchers<R, T = {}> extends S3Matchers<R, T> {}
  }
}

refuseOutsideVitest();
// vitest is loaded after the check: without vitest, the error of a missing package would hide the reason.
const { TestRunner, afterEach, aroundEach, beforeAll, beforeEach, expect } = await import('vitest');
const suites = TestRunner?.getSuiteHooks === undefined ? await suitesBefore41() : TestRunner;
const { getCurrentSuite, getSuiteHooks } = suites;
// Only the functions that are used here: vitest's own types describe more, and differ between its versions.
const vitest = {
  afterEach,
  aroundEach,
  beforeAll,
  beforeEach,
  getCurrentSuite,
  getSuiteHooks,
} as unknown as VitestFunctions;

/**
 * Before vitest 4.1 these functions were in a module of their own, which vitest 5 lacks. Its name is not written in the import: a bundler
 * that reads this file under vitest 5, such as vite for an inlined package, would look for the module.
 */
async function suitesBefore41() {
  const suite = ['vitest', 'suite'].join('/');
  const { getCurrentSuite, getHooks } = await import(/* @vite-ignore */ suite);
  return { getCurrentSuite, getSuiteHooks: getHooks };
}

expect.extend(matchers);

/**
 * Captures the calls to S3. At the top of a file, it captures from this call on; in a describe, from the first hook of the describe to the
 * last. Each test begins with the state of `options`. What a file creates while no test is running stays for all tests of the file. What a
 * test or a beforeEach creates is gone after the test. From this call to the end of the file, connections to S3 fail while no mock is
 * running.
 *
 * @example
 * import { mockS3 } from 's3-versioning-mock/vitest';
 *
 * const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
 *
 * test('archives', async () => {
 *   await archive('vault');
 *   expect(s3).toHaveReceived('PutBucketVersioning', { Bucket: 'vault' });
 * });
 */
export function mockS3(options?: MockS3Options): MockS3 {
  refuseInsideVitestTest(mockS3);
  const control = createMock(options, mockS3);
  holdMock(control, vitest);
  return control.mock;
}
