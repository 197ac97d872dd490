import type { IncomingMessage } from 'node:http';
import type net from 'node:net';
import { readAuthority, type Target } from '../target';
import type { SentHead } from '../wire-request';

/** Tells where a request of fetch was sent: fetch leads its requests over connections that nobody sees, and may set the Host header itself. */
export const SENT_TO = 'x-s3-versioning-mock-sent-to';

/** Knows to which hosts the clients at a port wanted to connect. */
export class LedClients {
  /** The target of each connection that was led to the port, by the client's own port. */
  readonly #targets = new Map<number, Target>();

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

  /** Returns undefined for a request that nobody led here. */
  read({ rawHeaders, socket }: IncomingMessage): SentHead | undefined {
    const sentTo = findHeader(rawHeaders, SENT_TO);
    if (sentTo !== undefined) return readSentTo(sentTo, rawHeaders);
    const target = this.#targets.get(socket.remotePort ?? 0);
    return target && { target, rawHeaders };
  }
}

function readSentTo(origin: string, rawHeaders: readonly string[]): SentHead {
  const [scheme = '', authority = ''] = origin.split('://');
  const secure = scheme === 'https';
  const others = rawHeaders.filter((_, at) => {
    const name = rawHeaders[at - (at % 2)]?.toLowerCase();
    return name !== SENT_TO && name !== 'host';
  });
  return { target: readAuthority(authority, secure ? 443 : 80, secure), rawHeaders: ['Host', authority, ...others] };
}

function findHeader(rawHeaders: readonly string[], name: string): string | undefined {
  const at = rawHeaders.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name);
  return at === -1 ? undefined : rawHeaders[at + 1];
}
