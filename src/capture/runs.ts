/**
 * Finds out to which run of which world a request belongs. The answer is noted when code makes the request, because a pool can be in the middle
 * of another request when the bytes are written. The asynchronous context of the code contains only the number of the run, so neither a pooled
 * connection nor a timer keeps a world in memory. The code of a run can go on after the end of its mock, which answers for it until it ends.
 * @module
 */
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import diagnosticsChannel from 'node:diagnostics_channel';
import type { Accept, Answer, CaptureRefusal, WireReply } from '../wire';
import { isMemorySocket, type MemorySocket, SOCKET_STATE } from './socket-state';

/** The number of code that belongs to no world. */
export const noRun = 0;

/** The storage is enabled only while a world is open: on Node 20 and 22, an enabled storage makes each promise of the process slower. */
let storage: AsyncLocalStorage<number> | undefined;
let living = 0;
let last = noRun;

/** The runs of the requests of node:http and undici that were made since the first world of the process. */
const runs = new WeakMap<object, number>();

/** Returns a number that no other run of the process has. */
export function nextRun(): number {
  last += 1;
  return last;
}

/** Runs code, and everything that follows from it, in a run. If no world is open, the code runs without the storage, which would be enabled again otherwise. */
export function within<Result>(run: number, action: () => Result): Result {
  if (living === 0) return action();
  storage ??= new AsyncLocalStorage<number>();
  return storage.run(run, action);
}

/** Returns the number of the run to which the present code belongs. Returns undefined if the code belongs to no run. */
export function presentRun(): number | undefined {
  return storage && (Math.abs(storage.getStore() ?? noRun) || undefined);
}

/**
 * Calls listeners of a connection. The events of a connection belong to the run whose request the connection carries. A listener can also do
 * something for another run: a pool sends the next request of its queue. To mark the difference, the number in the context is negative.
 */
export function withinEvents(run: number | undefined, action: () => void): void {
  if (living === 0 || storage === undefined) action();
  else storage.run(-(run ?? noRun), () => notingThrow(run, action));
}

/** The run of the events that an error is leaving, until it is caught. */
let leaving: { readonly run: number | undefined } | undefined;

/**
 * Calls a function. If it throws an error that nobody catches, this error belongs to the run: when Node tells of it, it has left the context in which
 * it was thrown. This does not catch the error, since Node would then show this line as its origin.
 */
export function notingThrow<Result>(run: number | undefined, action: () => Result): Result {
  let hasThrown = true;
  try {
    const result = action();
    hasThrown = false;
    return result;
  } finally {
    if (hasThrown) leave(run);
  }
}

function leave(run: number | undefined): void {
  if (leaving !== undefined) return;
  leaving = { run };
  // Node tells of an uncaught error before any microtask runs.
  void Promise.resolve().then(() => {
    leaving = undefined;
  });
}

/** Returns the run to which an uncaught error belongs, while Node tells of it. */
export function runOfUncaught(): number | undefined {
  return leaving === undefined ? presentRun() : leaving.run;
}

/** Notes the run of a request, if it is not known yet. */
export function noteRun(request: object): number | undefined {
  if (storage === undefined) return undefined;
  const known = runs.get(request);
  if (known !== undefined) return known || undefined;
  const run = presentRun();
  if (living > 0) note(request, run);
  return run;
}

type Listener = (request: object, run: number) => void;

const listeners = new Set<Listener>();

/** Calls a function with each request of a run: a request of node:http, or one of undici. Call the returned function to end it. */
export function listenToRequests(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function note(request: object, run: number | undefined): void {
  runs.set(request, run ?? noRun);
  if (run !== undefined) for (const listener of listeners) listener(request, run);
}

/** Begins to note the runs of requests. Call the returned function when the world ends; after the last world of the process, nothing is noted any more. */
export function watchRuns(): () => void {
  living += 1;
  if (living === 1) for (const { name, listen } of channels) diagnosticsChannel.subscribe(name, listen);
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    living -= 1;
    if (living > 0) return;
    storage?.disable();
    for (const { name, listen } of channels) diagnosticsChannel.unsubscribe(name, listen);
  };
}

/** The channels on which undici publishes two moments of a request: when code makes it, in the context of this code, and when its head is written. fetch uses undici. */
const channels: readonly { readonly name: string; readonly listen: (message: unknown) => void }[] = [
  { name: 'undici:request:create', listen: (message) => noteCreated(message as Created) },
  { name: 'undici:client:sendHeaders', listen: (message) => noteWritten(message as Written) },
];

interface Created {
  readonly request: object;
}

interface Written extends Created {
  readonly socket: unknown;
}

/**
 * If a request waits in the queue of a pool, the pool creates it after another request has ended, in the context of the other request. The code of
 * the request has made the object that receives the answer, so the context of this object decides.
 */
function noteCreated({ request }: Created): void {
  const receiver = findReceiver(request);
  if (receiver instanceof AsyncResource) receiver.runInAsyncScope(noteRun, undefined, request);
  else if (isInEvents() && isPlain(receiver)) runs.set(request, noRun);
  else noteRun(request);
}

/** Returns the object that receives the answer. undici keeps it under a symbol that undici does not export. */
function findReceiver(request: object): unknown {
  const symbol = Object.getOwnPropertySymbols(request).find(({ description }) => description === 'handler');
  return symbol && Reflect.get(request, symbol);
}

function isInEvents(): boolean {
  return (storage?.getStore() ?? noRun) < noRun;
}

/** Whether fetch has made the receiver: a plain object, which does not show the context in which it was made. */
function isPlain(receiver: unknown): boolean {
  if (typeof receiver !== 'object' || receiver === null) return false;
  const prototype: unknown = Object.getPrototypeOf(receiver);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Notes the run of a written head. With pipelining, a client can write several heads before the server reads the first. */
function noteWritten({ request, socket }: Written): void {
  if (!isMemorySocket(socket)) return;
  const run = runs.get(request) || undefined;
  const state = socket[SOCKET_STATE];
  const server = state.peer[SOCKET_STATE];
  state.run = run;
  server.runs = [...(server.runs ?? []), run];
}

/**
 * Notes the run of bytes that one end of a connection writes. Only the client's end matters. The bytes belong to a request of node:http; if a client
 * uses sockets directly, only the context of the write is known.
 */
export function noteWriter(from: MemorySocket): void {
  const state = from[SOCKET_STATE];
  if (storage === undefined || !state.isClient) return;
  const { _httpMessage: request }: { readonly _httpMessage?: unknown } = from as object;
  const run = typeof request === 'object' && request !== null ? noteRun(request) : presentRun();
  state.peer[SOCKET_STATE].run = run;
  if (state.peer[SOCKET_STATE].runs === undefined) state.run = run;
}

/** Returns the run of the request whose head the server reads. Each head is read once. */
export function takeRun(server: MemorySocket): number | undefined {
  const state = server[SOCKET_STATE];
  const [first, ...others] = state.runs ?? [];
  if (state.runs === undefined || state.runs.length === 0) return state.run;
  state.runs = others;
  return first;
}

interface Answerer {
  readonly accept: Accept;
  readonly refuse: (refusal: CaptureRefusal) => WireReply;
}

/** Who started the code of each run that goes on. The process has one map, since the requests of a run can reach the capture of another mock. */
const owners = new Map<number, StartedCode>();

/** A promise that nobody has any more is never settled, so its code goes on no more: nothing of it stays in the process. */
const unsettled = new FinalizationRegistry<() => void>((end) => end());

/** Returns what answers a request of a run that goes on though the capture of its mock has stopped, whichever capture it reaches. */
export function acceptStarted(run: number | undefined): Answer | undefined {
  const owner = run === undefined ? undefined : owners.get(run);
  return run === undefined || owner === undefined || owner.isCaptured ? undefined : owner.accept(run);
}

export function refuseWith(makeReply: () => WireReply): Answer {
  const answer: Answer = makeReply;
  answer.refusesHead = () => true;
  return answer;
}

/**
 * Code of a test that a mock has started and that goes on: explored code, functions of a fork, handlers of events. The mock answers the requests
 * of this code also after its end, so that none of them leaves the process.
 */
export class StartedCode {
  #answerer: Answerer;
  /** How many functions of each run go on. */
  readonly #going = new Map<number, number>();
  /** The runs that go on though their call has ended. */
  readonly #left = new Set<number>();
  /** Whether the capture of the mock takes its requests. */
  isCaptured = false;
  #afterLast: (() => void)[] = [];
  #onRefuse: ((reply: WireReply) => void)[] = [];
  #refusal: WireReply | undefined;

  constructor(answerer: Answerer) {
    this.#answerer = answerer;
  }

  get isOver(): boolean {
    return this.#going.size === 0;
  }

  has(run: number | undefined): boolean {
    return run !== undefined && this.#going.has(run);
  }

  /** Notes that all that goes on belongs to a test that has ended. */
  leaveAll(): void {
    for (const run of this.#going.keys()) this.#left.add(run);
  }

  /** Notes that the call which started a run has ended. */
  leave(run: number): void {
    if (this.has(run)) this.#left.add(run);
  }

  isLeft(run: number | undefined): boolean {
    return run !== undefined && this.#left.has(run);
  }

  /** Calls a function whose requests belong to a run. The run goes on until the promise is settled. */
  run<Result>(run: number, action: () => Promise<Result> | Result): Promise<Result> {
    const end = this.#begin(run);
    const going = within(run, async () => action());
    unsettled.register(going, end);
    going.then(end, end);
    return going;
  }

  #begin(run: number): () => void {
    const endWatch = watchRuns();
    this.#going.set(run, (this.#going.get(run) ?? 0) + 1);
    owners.set(run, this);
    let hasEnded = false;
    return () => {
      if (hasEnded) return;
      hasEnded = true;
      this.#end(run);
      endWatch();
    };
  }

  #end(run: number): void {
    const others = (this.#going.get(run) ?? 1) - 1;
    if (others > 0) {
      this.#going.set(run, others);
      return;
    }
    this.#going.delete(run);
    this.#left.delete(run);
    owners.delete(run);
    if (!this.isOver) return;
    this.#onRefuse = [];
    for (const act of this.#afterLast.splice(0)) act();
  }

  /** Calls a function once, when no code goes on any more. */
  afterLast(act: () => void): void {
    if (this.isOver) act();
    else this.#afterLast.push(act);
  }

  /** Calls a function once, when the requests of this code are refused from then on. */
  onRefuse(act: (reply: WireReply) => void): void {
    if (this.#refusal !== undefined) act(this.#refusal);
    else this.#onRefuse.push(act);
  }

  /** Calls a function once, when no code goes on, or when its requests are refused. */
  whenLeft(act: () => void): void {
    let isDone = false;
    const once = () => {
      if (!isDone) act();
      isDone = true;
    };
    this.onRefuse(once);
    this.afterLast(once);
  }

  /** From now on, the requests of this code are refused, and nothing here keeps the mock in memory. */
  refuse(): void {
    if (this.isOver) return;
    const reply = this.#answerer.refuse({ kind: 'stopped' });
    this.#refusal = reply;
    const answer = refuseWith(() => reply);
    this.#answerer = { accept: () => answer, refuse: () => reply };
    for (const act of this.#onRefuse.splice(0)) act(reply);
  }

  accept(run: number): Answer {
    return this.#answerer.accept(run);
  }
}
