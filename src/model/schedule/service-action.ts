import type { Bucket } from '../bucket';
import type { Change } from '../changes';
import type { ReplicatedPart } from '../replication/replication-state';
import type { Store } from '../store';

/**
 * Something that S3 did on a bucket by itself: for a rule of lifecycle or replication, for Intelligent-Tiering, or because a restore went
 * on.
 */
export interface ServiceAction {
  /**
   * Its name in S3's server access logs: `S3.EXPIRE.OBJECT`, `S3.CREATE.DELETEMARKER`, `S3.TRANSITION_SIA.OBJECT`, `S3.DELETE.UPLOAD`. The
   * names for archives and replication have the same form: `S3.RESTORE.OBJECT`, `S3.EXPIRE.RESTORED_COPY`,
   * `S3.TRANSITION_ARCHIVE_TIER.OBJECT`, `S3.REPLICATE.OBJECT`.
   */
  readonly operation: string;
  /**
   * The kind of the action. `expire` puts a delete marker on top in a bucket with versioning, and the version stays; `remove` deletes the
   * version. `restore` makes the version of an archive readable, `discard` removes its copy, and `archive` means that Intelligent-Tiering
   * moved it into an archive tier. `replicate` copies it, or a part of it, to another bucket; `result` says whether that succeeded.
   */
  readonly action: 'expire' | 'remove' | 'transition' | 'abort' | 'restore' | 'discard' | 'archive' | 'replicate';
  /** The bucket's name; for a replication, the name of the source. */
  readonly bucket: string;
  /** The object's key. */
  readonly key: string;
  /** The id of the version; `undefined` for an upload. */
  readonly versionId: string | undefined;
  /** The id of the upload that was aborted. */
  readonly uploadId?: string | undefined;
  /** The new storage class of a transition. */
  readonly storageClass?: string | undefined;
  /** The archive tier that Intelligent-Tiering moved the version to. */
  readonly accessTier?: 'ARCHIVE_ACCESS' | 'DEEP_ARCHIVE_ACCESS' | undefined;
  /** The bucket that replication copied to, or would have copied to. */
  readonly destination?: string | undefined;
  /** The part that replication copied: the whole object, a delete marker, or a part of a version that was copied earlier. */
  readonly part?: ReplicatedPart | undefined;
  /** The outcome of a copy. If it is `PENDING`, S3 tries again, or the copy takes longer than its rule allows. */
  readonly result?: 'COMPLETED' | 'FAILED' | 'PENDING' | undefined;
  /** S3's name of the reason why a copy was not made, such as `DstBucketNotFound`. */
  readonly reason?: string | undefined;
  /** The evidence for the reason in words, or that the copy takes longer than its rule allows. */
  readonly why?: string | undefined;
  /** The time of the action: a midnight UTC, except for `restore` and `replicate`. */
  readonly at: Date;
  /** The id of the lifecycle rule, of the replication rule or of the Intelligent-Tiering configuration; `undefined` for a restore. */
  readonly rule: string | undefined;
}

export interface Done {
  readonly action: ServiceAction;
  readonly changes: readonly Change[];
  readonly sender?: object | undefined;
}

interface Occasion {
  readonly bucket: Bucket;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly rule: string | undefined;
  readonly role?: string | undefined;
}

export function carryOut(
  store: Pick<Store, 'commit'>,
  { bucket: { name: bucket }, at, rule, role }: Occasion,
  act: () => Omit<ServiceAction, 'bucket' | 'at' | 'rule'>,
): Omit<Done, 'sender'> {
  const { result, changes } = store.commit(act, ({ operation }) => ({
    cause: { by: 'service', operation, rule, role },
    time: at,
  }));
  const { action, operation, ...subject } = result;
  return { action: { action, operation, bucket, ...subject, rule, at: new Date(at) }, changes };
}

export interface DueSource {
  /** Now or later. Nothing that another source does in the bucket changes it. */
  concerns(bucket: Bucket): boolean;
  next(bucket: Bucket, after: number): number;
  act(bucket: Bucket, at: number): Iterable<Done>;
}
