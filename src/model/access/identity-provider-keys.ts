/**
 * AWS reads more keys of a token when a role is assumed than the session then has (F1530, F1531).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 * @module
 */

interface ProviderKeys {
  readonly trust: readonly string[];
  readonly session: readonly string[];
}

const inEverySession = ['amr', 'aud', 'sub'];
const ofEveryToken = [...inEverySession, 'email', 'oaud'];

const ofGithub = [
  ...['actor', 'actor_id', 'enterprise_id', 'environment', 'job_workflow_ref', 'ref', 'repository', 'repository_id'],
  ...['repository_owner_id', 'workflow'],
];
const ofBuildkite = [
  ...['build_branch', 'cluster_id', 'cluster_name', 'organization_id', 'organization_slug', 'pipeline_id'],
  'pipeline_slug',
];
const ofGitlab = [
  ...['namespace_id', 'pipeline_source', 'project_id', 'ref_protected', 'runner_environment', 'user_access_level'],
  ...['user_email', 'user_id', 'user_login'],
];
const ofAmazon = ['app_id', 'user_id'];
const ofFacebook = ['app_id', 'id'];

const cognito = /^cognito-identity[\w.-]*\.amazonaws\.com(?:\.cn)?$/i;

/** The claims of all other providers are not keys, unless every token has them. */
const providers: readonly (readonly [issuer: RegExp, keys: ProviderKeys])[] = [
  [cognito, { trust: [...inEverySession, 'oaud'], session: inEverySession }],
  [/^www\.amazon\.com$/i, { trust: ofAmazon, session: ofAmazon }],
  [/^graph\.facebook\.com$/i, { trust: ofFacebook, session: ofFacebook }],
  [/^accounts\.google\.com$/i, withFurther(['google/organization_number'])],
  [/^token\.actions\.githubusercontent\.com(?:\/.+)?$/i, withFurther(ofGithub)],
  [/^token\.actions\.[^/]+\.ghe\.com$/i, withFurther(ofGithub)],
  [/^github\.com\/enterprises\/.+$/i, withFurther(ofGithub)],
  [/^gitlab\.com$/i, withFurther(ofGitlab)],
  [/^agent\.(?:buildkite\.com|[^/]+\.buildkite\.(?:dev|site))$/i, withFurther(ofBuildkite)],
  [/^oidc\.circleci\.com\/org\/[^/]+$/i, withFurther(['oidc.circleci.com/project-id'])],
  [/^idcs-[^/]+\.identity\.oraclecloud\.com$/i, withFurther(['rpst_id'])],
];

function withFurther(names: readonly string[]): ProviderKeys {
  return { trust: [...ofEveryToken, ...names], session: inEverySession };
}

export function findProviderKeys(issuer: string): ProviderKeys {
  return providers.find(([pattern]) => pattern.test(issuer))?.[1] ?? withFurther([]);
}

export function isCognito(issuer: string): boolean {
  return cognito.test(issuer);
}

/** Whether IAM knows the provider by itself. Any other provider belongs to an account, and has an ARN there. */
export function isBuiltIn(issuer: string): boolean {
  return isCognito(issuer) || /^(?:accounts\.google\.com|graph\.facebook\.com|www\.amazon\.com)$/i.test(issuer);
}

export interface ProviderKey {
  readonly issuer: string;
  readonly name: string;
}

export function findProviderKey(key: string): ProviderKey | undefined {
  const [, issuer, name] = /^([^\s:]+):(.+)$/s.exec(key) ?? [];
  return issuer === undefined || name === undefined || !issuer.slice(1, -1).includes('.')
    ? undefined
    : { issuer, name };
}

const samlKeys: ReadonlySet<string> = new Set(['saml:namequalifier', 'saml:sub', 'saml:sub_type']);

export function isSessionKey(key: string): boolean {
  const provider = findProviderKey(key);
  if (provider === undefined) return samlKeys.has(key.toLowerCase());
  return includes(findProviderKeys(provider.issuer).session, provider.name);
}

export function isTrustKey({ issuer, name }: ProviderKey): boolean {
  return includes(findProviderKeys(issuer).trust, name);
}

function includes(names: readonly string[], name: string): boolean {
  return names.includes(name.toLowerCase());
}
