import { S3Error } from '../../refusals/s3-error';
import type { Bucket } from '../bucket';
import type { Kms } from '../kms';
import { kmsKeyArn } from '../kms-keys';
import { describeLock, mayRemove } from '../object-lock';
import { withKmsKey } from './encryption';
import type { ObjectVersion } from './version';

/** The KMS key that is to encrypt an object which exists, under the names of AWS's SDKs. */
export interface NewKmsKey {
  readonly KMSKeyArn?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
}

/** The bucket of the object, the state of its keys, and the moment. */
interface UpdatePlace {
  readonly bucket: Bucket;
  readonly kms: Kms;
  readonly now: number;
}

/** The ARN of a key that is to encrypt an object anew. Throws if the text is not the ARN of a key, as an id and an alias are not (F633). */
export function readNewKey({ KMSKeyArn }: NewKmsKey, { region }: Bucket): string {
  if (KMSKeyArn === undefined) throw new S3Error('NewKeyMissing', {}, 'the document has no <KMSKeyArn>');
  const account = /^arn:aws[-a-z0-9]*:kms:[-a-z0-9]*:(\d{12}):key\/.+$/.exec(KMSKeyArn)?.[1];
  if (account === undefined) throw new S3Error('NewKeyInvalid').quoting({ KMSKeyArn });
  return kmsKeyArn(KMSKeyArn, { account, region });
}

/**
 * The version with another key. All else stays as it is: the bytes, and with them the ETag and the checksum, the id and the time. Throws
 * if S3 cannot encrypt the version anew (F633).
 */
export function encryptAnew(
  version: ObjectVersion,
  named: NewKmsKey,
  { bucket, kms, now }: UpdatePlace,
): ObjectVersion {
  const arn = readNewKey(named, bucket);
  const { content, lock } = version;
  const { ServerSideEncryption, SSEKMSKeyId } = content.encryption;
  // Who could bypass governance has to remove the retention first.
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
