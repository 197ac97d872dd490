import { firstRegion, partitionOf } from '../../formats/regions';
import type { Bucket } from '../bucket';
import type { VersionChange } from '../changes';
import { listDestinations } from '../configurations/notification';
import type { ReplicationTask } from '../replication/replication-task';
import type { Store } from '../store';
import type { Version } from '../versions/version';
import { versionIdOf } from '../versions/version-lookup';
import type { Actor } from './actors';
import type { S3NotificationRecord } from './documents';
import type { ObjectEventName, SomeMember } from './event-kinds';

export type EventData = Pick<
  S3NotificationRecord,
  | 'glacierEventData'
  | 'lifecycleEventData'
  | 'intelligentTieringEventData'
  | 'replicationEventData'
  | 'objectRetentionEventData'
>;

export interface ObjectEvent {
  readonly name: ObjectEventName;
  readonly bucket: Bucket;
  /** The key, not encoded. */
  readonly key: string;
  readonly version: Version | undefined;
  /** Is undefined for null versions. */
  readonly versionId: string | undefined;
  readonly task?: ReplicationTask | undefined;
  readonly actor: Actor;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly sequencer: string | undefined;
  readonly data?: () => EventData | undefined;
  readonly annotations?: () => AnnotationsOfRecord | undefined;
}

const etagOfNothing = 'd41d8cd98f00b204e9800998ecf8427e';

export function findMember({ version, task, sequencer }: ObjectEvent, name: SomeMember): string | number | undefined {
  if (name === 'sequencer') return sequencer;
  if (task !== undefined) return name === 'size' ? task.size : (task.etag ?? etagOfNothing);
  if (name === 'size') return version?.content?.body.byteLength;
  return version && (version.content?.etag ?? etagOfNothing);
}

/** A bucket that answers at every host is where its destinations are, since S3 sends to its own region only, or else in the first one (F768). */
export function findEventRegion({ region, settings }: Bucket): string {
  const [first] = settings.notification ? listDestinations(settings.notification) : [];
  return region ?? first?.arn.split(':')[3] ?? firstRegion;
}

export function writeBucketArn(bucket: Bucket): string {
  return `arn:${partitionOf(findEventRegion(bucket))}:s3:::${bucket.name}`;
}

export function findMessageVersionId(store: Pick<Store, 'versionIds'>, version: Version): string | undefined {
  return version.explicitId === 'null' ? undefined : versionIdOf(store, version);
}

type AnnotationsOfRecord = NonNullable<S3NotificationRecord['s3']['objectAnnotation']>;

/** F847 */
export function findChangedAnnotation({ kind, before, version }: VersionChange): AnnotationsOfRecord | undefined {
  if (kind !== 'annotations') return undefined;
  const [old, present] = [before?.annotations ?? [], version.annotations ?? []];
  const put = present.find((one) => !old.includes(one));
  if (put) return [{ name: put.name, size: put.body.length, eTag: put.etag }];
  const gone = old.find(({ name }) => !present.some((one) => one.name === name));
  return gone && [{ name: gone.name }];
}
