import { S3Error } from '../../refusals/s3-error';
import { arnOf, type Bucket } from '../bucket';
import { encryptionRule } from '../configurations/encryption';
import { kmsKeyArn, managedKey } from '../kms-keys';
import type { Store } from '../store';
import { type CustomerKey, whyOfLength } from './customer-key';
import type { Encryption, NamedEncryption } from './version';

/** The place of a new object: its bucket, and the account whose key a name without an account stands for. */
export interface WritePlace {
  readonly store: Store;
  readonly bucket: Bucket;
  readonly account: string;
}

/** S3's own key: each object has it since 2023 whose write and bucket name no other encryption (F58). One record for all of them. */
export const ownKey: Encryption = Object.freeze({ ServerSideEncryption: 'AES256' });

/** The encryption of an object at COS, whose answers say nothing of it. */
export const untold: Encryption = Object.freeze({});

/** The encryption of an object with a customer's key. Throws if no object can have the key. */
export function withCustomerKey({ length, ...encryption }: CustomerKey): Encryption {
  if (length !== 32) throw new S3Error('CustomerKeyLengthInvalid', {}, whyOfLength(length));
  return encryption;
}

export function areEncryptedAlike(one: Encryption, other: Encryption): boolean {
  return (
    one.ServerSideEncryption === other.ServerSideEncryption &&
    one.SSEKMSKeyId === other.SSEKMSKeyId &&
    one.BucketKeyEnabled === other.BucketKeyEnabled &&
    one.SSECustomerKeyMD5 === other.SSECustomerKeyMD5
  );
}

/** Whether a bucket refuses writes with a customer's key (F322). */
export function blocksCustomerKeys(bucket: Bucket, store: Pick<Store, 'sseC'>): boolean {
  return encryptionRule(bucket, store).BlockedEncryptionTypes.EncryptionType?.includes('SSE-C') === true;
}

/** Whether the owner of a bucket said how its objects are encrypted, even if that is what S3 does anyway. */
export function hasOwnEncryption({ settings }: Bucket): boolean {
  return settings.encryption?.Rules[0]?.ApplyServerSideEncryptionByDefault !== undefined;
}

/** The encryption of a new object by what its write names, without a customer's key, and by the bucket's default (F324, F325). */
export function encryptionOfWrite(named: NamedEncryption, place: WritePlace): Encryption {
  const { ServerSideEncryption, SSEKMSEncryptionContext } = named;
  if (ServerSideEncryption === 'aws:fsx' || ServerSideEncryption === 'aws:backup')
    throw new S3Error('EncryptionUnknown', { ArgumentValue: ServerSideEncryption });
  checkNamesKms(named);
  if (SSEKMSEncryptionContext !== undefined && !isEncryptionContext(SSEKMSEncryptionContext))
    throw new S3Error('EncryptionContextInvalid', { ArgumentValue: SSEKMSEncryptionContext });
  if (ServerSideEncryption === 'AES256') return ownKey;
  // Most writes end here, and a test may make a million of them.
  if (ServerSideEncryption === undefined && !place.bucket.settings.encryption) return ownKey;
  return kmsEncryption(named, place);
}

function kmsEncryption(named: NamedEncryption, { bucket, store, account }: WritePlace): Encryption {
  const { ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled } = encryptionRule(bucket, store);
  const algorithm = named.ServerSideEncryption ?? byDefault.SSEAlgorithm;
  if (!isKms(algorithm)) return ownKey;
  // A request that names KMS without a key means AWS's key, whatever the key of the bucket's default is.
  const key = named.ServerSideEncryption === undefined ? byDefault.KMSMasterKeyID : named.SSEKMSKeyId;
  const arn = kmsKeyArn(key ?? managedKey, { account, region: bucket.region });
  return withKmsKey(algorithm, arn, named.BucketKeyEnabled ?? BucketKeyEnabled === true);
}

/** The encryption of an object with a key of KMS. DSSE has no bucket key, whatever the request and the bucket say (F325). */
export function withKmsKey(
  ServerSideEncryption: 'aws:kms' | 'aws:kms:dsse',
  SSEKMSKeyId: string,
  hasBucketKey: boolean,
): Encryption {
  const encryption = { ServerSideEncryption, SSEKMSKeyId };
  return hasBucketKey && ServerSideEncryption === 'aws:kms' ? { ...encryption, BucketKeyEnabled: true } : encryption;
}

/** Throws if a write has a key or a context for KMS, and does not name KMS (F325, F630). A customer's key beside them changes nothing (F615). */
export function checkNamesKms({ ServerSideEncryption, SSEKMSKeyId, SSEKMSEncryptionContext }: NamedEncryption): void {
  if (SSEKMSKeyId === undefined && SSEKMSEncryptionContext === undefined) return;
  if (!isKms(ServerSideEncryption))
    throw new S3Error('KmsKeyWithoutKms').quoting({ SSEKMSKeyId, SSEKMSEncryptionContext });
}

export function isKms(algorithm: string | undefined): algorithm is 'aws:kms' | 'aws:kms:dsse' {
  return algorithm === 'aws:kms' || algorithm === 'aws:kms:dsse';
}

/** Whether a text is an encryption context as S3 reads it: base64 of UTF-8 JSON, an object whose values are strings (F630). */
export function isEncryptionContext(text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  const json = bytes.toString();
  if (bytes.toString('base64') !== text || !Buffer.from(json).equals(bytes)) return false;
  const value = readJson(json);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((one) => typeof one === 'string');
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * An encryption with the context that a write named, if it named one. S3 puts the ARN of the object before it, or that of the bucket if the
 * object uses the bucket's key; an ARN of the write's own stays (F630).
 */
export function withContext(
  encryption: Encryption,
  named: string | undefined,
  bucket: Bucket,
  key: string,
): Encryption {
  if (named === undefined) return encryption;
  const arn = arnOf(bucket, encryption.BucketKeyEnabled ? undefined : key);
  const context = { 'aws:s3:arn': arn, ...JSON.parse(Buffer.from(named, 'base64').toString()) };
  return { ...encryption, SSEKMSEncryptionContext: Buffer.from(JSON.stringify(context)).toString('base64') };
}
