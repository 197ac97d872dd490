import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { MockState } from '../mock/state';
import { isObject } from '../model/versions/version';
import { findVersion } from '../model/versions/version-lookup';
import { findLocked } from '../preset/older-locks';
import { showVersions } from '../preset/version-copies';
import { memberOf } from '../text/value-kinds';
import { writeKey, writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { isMissingRejection } from './errors';

type Known = Pick<MockState, 'store' | 'fixtures'>;

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
  const deleted = findDeleted(entries.at(-1));
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
  const lock = entries.findLast(
    (one) => ofLocks.test(one.operation ?? '') && one.bucket === name && one.key === key && one.error === undefined,
  );
  if (lock === undefined)
    return `A lock belongs to one version: of ${writeKey(key)} the version ${id} is locked, and ${other}, which was deleted, was not. PutObjectRetention with VersionId: ${other} locks that one.`;
  const named = lock.versionId === undefined ? `named no version, so it locked the current one, ${id}` : `locked ${id}`;
  return `${writeCall(lock)} ${named}, and a lock belongs to one version: send it with VersionId: ${other} as well, before the delete of that version.`;
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
