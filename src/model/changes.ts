import type { Caller } from './identity/account';
import type { ReplicationFailure } from './replication/replication-reasons';
import type { ReplicationTask } from './replication/replication-task';
import { changingParts, type Version } from './versions/version';

/** Who changed a version: a request, S3 itself by a rule of the bucket, or a test past the wire. */
export type Cause =
  | {
      readonly by: 'request';
      /** The name of the operation, as SDKs have it. */
      readonly operation: string;
      readonly caller: Caller;
      /** The ids of the request in its answer. */
      readonly requestId: string;
      readonly hostId: string;
      /** Who sent it, as the capture knows it: what follows from the request is theirs too. */
      readonly sender?: object | undefined;
      /** The address that it came from. */
      readonly sourceAddress: string;
      /** Whether the service that it was sent to reports changes, as IBM COS does not, also of a bucket that both services answer. */
      readonly isReported: boolean;
    }
  | {
      readonly by: 'service';
      /** The name of the action in S3's server access logs. */
      readonly operation: string;
      /** The id of the rule; undefined for a restore, which a request asked for. */
      readonly rule: string | undefined;
      /** The ARN of the role with which replication writes to the destination; undefined for all else, and on IBM COS. */
      readonly role?: string | undefined;
    }
  | { readonly by: 'test' };

/** Who made the changes of one transaction, and when: milliseconds since 1970. */
export interface Origin {
  readonly cause: Cause;
  readonly time: number;
}

const partNames = Object.keys(changingParts) as readonly (keyof typeof changingParts)[]; // its own keys

/** The kind of a change of a version: it was made or removed, or the named part of it was put. A part that was put may equal the one before. */
export type VersionChangeKind =
  | 'version written'
  | 'delete marker made'
  | 'version removed'
  | keyof typeof changingParts;

/** One change of a version: plain data that later changes do not touch. */
export interface VersionChange extends Origin {
  readonly kind: VersionChangeKind;
  /** The bucket's name. */
  readonly bucket: string;
  readonly key: string;
  /** As it is after the change; a removed one as it was. `versionIdOf` has its id. */
  readonly version: Version;
  /** As it was before the change. For a new null version, the one that it replaced: S3 does not report that removal. */
  readonly before: Version | undefined;
}

/** The deletion of a key that has no version, while versioning was never set: it leaves everything as it was, and S3 reports it (F760). */
export interface DeletionOfNothing extends Origin {
  readonly kind: 'nothing removed';
  readonly bucket: string;
  readonly key: string;
}

/** Settings of a bucket were put. They may equal those before. */
export interface SettingsChange extends Origin {
  readonly kind: 'settings put';
  readonly bucket: string;
  /** Their names, those of `BucketSettings`. */
  readonly names: readonly string[];
}

/** The end of a task of replication, or that it takes too long. */
export interface ReplicationResult {
  readonly task: ReplicationTask;
  /** `late`: it took longer than the time that its rule sets, and goes on. */
  readonly became: 'COMPLETED' | 'FAILED' | 'late';
  /** Only of one that failed. */
  readonly failure?: ReplicationFailure | undefined;
}

/** A replication from a bucket ended, or took too long. */
export interface ReplicationChange extends Origin, ReplicationResult {
  readonly kind: 'replication';
  /** The name of the source. */
  readonly bucket: string;
  readonly key: string;
}

/** One change that a transaction made. */
export type Change = VersionChange | DeletionOfNothing | SettingsChange | ReplicationChange;

/** The bucket whose part a step of a transaction changed, and the part. */
interface ChangedPart {
  /** The bucket's name. */
  readonly bucket: string;
}

/** One step of a bucket's stacks: the version before and after it. Two versions are a null version and the one that took its place. */
export interface VersionStep extends ChangedPart {
  readonly part: 'version';
  readonly before: Version | undefined;
  readonly after: Version | undefined;
}

interface DeletionStep extends ChangedPart {
  readonly part: 'none';
  readonly key: string;
}

interface SettingsStep extends ChangedPart {
  readonly part: 'settings';
  readonly names: readonly string[];
}

interface ReplicationStep extends ChangedPart {
  readonly part: 'replication';
  readonly result: ReplicationResult;
}

/** The effect of a step of a transaction on a bucket, of which changes are made. */
export type BucketStep = VersionStep | DeletionStep | SettingsStep | ReplicationStep;

export function changesOf(steps: readonly BucketStep[], origin: Origin): readonly Change[] {
  return steps.flatMap((step) => changesOfStep(step, origin));
}

function changesOfStep(step: BucketStep, { cause, time }: Origin): readonly Change[] {
  const { bucket } = step;
  switch (step.part) {
    case 'version':
      return changesOfVersion(step, { cause, time });
    case 'none':
      return [{ kind: 'nothing removed', bucket, key: step.key, cause, time }];
    case 'settings':
      return [{ kind: 'settings put', bucket, names: step.names, cause, time }];
    case 'replication':
      return [{ kind: 'replication', bucket, key: step.result.task.key, ...step.result, cause, time }];
  }
}

function changesOfVersion(step: VersionStep, { cause, time }: Origin): readonly VersionChange[] {
  const { bucket, before, after } = step;
  const version = after ?? before;
  if (version === undefined) return [];
  return kindsOf(step).map((kind) => ({ kind, bucket, key: version.key, version, before, cause, time }));
}

function kindsOf({ before, after }: VersionStep): readonly VersionChangeKind[] {
  if (after === undefined) return ['version removed'];
  if (before?.sequence !== after.sequence)
    return [after.content === undefined ? 'delete marker made' : 'version written'];
  return partNames.filter((name) => changingParts[name](before) !== changingParts[name](after));
}
