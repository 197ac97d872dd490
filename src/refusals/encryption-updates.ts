import { refusal } from './refusal';

function invalid(message: string) {
  return refusal('InvalidRequest', 400, message);
}

function denied(message: string) {
  return refusal('AccessDenied', 403, message);
}

/** Refusals of UpdateObjectEncryption, with the texts of its page in the API reference (F633). */
export const encryptionUpdates = {
  /** An UpdateObjectEncryption that was not signed by version 4. */
  UpdateNeedsSignatureVersion4: invalid(
    'Requests that modify an object encryption configuration require AWS Signature Version 4. Modify the request to use AWS Signature Version 4, and then try again.',
  ),
  /** An UpdateObjectEncryption whose document names SSE-S3 or no encryption. */
  NewEncryptionInvalid: invalid(
    'Requests that modify an object encryption configuration require a valid new encryption type. Valid values are SSEKMS. Modify the request to specify SSE-KMS for the updated encryption type, and then try again.',
  ),
  /** An UpdateObjectEncryption whose document names SSE-C or DSSE-KMS. */
  NewEncryptionNotSupported: invalid(
    "The UpdateObjectEncryption operation doesn't support updating the encryption type to DSSE-KMS or SSE-C. Modify the request to specify SSE-KMS for the updated encryption type, and then try again.",
  ),
  /** An UpdateObjectEncryption to SSE-KMS whose document names no key. */
  NewKeyMissing: invalid(
    "Requests that modify an object's encryption type to SSE-KMS require an AWS KMS key Amazon Resource Name (ARN). Modify the request to specify a KMS key ARN, and then try again.",
  ),
  /** An UpdateObjectEncryption whose key is not the ARN of a KMS key. */
  NewKeyInvalid: invalid(
    "Requests that modify an object's encryption type to SSE-KMS require a valid AWS KMS key Amazon Resource Name (ARN). Confirm that you have a correctly formatted KMS key ARN in your request, and then try again.",
  ),
  /** An UpdateObjectEncryption whose BucketKeyEnabled is neither true nor false. */
  NewBucketKeyInvalid: invalid(
    "The BucketKeyEnabled value isn't valid. Valid values are true or false. Modify the request to specify a valid value, and then try again.",
  ),
  /** An UpdateObjectEncryption of a version that is encrypted with SSE-C or DSSE-KMS. */
  EncryptionNotUpdatable: invalid(
    "The UpdateObjectEncryption operation doesn't support source objects with the encryption type DSSE-KMS or SSE-C. Only source objects encrypted with SSE-S3 or SSE-KMS are supported.",
  ),
  /** An UpdateObjectEncryption to a KMS key of an account that does not own the bucket. */
  NewKeyOfOtherAccount: denied(
    'The AWS KMS key in the request must be owned by the same account as the bucket. Modify the request to specify a KMS key from the same account, and then try again.',
  ),
  /** An UpdateObjectEncryption of a version that is under retention or legal hold. */
  EncryptionLocked: denied(
    "The encryption type for the specified object can't be updated because that object is protected by S3 Object Lock. If the object has a governance-mode retention period or a legal hold, you must first remove the Object Lock status on the object before you issue your UpdateObjectEncryption request. You can't use the UpdateObjectEncryption operation with objects that have an Object Lock compliance mode retention period applied to them.",
  ),
};
