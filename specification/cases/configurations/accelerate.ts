import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const vault = { Bucket: 'vault' };
const state = { accounts: { partner: {} }, buckets: { vault: {} } };
const set = (label: string, Status: string, answer = '200'): RecordedCall => [
  label,
  'PutBucketAccelerateConfiguration',
  { ...vault, AccelerateConfiguration: { Status } },
  answer,
];
const read = (label: string, Status: string): RecordedCall => [
  label,
  'GetBucketAccelerateConfiguration',
  vault,
  '200',
  { Status },
];
const put = (
  label: string,
  body: string,
  answer: string,
  members: object = {},
  headers: Readonly<Record<string, string>> = {},
): RecordedCall => [label, 'PUT /vault?accelerate', { body, headers }, answer, members];
const document = (content: string) =>
  `<AccelerateConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</AccelerateConfiguration>`;
const enabled = document('<Status>Enabled</Status>');
const illegal = '400 IllegalAccelerateConfigurationException';
const malformed = '400 MalformedXML';
const zeros = 'AAAAAAAAAAAAAAAAAAAAAA==';

const denied = '403 AccessDenied';
const [readAction, writeAction] = ['s3:GetAccelerateConfiguration', 's3:PutAccelerateConfiguration'];
const statement = (Effect: 'Allow' | 'Deny', Action: string | readonly string[], more: object = {}) => ({
  Effect,
  Action,
  Resource: 'arn:aws:s3:::vault',
  ...more,
});
const policyOf = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const roles = {
  read: { policy: policyOf(statement('Allow', readAction)) },
  write: { policy: policyOf(statement('Allow', writeAction)) },
  deny: { policy: policyOf(statement('Allow', 's3:*'), statement('Deny', writeAction)) },
  tags: {
    policy: policyOf(
      statement('Allow', [readAction, writeAction], {
        Condition: { StringEquals: { 'aws:ResourceTag/team': 'Blue' } },
      }),
    ),
  },
  resource: { policy: policyOf(statement('Allow', 's3:ListAllMyBuckets', { Resource: '*' })) },
};
const policies = {
  allowing: statement('Allow', [readAction, writeAction], {
    Principal: { AWS: 'arn:aws:iam::$(account):role/resource' },
  }),
  denying: statement('Deny', [readAction, writeAction], { Principal: '*' }),
};
const putPolicy = (label: string, ...statements: readonly object[]): RecordedCall => [
  label,
  'PutBucketPolicy',
  { ...vault, Policy: policyOf(...statements) },
  '204',
];
const both = (label: string, role: keyof typeof roles | undefined, answers: readonly [string, string]) => {
  const by = role === undefined ? {} : { by: `role/${role}` };
  const [onRead, onWrite] = answers;
  const configuration = { ...vault, AccelerateConfiguration: { Status: 'Suspended' } };
  return [
    [`${label}-get`, 'GetBucketAccelerateConfiguration', vault, onRead, {}, by],
    [`${label}-put`, 'PutBucketAccelerateConfiguration', configuration, onWrite, {}, by],
  ] as const satisfies readonly RecordedCall[];
};
const refusedFirst = (label: string, body: string, headers: Readonly<Record<string, string>> = {}): RecordedCall => [
  label,
  'PUT /vault?accelerate',
  { body, headers },
  denied,
  {},
  { by: 'role/deny' },
];

export const accelerate: RecordedCases = {
  file: 'acceleration_controls_replay.json',
  recorded: 'September 2026',
  cases: {
    'acceleration can be enabled and suspended repeatedly': {
      fact: 'F330',
      state,
      calls: [
        ['fresh-default', 'GetBucketAccelerateConfiguration', vault, '200', {}, { absent: ['Status'] }],
        set('set-0-Suspended', 'Suspended'),
        read('state-0', 'Suspended'),
        set('set-1-Enabled', 'Enabled'),
        read('state-1', 'Enabled'),
        set('set-2-Enabled', 'Enabled'),
        set('set-3-Suspended', 'Suspended'),
        set('set-4-Suspended', 'Suspended'),
        read('state-4', 'Suspended'),
      ],
    },
    'an unknown acceleration status is malformed, a missing one is illegal, and the root may have any name': {
      fact: 'F330',
      state,
      calls: [
        set('set-4-Suspended', 'Suspended'),
        put('configuration-empty', document(''), illegal),
        put('status-empty', document('<Status></Status>'), illegal),
        put('raw-missing-status', '<AccelerateConfiguration/>', illegal),
        set('status-lowercase', 'enabled', malformed),
        set('status-unknown', 'Invalid', malformed),
        read('after-invalid', 'Suspended'),
        put('raw-no-checksum', enabled, '200'),
        put('raw-wrong-root', '<Wrong><Status>Suspended</Status></Wrong>', '200'),
        read('after-wrong-root', 'Suspended'),
        put('raw-unknown-child', document('<Status>Suspended</Status><Extra>x</Extra>'), malformed),
        put('raw-duplicate-status', document('<Status>Suspended</Status><Status>Enabled</Status>'), malformed),
        put('raw-malformed', '<AccelerateConfiguration><Status>Enabled', malformed),
        put('raw-empty-body', '', '400 MissingRequestBodyError'),
        put(
          'raw-md5-invalid',
          enabled,
          '400 InvalidDigest',
          { 'Content-MD5': 'not-base64' },
          { 'Content-MD5': 'not-base64' },
        ),
        put(
          'raw-md5-mismatch',
          enabled,
          '400 BadDigest',
          { CalculatedDigest: 'HLmrNC7jHzLyjUHeAnkA0w==', ExpectedDigest: zeros },
          { 'Content-MD5': zeros },
        ),
        put('raw-algorithm-unknown', enabled, '400 InvalidRequest', {}, { 'x-amz-sdk-checksum-algorithm': 'BOGUS' }),
        put('raw-sha256-missing', enabled, '400 InvalidRequest', {}, { 'x-amz-sdk-checksum-algorithm': 'SHA256' }),
        put(
          'raw-sha256-mismatch',
          enabled,
          '400 BadDigest',
          {},
          {
            'x-amz-sdk-checksum-algorithm': 'SHA256',
            'x-amz-checksum-sha256': `${'A'.repeat(43)}=`,
          },
        ),
        read('after-missing-status', 'Suspended'),
        put(
          'raw-sha256-valid',
          enabled,
          '200',
          {},
          {
            'x-amz-sdk-checksum-algorithm': 'SHA256',
            'x-amz-checksum-sha256': 'P6xGZdwgZSvPL6mihZfuOegLg2cEuOJVf/BVKSFS5jg=',
          },
        ),
        read('owner-get-000000000000', 'Enabled'),
      ],
    },
    'reading and writing acceleration need one right each, which is checked before the document and its digest': {
      state: { ...state, roles },
      calls: [
        ...both('read', 'read', ['200', denied]),
        ...both('write', 'write', [denied, '200']),
        ...both('deny', 'deny', ['200', denied]),
        ...both('resource', 'resource', [denied, denied]),
        refusedFirst('deny-invalid-value', document('<Status>Invalid</Status>')),
        refusedFirst('deny-malformed', '<bad'),
        refusedFirst('deny-bad-checksum', enabled, { 'Content-MD5': 'not-base64' }),
        [
          'read-missing',
          'GetBucketAccelerateConfiguration',
          { Bucket: 'absent' },
          '404 NoSuchBucket',
          { BucketName: 'absent' },
          { by: 'role/read' },
        ],
        putPolicy('resource-allow', policies.allowing),
        ...both('resource-allowed', 'resource', ['200', '200']),
        putPolicy('resource-deny', policies.allowing, policies.denying),
        ...both('resource-deny-owner', undefined, [denied, denied]),
        put('resource-deny-invalid-value', document('<Status>Invalid</Status>'), denied),
        put('resource-deny-malformed', '<bad', denied),
      ],
    },
    'tags of the bucket allow acceleration only while ABAC is enabled': {
      state: {
        accounts: { partner: {} },
        roles,
        buckets: { vault: { tags: { team: 'Blue' }, accelerate: 'Suspended' } },
      },
      calls: [
        ['tag-condition-disabled-get', 'GetBucketAccelerateConfiguration', vault, denied, {}, { by: 'role/tags' }],
        ['enable-abac', 'PutBucketAbac', { ...vault, AbacStatus: { Status: 'Enabled' } }, '200'],
        ...both('tag-condition-enabled', 'tags', ['200', '200']),
      ],
    },
    'a tag with another value does not allow acceleration': {
      state: {
        accounts: { partner: {} },
        roles,
        buckets: { vault: { tags: { team: 'Red' }, accelerate: 'Suspended' } },
      },
      calls: [
        ['enable-abac', 'PutBucketAbac', { ...vault, AbacStatus: { Status: 'Enabled' } }, '200'],
        ['tag-condition-mismatch-get', 'GetBucketAccelerateConfiguration', vault, denied, {}, { by: 'role/tags' }],
      ],
    },
    'the bucket and its expected owner are checked before the acceleration document': {
      state: { ...state, buckets: { ...state.buckets, 'vault.dot': {} } },
      calls: [
        [
          'owner-get-222222222222',
          'GetBucketAccelerateConfiguration',
          { ...vault, ExpectedBucketOwner: '$(account:partner)' },
          '403 AccessDenied',
        ],
        [
          'owner-invalid-put-222222222222',
          'PutBucketAccelerateConfiguration',
          { ...vault, ExpectedBucketOwner: '$(account:partner)', AccelerateConfiguration: { Status: 'Invalid' } },
          '403 AccessDenied',
        ],
        [
          'owner-get-invalid',
          'GetBucketAccelerateConfiguration',
          { ...vault, ExpectedBucketOwner: 'invalid' },
          '400 InvalidBucketOwnerAWSAccountID',
        ],
        [
          'missing-get-222222222222',
          'GetBucketAccelerateConfiguration',
          { Bucket: 'absent', ExpectedBucketOwner: '$(account:partner)' },
          '404 NoSuchBucket',
          { BucketName: 'absent' },
        ],
        [
          'missing-put-None',
          'PutBucketAccelerateConfiguration',
          { Bucket: 'absent', AccelerateConfiguration: { Status: 'Invalid' } },
          '404 NoSuchBucket',
        ],
        [
          'owner-invalid-put-invalid',
          'PutBucketAccelerateConfiguration',
          { ...vault, ExpectedBucketOwner: 'invalid', AccelerateConfiguration: { Status: 'Invalid' } },
          '400 InvalidBucketOwnerAWSAccountID',
        ],
        [
          'owner-invalid-put-000000000000',
          'PutBucketAccelerateConfiguration',
          { ...vault, ExpectedBucketOwner: '$(account)', AccelerateConfiguration: { Status: 'Invalid' } },
          malformed,
        ],
        [
          'owner-before-malformed',
          'PUT /vault?accelerate',
          { body: '<bad', headers: { 'x-amz-expected-bucket-owner': '999999999999' } },
          '403 AccessDenied',
        ],
        [
          'missing-before-malformed',
          'PUT /absent?accelerate',
          { body: '<bad' },
          '404 NoSuchBucket',
          { BucketName: 'absent' },
        ],
        ...['Suspended', 'Enabled'].map(
          (Status): RecordedCall => [
            `dotted-${Status}`,
            'PutBucketAccelerateConfiguration',
            { Bucket: 'vault.dot', AccelerateConfiguration: { Status } },
            '400 InvalidRequest',
          ],
        ),
        [
          'dotted-final',
          'GetBucketAccelerateConfiguration',
          { Bucket: 'vault.dot' },
          '200',
          {},
          { absent: ['Status'] },
        ],
      ],
    },
  },
};
