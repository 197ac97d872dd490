import {
  indefinite,
  legalHoldId,
  mostHolds,
  type Protection,
  periodUntil,
  permanent,
  protectionAtCreation,
  retentionEnd,
} from '../../model/protection';
import { chief, list, required } from '../../shapes/elements';
import { alwaysShown, byDefault, type Complete, expecting, shapeOf, suchAs, unwritten } from '../../shapes/given';
import type { Form } from '../../shapes/given-reader';
import type { ValueOf } from '../../shapes/shape';
import { date, long, ranging, text, words } from '../../shapes/values';
import { counted } from '../../text/counts';
import { invalidValue } from '../../text/invalid-value';
import { findRepeated } from '../../text/lists';
import { makeMistake } from '../../text/mistakes';
import { isRecord } from '../../text/value-kinds';
import { type Part, writeMoment } from './part';

/** A legal hold of an object of IBM COS: its id, or its id and the time at which it was put. */
export type LegalHoldFixture =
  | string
  | {
      /** The id: 1 to 64 letters, digits or any of `! _ . * ( ) ' -`. */
      readonly ID: string;
      /** When the hold was put: a Date, milliseconds since 1970, or ISO 8601. Default: when the object was written. */
      readonly Date?: Date | number | string | undefined;
    };

/** The retention and the legal holds of an object in a bucket with a retention policy of IBM COS. */
export interface ProtectionFixture {
  /**
   * The seconds from the write of the object on; -1 keeps it indefinitely, -2 permanently. The period can be over, and out of the range of
   * the policy.
   */
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
  /** The seconds from the write of the object on; -1 keeps it indefinitely, -2 permanently. */
  readonly RetentionPeriod: number;
  /** The end of the retention, even if it has passed; undefined if the retention never ends. */
  readonly RetentionExpirationDate: Date | undefined;
  /** `'Bucket'` if the period was the default of the bucket, `'Object'` if a request set it. */
  readonly RetentionPeriodSource: 'Bucket' | 'Object';
  /** Its legal holds, the oldest first. */
  readonly LegalHolds: readonly { readonly ID: string; readonly Date: Date }[];
}

export interface ProtectionDetails {
  /**
   * Its retention and legal holds of IBM COS, only if the bucket has a retention policy:
   * `{ RetentionPeriod: 86_400, LegalHolds: ['case-7'] }`. Default: if a test puts the object, the bucket's default; otherwise none.
   */
  readonly protection?: ProtectionFixture | undefined;
}

export interface ProtectionMember {
  /** Its retention and legal holds of IBM COS; undefined if it was written to a bucket without a retention policy. */
  readonly protection: StoredProtection | undefined;
}

export interface ProtectionOutline {
  /** The protection, with legal holds as their ids. */
  readonly protection?: Omit<ProtectionFixture, 'LegalHolds'> & { readonly LegalHolds?: readonly string[] };
}

const legalHold = shapeOf<Exclude<LegalHoldFixture, string>>()({
  ID: required(
    chief(
      expecting(
        text,
        "1 to 64 letters, digits or any of ! _ . * ( ) ' -",
        (id) => typeof id === 'string' && legalHoldId.test(id),
      ),
    ),
  ),
  Date: alwaysShown(date),
});

const example = 'RetentionPeriod: 86_400';

const protectionShape = suchAs(
  shapeOf<ProtectionFixture, StoredProtection>()({
    RetentionPeriod: alwaysShown(
      expecting(
        ranging(long, [permanent, Number.POSITIVE_INFINITY]),
        `whole seconds, ${indefinite} to keep it indefinitely, or ${permanent} permanently`,
      ),
    ),
    RetentionExpirationDate: unwritten(alwaysShown(date)),
    RetentionPeriodSource: alwaysShown(byDefault(words('Bucket', 'Object'), 'Object')),
    LegalHolds: alwaysShown({
      ...list(legalHold, undefined, [0, mostHolds]),
      expected: `a list of at most ${mostHolds}, such as ['case-7']`,
    }),
  }),
  `{ ${example} }`,
);

const shape = { protection: alwaysShown(protectionShape) };

interface ProtectionValues {
  readonly protection?: ValueOf<typeof protectionShape>;
}

export const protection: Part<ProtectionDetails, ProtectionMember, ProtectionValues> = {
  shape,
  toModel: ({ protection: given }, { at, created }) => ({
    protection: given && makeProtection(`${at}, protection`, given, created),
  }),
  fromModel: ({ created, protection: stored }, _place, form) => ({
    protection: stored && describeProtection(created, stored, form),
  }),
  rules(at, { policy }, version) {
    if (version.protection) checkAgainstPolicy(at, policy, version.protection);
  },
  complete: (read, { settings }) => ({
    protection: read.protection ?? protectionAtCreation(settings.protection, undefined),
  }),
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

function makeProtection(at: string, given: ValueOf<typeof protectionShape>, created: number): Protection {
  const { RetentionPeriodSource: source = 'Object', LegalHolds = [] } = given;
  const twice = findRepeated(LegalHolds.map(({ ID }) => ID));
  if (twice !== undefined) throw makeMistake(`${at}: the legal hold '${twice}' is given twice. Give it once.`);
  const holds = LegalHolds.map(({ ID: id, Date: since }) => ({ id, since: since?.getTime() ?? created }));
  return { period: readPeriod(at, given, created), source, holds };
}

function readPeriod(
  at: string,
  { RetentionPeriod: period, RetentionExpirationDate: date }: ValueOf<typeof protectionShape>,
  created: number,
): number {
  if (date === undefined && period !== undefined) return period;
  if (date === undefined || period !== undefined)
    throw makeMistake(`${at}: it has either RetentionPeriod or RetentionExpirationDate. Give one, such as ${example}.`);
  const until = periodUntil(created, date.getTime());
  if (until >= 0) return until;
  throw invalidValue(at, 'RetentionExpirationDate', date, 'a moment after the write of the object');
}

function checkAgainstPolicy(at: string, policy: unknown, { period }: Protection): void {
  if (!isRecord(policy))
    throw makeMistake(
      `${at}: it has protection, but the bucket has no retention policy. Leave it out, or give the bucket protection: { Status: 'Retention', ... } beside objects.`,
    );
  if (period === permanent && policy['EnablePermanentRetention'] !== true)
    throw makeMistake(
      `${at}: it is retained permanently, but the policy of the bucket does not allow that. Give another RetentionPeriod, or give the policy EnablePermanentRetention: true.`,
    );
}

/** Describes the protection. A literal leaves out the members of a hold that follow by themselves. */
function describeProtection(
  created: number,
  { period, source, holds }: Protection,
  form: Form,
): Complete<ValueOf<typeof protectionShape>> {
  return {
    RetentionPeriod: period,
    RetentionExpirationDate: period >= 0 ? new Date(retentionEnd(created, { period })) : undefined,
    RetentionPeriodSource: source,
    LegalHolds: holds.map(({ id, since }) => ({
      ID: id,
      ...((since !== created || form === 'handle') && { Date: new Date(since) }),
    })),
  };
}

export function describeRetention(
  { RetentionPeriod, RetentionExpirationDate: end }: StoredProtection,
  write: (date: Date) => string,
): string {
  if (end !== undefined) return `retained until ${write(end)}`;
  return RetentionPeriod === permanent ? 'retained permanently' : 'retained indefinitely';
}
