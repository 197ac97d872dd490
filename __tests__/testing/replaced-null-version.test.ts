import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deleteMarker, type MockS3, mockS3 } from '../../src';
import { matchers } from '../../src/testing/matchers';

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3({ buckets: { vault: { objects: { a: '1' } } } });
  s3.bucket('vault').versioning = 'Suspended';
});
afterEach(() => s3.stop());

const client = new S3Client({});
const at = { Bucket: 'vault', Key: 'a' };
const replaced = (operation: string, how: string) =>
  `Versioning was Suspended, so ${operation} vault/a replaced the null version ${how}, and no noncurrent version of it is left: set versioning: 'Enabled' to keep it.`;

describe('a suspended bucket has replaced the null version', () => {
  it('by a delete marker, in the screens of versions and of the object', async () => {
    await client.send(new DeleteObjectCommand(at));
    const vault = s3.bucket('vault');
    const messages = [matchers.toHaveVersions(vault, 'a', ['1', deleteMarker]), matchers.toHaveObject(vault, 'a')];
    for (const { message } of messages) expect(message()).toContain(replaced('DeleteObject', 'by a delete marker'));
  });

  it('by the object of a write', async () => {
    await client.send(new PutObjectCommand({ ...at, Body: '2' }));
    expect(matchers.toHaveVersions(s3.bucket('vault'), 'a', ['1', '2']).message()).toContain(
      replaced('PutObject', 'by its object'),
    );
  });

  it('by a delete marker, in the reason of a read', async () => {
    await client.send(new DeleteObjectCommand(at));
    await expect(client.send(new GetObjectCommand(at))).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(s3.requests.last()?.why).toBe(
      'its current version is a delete marker; versioning was Suspended, so the delete replaced the null version, if there was one, by a delete marker: a bucket keeps it as a noncurrent version only while versioning is Enabled',
    );
  });

  it('says nothing of a bucket that keeps its versions', async () => {
    s3.bucket('vault').versioning = 'Enabled';
    await client.send(new DeleteObjectCommand(at));
    expect(matchers.toHaveObject(s3.bucket('vault'), 'a').message()).not.toContain('Suspended, so');
  });
});
