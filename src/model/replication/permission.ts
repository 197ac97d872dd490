import type { ActionName } from '../access/actions';
import type { Bucket } from '../bucket';
import { type FollowingPart, findFollowing, following, type Need } from './following-parts';
import type { ReplicationFailure } from './replication-reasons';
import type { Copying, RoleAccess } from './role-access';

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
export function failureOfReading(copying: Copying & Omit<RolePlace, 'destination'>): ReplicationFailure | undefined {
  const { access, source } = copying;
  return access && firstFailure(access, source, needsAtSource(copying, source), copying);
}

/** Why the role may not write the copy; undefined if it may (F887). */
export function failureOfWriting(copying: Copying & Omit<RolePlace, 'source'>): ReplicationFailure | undefined {
  const { access, destination } = copying;
  return access && firstFailure(access, destination, needsAtDestination(copying), copying);
}

/** Why a new version is copied without its tags, which S3 counts as a failure (F888); undefined if they are copied. */
export function failureOfTags(copying: Copying & RolePlace): ReplicationFailure | undefined {
  const { access, source, destination, task, version } = copying;
  if (access === undefined || task.part !== 'object' || version.tags.length === 0) return undefined;
  const failure =
    firstFailure(access, source, needsOf('reading', [following.tags]), copying) ??
    firstFailure(access, destination, needsOf('writing', [following.tags]), copying);
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

function needsAtSource({ task: { part }, version }: Copying, { objectLock }: Bucket): readonly Need[] {
  const isOfKms = version.content?.encryption.SSEKMSKeyId !== undefined;
  const reading: Omit<Need, 'reason'> = {
    action: 's3:GetObjectVersionForReplication',
    alternative: isOfKms ? undefined : 's3:GetObjectVersion',
  };
  if (part === 'delete marker') return [{ action: 's3:ListBucket', reason: 'SrcHeadObjectNotPermitted' }];
  if (part !== 'object')
    return [{ ...reading, reason: 'SrcHeadObjectNotPermitted' }, ...needsOf('reading', [findFollowing(part)])];
  const { acl, retention, 'legal hold': hold } = following;
  return [
    { ...reading, reason: 'SrcGetObjectNotPermitted' },
    ...needsOf('reading', objectLock ? [acl, retention, hold] : [acl]),
  ];
}

function needsOf(side: 'reading' | 'writing', parts: readonly (FollowingPart | undefined)[]) {
  return parts.flatMap((part) => part?.[side] ?? []);
}

function needsAtDestination(copying: Copying): readonly Need[] {
  const { part } = copying.task;
  if (part === 'object') return needsOfReplica(copying);
  if (part === 'delete marker') return [{ action: 's3:ReplicateDelete', reason: 'DstDelObjNotPermitted' }];
  return needsOf('writing', [findFollowing(part)]);
}

/** S3 copies an object of several parts in parts (F887). */
function needsOfReplica({ version: { content, lock }, rule }: Copying): readonly Need[] {
  const isOfParts = content?.parts !== undefined;
  const reason = 'DstPutObjectNotPermitted';
  return [
    { action: 's3:ReplicateObject', reason: isOfParts ? 'DstMultipartInitNotPermitted' : reason },
    ...(rule.Destination.AccessControlTranslation === undefined
      ? []
      : [{ action: 's3:ObjectOwnerOverrideToBucketOwner', reason } as const]),
    ...(lock?.retention === undefined ? [] : [following.retention.writing]),
    ...(lock?.legalHold === undefined ? [] : [following['legal hold'].writing]),
  ];
}
