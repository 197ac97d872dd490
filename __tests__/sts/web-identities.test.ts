import { describe, expect, it } from '@jest/globals';
import { readClaims } from '../../src/model/sessions/web-identity-token';
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
describe('a text', () => {
  const [head = '', claims = '', signature = ''] = jwt({}).split('.');
  it.each<[what: string, text: string, isToken: boolean]>([
    ['three parts', `${head}.${claims}.${signature}`, true],
    ['an empty signature', `${head}.${claims}.`, true],
    ['two parts', `${head}.${claims}`, false],
    ['four parts', `${head}.${claims}.${signature}.x`, false],
    ['a header that is no JSON', `x.${claims}.${signature}`, false],
    ['claims that are no JSON', `${head}.x.${signature}`, false],
  ])('of %s is a JWT: %s', (_what, text, isToken) => {
    expect(readClaims(text) !== undefined).toBe(isToken);
  });

  it.each<[claims: object, seconds: number | undefined]>([
    [{ exp: 60 }, 60],
    [{ exp: '60' }, 60],
    [{ exp: 1.5 }, undefined],
    [{ exp: '1.5' }, undefined],
    [{ exp: '' }, undefined],
    [{ exp: '6e1' }, undefined],
    [{ exp: [60] }, undefined],
    [{ exp: true }, undefined],
  ])('that is a JWT has whole seconds in its times: %j', (given, expected) => {
    const refusal = refusalThrownBy(() => readClaims(jwt(given)));
    expect(refusal?.refusal).toBe(expected === undefined ? 'StsTokenTimeInvalid' : undefined);
    if (expected !== undefined) expect(readClaims(jwt(given))?.exp).toBe(expected);
  });

  it('that is a JWT has one value for each tag', () => {
    const token = (Team: unknown) => jwt({ 'https://aws.amazon.com/tags': { principal_tags: { Team } } });
    expect(readClaims(token(['archive']))?.tags).toEqual([{ Key: 'Team', Value: 'archive' }]);
    for (const values of [['archive', 'press'], [], 'archive'])
      expect(refusalThrownBy(() => readClaims(token(values)))?.refusal).toBe('StsTokenTagsInvalid');
  });

  // F1010
  it.each<[roles: unknown, read: readonly string[] | undefined]>([
    [undefined, undefined],
    [null, undefined],
    [[roleArn], [roleArn]],
    [` ${roleArn} ; x`, [roleArn]],
    ['x', []],
  ])('that is a JWT is for the roles %j', (roles, expected) => {
    const token = jwt({ 'https://aws.amazon.com/roles': roles });
    const refusal = refusalThrownBy(() => readClaims(token));
    expect(refusal?.refusal).toBe(expected?.length === 0 ? 'StsTokenRolesEmpty' : undefined);
    if (refusal === undefined) expect(readClaims(token)?.roles).toEqual(expected);
  });
});

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

  it('answers the party that the token was given to in place of its audiences', () => {
    const { output } = makeScene().ask({ WebIdentityToken: jwt({ aud: ['a', 'b'], azp: 'app' }) });
    expect(output.Audience).toBe('app');
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

  it('takes a token of the clock of the mock, until that clock has passed its end', () => {
    const { scene, ask } = makeScene();
    const ofMock = Math.floor(mockTime / 1000);
    const WebIdentityToken = jwt({ iat: ofMock, exp: ofMock + 60 });
    const answer = () => refusalThrownBy(() => ask({ WebIdentityToken }));
    expect(answer()).toBeUndefined();
    scene.store.clock.advance({ seconds: 359 });
    expect(answer()).toBeUndefined();
    scene.store.clock.advance({ seconds: 1 });
    expect(answer()).toMatchObject({
      refusal: 'StsWebIdentityExpired',
      details: { now: ofMock + 60, expiration: ofMock + 60 },
    });
  });

  // Recorded: radkawar/stackd, aws.json, subject-short, baseline-2, sub-long, source-identity, nested-tags. F711
  it.each<[string, object, number]>([
    ['a subject of one character', { sub: 's' }, 24],
    ['a subject of 13', { sub: 'subject-probe' }, 25],
    ['a subject of 300', { sub: 's'.repeat(300) }, 34],
    ['a source identity', { sub: 'subject-probe', 'https://aws.amazon.com/source_identity': 'source-probe' }, 26],
    ['tags', { sub: 'subject-probe', 'https://aws.amazon.com/tags': { principal_tags: { Team: ['x'] } } }, 25],
  ])('has a packed size: that of %s', (_what, claims, size) => {
    const { output } = makeScene().ask({ WebIdentityToken: jwt(claims) });
    expect(output.PackedPolicySize).toBe(size);
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
      'its audience beside a party, at a Cognito identity pool',
      federated({
        Principal: { Federated: 'cognito-identity.amazonaws.com' },
        Condition: { StringEquals: { 'cognito-identity.amazonaws.com:aud': 'eu-west-1:pool' } },
      }),
      { iss: 'https://cognito-identity.amazonaws.com', aud: 'eu-west-1:pool', azp: 'app' },
    ],
    [
      'its audience as oaud, without a party',
      federated({ Condition: { StringEquals: { [`${issuer}:oaud`]: 'sts.amazonaws.com' } } }),
      {},
    ],
    ['its address', federated({ Condition: { StringEquals: { [`${issuer}:email`]: 'a@b.c' } } }), { email: 'a@b.c' }],
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
    ['that is not a JWT', federated(), { WebIdentityToken: 'text' }, 'the token is not a JWT, so it has no issuer'],
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
});

function reads(claims: { readonly iss: string }, key: string): boolean {
  const Federated = `arn:aws:iam::${own}:oidc-provider/${claims.iss.replace('https://', '')}`;
  const action = 'sts:AssumeRoleWithWebIdentity';
  // Some providers need an Allow that is confined, so that a Deny asks the question.
  const scene = new StsScene();
  const name = claims.iss.replace('https://', '');
  const Condition = { StringLike: { [`${name}:sub`]: '?*' }, StringEquals: { [`${name}:aud`]: 'sts.amazonaws.com' } };
  const deny = { Effect: 'Deny', Principal: { Federated }, Action: action, Condition: { Null: { [key]: 'false' } } };
  scene.role('deployer', { trust: [federated({ Principal: { Federated }, Condition }), deny] });
  const input = { RoleArn: roleArn, RoleSessionName: 'pod', WebIdentityToken: jwt(claims) };
  const refusal = refusalThrownBy(() => assumeRoleWithWebIdentity.handle({ store: scene.store, facts }, input));
  return refusal !== undefined;
}

const github = ['actor', 'actor_id', 'enterprise_id', 'environment', 'job_workflow_ref', 'ref', 'repository'];
const ofWorkflow = [...github, 'repository_id', 'repository_owner_id', 'workflow'];
const gitlab = ['namespace_id', 'pipeline_source', 'project_id', 'ref_protected', 'runner_environment'];
const buildkite = ['build_branch', 'cluster_id', 'cluster_name', 'organization_id', 'organization_slug', 'pipeline_id'];

// F1530
describe('the claims of a token that trust policies read', () => {
  it.each([
    ['token.actions.githubusercontent.com', ofWorkflow],
    ['token.actions.githubusercontent.com/acme', ofWorkflow],
    ['token.actions.acme.ghe.com', ofWorkflow],
    ['github.com/enterprises/acme', ofWorkflow],
    ['gitlab.com', [...gitlab, 'user_access_level', 'user_email', 'user_id', 'user_login']],
    ['agent.buildkite.com', [...buildkite, 'pipeline_slug']],
    ['agent.acme.buildkite.dev', [...buildkite, 'pipeline_slug']],
    ['agent.acme.buildkite.site', [...buildkite, 'pipeline_slug']],
    ['oidc.circleci.com/org/11', ['oidc.circleci.com/project-id']],
    ['idcs-11.identity.oraclecloud.com', ['rpst_id']],
    ['token.actions.example.com', []],
  ])('of %s are %j and those of every token', (name, own) => {
    const usual = ['amr', 'aud', 'email', 'oaud', 'sub'];
    const asked = [...ofWorkflow, ...gitlab, ...buildkite, 'rpst_id', 'oidc.circleci.com/project-id', 'user_login'];
    const others = ['repository_owner', 'runner_environment', 'event_name', 'groups', 'iss', 'azp', 'exp'];
    const names = [...new Set([...usual, ...asked, ...own, ...others])];
    const claims = Object.fromEntries([...asked, ...own, ...others, 'email', 'amr'].map((one) => [one, 'x']));
    const token = { ...claims, ...times, azp: 'sts.amazonaws.com', iss: `https://${name}` };
    const read = names.filter((one) => reads(token, `${name}:${one}`));
    expect(read.toSorted()).toEqual([...usual, ...own].toSorted());
  });

  it.each([{ 'google:organization_number': 7 }, { google: { organization_number: 7 } }])(
    "of Google have the organization's number: %j",
    (claims) => {
      const token = { ...claims, iss: 'https://accounts.google.com' };
      expect(reads(token, 'accounts.google.com:google/organization_number')).toBe(true);
    },
  );

  it('of Cognito are neither the address nor the party', () => {
    const iss = 'https://cognito-identity.amazonaws.com';
    const names = ['amr', 'aud', 'email', 'oaud', 'sub', 'azp'];
    const token = { iss, amr: ['authenticated'], email: 'a@b.c', azp: 'x' };
    const read = names.filter((name) => reads(token, `cognito-identity.amazonaws.com:${name}`));
    expect(read).toEqual(['amr', 'aud', 'oaud', 'sub']);
  });

  it('count for sts:TagSession and sts:SetSourceIdentity as well', () => {
    const Action = ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession', 'sts:SetSourceIdentity'];
    const { ask } = makeScene(federated({ Action, Condition: { StringLike: { [`${issuer}:sub`]: 'repo:a/*' } } }));
    const { session } = ask({
      WebIdentityToken: jwt({
        'https://aws.amazon.com/tags': { principal_tags: { Team: ['x'] } },
        'https://aws.amazon.com/source_identity': 'ann',
      }),
    });
    expect(session.sourceIdentity).toBe('ann');
  });

  it('that are no keys are named with those that are, where a refusal gives its reason', () => {
    const iss = 'https://token.actions.githubusercontent.com';
    const key = 'token.actions.githubusercontent.com:repository_owner';
    const Condition = {
      StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' },
      StringEquals: { [key]: 'a' },
    };
    const Federated = `arn:aws:iam::${own}:oidc-provider/token.actions.githubusercontent.com`;
    const { ask } = makeScene(federated({ Principal: { Federated }, Condition }));
    expect(answerOf(() => ask({ WebIdentityToken: jwt({ iss, repository_owner: 'a' }) })).why).toMatch(
      /wants "a", and the request has none; AWS does not take this key from the tokens of token\.actions\.githubusercontent\.com, only amr, aud, sub, email, oaud, actor, .*, workflow\. Did you mean repository_owner_id\? The issuer of the token is /,
    );
  });

  it('are absent from a token without them, as a refusal says', () => {
    const Condition = { StringEquals: { [`${issuer}:email`]: 'a@b.c' } };
    expect(answerOf(() => makeScene(federated({ Condition })).ask()).why).toContain(
      'and the request has none, as the token has no such claim',
    );
  });
});

// F1533
describe('the provider of a token', () => {
  it.each([
    ['accounts.google.com', 'accounts.google.com', true],
    ['cognito-identity.amazonaws.com', 'cognito-identity.amazonaws.com', true],
    [issuer, issuer, false],
    [issuer, provider, true],
  ])('of %s is %s in a trust policy: %s', (name, Federated, isTrusted) => {
    const Condition = { StringEquals: { [`${name}:aud`]: 'sts.amazonaws.com' } };
    const { ask } = makeScene(federated({ Principal: { Federated }, Condition }));
    const refusal = refusalThrownBy(() => ask({ WebIdentityToken: jwt({ iss: `https://${name}` }) }));
    expect(refusal === undefined).toBe(isTrusted);
  });

  it('that IAM knows by itself is answered by its domain', () => {
    const iss = 'https://accounts.google.com';
    expect(makeScene().ask({ WebIdentityToken: jwt({ iss }) }).output.Provider).toBe('accounts.google.com');
  });
});

const cognito = 'cognito-identity.amazonaws.com';
const sub = 'eu-west-1:4f0c';
const ofPool = { iss: `https://${cognito}`, sub, aud: 'eu-west-1:pool', amr: ['authenticated', 'pool-1'] };

// F1531, F1532
describe('a session that began with a token', () => {
  function begin(claims: object, input: Partial<WebIdentityInput> = {}) {
    const { scene, ask } = makeScene();
    const { session } = ask({ WebIdentityToken: jwt(claims), ...input });
    return { scene, caller: scene.session(session) };
  }

  it.each<[key: string, values: readonly string[] | undefined]>([
    [`${cognito}:sub`, [sub]],
    [`${cognito}:aud`, ['eu-west-1:pool']],
    [`${cognito}:amr`, ['authenticated', 'pool-1']],
    ['aws:FederatedProvider', [cognito]],
    [`${cognito}:oaud`, undefined],
    ['accounts.google.com:sub', undefined],
  ])('has %s %j in its requests to S3', (key, values) => {
    const { scene, caller } = begin(ofPool);
    expect(scene.keyAtS3(caller, key)).toEqual(values);
  });

  it.each<[name: string, values: readonly string[] | undefined]>([
    ['sub', ['repo:a/b:ref']],
    ['aud', ['app']],
    ['oaud', undefined],
    ['email', undefined],
    ['repository', undefined],
    ['amr', undefined],
  ])('of GitHub has %s %j there', (name, values) => {
    const host = 'token.actions.githubusercontent.com';
    const { scene, caller } = begin({ iss: `https://${host}`, repository: 'a/b', email: 'a@b.c', azp: 'app' });
    expect(scene.keyAtS3(caller, `${host}:${name}`)).toEqual(values);
    expect(scene.keyAtS3(caller, 'aws:FederatedProvider')).toEqual([host]);
  });

  it('of a token that is not a JWT knows the provider that the request named', () => {
    const { scene, caller } = begin({}, { WebIdentityToken: 'Atza|text', ProviderId: 'www.amazon.com' });
    expect(scene.keyAtS3(caller, 'aws:FederatedProvider')).toEqual(['www.amazon.com']);
  });

  it('may do what a policy with its subject as a variable allows, in each of its policies', () => {
    const mine = (kind: object) => ({
      ...{ Effect: 'Allow', Action: 's3:*', Resource: `arn:aws:s3:::vault/private/$\{${cognito}:sub}/*` },
      ...kind,
    });
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [mine({})] });
    const byRole = new StsScene();
    byRole.role('deployer', { policy: [mine({})] });
    const bySession = new StsScene();
    bySession.role('deployer', { policy: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] });
    const answers = [
      [byRole, {}] as const,
      [bySession, { Policy }] as const,
      [byRole, { WebIdentityToken: jwt({ ...ofPool, sub: 'other' }) }] as const,
    ].map(([scene, input]) => {
      const asked = { RoleArn: roleArn, RoleSessionName: 'pod', WebIdentityToken: jwt(ofPool), ...input };
      const { session } = assumeRoleWithWebIdentity.handle({ store: scene.store, facts }, asked);
      const caller = scene.session(session);
      return [sub, 'other'].map((one) => scene.atS3(caller, 's3:GetObject', `private/${one}/a.txt`).allowed);
    });
    expect(answers).toEqual([
      [true, false],
      [true, false],
      [false, true],
    ]);
  });

  it('passes on its transitive tags, its source identity and nothing of the provider', () => {
    const { scene, caller } = begin({
      ...ofPool,
      'https://aws.amazon.com/tags': { principal_tags: { Team: ['x'], Stage: ['y'] }, transitive_tag_keys: ['Team'] },
      'https://aws.amazon.com/source_identity': 'ann',
    });
    const next = `arn:aws:iam::${own}:role/next`;
    const Action = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];
    const Condition = { StringEquals: { 'aws:FederatedProvider': cognito, [`${cognito}:sub`]: sub } };
    scene.role('next', { trust: [trusting(roleArn, { Action, Condition })] });
    const chained = scene.session(scene.assume(caller, { RoleArn: next }).session);
    const keys = ['aws:PrincipalTag/Team', 'aws:PrincipalTag/Stage', 'aws:SourceIdentity', 'aws:FederatedProvider'];
    expect([...keys, `${cognito}:sub`].map((key) => scene.keyAtS3(chained, key))).toEqual([
      ['x'],
      undefined,
      ['ann'],
      undefined,
      undefined,
    ]);
  });
});
