import { element } from '../../shapes/elements';
import { header, inDocument, sentDocument } from '../../shapes/places';
import { boolean, httpDate, long, text, word } from '../../shapes/values';

/**
 * The members of the operations that the mock lacks, as `npm run shapes` writes them from the schemas of @aws-sdk/client-s3 (F231).
 * @module
 */

const recordExpiration = {
  Expiration: element(word<'DISABLED' | 'ENABLED'>()),
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
  ConfigurationState: element(word<'DISABLED' | 'ENABLED'>()),
  EncryptionConfiguration: element(metadataTableEncryptionConfiguration),
};

const annotationTableConfiguration = {
  ConfigurationState: element(word<'DISABLED' | 'ENABLED'>()),
  EncryptionConfiguration: element(metadataTableEncryptionConfiguration),
  Role: element(text),
};

const metadataConfiguration = {
  JournalTableConfiguration: element(journalTableConfiguration),
  InventoryTableConfiguration: element(inventoryTableConfiguration),
  AnnotationTableConfiguration: element(annotationTableConfiguration),
};

const s3TablesDestination = {
  TableBucketArn: element(text),
  TableName: element(text),
};

const metadataTableConfiguration = {
  S3TablesDestination: element(s3TablesDestination),
};

const csvInput = {
  FileHeaderInfo: element(word<'IGNORE' | 'NONE' | 'USE'>()),
  Comments: element(text),
  QuoteEscapeCharacter: element(text),
  RecordDelimiter: element(text),
  FieldDelimiter: element(text),
  QuoteCharacter: element(text),
  AllowQuotedRecordDelimiter: element(boolean),
};

const jsonInput = {
  Type: element(word<'DOCUMENT' | 'LINES'>()),
};

const parquetInput = {};

const inputSerialization = {
  CSV: element(csvInput),
  CompressionType: element(word<'BZIP2' | 'GZIP' | 'NONE'>()),
  JSON: element(jsonInput),
  Parquet: element(parquetInput),
};

const csvOutput = {
  QuoteFields: element(word<'ALWAYS' | 'ASNEEDED'>()),
  QuoteEscapeCharacter: element(text),
  RecordDelimiter: element(text),
  FieldDelimiter: element(text),
  QuoteCharacter: element(text),
};

const jsonOutput = {
  RecordDelimiter: element(text),
};

const outputSerialization = {
  CSV: element(csvOutput),
  JSON: element(jsonOutput),
};

const requestProgress = {
  Enabled: element(boolean),
};

const scanRange = {
  Start: element(long),
  End: element(long),
};

const annotationTableConfigurationUpdates = {
  ConfigurationState: element(word<'DISABLED' | 'ENABLED'>()),
  EncryptionConfiguration: element(metadataTableEncryptionConfiguration),
  Role: element(text),
};

const inventoryTableConfigurationUpdates = {
  ConfigurationState: element(word<'DISABLED' | 'ENABLED'>()),
  EncryptionConfiguration: element(metadataTableEncryptionConfiguration),
};

const journalTableConfigurationUpdates = {
  RecordExpiration: element(recordExpiration),
};

/** The members by operation, without those that its path or every request has. */
export const sentMembers = {
  CreateBucketMetadataConfiguration: {
    MetadataConfiguration: sentDocument(metadataConfiguration),
  },
  CreateBucketMetadataTableConfiguration: {
    MetadataTableConfiguration: sentDocument(metadataTableConfiguration),
  },
  RenameObject: {
    RenameSource: header('x-amz-rename-source'),
    DestinationIfMatch: header('If-Match'),
    DestinationIfNoneMatch: header('If-None-Match'),
    DestinationIfModifiedSince: header('If-Modified-Since', httpDate, { ignoredBy: 'both' }),
    DestinationIfUnmodifiedSince: header('If-Unmodified-Since', httpDate, { ignoredBy: 'both' }),
    SourceIfMatch: header('x-amz-rename-source-if-match'),
    SourceIfNoneMatch: header('x-amz-rename-source-if-none-match'),
    SourceIfModifiedSince: header('x-amz-rename-source-if-modified-since', httpDate, { ignoredBy: 'both' }),
    SourceIfUnmodifiedSince: header('x-amz-rename-source-if-unmodified-since', httpDate, { ignoredBy: 'both' }),
    ClientToken: header('x-amz-client-token'),
  },
  SelectObjectContent: {
    Expression: inDocument(element(text)),
    ExpressionType: inDocument(element(word<'SQL'>())),
    InputSerialization: inDocument(element(inputSerialization)),
    OutputSerialization: inDocument(element(outputSerialization)),
    SSECustomerAlgorithm: header('x-amz-server-side-encryption-customer-algorithm'),
    SSECustomerKey: header('x-amz-server-side-encryption-customer-key'),
    SSECustomerKeyMD5: header('x-amz-server-side-encryption-customer-key-MD5'),
    RequestProgress: inDocument(element(requestProgress)),
    ScanRange: inDocument(element(scanRange)),
  },
  UpdateBucketMetadataAnnotationTableConfiguration: {
    AnnotationTableConfiguration: sentDocument(annotationTableConfigurationUpdates),
  },
  UpdateBucketMetadataInventoryTableConfiguration: {
    InventoryTableConfiguration: sentDocument(inventoryTableConfigurationUpdates),
  },
  UpdateBucketMetadataJournalTableConfiguration: {
    JournalTableConfiguration: sentDocument(journalTableConfigurationUpdates),
  },
};
