import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../house/files';
import { madeOnce } from './made-once';

/** The programs of the library, as its build makes them, without its types: a folder that takes the place of `dist`. */
export function builtPrograms(): string {
  return madeOnce('built', ['package.json', 'rolldown.config.mjs', 'build', 'specification/cases', 'src'], (folder) => {
    const rolldown = join(root, 'node_modules/rolldown/bin/cli.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [rolldown, '-c', '--no-sourcemap', '-d', folder], {
      cwd: root,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${stdout}${stderr}`);
  });
}
