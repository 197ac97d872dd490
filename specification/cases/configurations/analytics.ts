import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const named = { Bucket: 'vault', Id: 'state' };
const state = { buckets: { vault: {} } };
const analysis = { StorageClassAnalysis: {} };
const filtered = (Filter: object) => ({ ...analysis, Filter });
const put = (label: string, more: object, answer = '204'): RecordedCall => [
  label,
  'PutBucketAnalyticsConfiguration',
  { ...named, AnalyticsConfiguration: { Id: 'state', ...more } },
  answer,
];
const read = (label: string, more: object): RecordedCall => [
  label,
  'GetBucketAnalyticsConfiguration',
  named,
  '200',
  { AnalyticsConfiguration: { Id: 'state', ...more } },
];
const kept = (label: string, more: object): readonly RecordedCall[] => [put(label, more), read(`${label}-get`, more)];
const raw = (label: string, body: string, answer: string): RecordedCall => [
  label,
  'PUT /vault?analytics&id=state',
  { body },
  answer,
];
const document = (content: string) => `<AnalyticsConfiguration><Id>state</Id>${content}</AnalyticsConfiguration>`;
const [blue, red, prod] = [
  { Key: 'team', Value: 'blue' },
  { Key: 'team', Value: 'red' },
  { Key: 'env', Value: 'prod' },
];
const exported = (destination: object, OutputSchemaVersion = 'V_1') => ({
  StorageClassAnalysis: {
    DataExport: {
      OutputSchemaVersion,
      Destination: { S3BucketDestination: { Format: 'CSV', Bucket: 'arn:aws:s3:::vault', ...destination } },
    },
  },
});
const missing = '404 NoSuchConfiguration';
const malformed = '400 MalformedXML';
const denied = '403 AccessDenied';
const [putOne, getOne, removeOne, listAll] = [
  'PutBucketAnalyticsConfiguration',
  'GetBucketAnalyticsConfiguration',
  'DeleteBucketAnalyticsConfiguration',
  'ListBucketAnalyticsConfigurations',
];
const under = (Id: string) => ({ Bucket: 'vault', Id, AnalyticsConfiguration: { Id, ...analysis } });
const exportOf = (destination: string) =>
  `<StorageClassAnalysis><DataExport>${destination}</DataExport></StorageClassAnalysis>`;
const s3Export = (destination: string) =>
  exportOf(
    `<OutputSchemaVersion>V_1</OutputSchemaVersion><Destination><S3BucketDestination>${destination}</S3BucketDestination></Destination>`,
  );
const [format, bucketArn] = ['<Format>CSV</Format>', '<Bucket>arn:aws:s3:::vault</Bucket>'];
const policyOf = (Action: string, Resource: string) => ({
  policy: { Version: '2012-10-17' as const, Statement: [{ Effect: 'Allow' as const, Action, Resource }] },
});
const roles = { analyst: policyOf('s3:*', '*') };
const allowed = (action: string) => ({ caller: 'role/analyst', session: policyOf(action, 'arn:aws:s3:::vault') });
const ids = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `page-${String(from + at).padStart(3, '0')}`);
const listed = (of: readonly string[]) => of.map((Id) => ({ Id, ...analysis }));
const manyTags = (number: number) => Array.from({ length: number }, (_, at) => ({ Key: `k${at}`, Value: 'v' }));

export const analytics: RecordedCases = {
  file: 'analytics_controls_replay.json',
  recorded: 'September 2026',
  cases: {
    'an analytics configuration is put, read and listed, and a missing one is not found': {
      fact: 'F380',
      state,
      calls: [
        [
          'fresh-list',
          'ListBucketAnalyticsConfigurations',
          { Bucket: 'vault' },
          '200',
          { IsTruncated: false },
          { absent: ['ContinuationToken', 'NextContinuationToken', 'AnalyticsConfigurationList'] },
        ],
        ['fresh-get', 'GetBucketAnalyticsConfiguration', named, missing],
        ['fresh-delete', 'DeleteBucketAnalyticsConfiguration', named, missing],
        ...kept('minimal', analysis),
        [
          'minimal-list',
          'ListBucketAnalyticsConfigurations',
          { Bucket: 'vault' },
          '200',
          { IsTruncated: false, AnalyticsConfigurationList: [{ Id: 'state', ...analysis }] },
        ],
      ],
    },
    'the filter of an analytics configuration has one member, and each error has its own refusal': {
      fact: 'F382',
      state,
      calls: [
        ...kept('filter-prefix', filtered({ Prefix: 'logs/' })),
        put('filter-empty-prefix', filtered({ Prefix: '' }), '400 InvalidPrefix'),
        ...kept('filter-tag', filtered({ Tag: blue })),
        put('filter-tag-empty-value', filtered({ Tag: { Key: 'team', Value: '' } }), '400 InvalidTag'),
        read('filter-state-tag-empty-value', filtered({ Tag: blue })),
        ...kept('filter-and', filtered({ And: { Prefix: 'logs/', Tags: [blue, prod] } })),
        ...kept('filter-and-two-tags', filtered({ And: { Tags: [blue, prod] } })),
        ...kept('filter-and-repeat-same', filtered({ And: { Tags: [blue, blue] } })),
        ...kept('filter-and-repeat-conflict', filtered({ And: { Tags: [blue, red] } })),
        put('filter-and-one-tag', filtered({ And: { Tags: [blue] } }), '400 InvalidAnd'),
        put('filter-and-prefix-only', filtered({ And: { Prefix: 'logs/' } }), '400 InvalidAnd'),
        put('filter-and-empty', filtered({ And: {} }), '400 InvalidAnd'),
        raw('filter-empty', document('<StorageClassAnalysis/><Filter/>'), malformed),
        raw(
          'filter-two-branches',
          document(
            '<StorageClassAnalysis/><Filter><Prefix>logs/</Prefix><Tag><Key>team</Key><Value>blue</Value></Tag></Filter>',
          ),
          malformed,
        ),
        read('filter-state-two-branches', filtered({ And: { Tags: [blue, red] } })),
        ...kept('replacement-removes-filter', analysis),
      ],
    },
    'an analytics export goes to the ARN of any bucket of any account, and its prefix is not empty': {
      fact: 'F385',
      state,
      calls: [
        ...kept('export-minimal', exported({})),
        ...kept('export-owner-prefix', exported({ BucketAccountId: '$(account)', Prefix: 'reports/' })),
        put('export-empty-prefix', exported({ Prefix: '' }), '400 InvalidDestination'),
        ...kept('export-wrong-owner', exported({ BucketAccountId: '222222222222' })),
        ...kept('export-bad-owner', exported({ BucketAccountId: 'bad' })),
        ...kept('export-missing-bucket', exported({ Bucket: 'arn:aws:s3:::absent' })),
        put('export-invalid-bucket-arn', exported({ Bucket: 'vault' }), '400 InvalidDestination'),
        put('export-format-lower', exported({ Format: 'csv' }), malformed),
        put('export-format-parquet', exported({ Format: 'Parquet' }), malformed),
        put('schema-V_2', exported({}, 'V_2'), malformed),
        put('schema-v_1', exported({}, 'v_1'), malformed),
        raw('raw-empty-body', '', malformed),
        raw('raw-malformed', '<bad', malformed),
        raw('raw-wrong-root', '<Wrong><Id>state</Id><StorageClassAnalysis/></Wrong>', malformed),
        read('raw-state-wrong-root', exported({ Bucket: 'arn:aws:s3:::absent' })),
      ],
    },
    'an analytics document has to fit the schema, and one without StorageClassAnalysis has its own refusal': {
      fact: 'F1021',
      state,
      calls: [
        raw('raw-missing-id', document('<StorageClassAnalysis/>').replace('<Id>state</Id>', ''), malformed),
        raw('raw-missing-analysis', document(''), '400 MissingStorageClassAnalysis'),
        raw('raw-empty-id', document('<StorageClassAnalysis/>').replace('state', ''), '400 InvalidConfigId'),
        raw('raw-different-id', document('<StorageClassAnalysis/>').replace('state', 'body-other'), malformed),
        raw('raw-duplicate-id', document('<Id>second</Id><StorageClassAnalysis/>'), malformed),
        raw('raw-unknown-child', document('<StorageClassAnalysis/><Unknown>x</Unknown>'), malformed),
        raw(
          'raw-missing-version',
          document(
            exportOf(`<Destination><S3BucketDestination>${format}${bucketArn}</S3BucketDestination></Destination>`),
          ),
          malformed,
        ),
        raw('raw-missing-destination', document(exportOf('<OutputSchemaVersion>V_1</OutputSchemaVersion>')), malformed),
        raw('extra-empty-export', document(exportOf('')), malformed),
        raw(
          'extra-empty-destination',
          document(exportOf('<OutputSchemaVersion>V_1</OutputSchemaVersion><Destination/>')),
          malformed,
        ),
        raw('extra-empty-s3-destination', document(s3Export('')), malformed),
        raw('extra-missing-format', document(s3Export(bucketArn)), malformed),
        raw('extra-missing-bucket', document(s3Export(format)), malformed),
        raw('extra-empty-account', document(s3Export(`${format}${bucketArn}<BucketAccountId/>`)), malformed),
        raw(
          'extra-empty-tag-key',
          document('<StorageClassAnalysis/><Filter><Tag><Key/><Value>x</Value></Tag></Filter>'),
          '400 InvalidTag',
        ),
        raw(
          'extra-missing-tag-value',
          document('<StorageClassAnalysis/><Filter><Tag><Key>x</Key></Tag></Filter>'),
          '400 InvalidTag',
        ),
        raw(
          'extra-duplicate-tags',
          document(
            '<StorageClassAnalysis/><Filter><Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>b</Key><Value>2</Value></Tag></Filter>',
          ),
          malformed,
        ),
        ['extra-state-duplicate-tags', getOne, named, missing],
        ...kept('extra-and-10', filtered({ And: { Tags: manyTags(10) } })),
        put('extra-and-11', filtered({ And: { Tags: manyTags(11) } }), '400 InvalidAnd'),
        read('extra-and-state-11', filtered({ And: { Tags: manyTags(10) } })),
      ],
    },
    'the first id of a query counts, and ids of analytics allow the same characters as those of tiering': {
      fact: 'F380',
      state,
      calls: [
        [
          'no-query-id',
          'PUT /vault?analytics',
          { body: document('<StorageClassAnalysis/>') },
          '400 InvalidConfigurationId',
        ],
        [
          'empty-query-id',
          'PUT /vault?analytics&id=',
          { body: document('<StorageClassAnalysis/>') },
          '400 InvalidConfigurationId',
        ],
        [
          'duplicate-query-id',
          'PUT /vault?analytics&id=state&id=other',
          { body: document('<StorageClassAnalysis/>') },
          '204',
        ],
        read('duplicate-query-id-state', analysis),
        ...['space id', 'slash/id', 'unicode-é', 'x'.repeat(65), 'a:b'].flatMap((id): readonly RecordedCall[] => [
          [`id-${id}`, putOne, under(id), '400 InvalidConfigId'],
          ['id-get', getOne, { Bucket: 'vault', Id: id }, missing],
        ]),
        ...['x'.repeat(64), 'a.b', 'a_b', 'a-b'].map((id) => [`id-${id}`, putOne, under(id), '204'] as const),
        [
          'extra-GET-no-id',
          listAll,
          { Bucket: 'vault' },
          '200',
          { AnalyticsConfigurationList: listed(['a-b', 'a.b', 'a_b', 'state', 'x'.repeat(64)]) },
        ],
        ['extra-GET-empty-id', 'GET /vault?analytics&id=', {}, '200', { IsTruncated: 'false' }],
        ['extra-GET-duplicate-id', 'GET /vault?analytics&id=state&id=a-b', {}, '200', { Id: 'state' }],
        ['extra-DELETE-no-id', 'DELETE /vault?analytics', {}, '400 InvalidConfigurationId'],
        ['extra-DELETE-empty-id', 'DELETE /vault?analytics&id=', {}, '400 InvalidConfigurationId'],
        ['extra-DELETE-duplicate-id', 'DELETE /vault?analytics&id=state&id=a-b', {}, '204'],
        ['delete-again', removeOne, named, missing],
      ],
    },
    'analytics checks the expected owner and the bucket before the right, and the right before the document': {
      fact: 'F1020',
      state: { ...state, roles },
      calls: [
        put('authority-state', analysis),
        ...(
          [
            ['222222222222', denied],
            ['invalid', '400 InvalidBucketOwnerAWSAccountID'],
          ] as const
        ).flatMap(([ExpectedBucketOwner, answer]): readonly RecordedCall[] => [
          [`owner-get-${ExpectedBucketOwner}`, getOne, { ...named, ExpectedBucketOwner }, answer],
          [`owner-list-${ExpectedBucketOwner}`, listAll, { Bucket: 'vault', ExpectedBucketOwner }, answer],
          [`owner-put-${ExpectedBucketOwner}`, putOne, { ...under('state'), ExpectedBucketOwner }, answer],
          [`owner-delete-${ExpectedBucketOwner}`, removeOne, { ...named, ExpectedBucketOwner }, answer],
          [
            `owner-malformed-${ExpectedBucketOwner}`,
            'PUT /vault?analytics&id=state',
            { body: '<bad', headers: { 'x-amz-expected-bucket-owner': ExpectedBucketOwner } },
            answer,
          ],
        ]),
        ['missing-malformed', 'PUT /absent?analytics&id=state', { body: '<bad' }, '404 NoSuchBucket'],
        ...(
          [
            ['read', 's3:GetAnalyticsConfiguration', '200', denied],
            ['write', 's3:PutAnalyticsConfiguration', denied, '204'],
            ['delete', 's3:DeleteAnalyticsConfiguration', denied, denied],
            ['list', 's3:ListBucket', denied, denied],
          ] as const
        ).flatMap(([label, action, reading, writing]): readonly RecordedCall[] => [
          [`${label}-GetBucketAnalyticsConfiguration`, getOne, named, reading, {}, { by: allowed(action) }],
          [
            `${label}-ListBucketAnalyticsConfigurations`,
            listAll,
            { Bucket: 'vault' },
            reading,
            {},
            { by: allowed(action) },
          ],
          [`${label}-PutBucketAnalyticsConfiguration`, putOne, under('state'), writing, {}, { by: allowed(action) }],
          [`${label}-DeleteBucketAnalyticsConfiguration`, removeOne, named, writing, {}, { by: allowed(action) }],
          put(`authority-reset-${label}`, analysis),
        ]),
        [
          'deny-malformed-None',
          'PUT /vault?analytics&id=state',
          { body: '<bad' },
          denied,
          {},
          { by: allowed('s3:GetBucketLocation') },
        ],
        [
          'deny-missing-None',
          'PUT /absent?analytics&id=state',
          { body: '<bad' },
          '404 NoSuchBucket',
          {},
          { by: allowed('s3:GetBucketLocation') },
        ],
      ],
    },
    'a page of analytics configurations continues after the id at which the last page ended': {
      fact: 'F380',
      state: { buckets: { vault: { analytics: listed(ids(0, 101)) as never } } },
      calls: [
        [
          'pages-first',
          listAll,
          { Bucket: 'vault' },
          '200',
          { IsTruncated: true, NextContinuationToken: '$(token)', AnalyticsConfigurationList: listed(ids(0, 100)) },
          { absent: ['ContinuationToken'] },
        ],
        ['pages-delete-marker', removeOne, { Bucket: 'vault', Id: 'page-099' }, '204'],
        ['pages-insert-before-marker', putOne, under('page-050-new'), '204'],
        ['pages-insert-after-marker', putOne, under('page-099-new'), '204'],
        [
          'pages-after-inserts',
          listAll,
          { Bucket: 'vault', ContinuationToken: '$(token)' },
          '200',
          {
            IsTruncated: false,
            ContinuationToken: '$(token)',
            AnalyticsConfigurationList: listed(['page-099-new', 'page-100']),
          },
          { absent: ['NextContinuationToken'] },
        ],
        [
          'pages-token-',
          listAll,
          { Bucket: 'vault', ContinuationToken: '' },
          '200',
          {
            IsTruncated: true,
            ContinuationToken: '',
            AnalyticsConfigurationList: listed([...ids(0, 51), 'page-050-new', ...ids(51, 99)]),
          },
        ],
        ...['not-a-token', 'page-050'].map(
          (ContinuationToken) =>
            [
              `pages-token-${ContinuationToken}`,
              listAll,
              { Bucket: 'vault', ContinuationToken },
              '400 MalformedContinuationToken',
            ] as const,
        ),
      ],
    },
  },
};

const tagged = (Key: string, Value: string) => filtered({ Tag: { Key, Value } });
const both = (Key: string, Value: string) => filtered({ And: { Prefix: 'owned/', Tags: [{ Key, Value }] } });
const astral = '\u{10400}';

export const analyticsBoundaries: RecordedCases = {
  file: 'analytics_boundaries_replay.json',
  recorded: 'September 2026',
  cases: {
    'the tag of an analytics filter has the lengths and the characters of a tag': {
      fact: 'F382',
      state,
      calls: [
        ...kept('ascii-key-128', tagged('k'.repeat(128), 'v')),
        put('ascii-key-129', tagged('k'.repeat(129), 'v'), '400 InvalidTag'),
        ...kept('ascii-value-256', tagged('k', 'v'.repeat(256))),
        put('ascii-value-257', tagged('k', 'v'.repeat(257)), '400 InvalidTag'),
        ...kept('bmp-key-128-value-256', tagged('é'.repeat(128), '界'.repeat(256))),
        put('bmp-key-129', tagged('é'.repeat(129), 'v'), '400 InvalidTag'),
        ...kept('astral-letter-key-64', tagged(astral.repeat(64), 'v')),
        put('astral-letter-key-65', tagged(astral.repeat(65), 'v'), '400 InvalidTag'),
        ...kept('astral-letter-value-128', tagged('k', astral.repeat(128))),
        put('astral-letter-value-129', tagged('k', astral.repeat(129)), '400 InvalidTag'),
        put('object-invalid-punctuation', tagged('k#?&<>\\%', 'v#?&<>\\%'), '400 InvalidTag'),
        put('object-invalid-symbol', tagged('k😀', 'v😀'), '400 InvalidTag'),
        put('object-invalid-combining-mark', tagged('ke\u0301', 've\u0301'), '400 InvalidTag'),
        put('value-invalid-tab-newline', tagged('key', 'v\tline\nend'), '400 InvalidTag'),
        ...kept('object-reserved-aws-key', tagged('aws:boundary', 'v')),
        ...kept('allowed-punctuation-numbers-separators', tagged('aws: +-=._:/@²', ' +-=._:/@²')),
      ],
    },
    'the tags of an And in an analytics filter have the same limits': {
      fact: 'F382',
      state,
      calls: [
        ...kept('and-ascii-limits', both('k'.repeat(128), 'v'.repeat(256))),
        put('and-key-129', both('k'.repeat(129), 'v'), '400 InvalidTag'),
        put('and-value-257', both('k', 'v'.repeat(257)), '400 InvalidTag'),
        put('and-object-invalid-text', both('aws:k#😀', 'v#😀'), '400 InvalidTag'),
        put('and-value-invalid-symbol', both('key', 'v😀'), '400 InvalidTag'),
        read('and-value-invalid-symbol-get', both('k'.repeat(128), 'v'.repeat(256))),
      ],
    },
  },
};
