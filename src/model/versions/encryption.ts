import { S3Error } from '../../refusals/s3-error';
import { type Bucket, writeArn } from '../bucket';
import { makeEncryptionRule } from '../configurations/encryption';
import { type Kms, managedKey, readKmsKeyArn } from '../kms';
import { describeLock, mayRemove } from '../object-lock';
import type { Store } from '../store';
import { type CustomerKey, whyWrongLength } from './customer-key';
import type { Encryption, NamedEncryption, ObjectVersion } from './version';

/** A key name without an account is of `account`. */
interface WritePlace {
  readonly store: Store;
  readonly bucket: Bucket;
  readonly account: string;
}

/** S3's default since 2023 (F58). One record for all objects. */
export const ownKey: Encryption = Object.freeze({ ServerSideEncryption: 'AES256' });

/** COS's answers say nothing of the encryption. */
export const unstatedEncryption: Encryption = Object.freeze({});

export function withCustomerKey({ length, ...encryption }: CustomerKey): Encryption {
  if (length !== 32) throw new S3Error('CustomerKeyLengthInvalid', {}, whyWrongLength(length));
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

export function blocksCustomerKeys(bucket: Bucket, store: Pick<Store, 'sseC'>): boolean {
  return makeEncryptionRule(bucket, store).BlockedEncryptionTypes.EncryptionType?.includes('SSE-C') === true;
}

/** Whether the owner set an encryption, even the encryption that S3 uses anyway. */
export function hasOwnEncryption({ settings }: Bucket): boolean {
  return settings.encryption?.Rules[0]?.ApplyServerSideEncryptionByDefault !== undefined;
}

/** Chooses the encryption of a write, unless a customer's key encrypts it (F324, F325). */
export function chooseEncryption(named: NamedEncryption, place: WritePlace): Encryption {
  const { ServerSideEncryption, SSEKMSEncryptionContext } = named;
  if (ServerSideEncryption === 'aws:fsx' || ServerSideEncryption === 'aws:backup')
    throw new S3Error('EncryptionUnknown', { ArgumentValue: ServerSideEncryption });
  checkNamesKms(named);
  if (SSEKMSEncryptionContext !== undefined && !isEncryptionContext(SSEKMSEncryptionContext))
    throw new S3Error('EncryptionContextInvalid', { ArgumentValue: SSEKMSEncryptionContext });
  if (ServerSideEncryption === 'AES256') return ownKey;
  return kmsEncryption(named, place);
}

function kmsEncryption(named: NamedEncryption, { bucket, store, account }: WritePlace): Encryption {
  const { ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled } = makeEncryptionRule(bucket, store);
  const algorithm = named.ServerSideEncryption ?? byDefault.SSEAlgorithm;
  if (!isKms(algorithm)) return ownKey;
  // A request that names KMS without a key means AWS's key, whatever the key of the bucket's default is.
  const key = named.ServerSideEncryption === undefined ? byDefault.KMSMasterKeyID : named.SSEKMSKeyId;
  const arn = readKmsKeyArn(key ?? managedKey, { account, region: bucket.region });
  return withKmsKey(algorithm, arn, named.BucketKeyEnabled ?? BucketKeyEnabled === true);
}

/** DSSE has no bucket key, whatever request and bucket say. */
export function withKmsKey(
  ServerSideEncryption: 'aws:kms' | 'aws:kms:dsse',
  SSEKMSKeyId: string,
  hasBucketKey: boolean,
): Encryption {
  const encryption = { ServerSideEncryption, SSEKMSKeyId };
  return hasBucketKey && ServerSideEncryption === 'aws:kms' ? { ...encryption, BucketKeyEnabled: true } : encryption;
}

/** A customer's key beside the names of KMS changes nothing (F615, F630). */
export function checkNamesKms({ ServerSideEncryption, SSEKMSKeyId, SSEKMSEncryptionContext }: NamedEncryption): void {
  if (SSEKMSKeyId === undefined && SSEKMSEncryptionContext === undefined) return;
  if (!isKms(ServerSideEncryption))
    throw new S3Error('KmsKeyWithoutKms').quoting({ SSEKMSKeyId, SSEKMSEncryptionContext });
}

export function isKms(algorithm: string | undefined): algorithm is 'aws:kms' | 'aws:kms:dsse' {
  return algorithm === 'aws:kms' || algorithm === 'aws:kms:dsse';
}

/** Base64 of UTF-8 JSON, an object whose values are strings (F630). */
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

/** S3 puts the ARN of the object first, or of the bucket if its key is used; an ARN that the write names stays (F630). */
export function withContext(
  encryption: Encryption,
  named: string | undefined,
  bucket: Bucket,
  key: string,
): Encryption {
  if (named === undefined) return encryption;
  const arn = writeArn(bucket, encryption.BucketKeyEnabled ? undefined : key);
  const context = { 'aws:s3:arn': arn, ...JSON.parse(Buffer.from(named, 'base64').toString()) };
  return { ...encryption, SSEKMSEncryptionContext: Buffer.from(JSON.stringify(context)).toString('base64') };
}

/** The new key, under the names of AWS's SDKs. */
interface NewKmsKey {
  readonly KMSKeyArn?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
}

/** An id and an alias are refused (F633). */
export function readNewKeyArn({ KMSKeyArn }: NewKmsKey, { region }: Bucket): string {
  if (KMSKeyArn === undefined) throw new S3Error('NewKeyMissing', {}, 'the document has no <KMSKeyArn>');
  const account = /^arn:aws[-a-z0-9]*:kms:[-a-z0-9]*:(\d{12}):key\/.+$/.exec(KMSKeyArn)?.[1];
  if (account === undefined) throw new S3Error('NewKeyInvalid').quoting({ KMSKeyArn });
  return readKmsKeyArn(KMSKeyArn, { account, region });
}

/** Bytes, ETag, checksum, id and time stay (F633). */
export function encryptAnew(
  version: ObjectVersion,
  named: NewKmsKey,
  { bucket, kms, now }: { readonly bucket: Bucket; readonly kms: Kms; readonly now: number },
): ObjectVersion {
  const arn = readNewKeyArn(named, bucket);
  const { content, lock } = version;
  const { ServerSideEncryption, SSEKMSKeyId } = content.encryption;
  // A caller who can bypass governance must remove the retention first.
  if (!mayRemove(version, now, false)) throw new S3Error('EncryptionLocked', {}, describeLock(lock));
  if (ServerSideEncryption !== 'AES256' && ServerSideEncryption !== 'aws:kms')
    throw new S3Error('EncryptionNotUpdatable', {}, `its encryption is ${ServerSideEncryption ?? 'SSE-C'}`);
  if (!arn.includes(`:${bucket.owner.id}:`))
    throw new S3Error('NewKeyOfOtherAccount').quoting({ KMSKeyArn: arn, "the bucket's account": bucket.owner.id });
  if (SSEKMSKeyId !== undefined) kms.check(SSEKMSKeyId);
  kms.check(arn);
  const encryption = withKmsKey('aws:kms', arn, named.BucketKeyEnabled === true);
  return { ...version, content: { ...content, encryption } };
}
