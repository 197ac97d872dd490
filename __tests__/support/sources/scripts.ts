import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Context, Script } from 'node:vm';

export interface Modules {
  functionOf(file: string): unknown;
  importOf(file: string, specifier: string): string | undefined;
  /** The place of a module as it finds it: the entrance to the engine looks for compiled modules beside its own. */
  placeOf(file: string): string;
}

/** A module of src as V8 has it: its functions are compiled at their first call in any test file of the process. */
interface Compiled {
  readonly script: Script;
  readonly imports: Map<string, string | undefined>;
}

const beforeModule = '(function (module, exports, require, __filename, __dirname) {';

export class Scripts {
  readonly folder: string;
  readonly #sources: string;
  readonly #compiled = new Map<string, Compiled>();

  constructor(sources: string, folder: string) {
    this.#sources = sources;
    this.folder = folder;
  }

  modulesIn(context: Context): Modules {
    const entrance = path.join(this.#sources, 'border/entrance.ts');
    return {
      functionOf: (file) => this.#read(file).script.runInContext(context),
      importOf: (file, specifier) => {
        const { imports } = this.#read(file);
        if (!imports.has(specifier)) imports.set(specifier, findImport(file, specifier));
        return imports.get(specifier);
      },
      placeOf: (file) => (file === entrance ? this.#compiledPlace(file) : file),
    };
  }

  #compiledPlace(file: string): string {
    return path.join(this.folder, path.relative(this.#sources, file).replace(/\.ts$/, '.js'));
  }

  #read(file: string): Compiled {
    const known = this.#compiled.get(file);
    if (known !== undefined) return known;
    // Jest's stacks follow the map beside this file to the source.
    const filename = this.#compiledPlace(file);
    const text = `${beforeModule}${readFileSync(filename, 'utf8')}\n})`;
    const read = { script: new Script(text, { filename, columnOffset: -beforeModule.length }), imports: new Map() };
    this.#compiled.set(file, read);
    return read;
  }
}

function findImport(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const target = path.join(path.dirname(file), specifier);
  return [`${target}.ts`, path.join(target, 'index.ts')].find((one) => existsSync(one));
}
