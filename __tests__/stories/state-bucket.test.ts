import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';

const s3 = mockS3();
const client = new S3Client({});
const Bucket = 'infrastructure-state';
const Key = 'production/network.json';

const codeOf = (error: unknown) => (error instanceof Error ? error.name : String(error));

async function prepare(): Promise<readonly string[]> {
  const done: string[] = [];
  const exists = await client.send(new HeadBucketCommand({ Bucket })).then(
    () => true,
    (error: unknown) => codeOf(error) !== 'NotFound',
  );
  if (!exists) {
    await client.send(new CreateBucketCommand({ Bucket }));
    done.push('created');
  }
  const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket }));
  if (Status !== 'Enabled') {
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    done.push('versioned');
  }
  const { ServerSideEncryptionConfiguration: sse } = await client.send(new GetBucketEncryptionCommand({ Bucket }));
  if (sse?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm !== 'aws:kms') {
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const } }];
    await client.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
    done.push('encrypted');
  }
  const isBlocked = await client.send(new GetPublicAccessBlockCommand({ Bucket })).then(
    ({ PublicAccessBlockConfiguration }) => Object.values(PublicAccessBlockConfiguration ?? {}).every(Boolean),
    (error: unknown) => {
      if (codeOf(error) === 'NoSuchPublicAccessBlockConfiguration') return false;
      throw error;
    },
  );
  if (!isBlocked) {
    await client.send(
      new PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      }),
    );
    done.push('blocked');
  }
  return done;
}

describe('the state bucket of an infrastructure tool', () => {
  test('is created once, and what is right stays as it is', async () => {
    expect(await prepare()).toEqual(['created', 'versioned', 'encrypted']);
    expect(await prepare()).toEqual([]);
    expect(s3).toHaveReceivedTimes('PutBucketVersioning', 1);
  });

  test.each<[string, Parameters<typeof s3.createBucket>[1], readonly string[]]>([
    ['suspended', { versioning: 'Suspended', encryption: 'aws:kms' }, ['versioned']],
    ['encrypted with S3’s own key', { versioning: 'Enabled', encryption: 'AES256' }, ['encrypted']],
    ['opened', { versioning: 'Enabled', encryption: 'aws:kms', publicAccessBlock: null }, ['blocked']],
    [
      'half opened',
      { versioning: 'Enabled', encryption: 'aws:kms', publicAccessBlock: { BlockPublicAcls: true } },
      ['blocked'],
    ],
  ])('can be mended after somebody has it %s', async (_what, fixture, expected) => {
    s3.createBucket(Bucket, fixture);
    expect(await prepare()).toEqual(expected);
  });

  test('gives back an older state', async () => {
    await prepare();
    await client.send(new PutObjectCommand({ Bucket, Key, Body: '{"serial":1}' }));
    await client.send(new PutObjectCommand({ Bucket, Key, Body: '{"serial":2}' }));
    const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }));
    const { Body, ServerSideEncryption } = await client.send(
      new GetObjectCommand({ Bucket, Key, VersionId: Versions[1]?.VersionId ?? '' }),
    );
    expect({ transformToString: await Body?.transformToString(), ServerSideEncryption }).toEqual({
      transformToString: '{"serial":1}',
      ServerSideEncryption: 'aws:kms',
    });
  });

  test('is locked by one run at a time', async () => {
    await prepare();
    const lock = { Bucket, Key: `${Key}.lock`, Body: 'ann', IfNoneMatch: '*' };
    await client.send(new PutObjectCommand(lock));
    await expect(client.send(new PutObjectCommand(lock))).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await client.send(new DeleteObjectCommand({ Bucket, Key: `${Key}.lock` }));
    await client.send(new PutObjectCommand(lock));
    expect(s3.bucket(Bucket).versions(`${Key}.lock`)).toHaveLength(3);
  });

  test('does not take a policy that opens it', async () => {
    await prepare();
    const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await expect(client.send(new PutBucketPolicyCommand({ Bucket, Policy }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('BlockPublicPolicy'),
    });
    expect(s3.bucket(Bucket)).not.toHaveConfiguration('policy');
  });
});
