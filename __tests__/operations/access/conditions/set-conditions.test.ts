import { describe, expect, it } from '@jest/globals';
import type { MockS3Options } from 's3-versioning-mock';
import { absent, type Condition, equals } from '../../../support/conditions';
import { signedBy } from '../../../support/documents';
import { policyOf } from '../../../support/policy';
import { startedMocks } from '../../../support/started-mocks';
import { send } from '../../../support/wire-client';

const startMock = startedMocks();
const organizationId = 'o-a1b2c3d4e5';

/** Whether a condition holds for a request of one of a mock's callers, and for `may`. */
async function holdsFor(options: MockS3Options, caller: string, Condition: Condition): Promise<unknown> {
  const s3 = startMock({ ...options, buckets: { vault: { objects: { k: 'data' } } } });
  const Resource = 'arn:aws:s3:::vault/*';
  const statement = { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource, Condition };
  s3.bucket('vault').policy = policyOf(statement);
  const role = () => s3.account.role('deployer');
  const callers = {
    root: () => s3.account,
    ann: () => s3.account.user('ann'),
    'session of ann': () => s3.account.user('ann').session(),
    'session of ann with its own': () =>
      s3.account.user('ann').session({ conditions: { 'aws:sourcevpc': 'vpc-session' } }),
    'session of deployer': () => role().session({ name: 'night' }),
    'session of deployer with its own': () =>
      role().session({ tags: { Team: 'night', shift: '2' }, conditions: { 'aws:SourceVpc': 'vpc-session' } }),
  };
  const one = callers[caller as keyof typeof callers]();
  const headers = 'sessionToken' in one ? { 'x-amz-security-token': one.sessionToken } : {};
  const answer = await send({
    path: '/vault/k',
    headers: { Authorization: signedBy(one), 'user-agent': 'sent/1', ...headers },
  });
  const { allowed } = one.may('s3:GetObject', 'vault/k');
  return { byRequest: answer.status !== 200, byMay: !allowed };
}

const everywhere: MockS3Options = {
  organizationId,
  conditions: {
    'aws:SourceVpc': 'vpc-mock',
    'aws:UserAgent': 'set/1',
    'aws:PrincipalOrgPaths': ['o-1/r-1/', 'o-1/r-2/'],
  },
  users: { ann: { tags: { team: 'archive' }, conditions: { 'aws:SourceVpc': 'vpc-ann' } } },
  roles: { deployer: { tags: { team: 'build', site: 'a' }, conditions: { 'AWS:SourceVpc': 'vpc-role' } } },
};

// F661, F662
describe('a condition key that a test sets', () => {
  it.each<readonly [caller: string, condition: Condition, holds: boolean]>([
    ['root', equals('aws:SourceVpc', 'vpc-mock'), true],
    ['ann', equals('aws:SourceVpc', 'vpc-ann'), true],
    ['ann', equals('aws:SourceVpc', 'vpc-mock'), false],
    ['session of ann', equals('aws:SourceVpc', 'vpc-ann'), true],
    ['session of ann with its own', equals('aws:SourceVpc', 'vpc-session'), true],
    ['session of deployer', equals('aws:SourceVpc', 'vpc-role'), true],
    ['session of deployer with its own', equals('aws:SourceVpc', 'vpc-session'), true],
    // It wins over what the request itself has, and makes it one through an endpoint.
    ['ann', equals('aws:UserAgent', 'set/1'), true],
    ['root', absent('aws:SourceIp'), true],
    ['root', { IpAddress: { 'aws:VpcSourceIp': '127.0.0.1' } }, true],
    ['root', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/r-2/*' } }, true],
    ['root', equals('aws:PrincipalOrgPaths', 'o-1/r-1/'), false],
    ['root', absent('aws:PrincipalTag/team'), true],
    ['ann', equals('aws:PrincipalTag/Team', 'archive'), true],
    ['session of ann', equals('aws:PrincipalTag/team', 'archive'), true],
    ['session of deployer', equals('aws:PrincipalTag/team', 'build'), true],
    ['session of deployer with its own', equals('aws:PrincipalTag/team', 'night'), true],
    ['session of deployer with its own', equals('aws:PrincipalTag/site', 'a'), true],
    ['session of deployer with its own', equals('aws:PrincipalTag/shift', '2'), true],
    ['session of deployer', absent('aws:PrincipalTag/shift'), true],
    ['ann', equals('aws:PrincipalOrgID', organizationId), true],
    ['root', equals('aws:ResourceOrgID', organizationId), true],
    ['root', equals('aws:ResourceOrgID', '$' + '{aws:PrincipalOrgID}'), true],
  ])('%s: %j: %s', async (caller, condition, holds) => {
    expect(await holdsFor(everywhere, caller, condition)).toEqual({ byRequest: holds, byMay: holds });
  });

  it.each(['aws:PrincipalOrgID', 'aws:ResourceOrgID'])('%s is absent without an organization', async (key) => {
    expect(await holdsFor({}, 'root', absent(key))).toEqual({ byRequest: true, byMay: true });
  });

  it('of may wins over those of the caller', () => {
    const Condition = equals('aws:SourceVpc', 'vpc-asked');
    const policy = policyOf({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition });
    const s3 = startMock({
      users: { ann: { policy, conditions: { 'aws:SourceVpc': 'vpc-ann' } } },
      buckets: { vault: {} },
    });
    const ann = s3.account.user('ann');
    expect(ann.may('s3:GetObject', 'vault/k').allowed).toBe(false);
    expect(ann.may('s3:GetObject', 'vault/k', { 'aws:SourceVpc': 'vpc-asked' }).allowed).toBe(true);
  });
});

describe("another account's organization", () => {
  it('is that of its callers, and the owner of the bucket has its own', () => {
    const s3 = startMock({ organizationId, buckets: { vault: {} }, accounts: ['stranger'] });
    const member = s3.createAccount({ name: 'member', organizationId });
    const other = s3.createAccount({ name: 'other', organizationId: 'o-zzzzzzzzzz' });
    s3.bucket('vault').publicAccessBlock = null;
    const Condition = { StringEquals: { 'aws:PrincipalOrgID': '$' + '{aws:ResourceOrgID}' } };
    s3.bucket('vault').policy = policyOf({
      ...{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*', Condition },
    });
    const [, stranger] = s3.accounts;
    const answers = [member, other, stranger].map((one) => one?.may('s3:GetObject', 'vault/k').allowed);
    expect(answers).toEqual([true, false, false]);
    expect({ member: member.organizationId, stranger: stranger?.organizationId }).toEqual({
      member: organizationId,
      stranger: undefined,
    });
  });
});
