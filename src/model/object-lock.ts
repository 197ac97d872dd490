import { addYears } from '../formats/dates';
import { day } from '../formats/durations';
import { S3Error } from '../refusals/s3-error';
import { counted } from '../text/counts';

/** The mode and the end of a version's retention. */
export interface Retention {
  readonly Mode: RetentionMode;
  /** Milliseconds since 1970. While an event hold is on, the least end, since the end moves with time (F602). */
  readonly until: number;
  readonly eventHold?: EventHold | undefined;
}

/** The hold of a retention until an event: on, with the time that it lasts after its release, or released. */
export type EventHold = { readonly Status: 'ON'; readonly duration: Period } | { readonly Status: 'OFF' };

/** A time in days or in calendar years, not in both. */
export interface Period {
  readonly Days?: number;
  readonly Years?: number;
}

/** The mode of a retention. A caller can bypass governance, but not compliance. */
export type RetentionMode = 'GOVERNANCE' | 'COMPLIANCE';

/** Whether a version is under a legal hold. */
export type LegalHoldStatus = 'ON' | 'OFF';

export interface Lock {
  readonly retention: Retention | undefined;
  readonly legalHold: LegalHoldStatus | undefined;
}

export interface Lockable {
  /** Is undefined if neither retention nor legal hold was ever set. */
  readonly lock?: Lock | undefined;
}

/** The retention of versions that are written without a retention, in a bucket with object lock. */
export interface DefaultRetention extends Period {
  readonly Mode: RetentionMode;
  /** The event hold of new versions; undefined if they have none. */
  readonly DefaultEventHold?: Period;
}

export function lockedUntil({ lock }: Lockable): number {
  if (lock?.legalHold === 'ON' || lock?.retention?.eventHold?.Status === 'ON') return Number.POSITIVE_INFINITY;
  return lock?.retention?.until ?? Number.NEGATIVE_INFINITY;
}

/** Returns the end of a retention. Under an event hold, it is the end that would follow if the hold were released now (F602). */
export function endOfRetention({ until, eventHold }: Retention, now: number): number {
  return eventHold?.Status === 'ON' ? Math.max(until, endOfPeriod(eventHold.duration, now)) : until;
}

/** Whether a version can be removed. A bypass lifts only governance (F100). */
export function mayRemove({ lock }: Lockable, now: number, bypass: boolean): boolean {
  if (lock?.legalHold === 'ON') return false;
  const { retention } = lock ?? {};
  return (
    retention === undefined || endOfRetention(retention, now) <= now || (retention.Mode === 'GOVERNANCE' && bypass)
  );
}

/** If the new retention is undefined, it removes the retention. Only IBM COS refuses the date that the retention has (F101). */
export function mayChangeRetention(
  { lock }: Lockable,
  next: Retention | undefined,
  now: number,
  bypass: boolean,
  takesTheSameDate = true,
): boolean {
  const present = lock?.retention;
  if (present === undefined) return true;
  const end = endOfRetention(present, now);
  if (end <= now) return true;
  const isLater = next !== undefined && (takesTheSameDate ? next.until >= end : next.until > end);
  const longer = isLater && next.Mode === present.Mode;
  return longer || (present.Mode === 'GOVERNANCE' && bypass);
}

export function refusalForLocked({ lock }: Lockable, bypass: boolean): S3Error {
  const refusal = new S3Error('ObjectLocked', {}, describeLock(lock));
  if (!bypass) return refusal;
  const cure = lock?.legalHold === 'ON' ? 'a legal hold: put the hold OFF first' : 'COMPLIANCE mode';
  return refusal.followedBy(`BypassGovernanceRetention does not lift ${cure}`);
}

export function describeLock(lock: Lock | undefined): string {
  const { retention, legalHold } = lock ?? {};
  const words = [
    ...(retention ? [describeRetention(retention)] : []),
    ...(legalHold === 'ON' ? ['under a legal hold'] : []),
  ];
  return words.join(', ') || 'not locked';
}

function describeRetention({ Mode, until, eventHold }: Retention): string {
  if (eventHold?.Status !== 'ON') return `retained in ${Mode} mode until ${new Date(until).toISOString()}`;
  return `under an event hold, and retained in ${Mode} mode for ${writePeriod(eventHold.duration)} after its release`;
}

export function writePeriod({ Days, Years = 0 }: Period): string {
  return Days === undefined ? counted(Years, 'year') : counted(Days, 'day');
}

export const longestPeriod = { Days: 36_500, Years: 100 } as const;

export function problemOfPeriod(
  Days: number | undefined,
  Years: number | undefined,
): { readonly unit: 'Days' | 'Years'; readonly problem: 'not positive' | 'too long' } | undefined {
  const unit = Days === undefined ? 'Years' : 'Days';
  const period = Days ?? Years ?? 0;
  if (period < 1) return { unit, problem: 'not positive' };
  return period > longestPeriod[unit] ? { unit, problem: 'too long' } : undefined;
}

/** The lock in the write counts, else the default retention. A legal hold alone replaces the default, even if it is OFF (F106). */
export function lockAtCreation(
  { defaultRetention }: { readonly defaultRetention: DefaultRetention | undefined },
  asked: Lock | undefined,
  created: number,
): Lock | undefined {
  if (asked?.retention || asked?.legalHold) return asked;
  const retention = retentionByDefault(defaultRetention, created);
  return retention && { retention, legalHold: undefined };
}

function retentionByDefault(setting: DefaultRetention | undefined, created: number): Retention | undefined {
  if (setting === undefined) return undefined;
  const { Mode, DefaultEventHold: duration } = setting;
  return {
    Mode,
    until: endOfPeriod(setting, created),
    ...(duration && { eventHold: { Status: 'ON', duration } as const }),
  };
}

/** Years are calendar years (F102). A period without days or years ends at once. */
export function endOfPeriod({ Days, Years = 0 }: Period, from: number): number {
  return Days === undefined ? addYears(from, Years) : from + Days * day;
}

export interface AskedRetention {
  readonly Mode: RetentionMode;
  /** Milliseconds since 1970. */
  readonly until?: number | undefined;
  readonly eventHold?: 'ON' | 'OFF' | undefined;
  readonly duration?: Period | undefined;
}

/**
 * Makes the retention that a request asks for. What the request does not name stays: an event hold, and the present end of the retention
 * (F602).
 */
export function makeRetention(
  present: Retention | undefined,
  { Mode, until, eventHold, duration }: AskedRetention,
  now: number,
): Retention | undefined {
  const end = until ?? (present && endOfRetention(present, now));
  if (eventHold === 'ON' && duration) return { Mode, until: end ?? now, eventHold: { Status: 'ON', duration } };
  if (end === undefined) return undefined;
  const hold = eventHold === 'OFF' ? ({ Status: 'OFF' } as const) : present?.eventHold;
  return { Mode, until: end, ...(hold && { eventHold: hold }) };
}
