import { type DeniedAction, deniedBecause } from './denied-actions';
import { argument, refusal } from './refusal';

const keyWithoutKms = {
  code: 'InvalidArgument',
  status: 400,
  message:
    'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
  fields: { ArgumentName: 'x-amz-server-side-encryption' },
} as const;

/** The ARN of a KMS key, which S3 names. */
export interface KmsKey {
  readonly arn: string;
}

/** A refusal of a customer's key. The argument that S3 names is never the header of the key. */
const invalidKey = {
  code: 'InvalidArgument',
  status: 400,
  fields: { ArgumentName: 'x-amz-server-side-encryption' },
} as const;

/** A demand on requests with a customer's key. COS has hyphens in those that its table of errors has (F613). */
function ofCustomerKey(demand: string, atCos?: 'knownToCos') {
  const message = `Requests specifying Server Side Encryption with Customer provided keys ${demand}`;
  if (atCos === undefined) return refusal({ ...invalidKey, message });
  const ofCos = `Requests specifying Server-Side Encryption with Customer-Provided Keys ${demand}`;
  return refusal({ ...invalidKey, message, cos: { message: ofCos } });
}

/** Refusals of a bucket's encryption, and of objects because of it. */
export const encryption = {
  MasterKeyNotApplicable: refusal({
    code: 'InvalidArgument',
    status: 400,
    message: 'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
    fields: { ArgumentName: 'ApplyServerSideEncryptionByDefault' },
  }),
  /** A bucket that blocks SSE-C (F322). */
  CustomerKeyBlocked: refusal<DeniedAction>(
    deniedBecause(
      'this bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys (SSE-C). Please specify a different server-side encryption type',
    ),
  ),
  CustomerKeyInsecure: ofCustomerKey('must be made over a secure connection.', 'knownToCos'),
  CustomerKeyWithoutAlgorithm: ofCustomerKey('must provide a valid encryption algorithm.'),
  CustomerKeyMissing: ofCustomerKey('must provide an appropriate secret key.', 'knownToCos'),
  CustomerKeyNotBase64: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'The secret key was improperly encoded. The secret key must be Base64 encoded.',
    fields: argument('x-amz-server-side-encryption'),
  }),
  CustomerKeyTooShort: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'The secret key was invalid - too short.',
    fields: argument('x-amz-server-side-encryption'),
  }),
  CustomerKeyWithoutDigest: ofCustomerKey('must provide the client calculated MD5 of the secret key.', 'knownToCos'),
  CustomerKeyDigestDiffers: refusal({
    ...invalidKey,
    message: 'The calculated MD5 hash of the key did not match the hash that was provided.',
    cos: { message: 'The calculated MD5 hash of the key did not match the hash that was provided.' },
  }),
  CustomerAlgorithmUnknown: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidEncryptionAlgorithmError',
    status: 400,
    message: 'The Encryption request you specified is not valid. Supported value: AES256.',
    fields: argument('x-amz-server-side-encryption'),
  }),
  CustomerKeyLengthInvalid: refusal({
    ...invalidKey,
    message: 'The secret key was invalid for the specified algorithm.',
  }),
  /** Another key than the one that the object was written with. */
  CustomerKeyDiffers: refusal({
    code: 'AccessDenied',
    status: 403,
    message:
      'Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.',
    cos: { message: 'Access Denied' },
  }),
  CustomerKeyNotApplicable: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'The encryption parameters are not applicable to this object.',
  }),
  EncryptionUnknown: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'The encryption method specified is not supported',
    fields: argument('x-amz-server-side-encryption'),
  }),
  EncryptionsIncompatible: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
    fields: argument('x-amz-server-side-encryption'),
  }),
  EncryptionNotSupported: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'x-amz-server-side-encryption header is not supported for this operation.',
    fields: argument('x-amz-server-side-encryption'),
  }),
  KmsKeyWithoutKms: refusal(keyWithoutKms),
  // S3 writes it without a declaration there (F431).
  KmsKeyOfAttributes: refusal({ ...keyWithoutKms, undeclared: true }),
  KmsKeyIdInvalid: refusal<{ readonly id: string }>({
    code: 'KMS.NotFoundException',
    status: 400,
    message: ({ id }) => `Invalid keyId '${id}'`,
    meantByCode: true,
  }),
  KmsKeyMissing: refusal<KmsKey>({
    code: 'KMS.NotFoundException',
    status: 400,
    message: ({ arn }) => `Key '${arn}' does not exist`,
  }),
  KmsKeyDisabled: refusal<KmsKey>({
    code: 'KMS.DisabledException',
    status: 400,
    message: ({ arn }) => `${arn} is disabled.`,
  }),
  KmsKeyPendingDeletion: refusal<KmsKey>({
    code: 'KMS.KMSInvalidStateException',
    status: 400,
    message: ({ arn }) => `${arn} is pending deletion.`,
  }),
  // The value is this word: the code of S3 has none (F631).
  KmsNeedsSignatureVersion4: refusal({
    code: 'InvalidArgument',
    status: 400,
    message: 'Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.',
    fields: { ArgumentName: 'Authorization', ArgumentValue: 'null' },
  }),
  EncryptionContextInvalid: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message:
      "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map",
    fields: argument('x-amz-server-side-encryption-context'),
  }),
  KmsRegionDiffers: refusal<{ readonly region: string }>({
    code: 'KMS.NotFoundException',
    status: 400,
    message: ({ region }) => `Invalid arn ${region}`,
  }),
};
