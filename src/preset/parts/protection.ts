import { readMoment } from '../../model/clock';
import {
  indefinite,
  isLegalHoldId,
  type LegalHold,
  mostHolds,
  type Protection,
  periodUntil,
  permanent,
  protectionAtCreation,
  retentionEnd,
} from '../../model/protection';
import { list, structure } from '../../shapes/elements';
import { date, long, text } from '../../shapes/values';
import { makeCloser } from '../../text/closed-members';
import { counted } from '../../text/counts';
import { invalidValue } from '../../text/invalid-value';
import { readItems } from '../../text/lists';
import { checkOptionNames } from '../../text/member-names';
import { isRecord } from '../../text/value-kinds';
import { type Part, writeMoment } from './part';

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

export interface ProtectionDetails {
  /**
   * Its retention and legal holds in a bucket with a retention policy of IBM COS, only if the bucket has one: `{ RetentionPeriod: 86_400,
   * LegalHolds: ['case-7'] }`. Default: the bucket's default if a test puts it, else none.
   */
  readonly protection?: ProtectionFixture | undefined;
}

export interface ProtectionMember {
  /** Its retention and legal holds of IBM COS; undefined if it was written to a bucket without a retention policy. */
  readonly protection: StoredProtection | undefined;
}

export interface ProtectionOutline {
  /** Its legal holds are their ids. */
  readonly protection?: Omit<ProtectionFixture, 'LegalHolds'> & { readonly LegalHolds?: readonly string[] };
}

const names = ['RetentionPeriod', 'RetentionExpirationDate', 'RetentionPeriodSource', 'LegalHolds'];
const example = 'RetentionPeriod: 86_400';

export const protection: Part<ProtectionDetails, ProtectionMember> = {
  members: ['protection'],
  shape: {
    protection: structure({
      RetentionPeriod: long,
      RetentionExpirationDate: date,
      RetentionPeriodSource: text,
      LegalHolds: list(structure({ ID: text, Date: date })),
    }),
  },
  accept: (given, { at, created }) => ({ protection: readProtection(at, given.protection, created) }),
  check(at, { policy }, version) {
    if (version.protection) checkAgainstPolicy(at, policy, version.protection);
  },
  complete: (read, { settings }) => ({
    protection: read.protection ?? protectionAtCreation(settings.protection, undefined),
  }),
  show: (version) => ({ protection: version.protection && showProtection(version.created, version.protection) }),
  write: (version) => (version.protection ? { protection: writeProtection(version.created, version.protection) } : {}),
  outline: ({ protection: { LegalHolds: holds, ...period } = {} }, version) =>
    version.protection
      ? {
          protection: {
            ...period,
            ...(holds && { LegalHolds: holds.map((hold) => (typeof hold === 'string' ? hold : hold.ID)) }),
          },
        }
      : {},
  draw({ protection: shown }) {
    if (shown === undefined) return [];
    const holds = shown.LegalHolds.length === 0 ? [] : [counted(shown.LegalHolds.length, 'legal hold')];
    return [describeRetention(shown, writeMoment), ...holds];
  },
};

function readProtection(at: string, fixture: ProtectionFixture | undefined, created: number): Protection {
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
  const read = readItems(holds).map((hold: LegalHoldFixture) => readHold(at, hold, created));
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

function checkAgainstPolicy(at: string, policy: unknown, { period }: Protection): void {
  if (!isRecord(policy))
    throw new TypeError(
      `${at}: it has protection, but the bucket has no retention policy. Leave it out, or give the bucket protection: { Status: 'Retention', ... } beside objects.`,
    );
  if (period === permanent && policy['EnablePermanentRetention'] !== true)
    throw new TypeError(
      `${at}: it is retained permanently, but the policy of the bucket does not allow that. Give another RetentionPeriod, or give the policy EnablePermanentRetention: true.`,
    );
}

const closeProtection = makeCloser<StoredProtection>({ label: 'protection of a version' });
const closeHold = makeCloser<StoredProtection['LegalHolds'][number]>({ label: 'a legal hold of a version' });

function showProtection(created: number, { period, source, holds }: Protection): StoredProtection {
  return closeProtection({
    RetentionPeriod: period,
    RetentionExpirationDate: period < 0 ? undefined : new Date(retentionEnd(created, { period })),
    RetentionPeriodSource: source,
    LegalHolds: Object.freeze(holds.map(({ id, since }) => closeHold({ ID: id, Date: new Date(since) }))),
  });
}

export function describeRetention(
  { RetentionPeriod, RetentionExpirationDate: end }: StoredProtection,
  write: (date: Date) => string,
): string {
  if (end !== undefined) return `retained until ${write(end)}`;
  return RetentionPeriod === permanent ? 'retained permanently' : 'retained indefinitely';
}

function writeProtection(created: number, { period, source, holds }: Protection): ProtectionFixture {
  return {
    RetentionPeriod: period,
    ...(source === 'Bucket' && { RetentionPeriodSource: source }),
    ...(holds.length > 0 && { LegalHolds: holds.map((hold) => writeHold(created, hold)) }),
  };
}

function writeHold(created: number, { id, since }: LegalHold): LegalHoldFixture {
  return since === created ? id : { ID: id, Date: new Date(since).toISOString() };
}
