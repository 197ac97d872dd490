import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { errorDocument } from '../../support/documents';
import { postAnonymous } from '../../support/forms';
import { answered, deleteMany, get, put } from '../../support/objects';
import { rowCalls } from '../../support/rows';
import { send, type WireAnswer } from '../../support/wire-client';

const s3 = mockS3({
  buckets: {
    vault: { versioning: 'Enabled', objects: { 'a/../b': 'data' } },
    open: { acl: 'public-read-write', ownershipControls: 'ObjectWriter', publicAccessBlock: null },
  },
});

const ofCos = {
  host: 's3.us-south.cloud-object-storage.appdomain.cloud',
  headers: { Authorization: 'Bearer a.b.c' },
};

function bare({ status, head, body }: WireAnswer) {
  return { status, head: head.filter((line) => !/^(?:Date|Server):/.test(line)), body };
}

const refusedWhole = { status: 400, head: ['Connection: close', 'Content-Length: 0'], body: '' };

// Measured: floci-io/floci#1231, #1320 and #1325; https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html. F1683
describe('a key whose dots climb above the bucket', () => {
  it.each([
    '../up',
    '..',
    'a/../../up',
    'videos/../../2014/video1.wmv',
    './../up',
    'a/./../../up',
    '%2E%2E/up',
    '%2e./up',
    '..%2Fup',
    'a/%2E%2E/%2e%2e/up',
  ])('is 400 without a document: %s', async (key) => {
    for (const path of [`/vault/${key}`, `/none/${key}`]) {
      for (const method of ['PUT', 'GET', 'HEAD', 'DELETE'])
        expect(bare(await send({ method, path }))).toEqual(refusedWhole);
    }
    const host = 'vault.s3.amazonaws.com';
    expect(bare(await send({ method: 'PUT', path: `/${key}`, host, body: 'data' }))).toEqual(refusedWhole);
    expect(s3.requests.last()?.why).toContain('the key is ');
  });

  it.each([
    'a/../b',
    'a/..',
    'videos/2014/../../video1.wmv',
    'a//b/./c/../d',
    './a',
    '..a/b',
    'a/..b',
    '.../a',
    'a/...',
    '%252E%252E/up',
  ])('is not %s', async (key) => {
    expect((await put(`/vault/${key}`)).status).toBe(200);
    expect((await get(`/vault/${key}`)).body).toBe('data');
  });

  it.each(rowCalls.filter(({ path, dialect }) => dialect === 'aws' && path.includes('report.pdf')))(
    'is refused to $name',
    async ({ path, ...call }) => {
      expect(bare(await send({ ...call, path: path.replace('report.pdf', '../up') }))).toEqual(refusedWhole);
    },
  );

  it('is refused before signatures, and in a presigned URL and a preflight request', async () => {
    const query = '?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=wrong';
    expect(bare(await get(`/vault/../up${query}`, { Authorization: undefined }))).toEqual(refusedWhole);
    const headers = { Origin: 'https://example.com', 'Access-Control-Request-Method': 'PUT', Authorization: undefined };
    expect(bare(await send({ method: 'OPTIONS', path: '/vault/../up', headers }))).toEqual(refusedWhole);
  });

  it('is refused in a form', async () => {
    const path = '/open';
    expect(bare(await postAnonymous([['key', 'a/../../up']], { path }))).toEqual(refusedWhole);
    expect((await postAnonymous([['key', 'a/../up']], { path })).status).toBe(204);
  });

  it('may be the source of a copy', async () => {
    const copied = await put('/vault/copy', '', { 'x-amz-copy-source': '/vault/../up' });
    expect(copied.body).toContain('<Code>NoSuchKey</Code>');
  });

  it('is a key of IBM COS', async () => {
    expect((await send({ method: 'PUT', path: '/vault/../up', body: 'data', ...ofCos })).status).toBe(200);
  });
});

// Measured: justincormack/argmin, object_crud.rs, for the status. F1684
describe('a character that a key may not have', () => {
  it('is null', async () => {
    const text = errorDocument('InvalidURI', 'Couldn&apos;t parse the specified URI.', '<URI>/vault/a%00b</URI>');
    expect(await answered(put('/vault/a%00b'))).toEqual({ status: 400, text: text.replace('&apos;', "'") });
    expect((await send({ method: 'PUT', path: '/vault/a%00b', body: 'data', ...ofCos })).status).toBe(200);
  });

  it.each(['%01', '%1F', '%7F', '%C2%80'])('is not %s', async (character) => {
    expect((await put(`/vault/a${character}b`)).status).toBe(200);
    expect((await get(`/vault/a${character}b`)).body).toBe('data');
  });
});

// Recorded: rust-lang/crates.io#4891, anomalizer/ngx_aws_auth#87, aws/aws-sdk-net#4473. F1747
describe('a plus sign in a path', () => {
  const keys = (prefix: string) => s3.bucket('vault').keys.filter((key) => key.startsWith(prefix));

  it('is a blank, in a path and behind a host of the bucket', async () => {
    expect((await put('/vault/c+d%2Be', 'first')).status).toBe(200);
    expect(keys('c')).toEqual(['c d+e']);
    for (const path of ['/vault/c+d%2Be', '/vault/c%20d%2Be']) expect((await get(path)).body).toBe('first');
    for (const path of ['/vault/c+d+e', '/vault/c%2Bd%2Be', '/vault/c%2Bd+e'])
      expect((await get(path)).status).toBe(404);
    expect((await get('/c+d%2Be', {}, { host: 'vault.s3.amazonaws.com' })).body).toBe('first');
  });

  it('is one to the anonymous', async () => {
    const anonymous = { Authorization: undefined };
    await put('/open/hello%20world', 'data', { 'x-amz-acl': 'public-read' });
    expect((await get('/open/hello+world', anonymous)).body).toBe('data');
    expect((await get('/open/hello%2Bworld', anonymous)).status).toBe(404);
  });

  it.each(rowCalls.filter(({ path, dialect }) => dialect === 'aws' && path.includes('report.pdf')))(
    'is one to $name',
    async ({ path, ...call }) => {
      await send({ ...call, path: path.replace('report.pdf', 'f+g') });
      expect(s3.requests.last()).toMatchObject({ key: 'f g' });
    },
  );

  it('is one in the source of a copy, and none in a form and a batch', async () => {
    await put('/vault/h%20i', 'blank');
    await put('/vault/h%2Bi', 'plus');
    expect((await put('/vault/j', '', { 'x-amz-copy-source': '/vault/h+i' })).status).toBe(200);
    expect((await get('/vault/j')).body).toBe('blank');
    await deleteMany('vault', '<Object><Key>h+i</Key></Object>');
    expect(keys('h')).toEqual(['h i']);
    await postAnonymous([['key', 'k+l']], { path: '/open' });
    expect(s3.bucket('open').keys).toContain('k+l');
  });

  it('is one on IBM COS', async () => {
    await send({ method: 'PUT', path: '/vault/m+n', body: 'data', ...ofCos });
    expect((await send({ path: '/vault/m%20n', ...ofCos })).body).toBe('data');
  });
});
