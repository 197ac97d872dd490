import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { plainEnvironment } from '../support/plain-environment';

/** The folder of the checkout. */
export const root = path.resolve(__dirname, '../..');

/** The files and folders that `.gitignore` leaves out, by name. Its patterns are names of folders, and ends of files. */
const ignored = ['node_modules/', '.git/', ...linesOf('.gitignore')];

/** Made at the first question: most files that import this one ask for no list, and git costs a process. */
let tracked: readonly string[] | undefined;

/**
 * The files of the checkout that git tracks, so that a stray file makes no test fail, and the new ones of `src`, which somebody is about to
 * add. If git is missing, refuses the folder or tracks nothing, the files on disk, except those that git would ignore.
 */
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

/** The files below a folder of the checkout, without those that git ignores. A new source file is compiled before git knows it. */
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

/** The tracked files below a folder of the checkout, as paths from its top. */
export function filesIn(folder: string): readonly string[] {
  return folder === '.' ? allFiles() : allFiles().filter((file) => file.startsWith(`${folder}/`));
}

/** The text of a file of the checkout. */
export function textOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}
