import type { RefusalName } from '../../refusals';
import type { DialectName } from '../../wire';

type Method = 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE' | 'PATCH';

type ByMethod = { readonly [Name in Method]?: MisplacedName };

type MisplacedName = Extract<
  RefusalName,
  'KeyRequired' | 'UserKeyRequired' | 'UploadsOfKey' | 'LoggingOfKey' | 'VersionsOfKey'
>;

export interface SubResource {
  readonly dialect?: DialectName;
  /** The resource type that S3 names at a bucket's path; undefined if it ignores the name there. */
  readonly bucket?: string;
  /** The resource type that S3 names at a key's path; undefined if it ignores the name there. */
  readonly key?: string;
  /** The resource type that S3 names if a part number is beside the name. */
  readonly withPartNumber?: string;
  /** S3 answers for the bucket although the path names a key (F21). */
  readonly bucketAtKey?: true;
  /** Under this name, nothing at a key has versions, so S3 refuses a version id there (F22). */
  readonly hasNoVersions?: true;
  /** The methods for which S3 refuses a version id at a bucket's path; if this is left out, all methods (F22). */
  readonly bucketVersionIdRefusedFor?: readonly Method[];
  readonly takesNoValue?: true;
  /** The refusals at a bucket's path, after S3 found the bucket (F22). */
  readonly misplacedAtBucket?: ByMethod;
  /** The refusals at a key's path, after S3 found the bucket (F22). */
  readonly misplacedAtKey?: ByMethod;
  /** The methods that no operation has here. S3 refuses them only after it found the bucket (F22). */
  readonly bucketBeforeMethod?: readonly Method[];
}

const ofBucket = { bucketAtKey: true, hasNoVersions: true } as const;
const keyRequired = 'KeyRequired';

/** The names by which a query chooses an operation. S3 distinguishes their case, ignores their values (F20), and ignores other names. */
export const subResources: Readonly<Record<string, SubResource | undefined>> = {
  abac: { bucket: 'BUCKET_ABAC' },
  accelerate: { bucket: 'ACCELERATE', ...ofBucket },
  acl: { bucket: 'ACL', key: 'ACL', bucketVersionIdRefusedFor: ['DELETE', 'PATCH'] },
  analytics: { bucket: 'ANALYTICS' },
  annotation: { key: 'OBJECT_ANNOTATIONS' },
  // Beside `annotation` it names one; alone, S3 refuses it (F22).
  annotationName: { dialect: 'aws', key: 'OBJECT_ANNOTATIONS' },
  attributes: { key: 'OBJECT_ATTRIBUTES' },
  cors: { bucket: 'CORS', ...ofBucket },
  delete: { bucket: 'MULTI_OBJECT_DELETE', bucketAtKey: true },
  encryption: { bucket: 'ENCRYPTION', key: 'OBJECT_ENCRYPTION' },
  'intelligent-tiering': { bucket: 'INTELLIGENT_TIERING' },
  inventory: { bucket: 'INVENTORY', ...ofBucket },
  'legal-hold': { key: 'OBJECT_LOCK_LEGALHOLD' },
  lifecycle: { bucket: 'LIFECYCLE', ...ofBucket },
  location: { bucket: 'LOCATION', ...ofBucket },
  logging: { bucket: 'LOGGING_STATUS', ...ofBucket, misplacedAtKey: { GET: 'LoggingOfKey' } },
  metadataAnnotationTable: { bucket: 'BUCKET_METADATA_ANNOTATION_TABLE_CONFIGURATION' },
  metadataConfiguration: { bucket: 'BUCKET_METADATA_CONFIGURATION' },
  metadataInventoryTable: { bucket: 'BUCKET_METADATA_INVENTORY_TABLE_CONFIGURATION' },
  metadataJournalTable: { bucket: 'BUCKET_METADATA_JOURNAL_TABLE_CONFIGURATION' },
  metadataTable: { bucket: 'BUCKET_METADATA_TABLE_CONFIGURATION' },
  metrics: { bucket: 'METRICS' },
  notification: { bucket: 'NOTIFICATION', ...ofBucket },
  'object-lock': { bucket: 'OBJECT_LOCK_CONFIGURATION' },
  ownershipControls: { bucket: 'OWNERSHIP_CONTROLS' },
  policy: { bucket: 'BUCKETPOLICY', ...ofBucket },
  policyStatus: { bucket: 'POLICY_STATUS' },
  publicAccessBlock: { bucket: 'PUBLIC_ACCESS_BLOCK' },
  replication: { bucket: 'REPLICATION', ...ofBucket },
  requestPayment: { bucket: 'REQUEST_PAYMENT', ...ofBucket },
  restore: {
    bucket: 'RESTORE',
    key: 'RESTORE',
    bucketVersionIdRefusedFor: ['DELETE', 'PATCH'],
    misplacedAtBucket: { POST: 'UserKeyRequired' },
  },
  retention: { key: 'OBJECT_LOCK_RETENTION' },
  select: { key: 'SELECT' },
  tagging: { bucket: 'TAGGING', key: 'OBJECT_TAGGING' },
  torrent: { bucket: 'TORRENT', key: 'TORRENT', hasNoVersions: true, bucketBeforeMethod: ['GET'] },
  uploadId: {
    bucket: 'UPLOAD',
    key: 'UPLOAD',
    withPartNumber: 'PART',
    hasNoVersions: true,
    misplacedAtBucket: { GET: keyRequired, POST: keyRequired, DELETE: keyRequired },
  },
  uploads: {
    bucket: 'UPLOADS',
    key: 'UPLOADS',
    hasNoVersions: true,
    misplacedAtBucket: { POST: keyRequired },
    misplacedAtKey: { GET: 'UploadsOfKey' },
  },
  versioning: { bucket: 'VERSIONING', ...ofBucket },
  versions: { bucket: 'BUCKETVERSIONS', ...ofBucket, misplacedAtKey: { GET: 'VersionsOfKey' } },
  website: { bucket: 'WEBSITE', ...ofBucket, takesNoValue: true },
  // Only COS has these names.
  extendRetention: { dialect: 'ibm-cos', key: 'EXTEND_RETENTION' },
  'ibm-replication-failures': { dialect: 'ibm-cos', bucket: 'REPLICATION_FAILURES' },
  'ibm-replication-reattempt': { dialect: 'ibm-cos', bucket: 'REPLICATION_REATTEMPT' },
  legalHold: { dialect: 'ibm-cos', key: 'LEGAL_HOLD' },
  protection: { dialect: 'ibm-cos', bucket: 'PROTECTION' },
};
