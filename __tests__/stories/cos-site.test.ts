import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import CosS3 from 'ibm-cos-sdk/clients/s3';
import { mockS3 } from 's3-versioning-mock/jest';

const s3 = mockS3({ buckets: { site: { region: 'us-south-standard', versioning: 'Enabled' } } });

const cos = () =>
  new CosS3({
    endpoint: 's3.us-south.cloud-object-storage.appdomain.cloud',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    maxRetries: 0,
  } as CosS3.ClientConfiguration);

const website = { IndexDocument: { Suffix: 'index.html' }, ErrorDocument: { Key: 'error.html' } };
const cors = { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] };

async function publish(pages: Readonly<Record<string, string>>): Promise<void> {
  const client = cos();
  await client.putBucketWebsite({ Bucket: 'site', WebsiteConfiguration: website }).promise();
  await client.putBucketCors({ Bucket: 'site', CORSConfiguration: cors }).promise();
  for (const [Key, Body] of Object.entries(pages)) {
    const ContentMD5 = createHash('md5').update(Body).digest('base64');
    await client
      .putObject({ Bucket: 'site', Key, Body, ContentMD5, ContentType: 'text/html', ACL: 'public-read' })
      .promise();
  }
}

describe('a static site on IBM Cloud Object Storage', () => {
  test('has its documents, its pages and their older versions', async () => {
    await publish({ 'index.html': '<h1>one</h1>', 'error.html': '<h1>oh</h1>' });
    await publish({ 'index.html': '<h1>two</h1>' });
    expect(s3.bucket('site')).toHaveConfiguration('website', website);
    expect(s3.bucket('site')).toHaveConfiguration('cors', cors);
    expect(s3.bucket('site')).toHaveVersions('index.html', ['<h1>one</h1>', '<h1>two</h1>']);
  });

  test('is answered by S3, and its pages are shared with all origins', async () => {
    await publish({ 'index.html': '<h1>one</h1>' });
    const answer = await fetch('https://site.s3.us-south.cloud-object-storage.appdomain.cloud/index.html', {
      headers: { Origin: 'https://www.example.com', Authorization: 'AWS key:sig' },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(await answer.text()).toBe('<h1>one</h1>');
  });

  test('has no encryption of its own, which IBM COS does not implement', async () => {
    const reading = cos() as unknown as { getBucketEncryption?: unknown }; // the SDK's declarations have no such member
    expect(reading.getBucketEncryption).toBeUndefined();
    const answer = await fetch('https://s3.us-south.cloud-object-storage.appdomain.cloud/site?encryption', {
      headers: { Authorization: 'AWS key:sig' },
    });
    expect(answer.status).toBe(501);
  });
});
