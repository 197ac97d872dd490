/**
 * Which run of which world the code belongs to that makes a request. It is known where the code makes the request: when the bytes are
 * written, a pool can be in the middle of another request. The asynchronous context of the code holds the number of the run and nothing
 * else, so that neither a pooled connection nor a timer keeps a world in memory.
 * @module
 */
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import diagnosticsChannel from 'node:diagnostics_channel';
import { isMemorySocket, type MemorySocket, SOCKET_STATE } from './socket-state';

/** The number of code that belongs to no world. */
export const noRun = 0;

/** Is enabled while a world lives: on Node 20 and 22, each promise of the process pays for an enabled storage. */
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

/** Runs code, and all that follows from it, in a run. When no world lives, the code runs as it is: the storage would be enabled again. */
export function within<Result>(run: number, action: () => Result): Result {
  if (living === 0) return action();
  storage ??= new AsyncLocalStorage<number>();
  return storage.run(run, action);
}

/** The number of the run that the present code belongs to; undefined if it belongs to none. */
export function presentRun(): number | undefined {
  return storage && (Math.abs(storage.getStore() ?? noRun) || undefined);
}

/**
 * Calls listeners of a connection. The events of a connection belong to the run whose request it carries, but what a client does in them
 * can belong to another run: a pool sends the next request of its queue. So the number in their context is negative.
 */
export function withinEvents(run: number | undefined, action: () => void): void {
  if (living === 0 || storage === undefined) action();
  else storage.run(-(run ?? noRun), action);
}

/** Notes the run of a request, if it is not known yet. */
export function noteRun(request: object): number | undefined {
  if (storage === undefined) return undefined;
  const known = runs.get(request);
  if (known !== undefined) return known || undefined;
  const run = presentRun();
  if (living > 0) runs.set(request, run ?? noRun);
  return run;
}

/** Begins to note the runs of requests. Returns a function that ends this, when the last world of the process has ended. */
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

/** What undici, and fetch with it, publishes in the context of the code that makes a request, and when it writes the head. */
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

/** A pool creates a request that waited in its queue when another request has ended. What gets the answer was made by the code of the request. */
function noteCreated({ request }: Created): void {
  const receiver = findReceiver(request);
  if (receiver instanceof AsyncResource) receiver.runInAsyncScope(noteRun, undefined, request);
  else if (isInEvents() && isPlain(receiver)) runs.set(request, noRun);
  else noteRun(request);
}

/** undici has a member for it, which it does not export. */
function findReceiver(request: object): unknown {
  const symbol = Object.getOwnPropertySymbols(request).find(({ description }) => description === 'handler');
  return symbol && Reflect.get(request, symbol);
}

function isInEvents(): boolean {
  return (storage?.getStore() ?? noRun) < noRun;
}

/** Whether it is what fetch makes, of which nobody knows where. */
function isPlain(receiver: unknown): boolean {
  if (typeof receiver !== 'object' || receiver === null) return false;
  const prototype: unknown = Object.getPrototypeOf(receiver);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** With pipelining, several heads can be written before the first is read. */
function noteWritten({ request, socket }: Written): void {
  if (!isMemorySocket(socket)) return;
  const run = runs.get(request) || undefined;
  const state = socket[SOCKET_STATE];
  const server = state.peer[SOCKET_STATE];
  state.run = run;
  server.runs = [...(server.runs ?? []), run];
}

/** An end writes. If it is the client's, the bytes are those of a request, or, as a client with sockets of its own, bytes of which nobody knows more than their context. */
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
