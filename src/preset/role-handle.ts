import type { ActionName } from '../model/access/actions';
import type { Account, Role } from '../model/identity/account';
import { arnOfIdentity } from '../model/identity/caller';
import { S3MockError } from '../s3-mock-error';
import { closeClass, closeMembers } from '../text/closed-members';
import type { AccessConditions } from './access-conditions';
import type { Callers } from './callers';
import { ClosedCaller } from './closed-caller';
import type { Permission } from './permission';
import type { PolicyLiteral } from './policy';
import { type RoleFixture, roleLiteral } from './role-fixture';
import type { RoleSessionOptions, SessionHandle } from './session-handle';
import { type TrustPolicyLiteral, trustLiteral } from './trust-policy';
import { inlinePolicyOf } from './user-policy';

/** A role as JSON: its ARN, and the fixture that makes it. */
export interface RoleOutline extends RoleFixture {
  /** Its unique id. */
  readonly id: string;
  /** The ARN by which policies name it. */
  readonly arn: string;
}

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
  /** Its trust policy, which says who may assume it, as a frozen object; undefined if it has none, so that its account may. */
  readonly trust: TrustPolicyLiteral | undefined;
  /**
   * Begins a session, as STS's AssumeRole does, past the wire: neither the trust policy nor the longest duration is asked.
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
  /** The role as JSON: ARN, id, policies, tags, conditions, trust policy and longest duration. */
  toJSON(): RoleOutline;
}

/** The handle of a role: its members can neither be set nor added. */
export class ClosedRole extends ClosedCaller implements RoleHandle {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly policy: PolicyLiteral | undefined;
  readonly trust: TrustPolicyLiteral | undefined;
  readonly #role: Role;

  static {
    closeClass(ClosedRole.prototype, ClosedCaller.label);
  }

  constructor(callers: Callers, account: Account, role: Role) {
    const { name } = role;
    const label = `role '${name}'`;
    const caller = () => {
      if (callers.store.accounts.includes(account) && account.findRole(name) === role)
        return { account, user: undefined, role: name, accessKeyId: undefined };
      throw new S3MockError('REMOVED', `${label}: a reset removed it. Call account.role('${name}') in each test.`);
    };
    super({ callers, label, lasts: { hours: 1 }, caller });
    this.name = name;
    this.arn = arnOfIdentity(account, { user: undefined, role: name }, 'aws');
    this.id = role.id;
    this.policy = inlinePolicyOf(role.policies);
    this.trust = trustLiteral(role.trust);
    this.#role = role;
    closeMembers(this, ClosedCaller.label);
  }

  toJSON(): RoleOutline {
    return { arn: this.arn, id: this.id, ...roleLiteral(this.#role) };
  }
}
