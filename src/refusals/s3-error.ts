/**
 * What S3 can refuse, by name, and the details that each refusal's answer carries. S3 has few codes and many texts, so a
 * name here stands for one text; `protocol/refusals` says how each looks on the wire.
 */
export interface RefusalDetails {
  // Buckets
  NoSuchBucket: { readonly BucketName: string };
  InvalidBucketName: { readonly BucketName: string };
  BucketAlreadyExists: { readonly BucketName: string };
  BucketAlreadyOwnedByYou: { readonly BucketName: string };
  LocationConstraintInvalid: { readonly LocationConstraint: string };
  LocationConstraintIncompatible: { readonly constraint: string };
  WrongRegion: { readonly Bucket: string; readonly region: string; readonly Endpoint: string };
  BucketRegionInvalid: { readonly value: string };
  BucketRegionElsewhere: Nothing;
  MaxBucketsInvalid: { readonly ArgumentValue: string };
  ContinuationTokenInvalid: Nothing;
  CreateBucketTagsReserved: Nothing;
  DuplicateBucketTags: Nothing;
  BucketAclForbidden: Nothing;
  CannedAclInvalid: { readonly ArgumentValue: string };

  // Versioning and MFA Delete
  VersioningStatusMissing: Nothing;
  VersioningFixedByObjectLock: Nothing;
  MfaRequired: Nothing;
  MfaHeaderMalformed: { readonly ArgumentValue: string };
  MfaNotByOwner: Nothing;

  // Lifecycle
  NoSuchLifecycleConfiguration: { readonly BucketName: string };
  TransitionMinimumInvalid: { readonly value: string };
  LifecycleWithMfaDelete: Nothing;
  MfaDeleteWithLifecycle: Nothing;

  // Object lock
  LockNeedsVersioning: Nothing;
  NoLockConfiguration: { readonly BucketName: string };
  DefaultRetentionNotPositive: { readonly ArgumentName: string };
  DefaultRetentionTooLong: { readonly ArgumentName: string };
  BucketWithoutLock: Nothing;
  WriteWithoutLock: Nothing;
  BypassWithoutLock: Nothing;
  NoSuchLock: Nothing;
  RetentionPast: { readonly ArgumentName: string; readonly ArgumentValue: string };
  RetentionDateMalformed: { readonly ArgumentValue: string };
  RetentionHalf: { readonly ArgumentName: string };
  LockModeUnknown: { readonly ArgumentValue: string };
  LegalHoldUnknown: { readonly ArgumentValue: string };
  LockDigestMissing: { readonly write: 'Put Object' | 'Put Part' };
  ObjectLocked: Nothing;

  // Objects, versions and their conditions
  NoSuchKey: { readonly Key: string; readonly marker?: MarkerAnswer };
  NoSuchVersion: { readonly Key: string; readonly VersionId: string };
  MarkerNotAllowed: { readonly Method: string; readonly marker?: MarkerAnswer };
  VersionIdEmpty: { readonly ArgumentName: string };
  VersionIdInvalid: { readonly ArgumentName: string; readonly ArgumentValue: string };
  KeyTooLong: { readonly Size: number };
  MetadataTooLarge: { readonly Size: number };
  StorageClassInvalid: { readonly StorageClassRequested: string };
  ObjectArchived: { readonly StorageClass: string };
  PreconditionFailed: { readonly Condition: string };
  NotModified: { readonly etag: string; readonly lastModified: number; readonly versionId: string | undefined };
  HeaderNotImplemented: { readonly Header: string; readonly additionalMessage?: string };
  ConditionalRequestConflict: { readonly Condition: string; readonly Key: string };
  InvalidRange: { readonly RangeRequested: string; readonly ActualObjectSize: number };
  InvalidPartNumber: { readonly ActualPartCount: number; readonly PartNumberRequested: number };
  RequestInvalid: { readonly message: string };
  BucketNotEmpty: { readonly BucketName: string; readonly versioned: boolean };
  TagHeaderInvalid: { readonly ArgumentValue: string };
  TagInvalid: { readonly part: 'Key' | 'Value'; readonly TagKey: string; readonly TagValue?: string };
  TagRepeated: { readonly TagKey: string };
  TagReserved: { readonly message: string; readonly TagKey: string };
  TooManyTags: { readonly message: string };
  NoSuchTagSet: { readonly BucketName: string };
  EncryptionKeyRequired: Nothing;
  AclNotSupported: Nothing;
  OverrideUnknown: { readonly ArgumentName: string; readonly ArgumentValue: string };

  // Listings
  /** An argument that S3 names without its value. */
  ArgumentNamed: { readonly message: string; readonly ArgumentName: string };
  ListingTextHasNull: { readonly ArgumentName: string; readonly ArgumentValue: string };
  DelimiterHasNull: Nothing;

  // Uploads in parts
  NoSuchUpload: { readonly UploadId: string };
  InvalidPart: { readonly UploadId: string; readonly PartNumber: number; readonly ETag: string };
  InvalidPartOrder: { readonly UploadId: string };
  EntityTooSmall: { readonly ProposedSize: number; readonly PartNumber: number; readonly ETag: string };
  PartNumberAlone: Nothing;
  PartNumberTooSmall: { readonly ArgumentValue: string };
  UploadIdMarkerInvalid: { readonly ArgumentValue: string };
  ObjectSizeMismatch: { readonly claimed: number; readonly computed: number };
  PartEncryptionMissing: Nothing;
  PartEncryptionDiffers: Nothing;
  CompletionEncryptionDiffers: Nothing;
  ChecksumAlgorithmUnsupported: Nothing;
  ChecksumAlgorithmsSeveral: Nothing;
  ChecksumTypeAlone: Nothing;
  ChecksumTypeUnusable: { readonly type: string; readonly algorithm: string };
  ChecksumTypeMismatch: { readonly expected: string; readonly actual: string };
  ChecksumModeMismatch: { readonly type: string };
  PartChecksumMissing: { readonly algorithm: string; readonly PartNumber: number };
  PartChecksumMismatch: { readonly algorithm: string; readonly PartNumber: number };
  PartChecksumsInvalid: { readonly ArgumentValue: string };

  // Copies
  CopySourceInvalid: { readonly part: 'bucket name' | 'object key' | 'encoding'; readonly ArgumentValue: string };
  CopySourceVersionInvalid: Nothing;
  CopySourceIsMarker: Nothing;
  CopySourceArchived: { readonly StorageClass: string };
  CopySourceNotExpected: { readonly ArgumentValue: string };
  CopyToItself: Nothing;
  CopyRangeMalformed: { readonly ArgumentValue: string };
  CopyRangeTooLong: { readonly size: number; readonly ArgumentValue: string };
  CopyRangeBeyond: Nothing;

  // Who may
  AccessDenied: Nothing;
  AnonymousNotAllowed: Nothing;
  AnonymousListBuckets: Nothing;
  ExpectedBucketOwnerInvalid: { readonly value: string };

  // How callers say who they are
  AuthorizationUnsupported: { readonly ArgumentValue: string };
  AuthorizationSpaceMissing: { readonly ArgumentValue: string };
  AuthorizationV2Malformed: { readonly ArgumentValue: string };
  AuthorizationHeaderMalformed: { readonly problem: string; readonly Region?: string };
  AuthorizationQueryMissing: Nothing;
  AuthorizationQueryAlgorithmUnsupported: Nothing;
  AuthorizationQueryCredentialMalformed: Nothing;
  AuthorizationQueryV2Missing: Nothing;
  AuthorizationTwice: { readonly ArgumentValue: string };
  AuthorizationQueryTwice: Nothing;
  InvalidAccessKeyId: { readonly AWSAccessKeyId: string };

  // Signatures, where they are checked
  DateMissing: Nothing;
  RequestTimeTooSkewed: { readonly RequestTime: string; readonly ServerTime: string };
  PresignedNotYetValid: { readonly 'X-Amz-Date': string; readonly Expires: string; readonly ServerTime: string };
  PresignedExpired: { readonly 'X-Amz-Expires'?: string; readonly Expires: string; readonly ServerTime: string };
  ExpiresInvalid: { readonly value: string };
  AuthorizationQueryInvalid: { readonly problem: string; readonly Region?: string };
  HeadersNotSigned: { readonly HeadersNotSigned: string };
  RegionSetMismatch: { readonly RequestedRegion: string; readonly RegionSet: string };
  SecurityTokenInvalid: { readonly 'Token-0': string };
  SignatureDoesNotMatch: {
    readonly AWSAccessKeyId: string;
    readonly StringToSign: string;
    readonly SignatureProvided: string;
    /** Signature Version 2 has none. */
    readonly CanonicalRequest?: string;
  };

  // Bodies
  MissingRequestBody: Nothing;
  MalformedXML: Nothing;
  MessageTooLong: { readonly MaxMessageLengthBytes: number };
  ContentMd5Invalid: { readonly value: string };
  ContentMd5Mismatch: { readonly ExpectedDigest: string; readonly CalculatedDigest: string };
  ContentMd5OrChecksumMissing: Nothing;
  ChecksumInvalid: { readonly header: string };
  ChecksumTrailerInvalid: { readonly header: string };
  ChecksumMismatch: { readonly algorithm: string };
  ChecksumMultiple: Nothing;
  ChecksumHeaderAndTrailer: Nothing;
  ChecksumAlgorithmUnknown: Nothing;
  ChecksumSdkAlgorithmInvalid: Nothing;
  ChecksumAnnouncedAndMissing: Nothing;
  TrailerUnsupported: Nothing;
  TrailerMalformed: Nothing;
  ContentSha256Missing: Nothing;
  ContentSha256Invalid: { readonly ArgumentValue: string };
  ContentSha256NotStreaming: Nothing;
  ContentSha256Mismatch: { readonly ClientComputedContentSHA256: string; readonly S3ComputedContentSHA256: string };
  ContentLengthMissing: Nothing;
  IncompleteBody: Nothing;
  DecodedLengthMismatch: { readonly NumberBytesExpected: number; readonly NumberBytesProvided: number };
  ChunkTooSmall: { readonly Chunk: number; readonly BadChunkSize: number };

  // Requests that are none of S3's
  ArgumentInvalid: { readonly message: string; readonly ArgumentName: string; readonly ArgumentValue: string };
  /** An argument that S3 refuses without naming it. */
  ArgumentPlain: { readonly message: string };
  InvalidUri: { readonly URI: string };
  RequestUnparsable: Nothing;
  TransferEncodingUnknown: Nothing;
  TransferEncodingUnsupported: Nothing;
  MethodNotAllowed: { readonly Method: string; readonly ResourceType: string; readonly allow: readonly string[] };
  QueryConflict: { readonly names: readonly string[] };
  LoggingOfKey: Nothing;
  VersionsOfKey: Nothing;
  UploadsOfKey: Nothing;
  KeyRequired: Nothing;
  UserKeyRequired: Nothing;
  KeyNameInvalid: Nothing;
  BucketPostNotForm: Nothing;
  VersionIdNotAccepted: { readonly ArgumentValue: string };
  NotImplemented: { readonly operation: string };
  CorsBucketMissing: { readonly Method: string; readonly ResourceType: string };
  CorsNotEnabled: { readonly Method: string; readonly ResourceType: string };
  CorsOriginMissing: Nothing;
  CorsMethodInvalid: { readonly method: string };

  // IBM Cloud's token service
  IamGrantTypeUnsupported: { readonly value: string };
  IamResponseTypeInvalid: { readonly value: string };
  IamPropertyMissing: { readonly property: string };
  IamApiKeyUnknown: Nothing;
  IamRefreshTokenExpired: Nothing;

  // IBM COS
  ServiceInstanceInvalid: Nothing;

  // The service's own trouble
  InternalError: Nothing;
  SlowDown: Nothing;
  ServiceUnavailable: Nothing;
  RequestTimeout: Nothing;
  OperationAborted: Nothing;
  TooManyBuckets: Nothing;
  EntityTooLarge: Nothing;
  /** Any code, where a test wants it. */
  Failure: { readonly code: string; readonly status: number; readonly message: string };

  // Answers of the mock's own
  MockInternalError: { readonly problem: string };
  MockReset: Nothing;
  MockStopped: Nothing;
  MockUnknownHost: { readonly host: string; readonly why: string };
}

/** What an answer tells of the delete marker that it met with. */
interface MarkerAnswer {
  readonly versionId: string;
  /** Told to who reads the object itself. */
  readonly lastModified?: number;
}

type Nothing = { readonly [Key in never]: never };

/** The name of a refusal. */
export type RefusalName = keyof RefusalDetails;

/** The names of the refusals that carry no details. */
type Plain = {
  [Name in RefusalName]: RefusalDetails[Name] extends Nothing
    ? keyof RefusalDetails[Name] extends never
      ? Name
      : never
    : never;
}[RefusalName];

type Arguments<Name extends RefusalName> = Name extends Plain
  ? [details?: RefusalDetails[Name], why?: string]
  : [details: RefusalDetails[Name], why?: string];

/** A refusal of S3's: `throw new S3Error('NoSuchBucket', { BucketName })`. `why` is our own sentence for the journal. */
export class S3Error<Name extends RefusalName = RefusalName> extends Error {
  readonly details: RefusalDetails[Name];
  readonly why: string | undefined;

  constructor(
    readonly refusal: Name,
    ...[details, why]: Arguments<Name>
  ) {
    super(why === undefined ? refusal : `${refusal}: ${why}`);
    this.name = 'S3Error';
    this.details = (details ?? {}) as RefusalDetails[Name]; // left out only where there are none
    this.why = why;
  }
}
