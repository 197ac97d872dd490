import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const arn = 'arn:aws:s3:::';
const statement = (Effect: 'Allow' | 'Deny', Action: string | readonly string[], Resource: string) => ({
  Effect,
  Action,
  Resource,
});
const version = 's3:GetObjectVersion';
const forReplication = 's3:GetObjectVersionForReplication';
const both = [version, forReplication];
const of = (prefix: string) => `${arn}vault/${prefix}/*`;
const refused = { Principal: { AWS: 'arn:aws:iam::$(account):role/copier' } };

const copied = [
  'version-only',
  'replication-only',
  'both-control',
  'identity-deny-version',
  'identity-deny-replication',
  'bucket-deny-version',
  'bucket-deny-replication',
];
const failed = ['identity-deny-both', 'bucket-deny-both', 'sole-version-denied', 'sole-replication-denied'];

/** Either of two actions lets the role read what it copies. */
export const readAlias: RecordedCases = {
  file: 'replication_read_alias_replay.json',
  recorded: 'September 2026',
  cases: {
    'either of two actions is enough to read the source of a replica, even if the other one is denied': {
      fact: 'F886',
      state: {
        replicationDelay: { seconds: 15 },
        roles: {
          copier: {
            trust: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sts:AssumeRole' }],
            },
            policy: {
              Version: '2012-10-17',
              Statement: [
                statement('Allow', ['s3:GetReplicationConfiguration', 's3:ListBucket'], `${arn}vault`),
                statement('Allow', ['s3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'], `${arn}vault/*`),
                statement('Allow', ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'], `${arn}replica/*`),
                statement('Allow', version, of('version-only')),
                statement('Allow', forReplication, of('replication-only')),
                statement('Allow', both, of('both-control')),
                statement('Allow', both, of('identity-deny-version')),
                statement('Deny', version, of('identity-deny-version')),
                statement('Allow', both, of('identity-deny-replication')),
                statement('Deny', forReplication, of('identity-deny-replication')),
                statement('Allow', both, of('bucket-deny-version')),
                statement('Allow', both, of('bucket-deny-replication')),
                statement('Allow', both, of('identity-deny-both')),
                statement('Deny', both, of('identity-deny-both')),
                statement('Allow', both, of('bucket-deny-both')),
                statement('Allow', version, of('sole-version-denied')),
                statement('Deny', version, of('sole-version-denied')),
                statement('Allow', forReplication, of('sole-replication-denied')),
                statement('Deny', forReplication, of('sole-replication-denied')),
              ],
            },
          },
        },
        buckets: { vault: { versioning: 'Enabled' }, replica: { versioning: 'Enabled' } },
      },
      calls: [
        [
          'put-bucket-policy-10',
          'PutBucketPolicy',
          {
            Bucket: 'vault',
            Policy: JSON.stringify({
              Version: '2012-10-17',
              Statement: [
                { ...statement('Deny', version, of('bucket-deny-version')), ...refused },
                { ...statement('Deny', forReplication, of('bucket-deny-replication')), ...refused },
                { ...statement('Deny', both, of('bucket-deny-both')), ...refused },
              ],
            }),
          },
          '204',
        ],
        [
          'put-bucket-replication-11',
          'PutBucketReplication',
          {
            Bucket: 'vault',
            ReplicationConfiguration: {
              Role: 'arn:aws:iam::$(account):role/copier',
              Rules: [
                {
                  ID: 'all',
                  Status: 'Enabled',
                  Priority: 1,
                  Filter: { Prefix: '' },
                  DeleteMarkerReplication: { Status: 'Disabled' },
                  Destination: { Bucket: `${arn}replica` },
                },
              ],
            },
          },
          '200',
        ],
        ...[...copied, ...failed].map(
          (prefix): RecordedCall => [
            `put-object-${prefix}`,
            'PutObject',
            { Bucket: 'vault', Key: `${prefix}/k`, Body: prefix, Tagging: 'probe=readalias' },
            '200',
            { VersionId: `$(${prefix})` },
          ],
        ),
        [
          'head-object-version-only',
          'HeadObject',
          { Bucket: 'vault', Key: 'version-only/k' },
          '200',
          { ReplicationStatus: 'PENDING' },
        ],
        ['set-up of the drain', 'HeadBucket', { Bucket: 'vault' }, '200', {}, { after: { seconds: 30 } }],
        ...copied.flatMap((prefix): RecordedCall[] => [
          [
            `head-object-${prefix}`,
            'HeadObject',
            { Bucket: 'vault', Key: `${prefix}/k` },
            '200',
            { ReplicationStatus: 'COMPLETED' },
          ],
          [
            `get-object-${prefix}`,
            'GetObject',
            { Bucket: 'replica', Key: `${prefix}/k` },
            '200',
            { Body: prefix, VersionId: `$(${prefix})`, ReplicationStatus: 'REPLICA', TagCount: 1 },
          ],
        ]),
        ...failed.flatMap((prefix): RecordedCall[] => [
          [
            `head-object-${prefix}`,
            'HeadObject',
            { Bucket: 'vault', Key: `${prefix}/k` },
            '200',
            { ReplicationStatus: 'FAILED' },
          ],
          [`head-object-${prefix}`, 'HeadObject', { Bucket: 'replica', Key: `${prefix}/k` }, '404'],
        ]),
      ],
    },
  },
};
