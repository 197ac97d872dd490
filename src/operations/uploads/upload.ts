import { checksumAlgorithms } from '../../formats/digests';
import { readChecksumSettings } from '../../model/uploads/checksums';
import { abortUpload, beginUpload, makeUploadId, readUpload } from '../../model/uploads/uploads';
import { inOrder, orders } from '../../protocol/request/orders';
import { S3Error } from '../../refusals/s3-error';
import { element } from '../../shapes/elements';
import { header, query } from '../../shapes/places';
import { httpDate, text, word } from '../../shapes/values';
import { readNewAcl } from '../members/acl';
import { newObjectActions } from '../members/actions';
import { checkCustomerKeyAllowed, checkNewCustomerKey, encryptionMembers } from '../members/encryption';
import { abortionMembers, abortionOutput } from '../members/lifecycle';
import { readNewLock } from '../members/object-lock';
import { checksumMembers, newObjectMembers, readDescription, versionIdMember } from '../members/objects';
import { operation } from '../operation';
import { checkWasBegun, early, uploadVersionOutput } from './upload-id';

export const createMultipartUpload = operation('POST /{Bucket}/{Key+}?uploads', {
  action: newObjectActions,
  checkBlocked: readNewAcl,
  checkCustomerKey: checkNewCustomerKey,
  root: 'InitiateMultipartUploadResult',
  refusalOfAnonymous: () => new S3Error('AnonymousUploadNotAllowed'),
  // A checksum header describes the object, which does not exist yet.
  checksumOf: 'object',
  input: {
    ...newObjectMembers,
    ChecksumAlgorithm: header('x-amz-checksum-algorithm', word(...checksumAlgorithms)),
    ChecksumType: header('x-amz-checksum-type', word('FULL_OBJECT', 'COMPOSITE')),
  },
  output: {
    ...abortionMembers,
    ...versionIdMember,
    ...encryptionMembers,
    ChecksumAlgorithm: header('x-amz-checksum-algorithm', text),
    ChecksumType: checksumMembers.ChecksumType,
    Bucket: element(text),
    Key: element(text),
    UploadId: element(text),
  },
  handle(context, { Key, Metadata, ChecksumAlgorithm, ChecksumType, ...input }) {
    const { store, bucket, caller, request, now } = context;
    checkCustomerKeyAllowed(context, input, 's3:PutObject');
    const description = {
      ...readDescription(context, input, Metadata),
      lock: readNewLock(request, bucket, now),
      namedEncryption: { ServerSideEncryption: input.ServerSideEncryption, SSEKMSKeyId: input.SSEKMSKeyId },
    };
    const checksum = readChecksumSettings(ChecksumAlgorithm, ChecksumType, request.dialect.objects.checksumAlgorithms);
    const id = makeUploadId(store, request.dialect.objects.uploadIds);
    const begun = { id, key: Key, initiator: caller, initiated: now };
    const upload = beginUpload(store, bucket, { ...description, ...checksum, ...begun });
    return {
      ...abortionOutput(bucket, upload),
      ...uploadVersionOutput(context, upload),
      ...upload.encryption,
      ChecksumAlgorithm: upload.checksumAlgorithm,
      ChecksumType: upload.checksumType,
      Bucket: bucket.name,
      Key,
      UploadId: upload.id,
    };
  },
});

export const abortMultipartUpload = operation('DELETE /{Bucket}/{Key+}?uploadId', {
  action: 's3:AbortMultipartUpload',
  checkEarly: early(inOrder(orders.AbortMultipartUpload.early, { 'the upload was begun': checkWasBegun })),
  status: 204,
  input: {
    UploadId: query('uploadId'),
    IfMatchInitiatedTime: header('x-amz-if-match-initiated-time', httpDate, { ignoredBy: 'both' }),
  },
  output: versionIdMember,
  handle(context, { Key, UploadId = '' }) {
    const upload = readUpload(context.bucket, Key, UploadId);
    abortUpload(context.bucket, upload);
    return uploadVersionOutput(context, upload);
  },
});
