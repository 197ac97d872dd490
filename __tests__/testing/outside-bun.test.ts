import { expect, it } from '@jest/globals';

it('the entry for bun names the entry to use if bun does not run the test', () => {
  expect(() => require('../../src/testing/bun')).toThrow(
    expect.objectContaining({
      code: 'OUTSIDE_BUN',
      message:
        's3-versioning-mock/bun was imported outside of bun test. Under jest, import s3-versioning-mock/jest; under vitest, s3-versioning-mock/vitest; ' +
        'under another runner, s3-versioning-mock, with reset() before each test and stop() after the last. docs/runners.md has an example of each.',
    }),
  );
});
