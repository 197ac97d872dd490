import type { ReplicationFailure } from '../../model/replication/replication-reasons';
import type { ReplicatedPart } from '../../model/replication/replication-task';

type Reason = ReplicationFailure['reason'];

const causes = {
  unversioned: 'Versioning disabled on destination bucket',
  notAuthorized: 'Replication operation not authorized on target bucket',
  noDestination: 'Remote bucket not found',
  noBucket: 'Source/Remote bucket not found or is disabled',
  noReplica: 'Destination object not found',
  noSource: 'Local object not found',
  noLock: 'Object lock is not enabled on the destination bucket',
  noKey: 'The encryption key is either not active or deleted',
  internal: 'Internal error',
} as const;

/** Whatever COS may not do at the target, and that it may not act at all. */
const isNotAuthorized = /^(?:Dst\w+|AssumeRole)NotPermitted$/;

/** The words of IBM COS for the other reasons that it has words for (F867). */
const causesByReason: Readonly<Partial<Record<Reason, string>>> = {
  DstBucketNotFound: causes.noDestination,
  DstBucketObjectLockConfigMissing: causes.noLock,
  DstBucketUnversioned: causes.unversioned,
  DstKmsKeyInvalidState: causes.noKey,
  DstKmsKeyNotFound: causes.noKey,
  DstVersionNotFound: causes.noReplica,
  SrcBucketNotFound: causes.noBucket,
  SrcKmsKeyInvalidState: causes.noKey,
  SrcKmsKeyNotFound: causes.noKey,
  SrcVersionNotFound: causes.noSource,
};

/** The words of IBM COS for a reason, in its list of failures. */
export function causeOf(reason: Reason): string {
  return isNotAuthorized.test(reason) ? causes.notAuthorized : (causesByReason[reason] ?? causes.internal);
}

const syncTypesByPart: Readonly<Partial<Record<ReplicatedPart, string>>> = {
  'delete marker': 'Delete',
  tags: 'Tag',
  retention: 'Retention',
  'legal hold': 'LegalHold',
};

/** The words of IBM COS for a task, by the part of a version that it copies. COS documents `Content` alone (F867). */
export function syncTypeOf(part: ReplicatedPart): string {
  return syncTypesByPart[part] ?? 'Content';
}
