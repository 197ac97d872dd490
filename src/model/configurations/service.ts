import type { ReplicationSchema } from './replication-schema';

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
  /** Whether a new bucket cannot be made public until its owner changes that. */
  readonly newBucketsBlockPublicAccess: boolean;
  /** The switches of a public access block that the service has. */
  readonly publicAccessSwitches: readonly PublicAccessSwitch[];
  /** The form of replication rules. */
  readonly replication: ReplicationSchema;
}

/** A switch of a public access block. */
export type PublicAccessSwitch = 'BlockPublicAcls' | 'IgnorePublicAcls' | 'BlockPublicPolicy' | 'RestrictPublicBuckets';
