import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from '../house/files';
import type { Project } from './project';

interface Manifest {
  readonly version: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

interface TarredFile {
  readonly path: string;
  readonly content: Buffer;
}

const library = 'node_modules/s3-versioning-mock';
const block = 512;

/** The packages that it depends on come from the checkout, since a test asks no registry. */
export function installOffline(project: Project, tarball: string): void {
  for (const { path, content } of filesOfTarball(tarball)) {
    const file = join(project.folder, library, path.replace(/^package\//, ''));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const { version, bin = {}, dependencies = {} } = manifestIn(join(project.folder, library));
  const packages = new Map([[library, { version }]]);
  for (const name of Object.keys(dependencies)) copyPackage(project, name, root, packages);
  project.write('node_modules/.package-lock.json', JSON.stringify({ packages: Object.fromEntries(packages) }));
  mkdirSync(join(project.folder, 'node_modules/.bin'), { recursive: true });
  for (const [name, file] of Object.entries(bin)) {
    chmodSync(join(project.folder, library, file), 0o755);
    symlinkSync(join('../s3-versioning-mock', file), join(project.folder, 'node_modules/.bin', name));
  }
}

function copyPackage(project: Project, name: string, from: string, copied: Map<string, object>): void {
  const source = folderOf(name, from);
  const target = join('node_modules', name);
  if (copied.has(target)) return;
  const { version, dependencies = {} } = manifestIn(source);
  copied.set(target, { version });
  cpSync(source, join(project.folder, target), { recursive: true, filter: (file) => !isNested(file, source) });
  for (const dependency of Object.keys(dependencies)) copyPackage(project, dependency, source, copied);
}

function isNested(file: string, source: string): boolean {
  return file === join(source, 'node_modules');
}

/** The folder of a package as Node finds it: in the nearest `node_modules` above. */
function folderOf(name: string, from: string): string {
  const folder = join(from, 'node_modules', name);
  if (existsSync(folder)) return folder;
  if (dirname(from) === from) throw new Error(`${name} is not installed in the checkout`);
  return folderOf(name, dirname(from));
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** Not every machine has `tar`. */
function filesOfTarball(tarball: string): readonly TarredFile[] {
  const bytes = gunzipSync(readFileSync(tarball));
  const files: TarredFile[] = [];
  let longPath: string | undefined;
  for (let at = 0; bytes[at] !== undefined && bytes[at] !== 0; ) {
    const header = bytes.subarray(at, at + block);
    const size = Number.parseInt(textAt(header, 124, 12), 8);
    const content = bytes.subarray(at + block, at + block + size);
    const kind = textAt(header, 156, 1);
    // A path of more than 100 characters is in a record before its file, or in two fields of the header.
    if (kind === 'x') longPath = /^\d+ path=(.*)$/m.exec(content.toString())?.[1];
    else {
      const path =
        longPath ?? [textAt(header, 345, 155), textAt(header, 0, 100)].filter((part) => part !== '').join('/');
      if (kind === '0' || kind === '') files.push({ path, content });
      longPath = undefined;
    }
    at += block + Math.ceil(size / block) * block;
  }
  return files;
}

function textAt(header: Buffer, start: number, length: number): string {
  return header.toString('utf8', start, start + length).replace(/\0.*$/s, '');
}
