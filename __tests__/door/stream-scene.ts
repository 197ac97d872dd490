import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import timers from 'node:timers';
import { afterEach, beforeAll, jest } from '@jest/globals';
import type { DoorCall } from '../../src/door/route';
import type * as StreamModule from '../../src/door/stream';
import { Queue } from '../../src/journal/log';

export const beats = new Map<NodeJS.Timeout, () => void>();
export let stream: typeof StreamModule;

// The heartbeats are those of the test: stream.ts reads the functions of the timers when it is loaded.
beforeAll(() => {
  const { setInterval, clearInterval } = timers;
  const makeBeat = (beat: () => void) => {
    const timer = timers.setTimeout(() => {}, 1);
    beats.set(timer, beat);
    return timer;
  };
  Object.assign(timers, { setInterval: makeBeat, clearInterval: (timer: NodeJS.Timeout) => beats.delete(timer) });
  stream = jest.requireActual('../../src/door/stream');
  Object.assign(timers, { setInterval, clearInterval });
});

export const beat = () => {
  for (const one of beats.values()) one();
};

export interface Item {
  readonly text: string;
}

export class CountedQueue extends Queue<Item> {
  followers = 0;

  override follow(listener: () => void): () => void {
    this.followers += 1;
    const stop = super.follow(listener);
    return () => {
      stop();
      this.followers -= 1;
    };
  }
}

const servers: http.Server[] = [];
const sockets = new Set<net.Socket>();

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  // The streams of these sockets end a moment later.
  beats.clear();
  bugs.length = 0;
});

export interface Served {
  readonly port: number;
  readonly responses: http.ServerResponse[];
}

/** What the streams reported. */
export const bugs: unknown[] = [];

export async function serve(
  feed: Queue<Item>,
  write = (item: Item, id: number): object => ({ id, ...item }),
): Promise<Served> {
  const responses: http.ServerResponse[] = [];
  const server = http.createServer((request, response) => {
    responses.push(response);
    const query = Object.fromEntries(new URL(request.url ?? '', 'http://localhost').searchParams);
    const call = { name: 'GET /items', query } as unknown as DoorCall<never>; // what a stream reads of a call
    stream.sendStream(
      request,
      response,
      call,
      stream.openStream({ feed, event: 'item', accepts: () => true, write }),
      (bug) => bugs.push(bug),
    );
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as net.AddressInfo).port, responses };
}

export interface Reader {
  readonly socket: net.Socket;
  /** The ids and the resets that came, in their order. */
  readonly seen: (number | 'reset')[];
  readonly until: (isEnough: (seen: Reader['seen']) => boolean) => Promise<void>;
}

export function read(
  port: number,
  { path = '/', lastEventId }: { path?: string; lastEventId?: string | number } = {},
): Reader {
  const socket = net.connect(port, '127.0.0.1');
  sockets.add(socket);
  const known = lastEventId === undefined ? '' : `Last-Event-ID: ${lastEventId}\r\n`;
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${known}\r\n`);
  const seen: Reader['seen'] = [];
  let text = '';
  const take = () => {
    const end = text.lastIndexOf('\n\n');
    if (end < 0) return;
    for (const [, id] of text.slice(0, end + 2).matchAll(/^(?:id: (\d+)|event: reset)$/gm))
      seen.push(id === undefined ? 'reset' : Number(id));
    text = text.slice(end + 2);
  };
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    take();
  });
  const until = (isEnough: (seen: Reader['seen']) => boolean) =>
    new Promise<void>((resolve, reject) => {
      const check = () => {
        if (isEnough(seen)) resolve();
      };
      socket.on('data', check);
      socket.once('close', () => reject(new Error(`the stream ended after ${seen.length} items`)));
      check();
    });
  return { socket, seen, until };
}

export const from = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

export function fill(queue: Queue<Item>, count: number, size = 10): void {
  for (let index = 0; index < count; index += 1) queue.push({ text: 'x'.repeat(size) });
}

/** A reader whose socket is paused, with so much before it that the server waits. */
export async function stall(
  served: Served,
  queue: Queue<Item>,
): Promise<{ readonly reader: Reader; readonly response: http.ServerResponse }> {
  const reader = read(served.port);
  reader.socket.pause();
  while (served.responses.length === 0) await turn();
  const [response] = served.responses;
  if (response === undefined) throw new Error('a response came');
  // The buffers of the system take some megabytes first.
  while (!response.writableNeedDrain || queue.length < 3) {
    fill(queue, 1, 1_000_000);
    await turn();
    await turn();
  }
  return { reader, response };
}

export const turn = () => new Promise((resolve) => setImmediate(resolve));
