import type { Encryption } from '../../model/versions/version';
import type { S3Request } from '../../protocol/request/request';
import { S3Error } from '../../refusals/s3-error';

/**
 * Throws if KMS encrypts the bytes that a request writes or reads, and the request has no signature of version 4, which S3 passes on to
 * KMS (F592). It does not matter whether the mock checks signatures.
 */
export function checkMayUseKms({ identity, dialect }: S3Request, { SSEKMSKeyId }: Encryption): void {
  if (SSEKMSKeyId === undefined || !dialect.objects.areEncrypted || identity instanceof S3Error) return;
  if (identity.scheme.startsWith('sigv4')) return;
  const sent = identity.scheme === 'anonymous' ? 'has no signature' : 'is signed with Signature Version 2';
  throw new S3Error('KmsNeedsSignatureV4', {}, `${SSEKMSKeyId} encrypts the object, and the request ${sent}`);
}
