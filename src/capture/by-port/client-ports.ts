import type { IncomingMessage, OutgoingHttpHeader, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3MockError } from '../../s3-mock-error';
import { exemptFromProxies } from '../environment';
import { readHeader, type SentHead } from '../wire-request';
import { readOrigin } from './clients';

/** The address of this machine that no other machine reaches. */
export const ownHost = '127.0.0.1';

interface ClientPort {
  readonly server: Server;
  readonly origin: string;
}

/**
 * The ports at which bun's own client of S3 reaches the mock: one for each origin that it would call. The client signs its requests for the port, and
 * takes no header that would say where it was sent.
 */
export class ClientPorts {
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
