import type { RecordedCases } from '../../../src/facts/case';

const arn = 'arn:aws:s3:::';
const versioned = { versioning: 'Enabled' } as const;
const rules = (to: string, Status = 'Enabled') => ({
  ReplicationConfiguration: {
    Role: 'arn:aws:iam::$(account):role/copier',
    Rules: [
      {
        ID: to,
        Priority: 1,
        Filter: { Prefix: '' },
        Status,
        DeleteMarkerReplication: { Status: 'Enabled' },
        Destination: { Bucket: `${arn}${to}` },
      },
    ],
  },
});
const state = {
  replicationDelay: { seconds: 15 },
  buckets: { vault: versioned, aside: versioned, beside: versioned },
} as const;
const late = { after: { seconds: 30 } };
const vault = { Bucket: 'vault' };
const key = { ...vault, Key: 'boundary' };
const before = { VersionId: '$(before)' };
const after = { VersionId: '$(after)' };

/** The copies of what waits while its rule changes. The recording does not rule out that S3 had begun with them before. */
export const flow: RecordedCases = {
  file: 'replication_flow_replay.json',
  recorded: 'September 2026',
  cases: {
    'a pending version is replicated to the destination of its original rule, even if another rule has replaced it': {
      fact: 'F853',
      state,
      calls: [
        ['set-up of replace: rule to aside', 'PutBucketReplication', { ...vault, ...rules('aside') }, '200'],
        ['accepted-before-replace', 'PutObject', { ...key, Body: 'accepted-before-replace' }, '200', before],
        ['set-up of replace: rule to beside', 'PutBucketReplication', { ...vault, ...rules('beside') }, '200'],
        ['new-after-replace', 'PutObject', { ...key, Body: 'new-after-replace' }, '200', after],
        [
          'ordering-final-replace-version',
          'HeadObject',
          { ...key, ...before },
          '200',
          { ReplicationStatus: 'COMPLETED' },
          late,
        ],
        [
          'ordering-final-replace-version',
          'HeadObject',
          { ...key, ...after },
          '200',
          { ReplicationStatus: 'COMPLETED' },
        ],
        [
          'ordering-final-a',
          'ListObjectVersions',
          { Bucket: 'aside' },
          '200',
          { Versions: [{ ...before, IsLatest: true }] },
        ],
        [
          'ordering-final-b',
          'ListObjectVersions',
          { Bucket: 'beside' },
          '200',
          { Versions: [{ ...after, IsLatest: true }] },
          { absent: ['DeleteMarkers'] },
        ],
        [
          'ordering-final-b-version',
          'GetObject',
          { Bucket: 'beside', Key: 'boundary', ...after },
          '200',
          { Body: 'new-after-replace', ReplicationStatus: 'REPLICA' },
        ],
      ],
    },
    'a pending version and a pending delete marker are replicated even if their rule is disabled': {
      fact: 'F853',
      state,
      calls: [
        ['set-up of disable: rule to aside', 'PutBucketReplication', { ...vault, ...rules('aside') }, '200'],
        ['accepted-before-disable', 'PutObject', { ...key, Body: 'accepted-before-disable' }, '200', before],
        ['set-up of disable: marker', 'DeleteObject', { ...vault, Key: 'gone' }, '204', { VersionId: '$(marker)' }],
        [
          'set-up of disable: rule disabled',
          'PutBucketReplication',
          { ...vault, ...rules('aside', 'Disabled') },
          '200',
        ],
        ['new-after-disable', 'PutObject', { ...key, Body: 'new-after-disable' }, '200', after],
        [
          'ordering-final-disable-version',
          'HeadObject',
          { ...key, ...before },
          '200',
          { ReplicationStatus: 'COMPLETED' },
          late,
        ],
        [
          'ordering-final-disable-version',
          'HeadObject',
          { ...key, ...after },
          '200',
          {},
          { absent: ['ReplicationStatus'] },
        ],
        [
          'ordering-final-a',
          'ListObjectVersions',
          { Bucket: 'aside' },
          '200',
          { Versions: [before], DeleteMarkers: [{ Key: 'gone', VersionId: '$(marker)' }] },
        ],
      ],
    },
    'a pending version is replicated even if the configuration is deleted, unless the version is deleted by its id': {
      fact: 'F853',
      state,
      calls: [
        ['set-up of remove: rule to aside', 'PutBucketReplication', { ...vault, ...rules('aside') }, '200'],
        ['accepted-before-remove', 'PutObject', { ...key, Body: 'accepted-before-remove' }, '200', before],
        [
          'pending-delete',
          'PutObject',
          { ...vault, Key: 'pending-delete', Body: 'pending' },
          '200',
          { VersionId: '$(deleted)' },
        ],
        ['pending-delete', 'DeleteObject', { ...vault, Key: 'pending-delete', VersionId: '$(deleted)' }, '204'],
        ['set-up of remove: configuration', 'DeleteBucketReplication', vault, '204'],
        [
          'ordering-final-remove-version',
          'HeadObject',
          { ...key, ...before },
          '200',
          { ReplicationStatus: 'COMPLETED' },
          late,
        ],
        [
          'ordering-final-a-current',
          'GetObject',
          { Bucket: 'aside', Key: 'boundary' },
          '200',
          { ...before, Body: 'accepted-before-remove', ReplicationStatus: 'REPLICA' },
        ],
        [
          'pending-delete-final-destination',
          'GetObject',
          { Bucket: 'aside', Key: 'pending-delete', VersionId: '$(deleted)' },
          '404 NoSuchVersion',
        ],
      ],
    },
    'a late replica is ordered by the time of its source, below a newer version that was put directly': {
      fact: 'F854',
      state,
      calls: [
        ['set-up of direct-race: rule to aside', 'PutBucketReplication', { ...vault, ...rules('aside') }, '200'],
        ['older-source', 'PutObject', { ...vault, Key: 'direct-race', Body: 'older-source' }, '200', before],
        [
          'newer-direct-destination',
          'PutObject',
          { Bucket: 'aside', Key: 'direct-race', Body: 'newer-direct-destination' },
          '200',
          after,
          { after: { seconds: 2 } },
        ],
        [
          'ordering-final-order-version',
          'HeadObject',
          { ...vault, Key: 'direct-race', ...before },
          '200',
          { ReplicationStatus: 'COMPLETED' },
          late,
        ],
        [
          'ordering-final-a-current',
          'GetObject',
          { Bucket: 'aside', Key: 'direct-race' },
          '200',
          { ...after, Body: 'newer-direct-destination' },
          { absent: ['ReplicationStatus'] },
        ],
        [
          'ordering-final-a',
          'ListObjectVersions',
          { Bucket: 'aside' },
          '200',
          {
            Versions: [
              { ...after, IsLatest: true },
              { ...before, IsLatest: false },
            ],
          },
        ],
      ],
    },
  },
};
