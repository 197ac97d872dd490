import type { Dialect } from '../../dialects';
import { ownerOfObject } from '../../model/access/acl';
import type { Bucket } from '../../model/bucket';
import { checkUploadMarker, pageParts, pageUploads } from '../../model/uploads/listings';
import type { Upload } from '../../model/uploads/upload';
import { readOpenUpload } from '../../model/uploads/uploads';
import type { NamedCustomerKey } from '../../model/versions/customer-key';
import { type Checks, inOrder, orders } from '../../protocol/request/orders';
import { S3Error } from '../../refusals/s3-error';
import { element, list, required } from '../../shapes/elements';
import { query } from '../../shapes/places';
import { asText, boolean, dateWithMilliseconds, long, text } from '../../shapes/values';
import { checksumElements, checksumTypeElement } from '../members/checksums';
import { checkKmsKey, checkUploadKey, customerKeyMembers, readSentKey } from '../members/encryption';
import { abortionMembers, abortionOutput } from '../members/lifecycle';
import {
  commonPrefixes,
  countOr,
  encodingMember,
  personElements,
  readEncoding,
  whyNegative,
} from '../members/listings';
import { versionIdMember } from '../members/objects';
import { type Context, operation, type RequestContext } from '../operation';
import { partChecksumOutput } from './parts';
import { checkIsOpen, uploadVersionOutput } from './upload-id';

const pageLimit = 1000;

const person = element(personElements);

const uploadElements = { Initiator: person, Owner: person, StorageClass: element(text) };
const uploadChecksumElements = { ChecksumAlgorithm: element(text), ...checksumTypeElement };

export const listMultipartUploads = operation('GET /{Bucket}?uploads', {
  answersThroughAccessPoints: true,
  action: 's3:ListBucketMultipartUploads',
  checkEarly: (context, input) => checkUploadListing({ context, input }),
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
          VersionId: element(text),
        },
        'Upload',
      ),
    ),
    CommonPrefixes: commonPrefixes,
  },
  handle(context, { MaxUploads = pageLimit, EncodingType, ...input }) {
    const { store, bucket, request } = context;
    const { dialect } = request;
    const { KeyMarker = '', UploadIdMarker = '', Delimiter = '', Prefix = '' } = input;
    const encode = readEncoding(EncodingType);
    const limit = Math.min(MaxUploads, pageLimit);
    const afterUploadId = findEffectiveMarker({ KeyMarker, UploadIdMarker });
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
        ...uploadVersionOutput(context, upload),
      })),
      CommonPrefixes: items.flatMap((item) => ('upload' in item ? [] : [{ Prefix: encode(item.commonPrefix) }])),
    };
  },
});

export const listParts = operation('GET /{Bucket}/{Key+}?uploadId', {
  action: 's3:ListMultipartUploadParts',
  checkEarly: (context, input) => checkPartListing({ context, input }),
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
    ...versionIdMember,
    Bucket: element(text),
    Key: element(text),
    UploadId: element(text),
    ...uploadElements,
    ...uploadChecksumElements,
    PartNumberMarker: element(long),
    NextPartNumberMarker: element(long),
    MaxParts: element(long),
    IsTruncated: element(boolean),
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
    if (upload.checksumAlgorithm !== undefined) checkKeys({ context, input, upload });
    const limit = Math.min(MaxParts, pageLimit);
    const after = Number(PartNumberMarker);
    const { parts, isTruncated } = pageParts(bucket, upload, after, Math.min(limit, store.pageSize));
    return {
      ...abortionOutput(bucket, upload),
      ...uploadVersionOutput(context, upload),
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

interface UploadListing {
  readonly context: RequestContext;
  readonly input: {
    readonly MaxUploads?: number;
    readonly EncodingType?: string;
    readonly KeyMarker?: string;
    readonly UploadIdMarker?: string;
  };
}

const checksOfUploadListing: Checks<typeof orders.ListMultipartUploads.early, UploadListing> = {
  'max-uploads is not negative': ({ input }) => checkCount('max-uploads', input.MaxUploads),
  'encoding-type': ({ input }) => readEncoding(input.EncodingType),
  'upload-id-marker'({ context, input }) {
    const marker = findEffectiveMarker(input);
    if (marker !== undefined) checkUploadMarker(context.bucket, input.KeyMarker ?? '', marker);
  },
};
const checkUploadListing = inOrder(orders.ListMultipartUploads.early, checksOfUploadListing);

/** If there is no key marker, S3 ignores an upload id marker and does not return it (F88). */
function findEffectiveMarker({ KeyMarker = '', UploadIdMarker = '' }: UploadListing['input']): string | undefined {
  return KeyMarker === '' || UploadIdMarker === '' ? undefined : UploadIdMarker;
}

interface PartListing {
  readonly context: RequestContext;
  readonly input: {
    readonly MaxParts?: number;
    readonly PartNumberMarker?: string;
    readonly Key?: string;
    readonly UploadId?: string;
  };
}

const checksOfPartListing: Checks<typeof orders.ListParts.early, PartListing> = {
  'max-parts is not negative': ({ input }) => checkCount('max-parts', input.MaxParts),
  'part-number-marker is not negative': ({ input }) =>
    checkCount('part-number-marker', Number(input.PartNumberMarker ?? 0)),
  'the upload is open': ({ context, input: { Key = '', UploadId = '' } }) => checkIsOpen({ context, Key, UploadId }),
};
const checkPartListing = inOrder(orders.ListParts.early, checksOfPartListing);

interface ListedUpload {
  readonly context: Context;
  readonly input: NamedCustomerKey;
  readonly upload: Upload;
}

const checksOfKeys: Checks<typeof orders.ListParts.late, ListedUpload> = {
  "the customer's key"({ context, input, upload: { encryption } }) {
    if (encryption.SSECustomerKeyMD5 !== undefined)
      checkUploadKey(encryption, readSentKey(context.request, input, 'may lack digest'));
  },
  'the key of KMS': ({ context, upload }) => checkKmsKey(context, upload.encryption),
};
const checkKeys = inOrder(orders.ListParts.late, checksOfKeys);

/** S3 refuses a negative count later than a text that is not a number (F88). */
function checkCount(ArgumentName: string, count = 0): void {
  if (count < 0)
    throw new S3Error(
      'CountNegative',
      { ArgumentName, ArgumentValue: String(count) },
      whyNegative(ArgumentName, count),
    );
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
