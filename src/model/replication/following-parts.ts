import { aclOfVersion, effectiveAcl, makeAclRules, makeStoredAcl } from '../access/acl';
import type { ActionName } from '../access/actions';
import { type Acl, isSameAccount } from '../access/grants';
import type { Bucket } from '../bucket';
import type { ReplicationRule } from '../configurations/replication-rules';
import { serviceOf } from '../configurations/services';
import { describeLock, type Lock, mayChangeRetention } from '../object-lock';
import type { Store } from '../store';
import { hidesDigest, makeEtag } from '../versions/content';
import { type Encryption, type followingParts, isObject, type Version } from '../versions/version';
import type { ReplicationFailure, ReplicationReason } from './replication-reasons';
import { copiesAcls, followsAcls } from './replication-rules';
import type { ReplicatedPart } from './replication-state';

export interface CopyContext {
  readonly store: Pick<Store, 'ids' | 'kms' | 'sseC' | 'versionIds'>;
  readonly source: Bucket;
  readonly destination: Bucket;
  readonly rule: ReplicationRule;
}

export interface Need {
  readonly action: ActionName;
  readonly reason: ReplicationReason;
  /** An action that is as good, even if a policy denies this one. */
  readonly alternative?: ActionName | undefined;
  /** An action that includes this one, unless a policy denies this one. */
  readonly includedIn?: ActionName | undefined;
}

export interface FollowingPart {
  /** The right to read the part, in addition to the right to read the version. */
  readonly reading?: Need;
  readonly writing: Need;
  /** S3's word for it in events. One word is recorded, and the others have the same form (F862). */
  readonly operation: string;
  /** IBM COS documents `Content` alone (F867). */
  readonly syncType?: string;
  readonly needsObjectLock?: true;
  readonly follow: (replica: Version, source: Version, place: CopyContext, at: number) => Version | ReplicationFailure;
}

const replicate = 's3:ReplicateObject';

export const following: Readonly<Record<(typeof followingParts)[number], FollowingPart>> = {
  tags: {
    reading: { action: 's3:GetObjectVersionTagging', reason: 'SrcGetTaggingNotPermitted' },
    writing: { action: 's3:ReplicateTags', reason: 'DstPutTaggingNotPermitted', includedIn: replicate },
    operation: 'OBJECT_TAGGING',
    syncType: 'Tag',
    follow: (replica, { tags }) => ({ ...replica, tags }),
  },
  annotations: {
    writing: { action: replicate, reason: 'DstPutObjectNotPermitted' },
    operation: 'OBJECT_ANNOTATION',
    follow: (replica, source, place) => ({
      ...replica,
      annotations: makeReplicaAnnotations(source, replica.content?.encryption, place),
    }),
  },
  acl: {
    reading: { action: 's3:GetObjectVersionAcl', reason: 'SrcGetAclNotPermitted' },
    writing: { action: replicate, reason: 'DstPutAclNotPermitted' },
    operation: 'OBJECT_ACL',
    follow: (replica, source, place) =>
      followsAcl(replica, source, place) ? { ...replica, acl: copyAcl(source, place) } : replica,
  },
  retention: {
    reading: { action: 's3:GetObjectRetention', reason: 'SrcGetRetentionNotPermitted' },
    writing: { action: 's3:PutObjectRetention', reason: 'DstPutRetentionNotPermitted', includedIn: replicate },
    operation: 'OBJECT_RETENTION',
    syncType: 'Retention',
    needsObjectLock: true,
    follow(replica, { lock }, _place, at) {
      const retention = lock?.retention;
      // Nobody can shorten the retention of a version in COMPLIANCE mode (F101), so S3 does not do it either (F883).
      if (mayChangeRetention(replica, retention, at, true))
        return { ...replica, lock: makeLock({ retention, legalHold: replica.lock?.legalHold }) };
      return { reason: 'DstPutRetentionNotPermitted', why: `the replica is ${describeLock(replica.lock)}` };
    },
  },
  'legal hold': {
    reading: { action: 's3:GetObjectLegalHold', reason: 'SrcGetLegalHoldNotPermitted' },
    writing: { action: 's3:PutObjectLegalHold', reason: 'DstPutLegalHoldNotPermitted', includedIn: replicate },
    operation: 'OBJECT_LEGAL_HOLD',
    syncType: 'LegalHold',
    needsObjectLock: true,
    follow: (replica, { lock }) => ({
      ...replica,
      lock: makeLock({ retention: replica.lock?.retention, legalHold: lock?.legalHold }),
    }),
  },
};

export function findFollowing(part: ReplicatedPart): FollowingPart | undefined {
  return part === 'object' || part === 'delete marker' ? undefined : following[part];
}

function makeLock({ retention, legalHold }: Lock): Lock | undefined {
  return retention || legalHold ? { retention, legalHold } : undefined;
}

export function makeReplicaAnnotations(
  { annotations, content }: Version,
  encryption: Encryption | undefined,
  { store }: CopyContext,
): Version['annotations'] {
  if (annotations === undefined || content === undefined || encryption === undefined) return annotations;
  if (hidesDigest(content.encryption) === hidesDigest(encryption)) return annotations;
  return annotations.map((one) => ({ ...one, etag: makeEtag(store.ids, one.body, encryption) }));
}

/** A replica has the ACL of its source, unless the owner of the destination owns all that is copied there (F882). */
export function makeReplicaAcl(version: Version, place: CopyContext): Acl | undefined {
  return copiesAcls(place.rule, place.destination) ? copyAcl(version, place) : undefined;
}

function copyAcl(version: Version, { source, destination }: CopyContext): Acl | undefined {
  const acl = ownAcl(version, source);
  if (isObject(version)) return makeStoredAcl(acl, destination.owner);
  return isSameAccount(acl.owner, destination.owner) ? undefined : { owner: acl.owner, grants: [] };
}

function followsAcl(replica: Version, version: Version, place: CopyContext): boolean {
  const { owner } = aclOfVersion(place.destination, replica);
  return (
    followsAcls(replica, place.rule, place.destination) && isSameAccount(owner, ownAcl(version, place.source).owner)
  );
}

/** The ACL with its public grants: each bucket ignores them, or not, by its own switch. */
function ownAcl(version: Version, source: Bucket): Acl {
  const rules = { ...makeAclRules(source, serviceOf(source)), ignoresPublicAcls: false };
  return effectiveAcl(aclOfVersion(source, version), source, rules);
}
