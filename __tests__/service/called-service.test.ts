import { describe, expect, it } from '@jest/globals';
import type { MockS3Options } from '../../src';
import { signedAs } from '../sts/form';
import { startedMocks } from '../support/started-mocks';
import { send, type WireCall } from '../support/wire-client';

const start = startedMocks();
const options: MockS3Options = {
  hosts: ['http://storage.test'],
  buckets: { v20180820: { objects: { 'tags/a': 'data' } } },
};
const account = { 'x-amz-account-id': '000000000000' };
const { authorization, ...dated } = signedAs({ accessKeyId: 'AKIAUNKNOWN' });
const signedForSts = { ...dated, Authorization: authorization };

const atOwnHost = (call: WireCall): WireCall => ({ ...call, host: 'storage.test', secure: false });
const webIdentity = atOwnHost({
  method: 'POST',
  path: '/',
  headers: { Authorization: undefined, 'content-type': 'application/x-www-form-urlencoded' },
  body: 'Action=AssumeRoleWithWebIdentity&Version=2011-06-15',
});

// F740, F1105
it.each<[what: string, call: WireCall, more: MockS3Options, expected: string]>([
  [
    'the path of S3 Control and an account, at a host of the user',
    atOwnHost({ path: '/v20180820/accesspoint', headers: account }),
    {},
    's3-control ListAccessPoints',
  ],
  ['that path without an account', atOwnHost({ path: '/v20180820/tags/a' }), {}, 's3 GetObject'],
  ['an account without that path', atOwnHost({ path: '/vault/a', headers: account }), {}, 's3 GetObject'],
  ["both at AWS's host of S3", { path: '/v20180820/tags/a', headers: account }, {}, 's3 GetObject'],
  ["a signature for STS at AWS's host of S3", { path: '/vault', headers: signedForSts }, {}, 's3 ListObjects'],
  ['an operation of STS that nobody signs, at a host of the user', webIdentity, {}, 'sts AssumeRoleWithWebIdentity'],
  ['the same under sts: false', webIdentity, { sts: false }, 's3 undefined'],
])(
  'a request is for the service that its host, its path and its signature name: %s',
  async (_what, call, more, expected) => {
    const s3 = start({ ...options, ...more });
    await send(call);
    const { service, operation } = s3.requests.last() ?? {};
    expect(`${service} ${operation}`).toBe(expected);
  },
);

describe('a request at a port for a service that the mock does not answer', () => {
  const signedFor = (service: string) => ({
    Authorization: `AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  });
  const message = 'the request is signed for lambda, and s3-versioning-mock answers only S3, STS and S3 Control';

  it.each<[what: string, headers: Readonly<Record<string, string>>, type: string | null]>([
    ['JSON, if its client sends no type', {}, 'application/json'],
    ['JSON, if its client sends JSON', { 'content-type': 'application/x-amz-json-1.1' }, 'application/x-amz-json-1.1'],
    ['XML, if its client sends XML', { 'content-type': 'application/xml' }, 'application/xml'],
  ])('gets %s', async (_what, headers, type) => {
    const s3 = start();
    const { url } = await s3.listen();
    const answer = await fetch(`${url}/functions`, { headers: { ...signedFor('lambda'), ...headers } });
    const text = await answer.text();
    expect({ status: answer.status, type: answer.headers.get('content-type') }).toEqual({ status: 400, type });
    expect(text).toContain(message);
    if (type !== 'application/xml') expect(JSON.parse(text)).toHaveProperty('__type', 'S3MockUnknownHost');
  });

  it('is in the journal as a request of nobody to no service', async () => {
    const s3 = start();
    const { url } = await s3.listen();
    await fetch(`${url}/functions`, { headers: signedFor('lambda') });
    const { service, operation, bucket, key, versionId, input, caller, status, error, why } = s3.requests.last() ?? {};
    const none = undefined;
    expect({ service, operation, bucket, key, versionId, input, caller, status, code: error?.code, why }).toEqual({
      ...{ service: none, operation: none, bucket: none, key: none, versionId: none, input: {}, caller: 'anonymous' },
      ...{ status: 400, code: 'S3MockUnknownHost', why: message },
    });
  });
});
