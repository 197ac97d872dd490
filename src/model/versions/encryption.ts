import { S3Error } from '../../refusals/s3-error';
import type { Bucket } from '../bucket';
import { encryptionRule } from '../configurations/encryption';
import { kmsKeyArn, managedKey } from '../kms-keys';
import type { Store } from '../store';
import { encryptionHeaderNames } from './content';
import type { ObjectHeaders } from './version';

const header = 'x-amz-server-side-encryption';
const keyHeader = `${header}-aws-kms-key-id`;
const bucketKeyHeader = `${header}-bucket-key-enabled`;
const customerHeaders = [`${header}-customer-algorithm`, `${header}-customer-key`, `${header}-customer-key-md5`];

type SentHeaders = ReadonlyMap<string, string>;

/** Whether a request names a key of the customer's own; an empty header does, too. */
export function namesCustomerKey(headers: SentHeaders): boolean {
  return customerHeaders.some((name) => headers.has(name));
}

/** Whether two objects are encrypted in the same way. One without headers of encryption has S3's own key. */
export function areEncryptedAlike(first: ObjectHeaders, second: ObjectHeaders): boolean {
  const one: ObjectHeaders = { [header]: 'AES256', ...first };
  const other: ObjectHeaders = { [header]: 'AES256', ...second };
  return encryptionHeaderNames.every((name) => one[name] === other[name]);
}

/** Whether a bucket refuses writes with a customer's key (F322). */
export function blocksCustomerKeys(bucket: Bucket, store: Store): boolean {
  return encryptionRule(bucket, store).BlockedEncryptionTypes.EncryptionType?.includes('SSE-C') === true;
}

/** Whether the owner of a bucket said how its objects are encrypted, be it as S3 does anyway. */
export function hasOwnEncryption({ settings }: Bucket): boolean {
  return settings.encryption?.Rules[0]?.ApplyServerSideEncryptionByDefault !== undefined;
}

/**
 * The headers of encryption that S3 stores with a new object, by the request and the bucket's default (F324, F325). Undefined if both
 * leave it to S3's own key.
 */
export function encryptionOfWrite(sent: SentHeaders, bucket: Bucket, store: Store): ObjectHeaders | undefined {
  const named = sent.get(header);
  if (namesCustomerKey(sent)) return customerKeyOf(sent, named);
  if (named === 'aws:fsx' || named === 'aws:backup')
    throw new S3Error('EncryptionUnknown', { ArgumentName: header, ArgumentValue: named });
  const keyId = sent.get(keyHeader);
  if (keyId !== undefined && !isKms(named)) throw new S3Error('KmsKeyWithoutKms').quoting({ [keyHeader]: keyId });
  if (named === 'AES256') return { [header]: named };
  // Most writes end here, and a test may make a million of them.
  if (named === undefined && !bucket.settings.encryption) return undefined;
  const { ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled } = encryptionRule(bucket, store);
  const algorithm = named ?? byDefault.SSEAlgorithm;
  if (algorithm === 'AES256') return undefined;
  // A request that names KMS without a key means AWS's key, whatever the key of the bucket's default is.
  const key = named === undefined ? byDefault.KMSMasterKeyID : keyId;
  const bucketKey = sent.get(bucketKeyHeader) ?? String(BucketKeyEnabled);
  return {
    [header]: algorithm,
    [keyHeader]: kmsKeyArn(key ?? managedKey, { account: bucket.owner.id, region: bucket.region }),
    ...(algorithm === 'aws:kms' && bucketKey.toLowerCase() === 'true' && { [bucketKeyHeader]: 'true' }),
  };
}

function isKms(algorithm: string | undefined): boolean {
  return algorithm === 'aws:kms' || algorithm === 'aws:kms:dsse';
}

function customerKeyOf(sent: SentHeaders, named: string | undefined): ObjectHeaders {
  if (named !== undefined) throw new S3Error('EncryptionsIncompatible', { ArgumentValue: named });
  const stored = [`${header}-customer-algorithm`, `${header}-customer-key-md5`];
  return Object.fromEntries(stored.map((name) => [name, sent.get(name)]).filter(([, value]) => value !== undefined));
}
