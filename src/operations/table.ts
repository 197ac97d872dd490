import { createRouter } from '../protocol/request/route';
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
import { lackingOperations } from './lacking/rows';
import {
  deleteBucketLifecycle,
  getBucketLifecycleConfiguration,
  putBucketLifecycleConfiguration,
} from './lifecycle/configuration';
import { listObjectVersions } from './listings/object-versions';
import { listObjects, listObjectsV2 } from './listings/objects';
import { getObjectLockConfiguration, putObjectLockConfiguration } from './object-lock/configuration';
import {
  getObjectLegalHold,
  getObjectRetention,
  putObjectLegalHold,
  putObjectRetention,
} from './object-lock/retention';
import { getObjectAttributes } from './objects/attributes';
import { updateObjectEncryption } from './objects/encryption';
import { postObject } from './objects/post-object';
import { getObject, headObject } from './objects/read';
import { putObject } from './objects/write';
import type { Operation } from './operation';
import {
  deleteBucketTagging,
  deleteObjectTagging,
  getBucketTagging,
  getObjectTagging,
  putBucketTagging,
  putObjectTagging,
} from './tagging/tagging';
import { completeMultipartUpload } from './uploads/completion';
import { listMultipartUploads, listParts } from './uploads/listings';
import { uploadPart, uploadPartCopy } from './uploads/parts';
import { abortMultipartUpload, createMultipartUpload } from './uploads/upload';
import { getBucketVersioning, putBucketVersioning } from './versioning/bucket-versioning';

/**
 * Every operation of S3 by name. An operation that this library lacks is a row, too: it is recorded under its own name and answers
 * S3MockNotImplemented. Operations of S3's other hosts (directory buckets, Object Lambda) are not here: those hosts are refused.
 */
export const operations = {
  AbortMultipartUpload: abortMultipartUpload,
  CompleteMultipartUpload: completeMultipartUpload,
  CopyObject: copyObject,
  CreateBucket: createBucket,
  CreateMultipartUpload: createMultipartUpload,
  DeleteBucket: deleteBucket,
  DeleteBucketAnalyticsConfiguration: analyticsOperations.remove,
  DeleteBucketCors: corsOperations.remove,
  DeleteBucketEncryption: encryptionOperations.remove,
  DeleteBucketIntelligentTieringConfiguration: intelligentTieringOperations.remove,
  DeleteBucketInventoryConfiguration: inventoryOperations.remove,
  DeleteBucketLifecycle: deleteBucketLifecycle,
  DeleteBucketMetadataConfiguration: deleteBucketMetadataConfiguration,
  DeleteBucketMetricsConfiguration: metricsOperations.remove,
  DeleteBucketOwnershipControls: ownershipControlsOperations.remove,
  DeleteBucketPolicy: deleteBucketPolicy,
  DeleteBucketReplication: replicationOperations.remove,
  DeleteBucketTagging: deleteBucketTagging,
  DeleteBucketWebsite: websiteOperations.remove,
  DeleteObject: deleteObject,
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
  GetObjectAttributes: getObjectAttributes,
  GetObjectLegalHold: getObjectLegalHold,
  GetObjectLockConfiguration: getObjectLockConfiguration,
  GetObjectRetention: getObjectRetention,
  GetObjectTagging: getObjectTagging,
  GetPublicAccessBlock: publicAccessBlockOperations.get,
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListBucketAnalyticsConfigurations: analyticsOperations.list,
  ListBucketIntelligentTieringConfigurations: intelligentTieringOperations.list,
  ListBucketInventoryConfigurations: inventoryOperations.list,
  ListBucketMetricsConfigurations: metricsOperations.list,
  ListBuckets: listBuckets,
  ListMultipartUploads: listMultipartUploads,
  ListObjectVersions: listObjectVersions,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  ListParts: listParts,
  PostObject: postObject,
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
  PutObjectLegalHold: putObjectLegalHold,
  PutObjectLockConfiguration: putObjectLockConfiguration,
  PutObjectRetention: putObjectRetention,
  PutObjectTagging: putObjectTagging,
  PutPublicAccessBlock: publicAccessBlockOperations.put,
  UploadPart: uploadPart,
  UpdateObjectEncryption: updateObjectEncryption,
  UploadPartCopy: uploadPartCopy,

  // Only IBM COS has these operations.

  ListBucketsExtended: listBucketsExtended,
  CreateIamToken: createIamToken,

  ...lackingOperations,
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

const inputNames: ReadonlyMap<string, MemberNames> = new Map(rows.map(({ name, input }) => [name, namesOf(input)]));

/** The names of the members of an operation's input, nested ones too. */
export function inputNamesOf(name: OperationName): MemberNames {
  return inputNames.get(name) ?? 'any';
}
