import { expect, it } from '@jest/globals';
import { actionsFor, rowsWithActions } from '../../support/row-actions';

const rows = new Map(rowsWithActions);

/** Operations by the names of their actions without `s3:`; a second line has those for a version. */
const documented: readonly (readonly [operations: string, actions: string, ofVersion?: string])[] = [
  ['ListBuckets', 'ListAllMyBuckets'],
  ['CreateBucket', 'CreateBucket'],
  ['DeleteBucket', 'DeleteBucket'],
  ['HeadBucket ListObjects ListObjectsV2', 'ListBucket'],
  ['ListObjectVersions', 'ListBucketVersions'],
  ['ListMultipartUploads', 'ListBucketMultipartUploads'],
  ['GetBucketLocation', 'GetBucketLocation'],
  ['GetBucketVersioning', 'GetBucketVersioning'],
  ['PutBucketVersioning', 'PutBucketVersioning'],
  ['GetBucketPolicy', 'GetBucketPolicy'],
  ['PutBucketPolicy', 'PutBucketPolicy'],
  ['DeleteBucketPolicy', 'DeleteBucketPolicy'],
  ['GetBucketPolicyStatus', 'GetBucketPolicyStatus'],
  ['GetBucketAcl', 'GetBucketAcl'],
  ['PutBucketAcl', 'PutBucketAcl'],
  ['GetPublicAccessBlock', 'GetBucketPublicAccessBlock'],
  ['PutPublicAccessBlock DeletePublicAccessBlock', 'PutBucketPublicAccessBlock'],
  ['GetBucketOwnershipControls', 'GetBucketOwnershipControls'],
  ['PutBucketOwnershipControls DeleteBucketOwnershipControls', 'PutBucketOwnershipControls'],
  ['GetBucketCors', 'GetBucketCORS'],
  ['PutBucketCors DeleteBucketCors', 'PutBucketCORS'],
  ['GetBucketTagging', 'GetBucketTagging'],
  ['PutBucketTagging DeleteBucketTagging', 'PutBucketTagging'],
  ['GetBucketLifecycleConfiguration', 'GetLifecycleConfiguration'],
  ['PutBucketLifecycleConfiguration DeleteBucketLifecycle', 'PutLifecycleConfiguration'],
  ['GetBucketEncryption', 'GetEncryptionConfiguration'],
  ['PutBucketEncryption DeleteBucketEncryption', 'PutEncryptionConfiguration'],
  ['GetBucketReplication', 'GetReplicationConfiguration'],
  ['PutBucketReplication DeleteBucketReplication', 'PutReplicationConfiguration'],
  ['GetObjectLockConfiguration', 'GetBucketObjectLockConfiguration'],
  ['PutObjectLockConfiguration', 'PutBucketObjectLockConfiguration'],
  ['GetBucketWebsite', 'GetBucketWebsite'],
  ['PutBucketWebsite', 'PutBucketWebsite'],
  ['DeleteBucketWebsite', 'DeleteBucketWebsite'],
  ['GetBucketLogging', 'GetBucketLogging'],
  ['PutBucketLogging', 'PutBucketLogging'],
  ['GetBucketNotificationConfiguration', 'GetBucketNotification'],
  ['PutBucketNotificationConfiguration', 'PutBucketNotification'],
  ['GetBucketRequestPayment', 'GetBucketRequestPayment'],
  ['PutBucketRequestPayment', 'PutBucketRequestPayment'],
  ['GetBucketAccelerateConfiguration', 'GetAccelerateConfiguration'],
  ['PutBucketAccelerateConfiguration', 'PutAccelerateConfiguration'],
  ...['Analytics', 'Inventory', 'Metrics', 'IntelligentTiering'].flatMap((name) => [
    [`GetBucket${name}Configuration ListBucket${name}Configurations`, `Get${name}Configuration`] as const,
    [`PutBucket${name}Configuration DeleteBucket${name}Configuration`, `Put${name}Configuration`] as const,
  ]),
  ['GetBucketAbac', 'GetBucketAbac'],
  ['PutBucketAbac', 'PutBucketAbac'],
  ['GetObject HeadObject', 'GetObject', 'GetObjectVersion'],
  ['GetObjectAttributes', 'GetObject GetObjectAttributes', 'GetObjectVersion GetObjectVersionAttributes'],
  ['PutObject PostObject', 'PutObject'],
  ['CreateMultipartUpload UploadPart CompleteMultipartUpload UploadPartCopy CopyObject', 'PutObject'],
  ['AbortMultipartUpload', 'AbortMultipartUpload'],
  ['ListParts', 'ListMultipartUploadParts'],
  ['DeleteObject DeleteObjects', 'DeleteObject', 'DeleteObjectVersion'],
  ['GetObjectTagging', 'GetObjectTagging', 'GetObjectVersionTagging'],
  ['PutObjectTagging', 'PutObjectTagging', 'PutObjectVersionTagging'],
  ['DeleteObjectTagging', 'DeleteObjectTagging', 'DeleteObjectVersionTagging'],
  ['GetObjectAcl', 'GetObjectAcl', 'GetObjectVersionAcl'],
  ['PutObjectAcl', 'PutObjectAcl', 'PutObjectVersionAcl'],
  ['GetObjectRetention', 'GetObjectRetention'],
  ['PutObjectRetention', 'PutObjectRetention'],
  ['GetObjectLegalHold', 'GetObjectLegalHold'],
  ['PutObjectLegalHold', 'PutObjectLegalHold'],
  ['RestoreObject', 'RestoreObject'],
  ['SelectObjectContent', 'GetObject'],
  ['UpdateObjectEncryption', 'UpdateObjectEncryption'],
  ['GetObjectTorrent', 'GetObjectTorrent'],
];

const cases = documented.flatMap(([operations, ...actions]) =>
  operations.split(' ').map((name) => [name, ...actions] as const),
);

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html F520
it.each(cases)('%s needs %s', (name, actions, ofVersion = actions) => {
  const row = rows.get(name);
  if (row === undefined) throw new Error(`${name} is not a row`);
  const prefixed = (names: string) => names.split(' ').map((one) => `s3:${one}`);
  expect(actionsFor(row)).toEqual(prefixed(actions));
  expect(actionsFor(row, { VersionId: 'v1' })).toEqual(prefixed(ofVersion));
});
