import type { RequestEntry } from '../journal/entry';
import type { MockState } from '../mock/state';
import { isObject } from '../model/versions/version';
import { versionIdOf } from '../model/versions/version-lookup';
import { memberOf } from '../text/value-kinds';

type Known = Pick<MockState, 'store' | 'journal' | 'versionChanges'>;

/** Whether a write found the object that a read before it was answered: a handle, a rule or S3 itself can have changed it between them. */
export function isUnchangedUntil(write: RequestEntry, read: RequestEntry, known: Known): boolean {
  const id = memberOf(read.output, 'VersionId');
  const isOfNull = id === undefined || id === 'null';
  return isBelow(write, read, known) || (isOfNull && isReplaced(write, read, known));
}

/** Whether the object that was read is the version right below the one that the write added. */
function isBelow(write: RequestEntry, read: RequestEntry, { store }: Known): boolean {
  const { bucket = '', key = '' } = write;
  const versions = [...(store.buckets.get(bucket)?.versions.of(key) ?? [])];
  const id = memberOf(write.output, 'VersionId') ?? 'null';
  const version = versions[versions.findIndex((one) => versionIdOf(store, one) === id) + 1];
  if (version === undefined || !isObject(version)) return false;
  const isSame = versionIdOf(store, version) === (memberOf(read.output, 'VersionId') ?? 'null');
  return isSame && `"${version.content.etag}"` === memberOf(read.output, 'ETag');
}

/** Whether the write replaced a null version of the size and the date of the object that was read. Nobody keeps its bytes. */
function isReplaced(write: RequestEntry, { output }: RequestEntry, { journal, versionChanges }: Known): boolean {
  const { bucket = '', key = '' } = write;
  const request = journal.feed.before + journal.slice().indexOf(write) + 1;
  const date = memberOf(output, 'LastModified');
  const size = memberOf(output, 'ContentLength');
  return [...versionChanges.of(bucket, key)].some(
    ({ what, by, lastModified, ...replaced }) =>
      what === 'replaced' && by.request === request && replaced.size === size && isSameSecond(lastModified, date),
  );
}

/** Answers have their dates in whole seconds. */
function isSameSecond(date: Date, answered: unknown): boolean {
  const at = new Date(answered as Date).getTime(); // a date of the engine and a date of a test are of two realms
  return Math.trunc(date.getTime() / 1000) === Math.trunc(at / 1000);
}
