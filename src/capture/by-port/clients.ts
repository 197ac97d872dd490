import { readAuthority, type Target } from '../target';

/** What the clients that connect by themselves ask of a capture, or of a guard. */
export interface ClientRules {
  readonly isOver: () => boolean;
  /** Returns the error of a call of `client` that must not reach its target. */
  readonly errorOfClient: (target: Target, client: OwnClient) => Error | undefined;
}

/** A client of a runtime that connects past node:net and node:tls, so that it cannot be led to a port. */
export interface OwnClient {
  readonly name: string;
  /** What a test can do in place of the refused call. */
  readonly cure: string;
}

export function byFetch(name: string): OwnClient {
  return { name, cure: 'Call fetch in its place, or a client that uses fetch, node:http or node:https.' };
}

export function errorOfAddress(rules: ClientRules, address: string, client: OwnClient): Error | undefined {
  return rules.isOver() ? undefined : rules.errorOfClient(readOrigin(address), client);
}

/** Reads where an address leads, of which it need not be the whole. */
export function readOrigin(address: string): Target {
  const [scheme = '', authority = ''] = address.split(/:\/\/|[/?#]/);
  const secure = /^(?:https|wss)$/i.test(scheme);
  return readAuthority(authority.replace(/^.*@/, ''), secure ? 443 : 80, secure);
}

/** Makes the promise of a refused call; undefined for a call that is not refused. */
export function reject(error: Error | undefined): Promise<never> | undefined {
  return error && Promise.reject(error);
}
