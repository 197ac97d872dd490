import type { ActionName } from '../model/access/actions';
import type { Account, User } from '../model/identity/account';
import { arnOfIdentity } from '../model/identity/caller';
import type { Credentials } from '../model/identity/session';
import { S3MockError } from '../s3-mock-error';
import { closeClass, closeMembers } from '../text/closed-members';
import type { AccessConditions } from './access-conditions';
import type { Callers } from './callers';
import { ClosedCaller } from './closed-caller';
import type { MfaDeviceHandle } from './mfa-device-handle';
import type { Permission } from './permission';
import type { PolicyLiteral } from './policy';
import type { SessionHandle, SessionOptions } from './session-handle';
import { type UserFixture, userLiteral } from './user-fixture';
import { inlinePolicyOf } from './user-policy';

/** A user as JSON: its ARN, and the fixture that makes it. */
export interface UserOutline extends UserFixture {
  /** Its unique id. */
  readonly id: string;
  /** The ARN by which policies and refusals name it. */
  readonly arn: string;
}

/** A user of an account. */
export interface UserHandle {
  /** Its name without its path, by which `account.user` returns it. */
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
  /** Its inline policy as a frozen object; undefined if it has none. */
  readonly policy: PolicyLiteral | undefined;
  /**
   * Begins a session, as STS's GetSessionToken does: it has the user's rights, and what its requests say about MFA.
   *
   * @example
   * const client = new S3Client({ credentials: s3.account.user('writer').session({ mfa: true }).credentials });
   */
  session(options?: SessionOptions): SessionHandle;
  /**
   * Whether it may carry out an action now, and the statement that decides. No request is made. A resource is `'vault'`,
   * `'vault/report.pdf'`, an ARN, or `'*'` for `s3:ListAllMyBuckets`.
   *
   * @example
   * const { allowed, by } = s3.account.user('writer').may('s3:PutObject', 'vault/report.pdf');
   */
  may(action: ActionName, resource: string, conditions?: AccessConditions): Permission;
  /** The user as JSON: ARN, id, policies, tags and conditions, without keys. */
  toJSON(): UserOutline;
}

/** The handle of a user: its members can neither be set nor added. */
export class ClosedUser extends ClosedCaller implements UserHandle {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly credentials: Credentials;
  readonly mfa: MfaDeviceHandle;
  readonly policy: PolicyLiteral | undefined;
  readonly #user: User;

  static {
    closeClass(ClosedUser.prototype, ClosedCaller.label);
  }

  constructor(callers: Callers, account: Account, user: User, mfa: MfaDeviceHandle) {
    const { name, credentials } = user;
    const label = `user '${name}'`;
    const caller = () => {
      if (callers.store.accounts.includes(account) && account.findUser(name) === user)
        return { account, user: name, accessKeyId: credentials.accessKeyId };
      throw new S3MockError('REMOVED', `${label}: a reset removed it. Call account.user('${name}') in each test.`);
    };
    super({ callers, label, lasts: { hours: 12 }, caller });
    this.name = name;
    this.arn = arnOfIdentity(account, { user: name, role: undefined }, 'aws');
    this.credentials = credentials;
    this.id = user.id;
    this.mfa = mfa;
    this.policy = inlinePolicyOf(user.policies);
    this.#user = user;
    callers.add(this, caller);
    closeMembers(this, ClosedCaller.label);
  }

  toJSON(): UserOutline {
    return { arn: this.arn, id: this.id, ...userLiteral(this.#user) };
  }
}
