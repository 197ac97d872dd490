import { expect, it } from '@jest/globals';
import { isSignedForS3 } from '../../src/service/called-service';

const v4 = (scope: string, algorithm = 'AWS4-HMAC-SHA256') =>
  `${algorithm} Credential=AKID/20260101/${scope}/aws4_request, SignedHeaders=host, Signature=00`;

it.each([
  ['SigV4', v4('us-east-1/s3'), '/vault', true],
  ['SigV4a', v4('s3', 'AWS4-ECDSA-P256-SHA256'), '/vault', true],
  ['SigV4 of another service', v4('us-east-1/sqs'), '/', false],
  ['SigV4 of a service whose name begins with s3', v4('us-east-1/s3tables'), '/', false],
  ['SigV2', 'AWS AKID:c2ln', '/vault', true],
  ['a token', 'Bearer token', '/vault', false],
  ['a presigned URL', undefined, '/vault/a?X-Amz-Credential=AKID%2F20260101%2Fus-east-1%2Fs3%2Faws4_request', true],
  [
    'a presigned URL with slashes',
    undefined,
    '/vault/a?x-amz-credential=AKID/20260101/us-east-1/s3/aws4_request',
    true,
  ],
  ['a presigned URL of SigV4a', undefined, '/vault/a?X-Amz-Credential=AKID%2F20260101%2Fs3%2Faws4_request', true],
  [
    'a presigned URL of another service',
    undefined,
    '/?X-Amz-Credential=AKID%2F20260101%2Fus-east-1%2Fsts%2Faws4_request',
    false,
  ],
  ['a presigned URL of SigV2', undefined, '/vault/a?AWSAccessKeyId=AKID&Expires=1&Signature=c2ln', true],
  [
    'SigV2 of another service',
    undefined,
    '/?AWSAccessKeyId=A&Action=B&Expires=1&Signature=c&SignatureVersion=2',
    false,
  ],
  ['no signature', undefined, '/vault/a?versioning', false],
])('%s is for S3: %s %s %s', (_, authorization, url, expected) => {
  const headers = new Map(authorization === undefined ? [] : [['authorization', authorization]]);
  expect(isSignedForS3({ method: 'GET', url, headers })).toBe(expected);
});
