import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MockS3 } from '../../src/index';
import { presignV4, sha256, signatureV2, signV4 } from '../support/clients/signer';
import { textOf } from '../support/documents';
import { startedMocks } from '../support/started-mocks';
import { send } from '../support/wire-client';

const host = 's3.amazonaws.com';
const key = '/vault/k';
const startMock = startedMocks();
let s3: MockS3;

const use = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'PUT') =>
  send({
    method,
    path,
    body: method === 'PUT' ? '123456' : undefined,
    headers: { Authorization: undefined, ...headers },
  });
const presigned = (query: string, headers: Readonly<Record<string, string>> = {}, method = 'PUT') =>
  presignV4({ method, host, path: `${key}${query && `?${query}`}`, headers }, s3.account.credentials);

function presignedV2(own: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}): string {
  const expires = String(Math.floor(Date.now() / 1000) + 900);
  const signed = { ...own, ...more };
  const signature = signatureV2(
    { method: 'PUT', host, path: key, resource: key },
    signed,
    expires,
    s3.account.credentials,
  );
  const query = { AWSAccessKeyId: s3.account.credentials.accessKeyId, Expires: expires, Signature: signature, ...own };
  return `${key}?${new URLSearchParams(query)}`;
}

// Recorded: localstack, TestS3PresignedUrl. F217
describe.each([
  ['believed', false],
  ['checked', true],
])('headers in the query of a presigned URL, signatures %s', (_what, verifySignatures) => {
  beforeEach(() => {
    s3 = startMock({ verifySignatures, buckets: { vault: { versioning: 'Enabled' } } });
  });

  it.each([
    ['in the query alone', {}],
    ['named as signed headers too', { 'x-amz-meta-color': 'red' }],
  ])('describe the object, %s', async (_how, headers) => {
    const query = 'x-amz-meta-color=red&x-amz-storage-class=STANDARD_IA&x-amz-tagging=a%3D1';
    expect((await use(presigned(query, headers))).status).toBe(200);
    expect(s3.bucket('vault').object('k')).toMatchObject({
      metadata: { color: 'red' },
      storageClass: 'STANDARD_IA',
      tags: { a: '1' },
    });
    s3.requests.expect('PutObject', { Metadata: { color: 'red' }, StorageClass: 'STANDARD_IA' });
  });

  it('count before headers of their names that are sent too', async () => {
    const { status } = await use(presigned('x-amz-meta-color=red'), { 'x-amz-meta-color': 'blue' });
    expect(status).toBe(verifySignatures ? 403 : 200);
    const stored = s3.bucket('vault').versions('k');
    expect(stored).toMatchObject(verifySignatures ? [] : [{ metadata: { color: 'red' } }]);
    // Conditions need not be signed.
    s3.bucket('vault').put('k', '123456');
    const get = (query: string, sent: Readonly<Record<string, string>>) =>
      use(presigned(query, {}, 'GET'), sent, 'GET');
    expect((await get('If-Match=other', { 'If-Match': 'e10adc3949ba59abbe56e057f20f883e' })).status).toBe(412);
    expect((await get('If-Match=e10adc3949ba59abbe56e057f20f883e', { 'If-Match': 'other' })).status).toBe(200);
  });

  it('are text, which is encoded when it is read', async () => {
    const query = `x-amz-meta-name=${encodeURIComponent('non-ascii-%E2%80%94_—_é_')}`;
    const told = '=?UTF-8?Q?non-ascii-%E2%80%94=5F=E2=80=94=5F=C3=A9=5F?=';
    await use(presigned(query));
    expect((await use(presigned('', {}, 'HEAD'), {}, 'HEAD')).header('x-amz-meta-name')).toBe(told);
    await use(presignedV2({ 'x-amz-meta-name': 'red' }));
    expect(s3.bucket('vault').object('k').metadata).toEqual({ name: 'red' });
  });

  it('come back as the bytes of a header if they are not metadata', async () => {
    const location = encodeURIComponent('/é—\n');
    await use(presigned(`x-amz-website-redirect-location=${location}`));
    const { status, header } = await use(presigned('', {}, 'HEAD'), {}, 'HEAD');
    const bytes = Buffer.from('/é—').toString('latin1');
    expect({ status, websiteRedirectLocation: header('x-amz-website-redirect-location')?.trim() }).toEqual({
      status: 200,
      websiteRedirectLocation: bytes,
    });
  });

  it.each(['a%0D%0Ab', '%C3%A4', 'a%20b', 'a%3Ab'])(
    'do not include x-amz-meta-%s, a name that no header has',
    async (name) => {
      expect((await use(presigned(`x-amz-meta-${name}=1&x-amz-meta-color=red`))).status).toBe(200);
      expect((await use(presigned('', {}, 'GET'), {}, 'GET')).status).toBe(200);
      expect(s3.bucket('vault').object('k').metadata).toEqual({ color: 'red' });
    },
  );

  it('are conditions of a write', async () => {
    expect((await use(presigned('If-None-Match=*'))).status).toBe(200);
    const { status, body } = await use(presigned('if-none-match=*'));
    expect({ status, condition: textOf('Condition', { body }) }).toEqual({ status: 412, condition: 'If-None-Match' });
    expect((await use(presigned('If-Match=%22other%22'))).status).toBe(412);
    expect((await use(presigned('If-Match=%22e10adc3949ba59abbe56e057f20f883e%22'))).status).toBe(200);
  });

  it('are conditions of a read', async () => {
    s3.bucket('vault').put('k', '123456');
    const get = (query: string) => use(presigned(query, {}, 'GET'), {}, 'GET');
    expect((await get('If-None-Match=e10adc3949ba59abbe56e057f20f883e')).status).toBe(304);
    expect((await get('If-Match=other')).status).toBe(412);
    const [past, now] = ['Fri, 01 Jan 1999 00:00:00 GMT', new Date().toUTCString()].map(encodeURIComponent);
    expect((await get(`If-Modified-Since=${now}`)).status).toBe(304);
    expect((await get(`if-modified-since=${past}`)).status).toBe(200);
    expect((await get(`If-Unmodified-Since=${past}`)).status).toBe(412);
    expect((await get(`if-unmodified-since=${now}`)).status).toBe(200);
  });

  it('name the source of a copy', async () => {
    s3.bucket('vault').put('source', 'copied');
    const path = presigned('x-amz-copy-source=%2Fvault%2Fsource');
    expect((await send({ method: 'PUT', path, headers: { Authorization: undefined } })).status).toBe(200);
    expect(s3.bucket('vault').object('k').body).toEqual(Buffer.from('copied'));
  });

  it('are not a checksum of the body, which the signer did not have', async () => {
    const query = 'x-amz-checksum-crc32=AAAAAA%3D%3D&x-amz-sdk-checksum-algorithm=CRC32';
    expect((await use(presigned(query))).header('x-amz-checksum-crc64nvme')).toBeDefined();
    const changed = await use(presigned(query).replace('AAAAAA', 'AAAAAB'));
    expect(changed.status).toBe(verifySignatures ? 403 : 200);
  });

  it.each<[string, string]>([
    ['a hash', `x-amz-content-sha256=${'0'.repeat(64)}`],
    ['a trailer', 'x-amz-trailer=x-amz-checksum-xxhash64'],
    ['a length', 'x-amz-decoded-content-length=1'],
    ['an algorithm that the mock lacks', 'x-amz-sdk-checksum-algorithm=XXHASH64'],
  ])('are not %s of the body either', async (_what, query) => {
    expect((await use(presigned(query))).status).toBe(200);
    expect(s3.bucket('vault').object('k').body).toEqual(Buffer.from('123456'));
  });

  // F96: S3 accepts chunks of HTTP only with the length of what they carry.
  it('do not include the length of a body that is sent in chunks', async () => {
    const signed = { 'content-encoding': 'aws-chunked', 'x-amz-content-sha256': sha256('123456') };
    const sent = { ...signed, 'transfer-encoding': 'chunked' };
    const { status, body } = await use(presigned('x-amz-decoded-content-length=6', signed), sent);
    expect({ status, header: textOf('Header', { body }) }).toEqual({ status: 501, header: 'Transfer-Encoding' });
  });

  it('do not include Content-Type, Cache-Control and Range', async () => {
    await use(presigned('Content-Type=text%2Fplain&Cache-Control=no-cache'));
    const { status, header } = await use(presigned('Range=bytes%3D0-1', {}, 'GET'), {}, 'GET');
    expect({ status, contentType: header('content-type'), cacheControl: header('cache-control') }).toEqual({
      status: 200,
      contentType: 'binary/octet-stream',
      cacheControl: undefined,
    });
  });

  it('are ignored if a header has the signature', async () => {
    const path = `${key}?x-amz-meta-color=red&if-none-match=*`;
    const { headers } = signV4({ method: 'PUT', host, path, body: '123456' }, s3.account.credentials);
    for (const status of [200, 200]) expect((await use(path, headers)).status).toBe(status);
    expect(s3.bucket('vault').object('k').metadata).toEqual({});
  });
});

// Recorded: localstack, TestS3PresignedUrl. F217, F143
describe('headers that are sent with a presigned URL', () => {
  beforeEach(() => {
    s3 = startMock({ verifySignatures: true, buckets: { vault: {} } });
  });

  const encryption = { 'x-amz-server-side-encryption': 'AES256' };
  const agent = { 'x-amz-user-agent': 'aws-sdk' };
  const meta = { 'x-amz-meta-color': 'red' };
  const type = { 'Content-Type': 'text/plain' };
  const hash = { 'x-amz-content-sha256': sha256('123456') };
  type Headers = Readonly<Record<string, string>>;
  const inQueryAlone = (name: string) =>
    `the url has ${name} in its query, and not among its signed headers: do not also send it as a header`;

  it.each<[what: string, code: string, query: string, signed: Headers, sent: Headers]>([
    ['a signed header', '', '', meta, meta],
    ['not a signed header', 'SignatureDoesNotMatch', '', meta, {}],
    ['a signed header of another value', 'SignatureDoesNotMatch', '', meta, { 'x-amz-meta-color': 'blue' }],
    ['an unsigned one', 'AccessDenied', '', {}, meta],
    ['x-amz-expires', 'AccessDenied', '', {}, { 'x-amz-expires': '900' }],
    ['the hash of the body', '', '', {}, { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }],
    ['the name of the client', 'AccessDenied', '', {}, { 'x-amz-user-agent': 'aws-sdk' }],
    ['no hash of the body, signed', 'SignatureDoesNotMatch', '', hash, {}],
    ['the hash of the body, signed', '', '', hash, hash],
    ['an unsigned type', '', '', {}, type],
    ['an unsigned encoding', '', '', {}, { 'Content-Encoding': 'gzip' }],
    ['nothing, its value in the query', '', 'x-amz-server-side-encryption=AES256', encryption, {}],
    ['the value in the query', '', 'x-amz-server-side-encryption=AES256', encryption, encryption],
    // Recorded: radkawar/stackd, requester_presigned_replay.json. F450
    ['another value than in the query', '', 'x-amz-meta-color=red', meta, { 'x-amz-meta-color': 'blue' }],
    [
      'a signed value, and another one in the query',
      'SignatureDoesNotMatch',
      'x-amz-meta-color=blue',
      meta,
      { 'x-amz-meta-color': 'red' },
    ],
  ])('SigV4: %s: %s', async (_what, code, query, signed, sent) => {
    const answer = await use(presigned(query, signed), sent);
    expect(textOf('Code', answer) ?? '').toBe(code);
    expect(answer.status).toBe(code === '' ? 200 : 403);
  });

  // Recorded: localstack, test_s3_ignored_special_headers, test_presigned_url_v4_x_amz_in_qs. The reasons are ours.
  it.each<[sent: Headers, query: string, signed: Headers, named: string | undefined, why: unknown]>([
    [{ 'x-amz-expires': '900' }, '', {}, undefined, inQueryAlone('x-amz-expires')],
    [
      { ...meta, ...agent },
      '',
      {},
      'x-amz-meta-color, x-amz-user-agent',
      'sent and not signed: x-amz-meta-color, x-amz-user-agent. Sign these headers, or do not send them',
    ],
    [meta, 'x-amz-meta-color=red', {}, 'x-amz-meta-color', inQueryAlone('x-amz-meta-color')],
    [
      {},
      '',
      encryption,
      undefined,
      'signed and not sent: x-amz-server-side-encryption. Send these headers with the values that were signed',
    ],
    [
      { 'x-amz-server-side-encryption': 'aws:kms' },
      '',
      encryption,
      undefined,
      expect.stringContaining('signed another request, or with another secret: compare'),
    ],
  ])('say which header is the problem, sent %p', async (sent, query, signed, named, why) => {
    const answer = await use(presigned(query, signed), sent);
    if (named !== undefined) expect(textOf('HeadersNotSigned', answer)).toBe(named);
    expect(s3.requests.last()?.why).toEqual(why);
  });

  // Recorded: localstack, test_s3_ignored_special_headers
  it('do not make up for a parameter that was added to the URL', async () => {
    expect((await use(`${presigned('')}&x-id=PutObject`)).status).toBe(403);
    expect((await use(presigned('x-id=PutObject'))).status).toBe(200);
  });

  it.each<{
    what: string;
    own: Record<string, string>;
    signed: Record<string, string>;
    sent: Record<string, string>;
    status: number;
  }>`
    what                       | own     | signed                              | sent                              | status
    ${'metadata in the query'} | ${meta} | ${{}}                               | ${{}}                             | ${200}
    ${'unsigned metadata'}     | ${{}}   | ${{}}                               | ${meta}                           | ${403}
    ${'signed metadata'}       | ${{}}   | ${meta}                             | ${meta}                           | ${200}
    ${'an unsigned type'}      | ${{}}   | ${{}}                               | ${type}                           | ${403}
    ${'a signed type'}         | ${{}}   | ${{ 'content-type': 'text/plain' }} | ${type}                           | ${200}
    ${'an encoding'}           | ${{}}   | ${{}}                               | ${{ 'Content-Encoding': 'gzip' }} | ${200}
  `('SigV2: $what: $status', async ({ own, signed, sent, status }) => {
    expect((await use(presignedV2(own, signed), sent)).status).toBe(status);
  });
});
