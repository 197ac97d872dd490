import { partitionOf } from '../../formats/regions';
import type { Bucket } from '../bucket';
import { configurationOf } from '../configurations/configuration';
import { publicAccessBlock } from '../configurations/public-access-block';
import type { ServiceConfigurations } from '../configurations/service';
import type { Caller } from '../identity/account';
import { policiesOf } from '../identity/caller';
import type { Store } from '../store';
import type { Version } from '../versions/version';
import { findVersion } from '../versions/version-lookup';
import { aclOfBucket, aclOfVersion, effectiveAcl, ownerOfObject } from './acl';
import { grantFor } from './acl-access';
import type { ActionName } from './actions';
import { conditionsIn } from './caller-conditions';
import type { ConditionValues } from './condition-values';
import { type AskedPolicy, decide, type Sources } from './decide';
import type { Decision } from './decision';
import { isSameAccount } from './grants';
import type { Question } from './matching';
import { aclRulesOf } from './ownership';
import type { UserPolicy } from './user-policy';

/** An action that a caller wants to carry out on a bucket, on an object in it, or on neither. */
export interface AccessRequest {
  readonly caller: Caller;
  readonly action: ActionName;
  /** Undefined for an action that is about no bucket, and for the creation of one. */
  readonly bucket: Bucket | undefined;
  /** The name of a bucket that need not exist. */
  readonly bucketName?: string | undefined;
  readonly key?: string | undefined;
  readonly versionId?: string | undefined;
  /** The condition keys of the request. */
  readonly conditions: ConditionValues;
}

/** The world in which an access is decided. */
export interface AccessContext {
  readonly store: Store;
  readonly service: ServiceConfigurations;
}

/**
 * Whether nothing can limit a caller: its account owns the bucket, or no bucket is asked for, and neither a policy nor an ACL says
 * anything.
 */
export function isUnlimited(caller: Caller, bucket: Bucket | undefined): boolean {
  const isFree = caller.session?.policy === undefined && policiesOf(caller) === undefined;
  if (bucket === undefined) return isFree;
  const { policy, ownershipControls } = bucket.settings;
  // Only without enforced ownership an object may be another account's.
  return isFree && caller.account === bucket.owner && policy === undefined && ownershipControls === undefined;
}

/** Decides whether a caller may carry out an action in the present state. */
export function decideAccess(request: AccessRequest, context: AccessContext): Decision {
  const { caller, action, bucket } = request;
  const owner = bucket?.owner ?? caller.account;
  const partition = partitionOf(bucket?.region);
  const conditions = conditionsIn({ caller, partition, owner, clock: context.store.clock }, request.conditions);
  const question: Question = { caller, action, partition, owner, conditions, resource: resourceOf(request, partition) };
  return decide(question, sourcesOf(request, context));
}

function resourceOf({ bucket, bucketName = bucket?.name, key }: AccessRequest, partition: string): string {
  if (bucketName === undefined) return '*';
  return `arn:${partition}:s3:::${bucketName}${key === undefined ? '' : `/${key}`}`;
}

function sourcesOf(request: AccessRequest, context: AccessContext): Sources {
  const { caller, bucket } = request;
  const title = caller.role === undefined ? `user ${caller.user}` : `role ${caller.role}`;
  const identity = policiesOf(caller)?.map((policy) => askedPolicy(policy, title, caller));
  const own = caller.session?.policy;
  const session: AskedPolicy | undefined = own && {
    kind: 'session',
    title: 'the policy of the session',
    arn: undefined,
    document: own.document,
  };
  const sources = { identity, session, bucket: undefined, isRestricted: false, objectOwner: undefined };
  return bucket === undefined
    ? { ...sources, grant: () => undefined }
    : { ...sources, ...ofBucket(request, bucket, context) };
}

function askedPolicy({ name, document }: UserPolicy, owner: string, { account }: Caller): AskedPolicy {
  const arn = name === undefined ? undefined : `arn:aws:iam::${account?.id}:policy/${name}`;
  const title = name === undefined ? `the policy of ${owner}` : `policy ${name} of ${owner}`;
  return { kind: 'identity', title, arn, document };
}

/** Who may put or remove an object is decided by the owner of the bucket; all else, by that of the object. */
const ofBucketOwner: ReadonlySet<ActionName> = new Set([
  's3:PutObject',
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:AbortMultipartUpload',
  's3:ListMultipartUploadParts',
  's3:BypassGovernanceRetention',
]);

function ofBucket(
  request: AccessRequest,
  bucket: Bucket,
  { store, service }: AccessContext,
): Pick<Sources, 'bucket' | 'isRestricted' | 'objectOwner' | 'grant'> {
  const { policy } = bucket;
  const version = versionOf(request, bucket, store);
  const owner = version && !ofBucketOwner.has(request.action) ? ownerOfObject(bucket, version, service) : bucket.owner;
  return {
    bucket: policy && {
      kind: 'resource',
      title: `the bucket policy of ${bucket.name}`,
      arn: undefined,
      document: policy.document,
    },
    isRestricted:
      policy?.isPublic === true &&
      configurationOf(publicAccessBlock, { store, bucket, service })?.RestrictPublicBuckets === true,
    objectOwner: isSameAccount(owner, bucket.owner) ? undefined : owner,
    grant() {
      const rules = aclRulesOf(bucket, service);
      return grantFor(request.caller, request.action, {
        bucket: effectiveAcl(aclOfBucket(bucket), bucket, rules),
        object: version && effectiveAcl(aclOfVersion(bucket, version), bucket, rules),
      });
    },
  };
}

/** The version that a request is about. A delete marker has no ACL. */
function versionOf({ key, versionId }: AccessRequest, bucket: Bucket, store: Store): Version | undefined {
  if (key === undefined) return undefined;
  const version = versionId === undefined ? bucket.versions.current(key) : findVersion(store, bucket, key, versionId);
  return version?.content === undefined ? undefined : version;
}
