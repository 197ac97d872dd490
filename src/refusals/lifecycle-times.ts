import { javaDate } from '../formats/dates';
import { type Refusal, refusal, type Text } from './refusal';

/** The field that S3 names, with its value. */
export interface Field {
  readonly field: string;
  readonly value: number | Date;
}

/** A field of an action. */
export interface ActionField extends Field {
  readonly action: string;
}

/** Two transitions of a rule, of which the colder one comes too soon after the warmer one. */
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
  return refusal<Details>('InvalidArgument', 400, message, {
    fields: ({ field, value }) => ({
      ArgumentName: field,
      ArgumentValue: value instanceof Date ? javaDate(value.getTime()) : String(value),
    }),
  });
}

/** Refusals of the days and dates in rules of lifecycle (F115). */
export const lifecycleTimes = {
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
  LifecycleTargetInvalid: refusal<{ readonly action: string; readonly StorageClass: string }>(
    'InvalidArgument',
    400,
    ({ action }) => `Invalid target Storage class for ${action} action`,
    { fields: ({ StorageClass }) => ({ ArgumentName: 'StorageClass', ArgumentValue: StorageClass }) },
  ),
};
