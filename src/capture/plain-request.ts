import { maxHeaderSize } from 'node:http';
import { type HeaderLines, ownText } from './header-lines';
import { noBytes, type RequestParts } from './wire-request';

/** A request that came whole, and that every reader of HTTP understands in the same way. */
export interface PlainRequest extends RequestParts {
  readonly body: Uint8Array;
}

const headEnd = Buffer.from('\r\n\r\n');
const lineEnd = '\r\n';
const requestLine = /^(GET|HEAD|PUT|POST|DELETE) (\/[!$-;=?-Z_a-z~]*) HTTP\/1\.1$/;
const length = /^\d{1,9}$/;

/** Node drops headers beyond a thousand; a head with half as many is not read here. */
const mostHeaders = 500;

/** Reads a request from the bytes of one write; undefined if they are more or less than one request, or if Node's server has to read it. */
export function readPlainRequest(bytes: Buffer, lines: HeaderLines): PlainRequest | undefined {
  const end = bytes.indexOf(headEnd);
  if (end === -1 || end >= maxHeaderSize) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const firstEnd = endOfLine(head, 0);
  const [, method, path] = requestLine.exec(head.slice(0, firstEnd)) ?? [];
  if (method === undefined || path === undefined) return undefined;

  const rawHeaders: string[] = [];
  const headers = new Map<string, string>();
  for (let at = firstEnd + lineEnd.length; at < end; ) {
    const till = endOfLine(head, at);
    const line = lines.find(head.slice(at, till)) ?? lines.read(bytes, at, till);
    if (line === undefined) return undefined;
    rawHeaders.push(line.name, line.value);
    headers.set(line.lowerName, line.value);
    at = till + lineEnd.length;
  }
  const isRepeated = rawHeaders.length !== 2 * headers.size;
  if (isRepeated || headers.size > mostHeaders) return undefined;

  const body = bodyOf(bytes, end + headEnd.length, headers.get('content-length'));
  const url = ownText(bytes, method.length + 1, method.length + 1 + path.length);
  return body && { method, url, rawHeaders, headers, body };
}

function endOfLine(head: string, at: number): number {
  const end = head.indexOf(lineEnd, at);
  return end === -1 ? head.length : end;
}

/** Returns a copy of the body, since the client may use its buffer again; undefined if the bytes are not the whole of it. */
function bodyOf(bytes: Buffer, start: number, announced = '0'): Uint8Array | undefined {
  const size = bytes.length - start;
  if (!length.test(announced) || Number(announced) !== size) return undefined;
  // The method of Buffer with the same name returns a view of the same memory.
  return size === 0 ? noBytes : Uint8Array.prototype.slice.call(bytes, start);
}
