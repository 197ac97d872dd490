import type { Bucket } from '../bucket';
import type { ReplicationRule } from '../configurations/replication-rules';
import { destinationOf, enabledRule, ruleWithId, schemaOf } from './replication-rules';
import type { CopyTerms, ReplicationTask } from './replication-task';

/** The terms of a copy that a rule of a bucket asks for now; undefined if those in force at the copy will count (F853). */
export function termsOfRule({ settings }: Pick<Bucket, 'settings'>, rule: ReplicationRule): CopyTerms | undefined {
  if (schemaOf(rule).goesBy === 'configuration of the copy') return undefined;
  return { rule, role: settings.replication?.Role };
}

/** The terms by which a task is carried out; undefined if no rule asks for it any more. */
export function termsOf(bucket: Bucket, { terms, rule: id, destination }: ReplicationTask): CopyTerms | undefined {
  if (terms !== undefined) return terms;
  const rule = enabledRule(bucket, id);
  return rule && destinationOf(rule) === destination ? { rule, role: bucket.settings.replication?.Role } : undefined;
}

/** The rule of a task, whether or not it is in force; undefined if it is gone. */
export function ruleOf(
  bucket: Pick<Bucket, 'settings'>,
  { terms, rule }: Pick<ReplicationTask, 'terms' | 'rule'>,
): ReplicationRule | undefined {
  return terms?.rule ?? ruleWithId(bucket, rule);
}

/** Gives the tasks of a fixture that have no terms those which its bucket has by then. */
export function adoptTerms(bucket: Bucket): void {
  for (const task of bucket.replications.values()) {
    const found = task.terms === undefined ? termsOf(bucket, task) : undefined;
    const terms = found && termsOfRule(bucket, found.rule);
    if (terms !== undefined) bucket.replications.set(task.id, { ...task, terms });
  }
}
