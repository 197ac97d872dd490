import type { RecordedCases } from '../replay';

const arn = 'arn:aws:s3:::';
const statement = (
  Effect: 'Allow' | 'Deny',
  Action: string | readonly string[],
  Resource: string | readonly string[],
) => ({ Effect, Action, Resource });
const at = (key: string) => ({ Bucket: 'replica', Key: key });
const tags = {
  TagSet: [
    { Key: 'phase', Value: 'initial' },
    { Key: 'probe', Value: 'tagalias' },
  ],
};

/** The right to copy objects includes that to copy their tags, unless a policy denies the latter. */
export const tagAlias: RecordedCases = {
  file: 'replication_tag_alias_replay.json',
  recorded: 'September 2026',
  cases: {
    'a role that may copy objects copies their tags; one that may not copy the tags leaves a replica without them': {
      fact: 'F888',
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
                statement(
                  'Allow',
                  ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
                  `${arn}vault/*`,
                ),
                statement('Allow', 's3:ReplicateObject', `${arn}replica/*`),
                statement(
                  'Allow',
                  's3:ReplicateTags',
                  ['control', 'deny-role-tags', 'deny-bucket-tags', 'deny-object'].map(
                    (prefix) => `${arn}replica/${prefix}*`,
                  ),
                ),
                statement('Deny', 's3:ReplicateTags', `${arn}replica/deny-role-tags*`),
                statement('Deny', 's3:ReplicateObject', `${arn}replica/deny-object*`),
              ],
            },
          },
        },
        buckets: { vault: { versioning: 'Enabled' }, replica: { versioning: 'Enabled' } },
      },
      calls: [
        [
          'put-bucket-policy-30',
          'PutBucketPolicy',
          {
            Bucket: 'replica',
            Policy: JSON.stringify({
              Version: '2012-10-17',
              Statement: [
                {
                  ...statement('Deny', 's3:ReplicateTags', `${arn}replica/deny-bucket-tags*`),
                  Principal: '*',
                  Condition: { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::$(account):role/copier' } },
                },
              ],
            }),
          },
          '204',
        ],
        [
          'put-bucket-replication-32',
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
        ...['control', 'omit-tags', 'deny-role-tags', 'deny-bucket-tags', 'deny-object'].map(
          (key) =>
            [
              `${key}:put`,
              'PutObject',
              { Bucket: 'vault', Key: key, Body: key, Tagging: 'phase=initial&probe=tagalias' },
              '200',
              { VersionId: `$(${key})` },
            ] as const,
        ),
        ['set-up of the drain', 'HeadBucket', { Bucket: 'vault' }, '200', {}, { after: { seconds: 30 } }],
        [
          'control:initial:destination',
          'HeadObject',
          at('control'),
          '200',
          { ReplicationStatus: 'REPLICA', TagCount: 2 },
        ],
        [
          'deny-role-tags:initial:destination',
          'HeadObject',
          at('deny-role-tags'),
          '200',
          { ReplicationStatus: 'REPLICA', VersionId: '$(deny-role-tags)' },
          { absent: ['TagCount'] },
        ],
        ['deny-object:initial:destination', 'HeadObject', at('deny-object'), '404'],
        ['control:initial', 'GetObjectTagging', at('control'), '200', tags],
        ['omit-tags:initial', 'GetObjectTagging', at('omit-tags'), '200', tags],
        ['deny-role-tags:initial', 'GetObjectTagging', at('deny-role-tags'), '200', { TagSet: [] }],
        ['deny-bucket-tags:initial', 'GetObjectTagging', at('deny-bucket-tags'), '200', { TagSet: [] }],
        [
          'omit-tags:readability',
          'GetObject',
          at('omit-tags'),
          '200',
          { Body: 'omit-tags', ReplicationStatus: 'REPLICA', TagCount: 2 },
        ],
        [
          'deny-bucket-tags:readability',
          'GetObject',
          at('deny-bucket-tags'),
          '200',
          { Body: 'deny-bucket-tags', ReplicationStatus: 'REPLICA' },
          { absent: ['TagCount'] },
        ],
      ],
    },
  },
};
