import { STATUS_CODES } from 'node:http';
import type { WireDelay, WireReply } from '../wire';
import { chunkFrame, countBytes, isMade, mayHaveBody, sliceSize } from './reply-sender';

type Role = 'plain' | 'length' | 'encoding' | 'odd';

const token = /^[\w!#$%&'*+.^`|~-]+$/;
const plainValue = /^[\t -~]*$/;
const roleOf: ReadonlyMap<string, Role> = new Map([
  ['content-length', 'length'],
  ['transfer-encoding', 'encoding'],
  // The headers by which Node's server decides about the connection, or checks what else the reply has.
  ['connection', 'odd'],
  ['keep-alive', 'odd'],
  ['trailer', 'odd'],
  ['upgrade', 'odd'],
]);

const limit = 500;

/** Remembers which header names are valid and special, since nearly all replies have the same names. */
export class HeaderNames {
  readonly #roles = new Map<string, Role>();

  get known(): ReadonlyMap<string, Role> {
    return this.#roles;
  }

  read(name: string): Role {
    const role = token.test(name) ? (roleOf.get(name.toLowerCase()) ?? 'plain') : 'odd';
    if (this.#roles.size >= limit) this.#roles.clear();
    this.#roles.set(name, role);
    return role;
  }
}

/**
 * Returns undefined if Node's server must write the reply: a late, broken, stalled or long reply, a reply in pieces, or a reply with headers that are not
 * valid or that Node reads.
 */
export function writePlainReply(reply: WireReply | WireDelay, method: string, names: HeaderNames): Buffer | undefined {
  if ('until' in reply || reply.disconnect !== undefined || reply.stall !== undefined) return undefined;
  const { status, headers, body, pieceSize } = reply;
  if (pieceSize !== undefined) return undefined;
  const reason = STATUS_CODES[status];
  if (status < 200 || reason === undefined || body.length > sliceSize) return undefined;

  let head = `HTTP/1.1 ${status} ${reason}\r\n`;
  let framing: 'length' | 'encoding' | undefined;
  const { known } = names;
  for (const { 0: name, 1: value } of headers) {
    const role = known.get(name) ?? names.read(name);
    if (role === 'odd' || !plainValue.test(value)) return undefined;
    if (role !== 'plain') {
      if (framing !== undefined || (role === 'encoding' && value !== 'chunked')) return undefined;
      framing = role;
    }
    head += `${name}: ${value}\r\n`;
  }
  if (!mayHaveBody(reply, method)) {
    // Node ends the connection after a chunked reply whose status allows no body.
    const ends = framing === 'encoding' && (status === 204 || status === 304);
    return ends ? undefined : Buffer.from(`${head}\r\n`, 'latin1');
  }
  if (framing === undefined) head += `Content-Length: ${countBytes(body)}\r\n`;
  return withBody(`${head}\r\n`, body, framing === 'encoding');
}

function withBody(head: string, body: WireReply['body'], isChunked: boolean): Buffer | undefined {
  if (typeof body === 'string') {
    const [begin, end] = isChunked ? chunkFrame(Buffer.byteLength(body)) : ['', ''];
    return Buffer.from(head + begin + body + end);
  }
  if (isChunked || isMade(body)) return undefined;
  const bytes = Buffer.allocUnsafe(head.length + body.length);
  bytes.write(head, 'latin1');
  bytes.set(body, head.length);
  return bytes;
}
