import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { textOf } from '../../support/documents';
import { answered } from '../../support/objects';
import { addPart, begin, complete, copyPart, put } from '../../support/uploads';
import { send, type WireAnswer } from '../../support/wire-client';

const s3 = mockS3({
  now: '2026-11-25T10:00:00Z',
  buckets: { vault: { versioning: 'Enabled' }, plain: {}, paused: { versioning: 'Suspended' } },
});

const idIn = ({ header }: Pick<WireAnswer, 'header'>) => header('x-amz-version-id');

/** The ids that each request about an upload is answered with, in the order of an upload's life. */
async function idsOf(bucket: string, host = 's3.amazonaws.com') {
  const path = `/${bucket}/big`;
  await send({ method: 'PUT', path: `/${bucket}/source`, body: 'source', host });
  const create = await send({ method: 'POST', path: `${path}?uploads`, host });
  const id = textOf('UploadId', create) ?? '';
  const at = `${path}?uploadId=${id}`;
  const part = await send({ method: 'PUT', path: `${at}&partNumber=1`, body: 'data', host });
  const headers = { 'x-amz-copy-source': `${bucket}/source` };
  const copy = await send({ method: 'PUT', path: `${at}&partNumber=2`, headers, host });
  const parts = await send({ path: at, host });
  const uploads = await send({ path: `/${bucket}?uploads`, host });
  const abort = await send({ method: 'DELETE', path: at, host });
  const again = await send({ method: 'DELETE', path: at, host });
  return [...[create, part, copy, parts].map(idIn), textOf('VersionId', uploads), idIn(abort), idIn(again)];
}

// F1620
describe('the version id of an upload', () => {
  it('is in each answer about it', async () => {
    const ids = await idsOf('vault');
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[\w.]{32}$/);
  });

  it.each([
    ['whose versioning was never set', 'plain', undefined],
    ['whose versioning is suspended', 'paused', undefined],
    ['of IBM COS', 'vault', cosHost],
  ])('is in no answer of a bucket %s', async (_what, bucket, host) => {
    expect(new Set(await idsOf(bucket, host))).toEqual(new Set([undefined]));
  });

  it('is the last of the elements that a listing has of it', async () => {
    await begin('/vault/big');
    expect((await send({ path: '/vault?uploads' })).body).toMatch(/<VersionId>[\w.]{32}<\/VersionId><\/Upload>/);
  });

  it('is another one for each upload, and of no version until the upload is complete', async () => {
    const [one, two] = [
      await send({ method: 'POST', path: '/vault/k?uploads' }),
      await send({ method: 'POST', path: '/vault/k?uploads' }),
    ];
    expect(idIn(one)).not.toBe(idIn(two));
    const read = await send({ path: `/vault/k?versionId=${idIn(one)}` });
    expect({ status: read.status, code: textOf('Code', read) }).toEqual({ status: 404, code: 'NoSuchVersion' });
    expect((await send({ method: 'DELETE', path: `/vault/k?versionId=${idIn(one)}` })).status).toBe(204);
    const id = textOf('UploadId', one) ?? '';
    const done = await complete('/vault/k', id, await addPart('/vault/k', id, 1, 'data'));
    expect(idIn(done)).toBe(idIn(one));
    expect((await send({ path: `/vault/k?versionId=${idIn(one)}` })).body).toBe('data');
  });

  it('goes by the versioning at each request, and the completion by that at its own', async () => {
    const create = await send({ method: 'POST', path: '/vault/k?uploads' });
    const id = textOf('UploadId', create) ?? '';
    const promised = idIn(create) ?? '';
    s3.bucket('vault').versioning = 'Suspended';
    const part = await send({ method: 'PUT', path: `/vault/k?uploadId=${id}&partNumber=1`, body: 'data' });
    expect(idIn(part)).toBeUndefined();
    const done = await complete(
      '/vault/k',
      id,
      `<Part><PartNumber>1</PartNumber><ETag>${part.header('etag')}</ETag></Part>`,
    );
    expect({ status: done.status, id: idIn(done) }).toEqual({ status: 200, id: undefined });
    expect(
      s3
        .bucket('vault')
        .versions('k')
        .map(({ versionId }) => versionId),
    ).toEqual(['null']);
    expect((await send({ path: `/vault/k?versionId=${promised}` })).status).toBe(404);
  });

  it('comes once versioning is enabled, also of an upload that was begun before', async () => {
    const id = await begin('/plain/k');
    s3.bucket('plain').versioning = 'Enabled';
    const part = await addPart('/plain/k', id, 1, 'data');
    const promised = idIn(await send({ path: `/plain/k?uploadId=${id}` }));
    expect(promised).toMatch(/^[\w.]{32}$/);
    expect(idIn(await complete('/plain/k', id, part))).toBe(promised);
  });

  it('is beside that of the source of a copied part', async () => {
    const source = await put('/vault/a', 'data');
    const { header } = await copyPart('/vault/k', await begin('/vault/k'), '/vault/a');
    expect(header('x-amz-copy-source-version-id')).toBe(source);
    expect(header('x-amz-version-id')).toMatch(/^[\w.]{32}$/);
    expect(header('x-amz-version-id')).not.toBe(source);
  });

  it('is not in a refusal', async () => {
    const { status, text } = await answered(send({ path: '/vault/k?uploadId=none' }));
    expect(status).toBe(404);
    expect(text).not.toContain('VersionId');
  });
});

it('an upload by the SDK: begun, listed, overtaken by a write, completed, and restored by its id', async () => {
  const client = new S3Client({ region: 'us-east-1' });
  const at = { Bucket: 'vault', Key: 'report.pdf' };
  const begun = await client.send(new CreateMultipartUploadCommand(at));
  const { Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket: 'vault' }));
  expect(Uploads).toMatchObject([{ UploadId: begun.UploadId, VersionId: begun.VersionId }]);

  const upload = { ...at, UploadId: begun.UploadId };
  const part = await client.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'of the upload' }));
  const written = await client.send(new PutObjectCommand({ ...at, Body: 'meanwhile' }));
  const completed = await client.send(
    new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: part.ETag }] } }),
  );
  expect(part.VersionId).toBe(begun.VersionId);
  expect(completed.VersionId).toBe(begun.VersionId);
  const bodyOf = async (VersionId?: string) =>
    (await client.send(new GetObjectCommand({ ...at, VersionId }))).Body?.transformToString();
  expect([await bodyOf(), await bodyOf(begun.VersionId)]).toEqual(['meanwhile', 'of the upload']);

  const CopySource = `vault/report.pdf?versionId=${begun.VersionId}`;
  const restored = await client.send(new CopyObjectCommand({ ...at, CopySource }));
  expect(await bodyOf()).toBe('of the upload');
  expect(
    s3
      .bucket('vault')
      .versions('report.pdf')
      .map(({ versionId }) => versionId),
  ).toEqual([restored.VersionId, written.VersionId, begun.VersionId]);
});
