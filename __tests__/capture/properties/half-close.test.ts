import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { listen, type StoppableListener } from '../../../src/capture';
import { isMemorySocket, type MemorySocket, SOCKET_STATE } from '../../../src/capture/socket-state';
import type { Accept, WireReply } from '../../../src/wire';
import { rowsOfColumn } from '../../support/runs';
import { event, openPort, settle, startScene, stopScenes } from '../scene';

const big = Buffer.alloc(6_000_000, 'x');

const accept: Accept =
  () =>
  ({ method, url, body }) => ({
    status: 200,
    headers: [],
    body: url === '/big' ? big : `${method} ${url} ${body.length}`,
  });
const refuse = (): WireReply => ({ status: 400, headers: [], body: '' });

const closing: (() => unknown)[] = [];
afterEach(async () => {
  stopScenes();
  for (const close of closing.splice(0)) await close();
});

/** Node's own server as the reference of what a client receives; it answers as the captures here do. */
async function openReference(): Promise<number> {
  const server = http.createServer({ requireHostHeader: false }, (request, response) => {
    let size = 0;
    request.on('data', (chunk: Buffer) => (size += chunk.length));
    request.on('end', () => response.end(request.url === '/big' ? big : `${request.method} ${request.url} ${size}`));
  });
  Object.assign(server, { httpAllowHalfOpen: true });
  closing.push(() => server.close());
  return openPort(server);
}

async function openListener(): Promise<StoppableListener> {
  const listener = await listen({ accept, refuse, dialect: 'aws', process });
  closing.push(() => listener.stop());
  return listener;
}

interface Ways {
  readonly [way: string]: (allowHalfOpen: boolean) => Promise<net.Socket> | net.Socket;
}

const ways: Ways = {
  http: (allowHalfOpen) => {
    startScene({ accept, refuse });
    return net.connect({ host: 's3.amazonaws.com', port: 80, allowHalfOpen });
  },
  https: (allowHalfOpen) => {
    startScene({ accept, refuse });
    const options = { host: 's3.amazonaws.com', port: 443, allowHalfOpen };
    return tls.connect(options);
  },
  'an open port': async (allowHalfOpen) => net.connect({ port: (await openListener()).port, allowHalfOpen }),
  'a server of Node': async (allowHalfOpen) => net.connect({ port: await openReference(), allowHalfOpen }),
};

/** In brief: the status, and the length or the text of each body. */
async function received(socket: net.Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', ({ message }) => chunks.push(Buffer.from(message)));
  // A half-open client ends its side by itself.
  socket.on('end', () => socket.end());
  await event(socket, 'close');
  const text = Buffer.concat(chunks).toString('latin1');
  return inBrief(text.replace(/HTTP\/1\.1 (\d+)[\s\S]*?\r\n\r\n/g, '[$1]'));
}

/** Writes each run of x as its length. A regular expression needs a stack as long as the run. */
function inBrief(text: string): string {
  let written = '';
  for (let at = 0; at < text.length; ) {
    const start = at;
    while (text[at] === 'x') at += 1;
    written += at > start ? at - start : text[at];
    if (at === start) at += 1;
  }
  return written;
}

const get = (url: string, more = '') => `GET ${url} HTTP/1.1\r\nHost: s3.amazonaws.com\r\n${more}\r\n`;
const put = (length: number, more = '') =>
  `PUT /a HTTP/1.1\r\nHost: s3.amazonaws.com\r\nContent-Length: ${length}\r\n${more}\r\n`;

interface Exchange {
  readonly title: string;
  readonly sends: (socket: net.Socket) => unknown;
  readonly gets: string;
}

const exchanges: readonly Exchange[] = [
  { title: 'a small answer', sends: (socket) => socket.end(get('/a')), gets: '[200]GET /a 0' },
  { title: 'a large answer', sends: (socket) => socket.end(get('/big')), gets: '[200]6000000' },
  {
    title: 'a large answer, read slowly',
    sends: async (socket) => {
      socket.end(get('/big'));
      socket.on('data', () => {
        socket.pause();
        void settle(20).then(() => socket.resume());
      });
    },
    gets: '[200]6000000',
  },
  {
    title: 'pipelined requests',
    sends: (socket) => socket.end(get('/1') + get('/big') + get('/2')),
    gets: '[200]GET /1 0[200]6000000[200]GET /2 0',
  },
  {
    title: 'an end after an answer',
    sends: (socket) => {
      socket.write(get('/a'));
      socket.once('data', () => socket.end());
    },
    gets: '[200]GET /a 0',
  },
  {
    title: 'an end during an answer',
    sends: (socket) => {
      socket.write(get('/big'));
      socket.once('data', () => socket.end());
    },
    gets: '[200]6000000',
  },
  {
    title: 'Connection: close',
    sends: (socket) => socket.end(get('/big', 'Connection: close\r\n')),
    gets: '[200]6000000',
  },
  { title: 'HEAD', sends: (socket) => socket.end(get('/big').replace('GET', 'HEAD')), gets: '[200]' },
  { title: 'a body', sends: (socket) => socket.end(`${put(5)}hello`), gets: '[200]PUT /a 5' },
  {
    title: 'a large body',
    sends: (socket) => {
      socket.write(put(3_000_000));
      socket.end(Buffer.alloc(3_000_000));
    },
    gets: '[200]PUT /a 3000000',
  },
  {
    title: 'a body in chunks',
    sends: (socket) =>
      socket.end('PUT /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'),
    gets: '[200]PUT /a 5',
  },
  {
    title: '100 Continue',
    sends: (socket) => {
      socket.write(put(5, 'Expect: 100-continue\r\n'));
      socket.once('data', () => socket.end('hello'));
    },
    gets: '[100][200]PUT /a 5',
  },
  {
    title: 'an end in place of the body',
    sends: (socket) => socket.end(put(5, 'Expect: 100-continue\r\n')),
    gets: '[100][400]',
  },
  { title: 'a body cut short', sends: (socket) => socket.end(`${put(5)}hel`), gets: '[400]' },
  { title: 'a head cut short', sends: (socket) => socket.end('GET /a HT'), gets: '[400]' },
  { title: 'no request', sends: (socket) => socket.end(), gets: '' },
];

const columns = Object.keys(ways).flatMap((way) => [`${way} true`, `${way} false`]);

describe.each(Object.entries(ways))('R40 a client that ends its side receives from %s', (way, connect) => {
  describe.each([[true], [false]])('with allowHalfOpen %s', (allowHalfOpen) => {
    const column = columns.indexOf(`${way} ${allowHalfOpen}`);
    it.each(rowsOfColumn(exchanges, column, columns.length))('$title', async ({ sends, gets }) => {
      const socket = await connect(allowHalfOpen);
      const text = received(socket);
      await sends(socket);
      expect(await text).toBe(gets);
    });
  });
});

function delayed(): { accept: Accept; answer: () => void } {
  const ends: (() => void)[] = [];
  const reply = () => ({ status: 200, headers: [], body: big });
  const wait = { until: 600_000, reply, onOvertaken: (end: () => void) => ends.push(end) };
  return {
    accept: () => () => wait,
    answer: () => {
      for (const end of ends) end();
    },
  };
}

describe('R40 a client that has ended its side', () => {
  const open = () => net.connect(80, 's3.amazonaws.com');

  it('receives an answer that was delayed', async () => {
    const { accept, answer } = delayed();
    startScene({ accept });
    const socket = open();
    const text = received(socket);
    socket.end(get('/a'));
    await settle(20);
    answer();
    expect(await text).toBe('[200]6000000');
  });

  it('receives that the mock was stopped', async () => {
    const scene = startScene({ accept: delayed().accept });
    const socket = open();
    const text = received(socket);
    socket.end(get('/a'));
    await settle(20);
    scene.stop();
    expect(await text).toBe('[400]stopped');
  });

  describe.each([
    ['bytes that are not a request', 'nonsense\r\n\r\n'],
    ['a request cut short', put(5)],
  ])('receives a large answer although %s', (_, bytes) => {
    it.each<[string, (socket: net.Socket) => void]>([
      ['followed the request', (socket) => socket.end(get('/big') + bytes)],
      [
        'came while it was sent',
        (socket) => {
          socket.write(get('/big'));
          socket.once('data', () => socket.end(bytes));
        },
      ],
    ])('%s', async (_, send) => {
      startScene({ accept });
      const socket = open();
      const text = received(socket);
      send(socket);
      expect(await text).toBe('[200]6000000');
    });
  });
});

it('R40 a client that closes its end leaves no connection and no answer behind, even if it ended its side before', async () => {
  for (const endsFirst of [false, true]) {
    const ends: MemorySocket[] = [];
    startScene({ accept: delayed().accept });
    const socket = net.connect(80, 's3.amazonaws.com');
    socket.write(get('/a'));
    await settle();
    if (isMemorySocket(socket)) ends.push(socket[SOCKET_STATE].peer);
    if (endsFirst) socket.end();
    await settle();
    expect(ends.map(({ closed }) => closed)).toEqual([false]);
    socket.destroy();
    await settle();
    expect(ends.map(({ closed }) => closed)).toEqual([true]);
    stopScenes();
  }
});
