import { AsyncResource } from 'node:async_hooks';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { makeCallback } from '../callback';
import type { Accept, CaptureRefusal, Endpoint, WireDelay, WireReply, WireStall } from '../wire';
import {
  DirectConnection,
  type DirectExchange,
  DirectRequest,
  SeenHeaders,
  type WaitingRequest,
  waitingRequest,
} from './direct-connection';
import { forget, inAWhile } from './event-loop';
import { awaitsReply, closeEnds } from './loopback';
import { ENDED, HiddenResponse, hideServer } from './observers';
import { beginsOtherProtocol, isShared, type OtherServices } from './passed-on';
import {
  breakOff,
  closing,
  endStalled,
  inTimeAndTurns,
  readingTurns,
  replyBytes,
  sendBeginning,
  sendReply,
  wait,
  withClose,
} from './reply-sender';
import { takeRun } from './runs';
import { isMemorySocket, type MemorySocket, SOCKET_STATE } from './socket-state';
import type { Target } from './target';
import { afterArrival } from './transfer';
import {
  type BodyReader,
  collectBody,
  findEndpoint,
  findOtherProtocol,
  makeHead,
  makeRequest,
  noBytes,
  type OtherProtocol,
  RecentTexts,
  type RequestHead,
  RequestStarts,
  readExcess,
  readHead,
  type SentHead,
  type UnparsableError,
} from './wire-request';

/** Returns what answers the request, if it is not for S3. */
export type Intercept = (
  request: IncomingMessage,
  endpoint: Endpoint | undefined,
  host: string,
) => ((response: ServerResponse) => void) | undefined;

interface ExchangeOptions extends Answerers {
  readonly intercept?: Intercept | undefined;
  readonly endpointOf: (host: string, port: number) => Endpoint | undefined;
  readonly senderOf?: ((request: object | undefined) => object | undefined) | undefined;
  /** Returns what passes a request to another host on; undefined if the connection leads to no proxy. */
  readonly passOn?: (request: IncomingMessage, response: ServerResponse, target: Target) => (() => void) | undefined;
  readonly others?: OtherServices | undefined;
  /** Tells where a request was sent that was led to a port. Returns undefined for a request that another program, or other code, sent to the port. */
  readonly sentHeadOf?: ((request: IncomingMessage) => SentHead | undefined) | undefined;
  /** Told of a client of a server that listens. */
  readonly onOtherProtocol?: ((protocol: OtherProtocol) => void) | undefined;
  /** Whether a connection to a port was led there. */
  readonly isLed?: ((socket: Duplex) => boolean) | undefined;
  /** The milliseconds for which a client can send nothing of a body that it announced. Default: those of S3. F181 */
  readonly bodyPatience?: number | undefined;
  /** Whether a connection serves more than one request. Default: yes. A client could use it for the next mock. */
  readonly keepsAlive?: boolean | undefined;
  /** The certificate and the key of a server that listens and speaks HTTPS. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
}

const patienceOfS3 = 20_000;

/** The limit counts the url too, which is long if it is presigned with a token. The service itself refuses what is too long for S3. */
const largestHead = Math.max(http.maxHeaderSize, 65_536);

/** The async id of Node's start, which belongs to no call. */
const rootAsyncId = 1;

/** Answers the requests of connections. Its server of node:http parses them, and need not listen on a port. */
export class Exchange {
  readonly server: http.Server;
  readonly #connections = new Set<Socket>();
  /** The answers that are not complete, with their sockets, since a finished response no longer refers to its own. */
  readonly #open = new Map<ServerResponse | DirectRequest, Socket>();
  /** The answers that a rule stalls, each with the function that ends it at once. */
  readonly #stalled = new Map<ServerResponse, () => void>();
  /** The requests that are passed on to the real server of other services. */
  readonly #passed = new Set<ServerResponse>();
  readonly #turns = new Map<Socket, Pipeline>();
  readonly #made = new WeakMap<Socket, () => WireReply | WireDelay>();
  /** The answers whose requests came before an earlier answer on their connection was written. */
  readonly #behind = new WeakSet<ServerResponse>();
  readonly #options: ExchangeOptions;
  readonly #texts = new RecentTexts();
  readonly #seen = new SeenHeaders();
  readonly #starts = new RequestStarts();
  /** The bytes behind requests that are not answered yet. */
  readonly #excess = new Map<ServerResponse, Uint8Array>();
  #stopped = false;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.server = this.makeServer();
  }

  /** Makes a further server whose requests this exchange answers, for a port of its own. */
  makeServer(): http.Server {
    // No timeouts: a server that never listens checks none, and one that listens should wait for a debugger.
    const settings = {
      keepAliveTimeout: 0,
      requestTimeout: 0,
      headersTimeout: 0,
      requireHostHeader: false,
      maxHeaderSize: largestHead,
      ServerResponse: HiddenResponse,
    };
    const { tls } = this.#options;
    const server =
      tls === undefined
        ? http.createServer(settings, this.#listen(false))
        : https.createServer({ ...settings, cert: tls.cert, key: tls.key }, this.#listen(false));
    // A client may end its side after its request and read on (RFC 9112, 9.6). By default Node ends the other side at once,
    // and drops the part of the answer that is not written yet. The property is missing in Node's types.
    Object.assign(server, { httpAllowHalfOpen: true });
    hideServer(server);
    // S3 ignores an Expect that it does not know; Node by itself answers 417. F180
    server.on('checkExpectation', this.#listen(false));
    server.on('checkContinue', this.#listen(true));
    const begin = (socket: Socket) => makeCallback(this.#reportOn(socket), () => this.#begin(socket))();
    if (tls === undefined) server.on('connection', begin);
    else server.on('secureConnection', begin);
    server.on('clientError', (error: UnparsableError, socket) => {
      makeCallback(this.#reportOn(socket), () => {
        const protocol = findOtherProtocol(error);
        if (protocol !== undefined) this.#options.onOtherProtocol?.(protocol);
        if (this.#options.isLed?.(socket) ?? true) this.#refuseUnparsable(error, socket);
        else socket.destroy();
      })();
    });
    return server;
  }

  #listen(awaitsContinue: boolean): (request: IncomingMessage, response: ServerResponse) => void {
    return (request, response) => {
      const receive = () => this.receive(request, response, awaitsContinue);
      makeCallback(this.#reportOn(request.socket), receive)();
    };
  }

  #begin(socket: Socket): void {
    const report = this.#reportOn(socket);
    this.#track(socket);
    this.#starts.watch(socket, report);
    // The client sends no other request. Node also notes this, but forgets it when the head of the answer is written.
    socket.once(
      'end',
      makeCallback(report, () => endAfter(this.#openOn(socket).at(-1), socket)),
    );
  }

  /** Returns what a bug is given to that leaves nothing to answer: it is thrown at the end of the test, and the client reads the end of its connection. */
  #reportOn(socket: Duplex): (bug: unknown) => void {
    return (bug) => {
      this.report(bug);
      socket.destroy();
    };
  }

  /** Reports a bug that no answer tells of: it is thrown at the end of the test. */
  readonly report = (bug: unknown): void => {
    try {
      this.#options.refuse({ kind: 'broken', error: bug });
    } catch {
      // The bug was noted before its answer could not be written.
    }
  };

  serve(socket: Socket): void {
    // The client's call has caused this connection, but does not own it: jest --detectOpenHandles would report the server's
    // parser, which lives as long as the connection, as a handle that the test left open.
    const scope = new AsyncResource('S3MockConnection', { triggerAsyncId: rootAsyncId });
    const toServer = () => scope.runInAsyncScope(() => this.server.emit('connection', socket));
    if (!isMemorySocket(socket)) {
      toServer();
      return;
    }
    const state = socket[SOCKET_STATE];
    // The answer has no reader any more, which a server with half-open connections notices only when it writes.
    Object.assign(state, { onPeerClosed: () => socket.end(), senderOf: this.#options.senderOf });
    // After a CONNECT, bytes of the tunnel may already wait in the stream, so Node's server reads it.
    if (state.tunnelTo === undefined && this.#keepsAlive) this.#serveDirectly(socket, toServer);
    else toServer();
  }

  get #keepsAlive(): boolean {
    return this.#options.keepsAlive ?? true;
  }

  release(socket: Socket): void {
    this.#connections.delete(socket);
    this.#starts.unwatch(socket);
    if (isMemorySocket(socket)) socket[SOCKET_STATE].onPeerClosed = undefined;
  }

  /** Takes a request from Node's server. If that throws, it is a bug, and the client gets an answer that names it. */
  receive(request: IncomingMessage, response: ServerResponse, awaitsContinue = false): void {
    try {
      this.#take(request, response, awaitsContinue);
    } catch (bug) {
      this.#sendBug(response, bug);
    }
  }

  #sendBug(response: ServerResponse, bug: unknown): void {
    this.#send(response, () => {
      throw bug;
    });
  }

  #take(request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean): void {
    this.#starts.noteHead(request);
    if (!this.#keepsAlive) response.shouldKeepAlive = false;
    const act = this.#findAct(request, response, awaitsContinue);
    const begin = makeCallback((bug) => this.#sendBug(response, bug), act);
    this.#turnsOn(request.socket).add(response, begin);
  }

  #turnsOn(socket: Socket): Pipeline {
    const known = this.#turns.get(socket);
    if (known !== undefined) return known;
    const turns = new Pipeline((response) => {
      this.#open.delete(response);
      response.req.resume(); // unread bytes would make the system reset the connection, and the client would lose the answer before it
    });
    this.#turns.set(socket, turns);
    socket.once('close', () => {
      this.#turns.delete(socket);
      turns.close();
    });
    return turns;
  }

  /** Decides by the head what answers a request, when its turn has come. */
  #findAct(request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean): () => void {
    const { socket } = request;
    const made = this.#made.get(socket);
    this.#made.delete(socket);
    const { rawHeaders } = request;
    const { sentHeadOf } = this.#options;
    const sent = sentHeadOf === undefined ? { target: findTarget(socket), rawHeaders } : sentHeadOf(request);
    if (sent === undefined) return () => refuseForeign(response);
    const { target } = sent;
    // The head of a request whose reply is made was read before.
    const run = made === undefined ? takeRunOn(socket) : undefined;
    const head = readHead(request, sent, { run, texts: this.#texts });
    const endpoint = findEndpoint(head, target, this.#options.endpointOf);
    if (
      endpoint?.ofAllServices &&
      isMemorySocket(socket) &&
      isShared(socket) &&
      this.#options.others?.isForOthers(head)
    )
      return () => this.#passToOthers(request, response, awaitsContinue);
    const taken = this.#options.intercept?.(request, endpoint, head.host);
    const isForeign = head.isAbsolute && head.authority !== undefined && !this.#isOurs(head.authority);
    const passOn = isForeign ? this.#options.passOn?.(request, response, head.authority) : undefined;
    const other = taken ? () => taken(response) : passOn;
    if (other !== undefined) {
      return () => {
        // The other host would have to be asked first, so a proxy lets the body come.
        if (awaitsContinue) response.writeContinue();
        other();
      };
    }
    this.#open.set(response, socket);
    response.once('close', () => this.#open.delete(response));
    const isBehind = !isMemorySocket(socket) && response.socket === null;
    if (isBehind) this.#behind.add(response);
    if (this.#stopped) return () => this.#send(response, () => this.#stoppedReply());
    const answer = this.#findAnswer(request, head, endpoint, made);
    return () => {
      // If the capture was stopped in the meantime, the request was answered and must not be applied.
      if (!response.headersSent) this.#answer(head, response, answer, awaitsContinue);
    };
  }

  #passToOthers(request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean): void {
    this.#passed.add(response);
    response.once('close', () => this.#passed.delete(response));
    if (this.#stopped) response.shouldKeepAlive = false;
    this.#options.others?.forward(request, response, awaitsContinue);
  }

  #findAnswer(
    { httpVersion, socket }: IncomingMessage,
    head: RequestHead,
    endpoint: Endpoint | undefined,
    made: (() => WireReply | WireDelay) | undefined,
  ): ChosenAnswer {
    if (made !== undefined) return makeAnswer(made);
    // HTTP/1.1 requires a Host header (RFC 9112, 3.2; F1695).
    const isHostless = httpVersion === '1.1' && !head.headers.get('host') && !head.isAbsolute;
    if (isHostless && !isMemorySocket(socket))
      return makeAnswer(() => this.#options.refuse({ kind: 'unparsable', reason: 'no Host', head: '' }));
    return chooseAnswer(head, endpoint, this.#options);
  }

  /** Waiting requests are answered: if its connection broke, a client would retry, at the real S3. A reply that has begun is completed. */
  stop(): void {
    this.#stopped = true;
    this.#endStalled();
    for (const [response, socket] of this.#open) {
      this.#connections.delete(socket);
      // A direct request that is not answered yet goes to Node's server at the end of this turn.
      if (response instanceof DirectRequest) response.isAnswered && socket.destroySoon();
      else if (!response.headersSent) this.#send(response, () => this.#stoppedReply());
      else if (response.writableEnded) socket.destroySoon();
      else response.once('finish', () => socket.destroySoon());
    }
    // The real server answers these requests. What follows on their connections is also for the real server alone.
    for (const response of this.#passed) {
      this.#connections.delete(response.req.socket);
      endAfter(response, response.req.socket);
    }
    for (const socket of this.#connections) {
      if (!isMemorySocket(socket)) socket.destroy();
      else if (!awaitsReply(socket)) closeEnds(socket);
    }
    this.#connections.clear();
  }

  drain(): void {
    this.#endStalled();
    for (const [response, socket] of this.#open) {
      this.#connections.delete(socket);
      if (response instanceof DirectRequest) continue; // only ports are drained, whose connections are not in memory
      response.shouldKeepAlive = false;
      response.once('close', () => socket.destroySoon());
    }
    for (const socket of this.#connections) socket.destroy();
    this.#connections.clear();
  }

  /** Whether a request has come, or a part of it, whose answer has not begun. */
  get isAnswering(): boolean {
    return [...this.#open.keys()].some((open) =>
      open instanceof DirectRequest ? !open.isAnswered : !open.headersSent,
    );
  }

  waiting(): readonly WaitingRequest[] {
    return [...this.#open.keys()].map((open) =>
      open instanceof DirectRequest ? open.waiting : waitingRequest(open, this.#stalled.has(open)),
    );
  }

  #endStalled(): void {
    for (const end of [...this.#stalled.values()]) end();
  }

  #track(socket: Socket): void {
    if (this.#connections.has(socket)) return;
    this.#connections.add(socket);
    socket.once('close', () => this.#connections.delete(socket));
  }

  #serveDirectly(socket: MemorySocket, toServer: () => void): void {
    this.#track(socket);
    const exchange: DirectExchange = {
      isStopped: () => this.#stopped,
      begin: (request) => this.#open.set(request, socket),
      end: (request) => this.#open.delete(request),
      answer: ({ parts }) => {
        const target = findTarget(socket);
        const head = makeHead(parts, target, { socket, run: takeRunOn(socket) });
        const endpoint = findEndpoint(head, target, this.#options.endpointOf);
        return chooseAnswer(head, endpoint, this.#options).reply(parts.body);
      },
      isForOthers: (parts) => isShared(socket) && this.#options.others?.isForOthers(parts) === true,
      carry: (bytes) => this.#carry(socket, bytes),
      handOver: (reply) => {
        if (reply !== undefined) this.#made.set(socket, reply);
        toServer();
      },
      report: this.#reportOn(socket),
    };
    new DirectConnection(socket, exchange, this.#seen);
  }

  /** Gives the connection to the real server of other services, if its first bytes are of a protocol that the mock does not speak. */
  #carry(socket: MemorySocket, bytes: Buffer): boolean {
    const { others } = this.#options;
    if (others === undefined || !isShared(socket) || !beginsOtherProtocol(bytes, others.isForOthers)) return false;
    this.release(socket);
    others.carry(socket);
    return true;
  }

  #isOurs({ host, port }: Target): boolean {
    return this.#options.endpointOf(host, port) !== undefined;
  }

  #stoppedReply(): WireReply {
    return withClose(this.#options.refuse({ kind: 'stopped' }));
  }

  #answer(head: RequestHead, response: ServerResponse, answer: ChosenAnswer, awaitsContinue: boolean): void {
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
      if (response.headersSent) return;
      const excess = this.#excess.get(response);
      this.#send(response, () => answer.reply(body, request.rawTrailers, excess));
    };
    const { socket } = request;
    const report = (bug: unknown) => this.#sendBug(response, bug);
    const collect = () => this.#collectBody(response, { done: reply, answer, report });
    // The events of a stream would cost more than a body which has come with its head.
    const act = () => {
      if (!isMemorySocket(socket)) {
        // First the parser reads what has come with the request: bytes that are no request end the connection.
        if (hasBody(head)) collect();
        else process.nextTick(makeCallback(report, reply), noBytes);
      } else if (!hasBody(head)) reply(noBytes);
      else if (request.complete)
        reply((request.read() as Buffer | null) ?? noBytes); // a stream of bytes
      else collect();
    };
    if (isMemorySocket(socket)) afterArrival(socket, makeCallback(report, act));
    else act();
  }

  #collectBody(
    response: ServerResponse,
    { answer, ...reader }: Pick<BodyReader, 'done' | 'report'> & { readonly answer: ChosenAnswer },
  ): void {
    const end = (reply: () => WireReply | WireDelay) => {
      if (response.headersSent) return;
      // The rest of the body may still come, so nothing else can be read from the connection.
      response.shouldKeepAlive = false;
      this.#send(response, () => closing(reply()));
    };
    const { bodyPatience: patience = patienceOfS3, refuse } = this.#options;
    collectBody(response, {
      ...reader,
      cutShort: (body) => end(() => answer.replyToPart(body)),
      overtaken: () => end(() => refuse({ kind: 'overtaken' })),
      patience,
      onOvertaken: (endNow) => {
        let takeBack = () => {};
        const forgetEnd = answer.onOvertaken(() => {
          // A body that is on its way has arrived by then.
          takeBack = inTimeAndTurns(bodyGrace, readingTurns, endNow);
        });
        return () => {
          takeBack();
          forgetEnd();
        };
      },
    });
  }

  /** Sends a reply. If making it throws, the client gets an answer too: Node's server would leave it without a reply. */
  #send(response: ServerResponse, reply: () => WireReply | WireDelay): void {
    try {
      const made = reply();
      // The call may have stopped this capture, which has answered the request.
      if (response.headersSent) return;
      if ('until' in made)
        wait(
          response,
          made,
          makeCallback(
            (bug) => this.#sendBug(response, bug),
            () => this.#send(response, made.reply),
          ),
        );
      else if (made.stall !== undefined) this.#stall(response, made, made.stall);
      else if (made.disconnect === undefined) sendReply(response, made, this.#reportOn(response.req.socket));
      else {
        this.#open.delete(response);
        const report = this.#reportOn(response.req.socket);
        breakOff(response, made, { report, isBehind: this.#behind.has(response) });
      }
    } catch (error) {
      try {
        const report = this.#reportOn(response.req.socket);
        sendReply(response, this.#options.refuse({ kind: 'broken', error }), report);
      } catch {
        response.destroy();
      }
    }
  }

  /** Throws as `sendReply` does. */
  #stall(response: ServerResponse, reply: WireReply, { after, onOvertaken }: WireStall): void {
    const { socket } = response.req;
    sendBeginning(response, reply, after, this.#reportOn(socket));
    const awake = isMemorySocket(socket) ? inAWhile(() => {}, longestWait) : undefined;
    const end = () => {
      leave();
      if (!socket.destroyed) endStalled(response, reply, after);
    };
    let forgetEnd = () => {};
    const leave = () => {
      forget(awake);
      forgetEnd();
      this.#stalled.delete(response);
    };
    this.#stalled.set(response, end);
    for (const closing of [response, socket]) closing.once('close', leave);
    forgetEnd = onOvertaken(end);
  }

  /** The open answers, in the order of their requests. */
  #openOn(socket: Duplex): ServerResponse[] {
    return [...this.#open].flatMap(([open, at]) => (at !== socket || open instanceof DirectRequest ? [] : [open]));
  }

  #refuseUnparsable(error: UnparsableError, socket: Duplex): void {
    // Bytes that are no TLS come here from a server that speaks HTTPS, and nobody could read an answer.
    if (!socket.writable || error.code === 'ECONNRESET' || error.code?.startsWith('ERR_SSL') === true) {
      socket.destroy();
      return;
    }
    const answered = this.#openOn(socket).findLast(({ req, headersSent }) => req.complete || headersSent);
    if (answered !== undefined) {
      // The requests before it are complete, so they are answered; the unparsable bytes do not belong to them. F181
      const excess = readExcess(error, answered.req);
      if (excess !== undefined && !answered.headersSent) {
        this.#excess.set(answered, excess);
        answered.once(
          'close',
          makeCallback(this.report, () => this.#excess.delete(answered)),
        );
      }
      endAfter(answered, socket);
      return;
    }
    const head = this.#starts.headOn(socket);
    try {
      const reply = this.#options.refuse({ kind: 'unparsable', reason: error.code ?? error.message, head });
      socket.end(replyBytes(reply, this.#starts.methodOn(socket)));
    } catch {
      socket.destroy();
    }
  }
}

function endAfter(response: ServerResponse | undefined, socket: Duplex): void {
  if (!response?.shouldKeepAlive) return;
  response.shouldKeepAlive = false;
  // Node reads that property when it writes the head.
  if (response.headersSent) response.once('close', () => socket.end());
}

function findTarget(socket: Socket): Target {
  if (isMemorySocket(socket)) return socket[SOCKET_STATE].tunnelTo ?? socket[SOCKET_STATE].target;
  return { host: socket.localAddress ?? '', port: socket.localPort ?? 0, secure: 'encrypted' in socket };
}

function takeRunOn(socket: Socket): number | undefined {
  return isMemorySocket(socket) ? takeRun(socket) : undefined;
}

interface Answerers {
  readonly accept: Accept;
  readonly refuse: (refusal: CaptureRefusal) => WireReply;
}

interface ChosenAnswer {
  /** Whether the head alone decides the reply, so that a client which waits for `100 Continue` gets the reply instead. */
  readonly refusesHead: () => boolean;
  readonly reply: (body?: Uint8Array, rawTrailers?: readonly string[], excess?: Uint8Array) => WireReply | WireDelay;
  /** The reply to a request whose client stopped before the end of the body. */
  readonly replyToPart: (body: Uint8Array) => WireReply | WireDelay;
  readonly onOvertaken: BodyReader['onOvertaken'];
}

function chooseAnswer(head: RequestHead, endpoint: Endpoint | undefined, { accept, refuse }: Answerers): ChosenAnswer {
  if (endpoint === undefined || endpoint.service === 'refused') {
    const { host } = head;
    const why = endpoint?.why ?? `${host} is not a host of this mock`;
    const refusing: Endpoint = endpoint ?? { service: 'refused', base: host, dialect: 'aws', region: undefined, why };
    return makeAnswer((body, rawTrailers) =>
      refuse({ kind: 'unknown-host', host, why, request: makeRequest(head, refusing, body, rawTrailers) }),
    );
  }
  try {
    const answer = accept(head.run);
    return {
      refusesHead: () => answer.refusesHead?.(makeRequest(head, endpoint)) === true,
      reply: (body, rawTrailers, excess) => answer(makeRequest(head, endpoint, body, rawTrailers, excess)),
      replyToPart: (body) => answer({ ...makeRequest(head, endpoint, body), isCutShort: true }),
      onOvertaken: answer.onOvertaken ?? neverOvertaken,
    };
  } catch (error) {
    return makeAnswer(() => refuse({ kind: 'broken', error }));
  }
}

function makeAnswer(reply: ChosenAnswer['reply']): ChosenAnswer {
  return { refusesHead: () => true, reply, replyToPart: reply, onOvertaken: neverOvertaken };
}

const neverOvertaken: BodyReader['onOvertaken'] = () => () => {};

const longestWait = 2 ** 31 - 1;

/** The milliseconds in which the rest of a body must come after a reset. */
const bodyGrace = 50;

function hasBody({ headers }: RequestHead): boolean {
  const length = headers.get('content-length');
  return (length !== undefined && length !== '0') || headers.has('transfer-encoding');
}

/** Answers what came to a port that is for the clients of this process alone. */
function refuseForeign(response: ServerResponse): void {
  response.shouldKeepAlive = false;
  response.writeHead(421, { 'Content-Type': 'text/plain' });
  response.end(
    'This port answers the calls that s3-versioning-mock leads here. Call s3.listen() for a port of your own.\n',
  );
}

interface Turn {
  readonly response: ServerResponse & Lastness;
  readonly begin: () => void;
}

/** Node sets `_last` at a response that ends its connection, whether the client, a header or the framing asked for the end. */
interface Lastness {
  readonly _last?: boolean;
}

/**
 * The requests of one connection. They are applied and answered in the order in which they came (RFC 9112, 9.3.2), and those behind an answer
 * that ends the connection are left out (9.6): their client sends them again.
 */
class Pipeline {
  #turns: readonly Turn[] = [];
  readonly #leaveOut: (response: ServerResponse) => void;
  #isOver = false;

  constructor(leaveOut: (response: ServerResponse) => void) {
    this.#leaveOut = leaveOut;
  }

  /** Begins the turn once the answers before it are written, though their client may not have read them yet. */
  add(response: ServerResponse, begin: () => void): void {
    if (this.#isOver) {
      this.#leaveOut(response);
      return;
    }
    const turn = { response, begin };
    this.#turns = [...this.#turns, turn];
    response.once(ENDED, () => this.#end(turn));
    if (this.#turns[0] === turn) begin();
  }

  /** The connection is closed: nobody reads another answer. */
  close(): void {
    this.#isOver = true;
    const left = this.#turns;
    this.#turns = [];
    for (const { response } of left) this.#leaveOut(response);
  }

  #end(turn: Turn): void {
    const at = this.#turns.indexOf(turn);
    if (at === -1) return;
    const before = this.#turns.slice(0, at);
    const behind = this.#turns.slice(at + 1);
    if (endsConnection(turn.response)) {
      this.#isOver = true;
      this.#turns = before;
      for (const { response } of behind) this.#leaveOut(response);
      return;
    }
    this.#turns = [...before, ...behind];
    if (at === 0) this.#turns[0]?.begin();
  }
}

function endsConnection({ _last, shouldKeepAlive }: ServerResponse & Lastness): boolean {
  return _last === true || !shouldKeepAlive;
}
