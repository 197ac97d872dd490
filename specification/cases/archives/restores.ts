import type { RecordedCases } from '../../../src/facts/case';

const Bucket = 'vault';
const now = '2026-09-21T09:00:00Z';
const restore = 'RestoreObject';

const of = (Key: string, RestoreRequest: object, more: object = {}) => ({ Bucket, Key, RestoreRequest, ...more });
const by = (Tier: string, Days?: number) => ({ ...(Days && { Days }), GlacierJobParameters: { Tier } });
const ongoing = 'ongoing-request="true"';
const until = (date: string) => `ongoing-request="false", expiry-date="${date} 00:00:00 GMT"`;
const argument = (name: string, value: string) => ({ ArgumentName: name, ArgumentValue: value });
const status = (Key: string, StorageClass: string, RestoreStatus?: object) => ({
  Key,
  StorageClass,
  ...(RestoreStatus && { RestoreStatus }),
});

const glacier = { body: 'alpha', storageClass: 'GLACIER' };

export const restores: RecordedCases = {
  file: 'restore_replay.json',
  recorded: 'September 2026',
  cases: {
    'a restore that is under way can be made faster if its days stay the same': {
      fact: 'F804',
      state: { now, buckets: { vault: { objects: { missing: glacier, changed: glacier, same: glacier } } } },
      calls: [
        ['initiate-missing-days', restore, of('missing', by('Bulk', 1)), '202'],
        ['initiate-changed-days', restore, of('changed', by('Bulk', 1)), '202'],
        ['initiate-same-days', restore, of('same', by('Bulk', 1)), '202'],
        ['upgrade-missing-days-standard', restore, of('missing', by('Standard')), '400 MalformedXML'],
        ['upgrade-changed-days-standard', restore, of('changed', by('Standard', 2)), '409 RestoreAlreadyInProgress'],
        ['upgrade-same-days-standard', restore, of('same', by('Standard', 1)), '202'],
        ['downgrade-same-days-bulk', restore, of('same', by('Bulk', 1)), '409 RestoreAlreadyInProgress'],
        ['upgrade-expedited-missing-days', restore, of('missing', by('Expedited', 1)), '202'],
        ['upgrade-expedited-changed-days', restore, of('changed', by('Expedited', 2)), '409 RestoreAlreadyInProgress'],
        ['upgrade-expedited-same-days', restore, of('same', by('Expedited', 1)), '202'],
        ['poll-changed-days', 'HeadObject', { Bucket, Key: 'changed' }, '200', { Restore: ongoing }],
        [
          'poll-missing-days',
          'HeadObject',
          { Bucket, Key: 'missing' },
          '200',
          { Restore: until('Wed, 23 Sep 2026'), StorageClass: 'GLACIER' },
          { after: { minutes: 10 } },
        ],
        ['poll-same-days', 'HeadObject', { Bucket, Key: 'same' }, '200', { Restore: until('Wed, 23 Sep 2026') }],
        ['poll-changed-days', 'HeadObject', { Bucket, Key: 'changed' }, '200', { Restore: ongoing }],
      ],
    },
    'a restore of a missing object, a missing version or a delete marker is refused': {
      fact: 'F802',
      state: {
        now,
        accounts: { other: {} },
        buckets: {
          vault: {
            versioning: 'Enabled',
            objects: {
              old: [{ ...glacier, versionId: 'v1' }],
              bounds: [{ ...glacier, versionId: 'v2' }],
              marker: [
                { ...glacier, versionId: 'v3' },
                { deleteMarker: true, versionId: 'v4' },
              ],
            },
          },
        },
      },
      calls: [
        ['missing-key', restore, of('missing', by('Expedited', 1)), '404 NoSuchKey', { Key: 'missing' }],
        ['restore-missing-key', restore, of('missing', {}), '404 NoSuchKey'],
        ['current-marker', restore, of('marker', by('Expedited', 1)), '404 NoSuchKey', { Key: 'marker' }],
        [
          'explicit-marker',
          restore,
          of('marker', by('Expedited', 1), { VersionId: 'v4' }),
          '405 MethodNotAllowed',
          { Method: 'POST', ResourceType: 'DeleteMarker' },
          { headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': 'v4', allow: 'DELETE' } },
        ],
        [
          'missing-version',
          restore,
          of('old', by('Expedited', 1), { VersionId: 'v2' }),
          '404 NoSuchVersion',
          { Key: 'old', VersionId: 'v2' },
        ],
        [
          'expected-owner-mismatch',
          restore,
          of('old', by('Expedited', 1), { ExpectedBucketOwner: '$(account:other)' }),
          '403 AccessDenied',
        ],
        [
          'restore-noncurrent',
          restore,
          of('marker', by('Bulk', 1), { VersionId: 'v3' }),
          '202',
          {},
          { headers: { 'x-amz-version-id': 'v3' } },
        ],
      ],
    },
    'a restore of an object that is not archived is refused before its document is read': {
      fact: 'F802',
      state: {
        now,
        buckets: {
          vault: {
            objects: {
              standard: 'alpha',
              ia: { body: 'alpha', storageClass: 'STANDARD_IA' },
              instant: { body: 'alpha', storageClass: 'GLACIER_IR' },
              intelligent: { body: 'alpha', storageClass: 'INTELLIGENT_TIERING' },
            },
          },
        },
      },
      calls: [
        ['class-standard', restore, of('standard', by('Expedited', 1)), '403 InvalidObjectState'],
        ['class-ia', restore, of('ia', by('Expedited', 1)), '403 InvalidObjectState'],
        ['class-instant', restore, of('instant', by('Expedited', 1)), '403 InvalidObjectState'],
        ['class-intelligent', restore, of('intelligent', by('Expedited', 1)), '403 InvalidObjectState'],
        ['select-ordinary', restore, of('standard', { Type: 'SELECT' }), '403 InvalidObjectState'],
        ['payload-intelligent', 'GetObject', { Bucket, Key: 'intelligent' }, '200', { Body: 'alpha' }],
      ],
    },
    'a restore from an archive with a wrong document is refused': {
      fact: 'F802',
      state: {
        now,
        buckets: {
          vault: {
            versioning: 'Enabled',
            objects: {
              bounds: [{ ...glacier, versionId: 'v1' }],
              deep: [{ body: 'alpha', storageClass: 'DEEP_ARCHIVE', versionId: 'v2' }],
            },
          },
        },
      },
      calls: [
        ['empty', restore, of('bounds', {}), '400 MalformedXML'],
        ['missing-days', restore, of('bounds', by('Expedited')), '400 MalformedXML'],
        ['days-zero', restore, of('bounds', { Days: 0 }), '400 InvalidArgument', argument('Days', '0')],
        ['days-negative', restore, of('bounds', { Days: -1 }), '400 InvalidArgument', argument('Days', '-1')],
        [
          'int32-minimum',
          restore,
          of('bounds', { Days: -2147483648 }),
          '400 InvalidArgument',
          argument('Days', '-2147483648'),
        ],
        [
          'below-int32-minimum',
          'POST /vault/bounds?restore',
          { body: '<RestoreRequest><Days>-2147483649</Days></RestoreRequest>' },
          '400 MalformedXML',
        ],
        ['top-tier-only', restore, of('bounds', { Days: 1, Tier: 'Bulk' }), '400 MalformedXML'],
        ['both-tier-conflict', restore, of('bounds', { ...by('Bulk', 1), Tier: 'Standard' }), '400 MalformedXML'],
        [
          'days-maxint',
          restore,
          of('bounds', { Days: 2147483647 }),
          '202',
          {},
          { headers: { 'x-amz-version-id': 'v1' } },
        ],
        [
          'days-overflow',
          'POST /vault/bounds?restore',
          { body: '<RestoreRequest><Days>2147483648</Days></RestoreRequest>' },
          '400 MalformedXML',
        ],
        ['tier-invalid', restore, of('bounds', by('Nonsense', 1)), '400 MalformedXML'],
        ['tier-lowercase', restore, of('bounds', by('expedited', 1)), '400 MalformedXML'],
        ['top-tier-invalid', restore, of('bounds', { Days: 1, Tier: 'Nonsense' }), '400 MalformedXML'],
        ['select-minimal', restore, of('bounds', { Type: 'SELECT' }), '405 MethodNotAllowed'],
        [
          'output-days',
          restore,
          of('bounds', { Days: 1, OutputLocation: { S3: { BucketName: Bucket, Prefix: 'out/' } } }),
          '400 MalformedXML',
        ],
        ['invalid-type', restore, of('bounds', { Days: 1, Type: 'Nonsense' }), '400 MalformedXML'],
        ['deep-expedited', restore, of('deep', by('Expedited', 1)), '403 InvalidTier'],
        ['deep-invalid-tier', restore, of('deep', by('Nonsense', 1)), '400 MalformedXML'],
        ['deep-bulk', restore, of('deep', by('Bulk', 1)), '202', {}, { headers: { 'x-amz-version-id': 'v2' } }],
      ],
    },
    'HeadObject, GetObjectAttributes and listings show the state of a restore': {
      fact: 'F800',
      state: {
        now,
        roles: {
          restorer: {
            policy: {
              Statement: [
                { Effect: 'Allow', Action: 's3:RestoreObject', Resource: 'arn:aws:s3:::vault/*' },
                { Effect: 'Deny', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: 'arn:aws:s3:::vault/*' },
              ],
            },
          },
          reader: {
            policy: {
              Statement: [
                { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: 'arn:aws:s3:::vault/*' },
              ],
            },
          },
        },
        buckets: {
          vault: {
            versioning: 'Enabled',
            objects: { old: [{ ...glacier, versionId: 'v1' }], permission: [glacier], plain: ['alpha'] },
          },
        },
      },
      calls: [
        [
          'head-archived',
          'HeadObject',
          { Bucket, Key: 'old' },
          '200',
          { StorageClass: 'GLACIER', VersionId: 'v1' },
          { absent: ['Restore'] },
        ],
        ['get-archived', 'GetObject', { Bucket, Key: 'old' }, '403 InvalidObjectState', { StorageClass: 'GLACIER' }],
        [
          'attributes-archived',
          'GetObjectAttributes',
          { Bucket, Key: 'old', ObjectAttributes: ['ETag', 'Checksum', 'ObjectSize', 'StorageClass'] },
          '200',
          { ETag: '2c1743a391305fbf367df8e4f069f9f9', ObjectSize: 5, StorageClass: 'GLACIER' },
          { headers: { 'x-amz-restore': null, 'x-amz-version-id': 'v1' } },
        ],
        [
          'list-archived',
          'ListObjectsV2',
          { Bucket, OptionalObjectAttributes: ['RestoreStatus'] },
          '200',
          { Contents: [status('old', 'GLACIER'), status('permission', 'GLACIER'), status('plain', 'STANDARD')] },
        ],
        ['get-only-plaintext-positive', 'GetObject', { Bucket, Key: 'plain' }, '200', {}, { by: 'role/reader' }],
        [
          'get-only-restore-denied-ordinary',
          restore,
          of('plain', by('Bulk', 1)),
          '403 AccessDenied',
          {},
          { by: 'role/reader' },
        ],
        [
          'get-only-restore-denied-top-only',
          restore,
          of('old', by('Bulk', 1)),
          '403 AccessDenied',
          {},
          { by: 'role/reader' },
        ],
        ['authorized-no-get', restore, of('permission', by('Expedited', 1)), '202', {}, { by: 'role/restorer' }],
        [
          'denied-get-before',
          'GetObject',
          { Bucket, Key: 'permission' },
          '403 AccessDenied',
          {},
          { by: 'role/restorer' },
        ],
        [
          'start-expedited',
          restore,
          of('old', by('Expedited', 1), { VersionId: 'v1' }),
          '202',
          {},
          { headers: { 'x-amz-version-id': 'v1' } },
        ],
        ['pending-repeat', restore, of('old', by('Expedited', 1), { VersionId: 'v1' }), '409 RestoreAlreadyInProgress'],
        ['pending-change-days', restore, of('old', by('Expedited', 2)), '409 RestoreAlreadyInProgress'],
        ['head-pending', 'HeadObject', { Bucket, Key: 'old' }, '200', { Restore: ongoing, StorageClass: 'GLACIER' }],
        ['get-pending', 'GetObject', { Bucket, Key: 'old' }, '403 InvalidObjectState', { StorageClass: 'GLACIER' }],
        [
          'list-pending',
          'ListObjectsV2',
          { Bucket, OptionalObjectAttributes: ['RestoreStatus'] },
          '200',
          {
            Contents: [
              status('old', 'GLACIER', { IsRestoreInProgress: true }),
              status('permission', 'GLACIER', { IsRestoreInProgress: true }),
              status('plain', 'STANDARD'),
            ],
          },
        ],
        [
          'poll-restore',
          'HeadObject',
          { Bucket, Key: 'old' },
          '200',
          { Restore: until('Wed, 23 Sep 2026') },
          { after: { minutes: 9 } },
        ],
        [
          'restored-payload',
          'GetObject',
          { Bucket, Key: 'old', VersionId: 'v1' },
          '200',
          { Body: 'alpha', Restore: until('Wed, 23 Sep 2026'), StorageClass: 'GLACIER' },
        ],
        [
          'list-restored',
          'ListObjectsV2',
          { Bucket, OptionalObjectAttributes: ['RestoreStatus'] },
          '200',
          {
            Contents: [
              status('old', 'GLACIER', { IsRestoreInProgress: false, RestoreExpiryDate: '2026-09-23T00:00:00Z' }),
              status('permission', 'GLACIER', { IsRestoreInProgress: false }),
              status('plain', 'STANDARD'),
            ],
          },
        ],
        [
          'already-restored-same',
          restore,
          of('old', by('Expedited', 1)),
          '200',
          {},
          { headers: { 'x-amz-version-id': 'v1' } },
        ],
        ['already-restored-extend', restore, of('old', by('Expedited', 3)), '200'],
        ['head-extended', 'HeadObject', { Bucket, Key: 'old' }, '200', { Restore: until('Fri, 25 Sep 2026') }],
        ['already-restored-shorten', restore, of('old', { Days: 1 }), '200'],
        ['head-shortened', 'HeadObject', { Bucket, Key: 'old' }, '200', { Restore: until('Wed, 23 Sep 2026') }],
        [
          'denied-get-after',
          'GetObject',
          { Bucket, Key: 'permission' },
          '403 AccessDenied',
          {},
          { by: 'role/restorer' },
        ],
        ['permission-owner-payload', 'GetObject', { Bucket, Key: 'permission' }, '200', { Body: 'alpha' }],
      ],
    },
  },
};
