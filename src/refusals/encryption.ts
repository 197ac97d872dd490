import { deniedBecause } from './denied-actions';
import {
  accessDenied,
  argument,
  byCode,
  invalidArgument,
  invalidRequest,
  refusal,
  type Texts,
  valueInvalid,
} from './refusal';

const keyNotFound = refusal('KMS.NotFoundException', 400);

const ofEncryptionHeader = { fields: { ArgumentName: 'x-amz-server-side-encryption' } } as const;

type KmsKey = Texts<'arn'>;

/**
 * A demand on requests with a customer's key. The argument that S3 names is never the header of the key. COS writes hyphens in the
 * arguments of its table of errors (F613).
 */
function ofCustomerKey(demand: string, atCos?: 'knownToCos') {
  const message = `Requests specifying Server Side Encryption with Customer provided keys ${demand}`;
  if (atCos === undefined) return invalidArgument(message, ofEncryptionHeader);
  const ofCos = `Requests specifying Server-Side Encryption with Customer-Provided Keys ${demand}`;
  return invalidArgument(message, { ...ofEncryptionHeader, cos: { message: ofCos } });
}

const digestDiffers = 'The calculated MD5 hash of the key did not match the hash that was provided.';

/** Refusals of a bucket's encryption, and of objects because of it. */
export const encryption = {
  /** A PUT of a bucket's default encryption that names AES256 and a KMS key. */
  MasterKeyNotApplicable: invalidArgument(
    'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
    { fields: { ArgumentName: 'ApplyServerSideEncryptionByDefault' } },
  ),
  /** A PUT of a bucket's default encryption that blocks no word, a word twice, or NONE beside SSE-C (F320). */
  BlockedEncryptionTypesInvalid: invalidArgument('Invalid Argument', byCode),
  /** An upload by the bucket's account with a customer's key, to a bucket whose default encryption blocks SSE-C (F322). */
  CustomerKeyBlocked: deniedBecause(
    'this bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys (SSE-C). Please specify a different server-side encryption type',
  ),
  /** A request with a customer's key that came over http. */
  CustomerKeyInsecure: ofCustomerKey('must be made over a secure connection.', 'knownToCos'),
  /** A request with a customer's key or its digest, and without the algorithm. */
  CustomerKeyWithoutAlgorithm: ofCustomerKey('must provide a valid encryption algorithm.'),
  /** A request with the algorithm of a customer's key, and without the key. */
  CustomerKeyMissing: ofCustomerKey('must provide an appropriate secret key.', 'knownToCos'),
  /** A customer's key with a character outside ASCII, which only a form can bring. */
  CustomerKeyNotBase64: valueInvalid(
    'x-amz-server-side-encryption',
    'The secret key was improperly encoded. The secret key must be Base64 encoded.',
  ),
  /** A customer's key whose base64 holds no bytes. */
  CustomerKeyTooShort: valueInvalid('x-amz-server-side-encryption', 'The secret key was invalid - too short.'),
  /** A request with a customer's key and without its MD5, where S3 requires one. */
  CustomerKeyWithoutDigest: ofCustomerKey('must provide the client calculated MD5 of the secret key.', 'knownToCos'),
  /** A customer's key with an MD5 that is not the key's. */
  CustomerKeyDigestDiffers: invalidArgument(digestDiffers, { ...ofEncryptionHeader, cos: { message: digestDiffers } }),
  /** A customer's key with an MD5 that is no base64. */
  CustomerKeyDigestNotBase64: invalidArgument(digestDiffers, {
    ...ofEncryptionHeader,
    cos: { message: 'The MD5 hash of the secret key was improperly encoded. The MD5 hash must be Base64 encoded.' },
  }),
  /** A customer's key for an algorithm other than AES256. */
  CustomerAlgorithmUnknown: refusal('InvalidEncryptionAlgorithmError', 400)(
    'The Encryption request you specified is not valid. Supported value: AES256.',
    { fields: argument('x-amz-server-side-encryption') },
  ),
  /** A write with a customer's key that does not have 32 bytes. */
  CustomerKeyLengthInvalid: invalidArgument(
    'The secret key was invalid for the specified algorithm.',
    ofEncryptionHeader,
  ),
  /** A request for an object with SSE-C, by a key other than the key with which it was written. */
  CustomerKeyDiffers: accessDenied(
    'Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.',
    { cos: { message: 'Access Denied' } },
  ),
  /** A request with a customer's key for an object without SSE-C. */
  CustomerKeyNotApplicable: invalidRequest('The encryption parameters are not applicable to this object.'),
  /** An x-amz-server-side-encryption that names no encryption of general purpose buckets. */
  EncryptionUnknown: valueInvalid('x-amz-server-side-encryption', 'The encryption method specified is not supported'),
  /** A write with a customer's key that names another encryption as well. */
  EncryptionsIncompatible: valueInvalid(
    'x-amz-server-side-encryption',
    'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
  ),
  /** A request with x-amz-server-side-encryption that neither writes an object nor begins an upload. */
  EncryptionNotSupported: valueInvalid(
    'x-amz-server-side-encryption',
    'x-amz-server-side-encryption header is not supported for this operation.',
  ),
  /** A write with a KMS key or context and without an encryption of KMS, or another request with a KMS key. */
  KmsKeyWithoutKms: invalidArgument(
    'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
    ofEncryptionHeader,
  ),
  /** A KMS key that is neither an id, an alias nor an ARN. */
  KmsKeyIdInvalid: keyNotFound<Texts<'id'>>(({ id }) => `Invalid keyId '${id}'`, { meantByCode: true }),
  /** A use of a KMS key that the test declared missing. */
  KmsKeyMissing: keyNotFound<KmsKey>(({ arn }) => `Key '${arn}' does not exist`),
  /** A use of a KMS key that the test declared disabled. */
  KmsKeyDisabled: refusal('KMS.DisabledException', 400)<KmsKey>(({ arn }) => `${arn} is disabled.`),
  /** A use of a KMS key that the test declared pending deletion. */
  KmsKeyPendingDeletion: refusal(
    'KMS.KMSInvalidStateException',
    400,
  )<KmsKey>(({ arn }) => `${arn} is pending deletion.`),
  // The value is this word: the code of S3 has none (F631).
  /** A write or a read of an object with SSE-KMS that was not signed by version 4. */
  KmsNeedsSignatureVersion4: invalidArgument(
    'Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.',
    { fields: { ArgumentName: 'Authorization', ArgumentValue: 'null' } },
  ),
  /** An x-amz-server-side-encryption-context that is not the base64 of a JSON object of texts. */
  EncryptionContextInvalid: valueInvalid(
    'x-amz-server-side-encryption-context',
    "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map",
  ),
  /** A KMS key whose ARN has another region than the bucket. */
  KmsRegionDiffers: keyNotFound<Texts<'region'>>(({ region }) => `Invalid arn ${region}`),
  /** An UpdateObjectEncryption that was not signed by version 4. */
  UpdateNeedsSignatureVersion4: invalidRequest(
    'Requests that modify an object encryption configuration require AWS Signature Version 4. Modify the request to use AWS Signature Version 4, and then try again.',
  ),
  /** An UpdateObjectEncryption whose document names SSE-S3 or no encryption. */
  NewEncryptionInvalid: invalidRequest(
    'Requests that modify an object encryption configuration require a valid new encryption type. Valid values are SSEKMS. Modify the request to specify SSE-KMS for the updated encryption type, and then try again.',
  ),
  /** An UpdateObjectEncryption whose document names SSE-C or DSSE-KMS. */
  NewEncryptionNotSupported: invalidRequest(
    "The UpdateObjectEncryption operation doesn't support updating the encryption type to DSSE-KMS or SSE-C. Modify the request to specify SSE-KMS for the updated encryption type, and then try again.",
  ),
  /** An UpdateObjectEncryption to SSE-KMS whose document names no key. */
  NewKeyMissing: invalidRequest(
    "Requests that modify an object's encryption type to SSE-KMS require an AWS KMS key Amazon Resource Name (ARN). Modify the request to specify a KMS key ARN, and then try again.",
  ),
  /** An UpdateObjectEncryption whose key is not the ARN of a KMS key. */
  NewKeyInvalid: invalidRequest(
    "Requests that modify an object's encryption type to SSE-KMS require a valid AWS KMS key Amazon Resource Name (ARN). Confirm that you have a correctly formatted KMS key ARN in your request, and then try again.",
  ),
  /** An UpdateObjectEncryption whose BucketKeyEnabled is neither true nor false. */
  NewBucketKeyInvalid: invalidRequest(
    "The BucketKeyEnabled value isn't valid. Valid values are true or false. Modify the request to specify a valid value, and then try again.",
  ),
  /** An UpdateObjectEncryption of a version that is encrypted with SSE-C or DSSE-KMS. */
  EncryptionNotUpdatable: invalidRequest(
    "The UpdateObjectEncryption operation doesn't support source objects with the encryption type DSSE-KMS or SSE-C. Only source objects encrypted with SSE-S3 or SSE-KMS are supported.",
  ),
  /** An UpdateObjectEncryption to a KMS key of an account that does not own the bucket. */
  NewKeyOfOtherAccount: accessDenied(
    'The AWS KMS key in the request must be owned by the same account as the bucket. Modify the request to specify a KMS key from the same account, and then try again.',
  ),
  /** An UpdateObjectEncryption of a version that is under retention or legal hold. */
  EncryptionLocked: accessDenied(
    "The encryption type for the specified object can't be updated because that object is protected by S3 Object Lock. If the object has a governance-mode retention period or a legal hold, you must first remove the Object Lock status on the object before you issue your UpdateObjectEncryption request. You can't use the UpdateObjectEncryption operation with objects that have an Object Lock compliance mode retention period applied to them.",
  ),
};
