import { attribute, element, wrappedList } from '../../shapes/elements';
import { boolean, text, word } from '../../shapes/values';
import type { ObjectAcl, StorageClass } from '../members/words';

/**
 * The elements of a restore that selects by SQL. S3 has closed it to new customers: they are read, recorded and refused.
 * @module
 */

const csvInput = {
  FileHeaderInfo: element(word<'IGNORE' | 'NONE' | 'USE'>()),
  Comments: element(text),
  QuoteEscapeCharacter: element(text),
  RecordDelimiter: element(text),
  FieldDelimiter: element(text),
  QuoteCharacter: element(text),
  AllowQuotedRecordDelimiter: element(boolean),
};

const csvOutput = {
  QuoteFields: element(word<'ALWAYS' | 'ASNEEDED'>()),
  QuoteEscapeCharacter: element(text),
  RecordDelimiter: element(text),
  FieldDelimiter: element(text),
  QuoteCharacter: element(text),
};

const inputSerialization = {
  CSV: element(csvInput),
  CompressionType: element(word<'BZIP2' | 'GZIP' | 'NONE'>()),
  JSON: element({ Type: element(word<'DOCUMENT' | 'LINES'>()) }),
  Parquet: element({}),
};

const outputSerialization = { CSV: element(csvOutput), JSON: element({ RecordDelimiter: element(text) }) };

const selectParameters = {
  InputSerialization: element(inputSerialization),
  ExpressionType: element(word<'SQL'>()),
  Expression: element(text),
  OutputSerialization: element(outputSerialization),
};

const encryption = {
  EncryptionType: element(word<'AES256' | 'aws:backup' | 'aws:fsx' | 'aws:kms' | 'aws:kms:dsse'>()),
  KMSKeyId: element(text),
  KMSContext: element(text),
};

const grantee = {
  Type: attribute('xsi:type', word<'AmazonCustomerByEmail' | 'CanonicalUser' | 'Group'>()),
  DisplayName: element(text),
  EmailAddress: element(text),
  ID: element(text),
  URI: element(text),
};

const grant = {
  Grantee: element(grantee),
  Permission: element(word<'FULL_CONTROL' | 'READ' | 'READ_ACP' | 'WRITE' | 'WRITE_ACP'>()),
};

const location = {
  BucketName: element(text),
  Prefix: element(text),
  Encryption: element(encryption),
  CannedACL: element(word<ObjectAcl>()),
  AccessControlList: wrappedList(grant, 'Grant'),
  Tagging: element({ TagSet: wrappedList({ Key: element(text), Value: element(text) }, 'Tag') }),
  UserMetadata: wrappedList({ Name: element(text), Value: element(text) }, 'MetadataEntry'),
  StorageClass: element(word<StorageClass>()),
};

export const selectElements = {
  SelectParameters: element(selectParameters),
  OutputLocation: element({ S3: element(location) }),
};
