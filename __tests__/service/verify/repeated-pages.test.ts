import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../../src';

const Bucket = 'vault';

describe('a loop that never sends what leads to the next page', () => {
  let s3: ReturnType<typeof mockS3>;
  beforeEach(() => {
    s3 = mockS3({ pageSize: 1, buckets: { vault: { objects: { 'a.txt': '1', 'b.txt': '1' } } } });
  });
  afterEach(() => s3.stop());

  const client = new S3Client({});

  it('ends with an error that says what to send', async () => {
    const loop = async () => {
      while ((await client.send(new ListObjectsV2Command({ Bucket }))).IsTruncated) await Promise.resolve();
    };
    await expect(loop()).rejects.toMatchObject({
      name: 'S3MockEndlessListing',
      message: expect.stringContaining('1,000 ListObjectsV2 requests had the same input'),
      $metadata: { attempts: 1 },
    });
  }, 60_000);

  it('does not end at a port, whose client is another program', async () => {
    const { url: endpoint } = await s3.listen();
    const other = new S3Client({ endpoint, forcePathStyle: true });
    for (let index = 0; index < 1000; index += 1) await other.send(new ListObjectsV2Command({ Bucket }));
    await expect(other.send(new ListObjectsV2Command({ Bucket }))).resolves.toMatchObject({ IsTruncated: true });
    other.destroy();
  }, 60_000);
});
