import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Accept, CaptureRefusal, Endpoint, WireDelay, WireReply } from '../wire';
import { breakOff, wait } from './disruption';
import { awaitsReply, closeEnds } from './loopback';
import { replyBytes, sendReply, withClose } from './reply-sender';
import { isMemorySocket, SOCKET_STATE } from './socket-state';
import type { Target } from './target';
import { findEndpoint, joinHeaders, type RequestHead, readHead } from './wire-request';

/** What an exchange needs to know of the world around it. */
interface ExchangeOptions {
  readonly accept: Accept;
  readonly refuse: (refusal: CaptureRefusal) => WireReply;
  readonly endpointOf: (host: string, port: number) => Endpoint | undefined;
  /** Takes a request that a proxy was asked to carry to a host which is not ours; false where it cannot. */
  readonly passOn?: (request: IncomingMessage, response: ServerResponse, target: Target) => boolean;
}

type Answer = (body: Uint8Array, trailers: ReadonlyMap<string, string>) => WireReply | WireDelay;

const nothing = new Uint8Array(0);
const shownHead = 1024;

/** Turns bytes into requests and replies into bytes, with Node's own HTTP server, whether or not that listens. */
export class Exchange {
  readonly server: http.Server;
  readonly #connections = new Set<Socket>();
  /** Requests that were not answered to the end, with their sockets, which a finished response no longer knows. */
  readonly #open = new Map<ServerResponse, Socket>();
  readonly #options: ExchangeOptions;
  #stopped = false;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    // No timeouts: a server that never listens checks none, and one that does should wait for a debugger.
    const settings = { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0, requireHostHeader: false };
    this.server = http.createServer(settings, (request, response) => this.receive(request, response));
    // S3 takes an Expect that it does not know for none; Node by itself answers 417. F180
    this.server.on('checkExpectation', (request, response) => this.receive(request, response));
    this.server.on('connection', (socket) => {
      this.#connections.add(socket);
      socket.once('close', () => this.#connections.delete(socket));
    });
    this.server.on('clientError', (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket) =>
      this.#refuseUnparsable(error, socket),
    );
  }

  /** Answers what comes over a connection. */
  serve(socket: Socket): void {
    this.server.emit('connection', socket);
  }

  /** Leaves a connection to somebody else. */
  release(socket: Socket): void {
    this.#connections.delete(socket);
  }

  /** Answers one request. */
  receive(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const target = targetOf(socket);
    const head = readHead(request, target);
    const endpoint = findEndpoint(head, target, this.#options.endpointOf);
    if (head.isAbsolute && head.authority !== undefined && !this.#isOurs(head.authority)) {
      if (this.#options.passOn?.(request, response, head.authority)) return;
    }
    this.#open.set(response, socket);
    response.once('close', () => this.#open.delete(response));
    if (this.#stopped) this.#send(response, () => this.#farewell());
    else this.#answer(request, response, head, endpoint);
  }

  /**
   * Ends every connection. What still waits for a reply is told so, since a client retries a connection that breaks, and
   * the retry would go to the real S3; a reply that has begun is sent to its end.
   */
  stop(): void {
    this.#stopped = true;
    for (const [response, socket] of this.#open) {
      this.#connections.delete(socket);
      if (!response.headersSent) this.#send(response, () => this.#farewell());
      else if (response.writableEnded) socket.destroySoon();
      else response.once('finish', () => socket.destroySoon());
    }
    for (const socket of this.#connections) {
      if (!isMemorySocket(socket)) socket.destroy();
      else if (!awaitsReply(socket)) closeEnds(socket);
    }
    this.#connections.clear();
  }

  /** Ends every connection, at once where nothing waits for a reply, and after the reply where something does. */
  drain(): void {
    for (const [response, socket] of this.#open) {
      this.#connections.delete(socket);
      response.shouldKeepAlive = false;
      response.once('close', () => socket.destroySoon());
    }
    for (const socket of this.#connections) socket.destroy();
    this.#connections.clear();
  }

  #isOurs({ host, port }: Target): boolean {
    return this.#options.endpointOf(host, port) !== undefined;
  }

  #farewell(): WireReply {
    return withClose(this.#options.refuse({ kind: 'stopped' }));
  }

  #answer(request: IncomingMessage, response: ServerResponse, head: RequestHead, endpoint: Endpoint | undefined): void {
    const answer = this.#chooseAnswer(head, endpoint);
    collectBody(request, (body) => {
      // Stopped in the meantime, a request must not be applied any more.
      if (!response.headersSent) this.#send(response, () => answer(body, joinHeaders(request.rawTrailers)));
    });
  }

  #chooseAnswer({ wire }: RequestHead, endpoint: Endpoint | undefined): Answer {
    const { accept, refuse } = this.#options;
    if (endpoint?.service !== 's3' && endpoint?.service !== 'iam') {
      const why = endpoint?.why ?? `${wire.host} is not one of the hosts of this mock`;
      return () => refuse({ kind: 'unknown-host', host: wire.host, why });
    }
    try {
      const answer = accept();
      return (body, trailers) => answer({ ...wire, endpoint, trailers, body });
    } catch (error) {
      return () => refuse({ kind: 'broken', error });
    }
  }

  /** Whatever breaks is answered: on a server that throws, the client would wait for ever. */
  #send(response: ServerResponse, reply: () => WireReply | WireDelay): void {
    try {
      const made = reply();
      // Whoever made it may have stopped us, which has answered.
      if (response.headersSent) return;
      if ('milliseconds' in made) wait(response, made, () => this.#send(response, made.reply));
      else if (made.disconnect === undefined) sendReply(response, made);
      else {
        this.#open.delete(response);
        breakOff(response, made);
      }
    } catch (error) {
      try {
        sendReply(response, this.#options.refuse({ kind: 'broken', error }));
      } catch {
        response.destroy();
      }
    }
  }

  #refuseUnparsable(error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket: Duplex): void {
    const open = [...this.#open].filter(([, used]) => used === socket).map(([response]) => response);
    const last = open.at(-1);
    if (last?.req.complete && !last.headersSent) {
      // The requests before it came whole, so they are answered; what cannot be read is none of theirs. F181
      last.shouldKeepAlive = false;
      return;
    }
    const replied = open.some((response) => response.headersSent);
    if (replied || !socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const head = error.rawPacket?.toString('latin1', 0, shownHead) ?? '';
    try {
      socket.end(replyBytes(this.#options.refuse({ kind: 'unparsable', reason: error.code ?? error.message, head })));
    } catch {
      socket.destroy();
    }
  }
}

/** Calls back with the whole body; never when the client goes away before its end. */
function collectBody(request: IncomingMessage, done: (body: Uint8Array) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const [first = nothing] = chunks;
    done(chunks.length < 2 ? first : Buffer.concat(chunks));
  });
}

function targetOf(socket: Socket): Target {
  if (isMemorySocket(socket)) return socket[SOCKET_STATE].tunnelTo ?? socket[SOCKET_STATE].target;
  return { host: socket.localAddress ?? '', port: socket.localPort ?? 0, secure: 'encrypted' in socket };
}
