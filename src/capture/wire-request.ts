import type { IncomingMessage } from 'node:http';
import type { Endpoint, WireRequest } from '../wire';
import { readAuthority, type Target } from './target';

/** A request before its body. */
export interface RequestHead {
  readonly wire: Omit<WireRequest, 'endpoint' | 'trailers' | 'body'>;
  /** Where its Host header, or its absolute url, says that it goes; undefined where neither does. */
  readonly authority: Target | undefined;
  /** Whether the url came with its host, as clients write it to a proxy. */
  readonly isAbsolute: boolean;
}

const absoluteForm = /^https?:\/\/([^/?#]*)/i;

/** Reads the head of a request that came over a connection to `target`. */
export function readHead(request: IncomingMessage, target: Target): RequestHead {
  const { method = '', url: given = '', rawHeaders } = request;
  const { secure } = target;
  const headers = joinHeaders(rawHeaders);
  const absolute = absoluteForm.exec(given);
  const hostHeader = absolute?.[1] ?? headers.get('host');
  const authority = hostHeader ? readAuthority(hostHeader, secure ? 443 : 80, secure) : undefined;
  const url = absolute === null ? given : originForm(given.slice(absolute[0].length));
  const host = authority?.host ?? target.host;
  return { wire: { method, url, host, secure, headers, rawHeaders }, authority, isAbsolute: absolute !== null };
}

/** The endpoint of a request: that of its Host header, or the connection's where the header names no host of ours. */
export function findEndpoint(
  { authority }: RequestHead,
  target: Target,
  endpointOf: (host: string, port: number) => Endpoint | undefined,
): Endpoint | undefined {
  const named = authority && endpointOf(authority.host, authority.port);
  return named ?? endpointOf(target.host, target.port);
}

/** Names in lower case, repeated ones joined with `, `. */
export function joinHeaders(rawHeaders: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? '';
    const value = rawHeaders[at + 1] ?? '';
    const earlier = headers.get(name);
    headers.set(name, earlier === undefined ? value : `${earlier}, ${value}`);
  }
  return headers;
}

/** Cut from the text: URL would resolve `a/../b`, which is a key as good as any. */
function originForm(rest: string): string {
  return rest.startsWith('/') ? rest : `/${rest}`;
}
