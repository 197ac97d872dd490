import { AsyncLocalStorage } from 'node:async_hooks';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { getDefaultHighWaterMark } from 'node:stream';
import {
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { isMemorySocket, type MemorySocket, SOCKET_STATE } from '../../src/capture/socket-state';
import { mockS3 } from '../../src/index';
import { ask, closeNetwork, event, settle, startScene, stopScenes } from './scene';

beforeEach(() => {
  closeNetwork();
});
afterEach(() => {
  stopScenes();
  jest.restoreAllMocks();
});

const vault = 'https://vault.s3.amazonaws.com';
const get = 'GET /a HTTP/1.1\r\nHost: vault.s3.amazonaws.com\r\n\r\n';
const pool = () => new https.Agent({ keepAlive: true });

function countAnswersOfNode(): () => number {
  const { mock } = jest.spyOn(http.ServerResponse.prototype, 'writeHead');
  return () => mock.calls.length;
}

function serverOf(client: net.Socket): MemorySocket {
  if (!isMemorySocket(client)) throw new Error('the socket is not in memory');
  return client[SOCKET_STATE].peer;
}

describe('without the HTTP server of Node', () => {
  it('all plain requests of a connection are answered', async () => {
    startScene();
    const count = countAnswersOfNode();
    const agent = pool();
    const texts = [];
    for (const body of ['a', 'ab', '', 'abc']) texts.push((await ask(vault, { agent, method: 'PUT', body })).text);
    expect({ texts, count: count() }).toEqual({ texts: ['PUT / 1', 'PUT / 2', 'PUT / 0', 'PUT / 3'], count: 0 });
  });

  it('a request is answered in the same context as with it: that in which its client writes', async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const count = countAnswersOfNode();
    startScene({
      reply: () => {
        seen.push({ in: storage.getStore(), count: count() });
        return { status: 200, headers: [], body: '' };
      },
    });
    const agent = pool();
    await storage.run('one', () => ask(vault, { agent }));
    await storage.run('two', () => ask(vault, { agent }));
    await storage.run('three', () => ask(vault, { agent, headers: { TE: 'trailers' } }));
    await storage.run('four', () => ask(vault, { agent }));
    const inTurn = ['one', 'two', 'three', 'four'].map((name, index) => ({ in: name, count: Math.max(0, index - 2) }));
    expect(seen).toEqual(inTurn);
  });

  it('an answer that its client does not read is waited for, and does not keep others back', async () => {
    // The buffer of a paused socket takes less than one answer. Its size is another one since Node 22.
    const body = 'x'.repeat(2 * getDefaultHighWaterMark(false));
    const scene = startScene({ reply: () => ({ status: 200, headers: [], body }) });
    const socket = net.connect(80, 'vault.s3.amazonaws.com');
    await event(socket, 'connect');
    socket.pause();
    socket.write(get);
    await settle();
    const url = 'http://vault.s3.amazonaws.com/a';
    expect(scene.waiting()).toEqual([{ method: 'GET', url, awaits: 'reader' }]);
    socket.write(get);
    await settle();
    expect(scene.requests).toHaveLength(2);
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.resume();
    await settle(20);
    const text = Buffer.concat(chunks).toString();
    expect({ answers: text.split('HTTP/1.1 200 OK').length - 1, size: text.match(/x/g)?.length }).toEqual({
      answers: 2,
      size: 2 * body.length,
    });
    expect(scene.waiting()).toEqual([]);
    socket.destroy();
  });
});

describe('the HTTP server of Node answers', () => {
  it('the first request that is not plain, and all after it on its connection', async () => {
    startScene();
    const count = countAnswersOfNode();
    const agent = pool();
    const counts: number[] = [];
    for (const headers of [{}, { TE: 'trailers' }, {}]) {
      await ask(vault, { agent, headers });
      counts.push(count());
    }
    await ask(vault, { agent: pool() });
    expect({ ofOneConnection: counts, afterAnother: count() }).toEqual({ ofOneConnection: [0, 1, 2], afterAnother: 2 });
  });

  it.each(['delay', 'disconnect', 'throw'])('a request that a test lets %s, which is applied once', async (failure) => {
    const replies = {
      delay: {
        until: 1,
        reply: () => ({ status: 200, headers: [], body: 'late' }),
        onOvertaken: () => {},
      },
      disconnect: { status: 200, headers: [], body: 'late', disconnect: 'during' as const },
    };
    let applied = 0;
    const answer = () => {
      applied += 1;
      if (failure === 'throw') throw new Error('thrown');
      return replies[failure === 'delay' ? 'delay' : 'disconnect'];
    };
    startScene({ accept: () => answer });
    const outcome = await ask(vault, { agent: pool() }).then(({ status, text }) => ({ status, text }), String);
    const expected = {
      delay: { status: 200, text: 'late' },
      disconnect: 'Error: read ECONNRESET',
      throw: { status: 400, text: 'broken' },
    };
    expect({ outcome, applied }).toEqual({ outcome: expected[failure as keyof typeof expected], applied: 1 });
  });
});

it('a client that resets its connection between two requests is no error of the process', async () => {
  startScene();
  const socket = net.connect(80, 'vault.s3.amazonaws.com');
  socket.write(get);
  await event(socket, 'data');
  const server = serverOf(socket);
  socket.resetAndDestroy();
  await event(server, 'close');
  expect(server.errored).toMatchObject({ code: 'ECONNRESET' });
});

it('a small call of an SDK is answered without the HTTP server of Node', async () => {
  await using _ = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
  const count = countAnswersOfNode();
  const Bucket = 'vault';
  const client = new S3Client({});
  await client.send(new GetBucketVersioningCommand({ Bucket }));
  await client.send(new PutObjectCommand({ Bucket, Key: 'a b', Body: Buffer.alloc(1024), Metadata: { a: 'b' } }));
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'a b' }));
  expect((await Body?.transformToByteArray())?.length).toBe(1024);
  await client.send(new ListObjectVersionsCommand({ Bucket }));
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'a b' }));
  await expect(client.send(new HeadObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({ name: 'NotFound' });
  expect(count()).toBe(0);
});
