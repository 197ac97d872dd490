import type { RecordedCall, RecordedCase, RecordedCases } from '../../../src/facts/case';

const AccountId = '123456789012';
const other = '$(account:other)';
const actions = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket'];
const ofBucket = ['arn:aws:s3:::vault', 'arn:aws:s3:::vault/*'];
const point = `arn:aws:s3:us-east-1:${AccountId}:accesspoint/reports`;
const ofPoint = [point, `${point}/object/*`];
const body = 'owned nonsensitive access point authorization fixture\n';

const allow = (Resource: readonly string[], more: object = {}) => ({
  Effect: 'Allow' as const,
  Action: actions,
  Resource,
  ...more,
});
const policyOf = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const vault = { objects: { 'fixture.txt': body }, accessPoints: { reports: { alias: 'reports-alias-s3alias' } } };
const names = { bucket: 'vault', arn: point, alias: 'reports-alias-s3alias' };

function asked(
  prefix: string,
  answers: { readonly [Name in keyof typeof names]?: boolean },
  by?: string,
  buckets: Readonly<Record<string, string>> = names,
): readonly RecordedCall[] {
  const caller = by === undefined ? {} : { by };
  return Object.entries(answers).flatMap(([name, isAllowed]): readonly RecordedCall[] => {
    const Bucket = buckets[name] ?? '';
    const answer = isAllowed ? '200' : '403 AccessDenied';
    const object = { Bucket, Key: 'fixture.txt' };
    return [
      [`${prefix}-${name}-get_object`, 'GetObject', object, answer, {}, caller],
      [`${prefix}-${name}-head_object`, 'HeadObject', object, isAllowed ? '200' : '403', {}, caller],
      [
        `${prefix}-${name}-list_objects_v2`,
        'ListObjectsV2',
        { Bucket, Prefix: 'fixture', MaxKeys: 2 },
        answer,
        isAllowed ? { Name: 'vault', Prefix: 'fixture', KeyCount: 1, Contents: [{ Key: 'fixture.txt' }] } : {},
        caller,
      ],
    ];
  });
}

const nowhere = { bucket: false, arn: false, alias: false };
const everywhere = { bucket: true, arn: true, alias: true };
const byPoint = { bucket: false, arn: true, alias: true };

function ofUser(policy: string | undefined, calls: readonly RecordedCall[]): RecordedCase {
  const user =
    policy === undefined ? { policy: policyOf({ Effect: 'Deny', Action: 'sts:*', Resource: '*' }) } : { policy };
  return { fact: 'F1113', state: { account: AccountId, users: { user }, buckets: { vault } }, calls };
}

const delegated = policyOf(
  allow(ofBucket, { Principal: '*', Condition: { ArnEquals: { 's3:DataAccessPointArn': point } } }),
);
const put = (label: string, Policy: string): RecordedCall => [
  label,
  'PutBucketPolicy',
  { Bucket: 'vault', Policy },
  '204',
];
const userArn = `arn:aws:iam::${AccountId}:user/user`;

const memberArn = `arn:aws:s3:us-east-1:${other}:accesspoint/member`;
const memberNames = { bucket: 'vault', arn: memberArn, alias: '$(memberAlias)' };
const create: RecordedCall = [
  'create-cross-account-ap',
  'CreateAccessPoint',
  { AccountId: other, Name: 'member', Bucket: 'vault', BucketAccountId: AccountId },
  '200',
  { Alias: '$(memberAlias)' },
  { by: 'other' },
];
const memberPolicy = (label: string, Statement: object): RecordedCall => [
  label,
  'PutAccessPointPolicy',
  { AccountId: other, Name: 'member', Policy: policyOf(Statement) },
  '204',
  {},
  { by: 'other' },
];
const ofMember = [memberArn, `${memberArn}/object/*`];
const toMember = policyOf(
  allow(ofBucket, {
    Principal: { AWS: `arn:aws:iam::${other}:root` },
    Condition: { ArnEquals: { 's3:DataAccessPointArn': memberArn } },
  }),
);
const foreign = (label: string, operation: string): RecordedCall => [
  label,
  operation,
  { AccountId: other, Name: 'member' },
  '403 AccessDenied',
];

const crossAccount = (Resource: readonly string[]) => ({
  account: AccountId,
  accounts: { other: { users: { user: { policy: policyOf(allow(Resource)) } } } },
  buckets: { vault: { objects: { 'fixture.txt': body } } },
});
const anyMember = ['arn:aws:s3:us-east-1:*:accesspoint/member', 'arn:aws:s3:us-east-1:*:accesspoint/member/object/*'];
const granted = [
  create,
  put('bucket-delegates-fixed-member-ap', toMember),
  memberPolicy('ap-grants-member-user', allow(ofMember, { Principal: { AWS: `arn:aws:iam::${other}:user/user` } })),
];

export const authority: RecordedCases = {
  file: 'testdata/aws/s3control/access_point_authority_replay.json',
  recorded: '2026-09',
  cases: {
    'a user whose policy names only the bucket is denied through the access point': ofUser(
      policyOf(allow(ofBucket)),
      asked('bucket-identity-only', { bucket: true, arn: false, alias: false }, 'user'),
    ),
    'a user whose policy names only the access point is denied': ofUser(
      policyOf(allow(ofPoint)),
      asked('ap-identity-only', nowhere, 'user'),
    ),
    'a user whose policy names both the bucket and the access point is allowed': ofUser(
      policyOf(allow([...ofBucket, ...ofPoint])),
      asked('both-identity-only', everywhere, 'user'),
    ),
    "if the bucket delegates to its access points, a user's policy needs to name only the access point": ofUser(
      policyOf(allow(ofPoint)),
      [put('delegate-bucket-to-ap', delegated), ...asked('ap-identity-with-bucket-delegation', byPoint, 'user')],
    ),
    'if the bucket delegates to its access points, the policy of the access point is enough': ofUser(undefined, [
      put('delegate-bucket-to-ap', delegated),
      [
        'grant-ap-resource-policy',
        'PutAccessPointPolicy',
        { AccountId, Name: 'reports', Policy: policyOf(allow(ofPoint, { Principal: { AWS: userArn } })) },
        '204',
      ],
      ...asked('resource-policies-only-delegated', byPoint, 'user'),
    ]),
    'a Deny in the bucket policy applies to requests through the access point': ofUser(
      policyOf(allow([...ofBucket, ...ofPoint])),
      [
        put(
          'set-bucket-explicit-deny',
          policyOf({
            Effect: 'Deny',
            Action: ['s3:GetObject'],
            Resource: ['arn:aws:s3:::vault/fixture.txt'],
            Principal: { AWS: userArn },
          }),
        ),
        ...asked('bucket-deny-with-both-identity', nowhere, 'user').filter(([label]) => !label.includes('list')),
        ['arn-list_objects_v2', 'ListObjectsV2', { Bucket: point }, '200', { Name: 'vault' }, { by: 'user' }],
        ['alias-list_objects_v2', 'ListObjectsV2', { Bucket: names.alias }, '200', { Name: 'vault' }, { by: 'user' }],
      ],
    ),
    'the source and the destination of a copy can both be access points': ofUser(
      policyOf(allow([...ofBucket, ...ofPoint])),
      [
        [
          'copy-bucket-to-ap-arn',
          'CopyObject',
          { Bucket: point, Key: 'copy-from-bucket.txt', CopySource: 'vault/fixture.txt' },
          '200',
          {},
          { by: 'user' },
        ],
        [
          'copy-ap-arn-to-bucket',
          'CopyObject',
          { Bucket: 'vault', Key: 'copy-from-ap.txt', CopySource: `${point}/object/fixture.txt` },
          '200',
          {},
          { by: 'user' },
        ],
        [
          'copy-alias-to-alias',
          'CopyObject',
          { Bucket: names.alias, Key: 'copy-from-alias.txt', CopySource: `${names.alias}/fixture.txt` },
          '200',
          {},
          { by: 'user' },
        ],
        ...['copy-from-bucket.txt', 'copy-from-ap.txt', 'copy-from-alias.txt'].map(
          (Key): RecordedCall => [
            `read ${Key}`,
            'GetObject',
            { Bucket: point, Key },
            '200',
            { Body: body },
            { by: 'user' },
          ],
        ),
      ],
    ),
    'DeleteObjects through an access point refuses each object by itself': {
      fact: 'F1113',
      state: {
        account: AccountId,
        buckets: { vault: { ...vault, objects: { 'delete-allowed.txt': 'a', 'delete-denied.txt': 'b' } } },
      },
      calls: [
        put(
          'set-bucket-delete-deny',
          policyOf({
            Effect: 'Deny',
            Action: ['s3:DeleteObject'],
            Resource: ['arn:aws:s3:::vault/delete-denied.txt'],
            Principal: '*',
          }),
        ),
        [
          'mixed-delete-via-owner-ap-bucket-deny',
          'DeleteObjects',
          { Bucket: point, Delete: { Objects: [{ Key: 'delete-allowed.txt' }, { Key: 'delete-denied.txt' }] } },
          '200',
          {
            Deleted: [{ Key: 'delete-allowed.txt' }],
            Errors: [{ Key: 'delete-denied.txt', Code: 'AccessDenied' }],
          },
        ],
        ['verify-deleted-object-absent', 'HeadObject', { Bucket: 'vault', Key: 'delete-allowed.txt' }, '404'],
        ['verify-denied-object-present', 'HeadObject', { Bucket: 'vault', Key: 'delete-denied.txt' }, '200'],
      ],
    },
    "a request through another account's access point needs the permission of the bucket and of the access point": {
      fact: 'F1113',
      state: {
        account: AccountId,
        accounts: { other: {} },
        buckets: { vault: { objects: { 'fixture.txt': 'owned nonsensitive followup fixture\n' } } },
      },
      calls: [
        create,
        ...asked('member-before-delegation', nowhere, 'other', memberNames),
        put('delegate-owner-bucket-to-member-ap', toMember),
        ...asked('member-after-delegation', byPoint, 'other', memberNames),
        ...asked('owner-before-member-ap-policy', { arn: false }, undefined, memberNames),
        foreign('owner-foreign-control-before-get_access_point', 'GetAccessPoint'),
        foreign('owner-foreign-control-before-get_access_point_policy', 'GetAccessPointPolicy'),
        foreign('owner-foreign-control-before-get_access_point_policy_status', 'GetAccessPointPolicyStatus'),
        memberPolicy(
          'member-ap-grants-owner',
          allow(ofMember, { Principal: { AWS: `arn:aws:iam::${AccountId}:root` } }),
        ),
        ...asked('owner-after-member-ap-policy', { arn: true, alias: true }, undefined, memberNames),
        foreign('owner-foreign-control-after-data-grant-get_access_point', 'GetAccessPoint'),
      ],
    },
    'a user of another account is denied if the policy names only the access point': {
      fact: 'F1113',
      state: crossAccount(anyMember),
      calls: [...granted, ...asked('ap-only', nowhere, 'other:user', memberNames)],
    },
    'a user of another account is allowed if the policy names both the bucket and the access point': {
      fact: 'F1113',
      state: crossAccount([...anyMember, ...ofBucket]),
      calls: [...granted, ...asked('both-arn-families', byPoint, 'other:user', memberNames)],
    },
    'an unsigned request to an access point is refused, whatever the access point and the bucket allow': {
      fact: 'F1145',
      state: { account: AccountId, buckets: { vault: { ...vault, publicAccessBlock: null } } },
      calls: [
        [
          'create-open',
          'CreateAccessPoint',
          {
            AccountId,
            Name: 'open',
            Bucket: 'vault',
            PublicAccessBlockConfiguration: { BlockPublicPolicy: false },
          },
          '200',
          { Alias: '$(openAlias)' },
        ],
        put(
          'delegate-bucket-to-open-ap',
          policyOf({
            Effect: 'Allow',
            Action: ['s3:GetObject'],
            Resource: ['arn:aws:s3:::vault/fixture.txt'],
            Principal: '*',
            Condition: { ArnEquals: { 's3:DataAccessPointArn': `arn:aws:s3:us-east-1:${AccountId}:accesspoint/open` } },
          }),
        ),
        [
          'public-policy-open-ap',
          'PutAccessPointPolicy',
          {
            AccountId,
            Name: 'open',
            Policy: policyOf({
              Effect: 'Allow',
              Action: ['s3:GetObject'],
              Resource: [`arn:aws:s3:us-east-1:${AccountId}:accesspoint/open/object/fixture.txt`],
              Principal: '*',
            }),
          },
          '204',
        ],
        [
          'open-ap-public-policy-status',
          'GetAccessPointPolicyStatus',
          { AccountId, Name: 'open' },
          '200',
          { PolicyStatus: { IsPublic: true } },
        ],
        [
          'delegation-bucket-policy-status',
          'GetBucketPolicyStatus',
          { Bucket: 'vault' },
          '200',
          { PolicyStatus: { IsPublic: false } },
        ],
        [
          'anonymous-open-ap-delegated',
          'GetObject',
          { Bucket: '$(openAlias)', Key: 'fixture.txt' },
          '400 InvalidRequest',
          {},
          { by: 'anonymous' },
        ],
      ],
    },
  },
};
