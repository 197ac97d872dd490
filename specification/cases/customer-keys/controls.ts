import type { RecordedCases } from '../../../src/facts/case';

const vault = { Bucket: 'vault' };
const digest = 'tP/LI3N87DFaSk0aoqYgzg==';
const SSECustomerKey = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const key = { SSECustomerAlgorithm: 'AES256', SSECustomerKey };
const put = { ...vault, Key: 'k', Body: 'payload' };
const name = 'x-amz-server-side-encryption-customer';
const headers = { [`${name}-algorithm`]: 'AES256', [`${name}-key`]: SSECustomerKey, [`${name}-key-MD5`]: digest };
const sent = (more: object, body = 'payload') => ({ headers: { ...headers, ...more }, body });
const alone = { headers: { [`${name}-algorithm`]: 'AES256' }, body: 'payload' };

const encryption = (types: readonly string[] | undefined, SSEAlgorithm = 'AES256') => ({
  ...vault,
  ServerSideEncryptionConfiguration: {
    Rules: [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm },
        ...(types && { BlockedEncryptionTypes: { EncryptionType: types } }),
      },
    ],
  },
});
const answered = (type: string, SSEAlgorithm = 'AES256') => ({
  ServerSideEncryptionConfiguration: {
    Rules: [
      {
        BucketKeyEnabled: false,
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm },
        BlockedEncryptionTypes: { EncryptionType: [type] },
      },
    ],
  },
});
const onlyNone = {
  ...vault,
  ServerSideEncryptionConfiguration: { Rules: [{ BlockedEncryptionTypes: { EncryptionType: ['NONE'] } }] },
};
const unblocked = { sseC: 'allowed', buckets: { vault: {} } } as const;
const denying = (Condition?: object) => ({
  ...vault,
  Policy: JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::vault/*',
        ...(Condition && { Condition }),
      },
    ],
  }),
});

export const controls: RecordedCases = {
  file: 'customer_encryption_control_replay.json',
  recorded: 'September 2026',
  cases: {
    'PutBucketEncryption without BlockedEncryptionTypes blocks SSE-C again, and so does DeleteBucketEncryption': {
      fact: 'F321',
      state: { buckets: { vault: {} } },
      calls: [
        ['new bucket default', 'GetBucketEncryption', vault, '200', answered('SSE-C')],
        ['new bucket SSE-C blocked', 'PutObject', { ...put, ...key }, '403 AccessDenied'],
        ['explicit NONE', 'PutBucketEncryption', encryption(['NONE']), '200'],
        ['explicit NONE retained', 'GetBucketEncryption', vault, '200', answered('NONE')],
        [
          'enabled valid SSE-C',
          'PutObject',
          { ...put, Key: 'existing', ...key },
          '200',
          { SSECustomerAlgorithm: 'AES256', SSECustomerKeyMD5: digest },
        ],
        ['omitted after NONE', 'PutBucketEncryption', encryption(undefined), '200'],
        ['omitted after NONE retained', 'GetBucketEncryption', vault, '200', answered('SSE-C')],
        ['explicit SSE-C', 'PutBucketEncryption', encryption(['SSE-C']), '200'],
        ['omitted after SSE-C', 'PutBucketEncryption', encryption(undefined), '200'],
        ['omitted after SSE-C retained', 'GetBucketEncryption', vault, '200', answered('SSE-C')],
        ['delete bucket encryption', 'DeleteBucketEncryption', vault, '204'],
        ['after delete encryption', 'GetBucketEncryption', vault, '200', answered('SSE-C')],
        ['write after delete encryption', 'PutObject', { ...put, ...key }, '403 AccessDenied'],
        [
          'existing read while blocked',
          'GetObject',
          { ...vault, Key: 'existing', ...key },
          '200',
          { Body: 'payload', SSECustomerKeyMD5: digest },
        ],
        ['NONE baseline invalid retention', 'PutBucketEncryption', encryption(['NONE']), '200'],
        ['delete from NONE', 'DeleteBucketEncryption', vault, '204'],
        ['delete from NONE retained', 'GetBucketEncryption', vault, '200', answered('SSE-C')],
        ['audit blocked write', 'PutObject', { ...put, ...key }, '403 AccessDenied'],
        ['blocked-only NONE', 'PutBucketEncryption', onlyNone, '200'],
        ['blocked-only NONE retained', 'GetBucketEncryption', vault, '200', answered('NONE')],
        ['blocked-only enabled write', 'PutObject', { ...put, ...key }, '200'],
        ['KMS NONE baseline', 'PutBucketEncryption', encryption(['NONE'], 'aws:kms'), '200'],
        ['KMS NONE baseline retained', 'GetBucketEncryption', vault, '200', answered('NONE', 'aws:kms')],
        ['blocked-only replaces KMS', 'PutBucketEncryption', onlyNone, '200'],
        ['blocked-only replaces KMS retained', 'GetBucketEncryption', vault, '200', answered('NONE')],
        ['KMS omit blocked', 'PutBucketEncryption', encryption(undefined, 'aws:kms'), '200'],
        ['KMS omit blocked retained', 'GetBucketEncryption', vault, '200', answered('SSE-C', 'aws:kms')],
        ['NONE before empty rule', 'PutBucketEncryption', encryption(['NONE']), '200'],
        ['empty rule', 'PutBucketEncryption', { ...vault, ServerSideEncryptionConfiguration: { Rules: [{}] } }, '200'],
        ['empty rule retained', 'GetBucketEncryption', vault, '200', answered('SSE-C')],
      ],
    },
    'BlockedEncryptionTypes has exactly one entry': {
      fact: 'F320',
      state: {
        buckets: { vault: { encryption: { Rules: [{ BlockedEncryptionTypes: { EncryptionType: ['NONE'] } }] } } },
      },
      calls: [
        ['empty retains NONE', 'PutBucketEncryption', encryption([]), '400 InvalidArgument'],
        ['duplicate NONE', 'PutBucketEncryption', encryption(['NONE', 'NONE']), '400 InvalidArgument'],
        ['invalid type', 'PutBucketEncryption', encryption(['AES256']), '400 MalformedXML'],
        ['mixed NONE SSE-C', 'PutBucketEncryption', encryption(['NONE', 'SSE-C']), '400 InvalidArgument'],
        ['duplicate SSE-C', 'PutBucketEncryption', encryption(['SSE-C', 'SSE-C']), '400 InvalidArgument'],
        ['invalid retains NONE', 'PutBucketEncryption', encryption(['UNKNOWN']), '400 MalformedXML'],
        ['invalid retains NONE retained', 'GetBucketEncryption', vault, '200', answered('NONE')],
      ],
    },
    "a write with a customer's key refuses another encryption, a KMS key or a context beside it, and a key of another length":
      {
        fact: 'F610',
        state: unblocked,
        calls: [
          [
            'matched MD5 key length 64',
            'PUT /vault/k',
            sent({ [`${name}-key`]: `${'a2tr'.repeat(21)}aw==`, [`${name}-key-MD5`]: 'oYzHcbgYj/lF0N13V8UP0Q==' }),
            '400 InvalidArgument',
          ],
          [
            'conflict x-amz-server-side-encryption AES256',
            'PUT /vault/k',
            sent({ 'x-amz-server-side-encryption': 'AES256' }),
            '400 InvalidArgument',
          ],
          [
            'conflict x-amz-server-side-encryption aws:kms',
            'PUT /vault/k',
            sent({ 'x-amz-server-side-encryption': 'aws:kms' }),
            '400 InvalidArgument',
          ],
          [
            'conflict x-amz-server-side-encryption-aws-kms-key-id alias/aws/s3',
            'PUT /vault/k',
            sent({ 'x-amz-server-side-encryption-aws-kms-key-id': 'alias/aws/s3' }),
            '400 InvalidArgument',
          ],
          [
            'conflict x-amz-server-side-encryption-context',
            'PUT /vault/k',
            sent({ 'x-amz-server-side-encryption-context': 'eyJwdXJwb3NlIjoic3ludGhldGljIn0=' }),
            '400 InvalidArgument',
          ],
          [
            'HTTPS SSE-C success',
            'PUT /vault/k',
            sent({}),
            '200',
            {},
            { headers: { [`${name}-algorithm`]: 'AES256', [`${name}-key-md5`]: digest, [`${name}-key`]: null } },
          ],
        ],
      },
    "malformed headers of a customer's key are refused before the policies are evaluated, and after the expected owner":
      {
        fact: 'F610',
        state: unblocked,
        calls: [
          [
            'wrong owner valid SSE-C',
            'PUT /vault/k',
            sent({ 'x-amz-expected-bucket-owner': '999999999999' }),
            '403 AccessDenied',
          ],
          [
            'wrong owner malformed MD5',
            'PUT /vault/k',
            sent({ [`${name}-key-MD5`]: '!!!', 'x-amz-expected-bucket-owner': '999999999999' }),
            '403 AccessDenied',
          ],
          [
            'wrong owner missing key',
            'PUT /vault/k',
            { ...alone, headers: { ...alone.headers, 'x-amz-expected-bucket-owner': '999999999999' } },
            '403 AccessDenied',
          ],
          ['explicit deny object writes', 'PutBucketPolicy', denying(), '204'],
          ['deny valid SSE-C', 'PUT /vault/k', sent({}), '403 AccessDenied'],
          ['deny malformed MD5', 'PUT /vault/k', sent({ [`${name}-key-MD5`]: '!!!' }), '400 InvalidArgument'],
          ['deny missing key', 'PUT /vault/k', alone, '400 InvalidArgument'],
        ],
      },
    "malformed headers of a customer's key are refused before S3 checks whether the bucket blocks SSE-C": {
      fact: 'F322',
      state: { buckets: { vault: {} } },
      calls: [
        ['blocked malformed MD5', 'PUT /vault/k', sent({ [`${name}-key-MD5`]: '!!!' }), '400 InvalidArgument'],
        ['blocked missing key', 'PUT /vault/k', alone, '400 InvalidArgument'],
        [
          'blocked wrong algorithm',
          'PUT /vault/k',
          sent({ [`${name}-algorithm`]: 'aes256' }),
          '400 InvalidEncryptionAlgorithmError',
        ],
        ['blocked valid', 'PUT /vault/k', sent({}), '403 AccessDenied'],
        ['HTTP missing SSE-C key', 'PUT /vault/k', { ...alone, secure: false }, '400 InvalidArgument'],
        ['HTTP customer GET nonexistent', 'GET /vault/none', { headers, secure: false }, '400 InvalidArgument'],
      ],
    },
    "a customer's key is refused over plain HTTP": {
      fact: 'F610',
      state: unblocked,
      calls: [
        ['HTTP SSE-C rejected', 'PUT /vault/k', { ...sent({}), secure: false }, '400 InvalidArgument'],
        ['HTTP ordinary SSE-S3 control', 'PUT /vault/k', { body: 'payload', secure: false }, '200'],
      ],
    },
    "a policy can require the algorithm of a customer's key, and has no condition on the key itself": {
      state: unblocked,
      calls: [
        [
          'condition deny s3:x-amz-server-side-encryption-customer-algorithm',
          'PutBucketPolicy',
          denying({ StringEquals: { 's3:x-amz-server-side-encryption-customer-algorithm': 'AES256' } }),
          '204',
        ],
        ['condition SSE-C', 'PutObject', { ...put, ...key }, '403 AccessDenied'],
        ['condition ordinary', 'PutObject', put, '200'],
        ['condition explicit SSE-S3', 'PutObject', { ...put, ServerSideEncryption: 'AES256' }, '200'],
        [
          'condition deny s3:x-amz-server-side-encryption',
          'PutBucketPolicy',
          denying({ StringEquals: { 's3:x-amz-server-side-encryption': 'AES256' } }),
          '204',
        ],
        ['condition SSE-C', 'PutObject', { ...put, ...key }, '200', { SSECustomerKeyMD5: digest }],
        ['condition ordinary', 'PutObject', put, '200'],
        ['condition explicit SSE-S3', 'PutObject', { ...put, ServerSideEncryption: 'AES256' }, '403 AccessDenied'],
        [
          'condition deny s3:x-amz-server-side-encryption-customer-key',
          'PutBucketPolicy',
          denying({ StringEquals: { 's3:x-amz-server-side-encryption-customer-key': SSECustomerKey } }),
          '400 MalformedPolicy',
        ],
        [
          'condition deny s3:x-amz-server-side-encryption-customer-key-MD5',
          'PutBucketPolicy',
          denying({ StringEquals: { 's3:x-amz-server-side-encryption-customer-key-MD5': digest } }),
          '400 MalformedPolicy',
        ],
      ],
    },
  },
};
