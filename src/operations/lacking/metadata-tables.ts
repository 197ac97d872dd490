import { sentDocument } from '../../protocol/document/binding';
import { element } from '../../protocol/document/elements';
import { long, text, word } from '../../protocol/document/values';

/**
 * The documents of tables of metadata, which the mock lacks (F231).
 * @module
 */

const state = word<'ENABLED' | 'DISABLED'>();

const recordExpiration = {
  Expiration: element(state),
  Days: element(long),
};

const metadataTableEncryptionConfiguration = {
  SseAlgorithm: element(word<'AES256' | 'aws:kms'>()),
  KmsKeyArn: element(text),
};

const journalTableConfiguration = {
  RecordExpiration: element(recordExpiration),
  EncryptionConfiguration: element(metadataTableEncryptionConfiguration),
};

const inventoryTableConfiguration = {
  ConfigurationState: element(state),
  EncryptionConfiguration: element(metadataTableEncryptionConfiguration),
};

const annotationTableConfiguration = {
  ConfigurationState: element(state),
  EncryptionConfiguration: element(metadataTableEncryptionConfiguration),
  Role: element(text),
};

/** The document of CreateBucketMetadataConfiguration. */
export const metadataConfiguration = {
  MetadataConfiguration: sentDocument({
    JournalTableConfiguration: element(journalTableConfiguration),
    InventoryTableConfiguration: element(inventoryTableConfiguration),
    AnnotationTableConfiguration: element(annotationTableConfiguration),
  }),
};

const s3TablesDestination = {
  TableBucketArn: element(text),
  TableName: element(text),
};

/** The document of CreateBucketMetadataTableConfiguration. */
export const metadataTableConfiguration = {
  MetadataTableConfiguration: sentDocument({
    S3TablesDestination: element(s3TablesDestination),
  }),
};

/** The document of UpdateBucketMetadataAnnotationTableConfiguration. */
export const annotationTableConfigurationUpdates = {
  AnnotationTableConfiguration: sentDocument({
    ConfigurationState: element(state),
    EncryptionConfiguration: element(metadataTableEncryptionConfiguration),
    Role: element(text),
  }),
};

/** The document of UpdateBucketMetadataInventoryTableConfiguration. */
export const inventoryTableConfigurationUpdates = {
  InventoryTableConfiguration: sentDocument({
    ConfigurationState: element(state),
    EncryptionConfiguration: element(metadataTableEncryptionConfiguration),
  }),
};

/** The document of UpdateBucketMetadataJournalTableConfiguration. */
export const journalTableConfigurationUpdates = {
  JournalTableConfiguration: sentDocument({
    RecordExpiration: element(recordExpiration),
  }),
};
