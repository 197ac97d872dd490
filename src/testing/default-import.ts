/**
 * What calls a module of the package itself, as a default import does, would fail with a TypeError of JavaScript that names neither the module nor the
 * function. The build adds these functions to the programs of the entries, so that no type shows them.
 * @module
 */

/**
 * Returns the exports of an entry as a function that says what to import. `require` returns it, and so does a default import of CommonJS. `name` is the
 * export that the test meant.
 */
export function refuseCalls(exported: object, entry: string, name: string): object {
  const refuse = makeRefusal(entry, name);
  const members = Object.getOwnPropertyDescriptors(exported);
  return Object.defineProperties(refuse, { ...members, default: { value: refuse, configurable: true } });
}

/** Returns the default export of an entry that is an ES module. It throws if it is called, and if somebody reads one of the exports from it. */
export function makeDefault(names: readonly string[], entry: string, name: string): object {
  const refuse = makeRefusal(entry, name);
  const get = () => {
    throw noDefault(entry, name, get);
  };
  const read = names.filter((one) => one !== 'default' && one !== 'module.exports');
  // An `expect.extend` of it lists its members.
  for (const one of read) Object.defineProperty(refuse, one, { get, enumerable: true, configurable: true });
  return refuse;
}

/** A function of this kind can also be called with `new`. */
function makeRefusal(entry: string, name: string): object {
  return function refuse(): void {
    const error = noDefault(entry, name, refuse);
    if (!isCalledByJest(error)) throw error;
  };
}

/** jest calls what a file of setupFiles or setupFilesAfterEnv exports, if it is a function. */
function isCalledByJest({ stack = '' }: Error): boolean {
  const caller = stack.split('\n').find((line) => /^ +at /.test(line)) ?? '';
  return /[\\/]jest-(?:runner|circus|jasmine2)[\\/]/.test(caller);
}

function noDefault(entry: string, name: string, from: (...values: never[]) => unknown): TypeError {
  const required = entry.endsWith('/vitest') ? '' : `, or const { ${name} } = require('${entry}')`;
  const error = new TypeError(`${entry} has no default export: import { ${name} } from '${entry}'${required}`);
  Error.captureStackTrace?.(error, from);
  return error;
}
