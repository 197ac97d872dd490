import { closedArchiveOf, whyClosed } from '../../model/archives/restore';
import { noteAccess } from '../../model/archives/tiering';
import type { Bucket } from '../../model/bucket';
import type { CustomerKey } from '../../model/versions/customer-key';
import { isObject, type ObjectVersion } from '../../model/versions/version';
import { isIssuedVersionId, versionIdOf } from '../../model/versions/version-lookup';
import { type CopySourceAddress, copySourceForm, readCopySource } from '../../protocol/request/copy-source-address';
import { unmetPrecondition } from '../../protocol/request/preconditions';
import type { S3Request } from '../../protocol/request/request';
import { S3Error } from '../../refusals/s3-error';
import { header, type Input } from '../../shapes/places';
import { httpDate } from '../../shapes/values';
import { hintFor } from '../../text/spelling';
import { writeKey } from '../../text/values';
import { checkKmsKey, checkSourceKey, sentCustomerKey } from '../members/encryption';
import { checkExpectedOwner } from '../members/expected-owner';
import { addressedVersion, refusalForMissing } from '../objects/addressing';
import type { Context } from '../operation';

/** The members of a request that describe a copy's source. */
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

/** The version of the source in the answer to a copy. */
export const copySourceVersionId = { CopySourceVersionId: header('x-amz-copy-source-version-id') };

/** The source of a copy. */
export interface CopySource {
  readonly bucket: Bucket;
  readonly version: ObjectVersion;
  /** The version id that the request names, if it names one. */
  readonly versionId: string | undefined;
  /** The version id that the answer has; undefined for the null version of a request that does not name it. */
  readonly answeredVersionId: string | undefined;
}

/** Throws if a copy has a body (F191). */
export function checkHasNoBody({ body }: S3Request): void {
  if (body.length > 0) throw new S3Error('CopyWithBody').quoting({ 'the number of its bytes': body.length });
}

/** Reads the customer's key that a copy names for its source. S3 judges it before that of the copy (F610). */
export function sentSourceKey({ request }: Context, input: Input<typeof copySourceMembers>): CustomerKey | undefined {
  const named = {
    SSECustomerAlgorithm: input.CopySourceSSECustomerAlgorithm,
    SSECustomerKey: input.CopySourceSSECustomerKey,
    SSECustomerKeyMD5: input.CopySourceSSECustomerKeyMD5,
  };
  return sentCustomerKey(request, named, 'may lack digest');
}

/** Finds the source that a copy names, or throws S3's refusal. `refusalForId` makes the refusal of an id that S3 never issued (F91, F92). */
export function findCopySource(
  context: Context,
  input: Input<typeof copySourceMembers>,
  key: CustomerKey | undefined,
  refusalForId: (versionId: string) => S3Error,
): CopySource {
  const address = readCopySource(input.CopySource ?? '');
  const bucket = sourceBucket(context, address);
  const version = sourceVersion(context, bucket, address, refusalForId);
  const { content } = version;
  const archive = closedArchiveOf(version);
  if (archive) throw new S3Error('CopySourceArchived', archive, whyClosed(version));
  checkSourceKey(content.encryption, key);
  checkKmsKey(context, content.encryption);
  checkSourceConditions(context, version, input);
  noteAccess(bucket, version, context.now);
  const { versionId } = address;
  return { bucket, version, versionId, answeredVersionId: answeredId(versionIdOf(context.store, version), versionId) };
}

/** S3 answers the id of the null version only to a request that names it (F579). */
function answeredId(id: string, named: string | undefined): string | undefined {
  return id === 'null' && named === undefined ? undefined : id;
}

function sourceBucket({ store, checkAccess, request }: Context, address: CopySourceAddress): Bucket {
  const { bucket: name, key, versionId } = address;
  const bucket = store.buckets.get(name);
  if (!bucket) throw refusalForSourceBucket([...store.buckets.keys()], address);
  checkExpectedOwner(request, bucket, 'x-amz-source-expected-bucket-owner', 'source');
  const action = versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  checkAccess({ action, bucket, key, versionId }, describeAddress(name, key));
  return bucket;
}

function refusalForSourceBucket(buckets: readonly string[], { bucket: BucketName, sent }: CopySourceAddress): S3Error {
  const why = `the source's bucket ${BucketName} does not exist; CopySource is ${writeKey(sent)}, ${copySourceForm}.${hintFor(BucketName, buckets)}`;
  return new S3Error('NoSuchBucket', { BucketName }, why.replace(/\.$/, ''));
}

/** Names the source of a copy, for the journal. */
export function describeSource({ bucket, version }: Pick<CopySource, 'bucket' | 'version'>): string {
  return describeAddress(bucket.name, version.key);
}

function describeAddress(bucket: string, key: string): string {
  return `the source ${bucket}/${key}`;
}

function sourceVersion(
  context: Context,
  bucket: Bucket,
  { key, versionId, sent }: CopySourceAddress,
  refusalForId: (versionId: string) => S3Error,
): ObjectVersion {
  if (versionId === '') throw new S3Error('VersionIdEmpty', { ArgumentName: 'x-amz-copy-source' });
  if (versionId !== undefined && !isIssuedVersionId(context.store, bucket, versionId)) throw refusalForId(versionId);
  const isPlain = sent.replace(/^\//, '') === `${bucket.name}/${key}`;
  const name = `${describeAddress(bucket.name, key)}${isPlain ? '' : `, sent as ${writeKey(sent)},`}`;
  const version = addressedVersion(context, { bucket, key, versionId, name });
  if (isObject(version)) return version;
  if (versionId !== undefined) throw new S3Error('CopySourceIsMarker');
  const marker = { versionId: versionIdOf(context.store, version) };
  const refusal = new S3Error(
    'NoSuchKey',
    { Key: key, marker },
    'the current version of the source is a delete marker',
  );
  throw refusalForMissing(context, { bucket, key }, refusal);
}

/** A copy has no 304: if its source had to be a changed one, an unchanged source is refused (F92). */
function checkSourceConditions(
  { now }: Context,
  { content: { etag }, created }: ObjectVersion,
  input: Input<typeof copySourceMembers>,
): void {
  const conditions = {
    IfMatch: input.CopySourceIfMatch,
    IfNoneMatch: input.CopySourceIfNoneMatch,
    IfModifiedSince: input.CopySourceIfModifiedSince,
    IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
  };
  const unmet = unmetPrecondition(conditions, { etag, lastModified: created }, now);
  if (unmet === undefined) return;
  const Condition = `x-amz-copy-source-${unmet.condition}`;
  throw new S3Error('PreconditionFailed', { Condition }, `the source's ETag is "${etag}"`);
}
