import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { floatingPromises, projectOf } from '../floating';

const left = `
async function fail(): Promise<void> {}
const call = (act: () => void) => act();
fail();
void fail();
fail().then(() => {});
fail().finally(() => {});
call(fail);
call(async () => {});
`;

const heard = `
async function fail(): Promise<void> {}
const call = (act: () => void) => act();
await fail();
fail().catch(() => {});
fail().then(() => {}, () => {});
void fail().catch(() => {}).finally(() => {});
call(() => void fail().catch(() => {}));
export const result = fail();
`;

/** Why nobody has to hear of them. */
const exceptions: Readonly<Record<string, string>> = {
  'capture/runs: Promise.resolve().then(() => { leaving = undefined; })': 'it only forgets a number',
  'worlds/stray-errors: Promise.prototype.then.call(promise, undefined, () => {})':
    'it is how a rejection is heard, by the function of Node that a promise cannot replace',
  'worlds/way-run: this.#restartCaller(ends)': 'it makes a result of each error of the code, and throws nothing itself',
  'border/border: this.#pair(inside, outside)': 'it only notes the error that it is given, which has any type',
};

function programOf(text: string): ts.Program {
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022, types: [] };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, version) =>
    name === 'program.ts' ? ts.createSourceFile(name, text, version, true) : getSourceFile(name, version);
  return ts.createProgram(['program.ts'], options, host);
}

// The types of a whole project take half a minute on a busy machine.
describe('a promise that may reject', () => {
  it.each(['src/tsconfig.json', 'src/window/tsconfig.json'])(
    'is awaited, returned or caught in %s',
    (config) => {
      expect(floatingPromises(projectOf(config)).filter((place) => exceptions[place] === undefined)).toEqual([]);
    },
    600_000,
  );

  it('is found if it is left alone, or if its function is given where nobody expects a promise', () => {
    const places = ['fail()', 'fail()', 'fail().then(() => {})', 'fail().finally(() => {})', 'fail', 'async () => {}'];
    expect(floatingPromises(programOf(left))).toEqual(places.map((place) => `program: ${place}`));
    expect(floatingPromises(programOf(heard))).toEqual([]);
  }, 300_000);
});
