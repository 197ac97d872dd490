import type http from 'node:http';
import https from 'node:https';
import type net from 'node:net';
import { describe, expect, it, jest } from '@jest/globals';
import { openConnection } from '../../src/capture/in-memory';
import { type MemorySocket, SOCKET_STATE } from '../../src/capture/socket-state';
import { ask, closedNetwork, event, settle, startScene } from './scene';

closedNetwork();

const vault = 'https://vault.s3.amazonaws.com/report.pdf';

async function connect(secure = false): Promise<{ client: MemorySocket; server: MemorySocket }> {
  return new Promise((resolve) => {
    const call = { options: { host: 'storage.test', port: 1 }, listener: undefined };
    const target = { host: 'storage.test', port: 1, secure };
    const serve = (server: MemorySocket) => resolve({ client, server });
    const report = (bug: unknown) => {
      throw bug;
    };
    const errorClasses = { Error, AggregateError };
    const answerer = { serve, errorClasses, endpointOf: () => undefined, report };
    const client = openConnection({ answerer, call, target, existing: undefined });
  });
}

describe('R1 close', () => {
  it('is emitted at both ends when one is destroyed', async () => {
    const { client, server } = await connect();
    server.on('data', () => undefined);
    const closed = [event(client, 'close'), event(server, 'close')];
    client.destroy();
    await Promise.all([...closed, server.end()]);
    expect({ client: client.closed, server: server.closed }).toEqual({ client: true, server: true });
  });

  it('is emitted with false after an end from both sides', async () => {
    const { client, server } = await connect();
    const closed = event(client, 'close');
    server.resume().on('end', () => server.end());
    client.resume().end();
    expect(await closed).toEqual([false]);
  });

  it('reports the error that destroyed the socket', async () => {
    const { client } = await connect();
    const failed = event(client, 'error');
    const closed = event(client, 'close');
    client.destroy(new Error('enough'));
    expect(await failed).toEqual([new Error('enough')]);
    expect(await closed).toEqual([true]);
  });
});

describe('R2 ref and unref', () => {
  it('add no listener, however often a pool calls them', async () => {
    const { client } = await connect(true);
    for (let call = 0; call < 50; call += 1) client.ref().unref();
    expect(client.listenerCount('connect')).toBe(0);
  });

  it('add none over fifty calls on one pooled connection', async () => {
    startScene();
    const agent = new https.Agent({ keepAlive: true });
    const sockets = new Set<net.Socket | null>();
    for (let call = 0; call < 50; call += 1) {
      const { request } = await ask(vault, { agent });
      sockets.add(request.socket);
    }
    const [socket] = sockets;
    expect(sockets.size).toBe(1);
    expect(socket?.listenerCount('connect')).toBe(0);
    expect(socket?.listenerCount('close')).toBeLessThan(6);
  });
});

it('R3 the setters of a socket return it', async () => {
  for (const secure of [false, true]) {
    const { client } = await connect(secure);
    expect(client.setNoDelay(true)).toBe(client);
    expect(client.setKeepAlive(true, 1)).toBe(client);
    expect(client.setTimeout(0)).toBe(client);
    expect(client.ref()).toBe(client);
    expect(client.unref()).toBe(client);
    expect(client.setEncoding('latin1')).toBe(client);
  }
});

it('R3 a socket that is connected does not connect again', async () => {
  const { client } = await connect();
  expect(() => client.connect(80)).toThrow(expect.objectContaining({ code: 'EISCONN' }));
});

describe('R4 bytes arrive in a later turn', () => {
  it('never inside write()', async () => {
    const { client, server } = await connect();
    const order: string[] = [];
    server.on('data', () => order.push('data'));
    client.write('a');
    order.push('written');
    await Promise.resolve();
    process.nextTick(() => order.push('tick'));
    await settle();
    expect(order).toEqual(['written', 'tick', 'data']);
  });

  it('so that a loop of calls does not starve timers', async () => {
    startScene();
    let fired = false;
    setTimeout(() => {
      fired = true;
    }, 5);
    let calls = 0;
    while (!fired && calls < 100_000) {
      await ask(vault);
      calls += 1;
    }
    expect(fired).toBe(true);
  });
});

describe('R6 back-pressure', () => {
  it('holds a write until the reader asks for more', async () => {
    const { client, server } = await connect();
    let taken = 0;
    const chunk = Buffer.alloc(256 * 1024);
    for (let index = 0; index < 4; index += 1) client.write(chunk, () => (taken += 1));
    await settle();
    expect(taken).toBe(0);
    expect(server.bytesRead).toBe(chunk.length);
    server.resume();
    await settle(20);
    expect(taken).toBe(4);
    expect(server.bytesRead).toBe(4 * chunk.length);
  });

  it('stops the sender of a body whose reader stopped', async () => {
    const size = 8 * 1024 * 1024;
    startScene({ reply: () => ({ status: 200, headers: [], body: Buffer.alloc(size) }) });
    const request = https.get(vault);
    const [response] = (await event(request, 'response')) as [http.IncomingMessage];
    await settle(50);
    expect(response.socket.bytesRead).toBeLessThan(1024 * 1024);
    response.destroy();
    await event(response, 'close');
  });
});

/** Counts the activities of a socket after which its idle timer starts anew. */
function restartsOf(socket: MemorySocket & { _unrefTimer?: () => void }) {
  return jest.spyOn(socket as { _unrefTimer: () => void }, '_unrefTimer'); // every net.Socket has it, though its types do not
}

describe('R7 socket.setTimeout', () => {
  it('counts from the last activity', async () => {
    const { client, server } = await connect();
    let last = 0;
    // On a busy machine the time may be over between two activities, and rightly so: only an end too early is wrong.
    const idleFor = new Promise((resolve) => client.once('timeout', () => resolve(performance.now() - last)));
    client.setTimeout(100);
    server.resume();
    for (let activity = 0; activity < 4; activity += 1) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      last = performance.now();
      client.write('x');
    }
    expect(await idleFor).toBeGreaterThan(90);
    client.destroy();
  });

  // socket.setTimeout counts from a private method of net.Socket, which is called for each activity.
  it('counts anew at each write and at each chunk that arrives, at the end that wrote or read', async () => {
    const { client, server } = await connect();
    const [ofClient, ofServer] = [client, server].map(restartsOf);
    const restarts = () => ({ client: ofClient?.mock.calls.length, server: ofServer?.mock.calls.length });
    const arrived = event(server, 'data');
    client.write('x');
    expect(restarts()).toEqual({ client: 1, server: 0 });
    await arrived;
    expect(restarts()).toEqual({ client: 1, server: 1 });
    const answered = event(client, 'data');
    server.write('x');
    expect(restarts()).toEqual({ client: 1, server: 2 });
    await answered;
    expect(restarts()).toEqual({ client: 2, server: 2 });
    client.destroy();
  });

  it('counts anew before the listeners of a chunk are called, so that one may set another time', async () => {
    const { client, server } = await connect();
    const restarted = restartsOf(client);
    const before: number[] = [];
    client.on('data', () => before.push(restarted.mock.calls.length));
    const arrived = event(client, 'data');
    server.write('x');
    await arrived;
    expect(before).toEqual([1]);
    client.destroy();
  });

  it('counts anew at a write that fails since the peer is gone', async () => {
    const { client, server } = await connect();
    server.destroy();
    const restarted = restartsOf(client);
    const failed = event(client, 'error');
    client.write('x');
    expect(restarted).toHaveBeenCalledTimes(1);
    expect(await failed).toEqual([expect.objectContaining({ code: 'EPIPE' })]);
  });

  it('does not fire after the socket was destroyed', async () => {
    const { client } = await connect();
    const timedOut = jest.fn();
    client.setTimeout(10, timedOut);
    client.destroy();
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(timedOut).not.toHaveBeenCalled();
  });

  it('fires on a connection that is idle', async () => {
    const { client } = await connect();
    client.setTimeout(10);
    expect(await event(client, 'timeout')).toEqual([]);
    client.destroy();
  });
});

describe('R8 the loss of a peer', () => {
  it('by destroy is an end of the stream', async () => {
    const { client, server } = await connect();
    const ended = event(client.resume(), 'end');
    server.destroy();
    expect(await ended).toEqual([]);
    expect(client.readableEnded).toBe(true);
  });

  it('by resetAndDestroy is ECONNRESET', async () => {
    const { client, server } = await connect();
    const failed = event(client, 'error');
    server.resetAndDestroy();
    expect(await failed).toEqual([expect.objectContaining({ code: 'ECONNRESET', syscall: 'read' })]);
  });

  it('fails a pending write, and each later one, with EPIPE', async () => {
    const { client, server } = await connect();
    const failed = event(client, 'error');
    client.write(Buffer.alloc(1024 * 1024));
    await settle();
    server.destroy();
    expect(await failed).toEqual([expect.objectContaining({ code: 'EPIPE' })]);
  });

  it('before an answer is "socket hang up" for node:https', async () => {
    const refuse = () => ({ status: 400, headers: [['a header', 'of no name']] as const, body: '' });
    // Neither the reply nor the refusal can be sent, so the connection is closed.
    startScene({ accept: () => () => refuse(), refuse });
    await expect(ask(vault)).rejects.toMatchObject({ code: 'ECONNRESET', message: 'socket hang up' });
  });
});

describe('R16 the properties of a socket', () => {
  it('do not lead to the other end, whose members a runner would print', async () => {
    const { client, server } = await connect();
    expect(client[SOCKET_STATE].peer).toBe(server);
    expect(Object.getOwnPropertySymbols({ ...client })).not.toContain(SOCKET_STATE);
  });

  it('count no bytes that were on their way when it was destroyed', async () => {
    const { client, server } = await connect();
    server.write('12345');
    client.destroy();
    await settle();
    expect(client.bytesRead).toBe(0);
  });

  it('counts bytes', async () => {
    const { client, server } = await connect();
    server.resume();
    client.write('12345');
    expect(client.bytesWritten).toBe(5);
    await settle();
    expect({ bytesWritten: client.bytesWritten, bytesRead: server.bytesRead }).toEqual({
      bytesWritten: 5,
      bytesRead: 5,
    });
    client.destroy();
  });
});
