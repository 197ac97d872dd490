import { writeDifference } from '../journal/difference-text';
import { differencesOf, fits, matchesText } from '../journal/input-matching';
import { deleteMarker } from '../preset/delete-marker';
import { partShapes } from '../preset/parts';
import type { StoredVersion } from '../preset/version-copies';
import { structure } from '../shapes/elements';
import { namesOf } from '../shapes/member-names';
import type { Shape } from '../shapes/shape';
import { boolean, date, text } from '../shapes/values';
import { checkExpectedKinds } from '../text/expected-values';
import { checkMemberNames } from '../text/member-names';
import { checkPlainValues } from '../text/plain-values';
import { suggestion } from '../text/spelling';
import { type AsymmetricMatcher, isAsymmetric, isRecord } from '../text/value-kinds';
import { BRIEF, writeValue } from '../text/values';
import type { ExpectedVersion } from './s3-matchers';

/** All versions of a key as a test expects them. */
type ExpectedVersions = AsymmetricMatcher | readonly ExpectedVersion[];

const factShapes = {
  key: text,
  versionId: text,
  isLatest: boolean,
  deleteMarker: boolean,
  lastModified: date,
  body: { kind: 'bytes' } as const,
};

/** The kinds of the members of a version; undefined is a word, or an object with any members. */
const shapes: Readonly<Record<string, Shape | undefined>> = { ...factShapes, ...partShapes };
/** The names of the members of a version or delete marker. */
export const storedVersionNames = Object.keys(shapes);
const members = Object.fromEntries(Object.entries(shapes).flatMap(([name, shape]) => (shape ? [[name, shape]] : [])));
const unshaped = storedVersionNames.filter((name) => shapes[name] === undefined);

/** The names within those members. */
const versionNames = { ...namesOf(members), ...Object.fromEntries(unshaped.map((name) => [name, 'any' as const])) };

/** Throws a TypeError unless a version can match the expected value. */
export function checkVersionMembers(matcher: string, expected: unknown): void {
  if (isAsymmetric(expected)) return;
  if (!isRecord(expected))
    throw new TypeError(
      `${matcher} expects an object such as { body: 'first' }; it was given ${writeValue(expected)}.`,
    );
  const unknown = Object.keys(expected).find((name) => !storedVersionNames.includes(name));
  if (unknown === undefined) {
    checkMemberNames(`${matcher}: a version`, versionNames, expected);
    checkPlainValues(`${matcher}: a version`, expected);
    checkExpectedKinds(`${matcher}: a version`, structure(members), expected);
    for (const name of unshaped)
      if (typeof expected[name] !== 'string')
        checkExpectedKinds(`${matcher}: a version, ${name}`, structure({}), expected[name]);
    return;
  }
  const hint = suggestion(unknown, storedVersionNames, 1);
  throw new TypeError(
    `${matcher}: a version has no '${unknown}'. ${hint === undefined ? '' : `${hint} `}It has: ${storedVersionNames.join(', ')}.`,
  );
}

/** Reads the versions that a test expects; a value that no versions can match is a TypeError. */
export function readExpectedVersions(matcher: string, given: unknown): ExpectedVersions {
  if (isAsymmetric(given)) return given;
  if (!Array.isArray(given))
    throw new TypeError(
      `${matcher} expects a list of versions, oldest first, such as ['first', deleteMarker]; it was given ${writeValue(given)}.`,
    );
  const items: readonly unknown[] = given;
  for (const item of items) {
    if (typeof item !== 'string' && item !== deleteMarker && !ArrayBuffer.isView(item))
      checkVersionMembers(matcher, item);
  }
  return given as readonly ExpectedVersion[]; // each item was checked
}

/** The differences between two lists of versions, one line each; both lists are oldest first. */
export function versionDifferences(expected: ExpectedVersions, actual: readonly StoredVersion[]): readonly string[] {
  if (isAsymmetric(expected)) {
    const received = `[${actual.map(writeStoredVersion).join(', ')}]`;
    return fits(expected, actual) ? [] : [`expected ${writeValue(expected)}, received ${received}`];
  }
  const indexes = Array.from({ length: Math.max(expected.length, actual.length) }, (_, index) => index);
  return indexes.flatMap((index) => {
    const [item, version] = [expected[index], actual[index]];
    if (version === undefined) return [`[${index}]: expected ${writeExpectedVersion(item)}, received nothing`];
    if (index >= expected.length) return [`[${index}]: expected nothing, received ${writeStoredVersion(version)}`];
    return itemDifferences(`[${index}]`, item, version);
  });
}

function itemDifferences(path: string, item: unknown, version: StoredVersion): readonly string[] {
  const differs = [`${path}: expected ${writeExpectedVersion(item)}, received ${writeStoredVersion(version)}`];
  if (item === deleteMarker) return version.deleteMarker ? [] : differs;
  // A matcher of texts is asked about the bytes, any other matcher about the version.
  if (typeof item === 'string' || ArrayBuffer.isView(item) || (isAsymmetric(item) && matchesText(item))) {
    if (version.deleteMarker) return differs;
    return differencesOf(item, version.body).map((one) => writeDifference({ ...one, path }));
  }
  if (isAsymmetric(item)) return fits(item, version) ? [] : differs;
  return differencesOf(item, version).map((one) => writeDifference({ ...one, path: `${path}.${one.path}` }));
}

/** The expected versions on one line. */
export function writeVersions(versions: ExpectedVersions): string {
  return isAsymmetric(versions) ? writeValue(versions) : `[${versions.map(writeExpectedVersion).join(', ')}]`;
}

function writeExpectedVersion(item: unknown): string {
  return item === deleteMarker ? 'deleteMarker' : writeValue(item, BRIEF);
}

function writeStoredVersion({ deleteMarker: isMarker, body }: StoredVersion): string {
  return isMarker ? 'a delete marker' : writeValue(body, BRIEF);
}
