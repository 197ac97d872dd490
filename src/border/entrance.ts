import { path, vm } from '../core-modules';
import type { crossBorder, MakeFunction } from './border';
import { thisTestFile } from './this-test-file';

/** Asks for the engine in the sandbox of the test file, where an attached debugger finds everything. */
const IN_PLACE = 'S3_VERSIONING_MOCK_IN_PLACE';

interface EngineFile<Opened extends object> {
  open(file: typeof thisTestFile): Opened;
  readonly crossBorder: typeof crossBorder;
}

/**
 * Under a runner that evaluates modules anew for each test file, in a sandbox, the engine is loaded in the context of the process, once for
 * all files. Elsewhere `load` loads it here. `name` is its file, without the ending.
 */
export function enter<Opened extends object>(name: string, load: () => EngineFile<Opened>): Opened {
  const beyond = process.env[IN_PLACE] === undefined ? loadBeyond(path.join(__dirname, '..', `${name}.js`)) : undefined;
  if (beyond === undefined) return load().open(thisTestFile);
  const { open, crossBorder } = beyond as EngineFile<Opened>; // the same file
  return crossBorder(thisTestFile, makeFunction, open);
}

/** This module is evaluated in the test file. Unlike `function`, a method is not a constructor. */
export const makeFunction: MakeFunction = (call) =>
  ({
    made(this: unknown): unknown {
      // biome-ignore lint/complexity/noArguments: vitest refuses a hook whose text has a parameter that is not an object pattern
      return call(this, [...arguments]);
    },
  }).made;

function loadBeyond(file: string): unknown {
  try {
    return findRequire()?.(file);
  } catch (error) {
    // A bundler has put all into one file.
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

function findRequire(): NodeJS.Require | undefined {
  try {
    const outside: typeof globalThis = vm.runInThisContext('globalThis');
    if (outside === globalThis || outside.Object === Object) return undefined;
    return outside.process.getBuiltinModule('node:module').createRequire(__filename);
  } catch {
    // Node may not compile texts.
    return undefined;
  }
}
