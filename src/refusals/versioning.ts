import { argument, type RefusalForms } from './form';

/** What S3 refuses of versioning and of MFA Delete. */
export const versioningRefusals: RefusalForms<
  'VersioningStatusMissing' | 'VersioningFixedByObjectLock' | 'MfaRequired' | 'MfaHeaderMalformed' | 'MfaNotByOwner'
> = {
  VersioningStatusMissing: {
    code: 'IllegalVersioningConfigurationException',
    status: 400,
    message: 'The Versioning element must be specified',
  },
  VersioningFixedByObjectLock: {
    code: 'InvalidBucketState',
    status: 409,
    message: 'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
    cos: { message: 'The request is not valid with the current state of the bucket.' },
  },
  MfaRequired: { code: 'AccessDenied', status: 403, message: 'Mfa Authentication must be used for this request' },
  MfaHeaderMalformed: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Mfa header is invalid -- the header should be formatted as {serialNumber}(space){tokenCode}',
    elements: argument('x-amz-mfa'),
  },
  MfaNotByOwner: {
    code: 'AccessDenied',
    status: 403,
    message: 'This operation may only be performed by the bucket owner',
  },
};
