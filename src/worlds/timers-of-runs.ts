/**
 * Knows which timers run while code of a run waits, to say whether the code would ever end without an answer. These are the timers of Node: the fake
 * timers of jest, vitest and sinon create none.
 *
 * A socket starts a timer for each agent that keeps connections, and its event does nothing if nobody listens. So sockets are asked by their
 * requests. undici has one timer for all its requests, so its connections are asked too.
 * @module
 */
import { createHook } from 'node:async_hooks';
import diagnosticsChannel from 'node:diagnostics_channel';
import { listenToRequests, presentRun } from '../capture/index';
import { endTimer, startTimer } from '../journal/real-timers';
import { now } from './event-loop';

export interface TimersOfRuns {
  /**
   * Returns the real milliseconds until the soonest timer of these runs runs out, at least 0. Returns undefined if they have none. A timer of undici runs out up to
   * a second later.
   */
  soonest(runs: ReadonlySet<number>): number | undefined;
  end(): void;
}

/** A timer of Node, with members that its types leave out. */
interface Timer {
  /** Milliseconds; -1 if it was cleared. */
  readonly _idleTimeout: number;
  /** When it was last started, by the clock of the event loop. */
  readonly _idleStart: number;
  readonly _destroyed: boolean;
  readonly _onTimeout: unknown;
}

/** Notes the timers that code of runs sets from now on, and the requests that it makes. */
export function watchTimers(): TimersOfRuns {
  const timers = new NotedTimers();
  const requests = new NotedRequests();
  return {
    soonest: (runs) => {
      const clock = timers.readClock();
      const sockets = requests.listSocketTimers();
      const ofCode = timers.list(runs).filter((timer) => !sockets.has(timer) && !isOfClient(timer));
      const left = [...ofCode, ...requests.listHeardTimers(runs)].map((timer) => leftOf(timer, clock));
      const all = [...left, ...requests.listLimits(runs)];
      const [soonest] = all.toSorted((one, other) => one - other);
      return soonest && Math.max(0, soonest);
    },
    end: () => {
      timers.end();
      requests.end();
    },
  };
}

function leftOf({ _idleStart, _idleTimeout }: Timer, clock: number): number {
  return _idleStart + _idleTimeout - clock;
}

/** A timer with the longest time only keeps the process alive. */
const longest = 2 ** 31 - 1;

function isLive({ _destroyed, _idleTimeout }: Timer): boolean {
  return !_destroyed && _idleTimeout >= 0 && _idleTimeout < longest;
}

/**
 * Whether a client has set the timer for itself, so that nothing ends when it runs out: SDK v3 sets the keep-alive of a socket and warns of
 * waiting requests; undici counts time, and ends unused connections. Their functions are known by words that also minified code contains.
 */
function isOfClient({ _onTimeout }: Timer): boolean {
  return /\.setKeepAlive\(|socketWarningTimestamp|\bfastNow\b|\btimeoutType\b/.test(String(_onTimeout));
}

/** How many timers are noted before those that have run out are forgotten. */
const MANY = 1000;

class NotedTimers {
  readonly #runs = new Map<Timer, number>();
  #many = MANY;
  #isReading = false;
  // With `destroy`, or on Node 24 without this option, a hook makes each promise of the process slower.
  readonly #options = { trackPromises: false };
  readonly #hook = createHook({
    ...this.#options,
    init: (_id, type, _trigger, resource) => {
      if (type === 'Timeout' && !this.#isReading) this.#note(resource as Timer); // Node's class of that name
    },
  }).enable();

  #note(timer: Timer): void {
    const run = presentRun();
    if (run === undefined) return;
    this.#runs.set(timer, run);
    if (this.#runs.size < this.#many) return;
    this.#forgetEnded();
    this.#many = Math.max(MANY, 2 * this.#runs.size);
  }

  #forgetEnded(): void {
    for (const timer of this.#runs.keys()) if (!isLive(timer)) this.#runs.delete(timer);
  }

  list(runs: ReadonlySet<number>): readonly Timer[] {
    this.#forgetEnded();
    return [...this.#runs].flatMap(([timer, run]) => (runs.has(run) ? timer : []));
  }

  /** Only a timer tells the time of the clock of the event loop. */
  readClock(): number {
    this.#isReading = true;
    const timer = startTimer(() => {}, 1);
    this.#isReading = false;
    endTimer(timer);
    return (timer as unknown as Timer)._idleStart; // Node's class, of which the types know a part
  }

  end(): void {
    this.#hook.disable();
    this.#runs.clear();
  }
}

interface NotedSocket {
  readonly destroyed: boolean;
  listeners(event: string): readonly unknown[];
}

/** What node:http and undici give for a request, as far as it is read here. */
interface NotedRequest {
  /** Of node:http. */
  readonly socket?: NotedSocket | null;
  readonly destroyed?: boolean;
  readonly res?: { readonly complete: boolean } | null;
  listenerCount?(event: string): number;
  /** Of undici. */
  readonly completed?: boolean;
  readonly aborted?: boolean;
}

class NotedRequests {
  readonly #runs = new Map<NotedRequest, number>();
  /** The sockets that carried a request, until they are destroyed: a client sets a timer on a socket that waits for its next request. */
  readonly #sockets = new Set<NotedSocket>();
  /** The requests of undici that were written, each with its connection and the time of the write. */
  readonly #written = new Map<object, { readonly socket: object; readonly at: number }>();
  readonly #endListening = listenToRequests((request, run) => {
    this.#forgetEnded();
    this.#runs.set(request, run);
  });
  readonly #noteWritten = (message: unknown): void => {
    const { request, socket } = message as { readonly request: object; readonly socket: object };
    if (this.#runs.has(request)) this.#written.set(request, { socket, at: now() });
  };

  constructor() {
    diagnosticsChannel.subscribe(sendHeaders, this.#noteWritten);
  }

  #forgetEnded(): void {
    for (const request of this.#runs.keys()) {
      if (request.socket) this.#sockets.add(request.socket);
      if (!isOver(request)) continue;
      this.#runs.delete(request);
      this.#written.delete(request);
    }
    for (const socket of this.#sockets) if (socket.destroyed) this.#sockets.delete(socket);
  }

  /** The timers of all sockets. */
  listSocketTimers(): ReadonlySet<Timer> {
    this.#forgetEnded();
    return new Set([...this.#sockets].flatMap((socket) => findTimer(socket) ?? []));
  }

  /** The timers of sockets whose end somebody hears. */
  listHeardTimers(runs: ReadonlySet<number>): readonly Timer[] {
    this.#forgetEnded();
    return [...this.#runs].flatMap(([request, run]) => (runs.has(run) && findHeardTimer(request)) || []);
  }

  /** The milliseconds that are left to requests of undici. */
  listLimits(runs: ReadonlySet<number>): readonly number[] {
    return [...this.#written].flatMap(([request, { socket, at }]) => {
      const limit = runs.has(this.#runs.get(request) ?? Number.NaN) ? findLimit(socket) : undefined;
      return limit === undefined ? [] : at + limit - now();
    });
  }

  end(): void {
    this.#endListening();
    diagnosticsChannel.unsubscribe(sendHeaders, this.#noteWritten);
    this.#runs.clear();
    this.#sockets.clear();
    this.#written.clear();
  }
}

const sendHeaders = 'undici:client:sendHeaders';

function isOver({ destroyed, res, completed, aborted }: NotedRequest): boolean {
  return destroyed === true || res?.complete === true || completed === true || aborted === true;
}

function findTimer(socket: NotedSocket): Timer | undefined {
  const timer = findBySymbol(socket, 'timeout') as Timer | null | undefined; // where net.Socket keeps it
  return timer && isLive(timer) ? timer : undefined;
}

/** undici keeps the limit of the head, and then that of the body, at what reads the answers of a connection. */
function findLimit(socket: object): number | undefined {
  const reader = findBySymbol(socket, 'parser') as { readonly timeoutValue?: number | null } | null | undefined; // of undici
  return reader?.timeoutValue || undefined;
}

function findBySymbol(owner: object, description: string): unknown {
  const symbol = Object.getOwnPropertySymbols(owner).find((one) => one.description === description);
  return symbol && Reflect.get(owner, symbol);
}

/** Returns the timer of a request's socket, if somebody other than Node hears that it runs out. */
function findHeardTimer(request: NotedRequest): Timer | undefined {
  const { socket } = request;
  if (!socket) return undefined;
  const isHeard =
    (request.listenerCount?.('timeout') ?? 0) > 0 ||
    socket.listeners('timeout').some((listener) => !isListenerOfNode(listener));
  return isHeard ? findTimer(socket) : undefined;
}

/** The agent ends unused sockets, and a request passes the event of its socket on. */
function isListenerOfNode(listener: unknown): boolean {
  return /freeSockets|_httpMessage/.test(String(listener));
}
