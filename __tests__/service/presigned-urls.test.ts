import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MockS3, MockS3Options } from '../../src';
import { presignV2, presignV4, type Signer } from '../support/clients/signer';
import { cosHost } from '../support/clients/story-client';
import { textOf } from '../support/documents';
import { startedMocks } from '../support/started-mocks';
import { send, type WireAnswer } from '../support/wire-client';

const host = 's3.amazonaws.com';
const startMock = startedMocks();
let s3: MockS3;

function start(options: MockS3Options = {}): void {
  const vault = { versioning: 'Enabled', objectLock: true, objects: { k: ['first', 'second'] } } as const;
  s3 = startMock({ verifySignatures: true, buckets: { vault }, ...options });
}
async function restart(options: MockS3Options): Promise<void> {
  await s3.stop();
  start(options);
}
beforeEach(() => start());

type Headers = Readonly<Record<string, string>>;
interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Headers;
  readonly host?: string;
}

const versions = {
  SigV4: (asked: Asked = {}, signer: Partial<Signer> = {}) =>
    presignV4({ method: 'GET', host, path: '/vault/k', ...asked }, { ...s3.account.credentials, ...signer }),
  SigV2: (asked: Asked = {}, signer: Partial<Signer> = {}) => {
    const request = { method: 'GET', host, path: '/vault/k', ...asked };
    return presignV2(
      { ...request, resource: decodeURIComponent(request.path) },
      { ...s3.account.credentials, ...signer },
    );
  },
};
const both = Object.entries(versions);
const { SigV4, SigV2 } = versions;

const use = (path: string, { method, headers, host: to }: Asked = {}, body?: string) =>
  send({ method, path, host: to, body, headers: { ...headers, Authorization: undefined } });
const errorOf = ({ status, body }: WireAnswer) =>
  `${status} ${textOf('Code', { body }) ?? ''}: ${textOf('Message', { body }) ?? ''}`;
const mismatch =
  '403 SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your key and signing method.';

// Recorded: localstack, TestS3PresignedUrl, test_s3_get_response_header_overrides. F590, F65
describe.each(both)('a URL of %s', (_version, presign) => {
  const overrides: Headers = {
    'response-cache-control': 'max-age=74',
    'response-content-disposition': 'attachment; filename="foo.jpg"',
    'response-content-encoding': 'identity',
    'response-content-language': 'de-DE',
    'response-content-type': 'image/jpeg',
    'response-expires': 'Wed, 21 Oct 2015 07:28:00 GMT',
  };
  const overridden = () =>
    presign({
      path: `/vault/k?${Object.entries(overrides)
        .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
        .join('&')}`,
    });
  const told = ({ header }: WireAnswer) => Object.keys(overrides).map((name) => header(name.replace('response-', '')));

  it('replaces headers of the answer, with Expires as it was sent', async () => {
    const whole = await use(overridden());
    expect({ status: whole.status, overridden: told(whole) }).toEqual({
      status: 200,
      overridden: Object.values(overrides),
    });
    const part = await use(overridden(), { headers: { Range: 'bytes=0-1' } });
    expect({ status: part.status, overridden: told(part) }).toEqual({
      status: 206,
      overridden: Object.values(overrides),
    });
  });

  it('replaces no header of an answer without the object', async () => {
    const etag = s3.bucket('vault').object('k').etag;
    const unchanged = await use(overridden(), { headers: { 'If-None-Match': etag } });
    expect({ status: unchanged.status, overridden: told(unchanged) }).toEqual({
      status: 304,
      overridden: Object.keys(overrides).map(() => undefined),
    });
    s3.bucket('vault').delete('k');
    const gone = await use(overridden());
    expect({ status: gone.status, contentType: gone.header('content-type'), expires: gone.header('expires') }).toEqual({
      status: 404,
      contentType: 'application/xml',
      expires: undefined,
    });
  });

  // Recorded: localstack, test_get_object_ignores_request_body
  it('ignores the body of a GET', async () => {
    const { status, body } = await use(presign(), {}, 'get body is ignored by AWS');
    expect({ status, body }).toEqual({ status: 200, body: 'second' });
  });

  // Recorded: localstack, test_delete_has_empty_content_length_header
  it('deletes with an empty answer', async () => {
    const { status, body, header } = await use(presign({ method: 'DELETE' }), { method: 'DELETE' });
    expect({ status, body, contentLength: header('content-length') }).toEqual({
      status: 204,
      body: '',
      contentLength: undefined,
    });
  });

  it.each([
    ['its method', (url: string) => use(url, { method: 'HEAD' })],
    ['its key', (url: string) => use(url.replace('/vault/k', '/vault/l'))],
    ['a version', (url: string) => use(`${url}&versionId=null`)],
    ['an override', (url: string) => use(`${url}&response-content-type=a`)],
    ['metadata', (url: string) => use(`${url}&x-amz-meta-a=1`)],
  ])('is refused if %s was changed or added', async (_what, ask) => {
    const { status, body } = await ask(presign());
    expect({
      status,
      isRefusedBySignature: body === '' || textOf('Code', { body }) === 'SignatureDoesNotMatch',
    }).toEqual({ status: 403, isRefusedBySignature: true });
  });

  it('may have been signed for the key of a session, with its token in the query', async () => {
    const { sessionToken, ...signer } = s3.account.session().credentials;
    const path = `/vault/k?X-Amz-Security-Token=${encodeURIComponent(sessionToken)}`;
    const own = { 'x-amz-security-token': sessionToken };
    const signed = (expired = 900) =>
      presign === SigV4
        ? SigV4({ path }, signer)
        : presignV2(
            { method: 'GET', host, path: '/vault/k', resource: '/vault/k' },
            { ...s3.account.credentials, ...signer },
            { own, seconds: expired },
          );
    expect((await use(signed())).status).toBe(200);
    expect(errorOf(await use(presign({}, signer)))).toMatch(/^403 InvalidAccessKeyId: /);
  });

  // docs/decisions/0007-clocks-of-signatures.md
  it.each([true, false])('expires by the clock of the mock, signatures checked: %s', async (verifySignatures) => {
    await restart({ verifySignatures });
    const url = presign();
    s3.clock.advance({ minutes: 14 });
    expect((await use(url)).status).toBe(200);
    s3.clock.advance({ minutes: 2 });
    const late = await use(url);
    expect(errorOf(late)).toBe(verifySignatures ? '403 AccessDenied: Request has expired' : '200 : ');
    if (!verifySignatures) return;
    expect(late.body).toMatch(
      presign === SigV4
        ? /<X-Amz-Expires>900<\/X-Amz-Expires><Expires>[-\dT:]+Z<\/Expires><ServerTime>[-\dT:]+Z<\/ServerTime><RequestId>/
        : /<Message>Request has expired<\/Message><Expires>[-\dT:]+Z<\/Expires><ServerTime>[-\dT:]+Z<\/ServerTime><RequestId>/,
    );
    const moved =
      presign === SigV4 ? "the mock's clock was moved forward by 960 seconds" : 'Request has expired; Expires is';
    expect(s3.requests.last()?.why).toContain(moved);
  });

  it('is signed with the clock of the mock after that was advanced', async () => {
    s3.clock.advance({ days: 30 });
    expect((await use(presign({}, { at: s3.clock.now() }))).status).toBe(200);
  });

  it('reports that it expired before its signature', async () => {
    const url = presign({}, { at: new Date(Date.now() - 3_600_000), secretAccessKey: 'another' });
    expect(errorOf(await use(url))).toBe('403 AccessDenied: Request has expired');
  });
});

// F141
describe('the parameters of SigV4', () => {
  const twice = (url: string) =>
    url.replace(/(Credential=)([^&]*)/, (_all, name, value) => name + encodeURIComponent(value));
  const malformed =
    'Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".';
  const missing =
    'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.';
  const change = (from: RegExp, to: string) => (url: string) => url.replace(from, to);

  it.each<[what: string, changed: (url: string) => string, message: string]>([
    ['no date', change(/&X-Amz-Date=[^&]*/, ''), missing],
    ['no signature', change(/&X-Amz-Signature=.*/, ''), missing],
    ['credentials encoded twice', twice, malformed],
    [
      'another algorithm',
      change(/HMAC-SHA256/, 'HMAC-SHA1'),
      'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"',
    ],
    ['a time that is not a number', change(/Expires=900/, 'Expires=soon'), 'X-Amz-Expires should be a number'],
    ['a negative time', change(/Expires=900/, 'Expires=-1'), 'X-Amz-Expires must be non-negative'],
    [
      'a week and a second',
      change(/Expires=900/, 'Expires=604801'),
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    ],
    [
      'a date of another form',
      change(/Date=[^&]*/, 'Date=today'),
      "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"",
    ],
    [
      'another service',
      change(/%2Fs3%2F/, '%2Fexecute-api%2F'),
      'Error parsing the X-Amz-Credential parameter; incorrect service "execute-api". This endpoint belongs to "s3".',
    ],
    [
      'another terminal',
      change(/aws4_request/, 'aws5_request'),
      'Error parsing the X-Amz-Credential parameter; incorrect terminal "aws5_request". This endpoint uses "aws4_request".',
    ],
    [
      'another region',
      change(/us-east-1/, 'us-west-2'),
      "Error parsing the X-Amz-Credential parameter; the region 'us-west-2' is wrong; expecting 'us-east-1'",
    ],
    [
      'a day of another form',
      change(/%2F\d{8}%2F/, '%2Ftoday%2F'),
      'Error parsing the X-Amz-Credential parameter; incorrect date format "today". This date in the credential must be in the format "yyyyMMdd".',
    ],
  ])('with %s are refused', async (_what, changed, message) => {
    const answer = await use(changed(SigV4()));
    const text = `400 AuthorizationQueryParametersError: ${message}`;
    expect(errorOf(answer).replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>')).toBe(text);
  });

  it('may be valid for a week, and for no second', async () => {
    const signed = (seconds: number) =>
      presignV4({ method: 'GET', host, path: '/vault/k' }, s3.account.credentials, seconds);
    const week = signed(604_800);
    expect((await use(week)).status).toBe(200);
    // Measured: justincormack/argmin, test_object_raw_get_x_amz_expires_out_range_zero
    const signer = { ...s3.account.credentials, at: new Date(Date.now() - 2000) };
    const none = presignV4({ method: 'GET', host, path: '/vault/k' }, signer, 0);
    expect(errorOf(await use(none))).toBe('403 AccessDenied: Request has expired');
  });

  // Recorded: localstack, test_pre_signed_url_forward_slash_bucket
  it('sign the path as it was sent, with a slash before the bucket', async () => {
    const answer = await use(SigV4().replace('/vault/', '/%2Fvault/'));
    expect({ status: answer.status, canonicalRequest: textOf('CanonicalRequest', answer) }).toEqual({
      status: 403,
      canonicalRequest: expect.stringMatching(/^GET\n\/\/vault\/k\n/),
    });
  });
});

// Recorded: localstack, test_put_object_with_md5_and_chunk_signature_bad_headers
it.each([
  [
    'SigV4',
    '403 AccessDenied: There were headers present in the request which were not signed',
    'x-amz-date, x-amz-decoded-content-length',
  ],
  ['SigV2', mismatch, undefined],
] as const)('a URL of %s beside headers of a body in chunks is refused', async (version, error, unsigned) => {
  const signed = { 'content-md5': 'pX8KKuGXS1f2VTcuJpqjkw==', 'content-type': 'application/octet-stream' };
  const headers = {
    ...signed,
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    'x-amz-date': '20211122T191045Z',
    'x-amz-decoded-content-length': 'test',
  };
  const url = versions[version]({ method: 'PUT', headers: signed });
  const answer = await use(url, { method: 'PUT', headers }, 'test');
  expect({ error: errorOf(answer), headersNotSigned: textOf('HeadersNotSigned', answer) }).toEqual({
    error,
    headersNotSigned: unsigned,
  });
});

describe('a query of SigV2', () => {
  it.each(['Expires', 'AWSAccessKeyId'])('without %s is refused', async (name) => {
    const url = SigV2().replace(new RegExp(`([?&])${name}=[^&]*&?`), '$1');
    expect(errorOf(await use(url))).toBe(
      '403 AccessDenied: Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
    );
  });
});

// The values of all headers of S3 are read from the query. F217
describe('operations by headers in the query', () => {
  const until = '2099-01-01T00:00:00Z';
  const put = (query: string) =>
    use(SigV4({ method: 'PUT', path: `/vault/new?${query}` }), { method: 'PUT', headers: {} }, 'data');

  it('PutObject reads a retention, a legal hold and an ACL', async () => {
    const lock = `x-amz-object-lock-mode=GOVERNANCE&x-amz-object-lock-retain-until-date=${encodeURIComponent(until)}&x-amz-object-lock-legal-hold=ON`;
    // A digest is required beside a lock, and has to be a signed header (F591).
    expect(errorOf(await put(lock))).toMatch(/^400 InvalidRequest: /);
    const headers = { 'content-md5': 'jXd/OF09/siBXSD3SWAm3A==' };
    const url = SigV4({ method: 'PUT', path: `/vault/new?${lock}`, headers });
    expect((await use(url, { method: 'PUT', headers }, 'data')).status).toBe(200);
    expect(s3.bucket('vault').object('new')).toMatchObject({ retention: { Mode: 'GOVERNANCE' }, legalHold: 'ON' });
    expect(errorOf(await put('x-amz-acl=public-read'))).toBe(
      '400 AccessControlListNotSupported: The bucket does not allow ACLs',
    );
  });

  it('DeleteObject reads the bypass of a retention', async () => {
    const version = s3
      .bucket('vault')
      .put('kept', 'data', { retention: { Mode: 'GOVERNANCE', RetainUntilDate: until } });
    const path = `/vault/kept?versionId=${version.versionId}`;
    const remove = (more: string) => use(SigV4({ method: 'DELETE', path: path + more }), { method: 'DELETE' });
    expect((await remove('')).status).toBe(403);
    expect((await remove('&x-amz-bypass-governance-retention=true')).status).toBe(204);
  });

  it.each([
    ['GetObject', 'GET', '/vault/k?x-amz-expected-bucket-owner=999999999999', 403],
    ['GetObjectAttributes', 'GET', '/vault/k?attributes&x-amz-object-attributes=ETag', 200],
    ['CreateMultipartUpload', 'POST', '/vault/k?uploads&x-amz-checksum-algorithm=SHA256', 200],
    ['CreateMultipartUpload', 'POST', '/vault/k?uploads&x-amz-checksum-algorithm=NONE', 400],
    ['CopyObject', 'PUT', '/vault/copy?x-amz-copy-source=vault%2Fk&x-amz-copy-source-if-match=other', 412],
    ['CopyObject', 'PUT', '/vault/copy?x-amz-copy-source=vault%2Fk&x-amz-metadata-directive=NONE', 400],
  ])('%s reads them: %s %s is answered with %i', async (operation, method, path, status) => {
    const answer = await use(SigV4({ method, path }), { method });
    expect({ status: answer.status, operation: s3.requests.last()?.operation }).toEqual({ status, operation });
  });
});

// F591
describe('a customer key', () => {
  const prefix = 'x-amz-server-side-encryption-customer';
  const key = Buffer.alloc(32, 'k');
  const algorithm = { [`${prefix}-algorithm`]: 'AES256' };
  const secret = {
    [`${prefix}-key`]: key.toString('base64'),
    [`${prefix}-key-md5`]: 'mT2HRsMGJ5IX5C+0rreZ8Q==',
  };
  const all = { ...algorithm, ...secret };
  const asQuery = new URLSearchParams(all).toString();

  beforeEach(() => restart({ sseC: 'allowed' }));

  // Measured: justincormack/argmin, test_presigned_sse_c_put_object, _get_object, _head_object and _get_requires_signed_headers
  it('is sent in headers, all of which are signed', async () => {
    const put = SigV4({ method: 'PUT', path: '/vault/secret', headers: all });
    expect((await use(put, { method: 'PUT', headers: all }, 'data')).status).toBe(200);
    const get = SigV4({ path: '/vault/secret', headers: all });
    expect((await use(get, { headers: all })).body).toBe('data');
    expect(errorOf(await use(get))).toBe(mismatch);
    const partly = SigV4({ path: '/vault/secret', headers: algorithm });
    expect(errorOf(await use(partly, { headers: all }))).toMatch(/^403 AccessDenied: There were headers/);
  });

  // aws/aws-sdk-js#3970
  it('is not read from the query, signed or not', async () => {
    const signed = SigV4({ method: 'PUT', path: `/vault/secret?${asQuery}`, headers: all });
    expect(errorOf(await use(signed, { method: 'PUT' }, 'data'))).toBe(mismatch);
    const unsigned = SigV4({ method: 'PUT', path: `/vault/secret?${asQuery}` });
    expect((await use(unsigned, { method: 'PUT' }, 'data')).header(`${prefix}-algorithm`)).toBeUndefined();
    expect(s3.bucket('vault').object('secret').encryption).toEqual({ ServerSideEncryption: 'AES256' });
  });
});

describe('IBM COS', () => {
  it.each([
    ['SigV4', 'changed', (url: string) => url.replace('/vault/k', '/vault/l')],
    ['SigV2', 'changed', (url: string) => url.replace('/vault/k', '/vault/l')],
    ['SigV4', 'expired', (url: string) => url],
    ['SigV2', 'expired', (url: string) => url],
  ] as const)('refuses a URL of %s that is %s in its own form', async (version, what, change) => {
    const url = versions[version]({ host: cosHost });
    expect((await use(url, { host: cosHost })).body).toBe('second');
    if (what === 'expired') s3.clock.advance({ minutes: 16 });
    const answer = await use(change(url), { host: cosHost });
    const text = what === 'expired' ? '403 AccessDenied: Request has expired' : mismatch;
    expect({ error: errorOf(answer), httpStatusCode: textOf('httpStatusCode', answer) }).toEqual({
      error: text,
      httpStatusCode: '403',
    });
  });
});
