import type { RecordedCases } from '../../../src/facts/case';

const Bucket = 'logs';
const state = { buckets: { logs: {} } };
const get = 'GetBucketLifecycleConfiguration';
const put = 'PutBucketLifecycleConfiguration';
const minimum = 'x-amz-transition-default-minimum-object-size';

const rules = (...Rules: readonly object[]) => ({ Bucket, LifecycleConfiguration: { Rules } });
const rule = (members: object) => rules({ ID: 'base', Filter: {}, Status: 'Enabled', ...members });
const filtered = (Filter: object, more: object = { Expiration: { Days: 30 } }) => rule({ Filter, ...more });
const moves = (...Transitions: readonly object[]) => rule({ Transitions });
const expires = (Expiration: object) => rule({ Expiration });
const movesNoncurrent = (...NoncurrentVersionTransitions: readonly object[]) => rule({ NoncurrentVersionTransitions });
const argument = (ArgumentName: string, ArgumentValue: string) => ({ ArgumentName, ArgumentValue });

const xml = (content: string, headers: Readonly<Record<string, string>> = {}) => ({
  headers,
  body: `<LifecycleConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ID>base</ID><Filter/>${content}</Rule></LifecycleConfiguration>`,
});

export const lifecycleConfigurations: RecordedCases = {
  file: 'lifecycle_control_replay.json',
  recorded: 'September 2026',
  cases: {
    'a bucket without lifecycle rules has no configuration, and its deletion succeeds': {
      state,
      calls: [
        ['get-absent', get, { Bucket }, '404 NoSuchLifecycleConfiguration', { BucketName: Bucket }],
        ['delete-absent', 'DeleteBucketLifecycle', { Bucket }, '204', {}, { headers: { [minimum]: null } }],
        ['delete-absent-again', 'DeleteBucketLifecycle', { Bucket }, '204'],
      ],
    },
    'lifecycle rules keep their order and the ids that S3 made for them': {
      fact: 'F116',
      state,
      calls: [
        [
          'ordered-filter-generated-ids',
          put,
          rules(
            { Status: 'Enabled', Expiration: { Days: 30 }, Filter: { Prefix: 'a/' } },
            { ID: 'second', Status: 'Enabled', Expiration: { Days: 30 }, Filter: { Prefix: 'b/' } },
            { Status: 'Enabled', Expiration: { Days: 30 }, Filter: { Tag: { Key: 'k', Value: 'c' } } },
          ),
          '200',
        ],
        [
          'ordered-filter-generated-ids-readback',
          get,
          { Bucket },
          '200',
          { Rules: [{ ID: '$(first)', Filter: { Prefix: 'a/' } }, { ID: 'second' }, { ID: '$(third)' }] },
        ],
        [
          'generated-ids-stable-read',
          get,
          { Bucket },
          '200',
          { Rules: [{ ID: '$(first)' }, { ID: 'second' }, { ID: '$(third)' }] },
        ],
        [
          'ordered-prefix-generated-ids',
          put,
          rules(
            { Status: 'Enabled', Expiration: { Days: 30 }, Prefix: 'a/' },
            { ID: 'second', Status: 'Enabled', Expiration: { Days: 30 }, Prefix: 'b/' },
          ),
          '200',
        ],
        [
          'ordered-prefix-generated-ids-readback',
          get,
          { Bucket },
          '200',
          {
            Rules: [
              { ID: '$(fourth)', Prefix: 'a/' },
              { ID: 'second', Prefix: 'b/' },
            ],
          },
        ],
      ],
    },
    'a lifecycle rule has either a filter, which may be empty, or a prefix': {
      fact: 'F115',
      state,
      calls: [
        [
          'omitted-filter',
          put,
          rules({ ID: 'base', Status: 'Enabled', Expiration: { Days: 30 } }),
          '400 MalformedXML',
          {},
          { headers: { [minimum]: null } },
        ],
        ['17', put, rule({ Prefix: 'a/', Expiration: { Days: 30 } }), '400 MalformedXML'],
        [
          'ordered-generated-ids',
          put,
          rules(
            { Status: 'Enabled', Expiration: { Days: 30 }, Prefix: 'old/' },
            { ID: 'second', Filter: { Prefix: 'second/' }, Status: 'Enabled', Expiration: { Days: 30 } },
          ),
          '400 InvalidRequest',
        ],
        ['ordered-generated-ids-readback', get, { Bucket }, '404 NoSuchLifecycleConfiguration'],
        [
          'legacy-empty-prefix',
          put,
          rules({ ID: 'base', Status: 'Enabled', Prefix: '', Expiration: { Days: 30 } }),
          '200',
        ],
        [
          'legacy-empty-prefix-readback',
          get,
          { Bucket },
          '200',
          { Rules: [{ ID: 'base', Prefix: '', Status: 'Enabled', Expiration: { Days: 30 } }] },
        ],
        ['empty-filter', put, expires({ Days: 30 }), '200'],
        ['empty-prefix-filter', put, filtered({ Prefix: '' }), '200'],
        ['empty-prefix-filter-readback', get, { Bucket }, '200', { Rules: [{ Filter: { Prefix: '' } }] }],
      ],
    },
    'an And in a lifecycle filter has two conditions or more': {
      fact: 'F115',
      state,
      calls: [
        ['and-single-tag', put, filtered({ And: { Tags: [{ Key: 'k', Value: 'v' }] } }), '400 MalformedXML'],
        ['and-single-size', put, filtered({ And: { ObjectSizeGreaterThan: 0 } }), '400 MalformedXML'],
        ['wire-empty-tag-key', put, filtered({ Tag: { Key: '', Value: 'v' } }), '400 InvalidRequest'],
      ],
    },
    'a lifecycle rule with tags or sizes cannot act on delete markers or uploads': {
      fact: 'F115',
      state,
      calls: [
        [
          'abort-and-tag',
          put,
          filtered(
            { And: { Prefix: 'p/', Tags: [{ Key: 'k', Value: 'v' }] } },
            { Expiration: { Days: 30 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
          ),
          '400 InvalidRequest',
        ],
        [
          'abort-size',
          put,
          filtered({ ObjectSizeGreaterThan: 1 }, { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }),
          '400 InvalidRequest',
        ],
        [
          'expired-marker-false-tag',
          put,
          filtered({ Tag: { Key: 'k', Value: 'v' } }, { Expiration: { ExpiredObjectDeleteMarker: false } }),
          '400 InvalidRequest',
        ],
        [
          'expired-marker-size',
          put,
          filtered({ ObjectSizeGreaterThan: 0 }, { Expiration: { ExpiredObjectDeleteMarker: true } }),
          '400 InvalidRequest',
        ],
        ['expired-marker-true', put, expires({ ExpiredObjectDeleteMarker: true }), '200'],
      ],
    },
    'a size in a lifecycle filter is at most 1,000 TiB': {
      fact: 'F115',
      state,
      calls: [
        ['size-at-upper-bound', put, filtered({ ObjectSizeGreaterThan: 1099511627776000 }), '200'],
        [
          'size-at-upper-bound-readback',
          get,
          { Bucket },
          '200',
          { Rules: [{ Filter: { ObjectSizeGreaterThan: 1099511627776000 } }] },
        ],
        ['size-over-upper-bound', put, filtered({ ObjectSizeGreaterThan: 1099511627776001 }), '400 InvalidRequest'],
      ],
    },
    'days of a lifecycle rule are whole numbers of 32 bits': {
      fact: 'F115',
      state,
      calls: [
        [
          'expiration-days-over-int32',
          'PUT /logs?lifecycle',
          xml('<Status>Enabled</Status><Expiration><Days>2147483648</Days></Expiration>', {
            'Content-MD5': 'sNW0K3MtMJsJiaFj4PX09Q==',
          }),
          '400 MalformedXML',
        ],
        ['expiration-days-at-int32', put, expires({ Days: 2147483647 }), '200'],
        [
          'wire-expiration-days-fractional',
          'PUT /logs?lifecycle',
          xml('<Status>Enabled</Status><Expiration><Days>1.5</Days></Expiration>', {
            'Content-MD5': '+ooSI9hWfp73Y7dRnDKDUA==',
          }),
          '400 MalformedXML',
        ],
        [
          'expiration-days-at-int32-readback',
          get,
          { Bucket },
          '200',
          { Rules: [{ Expiration: { Days: 2147483647 } }] },
        ],
        [
          'disabled-invalid-days',
          put,
          rule({ Status: 'Disabled', Expiration: { Days: 0 } }),
          '400 InvalidArgument',
          argument('Days', '0'),
        ],
      ],
    },
    'the date of a lifecycle rule is midnight UTC, and the refusal quotes it in Seattle time': {
      fact: 'F115',
      state,
      calls: [
        ['expiration-date-midnight', put, expires({ Date: '2030-01-02T00:00:00Z' }), '200'],
        [
          'expiration-date-nonmidnight',
          put,
          expires({ Date: '2030-01-02T12:00:00Z' }),
          '400 InvalidArgument',
          argument('Date', 'Wed Jan 02 04:00:00 PST 2030'),
        ],
        [
          'transition-nonmidnight-date',
          put,
          moves({ Date: '2030-01-02T01:00:00Z', StorageClass: 'GLACIER' }),
          '400 InvalidArgument',
          argument('Date', 'Tue Jan 01 17:00:00 PST 2030'),
        ],
        ['expiration-date-plus-days', put, expires({ Date: '2030-01-02T00:00:00Z', Days: 1 }), '400 MalformedXML'],
        ['expiration-date-past', put, expires({ Date: '2020-01-01T00:00:00Z' }), '200'],
        [
          'expiration-date-past-readback',
          get,
          { Bucket },
          '200',
          { Rules: [{ Expiration: { Date: '2020-01-01T00:00:00Z' } }] },
        ],
      ],
    },
    'a transition needs a time and a storage class that lifecycle can move objects to': {
      fact: 'F115',
      state,
      calls: [
        ['transition-no-time', put, moves({ StorageClass: 'GLACIER' }), '400 MalformedXML'],
        ['transition-no-class', put, moves({ Days: 1 }), '400 MalformedXML'],
        [
          'transition-standard',
          put,
          moves({ Days: 1, StorageClass: 'STANDARD' }),
          '400 InvalidArgument',
          argument('StorageClass', 'STANDARD'),
        ],
        [
          'transition-reduced-redundancy',
          put,
          moves({ Days: 0, StorageClass: 'REDUCED_REDUNDANCY' }),
          '400 InvalidArgument',
          argument('StorageClass', 'REDUCED_REDUNDANCY'),
        ],
        ['transition-express-onezone', put, moves({ Days: 0, StorageClass: 'EXPRESS_ONEZONE' }), '400 MalformedXML'],
        [
          'transition-negative-days',
          put,
          moves({ Days: -1, StorageClass: 'GLACIER' }),
          '400 InvalidArgument',
          argument('Days', '-1'),
        ],
        [
          'transition-duplicate-class',
          put,
          moves({ Days: 0, StorageClass: 'GLACIER' }, { Days: 100, StorageClass: 'GLACIER' }),
          '400 InvalidRequest',
        ],
        [
          'transition-mixed-date-days',
          put,
          moves({ Date: '2030-01-02T00:00:00Z', StorageClass: 'GLACIER' }, { Days: 100, StorageClass: 'DEEP_ARCHIVE' }),
          '400 InvalidRequest',
        ],
      ],
    },
    'a lifecycle rule may move objects to infrequent access after any number of days': {
      fact: 'F115',
      state,
      calls: [
        ['transition-ia-before30', put, moves({ Days: 29, StorageClass: 'STANDARD_IA' }), '200'],
        ['transition-onezone-before30', put, moves({ Days: 29, StorageClass: 'ONEZONE_IA' }), '200'],
        [
          'transition-onezone-before30-readback',
          get,
          { Bucket },
          '200',
          { Rules: [{ Transitions: [{ Days: 29, StorageClass: 'ONEZONE_IA' }] }] },
        ],
        [
          'noncurrent-transition-ia-one',
          put,
          movesNoncurrent({ NoncurrentDays: 1, StorageClass: 'STANDARD_IA' }),
          '200',
        ],
        ['noncurrent-transition-zero', put, movesNoncurrent({ NoncurrentDays: 0, StorageClass: 'GLACIER' }), '200'],
        ['transition-glacier-ir-zero', put, moves({ Days: 0, StorageClass: 'GLACIER_IR' }), '200'],
      ],
    },
    'a transition follows another only after the minimum time of the class between them': {
      fact: 'F115',
      state,
      calls: [
        [
          'transition-ia-glacier-short-spacing',
          put,
          moves({ Days: 30, StorageClass: 'STANDARD_IA' }, { Days: 59, StorageClass: 'GLACIER' }),
          '400 InvalidArgument',
          argument('Days', '59'),
        ],
        [
          'transition-ia-glacier-at-spacing',
          put,
          moves({ Days: 30, StorageClass: 'STANDARD_IA' }, { Days: 60, StorageClass: 'GLACIER' }),
          '200',
        ],
        [
          'transition-glacier-deep-short-spacing',
          put,
          moves({ Days: 0, StorageClass: 'GLACIER' }, { Days: 89, StorageClass: 'DEEP_ARCHIVE' }),
          '400 InvalidArgument',
          argument('Days', '89'),
        ],
        [
          'transition-glacier-deep-at-spacing',
          put,
          moves({ Days: 0, StorageClass: 'GLACIER' }, { Days: 90, StorageClass: 'DEEP_ARCHIVE' }),
          '200',
        ],
        [
          'transition-reversed-input-order',
          put,
          moves({ Days: 90, StorageClass: 'DEEP_ARCHIVE' }, { Days: 0, StorageClass: 'GLACIER' }),
          '200',
        ],
        [
          'transition-reversed-input-order-readback',
          get,
          { Bucket },
          '200',
          {
            Rules: [
              {
                Transitions: [
                  { Days: 90, StorageClass: 'DEEP_ARCHIVE' },
                  { Days: 0, StorageClass: 'GLACIER' },
                ],
              },
            ],
          },
        ],
        [
          'transition-glacier-ir-deep-short-spacing',
          put,
          moves({ Days: 0, StorageClass: 'GLACIER_IR' }, { Days: 89, StorageClass: 'DEEP_ARCHIVE' }),
          '400 InvalidArgument',
          argument('Days', '89'),
        ],
        [
          'transition-glacier-ir-to-glacier',
          put,
          moves({ Days: 0, StorageClass: 'GLACIER_IR' }, { Days: 90, StorageClass: 'GLACIER' }),
          '200',
        ],
        [
          'transition-same-day-different-class',
          put,
          moves({ Days: 30, StorageClass: 'STANDARD_IA' }, { Days: 30, StorageClass: 'GLACIER' }),
          '400 InvalidArgument',
          argument('Days', '30'),
        ],
        [
          'transition-colder-to-warmer',
          put,
          moves({ Days: 0, StorageClass: 'GLACIER' }, { Days: 100, StorageClass: 'STANDARD_IA' }),
          '400 InvalidArgument',
          argument('Days', '100'),
        ],
        [
          'noncurrent-transition-spacing-short',
          put,
          movesNoncurrent(
            { NoncurrentDays: 1, StorageClass: 'STANDARD_IA' },
            { NoncurrentDays: 2, StorageClass: 'GLACIER' },
          ),
          '400 InvalidArgument',
          argument('NoncurrentDays', '2'),
        ],
      ],
    },
    'an expiration comes after all transitions': {
      fact: 'F115',
      state,
      calls: [
        [
          'expiration-before-transition',
          put,
          rule({ Expiration: { Days: 10 }, Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }] }),
          '400 InvalidArgument',
          argument('Days', '10'),
        ],
        [
          'expiration-same-day-transition',
          put,
          rule({ Expiration: { Days: 30 }, Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }] }),
          '400 InvalidArgument',
          argument('Days', '30'),
        ],
        [
          'expiration-shorter-than-storage-duration',
          put,
          rule({ Expiration: { Days: 31 }, Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }] }),
          '200',
        ],
        [
          'noncurrent-expiration-before-transition',
          put,
          rule({
            NoncurrentVersionExpiration: { NoncurrentDays: 1 },
            NoncurrentVersionTransitions: [{ NoncurrentDays: 2, StorageClass: 'GLACIER' }],
          }),
          '400 InvalidArgument',
          argument('NoncurrentDays', '1'),
        ],
      ],
    },
    'NewerNoncurrentVersions is 1 or more, also above 100, and needs a rule with a filter': {
      fact: 'F115',
      state,
      calls: [
        [
          'noncurrent-newer-over100',
          put,
          rule({ NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 101 } }),
          '200',
        ],
        [
          'noncurrent-transition-newer-over100',
          put,
          movesNoncurrent({ NoncurrentDays: 1, StorageClass: 'GLACIER', NewerNoncurrentVersions: 101 }),
          '200',
        ],
        [
          'noncurrent-transition-newer-zero',
          put,
          movesNoncurrent({ NoncurrentDays: 1, StorageClass: 'GLACIER', NewerNoncurrentVersions: 0 }),
          '400 InvalidArgument',
          argument('NewerNoncurrentVersions', '0'),
        ],
        [
          'noncurrent-newer-legacy-prefix',
          put,
          rules({
            ID: 'base',
            Status: 'Enabled',
            Prefix: '',
            NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 1 },
          }),
          '400 InvalidRequest',
        ],
        [
          'noncurrent-newer-missing-filter-only',
          put,
          rules({
            ID: 'base',
            Status: 'Enabled',
            NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 1 },
          }),
          '400 MalformedXML',
        ],
        [
          'noncurrent-transition-newer-legacy',
          put,
          rules({
            ID: 'base',
            Status: 'Enabled',
            Prefix: '',
            NoncurrentVersionTransitions: [{ NoncurrentDays: 1, StorageClass: 'GLACIER', NewerNoncurrentVersions: 1 }],
          }),
          '400 InvalidRequest',
        ],
      ],
    },
    'a lifecycle configuration has 1 to 1,000 rules with different ids': {
      fact: 'F115',
      state,
      calls: [
        [
          'duplicate-rule-id',
          put,
          rules(
            { ID: 'base', Filter: {}, Status: 'Enabled', Expiration: { Days: 30 } },
            { ID: 'base', Filter: { Prefix: 'b/' }, Status: 'Enabled', Expiration: { Days: 30 } },
          ),
          '400 InvalidArgument',
          argument('ID', 'base'),
        ],
        ['empty-rules', put, rules(), '400 MalformedXML'],
        ['exactly-1000-rules', put, rules(...disabledRules(1000)), '200'],
        ['177', put, rules(...disabledRules(1001)), '400 MalformedXML'],
      ],
    },
    'TransitionDefaultMinimumObjectSize is that of the last PUT': {
      fact: 'F118',
      state,
      calls: [
        [
          'header-varies',
          put,
          { ...expires({ Days: 30 }), TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' },
          '200',
          { TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' },
        ],
        [
          'header-varies-readback',
          get,
          { Bucket },
          '200',
          { TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' },
        ],
        [
          'header-omitted-replacement',
          put,
          expires({ Days: 30 }),
          '200',
          { TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K' },
        ],
        [
          'header-varies-on-fresh-config',
          put,
          { ...expires({ Days: 30 }), TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' },
          '200',
        ],
        [
          'delete-before-header-reset',
          'DeleteBucketLifecycle',
          { Bucket },
          '204',
          {},
          { headers: { [minimum]: null } },
        ],
        [
          'header-omitted-after-delete',
          put,
          rule({ ID: 'reset', Expiration: { Days: 30 } }),
          '200',
          { TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K' },
        ],
        [
          'header-omitted-after-delete-readback',
          get,
          { Bucket },
          '200',
          { TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K', Rules: [{ ID: 'reset', Filter: {} }] },
        ],
        [
          'header-invalid',
          put,
          { ...expires({ Days: 30 }), TransitionDefaultMinimumObjectSize: 'invalid' },
          '400 InvalidRequest',
          {},
          { headers: { [minimum]: null } },
        ],
        [
          'header-empty',
          'PUT /logs?lifecycle',
          xml('<Status>Enabled</Status><Expiration><Days>30</Days></Expiration>', {
            'Content-MD5': 'DTtnXNX6xfUgRTlSUkVaZQ==',
            [minimum]: '',
          }),
          '400 InvalidRequest',
        ],
      ],
    },
    'a lifecycle document needs a status, and its dates need a time': {
      fact: 'F115',
      state,
      calls: [
        [
          'wire-missing-status',
          'PUT /logs?lifecycle',
          xml('<Expiration><Days>30</Days></Expiration>', { 'Content-MD5': 'YaXP+lHZTkVrdSrb2DVqOA==' }),
          '400 MalformedXML',
        ],
        [
          'wire-date-malformed',
          'PUT /logs?lifecycle',
          xml('<Status>Enabled</Status><Expiration><Date>not-a-date</Date></Expiration>', {
            'Content-MD5': 'HKEwByJuaW55B0UMi8od5A==',
          }),
          '400 MalformedXML',
        ],
        [
          'wire-date-date-only',
          'PUT /logs?lifecycle',
          xml('<Status>Enabled</Status><Expiration><Date>2030-01-02</Date></Expiration>', {
            'Content-MD5': 'aD5QHDmQQIrrXNLvWooVVg==',
          }),
          '400 MalformedXML',
        ],
        [
          'wire-date-offset',
          'PUT /logs?lifecycle',
          xml('<Status>Enabled</Status><Expiration><Date>2030-01-02T02:00:00+02:00</Date></Expiration>', {
            'Content-MD5': 'Zu+QBHD6KHFqCn38/EUUaA==',
          }),
          '200',
          {},
          { headers: { [minimum]: 'all_storage_classes_128K' } },
        ],
        [
          'wire-date-offset-readback',
          get,
          { Bucket },
          '200',
          { Rules: [{ Expiration: { Date: '2030-01-02T00:00:00Z' } }] },
        ],
        [
          'wire-date-fractional',
          'PUT /logs?lifecycle',
          xml('<Status>Enabled</Status><Expiration><Date>2030-01-02T00:00:00.001Z</Date></Expiration>', {
            'Content-MD5': 'fZNO1MfgdoTqGEMPgMotjg==',
          }),
          '400 InvalidArgument',
          argument('Date', 'Tue Jan 01 16:00:00 PST 2030'),
        ],
      ],
    },
  },
};

function disabledRules(count: number): readonly object[] {
  return Array.from({ length: count }, (_, number) => ({
    ID: `rule-${number}`,
    Filter: { Prefix: `p${number}/` },
    Status: 'Disabled',
    Expiration: { Days: 30 },
  }));
}
