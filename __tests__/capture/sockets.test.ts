import dns from 'node:dns';
import net from 'node:net';
import tls from 'node:tls';
import { describe, expect, it, jest } from '@jest/globals';
import { readConnectCall, readTarget } from '../../src/capture/target';
import { ask, closedNetwork, event, rest, startScene } from './scene';

const lookups = closedNetwork();

const vault = 'https://vault.s3.amazonaws.com/report.pdf';

it('R9 bytes written while the socket connects arrive once it is connected', async () => {
  const scene = startScene();
  const socket = tls.connect({ host: 'vault.s3.amazonaws.com', port: 443 });
  const order: string[] = [];
  socket.on('connect', () => order.push('connect'));
  socket.on('finish', () => order.push('finish'));
  const head = 'GET /early HTTP/1.1\r\nHost: vault.s3.amazonaws.com\r\nConnection: close\r\n\r\n';
  socket.write(head, () => order.push('written'));
  socket.end();
  expect(socket.connecting).toBe(true);
  expect(await rest(socket)).toContain('GET /early 0');
  expect(order).toEqual(['connect', 'written', 'finish']);
  expect(scene.requests).toHaveLength(1);
});

describe('R11 the host of a connection', () => {
  it.each(['VAULT.S3.AmazonAWS.com', 'vault.s3.amazonaws.com.'])('%s is compared in its normal form', async (host) => {
    startScene();
    const { text } = await ask(`https://vault.s3.amazonaws.com/`, { host });
    expect(text).toBe('GET / 0');
  });

  it('may be an IPv6 address in brackets', async () => {
    startScene({ hosts: ['[fd00::7]:9000'] });
    expect((await ask('http://[fd00::7]:9000/a')).text).toBe('GET /a 0');
  });

  it('is not looked up in the network', async () => {
    startScene();
    await ask(vault, { family: 6 });
    await ask(vault, { lookup: dns.lookup, agent: false });
    expect(lookups).toEqual([]);
  });
});

describe('R12 ALPN', () => {
  it.each<{ offered: string[] | undefined; chosen: string | false }>`
    offered               | chosen
    ${['http/1.1']}       | ${'http/1.1'}
    ${['h2', 'http/1.1']} | ${'http/1.1'}
    ${undefined}          | ${false}
  `('offered $offered, chooses $chosen', async ({ offered, chosen }) => {
    startScene();
    const options: tls.ConnectionOptions = {
      host: 's3.amazonaws.com',
      port: 443,
      ...(offered && { ALPNProtocols: offered }),
    };
    const socket = tls.connect(options);
    await event(socket, 'secureConnect');
    expect(socket.alpnProtocol).toBe(chosen);
    socket.destroy();
  });
});

describe('R16 the properties of a socket', () => {
  it('include those of TLS at the client of a TLS connection', async () => {
    startScene();
    const socket = tls.connect({ host: 'vault.s3.amazonaws.com', port: 443 });
    expect(socket).toBeInstanceOf(tls.TLSSocket);
    expect(socket).toBeInstanceOf(net.Socket);
    expect(socket.pending).toBe(true);
    expect(socket.readyState).toBe('opening');
    await event(socket, 'secureConnect');
    expect(socket).toMatchObject({
      connecting: false,
      pending: false,
      readyState: 'open',
      encrypted: true,
      authorized: true,
      authorizationError: null,
      servername: 'vault.s3.amazonaws.com',
      remoteAddress: '52.216.8.11',
      remoteFamily: 'IPv4',
      remotePort: 443,
      localAddress: '127.0.0.1',
      bytesRead: 0,
      bytesWritten: 0,
      _handle: null,
    });
    expect(socket.address()).toEqual({ address: '127.0.0.1', family: 'IPv4', port: socket.localPort });
    expect(socket.isSessionReused()).toBe(false);
    expect(socket.getSession()).toBeUndefined();
    socket.destroy();
  });

  it('tell https from http at the server', async () => {
    const scene = startScene();
    await ask('https://s3.amazonaws.com/');
    await ask('http://s3.amazonaws.com/');
    expect(scene.requests.map(({ secure }) => secure)).toEqual([true, false]);
  });

  it('emits connect, ready, secureConnect in this order', async () => {
    startScene();
    const order: string[] = [];
    const socket = tls.connect({ host: 's3.amazonaws.com', port: 443 }, () => order.push('listener'));
    for (const name of ['connect', 'ready', 'secureConnect']) socket.on(name, () => order.push(name));
    await event(socket, 'secureConnect');
    expect(order).toEqual(['connect', 'ready', 'listener', 'secureConnect']);
    socket.destroy();
  });
});

it('R22 a new connection makes no TLS context', async () => {
  startScene();
  const context = jest.spyOn(tls, 'createSecureContext');
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask(vault, { agent: false })));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect(context).not.toHaveBeenCalled();
});

describe('the arguments of connect', () => {
  const listener = () => undefined;
  it.each<{ args: unknown[]; host: string; port: number }>`
    args                                                   | host                  | port
    ${[443, 's3.amazonaws.com']}                           | ${'s3.amazonaws.com'} | ${443}
    ${['443', 's3.amazonaws.com', listener]}               | ${'s3.amazonaws.com'} | ${443}
    ${[443, 's3.amazonaws.com', { timeout: 1 }, listener]} | ${'s3.amazonaws.com'} | ${443}
    ${[443]}                                               | ${'localhost'}        | ${443}
    ${[{ host: 'a.test', port: 1 }, listener]}             | ${'a.test'}           | ${1}
    ${[{ hostname: 'a.test' }]}                            | ${'a.test'}           | ${80}
    ${[[{ host: 'a.test', port: '9' }, null]]}             | ${'a.test'}           | ${9}
    ${[443, { host: 'a.test' }]}                           | ${'a.test'}           | ${443}
    ${[{ host: null, port: 5 }]}                           | ${'localhost'}        | ${5}
  `('$args lead to $host:$port', ({ args, host, port }) => {
    expect(readTarget(readConnectCall(args), false)).toEqual({ host, port, secure: false });
  });

  it.each([[['/tmp/a.sock']], [[{ path: '/tmp/a.sock', host: 's3.amazonaws.com' }]], [[{ socketPath: '/a' }]]])(
    '%j lead to a path',
    (args) => {
      expect(readTarget(readConnectCall(args), false)).toBeUndefined();
    },
  );
});

describe('a socket created by its caller', () => {
  it('becomes an end of a connection in place when it connects', async () => {
    startScene();
    const socket = new net.Socket();
    const connected = jest.fn();
    expect(socket.connect(80, 's3.amazonaws.com', connected)).toBe(socket);
    await event(socket, 'connect');
    expect(connected).toHaveBeenCalledTimes(1);
    socket.write('GET /mine HTTP/1.1\r\nHost: s3.amazonaws.com\r\n\r\n');
    const [chunk] = await event(socket, 'data');
    expect(String(chunk)).toContain('GET /mine 0');
    socket.destroy();
    await event(socket, 'close');
  });

  it('obeys an AbortSignal', async () => {
    startScene();
    const controller = new AbortController();
    const socket = net.connect({
      host: 's3.amazonaws.com',
      port: 80,
      signal: controller.signal,
    } as net.TcpNetConnectOpts);
    const failed = event(socket, 'error');
    controller.abort();
    expect(await failed).toEqual([expect.objectContaining({ code: 'ABORT_ERR' })]);
  });
});
