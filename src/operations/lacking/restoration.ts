import { inDocument, sentDocument } from '../../protocol/document/binding';
import { element, wrappedList } from '../../protocol/document/elements';
import { boolean, long, text, word } from '../../protocol/document/values';
import { customerKeyMembers } from '../members/encryption';
import { grantElements } from '../members/grants';
import type { ObjectAcl, StorageClass } from '../members/words';

/**
 * The documents of requests that restore or query an object, which the mock lacks (F231).
 * @module
 */

type Encryption = 'AES256' | 'aws:kms' | 'aws:kms:dsse' | 'aws:fsx' | 'aws:backup';

const tag = {
  Key: element(text),
  Value: element(text),
};

const glacierJobParameters = {
  Tier: element(word<'Bulk' | 'Expedited' | 'Standard'>()),
};

const csvInput = {
  FileHeaderInfo: element(word<'NONE' | 'IGNORE' | 'USE'>()),
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

const inputSerialization = {
  CSV: element(csvInput),
  CompressionType: element(word<'NONE' | 'BZIP2' | 'GZIP'>()),
  JSON: element(jsonInput),
  Parquet: element({}),
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

const selectParameters = {
  InputSerialization: element(inputSerialization),
  ExpressionType: element(word<'SQL'>()),
  Expression: element(text),
  OutputSerialization: element(outputSerialization),
};

const encryption = {
  EncryptionType: element(word<Encryption>()),
  KMSKeyId: element(text),
  KMSContext: element(text),
};

const tagging = {
  TagSet: wrappedList(tag, 'Tag'),
};

const metadataEntry = {
  Name: element(text),
  Value: element(text),
};

const s3Location = {
  BucketName: element(text),
  Prefix: element(text),
  Encryption: element(encryption),
  CannedACL: element(word<ObjectAcl>()),
  AccessControlList: wrappedList(grantElements, 'Grant'),
  Tagging: element(tagging),
  UserMetadata: wrappedList(metadataEntry, 'MetadataEntry'),
  StorageClass: element(word<StorageClass>()),
};

const outputLocation = {
  S3: element(s3Location),
};

/** The document of RestoreObject. */
export const restoreRequest = {
  RestoreRequest: sentDocument({
    Days: element(long),
    GlacierJobParameters: element(glacierJobParameters),
    Type: element(word<'SELECT'>()),
    Tier: element(word<'Bulk' | 'Expedited' | 'Standard'>()),
    Description: element(text),
    SelectParameters: element(selectParameters),
    OutputLocation: element(outputLocation),
  }),
};

const requestProgress = {
  Enabled: element(boolean),
};

const scanRange = {
  Start: element(long),
  End: element(long),
};

/** The members of SelectObjectContent, whose document has no name of its own. */
export const selectMembers = {
  ...customerKeyMembers,
  Expression: inDocument(element(text)),
  ExpressionType: inDocument(element(word<'SQL'>())),
  InputSerialization: inDocument(element(inputSerialization)),
  OutputSerialization: inDocument(element(outputSerialization)),
  RequestProgress: inDocument(element(requestProgress)),
  ScanRange: inDocument(element(scanRange)),
};
