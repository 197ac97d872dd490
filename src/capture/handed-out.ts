import net from 'node:net';
import type { Endpoint } from '../wire';
import { addressesOf } from './addresses';
import { isLocal } from './guard';
import type { Address } from './socket-state';
import { normalizeHost, type Target } from './target';

/** The addresses that look-ups of a capture have returned. */
export class HandedOut {
  readonly #endpointOfName: (host: string) => Endpoint | undefined;
  readonly #addresses = new Set<string>();

  constructor(endpointOfName: (host: string) => Endpoint | undefined) {
    this.#endpointOfName = endpointOfName;
  }

  /** Returns the addresses of a name. Node itself knows the address of this machine, and does not look up a name that is an address. */
  addressesOf(host: string): readonly Address[] | undefined {
    const name = normalizeHost(host);
    if (net.isIP(name) !== 0 || name === 'localhost') return undefined;
    const endpoint = this.#endpointOfName(name);
    if (endpoint === undefined) return undefined;
    const addresses = addressesOf({ autoSelectFamily: true }, name, endpoint);
    for (const { address } of addresses) if (!isLocal(address)) this.#addresses.add(address);
    return addresses;
  }

  /** Whether a look-up of this capture has returned the address. If so, only the client's request says which name the connection is for. */
  has({ host }: Target): boolean {
    return this.#addresses.has(host.replace(/^::ffff:/, ''));
  }
}
