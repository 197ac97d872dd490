import { later } from './event-loop';
import { brokenConnection, type MemorySocket, SOCKET_STATE } from './socket-state';

/** An error that a listener of the client has thrown. It is the client's own, as over a network, and no bug of the mock. */
class ThrownByClient extends Error {
  constructor(readonly thrown: unknown) {
    super('a listener of the client has thrown');
  }
}

/** Runs `act`, which calls listeners of this end; it is called within `runAt`. */
export function callListeners<Result>(end: MemorySocket, act: () => Result): Result {
  try {
    return act();
  } catch (thrown) {
    throw end[SOCKET_STATE].isClient ? new ThrownByClient(thrown) : thrown;
  }
}

/** Runs for Node what belongs to an end in memory. A bug is reported, and the client reads the end of its connection. */
export function runAt(end: MemorySocket, act: (end: MemorySocket) => void): void {
  try {
    act(end);
  } catch (thrown) {
    if (thrown instanceof ThrownByClient) throw thrown.thrown;
    breakConnection(end, thrown);
  }
}

/**
 * Ends the write of an end, which calls listeners in a turn that is not theirs. An error that a listener of the client throws comes in a
 * turn of its own.
 */
export function endWrite(from: MemorySocket, done: ((error?: Error | null) => void) | undefined, error?: Error | null) {
  try {
    done?.(error);
  } catch (thrown) {
    if (from[SOCKET_STATE].isClient) later(throwOn, thrown);
    else breakConnection(from, thrown);
  }
}

function throwOn(thrown: unknown): never {
  throw thrown;
}

export function breakConnection(end: MemorySocket, bug: unknown): void {
  const state = end[SOCKET_STATE];
  const [client, server] = state.isClient ? [end, state.peer] : [state.peer, end];
  const ofClient = client[SOCKET_STATE];
  if (ofClient.isBroken) {
    client.destroy();
    return;
  }
  ofClient.isBroken = true;
  state.report(bug);
  server.destroy();
  if (client.connecting) client.destroy(brokenConnection(server[SOCKET_STATE]));
}
