import { dialects } from '../dialects';
import { isCosLocation } from '../formats/regions';
import type { Ids } from '../model/ids';
import type { LifecycleConfiguration, LifecycleRule, RuleDraft } from '../model/lifecycle/rules';
import { readRules } from '../model/lifecycle/validation';
import type { MfaDeleteStatus } from '../model/versioning';
import { S3Error } from '../refusals/s3-error';
import { lifecycleRule } from '../shapes/lifecycle';
import { checkOptionNames } from '../text/member-names';
import { writeGiven } from '../text/values';
import { frozenCopy } from './frozen-copy';
import { refusalWords } from './refusal-words';
import { readMembers } from './shape-literal';

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
interface LifecycleRuleFixture {
  /** If left out, an id is generated. */
  readonly ID?: string | undefined;
  readonly Status: 'Enabled' | 'Disabled' | undefined;
  /** Empty for all keys. A rule has a filter or, in the older form, a prefix. */
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
  /** Its rules, in the form of PutBucketLifecycleConfiguration. */
  readonly rules: readonly LifecycleRuleFixture[];
  /** Whether small objects may move, as S3's parameter of that name says. Default: `all_storage_classes_128K`. */
  readonly transitionDefaultMinimumObjectSize?: 'all_storage_classes_128K' | 'varies_by_storage_class' | undefined;
  /** Which service checks the rules: IBM COS differs in a few. Default: `ibm-cos` if the bucket's region is a location of COS. */
  readonly dialect?: 'aws' | 'ibm-cos' | undefined;
}

/** The lifecycle of a bucket as a test reads it: a frozen copy. */
export interface LifecycleState extends LifecycleFixture {
  /** Its rules with the ids that were given or generated. */
  readonly rules: readonly LifecycleRule[];
}

/** The parts of a bucket that decide which rules it may have. */
interface LifecycleContext {
  readonly name: string;
  readonly location: string | undefined;
  readonly mfaDelete: MfaDeleteStatus | undefined;
  readonly ids: Ids;
}

/** Reads the lifecycle of a literal. Rules that S3 refuses are a TypeError in S3's words. */
export function readLifecycle(
  fixture: LifecycleFixture,
  { name, location, mfaDelete, ids }: LifecycleContext,
): LifecycleConfiguration {
  const at = `bucket '${name}': lifecycle`;
  checkOptionNames(at, fixture, ['rules', 'transitionDefaultMinimumObjectSize', 'dialect']);
  checkLifecycleWithMfaDelete(name, true, mfaDelete);
  const { rules, transitionDefaultMinimumObjectSize: minimum = 'all_storage_classes_128K' } = fixture;
  if (!Array.isArray(rules))
    throw new TypeError(
      `${at}: rules ${writeGiven(rules)}. Give a list such as [{ Status: 'Enabled', Filter: {}, Expiration: { Days: 30 } }].`,
    );
  if (minimum !== 'all_storage_classes_128K' && minimum !== 'varies_by_storage_class')
    throw new TypeError(
      `${at}: transitionDefaultMinimumObjectSize ${writeGiven(minimum)}. Give 'all_storage_classes_128K' or 'varies_by_storage_class'.`,
    );
  const { dialect = location !== undefined && isCosLocation(location) ? 'ibm-cos' : 'aws' } = fixture;
  if (!Object.hasOwn(dialects, dialect))
    throw new TypeError(`${at}: dialect ${writeGiven(dialect)}. Give 'aws' or 'ibm-cos'.`);
  const drafts = rules.map(
    (rule, index) => readMembers(`${at}, rule ${index + 1}`, lifecycleRule.members, rule) as RuleDraft, // a value of the shape
  );
  const service = dialects[dialect].lifecycle;
  try {
    return {
      Rules: readRules(drafts, service.rules, ids),
      TransitionDefaultMinimumObjectSize: service.transitionMinimum && minimum,
    };
  } catch (error) {
    throw error instanceof S3Error ? new TypeError(`${at}: ${refusalWords(error)}`) : error;
  }
}

/** Throws a TypeError if a bucket would have both lifecycle rules and MFA Delete, which S3 does not allow. */
export function checkLifecycleWithMfaDelete(
  name: string,
  lifecycle: boolean,
  mfaDelete: MfaDeleteStatus | undefined,
): void {
  if (!lifecycle || mfaDelete !== 'Enabled') return;
  throw new TypeError(
    `bucket '${name}': lifecycle rules, but mfaDelete is 'Enabled'. S3 allows one or the other: give mfaDelete 'Disabled', or no rules.`,
  );
}

/** A frozen copy of a bucket's lifecycle. */
export function lifecycleState(lifecycle: LifecycleConfiguration): LifecycleState {
  const rules = frozenCopy(lifecycle.Rules, (date) => new Date(date)) as readonly LifecycleRule[]; // a copy is of the same shape
  return Object.freeze({ rules, ...lifecycleSettings(lifecycle) });
}

/** The same in a form that JSON can store. */
export function lifecycleLiteral(lifecycle: LifecycleConfiguration): LifecycleFixture {
  const rules = frozenCopy(lifecycle.Rules, (date) => date.toISOString()) as readonly LifecycleRuleFixture[]; // the same shape, except for dates
  return { rules, ...lifecycleSettings(lifecycle) };
}

function lifecycleSettings({ TransitionDefaultMinimumObjectSize: minimum }: LifecycleConfiguration) {
  if (minimum === undefined) return { dialect: 'ibm-cos' } as const;
  return minimum === 'varies_by_storage_class' ? { transitionDefaultMinimumObjectSize: minimum } : {};
}
