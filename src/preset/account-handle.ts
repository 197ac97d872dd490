import type { ActionName } from '../model/access/actions';
import type { Account, AccountOutline, Role, User } from '../model/identity/account';
import type { MfaDevice } from '../model/identity/mfa-device';
import type { Credentials } from '../model/identity/session';
import type { Store } from '../model/store';
import { S3MockError } from '../s3-mock-error';
import { closeClass, closeMembers } from '../text/closed-members';
import { refuseFurtherArguments } from '../text/extra-arguments';
import type { AccessConditions } from './access-conditions';
import { addRole, addUser } from './account-fixture';
import { Callers } from './callers';
import { ClosedCaller } from './closed-caller';
import { ClosedDevice, type MfaDeviceHandle } from './mfa-device-handle';
import type { Permission } from './permission';
import type { RoleFixture } from './role-fixture';
import { ClosedRole, type RoleHandle } from './role-handle';
import type { SessionHandle, SessionOptions } from './session-handle';
import type { UserFixture } from './user-fixture';
import { ClosedUser, type UserHandle } from './user-handle';

/** An owner of buckets. */
export interface AccountHandle {
  /** Its id of 12 digits, which S3 compares with `x-amz-expected-bucket-owner`. */
  readonly id: string;
  /** Its name, as given to `createAccount`; `default` for the default account. */
  readonly name: string;
  /** Its canonical id of 64 hexadecimal digits, by which S3's answers name an owner. */
  readonly canonicalId: string;
  /** The organization that it is a member of: `aws:PrincipalOrgID` of its callers, `aws:ResourceOrgID` of its buckets; undefined without one. */
  readonly organizationId: string | undefined;
  /** The keys with which the root user signs. */
  readonly credentials: Credentials;
  /** The root user's MFA device. */
  readonly mfa: MfaDeviceHandle;
  /**
   * A user of the account by name, created by the first call. Without a policy it may do everything that the account may; with one, what
   * its policies and those of the buckets allow. A later call without a fixture returns the same handle, one with another throws. Once a user
   * of the account has a fixture, in the options or by this call, the name alone creates no other, so that a misspelt name is a TypeError; `{}`
   * is the fixture of a user that may do everything. A path may be in front of the name: `user('division/ann')`.
   *
   * @example
   * const Statement = [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' }];
   * const { credentials } = s3.account.user('reader', { policy: { Version: '2012-10-17', Statement } });
   */
  user(name: string, fixture?: UserFixture): UserHandle;
  /**
   * A role of the account by name, created by the first call; its fixture, its policies and its path are as a user's: once a role has a
   * fixture, an unknown name alone is a TypeError. `trust` says who may assume it, `maxSessionDuration` for how long.
   *
   * @example
   * const { credentials } = s3.account.role('deployer', { policy }).session({ name: 'build-7' });
   */
  role(name: string, fixture?: RoleFixture): RoleHandle;
  /**
   * Begins a session of the root user, as STS's GetSessionToken does.
   *
   * @example
   * const client = new S3Client({ credentials: s3.account.session({ mfa: true }).credentials });
   */
  session(options?: SessionOptions): SessionHandle;
  /**
   * Whether the root user may carry out an action now, and the statement that decides. No request is made.
   *
   * @example
   * const { allowed, by } = partner.may('s3:GetObject', 'vault/report.pdf');
   */
  may(action: ActionName, resource: string, conditions?: AccessConditions): Permission;
  /** The account as JSON: ids, names of users and roles, and MFA devices, without keys. */
  toJSON(): AccountOutline;
}

/** The names of the members of an account. */
export const accountNames: readonly string[] = [
  'id',
  'name',
  'canonicalId',
  'organizationId',
  'credentials',
  'mfa',
  'user',
  'role',
  'session',
  'may',
] satisfies readonly (keyof AccountHandle)[];

/** The handles of accounts, their users and roles, and their devices: one each, so that a test can spy on it. */
export class AccountHandles {
  readonly callers: Callers;
  readonly #handles = new WeakMap<object, unknown>();

  constructor(store: () => Store) {
    this.callers = new Callers(store);
  }

  of(account: Account): AccountHandle {
    return this.#one(account, () => new ClosedAccount(account, this));
  }

  ofDevice(device: MfaDevice): MfaDeviceHandle {
    return this.#one(device, () => new ClosedDevice(device));
  }

  ofUser(account: Account, user: User): UserHandle {
    return this.#one(user, () => new ClosedUser(this.callers, account, user, this.ofDevice(user.mfa)));
  }

  ofRole(account: Account, role: Role): RoleHandle {
    return this.#one(role, () => new ClosedRole(this.callers, account, role));
  }

  #one<Handle>(of: object, make: () => Handle): Handle {
    const known = this.#handles.get(of);
    if (known !== undefined) return known as Handle; // made by the same function
    const handle = make();
    this.#handles.set(of, handle);
    return handle;
  }
}

class ClosedAccount extends ClosedCaller implements AccountHandle {
  readonly id: string;
  readonly name: string;
  readonly canonicalId: string;
  readonly organizationId: string | undefined;
  readonly credentials: Credentials;
  readonly mfa: MfaDeviceHandle;
  readonly #account: Account;
  readonly #handles: AccountHandles;

  static {
    closeClass(ClosedAccount.prototype, ClosedCaller.label);
    refuseFurtherArguments(ClosedAccount.prototype, ClosedCaller.label, {
      user: [2, () => 'a name and a fixture, such as { policy, tags }'],
      role: [2, () => 'a name and a fixture, such as { trust, policy }'],
    });
  }

  constructor(account: Account, handles: AccountHandles) {
    const { callers } = handles;
    const label = `account '${account.name}'`;
    const caller = () => {
      if (callers.store.accounts.includes(account))
        return { account, user: undefined, accessKeyId: account.credentials.accessKeyId };
      throw new S3MockError('REMOVED', `${label}: a reset removed it. Create the account in each test.`);
    };
    super({ callers, label, lasts: { hours: 12 }, caller });
    this.id = account.id;
    this.name = account.name;
    this.canonicalId = account.canonicalId;
    this.organizationId = account.organizationId;
    this.credentials = account.credentials;
    this.mfa = handles.ofDevice(account.mfa);
    this.#account = account;
    this.#handles = handles;
    callers.add(this, caller);
    closeMembers(this, ClosedCaller.label);
  }

  user(name: string, fixture?: UserFixture): UserHandle {
    return this.#handles.ofUser(this.#account, addUser(this.#place(), name, fixture));
  }

  role(name: string, fixture?: RoleFixture): RoleHandle {
    return this.#handles.ofRole(this.#account, addRole(this.#place(), name, fixture));
  }

  toJSON(): AccountOutline {
    return this.#account.toJSON();
  }

  #place() {
    return { store: this.#handles.callers.store, account: this.#account };
  }
}
