import { readIfShort } from '../../formats/sparse-body';
import { findClosedArchive, whyClosed } from '../../model/archives/restore';
import { noteAccess } from '../../model/archives/tiering';
import { type ReplicationStatus, replicationStatuses } from '../../model/replication/replication-state';
import { listParts } from '../../model/versions/content';
import type { ObjectHeaders, ObjectVersion } from '../../model/versions/version';
import {
  findUnmetPrecondition,
  holdsIfRange,
  type ReadPreconditions,
  whyUnmet,
} from '../../protocol/request/preconditions';
import { S3Error } from '../../refusals/s3-error';
import {
  type ByteArray,
  blob,
  header,
  type Input,
  prefixHeaders,
  query,
  refusedFirst,
  status,
  storedHeaders,
} from '../../shapes/places';
import { encodedWords, httpDate, long, text, word, wordsOf } from '../../shapes/values';
import { versioned } from '../members/actions';
import { archiveMembers, archiveOutput, archiveStatusMember } from '../members/archives';
import {
  checkCustomerKey,
  checkKmsKey,
  checkNamesCustomerKey,
  checkReadIsSecure,
  customerKeyMembers,
  encryptionMembers,
  readSentKey,
} from '../members/encryption';
import { expirationMember, expirationOutput } from '../members/lifecycle';
import { lockMembers, lockOutput } from '../members/object-lock';
import { answeredClass, checksumMembers, givenVersionId, systemMembers, versionIdMember } from '../members/objects';
import { protectionMembers, protectionOutput } from '../members/protection';
import { type Context, operation } from '../operation';
import { answeredVersionId, checkSentVersionId, requireObject } from './addressing';
import { cutSlice, partNumberValue, refusalOfPartBesideRange, writeChecksum } from './slice';

/** IBM COS has no such header (F871). */
const replicationStatusMember = {
  ReplicationStatus: header('x-amz-replication-status', wordsOf<ReplicationStatus>(replicationStatuses), {
    dialect: 'aws',
  }),
};

const readInput = {
  IfMatch: header('If-Match'),
  IfNoneMatch: header('If-None-Match'),
  IfModifiedSince: header('If-Modified-Since', httpDate, { ignoredBy: 'both' }),
  IfUnmodifiedSince: header('If-Unmodified-Since', httpDate, { ignoredBy: 'both' }),
  Range: refusedFirst(header('Range'), refusalOfPartBesideRange),
  VersionId: query('versionId', givenVersionId, { stage: 'query' }),
  PartNumber: query('partNumber', partNumberValue),
  ChecksumMode: header('x-amz-checksum-mode', word('ENABLED')),
  ...customerKeyMembers,
  ResponseCacheControl: query('response-cache-control'),
  ResponseContentDisposition: query('response-content-disposition'),
  ResponseContentEncoding: query('response-content-encoding'),
  ResponseContentLanguage: query('response-content-language'),
  ResponseContentType: query('response-content-type'),
  // S3 returns any text (F65).
  ResponseExpires: query('response-expires', httpDate, { ignoredBy: 'both' }),
};

const readOutput = {
  StatusCode: status<200 | 206>(),
  ...replicationStatusMember,
  LastModified: header('Last-Modified', httpDate),
  ...expirationMember,
  ...archiveMembers,
  ETag: header('ETag'),
  ...checksumMembers,
  TagCount: header('x-amz-tagging-count', long),
  StorageClass: header('x-amz-storage-class'),
  ...encryptionMembers,
  ...storedHeaders({
    Metadata: prefixHeaders('x-amz-meta-', encodedWords),
    ...systemMembers,
    ExpiresString: header('Expires'),
  }),
  ...versionIdMember,
  ...lockMembers,
  ...protectionMembers,
  PartsCount: header('x-amz-mp-parts-count', long),
  // COS sends it in every answer.
  AcceptRanges: header('Accept-Ranges', text, { dialect: 'aws' }),
  ContentRange: header('Content-Range'),
  ContentType: header('Content-Type'),
  ContentLength: header('Content-Length', long),
};

export const getObject = operation('GET /{Bucket}/{Key+}', {
  action: versioned('s3:GetObject', 's3:GetObjectVersion'),
  findObject: requireObject,
  refusalOfAnonymous,
  input: readInput,
  output: { ...readOutput, Body: blob() },
  handle(context, input) {
    checkReadParameters(context, input);
    const mode = readChecksumMode(input.ChecksumMode);
    // A GET reads the checksum mode before it looks for the key, a HEAD after that (F63).
    const isNamed = input.VersionId !== undefined;
    if (mode === undefined && !isNamed && context.bucket.versions.current(input.Key) === undefined)
      throw refusalForChecksumMode(input.ChecksumMode);
    const version = requireObject(context, input.Key, input.VersionId);
    const { content } = version;
    // S3 refuses to read the whole of an archived object before all other checks, and a part, or with a condition, after them (F611).
    const isPlain = isWithoutTerms(input);
    if (isPlain) checkIsReadable(version);
    const { output, first, end } = read(context, version, input);
    if (!isPlain) checkIsReadable(version);
    checkKmsKey(context, content.encryption);
    noteAccess(context.bucket, version, context.now);
    // Of a long placeholder the entry has no Body, and its bytes are made as they are sent.
    const Body = readIfShort(content.body.subarray(first, end)) as ByteArray;
    return Object.assign(output, { Body });
  },
});

export const headObject = operation('HEAD /{Bucket}/{Key+}', {
  action: versioned('s3:GetObject', 's3:GetObjectVersion'),
  findObject: requireObject,
  refusalOfAnonymous,
  input: readInput,
  output: { ...readOutput, ...archiveStatusMember },
  handle(context, input) {
    checkReadParameters(context, input);
    const version = requireObject(context, input.Key, input.VersionId);
    const { output } = read(context, version, input);
    // S3 decrypts nothing for a HEAD but the checksum (F632).
    if (readChecksumMode(input.ChecksumMode)) checkKmsKey(context, version.content.encryption);
    return Object.assign(output, { ArchiveStatus: version.accessTier });
  },
});

function isWithoutTerms(input: ReadInput): boolean {
  const { Range, PartNumber, IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = input;
  const conditions = IfMatch ?? IfNoneMatch ?? IfModifiedSince ?? IfUnmodifiedSince;
  return (Range ?? PartNumber ?? conditions) === undefined;
}

function checkIsReadable(version: ObjectVersion): void {
  const archive = findClosedArchive(version);
  if (archive) throw new S3Error('ObjectArchived', archive, whyClosed(version));
}

function checkReadParameters(context: Context, { VersionId, PartNumber, Range, ...input }: ReadInput): void {
  checkSentVersionId(context, VersionId);
  checkReadIsSecure(context.request, input);
  if (PartNumber === undefined || Range === undefined) return;
  throw new S3Error('RangeWithPartNumber').quoting({ Range, partNumber: PartNumber });
}

/** Whether the request asks for a checksum; undefined if S3 refuses the value (F63). */
export function readChecksumMode(mode: string | undefined): boolean | undefined {
  if (mode === undefined) return false;
  return mode.trim().toUpperCase() === 'ENABLED' ? true : undefined;
}

export function refusalForChecksumMode(mode: string | undefined): S3Error {
  return new S3Error('ChecksumModeInvalid').quoting({ 'x-amz-checksum-mode': mode });
}

type ReadInput = Input<typeof readInput>;

function read(context: Context, version: ObjectVersion, input: ReadInput) {
  const { store, bucket, request } = context;
  const { content } = version;
  const key = readSentKey(request, input, 'may lack digest');
  // For an object with a customer's key, S3 needs a key to answer anything, and compares it when it is about to decrypt (F611).
  checkNamesCustomerKey(content.encryption, key);
  checkConditions(context, version, input);
  const Range = holdsIfRange(request.headers.get('if-range'), { etag: content.etag, lastModified: version.created })
    ? input.Range
    : undefined;
  const slice = cutSlice(content, { ...input, Range });
  checkCustomerKey(content.encryption, key);
  const withChecksum = readChecksumMode(input.ChecksumMode);
  if (withChecksum === undefined) throw refusalForChecksumMode(input.ChecksumMode);
  const headers = overridden(content.headers, request.query);
  const { first, end, isPartial } = slice;
  const output = {
    StatusCode: isPartial ? (206 as const) : (200 as const),
    ReplicationStatus: version.replication?.status,
    LastModified: new Date(version.created),
    // S3 answers the expiration of the current version only, and only if the request names no version (F112).
    Expiration: input.VersionId === undefined ? expirationOutput(bucket, version) : undefined,
    ...archiveOutput(context, version),
    ETag: `"${content.etag}"`,
    ...(withChecksum && writeChecksum(content, slice)),
    TagCount: tagCount(context, version, input.VersionId),
    StorageClass: answeredClass(content),
    ...content.encryption,
    Metadata: content.metadata,
    CacheControl: headers['cache-control'],
    ContentDisposition: headers['content-disposition'],
    ContentEncoding: headers['content-encoding'],
    ContentLanguage: headers['content-language'],
    ExpiresString: headers['expires'],
    WebsiteRedirectLocation: headers['x-amz-website-redirect-location'],
    VersionId: answeredVersionId(store, bucket, version),
    ...lockOutput(context, version, input.VersionId),
    ...protectionOutput(version),
    PartsCount: input.PartNumber === undefined ? undefined : listParts(content)?.length,
    AcceptRanges: 'bytes',
    ContentRange: isPartial ? `bytes ${first}-${end - 1}/${content.body.length}` : undefined,
    ContentType: headers['content-type'],
    ContentLength: end - first,
  };
  return { output, first, end };
}

/** S3 leaves the number out if the caller cannot read the tags (F521). */
function tagCount({ refusalOf }: Context, { key, tags }: ObjectVersion, versionId: string | undefined) {
  if (tags.length === 0) return undefined;
  const action = versionId === undefined ? 's3:GetObjectTagging' : 's3:GetObjectVersionTagging';
  return refusalOf({ action, key, versionId }) === undefined ? tags.length : undefined;
}

function checkConditions(
  { store, bucket, request: { dialect }, now }: Context,
  version: ObjectVersion,
  conditions: ReadPreconditions,
): void {
  const { etag } = version.content;
  const lastModified = version.created;
  const unmet = findUnmetPrecondition(conditions, { etag, lastModified }, now);
  if (unmet === undefined) return;
  const versionId = answeredVersionId(store, bucket, version);
  // If a version changed that should not have changed, COS answers 304, as for an unchanged version (F63).
  const unchanged =
    unmet.unchanged || (dialect.objects.answersUnmodifiedSinceWith304 && unmet.condition === 'If-Unmodified-Since');
  if (unchanged) {
    const why = `the version does not meet ${unmet.condition}: its ETag is "${etag}", and it was last modified at ${new Date(lastModified).toISOString()}`;
    throw new S3Error('NotModified', { etag, lastModified, versionId }, why);
  }
  const why = whyUnmet(unmet.condition, { what: 'version', etag, lastModified }, conditions);
  throw new S3Error('PreconditionFailed', { Condition: unmet.condition }, why);
}

const overridable: ReadonlyMap<string, string> = new Map([
  ['response-cache-control', 'cache-control'],
  ['response-content-disposition', 'content-disposition'],
  ['response-content-encoding', 'content-encoding'],
  ['response-content-language', 'content-language'],
  ['response-content-type', 'content-type'],
  ['response-expires', 'expires'],
]);

function refusalOfAnonymous(parameters: ReadonlyMap<string, string>): S3Error | undefined {
  return [...overridable.keys()].some((name) => parameters.has(name)) ? new S3Error('OverrideByAnonymous') : undefined;
}

/** F65 */
function overridden(headers: ObjectHeaders, parameters: ReadonlyMap<string, string>): ObjectHeaders {
  let overrides: Record<string, string> | undefined;
  for (const [name, value] of parameters) {
    if (!name.startsWith('response-')) continue;
    const header = overridable.get(name);
    if (header === undefined) throw new S3Error('OverrideUnknown', { ArgumentName: name, ArgumentValue: value });
    if (/[^\0-\xff]/.test(value)) throw new S3Error('OverrideNotLatin1', { ArgumentName: name, ArgumentValue: value });
    overrides = { ...overrides, [header]: withoutControls(value) };
  }
  return overrides === undefined ? headers : { ...headers, ...overrides };
}

function withoutControls(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no header has them, and S3 answers blanks
  return value.replace(/[\0-\x08\n-\x1f\x7f]/g, ' ');
}
