import { httpDate } from '../formats/dates';
import { allDetails, type RefusalForms } from './form';

/** What S3 refuses of objects, their versions and conditions. */
export const objectRefusals: RefusalForms<
  | 'NoSuchKey'
  | 'NoSuchVersion'
  | 'MarkerNotAllowed'
  | 'VersionIdEmpty'
  | 'VersionIdInvalid'
  | 'KeyTooLong'
  | 'MetadataTooLarge'
  | 'StorageClassInvalid'
  | 'ObjectArchived'
  | 'PreconditionFailed'
  | 'NotModified'
  | 'HeaderNotImplemented'
  | 'ConditionalRequestConflict'
  | 'InvalidRange'
  | 'InvalidPartNumber'
  | 'RequestInvalid'
  | 'BucketNotEmpty'
  | 'EncryptionKeyRequired'
  | 'AclNotSupported'
  | 'OverrideUnknown'
> = {
  NoSuchKey: {
    code: 'NoSuchKey',
    status: 404,
    message: 'The specified key does not exist.',
    elements: ({ Key }) => ({ Key }),
    headers: ({ marker }) => (marker ? markerHeaders(marker) : []),
  },
  NoSuchVersion: {
    code: 'NoSuchVersion',
    status: 404,
    message: 'The specified version does not exist.',
    elements: allDetails,
  },
  MarkerNotAllowed: {
    code: 'MethodNotAllowed',
    status: 405,
    message: 'The specified method is not allowed against this resource.',
    elements: ({ Method }) => ({ Method, ResourceType: 'DeleteMarker' }),
    headers: ({ marker }) => [...(marker ? markerHeaders(marker) : []), ['Allow', 'DELETE']],
  },
  VersionIdEmpty: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Version id cannot be the empty string',
    elements: ({ ArgumentName }) => ({ ArgumentName, ArgumentValue: '' }),
  },
  VersionIdInvalid: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Invalid version id specified',
    elements: ({ ArgumentName, ArgumentValue }) => ({ ArgumentName, ArgumentValue }),
  },
  KeyTooLong: {
    code: 'KeyTooLongError',
    status: 400,
    message: 'Your key is too long',
    elements: ({ Size }) => ({ Size: String(Size), MaxSizeAllowed: '1024' }),
    cos: { code: 'KeyTooLong', message: 'Your key is too long.' },
  },
  MetadataTooLarge: {
    code: 'MetadataTooLarge',
    status: 400,
    message: 'Your metadata headers exceed the maximum allowed metadata size',
    elements: ({ Size }) => ({ Size: String(Size), MaxSizeAllowed: '2048' }),
    cos: { message: 'Your metadata headers exceed the maximum allowed metadata size.' },
  },
  StorageClassInvalid: {
    code: 'InvalidStorageClass',
    status: 400,
    message: 'The storage class you specified is not valid',
    elements: allDetails,
  },
  ObjectArchived: {
    code: 'InvalidObjectState',
    status: 403,
    message: "The operation is not valid for the object's storage class",
    elements: allDetails,
    cos: { message: 'The operation is not valid for the current state of the object.' },
  },
  PreconditionFailed: {
    code: 'PreconditionFailed',
    status: 412,
    message: 'At least one of the pre-conditions you specified did not hold',
    elements: allDetails,
    cos: { message: 'At least one of the preconditions you specified did not hold.' },
  },
  NotModified: {
    code: 'NotModified',
    status: 304,
    message: '',
    headers: ({ etag, lastModified, versionId }) => [
      ['Last-Modified', httpDate(lastModified)],
      ['ETag', `"${etag}"`],
      ...(versionId === undefined ? [] : [['x-amz-version-id', versionId] as const]),
    ],
  },
  HeaderNotImplemented: {
    code: 'NotImplemented',
    status: 501,
    message: 'A header you provided implies functionality that is not implemented',
    elements: ({ Header, additionalMessage }) => ({ Header, additionalMessage }),
    cos: { message: 'A header you provided implies functionality that is not implemented.' },
  },
  ConditionalRequestConflict: {
    code: 'ConditionalRequestConflict',
    status: 409,
    message: 'The conditional request cannot succeed due to a conflicting operation against this resource.',
    elements: allDetails,
  },
  InvalidRange: {
    code: 'InvalidRange',
    status: 416,
    message: 'The requested range is not satisfiable',
    elements: allDetails,
    cos: { message: 'The requested range cannot be satisfied.' },
  },
  InvalidPartNumber: {
    code: 'InvalidPartNumber',
    status: 416,
    message: 'The requested partnumber is not satisfiable',
    elements: ({ PartNumberRequested, ActualPartCount }) => ({
      PartNumberRequested: String(PartNumberRequested),
      ActualPartCount: String(ActualPartCount),
    }),
  },
  RequestInvalid: { code: 'InvalidRequest', status: 400, message: ({ message }) => message },
  BucketNotEmpty: {
    code: 'BucketNotEmpty',
    status: 409,
    message: ({ versioned }) =>
      versioned
        ? 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.'
        : 'The bucket you tried to delete is not empty',
    elements: ({ BucketName }) => ({ BucketName }),
    cos: { message: 'The bucket you tried to delete is not empty.' },
  },
  AclNotSupported: { code: 'AccessControlListNotSupported', status: 400, message: 'The bucket does not allow ACLs' },
  OverrideUnknown: {
    code: 'InvalidArgument',
    status: 400,
    message: ({ ArgumentName }) =>
      `${ArgumentName} is not in the set of overridable response headers. Please refer to the S3 API documentation for a complete list of overridable response headers.`,
    elements: allDetails,
  },
  EncryptionKeyRequired: {
    code: 'InvalidRequest',
    status: 400,
    message:
      'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
  },
};

interface Marker {
  readonly versionId: string;
  readonly lastModified?: number;
}

function markerHeaders({ versionId, lastModified }: Marker): readonly (readonly [string, string])[] {
  return [
    ['x-amz-delete-marker', 'true'],
    ...(lastModified === undefined ? [] : [['Last-Modified', httpDate(lastModified)] as const]),
    ['x-amz-version-id', versionId],
  ];
}
