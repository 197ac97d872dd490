import { sentDocument } from '../../protocol/document/binding';
import { element, list, unlessNone } from '../../protocol/document/elements';
import { boolean, text, word } from '../../protocol/document/values';

/**
 * The documents of settings of a bucket that the mock lacks, such as its encryption (F231).
 * @module
 */

const status = word<'Enabled' | 'Disabled'>();

type Encryption = 'AES256' | 'aws:kms' | 'aws:kms:dsse' | 'aws:fsx' | 'aws:backup';

/** The document of PutBucketAbac. */
export const abacStatus = {
  AbacStatus: sentDocument({
    Status: element(status),
  }),
};

/** The document of PutBucketAccelerateConfiguration. */
export const accelerateConfiguration = {
  AccelerateConfiguration: sentDocument({
    Status: element(word<'Enabled' | 'Suspended'>()),
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
