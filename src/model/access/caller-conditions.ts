import type { Clock } from '../clock';
import type { Caller } from '../identity/account';
import { arnOfIdentity, isRoot } from '../identity/caller';
import { uniqueId } from '../identity/unique-id';
import type { ConditionValues } from './condition-values';
import type { Holder } from './grants';

/** The things that the conditions on callers, bucket and time depend on. */
interface World {
  readonly caller: Caller;
  readonly partition: string;
  readonly owner: Holder | undefined;
  readonly clock: Pick<Clock, 'now'>;
}

type ValueOf = (world: World) => string | undefined;

/** The condition keys whose values do not depend on what is asked (F491). Keys of networks and organizations are absent. */
const valuesByKey: Readonly<Record<string, ValueOf>> = {
  'aws:principalarn': ({ caller, partition }) => caller.account && arnOfIdentity(caller.account, caller, partition),
  'aws:principalaccount': ({ caller }) => caller.account?.id ?? 'anonymous',
  'aws:principaltype': ({ caller }) => typeOf(caller),
  'aws:userid': ({ caller }) => userIdOf(caller),
  // No service of AWS calls the mock, for itself or for others.
  'aws:principalisawsservice': ({ caller }) => caller.account && 'false',
  'aws:viaawsservice': () => 'false',
  'aws:username': ({ caller }) => caller.user,
  'aws:multifactorauthpresent': ({ caller: { session } }) => session && String(session.mfa),
  'aws:multifactorauthage': ({ caller: { session }, clock }) =>
    session?.mfa ? String(Math.floor((clock.now() - session.issued) / 1000)) : undefined,
  'aws:tokenissuetime': ({ caller: { session } }) => session && new Date(session.issued).toISOString(),
  'aws:currenttime': ({ clock }) => new Date(clock.now()).toISOString(),
  'aws:epochtime': ({ clock }) => String(Math.floor(clock.now() / 1000)),
  'aws:resourceaccount': ({ owner }) => owner?.id,
  's3:resourceaccount': ({ owner }) => owner?.id,
};

/** A Map, since a policy may name any key, `constructor` as well. */
const keys: ReadonlyMap<string, ValueOf> = new Map(Object.entries(valuesByKey));

function typeOf(caller: Caller): string {
  if (caller.account === undefined) return 'Anonymous';
  if (caller.role !== undefined) return 'AssumedRole';
  return isRoot(caller) ? 'Account' : 'User';
}

function userIdOf({ account, user, role, session }: Caller): string {
  if (account === undefined) return 'anonymous';
  if (role !== undefined) return `${uniqueId(account, 'role', role)}:${session?.name ?? ''}`;
  return user === undefined ? account.id : uniqueId(account, 'user', user);
}

/** The values of all condition keys: those of a request, and beside them those of its caller, its bucket and the time. */
export function conditionsIn(world: World, ofRequest: ConditionValues): ConditionValues {
  return (key) => {
    const given = ofRequest(key);
    if (given !== undefined) return given;
    const value = keys.get(key)?.(world);
    return value === undefined ? undefined : [value];
  };
}
