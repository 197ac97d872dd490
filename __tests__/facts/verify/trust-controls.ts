/**
 * Trust policies that IAM took or refused at CreateRole in September 2026: `iam/policy/testdata/oidc_trust_controls*_aws.json` of
 * radkawar/stackd. A statement allows AssumeRoleWithWebIdentity to the provider, if it does not say otherwise.
 */
interface RecordedControls {
  readonly principal: string;
  readonly accepted: Readonly<Record<string, object>>;
  /** By the text of the refusal, `MalformedPolicyDocument`. */
  readonly refused: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

const when = (operator: string, key: string, value: string | readonly string[]) => ({
  Condition: { [operator]: { [key]: value } },
});
const providerOf = (issuer: string) => `arn:aws:iam::123456789012:oidc-provider/${issuer}`;
const unconfined = (principal: string, ...keys: readonly string[]) =>
  `Trust policy with trusted principal ${principal} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, ${keys.join(' or ')} which is not scoped to all.`;
const otherAction = 'AssumeRole policy may only specify STS AssumeRole actions.';

/** The providers of which one claim has to be confined, with one star as the only value that is all. */
function controlsOf(issuer: string, claim: string, principal: string): RecordedControls {
  const key = `${issuer}:${claim}`;
  const isCognito = principal === issuer;
  return {
    principal,
    accepted: {
      'StringEquals:"owned-value"': when('StringEquals', key, 'owned-value'),
      'StringEquals:"?"': when('StringEquals', key, '?'),
      'StringEquals:"**"': when('StringEquals', key, '**'),
      'StringEquals:"*?"': when('StringEquals', key, '*?'),
      'StringEquals:""': when('StringEquals', key, ''),
      'StringEquals:[]': when('StringEquals', key, []),
      'StringLike:"owned:*"': when('StringLike', key, 'owned:*'),
      'StringEqualsIgnoreCase:"owned-value"': when('StringEqualsIgnoreCase', key, 'owned-value'),
      'ForAnyValue:StringEquals:"owned-value"': when('ForAnyValue:StringEquals', key, 'owned-value'),
      'ForAllValues:StringEquals:"owned-value"': when('ForAllValues:StringEquals', key, 'owned-value'),
      'upper-key': when('StringEquals', key.toUpperCase(), 'owned-value'),
      'deny-missing': { Effect: 'Deny' },
      'tag-only-missing': { Action: 'sts:TagSession' },
    },
    refused: {
      [isCognito ? 'A condition block must be present for the Cognito provider' : unconfined(issuer, key)]: {
        missing: {},
      },
      [unconfined(issuer, key)]: {
        ...(!isCognito && { missing: {} }),
        'StringEquals:"*"': when('StringEquals', key, '*'),
        'StringEquals:["*", "owned-value"]': when('StringEquals', key, ['*', 'owned-value']),
        'StringLike:"*"': when('StringLike', key, '*'),
        'StringNotEquals:"owned-value"': when('StringNotEquals', key, 'owned-value'),
        'StringEqualsIfExists:"owned-value"': when('StringEqualsIfExists', key, 'owned-value'),
        'StringLikeIfExists:"owned:*"': when('StringLikeIfExists', key, 'owned:*'),
        'Null:"false"': when('Null', key, 'false'),
        'NumericEquals:"1"': when('NumericEquals', key, '1'),
        'Bool:"true"': when('Bool', key, 'true'),
      },
      [otherAction]: { 'wildcard-action-missing': { Action: 'sts:*' } },
    },
  };
}

const github = 'token.actions.githubusercontent.com';
const [sub, job] = [`${github}:sub`, `${github}:job_workflow_ref`];
const ofSub = (value: string) => when('StringLike', sub, value);

const controlsOfGithub: RecordedControls = {
  principal: providerOf(github),
  accepted: {
    'StringEquals:"owned-value"': when('StringEquals', sub, 'owned-value'),
    'StringEquals:"?"': when('StringEquals', sub, '?'),
    'StringEquals:[]': when('StringEquals', sub, []),
    'StringLike:"owned:*"': ofSub('owned:*'),
    'StringEqualsIgnoreCase:"owned-value"': when('StringEqualsIgnoreCase', sub, 'owned-value'),
    'ForAnyValue:StringEquals:"owned-value"': when('ForAnyValue:StringEquals', sub, 'owned-value'),
    'ForAllValues:StringEquals:"owned-value"': when('ForAllValues:StringEquals', sub, 'owned-value'),
    'pattern:??': ofSub('??'),
    'pattern:?*': ofSub('?*'),
    'pattern:??*': ofSub('??*'),
    'pattern:?owned': ofSub('?owned'),
    'pattern:owned*': ofSub('owned*'),
    [`pattern:\${aws:username}`]: ofSub(`\${aws:username}`),
    'job_workflow_ref:"owned-value"': when('StringEquals', job, 'owned-value'),
    'job_workflow_ref:[]': when('StringEquals', job, []),
  },
  refused: {
    [unconfined(providerOf(github), sub, job)]: {
      missing: {},
      'StringEquals:"*"': when('StringEquals', sub, '*'),
      'StringEquals:"**"': when('StringEquals', sub, '**'),
      'StringEquals:"*?"': when('StringEquals', sub, '*?'),
      'StringEquals:""': when('StringEquals', sub, ''),
      'StringEquals:["*", "owned-value"]': when('StringEquals', sub, ['*', 'owned-value']),
      'StringLike:"*"': ofSub('*'),
      'StringNotEquals:"owned-value"': when('StringNotEquals', sub, 'owned-value'),
      'StringEqualsIfExists:"owned-value"': when('StringEqualsIfExists', sub, 'owned-value'),
      'StringLikeIfExists:"owned:*"': when('StringLikeIfExists', sub, 'owned:*'),
      'Null:"false"': when('Null', sub, 'false'),
      'Null:"true"': when('Null', sub, 'true'),
      'pattern:*??': ofSub('*??'),
      'pattern:*owned': ofSub('*owned'),
      'pattern:*?owned': ofSub('*?owned'),
      'pattern: ': ofSub(' '),
      'job_workflow_ref:"*"': when('StringEquals', job, '*'),
      'job_workflow_ref:""': when('StringEquals', job, ''),
      'invalid-sub-valid-job': { Condition: { StringEquals: { [sub]: '*', [job]: 'owned-value' } } },
      'valid-sub-invalid-job': { Condition: { StringEquals: { [sub]: 'owned-value', [job]: '*' } } },
    },
  },
};

function controlsOfSuffix(suffix: string): RecordedControls {
  const issuer = `${github}${suffix}`;
  const text = unconfined(providerOf(issuer), `${issuer}:sub`, `${issuer}:job_workflow_ref`);
  return {
    principal: providerOf(issuer),
    accepted: {},
    refused: { [text]: { [`issuer-suffix:${suffix}`]: when('StringEquals', sub, 'owned-value') } },
  };
}

function controlsOfApplications(principal: string): RecordedControls {
  const claims = ['amr', 'email', 'user_id', 'id', 'anything', 'SUB'];
  const cases = claims.map((claim) => [`claim:${claim}`, when('StringEquals', `${principal}:${claim}`, 'owned-value')]);
  return { principal, accepted: {}, refused: { [application(principal)]: Object.fromEntries(cases) } };
}

const application = (principal: string) =>
  `Policy trusting ${principal} requires a StringEquals condition on an application id`;

const vstoken = 'vstoken.actions.githubusercontent.com';

export const trustControls: readonly RecordedControls[] = [
  controlsOf('cognito-identity.amazonaws.com', 'aud', 'cognito-identity.amazonaws.com'),
  ...['gitlab.com', 'app.terraform.io', vstoken].map((issuer) => controlsOf(issuer, 'sub', providerOf(issuer))),
  controlsOfGithub,
  ...['/private', '.example.test', 'other'].map(controlsOfSuffix),
  ...['accounts.google.com', 'www.amazon.com', 'graph.facebook.com'].map(controlsOfApplications),
  {
    principal: 'accounts.google.com',
    accepted: {},
    refused: { [application('accounts.google.com')]: { 'valid-separate-principal': {} } },
  },
  {
    principal: providerOf(vstoken),
    accepted: {
      'valid-and-invalid-operator': {
        Condition: { StringEquals: { [`${vstoken}:sub`]: 'owned-value' }, StringLike: { [`${vstoken}:sub`]: '*' } },
      },
    },
    refused: { [otherAction]: { 'action-mixed-case': { Action: 'STS:assumerolewithwebidentity' } } },
  },
  { principal: providerOf(`${vstoken}/private`), accepted: { 'nested-path-private': {} }, refused: {} },
];
