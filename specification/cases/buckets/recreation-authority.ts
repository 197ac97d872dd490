import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const vault = { Bucket: 'vault' };
const anyBucket = { Effect: 'Allow', Resource: 'arn:aws:s3:::*' };
const may = (...actions: readonly string[]) => ({
  policy: {
    Version: '2012-10-17' as const,
    Statement: [{ ...anyBucket, Effect: 'Allow' as const, Action: actions.map((name) => `s3:${name}`) }],
  },
});
const mayOf = (Condition: Readonly<Record<string, Readonly<Record<string, string>>>>) => ({
  policy: {
    Version: '2012-10-17' as const,
    Statement: [{ ...anyBucket, Effect: 'Allow' as const, Action: 's3:CreateBucket', Condition }],
  },
});
const roles = {
  create: may('CreateBucket'),
  none: may('GetBucketAcl'),
  deny: {
    policy: {
      Version: '2012-10-17' as const,
      Statement: [
        { Effect: 'Allow' as const, Action: 's3:*', Resource: '*' },
        { Effect: 'Deny' as const, Action: 's3:CreateBucket', Resource: '*' },
      ],
    },
  },
  ownership: may('CreateBucket', 'PutBucketOwnershipControls'),
  acl: may('CreateBucket', 'PutBucketAcl', 'PutBucketOwnershipControls'),
  'lock-config': may('CreateBucket', 'PutBucketObjectLockConfiguration'),
  'lock-version': may('CreateBucket', 'PutBucketVersioning'),
  'lock-all': may('CreateBucket', 'PutBucketObjectLockConfiguration', 'PutBucketVersioning'),
  'tag-resource': mayOf({ StringEquals: { 'aws:ResourceTag/Purpose': 'Recreation' } }),
  'tag-bucket': mayOf({ StringEquals: { 's3:BucketTag/Purpose': 'Recreation' } }),
  'tag-null': mayOf({ Null: { 'aws:ResourceTag/Purpose': 'true' } }),
};
const owner = { Type: 'CanonicalUser', ID: '$(owner)' };
const full = { Grantee: owner, Permission: 'FULL_CONTROL' };
const written = {
  Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/s3/LogDelivery' },
  Permission: 'WRITE',
};
const preferred = { ObjectOwnership: 'BucketOwnerPreferred' };
const toOwner = { GrantFullControl: 'id="$(owner)"' };
const toBoth = { ...preferred, ...toOwner, GrantWrite: 'uri="http://acs.amazonaws.com/groups/s3/LogDelivery"' };
const tags = { Purpose: 'Recreation' };
const made = '200';
const taken = '409 BucketAlreadyOwnedByYou';
const denied = '403 AccessDenied';
const reset: RecordedCall = [
  'reseed-acl-0',
  'PutBucketAcl',
  { ...vault, AccessControlPolicy: { Owner: { ID: '$(owner)' }, Grants: [full, written] } },
  '200',
];
const asOwner: RecordedCall = ['owner-id', 'GetBucketAcl', vault, '200', { Owner: { ID: '$(owner)' } }];
const grants = (label: string, ...Grants: readonly object[]): RecordedCall => [
  label,
  'GetBucketAcl',
  vault,
  '200',
  { Grants },
];
const create = (label: string, Bucket: string, by: keyof typeof roles, asked: object, answer: string): RecordedCall => [
  label,
  'CreateBucket',
  { Bucket, ...asked },
  answer,
  answer === made ? { Location: `/${Bucket}` } : {},
  { by: `role/${by}` },
];

/** A creation of a new bucket and of an existing bucket, and the ACL of the existing bucket afterwards. */
function pair(
  name: string,
  by: keyof typeof roles,
  asked: object,
  answers: readonly [fresh: string, owned: string],
): readonly RecordedCall[] {
  const [fresh, owned] = answers;
  return [
    create(`fresh-${name}`, `new-${name}`, by, asked, fresh),
    reset,
    create(`owned-${name}`, 'vault', by, asked, owned),
    grants(`after-${name}-GetBucketAcl`, full, ...(owned === made ? [] : [written])),
  ];
}

/** What a creation of a bucket that exists leaves as it is, whether it is refused or not. */
const kept = (name: string): readonly RecordedCall[] => [
  [
    `after-${name}-GetBucketOwnershipControls`,
    'GetBucketOwnershipControls',
    vault,
    '200',
    { OwnershipControls: { Rules: [preferred] } },
  ],
  [`after-${name}-GetBucketVersioning`, 'GetBucketVersioning', vault, '200', { Status: 'Enabled' }],
  [
    `after-${name}-GetBucketTagging`,
    'GetBucketTagging',
    vault,
    '200',
    { TagSet: [{ Key: 'Purpose', Value: 'Recreation' }] },
  ],
  [
    `after-${name}-GetBucketEncryption`,
    'GetBucketEncryption',
    vault,
    '200',
    {
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
            BucketKeyEnabled: false,
            BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
          },
        ],
      },
    },
  ],
  [
    `after-${name}-GetPublicAccessBlock`,
    'GetPublicAccessBlock',
    vault,
    '200',
    {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    },
  ],
  [
    `after-${name}-GetObjectLockConfiguration`,
    'GetObjectLockConfiguration',
    vault,
    '404 ObjectLockConfigurationNotFoundError',
  ],
  [`after-${name}-bytes`, 'GetObject', { ...vault, Key: 'k' }, '200', { Body: 'data' }],
];

const denying = (role: keyof typeof roles) => ({
  ...vault,
  Policy: JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: { AWS: `arn:aws:iam::$(account):role/${role}` },
        Action: 's3:*',
        Resource: ['arn:aws:s3:::vault', 'arn:aws:s3:::vault/*'],
      },
    ],
  }),
});

export const recreationAuthority: RecordedCases = {
  file: 'recreation_authority_replay.json',
  recorded: 'September 2026',
  cases: {
    'CreateBucket needs the same rights whether the bucket exists or not, and the bucket is compared after that': {
      fact: 'F32',
      state: {
        roles,
        buckets: {
          vault: { ownershipControls: 'BucketOwnerPreferred', versioning: 'Enabled', tags, objects: { k: 'data' } },
        },
      },
      calls: [
        asOwner,
        ...pair('create-plain', 'create', {}, [made, taken]),
        ...kept('create-plain'),
        ...pair('none-plain', 'none', {}, [denied, denied]),
        ...pair('deny-plain', 'deny', {}, [denied, denied]),
        ...pair('create-private', 'create', { ACL: 'private' }, [made, taken]),
        ...pair('create-custom-owner', 'create', toOwner, [made, taken]),
        ...pair('create-ownership', 'create', preferred, [denied, denied]),
        ...pair('ownership-ownership', 'ownership', preferred, [made, made]),
        ...pair('ownership-custom', 'ownership', { ...preferred, ...toOwner }, [made, made]),
        ...kept('ownership-custom'),
        ...pair('acl-custom', 'acl', { ...preferred, ...toOwner }, [made, made]),
        ...pair('create-lock', 'create', { ObjectLockEnabledForBucket: true }, [denied, denied]),
        ...pair('lock-config-lock', 'lock-config', { ObjectLockEnabledForBucket: true }, [denied, denied]),
        ...pair('lock-version-lock', 'lock-version', { ObjectLockEnabledForBucket: true }, [denied, denied]),
        ...pair('lock-all-lock', 'lock-all', { ObjectLockEnabledForBucket: true }, [made, taken]),
        ...pair('create-lock-false', 'create', { ObjectLockEnabledForBucket: false }, [made, taken]),
        ['bucket-policy-deny-role', 'PutBucketPolicy', denying('create'), '204'],
        create('owned-policy-deny-create', 'vault', 'create', {}, denied),
        ['remove-owned-policy', 'DeleteBucketPolicy', vault, '204'],
        create('owned-tag-resource-disabled', 'vault', 'tag-resource', {}, denied),
        create('owned-tag-bucket-disabled', 'vault', 'tag-bucket', {}, denied),
      ],
    },
    'a bucket of the default ownership is created again with the same tags': {
      fact: 'F32',
      state: { roles, buckets: { vault: { tags, objects: { k: 'data' } } } },
      calls: [
        asOwner,
        create('boe-repeat-plain', 'vault', 'create', {}, made),
        [
          'boe-after-plain-GetBucketTagging',
          'GetBucketTagging',
          vault,
          '200',
          { TagSet: [{ Key: 'Purpose', Value: 'Recreation' }] },
        ],
        create('boe-repeat-missing-create', 'vault', 'none', {}, denied),
        create('boe-repeat-explicit-deny', 'vault', 'deny', {}, denied),
        create('boe-repeat-private', 'vault', 'create', { ACL: 'private' }, made),
        create('boe-repeat-custom', 'vault', 'create', toOwner, made),
        grants('boe-after-custom-GetBucketAcl', full),
        create('boe-repeat-custom-allowed', 'vault', 'acl', toOwner, made),
        create('boe-repeat-ownership', 'vault', 'create', { ObjectOwnership: 'BucketOwnerEnforced' }, denied),
        create('boe-repeat-ownership-allowed', 'vault', 'ownership', { ObjectOwnership: 'BucketOwnerEnforced' }, made),
        create('boe-repeat-lock-denied', 'vault', 'create', { ObjectLockEnabledForBucket: true }, denied),
        create('boe-repeat-lock-false', 'vault', 'create', { ObjectLockEnabledForBucket: false }, made),
        ['boe-deny-policy', 'PutBucketPolicy', denying('create'), '204'],
        create('boe-repeat-policy-deny', 'vault', 'create', {}, denied),
        ['boe-remove-policy', 'DeleteBucketPolicy', vault, '204'],
      ],
    },
    'CreateBucket does not evaluate the tags of the bucket, and a bucket with ABAC is not created again': {
      fact: 'F32',
      state: { roles, buckets: { vault: { tags } } },
      calls: [
        create('boe-tag-resource-disabled', 'vault', 'tag-resource', {}, denied),
        create('boe-tag-bucket-disabled', 'vault', 'tag-bucket', {}, denied),
        ['boe-enable-abac', 'PutBucketAbac', { ...vault, AbacStatus: { Status: 'Enabled' } }, '200'],
        create('boe-tag-resource-enabled', 'vault', 'tag-resource', {}, denied),
        create('boe-tag-bucket-enabled', 'vault', 'tag-bucket', {}, denied),
        create('boe-tag-null-enabled', 'vault', 'tag-null', {}, taken),
      ],
    },
    'CreateBucket with an ACL that grants rights to others needs a right of its own, and the owner is listed last': {
      fact: 'F285',
      state: { roles, buckets: { vault: { ownershipControls: 'BucketOwnerPreferred' } } },
      calls: [
        asOwner,
        create('fresh-custom-noacl', 'new-noacl', 'ownership', toBoth, denied),
        create('owned-custom-noacl', 'vault', 'ownership', toBoth, denied),
        grants('after-custom-noacl-acl', full),
        create('fresh-custom-allowed', 'new-allowed', 'acl', toBoth, made),
        create('owned-custom-allowed', 'vault', 'acl', toBoth, made),
        grants('after-custom-allowed-acl', written, full),
      ],
    },
  },
};
