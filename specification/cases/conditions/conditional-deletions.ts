import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const users = {
  ann: { policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } },
};
const by = 'ann';
const old = { body: 'old', versionId: 'old' };
const current = { body: 'new', versionId: 'new' };
const marker = { deleteMarker: true, versionId: 'marker' } as const;

const etagOfOld = '"149603e6c03516362a8da23f624db945"';
const etagOfNew = '"22af645d1859cb5ca6da0c484f1f37ea"';
const wrongETag = '"00000000000000000000000000000000"';

/** The refusal of a condition beside a version id, whatever the condition and the version are. */
const notImplemented = {
  Message: 'A header you provided implies functionality that is not implemented',
  Header: 'If-Match',
  additionalMessage:
    'Conditional delete operations are not allowed when a version ID is included in the request parameters.',
};
const headers = { 'cache-control': 'no-store', connection: 'close' };
const closing = { headers };

const denial = (action: string, key: string) => ({
  Message: `User: arn:aws:iam::$(account):user/ann is not authorized to perform: ${action} on resource: "arn:aws:s3:::vault/${key}" with an explicit deny in a resource-based policy`,
});

function denying(action: string) {
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: action, Resource: 'arn:aws:s3:::vault/*' }],
  };
  return {
    users,
    buckets: { vault: { versioning: 'Enabled', objects: { k: [old, current], m: [old, current] }, policy } },
  } as const;
}

const ifMatch = (action: readonly string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'DenyUnconditioned',
        Effect: 'Deny',
        Principal: { AWS: 'arn:aws:iam::$(account):user/ann' },
        Action: action,
        Resource: ['arn:aws:s3:::vault/absent', 'arn:aws:s3:::vault/any', 'arn:aws:s3:::vault/older'],
        Condition: { Null: { 's3:if-match': 'true' } },
      },
    ],
  });

export const conditionalDeletions: RecordedCases = {
  file: 'conditional_versions.json',
  recorded: 'September 2026',
  cases: {
    'a condition together with the id of the null version is not implemented': {
      fact: 'F74',
      state: {
        buckets: {
          vault: {
            versioning: 'Enabled',
            objects: {
              current: [{ body: 'null', versionId: 'null' }],
              older: [{ body: 'null', versionId: 'null' }, current],
            },
          },
        },
      },
      calls: [
        [
          'null/wrong/delete',
          'DeleteObject',
          { Bucket: 'vault', Key: 'current', VersionId: 'null', IfMatch: wrongETag },
          '501 NotImplemented',
          notImplemented,
          closing,
        ],
        [
          'null/wrong/after/current',
          'GetObject',
          { Bucket: 'vault', Key: 'current' },
          '200',
          { Body: 'null', VersionId: 'null' },
        ],
        [
          'null/historical-current/delete',
          'DeleteObject',
          { Bucket: 'vault', Key: 'older', VersionId: 'null', IfMatch: etagOfNew },
          '501 NotImplemented',
          notImplemented,
          closing,
        ],
        [
          'null/historical-current/after/versions',
          'ListObjectVersions',
          { Bucket: 'vault', Prefix: 'older' },
          '200',
          {
            Versions: [
              { VersionId: 'new', IsLatest: true },
              { VersionId: 'null', IsLatest: false },
            ],
          },
        ],
      ],
    },
    'a delete marker does not meet a condition, and a condition together with its id is not implemented': {
      fact: 'F74',
      state: { buckets: { vault: { versioning: 'Enabled', objects: { k: [old, current, marker] } } } },
      calls: [
        [
          'marker/implicit-etag/before/current',
          'GetObject',
          { Bucket: 'vault', Key: 'k' },
          '404 NoSuchKey',
          { Key: 'k' },
          { headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': 'marker' } },
        ],
        [
          'marker/implicit-etag/delete',
          'DeleteObject',
          { Bucket: 'vault', Key: 'k', IfMatch: etagOfOld },
          '404 NoSuchKey',
          { Message: 'The specified key does not exist.', Key: 'k' },
          { headers: { 'x-amz-delete-marker': null, 'x-amz-version-id': null } },
        ],
        [
          'marker/historical-wildcard/delete',
          'DeleteObject',
          { Bucket: 'vault', Key: 'k', VersionId: 'old', IfMatch: '*' },
          '501 NotImplemented',
          notImplemented,
          closing,
        ],
        [
          'marker/marker-wildcard/delete',
          'DeleteObject',
          { Bucket: 'vault', Key: 'k', VersionId: 'marker', IfMatch: '*' },
          '501 NotImplemented',
          notImplemented,
          closing,
        ],
        [
          'marker/marker-wildcard/after/versions',
          'ListObjectVersions',
          { Bucket: 'vault' },
          '200',
          {
            Versions: [
              { VersionId: 'new', IsLatest: false },
              { VersionId: 'old', IsLatest: false },
            ],
            DeleteMarkers: [{ VersionId: 'marker', IsLatest: true }],
          },
        ],
      ],
    },
    'a version that was deleted is deleted again without a condition, and not with one': {
      fact: 'F74',
      state: { buckets: { vault: { versioning: 'Enabled', objects: { k: [old, current], gone: [old] } } } },
      calls: [
        [
          'missing/current-present-wildcard/remove-old',
          'DeleteObject',
          { Bucket: 'vault', Key: 'k', VersionId: 'old' },
          '204',
          { VersionId: 'old' },
        ],
        [
          'missing/current-present-wildcard/delete',
          'DeleteObject',
          { Bucket: 'vault', Key: 'k', VersionId: 'old', IfMatch: '*' },
          '501 NotImplemented',
          notImplemented,
          closing,
        ],
        [
          'missing/current-present-unconditional/delete',
          'DeleteObject',
          { Bucket: 'vault', Key: 'k', VersionId: 'old' },
          '204',
          { VersionId: 'old' },
          { absent: ['DeleteMarker'] },
        ],
        [
          'missing/current-present-unconditional/after/current',
          'GetObject',
          { Bucket: 'vault', Key: 'k' },
          '200',
          { Body: 'new' },
        ],
        [
          'missing/key-absent-old-etag/remove-old',
          'DeleteObject',
          { Bucket: 'vault', Key: 'gone', VersionId: 'old' },
          '204',
        ],
        [
          'missing/key-absent-old-etag/before/current',
          'GetObject',
          { Bucket: 'vault', Key: 'gone' },
          '404 NoSuchKey',
          { Key: 'gone' },
          { headers: { 'x-amz-delete-marker': null } },
        ],
        [
          'missing/key-absent-old-etag/delete',
          'DeleteObject',
          { Bucket: 'vault', Key: 'gone', VersionId: 'old', IfMatch: etagOfOld },
          '501 NotImplemented',
          notImplemented,
          closing,
        ],
      ],
    },
    'a deletion with an ETag needs s3:GetObject, and a deletion of a version does not': {
      fact: 'F523',
      state: denying('s3:GetObject'),
      calls: [
        [
          'deny-GetObject/implicit-own/delete',
          'DeleteObject',
          { Bucket: 'vault', Key: 'k', IfMatch: etagOfNew },
          '403 AccessDenied',
          denial('s3:GetObject', 'k'),
          { by },
        ],
        [
          'deny-GetObject/historical-own/delete',
          'DeleteObject',
          { Bucket: 'vault', Key: 'k', VersionId: 'old', IfMatch: etagOfOld },
          '501 NotImplemented',
          notImplemented,
          { by, headers },
        ],
        [
          'deny-GetObject/historical-wildcard/delete',
          'DeleteObject',
          { Bucket: 'vault', Key: 'k', VersionId: 'old', IfMatch: '*' },
          '501 NotImplemented',
          notImplemented,
          { by, headers },
        ],
        [
          'deny-GetObject/historical-wrong/delete',
          'DeleteObject',
          { Bucket: 'vault', Key: 'k', VersionId: 'old', IfMatch: wrongETag },
          '501 NotImplemented',
          notImplemented,
          { by, headers },
        ],
        [
          'deny-GetObject/historical-own/after/current',
          'GetObject',
          { Bucket: 'vault', Key: 'k' },
          '403 AccessDenied',
          denial('s3:GetObject', 'k'),
          { by },
        ],
        [
          'deny-GetObject/historical-own/after/version',
          'GetObject',
          { Bucket: 'vault', Key: 'k', VersionId: 'old' },
          '200',
          { Body: 'old' },
          { by },
        ],
      ],
    },
    'a deletion with a condition does not need s3:GetObjectVersion': {
      fact: 'F523',
      state: denying('s3:GetObjectVersion'),
      calls: [
        [
          'deny-GetObjectVersion/historical-own/delete',
          'DeleteObject',
          { Bucket: 'vault', Key: 'k', VersionId: 'old', IfMatch: etagOfOld },
          '501 NotImplemented',
          notImplemented,
          { by, headers },
        ],
        ...[
          ['historical-wrong', wrongETag],
          ['historical-wildcard', '*'],
        ].map(
          ([variant, IfMatch]): RecordedCall => [
            `deny-GetObjectVersion/${variant}/delete`,
            'DeleteObject',
            { Bucket: 'vault', Key: 'k', VersionId: 'old', IfMatch },
            '501 NotImplemented',
            notImplemented,
            { by, headers },
          ],
        ),
        [
          'deny-GetObjectVersion/historical-own/before/version',
          'GetObject',
          { Bucket: 'vault', Key: 'k', VersionId: 'old' },
          '403 AccessDenied',
          denial('s3:GetObjectVersion', 'k'),
          { by },
        ],
        [
          'deny-GetObjectVersion/implicit-own/delete',
          'DeleteObject',
          { Bucket: 'vault', Key: 'm', IfMatch: etagOfNew },
          '204',
          { DeleteMarker: true, VersionId: '$(marker)' },
          { by },
        ],
        [
          'deny-GetObjectVersion/implicit-own/after/current',
          'GetObject',
          { Bucket: 'vault', Key: 'm' },
          '404 NoSuchKey',
          { Key: 'm' },
          { by, headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': '$(marker)' } },
        ],
        [
          'deny-GetObjectVersion/implicit-own/after/version',
          'GetObject',
          { Bucket: 'vault', Key: 'm', VersionId: 'new' },
          '403 AccessDenied',
          denial('s3:GetObjectVersion', 'm'),
          { by },
        ],
      ],
    },
    'a policy may require a condition for s3:DeleteObject, but not for s3:DeleteObjectVersion': {
      fact: 'F306',
      state: {
        users,
        buckets: {
          vault: {
            versioning: 'Enabled',
            objects: { absent: [old, current], any: [old, current], older: [old, current] },
          },
        },
      },
      calls: [
        [
          'iam-if-match/apply-policy',
          'PutBucketPolicy',
          { Bucket: 'vault', Policy: ifMatch(['s3:DeleteObject', 's3:DeleteObjectVersion']) },
          '400 MalformedPolicy',
          {
            Message: 'Conditions do not apply to combination of actions and resources in statement',
            Detail: 'Condition "s3:if-match" and action "s3:DeleteObjectVersion" in statement "DenyUnconditioned"',
          },
          { headers: { connection: 'close' } },
        ],
        [
          'cleanup/policy-absence',
          'GetBucketPolicy',
          { Bucket: 'vault' },
          '404 NoSuchBucketPolicy',
          { Message: 'The bucket policy does not exist', BucketName: 'vault' },
        ],
        [
          'supplement/iam-if-match/apply-policy',
          'PutBucketPolicy',
          { Bucket: 'vault', Policy: ifMatch(['s3:DeleteObject']) },
          '204',
        ],
        [
          'supplement/iam-if-match/implicit-absent/delete',
          'DeleteObject',
          { Bucket: 'vault', Key: 'absent' },
          '403 AccessDenied',
          denial('s3:DeleteObject', 'absent'),
          { by },
        ],
        [
          'supplement/iam-if-match/historical-wildcard/delete',
          'DeleteObject',
          { Bucket: 'vault', Key: 'older', VersionId: 'old', IfMatch: '*' },
          '501 NotImplemented',
          notImplemented,
          { by, headers },
        ],
        [
          'supplement/iam-if-match/historical-etag/delete',
          'DeleteObject',
          { Bucket: 'vault', Key: 'older', VersionId: 'old', IfMatch: etagOfOld },
          '501 NotImplemented',
          notImplemented,
          { by, headers },
        ],
      ],
    },
  },
};
