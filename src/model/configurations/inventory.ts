import { S3Error } from '../../refusals/s3-error';
import { isKmsArn } from '../kms-keys';
import { checkDestination } from './destinations';
import { checkFilled, configurationFamily } from './family';

/** The inventories of a bucket. The mock writes none (F380). */
export const inventory = configurationFamily('inventory', {
  whenIdInvalid: 'MalformedXML',
  whenIdsDiffer: 'ConfigurationIdMismatch',
  checkSchema({ Filter, Destination: { S3BucketDestination } }) {
    const { AccountId, Bucket, Prefix, Encryption } = S3BucketDestination;
    checkFilled({ AccountId, Bucket, Prefix, KeyId: Encryption?.SSEKMS?.KeyId });
    checkFilled({ Prefix: Filter?.Prefix });
    const kinds = Object.keys(Encryption ?? { SSES3: {} });
    if (kinds.length !== 1)
      throw new S3Error('MalformedXML', {}, `<Encryption> has ${kinds.join(' and ') || 'no kind of encryption'}`);
  },
  checkValues({ Destination: { S3BucketDestination } }) {
    checkDestination(S3BucketDestination.Bucket);
    // F1022
    const { KeyId } = S3BucketDestination.Encryption?.SSEKMS ?? {};
    if (KeyId !== undefined && !isKmsArn(KeyId)) throw new S3Error('InventoryKeyInvalid').quoting({ KeyId });
  },
});
