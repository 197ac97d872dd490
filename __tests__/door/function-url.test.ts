import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { refused, serveDoor } from '../support/door';

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';
const other = 'arn:aws:lambda:us-east-1:000000000000:function:other';
const Events = ['s3:ObjectCreated:*'] as const;
const notification = {
  LambdaFunctionConfigurations: [
    { LambdaFunctionArn: arn, Events, Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'a' }] } } },
    { LambdaFunctionArn: other, Events, Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'b' }] } } },
  ],
} as const;
const s3 = mockS3({ buckets: { vault: { notification } } });
const { door, client } = serveDoor(s3);

/** What the function writes to each connection, once a request has come on it. */
let write: (socket: Socket) => void = () => {};
const open = new Set<Socket>();
const functions = net.createServer((socket) => {
  open.add(socket);
  socket.on('error', () => {});
  socket.once('close', () => open.delete(socket));
  socket.once('data', () => write(socket));
});
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => functions.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(functions.address() as AddressInfo).port}/thumbnail`;
});

afterAll(() => {
  for (const socket of open) socket.destroy();
  functions.close();
});

const put = (Key: string) => client.send(new PutObjectCommand({ Bucket: 'vault', Key, Body: 'first' }));
const deliver = (body: object, to = arn) => door('PUT', `/deliver/${encodeURIComponent(to)}`, body);
const settled = () => door('POST', '/events/settled');
const allClosed = async () => {
  while (open.size > 0) await once([...open][0] as Socket, 'close');
};

async function answerOf(act: (socket: Socket) => void, timeout: object = { minutes: 1 }) {
  write = act;
  expect(await deliver({ url, timeout })).toEqual({ status: 204, body: undefined });
  await put('a.txt');
  const answer = await settled();
  await allClosed();
  return answer;
}

const failed = (message: RegExp) => refused(400, message);
const short = { milliseconds: 100 };
const late = /it did not end within 100 ms; give it more time: /;
const repeat = (socket: Socket, text: string) => {
  const timer = setInterval(() => socket.write(text), 5);
  socket.once('close', () => clearInterval(timer));
};

describe('the URL of a function fails its delivery, and its connection is closed, if it', () => {
  it.each<[string, RegExp, (socket: Socket) => void]>([
    ['never answers', late, () => {}],
    ['sends a head and nothing more', late, (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n')],
    [
      'answers byte by byte',
      late,
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n');
        repeat(socket, 'x');
      },
    ],
    ['sends interim answers for ever', late, (socket) => repeat(socket, 'HTTP/1.1 102 Processing\r\n\r\n')],
    ['closes the connection', /socket hang up/, (socket) => socket.end()],
    ['resets the connection', /ECONNRESET|socket hang up/, (socket) => socket.resetAndDestroy()],
    [
      'changes the protocol',
      /socket hang up|closed the connection/,
      (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
    ],
    ['answers no HTTP', /Parse Error/, (socket) => socket.end('220 smtp.test ready\r\n')],
    [
      'sends a header of 100 kB',
      /Header|Parse Error/i,
      (socket) => socket.end(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}\r\ncontent-length: 0\r\n\r\n`),
    ],
    [
      'sends less than its length',
      /aborted|ECONNRESET/,
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}'),
    ],
    [
      'sends two lengths',
      /Parse Error|Content-Length/i,
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'),
    ],
    [
      'sends a broken chunk',
      /Parse Error|aborted/,
      (socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}'),
    ],
    [
      'redirects',
      /answered 302/,
      (socket) => socket.end('HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n'),
    ],
    [
      'compresses its JSON',
      /answered JSON in gzip/,
      (socket) =>
        socket.end(
          'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}',
        ),
    ],
  ])('%s', async (_, message, act) => {
    expect(await answerOf(act, message === late ? short : undefined)).toMatchObject(failed(message));
  });

  it('answers more than 6 MB', async () => {
    const chunk = 'x'.repeat(1024 * 1024);
    const answer = await answerOf((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n');
      repeat(socket, chunk);
    });
    expect(answer).toMatchObject(failed(/answered more than 6291456 bytes, and Lambda takes no more from a function/));
  });
});

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n';

describe('a function that hangs', () => {
  it('does not keep the deliveries of others waiting', async () => {
    const called = new Promise<void>((resolve) => {
      write = (socket) => {
        if (open.size === 2) {
          socket.end(ok);
          resolve();
        }
      };
    });
    await deliver({ url, timeout: { minutes: 15 } });
    await deliver({ url }, other);
    await put('a.txt');
    await put('b.txt');
    await called;
    await door('POST', '/reset');
    await allClosed();
  });

  it('is left by a reset, and gets nothing of before', async () => {
    let calls = 0;
    const come = new Promise<void>((resolve) => {
      write = () => {
        calls += 1;
        resolve();
      };
    });
    await deliver({ url, timeout: { minutes: 15 } });
    await put('a.txt');
    await put('a.txt');
    await come;
    await door('POST', '/reset');
    await allClosed();
    expect({ settled: await settled(), calls }).toEqual({ settled: { status: 204, body: undefined }, calls: 1 });
  });

  it.each([[{ minutes: 16 }], [{ seconds: 0 }], [3], ['3s'], [{ hour: 1 }]])('cannot be given %j', async (timeout) => {
    expect(await deliver({ url, timeout })).toMatchObject(failed(/timeout/));
  });
});
