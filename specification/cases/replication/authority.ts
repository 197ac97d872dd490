import type { RecordedCall, RecordedCases } from '../../../src/facts/case';
import { arn, configuration, copier, grants, late, policyOf, role, rule, statement, trust, versioned } from './setting';

const locked = { objectLock: true } as const;
const Body = 'authority payload';
const replicationDelay = { seconds: 15 };
const inVault = (Key: string) => ({ Bucket: 'vault', Key });
const inReplica = (Key: string) => ({ Bucket: 'replica', Key });
const tagged = (...pairs: readonly (readonly [Key: string, Value: string])[]) => ({
  TagSet: pairs.map(([Key, Value]) => ({ Key, Value })),
});
const byPartner = { by: 'partner' };

const put = (label: string, key: string, more: object = {}): RecordedCall => [
  label,
  'PutObject',
  { ...inVault(key), Body, Tagging: 'probe=authority', ...more },
  '200',
  { VersionId: `$(${key.replaceAll('/', '-')})` },
];
const versionOf = (key: string) => ({ VersionId: `$(${key.replaceAll('/', '-')})` });
const source = (label: string, key: string, ReplicationStatus: string, more: object = {}): RecordedCall => [
  label,
  'HeadObject',
  { ...inVault(key), ...versionOf(key) },
  '200',
  { ReplicationStatus, TagCount: 1 },
  more,
];
const drain: RecordedCall = ['set-up of the drain', 'HeadBucket', { Bucket: 'vault' }, '200', {}, late];

const denied = {
  'deny-read': ['s3:GetObjectVersionForReplication', 'vault'],
  'deny-acl': ['s3:GetObjectVersionAcl', 'vault'],
  'deny-tag-read': ['s3:GetObjectVersionTagging', 'vault'],
  'deny-retention': ['s3:GetObjectRetention', 'vault'],
  'deny-legalhold': ['s3:GetObjectLegalHold', 'vault'],
  'deny-replicate': ['s3:ReplicateObject', 'replica'],
  'deny-tags': ['s3:ReplicateTags', 'replica'],
} as const;
const withoutReplica = ['deny-read', 'deny-acl', 'deny-retention', 'deny-legalhold', 'deny-replicate'];
const withoutTags = ['deny-tag-read', 'deny-tags'];
const locks: Readonly<Record<string, object>> = {
  'deny-retention': {
    ObjectLockMode: 'GOVERNANCE',
    ObjectLockRetainUntilDate: '2026-09-20T12:10:54Z',
    ChecksumAlgorithm: 'CRC32',
  },
  'deny-legalhold': { ObjectLockLegalHoldStatus: 'ON', ChecksumAlgorithm: 'CRC32' },
};

const ofCaller = {
  Owner: { ID: '$(owner)' },
  Grants: [{ Grantee: { ID: '$(owner)', Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }],
};
const ofPartner = {
  Owner: { ID: '$(owner:partner)' },
  Grants: [{ Grantee: { ID: '$(owner:partner)', Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }],
};
const bucketOfPartner = (ownershipControls: 'ObjectWriter' | 'BucketOwnerEnforced') => ({
  ...locked,
  owner: 'partner',
  ownershipControls,
});
const replicate = ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'];
const override = 's3:ObjectOwnerOverrideToBucketOwner';

const ofKms = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'arn:aws:kms:us-east-1:000000000000:key/source' };
const replicaKey = 'arn:aws:kms:us-east-1:000000000000:key/replica';

const changed = (label: string, key: string, phase: string): readonly RecordedCall[] => [
  [
    `NEW source metadata mutation ${label}`,
    'PutObjectTagging',
    { ...inVault(key), ...versionOf(key), Tagging: tagged(['phase', phase]) },
    '200',
    versionOf(key),
  ],
  source(`immediate after NEW mutation ${label}`, key, 'PENDING'),
];
const state = (label: string, key: string, status: string, own: string, copied?: string): readonly RecordedCall[] => [
  source(`${label} source status`, key, status),
  [`${label} source tags`, 'GetObjectTagging', { ...inVault(key), ...versionOf(key) }, '200', tagged(['phase', own])],
  [
    `${label} destination head`,
    'HeadObject',
    inReplica(key),
    '200',
    { ...versionOf(key), ReplicationStatus: 'REPLICA', ...(copied !== undefined && { TagCount: 1 }) },
    { absent: copied === undefined ? ['TagCount'] : [] },
  ],
  [
    `${label} destination tags`,
    'GetObjectTagging',
    { ...inReplica(key), ...versionOf(key) },
    '200',
    copied === undefined ? { TagSet: [] } : tagged(['phase', copied]),
  ],
  [`${label} readable replica bytes`, 'GetObject', { ...inReplica(key), ...versionOf(key) }, '200', { Body }],
];
const initialKeys = ['control', 'initialsrctags', 'initialdsttags', 'latersrctags', 'laterdsttags'];
const denials = (isLater: boolean): readonly RecordedCall[] => {
  const prefixes = isLater ? ['initial', 'later'] : ['initial'];
  const refused = (bucket: string, kind: string, action: string) =>
    prefixes.map((when) => statement('Deny', action, `${arn}${bucket}/${when}${kind}`));
  return [
    [
      `explicit source scope stable initial plus later=${isLater ? 'True' : 'False'}`,
      'PutBucketPolicy',
      policyOf('vault', ...refused('vault', 'srctags', 's3:GetObjectVersionTagging')),
      '204',
    ],
    [
      `explicit destination scope stable initial plus later=${isLater ? 'True' : 'False'}`,
      'PutBucketPolicy',
      policyOf('replica', ...refused('replica', 'dsttags', 's3:ReplicateTags')),
      '204',
    ],
  ];
};

const mixedA = { Bucket: 'aside', Key: 'mixed' };
const mixedB = { Bucket: 'beside', Key: 'mixed' };
const mixed = { VersionId: '$(mixed)' };

export const authority: RecordedCases = {
  file: 'replication_authority_replay.json',
  recorded: 'September 2026',
  cases: {
    'without the right to read or to write no replica is made, and without the right to tags the replica has no tags': {
      fact: 'F886',
      state: {
        replicationDelay,
        buckets: { vault: locked, replica: locked },
        roles: copier(
          ['replica'],
          ...Object.entries(denied).map(([key, [action, bucket]]) =>
            statement('Deny', action, `${arn}${bucket}/same/${key}`),
          ),
        ),
      },
      calls: [
        [
          'replication-config',
          'PutBucketReplication',
          configuration([rule('same-account', 'replica', 1, { Filter: { Prefix: 'same/' } })]),
          '200',
        ],
        put('put-same/baseline', 'same/baseline'),
        source('source-state-same/baseline', 'same/baseline', 'PENDING'),
        ['destination-state-same/baseline', 'HeadObject', inReplica('same/baseline'), '404'],
        ...Object.keys(denied).map((key) => put(`put-same/${key}`, `same/${key}`, locks[key])),
        drain,
        source('source-state-same/baseline', 'same/baseline', 'COMPLETED'),
        [
          'destination-state-same/baseline',
          'HeadObject',
          inReplica('same/baseline'),
          '200',
          { ...versionOf('same/baseline'), ReplicationStatus: 'REPLICA', TagCount: 1 },
          { absent: ['StorageClass', 'ObjectLockMode', 'ObjectLockLegalHoldStatus'] },
        ],
        ['replica-acl-same/baseline', 'GetObjectAcl', inReplica('same/baseline'), '200', ofCaller],
        ...Object.keys(denied).map((key) => source(`source-state-same/${key}`, `same/${key}`, 'FAILED')),
        ...withoutReplica.map(
          (key) => [`destination-state-same/${key}`, 'HeadObject', inReplica(`same/${key}`), '404'] as const,
        ),
        ...withoutTags.flatMap((key): readonly RecordedCall[] => [
          [
            `destination-state-same/${key}`,
            'HeadObject',
            inReplica(`same/${key}`),
            '200',
            { ...versionOf(`same/${key}`), ReplicationStatus: 'REPLICA' },
            { absent: ['TagCount'] },
          ],
          [`replica-tags-same/${key}`, 'GetObjectTagging', inReplica(`same/${key}`), '200', { TagSet: [] }],
          [`replica-acl-same/${key}`, 'GetObjectAcl', inReplica(`same/${key}`), '200', ofCaller],
          [`verified-content-same/${key}`, 'GetObject', inReplica(`same/${key}`), '200', { Body }],
        ]),
      ],
    },
    'a destination of another account has to allow replicas, and owns them with an owner override or without ACLs': {
      fact: 'F882',
      state: {
        replicationDelay,
        accounts: { partner: {} },
        roles: copier(['other', 'plain'], statement('Allow', override, [`${arn}other/*`, `${arn}plain/*`])),
        buckets: {
          vault: locked,
          other: bucketOfPartner('ObjectWriter'),
          plain: bucketOfPartner('BucketOwnerEnforced'),
        },
      },
      calls: [
        [
          'cross-config',
          'PutBucketReplication',
          configuration([
            rule('cross-source-owned', 'other', 2, { Filter: { Prefix: 'cross/' } }),
            rule(
              'cross-owner-override',
              'other',
              3,
              { Filter: { Prefix: 'override/' } },
              { Account: '$(account:partner)', AccessControlTranslation: { Owner: 'Destination' } },
            ),
            rule('cross-boe', 'plain', 4, { Filter: { Prefix: 'boe/' } }, { Account: '$(account:partner)' }),
          ]),
          '200',
        ],
        put('put-cross/missing-bucket-grant', 'cross/missing-bucket-grant'),
        drain,
        source('source-state-cross/missing-bucket-grant', 'cross/missing-bucket-grant', 'FAILED'),
        [
          'destination-state-cross/missing-bucket-grant',
          'HeadObject',
          { Bucket: 'other', Key: 'cross/missing-bucket-grant' },
          '404',
          {},
          byPartner,
        ],
        [
          'cross-bucket-grants-cross',
          'PutBucketPolicy',
          policyOf('other', statement('Allow', [...replicate, override], `${arn}other/*`)),
          '204',
          {},
          byPartner,
        ],
        [
          'cross-bucket-grants-boe',
          'PutBucketPolicy',
          policyOf('plain', statement('Allow', replicate, `${arn}plain/*`)),
          '204',
          {},
          byPartner,
        ],
        put('put-cross/source-owned', 'cross/source-owned'),
        put('put-override/destination-owned', 'override/destination-owned'),
        put('put-boe/destination-owned', 'boe/destination-owned'),
        ['destination-state-cross/source-owned', 'HeadObject', { Bucket: 'other', Key: 'cross/source-owned' }, '403'],
        drain,
        source('source-state-cross/source-owned', 'cross/source-owned', 'COMPLETED'),
        [
          'destination-state-cross/source-owned',
          'HeadObject',
          { Bucket: 'other', Key: 'cross/source-owned' },
          '200',
          { ReplicationStatus: 'REPLICA', ...versionOf('cross/source-owned') },
          { absent: ['TagCount'] },
        ],
        [
          'replica-tags-cross/source-owned',
          'GetObjectTagging',
          { Bucket: 'other', Key: 'cross/source-owned' },
          '403 AccessDenied',
        ],
        [
          'replica-acl-cross/source-owned',
          'GetObjectAcl',
          { Bucket: 'other', Key: 'cross/source-owned' },
          '200',
          ofCaller,
        ],
        [
          'verified-content-cross/source-owned',
          'GetObject',
          { Bucket: 'other', Key: 'cross/source-owned' },
          '200',
          { Body },
        ],
        ...(['other override', 'plain boe'] as const).flatMap((both): readonly RecordedCall[] => {
          const [Bucket, prefix] = both.split(' ');
          const at = { Bucket, Key: `${prefix}/destination-owned` };
          return [
            source(`source-state-${at.Key}`, at.Key, 'COMPLETED'),
            [
              `destination-state-${at.Key}`,
              'HeadObject',
              at,
              '200',
              { ReplicationStatus: 'REPLICA', TagCount: 1, ...versionOf(at.Key) },
              byPartner,
            ],
            [`replica-tags-${at.Key}`, 'GetObjectTagging', at, '200', tagged(['probe', 'authority']), byPartner],
            [`replica-acl-${at.Key}`, 'GetObjectAcl', at, '200', ofPartner, byPartner],
            [`verified-content-${at.Key}`, 'GetObject', at, '200', { Body }, byPartner],
          ];
        }),
      ],
    },
    'an object with a KMS key is replicated only by a rule that selects such objects, and the replica has the key of the rule':
      {
        fact: 'F880',
        state: {
          replicationDelay,
          roles: copier(
            ['replica'],
            statement('Allow', 'kms:Decrypt', ofKms.SSEKMSKeyId),
            statement('Allow', 'kms:Encrypt', replicaKey),
          ),
          buckets: { vault: locked, replica: locked },
        },
        calls: [
          [
            'kms-opt-in-config',
            'PutBucketReplication',
            configuration([
              rule('same-account', 'replica', 1, { Filter: { Prefix: 'same/' } }),
              rule(
                'kms-opt-in',
                'replica',
                5,
                {
                  Filter: { Prefix: 'kms/' },
                  SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
                },
                { EncryptionConfiguration: { ReplicaKmsKeyID: replicaKey } },
              ),
            ]),
            '200',
          ],
          put('put-same/kms-no-opt-in', 'same/kms-no-opt-in', ofKms),
          [
            'put-kms/configured-success',
            'PutObject',
            { ...inVault('kms/configured-success'), Body, Tagging: 'probe=authority', ...ofKms },
            '200',
            { ...versionOf('kms/configured-success'), ...ofKms, ETag: '$(etag)' },
          ],
          source('source-state-kms/configured-success', 'kms/configured-success', 'PENDING'),
          drain,
          source('source-state-kms/configured-success', 'kms/configured-success', 'COMPLETED'),
          [
            'destination-state-kms/configured-success',
            'HeadObject',
            inReplica('kms/configured-success'),
            '200',
            {
              ...versionOf('kms/configured-success'),
              ETag: '$(etag)',
              ServerSideEncryption: 'aws:kms',
              SSEKMSKeyId: replicaKey,
              ReplicationStatus: 'REPLICA',
              TagCount: 1,
            },
            { absent: ['BucketKeyEnabled'] },
          ],
          [
            'source-state-same/kms-no-opt-in',
            'HeadObject',
            inVault('same/kms-no-opt-in'),
            '200',
            ofKms,
            { absent: ['ReplicationStatus'] },
          ],
          ['destination-state-same/kms-no-opt-in', 'HeadObject', inReplica('same/kms-no-opt-in'), '404'],
        ],
      },
    'a role that trusts S3 only for buckets of another account replicates nothing': {
      fact: 'F885',
      state: {
        replicationDelay,
        accounts: { partner: {} },
        roles: {
          copier: {
            trust: trust({ StringEquals: { 'aws:SourceAccount': '999999999999' } }),
            policy: grants(['replica']),
          },
          repaired: {
            trust: trust({ StringEquals: { 'aws:SourceAccount': '000000000000' } }),
            policy: grants(['replica']),
          },
        },
        buckets: { vault: locked, replica: locked },
      },
      calls: [
        [
          'nonmatching-execution-trust',
          'PutBucketReplication',
          configuration([rule('same-account', 'replica')]),
          '200',
        ],
        put('put-same/nonmatching-trust', 'same/nonmatching-trust'),
        drain,
        source('source-state-same/nonmatching-trust', 'same/nonmatching-trust', 'FAILED'),
        ['destination-state-same/nonmatching-trust', 'HeadObject', inReplica('same/nonmatching-trust'), '404'],
        [
          'set-up of a role that trusts',
          'PutBucketReplication',
          configuration([rule('same-account', 'replica')], role.replace('copier', 'repaired')),
          '200',
        ],
        put('put-same/trust-recovery', 'same/trust-recovery'),
        drain,
        source('source-state-same/trust-recovery', 'same/trust-recovery', 'COMPLETED'),
        source('source-state-same/nonmatching-trust', 'same/nonmatching-trust', 'FAILED'),
        ['destination-state-same/nonmatching-trust', 'HeadObject', inReplica('same/nonmatching-trust'), '404'],
      ],
    },
    'tags that could not be replicated are replicated with the next change of the tags, and not earlier': {
      fact: 'F888',
      state: { replicationDelay, roles: copier(['replica']), buckets: { vault: versioned, replica: versioned } },
      calls: [
        ...denials(false),
        ['put-bucket-replication', 'PutBucketReplication', configuration([rule('meta', 'replica')]), '200'],
        ...initialKeys.map((key) =>
          put('tagged tiny SSE-S3 initial payload', key, { Tagging: 'phase=initial', ServerSideEncryption: 'AES256' }),
        ),
        ...initialKeys.map((key) => source('initial bounded status polling', key, 'PENDING')),
        drain,
        ...initialKeys.flatMap((key) =>
          key.startsWith('initial')
            ? state('initial stable policies', key, 'FAILED', 'initial')
            : state('initial stable policies', key, 'COMPLETED', 'initial', 'initial'),
        ),
        ...denials(true),
        ...['latersrctags', 'laterdsttags', 'control'].flatMap((key) =>
          changed('denied-metadata', key, 'denied-metadata'),
        ),
        drain,
        ...state('later denial poll 1', 'latersrctags', 'FAILED', 'denied-metadata', 'initial'),
        ...state('later denial poll 1', 'laterdsttags', 'FAILED', 'denied-metadata', 'initial'),
        ...state('later denial poll 2', 'control', 'COMPLETED', 'denied-metadata', 'denied-metadata'),
        ['set-up of the repair', 'DeleteBucketPolicy', { Bucket: 'vault' }, '204'],
        ['set-up of the repair', 'DeleteBucketPolicy', { Bucket: 'replica' }, '204'],
        drain,
        ...['initialsrctags', 'initialdsttags'].flatMap((key) =>
          state('permissions repaired BEFORE new mutation; old attempt not resubmitted', key, 'FAILED', 'initial'),
        ),
        ...['latersrctags', 'laterdsttags'].flatMap((key) =>
          state(
            'permissions repaired BEFORE new mutation; old attempt not resubmitted',
            key,
            'FAILED',
            'denied-metadata',
            'initial',
          ),
        ),
        ...initialKeys.flatMap((key) => changed('repaired-new-mutation', key, 'repaired-new-mutation')),
        drain,
        ...initialKeys.flatMap((key) =>
          state('new repaired metadata poll 2', key, 'COMPLETED', 'repaired-new-mutation', 'repaired-new-mutation'),
        ),
      ],
    },
    'if one of two destinations fails, the status of the version is FAILED, and stays so after later tags reach the other':
      {
        fact: 'F850',
        state: {
          replicationDelay,
          roles: copier(['aside', 'beside']),
          buckets: { vault: versioned, aside: versioned, beside: versioned },
        },
        calls: [
          [
            'mixed-destinations-config',
            'PutBucketReplication',
            configuration([rule('to-a', 'aside', 1), rule('to-b', 'beside', 2)]),
            '200',
          ],
          [
            'mixed-destinations-config-readback',
            'GetBucketReplication',
            { Bucket: 'vault' },
            '200',
            { ReplicationConfiguration: { Rules: [rule('to-a', 'aside', 1), rule('to-b', 'beside', 2)] } },
          ],
          [
            'mixed-destination-b-tag-deny',
            'PutBucketPolicy',
            policyOf('beside', statement('Deny', 's3:ReplicateTags', `${arn}beside/mixed`)),
            '204',
          ],
          put('mixed-source-put', 'mixed', { Tagging: 'phase=initial' }),
          source('head-object', 'mixed', 'PENDING'),
          drain,
          source('head-object', 'mixed', 'FAILED'),
          [
            'mixed-before-mutation-a',
            'GetObject',
            { ...mixedA, ...mixed },
            '200',
            { Body, ReplicationStatus: 'REPLICA', TagCount: 1 },
          ],
          [
            'mixed-before-mutation-b',
            'GetObject',
            { ...mixedB, ...mixed },
            '200',
            { Body, ReplicationStatus: 'REPLICA' },
            { absent: ['TagCount'] },
          ],
          ['mixed-before-tags-b', 'GetObjectTagging', { ...mixedB, ...mixed }, '200', { TagSet: [] }],
          [
            'mixed-source-mutation',
            'PutObjectTagging',
            { ...inVault('mixed'), ...mixed, Tagging: tagged(['phase', 'mutated-after-failure']) },
            '200',
            mixed,
          ],
          source('mixed-source-after-mutation', 'mixed', 'PENDING'),
          ['mixed-after-tags-a', 'GetObjectTagging', { ...mixedA, ...mixed }, '200', tagged(['phase', 'initial'])],
          drain,
          source('mixed-source-after-mutation', 'mixed', 'FAILED'),
          [
            'mixed-after-tags-a',
            'GetObjectTagging',
            { ...mixedA, ...mixed },
            '200',
            tagged(['phase', 'mutated-after-failure']),
          ],
          ['mixed-after-tags-b', 'GetObjectTagging', { ...mixedB, ...mixed }, '200', { TagSet: [] }],
          ['final-deliveries-b-current', 'GetObject', mixedB, '200', { Body, ...mixed }, { absent: ['TagCount'] }],
        ],
      },
  },
};
