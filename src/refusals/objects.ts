import { httpDate } from '../formats/dates';
import { type Argument, allDetails, anyArgument, argument, type Header, refusal } from './refusal';

/** The delete marker that a request found. */
export interface MarkerAnswer {
  readonly versionId: string;
  /** Only reads of the object itself answer with the time. */
  readonly lastModified?: number;
}

/** Refusals of objects and their versions. */
export const objects = {
  /** A request for the current version of a key that has none, or whose current version is a delete marker. */
  NoSuchKey: refusal<{ readonly Key: string; readonly marker?: MarkerAnswer }>(
    'NoSuchKey',
    404,
    'The specified key does not exist.',
    {
      fields: ({ Key }) => ({ Key }),
      headers: ({ marker }) => (marker ? markerHeaders(marker) : []),
      whenFailed: ({ key = '' }) => ({ Key: key }),
    },
  ),
  /** A request for a version whose id was issued and which its key does not have, or a batch's deletion of a made-up id. */
  NoSuchVersion: refusal<{ readonly Key: string; readonly VersionId: string }>(
    'NoSuchVersion',
    404,
    'The specified version does not exist.',
    {
      fields: allDetails,
      whenFailed: ({ key = '', query }) => ({ Key: key, VersionId: query.get('versionId') ?? '' }),
    },
  ),
  /** A read or change of a version that is a delete marker, which can only be deleted. */
  MarkerNotAllowed: refusal<{ readonly Method: string; readonly marker?: MarkerAnswer }>(
    'MethodNotAllowed',
    405,
    'The specified method is not allowed against this resource.',
    {
      fields: ({ Method }) => ({ Method, ResourceType: 'DeleteMarker' }),
      headers: ({ marker }) => [...(marker ? markerHeaders(marker) : []), ['Allow', 'DELETE']],
    },
  ),
  /** A request whose version id is the empty text. */
  VersionIdEmpty: refusal<{ readonly ArgumentName: string }>(
    'InvalidArgument',
    400,
    'Version id cannot be the empty string',
    { fields: ({ ArgumentName }) => ({ ArgumentName, ArgumentValue: '' }) },
  ),
  /** A request whose version id the bucket never issued, or a GET or PUT of a bucket's ACL with any version id. */
  VersionIdInvalid: refusal<Argument>('InvalidArgument', 400, 'Invalid version id specified', { fields: anyArgument }),
  /** A request whose key has more than 1,024 bytes. */
  KeyTooLong: refusal<{ readonly Size: number }>('KeyTooLongError', 400, 'Your key is too long', {
    fields: ({ Size }) => ({ Size: String(Size), MaxSizeAllowed: '1024' }),
    cos: { code: 'KeyTooLong', message: 'Your key is too long.' },
  }),
  /** A write with more than 2,048 bytes of metadata, or of other headers that describe the object. */
  MetadataTooLarge: refusal<{ readonly Size: number }>(
    'MetadataTooLarge',
    400,
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
    "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.",
  ),
  /** A write into a storage class that S3 does not have, or that no client can write to. */
  StorageClassInvalid: refusal<{ readonly StorageClassRequested: string }>(
    'InvalidStorageClass',
    400,
    'The storage class you specified is not valid',
    { fields: allDetails },
  ),
  /** A write in a storage class that only volumes of Amazon FSx have. */
  StorageClassOfVolume: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    'The storage class you specified is not valid',
    { fields: argument('x-amz-storage-class') },
  ),
  /** A read of an object whose storage class has to be restored before it is read. */
  ObjectArchived: refusal<{ readonly StorageClass: string; readonly AccessTier?: string | undefined }>(
    'InvalidObjectState',
    403,
    "The operation is not valid for the object's storage class",
    {
      fields: allDetails,
      cos: { message: 'The operation is not valid for the current state of the object.' },
      meantByCode: true,
    },
  ),
  /** A DeleteBucket of a bucket with versions, delete markers among them. */
  BucketNotEmpty: refusal<{ readonly BucketName: string; readonly versioned: boolean }>(
    'BucketNotEmpty',
    409,
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
};

function markerHeaders({ versionId, lastModified }: MarkerAnswer): readonly Header[] {
  return [
    ['x-amz-delete-marker', 'true'],
    ...(lastModified === undefined ? [] : [['Last-Modified', httpDate(lastModified)] as const]),
    ['x-amz-version-id', versionId],
  ];
}
