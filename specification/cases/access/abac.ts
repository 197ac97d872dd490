import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const policyOf = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Condition?: object) => ({
  Effect: 'Allow',
  Action: 's3:*',
  Resource: '*',
  ...(Condition && { Condition }),
});

const session = (Condition: object) => ({ caller: 'role/worker', session: { policy: policyOf(allow(Condition)) } });
const byTag = (key: string, value: string) => session({ StringEquals: { [key]: value } });
const byNoTag = (key: string) => session({ Null: { [key]: 'true' } });
const resource = byTag('aws:ResourceTag/Project', 'Blue');
const bucket = byTag('s3:BucketTag/Project', 'Blue');
const resourceNull = byNoTag('aws:ResourceTag/Project');
const bucketNull = byNoTag('s3:BucketTag/Project');

const blue = { tags: { Project: 'Blue', Environment: 'Test' }, objects: { seed: 'seed' } };
const state = {
  roles: {
    worker: { policy: policyOf(allow()) },
    stranger: { policy: policyOf({ ...allow(), Effect: 'Deny', Action: 's3:CreateBucket' }) },
  },
  buckets: {
    vault: { ...blue, abac: 'Enabled' as const },
    other: { ...blue, abac: 'Enabled' as const },
    red: { ...blue, tags: { Project: 'Red' }, abac: 'Enabled' as const },
    disabled: blue,
  },
};
const denied = '403 AccessDenied';
const seed = (Bucket: string) => ({ Bucket, Key: 'seed' });
const Tagging = { TagSet: [{ Key: 'Object', Value: 'Tagged' }] };

function callsBy(label: string, by: typeof resource, answer: '200' | typeof denied): readonly RecordedCall[] {
  return [
    [`${label}-get_object`, 'GetObject', seed('vault'), answer, {}, { by }],
    [`${label}-put_object`, 'PutObject', { Bucket: 'vault', Key: 'new', Body: 'value' }, answer, {}, { by }],
    [`${label}-list_objects_v2`, 'ListObjectsV2', { Bucket: 'vault' }, answer, {}, { by }],
    [`${label}-get_bucket_tagging`, 'GetBucketTagging', { Bucket: 'vault' }, answer, {}, { by }],
    [`${label}-get_object_tagging`, 'GetObjectTagging', seed('vault'), answer, {}, { by }],
    [`${label}-put_object_tagging`, 'PutObjectTagging', { ...seed('vault'), Tagging }, answer, {}, { by }],
  ];
}

const get = (label: string, Bucket: string, answer: '200' | typeof denied, by: typeof resource): RecordedCall => [
  label,
  'GetObject',
  seed(Bucket),
  answer,
  {},
  { by },
];

const reading = {
  Action: ['s3:GetObject', 's3:ListBucket'],
  Resource: ['arn:aws:s3:::vault', 'arn:aws:s3:::vault/*'],
};

/** The sessions that a statement each of the bucket's policy denies all reads, by the key that its condition asks for. */
const deniedSessions = {
  'directdeny-resource': ['aws:ResourceTag/Project', denied],
  'directdeny-bucket': ['s3:BucketTag/Project', denied],
  'directdeny-ap': ['s3:AccessPointTag/Project', '200'],
} as const;

const directPolicy = policyOf(
  ...Object.entries(deniedSessions).map(([name, [key]]) => ({
    ...reading,
    Effect: 'Deny',
    Principal: { AWS: `arn:aws:sts::$(account):assumed-role/worker/${name}` },
    Condition: { StringEquals: { [key]: 'Blue' } },
  })),
  {
    ...reading,
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::$(account):role/stranger' },
    Condition: { StringEquals: { 's3:BucketTag/Project': 'Blue' } },
  },
);

const direct = (name: string, by: object, answer: string): readonly RecordedCall[] => [
  [`direct-key-decision-${name}-get_object`, 'GetObject', seed('vault'), answer, {}, by],
  [`direct-key-decision-${name}-list_objects_v2`, 'ListObjectsV2', { Bucket: 'vault' }, answer, {}, by],
];

const completion = {
  Bucket: 'vault',
  Key: 'parts',
  UploadId: '$(upload)',
  MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '$(etag)' }] },
};

const denial = (Action: string, Resource: string, key: string) =>
  policyOf({
    Effect: 'Deny',
    Action,
    Resource,
    Principal: { AWS: 'arn:aws:iam::$(account):role/worker' },
    Condition: { StringEquals: { [key]: 'Blue' } },
  });

const member = { by: 'partner:role/member' };
const toMember = policyOf({
  ...allow({ StringEquals: { 'aws:ResourceTag/Project': 'Blue' } }),
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::vault/*',
  Principal: { AWS: 'arn:aws:iam::$(account:partner):role/member' },
});
const fromWorker = policyOf({
  ...reading,
  Effect: 'Deny',
  Principal: { AWS: 'arn:aws:iam::$(account):role/worker' },
  Condition: { StringEquals: { 'aws:ResourceTag/Project': 'Blue' } },
});

export const authorization: RecordedCases = {
  file: 'abac_authorization_replay.json',
  recorded: 'September 2026',
  cases: {
    'the tags of a bucket decide access to it while ABAC is enabled': {
      fact: 'F387',
      state,
      calls: [
        ...callsBy('enabled-resource', resource, '200'),
        ...callsBy('enabled-bucket', bucket, '200'),
        ...callsBy('enabled-resource-null', resourceNull, denied),
        ...callsBy('enabled-bucket-null', bucketNull, denied),
        get('resource-key-case', 'vault', '200', byTag('aws:ResourceTag/project', 'Blue')),
        get('bucket-key-case', 'vault', '200', byTag('s3:BucketTag/project', 'Blue')),
        get('value-case', 'vault', denied, byTag('aws:ResourceTag/Project', 'blue')),
        get(
          'multiple',
          'vault',
          '200',
          session({ StringEquals: { 'aws:ResourceTag/Project': 'Blue', 's3:BucketTag/Environment': 'Test' } }),
        ),
        get(
          'multiple-mismatch',
          'vault',
          denied,
          session({ StringEquals: { 'aws:ResourceTag/Project': 'Blue', 's3:BucketTag/Environment': 'Wrong' } }),
        ),
        get('updated-resource', 'red', denied, resource),
        get('updated-bucket', 'red', denied, bucket),
        [
          'identity-deny-matching',
          'GetObject',
          seed('vault'),
          denied,
          {},
          {
            by: {
              caller: 'role/worker',
              session: {
                policy: policyOf(allow(), {
                  ...allow({ StringEquals: { 's3:BucketTag/Project': 'Blue' } }),
                  Effect: 'Deny',
                }),
              },
            },
          },
        ],
      ],
    },
    'policies do not see the tags of a bucket while ABAC is disabled': {
      fact: 'F387',
      state,
      calls: [
        get('disabled-resource-get', 'disabled', denied, resource),
        ['disabled-resource-list', 'ListObjectsV2', { Bucket: 'disabled' }, denied, {}, { by: resource }],
        get('disabled-bucket-get', 'disabled', denied, bucket),
        ['disabled-bucket-list', 'ListObjectsV2', { Bucket: 'disabled' }, denied, {}, { by: bucket }],
        get('disabled-resource-null-get', 'disabled', '200', resourceNull),
        ['disabled-resource-null-list', 'ListObjectsV2', { Bucket: 'disabled' }, '200', {}, { by: resourceNull }],
        get('disabled-bucket-null-get', 'disabled', '200', bucketNull),
        ['abac-Disabled', 'PutBucketAbac', { Bucket: 'vault', AbacStatus: { Status: 'Disabled' } }, '200'],
        get('disabled-again-resource', 'vault', denied, resource),
        get('disabled-again-bucket', 'vault', denied, bucket),
        get('disabled-again-null-bucket-null', 'vault', '200', bucketNull),
        get('disabled-again-null-resource-null', 'vault', '200', resourceNull),
        ['abac-Enabled', 'PutBucketAbac', { Bucket: 'vault', AbacStatus: { Status: 'Enabled' } }, '200'],
        get('reenabled-resource', 'vault', '200', resource),
        get('reenabled-bucket', 'vault', '200', bucket),
      ],
    },
    'a copy evaluates the tags of both buckets, and each call of an upload evaluates the current tags': {
      fact: 'F387',
      state,
      calls: [
        [
          'copy-both-match-resource',
          'CopyObject',
          { Bucket: 'other', Key: 'copy', CopySource: 'vault/seed' },
          '200',
          {},
          { by: resource },
        ],
        [
          'copy-destination-mismatch-resource',
          'CopyObject',
          { Bucket: 'red', Key: 'copy', CopySource: 'vault/seed' },
          denied,
          {},
          { by: resource },
        ],
        ...(['resource', 'bucket'] as const).map(
          (label): RecordedCall => [
            `copy-source-red-settled-${label}`,
            'CopyObject',
            { Bucket: 'other', Key: 'copy', CopySource: 'red/seed' },
            denied,
            {},
            { by: { resource, bucket }[label] },
          ],
        ),
        [
          'copy-destination-mismatch-bucket',
          'CopyObject',
          { Bucket: 'red', Key: 'copy', CopySource: 'vault/seed' },
          denied,
          {},
          { by: bucket },
        ],
        [
          'multipart-create',
          'CreateMultipartUpload',
          { Bucket: 'vault', Key: 'parts' },
          '200',
          { UploadId: '$(upload)' },
          { by: resource },
        ],
        [
          'multipart-part',
          'UploadPart',
          { Bucket: 'vault', Key: 'parts', UploadId: '$(upload)', PartNumber: 1, Body: 'part' },
          '200',
          { ETag: '$(etag)' },
          { by: resource },
        ],
        ['abac-Disabled', 'PutBucketAbac', { Bucket: 'vault', AbacStatus: { Status: 'Disabled' } }, '200'],
        ['multipart-complete-disabled', 'CompleteMultipartUpload', completion, denied, {}, { by: resource }],
        ['abac-Enabled', 'PutBucketAbac', { Bucket: 'vault', AbacStatus: { Status: 'Enabled' } }, '200'],
        ['multipart-complete-enabled', 'CompleteMultipartUpload', completion, '200', {}, { by: resource }],
      ],
    },
    'a bucket policy can deny single sessions by the tags of the bucket, and the bucket has no tags of an access point':
      {
        fact: 'F387',
        state,
        calls: [
          ['direct-mixed-key-policy', 'PutBucketPolicy', { Bucket: 'vault', Policy: directPolicy }, '204'],
          ...Object.entries(deniedSessions).flatMap(([name, [, answer]]) =>
            direct(name, { by: { caller: 'role/worker', session: { name } } }, answer),
          ),
          ...direct('resource-only', { by: 'role/stranger' }, '200'),
        ],
      },
    'the tags of a bucket decide what its policy allows another account and denies its own': {
      fact: 'F387',
      state: { ...state, accounts: { partner: { roles: { member: { policy: policyOf(allow()) } } } } },
      calls: [
        ['cross-account-no-resource-grant', 'GetObject', seed('vault'), denied, {}, member],
        ['cross-account-resource-grant', 'PutBucketPolicy', { Bucket: 'vault', Policy: toMember }, '204'],
        ['cross-account-grant-settled', 'GetObject', seed('vault'), '200', { Body: 'seed' }, member],
        ['abac-Disabled', 'PutBucketAbac', { Bucket: 'vault', AbacStatus: { Status: 'Disabled' } }, '200'],
        ['cross-account-disabled', 'GetObject', seed('vault'), denied, {}, member],
        ['abac-Enabled', 'PutBucketAbac', { Bucket: 'vault', AbacStatus: { Status: 'Enabled' } }, '200'],
        ['cross-account-reenabled', 'GetObject', seed('vault'), '200', {}, member],
        ['bucket-deny-resource-tag', 'PutBucketPolicy', { Bucket: 'vault', Policy: fromWorker }, '204'],
        ['bucket-resource-deny-settled-get_object', 'GetObject', seed('vault'), denied, {}, { by: 'role/worker' }],
        [
          'bucket-resource-deny-settled-list_objects_v2',
          'ListObjectsV2',
          { Bucket: 'vault' },
          denied,
          {},
          { by: 'role/worker' },
        ],
      ],
    },
    'a bucket policy may name tags of buckets and access points': {
      fact: 'F306',
      state,
      calls: [
        [
          'docs-list-object-arn',
          'PutBucketPolicy',
          { Bucket: 'vault', Policy: denial('s3:ListBucket', 'arn:aws:s3:::vault/*', 'aws:ResourceTag/Project') },
          '400 MalformedPolicy',
        ],
        ...['aws:ResourceTag/Project', 's3:BucketTag/Project', 's3:AccessPointTag/Project'].flatMap(
          (key): readonly RecordedCall[] => [
            [
              `policy-admission-${key}-s3:ListBucket`,
              'PutBucketPolicy',
              { Bucket: 'vault', Policy: denial('s3:ListBucket', 'arn:aws:s3:::vault', key) },
              '204',
            ],
            [
              `policy-admission-${key}-s3:GetObject`,
              'PutBucketPolicy',
              { Bucket: 'vault', Policy: denial('s3:GetObject', 'arn:aws:s3:::vault/*', key) },
              '204',
            ],
          ],
        ),
        ['resource-only-no-grant', 'GetObject', seed('vault'), denied, {}, { by: 'role/stranger' }],
        [
          'resource-allow-admission-aws:ResourceTag/Project',
          'PutBucketPolicy',
          {
            Bucket: 'vault',
            Policy: policyOf({
              Effect: 'Allow',
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::vault/*',
              Principal: { AWS: 'arn:aws:iam::$(account):role/stranger' },
              Condition: { StringEquals: { 'aws:ResourceTag/Project': 'Blue' } },
            }),
          },
          '204',
        ],
        ['resource-grant-current', 'GetObject', seed('vault'), '200', { Body: 'seed' }, { by: 'role/stranger' }],
      ],
    },
  },
};

const absent = { Bucket: 'absent', AbacStatus: { Status: 'Invalid' } };
const setTo = (status: string, Bucket = 'vault') => ({ Bucket, AbacStatus: { Status: status } });
const strange = { ExpectedBucketOwner: '111122223333' };
const status = (Status: string) => ({ AbacStatus: { Status } });
const raw = (label: string, body: string, answer: string): RecordedCall => [label, 'PUT /vault?abac', { body }, answer];

const enabled = '<AbacStatus xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></AbacStatus>';
const zeros = (bytes: number) => Buffer.alloc(bytes).toString('base64');

const digests: readonly (readonly [label: string, headers: object, answer: string, output?: object])[] = [
  ['md5-invalid', { 'Content-MD5': 'not-base64' }, '400 InvalidDigest', { 'Content-MD5': 'not-base64' }],
  [
    'md5-mismatch',
    { 'Content-MD5': zeros(16) },
    '400 BadDigest',
    { CalculatedDigest: '9/pe55D6TFqAYusKZe3Pdg==', ExpectedDigest: zeros(16) },
  ],
  ['algorithm-unknown', { 'x-amz-sdk-checksum-algorithm': 'BOGUS' }, '400 InvalidRequest'],
  ['sha256-missing', { 'x-amz-sdk-checksum-algorithm': 'SHA256' }, '400 InvalidRequest'],
  [
    'sha256-mismatch',
    { 'x-amz-sdk-checksum-algorithm': 'SHA256', 'x-amz-checksum-sha256': zeros(32) },
    '400 BadDigest',
  ],
  [
    'sha256-valid',
    {
      'x-amz-sdk-checksum-algorithm': 'SHA256',
      'x-amz-checksum-sha256': 'f67eg/9K14ehEyXDsSoMeEkvRYHBd6xl9Dm4z9xI7U0=',
    },
    '200',
  ],
];

export const abacControls: RecordedCases = {
  file: 'abac_controls_replay.json',
  recorded: 'September 2026',
  cases: {
    'with ABAC enabled, PutBucketTagging and DeleteBucketTagging are refused, and nothing else changes': {
      fact: 'F387',
      state: { buckets: { vault: { tags: { zeta: 'last' }, objects: { survivor: 'abac-survivor' } } } },
      calls: [
        ['abac-default', 'GetBucketAbac', { Bucket: 'vault' }, '200', status('Disabled')],
        ['set-Disabled-12', 'PutBucketAbac', setTo('Disabled'), '200'],
        ['set-Enabled-16', 'PutBucketAbac', setTo('Enabled'), '200'],
        ['set-Enabled-18', 'PutBucketAbac', setTo('Enabled'), '200'],
        ['get-Enabled-19', 'GetBucketAbac', { Bucket: 'vault' }, '200', status('Enabled')],
        ['legacy-read-enabled', 'GetBucketTagging', { Bucket: 'vault' }, '200', { TagSet: [{ Key: 'zeta' }] }],
        ['legacy-put-enabled', 'PutBucketTagging', { Bucket: 'vault', Tagging }, '400 BadRequest'],
        ['legacy-delete-enabled', 'DeleteBucketTagging', { Bucket: 'vault' }, '400 BadRequest'],
        ['after-rejected-legacy-put', 'GetBucketTagging', { Bucket: 'vault' }, '200', { TagSet: [{ Key: 'zeta' }] }],
        ['read-enabled', 'GetObject', { Bucket: 'vault', Key: 'survivor' }, '200', { Body: 'abac-survivor' }],
        ['disable-again', 'PutBucketAbac', setTo('Disabled'), '200'],
        ['legacy-put-disabled', 'PutBucketTagging', { Bucket: 'vault', Tagging }, '204'],
      ],
    },
    'the status of ABAC is Enabled or Disabled, and S3 checks the bucket and its owner first': {
      fact: 'F387',
      state: { buckets: { vault: {} } },
      calls: [
        ['status-unknown', 'PutBucketAbac', setTo('Invalid'), '400 MalformedXML'],
        ['status-lowercase', 'PutBucketAbac', setTo('enabled'), '400 MalformedXML'],
        ['status-empty', 'PutBucketAbac', setTo(''), '400 MalformedXML'],
        ['status-missing', 'PutBucketAbac', { Bucket: 'vault', AbacStatus: {} }, '400 MalformedXML'],
        ['status-preserved-missing', 'GetBucketAbac', { Bucket: 'vault' }, '200', status('Disabled')],
        ['get-owner-other', 'GetBucketAbac', { Bucket: 'vault', ...strange }, denied],
        ['put-owner-other', 'PutBucketAbac', { ...setTo('Invalid'), ...strange }, denied],
        [
          'get-owner-invalid',
          'GetBucketAbac',
          { Bucket: 'vault', ExpectedBucketOwner: 'invalid' },
          '400 InvalidBucketOwnerAWSAccountID',
        ],
        [
          'put-owner-invalid',
          'PutBucketAbac',
          { ...setTo('Invalid'), ExpectedBucketOwner: 'invalid' },
          '400 InvalidBucketOwnerAWSAccountID',
        ],
        [
          'put-owner-correct',
          'PutBucketAbac',
          { ...setTo('Invalid'), ExpectedBucketOwner: '$(account)' },
          '400 MalformedXML',
        ],
        ['absent-get-None', 'GetBucketAbac', { Bucket: 'absent' }, '404 NoSuchBucket', { BucketName: 'absent' }],
        ['absent-put-None', 'PutBucketAbac', absent, '404 NoSuchBucket', { BucketName: 'absent' }],
        ['absent-put-other', 'PutBucketAbac', { ...absent, ...strange }, '404 NoSuchBucket', { BucketName: 'absent' }],
        raw('signed-raw-no-checksum', '<AbacStatus><Status>Enabled</Status></AbacStatus>', '200'),
        raw('signed-raw-malformed', '<AbacStatus><Status>Enabled', '400 MalformedXML'),
        raw('signed-raw-wrong-root', '<Wrong><Status>Enabled</Status></Wrong>', '200'),
        raw(
          'signed-raw-unknown-child',
          '<AbacStatus><Status>Disabled</Status><Extra>x</Extra></AbacStatus>',
          '400 MalformedXML',
        ),
        raw(
          'signed-raw-duplicate-status',
          '<AbacStatus><Status>Disabled</Status><Status>Enabled</Status></AbacStatus>',
          '400 MalformedXML',
        ),
        raw('signed-raw-empty-body', '', '400 MissingRequestBodyError'),
        ...digests.map(
          ([label, headers, answer, output = {}]): RecordedCall => [
            `signed-raw-${label}`,
            'PUT /vault?abac',
            { body: enabled, headers },
            answer,
            output,
          ],
        ),
        [
          'signed-raw-owner-precedes-xml',
          'PUT /vault?abac',
          { body: '<bad', headers: { 'x-amz-expected-bucket-owner': '111122223333' } },
          denied,
        ],
        [
          'signed-raw-absent-precedes-xml',
          'PUT /absent?abac',
          { body: '<bad' },
          '404 NoSuchBucket',
          { BucketName: 'absent' },
        ],
        ['signed-raw-unknown-child-state', 'GetBucketAbac', { Bucket: 'vault' }, '200', status('Enabled')],
      ],
    },
  },
};

const create = (label: string, by: object, answer: string, tags?: Readonly<Record<string, string>>): RecordedCall => [
  label,
  'CreateBucket',
  {
    Bucket: label,
    ...(tags && {
      CreateBucketConfiguration: { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
    }),
  },
  answer,
  {},
  { by: { caller: 'role/worker', session: by } },
];
const requestTags = {
  policy: policyOf({
    ...allow({
      StringEquals: { 'aws:RequestTag/Project': 'Blue' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['Project', 'Environment'] },
    }),
    Action: ['s3:TagResource', 's3:CreateBucket'],
  }),
};
const createOnly = { policy: policyOf({ ...allow(), Action: 's3:CreateBucket' }) };
const putTags = (label: string, answer: string, Condition?: object): RecordedCall => [
  label,
  'PutBucketTagging',
  { Bucket: 'disabled', Tagging: { TagSet: [{ Key: 'Project', Value: 'Blue' }] } },
  answer,
  {},
  {
    by: {
      caller: 'role/worker',
      session: { policy: policyOf({ ...allow(Condition), Action: 's3:PutBucketTagging' }) },
    },
  },
];

const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`t${String(at).padStart(2, '0')}`, 'v']));
const fiftyAnswered = [
  '10 12 11 14 13 16 15 18 17 19 21 20 23 22 25 24 27 26 29 28 30 32 31 34 33',
  '36 35 38 37 39 41 40 43 42 01 45 00 44 03 47 02 46 05 49 04 48 07 06 09 08',
].flatMap((part) => part.split(' '));
const tagsOf = (tags: Readonly<Record<string, string>>) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

function tagged(
  label: string,
  tags: Readonly<Record<string, string>>,
  refused?: string,
  members: object = {},
): readonly RecordedCall[] {
  const Bucket = label;
  const made: RecordedCall = [
    label,
    'CreateBucket',
    { Bucket, CreateBucketConfiguration: { Tags: tagsOf(tags) } },
    refused ?? '200',
    members,
    { absent: ['TagKey', 'TagValue'].filter((name) => !(name in members)) },
  ];
  if (refused !== undefined) return [made, [`${label}-exists`, 'HeadBucket', { Bucket }, '404 NotFound']];
  return [
    made,
    [`${label}-exists`, 'HeadBucket', { Bucket }, '200', { AccessPointAlias: false, BucketRegion: 'us-east-1' }],
    [`${label}-abac`, 'GetBucketAbac', { Bucket }, '200', { AbacStatus: { Status: 'Disabled' } }],
    Object.keys(tags).length === 0
      ? [`${label}-legacy-tags`, 'GetBucketTagging', { Bucket }, '404 NoSuchTagSet']
      : [`${label}-legacy-tags`, 'GetBucketTagging', { Bucket }, '200', { TagSet: tagsOf(tags) }],
  ];
}

export const taggedBuckets: RecordedCases = {
  file: 'abac_controls_replay.json',
  recorded: 'September 2026',
  cases: {
    'a new bucket has the tags of its CreateBucket, and ABAC is disabled': {
      fact: 'F34',
      calls: [
        ...tagged('create-tagged-east', { project: 'native-create', empty: '' }),
        ...tagged('create-empty-tags', {}),
        ...tagged('create-invalid-tag', { 'bad!': 'invalid' }, '400 InvalidTag', { TagKey: 'bad!' }),
        ...tagged('create-reserved-tag', { 'aws:reserved': 'invalid' }, '400 InvalidTag'),
        ...tagged('create-fifty-tags', fifty).slice(0, 3),
        [
          'create-fifty-tags-legacy-tags',
          'GetBucketTagging',
          { Bucket: 'create-fifty-tags' },
          '200',
          { TagSet: fiftyAnswered.map((at) => ({ Key: `t${at}`, Value: 'v' })) },
        ],
        ...tagged('create-fifty-one-tags', { ...fifty, t50: 'v' }, '400 BadRequest'),
      ],
    },
  },
};

const sessionPolicy = (role: string) =>
  policyOf({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:sts::$(account):assumed-role/${role}/future-session` },
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::vault/*',
  });

export const requestTagging: RecordedCases = {
  file: 'abac_authorization_replay.json',
  recorded: 'September 2026',
  cases: {
    'the tags of CreateBucket are request tags for both of its actions': {
      fact: 'F492',
      state: { roles: { worker: { policy: policyOf(allow()) } } },
      calls: [
        create('create-request-valid', requestTags, '200', { Project: 'Blue', Environment: 'Test' }),
        create('create-request-wrong-value', requestTags, denied, { Project: 'blue' }),
        create('create-request-wrong-key', requestTags, denied, { Project: 'Blue', Other: 'Test' }),
        create('create-request-none', requestTags, denied),
        create('create-tags-missing-tagresource', createOnly, denied, { Project: 'Blue' }),
        create('create-untagged-createonly', createOnly, '200'),
      ],
    },
    'if the names of tags differ only by case, the last tag counts': {
      fact: 'F487',
      state: {
        ...state,
        buckets: {
          vault: {
            tags: { Project: 'Blue', Environment: 'Test', project: 'Lower' },
            abac: 'Enabled',
            objects: { seed: 'seed' },
          },
        },
      },
      calls: [
        get('case-collision-confirmation-resource', 'vault', denied, resource),
        get('case-collision-confirmation-bucket', 'vault', denied, bucket),
        get('distinct-case-values-resource-key-case', 'vault', denied, byTag('aws:ResourceTag/project', 'Blue')),
        get('distinct-case-values-bucket-key-case', 'vault', denied, byTag('s3:BucketTag/project', 'Blue')),
        get(
          'case-collision-confirmation-resource-lower-value',
          'vault',
          '200',
          byTag('aws:ResourceTag/Project', 'Lower'),
        ),
        get('case-collision-confirmation-bucket-lower-value', 'vault', '200', byTag('s3:BucketTag/Project', 'Lower')),
      ],
    },
    'a bucket policy can name a session of a role before the session begins': {
      fact: 'F307',
      state,
      calls: [
        ['future-session-policy-0', 'PutBucketPolicy', { Bucket: 'vault', Policy: sessionPolicy('stranger') }, '204'],
        [
          'nonexistent-role-session',
          'PutBucketPolicy',
          { Bucket: 'vault', Policy: sessionPolicy('nobody') },
          '400 MalformedPolicy',
        ],
        ['before-assumption', 'GetBucketPolicy', { Bucket: 'vault' }, '200', { Policy: sessionPolicy('stranger') }],
        [
          'original-session-read',
          'GetObject',
          seed('vault'),
          '200',
          { Body: 'seed' },
          { by: { caller: 'role/stranger', session: { name: 'future-session' } } },
        ],
      ],
    },
    'the tags of PutBucketTagging are not request tags': {
      fact: 'F492',
      state,
      calls: [
        putTags('legacy-requesttag', denied, { StringEquals: { 'aws:RequestTag/Project': 'Blue' } }),
        putTags('legacy-null', '204', { Null: { 'aws:RequestTag/Project': 'true', 'aws:TagKeys': 'true' } }),
        putTags('legacy-tagkeys', denied, {
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['Project'] },
          Null: { 'aws:TagKeys': 'false' },
        }),
        putTags('legacy-baseline', '204'),
      ],
    },
  },
};
