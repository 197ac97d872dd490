import { describe, expect, it } from '@jest/globals';
import { findMask, maskForm, maskJson, maskText, maskUrl } from '../../src/text/masks';
import { filled, growsWithItsLength } from '../support/hostile-text';

describe('a header, a parameter or a member', () => {
  it.each([
    [
      'Authorization',
      'AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0a1b',
      'AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=<signature>',
    ],
    [
      'authorization',
      'AWS4-ECDSA-P256-SHA256 Signature=0a1b,Credential=AKID',
      'AWS4-ECDSA-P256-SHA256 Signature=<signature>,Credential=AKID',
    ],
    ['authorization', 'AWS AKID:c2ln+/=', 'AWS AKID:<signature>'],
    ['authorization', 'Bearer a.b.c', 'Bearer <token>'],
    ['authorization', 'Basic YW5uOnB3', 'Basic <token>'],
    ['proxy-authorization', 'Basic YW5uOnB3', 'Basic <token>'],
    ['authorization', 'a-token-alone', '<token>'],
    ['x-amz-security-token', 'text', '<token>'],
    ['X-Amz-Signature', 'text', '<signature>'],
    ['signature', 'text', '<signature>'],
    ['x-amz-server-side-encryption-customer-key', 'text', '<key>'],
    ['x-amz-copy-source-server-side-encryption-customer-key', 'text', '<key>'],
    ['SSECustomerKey', 'text', '<key>'],
    ['CopySourceSSECustomerKey', 'text', '<key>'],
    ['apikey', 'text', '<key>'],
    ['access_token', 'text', '<token>'],
    ['WebIdentityToken', 'text', '<token>'],
    ['SecretAccessKey', 'text', '<secret>'],
    ['SessionToken', 'text', '<token>'],
    ['cookie', 'a=b', '<cookie>'],
    ['set-cookie', 'a=b', '<cookie>'],
    ['policy', 'eyJjb25kaXRpb25zIjpbXX0=', '<policy>'],
    ['referer', 'https://ann:password@example.org/?a=b', 'https://<userinfo>@example.org/?a=b'],
  ])('%s: %s is printed as %s', (name, text, printed) => {
    expect(maskText(name, text)).toBe(printed);
  });

  it.each([
    ['x-amz-server-side-encryption-customer-key-MD5', 'text'],
    ['SSECustomerKeyMD5', 'text'],
    ['ContinuationToken', 'text'],
    ['ClientRequestToken', 'text'],
    ['AccessKeyId', 'AKID'],
    ['Key', 'token/secret'],
    ['x-amz-mfa', 'serial 123456'],
    ['Policy', '{"Statement":[]}'],
    ['x-amz-security-token', ''],
  ])('%s: %s is printed as it is', (name, text) => {
    expect(maskText(name, text)).toBe(text);
  });

  it('has no word for a name that every object has', () => {
    expect(findMask('constructor')).toBeUndefined();
  });
});

describe('the URL of a request', () => {
  it.each([
    [
      'https://vault.s3.amazonaws.com/a?X-Amz-Credential=AKID&X-Amz-Signature=0a1b&X-Amz-Security-Token=text#end',
      'https://vault.s3.amazonaws.com/a?X-Amz-Credential=AKID&X-Amz-Signature=<signature>&X-Amz-Security-Token=<token>#end',
    ],
    ['/a?AWSAccessKeyId=AKID&Signature=c2ln', '/a?AWSAccessKeyId=AKID&Signature=<signature>'],
    ['http://ann:pass@word@h:80/a@b', 'http://<userinfo>@h:80/a@b'],
    ['https://h/a?list-type=2&prefix=token', 'https://h/a?list-type=2&prefix=token'],
  ])('%s is printed as %s', (url, printed) => {
    expect(maskUrl(url)).toBe(printed);
  });
});

it('the fields of a form are printed by their names', () => {
  const part = (name: string, value: string) =>
    `--X\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const form = (policy: string, signature: string) =>
    `${part('key', 'a')}${part('Policy', policy)}${part('X-Amz-Signature', signature)}${part('file', 'data')}--X--`;
  expect({
    parts: maskForm('multipart/form-data; boundary=X', form('eyJ9', '0a1b')),
    fields: maskForm('application/x-www-form-urlencoded', 'grant_type=a&apikey=text'),
    text: maskForm('text/plain', 'a=b&apikey=text'),
  }).toEqual({
    parts: form('<policy>', '<signature>'),
    fields: 'grant_type=a&apikey=<key>',
    text: 'a=b&apikey=text',
  });
});

it('the members of JSON are printed by their names, however deep they are', () => {
  const answer = { Credentials: { AccessKeyId: 'AKID', SecretAccessKey: 'text' }, list: [{ apikey: 'text' }, 1, null] };
  expect(maskJson(answer)).toEqual({
    Credentials: { AccessKeyId: 'AKID', SecretAccessKey: '<secret>' },
    list: [{ apikey: '<key>' }, 1, null],
  });
});

/** A reading that looks at all letters for each of them takes half a second for as many. */
const letters = 32 * 1024;

describe('masking takes a time that grows with the text', () => {
  it.each([
    '?',
    '&',
    '=',
    '/',
    '//',
    '://',
    '://a',
    '@',
    '?a=',
    'AWS ',
    'Signature=',
    'AWS4-a ',
    ' ',
    '\r\n',
    ';name=',
    ';name="a"\r\n',
  ])('for many %p', (part) => {
    expect(growsWithItsLength(() => maskUrl(`https://h/?${filled(part)}`), letters)).toBe(true);
    expect(growsWithItsLength(() => maskText('authorization', filled(part)), letters)).toBe(true);
    expect(growsWithItsLength(() => maskText('authorization', `AWS4-a ${filled(part)}`), letters)).toBe(true);
    expect(growsWithItsLength(() => maskForm('multipart/form-data', filled(part)), letters)).toBe(true);
  });
});
