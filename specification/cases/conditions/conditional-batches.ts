import type { RecordedCases } from '../../../src/facts/case';

const users = {
  ann: { policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } },
};
const by = 'ann';
const versions = [
  { body: 'old', versionId: 'old' },
  { body: 'new', versionId: 'new' },
];
const objects = {
  'of-old': versions,
  'of-current': versions,
  'of-wrong': versions,
  'of-any': versions,
  current: versions,
  wrong: versions,
  any: versions,
};

function stateWith(denied?: string) {
  const Statement = [{ Effect: 'Deny', Principal: '*', Action: denied, Resource: 'arn:aws:s3:::vault/*' }];
  const policy = denied === undefined ? undefined : { Version: '2012-10-17', Statement };
  return { users, buckets: { vault: { versioning: 'Enabled', objects, ...(policy && { policy }) } } } as const;
}

const etagOfNew = '"22af645d1859cb5ca6da0c484f1f37ea"';
const wrongETag = '"00000000000000000000000000000000"';

const deletion = {
  Bucket: 'vault',
  Delete: {
    Objects: [
      { Key: 'of-old', VersionId: 'old', ETag: '"149603e6c03516362a8da23f624db945"' },
      { Key: 'of-current', VersionId: 'old', ETag: etagOfNew },
      { Key: 'of-wrong', VersionId: 'old', ETag: wrongETag },
      { Key: 'of-any', VersionId: 'old', ETag: '*' },
      { Key: 'current', ETag: etagOfNew },
      { Key: 'wrong', ETag: wrongETag },
      { Key: 'any', ETag: '*' },
    ],
  },
};

/** S3 answers entries in an order that varies (F71); here and below they have the mock's. */
const ofVersions = ['of-old', 'of-current', 'of-wrong', 'of-any'].map((Key) => ({
  Key,
  VersionId: 'old',
  Code: 'NotImplemented',
  Message: 'A form field you provided implies functionality that is not implemented',
}));
const unmet = {
  Key: 'wrong',
  Code: 'PreconditionFailed',
  Message: 'At least one of the pre-conditions you specified did not hold',
};
const markedCurrent = { Key: 'current', DeleteMarker: true, DeleteMarkerVersionId: '$(current)' };
const markedAny = { Key: 'any', DeleteMarker: true, DeleteMarkerVersionId: '$(any-object)' };
const denied = (Key: string) => ({
  Key,
  Code: 'AccessDenied',
  Message: `User: arn:aws:iam::$(account):user/ann is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::vault/${Key}" with an explicit deny in a resource-based policy`,
});

const headers = { connection: 'close' };

const noSuchKey = (Key: string) => ({ Message: 'The specified key does not exist.', Key });
const markedBy = (name: string) => ({ 'x-amz-delete-marker': 'true', 'x-amz-version-id': `$(${name})` });
const markedVersions = (name: string) => ({
  Versions: [
    { VersionId: 'new', IsLatest: false },
    { VersionId: 'old', IsLatest: false },
  ],
  DeleteMarkers: [{ VersionId: `$(${name})`, IsLatest: true }],
});

export const conditionalBatches: RecordedCases = {
  file: 'conditional_versions.json',
  recorded: 'September 2026',
  cases: {
    'entries of DeleteObjects take a condition only without a version id': {
      fact: 'F74',
      state: stateWith(),
      calls: [
        [
          'batch/baseline/delete-objects',
          'DeleteObjects',
          deletion,
          '200',
          { Deleted: [markedCurrent, markedAny], Errors: [...ofVersions, unmet] },
          { by, headers },
        ],
        [
          'batch/baseline/after/historical-old/versions',
          'ListObjectVersions',
          { Bucket: 'vault', Prefix: 'of-old' },
          '200',
          {
            Versions: [
              { VersionId: 'new', IsLatest: true },
              { VersionId: 'old', IsLatest: false },
            ],
          },
          { by },
        ],
      ],
    },
    'an entry of DeleteObjects with an ETag needs s3:GetObject, and an entry with * does not': {
      fact: 'F523',
      state: stateWith('s3:GetObject'),
      calls: [
        [
          'batch/deny-GetObject/delete-objects',
          'DeleteObjects',
          deletion,
          '200',
          { Deleted: [markedAny], Errors: [...ofVersions, denied('current'), denied('wrong')] },
          { by, headers },
        ],
        [
          'batch/deny-GetObject/after/implicit-wrong/version',
          'GetObject',
          { Bucket: 'vault', Key: 'wrong', VersionId: 'new' },
          '200',
          { Body: 'new' },
          { by },
        ],
        [
          'batch/deny-GetObject/after/implicit-wildcard/versions',
          'ListObjectVersions',
          { Bucket: 'vault', Prefix: 'any' },
          '200',
          markedVersions('any-object'),
          { by },
        ],
        [
          'batch/deny-GetObject/after/implicit-wildcard/current',
          'GetObject',
          { Bucket: 'vault', Key: 'any' },
          '404 NoSuchKey',
          noSuchKey('any'),
          { by, headers: markedBy('any-object') },
        ],
      ],
    },
    'no entry of DeleteObjects needs s3:GetObjectVersion': {
      fact: 'F523',
      state: stateWith('s3:GetObjectVersion'),
      calls: [
        [
          'batch/deny-GetObjectVersion/delete-objects',
          'DeleteObjects',
          deletion,
          '200',
          { Deleted: [markedCurrent, markedAny], Errors: [...ofVersions, unmet] },
          { by, headers },
        ],
        [
          'batch/deny-GetObjectVersion/after/implicit-current/current',
          'GetObject',
          { Bucket: 'vault', Key: 'current' },
          '404 NoSuchKey',
          noSuchKey('current'),
          { by, headers: markedBy('current') },
        ],
        [
          'batch/deny-GetObjectVersion/after/implicit-current/version',
          'GetObject',
          { Bucket: 'vault', Key: 'current', VersionId: 'new' },
          '403 AccessDenied',
          {},
          { by },
        ],
        [
          'batch/deny-GetObjectVersion/after/implicit-wrong/current',
          'GetObject',
          { Bucket: 'vault', Key: 'wrong' },
          '200',
          { Body: 'new', VersionId: 'new' },
          { by },
        ],
      ],
    },
  },
};
