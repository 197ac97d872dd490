import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { findRequestsOnKey } from '../journal/key-requests';
import { isObject } from '../model/versions/version';
import { versionIdOf } from '../model/versions/version-lookup';
import { firstFound } from '../text/lists';
import { isArray, isDate, memberOf } from '../text/value-kinds';
import { writeValue } from '../text/values';
import { readCompared } from './compared-texts';
import { isAssertion, isErrorOf } from './errors';
import type { LastHandleRead } from './handle-read';
import type { Question } from './hint';
import { findMarkedObject } from './library-assertions';

interface MarkerQuestion extends Question {
  readonly ofHandle: LastHandleRead | undefined;
  /** Whether the screen says already which version was removed. */
  readonly isSaid: boolean;
}

/** The key with a delete marker on top, and the request that should have removed the marker. */
interface Left {
  readonly bucket: string;
  readonly removal: RequestEntry;
  readonly removed: string;
  readonly marker: string;
}

/** Says that the code removed another version than the delete marker which hides the object that a test expects. */
export function writeLeftMarker(question: MarkerQuestion): string | undefined {
  const asked = findAsked(question);
  const left = asked && findLeft({ ...question, entries: question.entries.slice(0, asked.before) }, asked);
  if (left === undefined) return undefined;
  const { removal, removed, marker } = left;
  const call = writeCall(removal);
  const [id, idOfMarker] = [writeValue(removed), writeValue(marker)];
  if (memberOf(removal.output, 'DeleteMarker') === true)
    return `${call} removed the delete marker ${id}, which was not the current one: ${idOfMarker} still hides the object. Delete the marker that ListObjectVersions lists with IsLatest: true.`;
  if (!haveOneDate(question.entries, left)) return undefined;
  const what = question.isSaid
    ? 'The version and its delete marker'
    : `${call} removed the version ${id} and left the delete marker ${idOfMarker} above it: both`;
  return `${what} have the same LastModified, which is in whole seconds, so a list that is sorted by it does not begin with the newer one. Choose what has IsLatest: true, or call s3.clock.advance({ seconds: 1 }) before the delete that adds the marker.`;
}

/** An object that a test expects, and how many requests had come before the test looked for it. */
interface AskedObject extends Pick<RequestEntry, 'bucket' | 'key'> {
  readonly before: number;
}

/** The object that a test expects, by an assertion of the library, by a handle, or by a request that S3 refused. */
function findAsked({ entries, errors, ofHandle }: MarkerQuestion): AskedObject | undefined {
  const marked = findMarkedObject(errors);
  if (marked !== undefined) return { ...marked, before: entries.length };
  const isMissed = errors.some((error) => isAssertion(error) && readCompared(error).isUndefined);
  if (isMissed && ofHandle?.key !== undefined) return ofHandle;
  const at = entries.findLastIndex((one) => one.method === 'GET' && errors.some((error) => isErrorOf(error, one)));
  const read = entries[at];
  // No marker hides a version that a request names.
  return read === undefined || read.versionId !== undefined ? undefined : { ...read, before: at };
}

function findLeft(
  { store, entries }: Pick<Question, 'store' | 'entries'>,
  { bucket = '', key = '' }: Pick<RequestEntry, 'bucket' | 'key'>,
): Left | undefined {
  const current = store.buckets.get(bucket)?.versions.current(key);
  const removal = findRequestsOnKey({ dropped: 0, slice: () => [...entries] }, bucket, key).at(-1)?.recorded;
  const removed = removal?.versionId;
  if (current === undefined || isObject(current) || removal?.operation !== 'DeleteObject') return undefined;
  // A marker that came later, by a rule or by a handle, was not there for the code to choose.
  if (removed === undefined || removal.error !== undefined || current.created > removal.time.getTime())
    return undefined;
  return { bucket, removal, removed, marker: versionIdOf(store, current) };
}

/** Whether the last listing before the removal had one date for the version and the marker. */
function haveOneDate(entries: readonly RequestEntry[], { bucket, removal, removed, marker }: Left): boolean {
  const listing = entries
    .slice(0, entries.indexOf(removal))
    .findLast((one) => one.operation === 'ListObjectVersions' && one.bucket === bucket && one.error === undefined);
  const listed = memberOf(listing?.output, 'Entries');
  const all = isArray(listed)
    ? listed.map((one: unknown) => memberOf(one, 'Versions') ?? memberOf(one, 'DeleteMarkers'))
    : [];
  const [date, other] = [removed, marker].map((id) =>
    firstFound(all, (one) =>
      memberOf(one, 'VersionId') === id ? readSecond(memberOf(one, 'LastModified')) : undefined,
    ),
  );
  return date !== undefined && date === other;
}

/** A date as S3 answers it. */
function readSecond(date: unknown): number | undefined {
  return isDate(date) ? Math.floor(date.getTime() / 1000) : undefined;
}
