import { lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { invalidValue } from '../text/invalid-value';
import { byCodeUnits } from '../text/lists';
import { checkOptionNames } from '../text/member-names';
import { makeMistake } from '../text/mistakes';
import { hintFor } from '../text/spelling';
import { isRecord } from '../text/value-kinds';
import { visible, writeGiven, writeKey } from '../text/values';
import {
  type VersionDescription,
  type VersionDetails,
  type VersionFixture,
  versionDetailNames,
} from './object-fixtures';
import type { BodyFixture } from './parts/content';

/** A version or a delete marker. Its bytes can come from a file. */
export interface FileVersion extends VersionDetails {
  /** Its bytes, or the file that contains them, by its path in the folder. Default: the file at the path that equals the key. */
  readonly body?: BodyFixture | { readonly file: string } | undefined;
  /** The number of its bytes. Without a body, the version is a placeholder of that size, and no file. */
  readonly size?: number | undefined;
  /** `true` makes it a delete marker. Leave it out for an object. */
  readonly deleteMarker?: boolean | undefined;
  /** The account that made a delete marker, by its name, its 12 digits or its canonical id. Default: the bucket's owner. */
  readonly owner?: string | undefined;
}

/**
 * The versions of the keys for which a file does not say enough, in the form of a fixture: each key with its versions, oldest first, or
 * with its one version. A `body` can name a file by its path in the folder.
 *
 * @example
 * const manifest: DirectoryManifest = {
 *   'report.pdf': [
 *     { body: { file: 'drafts/first.pdf' }, versionId: 'v1', lastModified: '2026-01-31' },
 *     { deleteMarker: true },
 *     { contentType: 'application/pdf', tags: { state: 'final' } },
 *   ],
 * };
 */
export type DirectoryManifest = Readonly<
  Record<string, VersionFixture | FileVersion | readonly (VersionFixture | FileVersion)[]>
>;

interface ManifestPlace {
  readonly at: string;
  readonly folder: string;
  readonly found: readonly FoundFile[];
  readonly outside: boolean;
}

interface ReadManifest {
  readonly versions: ReadonlyMap<string, VersionFixture | readonly VersionFixture[]>;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

interface VersionPlace extends ManifestPlace {
  readonly key: string;
  readonly files: Map<string, Uint8Array>;
}

export function readManifest(manifest: DirectoryManifest, place: ManifestPlace): ReadManifest {
  if (!isRecord(manifest))
    throw invalidValue('fromDirectory', place.at, manifest, 'an object with the versions of each key');
  const files = new Map<string, Uint8Array>();
  const versions = new Map<string, VersionFixture | readonly VersionFixture[]>();
  for (const [key, given] of Object.entries<unknown>(manifest)) {
    const of = { ...place, key, files, at: `${place.at}, key ${writeKey(key)}` };
    const list: readonly unknown[] = Array.isArray(given) ? given : [given];
    const read = list.map((one, index) =>
      readFileVersion(one, list === given ? { ...of, at: `${of.at}, version ${index + 1} of ${list.length}` } : of),
    );
    const [only] = read;
    versions.set(key, list === given || only === undefined ? read : only);
  }
  return { versions, files };
}

function readFileVersion(given: unknown, place: VersionPlace): VersionFixture {
  if (typeof given === 'string') checkIsNotAFile(given, place);
  // mockS3 refuses what is not a version, and names the bucket.
  if (!isRecord(given)) return given as VersionFixture;
  const description: FileVersion & { readonly file?: unknown } = given;
  if (description.file !== undefined)
    throw makeMistake(
      `fromDirectory: ${place.at} has no option file. Write body: { file: ${writeGiven(description.file)} }.`,
    );
  checkOptionNames(`fromDirectory: ${place.at}`, description, [
    'body',
    'size',
    'deleteMarker',
    'owner',
    ...versionDetailNames,
  ]);
  // A size without a body is that of a placeholder, which needs no file.
  if (description.body === undefined && description.size !== undefined) return description as VersionDescription;
  const { body = { file: place.key }, ...details } = description;
  if (details.deleteMarker !== undefined) return description as VersionDescription; // mockS3 refuses one with a body
  return { ...details, body: readBody(body, place) };
}

function checkIsNotAFile(text: string, { at, found }: VersionPlace): void {
  if (!found.some(({ name }) => name === text)) return;
  throw makeMistake(
    `fromDirectory: ${at} is the text ${writeKey(text)}, which is also a file. Write { body: { file: ${writeKey(text)} } } for the bytes of the file.`,
  );
}

function readBody(body: NonNullable<FileVersion['body']>, place: VersionPlace): BodyFixture {
  if (!isRecord(body) || !('file' in body)) return body as BodyFixture; // mockS3 refuses what is not one
  checkOptionNames(`fromDirectory: ${place.at}, body`, body, ['file']);
  const { file } = body;
  if (typeof file !== 'string' || file === '')
    throw invalidValue(`fromDirectory: ${place.at}, body`, 'file', file, "the path of a file, such as 'report.pdf'");
  return readNamedFile(file, place);
}

function readNamedFile(file: string, { at, key, folder, found, files, outside }: VersionPlace): Uint8Array {
  const place = path.resolve(folder, file);
  const read = files.get(place);
  if (read !== undefined) return read;
  if (statSync(place, { throwIfNoEntry: false })?.isFile() !== true) {
    const hint = hintFor(
      file,
      found.map(({ name }) => name),
    );
    const cure = file === key ? " Name the file with its bytes, body: { file: '...' }, or give body: ''." : '';
    throw makeMistake(`fromDirectory: ${at}: there is no file ${writeKey(file)} in ${folder}.${hint}${cure}`);
  }
  if (!outside) checkIsWithin(folder, place, `${at}: the file ${writeKey(file)}`);
  const bytes = readFileSync(place);
  files.set(place, bytes);
  return bytes;
}

interface Reach {
  readonly hidden: boolean;
  readonly outside: boolean;
}

export interface FoundFile {
  readonly name: string;
  readonly path: string;
}

/** The files that systems, editors and git put into folders by themselves. */
const strays = new Set([
  '.DS_Store',
  '.directory',
  '.gitattributes',
  '.gitignore',
  '.gitkeep',
  '.keep',
  'Thumbs.db',
  'desktop.ini',
]);

/** Throws for a file or folder that is not within the folder itself, though a path or a link leads to it. */
function checkIsWithin(folder: string, place: string, what: string): void {
  const real = realpathSync(place);
  const steps = path.relative(realpathSync(folder), real);
  if (steps !== '..' && !steps.startsWith(`..${path.sep}`) && !path.isAbsolute(steps)) return;
  throw makeMistake(
    `fromDirectory: ${what} is ${visible(real)}, which is outside of ${folder}. Move it there, or allow this by the option outside: true.`,
  );
}

/** Systems such as Linux allow names of any bytes. If a name is not UTF-8, Node reads it as another name. */
function readNames(folder: string): readonly string[] {
  return readdirSync(folder, { encoding: 'buffer' }).map((bytes) => {
    const name = bytes.toString('utf8');
    if (Buffer.from(name).equals(bytes)) return name;
    const escaped = bytes
      .toString('latin1')
      .replace(/[^ -~]/g, (byte) => `\\x${Buffer.from(byte, 'latin1').toString('hex')}`);
    throw makeMistake(
      `fromDirectory: the name of ${path.join(folder, escaped)} is not UTF-8, and keys of S3 are. Rename the file.`,
    );
  });
}

/**
 * The files are in the order of their names' code units, which no locale changes. Links are followed within the folder, and out of it if
 * that is allowed.
 */
export function findFiles(folder: string, { hidden, outside }: Reach): readonly FoundFile[] {
  const found: FoundFile[] = [];
  // A list of work instead of recursion, and the real paths of the folders around each, so that a link to one of those is noticed.
  const work = [{ at: folder, prefix: '', around: [realpathSync(folder)] }];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const { at, prefix, around } = next;
    for (const name of readNames(at)) {
      if (strays.has(name) || (!hidden && name.startsWith('.'))) continue;
      const file = { name: `${prefix}${name}`, path: path.join(at, name) };
      const stats = readStats(file);
      // Only a link can lead out of the folder.
      if (!outside && lstatSync(file.path).isSymbolicLink()) checkIsWithin(folder, file.path, `the link ${file.path}`);
      if (stats.isFile()) {
        found.push(file);
        continue;
      }
      if (!stats.isDirectory()) throw makeMistake(`fromDirectory: ${file.path} is neither a file nor a folder.`);
      const real = realpathSync(file.path);
      if (around.includes(real))
        throw makeMistake(
          `fromDirectory: ${file.path} is a link to ${real}, which is a folder around it. Remove the link.`,
        );
      work.push({ at: file.path, prefix: `${file.name}/`, around: [...around, real] });
    }
  }
  return found.sort((one, other) => byCodeUnits(one.name, other.name));
}

function readStats(file: FoundFile): Stats {
  const stats = statSync(file.path, { throwIfNoEntry: false });
  if (stats !== undefined) return stats;
  // The folder lists the link, but the file that it leads to is missing.
  throw makeMistake(`fromDirectory: ${file.path} is a link to a file that does not exist.`);
}
