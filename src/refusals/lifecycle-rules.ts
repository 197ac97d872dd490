import { argument, type FailsByCode, type NoDetails, type Refusal, refusal, type Text } from './refusal';

/** An InvalidRequest about a rule of a lifecycle configuration. */
function ruleInvalid<Details extends object = NoDetails>(message: Text<Details>): Refusal<Details> & FailsByCode {
  return refusal<Details>('InvalidRequest', 400, message, { failsByName: false });
}

/** Refusals of the rules of lifecycle: their form, their filter and their actions (F115). */
export const lifecycleRules = {
  /** A PUT of lifecycle rules, one of which has an ID of more than 255 characters. */
  LifecycleIdTooLong: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    'ID length should not exceed allowed limit of 255',
    { fields: argument('ID') },
  ),
  /** A PUT of lifecycle rules, two of which have the same ID. */
  LifecycleIdRepeated: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    'Rule ID must be unique. Found same ID for more than one rule',
    { fields: argument('ID') },
  ),
  /** A PUT of lifecycle rules, the first of which has a Prefix of its own and a later one a Filter. */
  LifecycleFilterInV1: ruleInvalid('Filter element can only be used in Lifecycle V2.'),
  /** A PUT of lifecycle rules, the first of which has a Filter and any a Prefix of its own. */
  LifecyclePrefixInV2: ruleInvalid(
    'Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.',
  ),
  /** A PUT of lifecycle rules without a Filter that count newer noncurrent versions. */
  LifecycleNewerVersionsInV1: ruleInvalid('NewerNoncurrentVersions element can only be used in Lifecycle V2.'),
  /** A PUT of a lifecycle rule whose prefix has more than 1,024 bytes. */
  LifecyclePrefixTooLong: ruleInvalid('The maximum size of a prefix is 1024.'),
  /** A PUT of a lifecycle rule that filters by a tag whose key is empty or has more than 128 characters. */
  LifecycleTagKeyInvalid: ruleInvalid("A Tag's Key must be a length between 1 and 128."),
  /** A PUT of a lifecycle rule that filters by a tag whose value has more than 256 characters. */
  LifecycleTagValueInvalid: ruleInvalid("A Tag's Value must be a length between 0 and 256."),
  /** A PUT of a lifecycle rule that filters by two tags of the same key. */
  LifecycleTagKeyRepeated: ruleInvalid('Duplicate Tag Keys are not allowed.'),
  /** A PUT of a lifecycle rule whose ObjectSizeGreaterThan is negative or above the size of the largest object. */
  LifecycleSizeGreaterThanInvalid: ruleInvalid<{ readonly largest: number }>(
    ({ largest }) => `'ObjectSizeGreaterThan' should be between 0 and ${largest}.`,
  ),
  /** A PUT of a lifecycle rule whose ObjectSizeLessThan is below 1 or above the size of the largest object. */
  LifecycleSizeLessThanInvalid: ruleInvalid<{ readonly largest: number }>(
    ({ largest }) => `'ObjectSizeLessThan' should be between 1 and ${largest}.`,
  ),
  /** A PUT of a lifecycle rule whose two limits of size leave no size between them. */
  LifecycleSizesExclusive: ruleInvalid("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'."),
  /** A PUT of a lifecycle rule that does nothing. */
  LifecycleActionMissing: ruleInvalid('At least one action needs to be specified in a rule'),
  /** A PUT of a lifecycle rule that filters by tags, and removes expired delete markers or aborts uploads. */
  LifecycleActionWithTags: ruleInvalid<{ readonly action: string }>(
    ({ action }) => `${action} cannot be specified with Tags.`,
  ),
  /** A PUT of a lifecycle rule that filters by size, and removes expired delete markers or aborts uploads. */
  LifecycleActionWithSizes: ruleInvalid<{ readonly action: string }>(
    ({ action }) => `${action} cannot be specified with Object Size.`,
  ),
  /** A PUT of a lifecycle rule that acts by Days and by Date. */
  LifecycleDaysWithDates: ruleInvalid<{ readonly actions: string; readonly scope: string }>(
    ({ actions, scope }) => `Found mixed 'Date' and 'Days' based ${actions} actions in lifecycle rule for ${scope}`,
  ),
  /** A PUT of lifecycle rules of the old form whose prefixes overlap and which do the same. */
  LifecyclePrefixesOverlap: ruleInvalid<{ readonly shorter: string; readonly longer: string; readonly action: string }>(
    ({ shorter, longer, action }) =>
      `Found overlapping prefixes '${shorter}' and '${longer}' for same action type '${action}'`,
  ),
  /** A PUT of a lifecycle rule that moves objects into one storage class twice. */
  LifecycleStorageClassRepeated: ruleInvalid<{ readonly action: string; readonly scope: string }>(
    ({ action, scope }) => `'StorageClass' must be different for '${action}' actions in same 'Rule' with ${scope}`,
  ),
};
