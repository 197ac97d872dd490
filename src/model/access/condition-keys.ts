import { hintFor } from '../../text/spelling';
import { type Action, actions, type WordsOf } from './actions';

/**
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html (F306)
 * @module
 */

/** Keys with a slash at their end are followed by the name of a tag. */
const ofEveryAction =
  'BucketTag/ ResourceAccount TlsVersion authType signatureAge signatureversion x-amz-content-sha256';

const ofOtherResources = `
  AccessGrantScope AccessGrantsLocationScope ExistingJobOperation ExistingJobPriority JobSuspendedCause
  RequestJobOperation RequestJobPriority`;

const ofActions = [
  ['destinationRegion', 'PauseReplication'],
  [
    'AccessGrantsInstanceArn',
    `
    AbortMultipartUpload DeleteObject DeleteObjectVersion GetObject GetObjectAcl GetObjectVersion
    GetObjectVersionAcl ListBucket ListBucketMultipartUploads ListBucketVersions ListMultipartUploadParts PutObject
    PutObjectAcl PutObjectVersionAcl`,
  ],
  ['deliverySourceArn logType resourceArnBeingAuthorized', 'AllowVendedLogDeliveryForResource'],
  [
    'RequestObjectTag/ RequestObjectTagKeys',
    'BypassGovernanceRetention PutObject PutObjectTagging PutObjectVersionTagging',
  ],
  [
    `
    x-amz-acl x-amz-grant-full-control x-amz-grant-read x-amz-grant-read-acp x-amz-grant-write
    x-amz-grant-write-acp`,
    'BypassGovernanceRetention CreateBucket PutBucketAcl PutObject PutObjectAcl PutObjectVersionAcl',
  ],
  ['x-amz-copy-source x-amz-metadata-directive x-amz-website-redirect-location', 'BypassGovernanceRetention PutObject'],
  [
    'x-amz-server-side-encryption x-amz-server-side-encryption-aws-kms-key-id',
    'BypassGovernanceRetention PutObject ReplicateObject UpdateObjectEncryption',
  ],
  ['x-amz-server-side-encryption-customer-algorithm', 'BypassGovernanceRetention PutObject ReplicateObject'],
  ['x-amz-storage-class', 'BypassGovernanceRetention PutObject PutObjectAcl PutObjectVersionAcl'],
  // F1624
  [
    'AccessPointNetworkOrigin AccessPointTag/ DataAccessPointAccount DataAccessPointArn',
    `
    AbortMultipartUpload BypassGovernanceRetention CreateAccessPoint DeleteAccessPoint DeleteAccessPointPolicy
    DeleteObject DeleteObjectAnnotation DeleteObjectTagging DeleteObjectVersion DeleteObjectVersionAnnotation
    DeleteObjectVersionTagging GetAccessPoint GetAccessPointPolicy GetAccessPointPolicyStatus GetBucketAcl
    GetBucketCORS GetBucketLocation GetBucketNotification GetBucketPolicy GetObject GetObjectAcl GetObjectAnnotation
    GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectVersion GetObjectVersionAcl
    GetObjectVersionAnnotation GetObjectVersionAttributes GetObjectVersionTagging ListBucket
    ListBucketMultipartUploads ListBucketVersions ListMultipartUploadParts ListObjectAnnotations
    ListObjectVersionAnnotations ListTagsForResource PutAccessPointPolicy PutObject PutObjectAcl PutObjectAnnotation
    PutObjectLegalHold PutObjectRetention PutObjectTagging PutObjectVersionAcl PutObjectVersionAnnotation
    PutObjectVersionTagging RestoreObject TagResource UntagResource UpdateObjectEncryption`,
  ],
  ['locationconstraint x-amz-bucket-namespace', 'CreateBucket'],
  // F1740
  ['x-amz-object-ownership', 'CreateBucket PutBucketOwnershipControls'],
  ['if-match', 'DeleteObject PutObject'],
  [
    'ExistingObjectTag/',
    `
    DeleteObjectAnnotation DeleteObjectTagging DeleteObjectVersionAnnotation DeleteObjectVersionTagging GetObject
    GetObjectAcl GetObjectAnnotation GetObjectAttributes GetObjectTagging GetObjectVersion GetObjectVersionAcl
    GetObjectVersionAnnotation GetObjectVersionAttributes GetObjectVersionTagging ListObjectAnnotations
    ListObjectVersionAnnotations PutObjectAcl PutObjectAnnotation PutObjectTagging PutObjectVersionAcl
    PutObjectVersionAnnotation PutObjectVersionTagging UpdateObjectEncryption`,
  ],
  [
    'x-amz-object-if-match',
    'DeleteObjectAnnotation DeleteObjectVersionAnnotation PutObjectAnnotation PutObjectVersionAnnotation',
  ],
  [
    'versionid',
    `
    DeleteObjectVersion DeleteObjectVersionAnnotation DeleteObjectVersionTagging GetObjectVersion
    GetObjectVersionAcl GetObjectVersionAnnotation GetObjectVersionAttributes GetObjectVersionTagging
    GetObjectVersionTorrent ListObjectVersionAnnotations PutObjectVersionAcl PutObjectVersionAnnotation
    PutObjectVersionTagging`,
  ],
  ['delimiter max-keys prefix', 'ListBucket ListBucketVersions'],
  ['annotation-prefix max-annotation-results', 'ListObjectAnnotations ListObjectVersionAnnotations'],
  ['InventoryAccessibleOptionalFields', 'PutInventoryConfiguration'],
  ['ObjectCreationOperation if-none-match x-amz-object-annotation-directive', 'PutObject'],
  ['object-lock-event-hold object-lock-event-hold-duration-days', 'PutObject PutObjectRetention ReplicateObject'],
  ['object-lock-legal-hold', 'PutObject PutObjectLegalHold'],
  [
    'object-lock-mode object-lock-remaining-retention-days object-lock-retain-until-date',
    'PutObject PutObjectRetention',
  ],
  ['isReplicationPauseRequest', 'PutReplicationConfiguration'],
] as const satisfies readonly (readonly [keys: string, actions: string])[];

type Words = WordsOf<typeof ofEveryAction | typeof ofOtherResources | (typeof ofActions)[number][0]>;

/** A condition key of S3, such as `s3:prefix`, except the keys that end with the name of a tag. */
export type S3ConditionKey = `s3:${Exclude<Words, `${string}/`>}`;

function wordsOf(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

export const conditionKeys: readonly string[] = [ofEveryAction, ofOtherResources, ...ofActions.map(([keys]) => keys)]
  .flatMap(wordsOf)
  .map((key) => `s3:${key}`);

type ActionsOfKey = 'all' | ReadonlySet<string>;

const otherActions: ActionsOfKey = new Set(actions.filter(({ kind }) => kind === 'none').map(({ name }) => name));

const actionsByKey: ReadonlyMap<string, ActionsOfKey> = new Map([
  ...wordsOf(ofEveryAction).map((key): readonly [string, ActionsOfKey] => [key.toLowerCase(), 'all']),
  ...wordsOf(ofOtherResources).map((key): readonly [string, ActionsOfKey] => [key.toLowerCase(), otherActions]),
  ...ofActions.flatMap(([keys, actions]) => {
    const users = new Set(wordsOf(actions).map((name) => `s3:${name}`));
    return wordsOf(keys).map((key): readonly [string, ActionsOfKey] => [key.toLowerCase(), users]);
  }),
]);

function actionsOfKey(key: string): ActionsOfKey | undefined {
  const [, rest = ''] = /^s3:(.+)$/is.exec(key) ?? [];
  const [, family, tag = ''] = /^([^/]+\/)(.*)$/s.exec(rest) ?? [];
  if (family !== undefined) return tag === '' ? undefined : actionsByKey.get(family.toLowerCase());
  return actionsByKey.get(rest.toLowerCase());
}

/** Whether it is a condition key. Any key of AWS as a whole, `aws:...`, also counts (F306). */
export function isConditionKey(key: string): boolean {
  return /^aws:./is.test(key) || actionsOfKey(key) !== undefined;
}

export function goesWith(key: string, { name }: Pick<Action, 'name'>): boolean {
  if (/^aws:/i.test(key)) return true;
  const users = actionsOfKey(key);
  return users === 'all' || users?.has(name) === true;
}

/** The keys of all services. In policies, S3 takes others as they are (F306). */
export const globalKeys = [
  ...['aws:CurrentTime', 'aws:EpochTime', 'aws:MultiFactorAuthAge', 'aws:MultiFactorAuthPresent'],
  ...['aws:PrincipalAccount', 'aws:PrincipalArn', 'aws:PrincipalOrgID', 'aws:PrincipalTag/', 'aws:PrincipalType'],
  ...['aws:referer', 'aws:RequestTag/', 'aws:RequestedRegion', 'aws:ResourceAccount', 'aws:ResourceTag/'],
  ...['aws:SecureTransport', 'aws:SourceAccount', 'aws:SourceArn', 'aws:SourceIp', 'aws:SourceVpc', 'aws:SourceVpce'],
  ...['aws:SourceVpcArn', 'aws:TagKeys', 'aws:TokenIssueTime', 'aws:UserAgent', 'aws:userid', 'aws:username'],
  ...['aws:ViaAWSService', 'aws:VpcSourceIp', 'aws:SourceIdentity', 'aws:PrincipalIsAWSService'],
  ...['aws:CalledVia', 'aws:CalledViaFirst', 'aws:CalledViaLast', 'aws:FederatedProvider', 'aws:PrincipalOrgPaths'],
  ...['aws:PrincipalServiceName', 'aws:PrincipalServiceNamesList', 'aws:ResourceOrgID', 'aws:ResourceOrgPaths'],
  ...['aws:SourceOrgID', 'aws:SourceOrgPaths', 'aws:VpceAccount', 'aws:VpceOrgID', 'aws:VpceOrgPaths'],
  ...['aws:Ec2InstanceSourceVpc', 'aws:Ec2InstanceSourcePrivateIPv4', 'aws:AssumedRoot', 'aws:ChatbotSourceArn'],
  ...['aws:CalledViaAWSMCP', 'aws:ViaAWSMCPService'],
] as const;

/** Whether AWS has the key, which compares without case. Behind `aws:RequestTag/`, any key of a tag may follow. */
export function isGlobalKey(key: string): boolean {
  const [family = key] = key.toLowerCase().match(/^[^/]+\/?/) ?? [];
  return globalKeys.some((one) => one.toLowerCase() === family);
}

export function hintForGlobalKey(key: string): string {
  return !/^aws:/i.test(key) || isGlobalKey(key) ? '' : hintFor(key, globalKeys);
}
