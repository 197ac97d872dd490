import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answerDocument } from '../../support/documents';
import { refusal } from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: {} } });

const root = 'ServerSideEncryptionConfiguration';
const byDefault = (content: string) =>
  `<ApplyServerSideEncryptionByDefault>${content}</ApplyServerSideEncryptionByDefault>`;
const algorithm = (word: string) => byDefault(`<SSEAlgorithm>${word}</SSEAlgorithm>`);
const blocked = (word: string) =>
  `<BlockedEncryptionTypes><EncryptionType>${word}</EncryptionType></BlockedEncryptionTypes>`;
const bucketKey = (word: string) => `<BucketKeyEnabled>${word}</BucketKeyEnabled>`;
const put = (rule: string) =>
  send({ method: 'PUT', path: '/vault?encryption', body: `<${root}><Rule>${rule}</Rule></${root}>` });
const remove = () => send({ method: 'DELETE', path: '/vault?encryption' });
const get = async () => (await send({ path: '/vault?encryption' })).text;
const document = (rule: string) => answerDocument(root, `<Rule>${rule}</Rule>`);

// F320
describe('PutBucketEncryption', () => {
  it.each<readonly [sent: string, answered: string]>([
    [algorithm('aws:kms:dsse'), bucketKey('false') + algorithm('aws:kms:dsse')],
    [algorithm('AES256') + bucketKey('true'), bucketKey('true') + algorithm('AES256')],
    [
      byDefault('<KMSMasterKeyID>not-a-key</KMSMasterKeyID><SSEAlgorithm>aws:kms</SSEAlgorithm>'),
      bucketKey('false') + byDefault('<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>not-a-key</KMSMasterKeyID>'),
    ],
  ])('of a rule %j is answered as %j', async (sent, answered) => {
    expect((await put(sent)).status).toBe(200);
    expect(await get()).toBe(document(answered + blocked('SSE-C')));
  });

  it('refuses a key of KMS for AES256', async () => {
    const rule = byDefault('<SSEAlgorithm>AES256</SSEAlgorithm><KMSMasterKeyID>alias/vault</KMSMasterKeyID>');
    const { status, text } = await put(rule);
    const message = 'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse';
    const name = '<ArgumentName>ApplyServerSideEncryptionByDefault</ArgumentName>';
    expect({ status, text }).toEqual(refusal(400, 'InvalidArgument', message, name));
    expect(s3.requests.at(-1)?.why).toContain("KMSMasterKeyID is 'alias/vault'");
    const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: 'AES256', KMSMasterKeyID: 'alias/vault' } as const;
    expect(() => s3.createBucket('other', { encryption: { Rules: [{ ApplyServerSideEncryptionByDefault }] } })).toThrow(
      `bucket 'other': encryption: ${message}`,
    );
  });
});

// F321
describe('DeleteBucketEncryption', () => {
  it('leaves what a new bucket has', async () => {
    await put(bucketKey('true') + algorithm('aws:kms') + blocked('NONE'));
    await remove();
    expect(await get()).toBe(document(bucketKey('false') + algorithm('AES256') + blocked('SSE-C')));
    expect(s3.bucket('vault').encryption).toBeUndefined();
  });
});

describe('the fixture encryption', () => {
  it.each(['AES256', 'aws:kms', 'aws:kms:dsse'] as const)(
    'is the word %s if the rule has nothing else',
    async (word) => {
      s3.bucket('vault').encryption = word;
      expect(await get()).toBe(document(bucketKey('false') + algorithm(word) + blocked('SSE-C')));
      expect(s3.bucket('vault').encryption).toBe(word);
      expect(s3.bucket('vault')).toHaveConfiguration('encryption', word);
      expect(s3.bucket('vault')).toHaveConfiguration('encryption', {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: word } }],
      });
      await put(algorithm('AES256') + bucketKey('true'));
      expect(s3.bucket('vault').encryption).toEqual({
        Rules: [{ BucketKeyEnabled: true, ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      });
    },
  );

  it.each(['SSE-C', 'aws:fsx'])('refuses the word %s', (word) => {
    expect(() => Reflect.set(s3.bucket('vault'), 'encryption', word)).toThrow(TypeError);
    expect(s3.bucket('vault').encryption).toBeUndefined();
  });
});
