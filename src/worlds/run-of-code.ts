import type { CallerResult } from '../mock/exploration';
import { now } from './event-loop';
import type { NotedRequest, RequestIds } from './noted-request';

/** A request at its place among the requests of a way. */
export interface SentRequest extends NotedRequest {
  readonly id: string;
  readonly callId: string | undefined;
  /** How S3 met it, if it never answers, or if the code was dead already. */
  silence?: 'not applied' | 'applied';
  /** Whether its code goes on to wait for the answer, since the process does not end. */
  isOpen?: boolean;
  /** Whether S3 answers when a timer of the code has run out. */
  isLate?: boolean;
  /** Whether that timer still runs. */
  isHeld?: boolean;
  /** The status of an answer that is lost. */
  lostStatus?: number;
}

/** How a run ended that neither resolved nor rejected. */
type BrokenOff = Extract<CallerResult['outcome'], 'crashed' | 'waits'>;

/** A part of a way: the first run of a caller, or its restart. */
export class RunOfCode {
  readonly kind: 'run' | 'again';
  /** The name of the caller; of a restart, with `again` behind it. */
  readonly caller: string;
  readonly requests: SentRequest[] = [];
  readonly brokenOff: Promise<BrokenOff>;
  /** The real time at which the code last began, or got an answer. */
  wokenAt = now();
  /** Whether another caller got a turn since then, while this one had no request that waited. */
  isPassedOver = false;
  /** Whether the code has resolved or rejected. */
  isOver = false;
  readonly #ids: RequestIds;
  #breakOff: (how: BrokenOff) => void = () => {};
  #isDead = false;

  constructor(kind: RunOfCode['kind'], caller: string, ids: RequestIds) {
    this.kind = kind;
    this.caller = caller;
    this.#ids = ids;
    this.brokenOff = new Promise((resolve) => {
      this.#breakOff = resolve;
    });
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  breakOff(how: BrokenOff = 'crashed'): void {
    this.#isDead = true;
    this.#breakOff(how);
  }

  /** Whether the code has sent a request whose answer does not come, and waits for the answer to no other. */
  get isLeftAlone(): boolean {
    if (this.isOver || this.#isDead) return false;
    const open = this.requests.filter((request) => request.isOpen === true || request.isHeld === true);
    return open.length > 0 && this.requests.every((request) => request.entry !== undefined || open.includes(request));
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
