import type { RecordedCall, RecordedCases } from '../../../src/facts/case';
import { arn, configuration, copier, late, rule, statement } from './setting';

const Body = 'tagged payload';
const ofBoth = ['s3:GetObjectTagging', 's3:GetObjectVersionTagging'];
const byPartner = { by: 'partner' };
const owned = { owner: 'partner', ownershipControls: 'ObjectWriter' } as const;
const tags = { TagSet: [{ Key: 'probe', Value: 'disclosure' }] };

const policyFor = (
  label: string,
  Bucket: string,
  always: Readonly<Record<string, unknown>>,
  effect?: 'Allow' | 'Deny',
): RecordedCall => [
  label,
  'PutBucketPolicy',
  {
    Bucket,
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        always,
        ...(effect === undefined
          ? []
          : [
              { ...statement(effect, ofBoth, `${arn}${Bucket}/*`), Principal: { AWS: 'arn:aws:iam::$(account):root' } },
            ]),
      ],
    }),
  },
  '204',
  {},
  byPartner,
];

const payload = { Bucket: 'other', Key: 'payload' };
const direct = {
  ...statement('Allow', ['s3:PutObject', 's3:PutObjectTagging'], `${arn}other/*`),
  Principal: { AWS: 'arn:aws:iam::$(account):root' },
};
const uncounted = (head: string, get: string, tagging: string): readonly RecordedCall[] => [
  [head, 'HeadObject', payload, '200', {}, { absent: ['TagCount'] }],
  [get, 'GetObject', payload, '200', { Body }, { absent: ['TagCount'] }],
  [tagging, 'GetObjectTagging', payload, '403 AccessDenied'],
];

const replica = { Bucket: 'other', Key: 'tagged-binary' };
const named = { ...replica, VersionId: '$(version)' };
const copies = {
  ...statement('Allow', ['s3:ReplicateObject', 's3:ReplicateTags', 's3:ReplicateDelete'], `${arn}other/*`),
  Principal: { AWS: 'arn:aws:iam::$(account):role/copier' },
};
const readsOfReplica = (phase: string, isCounted: boolean): readonly RecordedCall[] => {
  const count = isCounted ? { TagCount: 1 } : {};
  const absent = { absent: isCounted ? [] : ['TagCount'] };
  return [
    [phase, 'HeadObject', replica, '200', { VersionId: '$(version)', ReplicationStatus: 'REPLICA', ...count }, absent],
    [phase, 'GetObject', named, '200', { Body, ReplicationStatus: 'REPLICA', ...count }, absent],
    isCounted
      ? [phase, 'GetObjectTagging', named, '200', tags]
      : [phase, 'GetObjectTagging', named, '403 AccessDenied'],
    [`${phase}-member-tag-control`, 'GetObjectTagging', named, '200', tags, byPartner],
  ];
};

/** Who owns an object in the bucket of another account reads it, and learns the number of its tags only if the bucket allows to read them. */
export const disclosure: RecordedCases = {
  file: 'replication_authority_replay.json',
  recorded: 'September 2026',
  cases: {
    'the owner of an object in the bucket of another account sees the number of its tags if the bucket policy allows it':
      {
        fact: 'F521',
        state: { accounts: { partner: {} }, buckets: { other: owned } },
        calls: [
          policyFor('put-bucket-policy-2', 'other', direct),
          ['put-object-3', 'PutObject', { ...payload, Body, Tagging: 'probe=disclosure' }, '200'],
          ...uncounted('head-object-4', 'get-object-5', 'get-object-tagging-8'),
          policyFor('put-bucket-policy-9', 'other', direct, 'Deny'),
          ...uncounted('head-object-10', 'get-object-11', 'get-object-tagging-14'),
          policyFor('put-bucket-policy-15', 'other', direct, 'Allow'),
          ['head-object-16', 'HeadObject', payload, '200', { TagCount: 1 }],
          ['get-object-17', 'GetObject', payload, '200', { Body, TagCount: 1 }],
          ['get-object-tagging-20', 'GetObjectTagging', payload, '200', tags],
        ],
      },
    'the owner of a replica sees the number of its tags if the bucket policy allows it': {
      fact: 'F521',
      state: {
        replicationDelay: { seconds: 15 },
        accounts: { partner: {} },
        roles: copier(['other']),
        buckets: {
          vault: { versioning: 'Enabled', ownershipControls: 'ObjectWriter' },
          other: { ...owned, versioning: 'Enabled' },
        },
      },
      calls: [
        policyFor('put-bucket-policy-12', 'other', copies),
        ['put-bucket-replication-13', 'PutBucketReplication', configuration([rule('tagged-binary', 'other')]), '200'],
        [
          'put-object-14',
          'PutObject',
          { Bucket: 'vault', Key: 'tagged-binary', Body, Tagging: 'probe=disclosure' },
          '200',
          { VersionId: '$(version)' },
        ],
        [
          'source-replication-state-18',
          'HeadObject',
          { Bucket: 'vault', Key: 'tagged-binary' },
          '200',
          { ReplicationStatus: 'COMPLETED', TagCount: 1 },
          late,
        ],
        ...readsOfReplica('implicit-tag-deny', false),
        policyFor('explicit-tag-deny-policy-36', 'other', copies, 'Deny'),
        ...readsOfReplica('explicit-tag-deny', false),
        policyFor('tag-read-grant-policy-51', 'other', copies, 'Allow'),
        ...readsOfReplica('tag-read-grant', true),
      ],
    },
  },
};
