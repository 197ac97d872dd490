import { writeValue } from '../text/values';
import type { StoredObject, StoredVersion } from './version-copies';

/** A legal hold, and the modes of a retention. */
export const locks: readonly string[] = ['ON', 'GOVERNANCE', 'COMPLIANCE'];

function isHeld({ legalHold }: StoredObject, asked: readonly string[]): boolean {
  return legalHold === 'ON' && asked.includes(legalHold);
}

function isRetained({ retention }: StoredObject, now: number, asked: readonly string[]): boolean {
  return retention !== undefined && asked.includes(retention.Mode) && retention.RetainUntilDate.getTime() > now;
}

/** Finds the newest version that one of the locks keeps. `versions` are those of a key, newest first. */
export function findLocked(versions: readonly StoredVersion[], now: number, asked = locks): StoredObject | undefined {
  return versions.find(
    (one): one is StoredObject => !one.deleteMarker && (isHeld(one, asked) || isRetained(one, now, asked)),
  );
}

/**
 * Says which older version of a key is locked, where the current one is not. `versions` are those of the key, newest first, and `expected` the
 * locks of which one would be enough.
 */
export function whyOlderIsLocked(
  [current, ...older]: readonly StoredVersion[],
  now: number,
  expected = locks,
): string | undefined {
  const locked = findLocked(older, now, expected);
  if (current === undefined || current.deleteMarker || locked === undefined) return undefined;
  const [state, members, operation] = isHeld(locked, expected)
    ? ['under a legal hold', "ObjectLockLegalHoldStatus: 'ON'", 'PutObjectLegalHold']
    : ['retained', 'ObjectLockMode and ObjectLockRetainUntilDate', 'PutObjectRetention'];
  return `A lock belongs to one version: the older version ${writeValue(locked.versionId)} is ${state}, and a new version is not. Send ${members} with the write, or ${operation} after it.`;
}
