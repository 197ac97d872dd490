import { minute } from '../../formats/durations';
import type { Bucket } from '../bucket';
import { type DueSubjects, never } from '../schedule/due-times';
import { carryOut, type Done, type DueSource, type ServiceAction } from '../schedule/service-action';
import { findVersion } from '../versions/version-lookup';
import { attempt, type ReplicationStore } from './attempt';
import { taskAfterFailure } from './failures';
import type { ReplicationFailure } from './replication-reasons';
import { findTaskRule, findTerms } from './replication-rules';
import { type ReplicationState, withCopyAt } from './replication-state';
import { makeTaskId, type ReplicationTask, replicatedParts } from './replication-task';

/** The time in milliseconds after which S3 reports what a rule with ReplicationTime did not copy yet. */
export const lateAfter = 15 * minute;

export function makeReplicationSource(store: ReplicationStore): DueSource {
  return {
    concerns: ({ replications }) => replications.size > 0,
    next: ({ replications, settings }, after) =>
      replications.size === 0
        ? never
        : Math.max(after, replications.due.soonest(makeSubjects({ replications, settings }))),
    *act(bucket, at) {
      const { replications } = bucket;
      const due = replications.due.take(at).flatMap((id) => replications.get(id) ?? []);
      for (const task of due.sort(compareTasks)) yield goOn(store, bucket, task, at);
    },
  };
}

function goOn(store: ReplicationStore, bucket: Bucket, task: ReplicationTask, at: number): Done {
  const { key, versionId, part, destination, rule, sender } = task;
  const role = findTerms(bucket, task)?.role ?? bucket.settings.replication?.Role;
  const done = carryOut(store, { bucket, at, rule, role }, () => ({
    action: 'replicate',
    // The name has the form of the names in S3's server access logs (F859).
    operation: 'S3.REPLICATE.OBJECT',
    key,
    versionId,
    part,
    destination,
    ...(task.at > at ? noteLate(bucket, task) : tryCopy(store, bucket, task, at)),
  }));
  return { ...done, sender };
}

function tryCopy(store: ReplicationStore, bucket: Bucket, task: ReplicationTask, at: number): Outcome {
  const failure = attempt(store, bucket, task, at);
  if (failure === undefined) return end(store, bucket, task, { became: 'COMPLETED' });
  const after = taskAfterFailure(task, findTerms(bucket, task)?.rule, failure, at);
  const isOver = after === undefined || after.isGivenUp === true;
  const outcome = isOver
    ? end(store, bucket, task, { became: 'FAILED', failure })
    : ({ result: 'PENDING', reason: failure.reason, why: failure.why } as const);
  if (after !== undefined) bucket.replications.set(task.id, after);
  return outcome;
}

type Outcome = Pick<ServiceAction, 'result' | 'reason' | 'why'>;

function makeSubjects({ replications, settings }: Pick<Bucket, 'replications' | 'settings'>): DueSubjects {
  const dueAt = (id: string) => {
    const task = replications.get(id);
    return task === undefined || task.isGivenUp ? never : Math.min(task.at, lateAt(task, settings));
  };
  return { basis: settings.replication ?? noRules, names: () => replications.keys(), dueAt };
}

const noRules = {};

/** S3 reports once that a task took longer than a rule with ReplicationTime allows (F856). */
function lateAt(task: ReplicationTask, settings: Bucket['settings']): number {
  const { part, isLate, begun } = task;
  if (isLate || part !== 'object') return never;
  const rule = findTaskRule({ settings }, task);
  return rule?.Destination.ReplicationTime?.Status === 'Enabled' ? begun + lateAfter : never;
}

function noteLate(bucket: Bucket, task: ReplicationTask): Outcome {
  bucket.replications.set(task.id, { ...task, isLate: true });
  bucket.noteReplication({ task, became: 'late' });
  return { result: 'PENDING', reason: undefined, why: 'it took longer than the 15 minutes of its rule' };
}

/** Compares tasks by their times. Tasks of the same time are in the order in which requests caused them. */
export function compareTasks(a: ReplicationTask, b: ReplicationTask): number {
  const difference = a.at - b.at || a.begun - b.begun || a.sequence - b.sequence;
  return difference || replicatedParts.indexOf(a.part) - replicatedParts.indexOf(b.part);
}

function end(
  store: ReplicationStore,
  bucket: Bucket,
  task: ReplicationTask,
  ending: { readonly became: 'COMPLETED' | 'FAILED'; readonly failure?: ReplicationFailure },
): Outcome {
  const { became, failure } = ending;
  bucket.replications.delete(task.id);
  const version = findVersion(store, bucket, task.key, task.versionId);
  const state = version?.replication;
  if (version && state && !(became === 'COMPLETED' && isUnfinished(bucket, task, state)))
    bucket.versions.replace({ ...version, replication: withCopyAt(state, task.destination, became) });
  if (!failure?.isOfTagsAlone) bucket.noteReplication({ ...ending, task });
  return { result: became, reason: failure?.reason, why: failure?.why };
}

/** Whether another part of the version is still on its way to the bucket, or has failed in the meantime. */
function isUnfinished({ replications }: Bucket, task: ReplicationTask, { copies }: ReplicationState): boolean {
  const { destination } = task;
  const copy = copies.find((one) => one.destination === destination);
  if (copy?.status === 'FAILED') return true;
  return replicatedParts.some((part) => replications.has(makeTaskId({ ...task, part })));
}
