import {
  CopyObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html: wait 15 minutes before you write. F169
const s3 = mockS3({ propagation: { seconds: 900 }, buckets: { vault: {} }, now: '2026-03-31T07:35:05Z' });

const client = new S3Client({});
const Bucket = 'vault';
const put = (Key: string, Body = 'data') => client.send(new PutObjectCommand({ Bucket, Key, Body }));
const get = (Key: string) => client.send(new GetObjectCommand({ Bucket, Key }));
const setVersioning = (Status: 'Enabled' | 'Suspended') =>
  client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));

describe('versioning that takes time to spread', () => {
  it('is read as Enabled at once', async () => {
    await setVersioning('Enabled');
    expect((await client.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
  });

  it('overwrites an object without a version id if code writes at once', async () => {
    await put('report.pdf', 'first');
    await setVersioning('Enabled');
    expect((await put('report.pdf', 'second')).VersionId).toBeUndefined();
    const { Versions } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    expect(Versions).toMatchObject([{ Key: 'report.pdf', VersionId: 'null' }]);
    expect(s3.bucket('vault').object('report.pdf').body.toString()).toBe('second');
  });

  it('keeps the object if code waits', async () => {
    await put('report.pdf', 'first');
    await setVersioning('Enabled');
    s3.clock.advance({ minutes: 15 });
    expect((await put('report.pdf', 'second')).VersionId).toMatch(/^[\w.]{32}$/);
    expect(s3.bucket('vault').versions('report.pdf')).toHaveLength(2);
  });

  it('gives no version id to a copy either', async () => {
    await put('report.pdf', 'first');
    await setVersioning('Enabled');
    const copy = new CopyObjectCommand({ Bucket, Key: 'copy.pdf', CopySource: 'vault/report.pdf' });
    expect((await client.send(copy)).VersionId).toBeUndefined();
  });

  it('answers 404 for new objects, and finds older ones', async () => {
    await put('old.pdf');
    await setVersioning('Enabled');
    await put('new.pdf');
    await expect(get('new.pdf')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(s3.requests.last()?.why).toContain('not all of S3 knows yet that versioning is enabled');
    const [version] = s3.bucket('vault').versions('new.pdf');
    const named = new GetObjectCommand({ Bucket, Key: 'new.pdf', VersionId: version?.versionId });
    expect((await client.send(named)).$metadata.httpStatusCode).toBe(200);
    expect((await get('old.pdf')).VersionId).toBe('null');
    s3.clock.advance({ minutes: 15 });
    expect((await get('new.pdf')).$metadata.httpStatusCode).toBe(200);
  });

  it('is partly visible in between, in the same way at each run', async () => {
    const ids = async () => {
      await setVersioning('Enabled');
      s3.clock.advance({ minutes: 7.5 });
      const found: boolean[] = [];
      for (let index = 0; index < 20; index += 1) found.push((await put(`key ${index}`)).VersionId !== undefined);
      return found;
    };
    const first = await ids();
    expect(new Set(first)).toEqual(new Set([true, false]));
    s3.reset();
    expect(await ids()).toEqual(first);
  });

  it('takes time only when it is enabled first, not after it was suspended', async () => {
    await setVersioning('Enabled');
    s3.clock.advance({ minutes: 15 });
    await setVersioning('Suspended');
    await setVersioning('Enabled');
    expect((await put('report.pdf')).VersionId).toMatch(/^[\w.]{32}$/);
  });

  it('has ended in a bucket that a test creates with versioning', async () => {
    s3.createBucket('archive', { versioning: 'Enabled' });
    const { VersionId } = await client.send(new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body: 'data' }));
    expect(VersionId).toMatch(/^[\w.]{32}$/);
  });
});
