const { S3 } = require('ibm-cos-sdk');

// As in production: the code has an API key, and the SDK requests a token for it from IBM Cloud.
const client = new S3({
  endpoint: 's3.us-south.cloud-object-storage.appdomain.cloud',
  apiKeyId: process.env.COS_API_KEY ?? 'an-api-key',
  serviceInstanceId: 'crn:v1:bluemix:public:cloud-object-storage:global:a/1234:5678::',
});

/** Keeps the existing versions, and makes no new ones. */
async function archive(Bucket, MFA) {
  await client.putBucketVersioning({ Bucket, MFA, VersioningConfiguration: { Status: 'Suspended' } }).promise();
}

/** From now on nobody deletes a version, or changes the versioning, without a code. */
async function protect(Bucket, MFA) {
  const VersioningConfiguration = { Status: 'Enabled', MFADelete: 'Enabled' };
  await client.putBucketVersioning({ Bucket, MFA, VersioningConfiguration }).promise();
}

async function versioningOf(Bucket) {
  return await client.getBucketVersioning({ Bucket }).promise();
}

module.exports = { archive, protect, versioningOf };
