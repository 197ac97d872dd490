/**
 * Node's own modules, for what is evaluated in each test file: there, jest.mock('timers') replaces what an import gives.
 * @module
 */

// Every entry loads this module first. What it lacks elsewhere would be the name of a variable of Node, without a cure.
if (globalThis.process?.versions?.node === undefined)
  throw new Error(
    's3-versioning-mock was loaded in a browser, where it cannot run: it captures the calls of a process of Node, bun or deno. ' +
      'Create the mock in a file of globalSetup, where Node runs, with mockS3({ hosts: { only: [] } }) and await s3.listen(), ' +
      'and give its url to the tests by provide and inject of vitest. docs/runners.md#browsers has an example.',
  );
if (typeof __dirname === 'undefined')
  throw new Error(
    's3-versioning-mock, which is CommonJS, is part of a bundle that is an ES module and has no __dirname. Leave it out of the bundle: ' +
      "esbuild --packages=external, external: ['s3-versioning-mock'] in another bundler, deps.optimizer.ssr.exclude: ['s3-versioning-mock'] in vitest. " +
      'docs/slow-suites.md#bundled-tests has more.',
  );

// Node 22.0 to 22.2 lacks it: mocks of these modules reach what reads them there.
const readModule: typeof process.getBuiltinModule = process.getBuiltinModule ?? require;

export const path = readModule('node:path');
export const stringDecoder = readModule('node:string_decoder');
export const timers = readModule('node:timers');
export const util = readModule('node:util');
export const vm = readModule('node:vm');
