import { deepStrictEqual, notDeepStrictEqual } from 'node:assert';
import { inspect } from 'node:util';
import {
  CopyObjectCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Credentials, type MockS3, mockS3 } from '../../src';
import { send } from '../support/wire-client';

const segment = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const issued = Math.floor(Date.now() / 1000);
const claims = { iss: 'https://accounts.google.com', sub: '1', aud: 'app', iat: issued, exp: issued + 3600 };
const jwt = `${segment({ alg: 'RS256' })}.${segment(claims)}.c2lnbmF0dXJl`;
const customerKey = 'customer-key-of-thirty-two-bytes';
const sentKey = Buffer.from(customerKey).toString('base64');
const apikey = 'an-api-key-of-ibm-cloud';

const values: Record<string, { readonly value: object; readonly secrets: readonly string[] }> = {};
let s3: MockS3;

beforeAll(async () => {
  s3 = mockS3({
    sseC: 'allowed',
    buckets: { vault: { objects: { a: 'first' } } },
    roles: { reader: {} },
    users: { ann: {} },
  });
  const session = s3.account.role('reader').session();
  const ann = s3.account.user('ann');
  const { secretAccessKey, sessionToken } = session;
  const last = () => s3.requests.last() as object;
  const client = new S3Client({ region: 'us-east-1', credentials: session });
  const key = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: sentKey };
  values['a session'] = { value: session, secrets: [secretAccessKey, sessionToken] };
  values['the credentials of a session'] = { value: session.credentials, secrets: [secretAccessKey, sessionToken] };
  values['a user'] = { value: ann, secrets: [ann.credentials.secretAccessKey, ann.mfa.secret] };
  values['an account'] = {
    value: s3.account,
    secrets: [s3.account.credentials.secretAccessKey],
  };
  await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'b', Body: 'b', ...key }));
  values['a request with a token and a customer key'] = { value: last(), secrets: [sessionToken, sentKey] };
  const copy = { Bucket: 'vault', Key: 'c', CopySource: 'vault/b', CopySourceSSECustomerAlgorithm: 'AES256' };
  await client.send(new CopyObjectCommand({ ...copy, CopySourceSSECustomerKey: sentKey }));
  values['a copy with a customer key'] = { value: last(), secrets: [sessionToken, sentKey] };
  const url = await getSignedUrl(client, new GetObjectCommand({ Bucket: 'vault', Key: 'a' }));
  await (await fetch(url)).text();
  const signature = /X-Amz-Signature=([^&]+)/.exec(url)?.[1] ?? 'none';
  values['a presigned request'] = { value: last(), secrets: [sessionToken, signature] };
  const sts = new STSClient({ region: 'us-east-1', credentials: ann.credentials });
  const role = { RoleArn: s3.account.role('reader').arn, RoleSessionName: 'backup' };
  const { Credentials } = await sts.send(new AssumeRoleCommand(role));
  const issuedKeys = [Credentials?.SecretAccessKey ?? 'none', Credentials?.SessionToken ?? 'none'];
  values['an answer with credentials'] = { value: last(), secrets: issuedKeys };
  await sts.send(new AssumeRoleWithWebIdentityCommand({ ...role, WebIdentityToken: jwt }));
  values['a request with a web identity'] = { value: last(), secrets: [jwt] };
  await fetch('https://iam.cloud.ibm.com/identity/token', {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'urn:ibm:params:oauth:grant-type:apikey', apikey }),
  });
  const { output } = s3.requests.of('CreateIamToken').at(-1) ?? {};
  const bearer = output?.access_token ?? 'none';
  values['a request for a token of IBM Cloud'] = { value: last(), secrets: [apikey, bearer] };
  await send({
    method: 'GET',
    host: 's3.us-south.cloud-object-storage.appdomain.cloud',
    path: '/vault/a',
    headers: { authorization: `Bearer ${bearer}` },
  });
  values['a request with a token of IBM Cloud'] = { value: last(), secrets: [bearer] };
});
afterAll(() => s3.stop());

/** Whoever reads, copies or compares a value calls these. */
const readers: Record<string, (value: object) => unknown> = {
  'Object.entries': (value) => Object.entries(value),
  'a spread': (value) => ({ ...value }),
  structuredClone: (value) => structuredClone(value),
  'JSON.stringify': (value) => JSON.stringify(value),
  'console.log': (value) => inspect(value, whole),
  'a failed toEqual': (value) => messageOf(() => expect(value).toEqual({ other: 1 })),
  'an error of node:assert': (value) => messageOf(() => deepStrictEqual(value, { other: 1 })),
};
const whole = { depth: Number.POSITIVE_INFINITY, maxStringLength: null, maxArrayLength: null };

function messageOf(act: () => void): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing was thrown';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

describe.each([
  'a request with a token and a customer key',
  'a copy with a customer key',
  'a presigned request',
  'an answer with credentials',
  'a request with a web identity',
  'a request for a token of IBM Cloud',
  'a request with a token of IBM Cloud',
])('the entry of %s', (name) => {
  it.each(Object.keys(readers).slice(0, 5))('has what was sent and answered in %s', (way) => {
    const { value = {}, secrets = [] } = values[name] ?? {};
    const text = textOf(readers[way]?.(value));
    expect(secrets.length).toBeGreaterThan(0);
    expect(secrets.filter((secret) => !text.includes(secret) && !text.includes(encodeURIComponent(secret)))).toEqual(
      [],
    );
  });
});

describe('the entry of a request with a token and a customer key', () => {
  const entry = () => s3.requests.of('PutObject')[0] as NonNullable<ReturnType<MockS3['requests']['last']>>;

  it.each(Object.keys(readers).slice(5))('has the token in %s', (way) => {
    const [token = ''] = values['a request with a token and a customer key']?.secrets ?? [];
    // A runner prints one line of each text.
    expect(textOf(readers[way]?.({ token: entry().headers['x-amz-security-token'] }))).toContain(token.slice(0, 20));
  });

  it('fails a test that expects that none was sent', () => {
    const { headers, input } = entry();
    const [token, key] = values['a request with a token and a customer key']?.secrets ?? [];
    expect(Object.keys(headers)).toContain('x-amz-security-token');
    expect(input).toMatchObject({ SSECustomerKey: key });
    expect(messageOf(() => expect(headers).not.toHaveProperty('x-amz-security-token'))).toContain(token);
    expect(messageOf(() => expect(Object.keys(input)).not.toContain('SSECustomerKey'))).toContain('SSECustomerKey');
  });

  it('has the key in the JSON of the list of requests', () => {
    expect(JSON.stringify(s3.requests)).toContain(sentKey);
  });

  it('has the key in the values that a matcher of the library gives to the runner', () => {
    try {
      s3.requests.expect('PutObject', { SSECustomerKey: 'other' });
    } catch (error) {
      expect(error).toMatchObject({ actual: { input: { SSECustomerKey: sentKey } } });
    }
    expect.hasAssertions();
  });
});

describe.each(['a session', 'a user', 'an account'])('the handle of %s', (name) => {
  const handle = () => values[name]?.value as { readonly credentials: Credentials };

  it.each<[string, () => object]>([
    ['a spread', () => ({ ...handle() })],
    ['Object.assign', () => Object.assign({}, handle())],
    ['a rest', () => (({ ...rest }) => rest)(handle())],
  ])('has its credentials in a copy by %s, so that a client of the copy is not the root user', async (_, copy) => {
    const { credentials } = handle();
    const config: S3ClientConfig = copy();
    expect(config.credentials).toEqual(credentials);
    await new S3Client({ ...config, region: 'us-east-1' }).send(new ListBucketsCommand({}));
    expect(s3.requests.last()?.caller).toMatchObject({ accessKeyId: credentials.accessKeyId });
  });

  it('is equal to itself and its copy, and not to a copy with other credentials', () => {
    const [credentials, copy] = [{ accessKeyId: 'AKIANOBODY', secretAccessKey: 'other' }, { ...handle() }];
    deepStrictEqual(copy, { ...handle() });
    expect(copy).toEqual({ ...handle() });
    notDeepStrictEqual(copy, { ...copy, credentials });
    expect(copy).not.toEqual({ ...copy, credentials });
  });
});

describe('what the library writes', () => {
  it('has a word in place of a secret', () => {
    const list = String(s3.requests);
    const failed = messageOf(() => s3.requests.expect('AssumeRoleWithWebIdentity', { WebIdentityToken: 'other' }));
    expect(list).toContain("SSECustomerKey: '<key>'");
    expect(list).toContain("WebIdentityToken: '<token>'");
    expect(failed).toContain("WebIdentityToken: expected 'other', received '<token>'");
    expect([list, failed].filter((text) => text.includes(jwt) || text.includes(sentKey))).toEqual([]);
  });
});

describe('the secret of credentials', () => {
  it('is in a copy of credentials, which is made for a client', async () => {
    const session = s3.account.role('reader').session();
    for (const credentials of [
      session,
      session.credentials,
      { ...session.credentials },
      structuredClone(session.credentials),
    ])
      await new S3Client({ region: 'us-east-1', credentials }).send(new ListBucketsCommand({}));
    expect(s3.requests.slice(-4).map(({ status, caller }) => ({ status, caller }))).toEqual(
      Array(4).fill({ status: 200, caller: expect.objectContaining({ role: 'reader' }) }),
    );
  });

  it('is in the fixture of an account whose keys the test gave', () => {
    const keys = { accessKeyId: 'PARTNERKEY', secretAccessKey: 'partner-secret' };
    s3.createAccount('partner', { credentials: keys });
    expect(JSON.parse(JSON.stringify(s3)).accounts).toMatchObject({ partner: { credentials: keys } });
  });
});
