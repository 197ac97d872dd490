import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { plainEnvironment } from '../support/plain-environment';
import { compiledFolder } from '../support/sources/compiled';

const root = path.join(__dirname, '..', '..');

interface Output {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** As JavaScript, for processes that cannot read TypeScript, while the tests of a file run. */
export function compiledCapture() {
  let directory = '';
  beforeAll(() => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 's3-mock-capture-'));
    fs.symlinkSync(path.join(root, 'node_modules'), path.join(directory, 'node_modules'));
    for (const name of ['capture', 'text', 'callback.js', 'core-modules.js', 's3-mock-error.js'])
      fs.cpSync(path.join(compiledFolder(), name), path.join(directory, name), { recursive: true });
  });
  afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));
  return {
    entry: () => path.join(directory, 'capture', 'index.js'),
    /** Runs a script beside it, where the packages of this repository are found too. */
    run(name: string, source: string, args: readonly string[] = []): Promise<Output> {
      const script = path.join(directory, name);
      fs.writeFileSync(script, source);
      return run([...args, script], plainEnvironment());
    },
  };
}

/** The first lines of a script for a child process: they start a capture that answers 200. */
export const begin = `
const { startCapture } = require('./capture/index.js');
const start = (options = {}) => startCapture({
  dialect: 'aws', guard: false, testFile: { global: globalThis, process }, findCallSite: () => ({ file: __filename, place: __filename + ':1:1' }),
  accept: () => ({ method, url, body }) => ({ status: 200, headers: [], body: method + ' ' + url + ' ' + body.length }),
  refuse: ({ kind }) => ({ status: 400, headers: [], body: kind }),
  ...options,
});
`;

function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Output> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env, timeout: 100_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      resolve({ code, stdout, stderr });
    });
  });
}
