import { createRouter } from '../protocol/request/route';
import { getBucketAcl, getObjectAcl, putBucketAcl, putObjectAcl } from './access/acl';
import { deleteBucketPolicy, getBucketPolicy, getBucketPolicyStatus, putBucketPolicy } from './access/policy';
import {
  deleteObjectAnnotation,
  getObjectAnnotation,
  listObjectAnnotations,
  putObjectAnnotation,
} from './annotations/annotations';
import { deleteBucket, getBucketLocation, headBucket, listBuckets } from './buckets/buckets';
import { createBucket } from './buckets/creation';
import {
  deleteBucketMetadataConfiguration,
  documentOperations,
  getBucketMetadataConfiguration,
  getBucketMetadataTableConfiguration,
} from './configurations/documents';
import { listedOperations } from './configurations/families';
import type { ControlOperationName } from './control/table';
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
import { restoreObject } from './objects/restore';
import { putObject, renameObject } from './objects/write';
import type { Operation } from './operation';
import { addLegalHold, deleteLegalHold, extendObjectRetention, listLegalHolds } from './protection/protection';
import { listBucketReplicationFailures, putBucketReplicationReattempt } from './replication/failures';
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
 * Every operation of S3 by name. An operation that this library lacks is also a row: it is recorded under its own name and answers
 * S3MockNotImplemented. Operations of S3's other hosts (directory buckets, Object Lambda) are not here: those hosts are refused. S3's page of an
 * operation is https://docs.aws.amazon.com/AmazonS3/latest/API/API_NAME.html with its name.
 */
export const operations = {
  AbortMultipartUpload: abortMultipartUpload,
  AddLegalHold: addLegalHold,
  CompleteMultipartUpload: completeMultipartUpload,
  CopyObject: copyObject,
  CreateBucket: createBucket,
  CreateMultipartUpload: createMultipartUpload,
  DeleteBucket: deleteBucket,
  DeleteBucketLifecycle: deleteBucketLifecycle,
  DeleteBucketMetadataConfiguration: deleteBucketMetadataConfiguration,
  DeleteBucketPolicy: deleteBucketPolicy,
  DeleteBucketTagging: deleteBucketTagging,
  DeleteLegalHold: deleteLegalHold,
  DeleteObject: deleteObject,
  DeleteObjectAnnotation: deleteObjectAnnotation,
  DeleteObjectTagging: deleteObjectTagging,
  DeleteObjects: deleteObjects,
  ExtendObjectRetention: extendObjectRetention,
  GetBucketAcl: getBucketAcl,
  GetBucketLifecycleConfiguration: getBucketLifecycleConfiguration,
  GetBucketLocation: getBucketLocation,
  GetBucketMetadataConfiguration: getBucketMetadataConfiguration,
  GetBucketMetadataTableConfiguration: getBucketMetadataTableConfiguration,
  GetBucketPolicy: getBucketPolicy,
  GetBucketPolicyStatus: getBucketPolicyStatus,
  GetBucketTagging: getBucketTagging,
  GetBucketVersioning: getBucketVersioning,
  GetObject: getObject,
  GetObjectAcl: getObjectAcl,
  GetObjectAnnotation: getObjectAnnotation,
  GetObjectAttributes: getObjectAttributes,
  GetObjectLegalHold: getObjectLegalHold,
  GetObjectLockConfiguration: getObjectLockConfiguration,
  GetObjectRetention: getObjectRetention,
  GetObjectTagging: getObjectTagging,
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListBuckets: listBuckets,
  ListMultipartUploads: listMultipartUploads,
  ListObjectAnnotations: listObjectAnnotations,
  ListObjectVersions: listObjectVersions,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  ListParts: listParts,
  PostObject: postObject,
  PutBucketAcl: putBucketAcl,
  PutBucketLifecycleConfiguration: putBucketLifecycleConfiguration,
  PutBucketPolicy: putBucketPolicy,
  PutBucketTagging: putBucketTagging,
  PutBucketVersioning: putBucketVersioning,
  PutObject: putObject,
  PutObjectAcl: putObjectAcl,
  PutObjectAnnotation: putObjectAnnotation,
  PutObjectLegalHold: putObjectLegalHold,
  PutObjectLockConfiguration: putObjectLockConfiguration,
  PutObjectRetention: putObjectRetention,
  PutObjectTagging: putObjectTagging,
  RenameObject: renameObject,
  RestoreObject: restoreObject,
  UploadPart: uploadPart,
  UpdateObjectEncryption: updateObjectEncryption,
  UploadPartCopy: uploadPartCopy,

  ...documentOperations,
  ...listedOperations,

  // Only IBM COS has these operations.

  ListBucketReplicationFailures: listBucketReplicationFailures,
  ListBucketsExtended: listBucketsExtended,
  ListLegalHolds: listLegalHolds,
  PutBucketReplicationReattempt: putBucketReplicationReattempt,
  CreateIamToken: createIamToken,

  ...lackingOperations,
};

type Operations = typeof operations;

/** The name of an operation: `'PutBucketVersioning'`. */
export type OperationName = keyof Operations & string;

/** An older name of an operation. The journal records the operation under its present name. */
export type OperationAlias =
  | 'PutBucketLifecycle'
  | 'GetBucketLifecycle'
  | 'PutBucketNotification'
  | 'GetBucketNotification';

/** An input without members. If a test reads a member before it has chosen an operation, the compiler quotes the words. */
export type NoInput<Words extends string> = { readonly [Word in Words]?: never };

/** The input of an operation, under the names of AWS's SDKs. */
export type InputOf<Name extends OperationName> = Operations[Name] extends Operation<infer I, unknown> ? I : never;

/** The output of an operation, under the names of AWS's SDKs. */
export type OutputOf<Name extends OperationName> = Operations[Name] extends Operation<never, infer O> ? O : never;

export interface NamedOperation extends Operation<object, object | undefined> {
  readonly name: OperationName | ControlOperationName;
}

// A row of its own would read the members of each.
const rows = Object.entries(operations).map(
  ([name, row]) => Object.assign(row, { name }) as unknown as NamedOperation & { readonly name: OperationName }, // each handler takes what its own input members read
);

export const findOperation = createRouter(rows);

export const operationAliases: Readonly<Record<OperationAlias, OperationName>> = Object.fromEntries(
  rows.flatMap(({ name, aliases }) => aliases.map((alias) => [alias, name])),
) as Record<OperationAlias, OperationName>; // a house test holds the type against the rows
