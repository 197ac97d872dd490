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

/** The words of IBM COS for the reasons that it has words for (F867). */
const causesByReason: Readonly<Partial<Record<Reason, string>>> = {
  AssumeRoleNotPermitted: causes.notAuthorized,
  DstBucketNotFound: causes.noDestination,
  DstBucketObjectLockConfigMissing: causes.noLock,
  DstBucketUnversioned: causes.unversioned,
  DstDelObjNotPermitted: causes.notAuthorized,
  DstKmsKeyInvalidState: causes.noKey,
  DstKmsKeyNotFound: causes.noKey,
  DstMultipartCompleteNotPermitted: causes.notAuthorized,
  DstMultipartInitNotPermitted: causes.notAuthorized,
  DstMultipartPartUploadNotPermitted: causes.notAuthorized,
  DstPutAclNotPermitted: causes.notAuthorized,
  DstPutLegalHoldNotPermitted: causes.notAuthorized,
  DstPutObjectNotPermitted: causes.notAuthorized,
  DstPutTaggingNotPermitted: causes.notAuthorized,
  DstVersionNotFound: causes.noReplica,
  SrcBucketNotFound: causes.noBucket,
  SrcKmsKeyInvalidState: causes.noKey,
  SrcKmsKeyNotFound: causes.noKey,
  SrcVersionNotFound: causes.noSource,
};

/** The words of IBM COS for a reason, in its list of failures. */
export function causeOf(reason: Reason): string {
  return causesByReason[reason] ?? causes.internal;
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
