const { jest } = require('../package.json');

/** The configuration of `npm run test:verify`: the tests that `npm test` leaves out because they take minutes. */
module.exports = {
  ...jest,
  rootDir: '..',
  testTimeout: 11 * 60_000,
  testMatch: ['<rootDir>/__tests__/**/verify/**/*.test.ts', '<rootDir>/__tests__/installed/**/*.test.ts'],
};
