import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';

const film = { Bucket: 'vault', Key: 'films/été 1.mp4' };

describe.each([
  ['signatures believed', false],
  ['signatures checked', true],
  ['as by default', undefined],
])('presigned URLs, %s', (_what, verifySignatures) => {
  const s3 = mockS3({
    buckets: { vault: { versioning: 'Enabled' } },
    ...(verifySignatures !== undefined && { verifySignatures }),
  });
  let client: S3Client;

  beforeEach(() => {
    client = new S3Client({});
  });

  afterEach(() => client.destroy());

  it('upload without a signed payload, and download', async () => {
    const put = await getSignedUrl(client, new PutObjectCommand(film), { expiresIn: 60 });
    expect(new URL(put).searchParams.get('X-Amz-Content-Sha256')).toBe('UNSIGNED-PAYLOAD');
    const uploaded = await fetch(put, { method: 'PUT', body: 'first', headers: { 'Content-Type': 'video/mp4' } });
    expect({ status: uploaded.status, etag: uploaded.headers.get('etag') }).toEqual({
      status: 200,
      etag: '"8b04d5e3775d298e78455efc5ca404d5"',
    });
    const versionId = uploaded.headers.get('x-amz-version-id');
    expect(s3.bucket('vault').current(film.Key)).toMatchObject({ versionId, contentType: 'video/mp4' });
    const downloaded = await fetch(await getSignedUrl(client, new GetObjectCommand(film)));
    expect(await downloaded.text()).toBe('first');
    expect(downloaded.headers.get('x-amz-version-id')).toBe(versionId);
    s3.requests.expect('PutObject', film);
  });

  it('download with another name and type', async () => {
    s3.bucket('vault').put(film.Key, 'first');
    const get = new GetObjectCommand({
      ...film,
      ResponseContentDisposition: 'attachment; filename="a film.mp4"',
      ResponseContentType: 'video/mp4',
    });
    const { status, headers } = await fetch(await getSignedUrl(client, get));
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toBe('attachment; filename="a film.mp4"');
    expect(headers.get('content-type')).toBe('video/mp4');
  });

  it('download and remove an old version', async () => {
    const { versionId: VersionId } = s3.bucket('vault').put(film.Key, 'first');
    s3.bucket('vault').put(film.Key, 'second');
    const old = { ...film, VersionId };
    expect(await (await fetch(await getSignedUrl(client, new GetObjectCommand(old)))).text()).toBe('first');
    const removed = await fetch(await getSignedUrl(client, new DeleteObjectCommand(old)), { method: 'DELETE' });
    expect({ status: removed.status, versionId: removed.headers.get('x-amz-version-id') }).toEqual({
      status: 204,
      versionId: VersionId,
    });
    expect(s3.bucket('vault').versions(film.Key)).toHaveLength(1);
  });

  // The SDK moves these headers into the query. F217
  it('describe the object that is uploaded', async () => {
    const put = await getSignedUrl(
      client,
      new PutObjectCommand({
        ...film,
        Metadata: { director: 'Agnès' },
        Tagging: 'year=1962',
        StorageClass: 'GLACIER_IR',
      }),
    );
    expect(new URL(put).searchParams.get('x-amz-meta-director')).toBe('Agnès');
    expect((await fetch(put, { method: 'PUT', body: 'first' })).status).toBe(200);
    expect(s3.bucket('vault').current(film.Key)).toMatchObject({
      metadata: { director: 'Agnès' },
      tags: { year: '1962' },
      storageClass: 'GLACIER_IR',
    });
  });

  it('upload only if the key is absent', async () => {
    const create = await getSignedUrl(client, new PutObjectCommand({ ...film, IfNoneMatch: '*' }), {
      unhoistableHeaders: new Set(['if-none-match']),
    });
    const put = () => fetch(create, { method: 'PUT', body: 'first', headers: { 'If-None-Match': '*' } });
    expect({ status: (await put()).status, statusOfNext: (await put()).status }).toEqual({
      status: 200,
      statusOfNext: 412,
    });
    expect(s3.bucket('vault').versions(film.Key)).toHaveLength(1);
  });

  it('expire after the time that they contain', async () => {
    s3.bucket('vault').put(film.Key, 'first');
    const signingDate = new Date(Date.now() - 5000);
    const get = await getSignedUrl(client, new GetObjectCommand(film), { expiresIn: 900, signingDate });
    s3.clock.advance({ seconds: 880 });
    expect((await fetch(get)).status).toBe(200);
    s3.clock.advance({ seconds: 20 });
    const late = await fetch(get);
    expect({ status: late.status, message: /<Message>(.*?)<\/Message>/.exec(await late.text())?.[1] }).toEqual(
      verifySignatures === false
        ? { status: 200, message: undefined }
        : { status: 403, message: 'Request has expired' },
    );
  });
});
