import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const policyOf = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const vault = { Bucket: 'vault' };
const object = { ...vault, Key: 'read.txt' };
const denied = '403 AccessDenied';
const anonymous = { by: 'anonymous' };

const names = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] as const;
const blocking = (...on: readonly string[]) => ({
  PublicAccessBlockConfiguration: Object.fromEntries(names.map((name) => [name, on.includes(name)])),
});
const block = (label: string, ...on: readonly string[]): RecordedCall => [
  label,
  'PutPublicAccessBlock',
  { ...vault, ...blocking(...on) },
  '200',
];
const reads = (label: string, answer: string): RecordedCall => [label, 'GetObject', object, answer, {}, anonymous];
const statusIs = (label: string, IsPublic: boolean): RecordedCall => [
  label,
  'GetBucketPolicyStatus',
  vault,
  '200',
  { PolicyStatus: { IsPublic } },
];

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/read.txt' };
const open = policyOf({ ...statement, Principal: '*' });
const fixed = policyOf({ ...statement, Principal: { AWS: '$(account)' } });
const stored = policyOf({
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::$(account):root' },
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::vault/read.txt',
});

export const publicAccess: RecordedCases = {
  file: 'public_access_replay.json',
  recorded: 'September 2026',
  cases: {
    'a public access block is replaced as a whole, and the expected owner is checked before it': {
      fact: 'F400',
      state: { buckets: { vault: {} } },
      calls: [
        ['pab.new-bucket-defaults', 'GetPublicAccessBlock', vault, '200', blocking(...names)],
        ['status.absent-policy', 'GetBucketPolicyStatus', vault, '404 NoSuchBucketPolicy'],
        ['pab.delete-defaults', 'DeletePublicAccessBlock', vault, '204'],
        ['pab.absent', 'GetPublicAccessBlock', vault, '404 NoSuchPublicAccessBlockConfiguration'],
        ['pab.delete-absent', 'DeletePublicAccessBlock', vault, '204'],
        block('pab.all-true', ...names),
        [
          'pab.partial-replaces',
          'PutPublicAccessBlock',
          { ...vault, PublicAccessBlockConfiguration: { IgnorePublicAcls: true } },
          '200',
        ],
        ['pab.partial-replaces-read', 'GetPublicAccessBlock', vault, '200', blocking('IgnorePublicAcls')],
        ['pab.empty', 'PutPublicAccessBlock', { ...vault, PublicAccessBlockConfiguration: {} }, '400 InvalidRequest'],
        ['pab.empty-read', 'GetPublicAccessBlock', vault, '200', blocking('IgnorePublicAcls')],
        ...(['GetPublicAccessBlock', 'DeletePublicAccessBlock', 'GetBucketPolicyStatus'] as const).map(
          (operation): RecordedCall => [
            `owner.111122223333.${operation}`,
            operation,
            { ...vault, ExpectedBucketOwner: '111122223333' },
            denied,
          ],
        ),
        [
          'owner.111122223333.PUT',
          'PutPublicAccessBlock',
          { ...vault, PublicAccessBlockConfiguration: {}, ExpectedBucketOwner: '111122223333' },
          denied,
        ],
        [
          'owner.correct.get',
          'GetPublicAccessBlock',
          { ...vault, ExpectedBucketOwner: '$(account)' },
          '200',
          blocking('IgnorePublicAcls'),
        ],
      ],
    },
    'BlockPublicPolicy refuses new public policies, and RestrictPublicBuckets locks strangers out of a bucket that has one':
      {
        fact: 'F304',
        state: { buckets: { vault: { objects: { 'read.txt': 'data' } } } },
        calls: [
          block('retention.block-off'),
          ['retention.fixed-seed', 'PutBucketPolicy', { ...vault, Policy: fixed }, '204'],
          block('retention.block-on', 'BlockPublicPolicy'),
          ['retention.public-replacement', 'PutBucketPolicy', { ...vault, Policy: open }, denied],
          ['retention.stored-policy', 'GetBucketPolicy', vault, '200', { Policy: stored }],
          statusIs('retention.status', false),
          block('enforcement.policy.block-off'),
          ['enforcement.policy.public', 'PutBucketPolicy', { ...vault, Policy: open }, '204'],
          statusIs('enforcement.policy.status', true),
          reads('enforcement.policy.anonymous-baseline', '200'),
          block('enforcement.policy.block-only', 'BlockPublicPolicy'),
          reads('enforcement.policy.block-only-read', '200'),
          block('enforcement.policy.restrict', 'RestrictPublicBuckets'),
          reads('enforcement.policy.restrict-anonymous', denied),
          ['enforcement.policy.restrict-owner', 'GetObject', object, '200'],
          statusIs('enforcement.policy.restricted-status', true),
          block('enforcement.policy.unrestrict'),
          reads('enforcement.policy.unrestricted-read', '200'),
          ['enforcement.acl.delete-policy', 'DeleteBucketPolicy', vault, '204'],
          ['enforcement.acl.no-policy-status', 'GetBucketPolicyStatus', vault, '404 NoSuchBucketPolicy'],
          [
            'enforcement.acl.enable-acls',
            'PutBucketOwnershipControls',
            { ...vault, OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } },
            '200',
          ],
          ['enforcement.acl.public-read', 'PutObjectAcl', { ...object, ACL: 'public-read' }, '200'],
          reads('enforcement.acl.baseline-read', '200'),
        ],
      },
  },
};

const allow = (...Action: readonly string[]) => ({ Effect: 'Allow', Action, Resource: '*' });
const may = policyOf(allow('s3:GetObject'));
const mayNot = policyOf(allow('s3:GetBucketLocation'));
const explicitDeny = policyOf(allow('s3:*'), { ...allow('s3:GetObject'), Effect: 'Deny' });

/**
 * Who reads each of three objects while public ACLs are ignored: by an ACL for everyone, by an ACL for all accounts, by the bucket policy.
 */
const ignored = [
  ['anonymous', 'anonymous', denied, denied, '200'],
  ['user-no-get', 'no-get', denied, denied, '200'],
  ['user-allow-get', 'may-get', '200', '200', '200'],
  ['role-no-get', 'role/no-get', denied, denied, '200'],
  ['role-allow-get', 'role/may-get', '200', '200', '200'],
  ['role-session-no-get', { caller: 'role/may-get', session: { policy: mayNot } }, denied, denied, '200'],
  ['role-session-explicit-deny', { caller: 'role/may-get', session: { policy: explicitDeny } }, denied, denied, denied],
] as const;

/** Who reads each of five objects while ACLs count: a private object, an object that only its owner can read, and the three from above. */
const counted = [
  ['anonymous', 'anonymous', denied, denied, '200', denied, '200'],
  ['user-no-get', 'no-get', denied, denied, '200', '200', '200'],
  ['user-allow-get', 'may-get', '200', '200', '200', '200', '200'],
  ['role-no-get', 'role/no-get', denied, denied, '200', '200', '200'],
  ['role-allow-get', 'role/may-get', '200', '200', '200', '200', '200'],
  ['role-session-no-get', ignored[5][1], denied, denied, '200', '200', '200'],
  ['role-session-explicit-deny', ignored[6][1], denied, denied, denied, denied, denied],
] as const;

const callers = {
  users: { 'no-get': { policy: mayNot }, 'may-get': { policy: may } },
  roles: { 'no-get': { policy: mayNot }, 'may-get': { policy: may } },
};
const anyone = { ...allow('s3:GetObject'), Principal: '*', Resource: 'arn:aws:s3:::vault/policy' };
const grantsOf = (label: string, Key: string, ...Grants: readonly object[]): RecordedCall => [
  label,
  'GetObjectAcl',
  { ...vault, Key },
  '200',
  { Owner: { ID: '$(owner)' }, Grants },
];
const mine = (Permission: string) => ({ Grantee: { ID: '$(owner)', Type: 'CanonicalUser' }, Permission });
const group = (name: string) => ({
  Grantee: { Type: 'Group', URI: `http://acs.amazonaws.com/groups/global/${name}` },
  Permission: 'READ',
});

export const ignoredAcls: RecordedCases = {
  file: 'local_acl_authority_replay.json',
  recorded: 'September 2026',
  cases: {
    'ignored public ACLs grant nothing, and the bucket policy still applies': {
      fact: 'F284',
      state: {
        ...callers,
        buckets: {
          vault: {
            ownershipControls: 'ObjectWriter',
            publicAccessBlock: { BlockPublicAcls: false, IgnorePublicAcls: true },
            policy: policyOf(anyone),
            objects: {
              'public-acl': { body: 'data', acl: 'public-read' },
              'authenticated-acl': { body: 'data', acl: 'authenticated-read' },
              policy: 'data',
            },
          },
        },
      },
      calls: [
        ...ignored.flatMap(([label, by, ...answers]) =>
          ['public-acl', 'authenticated-acl', 'policy'].map(
            (Key, at): RecordedCall => [
              `ignore-on-settled/${label}/${Key}`,
              'GetObject',
              { ...vault, Key },
              answers[at] ?? denied,
              {},
              { by },
            ],
          ),
        ),
        [
          'retained/ignore-on/object-acl',
          'GetObjectAcl',
          { ...vault, Key: 'public-acl' },
          '200',
          { Grants: [{ Permission: 'FULL_CONTROL' }] },
        ],
      ],
    },
    'a grant to everyone includes users and sessions of the account, and a grant to the account does not': {
      fact: 'F477',
      state: {
        ...callers,
        buckets: {
          vault: {
            ownershipControls: 'ObjectWriter',
            publicAccessBlock: { BlockPublicAcls: false, IgnorePublicAcls: false },
            policy: policyOf(anyone),
            objects: {
              private: 'data',
              'public-acl': { body: 'data', acl: 'public-read' },
              'authenticated-acl': { body: 'data', acl: 'authenticated-read' },
              policy: 'data',
            },
          },
        },
      },
      calls: [
        [
          'setup/object/canonical-read',
          'PutObject',
          { ...vault, Key: 'canonical-read', Body: 'data', GrantRead: 'id="$(owner)"' },
          '200',
        ],
        ...counted.flatMap(([label, by, ...answers]) =>
          ['private', 'canonical-read', 'public-acl', 'authenticated-acl', 'policy'].map(
            (Key, at): RecordedCall => [
              `baseline-1/${label}/${Key}`,
              'GetObject',
              { ...vault, Key },
              answers[at] ?? denied,
              {},
              { by },
            ],
          ),
        ),
        grantsOf('retained/baseline/canonical-read', 'canonical-read', mine('READ')),
        grantsOf(
          'retained/baseline/authenticated-acl',
          'authenticated-acl',
          mine('FULL_CONTROL'),
          group('AuthenticatedUsers'),
        ),
        [
          'transition/explicit-bucket-deny',
          'PutBucketPolicy',
          {
            ...vault,
            Policy: policyOf(anyone, { ...anyone, Effect: 'Deny', Resource: 'arn:aws:s3:::vault/public-acl' }),
          },
          '204',
        ],
        ...counted.map(
          ([label, by]): RecordedCall => [
            `explicit-bucket-deny-settled/${label}/public-acl`,
            'GetObject',
            { ...vault, Key: 'public-acl' },
            denied,
            {},
            { by },
          ],
        ),
        [
          'explicit-bucket-deny-settled/role-allow-get/policy',
          'GetObject',
          { ...vault, Key: 'policy' },
          '200',
          {},
          { by: 'role/may-get' },
        ],
        grantsOf('retained/denied-object-acl', 'public-acl', mine('FULL_CONTROL'), group('AllUsers')),
      ],
    },
    'a new bucket blocks public access whatever its ownership, and refuses an ACL that its ownership or its block does not allow':
      {
        fact: 'F38',
        calls: [
          ...created('default-omitted', 'BucketOwnerEnforced', {}),
          ...created('default-private', 'BucketOwnerEnforced', { ACL: 'private' }),
          ...notCreated('default-public-read', '400 InvalidBucketAclWithObjectOwnership', { ACL: 'public-read' }),
          ...notCreated('default-canonical-read', '400 InvalidBucketAclWithObjectOwnership', {
            GrantRead: 'id="$(owner)"',
          }),
          ...(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'] as const).flatMap((ObjectOwnership) => {
            const [label, code] = {
              BucketOwnerEnforced: ['enforced', 'InvalidBucketAclWithObjectOwnership'] as const,
              BucketOwnerPreferred: ['preferred', 'InvalidBucketAclWithBlockPublicAccessError'] as const,
              ObjectWriter: ['writer', 'InvalidBucketAclWithBlockPublicAccessError'] as const,
            }[ObjectOwnership];
            return [
              ...created(`${label}-omitted`, ObjectOwnership, { ObjectOwnership }),
              ...created(`${label}-private`, ObjectOwnership, { ObjectOwnership, ACL: 'private' }),
              ...notCreated(`${label}-public-read`, `400 ${code}`, { ObjectOwnership, ACL: 'public-read' }),
            ];
          }),
          ...created(
            'writer-canonical-read',
            'ObjectWriter',
            { ObjectOwnership: 'ObjectWriter', GrantRead: 'id="$(owner)"' },
            'READ',
          ),
        ],
      },
    'a second CreateBucket changes nothing, whatever the request says': {
      fact: 'F32',
      state: {
        buckets: {
          vault: {
            ownershipControls: 'ObjectWriter',
            publicAccessBlock: {
              BlockPublicAcls: false,
              IgnorePublicAcls: false,
              BlockPublicPolicy: false,
              RestrictPublicBuckets: false,
            },
            policy: policyOf(anyone),
            objects: { retained: { body: 'data', acl: 'public-read' } },
          },
        },
      },
      calls: [
        ['duplicate/setup-acl', 'PutBucketAcl', { ...vault, ACL: 'public-read' }, '200'],
        ...(
          [
            ['no-headers', {}],
            ['preferred-private', { ObjectOwnership: 'BucketOwnerPreferred', ACL: 'private' }],
            ['enforced-private', { ObjectOwnership: 'BucketOwnerEnforced', ACL: 'private' }],
          ] as const
        ).flatMap(([label, input]): readonly RecordedCall[] => [
          [`duplicate/${label}`, 'CreateBucket', { ...vault, ...input }, '409 BucketAlreadyOwnedByYou'],
          [
            `duplicate/after-${label}/get_bucket_ownership_controls`,
            'GetBucketOwnershipControls',
            vault,
            '200',
            { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } },
          ],
          [`duplicate/after-${label}/get_public_access_block`, 'GetPublicAccessBlock', vault, '200', blocking()],
          [
            `duplicate/after-${label}/get_bucket_acl`,
            'GetBucketAcl',
            vault,
            '200',
            { Grants: [mine('FULL_CONTROL'), group('AllUsers')] },
          ],
          [`duplicate/after-${label}/get_bucket_policy`, 'GetBucketPolicy', vault, '200'],
        ]),
        grantsOf('duplicate/retained-object-acl', 'retained', mine('FULL_CONTROL'), group('AllUsers')),
      ],
    },
  },
};

function created(label: string, ObjectOwnership: string, input: object, permission = 'FULL_CONTROL'): RecordedCall[] {
  const Bucket = label;
  return [
    [`create/${label}`, 'CreateBucket', { Bucket, ...input }, '200', { BucketArn: `arn:aws:s3:::${label}` }],
    [
      `initial/${label}/get_bucket_ownership_controls`,
      'GetBucketOwnershipControls',
      { Bucket },
      '200',
      { OwnershipControls: { Rules: [{ ObjectOwnership }] } },
    ],
    [`initial/${label}/get_public_access_block`, 'GetPublicAccessBlock', { Bucket }, '200', blocking(...names)],
    [`initial/${label}/get_bucket_acl`, 'GetBucketAcl', { Bucket }, '200', { Grants: [mine(permission)] }],
  ];
}

function notCreated(label: string, answer: string, input: object): RecordedCall[] {
  return [
    [`create/${label}`, 'CreateBucket', { Bucket: label, ...input }, answer],
    [`failed-create-absence/${label}`, 'HeadBucket', { Bucket: label }, '404 NotFound'],
  ];
}

const acl = (label: string, answer: string): RecordedCall => [
  label,
  'PutObjectAcl',
  { ...object, ACL: 'public-read' },
  answer,
];
const mayRead = { caller: 'partner:role/reader' } as const;
const mayOnlyLocate = policyOf(allow('s3:GetBucketLocation'));
const members = [
  ['anonymous', 'anonymous'],
  ['member-authorized', 'partner:role/reader'],
  ['member-implicit-no-read', { ...mayRead, session: { policy: mayOnlyLocate } }],
  ['member-explicit-deny-read', { ...mayRead, session: { policy: explicitDeny } }],
] as const;

const readsBy = (label: string, ...answers: readonly string[]): readonly RecordedCall[] =>
  members.map(([member, by], at) => [`${label}.${member}`, 'GetObject', object, answers[at] ?? denied, {}, { by }]);

const everyone = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/read.txt' };
const toPartner = { ...everyone, Principal: { AWS: 'arn:aws:iam::$(account:partner):root' } };
const ofPartner = { accounts: { partner: { roles: { reader: { policy: policyOf(allow('s3:*')) } } } } };
const openBlock = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};
const withAcls = { ownershipControls: 'BucketOwnerPreferred' as const, publicAccessBlock: openBlock };
const byDenied = { by: 'role/denied' } as const;

export const blocks: RecordedCases = {
  file: 'public_access_replay.json',
  recorded: 'September 2026',
  cases: {
    'BlockPublicAcls refuses new public ACLs, and IgnorePublicAcls accepts and hides them': {
      fact: 'F283',
      state: { buckets: { vault: { ...withAcls, objects: { 'read.txt': { body: 'data', acl: 'public-read' } } } } },
      calls: [
        block('enforcement.acl.block-new', 'BlockPublicAcls'),
        reads('enforcement.acl.existing-read-with-block', '200'),
        acl('enforcement.acl.blocked-new-acl', denied),
        ['enforcement.acl.blocked-put-object', 'PutObject', { ...object, ACL: 'public-read', Body: 'data' }, denied],
        block('enforcement.acl.ignore', 'IgnorePublicAcls'),
        reads('enforcement.acl.ignored-read', denied),
        acl('enforcement.acl.ignore-accepts-acl', '200'),
        [
          'enforcement.acl.ignore-accepts-put-object',
          'PutObject',
          { ...object, ACL: 'public-read', Body: 'data' },
          '200',
        ],
        [
          'enforcement.acl.effective-acl',
          'GetObjectAcl',
          object,
          '200',
          { Owner: { ID: '$(owner)' }, Grants: [{ Permission: 'FULL_CONTROL' }] },
        ],
        block('enforcement.acl.unignore'),
        reads('enforcement.acl.restored-read', '200'),
        [
          'enforcement.acl.restored-acl',
          'GetObjectAcl',
          object,
          '200',
          { Grants: [{ Permission: 'FULL_CONTROL' }, { Permission: 'READ', Grantee: { Type: 'Group' } }] },
        ],
      ],
    },
    'a role whose policy denies the actions of a public access block cannot read, write or delete it': {
      fact: 'F520',
      state: {
        roles: {
          denied: {
            policy: policyOf({
              Effect: 'Deny',
              Action: ['s3:GetBucketPublicAccessBlock', 's3:PutBucketPublicAccessBlock', 's3:GetBucketPolicyStatus'],
              Resource: 'arn:aws:s3:::vault',
            }),
          },
        },
        buckets: { vault: {} },
      },
      calls: [
        ['iam.explicit-deny.GET', 'GetPublicAccessBlock', vault, denied, {}, byDenied],
        [
          'iam.explicit-deny.PUT',
          'PutPublicAccessBlock',
          { ...vault, PublicAccessBlockConfiguration: {} },
          denied,
          {},
          byDenied,
        ],
        ['iam.explicit-deny.DELETE', 'DeletePublicAccessBlock', vault, denied, {}, byDenied],
        ['iam.explicit-deny.status', 'GetBucketPolicyStatus', vault, denied, {}, byDenied],
      ],
    },
    'RestrictPublicBuckets locks another account out while the policy is public, even if a statement names the account':
      {
        fact: 'F509',
        state: {
          ...ofPartner,
          buckets: { vault: { publicAccessBlock: openBlock, objects: { 'read.txt': 'data' } } },
        },
        calls: [
          [
            'supplement.enforcement.allow-deny.policy',
            'PutBucketPolicy',
            { ...vault, Policy: policyOf(everyone, { ...everyone, Effect: 'Deny' }) },
            '204',
          ],
          statusIs('supplement.enforcement.allow-deny.status', false),
          reads('supplement.enforcement.allow-deny.anonymous', denied),
          block('cross.fixed.restrict-on', 'RestrictPublicBuckets'),
          ['cross.fixed.policy', 'PutBucketPolicy', { ...vault, Policy: policyOf(toPartner) }, '204'],
          statusIs('cross.fixed.status', false),
          ...readsBy('cross.fixed.read', denied, '200', denied, denied),
          ['cross.mixed.policy', 'PutBucketPolicy', { ...vault, Policy: policyOf(toPartner, everyone) }, '204'],
          statusIs('cross.mixed.status', true),
          ...readsBy('cross.mixed.restricted-read', denied, denied, denied, denied),
          ['cross.mixed.restricted-owner-read', 'GetObject', object, '200'],
          block('cross.mixed.unrestrict'),
          ...readsBy('cross.mixed.unrestricted-read', '200', '200', denied, denied),
          ['cross.acl.delete-policy', 'DeleteBucketPolicy', vault, '204'],
          [
            'cross.acl.enable-acls',
            'PutBucketOwnershipControls',
            { ...vault, OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } },
            '200',
          ],
          acl('cross.acl.public-read', '200'),
          ...readsBy('cross.acl.public-read', '200', '200', denied, denied),
          block('cross.acl.ignore', 'IgnorePublicAcls'),
          ...readsBy('cross.acl.ignored-read', denied, denied, denied, denied),
        ],
      },
    'RestrictPublicBuckets does not affect access that ACLs give to everyone': {
      fact: 'F509',
      state: {
        ...ofPartner,
        buckets: { vault: { ...withAcls, objects: { 'read.txt': { body: 'data', acl: 'public-read' } } } },
      },
      calls: [
        ['restrict-acl.baseline.policy-status', 'GetBucketPolicyStatus', vault, '404 NoSuchBucketPolicy'],
        ['restrict-acl.baseline.configuration', 'GetPublicAccessBlock', vault, '200', blocking()],
        ...readsBy('restrict-acl.baseline', '200', '200').slice(0, 2),
        block('restrict-acl.on', 'RestrictPublicBuckets'),
        ['restrict-acl.enabled-immediate.policy-status', 'GetBucketPolicyStatus', vault, '404 NoSuchBucketPolicy'],
        [
          'restrict-acl.enabled-immediate.configuration',
          'GetPublicAccessBlock',
          vault,
          '200',
          blocking('RestrictPublicBuckets'),
        ],
        ...readsBy('restrict-acl.enabled-immediate', '200', '200').slice(0, 2),
        block('restrict-acl.off'),
        ['restrict-acl.disabled-immediate.policy-status', 'GetBucketPolicyStatus', vault, '404 NoSuchBucketPolicy'],
        ...readsBy('restrict-acl.disabled-immediate', '200', '200').slice(0, 2),
      ],
    },
  },
};
