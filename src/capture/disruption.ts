import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import timers from 'node:timers';
import type { WireDelay, WireReply } from '../wire';
import { firstHalf } from './reply-sender';

// Read from the core module at import: a delay takes real time, and the fake timers of a test neither freeze nor end it.
const { setTimeout: inAWhile, clearTimeout: forget } = timers;

/**
 * Calls `goOn` when a delay is over. The timer keeps the process alive while the client waits, as a connection to the real
 * service does. If the client has gone, the request is still applied, as a service applies what it has received.
 */
export function wait(response: ServerResponse, { milliseconds, onOvertaken }: WireDelay, goOn: () => void): void {
  const end = () => {
    forget(timer);
    // If the capture was stopped in the meantime, the stop has answered.
    if (!response.headersSent) goOn();
  };
  const timer = inAWhile(end, milliseconds);
  response.once('close', () => timer.unref());
  onOvertaken(end);
}

/** Breaks the connection, as a network failure does: before the reply, or after half of it. */
export function breakOff(response: ServerResponse, reply: WireReply): void {
  const { method } = response.req;
  withSocket(response, (socket) => {
    if (reply.disconnect === 'before') socket.resetAndDestroy();
    else socket.write(firstHalf(reply, method), () => socket.destroy());
  });
}

/** Calls `act` with the socket of a response, which Node assigns once the earlier responses of the connection are sent. */
function withSocket(response: ServerResponse, act: (socket: Socket) => void): void {
  if (response.socket) act(response.socket);
  else response.once('socket', act);
}
