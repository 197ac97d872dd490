import { createHash } from 'node:crypto';
import { awsAccounts } from '../access/grants';
import type { Cause } from '../changes';
import type { Account, Caller } from '../identity/account';
import { findIdentity } from '../identity/caller';
import { makeUniqueId } from '../identity/unique-id';
import type { IdPurpose, Ids } from '../ids';
import type { Store } from '../store';

export interface Actor {
  readonly principalId: string;
  readonly requester: string;
  readonly sourceAddress: string;
  readonly requestId: string;
  readonly hostId: string;
  readonly isService: boolean;
}

export type EventCause = Exclude<Cause, { readonly by: 'test' }>;

const service = 's3.amazonaws.com';

/** S3 has ids of its own for what it does by itself (F765). */
export function makeActor(cause: EventCause, store: Pick<Store, 'ids' | 'accounts'>, purpose: IdPurpose): Actor {
  if (cause.by === 'service')
    return cause.role === undefined ? serviceActor(store.ids, purpose) : copier(cause.role, store, purpose);
  const { caller, requestId, hostId, sourceAddress } = cause;
  // Callers without credentials have an account, whose 12 digits nobody sees.
  const { id } = caller.account ?? awsAccounts.anonymous;
  return { principalId: writePrincipalId(caller), requester: id, sourceAddress, requestId, hostId, isService: false };
}

export function makeReplicationActor(ids: Ids, purpose: IdPurpose): Actor {
  return { ...serviceActor(ids, purpose), requestId: ids.uuid(purpose) };
}

function serviceActor(ids: Ids, purpose: IdPurpose): Actor {
  return {
    ...{ principalId: service, requester: service, sourceAddress: service, isService: true },
    requestId: ids.requestId(purpose),
    hostId: ids.hostId(purpose),
  };
}

/** A session of the role, from an address of S3 (F863). A role that the mock lacks has the id that it would have. */
function copier(arn: string, { ids, accounts }: Pick<Store, 'ids' | 'accounts'>, purpose: IdPurpose): Actor {
  const requester = arn.split(':')[4] ?? '';
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const account = accounts.find(({ id }) => id === requester);
  const id = account?.findRole(name)?.id ?? makeUniqueId(account ?? { canonicalId: requester }, 'role', name);
  const principalId = `AWS:${id}:s3-replication`;
  return { ...serviceActor(ids, purpose), principalId, requester, isService: false };
}

/** `A` and 13 figures and capitals. It follows from the account, so that it takes nothing from the sequences of ids (F766). */
export function makeRetailId({ canonicalId }: Pick<Account, 'canonicalId'>): string {
  const digest = createHash('sha256').update(`retail id ${canonicalId}`).digest();
  // 36 to the power of 13 fits 68 bits, of which the digest has more.
  const digits = (digest.readBigUInt64BE(0) * 0x10000n + BigInt(digest.readUInt16BE(8))).toString(36).toUpperCase();
  return `A${digits.slice(-13)}`;
}

/** `AWS:` and the unique id of a user or a role, or the retail id of a root user (F766). */
export function writePrincipalId(caller: Caller): string {
  const { account, session, role } = caller;
  if (account === undefined) return makeRetailId(awsAccounts.anonymous);
  if (session?.federated !== undefined) return `AWS:${account.id}:${session.federated}`;
  const identity = findIdentity(caller);
  if (identity === undefined) return makeRetailId(account);
  return role !== undefined && session !== undefined ? `AWS:${identity.id}:${session.name}` : `AWS:${identity.id}`;
}
