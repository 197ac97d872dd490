import { argument, refusal } from './refusal';

/** Refusals of versioning and of MFA Delete. */
export const versioning = {
  VersioningStatusMissing: refusal({
    code: 'IllegalVersioningConfigurationException',
    status: 400,
    message: 'The Versioning element must be specified',
  }),
  VersioningFixedByObjectLock: refusal({
    code: 'InvalidBucketState',
    status: 409,
    message: 'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
    cos: { message: 'The request is not valid with the current state of the bucket.' },
    meantByCode: true,
  }),
  MfaRequired: refusal({
    code: 'AccessDenied',
    status: 403,
    message: 'Mfa Authentication must be used for this request',
  }),
  MfaHeaderMalformed: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'Mfa header is invalid -- the header should be formatted as {serialNumber}(space){tokenCode}',
    fields: argument('x-amz-mfa'),
  }),
  MfaNotByOwner: refusal({
    code: 'AccessDenied',
    status: 403,
    message: 'This operation may only be performed by the bucket owner',
  }),
};
