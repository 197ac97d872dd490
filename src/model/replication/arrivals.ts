import { writeDue } from '../../text/durations';
import { quotedList } from '../../text/lists';
import { writeKey } from '../../text/values';
import type { Bucket } from '../bucket';
import type { Store } from '../store';
import { isObject, type Version } from '../versions/version';
import { findVersion, versionIdOf } from '../versions/version-lookup';
import { obstaclesOf } from './obstacles';
import { destinationOf } from './replication-rules';
import { isReplica, type ReplicatedPart } from './replication-state';
import type { ReplicationTask } from './replication-task';

/** The names of the buckets whose rules copy to a bucket. */
export function sourcesOf({ buckets }: Pick<Store, 'buckets'>, { name }: Pick<Bucket, 'name'>): readonly string[] {
  return [...buckets.values()]
    .filter(({ settings }) => settings.replication?.Rules.some((rule) => destinationOf(rule) === name))
    .map((source) => source.name);
}

/** Why a bucket does not have what is in the buckets that are copied to it, for a key: sentences without a point, which name source and cure. */
export function whyNotArrived(store: Store, bucket: Bucket, key: string): readonly string[] {
  return [...store.buckets.values()]
    .filter((source) => source !== bucket)
    .flatMap((source) => {
      const waiting = [...source.replications.values()].filter(
        (task) => task.destination === bucket.name && task.key === key,
      );
      const waits = waiting.map((task) => writeWaitingCopy(source.name, task, store.clock.now()));
      return waits.length > 0 ? waits : whyNotCopied(store, source, bucket, key);
    });
}

/** What S3 has still to copy, when it does, and how a test gets there. */
export function writeWaitingCopy(source: string, task: ReplicationTask, now: number): string {
  const { key, part, destination, at, failed, isGivenUp } = task;
  const what = `the copy of ${subjects[part]} ${source}/${key} to '${destination}'`;
  const before = failed === undefined ? '' : `, whose last attempt failed with ${failed.reason}`;
  if (isGivenUp) return `${what}${before}, is given up`;
  return `${what}${before}${before === '' ? '' : ','} waits for the mock's clock: S3 makes it ${writeDue(at, now)}`;
}

const subjects: Readonly<Record<ReplicatedPart, string>> = {
  object: 'object',
  'delete marker': 'the delete marker on',
  tags: 'the tags of',
  annotations: 'the annotations of',
  acl: 'the ACL of',
  retention: 'the retention of',
  'legal hold': 'the legal hold of',
};

/** Why the current version of a source did not come, though nothing waits. */
function whyNotCopied(store: Store, source: Bucket, there: Bucket, key: string): readonly string[] {
  const { name: to } = there;
  const rules = (source.settings.replication?.Rules ?? []).filter((rule) => destinationOf(rule) === to);
  const version = source.versions.current(key);
  if (rules.length === 0 || version === undefined || isReplica(version)) return [];
  if (findVersion(store, there, key, versionIdOf(store, version)) !== undefined) return [];
  const status = version.replication?.copies.find(({ destination }) => destination === to)?.status;
  if (status === 'COMPLETED') return [];
  if (status === undefined && !isObject(version)) return whyNoMarker(store, source, version, to);
  const happened =
    status === 'FAILED'
      ? `the copy of object ${source.name}/${key} to '${to}' FAILED`
      : `bucket '${source.name}' has it, and no rule copied it to '${to}'`;
  return [
    `${happened}; expect(s3.bucket('${source.name}')).toHaveReplicated(${writeKey(key)}, { to: '${to}' }) says why`,
  ];
}

function whyNoMarker(store: Store, source: Bucket, marker: Version, to: string): readonly string[] {
  const rules = (source.settings.replication?.Rules ?? []).filter((rule) => destinationOf(rule) === to);
  const without = rules.filter((rule) => obstaclesOf(rule, marker, source, store.buckets).includes('delete marker'));
  const on = `the delete marker on ${source.name}/${marker.key}`;
  if (without.length === 0)
    return [
      `${on} was not copied; expect(s3.bucket('${source.name}')).toHaveReplicated(${writeKey(marker.key)}, { to: '${to}' }) says why`,
    ];
  const ids = quotedList(without.map(({ ID = '' }) => ID));
  return [
    `${on} is not copied: rule ${ids} copies no delete markers, and would with DeleteMarkerReplication: { Status: 'Enabled' }`,
  ];
}
