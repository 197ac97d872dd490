import type { OperationName } from '../journal/entry';
import { anonymous } from '../model/identity/caller';
import type { StoreSnapshot } from '../model/store';
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
}

export type TryRequest = (wire: WireRequest, trial?: TrialOptions) => Trial | undefined;

/** The state that each trial begins with. */
export interface TriedState {
  readonly snapshot: StoreSnapshot;
}

/**
 * Sends a request to a copy of the state, which nobody sees: no rule is used up, no id is drawn, no event is sent, and no entry is left.
 * Returns undefined if the mock has a bug there.
 */
export function tryRequest<C extends ServedCall>(
  service: Service<C>,
  wire: WireRequest,
  options: ReadOptions & TriedState,
  { verifySignatures: verified, at }: TrialOptions = {},
): Trial | undefined {
  const { store, snapshot } = options;
  const touches: Touch[] = [];
  let isBroken = false;
  const carryOut = () => {
    if (at !== undefined) store.clock.set(at);
    const end = store.observe((touch) => touches.push(touch));
    try {
      const verifySignatures = verified === undefined ? false : options.verifySignatures;
      const call = service.read({ ...options, verifySignatures }, wire);
      call.caller = anonymous;
      const outcome = service.carryOut(call, () => {
        isBroken = true;
      });
      const { error, status } = service.makeEntry(call, outcome);
      return { operation: service.operationOf(call), outcome, code: error?.code, status };
    } finally {
      end();
    }
  };
  // Whoever observes the store asks about the requests that came.
  const { result } = store.unobserved(() => store.actOn(snapshot, carryOut));
  if (isBroken) return undefined;
  const { operation, outcome, code, status } = result;
  return { operation, status, refusal: outcome.refusal, code, output: outcome.output as object | undefined, touches };
}
