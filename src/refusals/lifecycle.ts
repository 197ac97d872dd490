import { writeJavaDate } from '../formats/dates';
import {
  invalidArgument,
  invalidRequest,
  ofBucket,
  type Refusal,
  refusal,
  requestInvalid,
  type Text,
  type Texts,
  valueInvalid,
} from './refusal';

const cos = { message: 'The request is not valid with the current state of the bucket.' };

/** The field that S3 names, with its value. */
export interface Field {
  readonly field: string;
  readonly value: number | Date;
}

/** A field of an action. */
export interface ActionField extends Field {
  readonly action: string;
}

/** Two transitions of a rule, if the colder transition comes too soon after the warmer. */
export interface TransitionTooClose extends ActionField {
  /** S3's description of the filter of the rule. */
  readonly scope: string;
  readonly colder: string;
  readonly warmer: string;
  /** The days that have to pass between the two. */
  readonly least: number;
}

/** An InvalidArgument that names the field. S3 writes dates in the time of Seattle. */
function fieldInvalid<Details extends Field>(message: Text<Details>): Refusal<Details> {
  return invalidArgument<Details>(message, {
    fields: ({ field, value }) => ({
      ArgumentName: field,
      ArgumentValue: value instanceof Date ? writeJavaDate(value.getTime()) : String(value),
    }),
  });
}

/** Refusals of a lifecycle configuration as a whole. */
export const lifecycle = {
  /** A GET of the lifecycle configuration of a bucket that has none. */
  NoSuchLifecycleConfiguration: refusal('NoSuchLifecycleConfiguration', 404)(
    'The lifecycle configuration does not exist',
    { ...ofBucket, undeclared: true },
  ),
  /** A PUT of lifecycle rules with an x-amz-transition-default-minimum-object-size other than S3's two words. */
  TransitionMinimumInvalid: invalidRequest<Texts<'value'>>(
    ({ value }) => `Invalid TransitionDefaultMinimumObjectSize found: ${value}`,
  ),
  // A guess, modelled on the text of MfaDeleteWithLifecycle (F117).
  /** A PUT of lifecycle rules on a bucket with MFA Delete. */
  LifecycleWithMfaDelete: refusal('InvalidBucketState', 409)(
    'Lifecycle configuration is not supported on a bucket with Mfa Authentication. Disable Mfa Authentication before adding a lifecycle configuration.',
    { cos },
  ),
  /** A PUT of versioning that turns MFA Delete on, on a bucket with lifecycle rules. */
  MfaDeleteWithLifecycle: refusal('InvalidBucketState', 409)(
    'Mfa Authentication is not supported on a bucket with lifecycle configuration. Delete lifecycle configuration before enabling Mfa Authentication.',
    { cos },
  ),
  /** A PUT of lifecycle rules with an ID of more than 255 characters. */
  LifecycleIdTooLong: valueInvalid('ID', 'ID length should not exceed allowed limit of 255'),
  /** A PUT of lifecycle rules with an ID that has a character which IBM COS does not take. */
  LifecycleIdCharacters: valueInvalid('ID', 'Invalid Argument'),
  /** A PUT of lifecycle rules in which two rules have the same ID. */
  LifecycleIdRepeated: valueInvalid('ID', 'Rule ID must be unique. Found same ID for more than one rule'),
  /** A PUT of lifecycle rules in which the first rule has its own Prefix and a later rule has a Filter. */
  LifecycleFilterInV1: requestInvalid('Filter element can only be used in Lifecycle V2.'),
  /** A PUT of lifecycle rules in which the first rule has a Filter and any rule has its own Prefix. */
  LifecyclePrefixInV2: requestInvalid(
    'Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.',
  ),
  /** A PUT of lifecycle rules without a Filter that count newer noncurrent versions. */
  LifecycleNewerVersionsInV1: requestInvalid('NewerNoncurrentVersions element can only be used in Lifecycle V2.'),
  /** A PUT of a lifecycle rule whose prefix has more than 1,024 bytes. */
  LifecyclePrefixTooLong: requestInvalid('The maximum size of a prefix is 1024'),
  /** A PUT of a lifecycle rule that filters by a tag whose key is empty or has more than 128 characters. */
  LifecycleTagKeyInvalid: requestInvalid("A Tag's Key must be a length between 1 and 128."),
  /** A PUT of a lifecycle rule that filters by a tag whose value has more than 256 characters. */
  LifecycleTagValueInvalid: requestInvalid("A Tag's Value must be a length between 0 and 256."),
  /** A PUT of a lifecycle rule that filters by two tags of the same key. */
  LifecycleTagKeyRepeated: requestInvalid('Duplicate Tag Keys are not allowed.'),
  /** A PUT of a lifecycle rule whose ObjectSizeGreaterThan is negative or above the size of the largest object. */
  LifecycleSizeGreaterThanInvalid: requestInvalid<{ readonly largest: number }>(
    ({ largest }) => `'ObjectSizeGreaterThan' should be between 0 and ${largest}.`,
  ),
  /** A PUT of a lifecycle rule whose ObjectSizeLessThan is below 1 or above the size of the largest object. */
  LifecycleSizeLessThanInvalid: requestInvalid<{ readonly largest: number }>(
    ({ largest }) => `'ObjectSizeLessThan' should be between 1 and ${largest}.`,
  ),
  /** A PUT of a lifecycle rule whose two limits of size leave no size between them. */
  LifecycleSizesExclusive: requestInvalid(
    "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.",
  ),
  /** A PUT of a lifecycle rule that does nothing. */
  LifecycleActionMissing: requestInvalid('At least one action needs to be specified in a rule'),
  /** A PUT of a lifecycle rule that filters by tags, and removes expired delete markers or aborts uploads. */
  LifecycleActionWithTags: requestInvalid<Texts<'action'>>(({ action }) => `${action} cannot be specified with Tags.`),
  /** A PUT of a lifecycle rule that filters by size, and removes expired delete markers or aborts uploads. */
  LifecycleActionWithSizes: requestInvalid<Texts<'action'>>(
    ({ action }) => `${action} cannot be specified with Object Size.`,
  ),
  /** A PUT of a lifecycle rule that acts by Days and by Date. */
  LifecycleDaysWithDates: requestInvalid<Texts<'actions' | 'scope'>>(
    ({ actions, scope }) => `Found mixed 'Date' and 'Days' based ${actions} actions in lifecycle rule for ${scope}`,
  ),
  /** A PUT of lifecycle rules of the old form whose prefixes overlap and which do the same. */
  LifecyclePrefixesOverlap: requestInvalid<Texts<'shorter' | 'longer' | 'action'>>(
    ({ shorter, longer, action }) =>
      `Found overlapping prefixes '${shorter}' and '${longer}' for same action type '${action}'`,
  ),
  /** A PUT of a lifecycle rule that moves objects into one storage class twice. */
  LifecycleStorageClassRepeated: requestInvalid<Texts<'action' | 'scope'>>(
    ({ action, scope }) => `'StorageClass' must be different for '${action}' actions in same 'Rule' with ${scope}`,
  ),
  /** A PUT of a lifecycle rule with a number of days or versions below 1, where S3 does not take 0. */
  LifecycleNumberNotPositive: fieldInvalid<ActionField>(
    ({ field, action }) => `'${field}' for ${action} action must be a positive integer`,
  ),
  /** A PUT of a lifecycle rule with a Date within a day. */
  LifecycleDateNotMidnight: fieldInvalid<Field>(({ field }) => `'${field}' must be at midnight GMT`),
  /** A PUT of a lifecycle rule with a transition after a negative number of days. */
  LifecycleDaysNegative: fieldInvalid<ActionField>(
    ({ field, action }) => `'${field}' in ${action} action must be nonnegative`,
  ),
  /** A PUT of a lifecycle rule that moves objects on to a colder class too soon after a warmer one. */
  LifecycleTransitionsTooClose: fieldInvalid<TransitionTooClose>(({ field, action, scope, colder, warmer, least }) => {
    const more = least === 1 ? 'greater than' : `${least} days more than`;
    return `'${field}' in the '${action}' action for StorageClass '${colder}' for ${scope} must be ${more} '${scope}' in the '${action}' action for StorageClass '${warmer}'`;
  }),
  /** A PUT of a lifecycle rule that deletes objects no later than it moves them. */
  LifecycleExpirationTooEarly: fieldInvalid<ActionField & { readonly ending: string; readonly scope: string }>(
    ({ field, action, ending, scope }) =>
      `'${field}' in the ${ending} action for ${scope} must be greater than '${field}' in the ${action} action`,
  ),
  /** A PUT of a lifecycle rule that moves objects into STANDARD or REDUCED_REDUNDANCY. */
  LifecycleTargetInvalid: invalidArgument<Texts<'action' | 'StorageClass'>>(
    ({ action }) => `Invalid target Storage class for ${action} action`,
    { fields: ({ StorageClass }) => ({ ArgumentName: 'StorageClass', ArgumentValue: StorageClass }) },
  ),
};
