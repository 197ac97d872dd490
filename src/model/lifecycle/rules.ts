import { day } from '../../formats/durations';
import type { lifecycleRule } from '../../shapes/lifecycle';
import type { ValueOf } from '../../shapes/shape';
import type { FilterSubject } from '../configurations/filters';
import type { Version } from '../versions/version';

/** A rule from a request or a fixture, with or without an id. */
export type RuleDraft = ValueOf<typeof lifecycleRule>;

/** A rule of a bucket: it always has an id. */
export type LifecycleRule = RuleDraft & {
  readonly ID: string;
  /** The numbers of the writes whose versions it concerns, the last one excluded; undefined if it concerns all. */
  readonly ofWrites?: { readonly from: number; readonly to: number };
};

export type LifecycleFilter = NonNullable<RuleDraft['Filter']>;

export type LifecycleTransition = NonNullable<RuleDraft['Transitions']>[number];

export interface LifecycleConfiguration {
  readonly Rules: readonly LifecycleRule[];
  // The least size of objects that transitions move. Undefined on IBM COS, which moves all objects, each version by its own age.
  readonly TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K' | 'varies_by_storage_class' | undefined;
}

const endOfTime = 8_640_000_000_000_000;

export function midnightFrom(moment: number): number {
  return Math.ceil(moment / day) * day;
}

/** S3 rounds up to midnight UTC (F110). */
export function dueAfterDays(moment: number, days: number): number {
  const due = midnightFrom(moment + days * day);
  return due <= endOfTime ? due : Number.POSITIVE_INFINITY;
}

export function dueAt(moment: number, { Days, Date: date }: LifecycleTransition): number | undefined {
  return Days !== undefined ? dueAfterDays(moment, Days) : date?.getTime();
}

/** A test that has an entry of the journal can change its dates, which cannot be frozen. */
export function withOwnDates<Rule extends RuleDraft>(rule: Rule): Rule {
  const { Expiration, Transitions } = rule;
  if (!Expiration?.Date && !Transitions?.some(({ Date: date }) => date)) return rule;
  return {
    ...rule,
    ...(Expiration && { Expiration: withOwnDate(Expiration) }),
    ...(Transitions && { Transitions: Transitions.map(withOwnDate) }),
  };
}

function withOwnDate<Action extends { readonly Date?: Date | undefined }>(action: Action): Action {
  return action.Date ? { ...action, Date: new Date(action.Date) } : action;
}

export function makeFilterSubject({ key, tags, content }: Version): FilterSubject {
  return { key, tags, size: content?.body.length ?? 0 };
}
