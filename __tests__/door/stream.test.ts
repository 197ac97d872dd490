import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import timers from 'node:timers';
import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { DoorCall } from '../../src/door/route';
import type * as StreamModule from '../../src/door/stream';
import { Queue } from '../../src/journal/log';

const beats = new Map<NodeJS.Timeout, () => void>();
let stream: typeof StreamModule;

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

const beat = () => {
  for (const one of beats.values()) one();
};

interface Item {
  readonly text: string;
}

class CountedQueue extends Queue<Item> {
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
});

interface Served {
  readonly port: number;
  readonly responses: http.ServerResponse[];
}

/** What the streams reported. */
const bugs: unknown[] = [];

async function serve(
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

interface Reader {
  readonly socket: net.Socket;
  /** The ids and the resets that came, in their order. */
  readonly seen: (number | 'reset')[];
  readonly until: (isEnough: (seen: Reader['seen']) => boolean) => Promise<void>;
}

function read(
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

const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

function fill(queue: Queue<Item>, count: number, size = 10): void {
  for (let index = 0; index < count; index += 1) queue.push({ text: 'x'.repeat(size) });
}

/** A reader whose socket is paused, with so much before it that the server waits. */
async function stall(
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

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a stream of the door', () => {
  it('sends a log of 30 MB to its end, in pages', async () => {
    const queue = new CountedQueue(10_000);
    fill(queue, 300, 100_000);
    const { port, responses } = await serve(queue);
    const { seen, until } = read(port);
    await until(() => seen.length === 300);
    expect(seen).toEqual(from(1, 300));
    queue.push({ text: 'later' });
    await until(() => seen.length === 301);
    expect(responses[0]?.writableLength).toBe(0);
  });

  it('does not write ahead of a reader that does not read, heartbeats included', async () => {
    const queue = new CountedQueue(10_000);
    const served = await serve(queue);
    const { reader, response } = await stall(served, queue);
    const waiting = response.writableLength;
    fill(queue, 100, 100_000);
    beat();
    expect({ grown: response.writableLength - waiting, needsDrain: response.writableNeedDrain }).toEqual({
      grown: 0,
      needsDrain: true,
    });
    // A page, and the item that ended it.
    expect(waiting).toBeLessThan(1_100_000 + 65_536);
    reader.socket.resume();
    await reader.until((seen) => seen.at(-1) === queue.length);
    expect(reader.seen).toEqual(from(1, queue.length));
  });

  it('tells a reader that was too slow for the log, and goes on with what the log has', async () => {
    const queue = new CountedQueue(20);
    const served = await serve(queue);
    const { reader } = await stall(served, queue);
    const sent = queue.before + queue.length;
    fill(queue, 100);
    reader.socket.resume();
    const last = sent + 100;
    await reader.until((seen) => seen.at(-1) === last);
    const reset = reader.seen.indexOf('reset');
    expect(reader.seen.slice(reset)).toEqual(['reset', ...from(last - 19, last)]);
    expect(reader.seen.slice(0, reset)).toEqual(from(1, reset));
  });

  it('tells that the log was cleared between two pages, once, and what came since', async () => {
    const queue = new CountedQueue(10_000);
    const served = await serve(queue);
    const { reader } = await stall(served, queue);
    fill(queue, 100, 100_000);
    queue.clear();
    fill(queue, 2);
    queue.clear();
    const first = queue.before + 1;
    fill(queue, 3);
    reader.socket.resume();
    await reader.until((seen) => seen.at(-1) === first + 2);
    expect(reader.seen.slice(reader.seen.indexOf('reset'))).toEqual(['reset', ...from(first, first + 2)]);
  });

  it('tells each clear to a reader that has all, and no clear of what is empty', async () => {
    const queue = new CountedQueue(10);
    const { port } = await serve(queue);
    const reader = read(port);
    while (queue.followers === 0) await turn();
    queue.clear();
    fill(queue, 1);
    queue.clear();
    queue.clear();
    fill(queue, 1);
    await reader.until((seen) => seen.at(-1) === 2);
    expect(reader.seen).toEqual([1, 'reset', 2]);
  });

  it.each<readonly [lastEventId: string | number, expected: Reader['seen']]>([
    [0, ['reset', 6, 7, 8, 9, 10]],
    [3, ['reset', 6, 7, 8, 9, 10]],
    [5, [6, 7, 8, 9, 10]],
    [8, [9, 10]],
    ['008', [9, 10]],
    [11, ['reset', 6, 7, 8, 9, 10]],
    [999_999_999_999, ['reset', 6, 7, 8, 9, 10]],
    ['9'.repeat(40), ['reset', 6, 7, 8, 9, 10]],
    [-1, ['reset', 6, 7, 8, 9, 10]],
    ['8.5', ['reset', 6, 7, 8, 9, 10]],
    ['a-id-of-another-server', ['reset', 6, 7, 8, 9, 10]],
    ['', [6, 7, 8, 9, 10]],
  ])('begins after Last-Event-ID %s, or anew if the log does not go on from there', async (lastEventId, expected) => {
    const queue = new CountedQueue(5);
    fill(queue, 10);
    const { port } = await serve(queue);
    const { seen, until } = read(port, { lastEventId });
    await until(() => seen.at(-1) === 10);
    expect(seen).toEqual(expected);
  });

  it('begins after since as after Last-Event-ID, which is later', async () => {
    const queue = new CountedQueue(5);
    fill(queue, 10);
    const { port } = await serve(queue);
    const beyond = read(port, { path: `/?since=${'9'.repeat(30)}` });
    const both = read(port, { path: '/?since=1', lastEventId: 9 });
    await Promise.all([beyond, both].map(({ until }) => until((seen) => seen.at(-1) === 10)));
    expect([beyond.seen, both.seen]).toEqual([['reset', 6, 7, 8, 9, 10], [10]]);
  });

  it('tells a reader of an emptied log that it knows too much, once', async () => {
    const queue = new CountedQueue(5);
    const { port } = await serve(queue);
    const { seen, until } = read(port, { lastEventId: 7 });
    await until(() => seen.length === 1);
    fill(queue, 1);
    await until(() => seen.length === 2);
    expect(seen).toEqual(['reset', 1]);
  });

  it('goes on where a reader that comes and goes has left', async () => {
    const queue = new CountedQueue(10_000);
    fill(queue, 60, 50_000);
    const { port } = await serve(queue);
    const all: (number | 'reset')[] = [];
    while (all.at(-1) !== 60) {
      const last = all.at(-1);
      const { socket, seen, until } = read(port, last === undefined ? {} : { lastEventId: last });
      await until(() => seen.length >= 1);
      socket.destroy();
      all.push(...seen);
    }
    expect(all).toEqual(from(1, 60));
    while (queue.followers > 0) await turn();
    expect({ followers: queue.followers, heartbeats: beats.size }).toEqual({ followers: 0, heartbeats: 0 });
  });

  it('serves 20 readers at once, of which some do not read for a time', async () => {
    const queue = new CountedQueue(10_000);
    const served = await serve(queue);
    const { reader: slow } = await stall(served, queue);
    const begun = queue.length;
    const readers = Array.from({ length: 20 }, () => read(served.port, { lastEventId: begun }));
    for (const { socket } of readers.slice(0, 5)) socket.pause();
    fill(queue, 200, 50_000);
    const last = queue.length;
    await Promise.all(readers.slice(5).map(({ until }) => until((seen) => seen.at(-1) === last)));
    for (const { socket } of [slow, ...readers.slice(0, 5)]) socket.resume();
    await Promise.all([slow, ...readers].map(({ until }) => until((seen) => seen.at(-1) === last)));
    expect(slow.seen).toEqual(from(1, last));
    for (const { seen } of readers) expect(seen).toEqual(from(begun + 1, last));
    expect({ followers: queue.followers, heartbeats: beats.size }).toEqual({ followers: 21, heartbeats: 21 });
  });

  it('leaves nothing of a reader that goes while the server waits for it', async () => {
    const queue = new CountedQueue(10_000);
    const served = await serve(queue);
    const { reader, response } = await stall(served, queue);
    expect({ followers: queue.followers, heartbeats: beats.size, drains: response.listenerCount('drain') }).toEqual({
      followers: 1,
      heartbeats: 1,
      drains: 1,
    });
    const closed = once(response, 'close');
    reader.socket.destroy();
    await closed;
    fill(queue, 1);
    expect({ followers: queue.followers, heartbeats: beats.size }).toEqual({ followers: 0, heartbeats: 0 });
  });

  it('leaves nothing of a reader that went while its request was read', () => {
    const queue = new CountedQueue(10);
    const response = new http.ServerResponse(new http.IncomingMessage(new net.Socket()));
    response.destroy();
    const call = { name: 'GET /items', query: {} } as unknown as DoorCall<never>; // what a stream reads of a call
    const open = stream.openStream({ feed: queue, event: 'item', accepts: () => true, write: (item: Item) => item });
    stream.sendStream(response.req, response, call, open, (bug) => bugs.push(bug));
    expect({ followers: queue.followers, heartbeats: beats.size }).toEqual({ followers: 0, heartbeats: 0 });
  });

  it('ends with an item that cannot be written, and does not disturb what appends to the log', async () => {
    const queue = new CountedQueue(10);
    const { port } = await serve(queue, () => {
      throw new Error('a bug');
    });
    const { socket } = read(port);
    while (queue.followers === 0) await turn();
    const closed = once(socket, 'close');
    expect(() => fill(queue, 1)).not.toThrow();
    await closed;
    expect({ followers: queue.followers, length: queue.length }).toEqual({ followers: 0, length: 1 });
    expect(bugs.map(String)).toEqual(['Error: a bug']);
  });
});
