const { createHash } = require('node:crypto');
const { existsSync, readFileSync } = require('node:fs');
const { join, relative, sep } = require('node:path');
const tsJest = require('ts-jest').default;

const root = join(__dirname, '../../..');
const sources = join(root, 'src') + sep;
const loader = join(__dirname, 'loader.cjs');
const fromLoader = `module.exports = require(${JSON.stringify(loader)})(__filename);`;
/** The line names a place: a checkout that is moved does not find the lines of the old one in its cache. */
const key = createHash('sha256').update(fromLoader).digest('hex');

/** The calls that ts-jest moves before the imports. */
const moved = /\bjest\s*\.\s*(?:mock|unmock|deepUnmock|enableAutomock|disableAutomock)\(/;

/** Compiled before the first run, unless the file was changed since. */
function findCompiled(text, file) {
  const folder = process.env.COMPILED_TESTS;
  if (folder === undefined || moved.test(text)) return undefined;
  const place = join(folder, relative(root, file).replace(/\.ts$/, '.js'));
  if (!existsSync(place)) return undefined;
  const map = JSON.parse(readFileSync(`${place}.map`, 'utf8'));
  if (map.sourcesContent[0] !== text) return undefined;
  return { code: readFileSync(place, 'utf8'), map: JSON.stringify({ ...map, file, sources: [file] }) };
}

/**
 * The transformer of jest: a file of src is taken from the loader, unless the run counts which of its lines are covered, and any other from
 * ts-jest, if it is not compiled already.
 */
module.exports = {
  findCompiled,
  createTransformer(config) {
    const typescript = tsJest.createTransformer(config);
    const isLoaded = (file) => file.startsWith(sources) && process.env.COLLECTS_COVERAGE !== 'yes';
    return {
      getCacheKey: (text, file, options) => (isLoaded(file) ? key : typescript.getCacheKey(text, file, options)),
      process: (text, file, options) =>
        isLoaded(file) ? { code: fromLoader } : (findCompiled(text, file) ?? typescript.process(text, file, options)),
    };
  },
};
