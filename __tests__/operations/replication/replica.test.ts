import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { get, head, markDeleted, put, putVersion, remove, tellingLines } from '../../support/objects';
import { askBoth, copiesOf, toReplica } from '../../support/replication';
import { addPart, begin, complete } from '../../support/uploads';
import { send } from '../../support/wire-client';

const s3 = mockS3({
  now: '2026-03-31T07:35:05.678Z',
  buckets: {
    vault: { versioning: 'Enabled', replication: toReplica() },
    replica: { versioning: 'Enabled' },
  },
});

const sha256Of = (body: string) => createHash('sha256').update(body).digest('base64');

/** Headers of a write that S3 answers a read with. */
const everything = {
  'content-type': 'application/pdf',
  'content-encoding': 'gzip',
  'content-language': 'de',
  'content-disposition': 'attachment; filename="a.pdf"',
  'cache-control': 'max-age=60',
  expires: 'Thu, 01 Dec 2030 16:00:00 GMT',
  'x-amz-website-redirect-location': '/b.pdf',
  'x-amz-meta-author': 'Ada',
  'x-amz-meta-case': '7',
  'x-amz-tagging': 'stage=draft&case=7',
  'x-amz-storage-class': 'STANDARD_IA',
  'x-amz-checksum-sha256': sha256Of('data'),
};

const checksumMode = { 'x-amz-checksum-mode': 'ENABLED' };
const attributes = {
  'x-amz-object-attributes': 'ETag,Checksum,ObjectParts,StorageClass,ObjectSize',
};

// F854
describe('a replica', () => {
  it('answers a HEAD and a GET as its source does', async () => {
    const versionId = (await put('/vault/k', 'data', everything)).header('x-amz-version-id');
    s3.clock.advance({ hours: 1 });
    for (const method of ['HEAD', 'GET']) {
      for (const path of ['/k', `/k?versionId=${versionId}`]) {
        const { source, replica } = await askBoth({ method, path, headers: checksumMode });
        expect(replica).toEqual(source);
        expect(replica.lines).toEqual(
          expect.arrayContaining([
            'Last-Modified: Tue, 31 Mar 2026 07:35:05 GMT',
            'ETag: "8d777f385d3dfec8815d20f7496026dc"',
            `x-amz-checksum-sha256: ${sha256Of('data')}`,
            `x-amz-version-id: ${versionId}`,
            'x-amz-meta-author: Ada',
            'x-amz-website-redirect-location: /b.pdf',
            'x-amz-storage-class: STANDARD_IA',
            'x-amz-tagging-count: 2',
            'Content-Encoding: gzip',
          ]),
        );
      }
    }
  });

  it.each([
    ['tags', '/k?tagging', {}],
    ['attributes', '/k?attributes', attributes],
    ['page of versions', '?versions', {}],
    ['page of objects', '?list-type=2&fetch-owner=true', {}],
  ])('has the %s of its source', async (_what, path, headers) => {
    await put('/vault/k', 'data', everything);
    const { source, replica } = await askBoth({ path, headers });
    expect(replica).toEqual(source);
    expect(replica.status).toBe(200);
  });

  it('of an upload in parts has the parts of its source', async () => {
    const id = await begin('/vault/big', { 'x-amz-checksum-algorithm': 'SHA256' });
    const bodies = ['a'.repeat(5 * 1024 * 1024), 'rest'];
    const parts: string[] = [];
    for (const [at, body] of bodies.entries()) {
      const headers = { 'x-amz-checksum-sha256': sha256Of(body) };
      const part = await addPart('/vault/big', id, at + 1, body, headers);
      parts.push(part.replace('</Part>', `<ChecksumSHA256>${sha256Of(body)}</ChecksumSHA256></Part>`));
    }
    s3.clock.advance({ minutes: 1 });
    expect((await complete('/vault/big', id, parts.join(''))).status).toBe(200);
    for (const call of [
      { method: 'HEAD', path: '/big?partNumber=2', headers: checksumMode },
      { path: '/big?partNumber=2', headers: checksumMode },
      { path: '/big?attributes', headers: attributes },
      { path: '?versions' },
    ]) {
      const { source, replica } = await askBoth(call);
      expect(replica).toEqual(source);
    }
    const { body, header } = await get('/replica/big?partNumber=2');
    expect({ body, parts: header('x-amz-mp-parts-count'), etag: header('etag') }).toEqual({
      body: 'rest',
      parts: '2',
      etag: expect.stringMatching(/-2"$/),
    });
  });

  // F84
  it('of an upload that is completed below a later version lies below it as well', async () => {
    const id = await begin('/vault/k');
    const part = await addPart('/vault/k', id, 1, 'upload');
    s3.clock.advance({ hours: 1 });
    const later = (await put('/vault/k', 'later')).header('x-amz-version-id');
    const completed = (await complete('/vault/k', id, part)).header('x-amz-version-id');
    s3.clock.advance({ hours: 1 });
    const idsIn = (bucket: string) =>
      s3
        .bucket(bucket)
        .versions('k')
        .map(({ versionId }) => versionId);
    expect({ vault: idsIn('vault'), replica: idsIn('replica') }).toEqual({
      vault: [later, completed],
      replica: [later, completed],
    });
  });

  it('has the same usage as its source', async () => {
    await put('/vault/k', 'data', everything);
    await put('/vault/k', 'more');
    await markDeleted('/vault/other');
    expect(s3.bucket('replica').usage()).toEqual(s3.bucket('vault').usage());
    expect(s3.bucket('replica').usage()).toMatchObject({
      versions: { count: 2, bytes: 8 },
      deleteMarkers: { count: 1 },
    });
  });

  it('stays as it is if its source is deleted', async () => {
    const id = await putVersion('/vault/k');
    expect((await remove(`/vault/k?versionId=${id}`)).status).toBe(204);
    expect(await get(`/replica/k?versionId=${id}`)).toMatchObject({ status: 200, body: 'data' });
  });
});

describe('the replica of a delete marker', () => {
  it('has the id and the time of its source', async () => {
    await put('/vault/k');
    s3.clock.advance({ hours: 1 });
    const id = await markDeleted('/vault/k');
    s3.clock.advance({ hours: 1 });
    const { source, replica } = await askBoth({ path: '?versions' });
    expect(replica).toEqual(source);
    const { status, header } = await get('/replica/k');
    expect({ status, id: header('x-amz-version-id'), marker: header('x-amz-delete-marker') }).toEqual({
      status: 404,
      id,
      marker: 'true',
    });
  });
});

// F884
describe('annotations', () => {
  const annotate = (name: string, body: string) => put(`/vault/k?annotation&annotationName=${name}`, body);

  it('are copied to the replica, and deleted there too', async () => {
    await put('/vault/k');
    await annotate('a', 'of the first');
    await annotate('b', 'of the second');
    s3.clock.advance({ hours: 1 });
    await remove('/vault/k?annotation&annotationName=b');
    const { source, replica } = await askBoth({ path: '/k?annotation' });
    expect(replica).toEqual(source);
    expect(s3.bucket('replica').current('k')?.annotations).toEqual({ a: 'of the first' });
    expect(copiesOf(s3)).toEqual([
      'object COMPLETED',
      'annotations COMPLETED',
      'annotations COMPLETED',
      'annotations COMPLETED',
    ]);
  });

  it('that a copy takes along from its source are copied with it', async () => {
    await put('/vault/k');
    await annotate('a', 'text');
    await send({ method: 'PUT', path: '/vault/copy', headers: { 'x-amz-copy-source': '/vault/k' } });
    expect(s3.bucket('replica').current('copy')?.annotations).toEqual({ a: 'text' });
  });
});

describe('on IBM COS', () => {
  it("a replica answers as its source does, and is its own bucket owner's", async () => {
    const cos = { versioning: 'Enabled', region: 'us-south-standard' } as const;
    s3.createBucket('copies', { ...cos, acl: 'public-read' });
    const Bucket = 'crn:v1:bluemix:public:cloud-object-storage:global:a/account:instance:bucket:copies';
    s3.createBucket('own', { ...cos, replication: toReplica({ Destination: { Bucket } }) });
    const headers = { 'x-amz-meta-author': 'Ada', 'x-amz-tagging': 'stage=draft', 'x-amz-acl': 'public-read' };
    expect((await send({ method: 'PUT', path: '/own/k', body: 'data', headers, host: cosHost })).status).toBe(200);
    const read = async (bucket: string) =>
      tellingLines(await send({ method: 'HEAD', path: `/${bucket}/k`, host: cosHost }));
    expect(await read('copies')).toEqual(await read('own'));
    // At a host of AWS nothing is said of an encryption that COS does not name either.
    expect((await head('/copies/k')).header('x-amz-server-side-encryption')).toBeUndefined();
    expect(s3.bucket('own').current('k')).toMatchObject({ acl: 'public-read' });
    expect(s3.bucket('copies').current('k')).toMatchObject({ acl: undefined, tags: { stage: 'draft' } });
  });
});
