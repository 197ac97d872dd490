import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

export const tokenOf = (claims: object = {}, head: object = {}) => ({
  jwt: [
    { alg: 'RS256', kid: 'RS256', typ: 'JWT', ...head },
    {
      iss: 'https://oidc.example.com',
      aud: 'client-a',
      sub: 'subject-probe',
      iat: { now: 0 },
      exp: { now: 900 },
      ...claims,
    },
  ],
});

export const request = (token: object, more: object = {}) => ({
  RoleArn: 'arn:aws:iam::$(account):role/deployer',
  RoleSessionName: 'oidc-probe',
  WebIdentityToken: token,
  ...more,
});

const state = {
  roles: {
    deployer: {
      maxSessionDuration: 7200,
      trust: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Federated: 'arn:aws:iam::000000000000:oidc-provider/oidc.example.com' },
            Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession', 'sts:SetSourceIdentity'],
          },
        ],
      }),
    },
  },
};
const byNobody = { by: 'anonymous' };
const operation = 'sts:AssumeRoleWithWebIdentity';

const taken = (label: string, claims: object, output: object = {}, more: object = {}): RecordedCall => [
  label,
  operation,
  request(tokenOf(claims), more),
  '200',
  output,
  byNobody,
];

/** The error of STS has its text in an element of its root. */
const refused = (
  label: string,
  claims: object,
  Message: string,
  { code = '400 InvalidIdentityToken', head = {}, input = {} } = {},
): RecordedCall => [label, operation, request(tokenOf(claims, head), input), code, { Error: { Message } }, byNobody];

const answer = {
  Audience: 'client-a',
  AssumedRoleUser: {
    Arn: 'arn:aws:sts::$(account):assumed-role/deployer/oidc-probe',
    AssumedRoleId: '$(role):oidc-probe',
  },
  PackedPolicySize: 25,
  Provider: 'arn:aws:iam::$(account):oidc-provider/oidc.example.com',
  SubjectFromWebIdentityToken: 'subject-probe',
};
const unrecognized =
  'Unrecognized OAuth provider. Do not include a provider parameter when submitting OpenIDConnect ID tokens';
const notValidated =
  'The web identity token provided could not be validated. See the AssumeRoleWithWebIdentity documentation for requirements.';
const tags = 'https://aws.amazon.com/tags';

export const tokens: RecordedCases = {
  file: 'internal/services/sts/testdata/oidc/aws.json',
  recorded: 'September 2026',
  cases: {
    'a token starts a session, and the answer has its claims': {
      fact: 'F711',
      state,
      calls: [
        taken('baseline-2', {}, answer),
        taken('azp', { aud: ['client-a', 'client-b'], azp: 'client-a' }, { Audience: 'client-a' }),
        taken('numeric sub', { sub: 123 }, { SubjectFromWebIdentityToken: '123' }),
        taken('sub of 300', { sub: 's'.repeat(300) }, { PackedPolicySize: 34 }),
        taken(
          'source identity',
          { 'https://aws.amazon.com/source_identity': 'source-probe' },
          { SourceIdentity: 'source-probe', PackedPolicySize: 26 },
        ),
        taken('tags in lists', { [tags]: { principal_tags: { Team: ['x'] } } }),
        taken('tags, flat', { [`${tags}/principal_tags/Team`]: 'x' }),
        taken('duration beyond exp', {}, answer, { DurationSeconds: 7200 }),
      ],
    },
    'a token without a required claim is refused': {
      fact: 'F711',
      state,
      calls: [
        ...['iss', 'sub', 'aud', 'iat', 'exp'].map((claim) =>
          refused(`missing-${claim}`, { [claim]: undefined }, `Missing a required claim: ${claim}`),
        ),
        refused('empty audiences', { aud: [] }, 'Claim is not allowed to be empty: aud'),
        refused('aud-empty', { aud: '' }, notValidated),
        refused('azp-empty', { azp: '' }, notValidated),
        refused('sub-null', { sub: null }, 'Unknown error validating third-party token', {
          code: '500 InternalFailure',
        }),
        refused(
          'audiences without azp',
          { aud: ['client-a', 'client-b'] },
          'Token audience contains more than one audience while authorized party is not present',
        ),
        refused(
          'tags of plain texts',
          { [tags]: { principal_tags: { Team: 'x' } } },
          'principal_tags passed in claim is not in correct format.',
        ),
      ],
    },
    'the times of a token are whole seconds, with a tolerance of five minutes': {
      fact: 'F711',
      state,
      calls: [
        refused('iat null', { iat: null }, 'Invalid timestamp in token claims.'),
        refused('iat fraction', { iat: { now: 0.5 } }, 'Invalid timestamp in token claims.'),
        refused('exp fraction', { exp: { now: 900.5 } }, 'Invalid timestamp in token claims.'),
        refused('nbf text', { nbf: 'soon' }, 'Invalid timestamp in token claims.'),
        taken('times in quotes', { iat: '$(now)', exp: '$(now + 900)' }),
        taken('iat in 290 s', { iat: { now: 290 } }),
        taken('nbf in 290 s', { nbf: { now: 290 } }),
        taken('exp 24 s ago', { exp: { now: -24 } }),
        refused('iat in an hour', { iat: { now: 3600 } }, 'Token issued in the future: $(now + 3600)'),
        refused(
          'nbf in an hour',
          { nbf: { now: 3600 } },
          'Token not yet valid: current date/time $(later) must be after or equal to the not-before date/time $(now + 3600)',
        ),
        refused(
          'exp an hour ago',
          { iat: { now: -7200 }, exp: { now: -3600 } },
          'Token expired: current date/time $(earlier) must be before the expiration date/time $(now - 3600)',
          { code: '400 ExpiredTokenException' },
        ),
      ],
    },
    'a JWT together with a ProviderId is refused, and so is one with crit': {
      fact: 'F711',
      state,
      calls: [
        refused('ProviderId www.amazon.com', {}, 'Provided Token is not a Login With Amazon token', {
          input: { ProviderId: 'www.amazon.com' },
        }),
        refused(
          'ProviderId graph.facebook.com',
          {},
          'graph.facebook.com rejected OAuth token with response "Bad signature" and code 190',
          { code: '403 IDPRejectedClaim', input: { ProviderId: 'graph.facebook.com' } },
        ),
        ...['accounts.google.com', 'https://www.amazon.com'].map((ProviderId) =>
          refused(`ProviderId ${ProviderId}`, {}, unrecognized, { code: '403 AccessDenied', input: { ProviderId } }),
        ),
        refused(
          'crit',
          {},
          'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
          { head: { crit: ['exp'] } },
        ),
      ],
    },
  },
};
