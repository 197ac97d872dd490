import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { DoorOptions } from '../capture/index';
import { parseUrl } from '../text/parsed-url';
import { DoorError } from './door-error';

interface Authority {
  readonly name: string;
  /** The host with its port, even if it is the port of the scheme. */
  readonly withPort: string;
  /** The host as URLs write it: the port of the scheme is left out. */
  readonly written: string;
}

export class Admission {
  readonly #named: readonly string[];
  readonly #base: string | undefined;

  constructor({ hosts }: Required<DoorOptions>, base: string | undefined) {
    this.#named = hosts.map((host) => host.toLowerCase());
    this.#base = base?.toLowerCase().replace(/\.$/, '');
  }

  /**
   * Throws for another machine, for a host name that somebody can make resolve to this machine (DNS rebinding), and for a page of another
   * origin.
   */
  admit({ headers, socket, method }: IncomingMessage): string | undefined {
    const host = readAuthority(`http://${headers.host ?? ''}`);
    if (host === undefined || !(this.#isNamed(host) || (this.#isOwn(host) && isLoopback(socket.remoteAddress))))
      throw refusal(
        `it does not answer ${headers.host === undefined ? 'without a host' : `at the host ${headers.host}`}`,
      );
    const { origin } = headers;
    const site = headers['sec-fetch-site'];
    const isForeign = site === 'cross-site' || site === 'same-site';
    if (origin !== undefined) {
      const from = readAuthority(origin);
      // Host contains no scheme, so only the browser can compare the schemes; it says cross-site if they differ.
      if (from?.written === host.written && !isForeign) return undefined;
      if (from === undefined || !this.#isNamed(from)) throw refusal(`it does not answer pages of ${origin}`);
      return origin;
    }
    if (isForeign && !isVisit(method, headers))
      throw refusal('it does not answer what a page of another origin embeds');
    return undefined;
  }

  #isNamed({ name, withPort }: Authority): boolean {
    return this.#named.includes(name) || this.#named.includes(withPort);
  }

  #isOwn({ name }: Authority): boolean {
    return name === 'localhost' || name === 's3.localhost' || name === this.#base || isLoopback(name);
  }
}

/** Whether a person opens a link or an address, in no frame. */
function isVisit(method: string | undefined, headers: IncomingHttpHeaders): boolean {
  const { 'sec-fetch-mode': mode, 'sec-fetch-dest': destination = 'document' } = headers;
  return method === 'GET' && mode === 'navigate' && destination === 'document';
}

function refusal(what: string): DoorError {
  return new DoorError(
    403,
    'DOOR_CLOSED',
    `The door is open only to this machine: ${what}. The option door: { hosts: [...] } of listen(), --door-host on the command line, allows others.`,
  );
}

function readAuthority(url: string): Authority | undefined {
  const parsed = parseUrl(url);
  if (parsed === undefined) return undefined;
  const { hostname, port, protocol } = parsed;
  const name = hostname.replace(/\.$/, '');
  const written = port === '' ? name : `${name}:${port}`;
  const withPort = `${name}:${port || (protocol === 'https:' ? '443' : '80')}`;
  return name === '' ? undefined : { name, withPort, written };
}

export function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  return /^(?:::ffff:)?127(?:\.\d{1,3}){3}$|^\[?::1\]?$/.test(address);
}
