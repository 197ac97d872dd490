/**
 * The rules of IAM once more, on policies as JSON and with regular expressions. It shares nothing with the library, so that both are
 * wrong in the same way only by chance. Bucket policies alone have principals; ACLs are not in it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @module
 */

type Json = Readonly<Record<string, unknown>>;

export interface NaiveAccount {
  readonly id: string;
  readonly canonicalId: string;
}

export interface NaiveCaller {
  /** Undefined for an anonymous caller. */
  readonly account: NaiveAccount | undefined;
  /** The ARNs of a user, or of a role and its session; the root user has none. */
  readonly arns: readonly string[];
  readonly sessionArn: string | undefined;
}

export interface NaiveQuestion {
  readonly caller: NaiveCaller;
  readonly owner: NaiveAccount;
  readonly action: string;
  readonly resource: string;
  /** The values of condition keys, by keys in lower case. */
  readonly values: Readonly<Record<string, readonly string[] | undefined>>;
  /** The statements of the caller's own policies; undefined if nothing limits it. */
  readonly identity: readonly Json[] | undefined;
  readonly session: readonly Json[] | undefined;
  readonly bucket: readonly Json[] | undefined;
}

/** The actions with which the root user of the owner mends a policy that denies everything. */
const mending = ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'];

export function isNaivelyAllowed(question: NaiveQuestion): boolean {
  const { caller, owner, action, identity = [], session = [], bucket = [] } = question;
  const isOwn = caller.account?.id === owner.id;
  const isMending = isOwn && caller.arns.length === 0 && mending.includes(action);
  const denying = [...identity, ...session, ...(isMending ? [] : bucket)].filter((one) => one['Effect'] === 'Deny');
  if (denying.some((one) => isMet(one, question))) return false;
  const allows = (statements: readonly Json[] | undefined) =>
    (statements ?? []).some((one) => one['Effect'] === 'Allow' && isMet(one, question));
  const byBucket = allows(question.bucket);
  if (caller.account === undefined) return byBucket;
  const byIdentity = question.identity === undefined || allows(question.identity);
  const bySession = question.session === undefined || allows(question.session);
  if (!isOwn) return byIdentity && bySession && byBucket;
  const toSession = bucket.filter((one) =>
    namesIn(one['Principal']).some((name) => name === '*' || name === caller.sessionArn),
  );
  const isDirect = caller.sessionArn !== undefined && allows(toSession);
  return isDirect || (bySession && (byIdentity || byBucket));
}

function isMet(statement: Json, question: NaiveQuestion): boolean {
  const { Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition = {} } = statement;
  const isAction = (pattern: string) => globbed(pattern, 'i').test(question.action);
  const isResource = (pattern: string) => {
    const filled = withValues(pattern, question);
    return filled !== undefined && globbed(filled).test(question.resource);
  };
  return (
    (NotAction === undefined ? listOf(Action).some(isAction) : !listOf(NotAction).some(isAction)) &&
    (NotResource === undefined ? listOf(Resource).some(isResource) : !listOf(NotResource).some(isResource)) &&
    (Principal === undefined || isPrincipal(Principal, statement['Effect'] === 'Deny', question)) &&
    (NotPrincipal === undefined || !isSpared(NotPrincipal, question)) &&
    Object.entries(Condition as Json).every(
      (
        [operator, keys], // an object in every policy of the test
      ) => Object.entries(keys as Json).every(([key, wanted]) => holds(operator, key, listOf(wanted), question)),
    )
  );
}

function isPrincipal(principal: unknown, isDeny: boolean, { caller, owner }: NaiveQuestion): boolean {
  const names = namesIn(principal);
  const { account, arns } = caller;
  if (names.includes('*')) return true;
  if (account === undefined) return false;
  if (arns.some((arn) => names.includes(arn))) return true;
  // To its own users, an account that names itself gives nothing.
  return isAccountIn(names, account) && (isDeny || arns.length === 0 || account.id !== owner.id);
}

function isSpared(notPrincipal: unknown, { caller: { account, arns } }: NaiveQuestion): boolean {
  const names = namesIn(notPrincipal);
  if (names.includes('*')) return true;
  return account !== undefined && isAccountIn(names, account) && arns.every((arn) => names.includes(arn));
}

function isAccountIn(names: readonly string[], { id, canonicalId }: NaiveAccount): boolean {
  return names.includes(id) || names.includes(`arn:aws:iam::${id}:root`) || names.includes(canonicalId);
}

function namesIn(principal: unknown): readonly string[] {
  return typeof principal === 'string' ? [principal] : Object.values(principal ?? {}).flatMap(listOf);
}

const compared: Readonly<Record<string, (given: string, wanted: string, question: NaiveQuestion) => boolean>> = {
  StringEquals: (given, wanted) => given === wanted,
  StringLike: (given, wanted, question) => {
    const filled = withValues(wanted, question);
    return filled !== undefined && globbed(filled).test(given);
  },
  NumericLessThan: (given, wanted) => Number(given) < Number(wanted),
  Bool: (given, wanted) => given === wanted,
  ArnLike: (given, wanted) => globbed(wanted).test(given),
  // The blocks of the test end with a part of the address.
  IpAddress: (given, wanted) => {
    const [address = '', prefix] = wanted.split('/');
    const parts = address.split('.').slice(0, Number(prefix) / 8);
    return given.startsWith(`${parts.join('.')}.`);
  },
};

function holds(operator: string, key: string, wanted: readonly string[], question: NaiveQuestion): boolean {
  const given = question.values[key.toLowerCase()];
  if (operator === 'Null') return wanted.includes(String(given === undefined));
  const [, quantifier, name = '', ifExists] = /^(?:(.+):)?(.+?)(IfExists)?$/.exec(operator) ?? [];
  const isNegated = name.includes('Not');
  const compare = compared[name.replace('Not', '')];
  const fits = (one: string) => wanted.some((value) => compare?.(one, value, question)) !== isNegated;
  if (quantifier === 'ForAllValues') return given === undefined || given.every(fits);
  if (quantifier === 'ForAnyValue') return given?.some(fits) ?? false;
  if (given === undefined) return ifExists !== undefined || isNegated;
  // A key of lists is a list even with one member, and no operator compares a list without a quantifier.
  return given.length === 1 && key !== 'aws:TagKeys' && given.every(fits);
}

/** The text with the values of its variables; undefined if the request has none. */
function withValues(text: string, { values }: NaiveQuestion): string | undefined {
  const names = [...text.matchAll(/\$\{(.*?)\}/g)].map(([, name = '']) => name);
  if (names.some((name) => values[name.toLowerCase()] === undefined)) return undefined;
  return names.reduce((filled, name) => filled.replace(`\${${name}}`, values[name.toLowerCase()]?.[0] ?? ''), text);
}

function globbed(pattern: string, flags = ''): RegExp {
  const parts = [...pattern].map((letter) => {
    if (letter === '*') return '[^]*';
    return letter === '?' ? '[^]' : letter.replace(/[^\w]/, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`, flags);
}

function listOf(value: unknown): readonly string[] {
  return [value].flat().map(String);
}
