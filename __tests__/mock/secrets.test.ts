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
  const form = new FormData();
  for (const [name, value] of Object.entries({ key: 'd', 'x-amz-security-token': sessionToken }))
    form.append(name, value);
  form.append('file', 'data');
  await fetch('https://vault.s3.amazonaws.com/', { method: 'POST', body: form });
  values['a form of a browser'] = { value: last(), secrets: [sessionToken] };
});
afterAll(() => s3.stop());

const names = [
  'a session',
  'the credentials of a session',
  'a user',
  'an account',
  'a request with a token and a customer key',
  'a copy with a customer key',
  'a presigned request',
  'an answer with credentials',
  'a request with a web identity',
  'a request for a token of IBM Cloud',
  'a request with a token of IBM Cloud',
  'a form of a browser',
];
const whole = { depth: Number.POSITIVE_INFINITY, maxStringLength: null, maxArrayLength: null };

/** Texts of bytes and of strings, as a reader could search them. */
function readable(text: string): string {
  return text.replace(/\[(\s*\d+,?)+\s*\]/g, (bytes) => Buffer.from(bytes.match(/\d+/g)?.map(Number) ?? []).toString());
}

/** Whoever prints a value calls these. */
const texts: Record<string, (value: object) => string> = {
  'console.log': (value) => inspect(value, whole),
  'console.log in a list': (value) => inspect([{ value }], whole),
  'JSON.stringify': (value) => JSON.stringify(value),
  'String()': (value) => String(value),
  'a failed toEqual': (value) => messageOf(() => expect(value).toEqual({ other: 1 })),
  'a failed toMatchObject': (value) => messageOf(() => expect({ value }).toMatchObject({ value: { other: 1 } })),
};

/** Whoever copies an entry calls these, and prints the copy without what a value says of its printing. */
const copies: Record<string, (value: object) => unknown> = {
  'a spread': (value) => ({ ...value }),
  'Object.entries': (value) => Object.entries(value),
  structuredClone: (value) => structuredClone(value),
  'a copy through JSON': (value) => JSON.parse(JSON.stringify(value)),
};

function messageOf(act: () => void): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing was thrown';
}

function found(name: string, text: string): readonly string[] {
  const { secrets } = values[name] ?? { secrets: [] };
  expect(secrets.length).toBeGreaterThan(0);
  for (const secret of secrets) expect(secret.length).toBeGreaterThan(8);
  const all = readable(text);
  return secrets.filter((secret) => all.includes(secret) || all.includes(encodeURIComponent(secret)));
}

describe.each(names)('%s', (name) => {
  it.each(Object.keys(texts))('has no secret in %s', (way) => {
    expect(found(name, texts[way]?.(values[name]?.value ?? {}) ?? '')).toEqual([]);
  });
});

describe.each(names.filter((name) => /request|answer|form|copy/.test(name)))('the entry of %s', (name) => {
  it.each(Object.keys(copies))('has no secret in the copy by %s, however that is printed', (way) => {
    const copy = copies[way]?.(values[name]?.value ?? {});
    expect(found(name, inspect(copy, { ...whole, customInspect: false }))).toEqual([]);
  });
});

// Copies of credentials are made for clients.
describe.each(names.filter((name) => !/credentials of/.test(name)))('%s', (name) => {
  it('has no secret in an error of node:assert', () => {
    const message = messageOf(() => deepStrictEqual(values[name]?.value, { other: 1 }));
    expect(message).not.toBe('nothing was thrown');
    expect(found(name, message)).toEqual([]);
  });
});

it('the secret of an MFA device is not in an error of node:assert', () => {
  const { account } = s3;
  const message = messageOf(() => deepStrictEqual({ ...account }, { other: 1 }));
  expect(message).toContain('other: 1');
  expect(message).not.toContain(account.mfa.secret);
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

describe('a secret', () => {
  it('is read by its name', () => {
    const { headers, input } = s3.requests.of('PutObject')[0] ?? {};
    const session = values['a session']?.value as { readonly sessionToken: string };
    expect(headers?.['x-amz-security-token']).toBe(session.sessionToken);
    expect(input).toMatchObject({ SSECustomerKey: sentKey });
    expect(s3.requests.of('GetObject')[0]?.url).toContain('X-Amz-Signature=');
    const web = s3.requests.of('AssumeRoleWithWebIdentity')[0];
    expect(web?.input.WebIdentityToken).toBe(jwt);
    expect(String(web?.body)).toContain(jwt);
    s3.requests.expect('AssumeRoleWithWebIdentity', { WebIdentityToken: jwt });
  });

  it('has a word in its place in lists and failures', () => {
    expect(String(s3.requests)).toContain("SSECustomerKey: '<key>'");
    expect(String(s3.requests)).toContain("WebIdentityToken: '<token>'");
    const failed = messageOf(() => s3.requests.expect('AssumeRoleWithWebIdentity', { WebIdentityToken: 'other' }));
    expect(failed).toContain("WebIdentityToken: expected 'other', received '<token>'");
    expect(failed).not.toContain(jwt);
    expect(inspect(values['a presigned request']?.value)).toContain('X-Amz-Signature=<signature>');
  });

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
    s3.createAccount({ name: 'partner', credentials: keys });
    expect(JSON.parse(JSON.stringify(s3)).accounts).toMatchObject([{ credentials: keys }]);
  });
});
