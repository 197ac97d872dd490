import { partsIn } from '../journal/batch';
import { callIdOf } from '../journal/earlier-calls';
import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { MockState } from '../mock/state';
import type { VersionHistoryRow } from '../mock/version-changes';
import type { Bucket } from '../model/bucket';
import { isObject } from '../model/versions/version';
import { versionIdOf } from '../model/versions/version-lookup';
import { memberOf } from '../text/value-kinds';
import { writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { isAssertion, isErrorOf } from './errors';
import type { LastHandleRead } from './handle-read';
import type { Question } from './hint';
import { findMissingObject, findUnmarked } from './library-assertions';

const ofDeletes = /^Delete(?:Object|Objects)$/;

interface RemovedQuestion {
  readonly errors: readonly FailedError[];
  readonly ofHandle: LastHandleRead | undefined;
}

/** An object that a test misses, and the requests that had come before it looked for the object. */
interface Missed {
  readonly bucket: string;
  readonly key: string;
  readonly before: readonly RequestEntry[];
  /** Whether the test misses it only if the code has tried to bring it back. */
  readonly isBroughtBack?: true;
}

/**
 * Says what has removed the object that the last refused read asks for, or that an assertion misses, so that no delete of a marker brings
 * it back. A test that waits for another error knows that the object is gone.
 */
export function writeRemoved(
  { store, versionChanges }: MockState,
  entries: readonly RequestEntry[],
  { errors, ofHandle }: RemovedQuestion,
): string | undefined {
  const missed =
    findRefused(entries, errors) ?? findAsserted(entries, errors) ?? findUndefined(entries, errors, ofHandle);
  const bucket = store.buckets.get(missed?.bucket ?? '');
  if (missed === undefined || bucket === undefined) return undefined;
  const { key } = missed;
  if ([...bucket.versions.of(key)].some(isObject)) return undefined;
  const [removed] = [...versionChanges.of(bucket.name, key)].filter(
    ({ what, deleteMarker }) => what !== 'written' && !deleteMarker,
  );
  const remover = removed && findRemover(removed, missed);
  if (removed === undefined || (missed.isBroughtBack && !isMarkerRemoved(missed, removed, remover))) return undefined;
  return writeRemover(removed, { bucket, entries, remover, marker: nameMarker(store, bucket, key) });
}

/** A read that S3 refused, since there is no object, or since the null version is a delete marker. */
function findRefused(entries: readonly RequestEntry[], errors: readonly FailedError[]): Missed | undefined {
  const read = entries.findLast(({ method, status }) => status === 404 && (method === 'GET' || method === 'HEAD'));
  const { bucket, key, versionId } = read ?? {};
  if (read === undefined || bucket === undefined || key === undefined || versionId !== undefined) return undefined;
  const isThrown = errors.length === 0 || errors.some((error) => isErrorOf(error, read) || isOfHead(error, read));
  const before = entries
    .slice(0, entries.indexOf(read))
    .filter((one) => callIdOf(one) !== callIdOf(read) || callIdOf(one) === undefined);
  return isThrown ? { bucket, key, before } : undefined;
}

/** A deleted object is missing for a reason that the test knows, unless it has been deleted as if that could be undone. */
function findAsserted(entries: readonly RequestEntry[], errors: readonly FailedError[]): Missed | undefined {
  const object = findMissingObject(errors);
  return object && { bucket: object.bucket, key: object.key, before: entries, isBroughtBack: true };
}

/** The same of what a test reads by a handle. */
function findUndefined(
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
  ofHandle: LastHandleRead | undefined,
): Missed | undefined {
  const isMissed = errors.some(
    (error) => error.code === 'NO_SUCH_OBJECT' || (isAssertion(error) && readCompared(error).isUndefined),
  );
  if (!isMissed || ofHandle?.key === undefined) return undefined;
  return { bucket: ofHandle.bucket, key: ofHandle.key, before: entries.slice(0, ofHandle.before), isBroughtBack: true };
}

/** Whether the code has removed the null delete marker that a delete had put in place of the object. */
function isMarkerRemoved({ before, key }: Missed, { what }: VersionHistoryRow, remover?: RequestEntry): boolean {
  if (remover === undefined || what !== 'replaced') return false;
  return before
    .slice(before.indexOf(remover) + 1)
    .some((one) => one.key === key && one.versionId === 'null' && memberOf(one.output, 'DeleteMarker') === true);
}

/** An SDK names the error of a HEAD by its status. */
function isOfHead({ name, code }: FailedError, { method }: RequestEntry): boolean {
  return method === 'HEAD' && [name, code].includes('NotFound');
}

function nameMarker(store: MockState['store'], { versions }: Bucket, key: string): string | undefined {
  const current = versions.current(key);
  return current && versionIdOf(store, current);
}

/** The last request before the test looked for the object that deleted the key, by itself or in a batch. */
function findRemover(
  { versionId, what }: VersionHistoryRow,
  { bucket, key, before }: Missed,
): RequestEntry | undefined {
  // What a null delete marker replaced was not named, and no other version goes without its id.
  const canRemove = (named: unknown) =>
    (named === undefined && (versionId === 'null' || what !== 'removed')) ||
    (named === versionId && what === 'removed');
  return before.findLast((one) => {
    if (one.bucket !== bucket || one.error !== undefined || !ofDeletes.test(one.operation ?? '')) return false;
    if (one.key === key) return canRemove(one.versionId);
    return (
      partsIn(one.input)?.some((part) => memberOf(part, 'Key') === key && canRemove(memberOf(part, 'VersionId'))) ===
      true
    );
  });
}

interface Removal {
  readonly bucket: Bucket;
  readonly entries: readonly RequestEntry[];
  readonly remover: RequestEntry | undefined;
  readonly marker: string | undefined;
}

function writeRemover(
  { versionId, by, at, what }: VersionHistoryRow,
  { bucket, entries, remover, marker }: Removal,
): string | undefined {
  if (remover === undefined) {
    if (by.request !== undefined) return undefined;
    const rule = by.rule === undefined ? '' : `, by rule ${writeValue(by.rule)}`;
    return `${by.operation} removed the object on ${at.toISOString().slice(0, 10)}${rule}.`;
  }
  const call = writeCall(remover);
  const below = marker === undefined ? '' : ', and left the delete marker above it';
  const isNamed = remover.versionId !== undefined || (versionId !== 'null' && what === 'removed');
  if (isNamed)
    return `${call} removed the version ${writeValue(versionId)} for good, since it named that version${below}. To bring an object back, delete its delete marker by the id of the marker${marker === undefined ? '' : `, ${writeValue(marker)}`}.`;
  if (isChangedSince(bucket, entries, remover))
    return `${call} removed the object for good, since the versioning of the bucket was not Enabled when it came: a delete keeps what it hides only while versioning is Enabled.`;
  return bucket.versioningHistory.present === 'Suspended'
    ? `${call} removed the null version for good, since the versioning of the bucket is Suspended: a delete keeps what it hides only while versioning is Enabled.`
    : `${call} removed the object for good, since the bucket has no versioning: ${writeEnabling(bucket, entries)} a delete keeps what it hides below a delete marker.`;
}

/** Whether the versioning that the bucket has now can be another one than a delete has met, which kept nothing, as it does while it is Enabled. */
function isChangedSince(
  { name, versioningHistory: { present } }: Bucket,
  entries: readonly RequestEntry[],
  remover: RequestEntry,
): boolean {
  const isPut = ({ operation, error, bucket }: RequestEntry) =>
    operation === 'PutBucketVersioning' && bucket === name && error === undefined;
  return present === 'Enabled' || entries.slice(entries.indexOf(remover) + 1).some(isPut);
}

/** A bucket that the test has created has no fixture. */
function writeEnabling({ name }: Bucket, entries: readonly RequestEntry[]): string {
  const isCreated = entries.some((one) => one.operation === 'CreateBucket' && one.bucket === name && !one.error);
  return isCreated ? "after PutBucketVersioning with Status: 'Enabled'," : "with versioning: 'Enabled' in its fixture,";
}

/** Says that a delete added no marker, where the test expects one, since the bucket has no versioning. */
export function writeUnmarked({ store, entries, errors }: Question): string | undefined {
  const { bucket: name = '', key } = findUnmarked(errors) ?? {};
  const bucket = store.buckets.get(name);
  if (bucket === undefined || bucket.versioningHistory.present !== undefined) return undefined;
  // A bucket of the same name that has been deleted can have had versioning.
  const deleted = entries.findLastIndex(
    ({ operation, ...one }) => operation === 'DeleteBucket' && one.bucket === name && !one.error,
  );
  const remover = entries
    .slice(deleted + 1)
    .findLast(
      ({ operation, error, ...one }) =>
        operation === 'DeleteObject' && one.bucket === name && one.key === key && !error,
    );
  return (
    remover &&
    `${writeCall(remover)} added no delete marker and left nothing of the key, since the bucket has no versioning: ${writeEnabling(bucket, entries)} a delete keeps what it hides below a delete marker.`
  );
}
