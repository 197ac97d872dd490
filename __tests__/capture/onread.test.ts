import net from 'node:net';
import tls from 'node:tls';
import { describe, expect, it, jest } from '@jest/globals';
import { closedNetwork, event, openPort, settle, startScene } from './scene';

closedNetwork();

const request = 'GET /a HTTP/1.1\r\nHost: s3.amazonaws.com\r\nConnection: close\r\n\r\n';
const body = Array.from({ length: 400 }, (_, index) => `line ${index}`).join('\n');
const answer = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;

type Open = (onread: net.OnReadOpts) => net.Socket;

async function startReal(): Promise<{ open: Open; close: () => void }> {
  const server = net.createServer((socket) => socket.once('data', () => socket.end(answer)));
  const port = await openPort(server);
  return { open: (onread) => net.connect({ host: '127.0.0.1', port, onread }), close: () => server.close() };
}

function startMock(): void {
  const headers = [
    ['Content-Length', String(body.length)],
    ['Connection', 'close'],
  ] as const;
  startScene({ reply: () => ({ status: 200, headers, body }) });
}

const { connect: netConnect } = net;
const { connect: tlsConnect } = tls;
const host = 's3.amazonaws.com';
// The options of TLS have onread too, but its types lack it.
const tlsOptions = (onread: net.OnReadOpts): tls.ConnectionOptions => ({ host, port: 443, ...{ onread } });

const onreadOptions = (onread: net.OnReadOpts): object => ({ onread });

const captured: [string, Open][] = [
  ['net.connect', (onread) => net.connect({ host, port: 80, onread })],
  ['net.connect taken before the start', (onread) => netConnect({ host, port: 80, onread })],
  ['new net.Socket', (onread) => new net.Socket(onreadOptions(onread)).connect({ host, port: 80 })],
  ['tls.connect', (onread) => tls.connect(tlsOptions(onread))],
  ['tls.connect taken before the start', (onread) => tlsConnect(tlsOptions(onread))],
];

async function collect(open: Open, buffer: () => Uint8Array, isFunction: boolean): Promise<string> {
  let text = '';
  const own = buffer();
  const socket = open({
    buffer: isFunction ? buffer : own,
    callback: (size, bytes) => {
      expect(isFunction || bytes === own).toBe(true);
      expect(size).toBeLessThanOrEqual(bytes.length);
      text += Buffer.from(bytes.subarray(0, size)).toString('latin1');
      return true;
    },
  });
  const events: string[] = [];
  for (const name of ['data', 'end', 'close']) socket.on(name, () => events.push(name));
  socket.write(request);
  await event(socket, 'close');
  expect(events.filter((name) => name !== 'data')).toEqual(['end', 'close']);
  // A 'data' listener gets nothing: the callback has it.
  expect(events).not.toContain('data');
  return text;
}

describe('R25 onread', () => {
  it.each(captured)('of %s gets all bytes in the one buffer that it gave', async (_, open) => {
    startMock();
    const text = await collect(open, () => Buffer.alloc(64), false);
    expect(text).toContain(`Connection: close\r\n\r\nline 0`);
    expect(text.endsWith(body)).toBe(true);
  });

  it.each(captured)('of %s gets each piece in the buffer that its function makes', async (_, open) => {
    startMock();
    const made: Uint8Array[] = [];
    const text = await collect(
      open,
      () => {
        const next = new Uint8Array(100 + made.length);
        made.push(next);
        return next;
      },
      true,
    );
    expect(text.endsWith(body)).toBe(true);
    expect(made.length).toBeGreaterThan(20);
  });

  it.each(['capture', 'server'])(
    'a callback that returns false stops the bytes of a %s until resume()',
    async (kind) => {
      const real = kind === 'server' ? await startReal() : undefined;
      if (real === undefined) startMock();
      const open = real?.open ?? ((onread: net.OnReadOpts) => net.connect({ host, port: 80, onread }));
      const sizes: number[] = [];
      const socket = open({
        buffer: Buffer.alloc(512),
        callback: (size) => {
          sizes.push(size);
          return false;
        },
      });
      let ended = false;
      socket.on('end', () => {
        ended = true;
      });
      const closed = event(socket, 'close');
      socket.write(request);
      const until = async (count: number) => {
        for (let turn = 0; sizes.length < count && turn < 1000; turn += 1) await settle(1);
        await settle(20);
      };
      await until(1);
      expect(sizes).toEqual([512]);
      socket.resume();
      expect(sizes).toEqual([512]); // never inside resume()
      await until(2);
      expect(sizes).toEqual([512, 512]);
      socket.read(0);
      await until(3);
      expect({ sizes, ended }).toEqual({ sizes: [512, 512, 512], ended: false });
      for (let turn = 0; !ended && turn < 1000; turn += 1) {
        socket.resume();
        await settle(2);
      }
      await closed;
      real?.close();
      const total = sizes.reduce((sum, size) => sum + size, 0);
      expect(total - body.length).toBeGreaterThan(20);
      expect(socket.bytesRead).toBe(total);
    },
  );

  it('the idle timer counts anew before the callback gets a piece', async () => {
    startMock();
    const before: number[] = [];
    const callback = () => {
      before.push(restarted.mock.calls.length);
      return true;
    };
    const socket = net.connect({ host, port: 80, onread: { buffer: Buffer.alloc(4096), callback } });
    // socket.setTimeout counts from this private method of net.Socket, which its types leave out.
    const restarted = jest.spyOn(socket as net.Socket & { _unrefTimer: () => void }, '_unrefTimer');
    await event(socket, 'connect');
    socket.write(request);
    const ofWrite = restarted.mock.calls.length;
    await event(socket, 'close');
    expect(before[0]).toBe(ofWrite + 1);
  });

  it('the callback gets no bytes that were on their way when the socket was destroyed', async () => {
    startMock();
    const callback = jest.fn(() => true);
    const socket = net.connect({ host, port: 80, onread: { buffer: Buffer.alloc(4096), callback } });
    socket.write(request);
    await event(socket, 'connect');
    socket.destroy();
    await settle(40);
    expect(callback).not.toHaveBeenCalled();
  });

  it('pause() and resume() hold the callback, inside it too', async () => {
    startMock();
    const sizes: number[] = [];
    const socket = net.connect({
      host,
      port: 80,
      onread: {
        buffer: Buffer.alloc(1000),
        callback: (size) => {
          sizes.push(size);
          if (sizes.length === 2) socket.pause();
          return true;
        },
      },
    });
    const closed = event(socket, 'close');
    socket.write(request);
    socket.pause();
    await settle(20);
    expect(sizes).toEqual([]);
    socket.resume();
    await settle(20);
    expect(sizes).toEqual([1000, 1000]);
    socket.resume();
    await closed;
    expect(sizes.length).toBeGreaterThan(3);
  });

  it('a callback that destroys the socket is not called again', async () => {
    startMock();
    let calls = 0;
    const socket = net.connect({
      host,
      port: 80,
      onread: {
        buffer: Buffer.alloc(10),
        callback: () => {
          calls += 1;
          socket.destroy();
          return true;
        },
      },
    });
    socket.write(request);
    await event(socket, 'close');
    await settle();
    expect(calls).toBe(1);
  });

  it('holds the sender of a body whose reader stopped', async () => {
    const size = 4 * 1024 * 1024;
    startScene({ reply: () => ({ status: 200, headers: [], body: Buffer.alloc(size) }) });
    const socket = net.connect({ host, port: 80, onread: { buffer: Buffer.alloc(1024), callback: () => false } });
    socket.write(request);
    await settle(50);
    expect(socket.bytesRead).toBeGreaterThan(0);
    expect(socket.bytesRead).toBeLessThanOrEqual(1024);
    socket.destroy();
    await event(socket, 'close');
  });

  it('an empty buffer fails the connection', async () => {
    startMock();
    const socket = net.connect({ host, port: 80, onread: { buffer: Buffer.alloc(0), callback: () => true } });
    socket.write(request);
    expect(await event(socket, 'error')).toEqual([expect.objectContaining({ code: 'ENOBUFS', syscall: 'read' })]);
  });
});
