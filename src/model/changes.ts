import type { Caller } from './identity/account';
import type { ReplicationFailure } from './replication/replication-reasons';
import type { ReplicationTask } from './replication/replication-task';
import { changingParts, type Version } from './versions/version';

/** A request, S3 itself by a rule of the bucket, or a test past the wire. */
export type Cause =
  | {
      readonly by: 'request';
      readonly operation: string;
      readonly caller: Caller;
      readonly requestId: string;
      readonly hostId: string;
      /** The sender of the request, as the capture knows it. What follows from the request belongs to the same sender. */
      readonly sender?: object | undefined;
      readonly sourceAddress: string;
      /** Whether the service that it was sent to reports changes, as IBM COS does not, also of a bucket that both services answer. */
      readonly isReported: boolean;
    }
  | {
      readonly by: 'service';
      /** The name of the action in S3's server access logs. */
      readonly operation: string;
      /** The id of the rule; undefined for a restore, which a request starts. */
      readonly rule: string | undefined;
      /** The ARN of the role with which replication writes to the destination; undefined for all else, and on IBM COS. */
      readonly role?: string | undefined;
    }
  | { readonly by: 'test' };

/** The cause of the changes of one transaction, and their time in milliseconds since 1970. */
export interface Origin {
  readonly cause: Cause;
  readonly time: number;
}

const partNames = Object.keys(changingParts) as readonly (keyof typeof changingParts)[]; // its own keys

/** The kind of a change: a version was made or removed, or the named part of it was put. The new part can equal the part before. */
type VersionChangeKind = 'version written' | 'delete marker made' | 'version removed' | keyof typeof changingParts;

/** A change of a version: plain data that later changes do not touch. */
export interface VersionChange extends Origin {
  readonly kind: VersionChangeKind;
  readonly bucket: string;
  readonly key: string;
  /** The version after the change, or if it was removed, before the change. `versionIdOf` has its id. */
  readonly version: Version;
  /**
   * The version before the change. A new null version can replace another null version, which is then the version before: S3 does not
   * report its removal.
   */
  readonly before: Version | undefined;
}

/** The deletion of a key that has no version, while versioning was never set: it leaves everything as it was, and S3 reports it (F760). */
export interface DeletionOfNothing extends Origin {
  readonly kind: 'nothing removed';
  readonly bucket: string;
  readonly key: string;
}

/** Settings of a bucket were put. They can equal the settings before. */
export interface SettingsChange extends Origin {
  readonly kind: 'settings put';
  readonly bucket: string;
  /** The names of the settings, as in `BucketSettings`. */
  readonly names: readonly string[];
}

export interface ReplicationResult {
  readonly task: ReplicationTask;
  /** `late`: it took longer than the time that its rule sets, and goes on. */
  readonly became: 'COMPLETED' | 'FAILED' | 'late';
  /** The failure of the copy; undefined if the copy did not fail. */
  readonly failure?: ReplicationFailure | undefined;
}

export interface ReplicationChange extends Origin, ReplicationResult {
  readonly kind: 'replication';
  /** The source. */
  readonly bucket: string;
  readonly key: string;
}

export type Change = VersionChange | DeletionOfNothing | SettingsChange | ReplicationChange;

/**
 * A step of a bucket's stacks: the version before and after it. If both are set, they are a null version and the version that took its
 * place.
 */
export interface VersionStep {
  readonly bucket: string;
  readonly before: Version | undefined;
  readonly after: Version | undefined;
}

/** The effect of a step of a transaction on a bucket: a change without its origin, or a step from which changes are made. */
export type BucketStep =
  | VersionStep
  | Omit<DeletionOfNothing, keyof Origin>
  | Omit<SettingsChange, keyof Origin>
  | Omit<ReplicationChange, keyof Origin>;

export function makeChanges(steps: readonly BucketStep[], origin: Origin): readonly Change[] {
  return steps.flatMap((step) => makeStepChanges(step, origin));
}

function makeStepChanges(step: BucketStep, { cause, time }: Origin): readonly Change[] {
  if ('kind' in step) return [{ ...step, cause, time }];
  const { bucket, before, after } = step;
  const version = after ?? before;
  if (version === undefined) return [];
  return findKinds(step).map((kind) => ({ kind, bucket, key: version.key, version, before, cause, time }));
}

function findKinds({ before, after }: VersionStep): readonly VersionChangeKind[] {
  if (after === undefined) return ['version removed'];
  if (before?.sequence !== after.sequence)
    return [after.content === undefined ? 'delete marker made' : 'version written'];
  return partNames.filter((name) => changingParts[name](before) !== changingParts[name](after));
}
