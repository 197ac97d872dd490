import { describe, expect, it } from '@jest/globals';
import type { WebIdentityInput } from '../../src/sts/assume-role-with-web-identity';
import { assumeRoleWithWebIdentity } from '../../src/sts/assume-role-with-web-identity';
import {
  answerOf,
  facts,
  mockTime,
  own,
  processTime,
  roleArn,
  type Statement,
  StsScene,
  trusting,
} from '../support/sts-scene';
import { refusalThrownBy } from '../support/thrown';

const issuer = 'token.actions.example.com';
const provider = `arn:aws:iam::${own}:oidc-provider/${issuer}`;
const seconds = Math.floor(processTime / 1000);

const times = { iat: seconds, exp: seconds + 60 };

/** A JWT, whose signature nobody checks. */
function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part({ iss: `https://${issuer}`, sub: 'repo:a/b:ref', aud: 'sts.amazonaws.com', ...times, ...claims })}.c2ln`;
}

/** A statement that trusts the provider. */
function federated(further: Statement = {}): Statement {
  return { Effect: 'Allow', Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithWebIdentity', ...further };
}

function makeScene(...trust: Statement[]) {
  const scene = new StsScene();
  scene.role('deployer', trust.length === 0 ? {} : { trust });
  const ask = (input: Partial<WebIdentityInput> = {}) =>
    assumeRoleWithWebIdentity.handle(
      { store: scene.store, facts },
      { RoleArn: roleArn, RoleSessionName: 'pod', WebIdentityToken: jwt({}), ...input },
    );
  return { scene, ask };
}

// F711
describe('AssumeRoleWithWebIdentity', () => {
  it('answers what the token says beside the session', () => {
    const { scene, ask } = makeScene();
    const { output, session } = ask();
    expect(output).toEqual({
      Audience: 'sts.amazonaws.com',
      AssumedRoleUser: {
        Arn: `arn:aws:sts::${own}:assumed-role/deployer/pod`,
        AssumedRoleId: `${scene.account.role('deployer').id}:pod`,
      },
      Provider: provider,
      Credentials: {
        AccessKeyId: session.credentials.accessKeyId,
        SecretAccessKey: session.credentials.secretAccessKey,
        SessionToken: session.credentials.sessionToken,
        Expiration: new Date((seconds + 3600) * 1000),
      },
      SubjectFromWebIdentityToken: 'repo:a/b:ref',
      PackedPolicySize: 25,
    });
    expect(session.expires).toBe(mockTime + 3_600_000);
  });

  it('accepts any text of four characters as a token, if the role has no trust policy', () => {
    const { output } = makeScene().ask({ WebIdentityToken: 'text' });
    expect(Object.keys(output)).toEqual(['AssumedRoleUser', 'Credentials']);
  });

  it('may last as long as the role allows', () => {
    expect(answerOf(() => makeScene().ask({ DurationSeconds: 7200 })).message).toMatch(/MaxSessionDuration/);
  });

  it('takes a token from five minutes before its times until five minutes after them', () => {
    const { ask } = makeScene();
    const answer = (claims: object) => refusalThrownBy(() => ask({ WebIdentityToken: jwt(claims) }))?.refusal;
    const taken = [{ iat: seconds + 300 }, { nbf: seconds + 300 }, { exp: seconds - 299 }];
    const refused = [{ iat: seconds + 301 }, { nbf: seconds + 301 }, { exp: seconds - 300 }];
    expect([...taken, ...refused].map(answer)).toEqual([
      ...[undefined, undefined, undefined],
      ...['StsTokenOfFuture', 'StsTokenNotYetValid', 'StsWebIdentityExpired'],
    ]);
  });

  it('takes a policy', () => {
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    const { output, session } = makeScene().ask({ Policy });
    expect({ size: output.PackedPolicySize, text: session.policy?.text }).toEqual({ size: 27, text: Policy });
  });

  it.each<[string, Statement, object]>([
    ['the ARN of the provider', federated(), {}],
    [
      'the domain of a provider that IAM knows',
      federated({
        Principal: { Federated: 'accounts.google.com' },
        Condition: { StringEquals: { 'accounts.google.com:aud': 'sts.amazonaws.com' } },
      }),
      { iss: 'https://accounts.google.com' },
    ],
    ['its subject', federated({ Condition: { StringLike: { [`${issuer}:sub`]: 'repo:a/*' } } }), {}],
    ['its audience', federated({ Condition: { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com' } } }), {}],
    [
      'the party that it was given to',
      federated({ Condition: { StringEquals: { [`${issuer}:aud`]: 'app' } } }),
      { aud: ['a', 'b'], azp: 'app' },
    ],
    [
      'one of its audiences beside that party',
      federated({ Condition: { 'ForAnyValue:StringEquals': { [`${issuer}:oaud`]: 'b' } } }),
      { aud: ['a', 'b'], azp: 'app' },
    ],
    [
      'its source identity',
      federated({
        Action: ['sts:AssumeRoleWithWebIdentity', 'sts:SetSourceIdentity'],
        Condition: { StringEquals: { 'sts:SourceIdentity': 'ann' } },
      }),
      { 'https://aws.amazon.com/source_identity': 'ann' },
    ],
    [
      'its way of authentication',
      federated({ Condition: { 'ForAnyValue:StringEquals': { [`${issuer}:amr`]: 'mfa' } } }),
      { amr: ['mfa'] },
    ],
    [
      'the workflow that GitHub names',
      federated({
        Principal: { Federated: 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com' },
        Condition: {
          StringEquals: {
            'token.actions.githubusercontent.com:job_workflow_ref': 'a/b/.github/workflows/c.yml@main',
            'token.actions.githubusercontent.com:repository_id': '74',
          },
        },
      }),
      {
        iss: 'https://token.actions.githubusercontent.com',
        job_workflow_ref: 'a/b/.github/workflows/c.yml@main',
        repository_id: 74,
      },
    ],
    [
      'the roles that it names',
      federated({ Condition: { Bool: { 'sts:RoleAuthorizedByIdp': 'true' } } }),
      { 'https://aws.amazon.com/roles': ` arn:aws:iam::111111111111:role/other; ${roleArn} ` },
    ],
    [
      'the absence of roles',
      federated({ Condition: { Bool: { 'sts:RoleAuthorizedByIdp': 'false' } } }),
      { 'https://aws.amazon.com/roles': null },
    ],
    ['the name of the session', federated({ Condition: { StringEquals: { 'sts:RoleSessionName': 'pod' } } }), {}],
  ])('is trusted by %s', (_what, statement, claims) => {
    expect(makeScene(statement).ask({ WebIdentityToken: jwt(claims) }).session.role).toBe('deployer');
  });

  it.each<[string, Statement, Partial<WebIdentityInput>, string]>([
    ['of a role that is not there', federated(), { RoleArn: `${roleArn}-2` }, `there is no role ${roleArn}-2`],
    [
      'of another issuer',
      federated(),
      { WebIdentityToken: jwt({ iss: 'https://other.example.com' }) },
      'the issuer of the token is https://other.example.com, whose provider is arn:aws:iam::111111111111:oidc-provider/other.example.com',
    ],
    [
      'of another subject',
      federated({ Condition: { StringEquals: { [`${issuer}:sub`]: 'x' } } }),
      {},
      `whose condition StringEquals ${issuer}:sub wants "x", and the request has "repo:a/b:ref"`,
    ],
    [
      'that is not a JWT',
      federated(),
      { WebIdentityToken: 'text' },
      'the token is not a JWT, so that it has no issuer',
    ],
    [
      'for a role that trusts users alone',
      trusting('*'),
      {},
      'nothing allows an anonymous caller to do sts:AssumeRoleWithWebIdentity',
    ],
    [
      'with tags, which need sts:TagSession',
      federated(),
      { WebIdentityToken: jwt({ 'https://aws.amazon.com/tags/principal_tags/Team': 'x' }) },
      'nothing allows an anonymous caller to do sts:TagSession',
    ],
    [
      'that a Deny is about',
      { ...federated(), Effect: 'Deny' },
      {},
      'denied by statement 1 of the trust policy of role deployer',
    ],
  ])('is refused with one text for a token %s', (_what, statement, input, why) => {
    expect(answerOf(() => makeScene(statement).ask(input))).toEqual({
      status: 403,
      code: 'AccessDenied',
      message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
      why: expect.stringContaining(why),
    });
  });

  it('gives the session the tags and the source identity of the token', () => {
    const { session } = makeScene().ask({
      WebIdentityToken: jwt({
        'https://aws.amazon.com/tags': { principal_tags: { Team: ['x'] }, transitive_tag_keys: ['Team'] },
        'https://aws.amazon.com/source_identity': 'ann',
      }),
    });
    expect(session).toMatchObject({ tags: [{ Key: 'Team', Value: 'x' }], sourceIdentity: 'ann' });
    expect(session.transitiveTags).toEqual(new Set(['team']));
  });

  it('is refused for a token that has expired by the clock of the process', () => {
    expect(answerOf(() => makeScene().ask({ WebIdentityToken: jwt({ exp: seconds - 300 }) })).message).toBe(
      `Token expired: current date/time ${seconds - 300} must be before the expiration date/time ${seconds - 300}`,
    );
    expect(makeScene().ask({ WebIdentityToken: jwt({ exp: seconds - 299 }) }).session.role).toBe('deployer');
  });
});
