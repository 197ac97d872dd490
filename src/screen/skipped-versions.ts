import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { Store } from '../model/store';
import type { Version } from '../model/versions/version';
import { versionIdOf } from '../model/versions/version-lookup';
import { counted } from '../text/counts';
import { isArray, memberOf } from '../text/value-kinds';
import { writeKey } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { isAssertion } from './errors';
import { readTexts } from './handle-read';
import type { Question } from './hint';
import { findOtherVersions, findUnwantedObject, listDifferences } from './library-assertions';

/** Versions that no page returned, since a page began behind all versions of their key. */
interface Skipped {
  readonly entry: RequestEntry;
  readonly key: string;
  readonly versions: readonly Version[];
}

/** The ids of a page. */
function listIds({ operation, output }: RequestEntry): readonly unknown[] {
  const listed = operation === 'ListObjectVersions' ? memberOf(output, 'Entries') : undefined;
  return (isArray(listed) ? listed : []).map((one: unknown) =>
    memberOf(memberOf(one, 'Versions') ?? memberOf(one, 'DeleteMarkers'), 'VersionId'),
  );
}

function writtenId({ method, output }: RequestEntry): unknown {
  return method === 'GET' || method === 'HEAD' ? undefined : memberOf(output, 'VersionId');
}

/** The most listings whose pages are compared. */
const LISTINGS = 20;

/** A page that names the key at which the page before it ended, and not the version of it. */
interface SecondPage {
  readonly entry: RequestEntry;
  readonly key: string;
}

function listSecondPages(entries: readonly RequestEntry[]): readonly SecondPage[] {
  const listings = entries.filter(({ operation }) => operation === 'ListObjectVersions').slice(-LISTINGS);
  return listings.flatMap((entry, at) => {
    const before = listings[at - 1];
    const [key, next] = [memberOf(entry.input, 'KeyMarker'), memberOf(before?.output, 'NextKeyMarker')];
    const isWhole =
      memberOf(entry.input, 'VersionIdMarker') !== undefined ||
      memberOf(before?.output, 'NextVersionIdMarker') === undefined;
    return typeof key === 'string' && key === next && before?.bucket === entry.bucket && !isWhole ? { entry, key } : [];
  });
}

/** The versions that are still there, of the key within whose versions the page before ended. */
function findSkipped(store: Store, entries: readonly RequestEntry[], { entry, key }: SecondPage): Skipped | undefined {
  const at = entries.indexOf(entry);
  const known = new Set([...entries.slice(0, at).flatMap(listIds), ...entries.slice(at).map(writtenId)]);
  const all = [...(store.buckets.get(entry.bucket ?? '')?.versions.of(key) ?? [])];
  const versions = all.filter((version) => !known.has(versionIdOf(store, version)));
  return versions.length === 0 ? undefined : { entry, key, versions };
}

/** Says that the pages of a listing left versions out, which a test then finds left, or misses elsewhere. */
export function writeSkipped({ store, entries, errors }: Question): string | undefined {
  const found = listSecondPages(entries)
    .map((page) => findSkipped(store, entries, page))
    .find((skipped) => skipped !== undefined && errors.some((error) => isAbout({ store, entries }, skipped, error)));
  if (found === undefined) return undefined;
  const { entry, key, versions } = found;
  return `${writeCall(entry)} was sent with KeyMarker: ${writeKey(key)} and without VersionIdMarker, so it continued behind all versions of that key and left out ${counted(versions.length, 'version')} that no page had. Send NextVersionIdMarker of the page before as VersionIdMarker as well.`;
}

function isAbout(known: Omit<Question, 'errors'>, skipped: Skipped, error: FailedError): boolean {
  const { store } = known;
  const texts = new Set(skipped.versions.flatMap((version) => readTexts(store, version)));
  const ofVersions = findOtherVersions([error]);
  if (ofVersions !== undefined) {
    const differences = listDifferences(ofVersions.text).flatMap(({ expected, received }) => [expected, received]);
    return ofVersions.key === skipped.key && differences.some((text) => text !== undefined && texts.has(text));
  }
  const unwanted = findUnwantedObject([error]);
  if (unwanted !== undefined) {
    const current = store.buckets.get(unwanted.bucket)?.versions.current(unwanted.key);
    return current !== undefined && skipped.versions.includes(current);
  }
  return isAssertion(error) && isCompared(known, { ...skipped, texts }, error);
}

/** Whether a plain assertion found the skipped versions, or misses them, by their number or by one of their texts. */
function isCompared(
  { store, entries }: Omit<Question, 'errors'>,
  { entry, key, versions, texts }: Skipped & { readonly texts: ReadonlySet<string> },
  error: FailedError,
): boolean {
  const { expected, received, numbers } = readCompared(error);
  const [wanted, came] = numbers;
  if (wanted !== undefined && came !== undefined) {
    const seen = entries.filter(({ bucket }) => bucket === entry.bucket).flatMap(listIds).length;
    const left = [...(store.buckets.get(entry.bucket ?? '')?.versions.of(key) ?? [])].length;
    return (came === seen && wanted - came === versions.length) || (came === left && came - wanted === versions.length);
  }
  return [key, ...texts].some((text) => expected.has(text) !== received.has(text));
}
