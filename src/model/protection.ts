import { S3Error } from '../refusals/s3-error';
import { counted, grouped } from '../text/counts';
import { writeQuotedList } from '../text/lists';
import type { ProtectionPolicy } from './configurations/protection';

/** COS's words for a period that can still get an end, and for a period that never ends. */
export const indefinite = -1;
export const permanent = -2;

export interface LegalHold {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** The protection of an object in a bucket with a retention policy. */
export interface Protection {
  /** Seconds from the creation of the object, or `indefinite` or `permanent`. */
  readonly period: number;
  /** Whether the period is the default of the bucket or was set by a request. */
  readonly source: 'Bucket' | 'Object';
  readonly holds: readonly LegalHold[];
}

/** The protection in a write. If it contains no period, the write gets the default of the bucket. */
export interface AskedProtection {
  readonly period: number | undefined;
  readonly holds: readonly LegalHold[];
}

interface Protectable {
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly protection?: Protection | undefined;
}

const secondsOfDay = 86_400;

/** Infinity if the period has no end (F824). */
export function retentionEnd(created: number, { period }: Pick<Protection, 'period'>): number {
  return period < 0 ? Number.POSITIVE_INFINITY : created + period * 1000;
}

/** Whole seconds, so that the retention does not end before the moment. */
export function periodUntil(created: number, moment: number): number {
  return Math.ceil((moment - created) / 1000);
}

/** F825 */
export function protectedUntil({ created, protection }: Protectable): number {
  if (protection === undefined) return Number.NEGATIVE_INFINITY;
  return protection.holds.length > 0 ? Number.POSITIVE_INFINITY : retentionEnd(created, protection);
}

export function checkUnprotected(version: Protectable | undefined, now: number): void {
  if (version === undefined || protectedUntil(version) <= now) return;
  throw new S3Error('ObjectProtected', {}, describeProtection(version).join(', '));
}

function describeProtection({ created, protection }: Protectable): readonly string[] {
  if (protection === undefined) return [];
  const { period, holds } = protection;
  const ids = holds.map(({ id }) => `'${id}'`).join(', ');
  return [describePeriod(created, period), ...(holds.length === 0 ? [] : [`under the ${holdWord(holds)} ${ids}`])];
}

function describePeriod(created: number, period: number): string {
  if (period === permanent) return 'retained permanently';
  if (period === indefinite) return 'retained indefinitely';
  return `retained until ${new Date(retentionEnd(created, { period })).toISOString()}`;
}

function describeHolds({ holds }: Protection): string {
  return holds.length === 0
    ? 'it has none'
    : `it has the ${holdWord(holds)} ${writeQuotedList(holds.map(({ id }) => id))}`;
}

function holdWord(holds: readonly unknown[]): string {
  return holds.length === 1 ? 'legal hold' : 'legal holds';
}

export function protectionAtCreation(
  policy: ProtectionPolicy | null | undefined,
  asked: AskedProtection | undefined,
): Protection | undefined {
  if (!policy) return undefined;
  const { period, holds = [] } = asked ?? {};
  if (period !== undefined) return { period, source: 'Object', holds };
  return { period: policy.DefaultRetention.Days * secondsOfDay, source: 'Bucket', holds };
}

export function checkPeriod(policy: ProtectionPolicy, period: number): void {
  if (period === indefinite) return;
  if (period === permanent) {
    if (policy.EnablePermanentRetention) return;
    throw new S3Error('PermanentRetentionDisabled', {}, 'the policy of the bucket has no EnablePermanentRetention');
  }
  const { MinimumRetention, MaximumRetention } = policy;
  const [least, most] = [MinimumRetention.Days, MaximumRetention.Days];
  if (period >= least * secondsOfDay && period <= most * secondsOfDay) return;
  const allowed = `the policy of the bucket allows ${least} to ${counted(most, 'day')}`;
  const inSeconds = `${grouped(least * secondsOfDay)} to ${counted(most * secondsOfDay, 'second')}`;
  const why = `${allowed}, ${inSeconds}, and the period is ${counted(period, 'second')}`;
  throw new S3Error('RetentionOutOfRange', {}, why);
}

export const mostHolds = 100;

/** F827 */
export const legalHoldId = /^[\w!.*()'-]{1,64}$/;

export function withHold(protection: Protection, hold: LegalHold): Protection {
  const { holds } = protection;
  if (holds.some(({ id }) => id === hold.id))
    throw new S3Error('LegalHoldExists', {}, `the object has the legal hold '${hold.id}' already`);
  if (holds.length >= mostHolds)
    throw new S3Error('LegalHoldsTooMany', {}, `the object has ${mostHolds} legal holds, which is the most`);
  return { ...protection, holds: [...holds, hold] };
}

export function withoutHold(protection: Protection, id: string): Protection {
  const holds = protection.holds.filter((hold) => hold.id !== id);
  if (holds.length === protection.holds.length)
    throw new S3Error('NoSuchLegalHold', {}, `the object has no legal hold '${id}'; ${describeHolds(protection)}`);
  return { ...protection, holds };
}

/** An indefinite retention can become finite, and a retention that is over can be extended (F828). */
export function withLongerPeriod(
  { created, protection }: { readonly created: number; readonly protection: Protection },
  period: number,
  policy: ProtectionPolicy,
  now: number,
): Protection {
  const { period: present } = protection;
  if (present === permanent) throw new S3Error('RetentionNotExtended', {}, 'the object is retained permanently');
  if (period <= present)
    throw new S3Error(
      'RetentionNotExtended',
      {},
      `the period is ${counted(present, 'second')}, and the new one ${counted(period, 'second')}`,
    );
  const { MinimumRetention, MaximumRetention } = policy;
  // The most counts from now, so that an object that was kept indefinitely can still be kept for all of it.
  const left = periodUntil(now, retentionEnd(created, { period }));
  if (left > MaximumRetention.Days * secondsOfDay || period < MinimumRetention.Days * secondsOfDay) {
    const allowed = `the policy of the bucket allows ${MinimumRetention.Days} to ${counted(MaximumRetention.Days, 'day')}`;
    throw new S3Error('RetentionOutOfRange', {}, `${allowed}, and ${counted(left, 'second')} would be left from now`);
  }
  return { ...protection, period, source: 'Object' };
}
