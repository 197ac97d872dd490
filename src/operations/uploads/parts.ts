import type { ObjectBody } from '../../formats/sparse-body';
import { checkPartChecksum, makePartChecksum } from '../../model/uploads/checksums';
import type { Upload, UploadedPart } from '../../model/uploads/upload';
import { putPart, readOpenUpload } from '../../model/uploads/uploads';
import { readCopyRange } from '../../protocol/request/copy-source-address';
import { S3Error } from '../../refusals/s3-error';
import { element, inRoot } from '../../shapes/elements';
import { blob, header, query } from '../../shapes/places';
import { date } from '../../shapes/values';
import {
  checkCopiedSize,
  checkHasNoBody,
  checkSource,
  copySourceMembers,
  copySourceVersionId,
  findCopySource,
  readSourceKey,
} from '../copies/source';
import { checksumElements, plainETag } from '../members/checksums';
import {
  checkCustomerKeyAllowed,
  checkKmsKey,
  checkNamesNoEncryption,
  checkNewCustomerKey,
  checkUploadKey,
  customerKeyMembers,
  encryptionMembers,
  readSentKey,
} from '../members/encryption';
import { checkKeptBody } from '../members/object-lock';
import { checksumMembers, contentLengthMember, findSentChecksum, findSentMd5 } from '../members/objects';
import { partNumberValue } from '../objects/slice';
import { checkNoVersionId } from '../objects/write';
import { operation } from '../operation';

const { ChecksumType: _ofTheWhole, ...partChecksumMembers } = checksumMembers;

const partInput = {
  UploadId: query('uploadId'),
  PartNumber: query('partNumber', partNumberValue),
  ...customerKeyMembers,
};

export const uploadPart = operation('PUT /{Bucket}/{Key+}?uploadId&partNumber={}', {
  action: 's3:PutObject',
  checkCustomerKey: checkNewCustomerKey,
  streaming: true,
  expectedDigest: 'base64',
  input: { ...partInput, ...contentLengthMember, Body: blob() },
  output: { ETag: header('ETag'), ...encryptionMembers, ...partChecksumMembers },
  handle(context, { Key, UploadId = '', PartNumber = 1, Body = new Uint8Array(), ...input }) {
    const { store, bucket, request } = context;
    checkNoVersionId(request.query);
    checkCustomerKeyAllowed(context, input, 's3:PutObject');
    checkNamesNoEncryption(request);
    const upload = readOpenUpload(bucket, Key, UploadId);
    checkUploadKey(upload.encryption, readSentKey(request, input, 'needs digest'));
    checkKmsKey(context, upload.encryption);
    checkKeptBody(request, bucket, upload.lock, 'Put Part');
    const sent = findSentChecksum(request);
    checkPartChecksum(upload, sent?.algorithm);
    const checksum = upload.checksumAlgorithm && (sent?.value ?? makePartChecksum(upload, Body));
    const part = putPart(store, bucket, upload, { number: PartNumber, body: Body, checksum }, findSentMd5(request));
    return {
      ETag: `"${part.etag}"`,
      ...upload.encryption,
      // S3 returns a checksum that was sent, whether it stores it with the part or not (F83).
      ...(sent ? { [`Checksum${sent.algorithm}`]: sent.value } : partChecksumOutput(upload, part)),
    };
  },
});

export const uploadPartCopy = operation('PUT /{Bucket}/{Key+}?uploadId&partNumber={}', {
  action: 's3:PutObject',
  checkCustomerKey: checkNewCustomerKey,
  checkSource,
  requires: 'x-amz-copy-source',
  slow: 'whole',
  mayFailIn200: true,
  root: 'CopyPartResult',
  contentType: 'application/xml',
  input: { ...partInput, ...copySourceMembers, CopySourceRange: header('x-amz-copy-source-range') },
  output: {
    ...encryptionMembers,
    ...copySourceVersionId,
    CopyPartResult: inRoot({ LastModified: element(date), ETag: plainETag, ...checksumElements }),
  },
  handle(context, { Key, UploadId = '', PartNumber = 1, CopySourceRange, ...input }) {
    const { store, bucket, request } = context;
    checkNoVersionId(request.query);
    checkHasNoBody(request);
    const sourceKey = readSourceKey(context, input);
    checkCustomerKeyAllowed(context, input, 's3:PutObject');
    checkNamesNoEncryption(request);
    const upload = readOpenUpload(bucket, Key, UploadId);
    checkUploadKey(upload.encryption, readSentKey(request, input, 'needs digest'));
    const source = findCopySource(context, input, sourceKey, (ArgumentValue) => {
      return new S3Error('VersionIdInvalid', { ArgumentName: 'x-amz-copy-source', ArgumentValue });
    });
    // The source and the conditions on it come first (F632).
    checkKmsKey(context, upload.encryption);
    const body = cutRange(source.version.content.body, CopySourceRange);
    checkCopiedSize(body.length);
    const part = putPart(store, bucket, upload, {
      number: PartNumber,
      body,
      checksum: makePartChecksum(upload, body),
    });
    return {
      ...upload.encryption,
      CopySourceVersionId: source.answeredVersionId,
      CopyPartResult: {
        LastModified: new Date(part.created),
        ETag: `"${part.etag}"`,
        ...partChecksumOutput(upload, part),
      },
    };
  },
});

type PartChecksumOutput = { readonly [Name in keyof typeof partChecksumMembers]?: string };

export function partChecksumOutput({ checksumAlgorithm }: Upload, { checksum }: UploadedPart): PartChecksumOutput {
  return checksumAlgorithm && checksum !== undefined ? { [`Checksum${checksumAlgorithm}`]: checksum } : {};
}

/** The part shares the bytes with its source. */
function cutRange(body: ObjectBody, header: string | undefined): ObjectBody {
  if (header === undefined) return body;
  const range = readCopyRange(header, body.length);
  return body.subarray(range.first, range.last + 1);
}
