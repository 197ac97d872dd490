import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { plainEnvironment } from '../support/plain-environment';

export const root = path.resolve(__dirname, '../..');

/** Its patterns are names of folders, and ends of files. */
const ignored = ['node_modules/', '.git/', ...linesOf('.gitignore')];

/** Made at the first question: most files that import this one ask for no list, and git costs a process. */
let tracked: readonly string[] | undefined;

/** With the new files of `src`, which somebody is about to add; a stray file makes no test fail. Without git, what is on disk except what git would ignore. */
function allFiles(): readonly string[] {
  tracked ??= knownFiles() ?? filesOnDisk('.');
  return tracked;
}

function knownFiles(): readonly string[] | undefined {
  if (!existsSync(path.join(root, '.git'))) return undefined;
  const files = listFiles();
  return files.length === 0 ? undefined : [...files, ...listFiles('--others', '--exclude-standard', '--', 'src')];
}

function listFiles(...options: readonly string[]): readonly string[] {
  // The folder may belong to somebody else, as it does in a container. The variables of a hook could name another repository.
  const { status, stdout } = spawnSync('git', ['-c', 'safe.directory=*', 'ls-files', '-z', ...options], {
    cwd: root,
    env: plainEnvironment(),
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
  if (status !== 0) return [];
  return stdout.split('\0').filter((file) => file !== '' && existsSync(path.join(root, file)));
}

/** Of use where a new source file counts before git knows it. */
export function filesOnDisk(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (isIgnored(entry.name)) return [];
    return entry.isDirectory() ? filesOnDisk(file) : [file];
  });
}

function isIgnored(name: string): boolean {
  return ignored.some((pattern) =>
    pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : name === pattern.replace(/\/$/, ''),
  );
}

function linesOf(file: string): readonly string[] {
  if (!existsSync(path.join(root, file))) return [];
  return textOf(file)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}

export function filesIn(folder: string): readonly string[] {
  return folder === '.' ? allFiles() : allFiles().filter((file) => file.startsWith(`${folder}/`));
}

export function textOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}
