const { dirname, join } = require('node:path');

const { sources } = globalThis[Symbol.for('s3-versioning-mock: shared')];
const loaded = new Map();

/**
 * Loads a module of src with those that it imports. They are evaluated once for each registry of jest, as this file is: so
 * `jest.isolateModules` gives modules of their own.
 */
module.exports = function load(file) {
  const known = loaded.get(file);
  if (known !== undefined) return known.exports;
  const module = { id: file, filename: file, exports: {} };
  loaded.set(file, module);
  const requireIn = (specifier) => {
    const imported = sources.importOf(file, specifier);
    if (imported !== undefined) return load(imported);
    return require(specifier.endsWith('.json') ? join(dirname(file), specifier) : specifier);
  };
  try {
    sources
      .functionOf(file)
      .call(module.exports, module, module.exports, requireIn, file, dirname(sources.placeOf(file)));
  } catch (error) {
    loaded.delete(file);
    throw error;
  }
  return module.exports;
};
