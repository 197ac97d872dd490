import { type AccessPoint, findNamedBucket } from '../../model/access-points';
import { findClosedArchive, whyClosed } from '../../model/archives/restore';
import { noteAccess } from '../../model/archives/tiering';
import type { Bucket } from '../../model/bucket';
import { largestPart } from '../../model/uploads/upload';
import type { CustomerKey } from '../../model/versions/customer-key';
import { isObject, type ObjectVersion } from '../../model/versions/version';
import { emptyId, explainUnset, versionIdOf } from '../../model/versions/version-lookup';
import { type CopySourceAddress, copySourceForm, readCopySource } from '../../protocol/request/copy-source-address';
import { findUnmetPrecondition, whyUnmet } from '../../protocol/request/preconditions';
import type { S3Request } from '../../protocol/request/request';
import { S3Error } from '../../refusals/s3-error';
import { header, type Input } from '../../shapes/places';
import { httpDate } from '../../shapes/values';
import { counted } from '../../text/counts';
import { hintFor } from '../../text/spelling';
import { writeKey } from '../../text/values';
import { checkCustomerKey, checkKmsKey, checkNamesCustomerKey, ofSource, readSentKey } from '../members/encryption';
import { checkExpectedOwner } from '../members/expected-owner';
import { isAcceptedVersionId, refusalForMissing, refuseRead, requireVersion } from '../objects/addressing';
import type { Context, SourceContext } from '../operation';

export const copySourceMembers = {
  CopySource: header('x-amz-copy-source'),
  CopySourceIfMatch: header('x-amz-copy-source-if-match'),
  CopySourceIfNoneMatch: header('x-amz-copy-source-if-none-match'),
  CopySourceIfModifiedSince: header('x-amz-copy-source-if-modified-since', httpDate, { ignoredBy: 'both' }),
  CopySourceIfUnmodifiedSince: header('x-amz-copy-source-if-unmodified-since', httpDate, { ignoredBy: 'both' }),
  CopySourceSSECustomerAlgorithm: header('x-amz-copy-source-server-side-encryption-customer-algorithm'),
  CopySourceSSECustomerKey: header('x-amz-copy-source-server-side-encryption-customer-key'),
  CopySourceSSECustomerKeyMD5: header('x-amz-copy-source-server-side-encryption-customer-key-md5'),
  ExpectedSourceBucketOwner: header('x-amz-source-expected-bucket-owner'),
};

export const copySourceVersionId = { CopySourceVersionId: header('x-amz-copy-source-version-id') };

export interface CopySource {
  readonly bucket: Bucket;
  readonly version: ObjectVersion;
  readonly versionId: string | undefined;
  /** The version id that the answer has; undefined for the null version of a request that does not name it. */
  readonly answeredVersionId: string | undefined;
}

/** F191 */
export function checkHasNoBody({ body }: S3Request): void {
  if (body.length > 0) throw new S3Error('CopyWithBody').quoting({ 'the number of its bytes': body.length });
}

/** S3 judges the key of the source before the key of the copy (F610). */
export function readSourceKey(
  { request }: Pick<Context, 'request'>,
  input: Input<typeof copySourceMembers>,
): CustomerKey | undefined {
  const named = {
    SSECustomerAlgorithm: input.CopySourceSSECustomerAlgorithm,
    SSECustomerKey: input.CopySourceSSECustomerKey,
    SSECustomerKeyMD5: input.CopySourceSSECustomerKeyMD5,
  };
  return readSentKey(request, named, 'may lack digest');
}

/** Throws if one request cannot copy so many bytes (F1590). */
export function checkCopiedSize(size: number): void {
  if (size <= largestPart) return;
  throw new S3Error(
    'CopySourceTooLarge',
    { most: largestPart },
    `the source has ${counted(size, 'byte')}; copy it in parts, with UploadPartCopy and a CopySourceRange`,
  );
}

/** Makes the refusal of a version id that S3 never issued (F91, F92). */
type RefusalForId = (versionId: string) => S3Error;

export function findCopySource(
  context: Context,
  input: Input<typeof copySourceMembers>,
  key: CustomerKey | undefined,
  refusalForId: RefusalForId,
): CopySource {
  const source = findMatchingSource(context, input, key, refusalForId);
  const { bucket, version, versionId } = source;
  const { encryption } = version.content;
  checkCustomerKey(encryption, key, ofSource);
  checkKmsKey(context, encryption);
  noteAccess(bucket, version, context.now);
  return { ...source, answeredVersionId: answeredId(versionIdOf(context.store, version), versionId) };
}

export function checkSource(context: SourceContext, input: Input<typeof copySourceMembers>): void {
  findMatchingSource(context, input, readSourceKey(context, input), refusalForSourceId);
}

export function refusalForSourceId(versionId: string): S3Error {
  return new S3Error('CopySourceVersionInvalid').quoting({ 'the version id of x-amz-copy-source': versionId });
}

function findMatchingSource(
  context: SourceContext,
  input: Input<typeof copySourceMembers>,
  key: CustomerKey | undefined,
  refusalForId: RefusalForId,
): Omit<CopySource, 'answeredVersionId'> {
  const address = readCopySource(input.CopySource ?? '');
  const { bucket, point } = sourceBucket(context, address);
  const find = () => sourceVersion(context, bucket, address, refusalForId);
  checkSourceAccess(context, { bucket, point }, address, find);
  const version = find();
  const { content } = version;
  // In the order of a read of the whole object (F611).
  const archive = findClosedArchive(version);
  if (archive) throw new S3Error('CopySourceArchived', archive, whyClosed(version));
  checkNamesCustomerKey(content.encryption, key, ofSource);
  checkSourceConditions(context, version, input);
  return { bucket, version, versionId: address.versionId };
}

/** S3 answers the id of the null version only to a request that names it (F579). */
function answeredId(id: string, named: string | undefined): string | undefined {
  return id === 'null' && named === undefined ? undefined : id;
}

interface SourceBucket {
  readonly bucket: Bucket;
  readonly point?: AccessPoint | undefined;
}

function sourceBucket({ store, request, bucket }: SourceContext, address: CopySourceAddress): SourceBucket {
  const found = findNamedBucket(store.buckets, address.bucket);
  if (!found)
    throw refusalForSourceBucket(
      store.unobserved(() => [...store.buckets.keys()]),
      address,
    );
  const { point } = found;
  const region = bucket.region ?? request.endpoint.region;
  if (point !== undefined && region !== undefined && point.region !== region)
    throw new S3Error(
      'AccessDenied',
      {},
      `the source is an access point of ${point.region}, and the copy is made in ${region}; name the bucket ${found.bucket.name}`,
    );
  request.dialect.buckets.checkKnown(found.bucket, request.endpoint.region, undefined, true);
  checkExpectedOwner(request, found.bucket, 'x-amz-source-expected-bucket-owner', 'source');
  return found;
}

/** Throws if the caller cannot read the source; `find` throws if the source does not exist (F521, F524). */
function checkSourceAccess(
  context: SourceContext,
  { bucket, point }: SourceBucket,
  { bucket: name, key, versionId }: CopySourceAddress,
  find: () => unknown,
): void {
  const action = versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  const denied = context.refusalOf({ action, bucket, key, versionId, accessPoint: point });
  if (denied) refuseRead(context, { bucket, key, versionId }, denied.introducedBy(describeAddress(name, key)), find);
}

function refusalForSourceBucket(buckets: readonly string[], { bucket: BucketName, sent }: CopySourceAddress): S3Error {
  const why = `the source's bucket ${BucketName} does not exist; CopySource is ${writeKey(sent)}, ${copySourceForm}.${hintFor(BucketName, buckets)}`;
  return new S3Error('NoSuchBucket', { BucketName }, why.replace(/\.$/, ''));
}

export function describeSource({ bucket, version }: Pick<CopySource, 'bucket' | 'version'>): string {
  return describeAddress(bucket.name, version.key);
}

function describeAddress(bucket: string, key: string): string {
  return `the source ${bucket}/${key}`;
}

function sourceVersion(
  context: SourceContext,
  bucket: Bucket,
  { key, versionId, sent }: CopySourceAddress,
  refusalForId: RefusalForId,
): ObjectVersion {
  if (versionId === '') throw new S3Error('VersionIdEmpty', { ArgumentName: 'x-amz-copy-source' }, emptyId);
  if (versionId !== undefined && !isAcceptedVersionId({ ...context, bucket }, versionId)) {
    const refusal = refusalForId(versionId);
    const unset = explainUnset(bucket, versionId);
    throw unset === undefined
      ? refusal
      : refusal.because(`the version id of the CopySource is ${writeKey(versionId)}; ${unset}`);
  }
  const isPlain = sent.replace(/^\//, '') === `${bucket.name}/${key}`;
  const name = `${describeAddress(bucket.name, key)}${isPlain ? '' : `, sent as ${writeKey(sent)},`}`;
  const version = requireVersion(context, { bucket, key, versionId, name });
  if (isObject(version)) return version;
  if (versionId !== undefined) throw new S3Error('CopySourceIsMarker');
  const marker = { versionId: versionIdOf(context.store, version) };
  const refusal = new S3Error(
    'NoSuchKey',
    { Key: key, marker },
    'the current version of the source is a delete marker; to copy an older version, give its id in the CopySource, ?versionId=',
  );
  throw refusalForMissing(context, { bucket, key }, refusal);
}

/** A copy has no 304: if its source had to be a changed one, an unchanged source is refused (F92). */
function checkSourceConditions(
  { now }: SourceContext,
  { content: { etag }, created }: ObjectVersion,
  input: Input<typeof copySourceMembers>,
): void {
  const conditions = {
    IfMatch: input.CopySourceIfMatch,
    IfNoneMatch: input.CopySourceIfNoneMatch,
    IfModifiedSince: input.CopySourceIfModifiedSince,
    IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
  };
  const unmet = findUnmetPrecondition(conditions, { etag, lastModified: created }, now);
  if (unmet === undefined) return;
  const Condition = `x-amz-copy-source-${unmet.condition}`;
  const why = whyUnmet(unmet.condition, { what: 'source', etag, lastModified: created }, conditions);
  throw new S3Error('PreconditionFailed', { Condition }, why);
}
