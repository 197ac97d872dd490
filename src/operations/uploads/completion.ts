import { checksumAlgorithms, checksumHeader, isChecksum } from '../../formats/digests';
import type { Bucket } from '../../model/bucket';
import type { AskedProtection } from '../../model/protection';
import {
  checkChecksumForms,
  checkChecksumType,
  checkFullObjectChecksum,
  checkNamedChecksums,
  checkNamedComposite,
  listSentChecksums,
  readChecksumType,
  type SentChecksum,
} from '../../model/uploads/checksums';
import {
  checkNamedETags,
  checkNumberOfParts,
  checkPartOrder,
  checkPartSizes,
  checkUnchanged,
  checkWithoutGap,
  chooseParts,
  completeUpload,
  findCompletedUpload,
  makeContentOfParts,
} from '../../model/uploads/completion';
import type { CompletedUpload, NamedPart, Upload, UploadedPart } from '../../model/uploads/upload';
import { readOpenUpload, readUpload } from '../../model/uploads/uploads';
import type { CustomerKey, NamedCustomerKey } from '../../model/versions/customer-key';
import { isObject, type ObjectContent } from '../../model/versions/version';
import { versionIdOf } from '../../model/versions/version-lookup';
import { checkNoneTwice, readChecksums, readClaims } from '../../protocol/request/checksums';
import { type Checks, inOrder, once, orders } from '../../protocol/request/orders';
import { readWritePrecondition } from '../../protocol/request/preconditions';
import type { S3Request } from '../../protocol/request/request';
import { S3Error } from '../../refusals/s3-error';
import { element, list, required } from '../../shapes/elements';
import { header, payload, query } from '../../shapes/places';
import { integer, long, ranging, refusing, sentText, text, word } from '../../shapes/values';
import { counted } from '../../text/counts';
import { when } from '../members/actions';
import { checksumElements, checksumTypeElement, plainETag } from '../members/checksums';
import { checkKmsKey, customerKeyMembers, describeKeys, encryptionMembers, readSentKey } from '../members/encryption';
import { expirationMember, expirationOutput } from '../members/lifecycle';
import { writeLocation } from '../members/location';
import { checksumOutput, versionIdMember } from '../members/objects';
import { newProtectionMembers, readProtection } from '../members/protection';
import { checkWriteCondition } from '../objects/write';
import { type Context, operation } from '../operation';
import { checkWasBegun, type EarlyRequest } from './upload-id';

const partNumber = ranging(integer, [1, Number.POSITIVE_INFINITY], 'PartNumberTooSmall', { ArgumentValue: sentText });

const objectSize = ranging(
  refusing(long, 'ObjectSizeNotANumber', { value: sentText }),
  [0, Number.POSITIVE_INFINITY],
  'ObjectSizeNegative',
  { value: sentText },
);

export const completeMultipartUpload = operation('POST /{Bucket}/{Key+}?uploadId', {
  // The condition reads the object (F523).
  action: ({ IfMatch }) => ['s3:PutObject', ...when(IfMatch !== undefined, 's3:GetObject')],
  checkEarly: (context, { Key = '', UploadId = '' }) => checkEarly({ context, Key, UploadId }),
  accessAfter: 'document',
  slow: 'streamed',
  mayFailIn200: true,
  root: 'CompleteMultipartUploadResult',
  contentType: 'application/xml',
  checksumOf: 'object',
  input: {
    UploadId: query('uploadId'),
    MultipartUpload: payload(
      {
        Parts: required(
          list(
            {
              ...checksumElements,
              PartNumber: required(element(partNumber)),
              ETag: required(element(text)),
            },
            'Part',
            [1, Number.POSITIVE_INFINITY],
          ),
        ),
      },
      { optional: true, maxBytes: 2_621_440 },
    ),
    ChecksumType: header('x-amz-checksum-type', word('FULL_OBJECT', 'COMPOSITE')),
    MpuObjectSize: header('x-amz-mp-object-size', objectSize),
    IfMatch: header('If-Match'),
    IfNoneMatch: header('If-None-Match'),
    ...customerKeyMembers,
    ...newProtectionMembers,
  },
  output: {
    ...expirationMember,
    ...versionIdMember,
    ...encryptionMembers,
    Location: element(text),
    Bucket: element(text),
    Key: element(text),
    ETag: plainETag,
    ...checksumElements,
    ...checksumTypeElement,
  },
  handle(context, { Key, UploadId = '', MultipartUpload, ...input }) {
    const { store, bucket, request, now } = context;
    const named = (MultipartUpload?.Parts ?? []).map(readPart);
    const before = findCompletedUpload(bucket, Key, UploadId, named);
    // Its condition and its checksum have been read, and are not decided again (F86).
    if (before) return makeAnswer(before, bucket, request, completionKey(before, request, input));
    const upload = readUpload(bucket, Key, UploadId);
    const key = once(() => completionKey(upload, request, input));
    const parts = once(() => chooseParts(bucket, upload, named));
    const content = once(() => makeContentOfParts(upload, parts()));
    const protection = once(() => readProtection(input, bucket, now));
    checkCompletion({ context, input, named, upload, key, parts, content, protection });
    const completed = completeUpload(store, bucket, upload, content(), named, {
      protection: protection(),
      idForm: request.dialect.objects.versionIds,
    });
    noteIfNotCurrent(context, completed);
    return {
      ...makeAnswer(completed, bucket, request, key()),
      ...checksumOutput(isUnread(completed, key()) ? undefined : content().checksum),
    };
  },
});

interface CompletionRequest {
  readonly context: Context;
  readonly input: { readonly MpuObjectSize?: number; readonly ChecksumType?: string };
  readonly named: readonly NamedPart[];
  readonly upload: Upload;
  readonly key: () => CustomerKey | undefined;
  readonly parts: () => readonly UploadedPart[];
  readonly content: () => ObjectContent;
  readonly protection: () => AskedProtection | undefined;
}

const early: Checks<typeof orders.CompleteMultipartUpload.early, EarlyRequest> = {
  'the form of the condition'({ context: { request } }) {
    if (!request.dialect.objects.takeConditionsOfReads) readWritePrecondition(request.headers);
  },
  'the upload was begun': checkWasBegun,
  "the form of the object's checksum": ({ context }) => checkChecksumForm(context.request),
};

const late: Checks<typeof orders.CompleteMultipartUpload.late, CompletionRequest> = {
  'the upload is open': ({ context: { bucket }, upload: { key, id } }) => readOpenUpload(bucket, key, id),
  'the number of parts': ({ named }) => checkNumberOfParts(named),
  "the customer's key": ({ key }) => key(),
  'the key of KMS'({ context, upload }) {
    if (decrypts(upload)) checkKmsKey(context, upload.encryption);
  },
  "the upload's type of checksum": ({ upload, input }) =>
    checkChecksumType(upload, readChecksumType(input.ChecksumType)),
  "the form of the parts' checksums": ({ named }) => checkChecksumForms(named),
  'the order of the parts': ({ upload, named }) => checkPartOrder(upload, named),
  'the ETags of the parts that exist': ({ context, upload, named }) => checkNamedETags(context.bucket, upload, named),
  'the checksum of each part': ({ upload, named }) => checkNamedChecksums(upload, named),
  "the object's checksum, as the list of parts has it": ({ context, upload, named }) =>
    checkNamedComposite(upload, findObjectChecksum(context.request), named),
  'the parts exist, with their checksums': ({ parts }) => parts(),
  "the whole object's checksum"({ context, input, upload, content }) {
    const sent = findObjectChecksum(context.request);
    if (sent !== undefined)
      checkFullObjectChecksum(upload, { sent, type: readChecksumType(input.ChecksumType) }, content().checksum);
  },
  'the least size of a part': ({ parts }) => checkPartSizes(parts()),
  'the expected size': ({ parts, input }) => checkSize(parts(), input.MpuObjectSize),
  'the condition'({ context, upload }) {
    if (decrypts(upload) && hasKmsKey(upload, context.request)) context.beginAnswer();
    checkCondition(upload, context);
  },
  'the protection': ({ protection }) => protection(),
  'no gap': ({ upload, named }) => checkWithoutGap(upload, named),
};

const checkCompletion = inOrder(orders.CompleteMultipartUpload.late, late);
const checkEarly = inOrder(orders.CompleteMultipartUpload.early, early);

interface PartElement extends Partial<Readonly<Record<keyof typeof checksumElements, string>>> {
  readonly PartNumber: number;
  readonly ETag: string;
}

function readPart({ PartNumber, ETag, ...checksums }: PartElement): NamedPart {
  const claims = checksumAlgorithms.map((algorithm) => [algorithm, checksums[`Checksum${algorithm}`]] as const);
  return {
    PartNumber,
    ETag: ETag.replace(/^"(.*)"$/, '$1'),
    checksums: Object.fromEntries(claims.filter(([, value]) => value !== undefined)),
  };
}

function findObjectChecksum({ headers, trailers }: S3Request): SentChecksum | undefined {
  return listSentChecksums(readChecksums(headers, trailers))[0];
}

/** If the checksum is made of the parts' checksums, their number follows it. S3 checks its form whatever the upload says. */
function checkChecksumForm(request: S3Request): void {
  const { headers, trailers } = request;
  checkNoneTwice(readClaims(request));
  const [sent, second] = listSentChecksums(readChecksums(headers, trailers));
  if (sent !== undefined && second !== undefined) {
    const names = [sent, second].map(({ algorithm }) => checksumHeader(algorithm)).join(', ');
    throw new S3Error('ChecksumMultiple').quoting({ 'what came': names });
  }
  if (sent && !isChecksum(sent.algorithm, sent.value.replace(/-\d+$/, '')))
    throw refusalForChecksum(checksumHeader(sent.algorithm), sent.value);
  readChecksumType(headers.get('x-amz-checksum-type'));
}

function refusalForChecksum(header: string, value: string): S3Error {
  return new S3Error('ChecksumInvalid', { header }).quoting({ [header]: value });
}

function checkSize(parts: readonly UploadedPart[], claimed: number | undefined): void {
  const computed = parts.reduce((total, { body }) => total + body.length, 0);
  if (claimed === undefined || claimed === computed) return;
  const why = `the parts have ${counted(computed, 'byte')} together, and MpuObjectSize says ${counted(claimed, 'byte')}: send the sum of their sizes, or leave MpuObjectSize out`;
  throw new S3Error('ObjectSizeMismatch', { claimed, computed }, why);
}

/** Throws unless the condition holds, and the version is current that was when the upload began (F82). IBM COS asks only for the first. */
function checkCondition(upload: Upload, context: Context): void {
  const { bucket, request } = context;
  const { headers, dialect } = request;
  checkWriteCondition(context, upload.key);
  if (dialect.objects.takeConditionsOfReads) return;
  if (headers.has('if-match')) checkUnchanged(bucket, upload, 'If-Match');
  if (headers.has('if-none-match')) checkUnchanged(bucket, upload, 'If-None-Match');
}

/**
 * S3 reads a key only if all three of its headers came. Then it has to be the upload's key. If the upload has no checksum algorithm, the
 * key can be left out (F612).
 */
function completionKey(
  { encryption: { SSECustomerKeyMD5: kept }, checksumAlgorithm }: Upload,
  request: S3Request,
  named: NamedCustomerKey,
): CustomerKey | undefined {
  const { SSECustomerAlgorithm, SSECustomerKey, SSECustomerKeyMD5 } = named;
  const isWhole = SSECustomerAlgorithm !== undefined && SSECustomerKey !== undefined && SSECustomerKeyMD5 !== undefined;
  const sent = isWhole ? readSentKey(request, named, 'needs digest') : undefined;
  if (sent?.SSECustomerKeyMD5 === kept) return sent;
  if (sent === undefined && checksumAlgorithm === undefined) return undefined;
  throw new S3Error('CompletionEncryptionDiffers').quoting(describeKeys(kept, sent));
}

/** S3 decrypts the parts only to check their checksums (F632). */
function decrypts({ checksumAlgorithm }: Pick<Upload, 'checksumAlgorithm'>): boolean {
  return checksumAlgorithm !== undefined;
}

/** S3 begins to answer while it decrypts the parts, before it decides the condition (F82). */
function hasKmsKey({ encryption }: Upload, { dialect }: S3Request): boolean {
  return encryption.SSEKMSKeyId !== undefined && dialect.objects.areEncrypted;
}

/** Whether a customer's key encrypts the object and the completion lacks it: then the answer says nothing of the checksum (F612). */
function isConcealed({ encryption }: Upload, key: CustomerKey | undefined): boolean {
  return encryption.SSECustomerKeyMD5 !== undefined && key === undefined;
}

/** The answer does not say that the version is noncurrent, or not stored at all (F84). */
function noteIfNotCurrent({ store, bucket: { versions }, note }: Context, { key, sequence }: CompletedUpload): void {
  const current = versions.current(key);
  if (current?.sequence === sequence) return;
  if (versions.at(key, sequence) === undefined)
    note(
      () =>
        'nothing was stored: the null version was written or deleted after the upload began, and the later request wins',
    );
  else if (current)
    note(
      () =>
        `the version is noncurrent: ${isObject(current) ? 'version' : 'delete marker'} ${versionIdOf(store, current)} was made after the upload began`,
    );
}

/** Whether S3 does not read the bytes: the request lacks the customer's key (F612), or does not ask KMS (F600). */
function isUnread(upload: Upload, key: CustomerKey | undefined): boolean {
  return isConcealed(upload, key) || (upload.encryption.SSEKMSKeyId !== undefined && !decrypts(upload));
}

/** Makes the answer without the checksum, which a repeated answer does not contain (F86). */
function makeAnswer(upload: CompletedUpload, bucket: Bucket, request: S3Request, key: CustomerKey | undefined) {
  const { completion, encryption } = upload;
  const concealed = isConcealed(upload, key);
  const current = bucket.versions.current(upload.key);
  return {
    // The answer says nothing about a version that is not current (F84).
    Expiration: current?.sequence === upload.sequence ? expirationOutput(bucket, current) : undefined,
    VersionId: completion.versionId,
    ...encryption,
    SSECustomerKeyMD5: concealed ? undefined : encryption.SSECustomerKeyMD5,
    Location: writeLocation(request, bucket.name, upload.key),
    Bucket: bucket.name,
    Key: upload.key,
    ETag: `"${completion.etag}"`,
  };
}
