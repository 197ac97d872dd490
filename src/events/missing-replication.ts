import type { Journal } from '../journal/journal';
import type { ServiceAction } from '../journal/service-actions';
import type { Bucket } from '../model/bucket';
import { hasMetrics } from '../model/events/replication-events';
import type { EventName } from '../model/events/report';
import { threshold } from '../model/replication/replication';
import { destinationOf } from '../model/replication/replication-rules';
import type { ReplicationTask } from '../model/replication/replication-task';
import type { Store } from '../model/store';
import { firstLines } from '../text/counts';
import { writeKey } from '../text/values';

const LISTED = 6;

/** The events of a test that were expected, and the object that they are about. */
interface Question {
  readonly names: readonly EventName[];
  readonly key: string | undefined;
}

/** Whether all of some events are about what becomes of replications. */
export function areOfReplication(names: readonly EventName[]): boolean {
  return names.length > 0 && names.every((name) => name.startsWith('Replication:'));
}

/** Why the source of replications did not report one: its rules do not ask for it, it went well, or it is not due yet. */
export function whyNoOutcome(
  requests: Journal,
  store: Store,
  bucket: Bucket,
  { names, key }: Question,
): readonly string[] {
  const { replication } = bucket.settings;
  if (!replication) return [`Bucket ${writeKey(bucket.name)} has no replication configuration.`];
  const measured = replication.Rules.filter(hasMetrics);
  if (measured.length === 0)
    return [`No rule of bucket ${writeKey(bucket.name)} has Metrics: { Status: 'Enabled' }, and S3 reports no other.`];
  const areOfThreshold = names.every((name) => /Threshold$/.test(name));
  if (areOfThreshold && !measured.some(({ Destination }) => Destination.ReplicationTime?.Status === 'Enabled'))
    return [
      `No rule of bucket ${writeKey(bucket.name)} has ReplicationTime: { Status: 'Enabled' }, so S3 measures no threshold.`,
    ];
  const done = actionsOf(requests, (one) => one.bucket === bucket.name && isAbout(one, key));
  const pending = [...bucket.replications.values()].filter((task) => isAbout(task, key));
  if (done.length === 0 && pending.length === 0)
    return [`Replication has nothing to copy from bucket ${writeKey(bucket.name)}${ofKey(key)}.`];
  return [...writeDone(done), ...writePending(bucket.name, pending, store, areOfThreshold)];
}

/** Why a bucket has no replica to report: a replication to it failed, or is not due yet. Empty if no replication explains it. */
export function whyNoReplica(
  requests: Journal,
  store: Store,
  bucket: Bucket,
  { key }: Pick<Question, 'key'>,
): readonly string[] {
  const failed = actionsOf(
    requests,
    (one) => one.destination === bucket.name && one.result !== 'COMPLETED' && isAbout(one, key),
  );
  const pending = [...store.buckets.values()]
    .filter(({ settings }) => settings.replication?.Rules.some((rule) => destinationOf(rule) === bucket.name))
    .flatMap((source) => {
      const tasks = [...source.replications.values()];
      const own = tasks.filter((task) => task.destination === bucket.name && isAbout(task, key));
      return writePending(source.name, own, store, false);
    });
  return [...writeDone(failed), ...pending];
}

function actionsOf(requests: Journal, isOwn: (action: ServiceAction) => boolean): readonly ServiceAction[] {
  return requests.serviceActions.filter((action) => action.action === 'replicate' && isOwn(action));
}

function isAbout(one: { readonly key: string }, key: string | undefined): boolean {
  return key === undefined || one.key === key;
}

function ofKey(key: string | undefined): string {
  return key === undefined ? '' : ` with the key ${writeKey(key)}`;
}

function writeDone(done: readonly ServiceAction[]): readonly string[] {
  if (done.length === 0) return [];
  const lines = done.map(({ bucket, key, part, destination, result, reason, why, at }) => {
    const cause = [reason, why].filter((one) => one !== undefined).join(': ');
    const outcome = cause === '' ? result : `${result} (${cause})`;
    return `  ${writeTime(at)}  ${part} ${bucket}/${key} to ${writeKey(destination ?? '')}: ${outcome}`;
  });
  return [`What replication did:\n${firstLines(lines, LISTED, 'replication').join('\n')}`];
}

function writePending(
  source: string,
  tasks: readonly ReplicationTask[],
  { clock }: Pick<Store, 'clock'>,
  areOfThreshold: boolean,
): readonly string[] {
  if (tasks.length === 0) return [];
  const lines = tasks.map(({ key, part, destination, at, begun }) => {
    const late = areOfThreshold ? `, late at ${writeTime(new Date(begun + threshold))}` : '';
    return `  ${part} ${source}/${key} to ${writeKey(destination)}: due at ${writeTime(new Date(at))}${late}`;
  });
  return [
    `Replication has not done this yet; it is ${writeTime(new Date(clock.now()))} by the clock, and s3.clock.advance moves it:\n${firstLines(lines, LISTED, 'replication').join('\n')}`,
  ];
}

function writeTime(time: Date): string {
  return time.toISOString().slice(0, 19).replace('T', ' ');
}
