import type http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import type net from 'node:net';
import { Readable } from 'node:stream';
import tls from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Agent, fetch as undiciFetch } from 'undici';
import { makeIsForOthers } from '../../../src/service/called-service';
import { areAllRuns, rowsOfColumn } from '../../support/runs';
import { makeSelfSigned } from '../../support/self-signed';
import { ask, closedNetwork, event, openPort, settle, startScene } from '../scene';

closedNetwork();

const isForOthers = makeIsForOthers(new Set(['sts', 's3-control']));
const signedFor = (service: string) => ({
  Authorization: `AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});
const forQueues = { method: 'POST', headers: signedFor('sqs') };

const { key, cert } = makeSelfSigned('localhost');
const ofClient = makeSelfSigned('a client');
const { cert: ca } = makeSelfSigned('localhost'); // another authority

/** What the real server sees of a request, and of the connection that carries it. */
interface Seen {
  readonly request: string;
  readonly servername: unknown;
  readonly protocol: unknown;
  readonly client: unknown;
}

let seen: Seen[];
const closings: (() => unknown)[] = [];
beforeEach(() => {
  seen = [];
});
afterEach(async () => {
  delete process.env['AWS_ENDPOINT_URL'];
  for (const close of closings.splice(0).reverse()) await close();
});

/** Starts the real server of all services, and returns its address. */
async function startReal(options: https.ServerOptions = {}): Promise<string> {
  const server = https.createServer({ key, cert, ...options }, (request, response) => {
    const { servername, alpnProtocol } = request.socket as tls.TLSSocket; // the server is one of https
    const client = (request.socket as tls.TLSSocket).getPeerCertificate().subjectaltname;
    seen.push({ request: `${request.method} ${request.url}`, servername, protocol: alpnProtocol, client });
    request.resume().on('end', () => response.end('real'));
  });
  return listen(server);
}

async function listen(server: net.Server & { closeAllConnections?(): void }): Promise<string> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) => sockets.add(socket));
  server.on('tlsClientError', () => {});
  const url = `https://localhost:${await openPort(server)}`;
  closings.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  process.env['AWS_ENDPOINT_URL'] = url;
  return url;
}

const keep = <Pool extends { destroy(): unknown }>(pool: Pool): Pool => {
  closings.push(() => pool.destroy());
  return pool;
};

type TlsOptions = Pick<
  tls.ConnectionOptions,
  'ca' | 'cert' | 'key' | 'rejectUnauthorized' | 'servername' | 'ALPNProtocols' | 'checkServerIdentity'
>;
type Send = (url: string, options: TlsOptions, headers?: Readonly<Record<string, string>>) => Promise<string>;

/** Clients that give their TLS options in different ways. */
const clients: Readonly<Record<string, Send>> = {
  'https without an agent': async (url, options, headers = signedFor('sqs')) =>
    (await ask(url, { ...options, method: 'POST', headers, agent: false })).text,
  'an agent of https': async (url, options, headers = signedFor('sqs')) =>
    (await ask(url, { method: 'POST', headers, agent: keep(new https.Agent({ keepAlive: true, ...options })) })).text,
  'undici and its fetch': async (url, options, headers = signedFor('sqs')) => {
    const dispatcher = keep(new Agent({ connect: options as object })); // undici gives them to tls.connect
    return (await undiciFetch(url, { method: 'POST', headers: { ...headers }, dispatcher })).text();
  },
};

/** An answer, or the error that a user sees. */
async function outcomeOf(sent: Promise<string>): Promise<unknown> {
  try {
    return await sent;
  } catch (error) {
    const { cause = error }: { cause?: unknown } = Object(error);
    const { code, message }: NodeJS.ErrnoException = Object(cause);
    // Node gives an alert of the server another code if bytes of the client wait, and OpenSSL names its thread.
    return /SSL alert number \d+/.exec(message)?.[0] ?? { code, message };
  }
}

const names = Object.keys(clients);

describe.each(Object.entries(clients))('at the address of all services by TLS, %s', (name, send) => {
  const rowsOf = <Row>(rows: readonly Row[]) => rowsOfColumn(rows, names.indexOf(name), names.length);

  it.each(
    rowsOf<[string, TlsOptions]>([
      ['an authority of its own', { ca: cert }],
      ['rejectUnauthorized: false', { rejectUnauthorized: false }],
      ['a name for TLS', { ca: cert, servername: 'localhost' }],
      ['a check of its own', { ca: cert, checkServerIdentity: () => undefined }],
      ['a context of its own', { secureContext: tls.createSecureContext({ ca: cert }) } as TlsOptions],
      ['HTTP/1.1 by ALPN', { ca: cert, ALPNProtocols: ['http/1.1'] }],
      ['HTTP/2 or HTTP/1.1 by ALPN', { ca: cert, ALPNProtocols: ['h2', 'http/1.1'] }],
    ]),
  )('reaches the real server with %s', async (_name, options) => {
    const url = await startReal();
    const scene = startScene({ isForOthers, guard: true });
    const answers = [await send(`${url}/q`, options), await send(`${url}/vault`, options, signedFor('s3'))];
    expect({ answers, seen: seen.map(({ request }) => request), answered: scene.requests.length }).toEqual({
      answers: ['real', 'POST /vault 0'],
      seen: ['POST /q'],
      answered: 1,
    });
    expect(seen[0]?.servername).toBe('localhost');
  });

  it('shows its certificate to a real server that demands one', async () => {
    const url = await startReal({ requestCert: true, rejectUnauthorized: true, ca: ofClient.cert });
    startScene({ isForOthers });
    const text = await send(`${url}/q`, { ca: cert, cert: ofClient.cert, key: ofClient.key });
    expect({ text, clients: seen.map(({ client }) => client) }).toEqual({ text: 'real', clients: ['DNS:a client'] });
  });

  it.each(
    rowsOf<[string, https.ServerOptions, TlsOptions]>([
      ['has no authority for the certificate', {}, {}],
      ['has another authority', {}, { ca }],
      [
        'does not accept the name',
        {},
        {
          ca: cert,
          checkServerIdentity: (_host, { subject }) =>
            subject.CN === 'a test' ? Object.assign(new Error('not this one'), { code: 'OWN' }) : undefined,
        },
      ],
      [
        'has no certificate',
        { requestCert: true, rejectUnauthorized: true, ca: ofClient.cert, maxVersion: 'TLSv1.2' },
        { ca: cert },
      ],
      ['has no protocol in common with it', { ALPNProtocols: ['h2'] }, { ca: cert, ALPNProtocols: ['http/1.1'] }],
    ]),
  )('sees the same error as without the mock if it %s', async (_name, server, options) => {
    const url = await startReal(server);
    const without = await outcomeOf(send(`${url}/q`, options));
    const scene = startScene({ isForOthers });
    expect(await outcomeOf(send(`${url}/q`, options))).toEqual(without);
    expect(without).not.toBe('real');
    expect({ seen, answered: scene.requests }).toEqual({ seen: [], answered: [] });
  });
});

const http2Only = () => {
  const server = http2.createSecureServer({ key, cert });
  server.on('stream', (stream) => stream.respond({ ':status': 200 }) ?? stream.end('h2'));
  return listen(server);
};

describe('a real server of all services that speaks HTTP/2 alone', () => {
  it('is reached by a client that speaks HTTP/2 alone', async () => {
    const url = await http2Only();
    const scene = startScene({ isForOthers, guard: true });
    const session = keep(http2.connect(url, { ca: cert }));
    const stream = session.request({ ':path': '/q', ...signedFor('sqs') });
    expect({ text: String((await event(stream, 'data'))[0]), answered: scene.requests }).toEqual({
      text: 'h2',
      answered: [],
    });
  });

  it('answers a client without ALPN as it does without the mock', async () => {
    const url = await http2Only();
    const send = async () => (await ask(`${url}/q`, { ...forQueues, ca: cert, agent: false })).text;
    const without = await outcomeOf(send());
    startScene({ isForOthers });
    expect(await outcomeOf(send())).toEqual(without);
  });
});

const chunk = Buffer.alloc(65_536, 'x');

/** A body that the buffers of a connection do not hold. */
class CountedBody {
  static readonly whole = areAllRuns ? 1000 : 400;
  sent = 0;
  readonly chunks = Readable.from(this.#chunks());

  *#chunks(): Generator<Buffer> {
    for (; this.sent < CountedBody.whole; this.sent += 1) yield chunk;
  }

  /** Resolves to the number of chunks once nobody asks for another one. */
  async untilItWaits(): Promise<number> {
    let before = this.sent;
    for (let turns = 0; turns < 100; turns += 1) {
      await settle(1);
      if (this.sent !== before) turns = 0;
      before = this.sent;
    }
    return before;
  }
}

describe('what passes by TLS', () => {
  it('is a stream in both directions', async () => {
    let received = 0;
    const url = await listen(
      https.createServer({ key, cert }, (request, response) => {
        request.on('data', (bytes: Buffer) => {
          if (received === 0) response.write('first');
          received += bytes.length;
        });
        request.on('end', () => response.end(Buffer.alloc(5_000_000)));
      }),
    );
    startScene({ isForOthers });
    const request = https.request(url, { ...forQueues, ca: cert, agent: false });
    request.write(chunk);
    const [response] = (await event(request, 'response')) as [http.IncomingMessage];
    const [first] = await event(response, 'data');
    const receivedBefore = received;
    let size = 0;
    response.on('data', (bytes: Buffer) => (size += bytes.length));
    for (let count = 1; count < 80; count += 1) request.write(chunk);
    request.end();
    await event(response, 'end');
    expect({ first: String(first), isBegun: receivedBefore > 0, received, size }).toEqual({
      first: 'first',
      isBegun: true,
      received: 80 * chunk.length,
      size: 5_000_000,
    });
  });

  it('waits in the client while the real server does not read', async () => {
    const requests: http.IncomingMessage[] = [];
    const url = await listen(
      https.createServer({ key, cert }, (request, response) => {
        requests.push(request);
        request.on('end', () => response.end('real'));
      }),
    );
    startScene({ isForOthers });
    const body = new CountedBody();
    const request = https.request(url, { ...forQueues, ca: cert, agent: false });
    body.chunks.pipe(request);
    while (requests.length === 0) await settle(1);
    const waiting = await body.untilItWaits();
    requests[0]?.resume();
    await event(request, 'response');
    expect({ isPart: waiting < CountedBody.whole / 2, sent: body.sent }).toEqual({
      isPart: true,
      sent: CountedBody.whole,
    });
  });

  it('waits in the real server while the client does not read', async () => {
    const body = new CountedBody();
    const url = await listen(https.createServer({ key, cert }, (_, response) => body.chunks.pipe(response)));
    startScene({ isForOthers });
    const request = https.get(url, { headers: signedFor('sqs'), ca: cert, agent: false });
    const [response] = (await event(request, 'response')) as [http.IncomingMessage];
    const waiting = await body.untilItWaits();
    response.resume();
    await event(response, 'end');
    expect({ isPart: waiting < CountedBody.whole / 2, sent: body.sent }).toEqual({
      isPart: true,
      sent: CountedBody.whole,
    });
  });

  it('can be an upgrade', async () => {
    const server = https.createServer({ key, cert });
    server.on('upgrade', (_, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n');
      socket.on('data', (bytes) => socket.end(`echo ${bytes}`));
    });
    const url = await listen(server);
    startScene({ isForOthers });
    const headers = { ...signedFor('iotdevicegateway'), Connection: 'Upgrade', Upgrade: 'x' };
    const request = https.get(url, { headers, ca: cert, agent: false });
    const [, socket] = (await event(request, 'upgrade')) as [unknown, net.Socket];
    socket.write('hello');
    expect(String((await event(socket, 'data'))[0])).toBe('echo hello');
    socket.destroy();
  });
});

describe('one connection by TLS', () => {
  const inTurns = ['s3', 'sqs', 's3', 's3', 'sqs', 'sqs', 's3'];
  const isS3 = (service: string) => service === 's3';
  const pools: Readonly<Record<string, () => (url: string, service: string) => Promise<string>>> = {
    'of an agent of https': () => {
      const agent = keep(
        new https.Agent({ keepAlive: true, maxSockets: 1, ca: cert, cert: ofClient.cert, key: ofClient.key }),
      );
      return async (url, service) => (await ask(url, { method: 'POST', headers: signedFor(service), agent })).text;
    },
    'of undici': () => {
      const connect = { ca: cert, cert: ofClient.cert, key: ofClient.key };
      const dispatcher = keep(new Agent({ connections: 1, connect }));
      return async (url, service) =>
        (await undiciFetch(url, { method: 'POST', headers: signedFor(service), dispatcher })).text();
    },
  };

  describe.each(Object.entries(pools))('%s', (_, makeSend) => {
    it.each([
      ['that was opened under the mock', false],
      ['that was open before the start', true],
    ])('%s carries requests for S3 and for other services in turns', async (_name, isWarm) => {
      const url = await startReal({ requestCert: true, rejectUnauthorized: true, ca: ofClient.cert });
      const send = makeSend();
      if (isWarm) expect(await send(`${url}/warm`, 's3')).toBe('real');
      await settle();
      seen = [];
      const scene = startScene({ isForOthers });
      const answers: string[] = [];
      for (const service of inTurns) answers.push(await send(`${url}/${service}`, service));
      expect({ answers, seen: seen.length, answered: scene.requests.length }).toEqual({
        answers: inTurns.map((service) => (isS3(service) ? 'POST /s3 0' : 'real')),
        seen: inTurns.filter((service) => !isS3(service)).length,
        answered: inTurns.filter(isS3).length,
      });
    });
  });
});
