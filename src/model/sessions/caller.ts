import type { Account, Caller } from '../identity/account';
import type { Store } from '../store';

/** The sender of a signed request to STS. */
export interface StsCaller extends Caller {
  readonly account: Account;
  /**
   * Whether its keys belong to nobody and the test named no caller, so that they stand for the root user only for want of another. On AWS a
   * root user may not assume roles; such keys may.
   */
  readonly isNobody: boolean;
}

/** The sender of requests that are signed with a key; undefined for the key of an account that a reset removed. */
export function findStsCaller(store: Store, accessKeyId: string): StsCaller | undefined {
  const caller = store.findCaller(accessKeyId);
  if (caller === undefined) return undefined;
  const { account } = caller;
  if (account === undefined) return undefined;
  const isGiven = store.accounts.some((one) => one.findCaller(accessKeyId) !== undefined);
  return { ...caller, account, isNobody: !isGiven && !store.isActingNamed };
}
