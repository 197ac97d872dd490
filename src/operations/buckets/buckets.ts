import { firstRegion, isRegion } from '../../formats/regions';
import type { Bucket } from '../../model/bucket';
import type { Account } from '../../model/identity/account';
import type { Store } from '../../model/store';
import { writePageToken } from '../../model/versions/page-token';
import { isObject } from '../../model/versions/version';
import { newest } from '../../model/versions/version-stacks';
import { S3Error } from '../../refusals/s3-error';
import { element, required, rootText, wrappedList } from '../../shapes/elements';
import { header, query } from '../../shapes/places';
import { boolean, dateWithMilliseconds, integer, orIfEmpty, ranging, sentNumber, text } from '../../shapes/values';
import { counted, grouped } from '../../text/counts';
import type { Endpoint } from '../../wire';
import { checkVersionOfListing } from '../listings/objects';
import { checkMaxKeys, personElements, readContinuationToken, readEncoding } from '../members/listings';
import { checkServiceInstance, serviceInstanceMember } from '../members/service-instance';
import { operation } from '../operation';

export const headBucket = operation('HEAD /{Bucket}', {
  checkQuery: checkListingOfHead,
  answersThroughAccessPoints: true,
  action: 's3:ListBucket',
  contentType: 'application/xml',
  output: {
    BucketRegion: header('x-amz-bucket-region', text, { dialect: 'aws' }),
    AccessPointAlias: header('x-amz-access-point-alias', boolean, { dialect: 'aws' }),
    BucketArn: header('x-amz-bucket-arn', text, { dialect: 'aws' }),
    IBMSSEKPEnabled: header('ibm-sse-kp-enabled', boolean, { dialect: 'ibm-cos' }),
    IBMSSEKPCustomerRootKeyCrn: header('ibm-sse-kp-customer-root-key-crn', text, { dialect: 'ibm-cos' }),
  },
  handle({ bucket, request }) {
    readPageOfHead(request.query);
    return {
      BucketRegion: bucket.region ?? firstRegion,
      AccessPointAlias: request.accessPoint?.named.endsWith('-s3alias') === true,
      BucketArn: `arn:aws:s3:::${bucket.name}`,
      IBMSSEKPEnabled: bucket.rootKeyCrn !== undefined,
      IBMSSEKPCustomerRootKeyCrn: bucket.rootKeyCrn,
    };
  },
});

/** A HEAD reads the parameters of a listing, though it lists nothing (F33). */
function checkListingOfHead(parameters: ReadonlyMap<string, string>): void {
  checkMaxKeys(parameters);
  checkVersionOfListing(parameters);
}

/** A HEAD has no page, so that a max-keys below zero counts for nothing. */
function readPageOfHead(parameters: ReadonlyMap<string, string>): void {
  readEncoding(parameters.get('encoding-type'));
  const token = parameters.get('continuation-token');
  if (token !== undefined) readContinuationToken('objects', token);
}

/** The most versions that are looked at, since a bucket can have many. */
const LOOKED_AT = 1000;

/** Counts versions and delete markers apart, as ListObjectVersions lists them. */
function describeContent(bucket: Bucket): string {
  const { versions, versioning } = bucket;
  if (versioning.Status === undefined) return `it has ${counted(versions.size, 'object')}: delete each of them first`;
  if (versions.size > LOOKED_AT)
    return `it has ${grouped(versions.size)} versions and delete markers: ${byId('each of Versions and DeleteMarkers')}`;
  const objects = bucket.unobserved(
    () => [...versions.from({ sortKey: '', sequence: newest })].filter(isObject).length,
  );
  const markers = versions.size - objects;
  const counts = counted(markers, 'delete marker');
  if (objects === 0) return `it has ${counts} and no object: ${byId('DeleteMarkers')} as well`;
  const has = `it has ${counted(objects, 'version')}`;
  return markers === 0
    ? `${has}: ${byId('each of Versions')}`
    : `${has} and ${counts}: ${byId('each of Versions and DeleteMarkers')}`;
}

function byId(lists: string): string {
  return `delete ${lists} of ListObjectVersions by ${lists.startsWith('each') ? 'its' : 'their'} VersionId`;
}

export const deleteBucket = operation('DELETE /{Bucket}', {
  action: 's3:DeleteBucket',
  status: 204,
  handle({ store, bucket }) {
    const { name, versions, versioning } = bucket;
    // Delete markers count; uploads that were not completed do not (F76).
    if (versions.size > 0) {
      const versioned = versioning.Status !== undefined;
      throw new S3Error('BucketNotEmpty', { BucketName: name, versioned }, describeContent(bucket));
    }
    // Access points of other accounts do not keep the bucket (F1144).
    const points = bucket.settings.accessPoints?.filter(({ account }) => account === bucket.owner) ?? [];
    if (points.length > 0) {
      const why = `it has the access points ${points.map((point) => point.name).join(', ')}`;
      throw new S3Error('BucketHasAccessPointsAttached', { BucketName: name }, why);
    }
    store.deleteBucket(name);
  },
});

export const getBucketLocation = operation('GET /{Bucket}?location', {
  answersThroughAccessPoints: 'alias',
  action: 's3:GetBucketLocation',
  root: 'LocationConstraint',
  answersInEveryRegion: true,
  contentType: 'application/xml',
  output: { LocationConstraint: rootText(text) },
  handle: ({ bucket, request }) => ({
    LocationConstraint: request.dialect.buckets.locationOf(bucket),
  }),
});

/** S3 refuses a text that is not a number, or is out of range, before it reads the caller (F31). */
const maxBuckets = ranging(orIfEmpty(integer, 10000), [1, 10000], 'MaxBucketsInvalid', { ArgumentValue: sentNumber });

const noCredentials = 'the request has no credentials';

const whyAnonymous = {
  aws: `${noCredentials}, and S3 redirects it to its product page, https://aws.amazon.com/s3/: a client that follows redirects, such as fetch, asks for that page outside of the process; sign the request, or pass { redirect: 'manual' } to fetch`,
  'ibm-cos': noCredentials,
};

export const listBuckets = operation('GET /', {
  checkQuery: (parameters, endpoint) => checkBucketRegion(endpoint, parameters.get('bucket-region')),
  action: 's3:ListAllMyBuckets',
  root: 'ListAllMyBucketsResult',
  contentType: 'application/xml',
  input: {
    MaxBuckets: query('max-buckets', maxBuckets, { stage: 'query' }),
    Prefix: query('prefix'),
    ContinuationToken: query('continuation-token'),
    BucketRegion: query('bucket-region'),
    ...serviceInstanceMember,
  },
  output: {
    Owner: required(element(personElements)),
    Buckets: wrappedList(
      {
        Name: element(text),
        CreationDate: element(dateWithMilliseconds),
        BucketRegion: element(text),
        BucketArn: element(text),
      },
      'Bucket',
    ),
    Prefix: element(text),
    ContinuationToken: element(text),
  },
  handle(context, { MaxBuckets = 10000, Prefix, ContinuationToken, BucketRegion, IBMServiceInstanceId }) {
    const { store, caller, request } = context;
    const { account } = caller;
    if (!account) throw new S3Error('AnonymousListBuckets', {}, whyAnonymous[request.dialect.name]);
    checkServiceInstance(context, IBMServiceInstanceId);
    const { answers, buckets } = request.dialect;
    const after = ContinuationToken ? readContinuationToken('buckets', ContinuationToken) : '';
    const wanted = ({ name, region = firstRegion }: Bucket) =>
      name.startsWith(Prefix ?? '') && (BucketRegion === undefined || region === BucketRegion.toLowerCase());
    const found = findBuckets(store, account, after).filter(wanted);
    const page = found.slice(0, Math.min(MaxBuckets, store.pageSize));
    const last = page.at(-1);
    // S3 names the region only if the request has one of the newer parameters (F31).
    const isPaged = ['max-buckets', 'prefix', 'continuation-token', 'bucket-region'].some((name) =>
      request.query.has(name),
    );
    return {
      Owner: answers.ownerOf(account),
      Buckets: page.map(({ name, created, region }) => ({
        Name: name,
        CreationDate: answers.listedTime(created),
        ...(isPaged && buckets.areListedWithArn && { BucketRegion: region ?? firstRegion }),
        ...(buckets.areListedWithArn && { BucketArn: `arn:aws:s3:::${name}` }),
      })),
      Prefix,
      ContinuationToken: last && found.length > page.length ? writePageToken('buckets', last.name) : undefined,
    };
  },
});

export function findBuckets({ buckets }: Store, account: Account, after: string): readonly Bucket[] {
  return [...buckets.values()]
    .filter(({ name, owner }) => owner === account && name > after)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function checkBucketRegion({ region = firstRegion }: Endpoint, asked: string | undefined): void {
  if (asked === undefined || asked.toLowerCase() === region) return;
  throw isRegion(asked.toLowerCase())
    ? new S3Error('BucketRegionElsewhere').quoting({ 'bucket-region': asked, 'the region of the endpoint': region })
    : new S3Error('BucketRegionInvalid', { value: asked });
}
