import { encryptAnew, readNewKeyArn } from '../../model/versions/encryption';
import { S3Error } from '../../refusals/s3-error';
import { element, refusedInPlace } from '../../shapes/elements';
import { payload, query } from '../../shapes/places';
import { boolean, refusing, text } from '../../shapes/values';
import { isSignedByVersion4, notVersion4 } from '../members/encryption';
import { operation } from '../operation';
import { checkSentVersionId, requireChangeableVersion } from './addressing';

const ofKms = element(
  {
    BucketKeyEnabled: element(refusing(boolean, 'NewBucketKeyInvalid')),
    KMSKeyArn: element(text),
  },
  'SSE-KMS',
);

/** The encryptions that S3 knows and gives to no existing object, each with its refusal (F633). */
const others = {
  'SSE-S3': 'NewEncryptionInvalid',
  'SSE-C': 'NewEncryptionNotSupported',
  'DSSE-KMS': 'NewEncryptionNotSupported',
} as const;

const newEncryption = refusedInPlace(ofKms, others);

export const updateObjectEncryption = operation('PUT /{Bucket}/{Key+}?encryption', {
  action: 's3:UpdateObjectEncryption',
  dialect: 'aws',
  input: { VersionId: query('versionId'), ObjectEncryption: payload({ SSEKMS: newEncryption }) },
  handle(context, { Key, VersionId, ObjectEncryption: { SSEKMS } }) {
    const { store, bucket, request, now } = context;
    checkSentVersionId(context, VersionId);
    if (!isSignedByVersion4(request)) throw new S3Error('UpdateNeedsSignatureVersion4').because(notVersion4);
    if (SSEKMS === undefined) throw new S3Error('NewEncryptionInvalid').because('the document names no encryption');
    readNewKeyArn(SSEKMS, bucket);
    const version = requireChangeableVersion(context, { bucket, key: Key, versionId: VersionId });
    bucket.versions.replace(encryptAnew(version, SSEKMS, { bucket, kms: store.kms, now }));
  },
});
