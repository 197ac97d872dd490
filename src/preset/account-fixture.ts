import type { Account, Role, User } from '../model/identity/account';
import { checkName, splitName } from '../model/identity/iam-name';
import { type Credentials, frozenCredentials } from '../model/identity/session';
import type { Store } from '../model/store';
import { S3MockError } from '../s3-mock-error';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import { readOrganizationId } from './organization';
import { checkSameRole, type RoleFixture, type RoleFixtures, readRoleFacts, roleLiteral } from './role-fixture';
import {
  checkFreeId,
  checkNoneDeclared,
  checkSameFacts,
  literalsByName,
  readFacts,
  type UserFixture,
  userLiteral,
} from './user-fixture';

/** An account that a test makes. */
export interface AccountFixture {
  /** Its name, by which buckets name it as their owner. */
  readonly name: string;
  /** The keys of its root user, such as those that the code under test reads. If they are left out, keys are generated. */
  readonly credentials?: Credentials | undefined;
  /** The organization that it is a member of, `o-...`: `aws:PrincipalOrgID` of its callers and `aws:ResourceOrgID` of its buckets. */
  readonly organizationId?: string | undefined;
  /** Its users by name, with their policies. */
  readonly users?: UserFixtures | undefined;
  /** Its roles by name, with their policies and who may assume them. */
  readonly roles?: RoleFixtures | undefined;
}

/** Users by name, which may have a path in front: `'division/ann'`. Without a policy they may do everything that their account may. */
export type UserFixtures = Readonly<Record<string, UserFixture>>;

/** Adds an account to a store. Throws a TypeError for a wrong name or key, an S3MockError if the name is taken. */
export function addAccount(store: Store, at: string, fixture: AccountFixture): Account {
  checkOptionNames(at, fixture, ['name', 'credentials', 'organizationId', 'users', 'roles']);
  const { name, credentials, organizationId } = fixture;
  if (typeof name !== 'string' || name.trim() === '') throw invalidValue(at, 'name', name, "text, such as 'partner'");
  if (store.findAccount(name))
    throw new S3MockError(
      'ACCOUNT_EXISTS',
      `${at}: there is an account ${writeGiven(name)} already. Give another name.`,
    );
  return store.transaction(() => {
    const account = store.addAccount(name, {
      organizationId: readOrganizationId(at, organizationId),
      credentials: credentials === undefined ? undefined : readCredentials(store, `${at}: credentials`, credentials),
    });
    addCallers(store, account, at, fixture);
    return account;
  });
}

/** Adds the users and roles of a fixture to an account. */
export function addCallers(
  store: Store,
  account: Account,
  at: string,
  { users, roles }: Pick<AccountFixture, 'users' | 'roles'>,
): void {
  const place = { store, account };
  for (const [name, fixture] of entriesOf(`${at}: users`, users)) addUser(place, name, fixture, `${at}: users: `);
  for (const [name, fixture] of entriesOf(`${at}: roles`, roles)) addRole(place, name, fixture, `${at}: roles: `);
}

function entriesOf<Fixture>(
  at: string,
  given: Readonly<Record<string, Fixture>> | undefined,
): readonly (readonly [string, Fixture])[] {
  if (given === undefined) return [];
  if (isRecord(given)) {
    const entries = Object.entries(given);
    const [missing] = entries.find(([, fixture]) => fixture === undefined) ?? [];
    if (missing === undefined) return entries;
    throw invalidValue(`${at}: ${writeGiven(missing)}`, 'value', undefined, '{ policy }, or {} if nothing limits it');
  }
  throw invalidValue(at, 'value', given, 'an object by name, such as { writer: { policy } }');
}

/** The account that a user or a role is added to. */
interface Place {
  readonly store: Store;
  readonly account: Account;
}

/**
 * The user with a name, made when it is first asked for. Throws if a user with other facts has the name, or if the name alone
 * is given and only others were declared.
 */
export function addUser({ store, account }: Place, written: string, fixture?: UserFixture, at = ''): User {
  checkName('user', written, at);
  const { name, path } = splitName(written);
  const label = `${at}user ${writeGiven(written)}`;
  const facts = readFacts(label, 'user', fixture);
  if (!account.findUser(name)) {
    if (!facts.isDeclared) checkNoneDeclared(account, 'user', written);
    checkFreeId(store, label, facts.id);
  }
  const user = account.user(written, facts);
  checkSameFacts(label, 'user', user, { ...facts, path });
  return user;
}

/**
 * The role with a name, made when it is first asked for. Throws if a role with other facts has the name, or if the name alone
 * is given and only others were declared.
 */
export function addRole({ store, account }: Place, written: string, fixture?: RoleFixture, at = ''): Role {
  checkName('role', written, at);
  const { name, path } = splitName(written);
  const label = `${at}role ${writeGiven(written)}`;
  const facts = readRoleFacts(label, fixture);
  if (!account.findRole(name)) {
    if (!facts.isDeclared) checkNoneDeclared(account, 'role', written);
    checkFreeId(store, label, facts.id);
  }
  const role = account.role(written, facts);
  checkSameFacts(label, 'role', role, { ...facts, path });
  checkSameRole(label, role, facts);
  return role;
}

function readCredentials(store: Store, at: string, credentials: Credentials): Credentials {
  checkOptionNames(at, credentials, ['accessKeyId', 'secretAccessKey']);
  const { accessKeyId, secretAccessKey } = credentials;
  if (typeof accessKeyId !== 'string' || !/^[\w-]{1,128}$/.test(accessKeyId))
    throw invalidValue(at, 'accessKeyId', accessKeyId, '1 to 128 letters, digits, hyphens and underscores');
  if (typeof secretAccessKey !== 'string' || secretAccessKey === '')
    throw invalidValue(at, 'secretAccessKey', secretAccessKey, 'text');
  if (store.findSecret(accessKeyId) !== undefined)
    throw new TypeError(
      `${at}: accessKeyId ${writeGiven(accessKeyId)} is the key of another account or user. Give another.`,
    );
  return frozenCredentials({ accessKeyId, secretAccessKey });
}

/** The accounts of a store beside the default one, as options that make them again. Only keys that were given are written. */
export function accountLiterals({ accounts, defaultAccount }: Store): readonly (string | AccountFixture)[] {
  return accounts
    .filter((account) => account !== defaultAccount)
    .map((account) => {
      const { name, credentials, hasGivenKeys, organizationId } = account;
      const members = {
        ...(hasGivenKeys && { credentials }),
        ...(organizationId !== undefined && { organizationId }),
        ...callerLiterals(account),
      };
      return Object.keys(members).length === 0 ? name : { name, ...members };
    });
}

/** The users and roles of an account, if it has any. */
interface CallerLiterals {
  readonly users?: UserFixtures;
  readonly roles?: RoleFixtures;
}

/** The users and roles of an account, as members of a fixture that make them again. */
export function callerLiterals(account: Account): CallerLiterals {
  const { users, roles } = account;
  return {
    ...(users.length > 0 && { users: literalsByName(account, 'user', users, userLiteral) }),
    ...(roles.length > 0 && { roles: literalsByName(account, 'role', roles, roleLiteral) }),
  };
}
