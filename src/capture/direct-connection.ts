import type { ServerResponse } from 'node:http';
import { makeCallback } from '../callback';
import type { WireDelay, WireReply } from '../wire';
import { afterArrival, stream } from './delivery';
import { HeaderNames, writePlainReply } from './plain-reply';
import { HeaderLines, type PlainRequest, readPlainRequest } from './plain-request';
import { type MemorySocket, type Reader, SOCKET_STATE } from './socket-state';

export class DirectRequest {
  readonly parts: PlainRequest;
  readonly socket: MemorySocket;
  isAnswered = false;

  constructor(parts: PlainRequest, socket: MemorySocket) {
    this.parts = parts;
    this.socket = socket;
  }

  get waiting(): WaitingRequest {
    const { method, url, headers } = this.parts;
    const scheme = 'encrypted' in this.socket ? 'https' : 'http';
    const awaits = this.isAnswered ? 'reader' : 'reply';
    return { method, url: `${scheme}://${headers.get('host') ?? ''}${url}`, awaits };
  }
}

export interface WaitingRequest {
  readonly method: string;
  readonly url: string;
  /** `body`: the client has not sent all of it; `reply`: a rule delays the reply; `rest`: a rule stalls it; `reader`: the client has not read all of the reply. */
  readonly awaits: 'body' | 'reply' | 'rest' | 'reader';
}

export function waitingRequest(response: ServerResponse, isStalled: boolean): WaitingRequest {
  const { req: request, headersSent } = response;
  const { method = 'GET', url = '/', headers, socket, complete } = request;
  const scheme = 'encrypted' in socket ? 'https' : 'http';
  const awaits = isStalled ? 'rest' : headersSent ? 'reader' : complete ? 'reply' : 'body';
  return { method, url: url.startsWith('/') ? `${scheme}://${headers.host ?? ''}${url}` : url, awaits };
}

type Reply = WireReply | WireDelay;

export interface DirectExchange {
  readonly isStopped: () => boolean;
  readonly answer: (request: DirectRequest) => Reply;
  /** Called when a request has come, and when its answer is written or is no longer written here. */
  readonly begin: (request: DirectRequest) => void;
  readonly end: (request: DirectRequest) => void;
  /** Whether the request is passed on to a real server, which is the work of Node's server. */
  readonly isForOthers: (request: PlainRequest) => boolean;
  /** Takes the connection if its first bytes are no request that the mock can read. */
  readonly carry: (bytes: Buffer) => boolean;
  /** Gives the connection to Node's server; with the reply to the request that the server reads first, if it was made already. */
  readonly handOver: (reply: (() => Reply) | undefined) => void;
  /** Called if a bug leaves nothing to answer on the connection. */
  readonly report: (bug: unknown) => void;
}

export class SeenHeaders {
  readonly lines = new HeaderLines();
  readonly names = new HeaderNames();
}

/**
 * Answers requests that are plain and arrive complete. At the first other request, Node's server takes over the connection (decision 43).
 */
export class DirectConnection implements Reader {
  readonly #socket: MemorySocket;
  readonly #exchange: DirectExchange;
  readonly #seen: SeenHeaders;
  // The bound functions are made once for a connection, not for each of its requests.
  readonly #answerOpen: () => void;
  readonly #endOpen: () => void;
  #held: (Buffer | null)[] = [];
  #open: DirectRequest | undefined;

  constructor(socket: MemorySocket, exchange: DirectExchange, seen: SeenHeaders) {
    this.#socket = socket;
    this.#exchange = exchange;
    this.#seen = seen;
    this.#answerOpen = makeCallback(exchange.report, () => this.#answer());
    this.#endOpen = makeCallback(exchange.report, () => this.#end());
    socket[SOCKET_STATE].reader = this;
    socket.on('error', ignore);
    socket.once('close', this.#endOpen);
  }

  accept(chunks: readonly (Buffer | null)[]): boolean {
    try {
      return this.#accept(chunks);
    } catch (bug) {
      this.#exchange.report(bug);
      return true;
    }
  }

  #accept(chunks: readonly (Buffer | null)[]): boolean {
    const [bytes] = chunks;
    const mayBePlain = chunks.length === 1 && this.#open === undefined && !this.#exchange.isStopped();
    const parts = mayBePlain && bytes ? readPlainRequest(bytes, this.#seen.lines) : undefined;
    for (const chunk of chunks) this.#held.push(chunk);
    if (parts === undefined && bytes && this.#open === undefined && this.#exchange.carry(bytes)) {
      this.#leave();
      return this.#streamHeld();
    }
    if (parts === undefined || this.#exchange.isForOthers(parts)) return this.#handOver();
    const request = new DirectRequest(parts, this.#socket);
    this.#open = request;
    this.#exchange.begin(request);
    // The rest of the body, or the end, may arrive in this turn, so the answer waits until the turn is over.
    afterArrival(this.#socket, this.#answerOpen);
    return true;
  }

  #answer(): void {
    const request = this.#open;
    if (request === undefined || this.#socket.destroyed) return;
    const { reply, bytes } = this.#exchange.isStopped() ? unanswered : this.#attempt(request);
    // The handler may have stopped the exchange.
    if (bytes === undefined || this.#exchange.isStopped()) {
      this.#handOver(reply);
      return;
    }
    const state = this.#socket[SOCKET_STATE];
    for (const chunk of this.#held.splice(0)) state.bytesRead += chunk?.length ?? 0;
    request.isAnswered = true;
    this.#socket.write(bytes, this.#endOpen);
  }

  #attempt(request: DirectRequest): Attempt {
    try {
      const reply = this.#exchange.answer(request);
      return { reply: () => reply, bytes: writePlainReply(reply, request.parts.method, this.#seen.names) };
    } catch (error) {
      const reply = () => {
        throw error;
      };
      return { reply, bytes: undefined };
    }
  }

  #handOver(reply?: () => Reply): boolean {
    this.#leave();
    // The present answer is sent to its end before Node's server writes its first answer.
    if (this.#open?.isAnswered === false) this.#end();
    this.#exchange.handOver(reply);
    return this.#streamHeld();
  }

  #leave(): void {
    this.#socket[SOCKET_STATE].reader = undefined;
    this.#socket.off('error', ignore);
  }

  #streamHeld(): boolean {
    const socket = this.#socket;
    socket.read(0); // so that the stream passes on what comes at once, and not in a later turn
    return stream(socket, this.#held.splice(0));
  }

  #end(): void {
    const request = this.#open;
    this.#open = undefined;
    if (request !== undefined) this.#exchange.end(request);
  }
}

interface Attempt {
  readonly reply: (() => Reply) | undefined;
  readonly bytes: Buffer | undefined;
}

const unanswered: Attempt = { reply: undefined, bytes: undefined };

function ignore(): void {}
