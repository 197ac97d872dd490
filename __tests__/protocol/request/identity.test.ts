import { describe, expect, it } from '@jest/globals';
import { dialects } from '../../../src/dialects';
import { type Identity, readComponents, readIdentity } from '../../../src/protocol/request/identity';
import { S3Error } from '../../../src/refusals/s3-error';
import type { DialectName } from '../../../src/wire';

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly dialect?: DialectName;
}

function read({ headers = {}, query = {}, dialect = 'aws' }: Sent): Identity | S3Error {
  return readIdentity({
    rawHeaders: Object.entries(headers).flat(),
    headers: new Map(Object.entries(headers)),
    query: new Map(Object.entries(query)),
    dialect: dialects[dialect],
  });
}

function expectRefusal(answer: Identity | S3Error, refusal: string, details: object): void {
  expect(answer).toBeInstanceOf(S3Error);
  expect(answer).toMatchObject({ refusal });
  expect((answer as S3Error).details).toEqual(details); // the line above expects an S3Error
}

const scope = '20260331/eu-west-1/s3/aws4_request';
const rest = ', SignedHeaders=host, Signature=00';
const user = { accessKeyId: 'AKID', region: 'eu-west-1', service: 's3' };

describe('the Authorization header', () => {
  it.each<[authorization: string, scheme: Identity['scheme'], more?: object]>([
    [`AWS4-HMAC-SHA256 Credential=AKID/${scope}, SignedHeaders=host, Signature=00`, 'sigv4', user],
    [`AWS4-HMAC-SHA256 Credential=AKID/${scope},SignedHeaders=host,Signature=00`, 'sigv4', user],
    [`AWS4-HMAC-SHA256 SignedHeaders=host,Signature=00,Credential=AKID/${scope}`, 'sigv4', user],
    [`AWS4-HMAC-SHA256  Credential=AKID/${scope}${rest}`, 'sigv4', user],
    [`aws4-hmac-sha256 Credential=AKID/${scope}${rest}`, 'sigv4', user],
    [
      `AWS4-HMAC-SHA256 Credential=AKID/tomorrow/the-moon/s3/aws4_request${rest}`,
      'sigv4',
      { ...user, region: 'the-moon' },
    ],
    [
      `AWS4-HMAC-SHA256 Credential=AKID//us-standard/execute-api/x${rest}`,
      'sigv4',
      { accessKeyId: 'AKID', region: 'us-standard', service: 'execute-api' },
    ],
    [
      `AWS4-ECDSA-P256-SHA256 Credential=AKID/20260331/s3/aws4_request${rest}`,
      'sigv4a',
      { accessKeyId: 'AKID', service: 's3' },
    ],
    ['AWS AKID:c2lnbmF0dXJl', 'sigv2', { accessKeyId: 'AKID' }],
    ['Authorization:AWS AKID:c2lnbmF0dXJl', 'sigv2', { accessKeyId: 'AKID' }],
    ['AWS  AKID:c2lnbmF0dXJl', 'sigv2', { accessKeyId: 'AKID' }],
    ['', 'anonymous'],
  ])('"%s" is %s', (authorization, scheme, more = {}) => {
    expect(read({ headers: { authorization } })).toEqual({ scheme, ...more });
  });

  it.each(['Bearer', 'bearer', 'BEARER'])('%s carries a token of IBM Cloud', (type) => {
    expect(read({ dialect: 'ibm-cos', headers: { authorization: `${type} eyJhbGciOi.J9` } })).toEqual({
      scheme: 'bearer',
      token: 'eyJhbGciOi.J9',
    });
  });

  it('is missing from an anonymous request', () => {
    expect(read({})).toEqual({ scheme: 'anonymous' });
    expect(read({ headers: { date: 'yesterday' }, query: { versionId: 'null' } })).toEqual({ scheme: 'anonymous' });
  });

  it.each<{ authorization: string; refusal: string }>`
    authorization                                                         | refusal
    ${'AWS4-HMAC-SHA256 SignedHeaders=host, Signature=00'}                | ${'AuthorizationHeaderComponentsMissing'}
    ${`AWS4-HMAC-SHA256 NoCredential=AKID/${scope}`}                      | ${'AuthorizationHeaderComponentsMissing'}
    ${`AWS4-HMAC-SHA256 Credenadsftial=AKID/${scope}`}                    | ${'AuthorizationHeaderComponentsMissing'}
    ${`AWS4-HMAC-SHA256 Credential=AKID/${scope}`}                        | ${'AuthorizationHeaderComponentsMissing'}
    ${`AWS4-HMAC-SHA256 Credential=AKID/${scope}${rest}, Signature=00`}   | ${'AuthorizationHeaderComponentsMissing'}
    ${`AWS4-HMAC-SHA256 Credential=AKID/${scope}${rest}, Foo=bar`}        | ${'AuthorizationHeaderComponentsMissing'}
    ${`AWS4-HMAC-SHA256 Credential=/${scope}${rest}`}                     | ${'AuthorizationHeaderAccessKeyMissing'}
    ${`AWS4-HMAC-SHA256 Credential=AKID/20260331/s3/aws4_request${rest}`} | ${'AuthorizationHeaderCredentialMalformed'}
    ${`AWS4-ECDSA-P256-SHA256 Credential=AKID/${scope}${rest}`}           | ${'AuthorizationHeaderRegionlessCredentialMalformed'}
  `('"$authorization" is refused: $refusal', ({ authorization, refusal }) => {
    expectRefusal(read({ headers: { authorization } }), refusal, {});
  });

  // F1650
  it.each([
    [`Credential=, SignedHeaders=host, Signature=00`, 'Credential='],
    [`Credential=AKID/${scope}, SignedHeaders=, Signature=00`, ' SignedHeaders='],
    [`Credential=AKID/${scope},SignedHeaders=host,Signature=`, 'Signature='],
    [`Credential=id= AKID/${scope}${rest}`, `Credential=id= AKID/${scope}`],
    [`Credential=AKID/${scope}${rest}=`, ' Signature=00='],
    [
      `Credential=AKID/${scope} SignedHeaders=host Signature=00`,
      `Credential=AKID/${scope} SignedHeaders=host Signature=00`,
    ],
    [`Credential=AKID/${scope}${rest},`, ''],
    ['Credential, SignedHeaders=host, Signature=00', 'Credential'],
  ])('"%s" has a malformed component', (components, component) => {
    const refusal = 'AuthorizationHeaderComponentMalformed';
    expectRefusal(read({ headers: { authorization: `AWS4-HMAC-SHA256 ${components}` } }), refusal, { component });
  });

  it.each([
    `Credential=AKID/${scope}, SignedHeaders=host, Signature=00`,
    `Signature=00,SignedHeaders=host,Credential=AKID/${scope}`,
    `credential=AKID/${scope},signature=00,signedheaders=host`,
  ])('the components of "%s" are read in any order', (components) => {
    expect(readComponents(components)).toEqual({
      credential: `AKID/${scope}`,
      signedheaders: 'host',
      signature: '00',
    });
  });

  it.each<{ authorization: string; refusal: string }>`
    authorization              | refusal
    ${'AWS AKID'}              | ${'AuthorizationV2Malformed'}
    ${'AWS AKID:'}             | ${'AuthorizationV2Malformed'}
    ${'AWS volume:AKID:c2ln'}  | ${'AuthorizationV2Malformed'}
    ${'Basic Yng6Yng='}        | ${'AuthorizationUnsupported'}
    ${'Bearer eyJhbGciOi.J9'}  | ${'AuthorizationUnsupported'}
    ${'AWS4-HMAC-SHA512 Cred'} | ${'AuthorizationUnsupported'}
    ${'AWS'}                   | ${'AuthorizationSpaceMissing'}
    ${'eyJhbGciOi.J9'}         | ${'AuthorizationSpaceMissing'}
  `('"$authorization" is refused with $refusal', ({ authorization, refusal }) => {
    expectRefusal(read({ headers: { authorization } }), refusal, { ArgumentValue: authorization });
  });
});

const presigned = {
  'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
  'X-Amz-Credential': `AKID/${scope}`,
  'X-Amz-Date': '20260331T073505Z',
  'X-Amz-Expires': '900',
  'X-Amz-SignedHeaders': 'host',
  'X-Amz-Signature': '00',
};
const presignedV2 = { AWSAccessKeyId: 'AKID', Expires: '1774942505', Signature: 'c2ln' };

function without(query: Readonly<Record<string, string>>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter(([other]) => other !== name));
}

describe('a presigned query', () => {
  it('is read', () => {
    expect(read({ query: presigned })).toEqual({ scheme: 'sigv4-presigned', ...user });
    expect(read({ query: presignedV2 })).toEqual({ scheme: 'sigv2-presigned', accessKeyId: 'AKID' });
  });

  it('is read whatever the case of its X-Amz- names', () => {
    const query = Object.fromEntries(Object.entries(presigned).map(([name, value]) => [name.toLowerCase(), value]));
    expect(read({ query })).toEqual({ scheme: 'sigv4-presigned', ...user });
  });

  it('is read when it was signed for a set of regions', () => {
    const query = {
      ...presigned,
      'X-Amz-Algorithm': 'AWS4-ECDSA-P256-SHA256',
      'X-Amz-Credential': 'AKID/20260331/s3/aws4_request',
      'X-Amz-Region-Set': '*',
    };
    expect(read({ query })).toEqual({ scheme: 'sigv4-presigned', accessKeyId: 'AKID', service: 's3' });
  });

  it.each(['X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders', 'X-Amz-Signature'])(
    'is refused without %s',
    (name) => {
      expectRefusal(read({ query: without(presigned, name) }), 'AuthorizationQueryMissing', {});
    },
  );

  it.each(['AWSAccessKeyId', 'Expires'])('of version 2 is refused without %s', (name) => {
    expectRefusal(read({ query: without(presignedV2, name) }), 'AuthorizationQueryV2Missing', {});
  });

  it('is anonymous without the parameter that marks a signature', () => {
    expect(read({ query: without(presigned, 'X-Amz-Algorithm') })).toEqual({ scheme: 'anonymous' });
    expect(read({ query: without(presignedV2, 'Signature') })).toEqual({ scheme: 'anonymous' });
    expect(read({ query: { signature: 'c2ln', awsaccesskeyid: 'AKID' } })).toEqual({ scheme: 'anonymous' });
  });

  it.each<{ name: string; value: string; refusal: string }>`
    name                  | value                              | refusal
    ${'X-Amz-Credential'} | ${'AKID'}                          | ${'AuthorizationQueryCredentialMalformed'}
    ${'X-Amz-Credential'} | ${''}                              | ${'AuthorizationQueryCredentialMalformed'}
    ${'X-Amz-Credential'} | ${'AKID/20260331/s3/aws4_request'} | ${'AuthorizationQueryCredentialMalformed'}
    ${'X-Amz-Algorithm'}  | ${'AWS4-HMAC-SHA512'}              | ${'AuthorizationQueryAlgorithmUnsupported'}
  `('with $name "$value" is refused with $refusal', ({ name, value, refusal }) => {
    expectRefusal(read({ query: { ...presigned, [name]: value } }), refusal, {});
  });

  it.each<{ query: Record<string, string>; authorization: string }>`
    query          | authorization
    ${presigned}   | ${'Bearer eyJhbGciOi.J9'}
    ${presignedV2} | ${'Basic Yng6Yng='}
    ${presigned}   | ${''}
  `('is refused beside the header "$authorization", as two mechanisms', ({ query, authorization }) => {
    const answer = read({ headers: { authorization }, query });
    expectRefusal(answer, 'AuthorizationTwice', { ArgumentValue: authorization });
  });

  it('of both versions is refused, as two mechanisms', () => {
    expectRefusal(read({ query: { ...presigned, ...presignedV2 } }), 'AuthorizationQueryTwice', {});
  });
});

describe('the session token', () => {
  it.each<{ where: string; sent: Sent }>`
    where                  | sent
    ${'a SigV4 header'}    | ${{ headers: { authorization: `AWS4-HMAC-SHA256 Credential=AKID/${scope}${rest}`, 'x-amz-security-token': 'FwoG' } }}
    ${'a SigV2 header'}    | ${{ headers: { authorization: 'AWS AKID:c2ln', 'x-amz-security-token': 'FwoG' } }}
    ${'a presigned query'} | ${{ query: { ...presigned, 'X-Amz-Security-Token': 'FwoG' } }}
    ${'a query of SigV2'}  | ${{ query: { ...presignedV2, 'x-amz-security-token': 'FwoG' } }}
  `('is read beside $where', ({ sent }) => {
    expect(read(sent)).toMatchObject({ accessKeyId: 'AKID', sessionToken: 'FwoG' });
  });
});
