import { partitionOf } from '../../formats/regions';
import { type AccessPoint, writeAccessPointResource } from '../access-points';
import type { Bucket } from '../bucket';
import type { ServiceConfigurations } from '../configurations/services';
import type { Caller } from '../identity/account';
import { findBoundary, findPolicies, findRevocationPolicy, writeCallerArn } from '../identity/caller';
import { revocationPolicyName } from '../identity/revocation';
import { findSessionPolicies } from '../identity/session';
import type { Store } from '../store';
import { isObject, type Version } from '../versions/version';
import { findVersion } from '../versions/version-lookup';
import { aclOfBucket, aclOfVersion, effectiveAcl, makeAclRules, ownerOfObject, ownershipOf } from './acl';
import { type CountingAcls, findAccessGrant, isUpToObjectOwner, withCountingGrants } from './acl-access';
import type { ActionName } from './actions';
import { makeConditions } from './caller-conditions';
import type { ConditionKeyValues } from './condition-key-values';
import { decide, isDenial, type OwnSources, type Sources } from './decide';
import type { AskedPolicy, Decision, GrantBasis } from './decision';
import { type AccountIds, type Acl, accountIdsOf, isSameAccount, makeOwnersGrants } from './grants';
import type { AccessQuestion } from './matching';
import type { ResourcePolicy } from './policy-document';
import { findBlocker } from './public-access';
import type { PolicyDocument } from './statement';
import type { UserPolicy } from './user-policy';

export interface AccessRequest {
  readonly caller: Caller;
  readonly action: ActionName;
  readonly bucket: Bucket | undefined;
  readonly bucketName?: string | undefined;
  /** The region of the host. If there is no bucket, the ARNs have the partition of this region (F531). */
  readonly region?: string | undefined;
  readonly key?: string | undefined;
  readonly versionId?: string | undefined;
  readonly uploadId?: string | undefined;
  readonly accessPoint?: AccessPoint | undefined;
  readonly resource?: string | undefined;
  /** The version of an entry in a listing. Its ACL counts, also if it is a delete marker (F625). */
  readonly listed?: Version | undefined;
  readonly conditions: ConditionKeyValues;
  /** Whether the request came to another region than the bucket's, where the bucket policy does not apply (F210). */
  readonly isElsewhere?: boolean;
}

export interface AccessContext {
  readonly store: Pick<Store, 'clock' | 'sseC' | 'versionIds'>;
  readonly service: ServiceConfigurations;
}

export function isUnlimited(
  caller: Caller,
  bucket: Bucket | undefined,
  service: ServiceConfigurations,
  point?: AccessPoint,
): boolean {
  if (point !== undefined) return false;
  if (!service.hasPolicies) return bucket === undefined || caller.account === bucket.owner;
  const { session } = caller;
  const isFree =
    (session && (session.scopes ?? findSessionPolicies(session))) === undefined &&
    findPolicies(caller) === undefined &&
    findBoundary(caller) === undefined &&
    findRevocationPolicy(caller) === undefined;
  if (bucket === undefined) return isFree;
  if (!isFree || caller.account !== bucket.owner || bucket.policy !== undefined) return false;
  // An object can belong to another account only if ownership is not enforced.
  return ownershipOf(bucket, service) === 'BucketOwnerEnforced';
}

export function decideAccess(request: AccessRequest, context: AccessContext): Decision {
  const { bucket, accessPoint } = request;
  if (accessPoint && bucket) return decideThrough(accessPoint, bucket, request, context);
  return decide(makeQuestion(request, context), makeSources(request, context));
}

function makeQuestion(request: AccessRequest, context: AccessContext): AccessQuestion {
  const { caller, action, bucket, region } = request;
  const owner = bucket?.owner ?? caller.account;
  const partition = partitionOf(bucket === undefined ? region : bucket.region);
  const conditions = makeConditions({ caller, partition, owner, clock: context.store.clock }, request.conditions);
  return { caller, action, partition, owner, conditions, resource: writeResource(request, partition) };
}

/** Decides about a request through an access point: the policies of the point and of the bucket must both allow it (F1113). */
function decideThrough(point: AccessPoint, bucket: Bucket, request: AccessRequest, context: AccessContext): Decision {
  const ofBucket = makeQuestion(request, context);
  const ofPoint = { ...ofBucket, owner: point.account, resource: writeAccessPointResource(point, request.key) };
  const sources = makeSources(request, context);
  const byPoint = decide(ofPoint, {
    ...sources,
    bucket: makeAsked('resource', `the policy of the access point ${point.name}`, point.policy),
    isRestricted: () => isRestricted(point.policy, bucket, context, point),
    objectOwner: undefined,
    grant: () => undefined,
    isInitiator: () => false,
  });
  const byBucket = decide(ofBucket, sources);
  return [byPoint, byBucket].find(({ by }) => isDenial(by)) ?? (byPoint.allowed ? byBucket : byPoint);
}

function makeAsked(
  kind: AskedPolicy['kind'],
  title: string,
  policy: { readonly document: PolicyDocument } | undefined,
): AskedPolicy | undefined {
  return policy && { kind, title, document: policy.document };
}

function writeResource({ bucket, bucketName = bucket?.name, key, resource }: AccessRequest, partition: string): string {
  if (resource !== undefined) return resource;
  if (bucketName === undefined) return '*';
  return `arn:${partition}:s3:::${bucketName}${key === undefined ? '' : `/${key}`}`;
}

const nobodys = {
  identity: undefined,
  revocation: undefined,
  boundary: undefined,
  session: undefined,
  scopes: undefined,
};

export function findOwnPolicies(caller: Caller): Pick<Sources, OwnSources> {
  return {
    identity: policiesOfIdentity(caller),
    // The revocation is an inline policy of the role, in addition to its own.
    revocation: makeAsked(
      'identity',
      `policy ${revocationPolicyName} of role ${caller.role}`,
      findRevocationPolicy(caller),
    ),
    boundary: makeAsked('boundary', `the permissions boundary of ${titleOfIdentity(caller)}`, findBoundary(caller)),
    session: policiesOfCallingSession(caller),
    scopes: caller.session?.scopes?.map(({ document }) => ({
      kind: 'session',
      title: 'the scope down policy of the session',
      document,
    })),
  };
}

function makeSources(request: AccessRequest, context: AccessContext): Sources {
  const { bucket, caller } = request;
  // On IBM COS, IAM decides what the users of an account can do. The mock does not have that IAM (F540).
  const { hasPolicies } = context.service;
  return {
    ...(hasPolicies ? findOwnPolicies(caller) : nobodys),
    bucket:
      hasPolicies && !request.isElsewhere
        ? makeAsked('resource', `the bucket policy of ${bucket?.name}`, bucket?.policy)
        : undefined,
    isRestricted: () => bucket !== undefined && isRestricted(bucket.policy, bucket, context),
    objectOwner: bucket && ownerOfRequested(request, bucket, context),
    grant: () => bucket && findGrant(request, bucket, context),
    isInitiator: () => hasBegun(request),
  };
}

function policiesOfIdentity(caller: Caller): readonly AskedPolicy[] | undefined {
  const policies = findPolicies(caller);
  if (policies === undefined) return undefined;
  return policies.map((policy) => askedPolicy(policy, titleOfIdentity(caller), caller));
}

function titleOfIdentity({ role, user }: Caller): string {
  return role === undefined ? `user ${user}` : `role ${role}`;
}

function policiesOfCallingSession({ session }: Caller): readonly AskedPolicy[] | undefined {
  if (session === undefined) return undefined;
  return findSessionPolicies(session)?.map(({ name, document }) => ({
    kind: 'session',
    title: name === undefined ? 'the policy of the session' : `policy ${name} of the session`,
    document,
  }));
}

function askedPolicy({ name, document }: UserPolicy, owner: string, { account }: Caller): AskedPolicy {
  const arn = name === undefined ? undefined : `arn:aws:iam::${account?.id}:policy/${name}`;
  const title = name === undefined ? `the policy of ${owner}` : `policy ${name} of ${owner}`;
  return { kind: 'identity', title, arn, document };
}

function isRestricted(
  policy: ResourcePolicy | undefined,
  bucket: Bucket,
  { service }: AccessContext,
  point?: AccessPoint,
): boolean {
  return policy?.isPublic === true && findBlocker(bucket, 'RestrictPublicBuckets', service, point) !== undefined;
}

function ownerOfRequested(
  request: AccessRequest,
  bucket: Bucket,
  { store, service }: AccessContext,
): AccountIds | undefined {
  if (!isUpToObjectOwner(request.action) || ownershipOf(bucket, service) === 'BucketOwnerEnforced') return undefined;
  const version = findVersionWithAcl(request, bucket, store);
  if (version === undefined) return undefined;
  const owner = ownerOfObject(bucket, version, service);
  return isSameAccount(owner, bucket.owner) ? undefined : owner;
}

function findGrant(request: AccessRequest, bucket: Bucket, { store, service }: AccessContext): GrantBasis | undefined {
  const { caller } = request;
  if (caller.account !== undefined && findInitiator(request)?.account === caller.account) return { kind: 'initiator' };
  const version = findRequestedVersion(request, bucket, store);
  const withAcl = findVersionWithAcl(request, bucket, store);
  return findAccessGrant(caller, request.action, countingAcls(request, bucket, { version, withAcl }, service));
}

/** A request cannot name the ACL of a delete marker; only a listing asks for it. */
function findVersionWithAcl(request: AccessRequest, bucket: Bucket, store: AccessContext['store']) {
  const version = request.listed ?? findRequestedVersion(request, bucket, store);
  return version === request.listed || isObject(version) ? version : undefined;
}

/** A delete marker has an owner and no grants (F544). */
function aclOfListed(bucket: Bucket, version: Version): Acl {
  const acl = aclOfVersion(bucket, version);
  return isObject(version) ? acl : { ...acl, grants: makeOwnersGrants(acl.owner) };
}

export function findRequestedVersion(
  { key, versionId }: Pick<AccessRequest, 'key' | 'versionId'>,
  bucket: Bucket,
  store: AccessContext['store'],
): Version | undefined {
  if (key === undefined) return undefined;
  return versionId === undefined ? bucket.versions.current(key) : findVersion(store, bucket, key, versionId);
}

function countingAcls(
  request: AccessRequest,
  bucket: Bucket,
  { version, withAcl }: Readonly<Record<'version' | 'withAcl', Version | undefined>>,
  service: ServiceConfigurations,
): CountingAcls {
  const rules = makeAclRules(bucket, service, request.accessPoint);
  const counting = (acl: Acl, of: 'bucket' | 'object') =>
    withCountingGrants(effectiveAcl(acl, bucket, rules), of, service.countingGrants);
  const owners = touchedVersions(request, bucket, version).map((one) => ownerOfObject(bucket, one, service));
  const own = accountIdsOf(request.caller);
  return {
    bucket: counting(aclOfBucket(bucket), 'bucket'),
    object: withAcl && counting(aclOfListed(bucket, withAcl), 'object'),
    ownerOfVersion: owners.find((owner) => !isSameAccount(owner, own)) ?? owners[0],
  };
}

function touchedVersions({ key, versionId, uploadId }: AccessRequest, bucket: Bucket, version: Version | undefined) {
  // Whose object an upload would cover counts when it begins, not for its parts and its end (F1755).
  if (uploadId !== undefined) return [];
  if (versionId !== undefined) return version === undefined ? [] : [version];
  // A write puts a new version over a delete marker. While versioning is not Enabled, it removes the null version, wherever that is.
  const removed =
    bucket.versioning.Status === 'Enabled' || key === undefined ? undefined : bucket.versions.nullVersion(key);
  return [version, removed].filter(isObject);
}

/**
 * The caller who began an upload can list its parts and end it, whatever the bucket and the policies allow by then. The caller's account
 * can do so as well (F504).
 */
function findInitiator({ action, bucket, uploadId }: AccessRequest): Caller | undefined {
  if (action !== 's3:AbortMultipartUpload' && action !== 's3:ListMultipartUploadParts') return undefined;
  return uploadId === undefined ? undefined : bucket?.uploads.get(uploadId)?.initiator;
}

function hasBegun(request: AccessRequest): boolean {
  const { account } = request.caller;
  const initiator = findInitiator(request);
  if (account === undefined || initiator?.account !== account) return false;
  return writeCallerArn(account, initiator, 'aws') === writeCallerArn(account, request.caller, 'aws');
}
