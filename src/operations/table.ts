import { createRouter } from '../protocol/request/route';
import { S3Error } from '../refusals';
import { type MemberNames, namesOf } from '../shapes/member-names';
import { getBucketAcl, getObjectAcl, putBucketAcl, putObjectAcl } from './access/acl';
import { deleteBucketPolicy, getBucketPolicy, getBucketPolicyStatus, putBucketPolicy } from './access/policy';
import { deleteBucket, getBucketLocation, headBucket, listBuckets } from './buckets/buckets';
import { createBucket } from './buckets/creation';
import { abacOperations } from './configurations/abac';
import { accelerateOperations } from './configurations/accelerate';
import { analyticsOperations } from './configurations/analytics';
import { corsOperations } from './configurations/cors';
import { encryptionOperations } from './configurations/encryption';
import { intelligentTieringOperations } from './configurations/intelligent-tiering';
import { inventoryOperations } from './configurations/inventory';
import { loggingOperations } from './configurations/logging';
import {
  deleteBucketMetadataConfiguration,
  getBucketMetadataConfiguration,
  getBucketMetadataTableConfiguration,
} from './configurations/metadata';
import { metricsOperations } from './configurations/metrics';
import { notificationOperations } from './configurations/notification';
import { ownershipControlsOperations } from './configurations/ownership-controls';
import { publicAccessBlockOperations } from './configurations/public-access-block';
import { replicationOperations } from './configurations/replication';
import { requestPaymentOperations } from './configurations/request-payment';
import { websiteOperations } from './configurations/website';
import { copyObject } from './copies/copy-object';
import { createIamToken } from './cos/iam-token';
import { listBucketsExtended } from './cos/list-buckets-extended';
import { deleteObject, deleteObjects } from './deletes/delete';
import {
  annotationTableConfigurationUpdates,
  inventoryTableConfigurationUpdates,
  journalTableConfigurationUpdates,
  metadataConfiguration,
  metadataTableConfiguration,
} from './lacking/metadata-tables';
import {
  annotationListMembers,
  annotationMembers,
  annotationReadMembers,
  annotationWriteMembers,
  renameMembers,
} from './lacking/parameters';
import { objectEncryption, restoreRequest, selectMembers } from './lacking/restoration';
import {
  deleteBucketLifecycle,
  getBucketLifecycleConfiguration,
  putBucketLifecycleConfiguration,
} from './lifecycle/configuration';
import { listObjectVersions } from './listings/object-versions';
import { listObjects, listObjectsV2 } from './listings/objects';
import { versioned } from './members/actions';
import { completeMultipartUpload } from './multipart/completion';
import { listMultipartUploads, listParts } from './multipart/listings';
import { uploadPart, uploadPartCopy } from './multipart/parts';
import { abortMultipartUpload, createMultipartUpload } from './multipart/upload';
import { getObjectLockConfiguration, putObjectLockConfiguration } from './object-lock/configuration';
import {
  getObjectLegalHold,
  getObjectRetention,
  putObjectLegalHold,
  putObjectRetention,
} from './object-lock/retention';
import { getObjectAttributes } from './objects/attributes';
import { getObject, headObject } from './objects/read';
import { putObject } from './objects/write';
import { type Batch, notImplemented, type Operation } from './operation';
import {
  deleteBucketTagging,
  deleteObjectTagging,
  getBucketTagging,
  getObjectTagging,
  putBucketTagging,
  putObjectTagging,
} from './tagging/tagging';
import { getBucketVersioning, putBucketVersioning } from './versioning/bucket-versioning';

const aws = { dialect: 'aws' } as const;
const ibmCos = { dialect: 'ibm-cos', action: 'no action' } as const;

/**
 * Every operation of S3 by name. An operation that this library lacks is a row, too: it is recorded under its own name and answers
 * S3MockNotImplemented. Operations of S3's other hosts (directory buckets, Object Lambda) are not here: those hosts are refused.
 */
export const operations = {
  AbortMultipartUpload: abortMultipartUpload,
  CompleteMultipartUpload: completeMultipartUpload,
  CopyObject: copyObject,
  CreateBucket: createBucket,
  CreateBucketMetadataConfiguration: notImplemented('POST /{Bucket}?metadataConfiguration', {
    action: 's3:CreateBucketMetadataTableConfiguration',
    ...aws,
    input: metadataConfiguration,
  }),
  CreateBucketMetadataTableConfiguration: notImplemented('POST /{Bucket}?metadataTable', {
    action: 's3:CreateBucketMetadataTableConfiguration',
    ...aws,
    input: metadataTableConfiguration,
  }),
  CreateMultipartUpload: createMultipartUpload,
  DeleteBucket: deleteBucket,
  DeleteBucketAnalyticsConfiguration: analyticsOperations.remove,
  DeleteBucketCors: corsOperations.remove,
  DeleteBucketEncryption: encryptionOperations.remove,
  DeleteBucketIntelligentTieringConfiguration: intelligentTieringOperations.remove,
  DeleteBucketInventoryConfiguration: inventoryOperations.remove,
  DeleteBucketLifecycle: deleteBucketLifecycle,
  DeleteBucketMetadataConfiguration: deleteBucketMetadataConfiguration,
  DeleteBucketMetadataTableConfiguration: notImplemented('DELETE /{Bucket}?metadataTable', {
    ...aws,
    action: 's3:DeleteBucketMetadataTableConfiguration',
  }),
  DeleteBucketMetricsConfiguration: metricsOperations.remove,
  DeleteBucketOwnershipControls: ownershipControlsOperations.remove,
  DeleteBucketPolicy: deleteBucketPolicy,
  DeleteBucketReplication: replicationOperations.remove,
  DeleteBucketTagging: deleteBucketTagging,
  DeleteBucketWebsite: websiteOperations.remove,
  DeleteObject: deleteObject,
  DeleteObjectAnnotation: notImplemented('DELETE /{Bucket}/{Key+}?annotation&annotationName={}', {
    action: versioned('s3:DeleteObjectAnnotation', 's3:DeleteObjectVersionAnnotation'),
    ...aws,
    input: annotationMembers,
  }),
  DeleteObjectTagging: deleteObjectTagging,
  DeleteObjects: deleteObjects,
  DeletePublicAccessBlock: publicAccessBlockOperations.remove,
  GetBucketAbac: abacOperations.get,
  GetBucketAccelerateConfiguration: accelerateOperations.get,
  GetBucketAcl: getBucketAcl,
  GetBucketAnalyticsConfiguration: analyticsOperations.get,
  GetBucketCors: corsOperations.get,
  GetBucketEncryption: encryptionOperations.get,
  GetBucketIntelligentTieringConfiguration: intelligentTieringOperations.get,
  GetBucketInventoryConfiguration: inventoryOperations.get,
  GetBucketLifecycleConfiguration: getBucketLifecycleConfiguration,
  GetBucketLocation: getBucketLocation,
  GetBucketLogging: loggingOperations.get,
  GetBucketMetadataConfiguration: getBucketMetadataConfiguration,
  GetBucketMetadataTableConfiguration: getBucketMetadataTableConfiguration,
  GetBucketMetricsConfiguration: metricsOperations.get,
  GetBucketNotificationConfiguration: notificationOperations.get,
  GetBucketOwnershipControls: ownershipControlsOperations.get,
  GetBucketPolicy: getBucketPolicy,
  GetBucketPolicyStatus: getBucketPolicyStatus,
  GetBucketReplication: replicationOperations.get,
  GetBucketRequestPayment: requestPaymentOperations.get,
  GetBucketTagging: getBucketTagging,
  GetBucketVersioning: getBucketVersioning,
  GetBucketWebsite: websiteOperations.get,
  GetObject: getObject,
  GetObjectAcl: getObjectAcl,
  GetObjectAnnotation: notImplemented('GET /{Bucket}/{Key+}?annotation&annotationName={}', {
    action: versioned('s3:GetObjectAnnotation', 's3:GetObjectVersionAnnotation'),
    ...aws,
    input: annotationReadMembers,
  }),
  GetObjectAttributes: getObjectAttributes,
  GetObjectLegalHold: getObjectLegalHold,
  GetObjectLockConfiguration: getObjectLockConfiguration,
  GetObjectRetention: getObjectRetention,
  GetObjectTagging: getObjectTagging,
  GetObjectTorrent: notImplemented('GET /{Bucket}/{Key+}?torrent', {
    ...aws,
    action: versioned('s3:GetObjectTorrent', 's3:GetObjectVersionTorrent'),
  }),
  GetPublicAccessBlock: publicAccessBlockOperations.get,
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListBucketAnalyticsConfigurations: analyticsOperations.list,
  ListBucketIntelligentTieringConfigurations: intelligentTieringOperations.list,
  ListBucketInventoryConfigurations: inventoryOperations.list,
  ListBucketMetricsConfigurations: metricsOperations.list,
  ListBuckets: listBuckets,
  ListMultipartUploads: listMultipartUploads,
  ListObjectAnnotations: notImplemented('GET /{Bucket}/{Key+}?annotation', {
    action: versioned('s3:ListObjectAnnotations', 's3:ListObjectVersionAnnotations'),
    ...aws,
    input: annotationListMembers,
  }),
  ListObjectVersions: listObjectVersions,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  ListParts: listParts,
  // A form carries its own credentials, which the mock does not read, so the sender is not asked for others.
  PostObject: notImplemented('POST /{Bucket}', {
    action: 's3:PutObject',
    takesForm: true,
    refusalOfQuery: () => new S3Error('MockNotImplemented', { operation: 'PostObject' }),
  }),
  PutBucketAbac: abacOperations.put,
  PutBucketAccelerateConfiguration: accelerateOperations.put,
  PutBucketAcl: putBucketAcl,
  PutBucketAnalyticsConfiguration: analyticsOperations.put,
  PutBucketCors: corsOperations.put,
  PutBucketEncryption: encryptionOperations.put,
  PutBucketIntelligentTieringConfiguration: intelligentTieringOperations.put,
  PutBucketInventoryConfiguration: inventoryOperations.put,
  PutBucketLifecycleConfiguration: putBucketLifecycleConfiguration,
  PutBucketLogging: loggingOperations.put,
  PutBucketMetricsConfiguration: metricsOperations.put,
  PutBucketNotificationConfiguration: notificationOperations.put,
  PutBucketOwnershipControls: ownershipControlsOperations.put,
  PutBucketPolicy: putBucketPolicy,
  PutBucketReplication: replicationOperations.put,
  PutBucketRequestPayment: requestPaymentOperations.put,
  PutBucketTagging: putBucketTagging,
  PutBucketVersioning: putBucketVersioning,
  PutBucketWebsite: websiteOperations.put,
  PutObject: putObject,
  PutObjectAcl: putObjectAcl,
  PutObjectAnnotation: notImplemented('PUT /{Bucket}/{Key+}?annotation&annotationName={}', {
    action: versioned('s3:PutObjectAnnotation', 's3:PutObjectVersionAnnotation'),
    ...aws,
    input: annotationWriteMembers,
  }),
  PutObjectLegalHold: putObjectLegalHold,
  PutObjectLockConfiguration: putObjectLockConfiguration,
  PutObjectRetention: putObjectRetention,
  PutObjectTagging: putObjectTagging,
  PutPublicAccessBlock: publicAccessBlockOperations.put,
  RenameObject: notImplemented('PUT /{Bucket}/{Key+}', {
    action: 's3:PutObject',
    ...aws,
    requires: 'x-amz-rename-source',
    input: renameMembers,
  }),
  RestoreObject: notImplemented('POST /{Bucket}/{Key+}?restore', { action: 's3:RestoreObject', input: restoreRequest }),
  SelectObjectContent: notImplemented('POST /{Bucket}/{Key+}?select&select-type=2', {
    action: 's3:GetObject',
    ...aws,
    input: selectMembers,
    refusalOfAnonymous: () => new S3Error('AnonymousNotAllowed'),
  }),
  UpdateBucketMetadataAnnotationTableConfiguration: notImplemented('PUT /{Bucket}?metadataAnnotationTable', {
    action: 's3:UpdateBucketMetadataAnnotationTableConfiguration',
    ...aws,
    input: annotationTableConfigurationUpdates,
  }),
  UpdateBucketMetadataInventoryTableConfiguration: notImplemented('PUT /{Bucket}?metadataInventoryTable', {
    action: 's3:UpdateBucketMetadataInventoryTableConfiguration',
    ...aws,
    input: inventoryTableConfigurationUpdates,
  }),
  UpdateBucketMetadataJournalTableConfiguration: notImplemented('PUT /{Bucket}?metadataJournalTable', {
    action: 's3:UpdateBucketMetadataJournalTableConfiguration',
    ...aws,
    input: journalTableConfigurationUpdates,
  }),
  UpdateObjectEncryption: notImplemented('PUT /{Bucket}/{Key+}?encryption', {
    action: 's3:UpdateObjectEncryption',
    ...aws,
    input: objectEncryption,
  }),
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,

  // Only IBM COS has these operations.
  AddLegalHold: notImplemented('POST /{Bucket}/{Key+}?legalHold&add={}', ibmCos),
  DeleteLegalHold: notImplemented('POST /{Bucket}/{Key+}?legalHold&remove={}', ibmCos),
  ExtendObjectRetention: notImplemented('POST /{Bucket}/{Key+}?extendRetention', ibmCos),
  GetBucketProtectionConfiguration: notImplemented('GET /{Bucket}?protection', ibmCos),
  ListBucketReplicationFailures: notImplemented('GET /{Bucket}?ibm-replication-failures', ibmCos),
  ListBucketsExtended: listBucketsExtended,
  ListLegalHolds: notImplemented('GET /{Bucket}/{Key+}?legalHold', ibmCos),
  PutBucketProtectionConfiguration: notImplemented('PUT /{Bucket}?protection', ibmCos),
  PutBucketReplicationReattempt: notImplemented('PUT /{Bucket}?ibm-replication-reattempt', ibmCos),
  CreateIamToken: createIamToken,
};

/** The table, with the types of each operation's input and output. */
type Operations = typeof operations;

/** The name of an operation: `'PutBucketVersioning'`. */
export type OperationName = keyof Operations & string;

/** An older name of an operation, which is recorded under its present one. */
export type OperationAlias =
  | 'PutBucketLifecycle'
  | 'GetBucketLifecycle'
  | 'PutBucketNotification'
  | 'GetBucketNotification';

/** The input of an operation, under the names of AWS's SDKs. */
export type InputOf<Name extends OperationName> = Operations[Name] extends Operation<infer I, unknown> ? I : never;

/** The output of an operation, under the names of AWS's SDKs. */
export type OutputOf<Name extends OperationName> = Operations[Name] extends Operation<never, infer O> ? O : never;

/** A row with its name. */
export interface NamedOperation extends Operation<object, object | undefined> {
  readonly name: OperationName;
}

const rows = Object.entries(operations).map(([name, row]) => ({ ...row, name }) as unknown as NamedOperation); // each handler takes what its own input members read

/** Finds the operation that a request asks for. */
export const findOperation = createRouter(rows);

/** Older names of operations and the names under which they are recorded. */
export const operationAliases: Readonly<Record<OperationAlias, OperationName>> = Object.fromEntries(
  rows.flatMap(({ name, aliases }) => aliases.map((alias) => [alias, name])),
) as Record<OperationAlias, OperationName>; // a house test holds the type against the rows

/** The operations whose requests name several things, each of which S3 carries out or refuses by itself. */
export const operationBatches: ReadonlyMap<OperationName, Batch> = new Map(
  rows.flatMap(({ name, batch }) => (batch === undefined ? [] : [[name, batch] as const])),
);

const inputNames: ReadonlyMap<string, MemberNames> = new Map(rows.map(({ name, input }) => [name, namesOf(input)]));

/** The names of the members of an operation's input, nested ones too. */
export function inputNamesOf(name: OperationName): MemberNames {
  return inputNames.get(name) ?? 'any';
}

export type { Batch } from './operation';
