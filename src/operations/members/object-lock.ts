import { parseIsoDate } from '../../formats/dates';
import type { ActionName } from '../../model/access/actions';
import type { Bucket } from '../../model/bucket';
import {
  type AskedRetention,
  describeLock,
  endOfPeriod,
  endOfRetention,
  type Lock,
  lockAtCreation,
  makeRetention,
  type Period,
  problemOfPeriod,
} from '../../model/object-lock';
import type { ObjectVersion } from '../../model/versions/version';
import { readLeaf } from '../../protocol/document/leaves';
import { findFirstChecksum } from '../../protocol/request/checksums';
import type { S3Request } from '../../protocol/request/request';
import { S3Error } from '../../refusals/s3-error';
import { element } from '../../shapes/elements';
import { header } from '../../shapes/places';
import { boolean, dateWithMilliseconds, instant, integer, orFalse, word, words } from '../../shapes/values';
import { call } from '../../text/calls';
import { clause, type Said, say } from '../../text/reason';
import { writeValue } from '../../text/values';
import type { Context } from '../operation';
import { when } from './actions';

const modeHeader = 'x-amz-object-lock-mode';
const untilHeader = 'x-amz-object-lock-retain-until-date';
const holdHeader = 'x-amz-object-lock-legal-hold';
const eventHoldHeader = 'x-amz-object-lock-event-hold';
const holdDaysHeader = `${eventHoldHeader}-duration-days` as const;
const holdYearsHeader = `${eventHoldHeader}-duration-years` as const;

export const retentionMode = words('GOVERNANCE', 'COMPLIANCE');
export const legalHoldStatus = words('ON', 'OFF');
export const retainUntil = dateWithMilliseconds;

export const eventHoldStatus = words('ON', 'OFF');

/** The time that a version is kept after the release of its event hold. */
export const eventHoldElements = { Days: element(integer), Years: element(integer) };

export const newLockMembers = {
  ObjectLockMode: header(modeHeader, word('GOVERNANCE', 'COMPLIANCE')),
  // A date that cannot be read is refused later, after the refusal of a missing header of the pair (F104).
  ObjectLockRetainUntilDate: header(untilHeader, retainUntil, { ignoredBy: 'both' }),
  ObjectLockLegalHoldStatus: header(holdHeader, word('ON', 'OFF')),
  ObjectLockEventHold: header(eventHoldHeader, word('ON', 'OFF')),
  // A text that is not a number is refused later, as other words of a lock are.
  ObjectLockEventHoldDurationDays: header(holdDaysHeader, integer, { ignoredBy: 'both' }),
  ObjectLockEventHoldDurationYears: header(holdYearsHeader, integer, { ignoredBy: 'both' }),
};

export const lockMembers = {
  ObjectLockMode: header(modeHeader, retentionMode),
  // Unlike the document of GetObjectRetention (F107).
  ObjectLockRetainUntilDate: header(untilHeader, instant),
  ObjectLockLegalHoldStatus: header(holdHeader, legalHoldStatus),
  ObjectLockEventHold: header(eventHoldHeader, eventHoldStatus),
  ObjectLockEventHoldDurationDays: header(holdDaysHeader, integer),
  ObjectLockEventHoldDurationYears: header(holdYearsHeader, integer),
};

/**
 * A version's lock as the members of an answer, without the members that the caller cannot read. They include a hold that was lifted (F107,
 * F521).
 */
export function lockOutput({ refusalOf, now }: Context, { key, lock }: ObjectVersion, versionId: string | undefined) {
  const mayRead = (action: ActionName) => refusalOf({ action, key, versionId }) === undefined;
  const retention = lock?.retention && mayRead('s3:GetObjectRetention') ? lock.retention : undefined;
  const legalHold = lock?.legalHold && mayRead('s3:GetObjectLegalHold') ? lock.legalHold : undefined;
  const eventHold = retention?.eventHold;
  const duration = eventHold?.Status === 'ON' ? eventHold.duration : undefined;
  return {
    ObjectLockMode: retention?.Mode,
    ObjectLockRetainUntilDate: retention && new Date(endOfRetention(retention, now)),
    ObjectLockLegalHoldStatus: legalHold,
    ObjectLockEventHold: eventHold?.Status,
    ObjectLockEventHoldDurationDays: duration?.Days,
    ObjectLockEventHoldDurationYears: duration?.Years,
  };
}

/** Only `true`, in any case of letters, turns the bypass on. */
const bypass = orFalse(boolean);

export const bypassMember = {
  BypassGovernanceRetention: header('x-amz-bypass-governance-retention', bypass),
};

/** The action of a request that asks to bypass governance: S3 demands it even if no lock is in the way (F521). */
export function bypassAction(bypass: boolean | undefined): readonly ActionName[] {
  return when(bypass === true, 's3:BypassGovernanceRetention');
}

/** F106 */
export function readNewLock(request: S3Request, bucket: Bucket, now: number): Lock | undefined {
  return lockAtCreation(bucket, readLock(request, bucket, now), now);
}

/** The lock is read in S3's order (F104). */
function readLock(request: S3Request, { objectLock }: Bucket, now: number): Lock | undefined {
  const { headers } = request;
  const mode = headers.get(modeHeader);
  const date = headers.get(untilHeader);
  const hold = headers.get(holdHeader);
  const eventHold = sentEventHold(request);
  if (mode === undefined && date === undefined && hold === undefined && eventHold === undefined) return undefined;
  checkPair(mode, date, eventHold);
  const until = date === undefined ? undefined : readDate(date, now);
  const legalHold = hold === undefined ? undefined : readLeaf(legalHoldStatus, hold);
  if (hold !== undefined && legalHold === undefined) throw new S3Error('LegalHoldUnknown', { ArgumentValue: hold });
  const Mode = mode === undefined ? undefined : readLeaf(retentionMode, mode);
  if (mode !== undefined && Mode === undefined) throw new S3Error('LockModeUnknown', { ArgumentValue: mode });
  const asked = { Mode, until, ...(eventHold && readEventHold(eventHold)) };
  if (eventHold) checkEventHold(asked);
  if (asked.eventHold === 'OFF' && until === undefined)
    throw new S3Error('EventHoldIncomplete').because('the event hold is OFF, and there is no date');
  if (date !== undefined) checkHoldEnds(asked, { ArgumentName: untilHeader, ArgumentValue: date }, now);
  if (!objectLock) {
    const sent = { [modeHeader]: mode, [untilHeader]: date, [holdHeader]: hold, [eventHoldHeader]: eventHold?.status };
    throw new S3Error('WriteWithoutLock').quoting(sent);
  }
  return { retention: Mode && makeRetention(undefined, { ...asked, Mode }, now), legalHold };
}

/** The headers of an event hold as they were sent; undefined if none came. IBM COS does not read them (F602). */
interface SentEventHold {
  readonly status: string | undefined;
  readonly days: string | undefined;
  readonly years: string | undefined;
}

function sentEventHold({ headers, dialect }: S3Request): SentEventHold | undefined {
  if (!dialect.objects.haveEventHolds) return undefined;
  const status = headers.get(eventHoldHeader);
  const days = headers.get(holdDaysHeader);
  const years = headers.get(holdYearsHeader);
  return status === undefined && days === undefined && years === undefined ? undefined : { status, days, years };
}

/** Throws if the mode came without the date, or the date without the mode. A mode alone can have an event hold in place of the date. */
function checkPair(mode: string | undefined, date: string | undefined, eventHold: SentEventHold | undefined): void {
  if ((mode === undefined) === (date === undefined) || (date === undefined && eventHold !== undefined)) return;
  const [lacking, came] =
    mode === undefined
      ? ['ObjectLockMode', 'ObjectLockRetainUntilDate']
      : ['ObjectLockRetainUntilDate', 'ObjectLockMode'];
  const why = `the request has ${came}, ${writeValue(mode ?? date)}, without ${lacking}: send both`;
  throw new S3Error('RetentionHalf', { ArgumentName: mode === undefined ? modeHeader : untilHeader }, why);
}

function readEventHold({ status, days, years }: SentEventHold): Pick<AskedRetention, 'eventHold' | 'duration'> {
  const eventHold = status === undefined ? undefined : readLeaf(eventHoldStatus, status);
  if (status !== undefined && eventHold === undefined) throw new S3Error('EventHoldUnknown', { ArgumentValue: status });
  if (days !== undefined && years !== undefined)
    throw new S3Error('EventHoldIncomplete').because('a duration has either days or years');
  const sent = days ?? years;
  if (sent === undefined) return { eventHold };
  // A text that is not a number is refused as one that is too small.
  const length = readLeaf(integer, sent) ?? 0;
  const duration = days === undefined ? { Years: length } : { Days: length };
  const ArgumentName = days === undefined ? holdYearsHeader : holdDaysHeader;
  checkHoldDuration(duration, { ArgumentName, ArgumentValue: sent });
  return { eventHold, duration };
}

type SentRetention = { readonly [Name in keyof AskedRetention]?: AskedRetention[Name] | undefined };

interface Argument {
  readonly ArgumentName: string;
  readonly ArgumentValue: string;
}

export function problemOfUnits({ Days, Years }: Period): string | undefined {
  return (Days === undefined) === (Years === undefined) ? 'a duration has either Days or Years' : undefined;
}

export function checkHoldDuration({ Days, Years }: Period, sent?: Argument): void {
  const found = problemOfPeriod(Days, Years);
  if (found === undefined) return;
  const { unit } = found;
  const argument = sent ?? { ArgumentName: unit, ArgumentValue: String(Days ?? Years) };
  throw new S3Error('EventHoldDurationOutOfRange', argument);
}

/** F602 */
export function checkEventHold({ Mode, eventHold, duration }: SentRetention): void {
  const problem = problemOfHold(Mode, eventHold, duration);
  if (problem !== undefined) throw new S3Error('EventHoldIncomplete').because(problem);
}

function problemOfHold(
  Mode: AskedRetention['Mode'] | undefined,
  eventHold: AskedRetention['eventHold'],
  duration: Period | undefined,
): string | undefined {
  if (Mode === undefined) return 'an event hold also needs a mode of the retention';
  if (eventHold === undefined) return 'a duration also needs the event hold ON';
  if (eventHold === 'ON' && duration === undefined) return 'the event hold is ON, and has no duration';
  if (eventHold === 'OFF' && duration !== undefined) return 'the event hold is OFF, and has a duration';
  return undefined;
}

/** Throws if a request names a date before the earliest end of the event hold that it also names (F602). */
export function checkHoldEnds({ until, duration }: SentRetention, sent: Argument, now: number): void {
  if (until === undefined || duration === undefined || until >= endOfPeriod(duration, now)) return;
  throw new S3Error('RetentionBeforeHold', sent);
}

export function whyPast(until: number, now: number): Said {
  return say`the date is ${new Date(until).toISOString()}, and the clock of the mock is at ${new Date(now).toISOString()}${clause`; count from ${call('s3.clock.now()', {})}`}`;
}

function readDate(date: string, now: number): number {
  const until = parseIsoDate(date);
  if (until === undefined) throw new S3Error('RetentionDateMalformed', { ArgumentValue: date });
  if (until <= now)
    throw new S3Error('RetentionPast', { ArgumentName: untilHeader, ArgumentValue: date }, whyPast(until, now));
  return until;
}

/** Throws if a body is to be kept and its request does not prove that it is the sender's, by a digest and a signature. */
export function checkKeptBody(
  request: S3Request,
  { settings }: Bucket,
  lock: Lock | undefined,
  write: 'Put Object' | 'Put Part',
): void {
  if (settings.protection) requireProtectionDigest(request);
  if (settings.protection || lock === undefined) return;
  if (!hasDigest(request))
    throw new S3Error(
      'LockDigestMissing',
      { write },
      `the write has neither Content-MD5 nor a checksum, and its version has a lock (${describeLock(lock)})`,
    );
  if (request.dialect.objects.locks.needVersion4) requireVersion4(request, lock, write);
}

/** F822 */
function requireProtectionDigest(request: S3Request): void {
  if (hasDigest(request)) return;
  const why = 'the write has neither Content-MD5 nor a checksum, and its bucket has a retention policy';
  throw new S3Error('ProtectionDigestMissing', {}, why);
}

/** F105 */
function hasDigest({ headers, trailers }: S3Request): boolean {
  return headers.has('content-md5') || findFirstChecksum(headers, trailers) !== undefined;
}

/** F1710 */
function requireVersion4({ identity }: S3Request, lock: Lock, write: 'Put Object' | 'Put Part'): void {
  if (identity instanceof S3Error || identity.scheme.startsWith('sigv4')) return;
  const signing = identity.scheme === 'anonymous' ? 'nobody signed the request' : 'the signature is of version 2';
  throw new S3Error('LockUnsigned', { write }, `${signing}, and the version has a lock (${describeLock(lock)})`);
}
