import { isDeepStrictEqual } from 'node:util';
import type { SetConditions } from '../model/access/condition-key-values';
import {
  acceptBlock,
  type PublicAccessBlock,
  type PublicAccessSwitch,
  publicAccessSwitches,
} from '../model/configurations/public-access-switches';
import {
  type Account,
  type Identity,
  type Role,
  type RoleFacts,
  type User,
  usualSessionDuration,
} from '../model/identity/account';
import { callIdentity } from '../model/identity/account-text';
import { checkName, splitName, writeFullName } from '../model/identity/iam-name';
import { type Credentials, freezeCredentials } from '../model/identity/session';
import { idPrefixes, makeUniqueId } from '../model/identity/unique-id';
import { isReserved } from '../model/sessions/session-policies';
import type { Store } from '../model/store';
import type { Tag } from '../model/tagging';
import { S3MockError } from '../s3-mock-error';
import { readShape } from '../shapes/document-reader';
import { required, structure } from '../shapes/elements';
import { byRule, givenNames, ignoring, matching, readBy, shapeOf } from '../shapes/given';
import { readOptions, type Writers, writeMembers } from '../shapes/given-reader';
import { Code } from '../text/calls';
import { sameCure } from '../text/closed-members';
import { invalidValue } from '../text/invalid-value';
import { firstFound } from '../text/lists';
import { makeMistake } from '../text/mistakes';
import { type Duration, readDuration } from '../text/moments';
import { clause, say } from '../text/reason';
import { hintFor } from '../text/spelling';
import { isRecord } from '../text/value-kinds';
import { writeGiven, writeValue } from '../text/values';
import { conditionsLiteral, organizationId, type RequestConditions, readSetConditions } from './access-conditions';
import { refusalAsTypeError } from './literals';
import { makeTagError, readTagList, type TagsFixture, tagsLiteral } from './parts/tagging';
import {
  checkNoDocument,
  checkSamePolicies,
  checkSameTrust,
  type PolicyLiteral,
  policiesLiteral,
  policyLiteral,
  readBoundary,
  readInlinePolicy,
  readManagedPolicies,
  readTrust,
  type TrustPolicyLiteral,
  trustLiteral,
} from './policy';

/** An account that a test creates. */
export interface AccountFixture {
  /** Its id, 12 digits, for example the id that the policy of a partner names. Default: an id that follows from the seed and the name. */
  readonly id?: string | undefined;
  /** The keys of its root user, for example the keys that the code under test reads. If they are left out, keys are generated. */
  readonly credentials?: Credentials | undefined;
  /**
   * The organization that the account is a member of, `o-...`: `aws:PrincipalOrgID` of its callers and `aws:ResourceOrgID` of its buckets.
   */
  readonly organizationId?: string | undefined;
  /** Its users by name, with their policies. */
  readonly users?: UserFixtures | undefined;
  /** Its roles by name, with their policies and who can assume them. */
  readonly roles?: RoleFixtures | undefined;
  /** The switches that keep all of its buckets from being public. A switch that is left out is off. Default: it has no block. */
  readonly publicAccessBlock?: PublicAccessBlock | undefined;
}

/** Accounts by name. A bucket can name an account as its `owner` by this name. */
export type AccountFixtures = Readonly<Record<string, AccountFixture>>;

/** Users by name. A path can be in front of the name: `'division/ann'`. A user without a policy can do everything that the account can. */
export type UserFixtures = Readonly<Record<string, UserFixture>>;

const keysShape = shapeOf<Credentials>()({
  accessKeyId: required(matching(/^[\w-]{1,128}$/, '1 to 128 letters, digits, hyphens and underscores')),
  secretAccessKey: required(matching(/./s, 'text')),
});

/** What the AWS SDK v3 has in credentials beside the keys. It writes `$source` into the object of its user when it sends. */
const besideKeys = ['$source', 'accountId', 'credentialScope', 'expiration'];

const accountShape = shapeOf<AccountFixture>()({
  id: matching(/^\d{12}$/, "12 digits in a string, such as '111122223333', or undefined"),
  credentials: ignoring(keysShape, besideKeys),
  organizationId,
  users: byRule,
  roles: byRule,
  publicAccessBlock: byRule,
});

/** Accounts that need nothing but a name can be given as a list of names. */
export function accountsByName(given: AccountFixtures | readonly string[]): AccountFixtures {
  return isNames(given) ? Object.fromEntries(given.map((name) => [name, {}])) : given;
}

function isNames(given: unknown): given is readonly string[] {
  return Array.isArray(given) && given.every((one) => typeof one === 'string') && new Set(given).size === given.length;
}

export function addAccounts(store: Store, at: string, given: AccountFixtures | readonly string[] = {}): void {
  const expected = "an account, such as { id: '111122223333' }, or {}";
  for (const [name, fixture] of readEntries(at, accountsByName(given), expected))
    addAccount(store, `${at}: ${writeGiven(name)}`, name, fixture);
}

/** `createAccount` takes the name in front of the fixture, or in it. */
export function readNamedAccount(
  account: string | (AccountFixture & { readonly name: string }),
  fixture: AccountFixture | undefined,
): [name: string, fixture: AccountFixture | undefined] {
  if (typeof account !== 'object' || account === null || fixture !== undefined) return [account as string, fixture]; // checked by `addAccount`
  const { name, ...others } = account;
  return [name, others];
}

export function addAccount(store: Store, at: string, name: string, fixture: AccountFixture = {}): Account {
  checkAccountName(store, at, name);
  const { members } = accountShape;
  const giving = { at, now: 0, joint: ': ' } as const;
  const read = readOptions(members, fixture, giving, givenNames(members), curesOfAccount);
  const { id, credentials, organizationId: organization } = read;
  if (id !== undefined) checkFreeAccountId(store, at, id);
  if (credentials) checkFreeKey(store, `${at}: credentials`, credentials);
  return store.transaction(() => {
    const account = store.addAccount(name, {
      ...{ id, organizationId: organization },
      credentials: credentials && freezeCredentials(credentials),
    });
    addHoldings(store, account, at, fixture);
    return account;
  });
}

function checkAccountName(store: Store, at: string, name: unknown): void {
  if (typeof name !== 'string' || !/\S/.test(name)) throw invalidValue(at, 'name', name, "text, such as 'partner'");
  if (store.findAccount(name))
    throw new S3MockError(
      'ACCOUNT_EXISTS',
      `${at}: there is an account ${writeGiven(name)} already. Give another name.`,
    );
}

function checkFreeAccountId(store: Store, at: string, id: string): void {
  const owner = store.findAccount(id);
  if (owner === undefined) return;
  throw makeMistake(
    `${at}: the id ${writeGiven(id)} is the id or the name of the account ${writeGiven(owner.name)}. Give another id.`,
  );
}

export function addHoldings(
  store: Store,
  account: Account,
  at: string,
  { users, roles, publicAccessBlock }: Pick<AccountFixture, 'users' | 'roles' | 'publicAccessBlock'>,
): void {
  account.publicAccessBlock = readPublicAccessBlock(at, publicAccessBlock);
  const place = { store, account };
  const caller = '{ policy }, or {} if nothing limits it';
  for (const [name, user] of readEntries(`${at}: users`, users, caller)) addUser(place, name, user, `${at}: users: `);
  for (const [name, role] of readEntries(`${at}: roles`, roles, caller)) addRole(place, name, role, `${at}: roles: `);
}

const blockSwitches = Object.keys(publicAccessSwitches) as readonly PublicAccessSwitch[]; // its own keys

export function readPublicAccessBlock(call: string, value: unknown): PublicAccessBlock | undefined {
  if (value === undefined || value === null) return undefined;
  const at = `${call}: publicAccessBlock`;
  const document = readShape(at, structure(publicAccessSwitches), value) as PublicAccessBlock; // a value of the shape
  return refusalAsTypeError(at, () => acceptBlock(document, blockSwitches));
}

function readEntries<Fixture>(
  at: string,
  fixtures: Readonly<Record<string, Fixture>> | undefined,
  expected: string,
): readonly (readonly [string, Fixture])[] {
  if (fixtures === undefined) return [];
  if (isRecord(fixtures)) {
    const entries = Object.entries(fixtures);
    const [missing] = entries.find(([, fixture]) => fixture === undefined) ?? [];
    if (missing === undefined) return entries;
    throw invalidValue(`${at}: ${writeGiven(missing)}`, 'value', undefined, expected);
  }
  throw invalidValue(at, 'value', fixtures, 'an object by name, such as { writer: { policy } }');
}

interface AccountInStore {
  readonly store: Store;
  readonly account: Account;
}

/** Throws if the user has other facts, or if the name alone is given and only others were declared. */
export function addUser(place: AccountInStore, written: string, fixture?: UserFixture, at = ''): User {
  const { label, facts, path } = readIdentity(place, 'user', written, fixture, at);
  const user = place.account.user(written, facts);
  checkSameFacts(label, 'user', user, { ...facts, path });
  return user;
}

export function addRole(place: AccountInStore, written: string, fixture?: RoleFixture, at = ''): Role {
  const { label, facts, path } = readIdentity(place, 'role', written, fixture, at);
  const role = place.account.role(written, facts);
  checkSameFacts(label, 'role', role, { ...facts, path });
  checkSameTrust(label, role.trust, facts.trust);
  return role;
}

function readIdentity(
  { store, account }: AccountInStore,
  kind: Kind,
  written: string,
  fixture: RoleFixture | undefined,
  at: string,
): { readonly label: string; readonly facts: RoleFacts; readonly path: string | undefined } {
  checkName(kind, written, at);
  const { name, path } = splitName(written);
  const label = `${at}${kind} ${writeGiven(written)}`;
  const facts = readFacts(label, kind, fixture);
  if (!(kind === 'user' ? account.findUser(name) : account.findRole(name))) {
    if (!facts.isDeclared) checkNoneDeclared(account, kind, written);
    checkFreeId(store, label, facts.id);
  }
  return { label, facts, path };
}

function checkFreeKey(store: Store, at: string, { accessKeyId }: Credentials): void {
  if (store.findSecret(accessKeyId) !== undefined)
    throw makeMistake(
      `${at}: accessKeyId ${writeGiven(accessKeyId)} is the key of another account or user. Give another.`,
    );
}

interface Holdings {
  readonly users?: UserFixtures;
  readonly roles?: RoleFixtures;
  readonly publicAccessBlock?: PublicAccessBlock;
}

const holdings: Writers<Holdings, Account> = {
  users: (account) => literalsByName(account, 'user', account.users, userLiteral),
  roles: (account) => literalsByName(account, 'role', account.roles, roleLiteral),
  publicAccessBlock: ({ publicAccessBlock }) => publicAccessBlock,
};

const accountWriters: Writers<AccountFixture, Account> = {
  // An id that the test did not choose follows from the name.
  id: ({ hasGivenId, id }) => (hasGivenId ? id : undefined),
  // Only keys that the test itself chose are written. A text of credentials contains no secret, but a fixture needs it.
  credentials: ({ credentials, hasGivenKeys }) => (hasGivenKeys ? { ...credentials } : undefined),
  organizationId: ({ organizationId: id }) => id,
  ...holdings,
};

/** Writes the accounts without the default account. Returns undefined if there is no other. */
export function accountLiterals({ accounts, defaultAccount }: Store): AccountFixtures | undefined {
  const others = accounts.filter((account) => account !== defaultAccount);
  if (others.length === 0) return undefined;
  return Object.fromEntries(others.map((account) => [account.name, writeMembers(accountWriters, account)]));
}

export function holdingLiterals(account: Account): Holdings {
  return writeMembers(holdings, account);
}

/**
 * The rights of a user or a role, and its properties that policies can ask about. If it has no policy, it can do everything that its
 * account can.
 */
export interface UserFixture {
  /** Its inline policy: the document as an object, or its JSON. The user or role can do what the policy allows, and nothing else. */
  readonly policy?: PolicyLiteral | string | undefined;
  /**
   * Managed policies by name. Each contains `Version: '2012-10-17'`. S3 names them in its refusals by their ARN,
   * `arn:aws:iam::ID:policy/NAME`.
   */
  readonly managedPolicies?: Readonly<Record<string, PolicyLiteral | string>> | undefined;
  /**
   * Its permissions boundary: the document as an object, or its JSON. What its policies allow counts only as far as the boundary allows it,
   * too. A user or a role with a boundary and without a policy can do what the boundary allows.
   */
  readonly permissionsBoundary?: PolicyLiteral | string | undefined;
  /** Its tags, `{ team: 'archive' }`: the values of `aws:PrincipalTag/team`. The case of a key does not matter. */
  readonly tags?: TagsFixture | undefined;
  /**
   * Values of condition keys in its requests, such as `{ 'aws:SourceVpc': 'vpc-1' }`; for a role also keys of an identity provider, `{
   * 'cognito-identity.amazonaws.com:sub': 'eu-west-1:4f0c' }`. They take precedence over the conditions of the mock.
   */
  readonly conditions?: RequestConditions | undefined;
  /**
   * Its unique id, `AIDA...` for a user, `AROA...` for a role: the value of `aws:userid`. Default: an id that follows from account and
   * name.
   */
  readonly id?: string | undefined;
}

type Kind = 'user' | 'role';

const curesOfAccount = {
  ...sameCure(
    ['serviceControlPolicies', 'serviceControlPolicy', 'scp', 'scps', 'resourceControlPolicies', 'rcps'],
    'The mock does not compare policies of organizations: deny in the policies of users, roles and buckets what they deny.',
  ),
  ...sameCure(['accountId', 'AccountId', 'account', 'Account'], 'Give it as id.'),
  ...sameCure(['name', 'Name'], 'The name is in front of the fixture: accounts: { partner: {} }.'),
};

const curesOfCaller = {
  ...sameCure(
    ['PermissionsBoundary', 'permissions_boundary', 'boundary'],
    'Give it as permissionsBoundary, the document of the policy.',
  ),
  ...sameCure(
    [
      ...[
        'assumeRolePolicy',
        'assumeRolePolicyDocument',
        'AssumeRolePolicyDocument',
        'assume_role_policy',
        'assumedBy',
      ],
      ...['trustPolicy', 'TrustPolicy', 'trust_policy', 'trustRelationship', 'trustRelationships'],
    ],
    'Give it as trust.',
  ),
  ...sameCure(
    ['policies', 'Policies', 'inlinePolicies', 'inlinePolicy', 'PolicyDocument', 'policyDocument', 'permissions'],
    'Give the one inline policy as policy, and others by name in managedPolicies.',
  ),
  ...sameCure(
    ['managedPolicyArns', 'ManagedPolicyArns', 'managed_policy_arns', 'attachedPolicies'],
    'Give managedPolicies: the documents of the policies by their names.',
  ),
  ...sameCure(['groups', 'Groups'], 'The mock has no groups: give the policies of a group in managedPolicies.'),
  ...sameCure(['path', 'Path'], "The name has the path in front: 'division/ann'."),
};

const userShape = makeUserShape('user');

const roleShape = shapeOf<RoleFixture>()({
  ...makeUserShape('role').members,
  trust: readBy((at, trust: NonNullable<RoleFixture['trust']>) => readTrust(at, trust)),
  maxSessionDuration: readBy(readSeconds),
});

const identityShapes = { user: userShape, role: roleShape };

function makeUserShape(kind: Kind) {
  const prefix = idPrefixes[kind];
  return shapeOf<UserFixture>()({
    policy: readBy(readInlinePolicy),
    managedPolicies: readBy(readManagedPolicies),
    permissionsBoundary: readBy(readBoundary),
    tags: readBy(readCallerTags),
    conditions: readBy((at, conditions: RequestConditions) => readSetConditions(at, conditions, kind === 'role')),
    // IAM's own ids have 16 letters at least; those of AWS's examples have fewer (F663).
    id: matching(
      new RegExp(`^${prefix}[A-Z\\d]{1,124}$`),
      `${prefix} and up to 124 capital letters and digits, such as '${prefix}EXAMPLEID', or undefined`,
    ),
  });
}

function readFacts(at: string, kind: Kind, fixture: RoleFixture | undefined): RoleFacts {
  if (fixture === undefined) return {};
  checkNoDocument(at, fixture);
  const { members } = identityShapes[kind];
  return { isDeclared: true, ...readOptions(members, fixture, { at, now: 0 }, givenNames(members), curesOfCaller) };
}

function checkFreeId({ accounts }: Store, label: string, id: string | undefined): void {
  if (id === undefined) return;
  const owner = firstFound(accounts, (account) => account.findNameById(id));
  if (owner === undefined) return;
  throw makeMistake(`${label}: the id ${writeGiven(id)} belongs to ${writeGiven(owner)}. Give another id.`);
}

/** Throws for an unknown name once a user (or a role) was declared: the name is misspelt then. */
function checkNoneDeclared(account: Account, kind: Kind, written: string): void {
  if (!account.hasDeclared(kind)) return;
  const { name: owner, users, roles } = account;
  const names = (kind === 'user' ? users : roles).map(writeFullName);
  const declares = callIdentity({ name: owner }, kind, written, { policy: new Code('policy') });
  throw makeMistake(
    say`account ${writeGiven(owner)}: there is no ${kind} ${writeGiven(written)}.${hintFor(written, names)} The ${kind}s are: ${names.join(', ')}. ${clause`${declares} or `}${clause`the option ${kind}s declares another; with {} nothing limits it.`}`,
  );
}

type GivenFacts = RoleFacts & { readonly path?: string | undefined };

function checkSameFacts(label: string, kind: Kind, known: Identity, wanted: GivenFacts): void {
  checkSamePolicies(label, known, wanted);
  for (const [name, read] of comparable) {
    const wants = read(wanted);
    const has = read(known);
    if (wants === undefined || isDeepStrictEqual(has, wants)) continue;
    throw new S3MockError(
      kind === 'user' ? 'USER_EXISTS' : 'ROLE_EXISTS',
      `${label}: its ${name} is ${writeValue(has)}, but was also given as ${writeValue(wants)}. Give it once, or use another name.`,
    );
  }
}

const comparable: readonly (readonly [name: string, read: (facts: GivenFacts) => unknown])[] = [
  ['path', ({ path }) => path],
  ['id', ({ id }) => id],
  ['permissionsBoundary', ({ permissionsBoundary }) => policyLiteral(permissionsBoundary)],
  ['tags', ({ tags }) => tags && tagsLiteral(tags)],
  ['conditions', ({ conditions }) => conditions && valuesByKey(conditions)],
  ['maxSessionDuration', ({ maxSessionDuration }) => maxSessionDuration],
];

function valuesByKey(conditions: SetConditions): object {
  return Object.fromEntries([...conditions].map(([key, { values }]) => [key, values]));
}

const userWriters: Writers<Omit<UserFixture, 'id'>, Identity> = {
  policy: (identity) => policiesLiteral(identity).policy,
  managedPolicies: (identity) => policiesLiteral(identity).managedPolicies,
  permissionsBoundary: ({ permissionsBoundary }) => policyLiteral(permissionsBoundary),
  tags: ({ tags }) => (tags.length > 0 ? tagsLiteral(tags) : undefined),
  conditions: ({ conditions }) => (conditions.size > 0 ? conditionsLiteral(conditions) : undefined),
};

const roleWriters: Writers<Omit<RoleFixture, 'id'>, Role> = {
  ...userWriters,
  trust: ({ trust }) => trustLiteral(trust),
  maxSessionDuration: ({ maxSessionDuration: seconds }) => (seconds === usualSessionDuration ? undefined : seconds),
};

export function userLiteral(identity: Identity): Omit<UserFixture, 'id'> {
  return writeMembers(userWriters, identity);
}

export function roleLiteral(role: Role): Omit<RoleFixture, 'id'> {
  return writeMembers(roleWriters, role);
}

function literalsByName<Some extends Identity, Fixture>(
  account: Account,
  kind: Kind,
  identities: readonly Some[],
  literalOf: (identity: Some) => Fixture,
): Readonly<Record<string, Fixture & Pick<UserFixture, 'id'>>> | undefined {
  if (identities.length === 0) return undefined;
  const entries = identities.map((one) => {
    const isGiven = one.id !== makeUniqueId(account, kind, one.name);
    return [writeFullName(one), { ...(isGiven && { id: one.id }), ...literalOf(one) }] as const;
  });
  return Object.fromEntries(entries);
}

export function isNamed(identity: Identity, written: string): boolean {
  const { name, path = identity.path } = splitName(written);
  return identity.name === name && identity.path === path;
}

/** The rights of a role, who can assume it, and for how long. */
export interface RoleFixture extends UserFixture {
  /**
   * Who can assume the role: the policy as an object, or its JSON. If left out, every user and role of its account can, and so can web
   * identities, S3 for replication and Lambda for handlers, but no other account.
   */
  readonly trust?: TrustPolicyLiteral | string | undefined;
  /**
   * The longest time for which STS begins a session of the role, from 1 to 12 hours; a number is seconds. Default `{ hours: 1 }`. A session
   * by `role.session()` can last longer.
   */
  readonly maxSessionDuration?: Duration | number | undefined;
}

/**
 * Roles by name. A path can be in front of the name: `'deploy/builder'`. A role without a policy can do everything that the account can.
 */
export type RoleFixtures = Readonly<Record<string, RoleFixture>>;

const longest = 43_200;

function readSeconds(label: string, duration: Duration | number): number {
  const seconds =
    typeof duration === 'number' ? duration : readDuration(duration, `${label}: maxSessionDuration`) / 1000;
  if (Number.isInteger(seconds) && seconds >= usualSessionDuration && seconds <= longest) return seconds;
  throw invalidValue(
    label,
    'maxSessionDuration',
    duration,
    'whole seconds from 3600 to 43200, or a time such as { hours: 2 }',
  );
}

const characters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Throws a TypeError for tags that IAM does not allow (F662). */
export function readCallerTags(at: string, tags: TagsFixture): readonly Tag[] {
  const read = readTagList(at, tags);
  if (read.length > 50)
    throw makeMistake(`${at}: it has ${read.length} tags; a user, a role or a session has 50 at most`);
  const seen = new Set<string>();
  for (const tag of read) checkTag(at, tag, seen);
  return read;
}

function checkTag(at: string, { Key, Value }: Tag, seen: Set<string>): void {
  const isTag = Key !== '' && Key.length <= 128 && Value.length <= 256 && characters.test(Key + Value);
  if (!isTag) throw makeTagError(at, { Key, Value });
  const folded = Key.toLowerCase();
  if (isReserved({ Key, Value }))
    throw makeMistake(`${at}: AWS reserves tags that begin with aws:, such as ${writeGiven({ [Key]: Value })}`);
  if (seen.has(folded))
    throw makeMistake(
      `${at}: the tag ${writeGiven(Key)} is given twice, because the keys of these tags are compared without case`,
    );
  seen.add(folded);
}
