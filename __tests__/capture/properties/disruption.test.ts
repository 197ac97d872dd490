import net from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { listen, type StoppableListener } from '../../../src/capture';
import type { Accept, WireReply } from '../../../src/wire';
import { rowsOfColumn } from '../../support/runs';
import { ask, event, settle, startScene, stopScenes } from '../scene';

const vault = 'https://vault.s3.amazonaws.com/';
const ok: WireReply = { status: 200, headers: [], body: 'x'.repeat(1000) };

afterEach(stopScenes);

const lost = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    ({ code }: NodeJS.ErrnoException) => code,
  );

const get = 'GET / HTTP/1.1\r\nHost: s3.amazonaws.com\r\n\r\n';

const ways: Readonly<Record<string, (replies: readonly WireReply[]) => Promise<net.Socket> | net.Socket>> = {
  http: (replies) => {
    startScene(inTurn(replies));
    return net.connect(80, 's3.amazonaws.com');
  },
  https: (replies) => {
    startScene(inTurn(replies));
    return tls.connect(443, 's3.amazonaws.com');
  },
  'a port': async (replies) => {
    listener = await listen({ ...inTurn(replies), dialect: 'aws', process });
    return net.connect(listener.port, '127.0.0.1');
  },
};

let listener: StoppableListener | undefined;
afterEach(async () => {
  await listener?.stop();
  listener = undefined;
});

function inTurn(replies: readonly WireReply[]): { accept: Accept; refuse: () => WireReply } {
  const left = [...replies];
  return { accept: () => () => left.shift() ?? ok, refuse: () => ok };
}

/** A slow client reads every few turns only. */
async function lose(socket: net.Socket, bytes: string, isSlow = false): Promise<{ size: number; code: unknown }> {
  let size = 0;
  let code: unknown;
  socket.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (!isSlow) return;
    socket.pause();
    void settle(4).then(() => socket.resume());
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    code = error.code;
  });
  socket.write(bytes);
  await event(socket, 'close');
  return { size, code };
}

describe.each(Object.entries(ways))('a reply over %s whose connection breaks (R8, R41)', (way, connect) => {
  const names = Object.keys(ways);
  const rowsOf = <Row>(rows: readonly Row[]) => rowsOfColumn(rows, names.indexOf(way), names.length);
  const lengthOf = (status: number, length: string) =>
    `HTTP/1.1 ${status} OK\r\nContent-Length: ${length}\r\n\r\n`.length;
  const emptyHead = `HTTP/1.1 204 No Content\r\n\r\n`.length;
  const chunkedHead = `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n`.length;
  const chunked = [['Transfer-Encoding', 'chunked']] as const;

  it.each(
    rowsOf<[title: string, request: string, reply: WireReply, size: number]>([
      ['1000 bytes', get, ok, lengthOf(200, '1000') + 500],
      ['1 byte', get, { ...ok, body: 'x' }, lengthOf(200, '1')],
      ['no bytes', get, { ...ok, body: '' }, Math.floor(lengthOf(200, '0') / 2)],
      ['1000 bytes in chunks', get, { ...ok, headers: chunked }, chunkedHead + Math.floor((1000 + 12) / 2)],
      ['4 MB', get, { ...ok, body: Buffer.alloc(4_000_000) }, lengthOf(200, '4000000') + 2_000_000],
      ['204', get, { ...ok, status: 204, body: '' }, Math.floor(emptyHead / 2)],
      [
        'HEAD',
        get.replace('GET', 'HEAD'),
        { ...ok, headers: [['Content-Length', '1000']] },
        Math.floor(lengthOf(200, '1000') / 2),
      ],
    ]),
  )('during %s: the client reads half of it, then a reset', async (_, request, reply, size) => {
    const socket = await connect([{ ...reply, disconnect: 'during' }]);
    const lost = await lose(socket, request);
    // A reset of TCP overtakes what the client has not read, which is some of 2 MB on a busy machine.
    const least = way === 'a port' && size > 65_536 ? 1 : size;
    expect(lost).toEqual({ size: Math.min(Math.max(lost.size, least), size), code: 'ECONNRESET' });
  });

  it.each(
    rowsOf<[title: string, after: number, reply: WireReply, size: number]>([
      ['300 of 1000 bytes', 300, ok, lengthOf(200, '1000') + 300],
      ['the head alone', 0, ok, lengthOf(200, '1000')],
      ['300 bytes in chunks', 300, { ...ok, headers: chunked }, chunkedHead + '3e8\r\n'.length + 300],
      ['3 of 4 MB', 3_000_000, { ...ok, body: Buffer.alloc(4_000_000) }, lengthOf(200, '4000000') + 3_000_000],
    ]),
  )('after %s: the client reads them, then a reset', async (_, after, reply, size) => {
    const socket = await connect([{ ...reply, disconnect: { after } }]);
    const lost = await lose(socket, get);
    // As above: at a port, a reset overtakes what the client has not read.
    const least = way === 'a port' && size > 65_536 ? 1 : size;
    expect(lost).toEqual({ size: Math.min(Math.max(lost.size, least), size), code: 'ECONNRESET' });
  });

  it('before: the client reads a reset', async () => {
    const socket = await connect([{ ...ok, disconnect: 'before' }]);
    expect(await lose(socket, get)).toEqual({ size: 0, code: 'ECONNRESET' });
  });

  it.each(
    rowsOf([
      ['before', 0],
      ['during', 500],
      [{ after: 300 }, 300],
    ] as const),
  )('%j a pipelined reply: the client reads the reply before it first', async (disconnect, half) => {
    const socket = await connect([ok, { ...ok, disconnect }]);
    const head = lengthOf(200, '1000');
    const size = head + 1000 + (half === 0 ? 0 : head + half);
    expect(await lose(socket, get + get)).toEqual({ size, code: 'ECONNRESET' });
  });
});

describe('a reply whose connection breaks (R8)', () => {
  it.each([['before'], ['during']] as const)(
    '%s: https and fetch fail, and the next call passes',
    async (disconnect) => {
      let reply: WireReply = { ...ok, disconnect };
      startScene({ reply: () => reply });
      expect(await lost(ask(vault))).toBe('ECONNRESET');
      await expect(fetch(vault).then((answer) => answer.text())).rejects.toThrow(/fetch failed|terminated/);
      reply = ok;
      expect((await ask(vault)).status).toBe(200);
    },
  );

  it('during: sends half of a large body, even to a slow reader', async () => {
    const reply: WireReply = { ...ok, body: Buffer.alloc(4 << 20), disconnect: 'during' };
    startScene({ reply: () => reply });
    const { body } = await fetch(vault);
    let size = 0;
    await expect(
      (async () => {
        for await (const chunk of body ?? []) size += chunk.length;
      })(),
    ).rejects.toThrow('terminated');
    expect(size).toBe(2 << 20);
    const head = `HTTP/1.1 200 OK\r\nContent-Length: ${4 << 20}\r\n\r\n`.length;
    const slow = lose(net.connect(80, 's3.amazonaws.com'), get, true);
    expect(await slow).toEqual({ size: head + (2 << 20), code: 'ECONNRESET' });
  });

  it('during: the client may have ended its side', async () => {
    startScene({ reply: () => ({ ...ok, disconnect: 'during' }) });
    const socket = net.connect(80, 's3.amazonaws.com');
    const loss = lose(socket, get);
    socket.end();
    expect(await loss).toMatchObject({ code: 'ECONNRESET' });
  });
});
