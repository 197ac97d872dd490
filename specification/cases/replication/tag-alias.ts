import type { RecordedCall, RecordedCases } from '../../../src/facts/case';
import { arn, configuration, late, role, rule, statement, trust, versioned } from './setting';

const keys = ['control', 'omit-tags', 'deny-role-tags', 'deny-bucket-tags', 'deny-object'];
const copied = keys.filter((key) => key !== 'deny-object');
const tagged = ['control', 'omit-tags'];
const inVault = (Key: string) => ({ Bucket: 'vault', Key });
const inReplica = (Key: string) => ({ Bucket: 'replica', Key });
const tags = (phase: string) => ({
  TagSet: [
    { Key: 'phase', Value: phase },
    { Key: 'probe', Value: 'tagalias' },
  ],
});
const drain: RecordedCall = ['set-up of the drain', 'HeadBucket', { Bucket: 'vault' }, '200', {}, late];

const state = {
  replicationDelay: { seconds: 15 },
  roles: {
    copier: {
      trust: trust(),
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
            keys.filter((key) => key !== 'omit-tags').map((key) => `${arn}replica/${key}`),
          ),
          statement('Deny', 's3:ReplicateTags', `${arn}replica/deny-role-tags`),
          statement('Deny', 's3:ReplicateObject', `${arn}replica/deny-object`),
        ],
      },
    },
  },
  buckets: { vault: versioned, replica: versioned },
};
const setUp: readonly RecordedCall[] = [
  [
    'put-bucket-policy-30',
    'PutBucketPolicy',
    {
      Bucket: 'replica',
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            ...statement('Deny', 's3:ReplicateTags', `${arn}replica/deny-bucket-tags`),
            Principal: '*',
            Condition: { ArnEquals: { 'aws:PrincipalArn': role } },
          },
        ],
      }),
    },
    '204',
  ],
  ['put-bucket-replication-32', 'PutBucketReplication', configuration([rule('stable-prefix-probe', 'replica')]), '200'],
];
const put = (Tagging: string) =>
  keys.map(
    (key): RecordedCall => [
      `${key}:put`,
      'PutObject',
      { ...inVault(key), Body: key, ...(Tagging !== '' && { Tagging }) },
      '200',
      { VersionId: `$(${key})` },
    ],
  );
const sources = (phase: string, among: readonly string[], statusOf: (key: string) => string, count: object = {}) =>
  among.map(
    (key): RecordedCall => [
      `${key}:${phase}:source`,
      'HeadObject',
      inVault(key),
      '200',
      { ReplicationStatus: statusOf(key), ...count },
    ],
  );
const replicas = (phase: string, withTags: readonly string[], value: string) =>
  copied.flatMap((key): readonly RecordedCall[] => {
    const version = { VersionId: `$(${key})`, ReplicationStatus: 'REPLICA' };
    const isTagged = withTags.includes(key);
    const count = isTagged ? { TagCount: 2 } : {};
    const absent = { absent: isTagged ? [] : ['TagCount'] };
    return [
      [`${key}:${phase}:destination`, 'HeadObject', inReplica(key), '200', { ...version, ...count }, absent],
      [`${key}:${phase}`, 'GetObjectTagging', inReplica(key), '200', isTagged ? tags(value) : { TagSet: [] }],
      [`${key}:readability`, 'GetObject', inReplica(key), '200', { Body: key, ...version, ...count }, absent],
    ];
  });
const missing: RecordedCall = ['deny-object:initial:destination', 'HeadObject', inReplica('deny-object'), '404'];
const updated: readonly RecordedCall[] = [
  ...copied.flatMap((key): readonly RecordedCall[] => [
    [`${key}:metadata-update`, 'PutObjectTagging', { ...inVault(key), Tagging: tags('updated') }, '200'],
    [`${key}:updated-source-tags`, 'GetObjectTagging', inVault(key), '200', tags('updated')],
  ]),
  ...sources('metadata', copied, () => 'PENDING'),
  drain,
  ...sources('metadata', copied, (key) => (tagged.includes(key) ? 'COMPLETED' : 'FAILED')),
  ...replicas('metadata', tagged, 'updated'),
];

/** The right to copy objects includes that to copy their tags, unless a policy denies the latter. */
export const tagAlias: RecordedCases = {
  file: 'replication_tag_alias_replay.json',
  recorded: 'September 2026',
  cases: {
    'a role that may replicate objects replicates their tags too, unless tags are denied': {
      fact: 'F888',
      state,
      calls: [
        ...setUp,
        ...put('phase=initial&probe=tagalias'),
        ...sources('initial', keys, () => 'PENDING', { TagCount: 2 }),
        drain,
        missing,
        ...sources('initial', keys, (key) => (tagged.includes(key) ? 'COMPLETED' : 'FAILED'), { TagCount: 2 }),
        ...replicas('initial', tagged, 'initial'),
        ...updated,
        ['deny-object:final-missing-body', 'GetObject', inReplica('deny-object'), '404 NoSuchKey'],
      ],
    },
    'an object without tags is replicated even if its tags may not be, and only later tags fail': {
      fact: 'F888',
      state,
      calls: [
        ...setUp,
        ...put(''),
        ...sources('initial', keys, () => 'PENDING'),
        drain,
        missing,
        ...sources('initial', keys, (key) => (key === 'deny-object' ? 'FAILED' : 'COMPLETED')),
        ...replicas('initial', [], 'initial'),
        ...updated,
      ],
    },
  },
};
