import {
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from '@jest/globals';
import S3 from 'aws-sdk/clients/s3';
import { mockS3 } from 's3-versioning-mock/jest';

const s3 = mockS3({ region: 'eu-west-1' });

const everySwitch = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const encryption = {
  Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: true }],
} as const;
const expiry = {
  ID: 'old versions',
  Status: 'Enabled',
  Filter: { Prefix: '' },
  NoncurrentVersionExpiration: { NoncurrentDays: 90 },
} as const;
const policyOf = (bucket: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  });

async function harden(client: S3Client, Bucket: string): Promise<void> {
  await client.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
  );
  await client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: everySwitch }));
  await client.send(
    new PutBucketOwnershipControlsCommand({
      Bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    }),
  );
  await client.send(
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: { Rules: [...encryption.Rules] },
    }),
  );
  await client.send(
    new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled', MFADelete: 'Disabled' } }),
  );
  await client.send(
    new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [expiry] } }),
  );
  await client.send(new PutBucketPolicyCommand({ Bucket, Policy: policyOf(Bucket) }));
}

async function hardenByCallbacks(client: S3, Bucket: string): Promise<void> {
  await client.createBucket({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }).promise();
  await client.putPublicAccessBlock({ Bucket, PublicAccessBlockConfiguration: everySwitch }).promise();
  const OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] };
  await client.putBucketOwnershipControls({ Bucket, OwnershipControls }).promise();
  const ServerSideEncryptionConfiguration = { Rules: [...encryption.Rules] };
  await client.putBucketEncryption({ Bucket, ServerSideEncryptionConfiguration }).promise();
  const VersioningConfiguration = { Status: 'Enabled', MFADelete: 'Disabled' };
  await client.putBucketVersioning({ Bucket, VersioningConfiguration }).promise();
  await client.putBucketLifecycleConfiguration({ Bucket, LifecycleConfiguration: { Rules: [expiry] } }).promise();
  await client.putBucketPolicy({ Bucket, Policy: policyOf(Bucket) }).promise();
}

describe.each([
  ['SDK v3', (bucket: string) => harden(new S3Client({}), bucket)],
  ['SDK v2', (bucket: string) => hardenByCallbacks(new S3({ region: 'eu-west-1' }), bucket)],
])('a hardening script with %s', (_sdk, run) => {
  test('leaves a bucket that is versioned, private and encrypted', async () => {
    await run('backups');
    const backups = s3.bucket('backups');
    expect(backups).toHaveVersioning('Enabled');
    expect(backups).toHaveConfiguration('publicAccessBlock', everySwitch);
    expect(backups).toHaveConfiguration('ownershipControls', 'BucketOwnerEnforced');
    expect(backups).toHaveConfiguration('encryption', encryption);
    expect(backups).toHaveConfiguration('policy', JSON.parse(policyOf('backups')));
    expect(backups.lifecycle?.Rules).toMatchObject([{ ID: 'old versions' }]);
  });

  test('says which step was refused', async () => {
    s3.on('PutBucketEncryption').fail('AccessDenied');
    await expect(run('backups')).rejects.toThrow('Access Denied');
    expect(s3).toHaveRefused('PutBucketEncryption', { Bucket: 'backups' }, { code: 'AccessDenied' });
    expect(s3).not.toHaveReceived('PutBucketVersioning');
    expect(s3.bucket('backups')).not.toHaveConfiguration('encryption');
  });

  test('leaves a bucket private that it did not harden', async () => {
    s3.createBucket('plain');
    const { ServerSideEncryptionConfiguration } = await new S3Client({}).send(
      new GetBucketEncryptionCommand({ Bucket: 'plain' }),
    );
    expect(ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault).toEqual({
      SSEAlgorithm: 'AES256',
    });
    expect(s3.bucket('plain')).not.toHaveConfiguration('encryption');
  });
});
