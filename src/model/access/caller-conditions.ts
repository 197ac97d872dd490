import type { Clock } from '../clock';
import type { Account, Caller } from '../identity/account';
import { findIdentity, isRoot, writeCallerArn, writeIdentityArn } from '../identity/caller';
import { findTagValue } from '../tagging';
import { type ConditionKeyValues, makeKeyReader, type SetConditions } from './condition-key-values';

interface World {
  readonly caller: Caller;
  readonly partition: string;
  readonly owner: Pick<Account, 'id' | 'organizationId'> | undefined;
  readonly clock: Pick<Clock, 'now'>;
}

/** The keys with values that do not depend on the action or the resource (F491). */
const readKey = makeKeyReader<World>({
  'aws:principalarn': ({ caller, partition }) => caller.account && principalArn(caller.account, caller, partition),
  'aws:principalaccount': ({ caller }) => caller.account?.id ?? 'anonymous',
  'aws:principaltype': ({ caller }) => typeOf(caller),
  'aws:userid': ({ caller }) => writeUserId(caller),
  // No service of AWS calls the mock, for itself or for others.
  'aws:principalisawsservice': ({ caller }) => caller.account && 'false',
  'aws:viaawsservice': () => 'false',
  'aws:username': ({ caller }) => (caller.session?.federated === undefined ? caller.user : undefined),
  'aws:multifactorauthpresent': ({ caller: { session } }) => session && String(session.mfa),
  'aws:multifactorauthage': ({ caller: { session }, clock }) =>
    session?.mfa ? String(Math.floor(Math.max(0, clock.now() - (session.mfaAt ?? session.issued)) / 1000)) : undefined,
  'aws:tokenissuetime': ({ caller: { session } }) => session && new Date(session.issued).toISOString(),
  'aws:sourceidentity': ({ caller: { session } }) => session?.sourceIdentity,
  'aws:currenttime': ({ clock }) => new Date(clock.now()).toISOString(),
  'aws:epochtime': ({ clock }) => String(Math.floor(clock.now() / 1000)),
  'aws:resourceaccount': ({ owner }) => owner?.id,
  's3:resourceaccount': ({ owner }) => owner?.id,
  // Accounts that are members of no organization have none (F662).
  'aws:principalorgid': ({ caller }) => caller.account?.organizationId,
  'aws:resourceorgid': ({ owner }) => owner?.organizationId,
  // A session's tags come before its role's (F662).
  'aws:principaltag/': ({ caller }, tag) =>
    findTagValue([...(caller.session?.tags ?? []), ...(findIdentity(caller)?.tags ?? [])], tag),
});

function typeOf(caller: Caller): string {
  if (caller.account === undefined) return 'Anonymous';
  if (caller.role !== undefined) return 'AssumedRole';
  if (caller.session?.federated !== undefined) return 'FederatedUser';
  return isRoot(caller) ? 'Account' : 'User';
}

/** A session of a role has the role's ARN, and a federated user has its own ARN (F713). */
function principalArn(account: Account, caller: Caller, partition: string): string {
  const isFederated = caller.session?.federated !== undefined;
  return isFederated ? writeCallerArn(account, caller, partition) : writeIdentityArn(account, caller, partition);
}

/** `AIDA...`, `AROA...:SESSION`, or the id of the account, of a federated user with its name. */
export function writeUserId(caller: Caller): string {
  const { account, role, session } = caller;
  if (account === undefined) return 'anonymous';
  if (session?.federated !== undefined) return `${account.id}:${session.federated}`;
  const id = findIdentity(caller)?.id ?? account.id;
  return role === undefined ? id : `${id}:${session?.name ?? ''}`;
}

/** The most specific values win: the values of the session, then of the user or the role, then of the mock (F661). */
export function findSetValues(
  key: string,
  caller: Caller,
  { conditions }: { readonly conditions: SetConditions },
): readonly string[] | undefined {
  const set = caller.session?.conditions?.get(key) ?? findIdentity(caller)?.conditions.get(key) ?? conditions.get(key);
  return set?.values;
}

export function makeConditions(world: World, ofRequest: ConditionKeyValues): ConditionKeyValues {
  return (key) => ofRequest(key) ?? world.caller.session?.tokenKeys?.get(key) ?? readKey(key, world);
}
