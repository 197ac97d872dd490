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
  MfaWithTemporaryCredentials: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'DevPay and Mfa are mutually exclusive authorization methods.',
  }),
  MfaNotByOwner: refusal({
    code: 'AccessDenied',
    status: 403,
    message: 'This operation may only be performed by the bucket owner',
  }),
  MfaDeviceNotOwned: refusal<{ readonly serial: string; readonly code: string }>({
    code: 'NotDeviceOwnerError',
    status: 400,
    message: ({ serial, code }) =>
      `The device with serial number ${serial} that generated token ${code} is not owned by the authenticated user`,
    standardMessage: 'The device that generated the token is not owned by the authenticated user.',
  }),
  MfaDeviceNotActive: refusal({
    code: 'DeviceNotActiveError',
    status: 400,
    message: 'The device is not currently active.',
  }),
  MfaCodeInvalid: refusal({
    code: 'TokenCodeInvalidError',
    status: 400,
    message: 'The serial number and/or token code you provided is not valid.',
  }),
};
