import { differenceText } from '../journal/entry-lines';
import { type AsymmetricMatcher, difference, fits, isAsymmetric, matchesText } from '../journal/input-matching';
import { type StoredVersion, storedMembers } from '../preset/version-copies';
import { deleteMarker } from '../preset/version-fixture';
import { BRIEF, shown } from '../text/values';
import type { ExpectedVersion } from './s3-matchers';

/** What a test expects of all versions of a key. */
export type ExpectedVersions = AsymmetricMatcher | readonly ExpectedVersion[];

/** Throws a TypeError unless a version could be as expected. */
export function checkMembers(matcher: string, expected: unknown): void {
  if (isAsymmetric(expected)) return;
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected) || ArrayBuffer.isView(expected))
    throw new TypeError(`${matcher} expects an object such as { body: 'first' }; it was given ${shown(expected)}.`);
  const unknown = Object.keys(expected).find((name) => !storedMembers.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`${matcher}: a version has no '${unknown}'. It has: ${storedMembers.join(', ')}.`);
}

/** What a test expects, checked. */
export function readExpectedVersions(matcher: string, given: unknown): ExpectedVersions {
  if (isAsymmetric(given)) return given;
  if (!Array.isArray(given))
    throw new TypeError(
      `${matcher} expects a list of versions, oldest first, such as ['first', deleteMarker]; it was given ${shown(given)}.`,
    );
  const items: readonly unknown[] = given;
  for (const item of items) {
    if (typeof item !== 'string' && item !== deleteMarker && !ArrayBuffer.isView(item)) checkMembers(matcher, item);
  }
  return given as readonly ExpectedVersion[]; // each item was checked
}

/** Where versions are not as expected, a line each; both are oldest first. */
export function versionDifferences(expected: ExpectedVersions, actual: readonly StoredVersion[]): readonly string[] {
  if (isAsymmetric(expected)) {
    const received = `[${actual.map(shownVersion).join(', ')}]`;
    return fits(expected, actual) ? [] : [`expected ${shown(expected)}, received ${received}`];
  }
  const indexes = Array.from({ length: Math.max(expected.length, actual.length) }, (_, index) => index);
  return indexes.flatMap((index) => {
    const [item, version] = [expected[index], actual[index]];
    if (version === undefined) return [`[${index}]: expected ${shownItem(item)}, received none`];
    if (index >= expected.length) return [`[${index}]: expected none, received ${shownVersion(version)}`];
    return itemDifferences(`[${index}]`, item, version);
  });
}

function itemDifferences(path: string, item: unknown, version: StoredVersion): readonly string[] {
  const differs = [`${path}: expected ${shownItem(item)}, received ${shownVersion(version)}`];
  if (item === deleteMarker) return version.deleteMarker ? [] : differs;
  // A matcher of texts is asked about the bytes, any other about the version.
  if (typeof item === 'string' || ArrayBuffer.isView(item) || (isAsymmetric(item) && matchesText(item))) {
    if (version.deleteMarker) return differs;
    return difference(item, version.body).map((one) => differenceText({ ...one, path }));
  }
  if (isAsymmetric(item)) return fits(item, version) ? [] : differs;
  return difference(item, version).map((one) => differenceText({ ...one, path: `${path}.${one.path}` }));
}

/** A list of versions on one line. */
export function shownVersions(versions: ExpectedVersions): string {
  return isAsymmetric(versions) ? shown(versions) : `[${versions.map(shownItem).join(', ')}]`;
}

function shownItem(item: unknown): string {
  return item === deleteMarker ? 'deleteMarker' : shown(item, BRIEF);
}

function shownVersion({ deleteMarker: isMarker, body }: StoredVersion): string {
  return isMarker ? 'a delete marker' : shown(body, BRIEF);
}
