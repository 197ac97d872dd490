import { accessDenied, invalidRequest, refusal, type Texts, valueInvalid } from './refusal';

/** Refusals of versioning and of MFA Delete. */
export const versioning = {
  /** A PUT of versioning whose document has no Status. */
  VersioningStatusMissing: refusal('IllegalVersioningConfigurationException', 400)(
    'The Versioning element must be specified',
    { cos: { message: 'Indicates that the versioning configuration specified in the request is invalid.' } },
  ),
  /** A PUT of versioning that suspends it, on a bucket with object lock. */
  VersioningFixedByObjectLock: refusal('InvalidBucketState', 409)(
    'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
    { cos: { message: 'The request is not valid with the current state of the bucket.' }, meantByCode: true },
  ),
  /** A change of versioning or a deletion of a version that needs a code of an MFA device, without x-amz-mfa. */
  MfaRequired: accessDenied('Mfa Authentication must be used for this request'),
  /** An x-amz-mfa that is not a serial number, a space and a code. */
  MfaHeaderMalformed: valueInvalid(
    'x-amz-mfa',
    'Mfa header is invalid -- the header should be formatted as {serialNumber}(space){tokenCode}',
  ),
  /** An x-amz-mfa in a request with temporary credentials, on a bucket with MFA Delete or to turn it on. */
  MfaWithTemporaryCredentials: invalidRequest('DevPay and Mfa are mutually exclusive authorization methods.'),
  /** An x-amz-mfa of a caller who is not the root user of the bucket's owner. */
  MfaNotByOwner: accessDenied('This operation may only be performed by the bucket owner'),
  /** An x-amz-mfa with the serial number of a device that the root user does not have. */
  MfaDeviceNotOwned: refusal('NotDeviceOwnerError', 400)<Texts<'serial' | 'code'>>(
    ({ serial, code }) =>
      `The device with serial number ${serial} that generated token ${code} is not owned by the authenticated user`,
    { standardMessage: 'The device that generated the token is not owned by the authenticated user.' },
  ),
  /** An x-amz-mfa with a code of a device that was deactivated. */
  MfaDeviceNotActive: refusal('DeviceNotActiveError', 400)('The device is not currently active.'),
  /** An x-amz-mfa with a code that the device does not show, or that was used before. */
  MfaCodeInvalid: refusal(
    'TokenCodeInvalidError',
    400,
  )('The serial number and/or token code you provided is not valid.'),
};
