import { describe, expect, it } from '@jest/globals';
import {
  areEncryptedAlike,
  chooseEncryption,
  encryptAnew,
  isEncryptionContext,
} from '../../../src/model/versions/encryption';
import type { Encryption, NamedEncryption, ObjectVersion } from '../../../src/model/versions/version';
import { makeStacks } from '../../support/stacks';
import { refusalThrownBy } from '../../support/thrown';

const key = (id: number) => `arn:aws:kms:us-east-1:000000000000:key/00000000-0000-4000-8000-00000000000${id}`;

// F94
describe('two encryptions', () => {
  const all: readonly Encryption[] = [
    {},
    { ServerSideEncryption: 'AES256' },
    { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key(1) },
    { ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: key(1) },
    { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key(2) },
    { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key(1), BucketKeyEnabled: true },
    { SSECustomerAlgorithm: 'AES256', SSECustomerKeyMD5: 'one' },
    { SSECustomerAlgorithm: 'AES256', SSECustomerKeyMD5: 'another' },
  ];

  it('are alike only if their algorithms, keys and bucket keys are', () => {
    const alike = all.map((one) => all.filter((other) => areEncryptedAlike(one, { ...other })));
    expect(alike).toEqual(all.map((one) => [one]));
  });
});

// F325, F630
describe('the encryption that a write names', () => {
  const { store, bucket } = makeStacks(undefined);
  const place = { store, bucket, account: '000000000000' };
  const context = Buffer.from('{"a":"b"}').toString('base64');

  it.each<[named: NamedEncryption, refusal: string, facts: object]>([
    [{ SSEKMSKeyId: key(1) }, 'KmsKeyWithoutKms', { quoted: { SSEKMSKeyId: key(1) } }],
    [
      { ServerSideEncryption: 'AES256', SSEKMSEncryptionContext: context },
      'KmsKeyWithoutKms',
      { quoted: { SSEKMSEncryptionContext: context } },
    ],
    [{ ServerSideEncryption: 'aws:fsx' }, 'EncryptionUnknown', { details: { ArgumentValue: 'aws:fsx' } }],
    [{ ServerSideEncryption: 'aws:backup' }, 'EncryptionUnknown', { details: { ArgumentValue: 'aws:backup' } }],
    [
      { ServerSideEncryption: 'aws:kms', SSEKMSEncryptionContext: 'e30' },
      'EncryptionContextInvalid',
      { details: { ArgumentValue: 'e30' } },
    ],
  ])('is refused: %j with %s', (named, refusal, facts) => {
    expect(refusalThrownBy(() => chooseEncryption(named, place))).toMatchObject({ refusal, ...facts });
  });

  it.each([
    ['{}', true],
    ['{"a":"b","c":""}', true],
    ['{"a":1}', false],
    ['{"a":null}', false],
    ['["a"]', false],
    ['"a"', false],
    ['null', false],
    ['{', false],
  ])('has a context in base64, which is a map of strings: %s is: %s', (json, is) => {
    expect(isEncryptionContext(Buffer.from(json).toString('base64'))).toBe(is);
  });

  it.each([['e30'], ['e30=='], [' e30='], [Buffer.from('{"a":"\xff"}', 'latin1').toString('base64')]])(
    'has no context that is not padded base64 of UTF-8: %j',
    (text) => {
      expect(isEncryptionContext(text)).toBe(false);
    },
  );
});

// F633
describe('another key for a version is refused', () => {
  const stacks = makeStacks('Enabled');
  stacks.put('k');
  const version = stacks.bucket.versions.current('k') as ObjectVersion; // the line before wrote it
  const encrypt = (KMSKeyArn: string | undefined, encryption: Encryption) =>
    encryptAnew(
      { ...version, content: { ...version.content, encryption } },
      { KMSKeyArn },
      { bucket: stacks.bucket, kms: stacks.store.kms, now: 0 },
    );
  const ours: Encryption = { ServerSideEncryption: 'AES256' };
  const foreign = key(1).replace('000000000000', '111122223333');

  it.each<[what: string, arn: string | undefined, present: Encryption, refusal: string, facts: object]>([
    ['no key', undefined, ours, 'NewKeyMissing', { why: 'the document has no <KMSKeyArn>' }],
    ['an alias', 'alias/a', ours, 'NewKeyInvalid', { quoted: { KMSKeyArn: 'alias/a' } }],
    [
      'DSSE',
      key(1),
      { ServerSideEncryption: 'aws:kms:dsse' },
      'EncryptionNotUpdatable',
      { why: 'its encryption is aws:kms:dsse' },
    ],
    ['SSE-C', key(1), { SSECustomerAlgorithm: 'AES256' }, 'EncryptionNotUpdatable', { why: 'its encryption is SSE-C' }],
    [
      'a key of another account',
      foreign,
      ours,
      'NewKeyOfOtherAccount',
      { quoted: { KMSKeyArn: foreign, "the bucket's account": '000000000000' } },
    ],
  ])('for %s', (_what, arn, present, refusal, facts) => {
    expect(refusalThrownBy(() => encrypt(arn, present))).toMatchObject({ refusal, ...facts });
  });
});
