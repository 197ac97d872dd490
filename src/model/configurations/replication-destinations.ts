import { S3Error } from '../../refusals/s3-error';
import { hasFormOfKmsKey } from '../kms-keys';
import type { ReplicationRule, ReplicationSchema } from './replication-schema';

type Destination = ReplicationRule['Destination'];

/** The names of the buckets that rules copy to. Throws if S3 refuses the destinations, whatever the state of their buckets is. */
export function destinationBuckets(
  rules: readonly ReplicationRule[],
  source: string,
  { destination }: ReplicationSchema,
): readonly string[] {
  const names = rules.map((rule) => {
    const name = bucketOf(rule.Destination, destination);
    if (name === source)
      throw new S3Error('ReplicationDestinationIsSource').quoting({ Bucket: rule.Destination.Bucket });
    checkOwner(rule.Destination);
    checkKey(rule);
    checkTime(rule.Destination);
    return name;
  });
  const different = [...new Set(names)];
  // Rules of the first version have one destination (F369).
  if (different.length > 1 && rules.some(({ Filter }) => Filter === undefined))
    throw new S3Error('ReplicationDestinationsDiffer').quoting({ Bucket: different.join(', ') });
  return different;
}

function bucketOf({ Bucket }: Destination, address: RegExp): string {
  if (Bucket === '') throw new S3Error('ReplicationDestinationEmpty').quoting({ Bucket });
  const [, name] = address.exec(Bucket) ?? [];
  if (name === undefined)
    throw new S3Error('ReplicationDestinationInvalid', { ArgumentName: 'Bucket', ArgumentValue: Bucket });
  return name;
}

function checkOwner({ Account, AccessControlTranslation: translation, Bucket }: Destination): void {
  if (Account === '') throw new S3Error('ReplicationAccountEmpty', { ArgumentName: 'Account', ArgumentValue: Account });
  if (translation !== undefined && Account === undefined)
    throw new S3Error('ReplicationAccountMissing').quoting({ Bucket, Owner: translation.Owner });
}

/** Objects that a KMS key encrypts are copied only if the rule says so and names a key of the destination. */
function checkKey({ Destination: destination, SourceSelectionCriteria: criteria }: ReplicationRule): void {
  const { Bucket, EncryptionConfiguration: encryption } = destination;
  const isSelected = criteria?.SseKmsEncryptedObjects !== undefined;
  if (encryption !== undefined && !isSelected) throw new S3Error('ReplicationKeyUnexpected').quoting({ Bucket });
  const key = encryption?.ReplicaKmsKeyID;
  if (isSelected && !key) throw new S3Error('ReplicationKeyMissing').quoting({ Bucket });
  // S3 reads the form of the name, and does not look for the key.
  if (key !== undefined && !hasFormOfKmsKey(key))
    throw new S3Error('ReplicationKeyInvalid', { ArgumentName: 'ReplicaKmsKeyID', ArgumentValue: key });
}

/** The only number of minutes that S3 has for the time of replication. */
const minutes = 15;

function checkTime({ Bucket, ReplicationTime: time, Metrics: metrics }: Destination): void {
  const threshold = metrics?.EventThreshold?.Minutes;
  if (time !== undefined && metrics === undefined) throw new S3Error('ReplicationMetricsMissing').quoting({ Bucket });
  if (time !== undefined && time.Time.Minutes !== minutes)
    throw new S3Error('ReplicationTimeInvalid', argument('ReplicationTime', time.Time.Minutes));
  if (time?.Status !== 'Enabled') {
    if (threshold !== undefined) throw new S3Error('ReplicationThresholdUnexpected', argument('Metrics', threshold));
    return;
  }
  if (threshold === undefined)
    throw new S3Error('ReplicationThresholdMissing', argument('ReplicationMetrics', threshold));
  if (threshold !== minutes)
    throw new S3Error('ReplicationThresholdInvalid', argument('ReplicationMetrics', threshold));
}

function argument(ArgumentName: string, value: number | undefined) {
  return { ArgumentName, ArgumentValue: value === undefined ? '' : String(value) };
}
