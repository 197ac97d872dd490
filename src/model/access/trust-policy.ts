import { JsonObject, type JsonValue } from '../../formats/json-entries';
import { S3Error } from '../../refusals/s3-error';
import { hintFor } from '../../text/spelling';
import { makeCondition, type PolicyCondition, readPolicyKeys } from './policy-conditions';
import { readBeginning, readDocument, readPolicyJson } from './policy-document';
import {
  MalformedPolicyDocument,
  quote,
  readSelection,
  readTexts,
  type Selection,
  type WrittenSelection,
} from './policy-form';
import type { Principal, PrincipalContext } from './principals';
import type { PolicyDocument, PolicyStatement } from './statement';
import { findStsActions, type StsActionName, stsActionsMatching } from './sts-actions';
import { hasWildcard } from './wildcards';

export interface TrustPolicy {
  readonly text: string;
  readonly document: PolicyDocument;
}

const trustFields = ['Sid', 'Effect', 'Principal', 'Action', 'NotAction', 'Condition'];

/** The most to which IAM's quota can be raised, without blanks; by default it is 2,048 (F714). */
const longest = 4096;

/** Mistakes of form are refused in the words of bucket policies, since the mock has no API of IAM. */
export function readTrustPolicy(text: string, context: PrincipalContext): TrustPolicy {
  const document = readDocument(readPolicyJson(text), (statement, index, variables) =>
    readStatement(statement, index, context, variables),
  );
  const { length } = text.replaceAll(/\s/g, '');
  if (length > longest)
    throw new S3Error('PolicyTooLong', { limit: longest }, `the policy has ${length} characters without blanks`);
  return { text, document };
}

function readStatement(
  value: JsonValue,
  index: number,
  context: PrincipalContext,
  variables: boolean,
): PolicyStatement {
  if (value instanceof JsonObject) checkNames(value, index);
  const { fields, where, sid, effect, principals } = readBeginning(value, index, trustFields, context);
  checkKinds(principals, where);
  const actions = readActions(readSelection(fields, 'Action', where), where);
  const conditions = readPolicyKeys(fields.get('Condition'), where).map((one) => makeCondition(one, variables));
  const covered = findStsActions(actions);
  // A trust policy names no resources: each of its statements is about its role.
  const resources = { inverted: true, of: [] };
  const statement = { number: index + 1, sid, effect, principals, actions, covered, resources, conditions };
  checkSharedProviders(statement, where);
  return statement;
}

/** IAM has NotPrincipal in resource-based policies alone (F714). */
function checkNames({ entries }: JsonObject, index: number): void {
  if (!entries.some(([name]) => name === 'NotPrincipal')) return;
  const why = `statement ${index + 1} has NotPrincipal, which a trust policy may not have. Deny '*' with a condition on aws:PrincipalArn, such as ArnNotEquals`;
  throw new S3Error('PolicyFieldUnknown', { field: 'NotPrincipal' }, why);
}

/** Canonical ids and CloudFront's identities are principals of S3 alone. */
function checkKinds({ of }: Selection<Principal>, where: string): void {
  for (const principal of of) {
    if (principal.kind !== 'canonical user' && principal.kind !== 'origin access identity') continue;
    const why = `${where}: a trust policy may name no ${principal.kind}`;
    throw new S3Error('PolicyPrincipalInvalid', { kind: 'CanonicalUser', principal: principal.id }, why);
  }
}

const trustActions: ReadonlySet<string> = new Set<StsActionName>([
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:SetContext',
  'sts:SetSourceIdentity',
  'sts:TagSession',
]);

/** A trust policy can neither name other actions nor match them by a pattern. Names compare with case (F714). */
function readActions({ inverted, value }: WrittenSelection, where: string): Selection<string> {
  const patterns = readTexts(value, 'Action', where);
  for (const pattern of patterns) {
    const matching = stsActionsMatching(pattern);
    const isPattern = hasWildcard(pattern);
    const fits = isPattern
      ? matching.length > 0 && matching.every((one) => trustActions.has(one))
      : trustActions.has(pattern);
    // NotAction leaves out what it names, and may name more.
    if (fits || (inverted && matching.length > 0)) continue;
    throw new MalformedPolicyDocument(
      'AssumeRole policy may only specify STS AssumeRole actions.',
      `${where}: ${quote(pattern)} ${isPattern ? 'also matches other actions' : 'is not allowed'}; a trust policy may only name ${[...trustActions].join(', ')}.${isPattern ? '' : hintFor(pattern, [...trustActions])}`,
    );
  }
  return { inverted, of: patterns };
}

/** If it had no condition, the tokens of strangers could begin sessions of the role (F970). */
function checkSharedProviders({ effect, covered, principals, conditions }: PolicyStatement, where: string): void {
  if (effect === 'Deny' || !covered.has('sts:AssumeRoleWithWebIdentity')) return;
  for (const principal of principals?.of ?? [])
    if (principal.kind === 'federated') checkProvider(principal.name, conditions, where);
}

function checkProvider(principal: string, conditions: readonly PolicyCondition[], where: string): void {
  const issuer = principal.replace(/^arn:[^:]*:iam::\d*:oidc-provider\//, '');
  const keys = keysOfApplications.get(issuer);
  if (keys !== undefined && !conditions.some((one) => namesApplication(one, keys)))
    throw new MalformedPolicyDocument(
      `Policy trusting ${issuer} requires a StringEquals condition on an application id`,
      `${where} has no condition on ${keys.join(', ')} with StringEquals or StringEqualsIgnoreCase`,
    );
  if (issuer === cognito && conditions.length === 0)
    throw new MalformedPolicyDocument(
      'A condition block must be present for the Cognito provider',
      `${where} needs a condition on ${cognito}:aud`,
    );
  const key = sharedProviders.get(issuer);
  if (key !== undefined) checkClaims(issuer, [key], conditions, where);
  else if (issuer.startsWith(github)) checkGithub(principal, issuer, conditions, where);
}

/** The keys that name the application, by provider. Their comparison distinguishes upper and lower case. */
const keysOfApplications: ReadonlyMap<string, readonly string[]> = new Map([
  ['accounts.google.com', ['accounts.google.com:aud', 'accounts.google.com:oaud', 'accounts.google.com:sub']],
  ['www.amazon.com', ['www.amazon.com:app_id', 'www.amazon.com:sub']],
  ['graph.facebook.com', ['graph.facebook.com:app_id', 'graph.facebook.com:sub']],
]);

/** The keys compare with case here alone, and a pattern does not do. */
function namesApplication({ name, ifExists, key }: PolicyCondition, keys: readonly string[]): boolean {
  return (name === 'StringEquals' || name === 'StringEqualsIgnoreCase') && !ifExists && keys.includes(key);
}

const cognito = 'cognito-identity.amazonaws.com';
const github = 'token.actions.githubusercontent.com';

const confinedByAudience = [cognito, 'api.pulumi.com/oidc', 'oidc.vercel.com', 'sandboxes.cloud'];
const confinedBySubject = [
  ...['agent.buildkite.com', 'app.terraform.io', 'gitlab.com', 'oidc-configuration.audit-log.githubusercontent.com'],
  ...['oidc.codefresh.io', 'proidc.upbound.io', 'scalr.io', 'studio.datachain.ai/api', 'tokens.cloud.shisho.dev'],
  'vstoken.actions.githubusercontent.com',
  // IBM Turbonomic has a provider for each of its services.
  'rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7',
  'rh-oidc.s3.us-east-1.amazonaws.com/23e3sd27sju1hoou6ohfs68vbno607tr',
  'rh-oidc.s3.us-east-1.amazonaws.com/23ne21h005qjl3n33d8dui5dlrmv2tmg',
  'rh-oidc.s3.us-east-1.amazonaws.com/24jrf12m5dj7ljlfb4ta2frhrcoadm26',
  'oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb',
  'oidc.op1.openshiftapps.com/2c51blsaqa9gkjt0o9rt11mle8mmropu',
];

const sharedProviders: ReadonlyMap<string, string> = new Map([
  ...confinedByAudience.map((issuer) => [issuer, `${issuer}:aud`] as const),
  ...confinedBySubject.map((issuer) => [issuer, `${issuer}:sub`] as const),
  // Microsoft Sentinel names its workspace in the name of the session.
  ['sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d', 'sts:RoleSessionName'],
]);

const comparing: ReadonlySet<string> = new Set(['StringEquals', 'StringLike', 'StringEqualsIgnoreCase']);

function demandsOn(keys: readonly string[], conditions: readonly PolicyCondition[]): readonly PolicyCondition[] {
  const lower = keys.map((key) => key.toLowerCase());
  return conditions.filter(
    ({ name, ifExists, key }) => comparing.has(name) && !ifExists && lower.includes(key.toLowerCase()),
  );
}

/** Throws if no condition limits the claims. One condition is enough, and it limits them unless one of its values is exactly `*`. */
function checkClaims(
  issuer: string,
  keys: readonly string[],
  conditions: readonly PolicyCondition[],
  where: string,
): void {
  if (demandsOn(keys, conditions).some(({ values }) => !values.includes('*'))) return;
  throw unconfined(issuer, keys, where);
}

/**
 * Throws if the conditions on GitHub's claims do not limit the callers: a blank value, or a value that begins with a star, counts as unlimited. Of
 * the conditions of one operator each must limit them, and one such operator is enough.
 */
function checkGithub(principal: string, issuer: string, conditions: readonly PolicyCondition[], where: string): void {
  const keys = [`${issuer}:sub`, `${issuer}:job_workflow_ref`];
  const demands = demandsOn(keys, conditions);
  const isLimited = ({ values }: PolicyCondition) => values.every((value) => value.trim() !== '' && value[0] !== '*');
  const ofOperator = (one: PolicyCondition) =>
    demands.filter(({ name, quantifier }) => name === one.name && quantifier === one.quantifier);
  if (demands.some((one) => ofOperator(one).every(isLimited))) return;
  throw unconfined(principal, keys, where);
}

function unconfined(principal: string, keys: readonly string[], where: string): MalformedPolicyDocument {
  const named = keys.join(' or ');
  return new MalformedPolicyDocument(
    `Trust policy with trusted principal ${principal} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, ${named} which is not scoped to all.`,
    `${where} lets in the tokens of everyone who uses the provider`,
  );
}
