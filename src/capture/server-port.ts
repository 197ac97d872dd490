import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import timers from 'node:timers';
import { makeCallback } from '../callback';

interface ServerPlace {
  readonly port: number;
  readonly hostname: string;
  /** Whether the port keeps the process alive. */
  readonly ref: boolean;
  /** Makes the error of a port that cannot be opened. */
  readonly makeError: (error: NodeJS.ErrnoException) => Error;
}

/** Opens the port of a server. */
export function openServer(server: Server, { port, hostname, ref, makeError }: ServerPlace): Promise<AddressInfo> {
  // A connection that somebody keeps open would otherwise do what the port itself does not: keep the process alive.
  if (!ref) server.on('connection', (socket) => socket.unref());
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(makeError(error));
    server.once('error', fail);
    const begin = () => {
      server.off('error', fail);
      if (!ref) server.unref();
      resolve(server.address() as AddressInfo); // it listens on a port, not on a pipe
    };
    const leave = (bug: unknown) => {
      server.close();
      reject(bug);
    };
    // Workers of node:cluster would otherwise share the port, and one test's requests reach the mock of another.
    server.listen({ port, host: hostname, exclusive: true }, makeCallback(leave, begin));
  });
}

/** The milliseconds in which a client must complete a request or a reply. */
const grace = 2000;

// These come from the core module at import, since a test may fake timers later.
const { setTimeout: inAWhile, clearTimeout: forget } = timers;

/** Returns a function that closes the port of a server, and calls `end` to end what is under way. */
export function makeClosing(server: Server): (end: () => void) => Promise<void> {
  let closed: Promise<void> | undefined;
  return (end) => {
    closed ??= new Promise((resolve) => {
      const late = inAWhile(() => server.closeAllConnections(), grace);
      server.close(() => {
        forget(late);
        resolve();
      });
    });
    end();
    return closed;
  };
}
