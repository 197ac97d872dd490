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
}

/** The form on AWS. It no longer has ExistingObjectReplication. */
export const awsReplication: ReplicationSchema = {
  requiresRole: true,
  destination: /^arn:aws[\w-]*:s3:::([^:/*]+)$/,
  idCharacters: /^/,
  requiredMembers: [],
  lackedMembers: ['ExistingObjectReplication'],
  copiesMarkersByTags: false,
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
};
