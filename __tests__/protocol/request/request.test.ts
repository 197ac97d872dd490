import { describe, expect, it } from '@jest/globals';
import { readRequest, refusalOfTransferEncoding } from '../../../src/protocol/request/request';
import { wordRefusal } from '../../../src/refusals/index';
import type { Endpoint, WireRequest } from '../../../src/wire';

const endpoint: Endpoint = { service: 's3', base: 's3.amazonaws.com', dialect: 'aws', region: undefined };

function wire(url: string, part: Partial<WireRequest> = {}): WireRequest {
  return {
    method: 'GET',
    url,
    host: 's3.amazonaws.com',
    endpoint,
    secure: true,
    headers: new Map(),
    rawHeaders: [],
    trailers: new Map(),
    body: Buffer.from(''),
    ...part,
  };
}

const refusalOf = (url: string) => {
  const { address } = readRequest(wire(url)).refusals;
  if (address === undefined) return undefined;
  const { status, code, fields } = wordRefusal(address, 'aws');
  return { status, code, fields };
};

// brekkylab/backlot, measured 2026-09-11: S3 reads the first value of a parameter that is sent twice. F20
describe('the query', () => {
  it.each([
    ['/vault', {}],
    ['/vault?', {}],
    ['/vault?versioning', { versioning: '' }],
    ['/vault?versioning=', { versioning: '' }],
    ['/vault?prefix=a&prefix=b', { prefix: 'a' }],
    ['/vault?prefix=a%20b+c%2Bd', { prefix: 'a b c+d' }],
    ['/vault?prefix=a=b', { prefix: 'a=b' }],
    ['/vault?a%3Db=c', { 'a=b': 'c' }],
    ['/vault?&&=x&a', { a: '' }],
    ['/vault?prefix=%F0%9F%98%80', { prefix: '😀' }],
    ['/vault?__proto__=a', Object.fromEntries([['__proto__', 'a']])],
  ])('of %s', (url, query) => {
    const request = readRequest(wire(url));
    expect(Object.fromEntries(request.query)).toEqual(query);
    expect(request.refusals).toEqual({});
  });
});

it('a request to a host of the user is for the region of its signature', () => {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=AKID/20260331/eu-west-1/s3/aws4_request,SignedHeaders=host,Signature=00';
  const part = { endpoint: { ...endpoint, own: true }, headers: new Map([['authorization', authorization]]) } as const;
  expect(readRequest(wire('/vault', part)).endpoint.region).toBe('eu-west-1');
});

// F1683
it('a key that climbs is refused by Amazon S3, and read by IBM COS', () => {
  const read = (dialect: 'aws' | 'ibm-cos') => {
    const { key, refusals } = readRequest(wire('/vault/a/../..', { endpoint: { ...endpoint, dialect } }));
    return { key, refusal: refusals.address?.refusal };
  };
  expect({ aws: read('aws'), ibmCos: read('ibm-cos') }).toEqual({
    aws: { key: 'a/../..', refusal: 'KeyClimbs' },
    ibmCos: { key: 'a/../..', refusal: undefined },
  });
});

describe('the header section (F1692)', () => {
  const lengthOf = (value: number) => ['X-Large', 'x'.repeat(value - 'X-Large'.length - 4)];

  it.each([
    [8192, undefined],
    [8193, { refusal: 'HeaderSectionTooLarge', details: { MaxSizeAllowed: 8192 } }],
  ])('of %d bytes', (length, refused) => {
    const { address } = readRequest(wire('/vault', { rawHeaders: lengthOf(length) })).refusals;
    expect(address && { refusal: address.refusal, details: address.details }).toEqual(refused);
  });
});

describe('a url that cannot be read', () => {
  it.each([['/vault/%'], ['/vault/%zz'], ['/vault/%ff'], ['/vault?prefix=%ff'], ['/vault?%=a']])(
    '%s is InvalidURI',
    (url) => {
      expect(refusalOf(url)).toEqual({ status: 400, code: 'InvalidURI', fields: { URI: url.split('?')[0] } });
    },
  );
});

describe('a header that the query of a presigned URL repeats', () => {
  const presigned = '/vault?AWSAccessKeyId=AKID&Expires=1&Signature=c2ln';
  const owner = '111111111111';
  const read = (dialect: 'aws' | 'ibm-cos', url: string, name: string) => {
    const headers = new Map([[name, owner]]);
    const { refusals } = readRequest(wire(url, { headers, endpoint: { ...endpoint, dialect } }));
    return Object.entries(refusals).map(([stage, { refusal, details }]) => ({ stage, refusal, details }));
  };
  const ofOwner = { stage: 'query', refusal: 'ExpectedBucketOwnerTwice', details: {} };
  const ofPayer = { stage: 'payload hash', refusal: 'RequestPayerTwice', details: { ArgumentValue: owner } };

  // F217, F450
  it.each([
    ['x-amz-expected-bucket-owner', ofOwner],
    ['x-amz-request-payer', ofPayer],
  ])('is refused: %s', (name, refusal) => {
    expect(read('aws', `${presigned}&${name}=${owner}`, name)).toEqual([refusal]);
    expect(read('aws', `${presigned}&${name.toUpperCase()}=other`, name)).toEqual([refusal]);
  });

  it.each(['x-amz-expected-bucket-owner', 'x-amz-request-payer'])(
    'is accepted if it is not repeated, if nothing is signed, and by IBM COS: %s',
    (name) => {
      expect(read('aws', presigned, name)).toEqual([]);
      expect(read('aws', `/vault?${name}=${owner}`, name)).toEqual([]);
      expect(read('ibm-cos', `${presigned}&${name}=${owner}`, name)).toEqual([]);
    },
  );
});

describe('a Transfer-Encoding (F24)', () => {
  it.each([
    [undefined, undefined],
    ['chunked', undefined],
    ['Chunked', undefined],
    ['identity', undefined],
    ['identity, chunked', undefined],
    ['gzip', 501],
    ['GZIP', 501],
    ['x-gzip', 501],
    ['chunked, deflate', 501],
    ['compress,chunked', 501],
    ['br', 400],
    ['gzip2', 400],
    ['', undefined],
    ['chunked,', 400],
  ])('%j', (value, status) => {
    const refusal = refusalOfTransferEncoding(value);
    expect(refusal && { status: wordRefusal(refusal, 'aws').status, quoted: refusal.quoted }).toEqual(
      status && { status, quoted: { 'Transfer-Encoding': value } },
    );
  });
});
