import { type FilterSubject, meets } from '../configurations/filters';
import type { Version } from '../versions/version';
import { ruleIndexOf } from './rule-index';
import { dueAfterDays, dueAt, type LifecycleConfiguration, type LifecycleRule, subjectOf } from './rules';

/** The time at which an action is due, and its rule. */
export interface Due {
  readonly at: number;
  readonly rule: LifecycleRule;
}

/** The expiration of the current version of a key by the soonest rule (F112), for `x-amz-expiration`. */
export function expirationOf(configuration: LifecycleConfiguration | undefined, version: Version): Due | undefined {
  return soonest(configuration, subjectOf(version), ({ Expiration = {} }) => dueAt(version.created, Expiration));
}

/** The abortion of an upload by the soonest rule, for `x-amz-abort-date`. */
export function abortionOf(
  configuration: LifecycleConfiguration | undefined,
  { key, initiated }: { readonly key: string; readonly initiated: number },
): Due | undefined {
  return soonest(configuration, { key, tags: [], size: 0 }, ({ AbortIncompleteMultipartUpload }) => {
    const days = AbortIncompleteMultipartUpload?.DaysAfterInitiation;
    return days === undefined ? undefined : dueAfterDays(initiated, days);
  });
}

function soonest(
  configuration: LifecycleConfiguration | undefined,
  subject: FilterSubject,
  dueBy: (rule: LifecycleRule) => number | undefined,
): Due | undefined {
  if (configuration === undefined) return undefined;
  let found: Due | undefined;
  for (const { rule, predicates } of ruleIndexOf(configuration).candidates(subject.key, [subject])) {
    if (!meets(subject, predicates)) continue;
    const at = dueBy(rule) ?? Number.POSITIVE_INFINITY;
    if (at < (found?.at ?? Number.POSITIVE_INFINITY)) found = { at, rule };
  }
  return found;
}
