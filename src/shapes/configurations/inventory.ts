import { boolean, list, named, required, structure, text, words, wrappedList } from '../shape';

const field = words(
  'Size',
  'LastModifiedDate',
  'StorageClass',
  'ETag',
  'IsMultipartUploaded',
  'ReplicationStatus',
  'EncryptionStatus',
  'ObjectLockRetainUntilDate',
  'ObjectLockMode',
  'ObjectLockLegalHoldStatus',
  'ObjectLockEventHoldStatus',
  'ObjectLockEventHoldDuration',
  'IntelligentTieringAccessTier',
  'IntelligentTieringReferenceDate',
  'BucketKeyStatus',
  'ChecksumAlgorithm',
  'ObjectAccessControlList',
  'ObjectOwner',
  'LifecycleExpirationDate',
);

const s3Destination = structure({
  AccountId: text,
  Bucket: required(text),
  Format: required(words('CSV', 'ORC', 'Parquet')),
  Prefix: text,
  Encryption: structure({
    SSES3: named('SSE-S3', structure({})),
    SSEKMS: named('SSE-KMS', structure({ KeyId: required(text) })),
  }),
});

const configuration = structure({
  Destination: required(structure({ S3BucketDestination: required(s3Destination) })),
  IsEnabled: required(boolean),
  Filter: structure({ Prefix: required(text) }),
  Id: required(text),
  IncludedObjectVersions: required(words('All', 'Current')),
  OptionalFields: wrappedList(field, 'Field'),
  Schedule: required(structure({ Frequency: required(words('Daily', 'Weekly')) })),
});

/** The lists of its objects that S3 writes, each with an id. */
export const inventory = list(configuration, 'InventoryConfiguration', [0, 1000]);
