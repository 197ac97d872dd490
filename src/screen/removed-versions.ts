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
import { isErrorOf } from './errors';

const ofDeletes = /^Delete(?:Object|Objects)$/;

/**
 * Says what has removed the object that the last refused read asks for, so that no delete of a marker brings it back. A test that waits
 * for another error knows that the object is gone.
 */
export function writeRemoved(
  { store, versionChanges }: MockState,
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): string | undefined {
  const read = entries.findLast(({ method, status }) => status === 404 && (method === 'GET' || method === 'HEAD'));
  const bucket = store.buckets.get(read?.bucket ?? '');
  if (read?.key === undefined || bucket === undefined || read.versionId !== undefined) return undefined;
  const isThrown = errors.length === 0 || errors.some((error) => isErrorOf(error, read) || isOfHead(error, read));
  const { key } = read;
  if (!isThrown || [...bucket.versions.of(key)].some(isObject)) return undefined;
  const [removed] = [...versionChanges.of(bucket.name, key)].filter(
    ({ what, deleteMarker }) => what !== 'written' && !deleteMarker,
  );
  return removed && writeRemover(removed, bucket, findRemover(removed, read, entries), nameMarker(store, bucket, key));
}

/** An SDK names the error of a HEAD by its status. */
function isOfHead({ name, code }: FailedError, { method }: RequestEntry): boolean {
  return method === 'HEAD' && [name, code].includes('NotFound');
}

function nameMarker(store: MockState['store'], { versions }: Bucket, key: string): string | undefined {
  const current = versions.current(key);
  return current && versionIdOf(store, current);
}

/** The last request before the read that deleted the key, by itself or in a batch. */
function findRemover(
  { versionId, what }: VersionHistoryRow,
  read: RequestEntry,
  entries: readonly RequestEntry[],
): RequestEntry | undefined {
  const { bucket, key } = read;
  // What a null delete marker replaced was not named, and no other version goes without its id.
  const canRemove = (named: unknown) =>
    (named === undefined && (versionId === 'null' || what !== 'removed')) ||
    (named === versionId && what === 'removed');
  return entries
    .slice(0, entries.indexOf(read))
    .filter((one) => callIdOf(one) !== callIdOf(read) || callIdOf(one) === undefined)
    .findLast((one) => {
      if (one.bucket !== bucket || one.error !== undefined || !ofDeletes.test(one.operation ?? '')) return false;
      if (one.key === key) return canRemove(one.versionId);
      return (
        partsIn(one.input)?.some((part) => memberOf(part, 'Key') === key && canRemove(memberOf(part, 'VersionId'))) ===
        true
      );
    });
}

function writeRemover(
  { versionId, by, at, what }: VersionHistoryRow,
  { versioningHistory }: Bucket,
  remover: RequestEntry | undefined,
  marker: string | undefined,
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
  return versioningHistory.present === 'Suspended'
    ? `${call} removed the null version for good, since the versioning of the bucket is Suspended: a delete keeps what it hides only while versioning is Enabled.`
    : `${call} removed the object for good, since the bucket has no versioning: with versioning: 'Enabled' a delete keeps what it hides below a delete marker.`;
}
