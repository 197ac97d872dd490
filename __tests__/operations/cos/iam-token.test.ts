import { afterEach, describe, expect, it, jest } from '@jest/globals';
import CosS3 from 'ibm-cos-sdk/clients/s3';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { send, type WireCall } from '../../support/wire-client';

const s3 = mockS3({ now: '2026-01-31T10:00:00Z', buckets: { vault: {} } });

/** Stops the clock of the process, and nothing else. */
function fakeDate(now: string): void {
  jest.useFakeTimers({
    now: Date.parse(now),
    doNotFake: ['nextTick', 'setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout', 'queueMicrotask'],
  });
}

afterEach(() => {
  jest.useRealTimers();
});

const apiKeyGrant = 'urn:ibm:params:oauth:grant-type:apikey';

function post(fields: Readonly<Record<string, string>>, headers: WireCall['headers'] = {}) {
  return send({
    method: 'POST',
    path: '/identity/token',
    host: 'iam.cloud.ibm.com',
    headers: { Authorization: undefined, 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(fields).toString(),
  });
}

// https://cloud.ibm.com/apidocs/iam-identity-token-api#gettoken-apikey, and IBM/ibm-cos-sdk-js lib/iam/token_manager.js. F45
describe('POST /identity/token', () => {
  it('returns a token for an hour for an API key', async () => {
    fakeDate('2026-02-03T04:05:06.789Z');
    const { status, head, body } = await post({ grant_type: apiKeyGrant, response_type: 'cloud_iam', apikey: 'key' });
    expect(status).toBe(200);
    expect(head).toEqual(['Content-Type: application/json', 'Date: NOW', `Content-Length: ${body.length}`]);
    const token = JSON.parse(body);
    const [header, claims] = String(token.access_token)
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString());
    expect(header).toBe('{"alg":"RS256"}');
    expect(JSON.parse(claims ?? '')).toEqual({
      iam_id: 'IBMid-000000000000',
      account: { bss: '000000000000' },
      iat: Date.parse('2026-02-03T04:05:06Z') / 1000,
      exp: Date.parse('2026-02-03T05:05:06Z') / 1000,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(token).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      refresh_token: expect.stringMatching(/^[\w-]{64}$/),
      token_type: 'Bearer',
      expires_in: 3600,
      expiration: Date.parse('2026-02-03T05:05:06Z') / 1000,
      scope: 'ibm openid',
    });
  });

  it('gives times of the process, whatever the clock of the mock says (F250)', async () => {
    fakeDate('2026-02-03T04:05:06.789Z');
    s3.clock.set('1999-12-31T23:59:59Z');
    const { header, body } = await post({ grant_type: apiKeyGrant, apikey: 'key' });
    const { access_token, expiration } = JSON.parse(body);
    const claims = JSON.parse(Buffer.from(access_token.split('.')[1], 'base64url').toString());
    const [iat, exp] = [Date.parse('2026-02-03T04:05:06Z') / 1000, Date.parse('2026-02-03T05:05:06Z') / 1000];
    expect({ iat: claims.iat, exp: claims.exp, expiration }).toEqual({ iat, exp, expiration: exp });
    expect(header('Date')).toBe('Tue, 03 Feb 2026 04:05:06 GMT');
    const refused = JSON.parse((await post({ grant_type: 'password' })).body).context;
    const now = '03.02.2026 04:05:06:789 UTC';
    expect(refused).toMatchObject({ startTime: now, endTime: now });
  });

  it("accepts the request of IBM's SDK", async () => {
    const fields = {
      grant_type: apiKeyGrant,
      response_type: 'cloud_iam',
      apikey: 'key',
      redirect_uri: '',
      client_id: '',
      refresh_token: '',
    };
    const headers = { Authorization: 'Basic Yng6Yng=', 'cache-control': 'no-cache', Accept: 'application/json' };
    expect((await post(fields, headers)).status).toBe(200);
    s3.requests.expectOnly('CreateIamToken', { grant_type: apiKeyGrant, apikey: 'key' });
  });

  it('returns a new token for a refresh token', async () => {
    fakeDate('2026-02-03T04:05:06Z');
    const first = JSON.parse((await post({ grant_type: apiKeyGrant, apikey: 'key' })).body);
    jest.setSystemTime(Date.parse('2026-02-03T04:55:06Z'));
    const second = await post({ grant_type: 'refresh_token', refresh_token: first.refresh_token });
    expect(second.status).toBe(200);
    expect(JSON.parse(second.body)).toMatchObject({ expiration: Date.parse('2026-02-03T05:55:06Z') / 1000 });
    expect(JSON.parse(second.body).access_token).not.toBe(first.access_token);
  });

  it('returns a token that COS accepts', async () => {
    const { access_token } = JSON.parse((await post({ grant_type: apiKeyGrant, apikey: 'key' })).body);
    const answer = await send({
      path: '/vault?versioning',
      host: cosHost,
      headers: { Authorization: `Bearer ${access_token}` },
    });
    expect(answer.status).toBe(200);
  });

  it.each([
    [
      'another grant',
      { grant_type: 'password', apikey: 'key' },
      'BXNIM0105E',
      "Validation of property 'grant_type' with value 'password' failed.",
    ],
    [
      'another response',
      { grant_type: apiKeyGrant, response_type: 'token', apikey: 'key' },
      'BXNIM0106E',
      "Validation of property 'response_type' with value 'token' failed. Valid values: 'cloud_iam'",
    ],
    ['no API key', { grant_type: apiKeyGrant }, 'BXNIM0109E', 'Property missing or empty: apikey'],
    ['an empty API key', { grant_type: apiKeyGrant, apikey: '' }, 'BXNIM0109E', 'Property missing or empty: apikey'],
    ['no refresh token', { grant_type: 'refresh_token' }, 'BXNIM0109E', 'Property missing or empty: refresh_token'],
  ])('refuses %s', async (_what, fields, errorCode, errorMessage) => {
    const { status, body } = await post(fields as Readonly<Record<string, string>>);
    expect({ status, body: JSON.parse(body) }).toEqual({
      status: 400,
      body: { context: expect.anything(), errorCode, errorMessage },
    });
    expect(s3.requests.last()).toMatchObject({ operation: 'CreateIamToken', error: { code: errorCode } });
  });

  // The order and the forms are those of watson-developer-cloud/node-sdk#934. F168
  it('describes the request in its refusal', async () => {
    const { status, head, body } = await post({ grant_type: 'password' }, { 'User-Agent': 'a-client' });
    expect({ status, contentType: head[0] }).toEqual({ status: 400, contentType: 'Content-Type: application/json' });
    expect(body.replace(/[\da-f]{32}/, 'ID').replaceAll(/\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d:\d{3} UTC/g, 'TIME')).toBe(
      '{"context":{"requestId":"ID","requestType":"incoming.Identity_Token","userAgent":"a-client","clientIp":"127.0.0.1","url":"https://iam.cloud.ibm.com","instanceId":"s3-versioning-mock","threadId":"1","host":"s3-versioning-mock","startTime":"TIME","endTime":"TIME","elapsedTime":"0","locale":"en_US","clusterName":"s3-versioning-mock"},"errorCode":"BXNIM0105E","errorMessage":"Validation of property \'grant_type\' with value \'password\' failed."}',
    );
  });

  // F251
  it.each([
    ['iam.ng.bluemix.net', '/oidc/token'],
    ['private.us-south.iam.cloud.ibm.com', '/identity/token'],
    ['iam.test.cloud.ibm.com', '/oidc/token'],
  ])("answers the request that IBM's SDK sends to %s%s, and no request leaves", async (iamHost, path) => {
    const cos = new CosS3({
      endpoint: cosHost,
      apiKeyId: 'a-real-key',
      ibmAuthEndpoint: `https://${iamHost}${path}`,
      maxRetries: 0,
    });
    await cos.getBucketVersioning({ Bucket: 'vault' }).promise();
    s3.requests.expect('CreateIamToken', { apikey: 'a-real-key' });
    expect([...s3.requests][0]?.url).toBe(`https://${iamHost}${path}`);
  });

  it('is the only operation of its host', async () => {
    const { status } = await send({ method: 'GET', path: '/identity/token', host: 'iam.cloud.ibm.com' });
    expect(status).toBe(405);
  });
});

const host = cosHost;
const denied =
  /^<\?xml version="1\.0" encoding="UTF-8" standalone="yes"\?><Error><Code>AccessDenied<\/Code><Message>Access Denied<\/Message><Resource>\/vault\/<\/Resource>/;

async function tokenFor(apikey = 'key'): Promise<{ readonly access: string; readonly refresh: string }> {
  const { access_token, refresh_token } = JSON.parse((await post({ grant_type: apiKeyGrant, apikey })).body);
  return { access: access_token, refresh: refresh_token };
}

const ask = (token: string) => send({ path: '/vault?versioning', host, headers: { Authorization: `Bearer ${token}` } });

describe('the validity of tokens and API keys (F165)', () => {
  it('a token is valid for an hour by the clock of the mock', async () => {
    const { access } = await tokenFor();
    s3.clock.advance({ minutes: 59, seconds: 59 });
    expect((await ask(access)).status).toBe(200);
    s3.clock.advance({ seconds: 1 });
    const { status, body } = await ask(access);
    expect({ status, body }).toEqual({ status: 403, body: expect.stringMatching(denied) });
    expect(s3.requests.last()?.why).toBe('the token was valid until 2026-01-31T11:00:00.000Z');
    expect((await ask((await tokenFor()).access)).status).toBe(200);
  });

  it('a token from elsewhere never expires', async () => {
    s3.clock.advance({ days: 400 });
    expect((await ask('from.another.place')).status).toBe(200);
  });

  it('a token, an API key or a refresh token that the test refuses is invalid', async () => {
    const { access, refresh } = await tokenFor();
    for (const one of [access, refresh, 'foreign.token', 'revoked']) s3.iam.refuse(one);
    expect({ issued: (await ask(access)).status, foreign: (await ask('foreign.token')).status }).toEqual({
      issued: 403,
      foreign: 403,
    });
    expect(s3.requests.last()?.why).toBe('the test had the token refused');
    const byKey = await post({ grant_type: apiKeyGrant, apikey: 'revoked' });
    const byToken = await post({ grant_type: 'refresh_token', refresh_token: refresh });
    expect([byKey, byToken].map(({ status, body }) => [status, JSON.parse(body)])).toMatchObject([
      [400, { errorCode: 'BXNIM0415E', errorMessage: 'Provided API key could not be found' }],
      [400, { errorCode: 'BXNIM0408E', errorMessage: 'Provided refresh token is expired' }],
    ]);
    expect((await ask((await tokenFor('another')).access)).status).toBe(200);
  });

  it('a token that was issued before expireTokens is invalid', async () => {
    const before = await tokenFor();
    s3.iam.expireTokens();
    const after = await tokenFor();
    expect({ before: (await ask(before.access)).status, after: (await ask(after.access)).status }).toEqual({
      before: 403,
      after: 200,
    });
  });

  it('a reset forgets refused credentials, and keeps the times at which tokens expire', async () => {
    fakeDate('2026-02-03T04:05:06Z');
    const { access } = await tokenFor();
    s3.iam.expireTokens();
    s3.iam.refuse('key');
    s3.reset();
    expect((await ask(access)).status).toBe(200);
    // The same seed issues the same token at the same time.
    s3.iam.expireTokens();
    expect((await tokenFor()).access).toBe(access);
    expect((await ask(access)).status).toBe(200);
    s3.clock.advance({ hours: 1 });
    expect((await ask(access)).status).toBe(403);
  });

  it('AWS accepts no token', async () => {
    const { status } = await send({ path: '/vault?versioning', headers: { Authorization: 'Bearer a.b.c' } });
    expect(status).toBe(400);
  });

  it.each([[''], [undefined], [42]])('refuse(%j) throws a TypeError', (credential) => {
    expect(() => s3.iam.refuse(credential as string)).toThrow(TypeError);
    expect(() => s3.iam.refuse(credential as string)).toThrow('; expected an API key, a token or a refresh token');
  });
});
