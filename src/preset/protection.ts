import { readMoment } from '../model/clock';
import {
  indefinite,
  isLegalHoldId,
  type LegalHold,
  mostHolds,
  type Protection,
  periodUntil,
  permanent,
  retentionEnd,
} from '../model/protection';
import { invalidValue } from '../text/invalid-value';
import { itemsOf } from '../text/lists';
import { checkOptionNames } from '../text/member-names';
import { isRecord } from '../text/value-kinds';

/** A legal hold of an object of IBM COS: its id, or with the time at which it was put. */
export type LegalHoldFixture =
  | string
  | {
      /** 1 to 64 letters, digits or any of `! _ . * ( ) ' -`. */
      readonly ID: string;
      /** When it was put: a Date, milliseconds since 1970, or ISO 8601. Default: when the object was written. */
      readonly Date?: Date | number | string | undefined;
    };

/** The retention and the legal holds of an object in a bucket with a retention policy of IBM COS. */
export interface ProtectionFixture {
  /** Seconds from the write of the object on; -1 keeps it indefinitely, -2 permanently. It may be over, and out of the range of the policy. */
  readonly RetentionPeriod?: number | undefined;
  /** When the retention ends, in place of a period: a Date, milliseconds since 1970, or ISO 8601. */
  readonly RetentionExpirationDate?: Date | number | string | undefined;
  /** `'Bucket'` if the period was the default of the bucket. Default: `'Object'`. */
  readonly RetentionPeriodSource?: 'Bucket' | 'Object' | undefined;
  /** Its legal holds, 100 at most. Default: none. */
  readonly LegalHolds?: readonly LegalHoldFixture[] | undefined;
}

/** The retention and the legal holds of an object as a test reads them. */
export interface StoredProtection {
  /** Seconds from the write of the object on; -1 keeps it indefinitely, -2 permanently. */
  readonly RetentionPeriod: number;
  /** When the retention ends or ended; undefined if it has no end. */
  readonly RetentionExpirationDate: Date | undefined;
  /** Whether the period was the default of the bucket, or was asked for. */
  readonly RetentionPeriodSource: 'Bucket' | 'Object';
  /** Its legal holds, the oldest first. */
  readonly LegalHolds: readonly { readonly ID: string; readonly Date: Date }[];
}

const names = ['RetentionPeriod', 'RetentionExpirationDate', 'RetentionPeriodSource', 'LegalHolds'];
const example = 'RetentionPeriod: 86_400';

/** Reads the protection of an object that was written at a moment; undefined if the literal has none. */
export function readProtectionFixture(
  at: string,
  fixture: ProtectionFixture | undefined,
  created: number,
): Protection | undefined {
  if (fixture === undefined) return undefined;
  if (!isRecord(fixture)) throw invalidValue(at, 'protection', fixture, `an object such as { ${example} }`);
  const within = `${at}, protection`;
  checkOptionNames(within, fixture, names);
  const { RetentionPeriodSource: source = 'Object', LegalHolds = [] }: ProtectionFixture = fixture;
  if (source !== 'Bucket' && source !== 'Object')
    throw invalidValue(within, 'RetentionPeriodSource', source, "'Bucket' or 'Object', or undefined");
  return { period: readPeriod(within, fixture, created), source, holds: readHolds(within, LegalHolds, created) };
}

function readPeriod(
  at: string,
  { RetentionPeriod: period, RetentionExpirationDate: date }: ProtectionFixture,
  created: number,
): number {
  if ((period === undefined) === (date === undefined))
    throw new TypeError(
      `${at}: it has either RetentionPeriod or RetentionExpirationDate. Give one, such as ${example}.`,
    );
  if (date !== undefined) {
    const until = periodUntil(created, readMoment(date, `${at}: RetentionExpirationDate`));
    if (until >= 0) return until;
    throw invalidValue(at, 'RetentionExpirationDate', date, 'a moment after the write of the object');
  }
  if (Number.isSafeInteger(period) && Number(period) >= permanent) return Number(period);
  const right = `whole seconds, ${indefinite} to keep it indefinitely, or ${permanent} permanently`;
  throw invalidValue(at, 'RetentionPeriod', period, right);
}

function readHolds(at: string, holds: readonly LegalHoldFixture[], created: number): readonly LegalHold[] {
  if (!Array.isArray(holds) || holds.length > mostHolds)
    throw invalidValue(at, 'LegalHolds', holds, `a list of at most ${mostHolds}, such as ['case-7']`);
  const read = itemsOf(holds).map((hold: LegalHoldFixture) => readHold(at, hold, created));
  const twice = read.find(({ id }, index) => read.findIndex((one) => one.id === id) < index);
  if (twice !== undefined) throw new TypeError(`${at}: the legal hold '${twice.id}' is given twice. Give it once.`);
  return read;
}

function readHold(at: string, hold: LegalHoldFixture, created: number): LegalHold {
  const { ID, Date: since = created } = isRecord(hold) ? hold : { ID: hold };
  if (isRecord(hold)) checkOptionNames(`${at}, LegalHolds`, hold, ['ID', 'Date']);
  if (typeof ID !== 'string' || !isLegalHoldId(ID))
    throw invalidValue(at, 'legal hold', ID, "1 to 64 letters, digits or any of ! _ . * ( ) ' -");
  return { id: ID, since: readMoment(since, `${at}: Date of the legal hold '${ID}'`) };
}

/** Throws a TypeError if an object has a retention that its bucket cannot give. */
export function checkAgainstPolicy(at: string, policy: unknown, protection: Protection | undefined): void {
  if (protection === undefined) return;
  if (!isRecord(policy))
    throw new TypeError(
      `${at}: it has protection, but the bucket has no retention policy. Leave it out, or give the bucket protection: { Status: 'Retention', ... } beside objects.`,
    );
  if (protection.period === permanent && policy['EnablePermanentRetention'] !== true)
    throw new TypeError(
      `${at}: it is retained permanently, but the policy of the bucket does not allow that. Give another RetentionPeriod, or give the policy EnablePermanentRetention: true.`,
    );
}

/** The protection of an object as a test reads it. */
export function storedProtection(created: number, protection: Protection | undefined): StoredProtection | undefined {
  if (protection === undefined) return undefined;
  const { period, source, holds } = protection;
  return Object.freeze({
    RetentionPeriod: period,
    RetentionExpirationDate: period < 0 ? undefined : new Date(retentionEnd(created, protection)),
    RetentionPeriodSource: source,
    LegalHolds: Object.freeze(holds.map(({ id, since }) => Object.freeze({ ID: id, Date: new Date(since) }))),
  });
}

/** A retention in words: `retained until 2026-03-01`, with the date as a function writes it. */
export function describeRetention(
  { RetentionPeriod, RetentionExpirationDate: end }: StoredProtection,
  write: (date: Date) => string,
): string {
  if (end !== undefined) return `retained until ${write(end)}`;
  return RetentionPeriod === permanent ? 'retained permanently' : 'retained indefinitely';
}

/** The protection of an object in a form that JSON can store. */
export function protectionLiteral(created: number, protection: Protection | undefined): ProtectionFixture | undefined {
  if (protection === undefined) return undefined;
  const { period, source, holds } = protection;
  return {
    RetentionPeriod: period,
    ...(source === 'Bucket' && { RetentionPeriodSource: source }),
    ...(holds.length > 0 && { LegalHolds: holds.map((hold) => holdLiteral(created, hold)) }),
  };
}

/** The protection of an object without the times of its holds. */
export interface ProtectionOutline extends Omit<ProtectionFixture, 'LegalHolds'> {
  readonly LegalHolds?: readonly string[];
}

/** The same without times. */
export function protectionOutline({ LegalHolds, ...period }: ProtectionFixture): ProtectionOutline {
  return {
    ...period,
    ...(LegalHolds && { LegalHolds: LegalHolds.map((hold) => (typeof hold === 'string' ? hold : hold.ID)) }),
  };
}

function holdLiteral(created: number, { id, since }: LegalHold): LegalHoldFixture {
  return since === created ? id : { ID: id, Date: new Date(since).toISOString() };
}
