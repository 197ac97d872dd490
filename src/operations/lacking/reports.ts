import { sentDocument } from '../../protocol/document/binding';
import { element, list, unlessNone, wrappedList } from '../../protocol/document/elements';
import { boolean, long, text, word } from '../../protocol/document/values';
import { granteeElements } from '../members/grants';

/**
 * The documents of reports on a bucket, which the mock lacks (F231).
 * @module
 */

const status = word<'Enabled' | 'Disabled'>();

const analyticsS3BucketDestination = {
  Format: element(word<'CSV'>()),
  Bucket: element(text),
  BucketAccountId: element(text),
  Prefix: element(text),
};

const analyticsExportDestination = {
  S3BucketDestination: element(analyticsS3BucketDestination),
};

const storageClassAnalysisDataExport = {
  OutputSchemaVersion: element(word<'V_1'>()),
  Destination: element(analyticsExportDestination),
};

const storageClassAnalysis = {
  DataExport: element(storageClassAnalysisDataExport),
};

/** A tag. */
export const tag = {
  Key: element(text),
  Value: element(text),
};

const analyticsAndOperator = {
  Prefix: element(text),
  Tags: unlessNone(list(tag, 'Tag')),
};

const analyticsFilter = {
  Prefix: element(text),
  Tag: element(tag),
  And: element(analyticsAndOperator),
};

/** The document of PutBucketAnalyticsConfiguration. */
export const analyticsConfiguration = {
  AnalyticsConfiguration: sentDocument({
    Id: element(text),
    StorageClassAnalysis: element(storageClassAnalysis),
    Filter: element(analyticsFilter),
  }),
};

const tiering = {
  Days: element(long),
  AccessTier: element(word<'ARCHIVE_ACCESS' | 'DEEP_ARCHIVE_ACCESS'>()),
};

const intelligentTieringAndOperator = {
  Prefix: element(text),
  Tags: unlessNone(list(tag, 'Tag')),
};

const intelligentTieringFilter = {
  Prefix: element(text),
  Tag: element(tag),
  And: element(intelligentTieringAndOperator),
};

/** The document of PutBucketIntelligentTieringConfiguration. */
export const intelligentTieringConfiguration = {
  IntelligentTieringConfiguration: sentDocument({
    Id: element(text),
    Status: element(status),
    Tierings: unlessNone(list(tiering, 'Tiering')),
    Filter: element(intelligentTieringFilter),
  }),
};

const sSEKMS = {
  KeyId: element(text),
};

const inventoryEncryption = {
  SSES3: element({}, 'SSE-S3'),
  SSEKMS: element(sSEKMS, 'SSE-KMS'),
};

const inventoryS3BucketDestination = {
  Bucket: element(text),
  Format: element(word<'CSV' | 'ORC' | 'Parquet'>()),
  AccountId: element(text),
  Prefix: element(text),
  Encryption: element(inventoryEncryption),
};

const inventoryDestination = {
  S3BucketDestination: element(inventoryS3BucketDestination),
};

const inventorySchedule = {
  Frequency: element(word<'Daily' | 'Weekly'>()),
};

const inventoryFilter = {
  Prefix: element(text),
};

/** The document of PutBucketInventoryConfiguration. */
export const inventoryConfiguration = {
  InventoryConfiguration: sentDocument({
    Destination: element(inventoryDestination),
    IsEnabled: element(boolean),
    Id: element(text),
    IncludedObjectVersions: element(word<'All' | 'Current'>()),
    Schedule: element(inventorySchedule),
    Filter: element(inventoryFilter),
    OptionalFields: wrappedList(
      word<
        | 'BucketKeyStatus'
        | 'ChecksumAlgorithm'
        | 'ETag'
        | 'EncryptionStatus'
        | 'IntelligentTieringAccessTier'
        | 'IntelligentTieringReferenceDate'
        | 'IsMultipartUploaded'
        | 'LastModifiedDate'
        | 'LifecycleExpirationDate'
        | 'ObjectAccessControlList'
        | 'ObjectLockEventHoldDuration'
        | 'ObjectLockEventHoldStatus'
        | 'ObjectLockLegalHoldStatus'
        | 'ObjectLockMode'
        | 'ObjectLockRetainUntilDate'
        | 'ObjectOwner'
        | 'ReplicationStatus'
        | 'Size'
        | 'StorageClass'
      >(),
      'Field',
    ),
  }),
};

const targetGrant = {
  Grantee: element(granteeElements),
  Permission: element(word<'FULL_CONTROL' | 'READ' | 'WRITE'>()),
};

const partitionedPrefix = {
  PartitionDateSource: element(word<'DeliveryTime' | 'EventTime'>()),
};

const targetObjectKeyFormat = {
  SimplePrefix: element({}),
  PartitionedPrefix: element(partitionedPrefix),
};

const loggingEnabled = {
  TargetBucket: element(text),
  TargetPrefix: element(text),
  TargetGrants: wrappedList(targetGrant, 'Grant'),
  TargetObjectKeyFormat: element(targetObjectKeyFormat),
};

/** The document of PutBucketLogging. */
export const bucketLoggingStatus = {
  BucketLoggingStatus: sentDocument({
    LoggingEnabled: element(loggingEnabled),
  }),
};

const metricsAndOperator = {
  Prefix: element(text),
  Tags: unlessNone(list(tag, 'Tag')),
  AccessPointArn: element(text),
};

const metricsFilter = {
  Prefix: element(text),
  Tag: element(tag),
  AccessPointArn: element(text),
  And: element(metricsAndOperator),
};

/** The document of PutBucketMetricsConfiguration. */
export const metricsConfiguration = {
  MetricsConfiguration: sentDocument({
    Id: element(text),
    Filter: element(metricsFilter),
  }),
};
