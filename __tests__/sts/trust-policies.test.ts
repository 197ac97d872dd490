import { describe, expect, it } from '@jest/globals';
import { MalformedPolicyDocument } from '../../src/model/access/policy-form';
import { readTrustPolicy } from '../../src/model/access/trust-policy';
import { S3Error, wordRefusal } from '../../src/refusals';
import { mayAssume, own, roleArn, StsScene, trusting, userArn, userPolicy } from '../support/sts-scene';
import { thrownBy } from '../support/thrown';

const read = (policy: unknown) =>
  readTrustPolicy(typeof policy === 'string' ? policy : JSON.stringify(policy), { partition: 'aws', accounts: [] });
const one = (change: object) => ({ Statement: [{ ...trusting(userArn), ...change }] });

// F714
describe('a trust policy', () => {
  const refusalOf = (policy: unknown) => {
    const thrown = thrownBy(() => read(policy));
    return thrown instanceof S3Error ? { message: wordRefusal(thrown, 'aws').message, why: thrown.why } : thrown;
  };

  it.each<[string, object]>([
    ['one statement without a list', { Statement: trusting(userArn) }],
    ['a service', one({ Principal: { Service: ['s3.amazonaws.com', 'lambda.amazonaws.com'] } })],
    [
      'an identity provider by its ARN',
      one({
        Principal: { Federated: `arn:aws:iam::${own}:oidc-provider/token.example.com` },
        Action: 'sts:AssumeRoleWithWebIdentity',
      }),
    ],
    ['an identity provider by its domain', one({ Principal: { Federated: 'accounts.google.com' } })],
    [
      'a condition on a key of an identity provider',
      one({ Condition: { StringEquals: { 'token.example.com:sub': 'x' } } }),
    ],
    ['everyone', one({ Principal: '*' })],
    ['4,096 characters without blanks', one({ Sid: 'x'.repeat(4096 - JSON.stringify(one({ Sid: '' })).length) })],
    ['actions of SAML and of contexts', one({ Action: ['sts:AssumeRoleWithSAML', 'sts:SetContext'] })],
  ])('may have %s', (_what, policy) => {
    expect(read(policy).document.statements).toHaveLength(1);
  });

  it.each<[string, unknown, string]>([
    ['a resource', one({ Resource: '*' }), "statement 1 has the unknown member 'Resource'"],
    ['no principal', one({ Principal: undefined }), 'statement 1 has no Principal'],
    ['no action', one({ Action: undefined }), 'statement 1 has no Action'],
    [
      'a part of an ARN as a pattern',
      one({ Principal: { AWS: `arn:aws:iam::${own}:user/*` } }),
      'is not an ARN of partition aws',
    ],
    [
      'a canonical id',
      one({ Principal: { CanonicalUser: 'a'.repeat(64) } }),
      'a trust policy may name no canonical user',
    ],
    [
      'an identity of CloudFront',
      one({ Principal: { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' } }),
      'a trust policy may name no origin access identity',
    ],
    [
      'an Allow to all except some',
      one({ Principal: undefined, NotPrincipal: { AWS: userArn } }),
      'statement 1 has NotPrincipal, which a trust policy may not have',
    ],
    [
      'a Deny of all except some',
      one({ Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: userArn } }),
      "Deny '*' with a condition on aws:PrincipalArn",
    ],
    ['no statements', { Statement: [] }, 'Statement is an empty list'],
    ['an address that is none', one({ Condition: { IpAddress: { 'aws:SourceIp': 'here' } } }), 'is neither an address'],
    ['text that is not JSON', '{', 'the body is not JSON'],
    ['more than 4,096 characters', one({ Sid: 'x'.repeat(4096) }), 'characters without blanks'],
  ])('may not have %s', (_what, policy, why) => {
    expect(refusalOf(policy)).toEqual({ message: expect.any(String), why: expect.stringContaining(why) });
  });
});

// F714
describe('the actions of a trust policy', () => {
  it.each([['sts:AssumeRole*'], ['sts:SetContext'], [['sts:AssumeRole', 'sts:TagSession']]])('may be %j', (Action) => {
    expect(read(one({ Action })).document.statements).toHaveLength(1);
  });

  it.each([
    ['s3:GetObject', '"s3:GetObject" is not allowed; a trust policy may only name sts:AssumeRole, '],
    ['sts:AssumRole', 'Did you mean sts:AssumeRole?'],
    ['sts:GetSessionToken', '"sts:GetSessionToken" is not allowed'],
    ['sts:Tag*', '"sts:Tag*" also matches other actions'],
    ['*', '"*" also matches other actions'],
    ['s3:*', '"s3:*" also matches other actions'],
  ])('may not be %s', (Action, why) => {
    const thrown = thrownBy(() => read(one({ Action })));
    if (!(thrown instanceof MalformedPolicyDocument)) throw thrown;
    expect(thrown.message).toBe('AssumeRole policy may only specify STS AssumeRole actions.');
    expect(thrown.why).toContain(why);
  });

  it('may be all except some', () => {
    const { document } = read(one({ Action: undefined, NotAction: ['sts:GetSessionToken', 'sts:TagSession'] }));
    const covered = (action: 'sts:AssumeRole' | 'sts:TagSession') => document.statementsFor('Allow', action).length;
    expect([covered('sts:AssumeRole'), covered('sts:TagSession')]).toEqual([1, 0]);
  });

  it.each(['s3:GetObject', 's3:*', 'sts:AssumRole'])('may not be all except %s, which is none of STS', (NotAction) => {
    const thrown = thrownBy(() => read(one({ Action: undefined, NotAction })));
    expect(thrown).toBeInstanceOf(MalformedPolicyDocument);
  });
});

// F970
describe('a trust policy for a provider that many share', () => {
  it.each([
    ['agent.buildkite.com', 'agent.buildkite.com:sub'],
    ['api.pulumi.com/oidc', 'api.pulumi.com/oidc:aud'],
    ['oidc.vercel.com', 'oidc.vercel.com:aud'],
    ['oidc-configuration.audit-log.githubusercontent.com', 'oidc-configuration.audit-log.githubusercontent.com:sub'],
    ['sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d', 'sts:RoleSessionName'],
  ])('of %s needs a condition on %s', (issuer, key) => {
    const Federated = `arn:aws:iam::${own}:oidc-provider/${issuer}`;
    const allowing = { Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity' };
    const thrown = thrownBy(() => read(one(allowing)));
    if (!(thrown instanceof MalformedPolicyDocument)) throw thrown;
    expect(thrown.message).toContain(`${key} which is not scoped to all.`);
    const confined = one({ ...allowing, Condition: { StringEquals: { [key]: 'mine' } } });
    expect(read(confined).document.statements).toHaveLength(1);
  });
});

// F970
describe('a condition of a trust policy confines the tokens of a provider that many share', () => {
  const readWith = (issuer: string, Condition: object, Effect = 'Allow') => {
    const Principal = { Federated: `arn:aws:iam::${own}:oidc-provider/${issuer}` };
    return thrownBy(() => read(one({ Effect, Principal, Action: 'sts:AssumeRoleWithWebIdentity', Condition })));
  };
  const refused = expect.objectContaining({ message: expect.stringContaining('which is not scoped to all.') });

  it.each<[condition: object, isConfined: boolean]>([
    [{ StringLike: { 'gitlab.com:sub': 'project_path:me/*' } }, true],
    [{ 'ForAnyValue:StringEquals': { 'GITLAB.com:sub': 'me' } }, true],
    [{ StringLike: { 'gitlab.com:sub': ['project_path:me/*', '*'] } }, false],
    [{ StringNotEquals: { 'gitlab.com:sub': 'me' } }, false],
    [{ StringEqualsIfExists: { 'gitlab.com:sub': 'me' } }, false],
    [{ StringEquals: { 'gitlab.com:aud': 'me' } }, false],
    [{ StringEquals: { 'gitlab.com:sub': 'me' }, StringLike: { 'gitlab.com:sub': '*' } }, true],
  ])('of GitLab, with %j: %s', (condition, isConfined) => {
    expect(readWith('gitlab.com', condition)).toEqual(isConfined ? 'nothing' : refused);
    expect(readWith('gitlab.com', condition, 'Deny')).toBe('nothing');
  });

  const github = 'token.actions.githubusercontent.com';
  it.each<[claims: Readonly<Record<string, string | readonly string[]>>, isConfined: boolean]>([
    [{ sub: 'repo:me/mine:*' }, true],
    [{ job_workflow_ref: 'me/mine/.github/*' }, true],
    [{ sub: ['repo:me/one:*', 'repo:me/two:*'] }, true],
    [{ sub: '*' }, false],
    [{ sub: '*:me/mine' }, false],
    [{ sub: '' }, false],
    [{ sub: ' ' }, false],
    [{ sub: ['repo:me/mine:*', '*'] }, false],
    [{ sub: 'repo:me/mine:*', job_workflow_ref: '*' }, false],
    [{ aud: 'sts.amazonaws.com' }, false],
    [{}, false],
  ])('of GitHub, with %j: %s', (claims, isConfined) => {
    for (const issuer of [github, `${github}/enterprise`]) {
      const keys = Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value]);
      const condition = { StringLike: Object.fromEntries(keys) };
      expect(readWith(issuer, condition)).toEqual(isConfined ? 'nothing' : refused);
    }
  });

  it.each<[condition: object, isConfined: boolean]>([
    [{ StringEquals: { [`${github}:sub`]: 'mine' }, StringLike: { [`${github}:sub`]: '*' } }, true],
    [{ StringEquals: { [`${github}:sub`]: 'mine' }, StringLike: { [`${github}:job_workflow_ref`]: '*' } }, true],
    [{ StringEquals: { [`${github}:sub`]: 'mine', [`${github}:job_workflow_ref`]: '*' } }, false],
    [{ StringEquals: { [`${github}:sub`]: '*' }, 'ForAnyValue:StringEquals': { [`${github}:sub`]: 'mine' } }, true],
  ])('of GitHub, if those of one operator do: %j: %s', (condition, isConfined) => {
    expect(readWith(github, condition)).toEqual(isConfined ? 'nothing' : refused);
  });
});

// F970
describe('a trust policy for a provider of applications', () => {
  const providers = [
    { issuer: 'accounts.google.com', claims: ['aud', 'oaud', 'sub'] },
    { issuer: 'www.amazon.com', claims: ['app_id', 'sub'] },
    { issuer: 'graph.facebook.com', claims: ['app_id', 'sub'] },
  ];
  const readWith = (Federated: string, Condition: object) =>
    thrownBy(() => read(one({ Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity', Condition })));

  it.each(providers)('of $issuer needs a condition on one of $claims', ({ issuer, claims }) => {
    for (const key of claims.map((claim) => `${issuer}:${claim}`))
      for (const operator of ['StringEquals', 'StringEqualsIgnoreCase', 'ForAnyValue:StringEquals'])
        for (const value of ['app-1', '*', ''])
          expect({ operator, key, thrown: readWith(issuer, { [operator]: { [key]: value } }) }).toEqual({
            operator,
            key,
            thrown: 'nothing',
          });
  });

  it.each(providers)('of $issuer needs equality and the key as it is written', ({ issuer, claims }) => {
    const key = `${issuer}:${claims[0]}`;
    const conditions = [
      { StringLike: { [key]: 'app-1' } },
      { StringEqualsIfExists: { [key]: 'app-1' } },
      { StringNotEquals: { [key]: 'app-1' } },
      { StringEquals: { [key.toUpperCase()]: 'app-1' } },
    ];
    for (const condition of conditions)
      expect(readWith(issuer, condition)).toMatchObject({
        message: `Policy trusting ${issuer} requires a StringEquals condition on an application id`,
      });
  });
});

describe('the policies of a user', () => {
  it.each([
    ['sts:AssumeRole', true],
    ['sts:*', true],
    ['*', true],
    ['*:AssumeRole', true],
    ['s3:*', false],
    ['sts:TagSession', false],
  ])('allow AssumeRole by %s: %s', (Action, isAllowed) => {
    const { document } = userPolicy([{ Effect: 'Allow', Action, Resource: '*' }]);
    expect(document.statementsFor('Allow', 'sts:AssumeRole')).toHaveLength(isAllowed ? 1 : 0);
  });

  it.each(['sts:AssumRole', 's3:AssumeRole'])('that misspell the action as %s are named in the reason', (Action) => {
    const scene = new StsScene();
    scene.role('deployer', { trust: [trusting(own)] });
    expect(scene.refused(scene.user('ann', [{ ...mayAssume, Action }])).why).toMatch(
      `statement 1 of the policy of user ann allows ${Action}, which is not an action of STS; did you mean sts:AssumeRole?`,
    );
  });

  it('are about roles by their ARNs, and a refusal does not say that an ARN of S3 begins otherwise', () => {
    const scene = new StsScene();
    scene.role('deployer', { trust: [trusting(own)] });
    const other = { ...mayAssume, Resource: `${roleArn}-2` };
    expect(scene.refused(scene.user('ann', [other])).why).toMatch(
      /statement 1 of the policy of user ann came nearest, which applies to arn:aws:iam::111111111111:role\/deployer-2$/,
    );
    const pattern = { ...mayAssume, Resource: `arn:aws:iam::${own}:role/dep*` };
    expect(scene.assume(scene.user('eve', [pattern])).session.role).toBe('deployer');
  });
});
