import { type ByteOutline, outlineOfBytes } from '../formats/byte-outline';
import { day } from '../formats/durations';
import type { Bucket } from '../model/bucket';
import type { RetentionMode } from '../model/object-lock';
import type { Store } from '../model/store';
import type { Version } from '../model/versions/version';
import { archiveOutline, type RestoreOutline } from './archives';
import type { BucketFixture } from './bucket-fixture';
import { eventHoldLiteral, type StoredRetention } from './object-lock';
import { type ProtectionOutline, protectionOutline } from './protection';
import { objectLiterals, settingsLiteral, versionLiteral } from './state-json';
import type { VersionDescription } from './version-fixture';

/** A version in the form of a fixture, without the time of its write. */
export interface VersionOutline
  extends Omit<
    VersionDescription,
    | ('body' | 'lastModified' | 'retention' | 'protection' | 'restore' | 'lastAccessed')
    | ('transitioned' | 'replicas' | 'replicaOf' | 'writeNumber')
  > {
  /** A long body is its length and its MD5. */
  readonly body?: ByteOutline;
  /** Without its times. */
  readonly restore?: RestoreOutline;
  /** If it ends a number of whole days after the write, that number. */
  readonly retention?: {
    readonly Mode: RetentionMode;
    readonly Days?: number;
    readonly RetainUntilDate?: string;
  } & Pick<StoredRetention, 'EventHold' | 'EventHoldDuration'>;
  /** Its legal holds are their ids. */
  readonly protection?: ProtectionOutline;
}

/** A bucket in the form of a fixture, without the times of writes. */
export interface BucketOutline extends Omit<BucketFixture, 'objects' | 'replicationQueue'> {
  readonly objects?: Readonly<Record<string, readonly VersionOutline[]>>;
}

/** A bucket in the form of a fixture, the same in each run with the same seed: it has no times of writes. */
export function outlineOf(store: Store, bucket: Bucket): BucketOutline {
  const objects = objectOutlines(store, bucket);
  return { ...settingsLiteral(store, bucket), ...(Object.keys(objects).length > 0 && { objects }) };
}

/** The versions of each key, oldest first. */
export function objectOutlines(store: Store, bucket: Bucket): Readonly<Record<string, readonly VersionOutline[]>> {
  return objectLiterals(bucket, (version) => versionOutline(store, bucket, version));
}

function versionOutline(store: Store, bucket: Bucket, version: Version): VersionOutline {
  const { body: _body, lastModified: _time, lastAccessed: _read, ...literal } = versionLiteral(store, bucket, version);
  const {
    transitioned: _moved,
    retention,
    protection,
    restore: _restore,
    replicas: _copies,
    replicaOf: _source,
    ...facts
  } = literal;
  return {
    ...(version.content && { body: outlineOfBytes(version.content.body) }),
    ...facts,
    ...archiveOutline(version),
    ...(retention && retentionOutline(version)),
    ...(protection && { protection: protectionOutline(protection) }),
  };
}

/** A default retention ends days after the write, at a moment that differs in each run. */
function retentionOutline({ lock, created }: Version): Pick<VersionOutline, 'retention'> {
  if (lock?.retention === undefined) return {};
  const { Mode, until } = lock.retention;
  const days = (until - created) / day;
  const end = Number.isInteger(days) ? { Days: days } : { RetainUntilDate: new Date(until).toISOString() };
  return { retention: { Mode, ...end, ...eventHoldLiteral(lock.retention) } };
}
