/** S3's own words, which its events and the journal have (F853). */
export const replicationReasons = [
  'AssumeRoleNotPermitted',
  'DstBucketNotFound',
  'DstBucketObjectLockConfigMissing',
  'DstBucketUnversioned',
  'DstDelObjNotPermitted',
  'DstKmsKeyInvalidState',
  'DstKmsKeyNotFound',
  'DstMultipartCompleteNotPermitted',
  'DstMultipartInitNotPermitted',
  'DstMultipartPartUploadNotPermitted',
  'DstMultipartUploadNotPermitted',
  'DstPutAclNotPermitted',
  'DstPutLegalHoldNotPermitted',
  'DstPutObjectNotPermitted',
  'DstPutRetentionNotPermitted',
  'DstPutTaggingNotPermitted',
  'DstVersionNotFound',
  'SrcBucketNotFound',
  'SrcBucketReplicationConfigMissing',
  'SrcGetAclNotPermitted',
  'SrcGetLegalHoldNotPermitted',
  'SrcGetObjectNotPermitted',
  'SrcGetRetentionNotPermitted',
  'SrcGetTaggingNotPermitted',
  'SrcHeadObjectNotPermitted',
  'SrcKeyNotFound',
  'SrcKmsKeyInvalidState',
  'SrcKmsKeyNotFound',
  'SrcObjectNotEligible',
  'SrcObjectNotFound',
  'SrcReplicationNotPending',
  'SrcVersionNotFound',
] as const;

/** A reason that makes a copy fail for good. */
export type ReplicationReason = (typeof replicationReasons)[number];

/** S3 tries again. */
export const passingTroubles = ['InternalError', 'ServiceUnavailable', 'SlowDown'] as const;

/** The name of a temporary failure, after which S3 tries again. */
export type PassingTrouble = (typeof passingTroubles)[number];

export const failureReasons: readonly ReplicationFailure['reason'][] = [...replicationReasons, ...passingTroubles];

/** The reason why an attempt to copy failed: its name, and the evidence in words. */
export interface ReplicationFailure {
  readonly reason: ReplicationReason | PassingTrouble;
  readonly why: string;
  /** The replica is there, and only its tags are not. S3 sends no event about it (F888). */
  readonly isOfTagsAlone?: true | undefined;
}

export function isPassing(reason: ReplicationFailure['reason']): reason is PassingTrouble {
  return passingTroubles.some((one) => one === reason);
}
