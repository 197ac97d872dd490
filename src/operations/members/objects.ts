import type { Dialect } from '../../dialects';
import { type ChecksumAlgorithm, makeChecksumMembers } from '../../formats/digests';
import { objectAclWords } from '../../model/access/canned-acl';
import { readOnly } from '../../model/read-only';
import { checkObjectTags, readTagHeader, type Tag } from '../../model/tagging';
import type { SentChecksum } from '../../model/uploads/checksums';
import {
  checkMetadata,
  checkRedirectLocation,
  checkSystemMetadata,
  defaultHeaders,
  readStorageClassName,
  standard,
  storageClasses,
  storedHeaderNames,
} from '../../model/versions/content';
import type { NamedCustomerKey } from '../../model/versions/customer-key';
import type { Checksum, NamedEncryption, ObjectContent, ObjectHeaders } from '../../model/versions/version';
import { emptyId } from '../../model/versions/version-lookup';
import { storedContentEncoding } from '../../protocol/request/aws-chunked';
import { findFirstChecksum } from '../../protocol/request/checksums';
import type { S3Request } from '../../protocol/request/request';
import { S3Error } from '../../refusals/s3-error';
import { header, prefixHeaders } from '../../shapes/places';
import { encodedWords, httpDate, judged, long, text, word, words } from '../../shapes/values';
import { writeGiven } from '../../text/values';
import type { Context } from '../operation';
import { readAclOfWrite } from './acl';
import type { WriteAction } from './denied-actions';
import { newEncryption, newEncryptionMembers } from './encryption';
import { objectGrantMembers } from './grants';
import { newLockMembers } from './object-lock';
import { storageClasses as wordsOfSdks } from './words';

export const systemMembers = {
  CacheControl: header('Cache-Control'),
  ContentDisposition: header('Content-Disposition'),
  ContentEncoding: header('Content-Encoding', text, { withoutTransfer: storedContentEncoding }),
  ContentLanguage: header('Content-Language'),
  WebsiteRedirectLocation: header('x-amz-website-redirect-location'),
};

/**
 * S3 refuses other classes before it reads the digest of the body and the customer's key (F614), and refuses the classes of Amazon FSx by
 * another code (F951).
 */
const storageClass = judged(word(...wordsOfSdks), (sent) => {
  if (storageClasses.includes(sent)) return undefined;
  return sent.startsWith('FSX_')
    ? new S3Error('StorageClassOfVolume', { ArgumentValue: sent })
    : new S3Error('StorageClassInvalid', { StorageClassRequested: sent });
});

export const newObjectMembers = {
  ...systemMembers,
  // S3 stores and returns any text.
  Expires: header('Expires', httpDate, { ignoredBy: 'both' }),
  ...newEncryptionMembers,
  ...newLockMembers,
  ...objectGrantMembers,
  ContentType: header('Content-Type'),
  Metadata: prefixHeaders('x-amz-meta-', encodedWords),
  StorageClass: header('x-amz-storage-class', storageClass),
  Tagging: header('x-amz-tagging'),
  ACL: header('x-amz-acl', word(...objectAclWords)),
};

/** The storage class in an answer to PutObject and CopyObject, which says nothing of STANDARD (F950). */
export const writtenClassMember = { StorageClass: header('x-amz-storage-class', text, { dialect: 'aws' }) };

export function answeredClass({ storageClass }: Pick<ObjectContent, 'storageClass'>): string | undefined {
  return storageClass === standard ? undefined : storageClass;
}

/** The size of the body; if it came in chunks, without their framing. */
export const contentLengthMember = {
  ContentLength: header(['x-amz-decoded-content-length', 'Content-Length'], long, { ignoredBy: 'both' }),
};

export const checksumMembers = {
  ...makeChecksumMembers((name) => header(name)),
  ChecksumType: header('x-amz-checksum-type', words('FULL_OBJECT', 'COMPOSITE')),
};

/** S3 refuses an empty id before it reads the caller (F50). */
export const givenVersionId = judged(text, (id, ArgumentName) =>
  id === '' ? new S3Error('VersionIdEmpty', { ArgumentName }, emptyId) : undefined,
);

export const versionIdMember = { VersionId: header('x-amz-version-id', text) };

// All objects without metadata share one value.
const noMetadata: ObjectContent['metadata'] = Object.freeze({});
const noTags: readonly Tag[] = Object.freeze([]);
const noHeaders: ObjectHeaders = Object.freeze({});

export interface DescribingInput extends NamedEncryption, NamedCustomerKey {
  readonly StorageClass?: string;
  readonly Tagging?: string;
}

export function readDescription(
  context: Context,
  input: DescribingInput,
  metadata = noMetadata,
  action: WriteAction = 's3:PutObject',
) {
  const { headers, dialect } = context.request;
  if (metadata !== noMetadata) checkMetadata(metadata);
  const stored = storedHeaders(headers);
  return {
    acl: readAclOfWrite(context, action),
    metadata: readOnly(metadata),
    storageClass: readStorageClassName(input.StorageClass),
    tags: readTagging(input.Tagging, dialect),
    headers: stored,
    encryption: newEncryption(context, input),
  };
}

function storedHeaders(headers: S3Request['headers']): ObjectHeaders {
  checkRedirectLocation(headers.get('x-amz-website-redirect-location'));
  const found = describingHeaders(headers);
  if (found === noHeaders) return defaultHeaders;
  checkSystemMetadata(found);
  return Object.freeze({ ...defaultHeaders, ...found });
}

function describingHeaders(headers: S3Request['headers']): ObjectHeaders {
  let found: Record<string, string> | undefined;
  for (const name of storedHeaderNames) {
    const value = headers.get(name);
    if (value === undefined) continue;
    found ??= {};
    found[name] = value;
  }
  const encoding = storedContentEncoding(headers.get('content-encoding'), headers);
  if (encoding === undefined) return found ?? noHeaders;
  return { ...found, 'content-encoding': encoding };
}

function refusalForTags(ArgumentValue: string): S3Error {
  const refusal = new S3Error('TagHeaderInvalid', { ArgumentValue });
  const joined = ArgumentValue.replace(/[,;] */g, '&');
  const isJoinedOtherwise = joined !== ArgumentValue && readTagHeader(joined) !== undefined;
  return isJoinedOtherwise
    ? refusal.because(`x-amz-tagging is ${writeGiven(ArgumentValue)}; tags are joined by &: ${joined}`)
    : refusal;
}

function readTagging(ArgumentValue: string | undefined, dialect: Dialect): readonly Tag[] {
  if (ArgumentValue === undefined) return noTags;
  const tags = readTagHeader(ArgumentValue);
  if (!tags) throw refusalForTags(ArgumentValue);
  checkObjectTags(tags, dialect.tags);
  return tags;
}

/** It has been checked before. */
export function findSentChecksum({ headers, trailers }: S3Request): SentChecksum | undefined {
  return findFirstChecksum(headers, trailers);
}

/** It has been checked before. */
export function findSentMd5({ headers }: S3Request): Buffer | undefined {
  const value = headers.get('content-md5');
  return value === undefined ? undefined : Buffer.from(value, 'base64');
}

type ChecksumOutput = { readonly [A in ChecksumAlgorithm as `Checksum${A}`]?: string } & {
  readonly ChecksumType?: Checksum['type'];
};

// Written out: an object whose names are computed takes as long to make as all else of an answer.
const outputs: {
  readonly [A in ChecksumAlgorithm]: (value: string, ChecksumType: Checksum['type']) => ChecksumOutput;
} = {
  CRC32: (ChecksumCRC32, ChecksumType) => ({ ChecksumCRC32, ChecksumType }),
  CRC32C: (ChecksumCRC32C, ChecksumType) => ({ ChecksumCRC32C, ChecksumType }),
  CRC64NVME: (ChecksumCRC64NVME, ChecksumType) => ({ ChecksumCRC64NVME, ChecksumType }),
  SHA1: (ChecksumSHA1, ChecksumType) => ({ ChecksumSHA1, ChecksumType }),
  SHA256: (ChecksumSHA256, ChecksumType) => ({ ChecksumSHA256, ChecksumType }),
  SHA512: (ChecksumSHA512, ChecksumType) => ({ ChecksumSHA512, ChecksumType }),
  MD5: (ChecksumMD5, ChecksumType) => ({ ChecksumMD5, ChecksumType }),
  XXHASH64: (ChecksumXXHASH64, ChecksumType) => ({ ChecksumXXHASH64, ChecksumType }),
  XXHASH3: (ChecksumXXHASH3, ChecksumType) => ({ ChecksumXXHASH3, ChecksumType }),
  XXHASH128: (ChecksumXXHASH128, ChecksumType) => ({ ChecksumXXHASH128, ChecksumType }),
};

export function checksumOutput(checksum: Checksum | undefined): ChecksumOutput {
  return checksum === undefined ? {} : outputs[checksum.algorithm](checksum.value, checksum.type);
}
