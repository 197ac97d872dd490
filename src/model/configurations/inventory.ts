import { S3Error } from '../../refusals/s3-error';
import { checkDestination } from './destinations';
import { configurationFamily } from './family';

/** The inventories of a bucket. The mock writes none (F380). */
export const inventory = configurationFamily('inventory', {
  whenIdsDiffer: 'ConfigurationIdMismatch',
  checkSchema({ Destination: { S3BucketDestination } }) {
    const { SSES3, SSEKMS } = S3BucketDestination.Encryption ?? {};
    if (SSES3 !== undefined && SSEKMS !== undefined)
      throw new S3Error('MalformedXML', {}, '<Encryption> has <SSE-S3> and <SSE-KMS>');
  },
  checkValues: ({ Destination }) => checkDestination(Destination.S3BucketDestination.Bucket),
});
