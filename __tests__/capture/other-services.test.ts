import http from 'node:http';
import http2 from 'node:http2';
import type net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeIsForOthers } from '../../src/service/called-service';
import { type AskOptions, ask, closedNetwork, event, openPort, settle, startScene } from './scene';

closedNetwork();

const isForOthers = makeIsForOthers(new Set(['sts', 's3-control']));
const signedFor = (service: string) => ({
  Authorization: `AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

let seen: string[];
let url: string;
let server: http.Server;
beforeEach(async () => {
  seen = [];
  server = http.createServer((request, response) => {
    let size = 0;
    request.on('data', (chunk: Buffer) => (size += chunk.length));
    request.on('end', () => {
      seen.push(`${request.method} ${request.url} ${size}`);
      if (request.url === '/broken') request.socket.destroy();
      else {
        response.setHeader('Trailer', 'X-End');
        response.addTrailers({ 'X-End': 'yes' });
        response.end(`real ${size}`);
      }
    });
  });
  url = `http://127.0.0.1:${await openPort(server)}`;
  process.env['AWS_ENDPOINT_URL'] = url;
});
afterEach(async () => {
  delete process.env['AWS_ENDPOINT_URL'];
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const textOf = async (path: string, options?: AskOptions) => (await ask(`${url}${path}`, options)).text;

describe('at the address of all services', () => {
  it('one connection carries requests for S3 and for other services, and each reaches its own', async () => {
    const scene = startScene({ isForOthers, guard: true });
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const texts = [
      await textOf('/vault', { agent, headers: signedFor('s3') }),
      await textOf('/q', { agent, method: 'POST', headers: signedFor('sqs'), body: 'abc' }),
      await textOf('/vault/a', { agent }),
      await textOf('/', { agent, method: 'POST', headers: { 'X-Amz-Target': 'DynamoDB.ListTables' }, body: '{}' }),
      await textOf('/vault/b', { agent, headers: signedFor('s3') }),
    ];
    agent.destroy();
    expect({ texts, seen, answered: scene.requests.map((request) => request.url) }).toEqual({
      texts: ['GET /vault 0', 'real 3', 'GET /vault/a 0', 'real 2', 'GET /vault/b 0'],
      seen: ['POST /q 3', 'POST / 2'],
      answered: ['/vault', '/vault/a', '/vault/b'],
    });
  });

  it('the connection to the real server is closed after the answer, although both ends would keep it', async () => {
    server.keepAliveTimeout = 0; // never
    const closed = new Promise<true>((resolve) => {
      server.once('connection', (socket) => socket.once('close', () => resolve(true)));
    });
    startScene({ isForOthers });
    const agent = new http.Agent({ keepAlive: true });
    const text = await textOf('/q', { agent, headers: signedFor('sqs') });
    expect({ text, isClosed: await closed }).toEqual({ text: 'real 0', isClosed: true });
    agent.destroy();
  });

  it('bodies of any size, trailers and 100 Continue pass', async () => {
    startScene({ isForOthers });
    const body = Buffer.alloc(5_000_000);
    const large = await textOf('/large', { method: 'PUT', headers: signedFor('sqs'), body });
    const headers = { ...signedFor('sqs'), Expect: '100-continue', 'Content-Length': 3 };
    const request = http.request(url, { method: 'POST', headers });
    await event(request, 'continue');
    request.end('abc');
    const [answer] = (await event(request, 'response')) as [http.IncomingMessage];
    answer.resume();
    await event(answer, 'end');
    expect({ large, trailers: answer.trailers }).toEqual({ large: 'real 5000000', trailers: { 'x-end': 'yes' } });
  });

  it('the client sees what goes wrong at the real server', async () => {
    startScene({ isForOthers });
    const broken = textOf('/broken', { headers: signedFor('sqs') });
    await expect(broken).rejects.toMatchObject({ code: 'ECONNRESET' });
    await new Promise((resolve) => server.close(resolve));
    const refused = textOf('/q', { headers: signedFor('sqs') });
    await expect(refused).rejects.toMatchObject({ code: 'ECONNREFUSED', port: Number(new URL(url).port) });
  });

  it('an upgrade for another service passes as bytes', async () => {
    server.on('upgrade', (_, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n');
      socket.on('data', (chunk) => socket.end(`echo ${chunk}`));
    });
    startScene({ isForOthers });
    const headers = { ...signedFor('iotdevicegateway'), Connection: 'Upgrade', Upgrade: 'x' };
    const request = http.get(url, { headers });
    const [, socket] = (await event(request, 'upgrade')) as [unknown, net.Socket];
    socket.write('hello');
    expect(String((await event(socket, 'data'))[0])).toBe('echo hello');
    socket.destroy();
  });

  it('HTTP/2 with prior knowledge passes', async () => {
    const modern = http2.createServer((request, response) => response.end(`h2 ${request.url}`));
    process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${await openPort(modern)}`;
    startScene({ isForOthers });
    const session = http2.connect(process.env['AWS_ENDPOINT_URL']);
    const stream = session.request({ ':path': '/stream' });
    expect(String((await event(stream, 'data'))[0])).toBe('h2 /stream');
    session.destroy();
    await new Promise((resolve) => modern.close(resolve));
  });

  it('the guard refuses what would leave this machine', async () => {
    process.env['AWS_ENDPOINT_URL'] = 'http://emulator.test:4566';
    const told: unknown[] = [];
    const scene = startScene({ isForOthers, guard: true, onOtherHost: (...given) => told.push(given) });
    const sent = ask('http://emulator.test:4566/q', { headers: signedFor('sqs') });
    await expect(sent).rejects.toMatchObject({ code: 'ERR_S3_MOCK_REFUSED', address: 'emulator.test' });
    expect({ told, answered: scene.requests }).toEqual({ told: [['emulator.test', 4566, true]], answered: [] });
  });

  it('an address that the option hosts names too is for S3 alone', async () => {
    const scene = startScene({ isForOthers, hosts: [url] });
    expect(await textOf('/q', { headers: signedFor('sqs') })).toBe('GET /q 0');
    expect({ seen, answered: scene.requests.length }).toEqual({ seen: [], answered: 1 });
  });

  it('a request that is passed on when the capture stops is answered by the real server, and its connection ends', async () => {
    const scene = startScene({ isForOthers });
    const agent = new http.Agent({ keepAlive: true });
    const pending = ask(`${url}/q`, { agent, method: 'POST', headers: signedFor('sqs'), body: 'abc' });
    await settle(3);
    scene.stop();
    const { text } = await pending;
    await settle();
    expect({ text, pooled: Object.keys(agent.freeSockets) }).toEqual({ text: 'real 3', pooled: [] });
  });
});

describe('a request is for another service', () => {
  it.each`
    name                          | headers                                                                                  | url                                                            | expected
    ${'signed for SQS'}           | ${signedFor('sqs')}                                                                      | ${'/'}                                                         | ${true}
    ${'signed for S3 Tables'}     | ${signedFor('s3tables')}                                                                 | ${'/'}                                                         | ${true}
    ${'signed for S3'}            | ${signedFor('s3')}                                                                       | ${'/'}                                                         | ${false}
    ${'signed for S3 Express'}    | ${signedFor('s3express')}                                                                | ${'/'}                                                         | ${false}
    ${'signed for STS'}           | ${signedFor('sts')}                                                                      | ${'/'}                                                         | ${false}
    ${'with the header of JSON'}  | ${{ 'X-Amz-Target': 'a.b' }}                                                             | ${'/'}                                                         | ${true}
    ${'without a signature'}      | ${{}}                                                                                    | ${'/vault/a'}                                                  | ${false}
    ${'with a signed URL of SQS'} | ${{}}                                                                                    | ${'/?X-Amz-Credential=A%2F20260101%2Feu%2Fsqs%2Faws4_request'} | ${true}
    ${'with a signed URL of S3'}  | ${{}}                                                                                    | ${'/a?X-Amz-Credential=A%2F20260101%2Feu%2Fs3%2Faws4_request'} | ${false}
    ${'signed for all regions'}   | ${{ Authorization: 'AWS4-ECDSA-P256-SHA256 Credential=A/20260101/events/aws4_request' }} | ${'/'}                                                         | ${true}
  `('$name: $expected', ({ headers, url, expected }) => {
    const names = Object.entries<unknown>(Object(headers)).map(
      ([name, value]) => [name.toLowerCase(), String(value)] as const,
    );
    expect(isForOthers({ method: 'POST', url: String(url), headers: new Map(names) })).toBe(expected);
  });

  it('if it is signed for STS, and the mock does not answer STS', () => {
    const headers = new Map([['authorization', signedFor('sts').Authorization]]);
    expect(makeIsForOthers(new Set())({ method: 'POST', url: '/', headers })).toBe(true);
  });
});
