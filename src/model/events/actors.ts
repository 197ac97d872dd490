import { awsAccounts } from '../access/grants';
import type { Cause } from '../changes';
import type { IdPurpose, Ids } from '../ids';
import { principalIdOf } from './principals';

/** Who caused an event, as messages have it. */
export interface Actor {
  readonly principalId: string;
  /** The 12 digits of an account, or the name of a service. */
  readonly requester: string;
  readonly sourceAddress: string;
  readonly requestId: string;
  readonly hostId: string;
  /** Whether S3 did it by a rule of the bucket. */
  readonly isService: boolean;
}

/** A cause that S3 reports. */
export type CauseOfEvent = Exclude<Cause, { readonly by: 'test' }>;

const service = 's3.amazonaws.com';

/** The one who caused a change. S3 has ids of its own for what it does by itself (F765). */
export function actorOf(cause: CauseOfEvent, ids: Ids, purpose: IdPurpose): Actor {
  if (cause.by === 'service') return serviceActor(ids, purpose);
  const { caller, requestId, hostId, sourceAddress } = cause;
  // Nobody sees the 12 digits of the account that callers without credentials have.
  const { id } = caller.account ?? awsAccounts.anonymous;
  return { principalId: principalIdOf(caller), requester: id, sourceAddress, requestId, hostId, isService: false };
}

function serviceActor(ids: Ids, purpose: IdPurpose): Actor {
  return {
    principalId: service,
    requester: service,
    sourceAddress: service,
    requestId: ids.requestId(purpose),
    hostId: ids.hostId(purpose),
    isService: true,
  };
}
