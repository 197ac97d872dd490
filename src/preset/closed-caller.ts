import type { ActionName } from '../model/access/actions';
import type { Duration } from '../model/clock';
import type { Account, Caller } from '../model/identity/account';
import { closeClass } from '../text/closed-members';
import { refuseFurtherArguments, type Taken } from '../text/extra-arguments';
import type { AccessConditions } from './access-conditions';
import type { Callers } from './callers';
import { type Permission, permissionOf } from './permission';
import { beginSession, type RoleSessionOptions, type SessionHandle } from './session-handle';

/** The caller that a handle is for. */
interface CallerFacts {
  readonly callers: Callers;
  /** The handle's name in messages: `user 'writer'`. */
  readonly label: string;
  /** The default length of its sessions. */
  readonly lasts: Duration;
  /** Throws if a reset removed the caller. */
  readonly caller: () => Caller & { readonly account: Account };
}

const callerArguments: Readonly<Record<string, Taken>> = {
  session: [1, () => 'options alone, such as { mfa: true, expiresIn: { minutes: 15 } }'],
  may: [3, () => 'an action, a resource and conditions'],
};

/** The handle of an account's root user, a user or a role: its members can neither be set nor added. */
export abstract class ClosedCaller {
  readonly #facts: CallerFacts;

  static {
    closeClass(ClosedCaller.prototype, ClosedCaller.label);
    refuseFurtherArguments(ClosedCaller.prototype, ClosedCaller.label, callerArguments);
  }

  constructor(facts: CallerFacts) {
    this.#facts = facts;
  }

  static label(handle: ClosedCaller): string {
    return handle.#facts.label;
  }

  session(options: RoleSessionOptions = {}): SessionHandle {
    const { callers, label, lasts, caller } = this.#facts;
    const { account, user, role } = caller();
    return beginSession(callers, { account, user, role, lasts }, `${label}: session`, options);
  }

  may(action: ActionName, resource: string, conditions?: AccessConditions): Permission {
    const { callers, label, caller } = this.#facts;
    return permissionOf(callers.store, caller(), label, { action, resource, conditions });
  }
}
