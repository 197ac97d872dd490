import { allDetails, byCode, ofBucket, type Refusal, refusal, requestInvalid } from './refusal';

const invalidTag = refusal('InvalidTag', 400);

const ofPoint: Pick<Refusal<{ readonly AccessPointName: string | undefined }>, 'fields' | 'whenFailed'> = {
  fields: allDetails,
  whenFailed: () => ({ AccessPointName: undefined }),
};

/** Refusals about access points, and about tags by ARNs. */
export const accessPoints = {
  /** A request to S3 Control, or to a host, that names an access point which is not there. */
  NoSuchAccessPoint: refusal('NoSuchAccessPoint', 404)('The specified accesspoint does not exist', ofPoint),
  /** A GET of the policy of an access point that has none. */
  NoSuchAccessPointPolicy: refusal('NoSuchAccessPointPolicy', 404)(
    'The specified accesspoint policy does not exist',
    ofPoint,
  ),
  /** A creation of an access point whose name the account has in the region. */
  AccessPointAlreadyOwnedByYou: refusal(
    'AccessPointAlreadyOwnedByYou',
    409,
  )('Your previous request to create the named accesspoint succeeded and you already own it.'),
  /** A creation of an access point of a bucket that does not exist. */
  AccessPointBucketMissing: requestInvalid('Amazon S3 AccessPoint can only be created for existing bucket'),
  /** A creation of an access point in another region than its bucket's. */
  AccessPointElsewhere: requestInvalid('Amazon S3 AccessPoint can only be created for bucket in the same region'),
  /** A creation of an access point of another account's bucket that does not name that account. */
  AccessPointOwnerWrong: requestInvalid(
    'BucketAccountId parameter should be same as the AWS Account Id of bucket owner',
  ),
  /** A creation of an access point with a name that its path can contain, but an access point cannot. */
  AccessPointNameInvalid: requestInvalid('Your Amazon S3 AccessPoint name is invalid'),
  /** A creation of an access point whose document limits it to prefixes and operations. */
  AccessPointScoped: requestInvalid('Scope is only supported for access points attached to directory buckets.'),
  /** A deletion of a bucket that has access points. */
  BucketHasAccessPointsAttached: refusal('BucketHasAccessPointsAttached', 400)(
    'The bucket you tried to delete has access points attached. Delete your access points before deleting your bucket.',
    ofBucket,
  ),
  /** A request through an access point that is not signed, or not by version 4, or that is signed by version 2 in a region from after 2014 (F1654). */
  SignatureV4Required: requestInvalid(
    'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
  ),
  /** A creation of an access point for a network that it does not name. */
  AccessPointNetworkMissing: requestInvalid('VpcId is required in VpcConfiguration'),
  /** A request that adds or removes tags by an ARN, and names none. */
  ResourceTagsMissing: requestInvalid('You must specify at least one tag'),
  /** A listing of access points by a data source. Access points of buckets have no data source. */
  AccessPointSourceInvalid: requestInvalid('DataSourceId is not supported for the data source type S3'),
  /** A listing of the access points of a bucket that does not exist. */
  AccessPointsOfNoBucket: requestInvalid('No access point attached to this bucket'),
  /** A listing of access points with a maxResults that S3 Control does not accept. */
  AccessPointPageInvalid: requestInvalid('maxResults must be between 1 and 1000'),
  /** A listing of access points with a token that no listing answered. */
  AccessPointTokenInvalid: requestInvalid('The continuation token provided is incorrect'),
  /** A request about the tags of an ARN that nothing has. */
  NoSuchResource: refusal('NoSuchResource', 404)("The specified resource doesn't exist."),
  /** A tag with a key that belongs to AWS, by an ARN. */
  ResourceTagReserved: invalidTag(
    'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
    byCode,
  ),
  /** Two tags with one key, by an ARN. */
  ResourceTagRepeated: invalidTag(
    'There are duplicate tag keys in your request. Remove the duplicate tag keys and try again.',
    byCode,
  ),
  /** A tag with a key or a value that is too long, or has other characters, by an ARN. */
  ResourceTagInvalid: invalidTag(
    "This request contains a tag key or value that isn't valid. Valid characters include the following: [a-zA-Z+-=._:/]. Tag keys can contain up to 128 characters. Tag values can contain up to 256 characters.",
    byCode,
  ),
};
