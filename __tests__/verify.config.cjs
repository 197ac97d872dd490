const { jest } = require('../package.json');

module.exports = {
  ...jest,
  rootDir: '..',
  testTimeout: 11 * 60_000,
  testMatch: [
    '<rootDir>/__tests__/**/verify/**/*.test.ts',
    '<rootDir>/__tests__/**/properties/**/*.test.ts',
    // All runs of these take minutes: each file is on its own.
    '!**/__tests__/properties/together.test.ts',
    '<rootDir>/__tests__/installed/**/*.test.ts',
  ],
  globals: { shareOfRuns: 1 },
};
