import type { RecordedCall, RecordedCases } from '../replay';
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

/** The retentions and legal holds of replicas. */
export const locksOfReplicas: RecordedCases = {
  file: 'replication_flow_replay.json',
  recorded: 'September 2026',
  cases: {
    'a replica has the lock of its source, else that of the bucket, and a bucket without object lock takes what is not locked':
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
  },
};
