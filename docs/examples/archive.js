const { GetBucketVersioningCommand, PutBucketVersioningCommand, S3Client } = require('@aws-sdk/client-s3');

// As in production: the code sets no endpoint and no credentials; the SDK finds its own.
const client = new S3Client({});

/** Keeps every version from now on. */
async function keepVersions(bucket) {
  await setVersioning(bucket, { Status: 'Enabled' });
}

/** Keeps the existing versions, and makes no new ones. A bucket with MFA Delete needs a code. */
async function archive(bucket, mfa) {
  await setVersioning(bucket, { Status: 'Suspended' }, mfa);
}

/** From now on nobody deletes a version, or changes the versioning, without a code. */
async function protect(bucket, mfa) {
  await setVersioning(bucket, { Status: 'Enabled', MFADelete: 'Enabled' }, mfa);
}

/** From now on no code is needed. */
async function unprotect(bucket, mfa) {
  await setVersioning(bucket, { Status: 'Enabled', MFADelete: 'Disabled' }, mfa);
}

/** Returns for example 'Enabled', 'Suspended, MFA Delete Enabled' or 'never set'. */
async function describeVersioning(bucket) {
  const { Status = 'never set', MFADelete } = await client.send(new GetBucketVersioningCommand({ Bucket: bucket }));
  return MFADelete ? `${Status}, MFA Delete ${MFADelete}` : Status;
}

async function setVersioning(Bucket, VersioningConfiguration, MFA) {
  await client.send(new PutBucketVersioningCommand({ Bucket, MFA, VersioningConfiguration }));
}

module.exports = { keepVersions, archive, protect, unprotect, describeVersioning };
