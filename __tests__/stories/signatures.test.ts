import { GetObjectCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, describe, expect, test } from '@jest/globals';
import CosS3 from 'ibm-cos-sdk/clients/s3';
import { mockS3 } from 's3-versioning-mock/jest';

const s3 = mockS3({
  verifySignatures: true,
  accounts: { partner: {} },
  buckets: { vault: { versioning: 'Enabled', objects: { 'report.pdf': ['first', 'second'] } } },
});

const client = new S3Client({});
afterAll(() => client.destroy());

function linkTo(VersionId: string | undefined, signingDate = new Date()): Promise<string> {
  const command = new GetObjectCommand({ Bucket: 'vault', Key: 'report.pdf', VersionId });
  return getSignedUrl(client, command, { expiresIn: 900, signingDate });
}

async function open(url: string): Promise<string> {
  const answer = await fetch(url);
  const text = await answer.text();
  return answer.ok ? text : `${answer.status} ${/<Message>(.*?)</.exec(text)?.[1]}`;
}

describe('a link that the application hands out', () => {
  const oldest = () => s3.bucket('vault').versions('report.pdf').at(-1)?.versionId;

  test('opens its version, and no other', async () => {
    const url = await linkTo(oldest());
    expect(await open(url)).toBe('first');
    const newest = s3.bucket('vault').current('report.pdf')?.versionId ?? '';
    expect(await open(url.replace(encodeURIComponent(oldest() ?? ''), newest))).toMatch(/^403 The request signature/);
    expect(s3.requests.last()?.error?.code).toBe('SignatureDoesNotMatch');
  });

  test('expires after a quarter of an hour', async () => {
    const url = await linkTo(oldest());
    s3.clock.advance({ minutes: 16 });
    expect(await open(url)).toBe('403 Request has expired');
  });

  test('can be made again after a month', async () => {
    s3.clock.advance({ days: 30 });
    expect(await open(await linkTo(oldest(), s3.clock.now()))).toBe('first');
  });

  test('cannot be used to write', async () => {
    const answer = await fetch(await linkTo(undefined), { method: 'PUT', body: Buffer.from('third') });
    expect(answer.status).toBe(403);
    expect(s3.bucket('vault')).toHaveVersions('report.pdf', ['first', 'second']);
  });
});

describe('keys', () => {
  test("from the environment are the owner's", async () => {
    const VersioningConfiguration = { Status: 'Suspended' } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket: 'vault', VersioningConfiguration }));
    expect(s3.bucket('vault')).toHaveVersioning('Suspended');
  });

  test('with a mistyped secret are refused, and nothing is written', async () => {
    const { accessKeyId } = s3.account.credentials;
    const wrong = new S3Client({ credentials: { accessKeyId, secretAccessKey: 'mistyped' } });
    const put = wrong.send(new PutObjectCommand({ Bucket: 'vault', Key: 'report.pdf', Body: 'third' }));
    await expect(put).rejects.toMatchObject({ name: 'SignatureDoesNotMatch', $metadata: { httpStatusCode: 403 } });
    expect(s3.bucket('vault')).toHaveVersions('report.pdf', ['first', 'second']);
    wrong.destroy();
  });

  test('left over from elsewhere are refused, with advice in the journal', async () => {
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'from elsewhere' };
    const stranger = new S3Client({ credentials });
    const get = stranger.send(new GetObjectCommand({ Bucket: 'vault', Key: 'report.pdf' }));
    await expect(get).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
    expect(s3.requests.last()?.why).toContain('sign with the keys that SDKs find in the environment');
    stranger.destroy();
  });

  test('signed for another region are refused', async () => {
    const lost = new S3Client({ region: 'eu-west-1', endpoint: 'https://s3.us-east-1.amazonaws.com' });
    const get = lost.send(new GetObjectCommand({ Bucket: 'vault', Key: 'report.pdf' }));
    await expect(get).rejects.toMatchObject({ name: 'AuthorizationHeaderMalformed', Region: 'us-east-1' });
    lost.destroy();
  });
});

describe('a port of this machine', () => {
  test('accepts signatures for its host', async () => {
    const { url } = await s3.listen();
    const there = new S3Client({ endpoint: url, forcePathStyle: true });
    const { Body } = await there.send(new GetObjectCommand({ Bucket: 'vault', Key: 'report.pdf' }));
    expect(await Body?.transformToString()).toBe('second');
    there.destroy();
  });
});

describe('IBM COS', () => {
  const endpoint = 's3.us-south.cloud-object-storage.appdomain.cloud';
  const cos = () => new CosS3({ endpoint, apiKeyId: 'key', serviceInstanceId: 'crn:v1:an:instance' });

  test('accepts the tokens that it issued, for an hour', async () => {
    const client = cos();
    const get = () => client.getObject({ Bucket: 'vault', Key: 'report.pdf' }).promise();
    expect(String((await get()).Body)).toBe('second');
    s3.clock.advance({ hours: 1 });
    await expect(get()).rejects.toMatchObject({ code: 'AccessDenied', statusCode: 403 });
  });
});
