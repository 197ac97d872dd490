import type { Store } from '../../model/store';
import { tokenPaths } from '../../protocol/request/address';
import { S3Error } from '../../refusals/s3-error';
import { element } from '../../shapes/elements';
import { form } from '../../shapes/places';
import { integer, text } from '../../shapes/values';
import { operation } from '../operation';

const lifetime = 3600;

/** Issues IBM Cloud's token for an API key or for an older token. https://cloud.ibm.com/apidocs/iam-identity-token-api#gettoken-apikey */
export const createIamToken = operation('POST /identity/token', {
  action: 'no action',
  service: 'iam',
  alsoAt: tokenPaths,
  input: {
    grant_type: form('grant_type'),
    response_type: form('response_type'),
    apikey: form('apikey'),
    refresh_token: form('refresh_token'),
  },
  output: {
    access_token: element(text),
    refresh_token: element(text),
    token_type: element(text),
    expires_in: element(integer),
    expiration: element(integer),
    scope: element(text),
  },
  handle({ store, now }, { grant_type = '', response_type, apikey, refresh_token }) {
    if (!grants.has(grant_type)) throw new S3Error('IamGrantTypeUnsupported', { value: grant_type });
    if (response_type !== undefined && response_type !== 'cloud_iam')
      throw new S3Error('IamResponseTypeInvalid', { value: response_type });
    if (grant_type === 'refresh_token') checkRefreshToken(store, refresh_token);
    else checkApiKey(store, apikey);
    // Clients compare these times with their own clock, and one that reads an expired token asks for another without end (F250).
    const issued = Math.floor(store.clock.processNow() / 1000);
    const { id } = store.defaultAccount;
    const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
    const claims = {
      iam_id: `IBMid-${id}`,
      account: { bss: id },
      iat: issued,
      exp: issued + lifetime,
      jti: store.ids.uuid('token'),
    };
    const access_token = `${part({ alg: 'RS256' })}.${part(claims)}.${store.ids.text('token', tokenAlphabet, 43)}`;
    store.iam.noteToken(access_token, (Math.floor(now / 1000) + lifetime) * 1000);
    return {
      access_token,
      refresh_token: store.ids.text('token', tokenAlphabet, 64),
      token_type: 'Bearer',
      expires_in: lifetime,
      expiration: claims.exp,
      scope: 'ibm openid',
    };
  },
});

function checkApiKey({ iam }: Store, apikey: string | undefined): void {
  if (!apikey) throw new S3Error('IamPropertyMissing', { property: 'apikey' });
  if (iam.refuses(apikey)) throw new S3Error('IamApiKeyUnknown', {}, 'the test asked for this refusal');
}

function checkRefreshToken({ iam }: Store, token: string | undefined): void {
  if (!token) throw new S3Error('IamPropertyMissing', { property: 'refresh_token' });
  if (iam.refuses(token)) throw new S3Error('IamRefreshTokenExpired', {}, 'the test asked for this refusal');
}

const grants = new Set(['urn:ibm:params:oauth:grant-type:apikey', 'refresh_token']);
const tokenAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
