const { existsSync } = require('node:fs');
const { join, relative } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

const slowest = [
  'house/verify/readme',
  'sdk/clients',
  'package/verify/package',
  'package/verify/contents',
  'properties/verify/object-history-first',
  'properties/verify/object-history-second',
  'neighbours/verify/orders',
  'runners/verify/documents',
  'sdk/verify/signatures',
  'cli/cli',
  'stories/streams',
  'properties/access',
  'testing/verify/end-of-file',
  'house/reference/reference',
  'house/verify/sdk-members',
].map((name) => join(__dirname, '..', `${name}.test.ts`));

/**
 * Jest's order: first the files that failed, then the slowest of the last run. A first run has no times, and jest would begin with the
 * largest files; so that no slow one is the last, it begins with the slowest.
 */
module.exports = class extends Sequencer {
  constructor(...options) {
    super(...options);
    const missing = slowest.filter((file) => !existsSync(file)).map((file) => relative(__dirname, file));
    if (missing.length > 0) throw new Error(`${__filename}: there is no ${missing.join(' and no ')}`);
  }

  sort(tests) {
    const place = ({ path, duration }) =>
      duration === undefined && slowest.includes(path) ? slowest.indexOf(path) : slowest.length;
    return super.sort(tests).toSorted((one, other) => place(one) - place(other));
  }
};
