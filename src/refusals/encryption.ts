import { type DeniedAction, deniedBecause } from './denied-actions';
import { argument, refusal } from './refusal';

const keyWithoutKms = {
  code: 'InvalidArgument',
  status: 400,
  message:
    'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
  fields: { ArgumentName: 'x-amz-server-side-encryption' },
} as const;

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
  KmsRegionDiffers: refusal<{ readonly region: string }>({
    code: 'KMS.NotFoundException',
    status: 400,
    message: ({ region }) => `Invalid arn ${region}`,
  }),
};
