import { chief, list, required, structure } from '../elements';
import { boolean, text, words } from '../values';

const byDefault = structure({
  SSEAlgorithm: required(chief(words('AES256', 'aws:kms', 'aws:kms:dsse', 'aws:fsx', 'aws:backup'))),
  KMSMasterKeyID: text,
});

const blocked = structure({ EncryptionType: list(words('NONE', 'SSE-C'), 'EncryptionType') });

const rule = structure({
  BucketKeyEnabled: boolean,
  ApplyServerSideEncryptionByDefault: chief(byDefault),
  BlockedEncryptionTypes: blocked,
});

/** The encryption of objects whose writes name none, and the encryption that no write may name. */
export const encryption = structure({ Rules: required(list(rule, 'Rule', [1, 1])) });
