import type { RecordedCall, RecordedCases } from '../../../src/facts/case';
import { configuration, copier, late, rule, versioned } from './setting';

const Body = 'archived payload';
const inVault = (Key: string) => ({ Bucket: 'vault', Key });
const inReplica = (Key: string) => ({ Bucket: 'replica', Key });
const drain: RecordedCall = ['set-up of the drain', 'HeadBucket', { Bucket: 'vault' }, '200', {}, late];
const put = (label: string, Key: string, StorageClass: string, version: object): RecordedCall => [
  label,
  'PutObject',
  { ...inVault(Key), Body, StorageClass, ChecksumAlgorithm: 'SHA256' },
  '200',
  version,
];
const ObjectAttributes = ['ETag', 'ObjectSize', 'StorageClass'];
const restore = (Tier: string) => ({ RestoreRequest: { Days: 1, GlacierJobParameters: { Tier } } });
const ongoing = { Restore: 'ongoing-request="true"' };
const restored = { Restore: 'ongoing-request="false", expiry-date="Tue, 22 Sep 2026 00:00:00 GMT"' };
const original = { VersionId: '$(cold-glacier)' };
const copy = { VersionId: '$(copy)' };

const cold = (key: string, StorageClass: string): readonly RecordedCall[] => [
  put('PutObject', key, StorageClass, { VersionId: `$(${key})` }),
  [
    'post-put original source version',
    'HeadObject',
    inVault(key),
    '200',
    { StorageClass },
    { absent: ['ReplicationStatus', 'Restore'] },
  ],
  [
    'post-put original source attributes',
    'GetObjectAttributes',
    { ...inVault(key), ObjectAttributes },
    '200',
    { StorageClass, ObjectSize: Body.length },
  ],
  ['archived source native read', 'GetObject', inVault(key), '403 InvalidObjectState', { StorageClass }],
];
const nothing = (label: string, key: string): readonly RecordedCall[] => [
  [`${label} bounded destination lookup`, 'HeadObject', inReplica(key), '404'],
  [
    `${label} bounded destination version list`,
    'ListObjectVersions',
    { Bucket: 'replica', Prefix: key },
    '200',
    { Prefix: key },
    { absent: ['Versions', 'DeleteMarkers'] },
  ],
];

const toArchive = (bucket: string, StorageClass: string, Priority: number) =>
  rule(StorageClass, bucket, Priority, { Filter: { Prefix: `${bucket}/` } }, { StorageClass });
const archived = (bucket: string, StorageClass: string, Tier: string): readonly RecordedCall[] => {
  const Key = `${bucket}/payload`;
  const version = { VersionId: `$(${bucket})` };
  const replica = { Bucket: bucket, Key, ...version };
  return [
    put('PutObject', Key, 'STANDARD', version),
    [`source-initial-${StorageClass}`, 'HeadObject', inVault(Key), '200', { ReplicationStatus: 'PENDING' }],
    drain,
    [
      `replication-destination-poll-${StorageClass}`,
      'HeadObject',
      replica,
      '200',
      { ...version, StorageClass, ReplicationStatus: 'REPLICA' },
      { absent: ['Restore'] },
    ],
    [
      `replication-source-poll-${StorageClass}`,
      'HeadObject',
      inVault(Key),
      '200',
      { ReplicationStatus: 'COMPLETED' },
      { absent: ['StorageClass'] },
    ],
    [
      `replica-version-list-${StorageClass}`,
      'ListObjectVersions',
      { Bucket: bucket },
      '200',
      {
        Versions: [
          {
            ...version,
            Key,
            StorageClass,
            IsLatest: true,
            ChecksumAlgorithm: ['SHA256'],
            ChecksumType: 'FULL_OBJECT',
          },
        ],
      },
    ],
    [`cold-get-${StorageClass}`, 'GetObject', replica, '403 InvalidObjectState', { StorageClass }],
    [
      `cold-copy-${StorageClass}`,
      'CopyObject',
      { Bucket: bucket, Key: 'copy', CopySource: `${bucket}/${Key}?versionId=$(${bucket})`, StorageClass: 'STANDARD' },
      '403 InvalidObjectState',
      { StorageClass },
    ],
    [`restore-admission-${StorageClass}`, 'RestoreObject', { ...replica, ...restore(Tier) }, '202'],
    [
      `restore-immediate-${StorageClass}`,
      'HeadObject',
      replica,
      '200',
      { ...ongoing, StorageClass, ReplicationStatus: 'REPLICA' },
    ],
  ];
};

export const archives: RecordedCases = {
  file: 'replication_flow_replay.json',
  recorded: 'September 2026',
  cases: {
    'an archived object is not replicated, even after a restore, and a copy of it in another class is replicated': {
      fact: 'F850',
      state: {
        replicationDelay: { seconds: 15 },
        roles: copier(['replica']),
        buckets: { vault: versioned, replica: versioned },
      },
      calls: [
        ['PutBucketReplication', 'PutBucketReplication', configuration([rule('all-owned', 'replica')]), '200'],
        put('PutObject', 'control-glacier_ir', 'GLACIER_IR', { VersionId: '$(control)' }),
        drain,
        [
          'control-GLACIER_IR source version',
          'HeadObject',
          inVault('control-glacier_ir'),
          '200',
          { StorageClass: 'GLACIER_IR', ReplicationStatus: 'COMPLETED' },
        ],
        [
          'control-GLACIER_IR destination version bytes',
          'GetObject',
          inReplica('control-glacier_ir'),
          '200',
          { VersionId: '$(control)', Body, StorageClass: 'GLACIER_IR', ReplicationStatus: 'REPLICA' },
        ],
        ...cold('cold-glacier', 'GLACIER'),
        ...cold('cold-deep', 'DEEP_ARCHIVE'),
        drain,
        ...nothing('post-put', 'cold-glacier'),
        ...nothing('post-put', 'cold-deep'),
        [
          'restore original GLACIER version',
          'RestoreObject',
          { ...inVault('cold-glacier'), ...original, ...restore('Expedited') },
          '202',
        ],
        [
          'bounded restore polling original version',
          'HeadObject',
          { ...inVault('cold-glacier'), ...original },
          '200',
          { ...ongoing, StorageClass: 'GLACIER' },
          { absent: ['ReplicationStatus'] },
        ],
        ['set-up of the restore', 'HeadBucket', { Bucket: 'vault' }, '200', {}, { after: { minutes: 5 } }],
        [
          'restored original warm bytes',
          'GetObject',
          { ...inVault('cold-glacier'), ...original },
          '200',
          { ...restored, Body, StorageClass: 'GLACIER' },
          { absent: ['ReplicationStatus'] },
        ],
        ...nothing('restore-alone second bounded observation', 'cold-glacier'),
        [
          'late original deep archive observation original source version',
          'HeadObject',
          inVault('cold-deep'),
          '200',
          { StorageClass: 'DEEP_ARCHIVE' },
          { absent: ['ReplicationStatus', 'Restore'] },
        ],
        ...nothing('late original deep archive observation', 'cold-deep'),
        [
          'copy exact archived version to new eligible STANDARD version',
          'CopyObject',
          {
            ...inVault('cold-glacier'),
            CopySource: 'vault/cold-glacier?versionId=$(cold-glacier)',
            StorageClass: 'STANDARD',
          },
          '200',
          { ...copy, CopySourceVersionId: '$(cold-glacier)' },
        ],
        [
          'new STANDARD source version bytes',
          'GetObject',
          { ...inVault('cold-glacier'), ...copy },
          '200',
          { Body, ReplicationStatus: 'PENDING' },
          { absent: ['StorageClass', 'Restore'] },
        ],
        ['copied-STANDARD destination current', 'HeadObject', inReplica('cold-glacier'), '404'],
        drain,
        [
          'copied-STANDARD source version',
          'HeadObject',
          inVault('cold-glacier'),
          '200',
          { ...copy, ReplicationStatus: 'COMPLETED' },
        ],
        [
          'copied-STANDARD destination version bytes',
          'GetObject',
          inReplica('cold-glacier'),
          '200',
          { ...copy, Body, ReplicationStatus: 'REPLICA' },
          { absent: ['StorageClass'] },
        ],
        [
          'original GLACIER version after new copy replicated',
          'HeadObject',
          { ...inVault('cold-glacier'), ...original },
          '200',
          { ...restored, StorageClass: 'GLACIER' },
          { absent: ['ReplicationStatus'] },
        ],
        [
          'destination versions after copy, not retroactive original eligibility',
          'ListObjectVersions',
          { Bucket: 'replica', Prefix: 'cold-glacier' },
          '200',
          { Versions: [{ ...copy, IsLatest: true, StorageClass: 'STANDARD' }] },
        ],
      ],
    },
    'a replication rule can store replicas in an archive, where they are restored like other objects': {
      fact: 'F854',
      state: {
        replicationDelay: { seconds: 15 },
        roles: copier(['glacier', 'deep']),
        buckets: { vault: versioned, glacier: versioned, deep: versioned },
      },
      calls: [
        [
          'PutBucketReplication',
          'PutBucketReplication',
          configuration([toArchive('glacier', 'GLACIER', 1), toArchive('deep', 'DEEP_ARCHIVE', 2)]),
          '200',
        ],
        ...archived('glacier', 'GLACIER', 'Expedited'),
        [
          'glacier-expedited-restore-poll',
          'HeadObject',
          { Bucket: 'glacier', Key: 'glacier/payload' },
          '200',
          { ...restored, StorageClass: 'GLACIER', ReplicationStatus: 'REPLICA' },
          { after: { minutes: 5 } },
        ],
        [
          'restored-replica-GLACIER',
          'GetObject',
          { Bucket: 'glacier', Key: 'glacier/payload' },
          '200',
          { ...restored, Body, ReplicationStatus: 'REPLICA' },
        ],
        [
          'source-status-after-destination-restore',
          'HeadObject',
          inVault('glacier/payload'),
          '200',
          { ReplicationStatus: 'COMPLETED' },
          { absent: ['Restore', 'StorageClass'] },
        ],
        ...archived('deep', 'DEEP_ARCHIVE', 'Standard'),
      ],
    },
  },
};
