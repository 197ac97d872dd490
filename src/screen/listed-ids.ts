import { decodePercent } from '../formats/url-encoding';
import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { findRequestsOnKey } from '../journal/key-requests';
import { isArray, memberOf } from '../text/value-kinds';
import { writeKey } from '../text/values';

/** A version in a listing of versions. */
interface Listed {
  readonly listing: RequestEntry;
  /** The place of the listing among the requests. */
  readonly at: number;
  readonly list: 'Versions' | 'DeleteMarkers';
  readonly key: unknown;
  /** Whether the version was the current one of its key. */
  readonly isLatest: boolean;
}

/** The versions that listings had, by their buckets and those ids that refused requests named, in the order of the requests. */
export type ListedIds = ReadonlyMap<string, readonly Listed[]>;

const lists = ['Versions', 'DeleteMarkers'] as const;

/** What S3 answers for an id of another key, and for the id of a delete marker. */
const codes: ReadonlySet<string | undefined> = new Set(['NoSuchVersion', 'MethodNotAllowed']);

/** Reads each listing once, since a test can have sent hundreds of requests that S3 refused. */
export function readListedIds(entries: readonly RequestEntry[]): ListedIds {
  const refused = entries.filter(({ error }) => codes.has(error?.code));
  const found = new Map<string, Listed[]>(refused.map(({ bucket, versionId }) => [nameOf(bucket, versionId), []]));
  if (found.size === 0) return found;
  for (const [at, listing] of entries.entries()) {
    const listed = listing.operation === 'ListObjectVersions' ? memberOf(listing.output, 'Entries') : undefined;
    const isEncoded = memberOf(listing.input, 'EncodingType') === 'url';
    for (const item of isArray(listed) ? listed : [])
      for (const list of lists) {
        const version: unknown = memberOf(item, list);
        if (version === undefined) continue;
        const key = readKey(memberOf(version, 'Key'), isEncoded);
        const isLatest = memberOf(version, 'IsLatest') === true;
        found.get(nameOf(listing.bucket, memberOf(version, 'VersionId')))?.push({ listing, at, list, key, isLatest });
      }
  }
  return found;
}

function nameOf(bucket: string | undefined, versionId: unknown): string {
  return `${bucket}/${String(versionId)}`;
}

function readKey(key: unknown, isEncoded: boolean): unknown {
  return isEncoded && typeof key === 'string' ? (decodePercent(key.replaceAll('+', ' ')) ?? key) : key;
}

/** The versions of that id which listings before the request had. */
function listBefore(entry: RequestEntry, entries: readonly RequestEntry[], ids: ListedIds): readonly Listed[] {
  const all = ids.get(nameOf(entry.bucket, entry.versionId)) ?? [];
  if (all.length === 0) return [];
  const place = entries.indexOf(entry);
  return all.filter(({ at }) => at < place);
}

/** Returns the end of a line about a version id of another key, if a listing had it. The last listing before the request counts. */
export function writeOtherKey(entry: RequestEntry, entries: readonly RequestEntry[], ids: ListedIds): string {
  const { error, versionId, key = '' } = entry;
  if (error?.code !== 'NoSuchVersion' || versionId === undefined || versionId === 'null') return '';
  const before = listBefore(entry, entries, ids);
  const found = before.findLast(({ list }) => list === 'Versions') ?? before.at(-1);
  // A fixture can give versions of several keys one id, and what was listed can be gone since.
  if (found === undefined || before.some((listed) => listed.key === key)) return '';
  const prefix = memberOf(found.listing.input, 'Prefix');
  const call = writeCall(found.listing);
  return prefix === key
    ? `; ${call} listed it, since other keys begin with Prefix: ${writeKey(key)} as well: take only the entries whose Key is ${writeKey(key)}`
    : `; ${call} listed it: send the Key and the VersionId of one entry`;
}

function writesSince(entries: readonly RequestEntry[], { at }: Listed, { bucket = '', key = '' }: RequestEntry) {
  return findRequestsOnKey({ dropped: 0, slice: () => entries.slice(at) }, bucket, key).length > 0;
}

/** The cures for whoever wants the object back, and not what a listing has. */
const ofObject =
  '; to bring the object back, delete the marker by its id; to read an older version, give the id of that version';

/** Returns the reason of a line about a delete marker that a listing had, so that code reads all that is listed. */
export function writeListedMarker(
  entry: RequestEntry,
  entries: readonly RequestEntry[],
  ids: ListedIds,
): string | undefined {
  const { error, why = '', versionId } = entry;
  if (error?.code !== 'MethodNotAllowed' || versionId === undefined || !why.includes(ofObject)) return undefined;
  const found = listBefore(entry, entries, ids).findLast(({ list }) => list === 'DeleteMarkers');
  if (found === undefined) return undefined;
  const listed = `; ${writeCall(found.listing)} has it in DeleteMarkers: leave those out`;
  // Without a VersionId, S3 answers the object that is above the marker.
  if (!found.isLatest || writesSince(entries.slice(0, entries.indexOf(entry)), found, entry))
    return why.replace(ofObject, listed);
  const [what, instead] = entry.method === 'HEAD' ? ['the status 405', '404'] : [`${error.code}, 405,`, 'NoSuchKey'];
  return why.replace(
    ofObject,
    `${listed}, or take ${what} for a deleted object, since S3 answers ${instead} for it only to a request without a VersionId`,
  );
}
