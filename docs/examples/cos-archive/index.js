const { S3 } = require('ibm-cos-sdk');

// As in production: the code has an API key, and the SDK requests a token for it from IBM Cloud.
const client = new S3({
  endpoint: 's3.us-south.cloud-object-storage.appdomain.cloud',
  apiKeyId: process.env.COS_API_KEY ?? 'an-api-key',
  serviceInstanceId: 'crn:v1:bluemix:public:cloud-object-storage:global:a/1234:5678::',
});

/** Stores a file as a new version, and returns the version's id. Refuses a bucket that would overwrite the last one. */
async function store(Bucket, Key, Body) {
  const { Status } = await versioningOf(Bucket);
  if (Status !== 'Enabled')
    throw new Error(`${Bucket} would overwrite ${Key}: its versioning is ${Status ?? 'not set'}`);
  const { VersionId } = await client.putObject({ Bucket, Key, Body }).promise();
  return VersionId;
}

/** Keeps the existing versions, and makes no new ones. */
async function archive(Bucket, MFA) {
  await client.putBucketVersioning({ Bucket, MFA, VersioningConfiguration: { Status: 'Suspended' } }).promise();
}

/** Writes an earlier version on top of the later ones, which stay; the versioning is enabled for that alone. */
async function restore(Bucket, Key, versionId) {
  const before = await versioningOf(Bucket);
  await setStatus(Bucket, 'Enabled');
  try {
    const CopySource = `${Bucket}/${Key.split('/').map(encodeURIComponent).join('/')}?versionId=${versionId}`;
    const { VersionId } = await client.copyObject({ Bucket, Key, CopySource }).promise();
    return VersionId;
  } finally {
    if (before.Status === 'Suspended') await setStatus(Bucket, 'Suspended');
  }
}

/** From now on nobody deletes a version, or changes the versioning, without a code. */
async function protect(Bucket, MFA) {
  const VersioningConfiguration = { Status: 'Enabled', MFADelete: 'Enabled' };
  await client.putBucketVersioning({ Bucket, MFA, VersioningConfiguration }).promise();
}

async function versioningOf(Bucket) {
  return await client.getBucketVersioning({ Bucket }).promise();
}

async function setStatus(Bucket, Status) {
  await client.putBucketVersioning({ Bucket, VersioningConfiguration: { Status } }).promise();
}

module.exports = { archive, protect, restore, store, versioningOf };
