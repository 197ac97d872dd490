import type { RecordedCall, RecordedCases } from '../../../src/facts/case';
import { configuration, copier, late, rule } from './setting';

const locked = { objectLock: true } as const;
const until = '2026-09-21T12:00:00Z';
const destinations = ['control', 'default', 'plain'];
const locks: Readonly<Record<string, readonly [headers: object, absent: readonly string[]]>> = {
  bare: [{}, ['ObjectLockMode', 'ObjectLockRetainUntilDate', 'ObjectLockLegalHoldStatus']],
  'legal-off': [{ ObjectLockLegalHoldStatus: 'OFF' }, ['ObjectLockMode', 'ObjectLockRetainUntilDate']],
  'legal-on': [{ ObjectLockLegalHoldStatus: 'ON' }, ['ObjectLockMode', 'ObjectLockRetainUntilDate']],
  fixed: [{ ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: until }, ['ObjectLockLegalHoldStatus']],
};
const keys = destinations.flatMap((bucket) => Object.keys(locks).map((name) => [bucket, name] as const));
const ofDefault = { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: '2026-09-27T12:00:00Z' };

const versionOf = (bucket: string, name: string) => ({ VersionId: `$(${bucket}-${name})` });
const source = (bucket: string, name: string, ReplicationStatus: string): RecordedCall => [
  `source-state-${bucket}/${name}`,
  'HeadObject',
  { Bucket: 'vault', Key: `${bucket}/${name}` },
  '200',
  { ReplicationStatus, ...versionOf(bucket, name), ...locks[name]?.[0] },
  { absent: locks[name]?.[1] ?? [] },
];

function copied(bucket: string, name: string): readonly RecordedCall[] {
  const label = `destination-terminal-${bucket}/${name}`;
  const replica = { Bucket: bucket, Key: `${bucket}/${name}` };
  if (bucket === 'plain' && name !== 'bare')
    return [source(bucket, name, 'FAILED'), [label, 'HeadObject', replica, '404']];
  const [headers, absent] =
    bucket === 'default' && name === 'bare' ? [ofDefault, ['ObjectLockLegalHoldStatus']] : (locks[name] ?? []);
  return [
    source(bucket, name, 'COMPLETED'),
    [
      label,
      'HeadObject',
      replica,
      '200',
      { ReplicationStatus: 'REPLICA', ...versionOf(bucket, name), ...headers },
      { absent: absent ?? [] },
    ],
  ];
}

const inVault = { Bucket: 'vault', Key: 'variable' };
const inReplica = { Bucket: 'replica', Key: 'variable' };
const oneDay = { EventHold: 'ON', EventHoldDuration: { Days: 1 } };
/** A day after the first copy, and after the release at that moment. */
const end = { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: '2026-09-21T12:00:30Z' };
const both = (id: string, to: string) =>
  rule(id, to, 1, { SourceSelectionCriteria: { ReplicaModifications: { Status: 'Enabled' } } });

export const locksOfReplicas: RecordedCases = {
  file: 'replication_flow_replay.json',
  recorded: 'September 2026',
  cases: {
    'a replica has the lock of its source or else the default of its bucket, and a bucket without object lock gets only unlocked versions':
      {
        fact: 'F883',
        state: {
          replicationDelay: { seconds: 15 },
          roles: copier(destinations),
          buckets: {
            vault: locked,
            control: locked,
            default: { objectLock: { defaultRetention: { Mode: 'GOVERNANCE', Days: 7 } } },
            plain: { versioning: 'Enabled' },
          },
        },
        calls: [
          [
            'set-up of the rules',
            'PutBucketReplication',
            configuration(destinations.map((to, at) => rule(to, to, at + 1, { Filter: { Prefix: `${to}/` } }))),
            '200',
          ],
          ...keys.map(
            ([bucket, name]): RecordedCall => [
              `put-${bucket}/${name}`,
              'PutObject',
              {
                Bucket: 'vault',
                Key: `${bucket}/${name}`,
                Body: 'data',
                ChecksumAlgorithm: 'CRC32',
                ...locks[name]?.[0],
              },
              '200',
              versionOf(bucket, name),
            ],
          ),
          ...keys.map(([bucket, name]) => source(bucket, name, 'PENDING')),
          ['set-up of the drain', 'HeadBucket', { Bucket: 'vault' }, '200', {}, late],
          ...keys.flatMap(([bucket, name]) => copied(bucket, name)),
        ],
      },
    'a replica has the event hold of its source, and the end that the release at its source gave it': {
      fact: 'F602',
      state: {
        replicationDelay: { seconds: 15 },
        roles: copier(['vault', 'replica']),
        buckets: { vault: locked, replica: locked },
      },
      calls: [
        ['lock-two-way-config-l', 'PutBucketReplication', configuration([both('sync-l', 'replica')]), '200'],
        [
          'lock-two-way-config-m',
          'PutBucketReplication',
          { ...configuration([both('sync-m', 'vault')]), Bucket: 'replica' },
          '200',
        ],
        [
          'variable-initial-object',
          'PutObject',
          { ...inVault, Body: 'data', ChecksumAlgorithm: 'CRC64NVME' },
          '200',
          { VersionId: '$(held)' },
        ],
        [
          'variable-enable-source',
          'PutObjectRetention',
          { ...inVault, ChecksumAlgorithm: 'CRC64NVME', Retention: { Mode: 'GOVERNANCE', ...oneDay } },
          '200',
        ],
        ['filter-copy-multipart-variable-m-variable-head', 'HeadObject', inReplica, '404'],
        [
          'filter-copy-multipart-variable-m-variable-head',
          'HeadObject',
          inReplica,
          '200',
          { VersionId: '$(held)', ReplicationStatus: 'REPLICA', ...end },
          { ...late, absent: ['ObjectLockLegalHoldStatus'] },
        ],
        [
          'variable-dest-before-release-get-object-legal-hold',
          'GetObjectLegalHold',
          inReplica,
          '404 NoSuchObjectLockConfiguration',
        ],
        ['variable-source-before-release', 'GetObjectRetention', inVault, '200', { Retention: oneDay }],
        ['variable-destination-before-release', 'GetObjectRetention', inReplica, '200', { Retention: oneDay }],
        [
          'variable-release-source',
          'PutObjectRetention',
          { ...inVault, ChecksumAlgorithm: 'CRC64NVME', Retention: { Mode: 'GOVERNANCE', EventHold: 'OFF' } },
          '200',
        ],
        [
          'variable-release-source-poll-0',
          'GetObjectRetention',
          inVault,
          '200',
          { Retention: { Mode: 'GOVERNANCE', EventHold: 'OFF' } },
        ],
        ['variable-release-destination-poll-0', 'GetObjectRetention', inReplica, '200', { Retention: oneDay }],
        ['corrected-payload-l-variable', 'GetObject', inVault, '200', { ReplicationStatus: 'COMPLETED', ...end }, late],
        ['corrected-payload-m-variable', 'GetObject', inReplica, '200', { ReplicationStatus: 'REPLICA', ...end }],
        [
          'variable-release-destination-poll-1',
          'GetObjectRetention',
          inReplica,
          '200',
          { Retention: { Mode: 'GOVERNANCE', EventHold: 'OFF' } },
        ],
      ],
    },
  },
};
