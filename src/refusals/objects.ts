import { writeHttpDate } from '../formats/dates';
import {
  type Argument,
  allDetails,
  byCode,
  type Header,
  invalidArgument,
  invalidRequest,
  quotingArgument,
  type Refusal,
  refusal,
  type Texts,
  valueInvalid,
} from './refusal';

/** The delete marker that a request found. */
export interface MarkerAnswer {
  readonly versionId: string;
  /** The time. Only reads of the object itself answer with it. */
  readonly lastModified?: number;
}

const notImplemented = refusal('NotImplemented', 501);
const headerNotImplemented = 'A header you provided implies functionality that is not implemented';
const textAtCos = { message: `${headerNotImplemented}.` };

type OfHeader = Texts<'Header'>;

/** A NotImplemented about the header of a condition, with more to say about it. */
function conditionNotImplemented(more: (details: OfHeader) => string): Refusal<OfHeader> {
  return notImplemented<OfHeader>(headerNotImplemented, {
    fields: ({ Header }) => ({ Header, additionalMessage: more({ Header }) }),
    cos: textAtCos,
  });
}

/** Refusals of objects and their versions. */
export const objects = {
  /** A request for the current version of a key that has none, or whose current version is a delete marker. */
  NoSuchKey: refusal('NoSuchKey', 404)<{ readonly Key: string; readonly marker?: MarkerAnswer }>(
    'The specified key does not exist.',
    {
      fields: ({ Key }) => ({ Key }),
      headers: ({ marker }) => (marker ? markerHeaders(marker) : []),
      whenFailed: ({ key = '' }) => ({ Key: key }),
    },
  ),
  /** A request for a version whose id was issued and which its key does not have, or a batch's deletion of a made-up id. */
  NoSuchVersion: refusal('NoSuchVersion', 404)<Texts<'Key' | 'VersionId'>>('The specified version does not exist.', {
    fields: allDetails,
    whenFailed: ({ key = '', query }) => ({ Key: key, VersionId: query.get('versionId') ?? '' }),
  }),
  /** A read or change of a version that is a delete marker, which can only be deleted. */
  MarkerNotAllowed: refusal('MethodNotAllowed', 405)<{ readonly Method: string; readonly marker?: MarkerAnswer }>(
    'The specified method is not allowed against this resource.',
    {
      fields: ({ Method }) => ({ Method, ResourceType: 'DeleteMarker' }),
      headers: ({ marker }) => [...(marker ? markerHeaders(marker) : []), ['Allow', 'DELETE']],
    },
  ),
  /** A request whose version id is the empty text. */
  VersionIdEmpty: invalidArgument<Texts<'ArgumentName'>>('Version id cannot be the empty string', {
    fields: ({ ArgumentName }) => ({ ArgumentName, ArgumentValue: '' }),
  }),
  /** A request whose version id the bucket never issued, or a GET or PUT of a bucket's ACL with any version id. */
  VersionIdInvalid: invalidArgument('Invalid version id specified', quotingArgument),
  /** A request whose key has more than 1,024 bytes. */
  KeyTooLong: refusal('KeyTooLongError', 400)<{ readonly Size: number }>('Your key is too long', {
    fields: ({ Size }) => ({ Size: String(Size), MaxSizeAllowed: '1024' }),
    cos: { code: 'KeyTooLong', message: 'Your key is too long.' },
  }),
  /** A write with more than 2,048 bytes of metadata, or of other headers that describe the object. */
  MetadataTooLarge: refusal('MetadataTooLarge', 400)<{ readonly Size: number }>(
    'Your metadata headers exceed the maximum allowed metadata size',
    {
      fields: ({ Size }) => ({ Size: String(Size), MaxSizeAllowed: '2048' }),
      cos: { message: 'Your metadata headers exceed the maximum allowed metadata size.' },
    },
  ),
  /** A write whose website redirect is neither a path nor an http URL. */
  InvalidRedirectLocation: refusal(
    'InvalidRedirectLocation',
    400,
  )("The website redirect location must have a prefix of 'http://' or 'https://' or '/'."),
  /** A write into a storage class that S3 does not have, or that no client can write to. */
  StorageClassInvalid: refusal('InvalidStorageClass', 400)<Texts<'StorageClassRequested'>>(
    'The storage class you specified is not valid',
    { fields: allDetails },
  ),
  /** A write in a storage class that only volumes of Amazon FSx have. */
  StorageClassOfVolume: valueInvalid('x-amz-storage-class', 'The storage class you specified is not valid'),
  /** A read of an object whose storage class has to be restored before it is read. */
  ObjectArchived: refusal('InvalidObjectState', 403)<{
    readonly StorageClass: string;
    readonly AccessTier?: string | undefined;
  }>("The operation is not valid for the object's storage class", {
    fields: allDetails,
    cos: { message: 'The operation is not valid for the current state of the object.' },
    meantByCode: true,
  }),
  /** A DeleteBucket of a bucket with versions, delete markers among them. */
  BucketNotEmpty: refusal('BucketNotEmpty', 409)<{ readonly BucketName: string; readonly versioned: boolean }>(
    ({ versioned }) =>
      versioned
        ? 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.'
        : 'The bucket you tried to delete is not empty',
    {
      fields: ({ BucketName }) => ({ BucketName }),
      cos: { message: 'The bucket you tried to delete is not empty.' },
      whenFailed: ({ bucket = '' }) => ({ BucketName: bucket, versioned: false }),
    },
  ),
  /** A condition of a read, a write, a deletion or a copy's source that the present object does not meet. */
  PreconditionFailed: refusal('PreconditionFailed', 412)<Texts<'Condition'>>(
    'At least one of the pre-conditions you specified did not hold',
    {
      fields: allDetails,
      cos: { message: 'At least one of the preconditions you specified did not hold.' },
      whenFailed: ({ headers }) => ({ Condition: headers.has('if-none-match') ? 'If-None-Match' : 'If-Match' }),
    },
  ),
  /** A read of an object that is unchanged by its If-None-Match or If-Modified-Since. */
  NotModified: refusal('NotModified', 304)<{
    readonly etag: string;
    readonly lastModified: number;
    readonly versionId: string | undefined;
  }>('', {
    headers: ({ etag, lastModified, versionId }) => [
      ['Last-Modified', writeHttpDate(lastModified)],
      ['ETag', `"${etag}"`],
      ...(versionId === undefined ? [] : [['x-amz-version-id', versionId] as const]),
    ],
  }),
  /** A CompleteMultipartUpload with a condition, on a key that was written or deleted since its upload began. */
  ConditionalRequestConflict: refusal('ConditionalRequestConflict', 409)<Texts<'Condition' | 'Key'>>(
    'The conditional request cannot succeed due to a conflicting operation against this resource.',
    { fields: allDetails },
  ),
  /** A condition that its operation does not take, an upload in HTTP's own chunks without its length, or a header of directory buckets. */
  HeaderNotImplemented: notImplemented<OfHeader>(headerNotImplemented, {
    fields: ({ Header }) => ({ Header }),
    cos: textAtCos,
    meantByCode: true,
  }),
  /** A PutObject with ?renameObject, which only directory buckets have. */
  QueryNotImplemented: notImplemented<Texts<'QueryParameter'>>(
    'A query parameter you provided implies functionality that is not implemented',
    { fields: allDetails },
  ),
  /** A deletion of a version with a condition. */
  ConditionOnVersion: conditionNotImplemented(
    () => 'Conditional delete operations are not allowed when a version ID is included in the request parameters.',
  ),
  /** An entry of a batch of deletions that names a version, with a condition. */
  EntryConditionOnVersion: notImplemented('A form field you provided implies functionality that is not implemented', {
    cos: textAtCos,
  }),
  /** A write with If-Match and If-None-Match. */
  ConditionsSeveral: notImplemented(headerNotImplemented, {
    fields: {
      Header: 'If-Match,If-None-Match',
      additionalMessage: 'Multiple conditional request headers present in the request',
    },
    cos: textAtCos,
  }),
  /** A write whose If-Match is an asterisk, or whose If-None-Match is anything else. */
  ConditionNotAccepted: conditionNotImplemented(
    ({ Header }) => `We don't accept the provided value of ${Header} header for this API`,
  ),
  /** A write or a deletion whose If-Match is empty. */
  IfMatchEmpty: invalidArgument('The value provided for the If-Match query parameter cannot be empty for this API.', {
    fields: { ArgumentName: 'If-Match' },
  }),
  /** A deletion with two lines of If-Match. */
  IfMatchSeveral: invalidRequest('Only one value may be specified for the If-Match header.', byCode),
  /** A read of a range that begins beyond the end of the object. */
  InvalidRange: refusal('InvalidRange', 416)<{ readonly RangeRequested: string; readonly ActualObjectSize: number }>(
    'The requested range is not satisfiable',
    { fields: allDetails, cos: { message: 'The requested range cannot be satisfied.' } },
  ),
  /** A read of a part with a higher number than the object has parts. */
  InvalidPartNumber: refusal('InvalidPartNumber', 416)<{
    readonly ActualPartCount: number;
    readonly PartNumberRequested: number;
  }>('The requested partnumber is not satisfiable', {
    fields: ({ PartNumberRequested, ActualPartCount }) => ({
      PartNumberRequested: String(PartNumberRequested),
      ActualPartCount: String(ActualPartCount),
    }),
  }),
  /** A request without a customer's key for an object, or a copy's source, that was written with one. */
  EncryptionKeyRequired: invalidRequest(
    'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
    {
      cos: {
        message:
          'The object was stored using a form of Server-Side Encryption. The correct parameters must be provided to retrieve the object.',
      },
    },
  ),
  /** A read with a response- parameter that overrides no header. */
  OverrideUnknown: invalidArgument<Argument>(
    ({ ArgumentName }) =>
      `${ArgumentName} is not in the set of overridable response headers. Please refer to the S3 API documentation for a complete list of overridable response headers.`,
    { fields: allDetails },
  ),
  /** A read without credentials that overrides headers of the answer. */
  OverrideByAnonymous: invalidRequest('Request specific response headers cannot be used for anonymous GET requests.', {
    cos: { code: 'AccessDenied', status: 403, message: 'Access Denied' },
    failsByName: false,
  }),
  /** A read that overrides a header of the answer with text that no header can carry. */
  OverrideNotLatin1: invalidArgument('Header value cannot be represented using ISO-8859-1.', quotingArgument),
  /** A read with both a range and a part number. */
  RangeWithPartNumber: invalidRequest('Cannot specify both Range header and partNumber query parameter', byCode),
  /** A read whose x-amz-checksum-mode is not ENABLED. */
  ChecksumModeInvalid: invalidRequest('Value for x-amz-checksum-mode header is invalid.', byCode),
  /** A GetObjectAttributes that asks for an attribute that S3 does not have. */
  AttributeNameInvalid: invalidArgument('Invalid attribute name specified.', quotingArgument),
  // S3 answers an internal error to such a marker (F193).
  /** A GetObjectAttributes that asks for the parts behind a negative number. */
  PartMarkerNegative: refusal('InternalError', 500)('We encountered an internal error. Please try again.'),
  /** A GetObjectAttributes that asks for no attribute. */
  AttributesMissing: invalidRequest(
    'The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty',
    byCode,
  ),
  /** A restore of a version that is read at once, by its storage class or in its tier of INTELLIGENT_TIERING. */
  RestoreOfReadable: refusal('InvalidObjectState', 403)(
    "Restore is not allowed for the object's current storage class",
    { cos: { message: 'The operation is not valid for the current state of the object.' } },
  ),
  /** A restore of a version that is being restored, unless it asks for a faster tier and the same days. */
  RestoreOngoing: refusal('RestoreAlreadyInProgress', 409)('Object restore is already in progress'),
  /** A restore with days of a version of INTELLIGENT_TIERING, which leaves its archive tier for good. */
  RestoreDaysNotExpected: invalidArgument(
    'INTELLIGENT_TIERING objects are not subject to restore expiry. Do not specify Days when restoring this object',
  ),
  /** A restore for a number of days below 1. */
  RestoreDaysNotPositive: valueInvalid('Days', "'Days' must be a positive integer"),
  /** A restore by a tier that the archive of the version does not have, such as Expedited from DEEP_ARCHIVE. */
  RestoreTierNotOffered: refusal('InvalidTier', 403)('Retrieval option is not supported by this storage class', {
    // F813
    cos: { code: 'InvalidArgument', status: 400, message: 'Invalid Argument' },
  }),
  /** A restore that selects from the object by SQL, which S3 has closed to new customers. */
  RestoreBySelect: refusal('MethodNotAllowed', 405)('The specified method is not allowed against this resource.', {
    fields: { Method: 'POST', ResourceType: 'OBJECT' },
  }),
};

function markerHeaders({ versionId, lastModified }: MarkerAnswer): readonly Header[] {
  return [
    ['x-amz-delete-marker', 'true'],
    ...(lastModified === undefined ? [] : [['Last-Modified', writeHttpDate(lastModified)] as const]),
    ['x-amz-version-id', versionId],
  ];
}
