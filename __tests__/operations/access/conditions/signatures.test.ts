import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { presignV4, type Signer, signV4 } from '../../../support/clients/signer';
import { absent, ann, asAnn, type Condition, equals, holdsFor } from '../../../support/conditions';
import { signedBy } from '../../../support/documents';
import type { WireCall } from '../../../support/wire-client';

// Some signatures are made up.
const s3 = mockS3({ verifySignatures: false, buckets: { vault: { objects: { k: 'data' } } } });
const request = { method: 'GET', host: 's3.amazonaws.com', path: '/vault/k' };
const path = '/vault/k';

const holds = (condition: Condition, call: WireCall) =>
  holdsFor(s3, { action: 's3:GetObject', condition, ask: () => asAnn(s3, call) });

type Form = (signer?: Partial<Signer>) => WireCall;

const signedV2: Form = () => ({ path, headers: { Authorization: signedBy(ann(s3)) } });
const signedV4: Form = (signer) => {
  const { authorization, ...headers } = signV4(request, { ...ann(s3).credentials, ...signer }).headers;
  return { path, headers: { ...headers, Authorization: authorization } };
};
const signedV4a: Form = () => {
  const scope = `${ann(s3).credentials.accessKeyId}/20260331/s3/aws4_request`;
  const Authorization = `AWS4-ECDSA-P256-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  return { path, headers: { Authorization, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } };
};
const presigned: Form = (signer) => ({
  path: presignV4(request, { ...ann(s3).credentials, ...signer }),
  headers: { Authorization: undefined },
});
const presignedV2: Form = () => ({
  path: `${path}?AWSAccessKeyId=${ann(s3).credentials.accessKeyId}&Expires=4102444800&Signature=x`,
  headers: { Authorization: undefined },
});
/** Clients may spell the parameters in small letters. */
const presignedSmall: Form = (signer) => {
  const call = presigned(signer);
  return { ...call, path: call.path.replaceAll('X-Amz-', 'x-amz-') };
};

// https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html F489
describe.each<readonly [form: string, call: Form, type: string, version: string]>([
  ['SigV2', signedV2, 'REST-HEADER', 'AWS'],
  ['SigV4', signedV4, 'REST-HEADER', 'AWS4-HMAC-SHA256'],
  ['SigV4a', signedV4a, 'REST-HEADER', 'AWS4-ECDSA-P256-SHA256'],
  ['a presigned URL of SigV4', presigned, 'REST-QUERY-STRING', 'AWS4-HMAC-SHA256'],
  ['a presigned URL of SigV4 in small letters', presignedSmall, 'REST-QUERY-STRING', 'AWS4-HMAC-SHA256'],
  ['a presigned URL of SigV2', presignedV2, 'REST-QUERY-STRING', 'AWS'],
])('a request with %s', (_form, call, type, version) => {
  it(`has s3:authType ${type} and s3:signatureversion ${version}`, async () => {
    expect(await holds(equals('s3:authType', type), call())).toBe(true);
    expect(await holds(equals('s3:signatureversion', version), call())).toBe(true);
    const other = type === 'REST-HEADER' ? 'REST-QUERY-STRING' : 'REST-HEADER';
    expect(await holds(equals('s3:authType', [other, 'POST']), call())).toBe(false);
    expect(await holds({ StringNotEquals: { 's3:signatureversion': version } }, call())).toBe(false);
  });
});

describe('s3:signatureAge', () => {
  const olderThan = (milliseconds: number) => ({ NumericGreaterThan: { 's3:signatureAge': milliseconds } });
  const old = () => new Date(Date.now() - 600_000);

  it.each<readonly [form: string, call: Form]>([
    ['a header', signedV4],
    ['a presigned URL', presigned],
  ])('of %s counts in milliseconds', async (_form, call) => {
    expect(await holds(olderThan(599_000), call({ at: old() }))).toBe(true);
    expect(await holds(olderThan(700_000), call({ at: old() }))).toBe(false);
    expect(await holds(olderThan(60_000), call())).toBe(false);
  });

  it('of a presigned URL grows with the clock of the mock', async () => {
    const call = presigned();
    s3.clock.advance({ minutes: 20 });
    expect(await holds(olderThan(1_199_000), call)).toBe(true);
    expect(await holds(olderThan(1_300_000), call)).toBe(false);
  });

  it('is that by the nearer clock, of the process or of the mock', async () => {
    s3.clock.set('2030-01-01T00:00:00Z');
    expect(await holds(olderThan(60_000), presigned({ at: new Date(s3.clock.now()) }))).toBe(false);
    expect(await holds(olderThan(60_000), signedV4())).toBe(false);
  });

  it('is 0 for signatures of version 2', async () => {
    expect(await holds({ NumericEquals: { 's3:signatureAge': 0 } }, signedV2())).toBe(true);
    expect(await holds({ NumericEquals: { 's3:signatureAge': '0' } }, presignedV2())).toBe(true);
  });
});

describe('s3:x-amz-content-sha256', () => {
  const key = 's3:x-amz-content-sha256';
  const unsigned = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };

  it('is the header', async () => {
    const call = { path, headers: { ...signedV4().headers, ...unsigned } };
    expect(await holds(equals(key, 'UNSIGNED-PAYLOAD'), call)).toBe(true);
    expect(await holds({ StringNotEquals: { [key]: 'UNSIGNED-PAYLOAD' } }, signedV4())).toBe(true);
    expect(await holds(absent(key), signedV2())).toBe(true);
  });

  it('is absent if a presigned URL has it in its query', async () => {
    const call = presigned();
    const inQuery = { ...call, path: `${call.path}&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD` };
    expect(await holds(absent(key), inQuery)).toBe(true);
  });
});

describe('a request without credentials', () => {
  it.each(['s3:authType', 's3:signatureversion', 's3:signatureAge'])('has no %s', async (key) => {
    const statement = { Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' };
    const read = async (Condition: Condition) => {
      s3.bucket('vault').publicAccessBlock = { BlockPublicAcls: true };
      s3.bucket('vault').policy = { Statement: { ...statement, Effect: 'Allow', Condition } };
      return (await asAnn(s3, { path, headers: { Authorization: undefined } })).status;
    };
    expect(await read(absent(key))).toBe(200);
    expect(await read({ Null: { [key]: 'false' } })).toBe(403);
  });
});
