import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { GetObjectCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import axios from 'axios';
import type { MockS3 } from '../../../src/index';
import { lackingCall } from '../../support/lacking';
import { get, head } from '../../support/objects';
import { areAllRuns } from '../../support/runs';
import { startedMocks } from '../../support/started-mocks';
import { lost, options } from '../failing-calls';

const TEBIBYTE = 1024 ** 4;
const signed = { Authorization: 'AWS KEY:SIG', Date: new Date(options.now as string).toUTCString() };

const start = startedMocks();
let s3: MockS3;
beforeEach(() => {
  s3 = start({
    ...options,
    buckets: { vault: { objects: { 'report.pdf': 'the report', empty: '', huge: { size: TEBIBYTE } } } },
  });
});

const report = { Bucket: 'vault', Key: 'report.pdf' };

interface Reading {
  readonly response: http.IncomingMessage;
  readonly request: http.ClientRequest;
  readonly text: () => string;
  /** The code of the error with which the answer ended, or `end`. */
  readonly ended: Promise<unknown>;
}

async function read(target: string): Promise<Reading> {
  const { get: ask } = target.startsWith('https') ? https : http;
  const request = ask(target, { headers: signed, agent: false });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  request.on('error', () => {});
  let text = '';
  const ended = new Promise((resolve) => {
    response.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    response.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code));
    response.on('end', () => resolve('end'));
  });
  return { response, request, text: () => text, ended };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await turn();
}

/** A whole exchange on another connection takes more turns than bytes under way. */
async function settle(): Promise<void> {
  await get('/vault/empty');
}

const ways: Readonly<Record<string, () => Promise<string>>> = {
  'in memory': async () => 'https://s3.amazonaws.com',
  'at a port': async () => (await s3.listen()).url,
};

describe.each(Object.entries(ways))('stall %s', (_, findBase) => {
  it.each([
    [undefined, '', 'answer stalled after its head'],
    [0, '', 'answer stalled after its head'],
    [3, 'the', 'answer stalled after 3 of 10 bytes'],
    [9, 'the repor', 'answer stalled after 9 of 10 bytes'],
  ])('after %p bytes: sends these, with the length of the whole, and then waits', async (after, received, what) => {
    const base = await findBase();
    s3.on('GetObject', { Key: 'report.pdf' }).stall({ after, times: 1 });
    const { response, request, text, ended } = await read(`${base}/vault/report.pdf`);
    await until(() => text() === received);
    await settle();
    expect({ status: response.statusCode, length: response.headers['content-length'], text: text() }).toEqual({
      ...{ status: 200, length: '10', text: received },
    });
    expect(s3.requests.of('GetObject', { Key: 'report.pdf' })).toMatchObject([
      { status: 200, failure: { kind: 'stall', what, applied: true } },
    ]);
    request.destroy();
    await ended;
    expect((await get('/vault/report.pdf')).body).toBe('the report');
  });

  it('sends the beginning of a document, and its end at a reset', async () => {
    const base = await findBase();
    s3.on('ListObjectVersions').stall({ after: 20 });
    const { response, text, ended } = await read(`${base}/vault?versions`);
    await until(() => text().length === 20);
    await settle();
    expect({ framing: response.headers['transfer-encoding'], size: text().length }).toEqual({
      ...{ framing: 'chunked', size: 20 },
    });
    s3.reset();
    expect(await ended).toBe('end');
    expect(text()).toMatch(/^<\?xml[\s\S]*<\/ListVersionsResult>$/);
    expect(s3.requests.length).toBe(0);
  });

  it.each(['reset', 'stop'] as const)('breaks the bytes of an object off at a %s', async (way) => {
    const base = await findBase();
    s3.on('GetObject').stall({ after: 4, times: 1 });
    const { text, ended } = await read(`${base}/vault/report.pdf`);
    await until(() => text() === 'the ');
    const order = noteOrder(ended);
    await s3[way]();
    expect(await ended).toBe('ECONNRESET');
    expect(order[0]).toBe('the answer ended');
  });

  it('stalls a large download midway', async () => {
    const base = await findBase();
    const after = 5 * 1024 ** 2 + 7;
    s3.on('GetObject').stall({ after });
    const { response, request, text, ended } = await read(`${base}/vault/huge`);
    await until(() => text().length === after);
    expect(response.headers['content-length']).toBe(String(TEBIBYTE));
    request.destroy();
    await ended;
    expect(s3.requests.last()?.failure?.what).toBe(`answer stalled after ${after} of ${TEBIBYTE} bytes`);
  });

  it('stalls the answer of a request, and the requests after it on the connection wait', async () => {
    const { hostname, port } = new URL(await findBase());
    s3.on('GetObject').stall({ after: 3, times: 1 });
    const socket = net.connect(Number(port) || 80, hostname);
    let received = '';
    socket.on('data', (bytes: Buffer) => {
      received += bytes.toString();
    });
    const lines = Object.entries({ Host: 's3.amazonaws.com', ...signed }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    const asked = `GET /vault/report.pdf HTTP/1.1\r\n${lines.join('')}\r\n`;
    socket.write(asked + asked);
    await until(() => received.endsWith('\r\n\r\nthe'));
    await settle();
    const applied = s3.requests.of('GetObject').filter(({ key }) => key === 'report.pdf');
    expect({ answers: received.split('HTTP/1.1').length - 1, applied: applied.length }).toEqual({
      answers: 1,
      applied: 1,
    });
    socket.destroy();
  });
});

/** What ends first: the answer by itself, or all connections of the port, some time after it was closed. */
function noteOrder(ended: Promise<unknown>): readonly string[] {
  const order: string[] = [];
  void ended.then(() => order.push('the answer ended'));
  const { closeAllConnections } = http.Server.prototype;
  jest.spyOn(http.Server.prototype, 'closeAllConnections').mockImplementation(function (this: http.Server) {
    order.push('all connections were closed');
    closeAllConnections.call(this);
  });
  return order;
}

it('ends at once when its port is closed', async () => {
  const { url: base, close } = await s3.listen();
  s3.on('GetObject').stall();
  const { ended } = await read(`${base}/vault/report.pdf`);
  const order = noteOrder(ended);
  await close();
  expect(await ended).toBe('ECONNRESET');
  expect(order[0]).toBe('the answer ended');
});

describe('what has nothing to stall', () => {
  it.each([
    ['an empty object', () => get('/vault/empty'), 'answer sent whole, since it has no body'],
    ['HEAD', () => head('/vault/report.pdf'), 'answer sent whole, since it has no body'],
    ['fewer bytes', () => get('/vault/report.pdf'), 'answer sent whole, since it has no more than 10 bytes'],
  ])('is sent whole, and the journal says so: %s', async (_, call, what) => {
    s3.on('*').stall({ after: 10 });
    expect((await call()).status).toBe(200);
    expect(s3.requests.last()?.failure).toEqual({
      kind: 'stall',
      what,
      applied: true,
      endless: "s3.on('*').stall({ after: 10 })",
    });
  });

  it.each(['HeadObject', 'PutObject', 'DeleteObject', 'PutBucketTagging', 'DeleteAccessPoint'] as const)(
    'is refused if no answer of the operation has a body: %s',
    (operation) => {
      expect(() => s3.on(operation).stall()).toThrow(
        `on('${operation}').stall: an answer of ${operation} has no body that could stall. delay({ milliseconds: 60_000 }) makes its client wait.`,
      );
    },
  );

  it.each([
    'GetBucketPolicy',
    'CopyObject',
    'DeleteObjects',
    'AssumeRole',
    'GetAccessPoint',
    lackingCall.name,
  ] as const)('is not that of %s', (operation) => {
    expect(s3.on(operation).stall({ after: 1 }).toString()).toContain('.stall({ after: 1 })');
  });
});

/** `npm test` tries the clients in one of the ways. */
const waysOfClients = Object.entries(ways).slice(0, areAllRuns ? undefined : 1);

describe.each(waysOfClients)('a client that waits for the rest %s', (_, findBase) => {
  let url: string;
  let endpoint: object;
  beforeEach(async () => {
    s3.on('GetObject', { Key: 'report.pdf' }).stall({ after: 3 });
    const base = await findBase();
    url = `${base}/vault/report.pdf`;
    endpoint = { endpoint: base, forcePathStyle: true };
  });

  it('SDK v3: requestTimeout is that of the head, and the stream waits until it is aborted', async () => {
    const client = new S3Client({ ...endpoint, requestHandler: { requestTimeout: 2000, throwOnRequestTimeout: true } });
    const aborter = new AbortController();
    const { Body } = await client.send(new GetObjectCommand(report), { abortSignal: aborter.signal });
    const text = Body?.transformToString();
    aborter.abort();
    await expect(text).rejects.toThrow('aborted');
  });

  it('SDK v3: socketTimeout ends the wait', async () => {
    const client = new S3Client({ ...endpoint, requestHandler: { socketTimeout: 30 }, maxAttempts: 1 });
    s3.on('ListObjectVersions').stall();
    const list = client.send(new ListObjectVersionsCommand({ Bucket: 'vault' }));
    await expect(list).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('SDK v3 without a timeout waits', async () => {
    const { Body } = await new S3Client({ ...endpoint }).send(new GetObjectCommand(report));
    const outcome = lost(Body?.transformToString() ?? Promise.resolve());
    const first = await Promise.race([outcome, settle().then(() => 'waits')]);
    s3.reset();
    expect([first, await outcome]).toEqual(['waits', 'ECONNRESET']);
  });

  it('fetch: AbortSignal.timeout', async () => {
    // On a busy machine the time may be over before the head of the answer has come.
    const read = async () => (await fetch(url, { headers: signed, signal: AbortSignal.timeout(50) })).text();
    await expect(read()).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('http: the timeout of the socket, and destroy', async () => {
    const { request, text, ended } = await read(url);
    request.setTimeout(30, () => request.destroy());
    expect(await ended).toBe('ECONNRESET');
    expect(text()).toBe('the');
  });

  it('axios: timeout', async () => {
    const error = await axios.get(url, { headers: signed, timeout: 50 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      message: expect.stringMatching(/^(?:timeout of 50ms exceeded|aborted|stream has been aborted)$/),
    });
  });
});
