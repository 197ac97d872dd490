const { jest } = require('../package.json');

/** The tests with broken sources: `mutants/test-player.ts` runs them, and chooses the file. */
module.exports = {
  ...jest,
  rootDir: '..',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  globalSetup: '<rootDir>/__tests__/support/plain-machine.ts',
  testEnvironment: '<rootDir>/__tests__/mutants/environment.ts',
  reporters: [],
  // A broken place may leave a request without an answer.
  testTimeout: 10_000,
  globals: { shareOfRuns: 1 },
};
