import { describe, expect, it } from '@jest/globals';
import type { MockS3 } from '../../src';
import { md5Of } from '../support/objects';
import { startedMocks } from '../support/started-mocks';

const startMock = startedMocks();

function start(encryption: unknown, more: object = {}, region?: string): MockS3 {
  const object = { body: 'data', encryption, ...more } as object; // also wrong values, on purpose
  const bucket = { ...(region && { region }), objects: { k: object } };
  return startMock({ hosts: { only: [] }, account: '111122223333', buckets: { vault: bucket } });
}

const key = Buffer.alloc(32, 'k');
const SSECustomerKeyMD5 = md5Of(key);
const ownArn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const customers = { SSECustomerAlgorithm: 'AES256', SSECustomerKeyMD5 };

const forms: readonly (readonly [what: string, fixture: unknown, stored: object])[] = [
  ['nothing', undefined, { ServerSideEncryption: 'AES256' }],
  ['AES256', 'AES256', { ServerSideEncryption: 'AES256' }],
  ['AES256 in an object', { ServerSideEncryption: 'AES256' }, { ServerSideEncryption: 'AES256' }],
  [
    'AES256 without a bucket key',
    { ServerSideEncryption: 'AES256', BucketKeyEnabled: false },
    { ServerSideEncryption: 'AES256' },
  ],
  ['aws:kms', 'aws:kms', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: expect.stringMatching(/^arn:aws:kms:/) }],
  [
    'aws:kms:dsse',
    'aws:kms:dsse',
    { ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: expect.stringMatching(/^arn:/) },
  ],
  [
    'an id and a bucket key',
    { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: '1234abcd-12ab-34cd-56ef-1234567890ab', BucketKeyEnabled: true },
    { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: ownArn, BucketKeyEnabled: true },
  ],
  [
    'an alias',
    { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/vault' },
    { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: expect.stringContaining(':111122223333:key/') },
  ],
  ["a customer's key", { SSECustomerKey: key }, customers],
  ["a customer's key in base64", { SSECustomerAlgorithm: 'AES256', SSECustomerKey: key.toString('base64') }, customers],
  ["a customer's key and its MD5", { SSECustomerKey: key, SSECustomerKeyMD5 }, customers],
  ["the MD5 of a customer's key", { SSECustomerKeyMD5 }, customers],
];

describe.each(forms)('the encryption of an object by %s', (_what, fixture, stored) => {
  it('is read', () => {
    const { encryption, body } = start(fixture).bucket('vault').object('k');
    expect(encryption).toEqual(stored);
    expect(body.toString()).toBe('data');
  });

  it('is the same after a round through JSON, with the ETag', () => {
    const s3 = start(fixture);
    const { encryption, etag } = s3.bucket('vault').object('k');
    const literal = JSON.parse(JSON.stringify(s3));
    const again = startMock({ ...literal, hosts: { only: [] } });
    expect(again.bucket('vault').object('k')).toMatchObject({ encryption, etag });
  });
});

it('an object at IBM COS has no encryption, before and after a round through JSON', () => {
  const s3 = start(undefined, {}, 'us-south-standard');
  expect(s3.bucket('vault').object('k').encryption).toEqual({});
  const literal = JSON.parse(JSON.stringify(s3));
  expect(literal.buckets.vault.objects.k).toEqual([expect.not.objectContaining({ encryption: expect.anything() })]);
});

describe('a wrong encryption is a TypeError', () => {
  it.each<readonly [encryption: unknown, message: string]>([
    ['aws:KMS', "encryption: invalid ServerSideEncryption 'aws:KMS'; expected 'AES256', 'aws:kms', 'aws:kms:dsse'"],
    ['aws:KMS', "Buffer.alloc(32, 'k') }. Did you mean aws:kms?"],
    [true, "invalid encryption true; expected 'AES256'"],
    [null, "invalid encryption null; expected 'AES256'"],
    [{}, 'encryption: invalid ServerSideEncryption undefined;'],
    [{ SSEKMSKeyId: 'alias/vault' }, 'encryption: invalid ServerSideEncryption undefined;'],
    [{ SSEKMSKeyID: 'alias/vault' }, "encryption has no member 'SSEKMSKeyID'. Did you mean SSEKMSKeyId?"],
    [
      { SSEKMSKeyID: 'alias/vault', colour: 'red' },
      "encryption has no member 'SSEKMSKeyID'. Did you mean SSEKMSKeyId? It has no member 'colour'. The members are: ",
    ],
    [
      { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'fake-key-id' },
      "Invalid keyId 'fake-key-id' ('fake-key-id' is neither an id nor an ARN, and an alias begins with alias/). Give the id, the ARN or the alias of a KMS key, such as 'alias/vault'.",
    ],
    [
      { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: null },
      'encryption: invalid SSEKMSKeyId null; expected the id, the ARN',
    ],
    [
      { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: {} },
      'encryption: invalid SSEKMSKeyId {}; expected the id, the ARN',
    ],
    [{ ServerSideEncryption: 'AES256', SSEKMSKeyId: 'alias/vault' }, 'encryption has SSEKMSKeyId and AES256.'],
    [
      { ServerSideEncryption: 'aws:kms', BucketKeyEnabled: 'true' },
      "encryption: invalid BucketKeyEnabled 'true'; expected true or false",
    ],
    [{ ServerSideEncryption: 'aws:kms:dsse', BucketKeyEnabled: true }, "; only 'aws:kms' has a bucket key"],
    [{ ServerSideEncryption: 'AES256', BucketKeyEnabled: true }, "; only 'aws:kms' has a bucket key"],
    [
      { ServerSideEncryption: 'AES256', SSECustomerKey: key },
      'encryption has both ServerSideEncryption and SSECustomerKey;',
    ],
    [
      { SSECustomerAlgorithm: 'AES512', SSECustomerKey: key },
      "bucket 'vault', key 'k': encryption: invalid SSECustomerAlgorithm 'AES512'; expected 'AES256'",
    ],
    [
      { SSECustomerAlgorithm: 'AES256' },
      'encryption: invalid SSECustomerKeyMD5 undefined; expected the MD5 of the key in base64',
    ],
    [
      { SSECustomerKey: 'short' },
      "encryption: invalid SSECustomerKey '<key>'; expected a Uint8Array of 32 bytes, or their base64",
    ],
    [{ SSECustomerKey: 7 }, 'encryption: invalid SSECustomerKey 7; expected a Uint8Array of 32 bytes, or their base64'],
    [{ SSECustomerKey: null }, 'encryption: invalid SSECustomerKey null;'],
    [{ SSECustomerKey: 'k'.repeat(32) }, "encryption: invalid SSECustomerKey '<key>';"],
    [{ SSECustomerKey: key.toString('base64').replace('=', '') }, 'encryption: invalid SSECustomerKey '],
    [{ SSECustomerKey: Buffer.alloc(32, 255).toString('base64url') }, 'encryption: invalid SSECustomerKey '],
    [{ SSECustomerKey: key, SSECustomerKeyMD5: null }, "encryption: invalid SSECustomerKeyMD5 null; expected '"],
    [{ SSECustomerKeyMD5: 'nonsense' }, "encryption: invalid SSECustomerKeyMD5 'nonsense'; expected the MD5"],
    [{ SSECustomerKey: key, SSECustomerKeyMD5: md5Of('other') }, "', the MD5 of the key"],
  ])('%j', (encryption, message) => {
    expect(() => start(encryption)).toThrow(TypeError);
    expect(() => start(encryption)).toThrow(message);
    expect(() => start(encryption)).toThrow("bucket 'vault', key 'k': ");
  });

  it('in a header that names it', () => {
    const headers = { 'x-amz-server-side-encryption': 'aws:kms' };
    expect(() => start(undefined, { headers })).toThrow(
      "bucket 'vault', key 'k': the header 'x-amz-server-side-encryption' cannot be given here. Give encryption, such as encryption: 'aws:kms'.",
    );
  });
});
