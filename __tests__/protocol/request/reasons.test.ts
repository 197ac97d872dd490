import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { send } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: { objects: { a: 'data' } } } });

const scope = '20260331/us-east-1/s3/aws4_request';
const rest = ', SignedHeaders=host, Signature=00';
const crc32 = 'rfPzYw==';
const sha1 = 'oXyaqmHoChv3HQ2FCvTluqmAC70=';
const presigned = (more: Readonly<Record<string, string>>) =>
  `/vault?${new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `AKID/${scope}`,
    'X-Amz-Date': '20260331T073505Z',
    'X-Amz-Expires': '900',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': '00',
    ...more,
  })}`;

const signed = (authorization: string) => ({
  Authorization: authorization,
  'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
});
const unsigned = { Authorization: undefined, 'x-amz-content-sha256': undefined };

describe('the reason of a refusal names what was sent', () => {
  it.each<[line: string, headers: Readonly<Record<string, string | undefined>>, why: string]>([
    [
      'GET /vault',
      signed(`AWS4-HMAC-SHA256 Credential=/${scope}${rest}`),
      `The authorization header is malformed; a non-empty Access Key (AKID) must be provided in the credential; Credential is '/${scope}'`,
    ],
    [
      'GET /vault',
      signed(`AWS4-HMAC-SHA256 Credential=AKID/s3${rest}`),
      `The authorization header is malformed; the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request"; Credential is 'AKID/s3'`,
    ],
    [
      'GET /vault',
      signed(`AWS4-ECDSA-P256-SHA256 Credential=AKID/${scope}${rest}`),
      `The authorization header is malformed; the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/SERVICE/aws4_request"; Credential is 'AKID/${scope}'`,
    ],
    [
      `GET ${presigned({ 'X-Amz-Algorithm': 'MD5' })}`,
      unsigned,
      `X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"; X-Amz-Algorithm is 'MD5'`,
    ],
    [
      `GET ${presigned({ 'X-Amz-Credential': `/${scope}` })}`,
      unsigned,
      `Error parsing the X-Amz-Credential parameter; a non-empty Access Key (AKID) must be provided in the credential; X-Amz-Credential is '/${scope}'`,
    ],
    [
      `GET ${presigned({ 'X-Amz-Credential': 'AKID/s3' })}`,
      unsigned,
      `Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request"; X-Amz-Credential is 'AKID/s3'`,
    ],
    ['GET /vault?Signature=c2ln', unsigned, 'the query has no AWSAccessKeyId, Expires'],
    ['GET /vault?Signature=c2ln&Expires=1', unsigned, 'the query has no AWSAccessKeyId'],
    [
      'GET /vault?Signature=c2ln&Expires=1&AWSAccessKeyId=AKID&x-amz-expected-bucket-owner=1',
      { ...unsigned, 'x-amz-expected-bucket-owner': '111111111111' },
      "Expected bucket owner must be provided as either a header or parameter, not both; x-amz-expected-bucket-owner is '111111111111'",
    ],
    ['GET /vault/../a', {}, "An error occurred when parsing the HTTP request; the key is '../a'"],
    ['GET /vault/a%00', {}, 'the key has a null character'],
    [
      'GET /vault/a?annotationName=color',
      {},
      "Unexpected query string parameter; ResourceType is 'annotationName', annotationName is 'color'",
    ],
    [
      'PUT /vault?versioning',
      { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' },
      "The value of x-amz-content-sha256 header is invalid; x-amz-content-sha256 is 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'",
    ],
    [
      'PUT /vault/a',
      { 'x-amz-checksum-crc32': crc32, 'x-amz-checksum-sha1': sha1 },
      "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed; what came is 'x-amz-checksum-crc32, x-amz-checksum-sha1'",
    ],
    [
      'PUT /vault/a',
      { 'x-amz-checksum-crc32': 'short' },
      "x-amz-checksum-crc32 is 'short', which has 3 bytes, and S3 takes the 4 bytes of the CRC32 in base64",
    ],
    [
      'PUT /vault/a',
      { 'x-amz-sdk-checksum-algorithm': 'CRC32' },
      "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found; x-amz-sdk-checksum-algorithm is 'CRC32'",
    ],
    [
      'PUT /vault/a',
      { 'x-amz-sdk-checksum-algorithm': 'CRC32', 'x-amz-checksum-sha1': sha1 },
      "Value for x-amz-sdk-checksum-algorithm header is invalid; x-amz-sdk-checksum-algorithm is 'CRC32', the checksum is 'x-amz-checksum-sha1'",
    ],
    [
      'PUT /vault/a',
      { 'If-Match': 'tag', 'If-None-Match': '*' },
      "A header you provided implies functionality that is not implemented; Header is 'If-Match,If-None-Match', additionalMessage is 'Multiple conditional request headers present in the request', If-Match is 'tag', If-None-Match is '*'",
    ],
    [
      'PUT /vault/a',
      { 'If-Modified-Since': 'yesterday' },
      "A header you provided implies functionality that is not implemented; Header is 'If-Modified-Since', if-modified-since is 'yesterday'",
    ],
    [
      'PUT /vault/a',
      { 'If-None-Match': 'tag' },
      "If-None-Match is 'tag': with a write, S3 takes * alone, which writes only where the key has no object; to write only if the object still has an ETag, send the ETag as If-Match",
    ],
  ])('%s with %j: %s', async (line, headers, why) => {
    const [method = '', path = ''] = line.split(' ');
    await send({ method, path, headers, body: method === 'PUT' ? 'data' : undefined });
    expect(s3.requests.last()?.why).toBe(why);
  });
});
