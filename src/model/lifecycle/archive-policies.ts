import type { LifecycleConfiguration, LifecycleRule } from './rules';

/** Archive policies of IBM COS: a version is archived by the policy under which it was written, also after that was changed or deleted (F120). */

const always = { from: 0, to: Number.POSITIVE_INFINITY };

/**
 * Returns the configuration by which a bucket acts from the next write on, undefined if nothing is left to do. Each of its transitions is a
 * rule of its own, with the numbers of the writes that it concerns.
 */
export function makeActingConfiguration(
  before: LifecycleConfiguration | undefined,
  put: LifecycleConfiguration | undefined,
  nextWrite: number,
): LifecycleConfiguration | undefined {
  const earlier = (before?.Rules ?? []).flatMap((rule) => findPolicy(rule, rule.ofWrites ?? always) ?? []);
  const next = (put?.Rules ?? []).flatMap((rule) => findPolicy(rule, { ...always, from: nextWrite }) ?? [])[0];
  const current = earlier.find(({ ofWrites }) => ofWrites?.to === always.to);
  const stays = current !== undefined && next !== undefined && writeTransitions(current) === writeTransitions(next);
  const ended = earlier.map((rule) => (rule === current && !stays ? endAt(rule, nextWrite) : rule));
  const Rules = [...(put?.Rules ?? []).flatMap(withoutTransitions), ...ended, ...(next && !stays ? [next] : [])];
  return Rules.length === 0 ? undefined : { Rules, TransitionDefaultMinimumObjectSize: undefined };
}

function writeTransitions({ Transitions = [] }: LifecycleRule): string {
  return Transitions.map(({ Days, Date: date, StorageClass }) => `${Days} ${date?.getTime()} ${StorageClass}`).join();
}

function findPolicy(
  { ID, Status, Transitions = [] }: LifecycleRule,
  ofWrites: NonNullable<LifecycleRule['ofWrites']>,
): LifecycleRule | undefined {
  if (Transitions.length === 0 || Status !== 'Enabled') return undefined;
  return { ID, Status, Filter: {}, Transitions, ofWrites };
}

function endAt(rule: LifecycleRule, to: number): LifecycleRule {
  return { ...rule, ofWrites: { ...(rule.ofWrites ?? always), to } };
}

function withoutTransitions({ Transitions: _archived, ...rule }: LifecycleRule): readonly LifecycleRule[] {
  const { Expiration, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload } = rule;
  return (Expiration ?? NoncurrentVersionExpiration ?? AbortIncompleteMultipartUpload) ? [rule] : [];
}
