import type { RecordedCall, RecordedCases } from '../../../src/facts/case';
import { configuration, copier, grants, late, role, rule, trust, versioned } from './setting';

const metrics = { Metrics: { Status: 'Enabled' } };
const Body = 'signals payload';
const failed = (Key: string, Bucket: string): readonly RecordedCall[] => [
  [`FAILED ${Key}/probe`, 'HeadObject', { Bucket: 'vault', Key }, '200', { ReplicationStatus: 'FAILED' }, late],
  [`REPLICA ${Key}/probe`, 'HeadObject', { Bucket, Key }, '404'],
];

export const signals: RecordedCases = {
  file: 'replication_signals_replay.json',
  recorded: 'September 2026',
  cases: {
    'no replica is made if the destination is suspended, or if the role trusts another service': {
      fact: 'F853',
      state: {
        replicationDelay: { seconds: 15 },
        roles: {
          ...copier(['replica', 'unversioned']),
          badtrust: {
            trust: {
              ...trust(),
              Statement: trust().Statement.map((one) => ({ ...one, Principal: { Service: 'ec2.amazonaws.com' } })),
            },
            policy: grants(['replica']),
          },
        },
        buckets: { vault: versioned, replica: versioned, unversioned: versioned },
      },
      calls: [
        [
          'put-bucket-replication',
          'PutBucketReplication',
          configuration([
            rule('signals-control', 'replica', 1, { Filter: { Prefix: 'control' } }, metrics),
            rule('signals-unversioned', 'unversioned', 7, { Filter: { Prefix: 'unversioned' } }, metrics),
          ]),
          '200',
        ],
        [
          'put-bucket-versioning',
          'PutBucketVersioning',
          { Bucket: 'unversioned', VersioningConfiguration: { Status: 'Suspended' } },
          '200',
        ],
        ...['control', 'unversioned'].map(
          (Key): RecordedCall => ['tiny SSE-S3 tagged workload', 'PutObject', { Bucket: 'vault', Key, Body }, '200'],
        ),
        [
          'PENDING unversioned/probe',
          'HeadObject',
          { Bucket: 'vault', Key: 'unversioned' },
          '200',
          { ReplicationStatus: 'PENDING' },
        ],
        ...failed('unversioned', 'unversioned'),
        [
          'COMPLETED control/positive',
          'HeadObject',
          { Bucket: 'vault', Key: 'control' },
          '200',
          { ReplicationStatus: 'COMPLETED' },
        ],
        [
          'put-bucket-replication',
          'PutBucketReplication',
          configuration([rule('signals-assume', 'replica', 1, {}, metrics)], role.replace('copier', 'badtrust')),
          '200',
        ],
        ['tiny SSE-S3 tagged workload', 'PutObject', { Bucket: 'vault', Key: 'assume', Body }, '200'],
        ...failed('assume', 'replica'),
      ],
    },
  },
};
