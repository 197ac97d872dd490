import { blocksCustomerKeys, encryptionOfWrite, namesCustomerKey } from '../../model/versions/encryption';
import type { ObjectHeaders } from '../../model/versions/version';
import { S3Error } from '../../refusals/s3-error';
import type { Context } from '../operation';
import { refusalOfAction } from './denied-actions';

/** The headers of encryption of a new object, as the service has them. Undefined if S3 encrypts it with its own key. */
export function newEncryption({ request, bucket, store }: Context): ObjectHeaders | undefined {
  const { headers, dialect } = request;
  if (dialect.objects.areEncrypted) return encryptionOfWrite(headers, bucket, store);
  const sent = [...headers].filter(([name]) => name.startsWith('x-amz-server-side-encryption') && isStored(name));
  return sent.length === 0 ? undefined : Object.fromEntries(sent);
}

/** The headers of encryption that conditions of policies compare; undefined if a request names none. A customer's key is not among them. */
export function namedEncryption(headers: ReadonlyMap<string, string>): ObjectHeaders | undefined {
  const names = ['x-amz-server-side-encryption', 'x-amz-server-side-encryption-aws-kms-key-id'];
  const sent = names.flatMap((name) => {
    const value = headers.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return sent.length === 0 ? undefined : Object.fromEntries(sent);
}

function isStored(name: string): boolean {
  return !/-(?:customer-key|context)$/.test(name);
}

/** Throws if a request names an encryption, which the object or the upload has already (F431). */
export function checkNamesNoEncryption({ headers, dialect }: Context['request']): void {
  const ArgumentValue = headers.get('x-amz-server-side-encryption');
  if (ArgumentValue !== undefined && dialect.objects.areEncrypted)
    throw new S3Error('EncryptionNotSupported', { ArgumentValue });
}

/** Throws if a read names an encryption or a key of KMS (F431). */
export function checkReadNamesNoEncryption(
  request: Context['request'],
  ofKey: 'KmsKeyWithoutKms' | 'KmsKeyOfAttributes' = 'KmsKeyWithoutKms',
): void {
  checkNamesNoEncryption(request);
  const name = 'x-amz-server-side-encryption-aws-kms-key-id';
  const key = request.headers.get(name);
  if (key !== undefined && request.dialect.objects.areEncrypted) throw new S3Error(ofKey).quoting({ [name]: key });
}

/** Throws if a write names a key of the customer's and the bucket blocks those. S3 does not look at the key before (F322). */
export function checkCustomerKeyAllowed(context: Context, action: 's3:PutObject' | 's3:CopyObject'): void {
  const { request, bucket, store } = context;
  if (!request.dialect.objects.areEncrypted || !namesCustomerKey(request.headers)) return;
  if (!blocksCustomerKeys(bucket, store)) return;
  throw refusalOfAction(
    context,
    'CustomerKeyBlocked',
    { action, key: request.key },
    "the bucket blocks SSE-C, as new buckets do on S3; mockS3's option sseC: 'allowed', or the bucket's encryption, allows it",
  );
}
