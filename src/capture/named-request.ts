import { readAuthority, type Target } from './target';

export interface NamedRequest {
  readonly form: 'tunnel' | 'absolute' | 'origin';
  readonly target: Target;
}

const absoluteForm = /^https?:\/\/([^/?#]*)/i;

/** Reads the host that a request over a plain or a TLS connection names; undefined if it names none. */
export function readNamedRequest(
  method: string,
  url: string,
  hostHeader: string | undefined,
  secure: boolean,
): NamedRequest | undefined {
  if (method === 'CONNECT') return { form: 'tunnel', target: readAuthority(url, 443, secure) };
  const absolute = url.startsWith('/') ? undefined : absoluteForm.exec(url)?.[1];
  const authority = absolute ?? hostHeader;
  if (!authority) return undefined;
  const target = readAuthority(authority.trim(), secure ? 443 : 80, secure);
  return { form: absolute === undefined ? 'origin' : 'absolute', target };
}

const headLimit = 16_384;
const requestLine = /^([A-Z]+) (\S+) HTTP\/1\.[01]\r\n/;
const hostLine = /\r\nhost:[ \t]*([^\r\n]*)/i;

/** Reads the request that begins with bytes which a client writes; undefined if they do not begin one. */
export function readWrittenRequest(chunks: readonly unknown[], secure: boolean): NamedRequest | undefined {
  if (!beginsWithCapital(chunks[0])) return undefined;
  let head = '';
  for (const chunk of chunks) {
    if (typeof chunk === 'string') head += chunk;
    else if (Buffer.isBuffer(chunk)) head += chunk.toString('latin1', 0, headLimit);
    if (head.length >= headLimit || head.includes('\r\n\r\n')) break;
  }
  const [, method, url] = requestLine.exec(head) ?? [];
  if (method === undefined || url === undefined) return undefined;
  const end = head.indexOf('\r\n\r\n');
  const hostHeader = hostLine.exec(end === -1 ? head : head.slice(0, end))?.[1];
  return readNamedRequest(method, url, hostHeader, secure);
}

/** Whether bytes can be those of a request: most protocols but HTTP are recognized by their first byte. */
function beginsWithCapital(chunk: unknown): boolean {
  const code = typeof chunk === 'string' ? chunk.charCodeAt(0) : Buffer.isBuffer(chunk) ? chunk[0] : undefined;
  return code !== undefined && code >= 65 && code <= 90;
}
