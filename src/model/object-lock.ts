import { day } from '../formats/durations';
import { S3Error } from '../refusals/s3-error';

/** The mode and the end of a version's retention. */
export interface Retention {
  readonly Mode: RetentionMode;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** A caller can bypass governance, but not compliance. */
export type RetentionMode = 'GOVERNANCE' | 'COMPLIANCE';

/** Whether a version is under a legal hold. */
export type LegalHoldStatus = 'ON' | 'OFF';

/** The retention and the legal hold of a version. */
export interface Lock {
  readonly retention: Retention | undefined;
  /** Undefined if it was never set. */
  readonly legalHold: LegalHoldStatus | undefined;
}

/** The part of a version that the rules of object lock read. */
export interface Lockable {
  /** Undefined if neither retention nor legal hold was ever set. */
  readonly lock?: Lock | undefined;
}

/** The retention, in days or years, of versions whose write names none, in a bucket with object lock. */
export interface DefaultRetention {
  readonly Mode: RetentionMode;
  readonly Days?: number;
  readonly Years?: number;
}

/** The moment from which a version may be removed: negative infinity if it has no lock, infinity under a legal hold. */
export function lockedUntil({ lock }: Lockable): number {
  if (lock?.legalHold === 'ON') return Number.POSITIVE_INFINITY;
  return lock?.retention?.until ?? Number.NEGATIVE_INFINITY;
}

/** Whether a version may be removed at a moment; a bypass lifts only governance (F100). */
export function mayRemove({ lock }: Lockable, now: number, bypass: boolean): boolean {
  if (lock?.legalHold === 'ON') return false;
  const { retention } = lock ?? {};
  return retention === undefined || retention.until <= now || (retention.Mode === 'GOVERNANCE' && bypass);
}

/** Whether the retention of a version may be replaced at a moment; undefined removes it (F101). */
export function mayChangeRetention(
  { lock }: Lockable,
  next: Retention | undefined,
  now: number,
  bypass: boolean,
): boolean {
  const present = lock?.retention;
  if (present === undefined || present.until <= now) return true;
  const longer = next !== undefined && next.Mode === present.Mode && next.until >= present.until;
  return longer || (present.Mode === 'GOVERNANCE' && bypass);
}

/** S3's refusal to remove a locked version. Its `why` describes the lock. */
export function refusalForLocked({ lock }: Lockable): S3Error {
  return new S3Error('ObjectLocked', {}, describeLock(lock));
}

/** Describes a lock: `retained in GOVERNANCE mode until 2026-03-01T00:00:00.000Z, under a legal hold`. */
export function describeLock(lock: Lock | undefined): string {
  const { retention, legalHold } = lock ?? {};
  const words = [
    ...(retention ? [`retained in ${retention.Mode} mode until ${new Date(retention.until).toISOString()}`] : []),
    ...(legalHold === 'ON' ? ['under a legal hold'] : []),
  ];
  return words.length === 0 ? 'not locked' : words.join(', ');
}

const daysOfYear = 365;

/** The longest default retention. */
export const longestPeriod = { Days: 36_500, Years: 100 } as const;

/** The problem with the period of a default retention, and its unit; undefined if S3 accepts the period (F102). */
export function problemOfPeriod(
  Days: number | undefined,
  Years: number | undefined,
): { readonly unit: 'Days' | 'Years'; readonly problem: 'not positive' | 'too long' } | undefined {
  const unit = Days === undefined ? 'Years' : 'Days';
  const period = Days ?? Years ?? 0;
  if (period < 1) return { unit, problem: 'not positive' };
  return period > longestPeriod[unit] ? { unit, problem: 'too long' } : undefined;
}

/**
 * The lock of a version made at a moment: the lock that the write asks for, with the bucket's default retention if it names none.
 * Undefined if there is neither (F106).
 */
export function lockAtCreation(
  { defaultRetention }: { readonly defaultRetention: DefaultRetention | undefined },
  asked: Lock | undefined,
  created: number,
): Lock | undefined {
  const retention = asked?.retention ?? retentionByDefault(defaultRetention, created);
  return retention || asked?.legalHold ? { retention, legalHold: asked?.legalHold } : undefined;
}

/** A year of a default retention has 365 days, whichever year it is (F102). */
function retentionByDefault(setting: DefaultRetention | undefined, created: number): Retention | undefined {
  if (setting === undefined) return undefined;
  const days = setting.Days ?? (setting.Years ?? 0) * daysOfYear;
  return { Mode: setting.Mode, until: created + days * day };
}
