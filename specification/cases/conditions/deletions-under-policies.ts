import type { RecordedCases } from '../../../src/facts/case';

type Calls = RecordedCases['cases'][string]['calls'];
type State = NonNullable<RecordedCases['cases'][string]['state']>;

const users = {
  ann: { policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } },
};
const by = 'ann';
const versions = [
  { body: 'old', versionId: 'old' },
  { body: 'new', versionId: 'new' },
];
const objects = {
  own: versions,
  wrong: versions,
  any: versions,
  plain: versions,
  'of-plain': versions,
  marked: [...versions, { deleteMarker: true, versionId: 'marker' }],
};

function stateWith(Action: string, condition?: object): State {
  const statement = { Effect: 'Deny', Principal: '*', Action, Resource: 'arn:aws:s3:::vault/*' };
  const policy = { Version: '2012-10-17', Statement: [{ ...statement, ...(condition && { Condition: condition }) }] };
  return { users, buckets: { vault: { versioning: 'Enabled', objects, policy } } };
}

const etags = {
  new: '"22af645d1859cb5ca6da0c484f1f37ea"',
  wrong: '"00000000000000000000000000000000"',
  any: '*',
};

const denial = (action: string, key: string) => ({
  Message: `User: arn:aws:iam::$(account):user/ann is not authorized to perform: ${action} on resource: "arn:aws:s3:::vault/${key}" with an explicit deny in a resource-based policy`,
});

const deletion = (Key: string, condition?: keyof typeof etags, VersionId?: string) => ({
  Bucket: 'vault',
  Key,
  ...(condition && { IfMatch: etags[condition] }),
  ...(VersionId && { VersionId }),
});

function marks(variant: string, key: string, condition?: keyof typeof etags): Calls {
  const VersionId = `$(marker-of-${key})`;
  const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': VersionId };
  return [
    [
      `${variant}/delete`,
      'DeleteObject',
      deletion(key, condition),
      '204',
      { DeleteMarker: true, VersionId },
      { by, headers },
    ],
    [
      `${variant}/after/versions`,
      'ListObjectVersions',
      { Bucket: 'vault', Prefix: key },
      '200',
      {
        Versions: [
          { Key: key, VersionId: 'new', IsLatest: false },
          { Key: key, VersionId: 'old', IsLatest: false },
        ],
        DeleteMarkers: [{ Key: key, VersionId, IsLatest: true }],
      },
      { by },
    ],
    [
      `${variant}/after/current`,
      'GetObject',
      { Bucket: 'vault', Key: key },
      '404 NoSuchKey',
      { Message: 'The specified key does not exist.', Key: key },
      { by, headers },
    ],
  ];
}

function removes(variant: string, key: string): Calls {
  return [
    [
      `${variant}/delete`,
      'DeleteObject',
      deletion(key, undefined, 'old'),
      '204',
      { VersionId: 'old' },
      { by, absent: ['DeleteMarker'], headers: { 'x-amz-delete-marker': null } },
    ],
    [
      `${variant}/after/versions`,
      'ListObjectVersions',
      { Bucket: 'vault', Prefix: key },
      '200',
      { Versions: [{ Key: key, VersionId: 'new', IsLatest: true }] },
      { by, absent: ['DeleteMarkers'] },
    ],
  ];
}

/** A delete marker is no object for `*`, and the answer does not name it. */
const finds = (variant: string): Calls[number] => [
  `${variant}/delete`,
  'DeleteObject',
  deletion('marked', 'any'),
  '404 NoSuchKey',
  { Message: 'The specified key does not exist.', Key: 'marked' },
  { by, headers: { 'x-amz-delete-marker': null, 'x-amz-version-id': null } },
];

const read = (label: string, Key: string, VersionId?: string): Calls[number] => [
  label,
  'GetObject',
  { Bucket: 'vault', Key, ...(VersionId && { VersionId }) },
  '200',
  { Body: VersionId ?? 'new', VersionId: VersionId ?? 'new' },
  { by },
];

const readDenied = (label: string, action: string, Key: string, VersionId?: string): Calls[number] => [
  label,
  'GetObject',
  { Bucket: 'vault', Key, ...(VersionId && { VersionId }) },
  '403 AccessDenied',
  denial(action, Key),
  { by, headers: { 'x-amz-version-id': null } },
];

export const deletionsUnderPolicies: RecordedCases = {
  file: 'conditional_versions.json',
  recorded: 'September 2026',
  cases: {
    'GetBucketPolicy is answered in chunks': {
      fact: 'F7',
      state: stateWith('s3:GetObject'),
      calls: [
        [
          'deny-GetObject/read-policy',
          'GetBucketPolicy',
          { Bucket: 'vault' },
          '200',
          {},
          {
            by,
            headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked', 'content-length': null },
          },
        ],
      ],
    },
    'a caller without s3:GetObject can delete with the condition * or without a condition': {
      fact: 'F523',
      state: stateWith('s3:GetObject'),
      calls: [
        readDenied('deny-GetObject/control-get-current', 's3:GetObject', 'own'),
        read('deny-GetObject/control-get-version', 'own', 'new'),
        [
          'deny-GetObject/implicit-wrong/delete',
          'DeleteObject',
          deletion('wrong', 'wrong'),
          '403 AccessDenied',
          denial('s3:GetObject', 'wrong'),
          { by },
        ],
        read('deny-GetObject/implicit-wrong/after/version', 'wrong', 'new'),
        ...marks('deny-GetObject/implicit-wildcard', 'any', 'any'),
        read('deny-GetObject/implicit-wildcard/after/version', 'any', 'new'),
        ...marks('deny-GetObject/implicit-unconditional', 'plain'),
        ...removes('deny-GetObject/historical-unconditional', 'of-plain'),
        readDenied('deny-GetObject/historical-unconditional/after/current', 's3:GetObject', 'of-plain'),
        [
          'deny-GetObject/current-marker-wildcard/before/current',
          'GetObject',
          { Bucket: 'vault', Key: 'marked' },
          '404 NoSuchKey',
          {},
          { by, headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': 'marker' } },
        ],
        finds('deny-GetObject/current-marker-wildcard'),
        read('deny-GetObject/current-marker-wildcard/after/version', 'marked', 'old'),
      ],
    },
    'a caller without s3:GetObjectVersion can delete with every condition': {
      fact: 'F523',
      state: stateWith('s3:GetObjectVersion'),
      calls: [
        [
          'deny-GetObjectVersion/implicit-wrong/delete',
          'DeleteObject',
          deletion('wrong', 'wrong'),
          '412 PreconditionFailed',
          { Message: 'At least one of the pre-conditions you specified did not hold', Condition: 'If-Match' },
          { by },
        ],
        read('deny-GetObjectVersion/implicit-wrong/after/current', 'wrong'),
        readDenied('deny-GetObjectVersion/implicit-wrong/after/version', 's3:GetObjectVersion', 'wrong', 'new'),
        ...marks('deny-GetObjectVersion/implicit-wildcard', 'any', 'any'),
        readDenied('deny-GetObjectVersion/implicit-wildcard/after/version', 's3:GetObjectVersion', 'any', 'old'),
        ...marks('deny-GetObjectVersion/implicit-unconditional', 'plain'),
        ...removes('deny-GetObjectVersion/historical-unconditional', 'of-plain'),
        read('deny-GetObjectVersion/historical-unconditional/after/current', 'of-plain'),
        finds('deny-GetObjectVersion/current-marker-wildcard'),
      ],
    },
    'a policy that requires a condition allows every condition, and deletions of versions without one': {
      fact: 'F486',
      state: stateWith('s3:DeleteObject', { Null: { 's3:if-match': 'true' } }),
      calls: [
        ...marks('supplement/iam-if-match/implicit-wildcard', 'any', 'any'),
        read('supplement/iam-if-match/implicit-wildcard/after/version', 'any', 'new'),
        ...marks('supplement/iam-if-match/implicit-etag', 'own', 'new'),
        ...removes('supplement/iam-if-match/historical-absent', 'of-plain'),
        read('supplement/iam-if-match/historical-absent/after/current', 'of-plain'),
      ],
    },
  },
};
