import type { Dialect } from '../../dialects';
import { ownerOfObject } from '../../model/access/acl';
import type { Bucket } from '../../model/bucket';
import { pageParts, pageUploads } from '../../model/uploads/listings';
import type { Upload } from '../../model/uploads/upload';
import { readOpenUpload } from '../../model/uploads/uploads';
import { S3Error } from '../../refusals/s3-error';
import { element, list, required } from '../../shapes/elements';
import { query } from '../../shapes/places';
import { asText, boolean, dateWithMilliseconds, long, text } from '../../shapes/values';
import { checksumElements, checksumTypeElement } from '../members/checksums';
import { checkKmsKey, checkUploadKey, customerKeyMembers, readSentKey } from '../members/encryption';
import { abortionMembers, abortionOutput } from '../members/lifecycle';
import { commonPrefixes, countOr, encodingMember, personElements, readEncoding } from '../members/listings';
import { operation } from '../operation';
import { partChecksumOutput } from './parts';

const pageLimit = 1000;

const person = element(personElements);

const uploadElements = { Initiator: person, Owner: person, StorageClass: element(text) };
const uploadChecksumElements = { ChecksumAlgorithm: element(text), ...checksumTypeElement };

export const listMultipartUploads = operation('GET /{Bucket}?uploads', {
  answersThroughAccessPoints: true,
  action: 's3:ListBucketMultipartUploads',
  root: 'ListMultipartUploadsResult',
  contentType: 'application/xml',
  input: {
    KeyMarker: query('key-marker'),
    UploadIdMarker: query('upload-id-marker'),
    Delimiter: query('delimiter'),
    Prefix: query('prefix'),
    MaxUploads: query('max-uploads', countOr(pageLimit), { stage: 'query' }),
    EncodingType: encodingMember,
  },
  output: {
    Bucket: element(text),
    KeyMarker: element(text),
    UploadIdMarker: element(text),
    NextKeyMarker: element(text),
    NextUploadIdMarker: element(text),
    Delimiter: element(text),
    Prefix: element(text),
    MaxUploads: element(long),
    EncodingType: element(text),
    IsTruncated: element(boolean),
    Uploads: required(
      list(
        {
          Key: element(text),
          UploadId: element(text),
          ...uploadElements,
          Initiated: element(dateWithMilliseconds),
          ...uploadChecksumElements,
        },
        'Upload',
      ),
    ),
    CommonPrefixes: commonPrefixes,
  },
  handle({ store, bucket, request: { dialect } }, { MaxUploads = pageLimit, EncodingType, ...input }) {
    const { KeyMarker = '', UploadIdMarker = '', Delimiter = '', Prefix = '' } = input;
    const encode = readEncoding(EncodingType);
    const limit = Math.min(readCount('max-uploads', MaxUploads), pageLimit);
    // Without a key marker, S3 ignores an upload id marker and does not return it (F88).
    const afterUploadId = KeyMarker === '' || UploadIdMarker === '' ? undefined : UploadIdMarker;
    const { items, isTruncated } = pageUploads(bucket, {
      prefix: Prefix,
      delimiter: Delimiter,
      after: KeyMarker,
      afterUploadId,
      limit: Math.min(limit, store.pageSize),
    });
    const uploads = items.flatMap((item) => ('upload' in item ? [item.upload] : []));
    const last = uploads.at(-1);
    return {
      Bucket: bucket.name,
      KeyMarker: encode(KeyMarker),
      UploadIdMarker: afterUploadId ?? '',
      // S3 names the last upload of each page, even of the last page. If the page has no upload, the names are empty (F88).
      NextKeyMarker: encode(last?.key ?? ''),
      NextUploadIdMarker: last?.id ?? '',
      Delimiter: encode(Delimiter) || undefined,
      Prefix: encode(Prefix) || undefined,
      MaxUploads: limit,
      EncodingType,
      IsTruncated: isTruncated,
      Uploads: uploads.map((upload) => ({
        Key: encode(upload.key),
        UploadId: upload.id,
        ...uploadOutput(upload, bucket, dialect),
        Initiated: dialect.answers.listedTime(upload.initiated),
        ...uploadChecksumOutput(upload),
      })),
      CommonPrefixes: items.flatMap((item) => ('upload' in item ? [] : [{ Prefix: encode(item.commonPrefix) }])),
    };
  },
});

export const listParts = operation('GET /{Bucket}/{Key+}?uploadId', {
  action: 's3:ListMultipartUploadParts',
  root: 'ListPartsResult',
  contentType: 'application/xml',
  input: {
    UploadId: query('uploadId'),
    MaxParts: query('max-parts', countOr(pageLimit), { stage: 'query' }),
    PartNumberMarker: query('part-number-marker', asText(countOr(0)), { stage: 'query' }),
    ...customerKeyMembers,
  },
  output: {
    ...abortionMembers,
    Bucket: element(text),
    Key: element(text),
    UploadId: element(text),
    ...uploadElements,
    PartNumberMarker: element(long),
    NextPartNumberMarker: element(long),
    MaxParts: element(long),
    IsTruncated: element(boolean),
    ...uploadChecksumElements,
    Parts: required(
      list(
        {
          PartNumber: element(long),
          LastModified: element(dateWithMilliseconds),
          ETag: element(text),
          Size: element(long),
          ...checksumElements,
        },
        'Part',
      ),
    ),
  },
  handle(context, { Key, UploadId = '', MaxParts = pageLimit, PartNumberMarker = '', ...input }) {
    const { store, bucket, request } = context;
    const { dialect } = request;
    const upload = readOpenUpload(bucket, Key, UploadId);
    // S3 reads nothing of the parts but their checksums (F611, F632).
    if (upload.checksumAlgorithm !== undefined) {
      if (upload.encryption.SSECustomerKeyMD5 !== undefined)
        checkUploadKey(upload.encryption, readSentKey(request, input, 'may lack digest'));
      checkKmsKey(context, upload.encryption);
    }
    const limit = Math.min(readCount('max-parts', MaxParts), pageLimit);
    const after = readCount('part-number-marker', Number(PartNumberMarker));
    const { parts, isTruncated } = pageParts(upload, after, Math.min(limit, store.pageSize));
    return {
      ...abortionOutput(bucket, upload),
      Bucket: bucket.name,
      Key,
      UploadId,
      ...uploadOutput(upload, bucket, dialect),
      PartNumberMarker: after,
      NextPartNumberMarker: parts.at(-1)?.number ?? 0,
      MaxParts: limit,
      IsTruncated: isTruncated,
      ...uploadChecksumOutput(upload),
      Parts: parts.map((part) => ({
        PartNumber: part.number,
        LastModified: dialect.answers.listedTime(part.created),
        ETag: `"${part.etag}"`,
        Size: part.body.length,
        ...partChecksumOutput(upload, part),
      })),
    };
  },
});

/** S3 refuses a negative count later than a text that is not a number (F88). */
function readCount(ArgumentName: string, count: number): number {
  if (count >= 0) return count;
  throw new S3Error('CountNegative', { ArgumentName, ArgumentValue: String(count) });
}

function uploadOutput(upload: Upload, bucket: Bucket, { answers, configurations }: Dialect) {
  const { initiator, storageClass } = upload;
  return {
    Initiator: answers.initiatorOf(initiator, bucket.owner),
    Owner: answers.ownerOf(ownerOfObject(bucket, upload, configurations)),
    StorageClass: storageClass,
  };
}

function uploadChecksumOutput({ checksumAlgorithm, checksumType }: Upload) {
  return {
    ...(checksumAlgorithm && { ChecksumAlgorithm: checksumAlgorithm }),
    ...(checksumType && { ChecksumType: checksumType }),
  };
}
