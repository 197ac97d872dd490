import type { Bucket } from '../../model/bucket';
import { isVisible } from '../../model/propagation';
import type { Store } from '../../model/store';
import { isObject, type ObjectContent, type ObjectVersion, type Version } from '../../model/versions/version';
import { checkVersionId, findVersion, versionIdOf } from '../../model/versions/version-lookup';
import { S3Error } from '../../refusals/s3-error';
import type { Context } from '../operation';

/**
 * Finds the object that a read addresses, or throws S3's refusal. With `tellsTime`, the refusal of a delete marker has its time (F61, F62).
 */
export function addressedObject(
  { store, bucket, request }: Context,
  Key: string,
  VersionId: string | undefined,
  tellsTime = true,
): ObjectVersion {
  const version = addressedVersion(store, bucket, Key, VersionId);
  if (isObject(version)) return version;
  const versionId = versionIdOf(store, version);
  if (VersionId === undefined)
    throw new S3Error('NoSuchKey', { Key, marker: { versionId } }, 'its current version is a delete marker');
  const marker = { versionId, ...(tellsTime && { lastModified: version.created }) };
  throw new S3Error('MarkerNotAllowed', { Method: request.method, marker });
}

/** The version that a request addresses, which may be a delete marker. `Key` is the key as an answer writes it. */
export function addressedVersion(
  store: Store,
  bucket: Bucket,
  key: string,
  VersionId: string | undefined,
  Key = key,
): Version {
  checkVersionId(store, bucket, VersionId);
  if (VersionId !== undefined) {
    const version = findVersion(store, bucket, key, VersionId);
    if (version) return version;
    throw new S3Error('NoSuchVersion', { Key, VersionId }, 'it was issued, but is gone or belongs to another key');
  }
  const version = bucket.versions.current(key);
  if (version && !isVisible(store, bucket, version))
    throw new S3Error('NoSuchKey', { Key }, 'the key exists, but not all of S3 knows yet that versioning is enabled');
  if (version) return version;
  throw new S3Error('NoSuchKey', { Key }, 'the key has no versions');
}

/** The version id in an answer about a version; undefined in a bucket whose versioning was never set (F53). */
export function answeredVersionId(store: Store, { versioning }: Bucket, version: Version): string | undefined {
  return versioning.Status === undefined ? undefined : versionIdOf(store, version);
}

/** Throws unless a request for an object that a customer's key encrypts names that key. */
export function checkCustomerKey(
  { headers }: ObjectContent,
  keyMd5: string | undefined,
  what: 'object' | 'source' = 'object',
): void {
  const kept = headers['x-amz-server-side-encryption-customer-key-md5'];
  if (kept === undefined) return;
  if (keyMd5 === undefined) throw new S3Error('EncryptionKeyRequired');
  if (keyMd5 !== kept) throw new S3Error('AccessDenied', {}, `the ${what} was encrypted with another customer key`);
}
