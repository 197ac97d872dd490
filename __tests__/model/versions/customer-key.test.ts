import { describe, expect, it } from '@jest/globals';
import { type NamedCustomerKey, readCustomerKey, whyWrongLength } from '../../../src/model/versions/customer-key';
import { refusalThrownBy } from '../../support/thrown';

const key = Buffer.alloc(32, 'k').toString('base64');
const digest = 'mT2HRsMGJ5IX5C+0rreZ8Q==';

// F610
describe("a customer's key is refused for what comes first", () => {
  it.each<[named: NamedCustomerKey, message: string]>([
    [
      { SSECustomerKey: '', SSECustomerKeyMD5: 'other' },
      'CustomerKeyWithoutAlgorithm: the request has SSECustomerKey and SSECustomerKeyMD5, and no SSECustomerAlgorithm',
    ],
    [
      { SSECustomerAlgorithm: 'AES' },
      'CustomerKeyMissing: the request has SSECustomerAlgorithm, and no SSECustomerKey',
    ],
    [{ SSECustomerAlgorithm: 'AES', SSECustomerKey: 'ké', SSECustomerKeyMD5: 'other' }, 'CustomerKeyNotBase64'],
    [{ SSECustomerAlgorithm: 'AES', SSECustomerKey: '', SSECustomerKeyMD5: 'other' }, 'CustomerKeyTooShort'],
    [
      { SSECustomerAlgorithm: 'AES', SSECustomerKey: key },
      `CustomerKeyWithoutDigest: the request has SSECustomerAlgorithm and SSECustomerKey, and no SSECustomerKeyMD5; the MD5 of this key is '${digest}'`,
    ],
    [{ SSECustomerAlgorithm: 'AES', SSECustomerKey: key, SSECustomerKeyMD5: 'other' }, 'CustomerKeyDigestNotBase64'],
    [{ SSECustomerAlgorithm: 'AES', SSECustomerKey: key, SSECustomerKeyMD5: 'b3Ro' }, 'CustomerKeyDigestDiffers'],
    [
      { SSECustomerAlgorithm: 'AES', SSECustomerKey: key, SSECustomerKeyMD5: digest },
      "CustomerAlgorithmUnknown: SSECustomerAlgorithm 'AES' is not 'AES256'",
    ],
  ])('%j', (named, message) => {
    expect(refusalThrownBy(() => readCustomerKey(named, { isSecure: true }))?.message).toBe(message);
  });

  it('over plain http, whatever else is wrong', () => {
    const named = { SSECustomerAlgorithm: 'AES' };
    expect(refusalThrownBy(() => readCustomerKey(named, { isSecure: false }))?.refusal).toBe('CustomerKeyInsecure');
  });

  it('for an MD5 that differs, which the refusal quotes beside the right MD5', () => {
    const named = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: key, SSECustomerKeyMD5: 'other' };
    expect(refusalThrownBy(() => readCustomerKey(named, { isSecure: true }))?.quoted).toEqual({
      'the MD5 of the key in base64': digest,
      'the MD5 in the request': 'other',
    });
  });
});

it.each([
  [31, ''],
  [48, ', like a key in hexadecimal digits that is read as base64'],
])('the reason for a key of %i bytes names its length, and a likely mistake: "%s"', (length, hint) => {
  expect(whyWrongLength(length)).toBe(`AES256 takes a key of 32 bytes, sent in base64; this key has ${length}${hint}`);
});
