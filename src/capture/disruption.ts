import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import timers from 'node:timers';
import type { WireDelay, WireReply } from '../wire';
import { firstHalf } from './reply-sender';

// Taken from the core module at import: a delay is of real time, and the fake timers of a test neither freeze nor end it.
const { setTimeout: inAWhile, clearTimeout: forget } = timers;

/**
 * Goes on when a delay is over. While the client waits the process is held open for it, as a connection to the real service holds it;
 * for a client that has gone the request is applied all the same, as a service does with what it has received.
 */
export function wait(response: ServerResponse, { milliseconds, onOvertaken }: WireDelay, goOn: () => void): void {
  const end = () => {
    forget(timer);
    // Stopped in the meantime, which has answered.
    if (!response.headersSent) goOn();
  };
  const timer = inAWhile(end, milliseconds);
  response.once('close', () => timer.unref());
  onOvertaken(end);
}

/** Loses the connection, as a network does: with nothing of the reply sent, or with half of it. */
export function breakOff(response: ServerResponse, reply: WireReply): void {
  const { method } = response.req;
  onTurn(response, (socket) => {
    if (reply.disconnect === 'before') socket.resetAndDestroy();
    else socket.write(firstHalf(reply, method), () => socket.destroy());
  });
}

/** The socket is a response's own once those to earlier requests of the connection are sent. */
function onTurn(response: ServerResponse, act: (socket: Socket) => void): void {
  if (response.socket) act(response.socket);
  else response.once('socket', act);
}
