import '../support/in-place';
import http from 'node:http';
import net from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import * as callback from '../../src/callback';
import { HeaderLines } from '../../src/capture/direct-connection';
import * as tlsFace from '../../src/capture/tls-face';
import * as transfer from '../../src/capture/transfer';
import { sendSigned } from '../../src/facts/sender';
import { type MockS3, mockS3 } from '../../src/index';

const bug = new Error('a bug of the mock');
const host = 'vault.s3.amazonaws.com';
const headers = { Authorization: 'AWS AKIA:c2lnbmF0dXJl' };
const large = Buffer.alloc(4_000_000, 'a');

afterEach(() => {
  jest.restoreAllMocks();
});

/** The first time that a file of src has made a callback of these words, and Node calls it, a bug is thrown in its place. */
function injectInto(file: string, words: string): () => boolean {
  const { makeCallback } = callback;
  let wasThrown = false;
  const spy = jest.spyOn(callback, 'makeCallback') as unknown as jest.Mock<typeof makeCallback>;
  spy.mockImplementation((report, act) => {
    const isMeant = new Error().stack?.includes(`/${file}.`) && String(act).replace(/\s+/g, ' ').includes(words);
    const broken: typeof act = (...given) => {
      if (wasThrown) return act(...given);
      wasThrown = true;
      throw bug;
    };
    return makeCallback(report, isMeant ? broken : act);
  });
  return () => wasThrown;
}

function injectOnce<Module extends object>(module: Module, name: keyof Module): () => boolean {
  const spy = jest.spyOn(module, name as never) as unknown as jest.Mock<() => unknown>;
  spy.mockImplementationOnce(() => {
    throw bug;
  });
  return () => spy.mock.calls.length > 0;
}

type Scene = (s3: MockS3) => Promise<string>;

/** `200`, or the code of the error that the client gets. */
function ask(options: http.RequestOptions, body?: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    const request = http.request({ host, headers, ...options }, (response) => {
      response.on('error', ({ message }) => resolve(message)).on('end', () => resolve(String(response.statusCode)));
      response.resume();
    });
    request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    request.end(body);
  });
}

/** What a client reads of the bytes that it sends, until the connection is closed. */
function exchange(options: net.NetConnectOpts, bytes: string, isEnded = false): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = net.connect({ ...options, allowHalfOpen: true }, () => socket.write(bytes));
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => {});
    socket.on('end', () => socket.end());
    if (isEnded) socket.end();
    socket.on('close', () => resolve(text.slice(9, 12) || 'end'));
  });
}

const get: Scene = () => ask({ path: '/a' });
const getLarge: Scene = () => ask({ path: '/large' });
const getTls: Scene = () => {
  const { Agent, request } = jest.requireActual<typeof import('node:https')>('node:https');
  return new Promise((resolve) => {
    request({ host, path: '/a', headers, agent: new Agent() }, (response) => {
      response.resume().on('end', () => resolve(String(response.statusCode)));
    })
      .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
      .end();
  });
};
const putInChunks: Scene = () =>
  ask({ method: 'PUT', path: '/b', headers: { ...headers, 'Transfer-Encoding': 'chunked' } }, large);
const lines = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${more}\r\n`;
const toPort =
  (bytes: string, isEnded = false): Scene =>
  async (s3) =>
    exchange({ port: (await s3.listen()).port, host: '127.0.0.1' }, bytes, isEnded);
const ofDoor = (path: string, more: string) => `GET /_mock${path} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;
const closing = 'Connection: close\r\n';
const put = 'PUT /vault/b HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx';
const expecting = put.replace('\r\n\r\n', '\r\nExpect: 100-continue\r\n\r\n');
const delayed: Scene = (s3) => {
  s3.on('GetObject').delay({ milliseconds: 1 });
  return get(s3);
};
const cutOff: Scene = (s3) => {
  s3.on('GetObject').disconnect({ when: 'during' });
  return get(s3);
};
const getAndClose: Scene = () => exchange({ port: 80, host }, lines('/a', closing));
const throughTunnel: Scene = () =>
  exchange({ port: 3128, host: 'proxy.test' }, `CONNECT ${host}:443 HTTP/1.1\r\nHost: ${host}:443\r\n\r\n`);
/** Its first page is read, and its connection is closed. */
const streamAndLeave: Scene = async (s3) => {
  const { port } = await s3.listen();
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1' }, () =>
      socket.write(ofDoor('/requests', 'Accept: text/event-stream\r\n')),
    );
    socket.once('data', () => socket.resetAndDestroy());
    socket.on('close', () => setTimeout(resolve, 50, 'end'));
  });
};
const queue = 'arn:aws:sqs:us-east-1:123456789012:queue';
const notification = { QueueConfigurations: [{ QueueArn: queue, Events: ['s3:ObjectCreated:*' as const] }] };
const awaitHandler: Scene = async (s3) => {
  s3.deliverTo(queue, { handler: () => new Promise(() => {}), timeout: { milliseconds: 5 } });
  await ask({ method: 'PUT', path: '/c' }, 'c');
  return outcomeOf(s3.events.settled());
};
const outcomeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'it resolved',
    (error: unknown) => (String(error).includes(bug.message) ? 'the bug' : String(error)),
  );
const sendAgain: Scene = async (s3) => {
  const { port } = await s3.listen();
  const request = { method: 'GET', path: '/vault/a', headers: {}, body: Buffer.alloc(0) };
  return outcomeOf(sendSigned(request, { url: `http://127.0.0.1:${port}` }));
};
const answeredOrEnded = /^(?:200|400|403|end|aborted|ECONNRESET|socket hang up)$/;

const ofMakeCallback: readonly (readonly [what: string, file: string, words: string, scene: Scene])[] = [
  ['the request listener', 'exchange', 'receive(request', toPort(lines('/vault', closing))],
  ['checkContinue', 'exchange', 'receive(request', toPort(expecting)],
  ['the start of a connection', 'exchange', 'this.#begin(', toPort(lines('/vault', closing))],
  ['a request that is none', 'exchange', 'this.#refuseUnparsable(', toPort('no request\r\n\r\n')],
  ['the end of the side of a client', 'exchange', 'endAfter(', toPort('', true)],
  ['the end of the body at a port', 'wire-request', 'give(body', toPort(put)],
  ['the turn in which a request came', 'exchange', 'collect()', putInChunks],
  ['the end of a body in memory', 'wire-request', 'give(body', putInChunks],
  ['a delayed answer', 'exchange', 'made.reply', delayed],
  ['half an answer', 'reply-sender', 'breakSocket(socket', cutOff],
  ['the rest of a long answer', 'reply-sender', 'sendSlices(', getLarge],
  ['the bytes of a head', 'wire-request', '#read(', toPort(lines('/vault', closing))],
  ['a plain answer', 'direct-connection', 'this.#answer()', get],
  ['the end of a plain answer', 'direct-connection', 'this.#end()', get],
  ['the door', 'listen', 'handle(request', toPort(ofDoor('/clock', closing))],
  ['a stream of the door', 'stream', 'writePages(', toPort(ofDoor('/requests', 'Accept: text/event-stream\r\n'))],
  ['a tunnel', 'passed-on', 'connectTunnel(', throughTunnel],
  ['the end of a stream of the door', 'stream', 'stop();', streamAndLeave],
];

/** What waits for them is a promise of the test. */
const ofPromises: readonly (readonly [what: string, file: string, words: string, scene: Scene])[] = [
  [
    'the end of the time of waitFor',
    'log',
    'checkVerdict',
    (s3) => outcomeOf(s3.requests.waitFor('GetObject', {}, { timeout: 1 })),
  ],
  ['the opening of a port', 'listen', "server.off('error'", (s3) => outcomeOf(s3.listen())],
  ['the time of a handler', 'time-out', '-= slice', awaitHandler],
  ['the end of the time of a handler', 'time-out', '#act()', awaitHandler],
  ['an answer to a recorded request', 'sender', 'rawHeaders', sendAgain],
];

const ofSockets: readonly (readonly [what: string, inject: () => () => boolean, scene: Scene])[] = [
  ['a plain request', () => injectOnce(HeaderLines.prototype, 'read'), get],
  ['a write', () => injectOnce(transfer, 'send'), get],
  ['a write of several chunks', () => injectOnce(transfer, 'joinSmall'), putInChunks],
  ['a conversion to bytes', () => injectOnce(transfer, 'toBuffer'), get],
  ['the delivery of bytes', () => injectOnce(transfer, 'callListeners'), get],
  ['the notice of a close', () => injectOnce(transfer, 'deliver'), getAndClose],
  ['the connection', () => injectOnce(transfer, 'sendUnsent'), get],
  ['the choice of a protocol', () => injectOnce(tlsFace, 'errorOfProtocols'), getTls],
];

/** The scenes take milliseconds: this is for what hangs. */
const hang = () => new Promise<string>((resolve) => setTimeout(resolve, 30_000, 'it hangs').unref());

/** Listeners of a close, which comes after its client has read the answer. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function play(scene: Scene, inject: () => () => boolean) {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  process.on('uncaughtException', note).on('unhandledRejection', note);
  process.env['HTTPS_PROXY'] = 'http://proxy.test:3128';
  const wasThrown = inject();
  const s3 = mockS3({ buckets: { vault: { notification, objects: { a: 'a', b: 'b', large } } }, guard: true });
  try {
    const client = await Promise.race([scene(s3), hang()]);
    await turns();
    const reported = await s3.stop().then(
      () => undefined,
      (error: unknown) => error,
    );
    return { client, reported, wasThrown: wasThrown(), unhandled };
  } finally {
    delete process.env['HTTPS_PROXY'];
    process.off('uncaughtException', note).off('unhandledRejection', note);
    await s3.stop().catch(() => {});
  }
}

const seen = { client: expect.stringMatching(answeredOrEnded), reported: bug, wasThrown: true, unhandled: [] };

describe('a bug in what Node calls is reported once, and its client reads an answer or an end:', () => {
  it.each(ofMakeCallback)('%s', async (_what, file, words, scene) => {
    expect(await play(scene, () => injectInto(file, words))).toEqual(seen);
  });

  it.each(ofPromises)('%s, which rejects', async (_what, file, words, scene) => {
    const rejected = { client: 'the bug', reported: undefined, wasThrown: true, unhandled: [] };
    expect(await play(scene, () => injectInto(file, words))).toEqual(rejected);
  });

  it.each(ofSockets)('%s, at a socket in memory', async (_what, inject, scene) => {
    expect(await play(scene, inject)).toEqual(seen);
  });
});
