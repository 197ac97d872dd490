import { isCosLocation } from '../../formats/regions';
import type { PublicAccessSwitch } from './public-access-switches';
import { awsReplication, cosReplication, type ReplicationSchema } from './replication-rules';

export interface ServiceConfigurations {
  /** Policies of buckets, users and sessions. */
  readonly hasPolicies: boolean;
  readonly countingGrants: 'all' | 'public reads of objects';
  readonly hasRequestPayment: boolean;
  readonly hasOwnershipControls: boolean;
  /** The retention policy of IBM COS. */
  readonly hasProtection: boolean;
  /** Whether new buckets have a public access block, until their owner changes that. */
  readonly newBucketsBlockPublicAccess: boolean;
  /** Whether accounts have public access blocks, in addition to the blocks of their buckets (F1100). */
  readonly accountsBlockPublicAccess: boolean;
  readonly publicAccessSwitches: readonly PublicAccessSwitch[];
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
