import { randomUUID } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeader, Server, ServerResponse } from 'node:http';
import type net from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { URL } from 'node:url';
import { S3MockError } from '../../s3-mock-error';
import { exemptFromProxies } from '../environment';
import { openServer } from '../listen';
import { type ConnectOptions, PASS, readAuthority, type Target } from '../target';
import { readHeader, type SentHead } from '../wire-request';
import { readOrigin } from './clients';

/**
 * The port of this process to which clients are led, and where each of them wanted to go: by the number of its own port, by a header, or by the port of an origin.
 * @module
 */

/** A request as a fetch of the runtime reaches the port by it. */
export interface LedRequest {
  readonly address: string;
  readonly header: LedHeader;
  /** The options that keep the request from proxies, whatever the environment and the code say. */
  readonly options: object;
}

interface DenoClient {
  close(): void;
}

interface Deno {
  createHttpClient(options: { readonly proxy: { readonly url: string } }): DenoClient;
}

/** The exchange of a capture. It is made later than the port, and asks it for the clients. */
interface PortExchange {
  readonly server: Server;
  makeServer(): Server;
}

/** The port of a capture. It is opened for the first connection that is led to it. */
export class OwnPort {
  readonly #clients = new LedClients();
  readonly #ofBun: ClientPorts;
  readonly #exchange: () => PortExchange;
  /** The connections that were led to the port and are open. */
  readonly #led = new Set<net.Socket>();
  #opening: Promise<number> | undefined;
  #port: number | undefined;
  #isClosed = false;
  #denoClient: DenoClient | undefined;

  constructor(exchange: () => PortExchange, process: NodeJS.Process) {
    this.#exchange = exchange;
    this.#ofBun = new ClientPorts(() => exchange().makeServer(), process);
  }

  /** Returns undefined for a request that nobody led here. */
  read(request: IncomingMessage): SentHead | undefined {
    return this.#ofBun.read(request) ?? this.#clients.read(request);
  }

  /** Whether a connection was led here, of which no request is known yet. */
  hasLed(socket: Duplex): boolean {
    return this.#clients.has(socket);
  }

  /** Returns the endpoint at which bun's own client of S3 reaches the capture in place of an origin. */
  leadClient(origin: string): string {
    return this.#ofBun.endpointOf(origin);
  }

  /** Connects a client's socket to the port in place of its target. What it writes before waits in the socket. */
  lead(client: net.Socket, target: Target, { timeout }: ConnectOptions): void {
    if (typeof timeout === 'number') client.setTimeout(timeout);
    this.#led.add(client);
    client.once('close', () => this.#led.delete(client));
    client.prependOnceListener('connect', () => this.#clients.note(client, target));
    Object.assign(client, { connecting: true });
    const connect = (port: number) => {
      if (!client.destroyed) client.connect({ host: ownHost, port, [PASS]: true } as net.TcpNetConnectOpts);
    };
    if (this.#port === undefined) this.open().then(connect, (error) => client.destroy(error));
    else connect(this.#port);
  }

  open(): Promise<number> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  async leadFetch({ origin, pathname, search }: URL): Promise<LedRequest> {
    const own = `http://${ownHost}:${await this.open()}`;
    return {
      address: `${own}${pathname}${search}`,
      header: this.#clients.headerOf(origin),
      options: this.#pastProxies(own),
    };
  }

  /** bun has an option that says so. In deno the proxies of the environment come after the proxy of a client, and this port is that proxy. */
  #pastProxies(own: string): object {
    if (process.versions['bun'] !== undefined) return { proxy: false };
    const { Deno: deno } = globalThis as { readonly Deno?: Deno };
    if (deno === undefined) return {};
    this.#denoClient ??= deno.createHttpClient({ proxy: { url: own } });
    return { client: this.#denoClient };
  }

  leads(client: net.Socket): boolean {
    return this.#led.has(client);
  }

  isAt(host: string, port: number): boolean {
    return host === ownHost && (port === this.#port || this.#ofBun.has(`${host}:${port}`));
  }

  /** Closes the port, and the connections that wait in a pool: it learns only later that the server has closed them. */
  close(): void {
    this.#isClosed = true;
    for (const client of this.#led) if (isInPool(client)) client.destroy();
    if (this.#port !== undefined) this.#exchange().server.close();
    this.#ofBun.close();
    this.#denoClient?.close();
  }

  async #open(): Promise<number> {
    const { server } = this.#exchange();
    const { port } = await openServer(server, { port: 0, hostname: ownHost, ref: false, makeError });
    if (this.#isClosed) server.close();
    this.#port = port;
    return port;
  }
}

/** node:http keeps the request that a socket serves at the socket, and null at a socket that serves none. */
function isInPool(client: net.Socket & { readonly _httpMessage?: unknown }): boolean {
  return client._httpMessage === null;
}

function makeError({ message }: Error): Error {
  return new S3MockError(
    'CANNOT_LISTEN',
    `mockS3() leads the S3 calls of the process to a port of ${ownHost}, which cannot be opened (${message}). ` +
      `Let the process use it: deno test --allow-net=${ownHost}.`,
  );
}

/** Tells where a request of fetch was sent: fetch leads its requests over connections that nobody sees, and may set the Host header itself. */
const SENT_TO = 'x-s3-versioning-mock-sent-to';

interface LedHeader {
  readonly name: string;
  readonly value: string;
}

/** Knows to which hosts the clients at a port wanted to connect. */
class LedClients {
  /** The target of each connection that was led to the port, by the client's own port. */
  readonly #targets = new Map<number, Target>();
  /** Begins the header of each request of fetch that this process leads here: others know the name of the header, too. */
  readonly #secret = randomUUID();

  /** Returns the header of a request that fetch sends to the port in place of `origin`. */
  headerOf(origin: string): LedHeader {
    return { name: SENT_TO, value: `${this.#secret} ${origin}` };
  }

  /** Called when the client's end is connected, and has sent nothing yet. */
  note(client: net.Socket, target: Target): void {
    const { localPort } = client;
    if (localPort === undefined) return;
    this.#targets.set(localPort, target);
    client.once('close', () => {
      // Another client can have got the number in the meantime.
      if (this.#targets.get(localPort) === target) this.#targets.delete(localPort);
    });
  }

  has(socket: Duplex & { readonly remotePort?: unknown }): boolean {
    return this.#targets.has(Number(socket.remotePort));
  }

  /** Returns undefined for a request that nobody led here. */
  read(request: IncomingMessage): SentHead | undefined {
    const { rawHeaders, socket } = request;
    const [secret, origin] = readHeader(rawHeaders, SENT_TO)?.split(' ') ?? [];
    if (secret === this.#secret && origin !== undefined) return readSentTo(request, origin);
    const target = this.#targets.get(socket.remotePort ?? 0);
    return target && { target, rawHeaders };
  }
}

const ownAddress = /^http:\/\/[^/?#]*/i;

function readSentTo(request: IncomingMessage, origin: string): SentHead {
  const { rawHeaders, url = '' } = request;
  const [scheme = '', authority = ''] = origin.split('://');
  const secure = scheme === 'https';
  const others = rawHeaders.filter((_, at) => {
    const name = rawHeaders[at - (at % 2)]?.toLowerCase();
    return name !== SENT_TO && name !== 'host';
  });
  // deno reaches the port as it reaches a proxy, and names it in the request.
  request.url = url.replace(ownAddress, '');
  return { target: readAuthority(authority, secure ? 443 : 80, secure), rawHeaders: ['Host', authority, ...others] };
}

/** The address of this machine that no other machine reaches. */
const ownHost = '127.0.0.1';

interface ClientPort {
  readonly server: Server;
  readonly origin: string;
}

/**
 * The ports at which bun's own client of S3 reaches the mock: one for each origin that it would call. The client signs its requests for the port, and
 * takes no header that would say where it was sent.
 */
class ClientPorts {
  readonly #makeServer: () => Server;
  readonly #process: NodeJS.Process;
  readonly #restore: (() => void)[] = [];
  /** By the Host header that the client writes. */
  readonly #ports = new Map<string, ClientPort>();

  constructor(makeServer: () => Server, process: NodeJS.Process) {
    this.#makeServer = makeServer;
    this.#process = process;
  }

  /** Returns the endpoint that stands for an origin. Code can have set a proxy, or another list of exemptions, since the last call. */
  endpointOf(origin: string): string {
    const [known] = [...this.#ports].find(([, port]) => port.origin === origin) ?? [];
    const authority = known ?? this.#open(origin);
    const restore = exemptFromProxies(this.#process, authority);
    if (restore !== undefined) this.#restore.push(restore);
    return `http://${authority}`;
  }

  /** Returns undefined for a request that the client did not send: it writes the port as the host, and signs each of its requests. */
  read({ rawHeaders }: IncomingMessage): SentHead | undefined {
    const port = this.#ports.get(readHeader(rawHeaders, 'host') ?? '');
    if (port === undefined || readHeader(rawHeaders, 'authorization') === undefined) return undefined;
    const authority = port.origin.replace(/^.*\/\//, '');
    return { target: readOrigin(port.origin), rawHeaders, host: authority };
  }

  has(authority: string): boolean {
    return this.#ports.has(authority);
  }

  close(): void {
    for (const restore of this.#restore.splice(0)) restore();
    for (const { server } of this.#ports.values()) server.close();
  }

  /** bun opens a port at once: the functions `writer` and `stream` of its files return no promise that could wait for it. */
  #open(origin: string): string {
    const server = this.#makeServer();
    server.prependListener('request', keepFromRedirects);
    // A connection that the client keeps open would otherwise do what the port itself does not: keep the process alive.
    server.on('connection', (socket) => socket.unref());
    server.listen({ port: 0, host: ownHost, exclusive: true });
    server.unref();
    const address: Partial<AddressInfo> | null = Object(server.address());
    if (address?.port === undefined) throw errorOfPort();
    const authority = `${ownHost}:${address.port}`;
    this.#ports.set(authority, { server, origin });
    return authority;
  }
}

function errorOfPort(): Error {
  return new S3MockError(
    'CANNOT_LISTEN',
    `mockS3() leads the calls of Bun.S3Client to a port of ${ownHost}, which cannot be opened. Let the process open ports.`,
  );
}

/** bun's client follows redirects by itself, past all that the library replaces. Without the header, it reports the code of the answer. */
function keepFromRedirects(_: IncomingMessage, response: ServerResponse): void {
  const write = response.writeHead.bind(response);
  const writeHead = (status: number, headers: OutgoingHttpHeader[]) =>
    write(status, status < 300 || status > 399 ? headers : withoutLocation(headers));
  Object.assign(response, { writeHead });
}

/** Names and values alternate. */
function withoutLocation(headers: readonly OutgoingHttpHeader[]): OutgoingHttpHeader[] {
  return headers.filter((_, at) => String(headers[at - (at % 2)]).toLowerCase() !== 'location');
}
