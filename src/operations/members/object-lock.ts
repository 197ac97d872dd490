import { parseIsoDate } from '../../formats/dates';
import type { ActionName } from '../../model/access/actions';
import type { Bucket } from '../../model/bucket';
import { type Lock, type Retention, refusalForLocked } from '../../model/object-lock';
import type { ObjectVersion } from '../../model/versions/version';
import { readLeaf } from '../../protocol/document/leaves';
import { firstChecksum } from '../../protocol/request/checksums';
import type { S3Request } from '../../protocol/request/request';
import { S3Error } from '../../refusals/s3-error';
import { element } from '../../shapes/elements';
import { header } from '../../shapes/places';
import { boolean, dateWithMilliseconds, integer, orFalse, word, words } from '../../shapes/values';
import type { Context } from '../operation';

const modeHeader = 'x-amz-object-lock-mode';
const untilHeader = 'x-amz-object-lock-retain-until-date';
const holdHeader = 'x-amz-object-lock-legal-hold';
const eventHoldHeader = 'x-amz-object-lock-event-hold';

export const retentionMode = words('GOVERNANCE', 'COMPLIANCE');
export const legalHoldStatus = words('ON', 'OFF');
export const retainUntil = dateWithMilliseconds;

/** The time that a hold lasts after its event. */
export const eventHoldElements = { Days: element(integer), Years: element(integer) };

/** The members of a write that lock the new version. */
export const newLockMembers = {
  ObjectLockMode: header(modeHeader, word<'GOVERNANCE' | 'COMPLIANCE'>()),
  // A date that cannot be read is refused later, after the refusal of a missing header of the pair (F104).
  ObjectLockRetainUntilDate: header(untilHeader, retainUntil, { ignoredBy: 'both' }),
  ObjectLockLegalHoldStatus: header(holdHeader, word<'ON' | 'OFF'>()),
  ObjectLockEventHold: header(eventHoldHeader, word<'ON' | 'OFF'>()),
  ObjectLockEventHoldDurationDays: header(`${eventHoldHeader}-duration-days`, integer, {
    ignoredBy: 'both',
  }),
  ObjectLockEventHoldDurationYears: header(`${eventHoldHeader}-duration-years`, integer, {
    ignoredBy: 'both',
  }),
};

/** The members of an answer that describe a version's lock. */
export const lockMembers = {
  ObjectLockMode: header(modeHeader, retentionMode),
  ObjectLockRetainUntilDate: header(untilHeader, retainUntil),
  ObjectLockLegalHoldStatus: header(holdHeader, legalHoldStatus),
};

/** A version's lock as the members of an answer, without what the caller may not read. They include a hold that was lifted (F107, F521). */
export function lockOutput({ refusalOf }: Context, { key, lock }: ObjectVersion, versionId: string | undefined) {
  const mayRead = (action: ActionName) => refusalOf({ action, key, versionId }) === undefined;
  const retention = lock?.retention && mayRead('s3:GetObjectRetention') ? lock.retention : undefined;
  const legalHold = lock?.legalHold && mayRead('s3:GetObjectLegalHold') ? lock.legalHold : undefined;
  return {
    ObjectLockMode: retention?.Mode,
    ObjectLockRetainUntilDate: retention && new Date(retention.until),
    ObjectLockLegalHoldStatus: legalHold,
  };
}

/** Whether to bypass governance: only `true`, in any case of letters, asks for it. */
const bypass = orFalse(boolean);

/** The member of a request that bypasses governance. */
export const bypassMember = {
  BypassGovernanceRetention: header('x-amz-bypass-governance-retention', bypass),
};

/** A change of a version that its lock may refuse. */
interface LockedChange {
  readonly version: ObjectVersion;
  /** The id that the request names. */
  readonly versionId: string | undefined;
  /** Whether the request asks to bypass governance. */
  readonly bypass: boolean;
  /** Whether the lock permits the change, with a bypass or without one. */
  readonly permits: (bypasses: boolean) => boolean;
}

/** Throws if a lock refuses a change. S3 asks for the right to bypass governance only if the lock would refuse (F100, F521). */
export function checkLock({ refusalOf }: Context, change: LockedChange): void {
  const { version, versionId, bypass, permits } = change;
  if (permits(false)) return;
  const locked = refusalForLocked(version);
  if (!bypass || !permits(true)) throw locked;
  const denied = refusalOf({ action: 's3:BypassGovernanceRetention', key: version.key, versionId });
  if (denied) throw locked.introducedBy(`the caller may not bypass governance (${denied.why})`);
}

/** Throws if a write asks for a hold until an event: S3 has them, and a version here would only seem to be held (F602). */
function checkNoEventHold({ headers, dialect }: S3Request): void {
  const asked = [eventHoldHeader, `${eventHoldHeader}-duration-days`, `${eventHoldHeader}-duration-years`];
  const sent = asked.filter((name) => headers.has(name) && headers.get(name) !== 'OFF');
  if (sent.length > 0 && dialect.objects.haveEventHolds)
    throw new S3Error('MockEventHoldNotImplemented', {}, `${sent.join(', ')} came`);
}

/** Reads the lock that a write asks for, or throws S3's refusals in S3's order (F104). */
export function readLock(request: S3Request, { objectLock }: Bucket, now: number): Lock | undefined {
  checkNoEventHold(request);
  const { headers } = request;
  const mode = headers.get(modeHeader);
  const date = headers.get(untilHeader);
  const hold = headers.get(holdHeader);
  if (mode === undefined && date === undefined && hold === undefined) return undefined;
  if ((mode === undefined) !== (date === undefined))
    throw new S3Error('RetentionHalf', { ArgumentName: mode === undefined ? modeHeader : untilHeader }).quoting({
      [modeHeader]: mode,
      [untilHeader]: date,
    });
  const until = date === undefined ? undefined : readDate(date, now);
  const legalHold = hold === undefined ? undefined : readLeaf(legalHoldStatus, hold);
  if (hold !== undefined && legalHold === undefined) throw new S3Error('LegalHoldUnknown', { ArgumentValue: hold });
  const Mode = mode === undefined ? undefined : readLeaf(retentionMode, mode);
  if (mode !== undefined && Mode === undefined) throw new S3Error('LockModeUnknown', { ArgumentValue: mode });
  if (!objectLock)
    throw new S3Error('WriteWithoutLock').quoting({ [modeHeader]: mode, [untilHeader]: date, [holdHeader]: hold });
  const retention: Retention | undefined = Mode && until !== undefined ? { Mode, until } : undefined;
  return { retention, legalHold };
}

function readDate(date: string, now: number): number {
  const until = parseIsoDate(date);
  if (until === undefined) throw new S3Error('RetentionDateMalformed', { ArgumentValue: date });
  if (until <= now) throw new S3Error('RetentionPast', { ArgumentName: untilHeader, ArgumentValue: date });
  return until;
}

/** Throws if a body has no digest and is to be kept, by the request, the bucket's default (F105) or its retention policy (F822). */
export function requireDigest(
  { headers, trailers }: S3Request,
  { defaultRetention, settings }: Bucket,
  lock: Lock | undefined,
  write: 'Put Object' | 'Put Part',
): void {
  if (lock === undefined && defaultRetention === undefined && !settings.protection) return;
  if (headers.has('content-md5') || firstChecksum(headers, trailers) !== undefined) return;
  if (settings.protection)
    throw new S3Error(
      'ProtectionDigestMissing',
      {},
      'the write has neither digest, and its bucket has a retention policy',
    );
  const why = lock ? 'it asks for a lock' : 'its bucket has a default retention';
  throw new S3Error('LockDigestMissing', { write }, `the write has neither digest, and ${why}`);
}
