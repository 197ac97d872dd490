import type { ActionName } from '../access/actions';
import type { Bucket } from '../bucket';
import type { ReplicationFailure, ReplicationReason } from './replication-reasons';
import type { Copying, RoleAccess } from './role-access';

/** An action that a role needs to copy, and the reason for which the copy fails without it. */
interface Need {
  readonly action: ActionName;
  readonly reason: ReplicationReason;
  /** An action that does as well, even if a policy denies this one. */
  readonly alternative?: ActionName | undefined;
  /** An action that includes this one, unless a policy denies this one. */
  readonly includedIn?: ActionName | undefined;
}

/** The part of a copy that a role has to be allowed: nothing without a role, as on IBM COS. */
interface RolePlace {
  readonly access: RoleAccess | undefined;
  readonly source: Bucket;
  readonly destination: Bucket;
}

/** Why the role may not read the configuration that names it; undefined if it may (F886). */
export function failureOfConfiguration(access: RoleAccess | undefined, source: Bucket): ReplicationFailure | undefined {
  const objection = access?.objectionTo('s3:GetReplicationConfiguration', source);
  return objection && { reason: 'SrcBucketReplicationConfigMissing', why: objection.why };
}

/** Why the role may not read what is to be copied; undefined if it may (F886). */
export function failureOfReading(
  { access, source }: Omit<RolePlace, 'destination'>,
  copying: Copying,
): ReplicationFailure | undefined {
  return access && firstFailure(access, source, needsAtSource(copying, source), copying);
}

/** Why the role may not write the copy; undefined if it may (F887). */
export function failureOfWriting(
  { access, destination }: Omit<RolePlace, 'source'>,
  copying: Copying,
): ReplicationFailure | undefined {
  return access && firstFailure(access, destination, needsAtDestination(copying), copying);
}

/** Why a new version is copied without its tags, which S3 counts as a failure (F888); undefined if they are copied. */
export function failureOfTags(
  { access, source, destination }: RolePlace,
  copying: Copying,
): ReplicationFailure | undefined {
  if (access === undefined || copying.task.part !== 'object' || copying.version.tags.length === 0) return undefined;
  const failure =
    firstFailure(access, source, [readingOfTags], copying) ??
    firstFailure(access, destination, [writingOfTags], copying);
  return (
    failure && {
      ...failure,
      why: `copied without its tags, of which S3 sends no event: ${failure.why}`,
      isOfTagsAlone: true,
    }
  );
}

function firstFailure(
  access: RoleAccess,
  bucket: Bucket,
  needs: readonly Need[],
  copying: Copying,
): ReplicationFailure | undefined {
  const isAllowed = (action: ActionName | undefined) =>
    action !== undefined && access.objectionTo(action, bucket, copying) === undefined;
  for (const { action, reason, alternative, includedIn } of needs) {
    const objection = access.objectionTo(action, bucket, action === 's3:ListBucket' ? undefined : copying);
    if (objection === undefined || isAllowed(alternative)) continue;
    if (objection.isDenied || !isAllowed(includedIn)) return { reason, why: objection.why };
  }
  return undefined;
}

const readingOfTags: Need = { action: 's3:GetObjectVersionTagging', reason: 'SrcGetTaggingNotPermitted' };
const readingOfAcl: Need = { action: 's3:GetObjectVersionAcl', reason: 'SrcGetAclNotPermitted' };
const readingOfRetention: Need = { action: 's3:GetObjectRetention', reason: 'SrcGetRetentionNotPermitted' };
const readingOfHold: Need = { action: 's3:GetObjectLegalHold', reason: 'SrcGetLegalHoldNotPermitted' };

function needsAtSource({ task: { part }, version }: Copying, { objectLock }: Bucket): readonly Need[] {
  const isOfKms = version.content?.encryption.SSEKMSKeyId !== undefined;
  const reading: Omit<Need, 'reason'> = {
    action: 's3:GetObjectVersionForReplication',
    alternative: isOfKms ? undefined : 's3:GetObjectVersion',
  };
  const looking: Need = { ...reading, reason: 'SrcHeadObjectNotPermitted' };
  switch (part) {
    case 'object':
      return [
        { ...reading, reason: 'SrcGetObjectNotPermitted' },
        readingOfAcl,
        ...(objectLock ? [readingOfRetention, readingOfHold] : []),
      ];
    case 'delete marker':
      return [{ action: 's3:ListBucket', reason: 'SrcHeadObjectNotPermitted' }];
    case 'tags':
      return [looking, readingOfTags];
    case 'annotations':
      return [looking];
    case 'acl':
      return [looking, readingOfAcl];
    case 'retention':
      return [looking, readingOfRetention];
    case 'legal hold':
      return [looking, readingOfHold];
  }
}

const replicate = 's3:ReplicateObject';
const writingOfTags: Need = { action: 's3:ReplicateTags', reason: 'DstPutTaggingNotPermitted', includedIn: replicate };
const writingOfRetention: Need = {
  action: 's3:PutObjectRetention',
  reason: 'DstPutRetentionNotPermitted',
  includedIn: replicate,
};
const writingOfHold: Need = {
  action: 's3:PutObjectLegalHold',
  reason: 'DstPutLegalHoldNotPermitted',
  includedIn: replicate,
};

function needsAtDestination(copying: Copying): readonly Need[] {
  switch (copying.task.part) {
    case 'object':
      return needsOfReplica(copying);
    case 'delete marker':
      return [{ action: 's3:ReplicateDelete', reason: 'DstDelObjNotPermitted' }];
    case 'tags':
      return [writingOfTags];
    case 'annotations':
      return [{ action: replicate, reason: 'DstPutObjectNotPermitted' }];
    case 'acl':
      return [{ action: replicate, reason: 'DstPutAclNotPermitted' }];
    case 'retention':
      return [writingOfRetention];
    case 'legal hold':
      return [writingOfHold];
  }
}

/** S3 copies an object of several parts in parts (F887). */
function needsOfReplica({ version: { content, lock }, rule }: Copying): readonly Need[] {
  const isOfParts = content?.parts !== undefined;
  const { AccessControlTranslation: translation } = rule.Destination;
  return [
    { action: replicate, reason: isOfParts ? 'DstMultipartInitNotPermitted' : 'DstPutObjectNotPermitted' },
    ...(translation === undefined
      ? []
      : [{ action: 's3:ObjectOwnerOverrideToBucketOwner', reason: 'DstPutObjectNotPermitted' } as const]),
    ...(lock?.retention === undefined ? [] : [writingOfRetention]),
    ...(lock?.legalHold === undefined ? [] : [writingOfHold]),
  ];
}
