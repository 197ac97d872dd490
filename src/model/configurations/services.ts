import { isCosLocation } from '../../formats/regions';
import type { PublicAccessSwitch } from './public-access-switches';
import { awsReplication, cosReplication, type ReplicationSchema } from './replication-rules';

/** The differences of a service's configurations. */
export interface ServiceConfigurations {
  /** Whether policies of buckets, users and sessions decide who may do what. */
  readonly hasPolicies: boolean;
  /** The grants of ACLs that let anybody in. */
  readonly countingGrants: 'all' | 'public reads of objects';
  /** Whether a bucket has a setting that says who pays for requests. */
  readonly hasRequestPayment: boolean;
  /** Whether a bucket has a setting that says who owns its objects. */
  readonly hasOwnershipControls: boolean;
  /** Whether a bucket may have protection, the retention policy of IBM COS. */
  readonly hasProtection: boolean;
  /** Whether a new bucket cannot be made public until its owner changes that. */
  readonly newBucketsBlockPublicAccess: boolean;
  /** Whether accounts have a public access block beside those of their buckets (F1100). */
  readonly accountsBlockPublicAccess: boolean;
  /** The switches of a public access block that the service has. */
  readonly publicAccessSwitches: readonly PublicAccessSwitch[];
  /** The form of replication rules. */
  readonly replication: ReplicationSchema;
}

export const awsConfigurations: ServiceConfigurations = {
  hasPolicies: true,
  countingGrants: 'all',
  hasRequestPayment: true,
  hasOwnershipControls: true,
  hasProtection: false,
  newBucketsBlockPublicAccess: true,
  accountsBlockPublicAccess: true,
  publicAccessSwitches: ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'],
  replication: awsReplication,
};

export const cosConfigurations: ServiceConfigurations = {
  hasPolicies: false,
  countingGrants: 'public reads of objects',
  hasRequestPayment: false,
  hasOwnershipControls: false,
  hasProtection: true,
  newBucketsBlockPublicAccess: false,
  accountsBlockPublicAccess: false,
  publicAccessSwitches: ['BlockPublicAcls', 'IgnorePublicAcls'],
  replication: cosReplication,
};

export function serviceOf({ location = '' }: { readonly location?: string | undefined }): ServiceConfigurations {
  return isCosLocation(location) ? cosConfigurations : awsConfigurations;
}
