import { sentDocument } from '../../protocol/document/binding';
import { attribute, element, list, unlessNone, wrappedList } from '../../protocol/document/elements';
import { boolean, text, word } from '../../protocol/document/values';

/**
 * The documents of settings of a bucket that the mock lacks, such as its encryption and its ACL (F231).
 * @module
 */

type Encryption = 'AES256' | 'aws:kms' | 'aws:kms:dsse' | 'aws:fsx' | 'aws:backup';

/** The document of PutBucketAccelerateConfiguration. */
export const accelerateConfiguration = {
  AccelerateConfiguration: sentDocument({
    Status: element(word<'Enabled' | 'Suspended'>()),
  }),
};

/** The person, the group or the account that has a right. */
export const grantee = {
  Type: attribute('xsi:type', word<'AmazonCustomerByEmail' | 'CanonicalUser' | 'Group'>()),
  DisplayName: element(text),
  EmailAddress: element(text),
  ID: element(text),
  URI: element(text),
};

/** A right of a grantee. */
export const grant = {
  Grantee: element(grantee),
  Permission: element(word<'FULL_CONTROL' | 'READ' | 'READ_ACP' | 'WRITE' | 'WRITE_ACP'>()),
};

const owner = {
  DisplayName: element(text),
  ID: element(text),
};

/** The document of PutBucketAcl. */
export const accessControlPolicy = {
  AccessControlPolicy: sentDocument({
    Grants: wrappedList(grant, 'Grant', 'AccessControlList'),
    Owner: element(owner),
  }),
};

const serverSideEncryptionByDefault = {
  SSEAlgorithm: element(word<Encryption>()),
  KMSMasterKeyID: element(text),
};

const blockedEncryptionTypes = {
  EncryptionType: unlessNone(list(word<'NONE' | 'SSE-C'>())),
};

const serverSideEncryptionRule = {
  ApplyServerSideEncryptionByDefault: element(serverSideEncryptionByDefault),
  BucketKeyEnabled: element(boolean),
  BlockedEncryptionTypes: element(blockedEncryptionTypes),
};

/** The document of PutBucketEncryption. */
export const serverSideEncryptionConfiguration = {
  ServerSideEncryptionConfiguration: sentDocument({
    Rules: unlessNone(list(serverSideEncryptionRule, 'Rule')),
  }),
};
