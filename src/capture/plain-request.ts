import { maxHeaderSize } from 'node:http';
import { noBytes, type RequestParts } from './wire-request';

/** A request that arrived complete, and that every HTTP parser reads in the same way. */
export interface PlainRequest extends RequestParts {
  readonly body: Uint8Array;
}

const headEnd = '\r\n\r\n';
const lineEnd = '\r\n';
const requestLine = /^(GET|HEAD|PUT|POST|DELETE) (\/[!$-;=?-Z_a-z~]*) HTTP\/1\.1$/;
const methods = new Map(['GET', 'HEAD', 'PUT', 'POST', 'DELETE'].map((method) => [method, method]));
const length = /^\d{1,9}$/;

/** Node drops headers beyond a thousand; a head with half as many is not read here. */
const mostHeaders = 500;

/**
 * Reads a request from the bytes of one write. Returns undefined if they are more or less than one request, or if Node's server must read
 * it.
 */
export function readPlainRequest(bytes: Buffer, lines: HeaderLines): PlainRequest | undefined {
  // Converting a few kilobytes too many takes less time than a search in the Buffer.
  const text = bytes.toString('latin1', 0, maxHeaderSize);
  const end = text.indexOf(headEnd);
  if (end === -1) return undefined;
  // The head includes the end of its last line.
  const head = text.slice(0, end + lineEnd.length);
  const firstEnd = head.indexOf(lineEnd);
  const { 1: sentMethod = '', 2: path } = requestLine.exec(head.slice(0, firstEnd)) ?? [];
  const method = methods.get(sentMethod);
  if (method === undefined || path === undefined) return undefined;

  const rawHeaders: string[] = [];
  const headers = new Map<string, string>();
  const { known } = lines;
  for (let at = firstEnd + lineEnd.length; at < end; ) {
    const till = head.indexOf(lineEnd, at);
    const sent = head.slice(at, till);
    const line = known.get(sent) ?? lines.read(sent, bytes, at);
    if (line === undefined) return undefined;
    rawHeaders.push(line.name, line.value);
    headers.set(line.lowerName, line.value);
    at = till + lineEnd.length;
  }
  const isRepeated = rawHeaders.length !== 2 * headers.size;
  if (isRepeated || headers.size > mostHeaders) return undefined;

  const body = readBody(bytes, end + headEnd.length, headers.get('content-length'));
  const url = ownText(bytes, method.length + 1, method.length + 1 + path.length);
  return body && { method, url, rawHeaders, headers, body };
}

/** Returns a copy of the body, since the client can use its buffer again; undefined if the bytes are not the whole body. */
function readBody(bytes: Buffer, start: number, announced = '0'): Uint8Array | undefined {
  const size = bytes.length - start;
  if (!length.test(announced) || Number(announced) !== size) return undefined;
  if (size === 0) return noBytes;
  // This takes half the time of a typed array's slice(). Buffer's slice() returns a view of memory that other buffers can share.
  const body = Buffer.allocUnsafeSlow(size);
  body.set(bytes.subarray(start));
  return body;
}

interface HeaderLine {
  readonly name: string;
  readonly lowerName: string;
  readonly value: string;
}

const plainLine = /^([\w!#$%&'*+.^`|~-]+): ([!-~](?:[ -~]*[!-~])?)$/;

/** The headers by which Node's server decides how it reads on, or what it answers by itself. */
const namesOfNode: ReadonlySet<string> = new Set([
  'expect',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const limit = 500;
/** The longest line that is kept: most longer lines contain a signature, and never come again. */
const longest = 200;
/** A header with more values, such as the id of a call, has another value in each request, so no more of its lines are kept. */
const mostValues = 50;

interface HeaderName extends Pick<HeaderLine, 'name' | 'lowerName'> {
  values: number;
}

/** A client repeats most headers in each request: a known line need not be read again, and the journal keeps its text once. */
export class HeaderLines {
  readonly #lines = new Map<string, HeaderLine>();
  readonly #names = new Map<string, HeaderName>();

  get known(): ReadonlyMap<string, HeaderLine> {
    return this.#lines;
  }

  read(text: string, bytes: Buffer, start: number): HeaderLine | undefined {
    const { 1: found, 2: value } = plainLine.exec(text) ?? [];
    if (found === undefined || value === undefined) return undefined;
    const known = this.#names.get(found) ?? this.#readName(found);
    const { name, lowerName } = known;
    if (isForNode(lowerName, value)) return undefined;
    known.values += 1;
    const end = start + text.length;
    const line = { name, lowerName, value: ownText(bytes, end - value.length, end) };
    if (text.length <= longest && known.values <= mostValues) keep(this.#lines, ownText(bytes, start, end), line);
    return line;
  }

  #readName(found: string): HeaderName {
    const bytes = Buffer.from(found, 'latin1');
    const name = ownText(bytes, 0, bytes.length);
    return keep(this.#names, name, { name, lowerName: name.toLowerCase(), values: 0 });
  }
}

/** Returns a text that does not refer to a longer one: V8 would keep all of that in memory, and the journal keeps the parts. */
function ownText(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('latin1', start, end);
}

function isForNode(lowerName: string, value: string): boolean {
  return namesOfNode.has(lowerName) || (lowerName === 'connection' && value.toLowerCase() !== 'keep-alive');
}

function keep<Value>(kept: Map<string, Value>, text: string, value: Value): Value {
  if (kept.size >= limit) kept.clear();
  kept.set(text, value);
  return value;
}
