import {
  type AclRules,
  type AskedAcl,
  aclOfBucket,
  aclOfVersion,
  effectiveAcl,
  makeAclRules,
  makeStoredAcl,
  refusalForAcl,
} from '../../model/access/acl';
import { bucketAclWords, makeBucketGrants, makeObjectGrants, objectAclWords } from '../../model/access/canned-acl';
import { type AccountIds, type Acl, areSameGrants, isSameAccount, makeOwnersGrants } from '../../model/access/grants';
import type { ObjectVersion } from '../../model/versions/version';
import { S3Error } from '../../refusals/s3-error';
import { query } from '../../shapes/places';
import { checkNotBlocked, readAskedAcl } from '../members/acl';
import { versioned } from '../members/actions';
import { bucketGrantMembers } from '../members/grants';
import { givenVersionId, versionIdMember } from '../members/objects';
import type { BucketAcl, ObjectAcl } from '../members/words';
import { answeredVersionId, requireChangeableVersion, requireObject } from '../objects/addressing';
import { type Context, operation, type RequestContext, type SearchContext } from '../operation';
import {
  aclOutput,
  aclPayload,
  cannedAclHeader,
  checkNotInBoth,
  policyElements,
  readAclDocument,
  type SentAcl,
} from './acl-document';

export const getBucketAcl = operation('GET /{Bucket}?acl', {
  answersThroughAccessPoints: true,
  action: 's3:GetBucketAcl',
  root: 'AccessControlPolicy',
  contentType: 'application/xml',
  // A bucket has no versions. S3 says so here in other words than elsewhere (F73).
  checkQuery: checkNoVersionId,
  output: policyElements,
  handle: (context) => makeAnswer(context, aclOfBucket(context.bucket)),
});

export const getObjectAcl = operation('GET /{Bucket}/{Key+}?acl', {
  action: versioned('s3:GetObjectAcl', 's3:GetObjectVersionAcl'),
  findObject: readableVersion,
  root: 'AccessControlPolicy',
  contentType: 'application/xml',
  input: { VersionId: query('versionId', givenVersionId, { stage: 'query' }) },
  output: { ...versionIdMember, ...policyElements },
  handle(context, { Key, VersionId }) {
    const { store, bucket } = context;
    const version = readableVersion(context, Key, VersionId);
    const policy = makeAnswer(context, aclOfVersion(bucket, version));
    return { VersionId: answeredVersionId(store, bucket, version), ...policy };
  },
});

function readableVersion(context: SearchContext, key: string, versionId: string | undefined): ObjectVersion {
  return requireObject(context, key, versionId, false);
}

export const putBucketAcl = operation('PUT /{Bucket}?acl', {
  action: 's3:PutBucketAcl',
  checkEarly(context) {
    checkNoVersionId(context.request.query);
    checkNotInBoth(context);
  },
  checkBlocked: (context, { AccessControlPolicy }) => readBucketAcl(context, AccessControlPolicy),
  refusalOfAnonymous: () => new S3Error('AnonymousNotAllowed'),
  input: {
    ACL: cannedAclHeader<BucketAcl>(bucketAclWords),
    ...bucketGrantMembers,
    AccessControlPolicy: aclPayload,
  },
  handle(context, { AccessControlPolicy }) {
    const { bucket } = context;
    const { asked, grants } = readBucketAcl(context, AccessControlPolicy);
    checkOwnership(makeRules(context), asked);
    checkOwner(asked, bucket.owner);
    bucket.change({ acl: areSameGrants(grants, makeOwnersGrants(bucket.owner)) ? undefined : grants });
  },
});

export const putObjectAcl = operation('PUT /{Bucket}/{Key+}?acl', {
  action: versioned('s3:PutObjectAcl', 's3:PutObjectVersionAcl'),
  checkEarly: checkNotInBoth,
  checkBlocked: (context, { AccessControlPolicy }) => readObjectAcl(context, AccessControlPolicy),
  refusalOfAnonymous: () => new S3Error('AnonymousNotAllowed'),
  input: {
    VersionId: query('versionId', givenVersionId, { stage: 'query' }),
    ACL: cannedAclHeader<ObjectAcl>(objectAclWords),
    ...bucketGrantMembers,
    AccessControlPolicy: aclPayload,
  },
  output: versionIdMember,
  handle(context, { Key, VersionId, AccessControlPolicy }) {
    const { store, bucket } = context;
    const { asked, grantsOf } = readObjectAcl(context, AccessControlPolicy);
    const rules = makeRules(context);
    checkOwnership(rules, asked);
    // S3 says of a delete marker that it has no ACL, even if it is the current version (F281).
    const version = requireChangeableVersion(context, { bucket, key: Key, versionId: VersionId });
    const { owner } = aclOfVersion(bucket, version);
    checkOwner(asked, effectiveAcl({ owner, grants: [] }, bucket, rules).owner);
    bucket.versions.replace({ ...version, acl: makeStoredAcl({ owner, grants: grantsOf(owner) }, bucket.owner) });
    return { VersionId: answeredVersionId(store, bucket, version) };
  },
});

function checkNoVersionId(parameters: ReadonlyMap<string, string>): void {
  const ArgumentValue = parameters.get('versionId');
  if (ArgumentValue !== undefined) throw new S3Error('VersionIdInvalid', { ArgumentName: 'versionId', ArgumentValue });
}

function readBucketAcl(context: RequestContext, document: SentDocument) {
  const asked = readAsked(context, bucketAclWords, document);
  const grants = asked.grants ?? makeBucketGrants(asked.word ?? 'private', context.bucket.owner);
  checkNotBlocked(context, grants, makeRules(context), 's3:PutBucketAcl');
  return { asked, grants };
}

/** The owner of the object decides some of its grants. */
function readObjectAcl(context: RequestContext, document: SentDocument) {
  const { owner: bucketOwner } = context.bucket;
  const asked = readAsked(context, objectAclWords, document);
  const makeGrants = (owner: AccountIds) =>
    asked.grants ?? makeObjectGrants(asked.word ?? 'private', { owner, bucketOwner });
  checkNotBlocked(context, makeGrants(bucketOwner), makeRules(context), 's3:PutObjectAcl');
  return { asked, grantsOf: makeGrants };
}

function makeRules({ bucket, request }: RequestContext): AclRules {
  return makeAclRules(bucket, request.dialect.configurations, request.accessPoint?.point);
}

function makeAnswer(context: Context, acl: Acl) {
  return aclOutput(effectiveAcl(acl, context.bucket, makeRules(context)), context.request.dialect);
}

interface AskedChange<Word extends string> extends AskedAcl<Word> {
  readonly document: SentAcl | undefined;
}

type SentDocument = Parameters<typeof readAclDocument>[1] | undefined;

function readAsked<Word extends string>(
  context: RequestContext,
  words: readonly Word[],
  sent: SentDocument,
): AskedChange<Word> {
  if (sent === undefined) return { ...readAskedAcl(context, words), document: undefined };
  const document = readAclDocument(context, sent);
  return { word: undefined, grants: document.grants, document };
}

/** A bucket without ACLs refuses even the ACL that it answers itself (F59). */
function checkOwnership({ ownership }: AclRules, asked: AskedChange<string>): void {
  if (ownership !== 'BucketOwnerEnforced') return;
  const what = asked.document ? 'the document' : asked.word === undefined ? 'a grant' : `x-amz-acl '${asked.word}'`;
  throw refusalForAcl(`the request sets an ACL by ${what}`);
}

/** An ACL cannot hand a bucket or an object over to another owner. */
function checkOwner({ document }: AskedChange<string>, owner: AccountIds): void {
  if (document && !isSameAccount(document.owner, owner))
    throw new S3Error(
      'AccessDenied',
      {},
      `the document names the owner ${document.owner.canonicalId}, but the owner is ${owner.canonicalId}`,
    );
}
