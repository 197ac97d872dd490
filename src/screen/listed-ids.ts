import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { firstFound } from '../text/lists';
import { isArray, memberOf } from '../text/value-kinds';
import { writeKey } from '../text/values';

/** Returns the listing of versions that had an id, and the entry of it. The last one before the request counts. */
function findListed(
  entries: readonly RequestEntry[],
  { bucket, versionId }: RequestEntry,
  list: 'Versions' | 'DeleteMarkers',
): { readonly listing: RequestEntry; readonly key: unknown } | undefined {
  return firstFound(entries.toReversed(), (listing) => {
    if (listing.operation !== 'ListObjectVersions' || listing.bucket !== bucket) return undefined;
    const listed = memberOf(listing.output, 'Entries');
    const found = (isArray(listed) ? listed : [])
      .map((one: unknown) => memberOf(one, list))
      .find((one) => memberOf(one, 'VersionId') === versionId);
    return found === undefined ? undefined : { listing, key: memberOf(found, 'Key') };
  });
}

/** Returns the end of a line about a version id of another key, if a listing had it. */
export function writeOtherKey(entry: RequestEntry, entries: readonly RequestEntry[]): string {
  const { error, versionId, key = '' } = entry;
  if (error?.code !== 'NoSuchVersion' || versionId === undefined || versionId === 'null') return '';
  const before = entries.slice(0, entries.indexOf(entry));
  const found = findListed(before, entry, 'Versions') ?? findListed(before, entry, 'DeleteMarkers');
  if (found === undefined || found.key === key) return '';
  const prefix = memberOf(found.listing.input, 'Prefix');
  const call = writeCall(found.listing);
  return prefix === key
    ? `; ${call} listed it, since other keys begin with Prefix: ${writeKey(key)} as well: take only the entries whose Key is ${writeKey(key)}`
    : `; ${call} listed it: send the Key and the VersionId of one entry`;
}

/** The cures for whoever wants the object back, and not what a listing has. */
const ofObject =
  '; to bring the object back, delete the marker by its id; to read an older version, give the id of that version';

/** Returns the reason of a line about a delete marker that a listing had, so that code reads all that is listed. */
export function writeListedMarker(entry: RequestEntry, entries: readonly RequestEntry[]): string | undefined {
  const { error, why = '', versionId } = entry;
  if (error?.code !== 'MethodNotAllowed' || versionId === undefined || !why.includes(ofObject)) return undefined;
  const found = findListed(entries.slice(0, entries.indexOf(entry)), entry, 'DeleteMarkers');
  if (found === undefined) return undefined;
  const [what, instead] = entry.method === 'HEAD' ? ['the status 405', '404'] : [`${error.code}, 405,`, 'NoSuchKey'];
  return why.replace(
    ofObject,
    `; ${writeCall(found.listing)} has it in DeleteMarkers: leave those out, or take ${what} for a deleted object, since S3 answers ${instead} for it only to a request without a VersionId`,
  );
}
