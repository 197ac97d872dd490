const { GetBucketVersioningCommand, PutBucketVersioningCommand, S3Client } = require('@aws-sdk/client-s3');

// As in production: no endpoint, no credentials. The SDK finds its own.
const client = new S3Client({});

/** Keeps every version from now on. */
async function keepVersions(bucket) {
  await setVersioning(bucket, { Status: 'Enabled' });
}

/** Keeps the versions there are, and makes no more. A bucket with MFA Delete asks for a code. */
async function archive(bucket, mfa) {
  await setVersioning(bucket, { Status: 'Suspended' }, mfa);
}

/** From now on nobody deletes a version, or changes this, without a code. */
async function protect(bucket, mfa) {
  await setVersioning(bucket, { Status: 'Enabled', MFADelete: 'Enabled' }, mfa);
}

/** Asks for codes no more. */
async function unprotect(bucket, mfa) {
  await setVersioning(bucket, { Status: 'Enabled', MFADelete: 'Disabled' }, mfa);
}

/** Such as 'Enabled', 'Suspended, MFA Delete Enabled' or 'never set'. */
async function describeVersioning(bucket) {
  const { Status = 'never set', MFADelete } = await client.send(new GetBucketVersioningCommand({ Bucket: bucket }));
  return MFADelete ? `${Status}, MFA Delete ${MFADelete}` : Status;
}

async function setVersioning(Bucket, VersioningConfiguration, MFA) {
  await client.send(new PutBucketVersioningCommand({ Bucket, MFA, VersioningConfiguration }));
}

module.exports = { keepVersions, archive, protect, unprotect, describeVersioning };
