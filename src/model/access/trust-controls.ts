import { MalformedPolicyDocument } from './malformed-policy-document';
import type { PolicyCondition } from './policy-conditions';
import type { PolicyStatement } from './statement';

/**
 * The conditions that IAM demands of a trust policy for the identity providers that many customers of AWS share: without them, the tokens of
 * strangers would begin sessions of the role (F970).
 * @module
 */

/** Throws IAM's refusal of a statement that lets in web identities of a shared provider without confining them. */
export function checkSharedProviders(
  {
    effect,
    covered,
    principals,
    conditions,
  }: Pick<PolicyStatement, 'effect' | 'covered' | 'principals' | 'conditions'>,
  where: string,
): void {
  if (effect === 'Deny' || !covered.has('sts:AssumeRoleWithWebIdentity')) return;
  for (const principal of principals?.of ?? [])
    if (principal.kind === 'federated') checkProvider(principal.name, conditions, where);
}

function checkProvider(principal: string, conditions: readonly PolicyCondition[], where: string): void {
  const issuer = principal.replace(/^arn:[^:]*:iam::\d*:oidc-provider\//, '');
  const keys = keysOfApplications.get(issuer);
  if (keys !== undefined && !conditions.some(({ key }) => keys.includes(key)))
    throw new MalformedPolicyDocument(
      `Policy trusting ${issuer} requires a StringEquals condition on an application id`,
      `${where} has no condition on ${keys.join(', ')}`,
    );
  if (issuer === cognito && conditions.length === 0)
    throw new MalformedPolicyDocument(
      'A condition block must be present for the Cognito provider',
      `${where} needs a condition on ${cognito}:aud`,
    );
  const claim = sharedProviders.get(issuer);
  if (claim !== undefined) checkClaims(issuer, [`${issuer}:${claim}`], conditions, where);
  else if (issuer.startsWith(github)) checkGithub(principal, issuer, conditions, where);
}

/** The keys by which a provider names the application that a token is for. They compare with case here. */
const keysOfApplications: ReadonlyMap<string, readonly string[]> = new Map([
  ['accounts.google.com', ['accounts.google.com:aud', 'accounts.google.com:oaud', 'accounts.google.com:sub']],
  ['www.amazon.com', ['www.amazon.com:app_id']],
  ['graph.facebook.com', ['graph.facebook.com:app_id']],
]);

const cognito = 'cognito-identity.amazonaws.com';
const github = 'token.actions.githubusercontent.com';

/** The claim that has to be confined, by issuer. */
const sharedProviders: ReadonlyMap<string, string> = new Map([
  [cognito, 'aud'],
  ['app.terraform.io', 'sub'],
  ['gitlab.com', 'sub'],
  ['vstoken.actions.githubusercontent.com', 'sub'],
]);

const comparing: ReadonlySet<string> = new Set(['StringEquals', 'StringLike', 'StringEqualsIgnoreCase']);

/** The conditions that demand values of a claim. Keys compare without case. */
function demandsOn(keys: readonly string[], conditions: readonly PolicyCondition[]): readonly PolicyCondition[] {
  const lower = keys.map((key) => key.toLowerCase());
  return conditions.filter(
    ({ name, ifExists, key }) => comparing.has(name) && !ifExists && lower.includes(key.toLowerCase()),
  );
}

/** One condition is enough. Of its values, `*` alone counts as all. */
function checkClaims(
  issuer: string,
  keys: readonly string[],
  conditions: readonly PolicyCondition[],
  where: string,
): void {
  if (demandsOn(keys, conditions).some(({ values }) => !values.includes('*'))) return;
  throw unconfined(issuer, keys, where);
}

/** All conditions on the two claims have to confine. Of their values, blanks and all that begin with a star count as all. */
function checkGithub(principal: string, issuer: string, conditions: readonly PolicyCondition[], where: string): void {
  const keys = [`${issuer}:sub`, `${issuer}:job_workflow_ref`];
  const demands = demandsOn(keys, conditions);
  const isConfined = demands.every(({ values }) => values.every((value) => value.trim() !== '' && value[0] !== '*'));
  if (demands.length > 0 && isConfined) return;
  throw unconfined(principal, keys, where);
}

function unconfined(principal: string, keys: readonly string[], where: string): MalformedPolicyDocument {
  const named = keys.join(' or ');
  return new MalformedPolicyDocument(
    `Trust policy with trusted principal ${principal} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, ${named} which is not scoped to all.`,
    `${where} lets in the tokens of everyone who uses the provider`,
  );
}
