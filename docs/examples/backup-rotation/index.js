const {
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  ListObjectVersionsCommand,
  S3Client,
} = require('@aws-sdk/client-s3');
const { versionsToDelete } = require('./plan');

/** The most versions that S3 deletes by one request. */
const batchSize = 1000;

/**
 * Keeps the current version of each key below a prefix, the last version of each of its latest days and of its latest weeks, and deletes
 * the other versions. Delete markers stay. Returns the number of deleted versions.
 */
async function rotate({ bucket, prefix = '', daily, weekly }, client = new S3Client({})) {
  await refuseUnversioned(client, bucket);
  const doomed = [];
  for (const versions of (await versionsByKey(client, bucket, prefix)).values())
    doomed.push(...versionsToDelete(versions, { daily, weekly }));
  for (let at = 0; at < doomed.length; at += batchSize)
    await deleteVersions(client, bucket, doomed.slice(at, at + batchSize));
  return doomed.length;
}

/** In a bucket that never had versioning, each key has one version, and it would look as if all was well. */
async function refuseUnversioned(client, Bucket) {
  const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket }));
  if (Status === undefined) throw new Error(`${Bucket} keeps no versions: enable versioning first`);
}

/** The versions of each key, newest first. The SDK has no paginator for them. */
async function versionsByKey(client, Bucket, Prefix) {
  const byKey = new Map();
  let page = {};
  do {
    const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
    page = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix, KeyMarker, VersionIdMarker }));
    for (const version of page.Versions ?? []) {
      if (!byKey.has(version.Key)) byKey.set(version.Key, []);
      byKey.get(version.Key).push(version);
    }
  } while (page.IsTruncated);
  return byKey;
}

/** S3 answers 200 to a batch of which it refuses some. */
async function deleteVersions(client, Bucket, versions) {
  const Objects = versions.map(({ Key, VersionId }) => ({ Key, VersionId }));
  const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
  if (Errors.length === 0) return;
  const reasons = Errors.map(({ Key, VersionId, Code }) => `${Key} ${VersionId}: ${Code}`);
  throw new Error(`${Errors.length} of ${versions.length} versions were not deleted: ${reasons.join(', ')}`);
}

module.exports = { rotate };
