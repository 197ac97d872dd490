import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { types } from 'node:util';
import { problemOfKey } from '../model/object-keys';
import { byRule, expecting, shapeOf } from '../shapes/given';
import { readOptions } from '../shapes/given-reader';
import { boolean, text } from '../shapes/values';
import { invalidValue } from '../text/invalid-value';
import { byCodeUnits } from '../text/lists';
import { makeMistake } from '../text/mistakes';
import { hintFor } from '../text/spelling';
import { messageOf } from '../text/value-kinds';
import { visible, writeGiven, writeKey } from '../text/values';
import { type DirectoryManifest, type FoundFile, findFiles, readManifest } from './directory-manifest';
import type { ObjectFixtures, VersionFixture } from './object-fixtures';

/** The options of `fromDirectory`. */
export interface DirectoryOptions {
  /** The beginning of all keys: `'reports/'`. Default: none. */
  readonly prefix?: string | undefined;
  /**
   * Versions with ids, times, tags or delete markers: the path of a JSON file, from the folder on, or the content of such a file. Neither
   * the file nor the files that it names are keys. Default: none.
   */
  readonly manifest?: string | DirectoryManifest | undefined;
  /** Whether to read files and folders with names that begin with a dot as well. Default: false. */
  readonly hidden?: boolean | undefined;
  /**
   * Whether links, and the paths in a manifest, can lead out of the folder. By default that is a TypeError, so that a fixture contains no
   * other file of the machine. Default: false.
   */
  readonly outside?: boolean | undefined;
}

interface KeyFiles {
  plain?: FoundFile;
  readonly numbered: Map<number, FoundFile>;
}

export function fromDirectory(folder: string | URL, options: DirectoryOptions = {}): ObjectFixtures {
  try {
    return readDirectory(folder, options);
  } catch (error) {
    const problem = findFileProblem(error);
    if (problem === undefined) throw error;
    throw makeMistake(`fromDirectory: the folder ${writeGiven(folder)} cannot be read: ${problem}`);
  }
}

/** Returns what the system says about a file, such as a file that nobody can read, or what Node says about a path. */
function findFileProblem(error: unknown): string | undefined {
  if (!types.isNativeError(error) || !('code' in error)) return undefined;
  const isOfFile = 'syscall' in error || /^ERR_(?:INVALID|FS_)/.test(String(error.code));
  return isOfFile ? visible(error.message) : undefined;
}

const shape = shapeOf<DirectoryOptions>()({
  prefix: expecting(text, "text such as 'reports/'"),
  manifest: byRule,
  hidden: expecting(boolean, 'true or false'),
  outside: expecting(boolean, 'true or false'),
});

function readDirectory(folder: string | URL, options: DirectoryOptions): ObjectFixtures {
  const read = readOptions(shape.members, options, { at: 'fromDirectory', now: 0 });
  const { prefix = '', hidden = false, outside = false } = read;
  const root = findFolder(folder);
  const found = findFiles(root, { hidden, outside });
  const { file, at, content } = readManifestFile(root, options.manifest);
  const { versions, files } = readManifest(content, { at, folder: root, found, outside });
  const others = found.filter((one) => one.path !== file && !files.has(one.path));
  const keys = new Map<string, VersionFixture | readonly VersionFixture[]>(versions);
  for (const [key, ofKey] of byKey(others)) {
    const [first] = [ofKey.plain, ...ofKey.numbered.values()].filter((one) => one !== undefined);
    if (versions.has(key) && first !== undefined) throw unusedFile(at, key, first);
    keys.set(key, readVersions(key, ofKey));
  }
  const sorted = [...keys].sort(([one], [other]) => byCodeUnits(one, other));
  return Object.fromEntries(sorted.map(([key, fixture]) => [checkedKey(`${prefix}${key}`), fixture]));
}

function findFolder(folder: string | URL): string {
  const given = typeof folder === 'string' ? folder : isUrl(folder) ? folder.href : undefined;
  if (given === undefined || given === '')
    throw invalidValue('fromDirectory', 'folder', folder, "a path such as './fixtures/vault', or a URL of a file");
  const at = given.startsWith('file:') ? fileURLToPath(given) : path.resolve(given);
  const stats = statSync(at, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return at;
  const problem =
    stats === undefined
      ? `there is no ${at}.${nearFolder(at)}`
      : `${at} is ${stats.isFile() ? 'a file' : 'no folder'}.`;
  const beside = path.isAbsolute(given) || given.startsWith('file:') ? '' : ` ${RELATIVE}`;
  throw makeMistake(
    `fromDirectory: invalid folder ${writeGiven(given)}; expected a folder that exists, and ${problem}${beside}`,
  );
}

const RELATIVE =
  "A relative path begins at the working directory. For a folder beside the test file give new URL('./fixtures', import.meta.url), or path.join(__dirname, 'fixtures').";

function isUrl(value: unknown): value is { readonly href: string } {
  // `instanceof` would fail under jsdom, where the URL of a test is another class than Node's.
  return typeof value === 'object' && value !== null && 'href' in value && typeof value.href === 'string';
}

function nearFolder(at: string): string {
  const parent = path.dirname(at);
  const names = statSync(parent, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(parent) : [];
  return hintFor(path.basename(at), names);
}

function readManifestFile(
  root: string,
  manifest: DirectoryOptions['manifest'],
): { readonly file?: string; readonly at: string; readonly content: DirectoryManifest } {
  if (manifest === undefined) return { at: 'manifest', content: {} };
  if (typeof manifest !== 'string') return { at: 'manifest', content: manifest };
  const file = path.resolve(root, manifest);
  const at = `manifest ${writeKey(manifest)}`;
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    throw makeMistake(`fromDirectory: there is no ${at} in ${root}.`);
  try {
    // Editors of Windows write a byte order mark.
    return { file, at, content: JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, '')) as DirectoryManifest }; // checked as it is read
  } catch (error) {
    throw makeMistake(`fromDirectory: the ${at} is not JSON: ${messageOf(error)}`);
  }
}

function byKey(files: readonly FoundFile[]): ReadonlyMap<string, KeyFiles> {
  const keys = new Map<string, KeyFiles>();
  for (const file of files) {
    const { key, number } = readFileName(file.name);
    const ofKey: KeyFiles = keys.get(key) ?? { numbered: new Map() };
    keys.set(key, ofKey);
    if (number === undefined) ofKey.plain = file;
    else {
      const twin = ofKey.numbered.get(number);
      if (twin !== undefined)
        throw makeMistake(
          `fromDirectory: ${twin.name} and ${file.name} are both version ${number} of ${writeKey(key)}. Give each a number of its own.`,
        );
      ofKey.numbered.set(number, file);
    }
  }
  return keys;
}

/** `a/report@2.pdf` and `a/report.pdf@2` are version 2 of `a/report.pdf`. A part such as `.17` of a version of a package is not an extension. */
function readFileName(name: string): { readonly key: string; readonly number?: number } {
  const [, stem, digits, extensions] = /^(.*[^/])@([1-9]\d*)((?:\.\p{L}[^/.@]*)*)$/u.exec(name) ?? [];
  return digits === undefined ? { key: name } : { key: `${stem}${extensions}`, number: Number(digits) };
}

function readVersions(key: string, { plain, numbered }: KeyFiles): VersionFixture | readonly VersionFixture[] {
  const ordered = [...numbered].sort(([one], [other]) => one - other);
  for (const [index, [number, { name }]] of ordered.entries()) {
    // A lone file with a number is more likely another key than the only version of one.
    const missing = number !== index + 1 ? index + 1 : ordered.length === 1 && plain === undefined ? 2 : undefined;
    if (missing !== undefined)
      throw makeMistake(
        `fromDirectory: ${name} is version ${number} of ${writeKey(key)}, which has no version ${missing}. Number the versions of a key from 1 on; ` +
          `if the file is a key of its own, give manifest: { ${writeKey(name)}: {} }.`,
      );
  }
  const older = ordered.map(([, { path: file }]) => readFileSync(file));
  const newest = plain === undefined ? [] : [readFileSync(plain.path)];
  const [only, ...more] = [...older, ...newest];
  return only !== undefined && more.length === 0 ? only : [...older, ...newest];
}

function unusedFile(at: string, key: string, { name }: FoundFile): TypeError {
  return makeMistake(
    `fromDirectory: the ${at} has the versions of ${writeKey(key)}, and none of them has the file ${writeKey(name)}. Add { body: { file: ${writeKey(name)} } } to them, or move the file.`,
  );
}

function checkedKey(key: string): string {
  const problem = problemOfKey(key);
  if (problem === undefined) return key;
  throw makeMistake(
    `fromDirectory: invalid key ${writeKey(key)}: ${problem}. Rename the file, or give a shorter prefix.`,
  );
}
