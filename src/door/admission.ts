import type { IncomingMessage } from 'node:http';
import { URL } from 'node:url';
import type { DoorOptions } from '../capture/index';
import { DoorError } from './door-error';

interface Authority {
  readonly name: string;
  readonly whole: string;
}

export class Admission {
  readonly #named: readonly string[];
  readonly #base: string | undefined;

  constructor({ hosts }: Required<DoorOptions>, base: string | undefined) {
    this.#named = hosts.map((host) => host.toLowerCase());
    this.#base = base?.toLowerCase();
  }

  /** Throws for another machine, a host name that may be made to resolve to this one (DNS rebinding), or a page of another origin. */
  admit({ headers, socket, method }: IncomingMessage): string | undefined {
    const host = readAuthority(`http://${headers.host ?? ''}`);
    if (host === undefined || !(this.#isNamed(host) || (this.#isOwn(host) && isLoopback(socket.remoteAddress))))
      throw refusal(
        `it does not answer ${headers.host === undefined ? 'without a host' : `at the host ${headers.host}`}`,
      );
    const { origin } = headers;
    if (origin !== undefined) {
      const from = readAuthority(origin);
      if (from?.whole === host.whole) return undefined;
      if (from === undefined || !this.#isNamed(from)) throw refusal(`it does not answer pages of ${origin}`);
      return origin;
    }
    const site = headers['sec-fetch-site'];
    const isVisit = method === 'GET' && headers['sec-fetch-mode'] === 'navigate';
    if ((site === 'cross-site' || site === 'same-site') && !isVisit)
      throw refusal('it does not answer what a page of another origin embeds');
    return undefined;
  }

  #isNamed({ name, whole }: Authority): boolean {
    return this.#named.includes(name) || this.#named.includes(whole);
  }

  #isOwn({ name }: Authority): boolean {
    return name === 'localhost' || name === 's3.localhost' || name === this.#base || isLoopback(name);
  }
}

function refusal(what: string): DoorError {
  return new DoorError(
    403,
    'DOOR_CLOSED',
    `The door is open to this machine alone, and ${what}. The option door: { hosts: [...] } of listen(), --door-host on the command line, names others.`,
  );
}

function readAuthority(url: string): Authority | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname, host } = new URL(url);
  return hostname === '' ? undefined : { name: hostname, whole: host };
}

export function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  return /^(?:::ffff:)?127(?:\.\d{1,3}){3}$|^\[?::1\]?$/.test(address);
}
