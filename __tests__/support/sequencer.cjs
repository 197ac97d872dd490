const { existsSync } = require('node:fs');
const { join, relative } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

const slowest = [
  'operations/together',
  'facts/together',
  'stories/together',
  'mock/together',
  'cli/cli',
  'door/together',
  'model/together',
  'service/together',
  'protocol/together',
  'preset/together',
  'properties/access',
  'sdk/clients',
  'package/verify/same-build',
  'properties/verify/object-history-first',
  'properties/verify/object-history-second',
  'package/verify/package',
  'mock/verify/wrong-values',
  'border/verify/in-place',
  'runners/verify/large-bodies',
  'house/verify/readme',
  'testing/verify/end-of-file',
  'package/verify/contents',
  'neighbours/verify/orders',
  'runners/verify/documents',
  'sdk/verify/clients',
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
