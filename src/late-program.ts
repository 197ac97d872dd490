import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';

/**
 * Returns a function that loads a program of the package when it is first needed. Its text is read now, since a suite can mock the file
 * system of the whole process by then, and is evaluated only if the program cannot be required.
 */
export function lateProgram<Program extends object>(file: string, load: () => Program): () => Program {
  let text = readText(file);
  // The sources, and a bundle of one file, have no such file. Under jest they are evaluated in a test file, where nothing is required between tests.
  let loaded = text === undefined ? load() : undefined;
  return () => {
    if (loaded !== undefined) return loaded;
    try {
      loaded = load();
    } catch {
      loaded = evaluate(file, String(text)) as Program; // the same file
    }
    text = undefined;
    return loaded;
  };
}

function readText(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** What the program requires are the other files of the engine, which are loaded by now, and modules of Node. */
function evaluate(file: string, text: string): unknown {
  const requireFrom = createRequire(file);
  const requireLoaded = (name: string): unknown => {
    const known = name.startsWith('.') ? require.cache[path.resolve(path.dirname(file), name)] : undefined;
    return known === undefined ? requireFrom(name) : known.exports;
  };
  const exports = {};
  vm.compileFunction(text, ['exports', 'require'], { filename: file })(exports, requireLoaded);
  return exports;
}
