import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const named = { Bucket: 'vault', Id: 'base' };
const put = (label: string, Filter: object | undefined, answer = '204'): RecordedCall => [
  label,
  'PutBucketMetricsConfiguration',
  { ...named, MetricsConfiguration: { Id: 'base', ...(Filter && { Filter }) } },
  answer,
];
const kept = (label: string, Filter: object): readonly RecordedCall[] => [
  put(label, Filter),
  [`${label}-read`, 'GetBucketMetricsConfiguration', named, '200', { MetricsConfiguration: { Id: 'base', Filter } }],
];
const missing = '404 NoSuchConfiguration';
const malformed = '400 MalformedXML';
const denied = '403 AccessDenied';
const [putOne, getOne, removeOne, listAll] = [
  'PutBucketMetricsConfiguration',
  'GetBucketMetricsConfiguration',
  'DeleteBucketMetricsConfiguration',
  'ListBucketMetricsConfigurations',
];
const never = { Filter: { Prefix: 'never/' } };
const under = (Id: string, more: object = never) => ({
  Bucket: 'vault',
  Id,
  MetricsConfiguration: { Id, ...more },
});
const raw = (label: string, query: string, body: string, answer: string): RecordedCall => [
  label,
  `PUT /vault?metrics=${query}`,
  { body },
  answer,
];
const document = (content: string) => `<MetricsConfiguration>${content}</MetricsConfiguration>`;
const accessPoint = 'arn:aws:s3:us-east-1:$(account):accesspoint/reports';
const policy = (Statement: object) => ({
  Bucket: 'vault',
  Policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ ...Statement, Resource: 'arn:aws:s3:::vault' }] }),
});
const ids = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `page-${String(from + at).padStart(3, '0')}`);
const listed = (of: readonly string[], more: object = {}) => of.map((Id) => ({ Id, ...more }));
const [one, two] = [
  { Key: 'a', Value: '1' },
  { Key: 'b', Value: '2' },
];

export const metrics: RecordedCases = {
  file: 'request_metrics_control_replay.json',
  recorded: 'September 2026',
  cases: {
    'the filter of a metrics configuration has one member, and is malformed otherwise': {
      fact: 'F382',
      state: { buckets: { vault: {} } },
      calls: [
        [
          'empty-list',
          'ListBucketMetricsConfigurations',
          { Bucket: 'vault' },
          '200',
          { IsTruncated: false },
          { absent: ['ContinuationToken', 'NextContinuationToken', 'MetricsConfigurationList'] },
        ],
        ['get-missing', 'GetBucketMetricsConfiguration', named, missing],
        ['delete-missing', 'DeleteBucketMetricsConfiguration', named, missing],
        put('baseline', undefined),
        ...kept('replace-prefix', { Prefix: 'never/' }),
        put('replace-absent', undefined),
        [
          'empty-filter',
          'PUT /vault?metrics&id=base',
          { body: '<MetricsConfiguration><Id>base</Id><Filter/></MetricsConfiguration>' },
          malformed,
        ],
        put('empty-prefix', { Prefix: '' }, malformed),
        ...kept('tag', { Tag: { Key: 'class', Value: 'blue' } }),
        ...kept('empty-tag-value', { Tag: { Key: 'class', Value: '' } }),
        ...kept('and-prefix-tag', { And: { Prefix: 'never/', Tags: [one] } }),
        ...kept('and-two-tags', { And: { Tags: [one, two] } }),
        put('and-prefix-only', { And: { Prefix: 'never/' } }, malformed),
        put('and-empty', { And: {} }, malformed),
        put('and-one-tag', { And: { Tags: [one] } }, malformed),
        ...kept('and-duplicate-key', { And: { Tags: [one, { Key: 'a', Value: '2' }] } }),
        [
          'prefix-and-tag',
          'PUT /vault?metrics&id=base',
          {
            body: '<MetricsConfiguration><Id>base</Id><Filter><Prefix>never/</Prefix><Tag><Key>a</Key><Value>1</Value></Tag></Filter></MetricsConfiguration>',
          },
          malformed,
        ],
      ],
    },
    'the tag of a metrics filter needs a key, and an access point is named by an ARN of any account and region': {
      fact: 'F382',
      state: { buckets: { vault: {} } },
      calls: [
        put('tag-empty-key', { Tag: { Key: '', Value: 'v' } }, malformed),
        ...kept('ap', { AccessPointArn: accessPoint }),
        ...kept('and-ap-prefix', { And: { Prefix: 'never/', AccessPointArn: accessPoint } }),
        put('ap-malformed', { AccessPointArn: 'bad' }, malformed),
        ...kept('ap-other-account', { AccessPointArn: accessPoint.replace('$(account)', '222222222222') }),
        ...kept('ap-other-region', { AccessPointArn: accessPoint.replace('us-east-1', 'us-west-2') }),
      ],
    },
    'the id of a metrics configuration has to fit the schema, and without an id in the query the document is not read':
      {
        fact: 'F380',
        state: { buckets: { vault: {} } },
        calls: [
          ['id-mismatch', putOne, { ...under('body'), Id: 'query' }, malformed],
          ['query-id-read', getOne, { Bucket: 'vault', Id: 'query' }, missing],
          ['body-id-read', getOne, { Bucket: 'vault', Id: 'body' }, missing],
          ["id-syntax-'a.b_C-9'", putOne, under('a.b_C-9'), '204'],
          ['id-syntax-64', putOne, under('a'.repeat(64)), '204'],
          ...['a'.repeat(65), 'with space', 'a/b', 'é'].map(
            (id) => [`id-syntax-'${id}'`, putOne, under(id), malformed] as const,
          ),
          raw("id-syntax-''", '&id=', document('<Id></Id>'), '400 InvalidConfigurationId'),
          raw('missing-query-id', '', document('<Id>missingquery</Id>'), '400 InvalidConfigurationId'),
          raw('missing-body-id', '&id=missingbody', '<MetricsConfiguration/>', malformed),
          raw('empty-body-id', '&id=emptybody', document('<Id></Id>'), malformed),
          raw('wrong-root', '&id=wrongroot', '<Wrong><Id>wrongroot</Id></Wrong>', malformed),
          raw('unknown-element', '&id=unknown', document('<Id>unknown</Id><Unknown>value</Unknown>'), malformed),
          raw('malformed-xml', '&id=broken', '<MetricsConfiguration>', malformed),
          [
            'get-empty-id',
            'GET /vault?metrics=&id=',
            {},
            '200',
            { IsTruncated: 'false', MetricsConfiguration: listed(['a.b_C-9', 'a'.repeat(64)]) },
          ],
          ['delete-empty-id', 'DELETE /vault?metrics=&id=', {}, '400 InvalidConfigurationId'],
        ],
      },
    'metrics configurations are listed with the right to read them, and deleted with the right to put them': {
      fact: 'F380',
      state: { buckets: { vault: {} }, accounts: { partner: {} } },
      calls: [
        put('authority-baseline', never.Filter),
        ...[getOne, listAll, putOne, removeOne].flatMap((operation): readonly RecordedCall[] => {
          const ofOne = operation === putOne ? under('base') : named;
          const input = operation === listAll ? { Bucket: 'vault' } : ofOne;
          const ExpectedBucketOwner = '222222222222';
          return [
            [`wrong-owner-${operation}`, operation, { ...input, ExpectedBucketOwner }, denied],
            [
              `missing-bucket-wrong-owner-${operation}`,
              operation,
              { ...input, Bucket: 'absent', ExpectedBucketOwner },
              '404 NoSuchBucket',
            ],
          ];
        }),
        [
          'deny-s3:GetMetricsConfiguration',
          'PutBucketPolicy',
          policy({ Effect: 'Deny', Principal: '*', Action: 's3:GetMetricsConfiguration' }),
          '204',
        ],
        ['denied-s3:GetMetricsConfiguration-get', getOne, named, denied],
        ['denied-s3:GetMetricsConfiguration-list', listAll, { Bucket: 'vault' }, denied],
        ['denied-s3:GetMetricsConfiguration-put', putOne, under('base'), '204'],
        ['denied-s3:GetMetricsConfiguration-delete', removeOne, named, '204'],
        [
          'deny-s3:PutMetricsConfiguration',
          'PutBucketPolicy',
          policy({ Effect: 'Deny', Principal: '*', Action: 's3:PutMetricsConfiguration' }),
          '204',
        ],
        ['denied-s3:PutMetricsConfiguration-list', listAll, { Bucket: 'vault' }, '200'],
        ['denied-s3:PutMetricsConfiguration-put', putOne, under('base'), denied],
        ['denied-s3:PutMetricsConfiguration-delete', removeOne, named, denied],
        ['cross-before-GetBucketMetricsConfiguration', getOne, named, denied, {}, { by: 'partner' }],
        [
          'cross-delegation',
          'PutBucketPolicy',
          policy({
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::$(account:partner):root' },
            Action: ['s3:GetMetricsConfiguration', 's3:PutMetricsConfiguration'],
          }),
          '204',
        ],
        ['cross-permitted-PutBucketMetricsConfiguration', putOne, under('base'), '204', {}, { by: 'partner' }],
        ['cross-permitted-GetBucketMetricsConfiguration', getOne, named, '200', {}, { by: 'partner' }],
        ['cross-permitted-DeleteBucketMetricsConfiguration', removeOne, named, '204', {}, { by: 'partner' }],
        ['cross-permitted-GetBucketMetricsConfiguration', getOne, named, missing, {}, { by: 'partner' }],
      ],
    },
    'a page of metrics configurations continues after the id at which the last page ended': {
      fact: 'F380',
      state: { buckets: { vault: { metrics: listed(ids(0, 105), never) as never } } },
      calls: [
        [
          'page-first',
          listAll,
          { Bucket: 'vault' },
          '200',
          { IsTruncated: true, NextContinuationToken: '$(token)', MetricsConfigurationList: listed(ids(0, 100)) },
        ],
        ['delete-marker', removeOne, { Bucket: 'vault', Id: 'page-099' }, '204'],
        ['delete-before-marker', removeOne, { Bucket: 'vault', Id: 'page-000' }, '204'],
        ['update-after-marker', putOne, under('page-104', { Filter: { Prefix: 'never/updated/' } }), '204'],
        ['insert-before-marker', putOne, under('page-000a'), '204'],
        ['insert-after-marker', putOne, under('page-103a'), '204'],
        [
          'page-after-mutations',
          listAll,
          { Bucket: 'vault', ContinuationToken: '$(token)' },
          '200',
          {
            IsTruncated: false,
            ContinuationToken: '$(token)',
            MetricsConfigurationList: [
              ...listed(ids(100, 104), never),
              { Id: 'page-103a' },
              { Id: 'page-104', Filter: { Prefix: 'never/updated/' } },
            ],
          },
          { absent: ['NextContinuationToken'] },
        ],
        [
          'invalid-token',
          listAll,
          { Bucket: 'vault', ContinuationToken: 'not-a-token' },
          '400 MalformedContinuationToken',
        ],
      ],
    },
  },
};
