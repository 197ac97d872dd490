const { createHash } = require('node:crypto');
const { join, sep } = require('node:path');
const tsJest = require('ts-jest').default;

const sources = join(__dirname, '../../../src') + sep;
const loader = join(__dirname, 'loader.cjs');
const fromLoader = `module.exports = require(${JSON.stringify(loader)})(__filename);`;
/** The line names a place: a checkout that is moved does not find the lines of the old one in its cache. */
const key = createHash('sha256').update(fromLoader).digest('hex');

/** The transformer of jest: ts-jest; a file of src is taken from the loader, unless the run counts which of its lines are covered. */
module.exports = {
  createTransformer(config) {
    const typescript = tsJest.createTransformer(config);
    const isLoaded = (file) => file.startsWith(sources) && process.env.COLLECTS_COVERAGE !== 'yes';
    return {
      getCacheKey: (text, file, options) => (isLoaded(file) ? key : typescript.getCacheKey(text, file, options)),
      process: (text, file, options) =>
        isLoaded(file) ? { code: fromLoader } : typescript.process(text, file, options),
    };
  },
};
