import { now } from './event-loop';
import type { NotedRequest, RequestIds } from './noted-request';

/** A request at its place among the requests of a way. */
export interface SentRequest extends NotedRequest {
  readonly id: string;
  readonly callId: string | undefined;
  /** How S3 met it, if the code crashed at it or was dead already. */
  silence?: 'not applied' | 'applied';
}

/** A part of a way: the first run of a caller, or its restart. */
export class RunOfCode {
  readonly kind: 'run' | 'again';
  readonly caller: string;
  readonly requests: SentRequest[] = [];
  readonly crashed: Promise<void>;
  /** The real time at which the code last began, or got an answer. */
  wokenAt = now();
  /** Whether another caller got a turn since then, while this one had no request that waited. */
  isPassedOver = false;
  /** Whether the code has resolved or rejected. */
  isOver = false;
  readonly #ids: RequestIds;
  #crash: () => void = () => {};
  #isDead = false;

  constructor(kind: RunOfCode['kind'], caller: string, ids: RequestIds) {
    this.kind = kind;
    this.caller = caller;
    this.#ids = ids;
    this.crashed = new Promise((resolve) => {
      this.#crash = resolve;
    });
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  crash(): void {
    this.#isDead = true;
    this.#crash();
  }

  /** Returns the request that another attempt belongs to, or a new one. */
  note(asked: Pick<NotedRequest, 'service' | 'operation' | 'input'> & Pick<SentRequest, 'callId'>): SentRequest {
    const { callId } = asked;
    const known = callId === undefined ? undefined : this.requests.find((one) => one.callId === callId);
    if (known !== undefined) {
      known.attempts += 1;
      return known;
    }
    const request = { ...asked, caller: this.caller };
    const sent: SentRequest = { ...request, id: this.#ids.take(request), attempts: 1 };
    this.requests.push(sent);
    return sent;
  }
}
