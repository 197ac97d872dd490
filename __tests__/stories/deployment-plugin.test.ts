import {
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketTaggingCommand,
  GetBucketWebsiteCommand,
  PutBucketCorsCommand,
  PutBucketWebsiteCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';

const website = { IndexDocument: { Suffix: 'index.html' }, ErrorDocument: { Key: 'error.html' } };
const rule = { AllowedMethods: ['GET'], AllowedOrigins: ['https://www.example.com'], MaxAgeSeconds: 3000 };

const s3 = mockS3({
  buckets: { plain: {}, site: { website, cors: { CORSRules: [rule] }, tags: { stage: 'live' } } },
});
const client = new S3Client({});

/** Reads what a bucket has; undefined for what S3 says is not set. Any other refusal is the plugin's failure. */
async function present<Output>(reading: Promise<Output>, notSet: string): Promise<Output | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && error.name === notSet) return undefined;
    throw error;
  }
}

async function readBucket(Bucket: string): Promise<Readonly<Record<string, boolean>>> {
  const [cors, site, policy, tags, lifecycle, replication] = await Promise.all([
    present(client.send(new GetBucketCorsCommand({ Bucket })), 'NoSuchCORSConfiguration'),
    present(client.send(new GetBucketWebsiteCommand({ Bucket })), 'NoSuchWebsiteConfiguration'),
    present(client.send(new GetBucketPolicyCommand({ Bucket })), 'NoSuchBucketPolicy'),
    present(client.send(new GetBucketTaggingCommand({ Bucket })), 'NoSuchTagSet'),
    present(client.send(new GetBucketLifecycleConfigurationCommand({ Bucket })), 'NoSuchLifecycleConfiguration'),
    present(client.send(new GetBucketReplicationCommand({ Bucket })), 'ReplicationConfigurationNotFoundError'),
  ]);
  const found = { cors, site, policy, tags, lifecycle, replication };
  return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, value !== undefined]));
}

async function deploy(Bucket: string): Promise<void> {
  const { cors, site } = await readBucket(Bucket);
  if (!cors) await client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule] } }));
  if (!site) await client.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration: website }));
}

describe('a deployment plugin', () => {
  test('recognizes by the error codes what is not set', async () => {
    const nothing = { cors: false, site: false, policy: false, tags: false, lifecycle: false, replication: false };
    expect(await readBucket('plain')).toEqual(nothing);
    expect(await readBucket('site')).toEqual({ ...nothing, cors: true, site: true, tags: true });
  });

  test('sets only what is missing', async () => {
    await deploy('plain');
    await deploy('site');
    expect(s3).toHaveReceivedTimes('PutBucketCors', 1, { Bucket: 'plain' });
    expect(s3.bucket('plain')).toHaveConfiguration('website', website);
    expect(s3.bucket('plain')).toHaveConfiguration('cors', { CORSRules: [rule] });
  });

  test('fails on a refusal that means something else', async () => {
    s3.on('GetBucketCors').fail('AccessDenied');
    await expect(deploy('plain')).rejects.toThrow('Access Denied');
    expect(s3).not.toHaveReceived('PutBucketWebsite');
  });
});
