import { day } from '../formats/durations';
import { S3Error } from '../refusals/s3-error';

/** How long, and how firmly, a version is kept. */
export interface Retention {
  readonly Mode: RetentionMode;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Governance may be bypassed, compliance never. */
export type RetentionMode = 'GOVERNANCE' | 'COMPLIANCE';

/** Whether a version is under a legal hold. */
export type LegalHoldStatus = 'ON' | 'OFF';

/** What guards a version against removal. */
export interface Lock {
  readonly retention: Retention | undefined;
  /** Undefined where it was never set. */
  readonly legalHold: LegalHoldStatus | undefined;
}

/** What may be locked: a version. */
export interface Lockable {
  /** Undefined where nothing of the kind was ever set. */
  readonly lock?: Lock | undefined;
}

/** What a bucket with object lock gives to versions that name no retention of their own: days or years. */
export interface DefaultRetention {
  readonly Mode: RetentionMode;
  readonly Days?: number;
  readonly Years?: number;
}

/** The moment until which a version may not be removed: the past, where nothing guards it, and never, under a legal hold. */
export function lockedUntil({ lock }: Lockable): number {
  if (lock?.legalHold === 'ON') return Number.POSITIVE_INFINITY;
  return lock?.retention?.until ?? Number.NEGATIVE_INFINITY;
}

/** Whether a version may be removed at a moment; a bypass lifts governance, and nothing else (F100). */
export function mayRemove({ lock }: Lockable, now: number, bypass: boolean): boolean {
  if (lock?.legalHold === 'ON') return false;
  const { retention } = lock ?? {};
  return retention === undefined || retention.until <= now || (retention.Mode === 'GOVERNANCE' && bypass);
}

/** Whether the retention of a version may become another at a moment; undefined takes it away (F101). */
export function mayChangeRetention(
  { lock }: Lockable,
  wanted: Retention | undefined,
  now: number,
  bypass: boolean,
): boolean {
  const present = lock?.retention;
  if (present === undefined || present.until <= now) return true;
  const longer = wanted !== undefined && wanted.Mode === present.Mode && wanted.until >= present.until;
  return longer || (present.Mode === 'GOVERNANCE' && bypass);
}

/** What S3 says to the removal of a version that is locked, with what holds it, for the journal. */
export function refusalOfLocked({ lock }: Lockable): S3Error {
  return new S3Error('ObjectLocked', {}, describeLock(lock));
}

/** A lock in words: `retained in GOVERNANCE mode until 2026-03-01T00:00:00.000Z, under a legal hold`. */
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

/** The unit of a default retention whose period S3 does not take, and what is wrong with it (F102). */
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
 * The lock of a version made at a moment: what the write asks for, and where that names no retention, the bucket's default.
 * Undefined where there is neither (F106).
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
