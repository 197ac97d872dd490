import type { RecordedCases } from '../../../src/facts/case';

const Bucket = 'vault';
const restore = 'RestoreObject';
const of = (RestoreRequest: object, more: object = {}) => ({ Bucket, Key: 'tiny', RestoreRequest, ...more });
const refused = '403 InvalidObjectState';
const select = {
  Expression: 'SELECT * FROM s3object',
  ExpressionType: 'SQL',
  InputSerialization: { CSV: {} },
  OutputSerialization: { CSV: {} },
};
const location = { S3: { BucketName: Bucket, Prefix: 'out' } };
const get = 'GetBucketIntelligentTieringConfiguration';
const list = 'ListBucketIntelligentTieringConfigurations';
const put = 'PutBucketIntelligentTieringConfiguration';
const remove = 'DeleteBucketIntelligentTieringConfiguration';
const active = { Id: 'active', Status: 'Enabled', Tierings: [{ AccessTier: 'ARCHIVE_ACCESS', Days: 90 }] } as const;
const configuration = { Bucket, Id: 'active', IntelligentTieringConfiguration: active };

export const activeTiers: RecordedCases = {
  file: 'intelligent_tiering_authority_replay.json',
  recorded: 'September 2026',
  cases: {
    'an object in an active tier of INTELLIGENT_TIERING cannot be restored, whatever the request says': {
      fact: 'F802',
      state: {
        accounts: { other: {} },
        roles: {
          restorer: { policy: { Statement: [{ Effect: 'Allow', Action: 's3:RestoreObject', Resource: '*' }] } },
          reader: { policy: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] } },
        },
        buckets: { vault: { objects: { tiny: { body: 'tiny', storageClass: 'INTELLIGENT_TIERING' } } } },
      },
      calls: [
        ['restore-no-body', 'POST /vault/tiny?restore', {}, refused],
        ['restore-empty-request', restore, of({}), refused],
        ['restore-days-one', restore, of({ Days: 1 }), refused],
        ['restore-days-zero', restore, of({ Days: 0 }), refused],
        ['restore-days-negative', restore, of({ Days: -1 }), refused],
        ['restore-description-only', restore, of({ Description: 'active' }), refused],
        ['restore-select-type', restore, of({ Type: 'SELECT' }), refused],
        ['restore-invalid-type', restore, of({ Type: 'NOPE' }), refused],
        ['restore-nested-Bulk', restore, of({ GlacierJobParameters: { Tier: 'Bulk' } }), refused],
        ['restore-top-Expedited', restore, of({ Tier: 'Expedited' }), refused],
        ['restore-nested-bogus', restore, of({ GlacierJobParameters: { Tier: 'bogus' } }), refused],
        ['restore-top-bogus', restore, of({ Tier: 'bogus' }), refused],
        [
          'restore-select-complete',
          restore,
          of({ Type: 'SELECT', Tier: 'Expedited', SelectParameters: select, OutputLocation: location }),
          refused,
        ],
        ['restore-missing-key', restore, of({}, { Key: 'missing' }), '404 NoSuchKey'],
        ['restore-missing-key-days', restore, of({ Days: 1 }, { Key: 'missing' }), '404 NoSuchKey'],
        ['restore-wrong-owner', restore, of({}, { ExpectedBucketOwner: '$(account:other)' }), '403 AccessDenied'],
        ['get-only-restore-no-days', restore, of({}), '403 AccessDenied', {}, { by: 'role/reader' }],
        [
          'restore-only-object-get',
          'GetObject',
          { Bucket, Key: 'tiny' },
          '403 AccessDenied',
          {},
          { by: 'role/restorer' },
        ],
        ['restore-only-restore-no-days', restore, of({}), refused, {}, { by: 'role/restorer' }],
        [
          'tiny-after-rejects-head',
          'HeadObject',
          { Bucket, Key: 'tiny' },
          '200',
          { StorageClass: 'INTELLIGENT_TIERING' },
          { absent: ['ArchiveStatus', 'Restore'] },
        ],
      ],
    },
    'versions of INTELLIGENT_TIERING are read and copied, and below a delete marker not restored either': {
      fact: 'F802',
      state: {
        buckets: {
          vault: {
            versioning: 'Enabled',
            objects: { tiny: [{ body: 'tiny', storageClass: 'INTELLIGENT_TIERING', versionId: 'v1' }] },
          },
        },
      },
      calls: [
        [
          'copy-default',
          'CopyObject',
          { Bucket, Key: 'copy', CopySource: 'vault/tiny?versionId=v1' },
          '200',
          { CopySourceVersionId: 'v1' },
          { headers: { 'x-amz-storage-class': null } },
        ],
        ['copy-default-head', 'HeadObject', { Bucket, Key: 'copy' }, '200', {}, { absent: ['StorageClass'] }],
        [
          'copy-it',
          'CopyObject',
          { Bucket, Key: 'copy', CopySource: 'vault/tiny?versionId=v1', StorageClass: 'INTELLIGENT_TIERING' },
          '200',
          {},
          { headers: { 'x-amz-storage-class': 'INTELLIGENT_TIERING', 'x-amz-archive-status': null } },
        ],
        ['overwrite-standard', 'PutObject', { Bucket, Key: 'tiny', Body: 'new' }, '200', { VersionId: '$(second)' }],
        [
          'current-standard-head',
          'HeadObject',
          { Bucket, Key: 'tiny' },
          '200',
          { VersionId: '$(second)' },
          { absent: ['ArchiveStatus', 'Restore', 'StorageClass'] },
        ],
        [
          'noncurrent-it-head',
          'HeadObject',
          { Bucket, Key: 'tiny', VersionId: 'v1' },
          '200',
          { StorageClass: 'INTELLIGENT_TIERING' },
          { absent: ['ArchiveStatus', 'Restore'] },
        ],
        ['restore-noncurrent-it', restore, of({}, { VersionId: 'v1' }), refused],
        ['restore-current-standard', restore, of({}), refused],
        ['create-delete-marker', 'DeleteObject', { Bucket, Key: 'tiny' }, '204', { VersionId: '$(marker)' }],
        [
          'implicit-marker-head',
          'HeadObject',
          { Bucket, Key: 'tiny' },
          '404',
          {},
          { headers: { 'x-amz-delete-marker': 'true' } },
        ],
        ['restore-current-marker', restore, of({}), '404 NoSuchKey'],
        [
          'restore-explicit-marker',
          restore,
          of({}, { VersionId: '$(marker)' }),
          '405 MethodNotAllowed',
          {},
          { headers: { 'x-amz-delete-marker': 'true' } },
        ],
        [
          'it-behind-marker-get',
          'GetObject',
          { Bucket, Key: 'tiny', VersionId: 'v1' },
          '200',
          { Body: 'tiny', StorageClass: 'INTELLIGENT_TIERING' },
        ],
      ],
    },
    'tiering configurations are read with s3:GetIntelligentTieringConfiguration, and written and deleted with s3:PutIntelligentTieringConfiguration':
      {
        fact: 'F380',
        state: {
          accounts: {
            other: {
              roles: { member: { policy: { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } } },
            },
          },
          roles: {
            reader: {
              policy: {
                Statement: [{ Effect: 'Allow', Action: 's3:GetIntelligentTieringConfiguration', Resource: '*' }],
              },
            },
            writer: {
              policy: {
                Statement: [{ Effect: 'Allow', Action: 's3:PutIntelligentTieringConfiguration', Resource: '*' }],
              },
            },
          },
          buckets: {
            vault: {
              intelligentTiering: [active],
            },
          },
        },
        calls: [
          [
            'get-authority-get',
            get,
            { Bucket, Id: 'active' },
            '200',
            {
              IntelligentTieringConfiguration: active,
            },
            { by: 'role/reader' },
          ],
          [
            'get-authority-list',
            list,
            { Bucket },
            '200',
            { IsTruncated: false, IntelligentTieringConfigurationList: [{ Id: 'active' }] },
            { by: 'role/reader' },
          ],
          ['get-authority-put', put, configuration, '403 AccessDenied', {}, { by: 'role/reader' }],
          ['get-authority-delete', remove, { Bucket, Id: 'active' }, '403 AccessDenied', {}, { by: 'role/reader' }],
          ['put-authority-get', get, { Bucket, Id: 'active' }, '403 AccessDenied', {}, { by: 'role/writer' }],
          ['put-authority-list', list, { Bucket }, '403 AccessDenied', {}, { by: 'role/writer' }],
          ['put-authority-put', put, configuration, '204', {}, { by: 'role/writer' }],
          ['member-without-policy-list', list, { Bucket }, '403 AccessDenied', {}, { by: 'other:role/member' }],
          ['member-without-policy-put', put, configuration, '403 AccessDenied', {}, { by: 'other:role/member' }],
          [
            'member-without-policy-delete',
            remove,
            { Bucket, Id: 'active' },
            '403 AccessDenied',
            {},
            { by: 'other:role/member' },
          ],
          [
            'member-policy',
            'PutBucketPolicy',
            {
              Bucket,
              Policy: JSON.stringify({
                Version: '2012-10-17',
                Statement: [
                  {
                    Effect: 'Allow',
                    Principal: { AWS: 'arn:aws:iam::$(account:other):role/member' },
                    Action: ['s3:GetIntelligentTieringConfiguration', 's3:PutIntelligentTieringConfiguration'],
                    Resource: 'arn:aws:s3:::vault',
                  },
                ],
              }),
            },
            '204',
          ],
          ['member-with-policy-get', get, { Bucket, Id: 'active' }, '200', {}, { by: 'other:role/member' }],
          ['member-with-policy-list', list, { Bucket }, '200', {}, { by: 'other:role/member' }],
          ['member-with-policy-put', put, configuration, '204', {}, { by: 'other:role/member' }],
          ['member-with-policy-delete', remove, { Bucket, Id: 'active' }, '204', {}, { by: 'other:role/member' }],
          ['owner-after-member-delete', get, { Bucket, Id: 'active' }, '404 NoSuchConfiguration'],
        ],
      },
    'a policy that denies tiering configurations to everyone applies to the owner too until it is removed': {
      fact: 'F380',
      state: { buckets: { vault: { intelligentTiering: [active] } } },
      calls: [
        [
          'deny-install-policy',
          'PutBucketPolicy',
          {
            Bucket,
            Policy: JSON.stringify({
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Deny',
                  Principal: '*',
                  Action: ['s3:GetIntelligentTieringConfiguration', 's3:PutIntelligentTieringConfiguration'],
                  Resource: 'arn:aws:s3:::vault',
                },
              ],
            }),
          },
          '204',
        ],
        ['deny-round-0-get', get, { Bucket, Id: 'active' }, '403 AccessDenied'],
        ['deny-round-0-list', list, { Bucket }, '403 AccessDenied'],
        ['deny-round-0-put', put, configuration, '403 AccessDenied'],
        ['deny-round-0-delete', remove, { Bucket, Id: 'active' }, '403 AccessDenied'],
        ['deny-remove-policy', 'DeleteBucketPolicy', { Bucket }, '204'],
        ['deny-after-policy-put', put, configuration, '204'],
        ['deny-after-policy-get', get, { Bucket, Id: 'active' }, '200', { IntelligentTieringConfiguration: active }],
        ['deny-after-policy-list', list, { Bucket }, '200', { IntelligentTieringConfigurationList: [active] }],
        ['deny-after-policy-delete', remove, { Bucket, Id: 'active' }, '204'],
      ],
    },
  },
};
