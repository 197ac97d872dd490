import type { Bucket } from '../../model/bucket';
import { whyNotArrived } from '../../model/replication/missing-replicas';
import type { Store } from '../../model/store';
import { placesOfId, writeNearKey } from '../../model/versions/near-keys';
import { isObject, type ObjectVersion, type Version } from '../../model/versions/version';
import {
  checkVersionId,
  findVersion,
  gone,
  isIssuedVersionId,
  isVisible,
  versionIdOf,
  whereIsVersion,
} from '../../model/versions/version-lookup';
import { S3Error } from '../../refusals/s3-error';
import { joinParts, type Said, say } from '../../text/reason';
import type { FurtherAction, SearchContext } from '../operation';

interface Address {
  readonly bucket: Bucket;
  readonly key: string;
  readonly versionId?: string | undefined;
  /** The key as an answer writes it, if that is another text. */
  readonly Key?: string;
  /** The words that name the object in a reason, if it is not the object that the request addresses, but the source of a copy. */
  readonly name?: string;
}

/** With `tellsTime`, the refusal of a delete marker contains its time (F61, F62). */
export function requireObject(
  context: SearchContext,
  Key: string,
  VersionId: string | undefined,
  tellsTime = true,
): ObjectVersion {
  const { store, bucket, request } = context;
  const version = requireVersion(context, { bucket, key: Key, versionId: VersionId });
  if (isObject(version)) return version;
  const versionId = versionIdOf(store, version);
  if (VersionId === undefined) {
    const why = versionId === 'null' ? `${isMarker}${inPlaceOfNull}` : isMarker;
    const refusal = new S3Error('NoSuchKey', { Key, marker: { versionId } }, why);
    throw refusalForMissing(context, { bucket, key: Key }, refusal);
  }
  const marker = { versionId, ...(tellsTime && { lastModified: version.created }) };
  const why = versionId === 'null' ? `${hasNoContent}${inPlaceOfNull}` : hasNoContent;
  throw new S3Error('MarkerNotAllowed', { Method: request.method, marker }, why);
}

type IdContext = Pick<SearchContext, 'store' | 'bucket' | 'request'>;

/** Throws if S3 never wrote the id of a request. IBM COS then says that there is no such version (F50). */
export function checkSentVersionId(
  { store, bucket, request }: IdContext,
  versionId: string | undefined,
  ArgumentName?: string,
): void {
  if (versionId === '' || request.dialect.objects.versionIds === 'opaque')
    checkVersionId(store, bucket, versionId, ArgumentName);
}

/** An empty id is that of no version, also where any other text is an id (F71). */
export function isAcceptedVersionId({ store, bucket, request }: IdContext, versionId: string): boolean {
  if (versionId === '') return false;
  return request.dialect.objects.versionIds === 'uuid' || isIssuedVersionId(store, bucket, versionId);
}

export function requireVersion(context: SearchContext, address: Address): Version {
  const { store, request } = context;
  const { bucket, key, versionId } = address;
  checkSentVersionId({ store, bucket, request }, versionId);
  const isNamed = versionId !== undefined;
  const version = isNamed ? findVersion(store, bucket, key, versionId) : bucket.versions.current(key);
  if (version && (isNamed || isVisible(store, bucket, version))) return version;
  throw refusalForMissing(
    context,
    address,
    isNamed ? refusalForVersion(store, address, versionId) : refusalForKey(context, address, version),
  );
}

function refusalForVersion(store: Store, address: Address, VersionId: string): S3Error {
  const { bucket, key, Key = key, name } = address;
  if (VersionId === 'null')
    return new S3Error(
      'NoSuchVersion',
      { Key, VersionId },
      `${name ?? 'the key'} has no null version; the id 'null' names what was written without versioning, so leave the version id out to name the current version`,
    );
  const version = name === undefined ? 'it' : `the version of ${name}`;
  const where = whereIsVersion(store, bucket, VersionId);
  const cause =
    where === gone ? '; a delete with its id removes a version permanently, and so does a lifecycle rule' : '';
  const arrivals = writeArrivals(store, bucket, key);
  const near = bucket.versions.current(key) === undefined ? writeNearKey(store, bucket, key) : '';
  return new S3Error('NoSuchVersion', { Key, VersionId }, say`${version} ${where}${cause}${near}${arrivals}`);
}

function writeArrivals(store: Store, bucket: Bucket, key: string): Said {
  const reasons = store.unobserved(() => whyNotArrived(store, bucket, key)).map((why) => say`; ${why}`);
  return joinParts(reasons, '');
}

function refusalForKey(
  { store, request }: SearchContext,
  { bucket, key, Key = key, name: source }: Address,
  unseen: Version | undefined,
): S3Error {
  const name = source ?? 'the key';
  // A website serves no versions.
  const placeOfRequest = request.visited === undefined ? placesOfId.request : undefined;
  const place = source === undefined ? placeOfRequest : placesOfId.source;
  const why = unseen
    ? `${name} exists, but not all of S3 knows yet that versioning is enabled`
    : say`${name} has no versions${writeNearKey(store, bucket, key, place)}${writeArrivals(store, bucket, key)}`;
  return new S3Error('NoSuchKey', { Key }, why);
}

/** The version whose tags, ACL or lock a request addresses. A delete marker has none, even if it is the current version. */
export function requireChangeableVersion(
  context: SearchContext,
  address: Address,
  { tellsTime = false, idOfCurrent }: { readonly tellsTime?: boolean; readonly idOfCurrent?: string } = {},
): ObjectVersion {
  const { versionId } = address;
  const version = requireVersion(context, address);
  if (isObject(version)) return version;
  const Method = context.request.method;
  if (versionId === undefined) {
    const details = { Method, ...(idOfCurrent !== undefined && { marker: { versionId: idOfCurrent } }) };
    throw refusalForMissing(
      context,
      address,
      new S3Error('MarkerNotAllowed', details).because(`${isMarker}; to address an older version, give its VersionId`),
    );
  }
  const marker = { versionId, ...(tellsTime && { lastModified: version.created }) };
  throw new S3Error('MarkerNotAllowed', { Method, marker });
}

const isMarker = 'its current version is a delete marker';
/** Only a bucket whose versioning is suspended gets a null delete marker (User Guide, "Deleting objects from versioning-suspended buckets"). */
const inPlaceOfNull =
  '; versioning was Suspended, so the delete replaced the null version, if there was one, by a delete marker: a bucket keeps it as a noncurrent version only while versioning is Enabled';
const hasNoContent =
  'the version is a delete marker, which has no content; to bring the object back, delete the marker by its id; to read an older version, give the id of that version';

/** S3 says that something is missing only to callers who can list the bucket. It hides from others which keys exist (F524). */
export function refusalForMissing({ refusalOf }: SearchContext, address: Address, missing: S3Error): S3Error {
  const hidden = refusalOf(makeListing(address));
  return (
    hidden?.introducedBy(say`${missing.why}, which S3 reports only to callers that may list the bucket`) ?? missing
  );
}

function makeListing({ bucket, key }: Address): FurtherAction {
  return { action: 's3:ListBucket', bucket, conditions: new Map([['s3:prefix', key]]) };
}

/** If the caller can list the bucket, S3 first says that there is no object, and `find` throws that (F524). */
export function refuseRead(context: SearchContext, address: Address, denied: S3Error, find: () => unknown): never {
  const { store, request, refusalOf } = context;
  const { bucket, versionId } = address;
  const isIssued = versionId === undefined || isAcceptedVersionId({ store, bucket, request }, versionId);
  if (isIssued && refusalOf(makeListing(address)) === undefined) find();
  throw denied;
}

/** Returns undefined in a bucket in which versioning was never set (F53). */
export function answeredVersionId(store: Store, { versioning }: Bucket, version: Version): string | undefined {
  return versioning.Status === undefined ? undefined : versionIdOf(store, version);
}
