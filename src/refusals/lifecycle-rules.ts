import { argument, type FailsByCode, type NoDetails, type Refusal, refusal, type Text } from './refusal';

/** An InvalidRequest about a rule of a lifecycle configuration. */
function ruleInvalid<Details extends object = NoDetails>(message: Text<Details>): Refusal<Details> & FailsByCode {
  return refusal<Details>({ code: 'InvalidRequest', status: 400, message, failsByName: false });
}

/** Refusals of the rules of lifecycle: their form, their filter and their actions (F115). */
export const lifecycleRules = {
  LifecycleIdTooLong: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'ID length should not exceed allowed limit of 255',
    fields: argument('ID'),
  }),
  LifecycleIdRepeated: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'Rule ID must be unique. Found same ID for more than one rule',
    fields: argument('ID'),
  }),
  LifecycleFilterInV1: ruleInvalid('Filter element can only be used in Lifecycle V2.'),
  LifecyclePrefixInV2: ruleInvalid(
    'Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.',
  ),
  LifecycleNewerVersionsInV1: ruleInvalid('NewerNoncurrentVersions element can only be used in Lifecycle V2.'),
  LifecyclePrefixTooLong: ruleInvalid('The maximum size of a prefix is 1024.'),
  LifecycleTagKeyInvalid: ruleInvalid("A Tag's Key must be a length between 1 and 128."),
  LifecycleTagValueInvalid: ruleInvalid("A Tag's Value must be a length between 0 and 256."),
  LifecycleTagKeyRepeated: ruleInvalid('Duplicate Tag Keys are not allowed.'),
  LifecycleSizeGreaterThanInvalid: ruleInvalid<{ readonly largest: number }>(
    ({ largest }) => `'ObjectSizeGreaterThan' should be between 0 and ${largest}.`,
  ),
  LifecycleSizeLessThanInvalid: ruleInvalid<{ readonly largest: number }>(
    ({ largest }) => `'ObjectSizeLessThan' should be between 1 and ${largest}.`,
  ),
  LifecycleSizesExclusive: ruleInvalid("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'."),
  LifecycleActionMissing: ruleInvalid('At least one action needs to be specified in a rule'),
  LifecycleActionWithTags: ruleInvalid<{ readonly action: string }>(
    ({ action }) => `${action} cannot be specified with Tags.`,
  ),
  LifecycleActionWithSizes: ruleInvalid<{ readonly action: string }>(
    ({ action }) => `${action} cannot be specified with Object Size.`,
  ),
  LifecycleDaysWithDates: ruleInvalid<{ readonly actions: string; readonly scope: string }>(
    ({ actions, scope }) => `Found mixed 'Date' and 'Days' based ${actions} actions in lifecycle rule for ${scope}`,
  ),
  LifecyclePrefixesOverlap: ruleInvalid<{ readonly shorter: string; readonly longer: string; readonly action: string }>(
    ({ shorter, longer, action }) =>
      `Found overlapping prefixes '${shorter}' and '${longer}' for same action type '${action}'`,
  ),
  LifecycleStorageClassRepeated: ruleInvalid<{ readonly action: string; readonly scope: string }>(
    ({ action, scope }) => `'StorageClass' must be different for '${action}' actions in same 'Rule' with ${scope}`,
  ),
};
