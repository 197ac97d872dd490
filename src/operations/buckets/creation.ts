import { firstRegion, isCosLocation, isRegion } from '../../formats/regions';
import type { BucketIdentity, BucketSettings } from '../../model/bucket';
import { problemOfBucketName, problemOfCosBucketName } from '../../model/bucket-names';
import type { Account } from '../../model/identity/account';
import { header, payload } from '../../protocol/document/binding';
import { element, required, wrappedList } from '../../protocol/document/elements';
import { boolean, oneOf, refusing, text } from '../../protocol/document/values';
import { S3Error } from '../../refusals/s3-error';
import type { Endpoint } from '../../wire';
import { hasGrants } from '../members/grants';
import { checkServiceInstance, serviceInstanceMember } from '../members/service-instance';
import { type Context, operation } from '../operation';

const cannedAcl = refusing(
  oneOf('private', 'public-read', 'public-read-write', 'authenticated-read'),
  (ArgumentValue) => new S3Error('CannedAclInvalid', { ArgumentValue }),
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export const createBucket = operation('PUT /{Bucket}', {
  bucketMayBeMissing: true,
  input: {
    ACL: header('x-amz-acl', cannedAcl),
    ObjectLockEnabledForBucket: header('x-amz-bucket-object-lock-enabled', boolean),
    ObjectOwnership: header(
      'x-amz-object-ownership',
      refusing(
        oneOf('BucketOwnerPreferred', 'ObjectWriter', 'BucketOwnerEnforced'),
        (word, ArgumentName) =>
          new S3Error('ArgumentNamed', { message: `Invalid ${ArgumentName} header: ${word}`, ArgumentName }),
      ),
    ),
    ...serviceInstanceMember,
    IBMSSEKPEncryptionAlgorithm: header('ibm-sse-kp-encryption-algorithm', text, { dialect: 'ibm-cos' }),
    IBMSSEKPCustomerRootKeyCrn: header('ibm-sse-kp-customer-root-key-crn', text, { dialect: 'ibm-cos' }),
    CreateBucketConfiguration: payload(
      {
        LocationConstraint: element(text),
        Location: element({ Type: element(text), Name: element(text) }),
        Bucket: element({ DataRedundancy: element(text), Type: element(text) }),
        Tags: wrappedList({ Key: required(element(text)), Value: required(element(text)) }, 'Tag'),
      },
      { optional: true },
    ),
  },
  output: { Location: header('Location'), BucketArn: header('x-amz-bucket-arn', text, { dialect: 'aws' }) },
  handle(context, { Bucket: name, CreateBucketConfiguration: configuration, ...asked }) {
    const { store, request, now, caller } = context;
    const owner = caller.account;
    if (!owner) throw new S3Error('AnonymousNotAllowed');
    checkServiceInstance(context, asked.IBMServiceInstanceId);
    const problem = request.dialect === 'aws' ? problemOfBucketName(name) : problemOfCosBucketName(name);
    if (problem !== undefined) throw new S3Error('InvalidBucketName', { BucketName: name }, problem);
    if (request.dialect === 'aws') {
      const shared = hasGrants(request.headers) || (asked.ACL !== undefined && asked.ACL !== 'private');
      if (shared && !allowsAcl(asked.ObjectOwnership)) throw new S3Error('BucketAclForbidden');
    }
    const place = placeOf(request.endpoint, configuration?.LocationConstraint);
    const tags = readTags(configuration?.Tags ?? []);
    if (!isThereAlready(context, owner, name, place, tags.length > 0)) {
      const settings: BucketSettings = {
        ...(tags.length > 0 && { tags }),
        // Object lock needs versions, so it brings versioning along.
        ...(asked.ObjectLockEnabledForBucket && { objectLock: true, versioning: { Status: 'Enabled' } }),
      };
      const rootKeyCrn = asked.IBMSSEKPCustomerRootKeyCrn;
      store.addBucket({ name, owner, ...place, created: now, rootKeyCrn }, settings);
    }
    return { Location: locationOf(name, place), BucketArn: `arn:aws:s3:::${name}` };
  },
});

type Place = Pick<BucketIdentity, 'region' | 'location'>;

/** Where a bucket comes to be, by the endpoint that was asked and the constraint it was asked with. */
function placeOf({ dialect, region: endpointRegion }: Endpoint, constraint: string | undefined): Place {
  if (dialect === 'ibm-cos') return cosPlace(endpointRegion, constraint);
  const here = endpointRegion ?? firstRegion;
  if (here === 'eu-west-1' && constraint === 'EU') return { region: here, location: 'EU' };
  if (here !== firstRegion) {
    if (constraint === here) return { region: here, location: here };
    throw new S3Error('LocationConstraintIncompatible', { constraint: constraint ?? 'unspecified' });
  }
  if (constraint === undefined) return { region: firstRegion, location: undefined };
  if (constraint === 'EU') throw new S3Error('LocationConstraintIncompatible', { constraint });
  // The first region's endpoint is the global one: it makes buckets in every region but calls its own by no name.
  if (constraint !== firstRegion && isRegion(constraint)) return { region: constraint, location: constraint };
  throw new S3Error('LocationConstraintInvalid', { LocationConstraint: constraint });
}

function cosPlace(endpointRegion: string | undefined, constraint: string | undefined): Place {
  if (constraint === undefined) return { region: undefined, location: `${endpointRegion ?? 'us'}-standard` };
  if (!isCosLocation(constraint)) throw new S3Error('LocationConstraintInvalid', { LocationConstraint: constraint });
  return { region: undefined, location: constraint };
}

function locationOf(name: string, { region }: Place): string {
  return region === undefined || region === firstRegion ? `/${name}` : `http://${name}.s3.amazonaws.com/`;
}

/** Whether the owner has the bucket already where S3 takes that for an answer: in its first region, and only there. */
function isThereAlready(
  { store, request }: Context,
  account: Account,
  name: string,
  { region }: Place,
  tagged: boolean,
): boolean {
  const known = store.buckets.get(name);
  if (!known) return false;
  if (known.owner !== account) throw new S3Error('BucketAlreadyExists', { BucketName: name });
  const first = request.dialect === 'aws' && region === firstRegion && (known.region ?? firstRegion) === firstRegion;
  if (!first || tagged) throw new S3Error('BucketAlreadyOwnedByYou', { BucketName: name });
  return true;
}

function allowsAcl(ownership: string | undefined): boolean {
  return ownership === 'BucketOwnerPreferred' || ownership === 'ObjectWriter';
}

type Tags = readonly { readonly Key: string; readonly Value: string }[];

function readTags(tags: Tags): Tags {
  if (tags.some(({ Key }) => Key.startsWith('aws:'))) throw new S3Error('CreateBucketTagsReserved');
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) throw new S3Error('DuplicateBucketTags');
  return tags;
}
