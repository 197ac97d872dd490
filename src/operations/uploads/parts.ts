import type { ObjectBody } from '../../formats/sparse-body';
import { checkPartChecksum, makePartChecksum, type SentChecksum } from '../../model/uploads/checksums';
import type { Upload, UploadedPart } from '../../model/uploads/upload';
import { putPart, readOpenUpload } from '../../model/uploads/uploads';
import type { CustomerKey, NamedCustomerKey } from '../../model/versions/customer-key';
import { readCopyRange, refusalOfCopyRange } from '../../protocol/request/copy-source-address';
import { type Checks, inOrder, once, orders } from '../../protocol/request/orders';
import { S3Error } from '../../refusals/s3-error';
import { element, inRoot } from '../../shapes/elements';
import { blob, header, query } from '../../shapes/places';
import { date, dateWithMilliseconds, judged, text } from '../../shapes/values';
import {
  type CopySource,
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
  checkNewCustomerKey,
  checkUploadKey,
  customerKeyMembers,
  encryptionMembers,
  readSentKey,
} from '../members/encryption';
import { checkKeptBody } from '../members/object-lock';
import {
  checksumMembers,
  contentLengthMember,
  findSentChecksum,
  findSentMd5,
  versionIdMember,
} from '../members/objects';
import { partNumberValue } from '../objects/slice';
import { checkNoVersionId } from '../objects/write';
import { type Context, operation } from '../operation';
import { checkIsOpen, checkNamesUpload, type EarlyRequest, early, uploadVersionOutput } from './upload-id';

const { ChecksumType: _ofTheWhole, ...partChecksumMembers } = checksumMembers;

const partInput = {
  UploadId: query('uploadId'),
  PartNumber: query('partNumber', partNumberValue, { stage: 'access' }),
  ...customerKeyMembers,
};

const namedUpload: Checks<typeof orders.UploadPart.early, EarlyRequest> = {
  'the request names an upload': checkNamesUpload,
  'the upload is open': checkIsOpen,
};

interface Part {
  readonly context: Context;
  readonly input: NamedCustomerKey;
  readonly upload: Upload;
}

interface WrittenPart extends Part {
  readonly sent: SentChecksum | undefined;
}

interface CopiedPart extends Part {
  readonly sourceKey: () => CustomerKey | undefined;
  readonly source: () => CopySource;
  readonly body: () => ObjectBody;
}

const ofEveryPart = {
  'no version id': ({ context }: Part) => checkNoVersionId(context.request.query),
  "customers' keys are allowed": ({ context, input }: Part) => checkCustomerKeyAllowed(context, input, 's3:PutObject'),
  "the customer's key": ({ context, input, upload }: Part) =>
    checkUploadKey(upload.encryption, readSentKey(context.request, input, 'needs digest')),
  'the key of KMS': ({ context, upload }: Part) => checkKmsKey(context, upload.encryption),
};

const checksOfPart: Checks<typeof orders.UploadPart.late, WrittenPart> = {
  ...ofEveryPart,
  'a digest and a signature for the lock': ({ context: { request, bucket }, upload }) =>
    checkKeptBody(request, bucket, upload.lock, 'Put Part'),
  "the upload's algorithm": ({ upload, sent }) => checkPartChecksum(upload, sent?.algorithm),
};
const checkPart = inOrder(orders.UploadPart.late, checksOfPart);

const checksOfCopy: Checks<typeof orders.UploadPartCopy.late, CopiedPart> = {
  ...ofEveryPart,
  'no body': ({ context }) => checkHasNoBody(context.request),
  "the source's key": ({ sourceKey }) => sourceKey(),
  'the source': ({ source }) => source(),
  'the range is in the source': ({ body }) => body(),
  'the size': ({ body }) => checkCopiedSize(body().length),
};
const checkCopy = inOrder(orders.UploadPartCopy.late, checksOfCopy);

const copyRange = judged(text, refusalOfCopyRange);

const refusalForId = (ArgumentValue: string) =>
  new S3Error('VersionIdInvalid', { ArgumentName: 'x-amz-copy-source', ArgumentValue });

export const uploadPart = operation('PUT /{Bucket}/{Key+}?uploadId&partNumber={}', {
  action: 's3:PutObject',
  checkEarly: early(inOrder(orders.UploadPart.early, namedUpload)),
  checkCustomerKey: checkNewCustomerKey,
  streaming: true,
  expectedDigest: 'base64',
  input: { ...partInput, ...contentLengthMember, Body: blob() },
  output: { ETag: header('ETag'), ...versionIdMember, ...encryptionMembers, ...partChecksumMembers },
  handle(context, { Key, UploadId = '', PartNumber = 1, Body = new Uint8Array(), ...input }) {
    const { store, bucket, request } = context;
    const upload = readOpenUpload(bucket, Key, UploadId);
    const sent = findSentChecksum(request);
    checkPart({ context, input, upload, sent });
    const checksum = upload.checksumAlgorithm && (sent?.value ?? makePartChecksum(upload, Body));
    const part = putPart(store, bucket, upload, { number: PartNumber, body: Body, checksum }, findSentMd5(request));
    return {
      ETag: `"${part.etag}"`,
      ...uploadVersionOutput(context, upload),
      ...upload.encryption,
      // S3 returns a checksum that was sent, whether it stores it with the part or not (F83).
      ...(sent ? { [`Checksum${sent.algorithm}`]: sent.value } : partChecksumOutput(upload, part)),
    };
  },
});

export const uploadPartCopy = operation('PUT /{Bucket}/{Key+}?uploadId&partNumber={}', {
  action: 's3:PutObject',
  checkEarly: early(inOrder(orders.UploadPartCopy.early, namedUpload)),
  checkCustomerKey: checkNewCustomerKey,
  checkSource,
  requires: 'x-amz-copy-source',
  slow: 'whole',
  mayFailIn200: true,
  root: 'CopyPartResult',
  contentType: 'application/xml',
  input: {
    ...partInput,
    ...copySourceMembers,
    CopySourceRange: header('x-amz-copy-source-range', copyRange, { stage: 'access' }),
  },
  output: {
    ...versionIdMember,
    ...encryptionMembers,
    ...copySourceVersionId,
    CopyPartResult: inRoot({ LastModified: element(date), ETag: plainETag, ...checksumElements }),
  },
  // F171
  outputIn: {
    'ibm-cos': {
      CopyPartResult: inRoot({ LastModified: element(dateWithMilliseconds), ETag: element(text), ...checksumElements }),
    },
  },
  handle(context, { Key, UploadId = '', PartNumber = 1, CopySourceRange, ...input }) {
    const { store, bucket } = context;
    const upload = readOpenUpload(bucket, Key, UploadId);
    const sourceKey = once(() => readSourceKey(context, input));
    const source = once(() => findCopySource(context, input, sourceKey(), refusalForId));
    const body = once(() => cutRange(source().version.content.body, CopySourceRange));
    checkCopy({ context, input, upload, sourceKey, source, body });
    const part = putPart(store, bucket, upload, {
      number: PartNumber,
      body: body(),
      checksum: makePartChecksum(upload, body()),
    });
    return {
      ...uploadVersionOutput(context, upload),
      ...upload.encryption,
      CopySourceVersionId: source().answeredVersionId,
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
