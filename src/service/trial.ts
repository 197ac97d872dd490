import type { OperationName } from '../journal/entry';
import { anonymous } from '../model/identity/caller';
import type { Store, StoreSnapshot } from '../model/store';
import type { Touch } from '../model/touches';
import type { S3Error } from '../refusals';
import type { WireRequest } from '../wire';
import type { ReadOptions, ServedCall, Service } from './service';

/** What became of a request that was sent to a copy of the state. */
export interface Trial {
  readonly operation: OperationName | undefined;
  readonly status: number;
  readonly refusal: S3Error | undefined;
  /** The code in the words of the service that was called. */
  readonly code: string | undefined;
  readonly output: object | undefined;
  /** What the request read and wrote in the copy. */
  readonly touches: readonly Touch[];
}

export interface TrialOptions {
  /** Most trials change what was signed, and ask what a client would get that signs anew. Default: no signature is looked at. */
  readonly verifySignatures?: 'as the mock' | undefined;
  /** The time of the mock's clock in the trial, in milliseconds since 1970. Default: the present time. */
  readonly at?: number | undefined;
  /** Changes the copy of the state before the request comes. */
  readonly arrange?: ((store: Store) => void) | undefined;
  /** A request that comes before to the same copy. If S3 refuses it, the trial has no result. */
  readonly first?: WireRequest | undefined;
}

export type TryRequest = (wire: WireRequest, trial?: TrialOptions) => Trial | undefined;

/** The state that each trial begins with. */
export interface TriedState {
  readonly snapshot: StoreSnapshot;
}

/**
 * Sends a request to a copy of the state, which nobody sees: no rule is used up, no id is drawn, no event is sent, and no entry is left.
 * Returns undefined if the mock has a bug there, or if S3 refuses the request that comes first.
 */
export function tryRequest<C extends ServedCall>(
  service: Service<C>,
  wire: WireRequest,
  options: ReadOptions & TriedState,
  { verifySignatures: verified, at, arrange, first }: TrialOptions = {},
): Trial | undefined {
  const { store, snapshot } = options;
  const touches: Touch[] = [];
  let isBroken = false;
  const send = (one: WireRequest) => {
    const verifySignatures = verified === undefined ? false : options.verifySignatures;
    const call = service.read({ ...options, verifySignatures }, one);
    call.caller = anonymous;
    const outcome = service.carryOut(call, () => {
      isBroken = true;
    });
    const { error, status } = service.makeEntry(call, outcome);
    return { operation: service.operationOf(call), outcome, code: error?.code, status };
  };
  const carryOut = () => {
    if (at !== undefined) store.clock.set(at);
    arrange?.(store);
    const end = store.observe((touch) => touches.push(touch));
    try {
      return first === undefined || send(first).outcome.refusal === undefined ? send(wire) : undefined;
    } finally {
      end();
    }
  };
  // Whoever observes the store asks about the requests that came.
  const { result } = store.unobserved(() => store.actOn(snapshot, carryOut));
  if (isBroken || result === undefined) return undefined;
  const { operation, outcome, code, status } = result;
  return { operation, status, refusal: outcome.refusal, code, output: outcome.output as object | undefined, touches };
}
