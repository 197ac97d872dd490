import { isDeepStrictEqual } from 'node:util';
import type { SetConditions } from '../model/access/condition-key-values';
import type { Account, Identity, IdentityFacts } from '../model/identity/account';
import { fullName, splitName } from '../model/identity/iam-name';
import { idPrefixes, uniqueId } from '../model/identity/unique-id';
import type { Store } from '../model/store';
import { S3MockError } from '../s3-mock-error';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { hintFor } from '../text/spelling';
import { writeGiven, writeValue } from '../text/values';
import type { RequestConditions } from './access-conditions';
import { readCallerTags } from './caller-tags';
import { type TagsFixture, tagsLiteral } from './parts/tagging';
import type { PolicyLiteral } from './policy';
import { conditionsLiteral, readSetConditions } from './set-conditions';
import { checkNoDocument, checkSamePolicies, policiesLiteral, readPolicies } from './user-policy';

/** The rights of a user or a role, and what policies may ask about it. Without any policy, it may do everything that its account may. */
export interface UserFixture {
  /** Its inline policy: the document as an object, or its JSON. It may do what the policy allows, and nothing else. */
  readonly policy?: PolicyLiteral | string | undefined;
  /** Managed policies by name. Each has `Version: '2012-10-17'`. S3 names them in its refusals by their ARN, `arn:aws:iam::ID:policy/NAME`. */
  readonly managedPolicies?: Readonly<Record<string, PolicyLiteral | string>> | undefined;
  /** Its tags, `{ team: 'archive' }`: the values of `aws:PrincipalTag/team`. Their keys compare without case. */
  readonly tags?: TagsFixture | undefined;
  /** Values of condition keys in its requests, such as `{ 'aws:SourceVpc': 'vpc-1' }`. They win over those of the mock. */
  readonly conditions?: RequestConditions | undefined;
  /** Its unique id, `AIDA...` of a user, `AROA...` of a role: the value of `aws:userid`. Default: one that follows from account and name. */
  readonly id?: string | undefined;
}

type Kind = 'user' | 'role';

/** Reads a fixture. The facts that it does not give are undefined. `label` names the user or the role. */
export function readFacts(label: string, kind: Kind, fixture: UserFixture | undefined): IdentityFacts {
  if (fixture === undefined) return {};
  checkNoDocument(label, fixture);
  const further = kind === 'role' ? ['trust', 'maxSessionDuration'] : [];
  checkOptionNames(label, fixture, ['policy', 'managedPolicies', 'tags', 'conditions', 'id', ...further]);
  const { tags, conditions, id } = fixture;
  return {
    isDeclared: true,
    id: readId(label, kind, id),
    policies: readPolicies(label, fixture),
    tags: tags === undefined ? undefined : readCallerTags(label, tags),
    conditions: conditions === undefined ? undefined : readSetConditions(label, conditions),
  };
}

/** IAM's own ids have 16 letters at least; those of AWS's examples have fewer (F663). */
function readId(label: string, kind: Kind, id: unknown): string | undefined {
  const prefix = idPrefixes[kind];
  if (id === undefined) return undefined;
  if (typeof id === 'string' && /^[A-Z\d]{5,128}$/.test(id) && id.startsWith(prefix)) return id;
  throw invalidValue(
    label,
    'id',
    id,
    `${prefix} and up to 124 capital letters and digits, such as '${prefix}EXAMPLEID', or undefined`,
  );
}

/** Throws if a user or a role of any account has the id that another one is given. */
export function checkFreeId({ accounts }: Store, label: string, id: string | undefined): void {
  if (id === undefined) return;
  const owner = accounts.flatMap(({ users, roles }) => [...users, ...roles]).find((one) => one.id === id);
  if (owner === undefined) return;
  throw new TypeError(`${label}: the id ${writeGiven(id)} is that of ${writeGiven(fullName(owner))}. Give another.`);
}

/** Throws if users (roles) of an account were declared, since a name that none of them has is then misspelt. */
export function checkNoneDeclared({ name: owner, users, roles }: Account, kind: Kind, written: string): void {
  const known = kind === 'user' ? users : roles;
  if (!known.some(({ isDeclared }) => isDeclared)) return;
  const names = known.map(fullName);
  const declares = `${kind}(${writeGiven(written)}, { policy })`;
  throw new TypeError(
    `account ${writeGiven(owner)}: there is no ${kind} ${writeGiven(written)}.${hintFor(written, names)} The ${kind}s are: ${names.join(', ')}. ${declares} or the option ${kind}s declares another; with {} nothing limits it.`,
  );
}

/** The facts of a call, with the path in front of the name. */
type GivenFacts = IdentityFacts & { readonly path?: string | undefined };

/** Throws unless a user or a role that exists has the facts that a later call gives. */
export function checkSameFacts(label: string, kind: Kind, known: Identity, given: GivenFacts): void {
  checkSamePolicies(label, known, given);
  for (const [name, read] of comparable) {
    const wants = read(given);
    const has = read(known);
    if (wants === undefined || isDeepStrictEqual(has, wants)) continue;
    throw new S3MockError(
      kind === 'user' ? 'USER_EXISTS' : 'ROLE_EXISTS',
      `${label}: its ${name} is ${writeValue(has)}, and was given as ${writeValue(wants)}. Give it once, or another name.`,
    );
  }
}

/** The facts beside policies, in a form that can be compared. */
const comparable: readonly (readonly [name: string, read: (facts: GivenFacts) => unknown])[] = [
  ['path', ({ path }) => path],
  ['id', ({ id }) => id],
  ['tags', ({ tags }) => tags && tagsLiteral(tags)],
  ['conditions', ({ conditions }) => conditions && valuesByKey(conditions)],
];

function valuesByKey(conditions: SetConditions): object {
  return Object.fromEntries([...conditions].map(([key, { values }]) => [key, values]));
}

/** A user or a role as the fixture that makes it, without its id. */
export function userLiteral({ policies, tags, conditions }: Identity): Omit<UserFixture, 'id'> {
  return {
    ...policiesLiteral(policies),
    ...(tags.length > 0 && { tags: tagsLiteral(tags) }),
    ...(conditions.size > 0 && { conditions: conditionsLiteral(conditions) }),
  };
}

/** Users or roles by their names with their paths, as the fixtures that make them. An id is written if it was given. */
export function literalsByName<Some extends Identity, Fixture>(
  account: Account,
  kind: Kind,
  identities: readonly Some[],
  literalOf: (identity: Some) => Fixture,
): Readonly<Record<string, Fixture & Pick<UserFixture, 'id'>>> {
  const entries = identities.map((one) => {
    const isGiven = one.id !== uniqueId(account, kind, one.name);
    return [fullName(one), { ...(isGiven && { id: one.id }), ...literalOf(one) }] as const;
  });
  return Object.fromEntries(entries);
}

/** Whether a user or a role has this name, alone or with its path in front. */
export function isNamed(identity: Identity, written: string): boolean {
  const { name, path = identity.path } = splitName(written);
  return identity.name === name && identity.path === path;
}
