import type { RecordedCases } from '../../../src/facts/case';

const item = 'arn:aws:s3:::vault/item';

const state = {
  users: {
    ann: { policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } },
  },
  buckets: {
    vault: {
      versioning: 'Enabled',
      objects: {
        item: [
          { body: 'null', versionId: 'null' },
          { body: 'v1', versionId: 'v1' },
          { body: 'v2', versionId: 'v2' },
        ],
      },
      policy: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'KeepFirstAndNull',
            Effect: 'Deny',
            Principal: '*',
            Action: ['s3:GetObjectVersion', 's3:DeleteObjectVersion'],
            Resource: item,
            Condition: { StringNotEquals: { 's3:VersionId': ['v1', 'null'] } },
          },
        ],
      },
    },
  },
} as const;

const by = 'ann';
const named = (VersionId: string) => ({ Bucket: 'vault', Key: 'item', VersionId });
const denied = (action: string) => ({
  Message: `User: arn:aws:iam::$(account):user/ann is not authorized to perform: ${action} on resource: "${item}" with an explicit deny in a resource-based policy`,
});

export const versionPolicy: RecordedCases = {
  file: 'version_policy_controls.json',
  recorded: 'September 2026',
  cases: {
    'a bucket policy denies versions by their ids, and a read finds a delete marker before that': {
      fact: 'F524',
      state,
      calls: [
        [
          'policy-applied-control-0',
          'GetObject',
          named('v2'),
          '403 AccessDenied',
          denied('s3:GetObjectVersion'),
          { by },
        ],
        [
          'read-current-despite-version-deny',
          'GetObject',
          { Bucket: 'vault', Key: 'item' },
          '200',
          { Body: 'v2', VersionId: 'v2' },
          { by },
        ],
        ['read-allowed-v1', 'GetObject', named('v1'), '200', { Body: 'v1', VersionId: 'v1' }, { by }],
        ['head-allowed-v1', 'HeadObject', named('v1'), '200', { ContentLength: 2, VersionId: 'v1' }, { by }],
        ['read-allowed-null', 'GetObject', named('null'), '200', { Body: 'null', VersionId: 'null' }, { by }],
        ['delete-denied-v2', 'DeleteObject', named('v2'), '403 AccessDenied', denied('s3:DeleteObjectVersion'), { by }],
        [
          'delete-current-with-version-deny',
          'DeleteObject',
          { Bucket: 'vault', Key: 'item' },
          '204',
          { DeleteMarker: true, VersionId: '$(marker)' },
          { by },
        ],
        ['read-current-marker', 'GetObject', { Bucket: 'vault', Key: 'item' }, '404 NoSuchKey', {}, { by }],
        ['read-denied-marker', 'GetObject', named('$(marker)'), '405 MethodNotAllowed', {}, { by }],
        [
          'delete-denied-marker',
          'DeleteObject',
          named('$(marker)'),
          '403 AccessDenied',
          denied('s3:DeleteObjectVersion'),
          { by },
        ],
        ['delete-allowed-null', 'DeleteObject', named('null'), '204', { VersionId: 'null' }, { by }],
        ['delete-allowed-v1', 'DeleteObject', named('v1'), '204', { VersionId: 'v1' }, { by }],
        [
          'inventory-after-permitted-deletes',
          'ListObjectVersions',
          { Bucket: 'vault' },
          '200',
          {
            Versions: [{ Key: 'item', VersionId: 'v2', IsLatest: false }],
            DeleteMarkers: [{ Key: 'item', VersionId: '$(marker)', IsLatest: true }],
          },
          { by },
        ],
      ],
    },
  },
};
