import type { ActionName } from '../model/access/actions';
import type { Account, Caller, Role } from '../model/identity/account';
import { arnOfIdentity } from '../model/identity/caller';
import { S3MockError } from '../s3-mock-error';
import { closeClass, closeMembers } from '../text/closed-members';
import type { AccessConditions } from './access-conditions';
import type { Callers } from './callers';
import { type Permission, permissionOf } from './permission';
import type { PolicyLiteral } from './policy';
import { beginSession, type RoleSessionOptions, type SessionHandle } from './session-handle';
import { userLiteral } from './user-fixture';
import type { UserOutline } from './user-handle';
import { inlinePolicyOf } from './user-policy';

/** A role of an account. It has no keys: its sessions send requests. */
export interface RoleHandle {
  /** Its name without its path, by which `account.role` returns it. */
  readonly name: string;
  /** Its ARN, by which policies name it: `arn:aws:iam::000000000000:role/deployer`. */
  readonly arn: string;
  /** Its unique id, `AROA...`: `aws:userid` of its sessions is `AROA...:NAME`, with the name of the session. */
  readonly id: string;
  /** Its inline policy as a frozen object; undefined if it has none. */
  readonly policy: PolicyLiteral | undefined;
  /**
   * Begins a session, as STS's AssumeRole does. Who may assume the role is not checked.
   *
   * @example
   * const client = new S3Client({ credentials: s3.account.role('deployer').session({ name: 'build-7' }).credentials });
   */
  session(options?: RoleSessionOptions): SessionHandle;
  /**
   * Whether its sessions may carry out an action now, and the statement that decides. No request is made.
   *
   * @example
   * const { allowed, by } = s3.account.role('deployer').may('s3:GetObject', 'vault/report.pdf');
   */
  may(action: ActionName, resource: string, conditions?: AccessConditions): Permission;
  /** The role as JSON: ARN, id, policies, tags and conditions. */
  toJSON(): UserOutline;
}

/** The handle of a role: its members can neither be set nor added. */
export class ClosedRole implements RoleHandle {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly policy: PolicyLiteral | undefined;
  readonly #callers: Callers;
  readonly #account: Account;
  readonly #role: Role;

  static {
    closeClass(ClosedRole.prototype, labelOf);
  }

  constructor(callers: Callers, account: Account, role: Role) {
    this.name = role.name;
    this.arn = arnOfIdentity(account, { user: undefined, role: role.name }, 'aws');
    this.id = role.id;
    this.policy = inlinePolicyOf(role.policies);
    this.#callers = callers;
    this.#account = account;
    this.#role = role;
    closeMembers(this, labelOf);
  }

  session(options: RoleSessionOptions = {}): SessionHandle {
    const { account, role } = this.#caller();
    const owner = { account, user: undefined, role, lasts: { hours: 1 } };
    return beginSession(this.#callers, owner, `${labelOf(this)}: session`, options);
  }

  may(action: ActionName, resource: string, conditions?: AccessConditions): Permission {
    return permissionOf(this.#callers.store, this.#caller(), labelOf(this), { action, resource, conditions });
  }

  toJSON(): UserOutline {
    return { arn: this.arn, id: this.id, ...userLiteral(this.#role) };
  }

  #caller(): Caller & { readonly account: Account } {
    const { name } = this.#role;
    const account = this.#account;
    if (this.#callers.store.accounts.includes(account) && account.findRole(name) === this.#role)
      return { account, user: undefined, role: name, accessKeyId: undefined };
    throw new S3MockError(
      'REMOVED',
      `${labelOf(this)}: a reset removed it. Call account.role('${name}') in each test.`,
    );
  }
}

function labelOf({ name }: RoleHandle): string {
  return `role '${name}'`;
}
