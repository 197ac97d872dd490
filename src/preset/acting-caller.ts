import type { Account, Caller } from '../model/identity/account';
import type { Store } from '../model/store';
import { hintFor } from '../text/spelling';
import { writeGiven } from '../text/values';
import type { AccountHandle } from './account-handle';
import type { Callers } from './callers';
import type { SessionHandle } from './session-handle';
import { isNamed } from './user-fixture';
import type { UserHandle } from './user-handle';

/** A caller that `actAs` takes: a user of the default account by its name, or the handle of a user, a session or an account. */
export type ActingCaller = string | UserHandle | SessionHandle | AccountHandle;

/** Reads the caller that a test acts as. Throws a TypeError for any other value. */
export function readActing(store: Store, callers: Callers, given: ActingCaller): Caller {
  if (typeof given === 'string') return userNamed(store, given);
  const caller = callers.find(given);
  if (caller !== undefined) return caller;
  throw new TypeError(
    `actAs takes a user, a session or an account of this mock, or the name of a user of the default account, such as s3.actAs(s3.account.user('writer')); the root user is s3.account, and a role acts by a session, s3.account.role('deployer').session(). It was given ${writeGiven(given)}.`,
  );
}

/** The user of the default account with a name, as a caller. */
export function userNamed({ defaultAccount: account }: Store, name: string): Caller {
  const user = account.users.find((one) => isNamed(one, name));
  if (user !== undefined) return { account, user: user.name, accessKeyId: user.credentials.accessKeyId };
  const names = account.users.map((one) => one.name);
  const known = names.length === 0 ? 'The default account has no users' : `The users are: ${names.join(', ')}`;
  const makes = account.users.some(({ isDeclared }) => isDeclared)
    ? 's3.account.user(name, { policy })'
    : 's3.account.user(name)';
  throw new TypeError(
    `actAs: there is no user ${writeGiven(name)}. ${known}; ${makes} makes one.${hintFor(name, names)}${otherwise(account, name)}`,
  );
}

/** The way to act as somebody who is not a user but has the name. */
function otherwise(account: Account, name: string): string {
  if (account.findRole(name))
    return ` A role acts by a session: s3.actAs(s3.account.role(${writeGiven(name)}).session()).`;
  return name === 'root' || name === account.name ? ' The root user acts by s3.actAs(s3.account).' : '';
}
