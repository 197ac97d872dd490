import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { send, type WireCall } from '../support/wire-client';

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3({ now: '2026-01-31T10:00:00Z', buckets: { vault: {} } });
});
afterEach(() => s3.stop());

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
  it('gives a token for an hour for an API key', async () => {
    const { status, head, body } = await post({ grant_type: apiKeyGrant, response_type: 'cloud_iam', apikey: 'key' });
    expect(status).toBe(200);
    expect(head).toEqual(['Content-Type: application/json', 'Date: NOW', `Content-Length: ${body.length}`]);
    expect(JSON.parse(body)).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      refresh_token: expect.stringMatching(/^[\w-]{64}$/),
      token_type: 'Bearer',
      expires_in: 3600,
      expiration: Date.parse('2026-01-31T11:00:00Z') / 1000,
      scope: 'ibm openid',
    });
  });

  it("as IBM's SDK asks for it", async () => {
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

  it('gives a new one for a refresh token', async () => {
    const first = JSON.parse((await post({ grant_type: apiKeyGrant, apikey: 'key' })).body);
    s3.clock.advance({ minutes: 50 });
    const second = await post({ grant_type: 'refresh_token', refresh_token: first.refresh_token });
    expect(second.status).toBe(200);
    expect(JSON.parse(second.body)).toMatchObject({ expiration: Date.parse('2026-01-31T11:50:00Z') / 1000 });
    expect(JSON.parse(second.body).access_token).not.toBe(first.access_token);
  });

  it('gives one that COS takes', async () => {
    const { access_token } = JSON.parse((await post({ grant_type: apiKeyGrant, apikey: 'key' })).body);
    const answer = await send({
      path: '/vault?versioning',
      host: 's3.us-south.cloud-object-storage.appdomain.cloud',
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
    expect([status, JSON.parse(body)]).toEqual([400, { errorCode, errorMessage }]);
    expect(s3.requests.last()).toMatchObject({ operation: 'CreateIamToken', error: { code: errorCode } });
  });

  it('is the only operation of its host', async () => {
    const { status } = await send({ method: 'GET', path: '/identity/token', host: 'iam.cloud.ibm.com' });
    expect(status).toBe(405);
  });
});
