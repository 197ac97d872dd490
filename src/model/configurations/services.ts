import { isCosLocation } from '../../formats/regions';
import type { Bucket } from '../bucket';
import { awsReplication, cosReplication } from './replication-schema';
import type { ServiceConfigurations } from './service';

/** The configurations of Amazon S3. */
export const awsConfigurations: ServiceConfigurations = {
  hasPolicies: true,
  countingGrants: 'all',
  hasRequestPayment: true,
  hasOwnershipControls: true,
  newBucketsBlockPublicAccess: true,
  publicAccessSwitches: ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'],
  replication: awsReplication,
};

/** Those of IBM COS. */
export const cosConfigurations: ServiceConfigurations = {
  hasPolicies: false,
  countingGrants: 'public reads of objects',
  hasRequestPayment: false,
  hasOwnershipControls: false,
  newBucketsBlockPublicAccess: false,
  publicAccessSwitches: ['BlockPublicAcls', 'IgnorePublicAcls'],
  replication: cosReplication,
};

/** The configurations of the service that a bucket is of, by its location. */
export function serviceOf({ location = '' }: Pick<Bucket, 'location'>): ServiceConfigurations {
  return isCosLocation(location) ? cosConfigurations : awsConfigurations;
}
