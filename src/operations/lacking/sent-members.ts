import { element } from '../../shapes/elements';
import { header, inDocument, sentDocument } from '../../shapes/places';
import { boolean, long, text, word } from '../../shapes/values';

/**
 * The members of the operations that the mock lacks, as `npm run generate shapes` writes them from the schemas of @aws-sdk/client-s3 (F231).
 * @module
 */

const recordExpiration = {
  Expiration: element(word('DISABLED', 'ENABLED')),
  Days: element(long),
};

const metadataTableEncryptionConfiguration = {
  SseAlgorithm: element(word('AES256', 'aws:kms')),
  KmsKeyArn: element(text),
};

const inventoryTableConfiguration = {
  ConfigurationState: element(word('DISABLED', 'ENABLED')),
  EncryptionConfiguration: element(metadataTableEncryptionConfiguration),
};

const annotationTableConfiguration = {
  ConfigurationState: element(word('DISABLED', 'ENABLED')),
  EncryptionConfiguration: element(metadataTableEncryptionConfiguration),
  Role: element(text),
};

/** The members by operation, without the members that its path or every request contains. */
export const sentMembers = {
  CreateBucketMetadataConfiguration: {
    MetadataConfiguration: sentDocument({
      JournalTableConfiguration: element({
        RecordExpiration: element(recordExpiration),
        EncryptionConfiguration: element(metadataTableEncryptionConfiguration),
      }),
      InventoryTableConfiguration: element(inventoryTableConfiguration),
      AnnotationTableConfiguration: element(annotationTableConfiguration),
    }),
  },
  CreateBucketMetadataTableConfiguration: {
    MetadataTableConfiguration: sentDocument({
      S3TablesDestination: element({
        TableBucketArn: element(text),
        TableName: element(text),
      }),
    }),
  },
  SelectObjectContent: {
    Expression: inDocument(element(text)),
    ExpressionType: inDocument(element(word('SQL'))),
    InputSerialization: inDocument(
      element({
        CSV: element({
          FileHeaderInfo: element(word('IGNORE', 'NONE', 'USE')),
          Comments: element(text),
          QuoteEscapeCharacter: element(text),
          RecordDelimiter: element(text),
          FieldDelimiter: element(text),
          QuoteCharacter: element(text),
          AllowQuotedRecordDelimiter: element(boolean),
        }),
        CompressionType: element(word('BZIP2', 'GZIP', 'NONE')),
        JSON: element({
          Type: element(word('DOCUMENT', 'LINES')),
        }),
        Parquet: element({}),
      }),
    ),
    OutputSerialization: inDocument(
      element({
        CSV: element({
          QuoteFields: element(word('ALWAYS', 'ASNEEDED')),
          QuoteEscapeCharacter: element(text),
          RecordDelimiter: element(text),
          FieldDelimiter: element(text),
          QuoteCharacter: element(text),
        }),
        JSON: element({
          RecordDelimiter: element(text),
        }),
      }),
    ),
    SSECustomerAlgorithm: header('x-amz-server-side-encryption-customer-algorithm'),
    SSECustomerKey: header('x-amz-server-side-encryption-customer-key'),
    SSECustomerKeyMD5: header('x-amz-server-side-encryption-customer-key-MD5'),
    RequestProgress: inDocument(
      element({
        Enabled: element(boolean),
      }),
    ),
    ScanRange: inDocument(
      element({
        Start: element(long),
        End: element(long),
      }),
    ),
  },
  UpdateBucketMetadataAnnotationTableConfiguration: {
    AnnotationTableConfiguration: sentDocument(annotationTableConfiguration),
  },
  UpdateBucketMetadataInventoryTableConfiguration: {
    InventoryTableConfiguration: sentDocument(inventoryTableConfiguration),
  },
  UpdateBucketMetadataJournalTableConfiguration: {
    JournalTableConfiguration: sentDocument({
      RecordExpiration: element(recordExpiration),
    }),
  },
};
