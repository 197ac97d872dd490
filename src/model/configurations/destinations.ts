import { type RefusalDetails, S3Error } from '../../refusals/s3-error';
import { writeGiven } from '../../text/values';

/** Throws unless a text is the ARN of a bucket, which need not exist (F385). */
export function checkDestination(arn: string): void {
  if (isBucketArn(arn)) return;
  const why = `Bucket ${writeGiven(arn)} is not of the form arn:aws:s3:::BUCKET`;
  throw new S3Error('DestinationNotBucket', whatIsWrong(arn), why);
}

/** The part of a text that keeps it from being the ARN of a bucket: the first one that S3 finds. */
function whatIsWrong(arn: string): RefusalDetails['DestinationNotBucket'] {
  const [, service, region, name = ''] = /^arn:aws[a-z-]*:([^:]*):([^:]*):[^:]*:(.*)$/.exec(arn) ?? [];
  if (service === undefined) return { wrong: 'form', name };
  if (service !== 's3') return { wrong: 'service', name };
  if (region !== '') return { wrong: 'region', name };
  return { wrong: name.includes('/') ? 'name' : 'form', name };
}

/** Whether a text is the ARN of a bucket. */
export function isBucketArn(text: string): boolean {
  return /^arn:aws[a-z-]*:s3:::[^/:]+$/.test(text);
}
