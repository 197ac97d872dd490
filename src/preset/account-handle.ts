import type { ActionName } from '../model/access/actions';
import type { PublicAccessBlock } from '../model/configurations/public-access-switches';
import type { Account, AccountOutline, Caller, Identity, Role, User } from '../model/identity/account';
import { callIdentity } from '../model/identity/account-text';
import { writeIdentityArn } from '../model/identity/caller';
import { splitName } from '../model/identity/iam-name';
import type { MfaDevice } from '../model/identity/mfa-device';
import type { Credentials } from '../model/identity/session';
import type { Store } from '../model/store';
import { type Call, Code, call } from '../text/calls';
import { closeMembers, type Habits, makeCopyJson, sameCure } from '../text/closed-members';
import { makeMistake } from '../text/mistakes';
import { clause, type Said, say } from '../text/reason';
import { hintFor } from '../text/spelling';
import { writeGiven } from '../text/values';
import type { AccessConditions } from './access-conditions';
import {
  addRole,
  addUser,
  isNamed,
  type RoleFixture,
  readPublicAccessBlock,
  roleLiteral,
  type UserFixture,
  userLiteral,
} from './account-fixture';
import {
  Actor,
  Callers,
  closeCaller,
  keyNames,
  type RoleSessionOptions,
  refuseKeysOfFunction,
  type SessionHandle,
  type SessionOptions,
} from './callers';
import { MfaDeviceHandle } from './mfa-device-handle';
import type { Permission } from './permission';
import {
  type PolicyLiteral,
  policyLiteral,
  readInlinePolicy,
  readTrust,
  type TrustPolicyLiteral,
  trustLiteral,
} from './policy';

const [, ...partsOfKeys] = keyNames;

/** The AWS SDK v3 writes the member `$source` into the credentials that it is given. */
const ofCredentials = [...partsOfKeys, '$source'];

const habitsOfKeys: Habits<object> = sameCure(
  ofCredentials,
  'The keys are in credentials; the keys of a session are in session().credentials.',
);

const habitsOfAccounts: Habits<AccountHandle> = {
  ...habitsOfKeys,
  ...sameCure(
    ['users', 'roles'],
    "Write user('writer'), or role('deployer'), for one of them; toJSON() lists their names.",
  ),
};

const labelOfAccount = ({ name }: AccountHandle) => `account '${name}'`;

/** An account, which owns buckets. */
export class AccountHandle {
  /** Its id of 12 digits, which S3 compares with `x-amz-expected-bucket-owner`. */
  readonly id: string;
  /** Its name, as passed to `createAccount`; `default` for the default account. */
  readonly name: string;
  /** Its canonical id of 64 hexadecimal digits, by which S3's answers name an owner. */
  readonly canonicalId: string;
  /**
   * The organization that the account is a member of: `aws:PrincipalOrgID` of its callers, `aws:ResourceOrgID` of its buckets; undefined if
   * there is none.
   */
  readonly organizationId: string | undefined;
  /** The keys with which the root user signs. */
  readonly credentials: Credentials;
  /** The root user's MFA device. */
  readonly mfa: MfaDeviceHandle;
  readonly #account: Account;
  readonly #handles: AccountHandles;
  readonly #actor: Actor;

  static {
    const closing = { label: labelOfAccount, cures: habitsOfAccounts, own: ['publicAccessBlock'] };
    closeCaller(AccountHandle.prototype, closing, {
      user: [2, () => 'a name and a fixture, such as { policy, tags }'],
      role: [2, () => 'a name and a fixture, such as { trust, policy }'],
    });
    refuseKeysOfFunction(AccountHandle.prototype, 'user', "user('writer').credentials");
    refuseKeysOfFunction(AccountHandle.prototype, 'role', "role('deployer').session().credentials");
  }

  /** @internal */
  constructor(account: Account, handles: AccountHandles) {
    const { id, name, canonicalId, organizationId, credentials } = account;
    this.id = id;
    this.name = name;
    this.canonicalId = canonicalId;
    this.organizationId = organizationId;
    this.credentials = credentials;
    this.mfa = handles.ofDevice(account.mfa);
    this.#account = account;
    this.#handles = handles;
    this.#actor = handles.callers.add(this, {
      caller: { account, user: undefined, accessKeyId: credentials.accessKeyId },
      label: labelOfAccount(this),
      isPresent: () => true,
      removed: 'a reset removed it. Create the account in each test.',
    });
    closeMembers(this);
  }

  /**
   * The switches that keep all of its buckets from being public, whatever the buckets' own switches say, as a frozen object; undefined if
   * it has none. You can set it, as PutPublicAccessBlock of S3 Control does: a switch that is left out is off. `undefined` removes it.
   * Throws a TypeError for other members, or for an empty object.
   *
   * @example
   * s3.account.publicAccessBlock = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
   */
  get publicAccessBlock(): PublicAccessBlock | undefined {
    return this.#account.publicAccessBlock;
  }

  set publicAccessBlock(block: PublicAccessBlock | undefined) {
    this.#actor.check();
    this.#account.publicAccessBlock = readPublicAccessBlock(this.#actor.label, block);
  }

  /**
   * A user of the account by name; the first call creates it. Without a policy the user can do everything that the account can; with a
   * policy, it can do what its policies and the policies of buckets allow. A later call without a fixture returns the same handle, a later
   * call with another fixture throws. Once a user of the account has a fixture, from the options or from this call, a name alone creates no
   * other user, so that a misspelt name is a TypeError. `{}` is the fixture of a user that can do everything. A path can be in front of the
   * name: `user('division/ann')`.
   *
   * @example
   * const Statement = [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' }];
   * const { credentials } = s3.account.user('reader', { policy: { Version: '2012-10-17', Statement } });
   */
  user(name: string, fixture?: UserFixture): UserHandle {
    return this.#handles.ofUser(this.#account, addUser(this.#place(), name, fixture));
  }

  /**
   * A role of the account by name; the first call creates it. Its fixture, its policies and its path work as for a user: once a role has a
   * fixture, an unknown name alone is a TypeError. `trust` says who can assume it, `maxSessionDuration` for how long.
   *
   * @example
   * const { credentials } = s3.account.role('deployer', { policy }).session({ name: 'build-7' });
   */
  role(name: string, fixture?: RoleFixture): RoleHandle {
    return this.#handles.ofRole(this.#account, addRole(this.#place(), name, fixture));
  }

  #place() {
    return { store: this.#actor.store, account: this.#account };
  }

  /**
   * Begins a session of the root user, as STS's GetSessionToken does.
   *
   * @example
   * const client = new S3Client({ credentials: s3.account.session({ mfa: true }).credentials });
   */
  session(options?: SessionOptions): SessionHandle {
    return this.#actor.session({ hours: 12 }, options);
  }

  /**
   * Returns whether the root user can carry out an action now, and the statement that decides. No request is made.
   *
   * @example
   * const { allowed, by } = partner.may('s3:GetObject', 'vault/report.pdf');
   */
  may(action: ActionName, resource: string, conditions?: AccessConditions): Permission {
    return this.#actor.may(action, resource, conditions);
  }

  /** Returns the account as JSON: its ids, the names of its users and roles, and its MFA devices, but no keys. */
  toJSON(): AccountOutline {
    return #account in this ? this.#account.toJSON() : makeCopyJson(this);
  }
}

export const accountNames: readonly string[] = [
  'id',
  'name',
  'canonicalId',
  'organizationId',
  'credentials',
  'mfa',
  'publicAccessBlock',
  'user',
  'role',
  'session',
  'may',
] satisfies readonly (keyof AccountHandle)[];

/** Keeps one handle for each account, user and role, so that a test can spy on it. */
export class AccountHandles {
  readonly callers: Callers;
  readonly #checkPlace: () => void;
  readonly #handles = new WeakMap<object, unknown>();

  /** `checkPlace` throws if the test may not use the handles here. */
  constructor(store: () => Store, checkPlace: () => void = () => {}) {
    this.callers = new Callers(store);
    this.#checkPlace = checkPlace;
  }

  of(account: Account): AccountHandle {
    return this.#one(account, () => new AccountHandle(account, this));
  }

  ofDevice(device: MfaDevice): MfaDeviceHandle {
    return this.#one(device, () => new MfaDeviceHandle(device, this.#checkPlace));
  }

  ofUser(account: Account, user: User): UserHandle {
    return this.#one(user.origin, () => new UserHandle(account, user, this));
  }

  ofRole(account: Account, role: Role): RoleHandle {
    return this.#one(role.origin, () => new RoleHandle(account, role, this.callers));
  }

  #one<Handle>(of: object, make: () => Handle): Handle {
    const known = this.#handles.get(of);
    if (known !== undefined) return known as Handle; // made by the same function
    const handle = make();
    this.#handles.set(of, handle);
    return handle;
  }
}

/** A user as JSON: its ARN, and the fixture that creates it. */
export interface UserOutline extends UserFixture {
  /** Its unique id. */
  readonly id: string;
  /** The ARN by which policies and refusals name it. */
  readonly arn: string;
}

const labelOfUser = ({ name }: UserHandle) => `user '${name}'`;

/** A user of an account. */
export class UserHandle {
  /** Its name without its path. `account.user` returns it by this name. */
  readonly name: string;
  /** Its ARN, by which policies and S3's refusals name it: `arn:aws:iam::000000000000:user/writer`. */
  readonly arn: string;
  /** Its unique id, `AIDA...`: the value of `aws:userid` in its requests. */
  readonly id: string;
  /** The keys with which it signs, in the form of the SDKs' `credentials` option. */
  readonly credentials: Credentials;
  /**
   * Its MFA device, `arn:aws:iam::000000000000:mfa/writer`: STS accepts its codes in AssumeRole and GetSessionToken.
   *
   * @example
   * const { mfa } = s3.account.user('writer');
   * const { SerialNumber, TokenCode } = { SerialNumber: mfa.serial, TokenCode: mfa.nextCode() };
   */
  readonly mfa: MfaDeviceHandle;
  readonly #account: Account;
  readonly #read: () => User;
  readonly #actor: Actor;

  static {
    closeCaller(UserHandle.prototype, { label: labelOfUser, cures: habitsOfKeys, own: ['policy'] });
  }

  /** @internal */
  constructor(account: Account, user: User, handles: AccountHandles) {
    const { name, credentials } = user;
    const caller = { account, user: name, accessKeyId: credentials.accessKeyId };
    this.name = name;
    this.arn = writeIdentityArn(account, { user: name, role: undefined }, 'aws');
    this.id = user.id;
    this.credentials = credentials;
    this.mfa = handles.ofDevice(user.mfa);
    this.#account = account;
    this.#read = () => readRecord(account.findUser(name), user);
    this.#actor = handles.callers.add(this, {
      caller,
      label: labelOfUser(this),
      isPresent: () => account.findUser(name)?.origin === user.origin,
      removed: `a reset removed it. Call account.user('${name}') in each test.`,
    });
    closeMembers(this);
  }

  /**
   * Its inline policy as a frozen object; undefined if it has none. You can set it to an object or its JSON. The user and its sessions get
   * the new rights at once. `undefined` removes the policy, so that nothing limits a user without managed policies. Throws a TypeError for
   * a policy that IAM refuses.
   *
   * @example
   * s3.account.user('writer').policy = { Version: '2012-10-17', Statement: [] }; // allows nothing
   */
  get policy(): PolicyLiteral | undefined {
    return policyLiteral(this.#read().policy);
  }

  set policy(policy: PolicyLiteral | string | undefined) {
    this.#actor.check();
    this.#account.changeUser(this.name, readPolicyChange(this.#actor.label, policy));
  }

  /**
   * Begins a session, as STS's GetSessionToken does. The session has the user's rights; `mfa` decides what its requests say about MFA.
   *
   * @example
   * const client = new S3Client({ credentials: s3.account.user('writer').session({ mfa: true }).credentials });
   */
  session(options?: SessionOptions): SessionHandle {
    return this.#actor.session({ hours: 12 }, options);
  }

  /**
   * Returns whether the user can carry out an action now, and the statement that decides. No request is made. A resource is `'vault'`,
   * `'vault/report.pdf'`, an ARN, or `'*'` for `s3:ListAllMyBuckets`.
   *
   * @example
   * const { allowed, by } = s3.account.user('writer').may('s3:PutObject', 'vault/report.pdf');
   */
  may(action: ActionName, resource: string, conditions?: AccessConditions): Permission {
    return this.#actor.may(action, resource, conditions);
  }

  /** Returns the user as JSON: ARN, id, policies, tags and conditions, but no keys. */
  toJSON(): UserOutline {
    return #read in this ? { arn: this.arn, id: this.id, ...userLiteral(this.#read()) } : makeCopyJson(this);
  }
}

/**
 * A change of rights replaces the record of an identity. After a reset that removed the identity, the record is the one that it was made
 * with, since runners print handles at the end of the file.
 */
function readRecord<Some extends Identity>(present: Some | undefined, first: Some): Some {
  return present?.origin === first.origin ? present : first;
}

function readPolicyChange(label: string, policy: PolicyLiteral | string | undefined) {
  return policy === undefined ? { policy } : { policy: readInlinePolicy(label, policy), isDeclared: true };
}

/** A role as JSON: its ARN, and the fixture that creates it. */
export interface RoleOutline extends RoleFixture {
  /** Its unique id. */
  readonly id: string;
  /** The ARN by which policies name it. */
  readonly arn: string;
  /** The policy `AWSRevokeOlderSessions`; missing unless `revokeSessions()` attached it. */
  readonly revocation?: PolicyLiteral;
}

const habitsOfRoles: Habits<RoleHandle> = {
  ...sameCure(
    ['credentials', ...ofCredentials],
    ({ name }: RoleHandle) =>
      `A role has no keys; the keys of its session are in s3.account.role('${name}').session().credentials.`,
  ),
  mfa: "A role has no MFA device; a user has one: s3.account.user('ann').mfa.",
};

const labelOfRole = ({ name }: RoleHandle) => `role '${name}'`;

/** A role of an account. It has no keys: its sessions send requests. */
export class RoleHandle {
  /** Its name without its path. `account.role` returns it by this name. */
  readonly name: string;
  /** Its ARN, by which policies name it: `arn:aws:iam::000000000000:role/deployer`. */
  readonly arn: string;
  /** Its unique id, `AROA...`: `aws:userid` of its sessions is `AROA...:NAME`, with the name of the session. */
  readonly id: string;
  readonly #account: Account;
  readonly #read: () => Role;
  readonly #actor: Actor;

  static {
    const closing = { label: labelOfRole, cures: habitsOfRoles, own: ['policy', 'trust'] };
    closeCaller(RoleHandle.prototype, closing, {
      revokeSessions: [0, () => 'no argument: it revokes all sessions that began so far'],
    });
  }

  /** @internal */
  constructor(account: Account, role: Role, callers: Callers) {
    const { name } = role;
    this.name = name;
    this.arn = writeIdentityArn(account, { user: undefined, role: name }, 'aws');
    this.id = role.id;
    this.#account = account;
    this.#read = () => readRecord(account.findRole(name), role);
    this.#actor = new Actor(callers, {
      caller: { account, user: undefined, role: name, accessKeyId: undefined },
      label: labelOfRole(this),
      isPresent: () => account.findRole(name)?.origin === role.origin,
      removed: `a reset removed it. Call account.role('${name}') in each test.`,
    });
    closeMembers(this);
  }

  /**
   * Its inline policy as a frozen object; undefined if it has none. You can set it to an object or its JSON. All sessions of the role, also
   * the present sessions, get the new rights at once. `undefined` removes the policy, so that nothing limits a role without managed
   * policies. Throws a TypeError for a policy that IAM refuses.
   *
   * @example
   * s3.account.role('deployer').policy = { Version: '2012-10-17', Statement: [] }; // allows nothing
   */
  get policy(): PolicyLiteral | undefined {
    return policyLiteral(this.#read().policy);
  }

  set policy(policy: PolicyLiteral | string | undefined) {
    this.#actor.check();
    this.#account.changeRole(this.name, readPolicyChange(this.#actor.label, policy));
  }

  /**
   * Its trust policy, which says who can assume it, as a frozen object; undefined if it has none: then its account can. You can set it to
   * an object or its JSON. It counts for the sessions that begin from then on: present sessions stay. Throws a TypeError for a policy that
   * IAM refuses.
   *
   * @example
   * const Principal = { Service: 'lambda.amazonaws.com' };
   * const Statement = { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' };
   * s3.account.role('deployer').trust = { Version: '2012-10-17', Statement };
   */
  get trust(): TrustPolicyLiteral | undefined {
    return trustLiteral(this.#read().trust);
  }

  set trust(trust: TrustPolicyLiteral | string | undefined) {
    this.#actor.check();
    const { accounts } = this.#actor.store;
    const change =
      trust === undefined ? { trust } : { trust: readTrust(this.#actor.label, trust, accounts), isDeclared: true };
    this.#account.changeRole(this.name, change);
  }

  /**
   * Revokes all sessions that began so far, as IAM's console does: a policy `AWSRevokeOlderSessions` beside the role's own policies denies
   * everything to them. Sessions that begin afterwards have the role's rights at once, by the mock's clock. A reset undoes it.
   *
   * @example
   * s3.account.role('deployer').revokeSessions();
   */
  revokeSessions(): void {
    this.#actor.check();
    this.#account.revokeSessions(this.name);
  }

  /**
   * Begins a session, as STS's AssumeRole does, but without a request: neither the trust policy nor the longest duration is checked.
   *
   * @example
   * const client = new S3Client({ credentials: s3.account.role('deployer').session({ name: 'build-7' }).credentials });
   */
  session(options?: RoleSessionOptions): SessionHandle {
    return this.#actor.session({ hours: 1 }, options);
  }

  /**
   * Returns whether the role's sessions can carry out an action now, and the statement that decides. No request is made.
   *
   * @example
   * const { allowed, by } = s3.account.role('deployer').may('s3:GetObject', 'vault/report.pdf');
   */
  may(action: ActionName, resource: string, conditions?: AccessConditions): Permission {
    return this.#actor.may(action, resource, conditions);
  }

  /** Returns the role as JSON: ARN, id, policies, tags, conditions, trust policy and longest duration. */
  toJSON(): RoleOutline {
    if (!(#read in this)) return makeCopyJson(this);
    const role = this.#read();
    const revocation = policyLiteral(role.revocation?.policy);
    return { arn: this.arn, id: this.id, ...roleLiteral(role), ...(revocation && { revocation }) };
  }
}

/** A caller that `actAs` takes: the name of a user of the default account, or the handle of a user, a session or an account. */
export type ActingCaller = string | UserHandle | SessionHandle | AccountHandle;

export function readActing(store: Store, callers: Callers, given: ActingCaller): Caller {
  if (typeof given === 'string') return readActingUser(store, given);
  const caller = callers.find(given);
  if (caller !== undefined) return caller;
  const user = actAs("s3.account.user('writer')");
  const session = new Code("s3.account.role('deployer').session()");
  throw makeMistake(
    say`actAs takes a user, a session or an account of this mock, or the name of a user of the default account${clause`, such as ${user}; the root user is ${new Code('s3.account')}, and a role acts by a session, ${session}`}. It was given ${writeGiven(given)}.`,
  );
}

export function readActingUser({ defaultAccount: account }: Store, name: string): Caller {
  const user = account.findUser(splitName(name).name);
  if (user !== undefined && isNamed(user, name))
    return { account, user: user.name, accessKeyId: user.credentials.accessKeyId };
  const names = account.users.map((one) => one.name);
  const known = names.length === 0 ? 'The default account has no users' : `The users are: ${names.join(', ')}`;
  const makes = callIdentity(
    account,
    'user',
    name,
    account.hasDeclared('user') ? { policy: new Code('policy') } : undefined,
  );
  throw makeMistake(
    say`actAs: there is no user ${writeGiven(name)}. ${known}${clause`; ${makes} creates it`}.${hintFor(name, names)}${otherwise(account, name)}`,
  );
}

function otherwise(account: Account, name: string): Said {
  if (account.findRole(name))
    return clause` A role acts by a session: ${actAs(`s3.account.role(${writeGiven(name)}).session()`)}.`;
  return name === 'root' || name === account.name ? clause` The root user acts by ${actAs('s3.account')}.` : '';
}

function actAs(caller: string): Call {
  return call('s3.actAs(user)', { user: new Code(caller) });
}
