import type { RecordedCall, RecordedCases } from '../replay';

const named = { Bucket: 'vault', Id: 'base' };
const put = (label: string, Filter: object | undefined, answer = '204'): RecordedCall => [
  label,
  'PutBucketMetricsConfiguration',
  { ...named, MetricsConfiguration: { Id: 'base', ...(Filter && { Filter }) } },
  answer,
];
/** A filter that is put, and answered as it was put. */
const kept = (label: string, Filter: object): readonly RecordedCall[] => [
  put(label, Filter),
  [`${label}-read`, 'GetBucketMetricsConfiguration', named, '200', { MetricsConfiguration: { Id: 'base', Filter } }],
];
const missing = '404 NoSuchConfiguration';
const malformed = '400 MalformedXML';
const [one, two] = [
  { Key: 'a', Value: '1' },
  { Key: 'b', Value: '2' },
];

export const metrics: RecordedCases = {
  file: 'request_metrics_control_replay.json',
  recorded: 'September 2026',
  cases: {
    'the filter of metrics has one member, and is malformed in all other ways': {
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
  },
};
