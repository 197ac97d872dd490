import { describe, expect, it } from '@jest/globals';
import { beats, CountedQueue, fill, from, read, serve, stall, turn } from '../stream-scene';

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
});
