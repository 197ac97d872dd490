import { AssertionError, deepStrictEqual } from 'node:assert';
import process from 'node:process';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { doorAt } from '../support/door';
import { exchangeBytes, type WireCall } from '../support/wire-client';

const secret = 'TOPSECRET1/x+y=';
const encoded = encodeURIComponent(secret);
const twice = encodeURIComponent(encoded);
const basic = Buffer.from(`ann:${secret}`).toString('base64');
/** In any escapes: the letters are in all of them. */
const marker = /TOPSECRET|VE9QU0VDUkVU|T1BTRUNSRV|UT1BTRUNSRVQ/i;

interface Carrier extends WireCall {
  /** As it stands on the first line. */
  readonly target?: string;
}

const bucket = '/vault/a';
const withHeader = (name: string, value: string, others: Readonly<Record<string, string>> = {}): Carrier => ({
  path: bucket,
  headers: { ...others, [name]: value },
});
const schemes = [
  `Bearer ${secret}`,
  `bearer ${secret}`,
  `BEARER  ${secret}`,
  `Basic ${secret}`,
  `Basic ${basic}`,
  `basic ${basic}`,
  `Token ${secret}`,
  `Token token="${secret}"`,
  `ApiKey ${secret}`,
  `Negotiate ${secret}`,
  `Digest username="ann", realm="r", nonce="n", response="${secret}"`,
  `AWS ${secret}`,
  `AWS4-HMAC-SHA256 ${secret}`,
  `AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/s3/aws4_request, ${secret}`,
  `AWS4-HMAC-SHA512 token=${secret}`,
  `Authorization: Bearer ${secret}`,
  `authorization:Bearer ${secret}`,
  `${secret} and more`,
  `Bearer other, Bearer ${secret}`,
  secret,
];
const cookies = [`session=${secret}`, `a=b; session="${secret}"; c=d`, `theme=dark, session=${secret}`, secret];
const named = [
  'proxy-authorization',
  'x-amz-security-token',
  'x-amz-s3session-token',
  'x-amz-server-side-encryption-customer-key',
  'x-amz-copy-source-server-side-encryption-customer-key',
  'x-api-key',
  'x-auth-token',
];
const queryNames = [
  'X-Amz-Security-Token',
  'x-amz-security-token',
  'X-Amz-Securit%79-Token',
  'X%2DAmz%2DSecurity%2DToken',
  'X-Amz-Securit%2579-Token',
  '%58-Amz-Signature',
  'X-Amz-Signature',
  'Signature',
  'apikey',
  'api_key',
  'access_token',
  'refresh%5Ftoken',
  'client_secret',
  'password',
  'token',
  'WebIdentityToken',
];
const form = (fields: string, host: string, path = '/'): Carrier => ({
  host,
  method: 'POST',
  path,
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', 'content-length': `${fields.length}` },
  body: fields,
});
const assume =
  'Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn:aws:iam::000000000000:role/r&RoleSessionName=b';
const sts = 'sts.amazonaws.com';
const iam = 'iam.cloud.ibm.com';
const dispositions = [
  'form-data; name="x-amz-security-token"',
  'form-data; name=x-amz-security-token',
  "form-data; name='x-amz-security-token'",
  'form-data; NAME="X-Amz-Security-Token"',
  'form-data; name = "x-amz-security-token"',
  'form-data; filename="; name=key"; name="x-amz-security-token"',
  "form-data; name*=utf-8''x-amz-securit%79-token",
  'form-data; name="x-amz-securit%79-token"',
  'form-data; name="x-amz-securit\\y-token"',
  'form-data; name="X-Amz-Signature"',
  'form-data; name=Signature',
  'form-data;\r\n name=x-amz-security-token',
];
const multipart = (parts: string, type = 'multipart/form-data; boundary=X'): Carrier => ({
  method: 'POST',
  path: '/vault',
  headers: { 'content-type': type, 'content-length': `${Buffer.byteLength(parts)}` },
  body: parts,
});
const part = (disposition: string, value: string) => `--X\r\nContent-Disposition: ${disposition}\r\n\r\n${value}\r\n`;
const file = `${part('form-data; name="file"; filename="a"', 'data')}--X--\r\n`;
const key = part('form-data; name="key"', 'a');
const policy = (conditions: unknown) =>
  part('form-data; name="policy"', Buffer.from(JSON.stringify({ conditions })).toString('base64'));

const carriers: Readonly<Record<string, Carrier>> = {
  ...Object.fromEntries(schemes.map((value) => [`Authorization: ${value}`, withHeader('authorization', value)])),
  ...Object.fromEntries(
    schemes.map((value) => [
      `authorization of COS: ${value}`,
      { ...withHeader('AUTHORIZATION', value), host: 's3.us-south.cloud-object-storage.appdomain.cloud' },
    ]),
  ),
  ...Object.fromEntries(
    schemes.map((value) => [
      `Proxy-Authorization: ${value}`,
      withHeader('proxy-authorization', value, { authorization: 'AWS a:b' }),
    ]),
  ),
  ...Object.fromEntries(cookies.map((value) => [`Cookie: ${value}`, withHeader('cookie', value)])),
  ...Object.fromEntries(
    named.map((name) => [`the header ${name}`, withHeader(name, secret, { authorization: 'AWS a:b' })]),
  ),
  ...Object.fromEntries(named.map((name) => [`the header ${name} twice`, withHeader(name, `other, ${secret}`)])),
  ...Object.fromEntries(queryNames.map((name) => [`?${name}=`, { path: `${bucket}?${name}=${secret}` }])),
  ...Object.fromEntries(queryNames.map((name) => [`?${name}= encoded`, { path: `${bucket}?a=b&${name}=${encoded}` }])),
  ...Object.fromEntries(
    queryNames.map((name) => [`?${name}= encoded twice`, { path: `/?${name}=${twice}&list-type=2` }]),
  ),
  ...Object.fromEntries(queryNames.map((name) => [`;${name}=`, { path: `${bucket}?a=b;${name}=${encoded}` }])),
  ...Object.fromEntries(
    queryNames.map((name) => [
      `?${name}= to an unknown host`,
      { path: `/a?${name}=${encoded}`, host: 's3.amazonaws.com', headers: { host: 'unknown.example' } },
    ]),
  ),
  ...Object.fromEntries(dispositions.map((one) => [`a form of ${one}`, multipart(key + part(one, secret) + file)])),
  ...Object.fromEntries(dispositions.map((one) => [`a broken form of ${one}`, multipart(part(one, secret))])),
  'a form with a policy that has a token': multipart(key + policy([{ 'x-amz-security-token': secret }]) + file),
  'a form with a condition about a token': multipart(key + policy([['eq', '$x-amz-security-token', secret]]) + file),
  'a form that leads to an address with a token': multipart(
    key +
      part('form-data; name="success_action_redirect"', `https://ann:${secret}@example.org/?token=${encoded}`) +
      file,
  ),
  'a form that names another boundary': multipart(
    key + part(dispositions[0] ?? '', secret) + file,
    'multipart/form-data; boundary=other',
  ),
  'a form of STS': form(`${assume}&WebIdentityToken=${encoded}`, sts),
  'a form of STS with an escaped name': form(`${assume}&WebIdentit%79Token=${encoded}`, sts),
  'a form of STS with a token before the rest': form(`SAMLAssertion=${encoded}&${assume}`, sts),
  'a query of STS': { host: sts, path: `/?${assume}&WebIdentityToken=${encoded}` },
  'a query of STS with a number that is none': {
    host: sts,
    path: `/?${assume}&WebIdentityToken=${encoded}&DurationSeconds=${encoded}`,
  },
  'an unsigned form of STS': form(`Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Security-Token=${encoded}`, sts),
  'an API key of IBM Cloud': form(
    `grant_type=urn:ibm:params:oauth:grant-type:apikey&apikey=${encoded}`,
    iam,
    '/identity/token',
  ),
  'an API key that is also the grant': form(`grant_type=${encoded}&apikey=${encoded}`, iam, '/identity/token'),
  'an API key that is also the kind of answer': form(
    `grant_type=refresh_token&refresh_token=${encoded}&response_type=${encoded}`,
    iam,
    '/identity/token',
  ),
  'an API key in JSON': {
    host: iam,
    method: 'POST',
    path: '/identity/token',
    headers: { 'content-type': 'application/json', 'content-length': '40' },
    body: JSON.stringify({ apikey: secret }).padEnd(40),
  },
  'a user in front of the host': { path: bucket, target: `http://ann:${encoded}@s3.amazonaws.com/vault/a` },
  'a user alone in front of the host': { path: bucket, target: `http://${encoded}@s3.amazonaws.com/vault/a` },
  'a user in front of an unknown host': { path: bucket, target: `http://ann:${encoded}@unknown.example/vault/a` },
  'a user in the header of the host': { path: bucket, headers: { host: `ann:${encoded}@s3.amazonaws.com` } },
  'an address in the query': { path: `${bucket}?x=${encodeURIComponent(`https://ann:${secret}@h/?token=${secret}`)}` },
  'the page that linked here': withHeader('referer', `https://ann:${encoded}@example.org/?access_token=${encoded}`),
  'a redirect of a website': withHeader('x-amz-website-redirect-location', `https://example.org/?token=${encoded}`),
  'a token that is also the key': { path: `/vault/${encoded}`, headers: { authorization: `Bearer ${secret}` } },
  'a token that is also a parameter': {
    path: `/vault/a?partNumber=${encoded}`,
    headers: { authorization: 'AWS a:b', 'x-amz-security-token': secret },
  },
  'S3 Control': {
    host: '000000000000.s3-control.us-east-1.amazonaws.com',
    path: '/v20180820/accesspoint',
    headers: { 'x-amz-account-id': '000000000000', authorization: `Token ${secret}` },
  },
  'a token that is also an account': {
    host: '000000000000.s3-control.us-east-1.amazonaws.com',
    path: '/v20180820/accesspoint',
    headers: { 'x-amz-account-id': secret, 'x-amz-security-token': secret },
  },
  'a token that is also the client': withHeader('user-agent', secret, { authorization: `Bearer ${secret}` }),
};

const whole = { depth: Number.POSITIVE_INFINITY, maxStringLength: null, maxArrayLength: null };
/** Texts of bytes and of strings, as a reader could search them. */
function readable(text: string): string {
  return text.replace(/\[(\s*\d+,?)+\s*\]/g, (bytes) => Buffer.from(bytes.match(/\d+/g)?.map(Number) ?? []).toString());
}

function textOf(act: () => void): string {
  try {
    act();
  } catch (error) {
    const { actual, expected } = error instanceof AssertionError ? error : { actual: '', expected: '' };
    return `${inspect(error, whole)}\n${JSON.stringify([actual, expected])}`;
  }
  return '';
}

type Last = NonNullable<ReturnType<MockS3['requests']['last']>>;
/** It is no part of the URL that the server reads. */
const inFront = /^a user .*in front/;
const anyOperation = (s3: MockS3) =>
  s3.requests as { expect(name: string, input?: object): void; expectApplied(name: string, input?: object): void };

/** All that leaves an entry. */
const outlets: Readonly<Record<string, (entry: Last, s3: MockS3) => unknown>> = {
  why: (entry) => entry.why,
  notes: (entry) => entry.notes.join('\n'),
  'the message of the error': (entry) => entry.error?.message,
  'the caller': (entry) => inspect(entry.caller),
  JSON: (entry) => JSON.stringify(entry),
  inspect: (entry) => inspect(entry, whole),
  'inspect in a list': (entry) => inspect([{ entry }], whole),
  'inspect of its parts': ({ headers, input, output }) => inspect([headers, input, output], whole),
  'JSON of its parts': ({ headers, input, output }) => JSON.stringify([headers, input, output]),
  'a text with it': (entry) => `${entry}`,
  'a spread': (entry) => inspect({ ...entry }, { ...whole, customInspect: false }),
  structuredClone: (entry) => inspect(structuredClone({ ...entry }), whole),
  'the list of requests': (_, s3) => String(s3.requests),
  'inspect of the list': (_, s3) => inspect(s3.requests, whole),
  'JSON of the list': (_, s3) => JSON.stringify(s3.requests),
  explain: (_, s3) => s3.requests.explain(),
  'an assertion on another operation': (_, s3) => textOf(() => s3.requests.expect('CreateBucket', { Bucket: secret })),
  'an assertion on its own operation': ({ operation = 'PutBucketAcl' }, s3) =>
    textOf(() => anyOperation(s3).expect(operation, { Bucket: 'other' })),
  'an assertion that it was applied': ({ operation = 'PutBucketAcl' }, s3) =>
    textOf(() => anyOperation(s3).expectApplied(operation)),
  'a failed toEqual': (entry) => textOf(() => expect(entry).toEqual({ other: 1 })),
  'an error of node:assert': (entry) => textOf(() => deepStrictEqual(entry, { other: 1 })),
};

async function ask({ target, ...call }: Carrier): Promise<void> {
  const { method = 'GET', path, host = 's3.amazonaws.com', headers = {}, body = '' } = call;
  const sent = { host, ...headers, connection: 'close' };
  const lines = Object.entries(sent).map(([name, value]) => `${name}: ${value}`);
  const bytes = `${method} ${target ?? path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${String(body)}`;
  await exchangeBytes(bytes, { host, secure: false });
}

describe.each(Object.keys(carriers))('%s', (name) => {
  it('is in no text about the request', async () => {
    const lines: unknown[] = [];
    const stderr = jest.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(text) > 0);
    const s3 = mockS3({ trace: true, buckets: { vault: { objects: { a: 'x' } } } });
    try {
      await ask(carriers[name] ?? { path: '/' });
      const entry = s3.requests.last();
      if (entry === undefined) throw new Error('no request came');
      const asked = Object.entries(outlets).filter(([outlet]) => !(inFront.test(name) && outlet.includes('another')));
      const found = asked.filter(([, write]) => marker.test(readable(String(write(entry, s3)))));
      const { url } = await s3.listen();
      const door = doorAt(url);
      const doors = [await door('GET', '/requests'), await door('GET', `/requests/${s3.requests.length}`)];
      const traced = lines.join('\n');
      expect(lines.length).toBeGreaterThan(0);
      expect({
        outlets: found.map(([outlet, write]) => `${outlet}: ${readable(String(write(entry, s3)))}`),
        door: doors.filter((answer) => marker.test(JSON.stringify(answer))),
        trace: marker.test(traced) ? traced : '',
      }).toEqual({ outlets: [], door: [], trace: '' });
    } finally {
      stderr.mockRestore();
      await s3.stop();
    }
  });
});

afterAll(() => {
  expect(Object.keys(carriers).length * (Object.keys(outlets).length + 3)).toBeGreaterThan(4000);
});
