import type { OperationName, RequestEntry, ServiceName } from '../journal/entry';
import type { FailEntry } from './failures/rule';
import type { Failure } from './failures/steps';

/** A request that could be read, before it is checked and applied. */
export interface ReadableRequest {
  readonly service: ServiceName;
  readonly operation: OperationName | undefined;
  readonly input: object;
  /** The number of the run in a world that sent it. */
  readonly run: number | undefined;
  /** The id that SDKs give to all attempts of a request. Other clients send none. */
  readonly callId: string | undefined;
  /** The sender, as the capture's `senderOf` returned it. */
  readonly sender: object | undefined;
}

/** What an exploration, or a suite that is tried, does with a request (decisions 99 and 107). */
export interface Turn {
  /** The moment at which the request is applied. Left out: at once. */
  readonly until?: Promise<void> | undefined;
  /** Called once, at that moment, before the request is read again, checked and applied. All of that is one synchronous stretch. */
  readonly decide: () => TurnDecision;
  /** Called when the request was applied or refused, and S3 has done what the request made due, before the answer leaves. `lostStatus`
   * is the status of an answer that is lost. */
  readonly settled?: (entry: RequestEntry, lostStatus: number | undefined) => void;
  /**
   * Called when the request was applied or refused, before the answer leaves. Unlike with `settled`, S3 does nothing for it that was due. `isRuled`
   * says whether a rule of the test matched the request.
   */
  readonly answered?: (entry: RequestEntry, isRuled: boolean) => void;
}

export interface TurnDecision {
  /** Takes the place of what the rules of a test say about the request. */
  readonly failure?: Failure | undefined;
  readonly failEntry?: FailEntry | undefined;
  /** The request is applied, and its answer leaves when the promise resolves. */
  readonly heldUntil?: Promise<void> | undefined;
  /** The request gets no answer. Its connection breaks when the promise resolves. */
  readonly silence?: { readonly isApplied: boolean; readonly until: Promise<void> } | undefined;
  /** The body of the answer is sent in pieces of so many bytes. */
  readonly pieceSize?: number | undefined;
}

export type TakeTurn = (request: ReadableRequest) => Turn | undefined;

/** A mock explores nothing until an exploration sets `take`. */
export interface Turns {
  take: TakeTurn | undefined;
  /** Set when a way is over: whatever its code still sends is neither applied nor answered. */
  isOver: boolean;
}
