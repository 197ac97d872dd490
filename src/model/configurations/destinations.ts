import { S3Error } from '../../refusals/s3-error';
import { writeGiven } from '../../text/values';

const invalidBucketArn = 'Invalid bucket ARN.';

/** Throws unless a text is the ARN of a bucket, which need not exist (F385). */
export function checkDestination(arn: string): void {
  if (isBucketArn(arn)) return;
  const why = `Bucket ${writeGiven(arn)} is not of the form arn:aws:s3:::BUCKET`;
  throw new S3Error('DestinationNotBucket', { problem: problemOf(arn) }, why);
}

/** What S3 says of a text that is not the ARN of a bucket. */
function problemOf(arn: string): string {
  const [, service, region, name = ''] = /^arn:aws[a-z-]*:([^:]*):([^:]*):[^:]*:(.*)$/.exec(arn) ?? [];
  if (service === undefined) return invalidBucketArn;
  if (service !== 's3') return 'Bucket ARN must have the s3 service.';
  if (region !== '') return 'Bucket ARN should not specify a region.';
  return name.includes('/') ? `Invalid Bucket Name: ${name}` : invalidBucketArn;
}

/** Whether a text is the ARN of a bucket. */
export function isBucketArn(text: string): boolean {
  return /^arn:aws[a-z-]*:s3:::[^/:]+$/.test(text);
}
