import { types } from 'node:util';
import { isCosLocation } from '../formats/regions';
import { readMoment } from '../model/clock';
import type { Ids } from '../model/ids';
import type { LifecycleConfiguration, LifecycleRule, RuleDraft } from '../model/lifecycle/rules';
import { awsRules, cosRules, readRules } from '../model/lifecycle/validation';
import type { MfaDeleteStatus } from '../model/versioning';
import { S3Error } from '../refusals/s3-error';
import { checkMembers, isRecord, wrong } from '../text/members';

interface TagFixture {
  readonly Key: string | undefined;
  readonly Value: string | undefined;
}

interface SizesFixture {
  readonly ObjectSizeGreaterThan?: number | undefined;
  readonly ObjectSizeLessThan?: number | undefined;
}

interface NoncurrentFixture {
  readonly NoncurrentDays?: number | undefined;
  readonly NewerNoncurrentVersions?: number | undefined;
}

interface AgeFixture {
  readonly Days?: number | undefined;
  /** A midnight UTC: a Date, milliseconds since 1970, or ISO 8601. */
  readonly Date?: Date | number | string | undefined;
}

/** A lifecycle rule as AWS's SDKs write it. */
export interface LifecycleRuleFixture {
  /** Left out: one is made up. */
  readonly ID?: string | undefined;
  readonly Status: 'Enabled' | 'Disabled' | undefined;
  /** Empty for all keys. A rule has a filter or, in the old form, a prefix. */
  readonly Filter?:
    | ({
        readonly Prefix?: string | undefined;
        readonly Tag?: TagFixture | undefined;
        readonly TagSet?: readonly TagFixture[] | undefined;
        readonly And?:
          | ({
              readonly Prefix?: string | undefined;
              readonly Tags?: readonly TagFixture[] | undefined;
            } & SizesFixture)
          | undefined;
      } & SizesFixture)
    | undefined;
  readonly Prefix?: string | undefined;
  readonly Expiration?: (AgeFixture & { readonly ExpiredObjectDeleteMarker?: boolean | undefined }) | undefined;
  readonly NoncurrentVersionExpiration?: NoncurrentFixture | undefined;
  readonly Transitions?: readonly (AgeFixture & { readonly StorageClass?: string | undefined })[] | undefined;
  readonly NoncurrentVersionTransitions?:
    | readonly (NoncurrentFixture & { readonly StorageClass?: string | undefined })[]
    | undefined;
  readonly AbortIncompleteMultipartUpload?: { readonly DaysAfterInitiation?: number | undefined } | undefined;
}

/** The lifecycle of a bucket. */
export interface LifecycleFixture {
  /** As PutBucketLifecycleConfiguration takes them. */
  readonly rules: readonly LifecycleRuleFixture[];
  /** Default: `all_storage_classes_128K`. */
  readonly transitionDefaultMinimumObjectSize?: 'all_storage_classes_128K' | 'varies_by_storage_class' | undefined;
  /** Whose rules they are: IBM COS has a few ways of its own. Default: `ibm-cos` where the bucket's region is one of COS's. */
  readonly dialect?: 'aws' | 'ibm-cos' | undefined;
}

/** The lifecycle of a bucket as a test finds it: a frozen copy. */
export interface LifecycleState extends LifecycleFixture {
  /** With the ids that were given or made up. */
  readonly rules: readonly LifecycleRule[];
}

/** Of a bucket, what decides which rules it may have. */
interface Surroundings {
  readonly name: string;
  readonly location: string | undefined;
  readonly mfaDelete: MfaDeleteStatus | undefined;
  readonly ids: Ids;
}

/** Reads the lifecycle of a literal. What S3 refuses is a TypeError in S3's words. */
export function readLifecycle(
  fixture: LifecycleFixture,
  { name, location, mfaDelete, ids }: Surroundings,
): LifecycleConfiguration {
  const at = `bucket '${name}': lifecycle`;
  checkMembers(at, fixture, ['rules', 'transitionDefaultMinimumObjectSize', 'dialect']);
  checkLifecycleWithMfaDelete(name, true, mfaDelete);
  const { rules, transitionDefaultMinimumObjectSize: minimum = 'all_storage_classes_128K' } = fixture;
  if (!Array.isArray(rules))
    throw new TypeError(
      `${at}: rules ${wrong(rules)}. Give a list such as [{ Status: 'Enabled', Filter: {}, Expiration: { Days: 30 } }].`,
    );
  if (minimum !== 'all_storage_classes_128K' && minimum !== 'varies_by_storage_class')
    throw new TypeError(
      `${at}: transitionDefaultMinimumObjectSize ${wrong(minimum)}. Give 'all_storage_classes_128K' or 'varies_by_storage_class'.`,
    );
  const { dialect = location !== undefined && isCosLocation(location) ? 'ibm-cos' : 'aws' } = fixture;
  if (dialect !== 'aws' && dialect !== 'ibm-cos')
    throw new TypeError(`${at}: dialect ${wrong(dialect)}. Give 'aws' or 'ibm-cos'.`);
  const drafts = rules.map((rule, index) => readMembers(`${at}, rule ${index + 1}`, ruleShape, rule) as RuleDraft); // what the shape says
  try {
    return {
      Rules: readRules(drafts, dialect === 'aws' ? awsRules : cosRules, ids),
      TransitionDefaultMinimumObjectSize: dialect === 'ibm-cos' ? undefined : minimum,
    };
  } catch (error) {
    throw error instanceof S3Error ? new TypeError(`${at}: ${wordsOf(error)}`) : error;
  }
}

/** Throws a TypeError where a bucket would have both, as S3 lets none. */
export function checkLifecycleWithMfaDelete(
  name: string,
  lifecycle: boolean,
  mfaDelete: MfaDeleteStatus | undefined,
): void {
  if (!lifecycle || mfaDelete !== 'Enabled') return;
  throw new TypeError(
    `bucket '${name}': lifecycle rules where mfaDelete is 'Enabled'. S3 has one or the other: give mfaDelete 'Disabled', or no rules.`,
  );
}

/** S3's own words where it has any, and ours where it only says that the document does not fit. */
function wordsOf({ details, why }: S3Error): string {
  return 'message' in details ? details.message : (why ?? '');
}

/** The lifecycle of a bucket as a test reads it. */
export function lifecycleState(lifecycle: LifecycleConfiguration): LifecycleState {
  const rules = copied(lifecycle.Rules, (date) => new Date(date)) as readonly LifecycleRule[]; // a copy is of the same shape
  return Object.freeze({ rules, ...settingsOf(lifecycle) });
}

/** The same as JSON can hold it. */
export function lifecycleLiteral(lifecycle: LifecycleConfiguration): LifecycleFixture {
  const rules = copied(lifecycle.Rules, (date) => date.toISOString()) as readonly LifecycleRuleFixture[]; // as above, but for dates
  return { rules, ...settingsOf(lifecycle) };
}

function settingsOf({ TransitionDefaultMinimumObjectSize: minimum }: LifecycleConfiguration) {
  if (minimum === undefined) return { dialect: 'ibm-cos' } as const;
  return minimum === 'varies_by_storage_class' ? { transitionDefaultMinimumObjectSize: minimum } : {};
}

function copied(value: unknown, date: (date: Date) => unknown): unknown {
  if (types.isDate(value)) return date(value);
  if (Array.isArray(value)) return Object.freeze(value.map((item) => copied(item, date)));
  if (!isRecord(value)) return value;
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copied(member, date)])));
}

type Kind = 'text' | 'a whole number' | 'true or false' | 'date' | Shape | readonly [Shape];
interface Shape {
  readonly [member: string]: Kind;
}

const tag: Shape = { Key: 'text', Value: 'text' };
const sizes: Shape = { ObjectSizeGreaterThan: 'a whole number', ObjectSizeLessThan: 'a whole number' };
const age: Shape = { Days: 'a whole number', Date: 'date' };
const noncurrent: Shape = { NoncurrentDays: 'a whole number', NewerNoncurrentVersions: 'a whole number' };

const ruleShape: Shape = {
  ID: 'text',
  Status: 'text',
  Prefix: 'text',
  Filter: { Prefix: 'text', Tag: tag, TagSet: [tag], ...sizes, And: { Prefix: 'text', Tags: [tag], ...sizes } },
  Expiration: { ...age, ExpiredObjectDeleteMarker: 'true or false' },
  NoncurrentVersionExpiration: noncurrent,
  Transitions: [{ ...age, StorageClass: 'text' }],
  NoncurrentVersionTransitions: [{ ...noncurrent, StorageClass: 'text' }],
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 'a whole number' },
};

function readMembers(at: string, shape: Shape, value: unknown): object {
  if (!isRecord(value)) throw new TypeError(`${at}: ${wrong(value)} is no object. Give it as AWS's SDKs write it.`);
  checkMembers(at, value, Object.keys(shape));
  const given = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    given.map(([name, member]) => [name, readKind(`${at}, ${name}`, shape[name] ?? 'text', member)]),
  );
}

function readKind(at: string, kind: Kind, value: unknown): unknown {
  if (kind === 'date') return readDate(at, value);
  if (kind === 'text') return checked(at, typeof value === 'string', 'text', value);
  if (kind === 'true or false') return checked(at, typeof value === 'boolean', kind, value);
  if (kind === 'a whole number') return checked(at, Number.isSafeInteger(value), kind, value);
  if (!isList(kind)) return readMembers(at, kind, value);
  if (!Array.isArray(value)) throw new TypeError(`${at} ${wrong(value)}. Give a list.`);
  return value.map((item, index) => readMembers(`${at} ${index + 1}`, kind[0], item));
}

function isList(kind: Shape | readonly [Shape]): kind is readonly [Shape] {
  return Array.isArray(kind);
}

function checked(at: string, holds: boolean, what: string, value: unknown): unknown {
  if (holds) return value;
  throw new TypeError(`${at} ${wrong(value)}. Give ${what}.`);
}

function readDate(at: string, value: unknown): Date {
  try {
    return new Date(readMoment(value as Date)); // which throws for anything else
  } catch (error) {
    throw new TypeError(`${at}: ${(error as Error).message}`); // what readMoment throws
  }
}
