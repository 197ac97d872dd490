import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { Store } from '../model/store';
import { findVersion } from '../model/versions/version-lookup';
import { memberOf } from '../text/value-kinds';
import type { FailedError } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { comparesTruth, isAssertion } from './errors';

/** S3 leaves the lock out of an answer to a caller that may not read it, and refuses nothing. */
export function writeHiddenLock(
  store: Store,
  entries: readonly RequestEntry[],
  ofRunner: readonly FailedError[],
): string | undefined {
  const last = entries.at(-1);
  const isMissed = ofRunner.some(
    (error) => comparesTruth(error) || (isAssertion(error) && readCompared(error).isUndefined),
  );
  const who = last && nameCaller(last);
  if (last === undefined || who === undefined || !isMissed || !isRead(last)) return undefined;
  const bucket = store.buckets.get(last.bucket ?? '');
  const { key = '', versionId } = last;
  const version =
    bucket && (versionId === undefined ? bucket.versions.current(key) : findVersion(store, bucket, key, versionId));
  const hidden = [
    { member: 'ObjectLockLegalHoldStatus', action: 's3:GetObjectLegalHold', has: version?.lock?.legalHold === 'ON' },
    { member: 'ObjectLockMode', action: 's3:GetObjectRetention', has: version?.lock?.retention !== undefined },
  ].find(({ member, has }) => has && memberOf(last.output, member) === undefined);
  return (
    hidden &&
    `${writeCall(last)}: the version has ${hidden.member}, and the answer leaves it out, since ${who} may not do ${hidden.action}. Allow it, if the code reads it.`
  );
}

/** The root user may read all locks of its account. */
function nameCaller({ caller }: RequestEntry): string | undefined {
  if (caller === 'anonymous' || caller === undefined) return undefined;
  const { user, role } = caller;
  return user === undefined ? role && `role ${role}` : `user ${user}`;
}

function isRead({ operation, error }: RequestEntry): boolean {
  return error === undefined && (operation === 'HeadObject' || operation === 'GetObject');
}
