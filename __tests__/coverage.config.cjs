const { jest } = require('../package.json');

/** The configuration of `npm run coverage`: `npm test`, with the share of src that it has to run. */
module.exports = {
  ...jest,
  rootDir: '..',
  coverageReporters: ['text-summary', 'lcovonly'],
};
