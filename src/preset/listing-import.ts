import { types } from 'node:util';
import { invalidValue } from '../text/invalid-value';
import { makeMistake } from '../text/mistakes';
import { findMoment } from '../text/moments';
import { writeSuggestion } from '../text/spelling';
import { isAbsent, isRecord } from '../text/value-kinds';
import { writeGiven, writeKey } from '../text/values';
import type { ObjectFixtures, VersionDescription } from './object-fixtures';
import { checkSizeOfObject } from './parts/content';

/** A delete marker as ListObjectVersions returns it. */
export interface ListedDeleteMarker {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly IsLatest?: boolean | undefined;
  /** The time of the write: ISO 8601, as the CLI prints it, or a Date, as SDKs return it. */
  readonly LastModified?: Date | string | undefined;
}

/** A version as ListObjectVersions returns it. */
export interface ListedVersion extends ListedDeleteMarker {
  readonly ETag?: string | undefined;
  readonly Size?: number | undefined;
  readonly StorageClass?: string | undefined;
}

/** The output of `aws s3api list-object-versions`, or of an SDK's ListObjectVersions. */
export interface VersionListing {
  readonly Versions?: readonly ListedVersion[] | null | undefined;
  readonly DeleteMarkers?: readonly ListedDeleteMarker[] | null | undefined;
}

interface ListedEntry {
  readonly at: string;
  readonly key: string;
  readonly isLatest: boolean;
  readonly time: number;
  readonly fixture: VersionDescription;
}

/** The versions and delete markers of a key. Each list is newest first. */
interface ListedStack {
  readonly versions: ListedEntry[];
  readonly markers: ListedEntry[];
}

export function fromListing(listing: VersionListing): ObjectFixtures {
  if (!isRecord(listing)) throw makeNoListing(writeGiven(listing));
  if (namesOfObjectListings.some((name) => name in listing))
    throw makeNoListing('a listing of objects, which has no versions');
  checkListedNames('the listing', listing, listingNames);
  if (!namesOfAnswers.some((name) => name in listing)) throw makeNoListing(writeGiven(listing));
  const { Versions, DeleteMarkers }: VersionListing = listing;
  const stacks = new Map<string, ListedStack>();
  const openStack = (key: string): ListedStack => {
    const stack = stacks.get(key) ?? { versions: [], markers: [] };
    stacks.set(key, stack);
    return stack;
  };
  for (const [index, entry] of readList('Versions', Versions).entries()) {
    const version = readListedVersion(`Versions[${index}]`, entry);
    openStack(version.key).versions.push(version);
  }
  for (const [index, entry] of readList('DeleteMarkers', DeleteMarkers).entries()) {
    const marker = readListedMarker(`DeleteMarkers[${index}]`, entry);
    openStack(marker.key).markers.push(marker);
  }
  return Object.fromEntries([...stacks].map(([key, stack]) => [key, inWriteOrder(key, stack)]));
}

function makeNoListing(given: string): TypeError {
  return makeMistake(
    `fromListing was given ${given}. Give the object that 'aws s3api list-object-versions --output json' prints, parsed: { Versions: [...], DeleteMarkers: [...] }.`,
  );
}

function readList<Entry>(name: string, entries: readonly Entry[] | null | undefined): readonly Entry[] {
  if (entries === undefined || entries === null) return [];
  if (!Array.isArray(entries)) throw invalidValue('fromListing', name, entries, 'a list');
  return entries;
}

function readListedVersion(at: string, entry: ListedVersion): ListedEntry {
  const listed = readEntry(at, entry);
  const { ETag, Size, StorageClass } = entry;
  if (typeof ETag !== 'string') throw memberError(listed.at, 'ETag', ETag, 'text');
  checkSizeOfObject(`fromListing: ${listed.at}`, Size, 'Size');
  if (!isAbsent(StorageClass) && typeof StorageClass !== 'string')
    throw memberError(listed.at, 'StorageClass', StorageClass, "text, such as 'STANDARD', or undefined");
  const { fixture } = listed;
  const storageClass = StorageClass ? { storageClass: StorageClass } : {};
  return { ...listed, fixture: { size: Size, etag: ETag, ...fixture, ...storageClass } };
}

function readListedMarker(at: string, entry: ListedDeleteMarker): ListedEntry {
  const listed = readEntry(at, entry);
  return { ...listed, fixture: { deleteMarker: true, ...listed.fixture } };
}

function readEntry(at: string, entry: ListedDeleteMarker): ListedEntry {
  if (!isRecord(entry)) throw invalidValue('fromListing', at, entry, 'an object with a Key');
  checkListedNames(at, entry, entryNames);
  const { Key, VersionId, IsLatest, LastModified }: ListedDeleteMarker = entry;
  if (typeof Key !== 'string') throw memberError(at, 'Key', Key, 'text');
  const place = `${at} (${writeKey(Key)})`;
  if (typeof VersionId !== 'string')
    throw memberError(place, 'VersionId', VersionId, "text, 'null' for the null version");
  if (typeof IsLatest !== 'boolean') throw memberError(place, 'IsLatest', IsLatest, 'true or false');
  const time = typeof LastModified === 'string' || types.isDate(LastModified) ? findMoment(LastModified) : undefined;
  if (time === undefined)
    throw memberError(place, 'LastModified', LastModified, "a time such as '2026-01-31T10:00:00+00:00'");
  const fixture = { versionId: VersionId, lastModified: new Date(time) };
  return { at: place, key: Key, isLatest: IsLatest, time, fixture };
}

const namesOfObjectListings = ['Contents', 'KeyCount', 'Marker'];
/** If a bucket has no versions, an answer contains neither list, but always one of the other members. */
const namesOfAnswers = ['Versions', 'DeleteMarkers', 'RequestCharged', 'IsTruncated', 'MaxKeys'];
const listingNames = ['Versions', 'DeleteMarkers'];
const entryNames = ['Key', 'VersionId', 'IsLatest', 'LastModified', 'ETag', 'Size', 'StorageClass'];

/** S3 adds members to its answers, so only a name that is nearly a known name is refused. */
function checkListedNames(at: string, given: object, names: readonly string[]): void {
  for (const name of Object.keys(given)) {
    const hint = names.includes(name) ? undefined : writeSuggestion(name, names, 1);
    if (hint !== undefined)
      throw makeMistake(`fromListing: ${at} has a member ${writeGiven(name)}, which no listing has. ${hint}`);
  }
}

function memberError(at: string, member: string, value: unknown, right: string): TypeError {
  return invalidValue(`fromListing: ${at}`, member, value, right);
}

/** A listing has versions and delete markers in two lists. */
function inWriteOrder(key: string, stack: ListedStack): readonly VersionDescription[] {
  checkLatest(key, stack);
  const [versions, markers] = [[...stack.versions], [...stack.markers]];
  const ordered: VersionDescription[] = [];
  let markerIsNext = markers[0]?.isLatest === true;
  for (;;) {
    const next = (markerIsNext ? markers : versions).shift() ?? versions.shift() ?? markers.shift();
    if (next === undefined) return ordered.reverse();
    ordered.push(next.fixture);
    const [version, marker] = [versions[0], markers[0]];
    // If both are of the same second, a key was most often deleted once between two writes.
    const takesTurn = next.fixture.deleteMarker !== true;
    markerIsNext = version && marker && version.time !== marker.time ? marker.time > version.time : takesTurn;
  }
}

function checkLatest(key: string, { versions, markers }: ListedStack): void {
  const [latest, second] = [...versions, ...markers].filter(({ isLatest }) => isLatest);
  if (latest === undefined)
    throw makeMistake(
      `fromListing: no entry of ${writeKey(key)} has IsLatest true. The listing begins in the middle of its versions; give all pages from the first.`,
    );
  if (second !== undefined)
    throw makeMistake(
      `fromListing: ${latest.at} and ${second.at} both have IsLatest true. Only one version of a key is the latest.`,
    );
  if (latest !== versions[0] && latest !== markers[0])
    throw makeMistake(
      `fromListing: ${latest.at} has IsLatest true, but is not the first of its key. Give the entries in the order in which S3 lists them.`,
    );
}
