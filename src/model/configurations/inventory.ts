import { type RefusalDetails, S3Error } from '../../refusals/s3-error';
import { element, required, structure, wrappedList } from '../../shapes/elements';
import { schemaBoolean, text, words } from '../../shapes/values';
import { writeGiven } from '../../text/values';
import { isKmsArn } from '../kms';
import { checkFilled, configurationFamily } from './family';

const field = words(
  'Size',
  'LastModifiedDate',
  'StorageClass',
  'ETag',
  'IsMultipartUploaded',
  'ReplicationStatus',
  'EncryptionStatus',
  'ObjectLockRetainUntilDate',
  'ObjectLockMode',
  'ObjectLockLegalHoldStatus',
  'ObjectLockEventHoldStatus',
  'ObjectLockEventHoldDuration',
  'IntelligentTieringAccessTier',
  'IntelligentTieringReferenceDate',
  'BucketKeyStatus',
  'ChecksumAlgorithm',
  'ObjectAccessControlList',
  'ObjectOwner',
  'LifecycleExpirationDate',
);

const s3Destination = structure({
  AccountId: text,
  Bucket: required(text),
  Format: required(words('CSV', 'ORC', 'Parquet')),
  Prefix: text,
  Encryption: structure({
    SSES3: element(structure({}), 'SSE-S3'),
    SSEKMS: element(structure({ KeyId: required(text) }), 'SSE-KMS'),
  }),
});

const item = structure({
  Destination: required(structure({ S3BucketDestination: required(s3Destination) })),
  IsEnabled: required(schemaBoolean),
  Filter: structure({ Prefix: required(text) }),
  Id: required(text),
  IncludedObjectVersions: required(words('All', 'Current')),
  OptionalFields: wrappedList(field, 'Field'),
  Schedule: required(structure({ Frequency: required(words('Daily', 'Weekly')) })),
});

/** The mock writes none (F380). */
export const inventory = configurationFamily('inventory', 'InventoryConfiguration', item, {
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

/** The bucket need not exist (F385). */
function checkDestination(arn: string): void {
  if (isBucketArn(arn)) return;
  const why = `Bucket ${writeGiven(arn)} is not of the form arn:aws:s3:::BUCKET`;
  throw new S3Error('DestinationNotBucket', whatIsWrong(arn), why);
}

function whatIsWrong(arn: string): RefusalDetails['DestinationNotBucket'] {
  const [, service, region, name = ''] = /^arn:aws[a-z-]*:([^:]*):([^:]*):[^:]*:(.*)$/.exec(arn) ?? [];
  if (service === undefined) return { wrong: 'form', name };
  if (service !== 's3') return { wrong: 'service', name };
  if (region !== '') return { wrong: 'region', name };
  return { wrong: name.includes('/') ? 'name' : 'form', name };
}

export function isBucketArn(text: string): boolean {
  return /^arn:aws[a-z-]*:s3:::[^/:]+$/.test(text);
}
