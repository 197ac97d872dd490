import type { RecordedCall, RecordedCases, RecordedDetails } from '../../../src/facts/case';

const Bucket = 'vault';
const named = { Bucket, Id: 'base' };
const state = { buckets: { vault: {}, reports: {} } };
const [put, get, remove, list] = [
  'PutBucketInventoryConfiguration',
  'GetBucketInventoryConfiguration',
  'DeleteBucketInventoryConfiguration',
  'ListBucketInventoryConfigurations',
];
const missing = '404 NoSuchConfiguration';
const malformed = '400 MalformedXML';
const denied = '403 AccessDenied';

const to = (destination: object) => ({
  Destination: { S3BucketDestination: { Bucket: 'arn:aws:s3:::reports', Format: 'CSV', ...destination } },
});
const plain = (Id: string, more: object = {}) => ({
  Id,
  IsEnabled: false,
  IncludedObjectVersions: 'Current',
  Schedule: { Frequency: 'Daily' },
  ...to({}),
  ...more,
});
const under = (Id: string, more: object = {}) => ({ Bucket, Id, InventoryConfiguration: plain(Id, more) });
const putBase = (label: string, more: object, answer = '204', details: RecordedDetails = {}): RecordedCall => [
  label,
  put,
  under('base', more),
  answer,
  {},
  details,
];
const read = (label: string, more: object): RecordedCall => [
  label,
  get,
  named,
  '200',
  { InventoryConfiguration: plain('base', more) },
];
const kept = (label: string, more: object): readonly RecordedCall[] => [
  putBase(label, more),
  read(`${label}-read`, more),
];

function document(parts: Readonly<Record<string, string>> = {}): string {
  const { root, id, enabled, versions, schedule, destination, more } = {
    root: 'InventoryConfiguration',
    id: '<Id>base</Id>',
    enabled: '<IsEnabled>false</IsEnabled>',
    versions: '<IncludedObjectVersions>Current</IncludedObjectVersions>',
    schedule: '<Schedule><Frequency>Daily</Frequency></Schedule>',
    destination:
      '<Destination><S3BucketDestination><Bucket>arn:aws:s3:::reports</Bucket><Format>CSV</Format></S3BucketDestination></Destination>',
    more: '',
    ...parts,
  };
  return `<${root}>${id}${enabled}${versions}${schedule}${destination}${more}</${root}>`;
}
const raw = (label: string, parts: Readonly<Record<string, string>>, answer = malformed): RecordedCall => [
  label,
  'PUT /vault?inventory=&id=base',
  { body: document(parts) },
  answer,
];
const inDestination = (more: string) =>
  `<Destination><S3BucketDestination><Bucket>arn:aws:s3:::reports</Bucket><Format>CSV</Format>${more}</S3BucketDestination></Destination>`;
const fields = [
  'Size',
  'LastModifiedDate',
  'StorageClass',
  'ETag',
  'IsMultipartUploaded',
  'ReplicationStatus',
  'EncryptionStatus',
  'ObjectLockRetainUntilDate',
  'ObjectLockMode',
  'ObjectLockLegalHoldStatus',
  'IntelligentTieringAccessTier',
  'BucketKeyStatus',
  'ChecksumAlgorithm',
  'ObjectAccessControlList',
  'ObjectOwner',
  'ObjectLockEventHoldStatus',
  'ObjectLockEventHoldDuration',
  'LifecycleExpirationDate',
];
const withKey = (KeyId: string) => to({ Encryption: { SSEKMS: { KeyId } } });
const [partner, key] = ['222222222222', 'key/00000000-0000-4000-8000-000000000001'];
const deny = (Action: string, Condition?: object) => ({
  Bucket,
  Policy: JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Deny', Principal: '*', Action, Resource: 'arn:aws:s3:::vault', ...(Condition && { Condition }) },
    ],
  }),
});
const keyOfFields = 's3:InventoryAccessibleOptionalFields';
const page = (of: string, from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `${of}-${String(from + at).padStart(4, '0')}`);
const listed = (ids: readonly string[]) => ids.map((Id) => ({ Id }));

function underCondition(name: string, condition: object, answers: readonly string[]): readonly RecordedCall[] {
  const [omitted = '', empty = '', size = '', etag = '', mixed = '', duplicate = '', removed = ''] = answers;
  const label = (what: string) => `condition-${name}-${what}`;
  return [
    putBase(`baseline-${name}`, {}),
    [`condition-${name}`, 'PutBucketPolicy', deny('s3:PutInventoryConfiguration', condition), '204'],
    putBase(label('omitted'), {}, omitted),
    putBase(label('empty'), { OptionalFields: [] }, empty),
    putBase(label('size'), { OptionalFields: ['Size'] }, size),
    putBase(label('etag'), { OptionalFields: ['ETag'] }, etag),
    putBase(label('mixed'), { OptionalFields: ['ETag', 'Size'] }, mixed),
    putBase(label('duplicate'), { OptionalFields: ['Size', 'Size'] }, duplicate),
    [label('get'), get, named, '200'],
    [label('delete'), remove, named, removed],
  ];
}

export const inventory: RecordedCases = {
  file: 'inventory_control_replay.json',
  recorded: 'September 2026',
  cases: {
    'an inventory is put with all members, and replaced without them': {
      fact: 'F380',
      state,
      calls: [
        [
          'empty-list',
          list,
          { Bucket },
          '200',
          { IsTruncated: false },
          { absent: ['ContinuationToken', 'NextContinuationToken', 'InventoryConfigurationList'] },
        ],
        ['missing-get', get, named, missing],
        ['missing-delete', remove, named, missing],
        ...kept('complete-CSV', {
          IsEnabled: true,
          IncludedObjectVersions: 'All',
          ...to({ AccountId: '$(account)', Prefix: 'owned/reports/', Encryption: { SSES3: {} } }),
          Filter: { Prefix: 'never/' },
          OptionalFields: fields,
        }),
        putBase('disable-CSV', {}),
        ['cleared-CSV', get, named, '200', { InventoryConfiguration: plain('base') }],
      ],
    },
    'optional fields of an inventory keep their order, and may be repeated or empty': {
      fact: 'F1021',
      state,
      calls: [
        ...kept('reverse-fields', { OptionalFields: fields.toReversed() }),
        ...kept('duplicate-fields', { OptionalFields: ['Size', 'ETag', 'Size', 'ETag'] }),
        raw('empty-fields', { more: '<OptionalFields/>' }, '204'),
        ['empty-fields-read', 'GET /vault?inventory&id=base', {}, '200', { OptionalFields: '' }],
      ],
    },
    'an inventory document has to fit the schema': {
      fact: 'F1021',
      state,
      calls: [
        putBase('set-up', {}),
        raw('unknown-field', { more: '<OptionalFields><Field>MadeUp</Field></OptionalFields>' }),
        raw('empty-field', { more: '<OptionalFields><Field/></OptionalFields>' }),
        raw('bad-format', { destination: inDestination('').replace('CSV', 'csv') }),
        raw('bad-frequency', { schedule: '<Schedule><Frequency>Hourly</Frequency></Schedule>' }),
        raw('bad-versions', { versions: '<IncludedObjectVersions>all</IncludedObjectVersions>' }),
        raw('empty-filter', { more: '<Filter/>' }),
        raw('empty-prefix', { more: '<Filter><Prefix/></Filter>' }),
        raw('missing-Destination', { destination: '' }),
        raw('missing-Id', { id: '' }),
        raw('missing-IsEnabled', { enabled: '' }),
        raw('missing-IncludedObjectVersions', { versions: '' }),
        raw('missing-Schedule', { schedule: '' }),
        raw('missing-S3BucketDestination', { destination: '<Destination/>' }),
        raw('missing-Frequency', { schedule: '<Schedule/>' }),
        raw('missing-dest-Bucket', { destination: inDestination('').replace(/<Bucket>.*<.Bucket>/, '') }),
        raw('missing-dest-Format', { destination: inDestination('').replace('<Format>CSV</Format>', '') }),
        raw('wrong-root', { root: 'Wrong' }),
        raw('unknown-element', { more: '<Unknown>value</Unknown>' }),
        ['malformed-xml', 'PUT /vault?inventory=&id=base', { body: '<InventoryConfiguration>' }, malformed],
        read('empty-prefix-read', {}),
      ],
    },
    'IsEnabled of an inventory is true, false, 1 or 0, with blanks allowed around it': {
      fact: 'F1021',
      state,
      calls: [
        ...(
          [
            ['true', true],
            ['1', true],
            [' true ', true],
            ['false', false],
            ['0', false],
          ] as const
        ).flatMap(([text, IsEnabled]): readonly RecordedCall[] => [
          raw(`boolean-'${text}'`, { enabled: `<IsEnabled>${text}</IsEnabled>` }, '204'),
          read(`boolean-'${text}'-read`, { IsEnabled }),
        ]),
        ...['TRUE', 'False', 'yes', ''].map((text) =>
          raw(`boolean-'${text}'`, { enabled: `<IsEnabled>${text}</IsEnabled>` }),
        ),
      ],
    },
    'the id of an inventory has to fit the schema and match the query, and is checked after the document was read': {
      fact: 'F1020',
      state,
      calls: [
        ['id-mismatch', put, { ...under('body'), Id: 'query' }, '400 IdMismatch'],
        ['query-id-read', get, { Bucket, Id: 'query' }, missing],
        ['body-id-read', get, { Bucket, Id: 'body' }, missing],
        ["id-syntax-'a.b_C-9'", put, under('a.b_C-9'), '204'],
        ['id-syntax-64', put, under('a'.repeat(64)), '204'],
        ...['a'.repeat(65), 'with space', 'a/b', 'é'].map(
          (id) => [`id-syntax-'${id}'`, put, under(id), malformed] as const,
        ),
        ["id-syntax-''", 'PUT /vault?inventory=&id=', { body: document({ id: '<Id/>' }) }, malformed],
        ['missing-query-id', 'PUT /vault?inventory=', { body: document() }, '500 InternalError'],
        [
          'get-empty-id',
          'GET /vault?inventory=&id=',
          {},
          '200',
          { InventoryConfiguration: listed(['a.b_C-9', 'a'.repeat(64)]), IsTruncated: 'false' },
        ],
        ['delete-empty-id', 'DELETE /vault?inventory=&id=', {}, '400 InvalidConfigurationId'],
      ],
    },
    'the destination of an inventory is the ARN of a bucket, which need not exist, and any account': {
      fact: 'F385',
      state,
      calls: [
        ...[
          'reports',
          'arn:aws:s3:::reports/path',
          'arn:aws:s3:us-east-1:$(account):reports',
          'arn:aws:sqs:::reports',
        ].map((arn) => putBase(`destination-${arn}`, to({ Bucket: arn }), '400 InvalidS3DestinationBucket')),
        ...['arn:aws:s3:::nowhere', 'arn:aws:s3:::BAD_BUCKET'].flatMap((arn) =>
          kept(`destination-${arn}`, to({ Bucket: arn })),
        ),
        putBase('destination-empty', to({ Bucket: '' }), malformed),
        ...[partner, '123', 'abcdefghijkl', '000000000000'].flatMap((AccountId) =>
          kept(`account-${AccountId}`, to({ AccountId })),
        ),
        putBase("account-''", to({ AccountId: '' }), malformed),
      ],
    },
    'an inventory report has one encryption, and its key is named by an ARN of KMS': {
      fact: 'F1022',
      state,
      calls: [
        raw('encryption-empty', { destination: inDestination('<Encryption/>') }),
        raw('encryption-both', {
          destination: inDestination(
            `<Encryption><SSE-S3/><SSE-KMS><KeyId>arn:aws:kms:us-east-1:222222222222:${key}</KeyId></SSE-KMS></Encryption>`,
          ),
        }),
        raw('encryption-kms-empty', { destination: inDestination('<Encryption><SSE-KMS/></Encryption>') }),
        raw('encryption-kms-empty-id', {
          destination: inDestination('<Encryption><SSE-KMS><KeyId/></SSE-KMS></Encryption>'),
        }),
        // Names that S3 does not have.
        raw('encryption-kms-west', {
          destination: inDestination(
            `<Encryption><SSEKMS><KeyId>arn:aws:kms:us-west-2:222222222222:${key}</KeyId></SSEKMS></Encryption>`,
          ),
        }),
        ...['bad', 'alias/aws/s3', key.replace('key/', ''), `arn:aws:sqs:us-east-1:$(account):${key}`].map((id) =>
          putBase(`encryption-kms-${id}`, withKey(id), '400 InvalidKmskeyId'),
        ),
        ...[
          `arn:aws:kms:us-west-2:$(account):${key}`,
          `arn:aws:kms:us-east-1:${partner}:${key}`,
          'arn:aws:kms:us-east-1:$(account):alias/nonexistent',
          'arn:aws:kms:us-east-1:$(account):key/bad',
        ].flatMap((arn) => kept(`encryption-kms-${arn}`, withKey(arn))),
      ],
    },
    'inventories check the bucket and its owner before the document, and the document before the right': {
      fact: 'F1020',
      state,
      calls: [
        putBase('baseline', {}),
        ...([get, list, put, remove] as const).flatMap((operation): readonly RecordedCall[] => {
          const ofOne = operation === put ? under('base', { IncludedObjectVersions: 'Invalid' }) : named;
          const input = operation === list ? { Bucket } : ofOne;
          const ExpectedBucketOwner = partner;
          return [
            [`wrong-owner-${operation}`, operation, { ...input, ExpectedBucketOwner }, denied],
            [
              `missing-wrong-owner-${operation}`,
              operation,
              { ...input, Bucket: 'absent', ExpectedBucketOwner },
              '404 NoSuchBucket',
            ],
            [`missing-bucket-${operation}`, operation, { ...input, Bucket: 'absent' }, '404 NoSuchBucket'],
          ];
        }),
        [
          'missing-bucket-malformed',
          'PUT /absent?inventory=&id=base',
          { body: '<InventoryConfiguration>' },
          '404 NoSuchBucket',
        ],
        ['deny-write', 'PutBucketPolicy', deny('s3:PutInventoryConfiguration'), '204'],
        ['settled-write-deny-GetBucketInventoryConfiguration', get, named, '200'],
        ['settled-write-deny-ListBucketInventoryConfigurations', list, { Bucket }, '200'],
        putBase('settled-write-deny-PutBucketInventoryConfiguration', {}, denied),
        ['settled-write-deny-DeleteBucketInventoryConfiguration', remove, named, denied],
        ['settled-deny-malformed', 'PUT /vault?inventory=&id=base', { body: '<InventoryConfiguration>' }, malformed],
        putBase('settled-deny-invalid', { IncludedObjectVersions: 'Invalid' }, malformed),
        ['settled-deny-id-mismatch', put, { ...under('body'), Id: 'query' }, '400 IdMismatch'],
        [
          'settled-deny-wrong-owner-malformed',
          'PUT /vault?inventory=&id=base',
          { body: '<InventoryConfiguration>', headers: { 'x-amz-expected-bucket-owner': partner } },
          denied,
        ],
        read('settled-deny-retained-read', {}),
      ],
    },
    'reading and listing inventories need one right, writing and deleting another, also for another account': {
      fact: 'F380',
      state: { ...state, accounts: { partner: {} } },
      calls: [
        putBase('set-up', {}),
        ['deny-s3:GetInventoryConfiguration', 'PutBucketPolicy', deny('s3:GetInventoryConfiguration'), '204'],
        ['denied-s3:GetInventoryConfiguration-GetBucketInventoryConfiguration', get, named, denied],
        ['denied-s3:GetInventoryConfiguration-ListBucketInventoryConfigurations', list, { Bucket }, denied],
        putBase('denied-s3:GetInventoryConfiguration-PutBucketInventoryConfiguration', {}),
        ['denied-s3:GetInventoryConfiguration-DeleteBucketInventoryConfiguration', remove, named, '204'],
        ['remove-deny-s3:GetInventoryConfiguration', 'DeleteBucketPolicy', { Bucket }, '204'],
        putBase('restore-after-deny', {}),
        ['cross-before-GetBucketInventoryConfiguration', get, named, denied, {}, { by: 'partner' }],
        putBase('cross-before-PutBucketInventoryConfiguration', {}, denied, { by: 'partner' }),
        [
          'cross-grant',
          'PutBucketPolicy',
          {
            Bucket,
            Policy: JSON.stringify({
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Principal: { AWS: 'arn:aws:iam::$(account:partner):root' },
                  Action: ['s3:GetInventoryConfiguration', 's3:PutInventoryConfiguration'],
                  Resource: 'arn:aws:s3:::vault',
                },
              ],
            }),
          },
          '204',
        ],
        ['cross-settled-GetBucketInventoryConfiguration', get, named, '200', {}, { by: 'partner' }],
        ['cross-settled-ListBucketInventoryConfigurations', list, { Bucket }, '200', {}, { by: 'partner' }],
        putBase('cross-settled-PutBucketInventoryConfiguration', {}, '204', { by: 'partner' }),
        ['cross-settled-DeleteBucketInventoryConfiguration', remove, named, '204', {}, { by: 'partner' }],
      ],
    },
    'the condition key of inventory fields is absent for an inventory without fields and for a deletion': {
      fact: 'F486',
      state,
      calls: [
        ...underCondition('any-size', { 'ForAnyValue:StringEquals': { [keyOfFields]: 'Size' } }, [
          '204',
          '204',
          denied,
          '204',
          denied,
          denied,
          '204',
        ]),
        ['set-up', 'DeleteBucketPolicy', { Bucket }, '204'],
        ...underCondition('all-size', { 'ForAllValues:StringEquals': { [keyOfFields]: 'Size' } }, [
          denied,
          denied,
          denied,
          '204',
          '204',
          denied,
          denied,
        ]),
        ['set-up', 'DeleteBucketPolicy', { Bucket }, '204'],
        ...underCondition('null-true', { Null: { [keyOfFields]: 'true' } }, [
          denied,
          denied,
          '204',
          '204',
          '204',
          '204',
          denied,
        ]),
        ['set-up', 'DeleteBucketPolicy', { Bucket }, '204'],
        ...underCondition('null-false', { Null: { [keyOfFields]: 'false' } }, [
          '204',
          '204',
          denied,
          denied,
          denied,
          denied,
          '204',
        ]),
      ],
    },
    'a bucket policy may use a condition key with a pattern of actions if one of them has the key': {
      fact: 'F306',
      state,
      calls: (
        [
          [['s3:PutInventoryConfiguration'], keyOfFields, '204'],
          [['s3:GetInventoryConfiguration'], keyOfFields, '400 MalformedPolicy'],
          [['s3:PutInventoryConfiguration', 's3:GetInventoryConfiguration'], keyOfFields, '400 MalformedPolicy'],
          [['s3:*'], keyOfFields, '204'],
          [['s3:Get*'], keyOfFields, '400 MalformedPolicy'],
          [['s3:Put*'], keyOfFields, '204'],
          [['s3:*'], 's3:prefix', '204'],
          [['s3:GetObject', 's3:ListBucket'], 's3:prefix', '400 MalformedPolicy'],
        ] as const
      ).map(([Action, conditionKey, answer], at) => [
        `condition-action-${at + 1}`,
        'PutBucketPolicy',
        {
          Bucket,
          Policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: 'arn:aws:iam::$(account):root' },
                Action,
                Resource: ['arn:aws:s3:::vault', 'arn:aws:s3:::vault/*'],
                Condition: { 'ForAnyValue:StringEquals': { [conditionKey]: 'Size' } },
              },
            ],
          }),
        },
        answer,
      ]),
    },
    'a bucket has at most 1,000 inventories, which are listed in pages of 100': {
      fact: 'F386',
      state: {
        buckets: { vault: { inventory: page('page', 0, 1000).map((id) => plain(id)) as never }, reports: {} },
      },
      calls: [
        [
          'page-first',
          list,
          { Bucket },
          '200',
          {
            IsTruncated: true,
            NextContinuationToken: '$(token)',
            InventoryConfigurationList: listed(page('page', 0, 100)),
          },
          { absent: ['ContinuationToken'] },
        ],
        ['quota-overflow', put, under('overflow'), '400 TooManyConfigurations'],
        ['quota-replace', put, under('page-0999', { Schedule: { Frequency: 'Weekly' } }), '204'],
        [
          'quota-replaced-read',
          get,
          { Bucket, Id: 'page-0999' },
          '200',
          { InventoryConfiguration: plain('page-0999', { Schedule: { Frequency: 'Weekly' } }) },
        ],
        ['delete-marker', remove, { Bucket, Id: 'page-0099' }, '204'],
        ['delete-earlier', remove, { Bucket, Id: 'page-0000' }, '204'],
        ['insert-before', put, under('page-0000a'), '204'],
        ['insert-after', put, under('page-0998a'), '204'],
        [
          'page-after-mutations',
          list,
          { Bucket, ContinuationToken: '$(token)' },
          '200',
          {
            IsTruncated: true,
            ContinuationToken: '$(token)',
            InventoryConfigurationList: listed(page('page', 100, 200)),
          },
        ],
        ['invalid-token', list, { Bucket, ContinuationToken: 'not-a-token' }, '400 MalformedContinuationToken'],
      ],
    },
  },
};
