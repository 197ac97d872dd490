import { beforeEach, describe, expect, it } from '@jest/globals';
import AwsS3 from 'aws-sdk/clients/s3';
import type { MockS3 } from '../../../src';
import { declaration, errorDocument } from '../../support/documents';
import { answered } from '../../support/objects';
import { policyOf } from '../../support/policy';
import { startedMocks } from '../../support/started-mocks';
import { addPart, begin } from '../../support/uploads';
import { send, type WireCall } from '../../support/wire-client';

// Pasted in aws/aws-cli#1006, housing-data-coalition/oca#17 and pottava/aws-s3-proxy#46. F631
const refusal = errorDocument(
  'InvalidArgument',
  'Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.',
  '<ArgumentName>Authorization</ArgumentName><ArgumentValue>null</ArgumentValue>',
);
const kms = { 'x-amz-server-side-encryption': 'aws:kms' };
const copyOf = (key: string) => ({ 'x-amz-copy-source': `vault/${key}` });

const startMock = startedMocks();
let s3: MockS3;

beforeEach(async () => {
  const everyone = policyOf({
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:*',
    Resource: ['arn:aws:s3:::vault', 'arn:aws:s3:::vault/*'],
  });
  s3 = startMock({
    buckets: {
      vault: {
        versioning: 'Enabled',
        publicAccessBlock: { BlockPublicAcls: true },
        policy: everyone,
        objects: { plain: 'data' },
      },
      keyed: { encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] } },
    },
  });
  await send({ method: 'PUT', path: '/vault/secret', body: 'data', headers: kms });
});

const calls: Readonly<Record<string, WireCall>> = {
  'GetObject of a KMS object': { path: '/vault/secret' },
  'PutObject that names KMS': { method: 'PUT', path: '/vault/k', body: 'data', headers: kms },
  'PutObject that names DSSE': {
    method: 'PUT',
    path: '/vault/k',
    body: 'data',
    headers: { 'x-amz-server-side-encryption': 'aws:kms:dsse' },
  },
};
/** S3 refuses copies without a signature in any case. */
const copies: Readonly<Record<string, WireCall>> = {
  'CopyObject of a KMS object': { method: 'PUT', path: '/vault/k', headers: copyOf('secret') },
  'CopyObject that names KMS': { method: 'PUT', path: '/vault/k', headers: { ...copyOf('plain'), ...kms } },
};
const free: Readonly<Record<string, WireCall>> = {
  'HeadObject of a KMS object': { method: 'HEAD', path: '/vault/secret' },
  'GetObject of another object': { path: '/vault/plain' },
  'GetObjectTagging of a KMS object': { path: '/vault/secret?tagging' },
  'PutObject that names S3': {
    method: 'PUT',
    path: '/vault/k',
    body: 'data',
    headers: { 'x-amz-server-side-encryption': 'AES256' },
  },
  'DeleteObject of a KMS object': { method: 'DELETE', path: '/vault/secret' },
};

describe.each([
  ['with Signature Version 2', 'AWS KEY:SIG'],
  ['without a signature', undefined],
])('%s', (_what, Authorization) => {
  const ask = (call: WireCall) => send({ ...call, headers: { ...call.headers, Authorization } });

  it.each(Object.entries(calls))('%s is refused', async (_call, call) => {
    const answer = await ask(call);
    expect(answer.status).toBe(400);
    expect(answer.text).toBe(refusal);
    expect(s3.requests.last()?.why).toContain('the request is anonymous, or signed by version 2');
    expect(s3.bucket('vault').current('k')).toBeUndefined();
  });

  it.each(Object.entries(free))('%s is carried out', async (_call, call) => {
    expect((await ask(call)).status).toBeLessThan(300);
  });
});

it.each(Object.entries({ ...calls, ...copies, ...free }))(
  'with Signature Version 4, %s is carried out',
  async (_call, call) => {
    expect((await send(call)).status).toBeLessThan(300);
  },
);

describe('with Signature Version 2', () => {
  const v2 = { Authorization: 'AWS KEY:SIG' };

  it.each(Object.entries(copies))('%s is refused', async (_call, call) => {
    expect(await answered(send({ ...call, headers: { ...call.headers, ...v2 } }))).toEqual({
      status: 400,
      text: refusal.replace(declaration, ''),
    });
  });

  it("a write that names no encryption is refused if the bucket's default is KMS", async () => {
    expect(await send({ method: 'PUT', path: '/keyed/k', body: 'data', headers: v2 })).toMatchObject({
      status: 400,
      text: refusal,
    });
    expect((await send({ method: 'PUT', path: '/keyed/k', body: 'data' })).status).toBe(200);
  });

  it('an upload is not begun, and one that KMS encrypts gets no parts', async () => {
    const path = '/vault/parts';
    expect((await send({ method: 'POST', path: `${path}?uploads`, headers: { ...kms, ...v2 } })).text).toBe(refusal);
    const id = await begin(path, kms);
    const part = { method: 'PUT', path: `${path}?uploadId=${id}&partNumber=1` };
    expect((await send({ ...part, body: 'data', headers: v2 })).text).toBe(refusal);
    const whole = {
      method: 'POST',
      path: `${path}?uploadId=${id}`,
      body: `<CompleteMultipartUpload>${await addPart(path, id, 1, 'data')}</CompleteMultipartUpload>`,
    };
    // The bytes of an upload without a checksum are not read again.
    expect((await send({ ...whole, headers: v2 })).status).toBe(200);
  });

  // As in aws/aws-cli#2622 and aws-amplify/amplify-js#2378: the default of aws-sdk 2.
  it.each([
    ['s3', 400],
    ['v4', 200],
  ])('by a URL of aws-sdk 2 with signatureVersion %s: %i', async (signatureVersion, status) => {
    const client = new AwsS3({ region: 'us-east-1', credentials: s3.account.credentials, signatureVersion });
    expect((await fetch(client.getSignedUrl('getObject', { Bucket: 'vault', Key: 'secret' }))).status).toBe(status);
  });
});
