import { ibmCos } from '../../dialects';
import { type OperationName, operations } from '../../operations/table';
import type { DocumentedProfile, RunProfile } from '../profile';
import moto from './moto.json';
import radosgw from './radosgw.json';
import s3rver from './s3rver.json';

const listed = (name: 'Analytics' | 'IntelligentTiering' | 'Inventory' | 'Metrics'): readonly OperationName[] => [
  `DeleteBucket${name}Configuration`,
  `GetBucket${name}Configuration`,
  `ListBucket${name}Configurations`,
  `PutBucket${name}Configuration`,
];

const listedOfAll = (['Analytics', 'IntelligentTiering', 'Inventory', 'Metrics'] as const).flatMap(listed);

const minio: DocumentedProfile = {
  service: 'MinIO',
  evidence: 'documented',
  source: 'https://min.io/docs/minio/linux/reference/s3-api-compatibility.html',
  date: '2026-11-23',
  operations: [
    ...listed('Analytics'),
    ...listed('IntelligentTiering'),
    'DeleteBucketCors',
    'DeleteBucketInventoryConfiguration',
    'DeleteBucketMetricsConfiguration',
    'DeleteBucketOwnershipControls',
    'DeletePublicAccessBlock',
    'GetBucketInventoryConfiguration',
    'GetBucketLogging',
    'GetBucketMetricsConfiguration',
    'GetBucketOwnershipControls',
    'GetObjectAcl',
    'GetPublicAccessBlock',
    'PutBucketAccelerateConfiguration',
    'PutBucketAcl',
    'PutBucketCors',
    'PutBucketInventoryConfiguration',
    'PutBucketLogging',
    'PutBucketMetricsConfiguration',
    'PutBucketOwnershipControls',
    'PutBucketRequestPayment',
    'PutBucketWebsite',
    'PutObjectAcl',
    'PutPublicAccessBlock',
  ],
};

const garage: DocumentedProfile = {
  service: 'Garage',
  evidence: 'documented',
  source:
    'https://github.com/deuxfleurs-org/garage/blob/1779fd40c0fe676bedda0d40f647d7fe8b0f1e7e/doc/book/reference-manual/s3-compatibility.md',
  date: '2026-11-23',
  operations: [
    ...listedOfAll,
    'DeleteBucketEncryption',
    'DeleteBucketOwnershipControls',
    'DeleteBucketPolicy',
    'DeleteBucketReplication',
    'DeleteBucketTagging',
    'DeleteObjectTagging',
    'DeletePublicAccessBlock',
    'GetBucketAccelerateConfiguration',
    'GetBucketAcl',
    'GetBucketEncryption',
    'GetBucketLogging',
    'GetBucketNotificationConfiguration',
    'GetBucketOwnershipControls',
    'GetBucketPolicy',
    'GetBucketPolicyStatus',
    'GetBucketReplication',
    'GetBucketRequestPayment',
    'GetBucketTagging',
    'GetBucketVersioning',
    'GetObjectAcl',
    'GetObjectLegalHold',
    'GetObjectLockConfiguration',
    'GetObjectRetention',
    'GetObjectTagging',
    'GetObjectTorrent',
    'GetPublicAccessBlock',
    'ListObjectVersions',
    'PutBucketAccelerateConfiguration',
    'PutBucketAcl',
    'PutBucketEncryption',
    'PutBucketLogging',
    'PutBucketNotificationConfiguration',
    'PutBucketOwnershipControls',
    'PutBucketPolicy',
    'PutBucketReplication',
    'PutBucketRequestPayment',
    'PutBucketTagging',
    'PutBucketVersioning',
    'PutObjectAcl',
    'PutObjectLegalHold',
    'PutObjectLockConfiguration',
    'PutObjectRetention',
    'PutObjectTagging',
    'PutPublicAccessBlock',
    'RestoreObject',
    'SelectObjectContent',
  ],
};

/** Its router answers these with NotImplemented. */
const versitygw: DocumentedProfile = {
  service: 'versitygw 1.7.0 and later',
  evidence: 'documented',
  source: 'https://github.com/versity/versitygw/blob/5d9d54802d890a3f46a6adc9ee55e15a5a59ab86/s3api/router.go',
  date: '2026-11-23',
  operations: [
    ...listedOfAll,
    'DeleteBucketEncryption',
    'DeleteBucketLifecycle',
    'DeleteBucketReplication',
    'DeletePublicAccessBlock',
    'GetBucketAccelerateConfiguration',
    'GetBucketEncryption',
    'GetBucketLifecycleConfiguration',
    'GetBucketLogging',
    'GetBucketNotificationConfiguration',
    'GetBucketReplication',
    'GetBucketRequestPayment',
    'GetPublicAccessBlock',
    'PutBucketAccelerateConfiguration',
    'PutBucketEncryption',
    'PutBucketLifecycleConfiguration',
    'PutBucketLogging',
    'PutBucketNotificationConfiguration',
    'PutBucketReplication',
    'PutBucketRequestPayment',
    'PutPublicAccessBlock',
  ],
};

/** Its provider has no method for these. */
const localstack: DocumentedProfile = {
  service: 'LocalStack 4.14.0 and later',
  evidence: 'documented',
  source:
    'https://github.com/localstack/localstack/blob/8b9a79f05846835cf4dff63ab7eefdde9df83783/localstack-core/localstack/services/s3/provider.py',
  date: '2026-11-23',
  operations: [
    'CreateBucketMetadataConfiguration',
    'CreateBucketMetadataTableConfiguration',
    'DeleteBucketMetadataConfiguration',
    'DeleteBucketMetadataTableConfiguration',
    'GetBucketAbac',
    'GetBucketMetadataConfiguration',
    'GetBucketMetadataTableConfiguration',
    'PutBucketAbac',
    'SelectObjectContent',
    'UpdateBucketMetadataInventoryTableConfiguration',
    'UpdateBucketMetadataJournalTableConfiguration',
    'UpdateObjectEncryption',
  ],
};

/** The operations that the table of the library gives to Amazon S3 alone, by IBM's reference. */
const cos: DocumentedProfile = {
  service: 'IBM Cloud Object Storage',
  evidence: 'documented',
  source: 'https://cloud.ibm.com/docs/cloud-object-storage',
  date: '2026-11-23',
  operations: Object.entries<{ readonly dialect?: string | undefined }>(operations).flatMap(([name, { dialect }]) =>
    dialect === undefined || dialect === ibmCos.name ? [] : [name as OperationName],
  ), // the keys of the table
};

const ofRun = (written: Omit<RunProfile, 'evidence'>): RunProfile => ({ evidence: 'run', ...written });

export const profiles = {
  cos,
  garage,
  localstack,
  minio,
  moto: ofRun(moto),
  radosgw: ofRun(radosgw),
  s3rver: ofRun(s3rver),
  versitygw,
};
