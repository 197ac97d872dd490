import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { plainEnvironment } from '../support/plain-environment';
import { root } from './files';

/** Evaluates an expression about a module of the checkout, `module`, which a test cannot load, since it is an ES module. Its value is data. */
export function askModule(file: string, expression: string, values: unknown = null): unknown {
  const address = JSON.stringify(pathToFileURL(path.join(root, file)));
  // Windows has no room for long arguments.
  const program = `import { readFileSync } from 'node:fs';
    const module = await import(${address});
    const values = JSON.parse(readFileSync(0, 'utf8'));
    console.log(JSON.stringify(${expression}));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: root,
    env: plainEnvironment(),
    encoding: 'utf8',
    input: JSON.stringify(values),
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}
