import {
  type AskedAcl,
  aclOfBucket,
  aclOfVersion,
  effectiveAcl,
  refusalForAcl,
  storedAcl,
} from '../../model/access/acl';
import { bucketAclWords, bucketGrants, objectAclWords, objectGrants } from '../../model/access/canned-acl';
import { type Acl, areSameGrants, type Holder, isSameAccount, ownersGrants } from '../../model/access/grants';
import { type AclRules, aclRulesOf } from '../../model/access/ownership';
import { query } from '../../protocol/document/binding';
import { S3Error } from '../../refusals/s3-error';
import { checkNotBlocked, readAskedAcl, refusalOfPublicAcl } from '../members/acls';
import { versioned } from '../members/actions';
import { bucketGrantMembers } from '../members/grants';
import { givenVersionId, versionIdMember } from '../members/objects';
import type { BucketAcl, ObjectAcl } from '../members/words';
import { addressedObject, answeredVersionId, changeableVersion } from '../objects/addressing';
import { type Context, operation } from '../operation';
import { aclOutput, aclPayload, cannedAclHeader, policyElements, readPolicy, type SentPolicy } from './acl-document';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html */
export const getBucketAcl = operation('GET /{Bucket}?acl', {
  action: 's3:GetBucketAcl',
  root: 'AccessControlPolicy',
  contentType: 'application/xml',
  // A bucket has no versions. S3 says so here in other words than elsewhere (F73).
  refusalOfQuery: refusalOfVersionId,
  output: policyElements,
  handle: (context) => answered(context, aclOfBucket(context.bucket)),
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html */
export const getObjectAcl = operation('GET /{Bucket}/{Key+}?acl', {
  action: versioned('s3:GetObjectAcl', 's3:GetObjectVersionAcl'),
  root: 'AccessControlPolicy',
  contentType: 'application/xml',
  input: { VersionId: query('versionId', givenVersionId, { stage: 'query' }) },
  output: { ...versionIdMember, ...policyElements },
  handle(context, { Key, VersionId }) {
    const { store, bucket } = context;
    const version = addressedObject(context, Key, VersionId, false);
    const policy = answered(context, aclOfVersion(bucket, version));
    return { VersionId: answeredVersionId(store, bucket, version), ...policy };
  },
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html */
export const putBucketAcl = operation('PUT /{Bucket}?acl', {
  action: 's3:PutBucketAcl',
  refusalOfAnonymous: () => new S3Error('AnonymousNotAllowed'),
  refusalOfPublic: (asked) => refusalOfPublicAcl(asked, 's3:PutBucketAcl'),
  refusalOfQuery: refusalOfVersionId,
  input: {
    ACL: cannedAclHeader<BucketAcl>(bucketAclWords),
    ...bucketGrantMembers,
    AccessControlPolicy: aclPayload,
  },
  handle(context, { AccessControlPolicy }) {
    const { bucket } = context;
    const asked = readAsked(context, bucketAclWords, AccessControlPolicy);
    const grants = asked.grants ?? bucketGrants(asked.word ?? 'private', bucket.owner);
    const rules = rulesOf(context);
    checkNotBlocked(context, grants, rules, 's3:PutBucketAcl');
    checkOwnership(rules, asked, bucket.owner);
    checkOwner(asked, bucket.owner);
    bucket.change({ acl: areSameGrants(grants, ownersGrants(bucket.owner)) ? undefined : grants });
  },
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html */
export const putObjectAcl = operation('PUT /{Bucket}/{Key+}?acl', {
  action: versioned('s3:PutObjectAcl', 's3:PutObjectVersionAcl'),
  refusalOfAnonymous: () => new S3Error('AnonymousNotAllowed'),
  refusalOfPublic: (asked) => refusalOfPublicAcl(asked, 's3:PutObjectAcl'),
  input: {
    VersionId: query('versionId', givenVersionId, { stage: 'query' }),
    ACL: cannedAclHeader<ObjectAcl>(objectAclWords),
    ...bucketGrantMembers,
    AccessControlPolicy: aclPayload,
  },
  output: versionIdMember,
  handle(context, { Key, VersionId, AccessControlPolicy }) {
    const { store, bucket } = context;
    const asked = readAsked(context, objectAclWords, AccessControlPolicy);
    const grantsOf = (owner: Holder) =>
      asked.grants ?? objectGrants(asked.word ?? 'private', { owner, bucketOwner: bucket.owner });
    const rules = rulesOf(context);
    checkNotBlocked(context, grantsOf(bucket.owner), rules, 's3:PutObjectAcl');
    if (asked.word !== 'bucket-owner-full-control') checkOwnership(rules, asked, bucket.owner);
    // S3 says of a delete marker that it has no ACL, even if it is the current version (F281).
    const version = changeableVersion(context, { bucket, key: Key, versionId: VersionId });
    const { owner } = aclOfVersion(bucket, version);
    checkOwner(asked, effectiveAcl({ owner, grants: [] }, bucket, rules).owner);
    bucket.versions.replace({ ...version, acl: storedAcl({ owner, grants: grantsOf(owner) }, bucket.owner) });
    return { VersionId: answeredVersionId(store, bucket, version) };
  },
});

function refusalOfVersionId(parameters: ReadonlyMap<string, string>): S3Error | undefined {
  const ArgumentValue = parameters.get('versionId');
  return ArgumentValue === undefined
    ? undefined
    : new S3Error('VersionIdInvalid', { ArgumentName: 'versionId', ArgumentValue });
}

function rulesOf({ bucket, request }: Context): AclRules {
  return aclRulesOf(bucket, request.dialect.configurations);
}

function answered(context: Context, acl: Acl) {
  return aclOutput(effectiveAcl(acl, context.bucket, rulesOf(context)), context.request.dialect);
}

/** The ACL that a change asks for, and the owner that its document names. */
interface AskedChange<Word extends string> extends AskedAcl<Word> {
  readonly document: SentPolicy | undefined;
}

function readAsked<Word extends string>(
  context: Context,
  words: readonly Word[],
  sent: Parameters<typeof readPolicy>[1] | undefined,
): AskedChange<Word> {
  if (sent === undefined) return { ...readAskedAcl(context, words), document: undefined };
  const document = readPolicy(context, sent);
  return { word: undefined, grants: document.grants, document };
}

/** Throws if the bucket has no ACLs, unless a document has the owner's only grant (F59). */
function checkOwnership({ ownership }: AclRules, asked: AskedChange<string>, owner: Holder): void {
  if (ownership !== 'BucketOwnerEnforced') return;
  if (asked.document && areSameGrants(asked.document.grants, ownersGrants(owner))) return;
  const what = asked.document ? 'the document' : asked.word === undefined ? 'a grant' : `x-amz-acl '${asked.word}'`;
  throw refusalForAcl(`the request sets an ACL by ${what}`);
}

/** Throws if the document names another owner: an ACL does not hand a bucket or an object over. */
function checkOwner({ document }: AskedChange<string>, owner: Holder): void {
  if (document && !isSameAccount(document.owner, owner))
    throw new S3Error('AccessDenied', {}, `the document names the owner ${document.owner.canonicalId}, who is another`);
}
