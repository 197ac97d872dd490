import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import timers from 'node:timers';
import type { WireDelay, WireReply } from '../wire';
import { later } from './event-loop';
import { firstHalf } from './reply-sender';

// Read from the core module at import: a delay takes real time, and the fake timers of a test neither freeze nor end it.
const { setTimeout: inAWhile, clearTimeout: forget } = timers;

/**
 * Calls `goOn` when a delay is over. The timer keeps the process alive while the client waits, as a connection to the real
 * service does. If the client has gone, the request is still applied, as a service applies what it has received.
 */
export function wait(response: ServerResponse, { until, onOvertaken }: WireDelay, goOn: () => void): void {
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    forget(timer);
    // If the capture was stopped in the meantime, the stop has answered.
    if (!isOver && !response.headersSent) goOn();
    isOver = true;
  };
  if (typeof until === 'number') {
    timer = inAWhile(end, until);
    response.once('close', () => timer?.unref());
  } else void until.then(end);
  onOvertaken(end);
}

/** Breaks the connection, as a network failure does: before the reply, or after half of it. Either way the client reads a reset. */
export function breakOff(response: ServerResponse, reply: WireReply): void {
  const half = reply.disconnect === 'before' ? '' : firstHalf(reply, response.req.method);
  const { socket } = response;
  if (socket === null) {
    // Node assigns it once the earlier responses of the connection are sent.
    response.once('socket', (assigned: Socket) => assigned.write(half, () => resetAfterReading(assigned)));
  } else if (half === '') socket.resetAndDestroy();
  else socket.write(half, () => resetAfterReading(socket));
}

/** The milliseconds and the turns of the event loop in which a client reads what was written. */
const readingTime = 20;
const readingTurns = 128;

/**
 * Resets a connection when its client has had time to read what was written. A reset overtakes the bytes that wait to be sent, and a
 * client that finds bytes and the reset at once reads an end in place of the reset. The turns are for clients in this
 * process: if it was busy, the time is over before they have read anything.
 */
function resetAfterReading(socket: Socket): void {
  const passTurns = (left: number) => (left === 0 ? socket.resetAndDestroy() : later(passTurns, left - 1));
  const timer = inAWhile(passTurns, readingTime, readingTurns);
  socket.once('close', () => forget(timer));
}
