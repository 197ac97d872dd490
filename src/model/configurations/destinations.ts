import { S3Error } from '../../refusals/s3-error';
import { writeGiven } from '../../text/values';

/** Throws unless a text is the ARN of a bucket, which need not exist (F385). */
export function checkDestination(arn: string): void {
  if (!isBucketArn(arn))
    throw new S3Error('DestinationNotBucket', {}, `Bucket ${writeGiven(arn)} is not of the form arn:aws:s3:::BUCKET`);
}

/** Whether a text is the ARN of a bucket. */
export function isBucketArn(text: string): boolean {
  return /^arn:aws[a-z-]*:s3:::[^/:]+$/.test(text);
}
