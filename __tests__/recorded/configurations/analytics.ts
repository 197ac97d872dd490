import type { RecordedCall, RecordedCases } from '../replay';

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
/** A configuration that is put, and answered as it was put. */
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

export const analytics: RecordedCases = {
  file: 'analytics_controls_replay.json',
  recorded: 'September 2026',
  cases: {
    'an analysis is put, read and listed, and one that was never put is not found': {
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
    'the filter of an analysis has one member, and refusals of their own for each': {
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
    'an export goes to the ARN of any bucket of any account, and has no empty prefix': {
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
  },
};

const tagged = (Key: string, Value: string) => filtered({ Tag: { Key, Value } });
const astral = '\u{10400}';

export const analyticsBoundaries: RecordedCases = {
  file: 'analytics_boundaries_replay.json',
  recorded: 'September 2026',
  cases: {
    'the tag of a filter has the lengths and the characters of a tag': {
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
      ],
    },
  },
};
