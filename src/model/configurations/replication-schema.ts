import type { ConfigurationValues } from '../../shapes/configurations';

/** A rule of a replication configuration. */
export type ReplicationRule = ConfigurationValues['replication']['Rules'][number];

/** The form of replication rules, as far as it differs between AWS and IBM COS (F370). */
export interface ReplicationSchema {
  readonly requiresRole: boolean;
  /** The address of a destination; its group is the bucket's name. */
  readonly destination: RegExp;
  readonly idCharacters: RegExp;
  /** The members that each rule has. */
  readonly requiredMembers: readonly (keyof ReplicationRule)[];
  /** The members that the service does not have. */
  readonly lackedMembers: readonly (keyof ReplicationRule | keyof ReplicationRule['Destination'])[];
  /** Whether a rule that filters by tags may replicate delete markers. */
  readonly copiesMarkersByTags: boolean;
  /** Whether one rule copies a version, the one with the highest priority. Otherwise one copies it to each destination. */
  readonly appliesOneRule: boolean;
  /** Whether objects with a customer's key are copied. */
  readonly copiesCustomerKeys: boolean;
  /** Whether a rule has to say that it copies objects which a KMS key encrypts. */
  readonly selectsKmsObjects: boolean;
  /** Whether ACLs are copied. */
  readonly copiesAcls: boolean;
  /** The refusal of a destination that does not exist (F368). */
  readonly missingDestination: 'ReplicationDestinationMissing' | 'ReplicationDestinationUnversioned';
  /** Whether what waits is copied by the rule and the role that were in force when a request asked for it, or by those in force at the copy (F853). */
  readonly goesBy: 'configuration of the write' | 'configuration of the copy';
  /** The days for which a copy that failed is tried again; without them it has failed for good. */
  readonly retriedDays: number | undefined;
}

/** The form on AWS. It no longer has ExistingObjectReplication. */
export const awsReplication: ReplicationSchema = {
  requiresRole: true,
  destination: /^arn:aws[\w-]*:s3:::([^:/*]+)$/,
  idCharacters: /^/,
  requiredMembers: [],
  lackedMembers: ['ExistingObjectReplication'],
  copiesMarkersByTags: false,
  appliesOneRule: false,
  copiesCustomerKeys: true,
  selectsKmsObjects: true,
  copiesAcls: true,
  missingDestination: 'ReplicationDestinationMissing',
  goesBy: 'configuration of the write',
  retriedDays: undefined,
};

/** The form on IBM COS. */
export const cosReplication: ReplicationSchema = {
  requiresRole: false,
  destination: /^crn:v1:[\w-]+:[\w-]+:cloud-object-storage:[\w-]*:[\w/-]*:[\w-]*:bucket:([^:/*]+)$/,
  idCharacters: /^[\w!.*'()-]*$/,
  requiredMembers: ['Filter', 'Priority', 'DeleteMarkerReplication'],
  lackedMembers: [
    ...(['Prefix', 'SourceSelectionCriteria', 'ExistingObjectReplication'] as const),
    ...(['Account', 'StorageClass', 'AccessControlTranslation', 'EncryptionConfiguration'] as const),
    ...(['ReplicationTime', 'Metrics'] as const),
  ],
  copiesMarkersByTags: true,
  appliesOneRule: true,
  copiesCustomerKeys: false,
  selectsKmsObjects: false,
  copiesAcls: false,
  missingDestination: 'ReplicationDestinationUnversioned',
  goesBy: 'configuration of the copy',
  retriedDays: 30,
};
