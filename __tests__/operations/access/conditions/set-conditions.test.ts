import { describe, expect, it } from '@jest/globals';
import type { AccessConditions, MockS3, MockS3Options, RoleSessionOptions } from 's3-versioning-mock';
import { absent, type Condition, equals } from '../../../support/conditions';
import { signedBy } from '../../../support/documents';
import { policyOf } from '../../../support/policy';
import { startedMocks } from '../../../support/started-mocks';
import { thrownBy } from '../../../support/thrown';
import { send } from '../../../support/wire-client';

const startMock = startedMocks();
const organizationId = 'o-a1b2c3d4e5';

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
    const s3 = startMock({ organizationId, buckets: { vault: {} }, accounts: { stranger: {} } });
    const member = s3.createAccount('member', { organizationId });
    const other = s3.createAccount('other', { organizationId: 'o-zzzzzzzzzz' });
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

// F1531
describe('a key of an identity provider that a test sets', () => {
  const sub = 'cognito-identity.amazonaws.com:sub';
  const Resource = `arn:aws:s3:::vault/private/$\{${sub}}/*`;
  const policy = policyOf({ Effect: 'Allow', Action: 's3:*', Resource });
  const mine = 'vault/private/eu-west-1:1/a.txt';
  const conditions = { [sub]: 'eu-west-1:1' };

  it.each<readonly [where: string, options: MockS3Options, session: RoleSessionOptions, asked: AccessConditions]>([
    ['the mock', { conditions }, {}, {}],
    ['the role', { roles: { app: { policy, conditions } } }, {}, {}],
    ['the session', {}, { conditions }, {}],
    ['the question', {}, {}, conditions],
  ])('of %s fills the variables of a policy', (_where, options, given, asked) => {
    const s3 = startMock({ roles: { app: { policy } }, ...options, buckets: { vault: {} } });
    const session = s3.account.role('app').session(given);
    const answers = [mine, 'vault/private/eu-west-1:2/a.txt'].map((one) => session.may('s3:PutObject', one, asked));
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
  });

  it('counts for requests, and in conditions', async () => {
    const equal = { StringEquals: { 'oidc.example.com/id/1:sub': 'pod-1' } };
    const Statement = [{ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: equal }] as const;
    const s3 = startMock({
      roles: { app: { policy: { Version: '2012-10-17', Statement } } },
      buckets: { vault: { objects: { k: 'data' } } },
    });
    const role = s3.account.role('app');
    const statuses = ['pod-1', 'pod-2'].map(async (value) => {
      const session = role.session({ conditions: { 'oidc.example.com/id/1:sub': value } });
      const headers = { Authorization: signedBy(session), 'x-amz-security-token': session.sessionToken };
      return (await send({ path: '/vault/k', headers })).status;
    });
    expect(await Promise.all(statuses)).toEqual([200, 403]);
  });

  it('fills the variables of a bucket policy, which may not name it in a condition', () => {
    const s3 = startMock({ roles: { app: { policy: policyOf() } }, buckets: { vault: {} } });
    const role = s3.account.role('app');
    const statement = { Effect: 'Allow', Principal: { AWS: role.arn }, Action: 's3:*', Resource } as const;
    s3.bucket('vault').policy = policyOf(statement);
    const session = role.session({ conditions });
    const answers = [mine, 'vault/private/eu-west-1:2/a.txt'].map((one) => session.may('s3:PutObject', one));
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
    const Condition = { StringEquals: { [sub]: 'x' } };
    const thrown = thrownBy(() => {
      s3.bucket('vault').policy = policyOf({ ...statement, Condition });
    });
    expect(String(thrown)).toContain('Policy has an invalid condition key');
  });

  it('is in the fixture that toJSON writes', () => {
    const s3 = startMock({ roles: { app: { conditions } } });
    expect(s3.account.role('app').toJSON()).toMatchObject({ conditions });
  });

  it('may be one of SAML', () => {
    const Condition = { StringEquals: { 'saml:sub': 'ann' } };
    const fixture = { policy: policyOf({ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition }) };
    const role = startMock({ buckets: { vault: {} }, roles: { app: fixture } }).account.role('app');
    expect(role.may('s3:GetObject', 'vault/k', { 'saml:sub': 'ann' }).allowed).toBe(true);
    expect(role.may('s3:GetObject', 'vault/k').by).toContain(
      'the request has none, as the caller is not a session that began with an assertion of SAML',
    );
  });

  const ofTrust =
    "conditions: sessions do not have 'token.actions.githubusercontent.com:ref', which only trust policies can use. Of the tokens of token.actions.githubusercontent.com they have: amr, aud, sub.";
  const ofRoles =
    "conditions: only sessions of roles have 'cognito-identity.amazonaws.com:sub', since an identity provider vouches for them. Give it to a role or its session.";
  const ref = 'token.actions.githubusercontent.com:ref';

  it.each<readonly [call: string, message: string, (s3: MockS3) => unknown]>([
    ["role 'app'", ofTrust, (s3) => s3.account.role('app', { conditions: { [ref]: 'x' } })],
    ["role 'app': session", ofTrust, (s3) => s3.account.role('app').session({ conditions: { [ref]: 'x' } })],
    ["role 'app': may", ofTrust, (s3) => s3.account.role('app').may('s3:GetObject', 'vault/k', { [ref]: 'x' })],
    ["user 'ann'", ofRoles, (s3) => s3.account.user('ann', { conditions })],
    ["user 'ann': session", ofRoles, (s3) => s3.account.user('ann').session({ conditions })],
    ["user 'ann': may", ofRoles, (s3) => s3.account.user('ann').may('s3:GetObject', 'vault/k', conditions)],
    [
      "role 'app': may",
      "conditions: sessions do not have 'cognito-identity.amazonaws.com:subb'. Of the tokens of cognito-identity.amazonaws.com they have: amr, aud, sub. Did you mean sub?",
      (s3) => s3.account.role('app').may('s3:GetObject', 'vault/k', { [`${sub}b`]: 'x' }),
    ],
  ])('is refused for %s if its requests never have it: %s', (call, message, ask) => {
    const s3 = startMock({ buckets: { vault: {} } });
    const thrown = thrownBy(() => ask(s3));
    expect(thrown).toBeInstanceOf(TypeError);
    expect(String(thrown)).toBe(`TypeError: ${call}: ${message}`);
  });

  it('is named with the lack of it where a refusal gives its reason', () => {
    const Statement = [
      { Effect: 'Allow', Action: 's3:PutObject', Resource: '*', Condition: { StringEquals: { [sub]: 'x' } } },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition: { StringEquals: { [ref]: 'x' } } },
    ] as const;
    const s3 = startMock({
      roles: { app: { policy: { Version: '2012-10-17', Statement } } },
      buckets: { vault: {} },
    });
    const session = s3.account.role('app').session();
    expect(session.may('s3:PutObject', 'vault/k').by).toContain(
      'the request has none, as the caller is not a session that began with a token of cognito-identity.amazonaws.com',
    );
    expect(session.may('s3:GetObject', 'vault/k').by).toContain(
      'the request has none; only trust policies can use it, and a session has amr, aud and sub of token.actions.githubusercontent.com',
    );
  });
});
