import process from 'node:process';
import { describe, expect, it, jest } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { exchangeBytes, type WireCall } from '../support/wire-client';

const secret = 'TOPSECRET1abcdefghijklmnopqrstuvwxyz';
const basic = Buffer.from(secret).toString('base64');
const marker = new RegExp(`TOPSECRET|${basic.slice(0, 12)}`);

const bucket = '/vault/a';
const withHeader = (name: string, value: string, others: Readonly<Record<string, string>> = {}): WireCall => ({
  path: bucket,
  headers: { ...others, [name]: value },
});
const scope = 'AKID/20260101/us-east-1/s3/aws4_request';
const schemes = [
  `Bearer ${secret}`,
  `Basic ${basic}`,
  `Token ${secret}`,
  `AWS AKID:${secret}`,
  `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${secret}`,
  secret,
];
const named = [
  'x-amz-security-token',
  'x-amz-server-side-encryption-customer-key',
  'x-amz-copy-source-server-side-encryption-customer-key',
  'cookie',
];
const presigned =
  'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20260101T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host';
const form = (fields: string, host: string, path = '/'): WireCall => ({
  host,
  method: 'POST',
  path,
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', 'content-length': `${fields.length}` },
  body: fields,
});
const part = (name: string, value: string) =>
  `--X\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const multipart = (fields: Readonly<Record<string, string>>): WireCall => {
  const parts = Object.entries({ key: 'a', ...fields, file: 'data' }).map(([name, value]) => part(name, value));
  const body = `${parts.join('')}--X--\r\n`;
  const headers = { 'content-type': 'multipart/form-data; boundary=X', 'content-length': `${body.length}` };
  return { method: 'POST', path: '/vault', headers, body };
};
const policy = (conditions: unknown) =>
  Buffer.from(JSON.stringify({ expiration: '2099-01-01T00:00:00Z', conditions })).toString('base64');
const assume =
  'Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn:aws:iam::000000000000:role/r&RoleSessionName=b';
const sts = 'sts.amazonaws.com';
const iam = 'iam.cloud.ibm.com';

const carriers: Readonly<Record<string, WireCall>> = {
  ...Object.fromEntries(schemes.map((value) => [`Authorization: ${value}`, withHeader('authorization', value)])),
  ...Object.fromEntries(
    schemes.map((value) => [
      `authorization of COS: ${value}`,
      { ...withHeader('authorization', value), host: 's3.us-south.cloud-object-storage.appdomain.cloud' },
    ]),
  ),
  ...Object.fromEntries(named.map((name) => [`the header ${name}`, withHeader(name, secret)])),
  ...Object.fromEntries(
    named.map((name) => [
      `the header ${name} of a signed request`,
      withHeader(name, secret, { authorization: 'AWS a:b' }),
    ]),
  ),
  'the signature of a presigned URL': {
    path: `${bucket}?${presigned}&X-Amz-Credential=${scope}&X-Amz-Signature=${secret}`,
  },
  'the token of a presigned URL': {
    path: `${bucket}?${presigned}&X-Amz-Credential=${scope}&X-Amz-Signature=0a&X-Amz-Security-Token=${secret}`,
  },
  'the signature of an older presigned URL': {
    path: `${bucket}?AWSAccessKeyId=AKID&Expires=4102444800&Signature=${secret}`,
  },
  'a presigned URL of an unknown host': {
    path: `/a?X-Amz-Signature=${secret}`,
    host: 's3.amazonaws.com',
    headers: { host: 'unknown.example' },
  },
  'the signature of a form': multipart({ policy: policy([]), AWSAccessKeyId: 'AKID', signature: secret }),
  'the signature of version 4 of a form': multipart({
    policy: policy([]),
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': scope,
    'x-amz-date': '20260101T000000Z',
    'x-amz-signature': secret,
  }),
  'the token of a form': multipart({ 'x-amz-security-token': secret }),
  'the policy of a form': multipart({ policy: policy([{ bucket: secret }]), AWSAccessKeyId: 'AKID', signature: 'a' }),
  'a web identity': form(`${assume}&WebIdentityToken=${secret}`, sts),
  'a web identity in the query': { host: sts, path: `/?${assume}&WebIdentityToken=${secret}` },
  'a session token of STS': {
    ...form('Action=GetCallerIdentity&Version=2011-06-15', sts),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': '43',
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=a`,
      'x-amz-security-token': secret,
    },
  },
  'an API key of IBM Cloud': form(
    `grant_type=urn:ibm:params:oauth:grant-type:apikey&apikey=${secret}`,
    iam,
    '/identity/token',
  ),
  'a refresh token of IBM Cloud': form(`grant_type=refresh_token&refresh_token=${secret}`, iam, '/identity/token'),
  'a password in a page that linked here': withHeader('referer', `https://ann:${secret}@example.org/`),
  'a password in front of the host': { path: bucket, headers: { host: `ann:${secret}@s3.amazonaws.com` } },
};

type Last = NonNullable<ReturnType<MockS3['requests']['last']>>;
const anyOperation = (s3: MockS3) =>
  s3.requests as { expect(name: string, input?: object): void; expectApplied(name: string, input?: object): void };

function messageOf(act: () => void): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return '';
}

/** What the library writes about an entry by itself. */
const texts: Readonly<Record<string, (entry: Last, s3: MockS3) => unknown>> = {
  why: (entry) => entry.why,
  notes: (entry) => entry.notes.join('\n'),
  'the list of requests': (_, s3) => String(s3.requests),
  explain: (_, s3) => s3.requests.explain(),
  'an assertion on another operation': (_, s3) =>
    messageOf(() => s3.requests.expect('CreateBucket', { Bucket: 'other' })),
  'an assertion on its own operation': ({ operation = 'PutBucketAcl' }, s3) =>
    messageOf(() => anyOperation(s3).expect(operation, { Bucket: 'other' })),
  'an assertion that it was applied': ({ operation = 'PutBucketAcl' }, s3) =>
    messageOf(() => anyOperation(s3).expectApplied(operation)),
};

async function ask({
  method = 'GET',
  path,
  host = 's3.amazonaws.com',
  headers = {},
  body = '',
}: WireCall): Promise<void> {
  const sent = { host, ...headers, connection: 'close' };
  const lines = Object.entries(sent).map(([name, value]) => `${name}: ${value}`);
  const bytes = `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${String(body)}`;
  await exchangeBytes(bytes, { host, secure: false });
}

describe.each(Object.keys(carriers))('%s', (name) => {
  it('is in the entry, and in no text that the library writes about it', async () => {
    const lines: unknown[] = [];
    const stderr = jest.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(text) > 0);
    const s3 = mockS3({ trace: true, buckets: { vault: { objects: { a: 'x' } } } });
    try {
      await ask(carriers[name] ?? { path: '/' });
      const entry = s3.requests.last();
      if (entry === undefined) throw new Error('no request came');
      const written = Object.entries(texts).map(([text, write]) => [text, String(write(entry, s3))] as const);
      const { url, headers, body } = entry;
      expect(lines.length).toBeGreaterThan(0);
      expect({
        isSent: marker.test(`${JSON.stringify([url, headers])}${body}${atob(policyIn(String(body)))}`),
        texts: written.filter(([, text]) => marker.test(text)),
        trace: lines.filter((line) => marker.test(String(line))),
      }).toEqual({ isSent: true, texts: [], trace: [] });
    } finally {
      stderr.mockRestore();
      await s3.stop();
    }
  });
});

function policyIn(body: string): string {
  return /name="policy"\r\n\r\n([^\r]+)/.exec(body)?.[1] ?? '';
}
