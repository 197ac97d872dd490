import { matchesPattern, readPattern } from './wildcards';

/**
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html (F305)
 * @module
 */

/** The kind of resource that an action is about: a bucket, an object, or neither, such as all buckets of an account, or an access point. */
export type ResourceKind = 'bucket' | 'object' | 'none';

/** The name of an action, such as `s3:GetObjectVersion`. */
export type ActionName = `s3:${WordsOf<(typeof namesByKind)[ResourceKind]>}`;

export type WordsOf<Text extends string> = Text extends `${infer Line}\n${infer Rest}`
  ? WordsOfLine<Line> | WordsOf<Rest>
  : WordsOfLine<Text>;
type WordsOfLine<Line extends string> = Line extends `${infer Word} ${infer Rest}`
  ? Named<Word> | WordsOfLine<Rest>
  : Named<Line>;
type Named<Word extends string> = Word extends '' ? never : Word;

export interface Action {
  readonly name: ActionName;
  readonly kind: ResourceKind;
  readonly inBucketPolicy: boolean;
}

const namesByKind = {
  bucket: `
    AllowVendedLogDeliveryForResource CreateBucket CreateBucketMetadataTableConfiguration DeleteBucket
    DeleteBucketMetadataTableConfiguration DeleteBucketPolicy DeleteBucketWebsite GetAccelerateConfiguration
    GetAnalyticsConfiguration GetBucketAbac GetBucketAcl GetBucketCORS GetBucketLocation GetBucketLogging
    GetBucketMetadataTableConfiguration GetBucketNotification GetBucketObjectLockConfiguration
    GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus GetBucketPublicAccessBlock
    GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration
    GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration GetMetricsConfiguration
    GetReplicationConfiguration ListBucket ListBucketMultipartUploads ListBucketVersions ListTagsForResource
    PauseReplication PutAccelerateConfiguration PutAnalyticsConfiguration PutBucketAbac PutBucketAcl PutBucketCORS
    PutBucketLogging PutBucketNotification PutBucketObjectLockConfiguration PutBucketOwnershipControls
    PutBucketPolicy PutBucketPublicAccessBlock PutBucketRequestPayment PutBucketTagging PutBucketVersioning
    PutBucketWebsite PutEncryptionConfiguration PutIntelligentTieringConfiguration PutInventoryConfiguration
    PutLifecycleConfiguration PutMetricsConfiguration PutReplicationConfiguration TagResource UntagResource
    UpdateBucketMetadataAnnotationTableConfiguration UpdateBucketMetadataInventoryTableConfiguration
    UpdateBucketMetadataJournalTableConfiguration`,
  object: `
    AbortMultipartUpload BypassGovernanceRetention DeleteObject DeleteObjectAnnotation DeleteObjectTagging
    DeleteObjectVersion DeleteObjectVersionAnnotation DeleteObjectVersionTagging GetObject GetObjectAcl
    GetObjectAnnotation GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectTorrent
    GetObjectVersion GetObjectVersionAcl GetObjectVersionAnnotation GetObjectVersionAnnotationForReplication
    GetObjectVersionAttributes GetObjectVersionForReplication GetObjectVersionTagging GetObjectVersionTorrent
    InitiateReplication ListMultipartUploadParts ListObjectAnnotations ListObjectVersionAnnotations
    ObjectOwnerOverrideToBucketOwner PutObject PutObjectAcl PutObjectAnnotation PutObjectLegalHold
    PutObjectRetention PutObjectTagging PutObjectVersionAcl PutObjectVersionAnnotation PutObjectVersionTagging
    ReplicateDelete ReplicateObject ReplicateObjectAnnotation ReplicateTags RestoreObject UpdateObjectEncryption`,
  none: `
    AssociateAccessGrantsIdentityCenter CreateAccessGrant CreateAccessGrantsInstance CreateAccessGrantsLocation
    CreateAccessPoint CreateAccessPointForObjectLambda CreateJob CreateMultiRegionAccessPoint
    CreateStorageLensGroup DeleteAccessGrant DeleteAccessGrantsInstance DeleteAccessGrantsInstanceResourcePolicy
    DeleteAccessGrantsLocation DeleteAccessPoint DeleteAccessPointForObjectLambda DeleteAccessPointPolicy
    DeleteAccessPointPolicyForObjectLambda DeleteJobTagging DeleteMultiRegionAccessPoint
    DeleteStorageLensConfiguration DeleteStorageLensConfigurationTagging DeleteStorageLensGroup DescribeJob
    DescribeMultiRegionAccessPointOperation DissociateAccessGrantsIdentityCenter GetAccessGrant
    GetAccessGrantsInstance GetAccessGrantsInstanceForPrefix GetAccessGrantsInstanceResourcePolicy
    GetAccessGrantsLocation GetAccessPoint GetAccessPointConfigurationForObjectLambda GetAccessPointForObjectLambda
    GetAccessPointPolicy GetAccessPointPolicyForObjectLambda GetAccessPointPolicyStatus
    GetAccessPointPolicyStatusForObjectLambda GetAccountPublicAccessBlock GetDataAccess GetJobTagging
    GetMultiRegionAccessPoint GetMultiRegionAccessPointPolicy GetMultiRegionAccessPointPolicyStatus
    GetMultiRegionAccessPointRoutes GetStorageLensConfiguration GetStorageLensConfigurationTagging
    GetStorageLensDashboard GetStorageLensGroup ListAccessGrants ListAccessGrantsInstances
    ListAccessGrantsLocations ListAccessPoints ListAccessPointsForObjectLambda ListAllMyBuckets
    ListCallerAccessGrants ListJobs ListMultiRegionAccessPoints ListStorageLensConfigurations ListStorageLensGroups
    PutAccessGrantsInstanceResourcePolicy PutAccessPointConfigurationForObjectLambda PutAccessPointPolicy
    PutAccessPointPolicyForObjectLambda PutAccessPointPublicAccessBlock PutAccountPublicAccessBlock PutJobTagging
    PutMultiRegionAccessPointPolicy PutStorageLensConfiguration PutStorageLensConfigurationTagging
    SubmitMultiRegionAccessPointRoutes UpdateAccessGrantsLocation UpdateJobPriority UpdateJobStatus
    UpdateStorageLensGroup`,
} as const satisfies Readonly<Record<ResourceKind, string>>;

/** S3 refuses it in every bucket policy, although it is about a bucket: the bucket that has the policy exists already (F305). */
const createBucket: ActionName = 's3:CreateBucket';

export const actions: readonly Action[] = (['bucket', 'object', 'none'] as const).flatMap((kind) =>
  namesByKind[kind]
    .trim()
    .split(/\s+/)
    .map((word) => `s3:${word}` as ActionName) // the words of the catalogue
    .map((name) => ({ name, kind, inBucketPolicy: kind !== 'none' && name !== createBucket })),
);

const byName: ReadonlyMap<string, Action> = new Map(actions.map((action) => [action.name.toLowerCase(), action]));

export function findAction(name: string): Action | undefined {
  return byName.get(name.toLowerCase());
}

/** Pairs of actions. Neither action of a pair includes the other, which is easily forgotten. */
const counterparts: ReadonlyMap<string, ActionName> = new Map(
  actions.flatMap(({ name }) => {
    const current = findAction(name.replace(/Versions?/, ''))?.name;
    return current === undefined || current === name ? [] : [[name, current] as const, [current, name] as const];
  }),
);

export function findCounterpart(action: string): ActionName | undefined {
  return counterparts.get(action);
}

/** The name of the service has no wildcard. */
export function actionsMatching(pattern: string): readonly Action[] {
  if (pattern === '*') return actions;
  const lower = pattern.toLowerCase();
  if (!lower.startsWith('s3:')) return [];
  const wanted = readPattern(lower);
  return actions.filter(({ name }) => matchesPattern(wanted, name.toLowerCase()));
}
