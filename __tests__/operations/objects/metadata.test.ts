import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { signedV4, textOf } from '../../support/documents';
import { send, sendAsIs } from '../../support/wire-client';

const text = 'ÄMÄZÕÑ S3';
const quoted = '=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?=';
const asLatin1 = '=?UTF-8?B?w4PChE3Dg8KEWsODwpXDg8KRIFMz?=';

const s3 = mockS3({
  now: '2026-03-31T07:35:05Z',
  buckets: { vault: { versioning: 'Enabled', objects: { fixture: { body: 'x', metadata: { by: text } } } } },
});

const path = '/vault/k';
const v2 = 'AWS KEY:SIG';
const v4 = signedV4();
const unsigned = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
// Node writes headers as UTF-8 if the body is text, so the body is bytes.
const put = (by: string, Authorization: string = v2) =>
  send({ method: 'PUT', path, body: Buffer.from('x'), headers: { Authorization, ...unsigned, 'x-amz-meta-by': by } });
const answered = async (method = 'HEAD', at = path) => (await send({ method, path: at })).header('x-amz-meta-by');
const stored = () => s3.bucket('vault').object('k').metadata['by'];
const bytes = (of: string) => Buffer.from(of).toString('latin1');

// F215
describe('user metadata that is more than ASCII', () => {
  // Recorded: localstack, test_user_metadata_rfc2047_*.
  it.each([
    ['=?UTF-8?Q?actually-ascii?=', 'actually-ascii', 'actually-ascii'],
    ['=?UTF-8?B?YWJj?=', 'abc', 'abc'],
    ['=?UTF-8?B?=GGG?=', '\ufffda\ufffd', '=?UTF-8?B?77+9Ye+/vQ==?='],
    [quoted, text, quoted],
    ['=?UTF-8?B?DQo=?=', '\r\n', '=?UTF-8?B?DQo=?='],
    ['plain = text_?', 'plain = text_?', 'plain = text_?'],
    ['', '', ''],
  ])('%j is stored as %j and answered as %j', async (sent, read, told) => {
    expect((await put(sent)).status).toBe(200);
    expect(stored()).toBe(read);
    expect({ head: await answered('HEAD'), get: await answered('GET') }).toEqual({ head: told, get: told });
    s3.requests.expect('PutObject', { Metadata: { by: read } });
  });

  it('is text in a fixture, and stays text in a copy, in an upload and in JSON', async () => {
    expect(await answered('GET', '/vault/fixture')).toBe(quoted);
    await send({ method: 'PUT', path, headers: { 'x-amz-copy-source': '/vault/fixture' } });
    expect({ stored: stored(), answered: await answered() }).toEqual({ stored: text, answered: quoted });
    await send({ method: 'POST', path: `${path}?uploads`, headers: { 'x-amz-meta-by': quoted } });
    s3.requests.expect('CreateMultipartUpload', { Metadata: { by: text } });
    expect(JSON.parse(JSON.stringify(s3)).buckets.vault.objects.fixture[0].metadata).toEqual({ by: text });
  });

  it('counts towards the limit with the length of its text', async () => {
    const word = (length: number) => `=?UTF-8?B?${Buffer.from('é'.repeat(length)).toString('base64')}?=`;
    expect((await put(word(1023))).status).toBe(200);
    const answer = await put(word(1024));
    expect({ status: answer.status, size: textOf('Size', answer) }).toEqual({ status: 400, size: '2050' });
  });

  it('leaves system headers as they came', async () => {
    const headers = { 'Cache-Control': quoted, 'Content-Disposition': bytes('attachment; filename="é"') };
    await send({ method: 'PUT', path, headers });
    const { header } = await send({ method: 'HEAD', path });
    expect({
      'Cache-Control': header('cache-control'),
      'Content-Disposition': header('content-disposition'),
    }).toEqual(headers);
  });
});

// F216
describe('the bytes of user metadata', () => {
  it.each<{ what: string; sent: string; signed: string; told: string; scheme: string }>`
    what            | sent              | signed | told                      | scheme
    ${'UTF-8'}      | ${bytes(text)}    | ${v4}  | ${asLatin1}               | ${'SigV4'}
    ${'UTF-8'}      | ${bytes(text)}    | ${v2}  | ${asLatin1}               | ${'SigV2'}
    ${'ISO-8859-1'} | ${'\u00e9\u00e9'} | ${v4}  | ${'=?UTF-8?B?w6nDqQ==?='} | ${'SigV4'}
    ${'ISO-8859-1'} | ${'\u00e9\u00e9'} | ${v2}  | ${'=?UTF-8?B?w6nDqQ==?='} | ${'SigV2'}
  `('of $what under $scheme are answered as $told', async ({ sent, signed, told }) => {
    expect((await put(sent, signed)).status).toBe(200);
    expect(await answered()).toBe(told);
  });

  it('that came in two headers are joined without a blank', async () => {
    const lines = { 'Content-Length': '0', Connection: 'close', 'x-amz-meta-by': 'one', 'X-Amz-Meta-By': 'two, three' };
    const { status } = await sendAsIs({ method: 'PUT', path, headers: lines });
    expect({ status, stored: stored() }).toEqual({ status: 200, stored: 'one,two, three' });
  });
});
