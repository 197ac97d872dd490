import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AccountHandle, type MockS3, type MockS3Options, mockS3 } from '../../../src';
import { allowing, policyOf } from '../../support/policy';
import { runs } from '../../support/runs';

const names = ['ann', 'bob', 'deployer'] as const;
const rights = fc.constantFrom(
  {},
  allowing('s3:GetObject'),
  { managedPolicies: {} },
  { ...allowing('s3:PutObject'), managedPolicies: { Readers: allowing('s3:Get*').policy ?? '' } },
);
const callers = fc.dictionary(fc.constantFrom(...names), rights, { maxKeys: 3 });
const account = fc.record({ users: callers, roles: callers });
const acl = fc.constantFrom(
  'private' as const,
  'public-read' as const,
  'authenticated-read' as const,
  'bucket-owner-read' as const,
);
const principals = [
  '*',
  { AWS: 'arn:aws:iam::000000000000:user/ann' },
  { AWS: 'arn:aws:iam::000000000000:role/deployer' },
];
const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Principal: fc.constantFrom(...principals),
  Action: fc.constantFrom('s3:GetObject', 's3:PutObject'),
  Resource: fc.constant('arn:aws:s3:::vault/*'),
});
const state = fc.record({
  own: account,
  partner: account,
  acls: fc.tuple(acl, acl),
  statements: fc.array(statement, { maxLength: 2 }),
  ownership: fc.constantFrom('BucketOwnerEnforced' as const, 'ObjectWriter' as const),
  acting: fc.constantFrom(undefined, ...names),
});

function start(options: MockS3Options): MockS3 {
  return mockS3({ hosts: { only: [] }, ...options });
}

function decisionsOf({ accounts, s3 }: { accounts: readonly AccountHandle[]; s3: MockS3 }) {
  const { users = {}, roles = {} } = s3.toJSON();
  const handles = [
    ...accounts,
    ...Object.keys(users).map((name) => s3.account.user(name)),
    ...Object.keys(roles).map((name) => s3.account.role(name)),
  ];
  return handles.flatMap((handle) =>
    (['s3:GetObject', 's3:PutObject'] as const).map((action) => handle.may(action, 'vault/report.pdf')),
  );
}

it('users, roles, policies and ACLs decide the same in a mock made from JSON', async () => {
  const property = fc.asyncProperty(state, async ({ own, partner, acls, statements, ownership, acting }) => {
    const s3 = start({ ...own, accounts: { partner } });
    const [first, second] = acls;
    s3.createBucket('vault', {
      versioning: 'Enabled',
      ownershipControls: ownership,
      publicAccessBlock: null,
      ...(statements.length > 0 && { policy: policyOf(...statements) }),
      objects: {
        'report.pdf': [
          { body: '1', acl: first },
          { body: '2', acl: second },
        ],
      },
    });
    if (acting !== undefined && acting in own.users) s3.actAs(acting);
    const text = JSON.stringify(s3);
    const before = decisionsOf({ s3, accounts: [s3.account] });
    await s3.stop();
    const again = start(JSON.parse(text));
    expect(JSON.parse(JSON.stringify(again))).toEqual(JSON.parse(text));
    expect(decisionsOf({ s3: again, accounts: [again.account] })).toEqual(before);
    await again.stop();
  });
  await fc.assert(property, { ...runs(60), seed: 7 });
});
