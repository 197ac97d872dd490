import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../../support/clients/story-client';
import { testKey } from '../../../support/customer-keys';
import { begin, etagIn, type Headers, put } from '../../../support/uploads';
import { send } from '../../../support/wire-client';

const s3 = mockS3({
  sseC: 'allowed',
  now: '2026-03-01T00:00:00Z',
  buckets: {
    vault: { versioning: 'Enabled' },
    paused: { versioning: 'Suspended' },
    locked: { objectLock: true },
    cold: {
      lifecycle: {
        Rules: [{ ID: 'cold', Status: 'Enabled', Filter: {}, Transitions: [{ Days: 1, StorageClass: 'GLACIER_IR' }] }],
      },
    },
  },
});

const [one, other] = [testKey('1'), testKey('2')];
const read = (path: string, headers: Headers = {}) => send({ path, headers });
const digestOf = (body: string) => ({ 'Content-MD5': createHash('md5').update(body).digest('base64') });
const statusOf = async (path: string, headers: Headers = {}) => (await read(path, headers)).status;

// Recorded: localstack, test_sse_c_with_versioning. F611
describe('each version has the key that it was written with', () => {
  it('and is read with it', async () => {
    const first = await put('/vault/k', 'first', one.headers);
    const second = await put('/vault/k', 'second', other.headers);
    const third = await put('/vault/k', 'third');
    expect((await read(`/vault/k?versionId=${first}`, one.headers)).body).toBe('first');
    expect((await read(`/vault/k?versionId=${second}`, other.headers)).body).toBe('second');
    expect((await read('/vault/k')).body).toBe('third');
    expect(await statusOf(`/vault/k?versionId=${first}`, other.headers)).toBe(403);
    expect(await statusOf(`/vault/k?versionId=${first}`)).toBe(400);
    expect(await statusOf(`/vault/k?versionId=${third}`, one.headers)).toBe(400);
  });

  it('also as the null version, which a later write replaces together with its key', async () => {
    await put('/paused/k', 'first', one.headers);
    expect((await read('/paused/k?versionId=null', one.headers)).body).toBe('first');
    await put('/paused/k', 'second', other.headers);
    expect(await statusOf('/paused/k?versionId=null', one.headers)).toBe(403);
    expect((await read('/paused/k?versionId=null', other.headers)).body).toBe('second');
  });

  it('and a copy of a version names the key of that version', async () => {
    const first = await put('/vault/k', 'first', one.headers);
    await put('/vault/k', 'second', other.headers);
    const copy = (headers: Headers) =>
      send({
        method: 'PUT',
        path: '/vault/copy',
        headers: { 'x-amz-copy-source': `/vault/k?versionId=${first}`, ...headers },
      });
    expect((await copy(other.sourceHeaders)).status).toBe(400);
    expect((await copy(one.sourceHeaders)).status).toBe(200);
    expect((await read('/vault/copy')).body).toBe('first');
  });

  it('and after a permanent delete the older version is read with its own', async () => {
    await put('/vault/k', 'first', one.headers);
    const second = await put('/vault/k', 'second', other.headers);
    await send({ method: 'DELETE', path: `/vault/k?versionId=${second}` });
    expect((await read('/vault/k', one.headers)).body).toBe('first');
  });
});

// F94
describe('a copy onto itself', () => {
  const copy = (headers: Headers) =>
    send({ method: 'PUT', path: '/vault/k', headers: { 'x-amz-copy-source': '/vault/k', ...headers } });

  it('may take the key away, and the ETag is the MD5 again', async () => {
    const written = await send({ method: 'PUT', path: '/vault/k', body: 'data', headers: one.headers });
    expect(written.header('etag')).not.toBe('"8d777f385d3dfec8815d20f7496026dc"');
    const copied = await copy(one.sourceHeaders);
    expect({ status: copied.status, etag: etagIn(copied) }).toEqual({
      status: 200,
      etag: '8d777f385d3dfec8815d20f7496026dc',
    });
    expect((await read('/vault/k')).body).toBe('data');
  });

  it('may name the same key again', async () => {
    await put('/vault/k', 'data', one.headers);
    expect((await copy({ ...one.sourceHeaders, ...one.headers })).status).toBe(200);
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html; localstack for the deletes. F611
describe('a request that reads no bytes needs no key', () => {
  const tagging = '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>';
  const hold = '<LegalHold><Status>ON</Status></LegalHold>';

  it.each<readonly [what: string, method: string, query: string, body: string, status: number]>([
    ['DeleteObject', 'DELETE', '', '', 204],
    ['GetObjectTagging', 'GET', '?tagging', '', 200],
    ['PutObjectTagging', 'PUT', '?tagging', tagging, 200],
    ['GetObjectAcl', 'GET', '?acl', '', 200],
    ['PutObjectLegalHold', 'PUT', '?legal-hold', hold, 200],
  ])('%s', async (_what, method, query, body, status) => {
    await put('/locked/k', 'data', { ...one.headers, 'Content-MD5': 'jXd/OF09/siBXSD3SWAm3A==' });
    expect((await send({ method, path: `/locked/k${query}`, body, headers: digestOf(body) })).status).toBe(status);
  });

  it('DeleteObjects', async () => {
    await put('/vault/k', 'data', one.headers);
    const body = '<Delete><Object><Key>k</Key></Object></Delete>';
    const { text } = await send({ method: 'POST', path: '/vault?delete', body, headers: digestOf(body) });
    expect(text).toContain('<Deleted><Key>k</Key>');
  });

  it('a listing, whose sizes are those of the plain bytes', async () => {
    await put('/vault/k', 'data', one.headers);
    expect((await read('/vault?versions')).text).toContain('<Size>4</Size>');
  });
});

it('a transition of lifecycle keeps the key', async () => {
  await put('/cold/k', Buffer.alloc(200_000, 'a'), one.headers);
  s3.clock.advance({ days: 3 });
  const answer = await read('/cold/k', one.headers);
  expect({ status: answer.status, storageClass: answer.header('x-amz-storage-class') }).toEqual({
    status: 200,
    storageClass: 'GLACIER_IR',
  });
  expect(await statusOf('/cold/k')).toBe(400);
});

// F610
describe('the key itself', () => {
  it('is in the entry of its request as it came, and in no other place', async () => {
    await put('/vault/k', 'data', one.headers);
    const id = await begin('/vault/big', one.headers);
    await read('/vault/k', one.headers);
    expect(s3.requests.last()?.headers['x-amz-server-side-encryption-customer-key']).toBe(one.text);
    const kept = [JSON.stringify(s3), inspect(s3.bucket('vault'), { depth: 9 }), String(s3.bucket('vault'))];
    for (const text of [...kept, inspect(s3.bucket('vault').versions(), { depth: 9 })])
      for (const form of [one.text, one.bytes.toString()]) expect(text).not.toContain(form);
    expect(kept[0]).toContain(one.md5);
    expect(id).not.toContain(one.text);
  });

  it('opens the object again in a mock that was started from the JSON of this one', async () => {
    await put('/vault/k', 'data', one.headers);
    const vault = JSON.parse(JSON.stringify(s3)).buckets.vault;
    s3.createBucket('again', vault);
    expect((await read('/again/k', one.headers)).body).toBe('data');
    expect(await statusOf('/again/k', other.headers)).toBe(403);
    expect(await statusOf('/again/k')).toBe(400);
  });
});

// A port that stands for S3 offers no TLS, and code under test has to reach it nevertheless. F610
it('a port takes keys over plain HTTP', async () => {
  const { url } = await s3.listen();
  const headers = { Authorization: 'AWS KEY:SIG', ...one.headers };
  const answer = await fetch(`${url}/vault/k`, { method: 'PUT', body: 'data', headers });
  expect(answer.status).toBe(200);
  expect(await (await fetch(`${url}/vault/k`, { headers })).text()).toBe('data');
});

// sse-c.md in ibm-cloud-docs/cloud-object-storage; the texts are those of ibm-public-cos/crs-docs. F613
describe('IBM COS', () => {
  const cos = (method: string, headers: Headers, secure = true) =>
    send({ method, path: '/vault/k', host: cosHost, secure, headers, body: method === 'PUT' ? 'data' : undefined });
  const prefix = 'x-amz-server-side-encryption-customer';
  const words = 'Requests specifying Server-Side Encryption with Customer-Provided Keys';

  it('takes the keys, and answers their MD5 and an ETag that is not the MD5 of the bytes', async () => {
    const { status, header } = await cos('PUT', one.headers);
    expect({ status, algorithm: header(`${prefix}-algorithm`), keyMd5: header(`${prefix}-key-MD5`) }).toEqual({
      status: 200,
      algorithm: 'AES256',
      keyMd5: one.md5,
    });
    expect(header('etag')).toMatch(/^"[0-9a-f]{32}"$/);
    expect(header('etag')).not.toBe('"8d777f385d3dfec8815d20f7496026dc"');
    expect((await cos('GET', one.headers)).body).toBe('data');
  });

  it('ignores x-amz-server-side-encryption beside a key', async () => {
    const answer = await cos('PUT', { ...one.headers, 'x-amz-server-side-encryption': 'AES256' });
    expect({ status: answer.status, keyMd5: answer.header(`${prefix}-key-MD5`) }).toEqual({
      status: 200,
      keyMd5: one.md5,
    });
  });

  it.each<readonly [what: string, headers: Headers, secure: boolean, code: string, message: string]>([
    ['plain HTTP', one.headers, false, 'InvalidArgument', `${words} must be made over a secure connection.`],
    [
      'no key',
      { ...one.headers, [`${prefix}-key`]: undefined },
      true,
      'InvalidArgument',
      `${words} must provide an appropriate secret key.`,
    ],
    [
      'no MD5',
      { ...one.headers, [`${prefix}-key-MD5`]: undefined },
      true,
      'InvalidArgument',
      `${words} must provide the client calculated MD5 of the secret key.`,
    ],
    [
      'another MD5',
      { ...one.headers, [`${prefix}-key-MD5`]: other.md5 },
      true,
      'InvalidArgument',
      'The calculated MD5 hash of the key did not match the hash that was provided.',
    ],
    [
      'an MD5 that is not base64',
      { ...one.headers, [`${prefix}-key-MD5`]: 'other' },
      true,
      'InvalidArgument',
      'The MD5 hash of the secret key was improperly encoded. The MD5 hash must be Base64 encoded.',
    ],
    [
      'another algorithm',
      { ...one.headers, [`${prefix}-algorithm`]: 'DES' },
      true,
      'InvalidEncryptionAlgorithmError',
      'The Encryption request you specified is not valid. Supported value: AES256.',
    ],
    [
      'no algorithm',
      { ...one.headers, [`${prefix}-algorithm`]: undefined },
      true,
      'InvalidArgument',
      'Invalid Argument',
    ],
  ])('refuses %s in words of its own', async (_what, headers, secure, code, message) => {
    const { status, body } = await cos('PUT', headers, secure);
    expect({ status, code: /<Code>(\w+)/.exec(body)?.[1], message: /<Message>([^<]*)/.exec(body)?.[1] }).toEqual({
      status: 400,
      code,
      message,
    });
  });

  it('refuses a read without the key in words of its own', async () => {
    await cos('PUT', one.headers);
    const { status, body } = await cos('GET', {});
    expect({ status, message: /<Message>([^<]*)/.exec(body)?.[1] }).toEqual({
      status: 400,
      message:
        'The object was stored using a form of Server-Side Encryption. The correct parameters must be provided to retrieve the object.',
    });
  });

  it('refuses another key with 403', async () => {
    await cos('PUT', one.headers);
    const { status, body } = await cos('GET', other.headers);
    expect({ status, message: /<Message>([^<]*)/.exec(body)?.[1] }).toEqual({ status: 403, message: 'Access Denied' });
  });
});
