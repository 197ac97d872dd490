import path from 'node:path';

/** Modules that are loaded late, by `lazily` in `src`, and the file of each. */
export const lateModules = {
  'mock/mock-parts': 'mock-parts',
  'testing/matcher-functions': 'matcher-functions',
};

const idOf = (file) => `late:${file}.js`;
const required = /require\("(?:late:|\.{1,2}\/)([\w/-]+\.js)"\)/g;

/**
 * Makes each file that entries share a function, which `shared.js` calls once. A file that is loaded late has to get the same instances of
 * the others as its entry, but a `require` of jest returns other ones after `jest.resetModules()`.
 */
export function sharedFiles(publicEntries) {
  return {
    name: 'shared files',
    resolveId(specifier, importer, { kind }) {
      if (kind !== 'require-call' || !specifier.startsWith('.')) return null;
      const file = Object.entries(lateModules).find(([module]) => path.resolve(path.dirname(importer), specifier).endsWith(path.normalize(`src/${module}`)));
      if (file === undefined) throw new Error(`${importer} requires ${specifier}, which is none of the late modules of build/shared-files.mjs`);
      return { id: idOf(file[1]), external: true };
    },
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle);
      const shared = chunks.filter(({ fileName }) => !publicEntries.includes(fileName.replace(/\.js$/, '')));
      const names = shared.map(({ fileName }) => fileName);
      for (const chunk of chunks) {
        const isShared = shared.includes(chunk);
        const call = isShared ? 'shared' : `require("${chunk.fileName.includes('/') ? '../' : './'}shared.js")`;
        const code = chunk.code.replace(required, (original, file) => (names.includes(file) ? `${call}("${file}")` : original));
        chunk.code = isShared ? withinFunction(code) : code;
      }
      this.emitFile({ type: 'asset', fileName: 'shared.js', source: sharedProgram(names) });
    },
  };
}

/**
 * With what jest gives to each module, which a text that is evaluated has not. In brackets, so that V8 compiles the function at once, and does not
 * first skip it. Only of ASCII, so that V8 keeps a byte for each character.
 */
function withinFunction(code) {
  const body = code.replace(/^"use strict";\n/, '').replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `"use strict";\nmodule.exports = (function (exports, shared, require, __dirname, jest) {\n${body}});\n`;
}

/**
 * The program of `shared.js`. It reads the late files with the first entry that uses `lazily`: a test may mock the file system before it makes the
 * first mock. Jest compiles each module anew for each test file; a text that is evaluated again V8 takes from its cache, from the third
 * file of a process on. Elsewhere a text is evaluated only if its file cannot be required.
 */
function sharedProgram(names) {
  const lateFiles = names.filter((name) => name === 'library.js' || Object.values(lateModules).includes(name.replace(/\.js$/, '')));
  const files = names.map((fileName) => `\t"${fileName}": () => require("./${fileName}")`).toSorted();
  return `"use strict";
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const files = {
${files.join(',\n')}
};
const late = [${lateFiles.map((fileName) => `"${fileName}"`).join(', ')}];
const directive = '"use strict";\\n';
const beginning = directive + "module.exports = ";
const texts = new Map();
function textOf(name) {
	try {
		return texts.get(name) ?? readFileSync(join(__dirname, name), "latin1");
	} catch {
		return "";
	}
}
function evaluated(name) {
	const text = textOf(name);
	if (!text.startsWith(beginning)) throw new Error(\`s3-versioning-mock cannot read \${join(__dirname, name)}\`);
	return (0, eval)(\`\${directive}\${text.slice(beginning.length)}//# sourceURL=\${join(__dirname, name)}\`);
}
function functionOf(name) {
	const [first, second] = process.env.JEST_WORKER_ID === undefined ? [files[name], evaluated] : [evaluated, files[name]];
	try {
		return first(name);
	} catch (error) {
		try {
			return second(name);
		} catch {
			throw error;
		}
	}
}
const jestOfFile = typeof jest === "undefined" ? undefined : jest;
const loaded = new Map();
module.exports = function shared(name) {
	const known = loaded.get(name);
	if (known !== undefined) return known;
	if (name === "lazily.js") for (const file of late) texts.set(file, textOf(file));
	const exports = {};
	functionOf(name)(exports, shared, require, __dirname, jestOfFile);
	loaded.set(name, exports);
	texts.delete(name);
	return exports;
};
`;
}
