import { AsyncResource } from 'node:async_hooks';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Accept, CaptureRefusal, Endpoint, WireDelay, WireReply } from '../wire';
import { afterArrival } from './delivery';
import { breakOff, wait } from './disruption';
import { awaitsReply, closeEnds } from './loopback';
import { HiddenResponse, hideServer } from './observers';
import { RecentTexts } from './recent-texts';
import { replyBytes, sendReply, withClose } from './reply-sender';
import { isMemorySocket, SOCKET_STATE } from './socket-state';
import type { Target } from './target';
import { type WaitingRequest, waitingRequest } from './waiting-request';
import { findEndpoint, noBytes, type RequestHead, readHead, wholeRequest } from './wire-request';

/** The functions that an exchange calls to answer. */
interface ExchangeOptions {
  readonly accept: Accept;
  readonly refuse: (refusal: CaptureRefusal) => WireReply;
  readonly endpointOf: (host: string, port: number) => Endpoint | undefined;
  /** Identifies the code that sends a request; asked where its client writes. */
  readonly senderOf?: (() => object | undefined) | undefined;
  /** Forwards a request that a client sent to a proxy for a host that this capture does not answer; returns false if it cannot. */
  readonly passOn?: (request: IncomingMessage, response: ServerResponse, target: Target) => boolean;
}

interface Answer {
  /** Whether the head alone decides the reply, so that a client which waits for `100 Continue` gets the reply instead. */
  readonly refusesHead: () => boolean;
  readonly reply: (body?: Uint8Array, rawTrailers?: readonly string[]) => WireReply | WireDelay;
}

const headLimit = 1024;
/** The async id of Node's start, which belongs to no call. */
const rootAsyncId = 1;

/** Turns bytes into requests and replies into bytes, with a server of node:http, which need not listen. */
export class Exchange {
  readonly server: http.Server;
  readonly #connections = new Set<Socket>();
  /** The responses that are not complete, with their sockets, since a finished response no longer refers to its own. */
  readonly #open = new Map<ServerResponse, Socket>();
  readonly #options: ExchangeOptions;
  readonly #texts = new RecentTexts();
  #stopped = false;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    // No timeouts: a server that never listens checks none, and one that listens should wait for a debugger.
    const settings = {
      keepAliveTimeout: 0,
      requestTimeout: 0,
      headersTimeout: 0,
      requireHostHeader: false,
      ServerResponse: HiddenResponse,
    };
    this.server = http.createServer(settings, (request, response) => this.receive(request, response));
    // A client may end its side after its request and read on (RFC 9112, 9.6). By default Node ends the other side at once,
    // and drops the part of the answer that is not written yet. The property is missing in Node's types.
    Object.assign(this.server, { httpAllowHalfOpen: true });
    hideServer(this.server);
    // S3 ignores an Expect that it does not know; Node by itself answers 417. F180
    this.server.on('checkExpectation', (request, response) => this.receive(request, response));
    this.server.on('checkContinue', (request, response) => this.receive(request, response, true));
    this.server.on('connection', (socket) => {
      this.#connections.add(socket);
      socket.once('close', () => this.#connections.delete(socket));
      // The client sends no other request. Node also notes this, but forgets it when the head of the answer is written.
      socket.once('end', () => endAfter(this.#openOn(socket).at(-1), socket));
    });
    this.server.on('clientError', (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket) =>
      this.#refuseUnparsable(error, socket),
    );
  }

  /** Answers the requests of a connection. */
  serve(socket: Socket): void {
    // The answer has no reader any more, which a server with half-open connections notices only when it writes.
    if (isMemorySocket(socket))
      Object.assign(socket[SOCKET_STATE], { onPeerClosed: () => socket.end(), senderOf: this.#options.senderOf });
    // The client's call has caused this connection, but does not own it: jest --detectOpenHandles would report the server's
    // parser, which lives as long as the connection, as a handle that the test left open.
    const scope = new AsyncResource('S3MockConnection', { triggerAsyncId: rootAsyncId });
    scope.runInAsyncScope(() => this.server.emit('connection', socket));
  }

  /** Stops tracking a connection, which somebody else takes over. */
  release(socket: Socket): void {
    this.#connections.delete(socket);
    if (isMemorySocket(socket)) socket[SOCKET_STATE].onPeerClosed = undefined;
  }

  /** Answers one request, whose client may wait for `100 Continue` before it sends the body. */
  receive(request: IncomingMessage, response: ServerResponse, awaitsContinue = false): void {
    const { socket } = request;
    const target = targetOf(socket);
    const head = readHead(request, target, this.#texts);
    const endpoint = findEndpoint(head, target, this.#options.endpointOf);
    const isForeign = head.isAbsolute && head.authority !== undefined && !this.#isOurs(head.authority);
    if (isForeign) {
      // The other host would have to be asked first, so a proxy lets the body come.
      if (awaitsContinue) response.writeContinue();
      if (head.authority !== undefined && this.#options.passOn?.(request, response, head.authority)) return;
    }
    this.#open.set(response, socket);
    response.once('close', () => this.#open.delete(response));
    if (this.#stopped) this.#send(response, () => this.#stoppedReply());
    else this.#answer(head, response, this.#chooseAnswer(head, endpoint), awaitsContinue && !isForeign);
  }

  /**
   * Ends every connection. Requests that wait for a reply are answered that the mock was stopped: a client retries if its
   * connection breaks, and the retry would go to the real S3. A reply that has begun is sent to its end.
   */
  stop(): void {
    this.#stopped = true;
    for (const [response, socket] of this.#open) {
      this.#connections.delete(socket);
      if (!response.headersSent) this.#send(response, () => this.#stoppedReply());
      else if (response.writableEnded) socket.destroySoon();
      else response.once('finish', () => socket.destroySoon());
    }
    for (const socket of this.#connections) {
      if (!isMemorySocket(socket)) socket.destroy();
      else if (!awaitsReply(socket)) closeEnds(socket);
    }
    this.#connections.clear();
  }

  /** Ends every connection: at once if no request waits for a reply, else after the reply. */
  drain(): void {
    for (const [response, socket] of this.#open) {
      this.#connections.delete(socket);
      response.shouldKeepAlive = false;
      response.once('close', () => socket.destroySoon());
    }
    for (const socket of this.#connections) socket.destroy();
    this.#connections.clear();
  }

  /** The requests whose answer is not complete, oldest first. */
  waiting(): readonly WaitingRequest[] {
    return [...this.#open.keys()].map(waitingRequest);
  }

  #isOurs({ host, port }: Target): boolean {
    return this.#options.endpointOf(host, port) !== undefined;
  }

  #stoppedReply(): WireReply {
    return withClose(this.#options.refuse({ kind: 'stopped' }));
  }

  #answer(head: RequestHead, response: ServerResponse, answer: Answer, awaitsContinue: boolean): void {
    const request = response.req;
    if (awaitsContinue && answer.refusesHead()) {
      // The body never comes, so nothing else can be read from the connection. F180
      response.shouldKeepAlive = false;
      this.#send(response, () => closing(answer.reply()));
      return;
    }
    if (awaitsContinue) response.writeContinue();
    const reply = (body: Uint8Array) => {
      // If the capture was stopped in the meantime, the request was answered and must not be applied.
      if (!response.headersSent) this.#send(response, () => answer.reply(body, request.rawTrailers));
    };
    const { socket } = request;
    // The events of a stream would cost more than a body which has come with its head. Over a real connection they stay: without them, the
    // reset of a broken reply could overtake the reply before it.
    if (!isMemorySocket(socket)) collectBody(request, reply);
    else
      afterArrival(socket, () => {
        if (!hasBody(head)) reply(noBytes);
        else if (request.complete)
          reply((request.read() as Buffer | null) ?? noBytes); // a stream of bytes
        else collectBody(request, reply);
      });
  }

  #chooseAnswer(head: RequestHead, endpoint: Endpoint | undefined): Answer {
    const { accept, refuse } = this.#options;
    if (endpoint === undefined || endpoint.service === 'refused') {
      const { host } = head;
      const why = endpoint?.why ?? `${host} is not one of the hosts of this mock`;
      const refusing: Endpoint = endpoint ?? { service: 'refused', base: host, dialect: 'aws', region: undefined, why };
      return refused((body, rawTrailers) =>
        refuse({ kind: 'unknown-host', host, why, request: wholeRequest(head, refusing, body, rawTrailers) }),
      );
    }
    try {
      const answer = accept();
      return {
        refusesHead: () => answer.refusesHead?.(wholeRequest(head, endpoint)) === true,
        reply: (body, rawTrailers) => answer(wholeRequest(head, endpoint, body, rawTrailers)),
      };
    } catch (error) {
      return refused(() => refuse({ kind: 'broken', error }));
    }
  }

  /** Answers an error as well: if the server threw, the client would never get a reply. */
  #send(response: ServerResponse, reply: () => WireReply | WireDelay): void {
    try {
      const made = reply();
      // The call may have stopped this capture, which has answered the request.
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

  /** The responses of a connection that are not complete, in the order of their requests. */
  #openOn(socket: Duplex): ServerResponse[] {
    return [...this.#open].filter(([, used]) => used === socket).map(([response]) => response);
  }

  #refuseUnparsable(error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket: Duplex): void {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const answered = this.#openOn(socket).findLast(({ req, headersSent }) => req.complete || headersSent);
    if (answered !== undefined) {
      // The requests before it are complete, so they are answered; the unparsable bytes do not belong to them. F181
      endAfter(answered, socket);
      return;
    }
    const head = error.rawPacket?.toString('latin1', 0, headLimit) ?? '';
    const method = this.#openOn(socket).at(-1)?.req.method ?? /^\w+/.exec(head)?.[0];
    try {
      const reply = this.#options.refuse({ kind: 'unparsable', reason: error.code ?? error.message, head });
      socket.end(replyBytes(reply, method));
    } catch {
      socket.destroy();
    }
  }
}

/** Ends a connection after a response. */
function endAfter(response: ServerResponse | undefined, socket: Duplex): void {
  if (!response?.shouldKeepAlive) return;
  response.shouldKeepAlive = false;
  // Node reads that property when it writes the head.
  if (response.headersSent) response.once('close', () => socket.end());
}

function refused(reply: (...body: Parameters<Answer['reply']>) => WireReply): Answer {
  return { refusesHead: () => true, reply };
}

/** A reply after which the connection ends, at once or after a delay. */
function closing(reply: WireReply | WireDelay): WireReply | WireDelay {
  if (!('milliseconds' in reply)) return withClose(reply);
  return { ...reply, reply: () => withClose(reply.reply()) };
}

function hasBody({ headers }: RequestHead): boolean {
  const length = headers.get('content-length');
  return (length !== undefined && length !== '0') || headers.has('transfer-encoding');
}

/** Calls back with the whole body; never if the client closes the connection before its end. */
function collectBody(request: IncomingMessage, done: (body: Uint8Array) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const [first = noBytes] = chunks;
    done(chunks.length < 2 ? first : Buffer.concat(chunks));
  });
}

function targetOf(socket: Socket): Target {
  if (isMemorySocket(socket)) return socket[SOCKET_STATE].tunnelTo ?? socket[SOCKET_STATE].target;
  return { host: socket.localAddress ?? '', port: socket.localPort ?? 0, secure: 'encrypted' in socket };
}
