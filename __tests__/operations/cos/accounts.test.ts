import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MockS3, MockS3Options } from '../../../src/index';
import { signedBy, textsOf } from '../../support/documents';
import { startedMocks } from '../../support/started-mocks';
import { send, type WireCall } from '../../support/wire-client';

const guid = '8b1f3c2e-0a7d-4b1c-9a52-3f6f0c9be0a1';
const crn = `crn:v1:bluemix:public:cloud-object-storage:global:a/0123456789abcdef:${guid}::`;
const options: MockS3Options = {
  now: '2026-01-31T10:00:00.123Z',
  buckets: { ash: { region: 'us-south-smart' }, beech: { region: 'eu-cold' }, birch: {}, elm: { region: 'eu-west-1' } },
};

const start = startedMocks();
let s3: MockS3;
beforeEach(() => {
  s3 = start(options);
});

const call = (one: WireCall) =>
  send({
    host: 's3.us.cloud-object-storage.appdomain.cloud',
    ...one,
    headers: { Authorization: 'Bearer a.b.c', ...one.headers },
  });

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const invalidArgument = {
  status: 400,
  body: expect.stringContaining('<Code>InvalidArgument</Code><Message>Invalid Argument</Message>'),
};

// Recorded: IBM/ibm-cos-sdk-java#39; ibm-cloud-docs/cloud-object-storage#65. F42
it('names no resource in the refusal of an argument at the root, and an empty one in another refusal there', async () => {
  expect((await call({ path: '/?max-buckets=abc' })).body).toContain('<Message>Invalid Argument</Message><RequestId>');
  const { body } = await call({ path: '/', headers: { Authorization: undefined } });
  expect(body).toContain('<Message>Access Denied</Message><Resource></Resource><RequestId>');
});

// api-reference-buckets.md in ibm-cloud-docs/cloud-object-storage. F167
describe('GET /?extended', () => {
  it('returns locations and the parameters of the request', async () => {
    const { status, body } = await call({ path: '/?extended' });
    const bucket = (name: string, location: string) =>
      `<Bucket><Name>${name}</Name><CreationDate>2026-01-31T10:00:00.123Z</CreationDate><LocationConstraint>${location}</LocationConstraint></Bucket>`;
    expect(status).toBe(200);
    expect(body).toBe(
      `${declaration}\n<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>000000000000</ID><DisplayName>000000000000</DisplayName></Owner><IsTruncated>false</IsTruncated><MaxKeys>1000</MaxKeys><Prefix/><Marker/><Buckets>${bucket('ash', 'us-south-smart')}${bucket('beech', 'eu-cold')}${bucket('birch', 'us-standard')}${bucket('elm', 'eu-west-1')}</Buckets></ListAllMyBucketsResult>`,
    );
    s3.requests.expectLast('ListBucketsExtended');
  });

  it.each`
    query                        | names                               | truncated | echoed
    ${'max-keys=2'}              | ${['ash', 'beech']}                 | ${true}   | ${'<MaxKeys>2</MaxKeys><Prefix/><Marker/>'}
    ${'max-keys=2&marker=beech'} | ${['birch', 'elm']}                 | ${false}  | ${'<MaxKeys>2</MaxKeys><Prefix/><Marker>beech</Marker>'}
    ${'prefix=b'}                | ${['beech', 'birch']}               | ${false}  | ${'<MaxKeys>1000</MaxKeys><Prefix>b</Prefix><Marker/>'}
    ${'prefix=b&max-keys=1'}     | ${['beech']}                        | ${true}   | ${'<MaxKeys>1</MaxKeys><Prefix>b</Prefix><Marker/>'}
    ${'max-keys=0'}              | ${[]}                               | ${false}  | ${'<MaxKeys>0</MaxKeys><Prefix/><Marker/>'}
    ${'max-keys=5000'}           | ${['ash', 'beech', 'birch', 'elm']} | ${false}  | ${'<MaxKeys>1000</MaxKeys><Prefix/><Marker/>'}
  `('with ?$query returns $names', async ({ query, names, truncated, echoed }) => {
    const { body } = await call({ path: `/?extended&${query}` });
    expect(textsOf('Name', { body })).toEqual(names);
    expect(body).toContain(`<IsTruncated>${truncated}</IsTruncated>${echoed}`);
  });

  it.each([['x'], ['-1']])('refuses max-keys=%s', async (maxKeys) => {
    const { status, body } = await call({ path: `/?extended&max-keys=${maxKeys}` });
    expect({ status, body }).toEqual(invalidArgument);
    expect(s3.requests.last()?.why).toContain(`'${maxKeys}'`);
  });

  it("lists only the caller's buckets, and none to the anonymous", async () => {
    const partner = s3.createAccount('partner');
    s3.createBucket('theirs', { owner: 'partner' });
    expect(textsOf('Name', await call({ path: '/?extended', headers: { Authorization: signedBy(partner) } }))).toEqual([
      'theirs',
    ]);
    expect((await call({ path: '/?extended', headers: { Authorization: undefined } })).status).toBe(403);
  });

  it('has no regions in its plain form, whatever its parameters are', async () => {
    const { body } = await call({ path: '/?prefix=a' });
    expect({ names: textsOf('Name', { body }), regions: textsOf('BucketRegion', { body }) }).toEqual({
      names: ['ash'],
      regions: [],
    });
  });

  it('is a plain listing on AWS', async () => {
    await send({ path: '/?extended' });
    s3.requests.expectLast('ListBuckets');
  });
});

// IBM/ibm-cos-sdk-python#38 has the answer to a wrong instance. F166
describe('ibm-service-instance-id', () => {
  const withInstance = async (serviceInstanceId: string) => {
    await s3.stop();
    s3 = start({ ...options, serviceInstanceId });
  };
  const calls: readonly WireCall[] = [{ path: '/' }, { path: '/?extended' }, { method: 'PUT', path: '/fresh' }];

  it.each(calls)('may name any instance if none is declared: $path', async (one) => {
    expect((await call({ ...one, headers: { 'ibm-service-instance-id': 'any' } })).status).toBe(200);
    expect((await call({ path: '/' })).status).toBe(200);
  });

  it.each(calls)('has to name the declared instance: $path', async (one) => {
    await withInstance(guid);
    const { status, body } = await call({ ...one, headers: { 'ibm-service-instance-id': 'another' } });
    expect({ status, body }).toEqual(invalidArgument);
    expect(s3.requests.last()?.why).toBe(
      `ibm-service-instance-id is another; the account's is ${guid}, by the option serviceInstanceId`,
    );
    expect((await call({ ...one, headers: { 'ibm-service-instance-id': guid } })).status).toBe(200);
  });

  it.each([
    [guid, crn],
    [crn, guid],
    [crn, crn],
    [guid.toUpperCase(), guid],
  ])('may be a GUID or a CRN: %s, %s', async (declared, sent) => {
    await withInstance(declared);
    expect((await call({ path: '/', headers: { 'ibm-service-instance-id': sent } })).status).toBe(200);
  });

  it('is required beside a token, and not beside a signature', async () => {
    await withInstance(guid);
    const { status, body } = await call({ path: '/' });
    expect({ status, body }).toEqual(invalidArgument);
    expect((await call({ path: '/', headers: { Authorization: 'AWS KEY:SIG' } })).status).toBe(200);
  });

  it('is required by these three operations only, and not by AWS', async () => {
    await withInstance(guid);
    const headers = { 'ibm-service-instance-id': 'another' };
    expect((await call({ path: '/birch?versioning', headers })).status).toBe(200);
    expect((await send({ path: '/', headers })).status).toBe(200);
  });
});

describe('a root key of IBM Key Protect', () => {
  // terraform-provider-ibm, TestAccIBMCOSKPKmsParamWithInvalidCRN and TestAccIBMCOSHPCSKmsParamWithInvalidCRN
  it.each([
    ['crn:v1:staging:public:kms:us-south:invalid', 7],
    ['crn:v1:staging:public:hs-crypto:us-south:invalid', 7],
    ['crn:v1:bluemix:public:kms:us-south:a/0123:instance:key', 9],
    ['abc', 1],
  ])('%s has %s segments, and ten are required (F173)', async (crn, segments) => {
    const headers = { 'ibm-sse-kp-encryption-algorithm': 'AES256', 'ibm-sse-kp-customer-root-key-crn': crn };
    const { status, body } = await call({ method: 'PUT', path: '/fresh', headers });
    const text = `Invalid ibm-sse-kp-customer-root-key-crn: received only ${segments} of required 10 segments`;
    expect({ status, body }).toEqual({
      status: 400,
      body: expect.stringContaining(`<Code>InvalidArgument</Code><Message>${text}</Message>`),
    });
    expect(s3.buckets.map(({ name }) => name)).not.toContain('fresh');
  });

  const key = 'crn:v1:bluemix:public:kms:us-south:a/0123:instance:key:abc';

  it('is in the answer to HEAD if the bucket has one (F173)', async () => {
    const headers = { 'ibm-sse-kp-encryption-algorithm': 'AES256', 'ibm-sse-kp-customer-root-key-crn': key };
    await call({ method: 'PUT', path: '/fresh', headers });
    const { header } = await call({ method: 'HEAD', path: '/fresh' });
    expect({
      ibmSseKpEnabled: header('ibm-sse-kp-enabled'),
      ibmSseKpCustomerRootKeyCrn: header('ibm-sse-kp-customer-root-key-crn'),
    }).toEqual({ ibmSseKpEnabled: 'true', ibmSseKpCustomerRootKeyCrn: key });
    const plain = await call({ method: 'HEAD', path: '/birch' });
    expect({
      ibmSseKpEnabled: plain.header('ibm-sse-kp-enabled'),
      ibmSseKpCustomerRootKeyCrn: plain.header('ibm-sse-kp-customer-root-key-crn'),
    }).toEqual({
      ibmSseKpEnabled: 'false',
      ibmSseKpCustomerRootKeyCrn: undefined,
    });
    expect((await send({ method: 'HEAD', path: '/fresh' })).header('ibm-sse-kp-enabled')).toBeUndefined();
  });
});
