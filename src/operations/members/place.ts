import type { Bucket } from '../../model/bucket';
import type { S3Request } from '../../protocol/request/request';
import { S3Error } from '../../refusals/s3-error';

/** Throws if the hosts of the place that was called do not know the bucket (F46). */
export function checkPlace({ endpoint: { region }, dialect }: S3Request, bucket: Bucket): void {
  const place = dialect.buckets.placeOf(bucket);
  if (place === undefined || region === undefined || region === place) return;
  const why = `bucket '${bucket.name}' is in ${place}, and the client called a host of ${region}, which knows the buckets of ${region} alone: give the client a host of ${place}`;
  throw new S3Error('NoSuchBucket', { BucketName: bucket.name }, why);
}
