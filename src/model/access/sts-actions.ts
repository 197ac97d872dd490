import type { ActionName } from './actions';
import type { Selection } from './policy-form';
import { matchesPattern, readPattern } from './wildcards';

/**
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
 * @module
 */

const stsActions = [
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:AssumeRoot',
  'sts:DecodeAuthorizationMessage',
  'sts:GetAccessKeyInfo',
  'sts:GetCallerIdentity',
  'sts:GetDelegatedAccessToken',
  'sts:GetFederationToken',
  'sts:GetScopedCredentials',
  'sts:GetServiceBearerToken',
  'sts:GetSessionToken',
  'sts:GetWebIdentityToken',
  'sts:SetContext',
  'sts:SetSourceIdentity',
  'sts:TagGetWebIdentityToken',
  'sts:TagSession',
] as const;

/** The name of an action of STS, such as `sts:AssumeRole`. */
export type StsActionName = (typeof stsActions)[number];

const assuming = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'] as const;
const tagging = [
  ...assuming,
  ...(['sts:GetFederationToken', 'sts:GetWebIdentityToken', 'sts:TagGetWebIdentityToken', 'sts:TagSession'] as const),
] as const;

/** The keys that apply to some actions only. All other keys apply to every action (F1534). */
const actionsByKey: Readonly<Record<string, readonly StsActionName[]>> = {
  'sts:ExternalId': ['sts:AssumeRole'],
  'sts:RoleAuthorizedByIdp': ['sts:AssumeRoleWithWebIdentity'],
  'sts:RoleSessionName': assuming,
  'sts:SourceIdentity': [...assuming, 'sts:SetSourceIdentity'],
  'sts:TransitiveTagKeys': [...assuming, 'sts:TagSession'],
  'aws:RequestTag/': tagging,
  'aws:TagKeys': tagging,
};

export const stsKeys: readonly string[] = Object.keys(actionsByKey).filter((key) => key.startsWith('sts:'));

const actionsByLowerKey = new Map(Object.entries(actionsByKey).map(([key, of]) => [key.toLowerCase(), of]));

export function goesWithSts(key: string, action: StsActionName): boolean {
  const [family = key] = /^[^/]+\/?/.exec(key.toLowerCase()) ?? [];
  return actionsByLowerKey.get(family)?.includes(action) ?? true;
}

/** An action that policies decide: of S3, of STS, whose sessions send requests to S3, of IAM, whose roles S3 assumes, or of KMS, whose keys they use. */
export type AskedAction = ActionName | IamActionName | KmsActionName | StsActionName;

export function isStsAction(action: AskedAction): action is StsActionName {
  return action.startsWith('sts:');
}

export function stsActionsMatching(pattern: string): readonly StsActionName[] {
  return stsActions.filter((action) => matchesAction(pattern, action));
}

/** The name of the service is written whole, or is `*`. */
function matchesAction(pattern: string, action: string): boolean {
  if (pattern === '*') return true;
  const [service = '', name] = pattern.toLowerCase().split(/:(.*)/s);
  const [own, wanted = ''] = action.toLowerCase().split(':');
  return (service === own || service === '*') && name !== undefined && matchesPattern(readPattern(name), wanted);
}

export function findStsActions({ inverted, of }: Selection<string>): ReadonlySet<string> {
  const named = new Set<string>(of.flatMap(stsActionsMatching));
  return inverted ? new Set(stsActions.filter((name) => !named.has(name))) : named;
}

export const passRole = 'iam:PassRole';

type IamActionName = typeof passRole;

export function isIamAction(action: string): action is IamActionName {
  return action === passRole;
}

export function findIamActions({ inverted, of }: Selection<string>): ReadonlySet<string> {
  return new Set(of.some((pattern) => matchesAction(pattern, passRole)) === inverted ? [] : [passRole]);
}

const kmsActions = ['kms:Decrypt', 'kms:Encrypt'] as const;

/** What the role of a replication needs on a key of KMS. */
export type KmsActionName = (typeof kmsActions)[number];

export function isKmsAction(action: string): action is KmsActionName {
  return action.startsWith('kms:');
}

export function findKmsActions({ inverted, of }: Selection<string>): ReadonlySet<string> {
  const isNamed = (action: string) => of.some((pattern) => matchesAction(pattern, action));
  return new Set(kmsActions.filter((action) => isNamed(action) !== inverted));
}
