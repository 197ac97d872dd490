import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { checksum } from '../../src/formats/digests';
import type { MockS3, MockS3Options } from '../../src/index';
import { presignV4, type Signable, type Signer, sha256, signChunks, signV2, signV4 } from '../support/clients/signer';
import { cosHost } from '../support/clients/story-client';
import { textOf } from '../support/documents';
import { startedMocks } from '../support/started-mocks';
import { send, type WireAnswer } from '../support/wire-client';

const host = 's3.amazonaws.com';
const vault = { versioning: 'Enabled' } as const;
const startMock = startedMocks();
let s3: MockS3;

function start(options: MockS3Options = {}): void {
  s3 = startMock({ verifySignatures: true, buckets: { vault }, ...options });
}

beforeEach(() => start());

const errorOf = ({ status, body }: Pick<WireAnswer, 'status' | 'body'>) =>
  `${status} ${/<Error>(.*?)(?:<Resource>.*)?<RequestId>/s.exec(body)?.[1] ?? body}`;

type Change = (sent: Parameters<typeof send>[0]) => Parameters<typeof send>[0];

function ask(request: Partial<Signable>, change: Change = (sent) => sent): Promise<WireAnswer> {
  const whole = { method: 'GET', host, path: '/vault', ...request };
  const { headers } = signV4(whole, s3.account.credentials);
  const { authorization: Authorization, host: Host, ...more } = headers;
  return send(change({ ...whole, headers: { Authorization, ...more } }));
}

function askAs(signer: Partial<Signer>, path = '/vault?versioning', to = host): Promise<WireAnswer> {
  const { headers } = signV4({ method: 'GET', host: to, path }, { ...s3.account.credentials, ...signer });
  const { authorization: Authorization, host: Host, ...more } = headers;
  return send({ host: to, path, headers: { Authorization, ...more } });
}

const header =
  (name: string, value: (before: string) => string): Change =>
  (sent) => ({ ...sent, headers: { ...sent.headers, [name]: value(sent.headers?.[name] ?? '') } });

const authorization = (part: string | RegExp, other: string) =>
  header('Authorization', (value) => value.replace(part, other));

const changeEnd = (text: string) => text.replace(/.$/, (last) => (last === '0' ? '1' : '0'));

const mismatch = 'SignatureDoesNotMatch';
const malformed = 'AuthorizationHeaderMalformed';

const put = { method: 'PUT', path: '/vault/report.pdf', body: 'first', headers: { 'x-amz-meta-by': 'ann' } };

// F140, F141
describe('a request that was changed after it was signed', () => {
  it('is carried out if nothing was changed', async () => {
    expect(await ask(put)).toMatchObject({ status: 200 });
    expect(s3.bucket('vault').object('report.pdf').body).toEqual(Buffer.from('first'));
  });

  it('has no caller in the journal, even if a rule disturbs the answer', async () => {
    s3.on('PutObject').corrupt({ how: 'truncate', times: 1 });
    for (const failure of ['corrupt', undefined]) {
      expect(
        await ask(
          put,
          header('x-amz-meta-by', () => 'eve'),
        ),
      ).toMatchObject({ status: 403 });
      expect(s3.requests.last()?.failure?.kind).toBe(failure);
      expect(s3.requests.last()?.caller).toBe('anonymous');
    }
  });

  it.each<[what: string, status: number, code: string, change: Change]>([
    ['method', 403, mismatch, (sent) => ({ ...sent, method: 'POST' })],
    ['key', 403, mismatch, (sent) => ({ ...sent, path: '/vault/report.pdg' })],
    ['query', 403, mismatch, (sent) => ({ ...sent, path: '/vault/report.pdf?tagging' })],
    ['host', 403, mismatch, (sent) => ({ ...sent, host: 's3.us-east-1.amazonaws.com' })],
    ['header', 403, mismatch, header('x-amz-meta-by', () => 'bob')],
    ['additional header', 403, 'AccessDenied', header('x-amz-acl', () => 'private')],
    ['body', 400, 'XAmzContentSHA256Mismatch', (sent) => ({ ...sent, body: 'sirst' })],
    [
      'body and its hash',
      403,
      mismatch,
      (sent) => header('x-amz-content-sha256', () => sha256('sirst'))({ ...sent, body: 'sirst' }),
    ],
    ['body that is unsigned', 403, mismatch, header('x-amz-content-sha256', () => 'UNSIGNED-PAYLOAD')],
    ['signature', 403, mismatch, header('Authorization', changeEnd)],
    [
      'date',
      403,
      mismatch,
      header('x-amz-date', (value) => value.replace(/\d\dZ$/, (last) => (last === '00Z' ? '01Z' : '00Z'))),
    ],
    ['day of its scope', 400, malformed, authorization(/\/\d{8}\//, '/20010101/')],
    ['region of its scope', 400, malformed, authorization('us-east-1', 'eu-west-1')],
    ['service of its scope', 400, malformed, authorization('/s3/', '/ec2/')],
    ['key of its signer', 403, 'InvalidAccessKeyId', authorization('AKIA', 'AKIB')],
  ])('in its %s is answered with %s %s, and not carried out', async (_what, status, code, change) => {
    const answer = await ask(put, change);
    expect({ status: answer.status, code: textOf('Code', answer) }).toEqual({ status, code });
    expect(s3.bucket('vault').current('report.pdf')).toBeUndefined();
    expect(s3.requests.last()).toMatchObject({ status, error: { code } });
  });

  it.each<[what: string, code: string, change: (path: string) => string]>([
    ['key', mismatch, (path) => path.replace('report', 'import')],
    ['expiry', mismatch, (path) => path.replace('Expires=900', 'Expires=90000')],
    ['date', mismatch, (path) => path.replace(/T\d{6}Z/, 'T000000Z').replace('Expires=900', 'Expires=86400')],
    ['signature', mismatch, changeEnd],
    ['region', 'AuthorizationQueryParametersError', (path) => path.replace('us-east-1', 'us-east-2')],
  ])('in the %s of its url is answered with %s', async (_what, code, change) => {
    const path = presignV4({ method: 'GET', host, path: '/vault/report.pdf' }, s3.account.credentials);
    const answer = await send({ path: change(path), headers: { Authorization: undefined } });
    expect(answer.body).toContain(`<Code>${code}</Code>`);
  });

  const chunks = ['a'.repeat(8192), 'the end'];
  const crc = checksum('CRC32', Buffer.from(chunks.join('')));
  const streaming = {
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
    'content-encoding': 'aws-chunked',
    'x-amz-decoded-content-length': '8199',
    'x-amz-trailer': 'x-amz-checksum-crc32',
  };

  async function stream(change: (body: string) => string): Promise<WireAnswer> {
    const request = { method: 'PUT', host, path: '/vault/report.pdf', headers: streaming };
    const signed = signV4(request, s3.account.credentials);
    const { authorization: Authorization, host: Host, ...headers } = signed.headers;
    const body = change(signChunks(chunks, signed, `x-amz-checksum-crc32:${crc}`).toString());
    return send({ ...request, headers: { Authorization, ...headers }, body });
  }

  it.each<[what: string, code: string, change: (body: string) => string]>([
    ['nothing', '', (body) => body],
    ['a chunk', mismatch, (body) => body.replace('aaaa', 'aaab')],
    ['the last', mismatch, (body) => body.replace('the end', 'the edn')],
    ['a signature', mismatch, (body) => body.replace(/signature=[0-9a-f]{4}/, 'signature=0000')],
    ['the trailer', mismatch, (body) => body.replace(crc, 'AAAAAA==')],
    ['no signature', mismatch, (body) => body.replace(/signature=[0-9a-f]{64}/, `signature=${'x'.repeat(64)}`)],
    ['a bad end', mismatch, (body) => body.replace('aaaa', 'aaab').replace('the end', 'the')],
    ['the end', 'IncompleteBody', (body) => body.replace('the end', 'the')],
    ['a short one', mismatch, (body) => body.replace(/signature=[0-9a-f]{64}/, 'signature=invalid')],
    ['a long one', mismatch, (body) => body.replace(/signature=/, 'signature=0')],
    ['one before it', mismatch, (body) => body.replace(/chunk-signature=/, 'extra=param;chunk-signature=')],
    ['one behind it', 'IncompleteBody', (body) => body.replace(/signature=[0-9a-f]{64}/, '$&;extra=param')],
    ['a blank one', 'IncompleteBody', (body) => body.replace(/signature=[0-9a-f]{64}/, 'signature=')],
    ['blanks', '', (body) => body.replace(/;chunk-signature=([0-9a-f]{64})/, ' ; chunk-signature = $1 ')],
    ['no empty line', '', (body) => body.replace(/\r\n\r\n$/, '\r\n')],
    [
      "a lack of the trailer's signature",
      'IncompleteBody',
      (body) => body.replace(/x-amz-trailer-signature.*\r\n/, ''),
    ],
    [
      'a value and no signature of it',
      'IncompleteBody',
      (body) => body.replace(crc, 'AAAA').replace(/x-amz-trailer-signature.*\r\n/, ''),
    ],
    ["a trailer's form", mismatch, (body) => body.replace(crc, 'AAAA')],
    ['a trailer without a colon', 'IncompleteBody', (body) => body.replace(`:${crc}`, '')],
    ["trailer's own", mismatch, (body) => body.replace(/trailer-signature:..../, 'trailer-signature:0')],
  ])('in %s of its chunks is answered with "%s"', async (_what, code, change) => {
    const answer = await stream(change);
    expect(textOf('Code', answer) ?? '').toBe(code);
    expect(s3.bucket('vault').current('report.pdf') === undefined).toBe(code !== '');
  });
});

// F142
it('a wrong signature is answered with the text and the request that S3 expected to be signed', async () => {
  const answer = await ask({}, authorization(/Signature=.*/, 'Signature=00'));
  const { credentials } = s3.account;
  const date = s3.requests.last()?.headers['x-amz-date'] ?? '';
  const canonical = `GET\n/vault\n\nhost:${host}\nx-amz-content-sha256:${sha256('')}\nx-amz-date:${date}\n\nhost;x-amz-content-sha256;x-amz-date\n${sha256('')}`;
  const text = `AWS4-HMAC-SHA256\n${date}\n${date.slice(0, 8)}/us-east-1/s3/aws4_request\n${sha256(canonical)}`;
  const bytes = (of: string) =>
    Buffer.from(of)
      .toString('hex')
      .replace(/..(?!$)/g, '$& ');
  expect(errorOf(answer)).toBe(
    `403 <Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message><AWSAccessKeyId>${credentials.accessKeyId}</AWSAccessKeyId><StringToSign>${text}</StringToSign><SignatureProvided>00</SignatureProvided><StringToSignBytes>${bytes(text)}</StringToSignBytes><CanonicalRequest>${canonical}</CanonicalRequest><CanonicalRequestBytes>${bytes(canonical)}</CanonicalRequestBytes>`,
  );
});

describe('the other refusals', () => {
  it.each<[what: string, change: Change, document: string | RegExp]>([
    [
      'no date',
      header('x-amz-date', () => ''),
      '403 <Code>AccessDenied</Code><Message>AWS authentication requires a valid Date or x-amz-date header</Message>',
    ],
    [
      'an old date',
      header('x-amz-date', () => '20010101T000000Z'),
      /^403 <Code>RequestTimeTooSkewed<\/Code><Message>The difference between the request time and the current time is too large\.<\/Message><RequestTime>20010101T000000Z<\/RequestTime><ServerTime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ<\/ServerTime><MaxAllowedSkewMilliseconds>900000<\/MaxAllowedSkewMilliseconds>$/,
    ],
    [
      'unsigned',
      header('x-amz-acl', () => 'private'),
      '403 <Code>AccessDenied</Code><Message>There were headers present in the request which were not signed</Message><HeadersNotSigned>x-amz-acl</HeadersNotSigned>',
    ],
    [
      'wrong region',
      authorization('us-east-1', 'eu-x-1'),
      "400 <Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is malformed; the region 'eu-x-1' is wrong; expecting 'us-east-1'</Message><Region>us-east-1</Region>",
    ],
    [
      'unknown key',
      authorization(/AKIA\w+/, 'NOBODY'),
      '403 <Code>InvalidAccessKeyId</Code><Message>The AWS Access Key Id you provided does not exist in our records.</Message><AWSAccessKeyId>NOBODY</AWSAccessKeyId>',
    ],
  ])('%s', async (_what, change, document) => {
    expect(errorOf(await ask({}, change))).toEqual(
      document instanceof RegExp ? expect.stringMatching(document) : document,
    );
  });

  it('a token of temporary credentials is refused', async () => {
    expect(errorOf(await ask({ headers: { 'x-amz-security-token': 'FwoG' } }))).toBe(
      '400 <Code>InvalidToken</Code><Message>The provided token is malformed or otherwise invalid.</Message><Token-0>FwoG</Token-0>',
    );
  });

  // F200
  it('a token of temporary credentials, before the code that came with it', async () => {
    const headers = { 'x-amz-security-token': 'FwoG', 'x-amz-mfa': s3.mfa.header() };
    expect(errorOf(await ask({ headers }))).toMatch(/^400 <Code>InvalidToken/);
  });

  it('come after the refusals of the query, and before those of the method, the bucket and the body', async () => {
    const unsigned = authorization(/Signature=.*/, 'Signature=00');
    const codeOf = async (method: string, path: string) =>
      textOf('Code', await ask({ method, path, body: method === 'PUT' ? '<' : '' }, unsigned));
    expect(await codeOf('GET', '/vault?acl&versioning')).toBe('InvalidArgument');
    expect(await codeOf('POST', '/vault/k')).toBe('SignatureDoesNotMatch');
    expect(await codeOf('GET', '/nowhere')).toBe('SignatureDoesNotMatch');
    expect(await codeOf('PUT', '/vault?versioning')).toBe('SignatureDoesNotMatch');
  });
});

// F150
describe('the known users', () => {
  it('are those of the existing accounts', async () => {
    const partner = s3.createAccount('partner');
    s3.createBucket('theirs', { owner: partner });
    for (const { credentials } of [partner, partner.user('ann')])
      expect(await askAs(credentials, '/theirs?versioning')).toMatchObject({ status: 200 });
    const denied = await askAs(partner.credentials);
    expect(errorOf(denied)).toBe('403 <Code>AccessDenied</Code><Message>Access Denied</Message>');
  });

  it('are not those that a reset removed', async () => {
    const { credentials } = s3.createAccount('partner');
    s3.reset();
    expect((await askAs(credentials)).body).toContain('InvalidAccessKeyId');
  });

  it('include the anonymous', async () => {
    const answer = await send({ path: '/vault', headers: { Authorization: undefined } });
    expect(errorOf(answer)).toBe('403 <Code>AccessDenied</Code><Message>Access Denied</Message>');
  });

  it('do not matter without the option', async () => {
    await s3.stop();
    start({ verifySignatures: false });
    expect((await send({ path: '/vault?versioning' })).status).toBe(200);
    await s3.stop();
    expect(() => start({ verifySignatures: 'yes' as never })).toThrow(
      new TypeError("mockS3: invalid verifySignatures 'yes'; expected true or false, or undefined"),
    );
  });
});

// F146
describe('the region that S3 expects', () => {
  const signedFor = async (to: string, region: string) => errorOf(await askAs({ region }, '/?versioning', to));
  const wrong = (region: string, expected: string) =>
    `400 <Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is malformed; the region '${region}' is wrong; expecting '${expected}'</Message><Region>${expected}</Region>`;

  it("is the host's, or the bucket's if the host names no region", async () => {
    s3.createBucket('irish', { region: 'eu-west-1' });
    expect(await signedFor('vault.s3.eu-west-1.amazonaws.com', 'eu-west-1')).toMatch(/^200/);
    expect(await signedFor('vault.s3.eu-west-1.amazonaws.com', 'us-east-1')).toBe(wrong('us-east-1', 'eu-west-1'));
    expect(await signedFor('irish.s3.amazonaws.com', 'eu-west-1')).toMatch(/^200/);
    expect(await signedFor('irish.s3.amazonaws.com', 'us-east-1')).toBe(wrong('us-east-1', 'eu-west-1'));
    expect(await signedFor('vault.s3.amazonaws.com', 'eu-west-1')).toMatch(/^200/);
    expect(await signedFor('nowhere.s3.amazonaws.com', 'eu-west-1')).toBe(wrong('eu-west-1', 'us-east-1'));
  });

  it('is any region on COS and on hosts of your own', async () => {
    await s3.stop();
    start({ hosts: ['https://minio.test'] });
    expect(await signedFor(`vault.${cosHost}`, 'the-moon')).toMatch(/^200/);
    expect(await signedFor('vault.minio.test', 'the-moon')).toMatch(/^200/);
  });

  it('is one that AWS has, at an open port', async () => {
    const { url, close } = await s3.listen();
    const { host: at } = new URL(url);
    const answerFor = async (region: string) => {
      const { headers } = signV4(
        { method: 'GET', host: at, path: '/vault?versioning' },
        { ...s3.account.credentials, region },
      );
      const answer = await fetch(`${url}/vault?versioning`, { headers: { ...headers } });
      return errorOf({ status: answer.status, body: await answer.text() });
    };
    expect(await answerFor('eu-west-1')).toMatch(/^200/);
    expect(await answerFor('us-eest-1')).toBe(wrong('us-eest-1', 'us-east-1'));
    await close();
  });
});

// F147, docs/decisions/0007-clocks-of-signatures.md
describe('the time that S3 compares with', () => {
  const get = () => ask({ path: '/vault?versioning' });
  const presigned = () => presignV4({ method: 'GET', host, path: '/vault?versioning' }, s3.account.credentials);
  const use = async (path: string) => errorOf(await send({ path, headers: { Authorization: undefined } }));

  it('for a request it is the time of the process, even after the mock moved its clock', async () => {
    s3.clock.advance({ days: 30 });
    expect((await get()).status).toBe(200);
    s3.clock.set('2001-01-01T00:00:00Z');
    expect((await get()).status).toBe(200);
  });

  it("for a request it may also be the mock's time", async () => {
    s3.clock.set('2001-01-01T00:00:00Z');
    expect((await askAs({ at: s3.clock.now() })).status).toBe(200);
  });

  it.each(['2001-01-01T00:00:00Z', '2199-01-01T00:00:00Z'])(
    'a mock that starts at %s makes no url older',
    async (now) => {
      await s3.stop();
      start({ now });
      const path = presigned();
      expect(await use(path)).toMatch(/^200/);
      s3.clock.advance({ minutes: 16 });
      expect(await use(path)).toMatch(/^403/);
      s3.reset();
      expect(await use(path)).toMatch(/^200/);
    },
  );

  it('faked system time counts as the time of the process', async () => {
    const path = presigned();
    const { headers } = signV4({ method: 'GET', host, path: '/vault?versioning' }, s3.account.credentials);
    jest.useFakeTimers({
      now: Date.now() + 960_000,
      doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'queueMicrotask'],
    });
    try {
      expect(await use(path)).toContain('Request has expired');
      expect(
        (await send({ path: '/vault?versioning', headers: { ...headers, Authorization: undefined } })).body,
      ).toContain('RequestTimeTooSkewed');
      expect((await get()).status).toBe(200);
    } finally {
      jest.useRealTimers();
    }
  });
});

// F149
describe("IBM Cloud's tokens", () => {
  const tokenFor = async () => {
    const answer = await send({
      method: 'POST',
      host: 'iam.cloud.ibm.com',
      path: '/identity/token',
      headers: { Authorization: undefined, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey&apikey=key',
    });
    return String(JSON.parse(answer.body).access_token);
  };
  const askWith = async (token: string) =>
    errorOf(await send({ host: cosHost, path: '/vault?versioning', headers: { Authorization: `Bearer ${token}` } }));

  it('are valid for their hour, also after a reset', async () => {
    const token = await tokenFor();
    expect(await askWith(token)).toMatch(/^200/);
    s3.reset();
    expect(await askWith(token)).toMatch(/^200/);
    s3.clock.advance({ minutes: 59 });
    expect(await askWith(token)).toMatch(/^200/);
    s3.clock.advance({ minutes: 1 });
    expect(await askWith(token)).toBe('403 <Code>AccessDenied</Code><Message>Access Denied</Message>');
    expect(s3.requests.last()?.why).toContain('the token was valid until');
  });

  it('are refused if the mock did not issue them', async () => {
    expect(await askWith('eyJhbGciOi.J9')).toBe('403 <Code>AccessDenied</Code><Message>Access Denied</Message>');
    expect(s3.requests.last()?.why).toBe('the mock issued no such token');
  });
});

it('signatures of version 2 are also checked', async () => {
  const request = { method: 'GET', host, path: '/vault?versioning', resource: '/vault?versioning' };
  const { authorization: Authorization, ...headers } = signV2(request, s3.account.credentials);
  expect((await send({ ...request, headers: { Authorization, ...headers } })).status).toBe(200);
  const tampered = await send({ ...request, path: '/vault?acl', headers: { Authorization, ...headers } });
  expect(errorOf(tampered)).toMatch(/^403 <Code>SignatureDoesNotMatch<.*<\/StringToSignBytes>$/s);
});
