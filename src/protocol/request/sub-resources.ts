import type { Dialect } from '../../wire';

/** What a bare name in the query stands for: the resource types by which S3 calls it in its refusals. */
interface SubResource {
  /** The only dialect that reads the name. */
  readonly dialect?: Dialect;
  /** At a bucket's path; undefined where S3 overlooks the name there. */
  readonly bucket?: string;
  /** At a key's path; undefined where S3 overlooks the name there. */
  readonly key?: string;
  /** S3 answers for the bucket although the path names a key. */
  readonly bucketAtKey?: true;
}

/**
 * The names by which a query chooses an operation, as S3 was measured to read them: case-sensitive, whatever their value (F20).
 * Names that are not here choose nothing.
 */
export const subResources: Readonly<Record<string, SubResource | undefined>> = {
  abac: { bucket: 'BUCKET_ABAC' },
  accelerate: { bucket: 'ACCELERATE', bucketAtKey: true },
  acl: { bucket: 'ACL', key: 'ACL' },
  analytics: { bucket: 'ANALYTICS' },
  annotation: { key: 'OBJECT_ANNOTATIONS' },
  attributes: { key: 'OBJECT_ATTRIBUTES' },
  cors: { bucket: 'CORS', bucketAtKey: true },
  delete: { bucket: 'MULTI_OBJECT_DELETE', bucketAtKey: true },
  encryption: { bucket: 'ENCRYPTION', key: 'OBJECT_ENCRYPTION' },
  'intelligent-tiering': { bucket: 'INTELLIGENT_TIERING' },
  inventory: { bucket: 'INVENTORY', bucketAtKey: true },
  'legal-hold': { key: 'OBJECT_LOCK_LEGALHOLD' },
  lifecycle: { bucket: 'LIFECYCLE', bucketAtKey: true },
  location: { bucket: 'LOCATION', bucketAtKey: true },
  logging: { bucket: 'LOGGING_STATUS', bucketAtKey: true },
  metadataAnnotationTable: { bucket: 'BUCKET_METADATA_ANNOTATION_TABLE_CONFIGURATION' },
  metadataConfiguration: { bucket: 'BUCKET_METADATA_CONFIGURATION' },
  metadataInventoryTable: { bucket: 'BUCKET_METADATA_INVENTORY_TABLE_CONFIGURATION' },
  metadataJournalTable: { bucket: 'BUCKET_METADATA_JOURNAL_TABLE_CONFIGURATION' },
  metadataTable: { bucket: 'BUCKET_METADATA_TABLE_CONFIGURATION' },
  metrics: { bucket: 'METRICS' },
  notification: { bucket: 'NOTIFICATION', bucketAtKey: true },
  'object-lock': { bucket: 'OBJECT_LOCK_CONFIGURATION' },
  ownershipControls: { bucket: 'OWNERSHIP_CONTROLS' },
  policy: { bucket: 'BUCKETPOLICY', bucketAtKey: true },
  policyStatus: { bucket: 'POLICY_STATUS' },
  publicAccessBlock: { bucket: 'PUBLIC_ACCESS_BLOCK' },
  replication: { bucket: 'REPLICATION', bucketAtKey: true },
  requestPayment: { bucket: 'REQUEST_PAYMENT', bucketAtKey: true },
  restore: { bucket: 'RESTORE', key: 'RESTORE' },
  retention: { key: 'OBJECT_LOCK_RETENTION' },
  select: { key: 'SELECT' },
  tagging: { bucket: 'TAGGING', key: 'OBJECT_TAGGING' },
  torrent: { bucket: 'TORRENT', key: 'TORRENT' },
  uploadId: { bucket: 'UPLOAD', key: 'UPLOAD' },
  uploads: { bucket: 'UPLOADS', key: 'UPLOADS' },
  versioning: { bucket: 'VERSIONING', bucketAtKey: true },
  versions: { bucket: 'BUCKETVERSIONS', bucketAtKey: true },
  website: { bucket: 'WEBSITE', bucketAtKey: true },
  // COS's own.
  extendRetention: { dialect: 'ibm-cos', key: 'EXTEND_RETENTION' },
  'ibm-replication-failures': { dialect: 'ibm-cos', bucket: 'REPLICATION_FAILURES' },
  'ibm-replication-reattempt': { dialect: 'ibm-cos', bucket: 'REPLICATION_REATTEMPT' },
  legalHold: { dialect: 'ibm-cos', key: 'LEGAL_HOLD' },
  protection: { dialect: 'ibm-cos', bucket: 'PROTECTION' },
};
