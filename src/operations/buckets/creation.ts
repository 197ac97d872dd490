import type { BucketLocation } from '../../dialects';
import { cosLocations, firstRegion, regionNames } from '../../formats/regions';
import { cureOfNew, type ObjectOwnership } from '../../model/access/acl';
import { bucketAclWords, makeBucketGrants } from '../../model/access/canned-acl';
import { areSameGrants, type Grant, isPublic, makeOwnersGrants } from '../../model/access/grants';
import type { Bucket, BucketSettings } from '../../model/bucket';
import { checkNamespace } from '../../model/bucket-names';
import { abac } from '../../model/configurations/abac';
import { type AnswerContext, findConfiguration } from '../../model/configurations/configuration';
import { ownershipControls } from '../../model/configurations/ownership-controls';
import { publicAccessBlock } from '../../model/configurations/public-access-block';
import type { Account } from '../../model/identity/account';
import { checkNewBucketTags } from '../../model/tagging';
import { S3Error } from '../../refusals/s3-error';
import { element, malformedIfSent } from '../../shapes/elements';
import { header, payload } from '../../shapes/places';
import { boolean, refusing, sentText, text, word, wordOrText, words } from '../../shapes/values';
import { say } from '../../text/reason';
import { cannedAclHeader } from '../access/acl-document';
import { readAskedAcl } from '../members/acl';
import { isOtherThanPrivate, when } from '../members/actions';
import { bucketGrantMembers, isOwnersAlone } from '../members/grants';
import { checkServiceInstance, serviceInstanceMember } from '../members/service-instance';
import type { BucketAcl } from '../members/words';
import { type Context, operation } from '../operation';
import { tagSet } from '../tagging/tagging';

export const createBucket = operation('PUT /{Bucket}', {
  action: (input, { callerId }) => [
    's3:CreateBucket',
    ...when(isOtherThanPrivate(input) && !isOwnersAlone(input, callerId), 's3:PutBucketAcl'),
    ...when(input.ObjectLockEnabledForBucket === true, 's3:PutBucketObjectLockConfiguration'),
    ...when(input.ObjectLockEnabledForBucket === true, 's3:PutBucketVersioning'),
    ...when(input.ObjectOwnership !== undefined, 's3:PutBucketOwnershipControls'),
    ...when((input.CreateBucketConfiguration?.Tags ?? []).length > 0, 's3:TagResource'),
  ],
  bucketMayBeMissing: true,
  refusalOfAnonymous: () => new S3Error('AnonymousNotAllowed'),
  input: {
    ACL: cannedAclHeader<BucketAcl>(bucketAclWords),
    // F254
    ObjectLockEnabledForBucket: header('x-amz-bucket-object-lock-enabled', boolean, { ignoredBy: 'ibm-cos' }),
    ObjectOwnership: header(
      'x-amz-object-ownership',
      refusing(words('BucketOwnerPreferred', 'ObjectWriter', 'BucketOwnerEnforced'), 'ObjectOwnershipInvalid', {
        value: sentText,
      }),
      { dialect: 'aws' },
    ),
    BucketNamespace: header('x-amz-bucket-namespace', word('account-regional', 'global'), {
      ignoredBy: 'ibm-cos',
    }),
    ...bucketGrantMembers,
    ...serviceInstanceMember,
    IBMSSEKPEncryptionAlgorithm: header('ibm-sse-kp-encryption-algorithm', text, { dialect: 'ibm-cos' }),
    IBMSSEKPCustomerRootKeyCrn: header('ibm-sse-kp-customer-root-key-crn', text, { dialect: 'ibm-cos' }),
    CreateBucketConfiguration: payload(
      {
        LocationConstraint: element(wordOrText('EU', ...regionNames, ...cosLocations)),
        // Only directory buckets have both (F35).
        Location: malformedIfSent(
          element({ Type: element(word('AvailabilityZone', 'LocalZone')), Name: element(text) }),
        ),
        Bucket: malformedIfSent(
          element({
            DataRedundancy: element(word('SingleAvailabilityZone', 'SingleLocalZone')),
            Type: element(word('Directory')),
          }),
        ),
        Tags: tagSet,
      },
      { optional: true },
    ),
  },
  output: {
    Location: header('Location', text, { dialect: 'aws' }),
    BucketArn: header('x-amz-bucket-arn', text, { dialect: 'aws' }),
  },
  handle(context, { Bucket: name, CreateBucketConfiguration: configuration, ...asked }) {
    const { store, request, now, caller } = context;
    // S3 has refused a caller without an account.
    const owner = caller.account ?? store.defaultAccount;
    checkServiceInstance(context, asked.IBMServiceInstanceId);
    const { buckets } = request.dialect;
    const problem = buckets.problemOfName(name);
    if (problem !== undefined) throw new S3Error('InvalidBucketName', { BucketName: name }, problem);
    checkRootKey(asked.IBMSSEKPCustomerRootKeyCrn);
    const acl = readBucketAcl(context, owner, asked.ObjectOwnership);
    const location = buckets.locationOfNew(request.endpoint.region, configuration?.LocationConstraint);
    if (buckets.haveNamespaces) {
      const { region = firstRegion } = location;
      checkNamespace({ name, accountId: owner.id, region, namespace: asked.BucketNamespace });
    }
    const tags = configuration?.Tags ?? [];
    checkNewBucketTags(tags, request.dialect.tags);
    const known = store.buckets.get(name);
    if (known !== undefined) {
      checkRepeated(context, known, { owner, region: location.region, tagged: tags.length > 0, ...asked });
      // S3 keeps all else of the bucket (F285).
      known.change({ acl });
    } else {
      const { ObjectOwnership } = asked;
      const settings: BucketSettings = {
        ...(acl && { acl }),
        ...(ObjectOwnership && { ownershipControls: { Rules: [{ ObjectOwnership }] } }),
        ...(tags.length > 0 && { tags }),
        // Object lock needs versions, so it enables versioning.
        ...(asked.ObjectLockEnabledForBucket && {
          objectLock: true,
          versioning: { Status: 'Enabled', MFADelete: buckets.mfaDeleteOfLocked },
        }),
      };
      const rootKeyCrn = asked.IBMSSEKPCustomerRootKeyCrn;
      store.addBucket({ name, owner, ...location, created: now, rootKeyCrn }, settings);
    }
    return { Location: writePath(name, location), BucketArn: `arn:aws:s3:::${name}` };
  },
});

/** F173 */
function checkRootKey(crn: string | undefined): void {
  const segments = crn?.split(':').length ?? segmentsOfKey;
  if (segments < segmentsOfKey) throw new S3Error('RootKeyCrnTooShort', { segments, required: segmentsOfKey });
}

/** `crn:v1:bluemix:public:kms:us-south:a/ACCOUNT:INSTANCE:key:KEY` */
const segmentsOfKey = 10;

function writePath(name: string, { region }: BucketLocation): string {
  return region === undefined || region === firstRegion ? `/${name}` : `http://${name}.s3.amazonaws.com/`;
}

interface RepeatedCreation {
  readonly owner: Account;
  readonly region: string | undefined;
  readonly tagged: boolean;
  readonly ObjectOwnership?: ObjectOwnership | undefined;
  readonly ObjectLockEnabledForBucket?: boolean | undefined;
  readonly BucketNamespace?: string | undefined;
}

/** S3 accepts the creation of an existing bucket only in its first region, and only if nothing about the bucket differs (F32). */
function checkRepeated({ request, store }: Context, bucket: Bucket, creation: RepeatedCreation): void {
  const { name: BucketName, region = firstRegion } = bucket;
  if (bucket.owner !== creation.owner) throw new S3Error('BucketAlreadyExists', { BucketName });
  const { regionOfRepeatedCreation: there } = request.dialect.buckets;
  const isRepeatable = creation.region === there && region === there;
  const why = isRepeatable
    ? findDifference(bucket, { bucket, store, service: request.dialect.configurations }, creation)
    : `bucket ${BucketName} exists${there === undefined ? '' : `, and only a bucket in ${there} can be created again, by a request to ${there}`}`;
  if (why !== undefined) throw new S3Error('BucketAlreadyOwnedByYou', { BucketName }, why);
}

function findDifference(bucket: Bucket, context: AnswerContext, creation: RepeatedCreation): string | undefined {
  if (creation.BucketNamespace === 'account-regional')
    return 'a bucket of an account regional namespace can be created only once';
  if (creation.tagged) return 'the bucket exists, and the request has tags';
  const ownership = findConfiguration(ownershipControls, context)?.Rules[0]?.ObjectOwnership;
  const asked = creation.ObjectOwnership ?? 'BucketOwnerEnforced';
  if (ownership !== undefined && ownership !== asked)
    return `the bucket exists with the object ownership ${ownership}, and the request asks for ${asked}`;
  if (bucket.objectLock !== (creation.ObjectLockEnabledForBucket ?? false))
    return `the bucket exists ${bucket.objectLock ? 'with' : 'without'} object lock, and the request asks for the opposite`;
  if (findConfiguration(abac, context)?.Status === 'Enabled') return 'the bucket exists with ABAC enabled';
  const block = findConfiguration(publicAccessBlock, context) ?? {};
  const off = Object.entries(block).find(([, isOn]) => !isOn);
  return off && `the bucket exists, and its public access block does not have ${off[0]}, which a new bucket has`;
}

/** Returns undefined if the ACL is private. Throws what S3 refuses whether the bucket exists or not (F38, F285). */
function readBucketAcl(
  context: Context,
  owner: Account,
  ownership: ObjectOwnership | undefined,
): readonly Grant[] | undefined {
  const { word = 'private', grants } = readAskedAcl(context, bucketAclWords);
  if (grants === undefined && word === 'private') return undefined;
  const { hasOwnershipControls, newBucketsBlockPublicAccess } = context.request.dialect.configurations;
  const isOld = context.store.acls === 'allowed';
  const asked = grants ?? makeBucketGrants(word, owner);
  if (areSameGrants(asked, makeOwnersGrants(owner))) return undefined;
  if (hasOwnershipControls && (ownership ?? (isOld ? 'ObjectWriter' : 'BucketOwnerEnforced')) === 'BucketOwnerEnforced')
    throw refusalForNewAcl(context.request.headers.get('x-amz-acl'));
  if (newBucketsBlockPublicAccess && !isOld && asked.some(isPublic))
    throw new S3Error('BucketAclPublic', {}, say`the ACL is public, and a new bucket blocks public ACLs${cureOfNew}`);
  return asked;
}

function refusalForNewAcl(word: string | undefined): S3Error {
  const asked = word === undefined ? 'the request grants access' : `x-amz-acl is '${word}'`;
  return new S3Error('BucketAclForbidden', {}, say`${asked}, and a new bucket has no ACLs${cureOfNew}`);
}
