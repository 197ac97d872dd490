import type { IncomingMessage, Server } from 'node:http';
import type net from 'node:net';
import type { Duplex } from 'node:stream';
import type { URL } from 'node:url';
import { S3MockError } from '../../s3-mock-error';
import { type ConnectOptions, PASS } from '../connect-call';
import { openServer } from '../server-port';
import type { Target } from '../target';
import type { SentHead } from '../wire-request';
import { ClientPorts, ownHost } from './client-ports';
import { LedClients, type LedHeader } from './led-clients';

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
