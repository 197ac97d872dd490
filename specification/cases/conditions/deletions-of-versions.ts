import type { RecordedCases } from '../../../src/facts/case';

type Calls = RecordedCases['cases'][string]['calls'];

const old = { body: 'old', versionId: 'old' };
const current = { body: 'new', versionId: 'new' };
const nullVersion = { body: 'null', versionId: 'null' };
const marker = { deleteMarker: true, versionId: 'marker' } as const;

const etags = {
  old: '"149603e6c03516362a8da23f624db945"',
  new: '"22af645d1859cb5ca6da0c484f1f37ea"',
  null: '"37a6259cc0c1dae299a7866489dff0bd"',
  wrong: '"00000000000000000000000000000000"',
  any: '*',
};
type Condition = keyof typeof etags;

const listed = (VersionId: string, IsLatest: boolean) => ({ VersionId, IsLatest });
const bothVersions = { Versions: [listed('new', true), listed('old', false)] };
const belowMarker = {
  Versions: [listed('new', false), listed('old', false)],
  DeleteMarkers: [listed('marker', true)],
};
const noSuchKey = { Message: 'The specified key does not exist.', Key: 'k' };

const refused = (variant: string, VersionId: string, condition: Condition): Calls[number] => [
  `${variant}/delete`,
  'DeleteObject',
  { Bucket: 'vault', Key: 'k', VersionId, IfMatch: etags[condition] },
  '501 NotImplemented',
  {
    Message: 'A header you provided implies functionality that is not implemented',
    Header: 'If-Match',
    additionalMessage:
      'Conditional delete operations are not allowed when a version ID is included in the request parameters.',
  },
  {
    headers: {
      'cache-control': 'no-store',
      connection: 'close',
      'x-amz-version-id': null,
      'x-amz-delete-marker': null,
    },
  },
];

const versions = (label: string, output: object, absent: readonly string[] = ['DeleteMarkers']): Calls[number] => [
  `${label}/versions`,
  'ListObjectVersions',
  { Bucket: 'vault', Prefix: 'k' },
  '200',
  output,
  { absent },
];

const read = (label: string, VersionId: string): Calls[number] => [
  `${label}/version`,
  'GetObject',
  { Bucket: 'vault', Key: 'k', VersionId },
  '200',
  { Body: VersionId, VersionId },
];

const readCurrent = (label: string, VersionId: string): Calls[number] => [
  `${label}/current`,
  'GetObject',
  { Bucket: 'vault', Key: 'k' },
  '200',
  { Body: VersionId, VersionId },
];

const readMarker = (label: string): Calls[number] => [
  `${label}/current`,
  'GetObject',
  { Bucket: 'vault', Key: 'k' },
  '404 NoSuchKey',
  noSuchKey,
  { headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': 'marker' } },
];

const stateOf = (...k: readonly object[]) =>
  ({ buckets: { vault: { versioning: 'Enabled', objects: { k } } } }) as NonNullable<
    RecordedCases['cases'][string]['state']
  >;

export const deletionsOfVersions: RecordedCases = {
  file: 'conditional_versions.json',
  recorded: 'September 2026',
  cases: {
    'a deletion of a version with a condition is refused, and the version stays': {
      fact: 'F74',
      state: stateOf(old, current),
      calls: [
        refused('baseline/historical-own', 'old', 'old'),
        refused('baseline/historical-current', 'old', 'new'),
        refused('baseline/historical-wrong', 'old', 'wrong'),
        refused('baseline/historical-wildcard', 'old', 'any'),
        versions('baseline/historical-wildcard/after', bothVersions),
        refused('baseline/current-explicit-own', 'new', 'new'),
        refused('baseline/current-explicit-wrong', 'new', 'wrong'),
        refused('baseline/current-explicit-wildcard', 'new', 'any'),
        versions('baseline/current-explicit-wildcard/after', bothVersions),
        readCurrent('baseline/current-explicit-wildcard/after', 'new'),
        read('baseline/current-explicit-wildcard/after', 'new'),
        read('baseline/current-explicit-wildcard/after', 'old'),
      ],
    },
    'a deletion of the current null version with a condition is refused': {
      fact: 'F74',
      state: stateOf(nullVersion),
      calls: [
        refused('null/own', 'null', 'null'),
        refused('null/wildcard', 'null', 'any'),
        versions('null/own/after', { Versions: [listed('null', true)] }),
        readCurrent('null/own/after', 'null'),
        read('null/own/after', 'null'),
      ],
    },
    'a deletion of a noncurrent null version with a condition is refused': {
      fact: 'F74',
      state: stateOf(nullVersion, current),
      calls: [
        refused('null/historical-own', 'null', 'null'),
        refused('null/historical-wildcard', 'null', 'any'),
        versions('null/historical-own/after', { Versions: [listed('new', true), listed('null', false)] }),
        readCurrent('null/historical-own/after', 'new'),
        read('null/historical-own/after', 'null'),
      ],
    },
    'versions stay readable below a delete marker, which cannot be deleted with a condition': {
      fact: 'F74',
      state: stateOf(old, current, marker),
      calls: [
        readMarker('marker/implicit-wildcard/before'),
        [
          'marker/implicit-wildcard/delete',
          'DeleteObject',
          { Bucket: 'vault', Key: 'k', IfMatch: '*' },
          '404 NoSuchKey',
          noSuchKey,
          { headers: { 'x-amz-delete-marker': null, 'x-amz-version-id': null } },
        ],
        versions('marker/implicit-wildcard/after', belowMarker, []),
        refused('marker/historical-own', 'old', 'old'),
        versions('marker/historical-own/after', belowMarker, []),
        readMarker('marker/historical-own/after'),
        read('marker/historical-own/after', 'new'),
        read('marker/historical-own/after', 'old'),
      ],
    },
    'a key whose versions were all deleted is not listed, and deleting its versions again succeeds': {
      fact: 'F74',
      state: stateOf(old, current),
      calls: [
        [
          'missing/key-absent-unconditional/remove-old',
          'DeleteObject',
          { Bucket: 'vault', Key: 'k', VersionId: 'old' },
          '204',
          { VersionId: 'old' },
          { absent: ['DeleteMarker'], headers: { 'x-amz-version-id': 'old', 'x-amz-delete-marker': null } },
        ],
        versions('missing/current-present-old-etag/before', { Versions: [listed('new', true)] }),
        refused('missing/current-present-old-etag', 'old', 'old'),
        versions('missing/current-present-old-etag/after', { Versions: [listed('new', true)] }),
        readCurrent('missing/current-present-old-etag/after', 'new'),
        [
          'missing/key-absent-unconditional/remove-new',
          'DeleteObject',
          { Bucket: 'vault', Key: 'k', VersionId: 'new' },
          '204',
          { VersionId: 'new' },
          { absent: ['DeleteMarker'] },
        ],
        versions('missing/key-absent-unconditional/before', {}, ['Versions', 'DeleteMarkers']),
        refused('missing/key-absent-wildcard', 'old', 'any'),
        [
          'missing/key-absent-unconditional/delete',
          'DeleteObject',
          { Bucket: 'vault', Key: 'k', VersionId: 'old' },
          '204',
          { VersionId: 'old' },
          { absent: ['DeleteMarker'], headers: { 'x-amz-version-id': 'old', 'x-amz-delete-marker': null } },
        ],
        versions('missing/key-absent-unconditional/after', {}, ['Versions', 'DeleteMarkers']),
        [
          'missing/key-absent-unconditional/after/current',
          'GetObject',
          { Bucket: 'vault', Key: 'k' },
          '404 NoSuchKey',
          noSuchKey,
          { headers: { 'x-amz-delete-marker': null, 'x-amz-version-id': null } },
        ],
      ],
    },
    'DeleteObjects deletes versions and delete markers by their ids, and then the bucket can be deleted': {
      state: stateOf(old, current, marker),
      calls: [
        [
          'cleanup/delete-versions',
          'DeleteObjects',
          {
            Bucket: 'vault',
            Delete: {
              Objects: [
                { Key: 'k', VersionId: 'new' },
                { Key: 'k', VersionId: 'old' },
                { Key: 'k', VersionId: 'marker' },
              ],
              Quiet: false,
            },
          },
          '200',
          {
            Deleted: [
              { Key: 'k', VersionId: 'new' },
              { Key: 'k', VersionId: 'old' },
              { Key: 'k', VersionId: 'marker', DeleteMarker: true, DeleteMarkerVersionId: 'marker' },
            ],
          },
          { absent: ['Errors'], headers: { connection: 'close' } },
        ],
        ['cleanup/list-versions', 'ListObjectVersions', { Bucket: 'vault' }, '200', {}, { absent: ['Versions'] }],
        [
          'cleanup/list-current-objects',
          'ListObjectsV2',
          { Bucket: 'vault' },
          '200',
          { KeyCount: 0 },
          { absent: ['Contents'] },
        ],
        ['cleanup/delete-bucket', 'DeleteBucket', { Bucket: 'vault' }, '204'],
        [
          'cleanup/head-bucket-absence',
          'HeadBucket',
          { Bucket: 'vault' },
          '404',
          {},
          { headers: { 'x-amz-bucket-region': null } },
        ],
        [
          'cleanup/get-location-absence',
          'GetBucketLocation',
          { Bucket: 'vault' },
          '404 NoSuchBucket',
          { Message: 'The specified bucket does not exist', BucketName: 'vault' },
        ],
      ],
    },
  },
};
