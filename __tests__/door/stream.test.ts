import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { DoorCall } from '../../src/door/route';
import {
  beat,
  beats,
  bugs,
  CountedQueue,
  fill,
  from,
  type Item,
  type Reader,
  read,
  serve,
  stall,
  stream,
  turn,
} from './stream-scene';

describe('a stream of the door', () => {
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
