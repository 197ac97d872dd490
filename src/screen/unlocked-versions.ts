import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { MockState } from '../mock/state';
import { isObject } from '../model/versions/version';
import { findVersion } from '../model/versions/version-lookup';
import { findLocked } from '../preset/older-locks';
import { type StoredObject, showVersions } from '../preset/version-copies';
import { counted } from '../text/counts';
import { firstFound } from '../text/lists';
import { isDate, memberOf } from '../text/value-kinds';
import { writeKey, writeValue } from '../text/values';
import type { ComparedValue, FailedError } from '../thrown-errors';
import { countText } from './compared-texts';
import { isErrorOf, isMissingRejection } from './errors';
import type { LastHandleRead } from './handle-read';
import { findOtherVersions, listDifferences } from './library-assertions';
import { findUnlockedVersion, isLockMissing } from './trials/locks';

interface Known extends Pick<MockState, 'store' | 'fixtures'> {
  readonly ofHandle: LastHandleRead | undefined;
}

/** A version that a test has deleted, although it expects a lock to keep it. */
interface Deleted {
  readonly entry: RequestEntry;
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
}

/** Says why no lock kept the version whose delete a test expects to be refused: another one is locked, or the default retention came later. */
export function writeUnlocked(
  known: Known,
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): string | undefined {
  const unlocked = writeUnlockedOfBucket(known, entries, errors) ?? writeCurrentAlone(known, entries, errors);
  const deleted = findDeleted(entries.at(-1));
  if (unlocked !== undefined) return unlocked;
  if (deleted === undefined || !errors.some(({ message }) => isMissingRejection(message))) return undefined;
  return writeOtherLocked(known, entries, deleted) ?? writeLaterDefault(known, entries, deleted);
}

function findDeleted(entry: RequestEntry | undefined): Deleted | undefined {
  if (entry?.operation !== 'DeleteObject' || entry.error !== undefined || entry.failure !== undefined) return undefined;
  const { bucket, key, versionId } = entry;
  const isMarker = memberOf(entry.output, 'DeleteMarker') === true;
  if (bucket === undefined || key === undefined || versionId === undefined || isMarker) return undefined;
  return { entry, bucket, key, versionId };
}

const ofLocks = /^PutObject(?:Retention|LegalHold)$/;

/** A lock without a version id is that of the current version. */
function writeOtherLocked(
  { store }: Known,
  entries: readonly RequestEntry[],
  { bucket: name, key, versionId }: Deleted,
): string | undefined {
  const bucket = store.buckets.get(name);
  if (bucket === undefined) return undefined;
  const locked = findLocked([...showVersions(store, bucket, key)], store.clock.now());
  if (locked === undefined) return undefined;
  const [id, other] = [writeValue(locked.versionId), writeValue(versionId)];
  const sent = listLocks(entries, { bucket: name, key });
  // The version had a lock, which the test has taken away.
  if (sent.some((one) => one.versionId === versionId)) return undefined;
  const lock = sent.findLast(
    (one) => hasLock(locked, one) && (one.versionId === undefined || one.versionId === locked.versionId),
  );
  if (lock === undefined)
    return `A lock belongs to one version: of ${writeKey(key)} the version ${id} is locked, and ${other}, which was deleted, was not. PutObjectRetention with VersionId: ${other} locks that one.`;
  const named = lock.versionId === undefined ? `named no version, so it locked the current one, ${id}` : `locked ${id}`;
  return `${writeCall(lock)} ${named}, and a lock belongs to one version: send it with VersionId: ${other} as well, before the delete of that version.`;
}

/** The requests of a test that locked a version of a key, or changed its lock. */
function listLocks(
  entries: readonly RequestEntry[],
  { bucket, key }: Pick<RequestEntry, 'bucket' | 'key'>,
): readonly RequestEntry[] {
  return entries.filter(
    (one) => ofLocks.test(one.operation ?? '') && one.bucket === bucket && one.key === key && one.error === undefined,
  );
}

/** A lock without a version id locked another version than the one that `toBeLocked` expects. */
function writeUnlockedOfBucket(
  { store }: Known,
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): string | undefined {
  const { bucket: name = '', key = '', versionId } = findUnlockedVersion(errors) ?? {};
  const bucket = store.buckets.get(name);
  const lock = listLocks(entries, { bucket: name, key }).at(-1);
  if (bucket === undefined || versionId === undefined || lock === undefined) return undefined;
  const locked = [...showVersions(store, bucket, key)].find((one) => !one.deleteMarker && hasLock(one, lock));
  if (locked === undefined || lock.versionId !== undefined) return undefined;
  return `${writeCall(lock)} named no version, so it locked the one that was current, ${writeValue(locked.versionId)}, and a lock belongs to one version: send it with VersionId: ${writeValue(versionId)}.`;
}

/** A lock without a version id is that of the current version, and a test expects it of the older ones as well. */
function writeCurrentAlone(
  { store, ofHandle }: Known,
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): string | undefined {
  return firstFound(errors, (error) => {
    const versions = findOtherVersions([error]);
    const refused = findRefusedRead(entries, error);
    const asked = versions ?? ofHandle ?? refused;
    const { bucket: name = '', key = '' } = asked ?? {};
    const bucket = store.buckets.get(name);
    if (bucket === undefined) return undefined;
    const all = [...showVersions(store, bucket, key)];
    const [current, ...older] = all.filter((one) => !one.deleteMarker);
    return firstFound(listLocks(entries, { bucket: name, key }).toReversed(), (lock) => {
      const unlocked = older.filter((one) => !hasLock(one, lock));
      const isLocked = current !== undefined && lock.versionId === undefined && hasLock(current, lock);
      if (!isLocked || unlocked.length === 0) return undefined;
      const places = unlocked.map((one) => all.length - 1 - all.indexOf(one));
      // A lock has two kinds, and a test can miss the other one.
      const isMissed =
        (asked === versions && isLockExpected(error, lock, places)) ||
        (asked === ofHandle && isMoreExpected(ofHandle, error, lock)) ||
        (asked === refused && refused?.operation === lock.operation?.replace('Put', 'Get'));
      return isMissed ? writeLockOfCurrent(lock, current.versionId, unlocked.length) : undefined;
    });
  });
}

function writeLockOfCurrent(lock: RequestEntry, versionId: string, unlocked: number): string {
  return `${writeCall(lock)} named no version, so it locked the current one alone, ${writeValue(versionId)}, and ${counted(unlocked, 'older version')} of the key ${unlocked === 1 ? 'has' : 'have'} no such lock: send it with each VersionId of ListObjectVersions.`;
}

/** Whether `toHaveVersions`, which counts from the oldest, misses the lock of one of the versions at some places. */
function isLockExpected({ message }: FailedError, { operation }: RequestEntry, places: readonly number[]): boolean {
  const name = operation === 'PutObjectLegalHold' ? 'legalHold' : 'retention';
  const members = new Set(places.map((place) => `[${place}].${name}`));
  return listDifferences(message).some(({ member }) => members.has(member.split('.', 2).join('.')));
}

/** Whether a test has read versions by a handle, and expected the lock of a request of more of them than have it. */
function isMoreExpected(read: LastHandleRead | undefined, error: FailedError, { input }: RequestEntry): boolean {
  const { expected = [], received = [] } = error.compared ?? {};
  const text = memberOf(memberOf(input, 'LegalHold'), 'Status') ?? memberOf(memberOf(input, 'Retention'), 'Mode');
  const isMore = typeof text === 'string' && countText(writeAll(expected), text) > countText(writeAll(received), text);
  return read?.isOfVersions === true && isMore;
}

function writeAll(values: readonly ComparedValue[]): readonly string[] {
  return values.map(({ value }) => String(value));
}

/** A read of the lock of one version, which S3 refused since that version has none. */
function findRefusedRead(entries: readonly RequestEntry[], error: FailedError): RequestEntry | undefined {
  return entries.findLast((one) => isLockMissing(one) && one.versionId !== undefined && isErrorOf(error, one));
}

/** Whether the lock of a version is the one that a request has put. */
function hasLock({ legalHold, retention }: StoredObject, { operation, input }: RequestEntry): boolean {
  if (operation === 'PutObjectLegalHold')
    return legalHold === 'ON' && memberOf(memberOf(input, 'LegalHold'), 'Status') === 'ON';
  const until = memberOf(memberOf(input, 'Retention'), 'RetainUntilDate');
  return isDate(until) && retention?.RetainUntilDate.getTime() === until.getTime();
}

/** The default retention is put by the test, and the version is older. */
function writeLaterDefault(
  { store, fixtures }: Known,
  entries: readonly RequestEntry[],
  { entry, bucket, key, versionId }: Deleted,
): string | undefined {
  const at = entries.findLastIndex((one) => one.bucket === bucket && hasDefault(one));
  const put = entries[at];
  if (put === undefined || memberOf(entry.input, 'BypassGovernanceRetention') === true) return undefined;
  const write = entries.findIndex(
    (one) =>
      one.bucket === bucket && one.key === key && memberOf(one.output, 'VersionId') === versionId && one !== entry,
  );
  const isOlder = write === -1 ? wasThere(store, fixtures, { bucket, key, versionId }) : write < at;
  return isOlder
    ? `The version ${writeValue(versionId)} of ${writeKey(key)} was written before ${writeCall(put)}, and a default retention locks only what is written after it. To lock that version, send PutObjectRetention with VersionId: ${writeValue(versionId)}.`
    : undefined;
}

function hasDefault({ operation, input, error }: RequestEntry): boolean {
  const rule = memberOf(memberOf(input, 'ObjectLockConfiguration'), 'Rule');
  return operation === 'PutObjectLockConfiguration' && error === undefined && rule !== undefined;
}

/** Whether a version without a lock was there when the test began. */
function wasThere(
  store: Known['store'],
  fixtures: Known['fixtures'],
  { bucket: name, key, versionId }: Pick<Deleted, 'bucket' | 'key' | 'versionId'>,
): boolean {
  const find = () => {
    const bucket = store.buckets.get(name);
    const version = bucket && findVersion(store, bucket, key, versionId);
    return version !== undefined && isObject(version) && version.lock === undefined;
  };
  return store.unobserved(() => store.actOn(fixtures, find)).result;
}
