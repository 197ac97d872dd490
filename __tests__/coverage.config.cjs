const { jest } = require('../package.json');

/** The configuration of `npm run coverage`: `npm test`, with the share of src that it has to run. */
module.exports = {
  ...jest,
  rootDir: '..',
  // Counting makes all of it slower, above all the first files, for which src is compiled.
  testTimeout: 10 * 60_000,
  coverageReporters: ['text-summary', 'lcovonly'],
};
