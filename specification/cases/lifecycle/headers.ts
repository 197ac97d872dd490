import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const Bucket = 'logs';
const put = 'PutBucketLifecycleConfiguration';
const now = '2026-09-21T16:40:00Z';

const rules = (...some: readonly object[]) => ({
  Bucket,
  LifecycleConfiguration: { Rules: some.map((rule) => ({ Status: 'Enabled', Filter: { Prefix: '' }, ...rule })) },
});
const expiration = (date: string, id: string) => `expiry-date="${date} 00:00:00 GMT", rule-id="${id}"`;
const none = { absent: ['Expiration'], headers: { 'x-amz-expiration': null } };
const seen = (label: string, date: string, id: string): RecordedCall => [
  label,
  'HeadObject',
  { Bucket, Key: 'k' },
  '200',
  { Expiration: expiration(date, id) },
];
const unseen = (label: string): RecordedCall => [label, 'HeadObject', { Bucket, Key: 'k' }, '200', {}, none];
const sized = (ID: string, Filter: object): RecordedCall => [
  ID,
  put,
  rules({ ID, Filter, Expiration: { Days: 7 } }),
  '200',
];
const tag = { Key: 'expire', Value: 'yes' };
const Part = { Parts: [{ PartNumber: 1, ETag: '$(part)' }] };

export const expirationHeaders: RecordedCases = {
  file: 'lifecycle_header_authority_replay.json',
  recorded: 'September 2026',
  cases: {
    'an object has the x-amz-expiration of a rule as soon as the rule exists, and the id of the rule is encoded': {
      fact: 'F119',
      state: { now, buckets: { logs: { objects: { k: 'k' } } } },
      calls: [
        ['preconfig-head', 'HeadObject', { Bucket, Key: 'k' }, '200', {}, none],
        ['install-escaped-days', put, rules({ ID: 'a b"&,/%é', Expiration: { Days: 10 } }), '200'],
        [
          'escaped-days-positive-0',
          'HeadObject',
          { Bucket, Key: 'k' },
          '200',
          { Expiration: expiration('Fri, 02 Oct 2026', 'a b%22&,/%25%c3%a9') },
        ],
        [
          'configured-put',
          'PutObject',
          { Bucket, Key: 'put', Body: 'put' },
          '200',
          { Expiration: expiration('Fri, 02 Oct 2026', 'a b%22&,/%25%c3%a9') },
        ],
        [
          'escaped-repeat-get-0',
          'GetObject',
          { Bucket, Key: 'k' },
          '200',
          { Expiration: expiration('Fri, 02 Oct 2026', 'a b%22&,/%25%c3%a9') },
        ],
      ],
    },
    'a copy and a completed upload have the x-amz-expiration of their bucket, and the soonest rule is named whatever the order':
      {
        fact: 'F112',
        state: { now, buckets: { logs: { objects: { k: 'k' } } } },
        calls: [
          ['install-escaped-days', put, rules({ ID: 'ten', Expiration: { Days: 10 } }), '200'],
          [
            'copy',
            'CopyObject',
            { Bucket, Key: 'copy', CopySource: 'logs/k' },
            '200',
            { Expiration: expiration('Fri, 02 Oct 2026', 'ten') },
          ],
          ['create-mpu', 'CreateMultipartUpload', { Bucket, Key: 'parts' }, '200', { UploadId: '$(upload)' }, none],
          [
            'upload-part',
            'UploadPart',
            { Bucket, Key: 'parts', UploadId: '$(upload)', PartNumber: 1, Body: '1' },
            '200',
            { ETag: '$(part)' },
            none,
          ],
          [
            'complete-mpu',
            'CompleteMultipartUpload',
            { Bucket, Key: 'parts', UploadId: '$(upload)', MultipartUpload: Part },
            '200',
            { Expiration: expiration('Fri, 02 Oct 2026', 'ten') },
          ],
          [
            'overlap-days-first-long',
            put,
            rules({ ID: 'long', Expiration: { Days: 20 } }, { ID: 'short', Expiration: { Days: 4 } }),
            '200',
            { TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K' },
          ],
          seen('overlap-earliest-0', 'Sat, 26 Sep 2026', 'short'),
          [
            'overlap-reversed',
            put,
            rules({ ID: 'short', Expiration: { Days: 4 } }, { ID: 'long', Expiration: { Days: 20 } }),
            '200',
          ],
          seen('overlap-reversed-head', 'Sat, 26 Sep 2026', 'short'),
          ['future-date', put, rules({ ID: 'date-rule', Expiration: { Date: '2026-10-31T00:00:00Z' } }), '200'],
          seen('future-date-head-0', 'Sat, 31 Oct 2026', 'date-rule'),
          ['disabled', put, rules({ ID: 'disabled', Status: 'Disabled', Expiration: { Days: 10 } }), '200'],
          unseen('disabled-head'),
          ['replacement', put, rules({ ID: 'replacement', Expiration: { Days: 12 } }), '200'],
          seen('replacement-head-0', 'Sun, 04 Oct 2026', 'replacement'),
          ['remove-configuration', 'DeleteBucketLifecycle', { Bucket }, '204'],
          ['removed-config-get', 'GetBucketLifecycleConfiguration', { Bucket }, '404 NoSuchLifecycleConfiguration'],
          unseen('removed-config-head'),
        ],
      },
    'the size limits of a lifecycle filter are exclusive, and the current tags count': {
      fact: 'F112',
      state: {
        now,
        buckets: { logs: { objects: { k: 'a body of 23 bytes here', other: 'a body of 23 bytes here' } } },
      },
      calls: [
        [
          'tag-size-rule',
          put,
          rules({
            ID: 'tag-size',
            Filter: { And: { Prefix: '', Tags: [tag], ObjectSizeGreaterThan: 22, ObjectSizeLessThan: 24 } },
            Expiration: { Days: 7 },
          }),
          '200',
        ],
        ['set-matching-tag', 'PutObjectTagging', { Bucket, Key: 'k', Tagging: { TagSet: [tag] } }, '200'],
        seen('tag-size-positive-0', 'Tue, 29 Sep 2026', 'tag-size'),
        ['tag-unmatched-control', 'HeadObject', { Bucket, Key: 'other' }, '200', { ContentLength: 23 }, none],
        ['remove-tag', 'DeleteObjectTagging', { Bucket, Key: 'k' }, '204'],
        unseen('removed-tag-head'),
        ['restore-tag', 'PutObjectTagging', { Bucket, Key: 'k', Tagging: { TagSet: [tag] } }, '200'],
        seen('restored-tag-head', 'Tue, 29 Sep 2026', 'tag-size'),
        sized('size-exclusive-lower', { ObjectSizeGreaterThan: 23 }),
        unseen('size-equal-lower-head'),
        sized('size-exclusive-upper', { ObjectSizeLessThan: 23 }),
        unseen('size-equal-upper-head'),
        sized('size-positive', { ObjectSizeGreaterThan: 22 }),
        seen('size-positive-head-0', 'Tue, 29 Sep 2026', 'size-positive'),
      ],
    },
    'reads by a version id and of delete markers have no x-amz-expiration': {
      fact: 'F112',
      state: { now, buckets: { logs: { versioning: 'Enabled' } } },
      calls: [
        [
          'versioned-rule',
          put,
          rules({ ID: 'versioned', Expiration: { Days: 15 }, NoncurrentVersionExpiration: { NoncurrentDays: 2 } }),
          '200',
        ],
        [
          'versioned-first-put',
          'PutObject',
          { Bucket, Key: 'k', Body: '1' },
          '200',
          { VersionId: '$(first)', Expiration: expiration('Wed, 07 Oct 2026', 'versioned') },
        ],
        [
          'versioned-second-put',
          'PutObject',
          { Bucket, Key: 'k', Body: '2' },
          '200',
          { VersionId: '$(second)', Expiration: expiration('Wed, 07 Oct 2026', 'versioned') },
        ],
        [
          'versioned-latest-head',
          'HeadObject',
          { Bucket, Key: 'k' },
          '200',
          { VersionId: '$(second)', Expiration: expiration('Wed, 07 Oct 2026', 'versioned') },
        ],
        [
          'versioned-explicit-first-head',
          'HeadObject',
          { Bucket, Key: 'k', VersionId: '$(first)' },
          '200',
          { VersionId: '$(first)' },
          none,
        ],
        [
          'explicit-current-get',
          'GetObject',
          { Bucket, Key: 'k', VersionId: '$(second)' },
          '200',
          { VersionId: '$(second)' },
          none,
        ],
        [
          'versioned-delete',
          'DeleteObject',
          { Bucket, Key: 'k' },
          '204',
          { DeleteMarker: true, VersionId: '$(marker)' },
          none,
        ],
        ['versioned-marker-head', 'HeadObject', { Bucket, Key: 'k' }, '404', {}, none],
        ['versioned-marker-get', 'GetObject', { Bucket, Key: 'k' }, '404 NoSuchKey', {}, none],
        ['versioned-explicit-marker-head', 'HeadObject', { Bucket, Key: 'k', VersionId: '$(marker)' }, '405', {}, none],
        [
          'versioned-explicit-marker-get',
          'GetObject',
          { Bucket, Key: 'k', VersionId: '$(marker)' },
          '405 MethodNotAllowed',
          {},
          none,
        ],
      ],
    },
    'a current null version has an x-amz-expiration, but not if it is read by its id': {
      fact: 'F112',
      state: {
        now,
        buckets: { logs: { versioning: 'Suspended', objects: { k: [{ body: '1', versionId: 'first' }] } } },
      },
      calls: [
        [
          'suspended-rule',
          put,
          rules({ ID: 'suspended', Expiration: { Days: 15 }, NoncurrentVersionExpiration: { NoncurrentDays: 2 } }),
          '200',
        ],
        [
          'suspended-null-put',
          'PutObject',
          { Bucket, Key: 'k', Body: '2' },
          '200',
          { Expiration: expiration('Wed, 07 Oct 2026', 'suspended') },
          { absent: ['VersionId'] },
        ],
        [
          'suspended-latest-head',
          'HeadObject',
          { Bucket, Key: 'k' },
          '200',
          { VersionId: 'null', Expiration: expiration('Wed, 07 Oct 2026', 'suspended') },
        ],
        [
          'suspended-explicit-null-head',
          'HeadObject',
          { Bucket, Key: 'k', VersionId: 'null' },
          '200',
          { VersionId: 'null' },
          none,
        ],
        [
          'suspended-old-version-get',
          'GetObject',
          { Bucket, Key: 'k', VersionId: 'first' },
          '200',
          { VersionId: 'first' },
          none,
        ],
        ['suspended-delete', 'DeleteObject', { Bucket, Key: 'k' }, '204', { DeleteMarker: true, VersionId: 'null' }],
        ['suspended-marker-get', 'GetObject', { Bucket, Key: 'k' }, '404 NoSuchKey', {}, none],
        [
          'suspended-explicit-marker-get',
          'GetObject',
          { Bucket, Key: 'k', VersionId: 'null' },
          '405 MethodNotAllowed',
          {},
          none,
        ],
      ],
    },
    'x-amz-expiration names the soonest rule, whether it counts days or has a date': {
      fact: 'F112',
      state: { now, buckets: { logs: { versioning: 'Enabled', objects: { k: 'k' } } } },
      calls: [
        [
          'noncurrent-only-rule',
          put,
          rules({ ID: 'noncurrent-only', NoncurrentVersionExpiration: { NoncurrentDays: 3 } }),
          '200',
        ],
        ['noncurrent-only-current-head', 'HeadObject', { Bucket, Key: 'k' }, '200', {}, none],
        [
          'overlap-date-days',
          put,
          rules(
            { ID: 'days-later', Expiration: { Days: 5 } },
            { ID: 'date-earlier', Expiration: { Date: '2026-09-24T00:00:00Z' } },
          ),
          '200',
        ],
        [
          'overlap-date-earlier-head',
          'HeadObject',
          { Bucket, Key: 'k' },
          '200',
          { Expiration: expiration('Thu, 24 Sep 2026', 'date-earlier') },
        ],
      ],
    },
    'an object has the x-amz-expiration for its tags, also if it was uploaded in parts': {
      fact: 'F112',
      state: { now, buckets: { logs: { versioning: 'Enabled' } } },
      calls: [
        [
          'tagged-rule',
          put,
          rules({ ID: 'tagged', Filter: { Tag: { Key: 'expire', Value: 'yes' } }, Expiration: { Days: 9 } }),
          '200',
        ],
        [
          'tagged-put',
          'PutObject',
          { Bucket, Key: 'tagged', Body: '1', Tagging: 'expire=yes' },
          '200',
          { Expiration: expiration('Thu, 01 Oct 2026', 'tagged') },
        ],
        [
          'tagged-put-head',
          'HeadObject',
          { Bucket, Key: 'tagged' },
          '200',
          { Expiration: expiration('Thu, 01 Oct 2026', 'tagged'), TagCount: 1 },
        ],
        ['untagged-put', 'PutObject', { Bucket, Key: 'untagged', Body: '1' }, '200', {}, none],
        [
          'tagged-create-mpu',
          'CreateMultipartUpload',
          { Bucket, Key: 'parts', Tagging: 'expire=yes' },
          '200',
          { UploadId: '$(upload)' },
          none,
        ],
        [
          'tagged-upload-part',
          'UploadPart',
          { Bucket, Key: 'parts', UploadId: '$(upload)', PartNumber: 1, Body: '1' },
          '200',
          { ETag: '$(part)' },
          none,
        ],
        [
          'tagged-complete-mpu',
          'CompleteMultipartUpload',
          { Bucket, Key: 'parts', UploadId: '$(upload)', MultipartUpload: Part },
          '200',
          { Expiration: expiration('Thu, 01 Oct 2026', 'tagged') },
        ],
        [
          'tagged-mpu-get',
          'GetObject',
          { Bucket, Key: 'parts' },
          '200',
          { Expiration: expiration('Thu, 01 Oct 2026', 'tagged'), TagCount: 1 },
        ],
      ],
    },
  },
};
