import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type net from 'node:net';
import type { Duplex } from 'node:stream';
import { readAuthority, type Target } from '../target';
import { readHeader, type SentHead } from '../wire-request';

/** Tells where a request of fetch was sent: fetch leads its requests over connections that nobody sees, and may set the Host header itself. */
const SENT_TO = 'x-s3-versioning-mock-sent-to';

export interface LedHeader {
  readonly name: string;
  readonly value: string;
}

/** Knows to which hosts the clients at a port wanted to connect. */
export class LedClients {
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
