import { checksumAlgorithms, checksumHeader, isChecksum } from '../../formats/digests';
import type { Bucket } from '../../model/bucket';
import {
  checkNamedChecksums,
  checkNamedComposite,
  checkType,
  checkWhole,
  claimsOf,
  readType,
  type SentChecksum,
} from '../../model/uploads/checksums';
import {
  checkUnchanged,
  chooseParts,
  completeUpload,
  contentOfParts,
  findCompletedUpload,
} from '../../model/uploads/completion';
import type { CompletedUpload, NamedPart, Upload, UploadedPart } from '../../model/uploads/upload';
import { openUploadOf } from '../../model/uploads/uploads';
import type { CustomerKey, NamedCustomerKey } from '../../model/versions/customer-key';
import { readChecksums } from '../../protocol/request/checksums';
import type { S3Request } from '../../protocol/request/request';
import { S3Error } from '../../refusals/s3-error';
import { element, list, required } from '../../shapes/elements';
import { bytesOfLongLists, header, payload, query } from '../../shapes/places';
import { integer, long, ranging, refusing, sentText, text, word } from '../../shapes/values';
import { when } from '../members/actions';
import { checksumElements, checksumTypeElement, missingChecksumElements, plainETag } from '../members/checksums';
import { bothKeys, checkKmsKey, customerKeyMembers, encryptionMembers, sentCustomerKey } from '../members/encryption';
import { expirationMember, expirationOutput } from '../members/lifecycle';
import { locationOf } from '../members/location';
import { checksumOutput, versionIdMember } from '../members/objects';
import { newProtectionMembers, readProtection } from '../members/protection';
import { checkWriteCondition } from '../objects/write';
import { operation } from '../operation';

const partNumber = ranging(integer, [1, Number.POSITIVE_INFINITY], 'PartNumberTooSmall', { ArgumentValue: sentText });

const objectSize = ranging(
  refusing(long, 'ObjectSizeNotANumber', { value: sentText }),
  [0, Number.POSITIVE_INFINITY],
  'ObjectSizeNegative',
  { value: sentText },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export const completeMultipartUpload = operation('POST /{Bucket}/{Key+}?uploadId', {
  // The condition reads the object (F523).
  action: ({ IfMatch }) => ['s3:PutObject', ...when(IfMatch !== undefined, 's3:GetObject')],
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
              ...missingChecksumElements,
              PartNumber: required(element(partNumber)),
              ETag: required(element(text)),
              ...checksumElements,
            },
            'Part',
            [1, Number.POSITIVE_INFINITY],
          ),
        ),
      },
      { optional: true, maxBytes: bytesOfLongLists },
    ),
    ChecksumType: header('x-amz-checksum-type', word<'FULL_OBJECT' | 'COMPOSITE'>()),
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
    if (before) return answerOf(before, bucket, request, completionKey(before, named, request, input));
    const upload = openUploadOf(bucket, Key, UploadId);
    // Only a request without a body comes here without parts: an empty list does not fit the schema (F211).
    if (named.length === 0) throw new S3Error('CompletionWithoutParts', {}, 'there is no body');
    const key = completionKey(upload, named, request, input);
    if (decrypts(upload)) checkKmsKey(context, upload.encryption);
    const sent = sentObjectChecksum(request);
    const type = readType(input.ChecksumType);
    checkType(upload, type);
    checkNamedChecksums(upload, named);
    checkNamedComposite(upload, sent, named);
    const parts = chooseParts(upload, named);
    checkSize(parts, input.MpuObjectSize);
    checkCondition(upload, bucket, request.headers);
    const protection = readProtection(input, bucket, now);
    const content = contentOfParts(upload, parts);
    checkWhole(upload, { sent, type }, content.checksum);
    const stored = isConcealed(upload, key) ? { ...content, checksum: undefined } : content;
    return answerOf(completeUpload(store, bucket, upload, stored, named, protection), bucket, request, key);
  },
});

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

/**
 * The checksum that the request expects of the object. If it is made of the parts' checksums, their number follows it. S3 checks its form
 * whatever the upload asked for.
 */
function sentObjectChecksum({ headers, trailers }: S3Request): SentChecksum | undefined {
  const [sent, second] = claimsOf(readChecksums(headers, trailers));
  if (sent !== undefined && second !== undefined) {
    const names = [sent, second].map(({ algorithm }) => checksumHeader(algorithm)).join(', ');
    throw new S3Error('ChecksumMultiple').quoting({ 'what came': names });
  }
  if (sent && !isChecksum(sent.algorithm, sent.value.replace(/-\d+$/, '')))
    throw refusalForChecksum(checksumHeader(sent.algorithm), sent.value);
  return sent;
}

function refusalForChecksum(header: string, value: string): S3Error {
  return new S3Error('ChecksumInvalid', { header }).quoting({ [header]: value });
}

function checkSize(parts: readonly UploadedPart[], claimed: number | undefined): void {
  const computed = parts.reduce((total, { body }) => total + body.length, 0);
  if (claimed !== undefined && claimed !== computed) throw new S3Error('ObjectSizeMismatch', { claimed, computed });
}

/** Throws unless the condition holds, and has certainly held since the upload began (F82). */
function checkCondition(upload: Upload, bucket: Bucket, headers: ReadonlyMap<string, string>): void {
  checkWriteCondition(bucket, upload.key, headers);
  if (headers.has('if-match')) checkUnchanged(upload, 'If-Match');
  if (headers.has('if-none-match')) checkUnchanged(upload, 'If-None-Match');
}

/**
 * The customer's key of a completion. S3 reads it only if all three of its headers come, and then it has to be that of the upload. It may
 * be left out, unless the upload or its parts have checksums of their own (F612).
 */
function completionKey(
  { encryption: { SSECustomerKeyMD5: kept }, checksumAlgorithm }: Upload,
  parts: readonly NamedPart[],
  request: S3Request,
  named: NamedCustomerKey,
): CustomerKey | undefined {
  const { SSECustomerAlgorithm, SSECustomerKey, SSECustomerKeyMD5 } = named;
  const isWhole = SSECustomerAlgorithm !== undefined && SSECustomerKey !== undefined && SSECustomerKeyMD5 !== undefined;
  const sent = isWhole ? sentCustomerKey(request, named, 'needs digest') : undefined;
  if (sent?.SSECustomerKeyMD5 === kept) return sent;
  const hasChecksums = checksumAlgorithm !== undefined || parts.some(({ checksums }) => claimsOf(checksums).length > 0);
  if (sent === undefined && !hasChecksums) return undefined;
  throw new S3Error('CompletionEncryptionDiffers').quoting(bothKeys(kept, sent));
}

/** Whether the completion asks KMS for the key: S3 decrypts the parts only to check their checksums (F632). */
function decrypts({ checksumAlgorithm }: Pick<Upload, 'checksumAlgorithm'>): boolean {
  return checksumAlgorithm !== undefined;
}

/** Whether a customer's key encrypts the object and the completion lacks it: then S3 cannot compute the checksum of the object (F612). */
function isConcealed({ encryption }: Upload, key: CustomerKey | undefined): boolean {
  return encryption.SSECustomerKeyMD5 !== undefined && key === undefined;
}

/** Makes the answer. It says nothing about encrypted bytes if the request lacks the customer's key (F612) or does not ask KMS (F600). */
function answerOf(upload: CompletedUpload, bucket: Bucket, request: S3Request, key: CustomerKey | undefined) {
  const { completion, encryption } = upload;
  const concealed = isConcealed(upload, key);
  const isUnread = concealed || (encryption.SSEKMSKeyId !== undefined && !decrypts(upload));
  const current = bucket.versions.currentObject(upload.key);
  return {
    // A repeated answer says nothing about an object that was written over the upload's object since.
    Expiration: current?.content.etag === completion.etag ? expirationOutput(bucket, current) : undefined,
    VersionId: completion.versionId,
    ...encryption,
    SSECustomerKeyMD5: concealed ? undefined : encryption.SSECustomerKeyMD5,
    Location: locationOf(request, bucket.name, upload.key),
    Bucket: bucket.name,
    Key: upload.key,
    ETag: `"${completion.etag}"`,
    ...checksumOutput(isUnread ? undefined : completion.checksum),
  };
}
