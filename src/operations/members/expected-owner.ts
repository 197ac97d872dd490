import type { Bucket } from '../../model/bucket';
import { describeAccount } from '../../model/identity/account-text';
import type { S3Request } from '../../protocol/request/request';
import { S3Error } from '../../refusals/s3-error';

/** F40 */
export function checkExpectedOwner(
  { headers, dialect }: S3Request,
  { owner }: Bucket,
  header: string,
  what: 'bucket' | 'source',
): void {
  const value = headers.get(header);
  if (value === undefined || !dialect.requests.readsExpectedOwner) return;
  if (!/^\d{12}$/.test(value)) throw new S3Error('ExpectedBucketOwnerInvalid', { value });
  if (value !== owner.id)
    throw new S3Error(
      'AccessDenied',
      {},
      `the ${what}'s owner is ${describeAccount(owner)}, not ${value} as ${header} says`,
    );
}
