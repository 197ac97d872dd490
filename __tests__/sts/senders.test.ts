import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MockS3, MockS3Options } from '../../src/index';
import { presignV4, type Signer, signV4 } from '../support/clients/signer';
import { startedMocks } from '../support/started-mocks';
import { formOf, type RawReply, send, signedAs } from './form';

const startMock = startedMocks();
let s3: MockS3;

const start = (options: MockS3Options = {}) => {
  // Its capture ends at once.
  if (s3) void s3.stop();
  s3 = startMock({ users: { ann: {} }, roles: { reader: {} }, verifySignatures: true, ...options });
};
beforeEach(() => start());

const who = { Action: 'GetCallerIdentity' };
const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const invalid = 'The security token included in the request is invalid.';

function refusalOf({ status, body }: RawReply) {
  const [, code] = /<Code>(.*)<\/Code>/.exec(body) ?? [];
  const [, message] = /<Message>(.*)<\/Message>/s.exec(body) ?? [];
  return { status, code, message };
}

interface Asked {
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent after the request was signed. */
  readonly changed?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function ask(signer: Partial<Signer> = {}, { host = 'sts.amazonaws.com', headers, changed, body }: Asked = {}) {
  const form = body ?? formOf(who);
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const keys = { ...s3.account.user('ann').credentials, service: 'sts', ...signer };
  const signed = signV4({ method: 'POST', host, path: '/', headers: { ...type, ...headers }, body: form }, keys);
  return refusalOf(await send({}, { host, key: null, body: form, headers: { ...signed.headers, ...changed } }));
}

const minutes = (count: number) => new Date(Date.now() + count * 60_000);
const basic = (at: Date) => `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

// F735
describe('the sender of a request', () => {
  it('is accepted if key, scope, date and signature are right', async () => {
    expect(await ask()).toMatchObject({ status: 200 });
    expect(s3.requests.at(-1)?.caller).toMatchObject({ user: 'ann' });
  });

  it('may be dated by the header Date in the form of HTTP', async () => {
    const { accessKeyId } = s3.account.user('ann').credentials;
    const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260301/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0`;
    const dated = (date: Date) => send(who, { key: null, headers: { authorization, date: date.toUTCString() } });
    expect(refusalOf(await dated(minutes(0))).message).toBe(mismatch);
    expect(refusalOf(await dated(minutes(-16))).message).toMatch(/^Signature expired: /);
  });

  it('is accepted at a regional host by a signature for its region', async () => {
    expect(await ask({ region: 'eu-west-1' }, { host: 'sts.eu-west-1.amazonaws.com' })).toMatchObject({ status: 200 });
  });

  it.each([
    ['the region', { region: 'eu-west-1' }, 'Credential should be scoped to a valid region. '],
    ['the service', { service: 's3' }, "Credential should be scoped to correct service: 'sts'. "],
    [
      'both',
      { region: 'eu-west-1', service: 's3' },
      "Credential should be scoped to a valid region. Credential should be scoped to correct service: 'sts'. ",
    ],
  ])('is refused because of the scope before the key is looked at: %s', async (_, scope, message) => {
    expect(await ask({ ...scope, accessKeyId: 'AKIANOBODY' })).toEqual({
      status: 403,
      code: 'SignatureDoesNotMatch',
      message,
    });
  });

  it('is refused if the request was signed more than fifteen minutes ago', async () => {
    const at = minutes(-16);
    const { status, code, message } = await ask({ at, accessKeyId: 'AKIANOBODY' });
    expect({ status, code }).toEqual({ status: 403, code: 'SignatureDoesNotMatch' });
    expect(message).toMatch(
      new RegExp(
        `^Signature expired: ${basic(at)} is now earlier than \\d{8}T\\d{6}Z \\(\\d{8}T\\d{6}Z - 15 min\\.\\)$`,
      ),
    );
  });

  it('is refused if the request is signed for later', async () => {
    const at = minutes(16);
    expect((await ask({ at })).message).toMatch(
      new RegExp(
        `^Signature not yet current: ${basic(at)} is still later than \\d{8}T\\d{6}Z \\(\\d{8}T\\d{6}Z \\+ 15 min\\.\\)$`,
      ),
    );
  });

  it('is accepted if it signs by the clock of the mock', async () => {
    s3.clock.advance({ days: 2 });
    expect(await ask({ at: s3.clock.now() })).toMatchObject({ status: 200 });
    expect(await ask()).toMatchObject({ status: 200 });
  });

  it('is refused if nobody has the key, whatever the signature', async () => {
    expect(await ask({ accessKeyId: 'AKIANOBODY' })).toEqual({
      status: 403,
      code: 'InvalidClientTokenId',
      message: invalid,
    });
    expect(s3.requests.at(-1)?.why).toBe('AKIANOBODY belongs to no account of the mock');
  });

  it('is refused if a token comes with the key of a user', async () => {
    expect(await ask({}, { headers: { 'x-amz-security-token': 'token' } })).toEqual({
      status: 403,
      code: 'InvalidClientTokenId',
      message: invalid,
    });
  });

  it.each<[string, Partial<Signer>, Asked]>([
    ['the secret is another', { secretAccessKey: 'wrong' }, {}],
    ['the body is another', {}, { changed: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' } }],
    ['the hash says that the body is not signed', {}, { headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }],
    ['the hash is not that of the body', {}, { headers: { 'x-amz-content-sha256': '0'.repeat(64) } }],
  ])('is refused if %s', async (_, signer, asked) => {
    expect(await ask(signer, asked)).toEqual({ status: 403, code: 'SignatureDoesNotMatch', message: mismatch });
  });
});

describe('the signature of a request', () => {
  beforeEach(() => start({ verifySignatures: false }));

  it('is needed', async () => {
    expect(refusalOf(await send(who, { key: null }))).toEqual({
      status: 403,
      code: 'MissingAuthenticationToken',
      message: 'Request is missing Authentication Token',
    });
    expect(s3.requests.at(-1)).toMatchObject({ operation: 'GetCallerIdentity', caller: 'anonymous' });
  });

  it('is refused if a part of the header has no equal sign', async () => {
    const authorization = 'AWS4-HMAC-SHA256 valid/20180301/us-east-1/sts/aws4_request, SignedHeaders=host';
    expect(refusalOf(await send(who, { headers: { authorization } }))).toEqual({
      status: 400,
      code: 'IncompleteSignature',
      message: `'valid/20180301/us-east-1/sts/aws4_request' not a valid key=value pair (missing equal-sign) in Authorization header: '${authorization}'.`,
    });
  });

  it.each([
    ['not valid', 'valid'],
    [' AKIAEXAMPLE', 'AKIAEXAMPLE'],
  ])('is refused if the access key %j has a blank, since the blank ends a part of the header', async (key, part) => {
    const scope = '20180109/us-east-1/sts/aws4_request';
    const authorization = `AWS4-HMAC-SHA256 Credential=${key}/${scope}, SignedHeaders=host;x-amz-date, Signature=00`;
    expect(refusalOf(await send(who, { headers: { authorization } }))).toEqual({
      status: 400,
      code: 'IncompleteSignature',
      message: `'${part}/${scope}' not a valid key=value pair (missing equal-sign) in Authorization header: '${authorization}'.`,
    });
  });

  it('may have its parts parted by blanks alone, and by commas alone', async () => {
    const credential = `Credential=${s3.account.user('ann').credentials.accessKeyId}/20180109/us-east-1/sts/aws4_request`;
    for (const parted of [' ', ','])
      expect(
        await send(who, {
          headers: {
            authorization: `AWS4-HMAC-SHA256 ${[credential, 'SignedHeaders=host', 'Signature=00'].join(parted)}`,
            'x-amz-date': '20180109T000000Z',
          },
        }),
      ).toMatchObject({ status: 200 });
  });

  it.each([
    [
      'AWS4-HMAC-SHA256 SignedHeaders=host',
      /^Authorization header requires 'Credential' parameter\. Authorization header requires 'Signature' parameter\. Authorization=/,
    ],
    [
      'AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0',
      /^Credential must have exactly 5 slash-delimited elements, e\.g\. keyid\/date\/region\/service\/term, got 'a\/b'$/,
    ],
    ['AWS4-HMAC-SHA256 Credential=a/b/c/d/e/f, SignedHeaders=host, Signature=0', /got 'a\/b\/c\/d\/e\/f'$/],
  ])('is refused if it lacks a part: %s', async (authorization, message) => {
    expect(refusalOf(await send(who, { headers: { authorization } }))).toEqual({
      status: 400,
      code: 'IncompleteSignature',
      message: expect.stringMatching(message),
    });
  });

  it('may have the header Date in the place of X-Amz-Date, and needs one of them', async () => {
    const { accessKeyId } = s3.account.user('ann').credentials;
    const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20180301/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0`;
    expect(
      (await send(who, { key: null, headers: { authorization, date: 'Thu, 01 Mar 2018 00:00:00 GMT' } })).status,
    ).toBe(200);
    expect(refusalOf(await send(who, { key: null, headers: { authorization } }))).toMatchObject({
      code: 'IncompleteSignature',
      message: expect.stringContaining("requires existence of either a 'X-Amz-Date' or a 'Date' header"),
    });
  });

  it('may be in the query, as of a presigned GetCallerIdentity', async () => {
    start();
    const ann = { ...s3.account.user('ann').credentials, service: 'sts' };
    const host = 'sts.amazonaws.com';
    const query = `/?${formOf(who)}`;
    const path = presignV4({ method: 'GET', host, path: query, headers: { 'x-k8s-aws-id': 'cluster' } }, ann, 60);
    const sent = { method: 'GET', path, key: null, headers: { 'x-k8s-aws-id': 'cluster' } };
    const { status, body } = await send({}, sent);
    expect({ status, arn: /<Arn>(.*)<\/Arn>/.exec(body)?.[1] }).toEqual({
      status: 200,
      arn: 'arn:aws:iam::000000000000:user/ann',
    });
    expect(refusalOf(await send({}, { ...sent, headers: { 'x-k8s-aws-id': 'other' } }))).toMatchObject({
      code: 'SignatureDoesNotMatch',
    });
  });

  // F736
  it('is valid for fifteen minutes in a query, whatever the query says of its end', async () => {
    start();
    const ann = { ...s3.account.user('ann').credentials, service: 'sts' };
    const asked = { method: 'GET', host: 'sts.amazonaws.com', path: `/?${formOf(who)}` };
    const statusAt = async (at: Date, expires: number) =>
      (await send({}, { method: 'GET', path: presignV4(asked, { ...ann, at }, expires), key: null })).status;
    const [early, late] = [await statusAt(minutes(-14), 60), await statusAt(minutes(-16), 86_400)];
    expect({ early, late }).toEqual({ early: 200, late: 403 });
  });

  it('needs each of its parameters in a query, and a date of its form', async () => {
    start();
    const ann = { ...s3.account.user('ann').credentials, service: 'sts' };
    const path = presignV4({ method: 'GET', host: 'sts.amazonaws.com', path: `/?${formOf(who)}` }, ann, 60);
    const answerTo = async (changed: string) => refusalOf(await send({}, { method: 'GET', path: changed, key: null }));
    expect(await answerTo(path.replace(/&X-Amz-Date=[^&]*/, ''))).toMatchObject({
      status: 400,
      code: 'IncompleteSignature',
      message: expect.stringContaining('X-Amz-Date'),
    });
    expect(await answerTo(path.replace(/&X-Amz-Date=[^&]*/, '&X-Amz-Date=today'))).toMatchObject({
      status: 400,
      code: 'IncompleteSignature',
      message: expect.stringContaining('today'),
    });
  });

  it('is not read if nobody signs the operation', async () => {
    start();
    const token = {
      Action: 'AssumeRoleWithWebIdentity',
      RoleArn: 'arn:aws:iam::000000000000:role/reader',
      RoleSessionName: 'pod',
      WebIdentityToken: 'token',
    };
    const headers = { authorization: 'AWS4-HMAC-SHA256 nonsense' };
    const unsigned = await send(token, { key: null });
    const signed = await send(token, { key: null, headers });
    expect({ unsigned: unsigned.status, signed: signed.status }).toEqual({ unsigned: 200, signed: 200 });
  });
});

describe('the session that sends a request', () => {
  beforeEach(() => start({ verifySignatures: false }));

  const begin = () => s3.account.role('reader').session().credentials;

  it('is accepted with its token', async () => {
    expect((await send(who, { key: begin() })).status).toBe(200);
    expect(s3.requests.at(-1)?.caller).toMatchObject({ role: 'reader' });
  });

  it.each([
    ['without its token', () => undefined],
    ['with the token of another', () => begin().sessionToken],
    ['with a token that nobody was given', () => 'token'],
  ])('is refused %s', async (_, tokenOf) => {
    const { accessKeyId } = begin();
    const sessionToken = tokenOf();
    const key = { accessKeyId, ...(sessionToken !== undefined && { sessionToken }) };
    expect(refusalOf(await send(who, { key }))).toEqual({
      status: 403,
      code: 'InvalidClientTokenId',
      message: invalid,
    });
    expect(s3.requests.at(-1)?.why).toContain(accessKeyId);
  });

  it('is refused once it is over, by the clock of the mock and in words that are not those of S3', async () => {
    const key = begin();
    s3.clock.advance({ hours: 2 });
    expect(refusalOf(await send(who, { key }))).toEqual({
      status: 403,
      code: 'ExpiredToken',
      message: 'The security token included in the request is expired',
    });
    expect(s3.requests.at(-1)?.why).toMatch(/^the session ended at .* by the mock's clock$/);
  });

  it('is refused once it is over if it is the acting caller', async () => {
    s3.actAs(s3.account.role('reader').session());
    expect((await send(who)).status).toBe(200);
    s3.clock.advance({ hours: 2 });
    expect(refusalOf(await send(who)).code).toBe('ExpiredToken');
  });

  it('is refused after the reset that removed it', async () => {
    const key = begin();
    s3.reset();
    expect(refusalOf(await send(who, { key })).code).toBe('InvalidClientTokenId');
  });
});

it('an unknown key is the acting caller, as at S3', async () => {
  start({ verifySignatures: false, caller: 'ann' });
  await send(who, { headers: signedAs({ accessKeyId: 'AKIAUNKNOWN' }, 'nowhere', 'sts') });
  expect(s3.requests.at(-1)).toMatchObject({ status: 200, output: { Arn: 'arn:aws:iam::000000000000:user/ann' } });
});

// F735, F736
describe('by default, a presigned GetCallerIdentity', () => {
  beforeEach(() => {
    void s3.stop();
    s3 = startMock({ users: { ann: {} } });
  });

  const presigned = (signer: Partial<Signer> = {}) => {
    const ann = { ...s3.account.user('ann').credentials, service: 'sts', ...signer };
    return presignV4({ method: 'GET', host: 'sts.amazonaws.com', path: `/?${formOf(who)}` }, ann, 60);
  };
  const ask = async (path: string, method = 'GET') => {
    const answer = await send({}, { method, path, key: null });
    return answer.status === 200 ? '200' : `${answer.status} ${refusalOf(answer).code}`;
  };
  const foreign = { accessKeyId: 'AKIAFOREIGN', secretAccessKey: 'of-nobody' };

  it('has to be signed with the secret of its key, if the mock knows it', async () => {
    expect(await ask(presigned())).toBe('200');
    expect(await ask(presigned({ secretAccessKey: 'wrong' }))).toBe('403 SignatureDoesNotMatch');
    expect(await ask(presigned({ region: 'eu-west-1' }))).toBe('403 SignatureDoesNotMatch');
    expect(await ask(presigned(foreign))).toBe('200');
  });

  it('is valid for fifteen minutes, whoever signed it', async () => {
    for (const signer of [{}, foreign]) {
      expect(await ask(presigned({ ...signer, at: minutes(-14) }))).toBe('200');
      expect(await ask(presigned({ ...signer, at: minutes(-16) }))).toBe('403 SignatureDoesNotMatch');
    }
  });

  it('ages when the clock is moved, and was signed before if it was used before', async () => {
    const [used, unused] = [presigned(), presigned(foreign)];
    expect(await ask(used)).toBe('200');
    s3.clock.advance({ minutes: 16 });
    expect([await ask(used), await ask(unused)]).toEqual(['403 SignatureDoesNotMatch', '200']);
    expect(await ask(presigned({ at: s3.clock.now() }))).toBe('200');
  });

  it('is valid by a clock that stands', async () => {
    void s3.stop();
    s3 = startMock({ users: { ann: {} }, now: '2020-01-31T12:00:00Z' });
    const url = presigned({ at: s3.clock.now() });
    expect(await ask(url)).toBe('200');
    s3.clock.advance({ minutes: 16 });
    expect(await ask(url)).toBe('403 SignatureDoesNotMatch');
    expect(await ask(presigned())).toBe('200');
  });

  it('is not checked in a header', async () => {
    const { status } = await send(who, { key: s3.account.user('ann').credentials });
    expect(status).toBe(200);
  });
});
