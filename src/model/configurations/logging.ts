import { firstRegion } from '../../formats/regions';
import { S3Error } from '../../refusals/s3-error';
import { attribute, required, structure, wrappedList } from '../../shapes/elements';
import type { ValueOf } from '../../shapes/shape';
import { text, words } from '../../shapes/values';
import { writeKey } from '../../text/values';
import { type ConfigurationContext, type ConfiguredBucket, configuration, findConfiguration } from './configuration';
import { ownershipControls } from './ownership-controls';

const namespace = 'http://www.w3.org/2001/XMLSchema-instance';

const grantee = structure({
  Type: required(attribute('xsi:type', words('CanonicalUser', 'AmazonCustomerByEmail', 'Group'), namespace)),
  ID: text,
  DisplayName: text,
  EmailAddress: text,
  URI: text,
});

const grant = structure({
  Grantee: required(grantee),
  // S3 also takes the permissions of ACLs, which SDKs do not know here.
  Permission: required(words('FULL_CONTROL', 'READ', 'WRITE', 'READ_ACP', 'WRITE_ACP')),
});

const loggingEnabled = structure({
  TargetBucket: required(text),
  TargetPrefix: required(text),
  TargetGrants: wrappedList(grant, 'Grant'),
  TargetObjectKeyFormat: structure({
    SimplePrefix: structure({}),
    PartitionedPrefix: structure({ PartitionDateSource: words('EventTime', 'DeliveryTime') }),
  }),
});

const members = { LoggingEnabled: loggingEnabled };

type Enabled = ValueOf<typeof loggingEnabled>;

/** F364 */
export const logging = configuration('logging', members, {
  dialect: 'aws',
  onDelete: 'as never put',
  accept(value, context) {
    const { LoggingEnabled: enabled } = value;
    if (enabled === undefined) return undefined;
    checkKeyFormat(enabled);
    for (const grant of enabled.TargetGrants ?? []) checkGrantee(grant);
    if (context.fixture === 'of a mock') return value;
    const target = findTarget(enabled, context);
    checkLocation(context.bucket, target);
    checkGrants(enabled, target, context);
    return value;
  },
});

function checkKeyFormat({ TargetObjectKeyFormat: format }: Enabled): void {
  if (format !== undefined && (format.SimplePrefix === undefined) === (format.PartitionedPrefix === undefined))
    throw new S3Error('MalformedXML', {}, 'a TargetObjectKeyFormat has either SimplePrefix or PartitionedPrefix');
}

const namedBy = { CanonicalUser: 'ID', AmazonCustomerByEmail: 'EmailAddress', Group: 'URI' } as const;

function checkGrantee({ Grantee: grantee }: ValueOf<typeof grant>): void {
  const name = namedBy[grantee.Type];
  const { [name]: value } = grantee;
  if (value === undefined) throw new S3Error('MalformedXML', {}, `a Grantee that is a ${grantee.Type} has no ${name}`);
  if (name === 'EmailAddress')
    throw new S3Error('EmailGrantee', {}, `S3 no longer accepts a grantee by e-mail: ${writeKey(value)}`);
}

function findTarget({ TargetBucket }: Enabled, { bucket, store }: ConfigurationContext): ConfiguredBucket {
  const target = TargetBucket === bucket.name ? bucket : store.buckets.get(TargetBucket);
  if (target === undefined) throw new S3Error('LoggingTargetMissing', { TargetBucket });
  if (target.owner !== bucket.owner) throw new S3Error('LoggingTargetNotOwned', { TargetBucket });
  return target;
}

/** A bucket without a region answers at every host, so that it is in the region of any other bucket. */
function checkLocation(source: ConfiguredBucket, target: ConfiguredBucket): void {
  if (source.region === undefined || target.region === undefined || source.region === target.region) return;
  throw new S3Error(
    'CrossLocationLoggingProhibited',
    {
      SourceBucketLocation: source.region === firstRegion ? undefined : source.region,
      TargetBucketLocation: target.region,
    },
    `bucket '${source.name}' is in ${source.region}, and bucket '${target.name}' in ${target.region}`,
  );
}

function checkGrants({ TargetGrants = [] }: Enabled, target: ConfiguredBucket, context: ConfigurationContext): void {
  if (TargetGrants.length === 0 || context.fixture !== undefined) return;
  const controls = findConfiguration(ownershipControls, { ...context, bucket: target });
  if (controls?.Rules[0]?.ObjectOwnership === 'BucketOwnerEnforced')
    throw new S3Error('LoggingGrantsNotAllowed', {}, `bucket '${target.name}' is BucketOwnerEnforced`);
}
