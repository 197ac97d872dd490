import type { RecordedCases } from '../replay';

const Bucket = 'logs';
const put = 'PutBucketLifecycleConfiguration';
const now = '2026-09-21T16:40:00Z';

/** The input of a PUT of rules for all objects. */
const rules = (...some: readonly object[]) => ({
  Bucket,
  LifecycleConfiguration: { Rules: some.map((rule) => ({ Status: 'Enabled', Filter: { Prefix: '' }, ...rule })) },
});
const expiration = (date: string, id: string) => `expiry-date="${date} 00:00:00 GMT", rule-id="${id}"`;
const none = { absent: ['Expiration'], headers: { 'x-amz-expiration': null } };
const Part = { Parts: [{ PartNumber: 1, ETag: '$(part)' }] };

export const expirationHeaders: RecordedCases = {
  file: 'lifecycle_header_authority_replay.json',
  recorded: 'September 2026',
  cases: {
    'an object has an expiration once there is a rule, and the id is encoded': {
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
    'reads by a version id and of delete markers have none': {
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
    'a null version has one while it is current, and none by its id': {
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
    'the soonest of several rules is named, be it by days or by a date': {
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
    'an object has the expiration that its tags call for, also if it came in parts': {
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
