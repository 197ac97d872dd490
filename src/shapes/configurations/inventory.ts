import { element, list, required, structure, wrappedList } from '../elements';
import { schemaBoolean, text, words } from '../values';

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
    SSES3: element(structure({}), 'SSE-S3'),
    SSEKMS: element(structure({ KeyId: required(text) }), 'SSE-KMS'),
  }),
});

const configuration = structure({
  Destination: required(structure({ S3BucketDestination: required(s3Destination) })),
  IsEnabled: required(schemaBoolean),
  Filter: structure({ Prefix: required(text) }),
  Id: required(text),
  IncludedObjectVersions: required(words('All', 'Current')),
  OptionalFields: wrappedList(field, 'Field'),
  Schedule: required(structure({ Frequency: required(words('Daily', 'Weekly')) })),
});

/** The lists of its objects that S3 writes, each with an id. */
export const inventory = list(configuration, 'InventoryConfiguration', [0, 1000]);
