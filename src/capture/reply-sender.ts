import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { makeCallback } from '../callback';
import type { LongBody, WireDelay, WireReply } from '../wire';
import { forget, inAWhile, later } from './event-loop';
import { sharesBytes } from './loopback';
import { isMemorySocket, SOCKET_STATE } from './socket-state';

/**
 * Sends a reply to its client: whole, in pieces, late, or broken off.
 * @module
 */

/** Longer bodies are sent in slices of this size, so that a reader who stops early stops the writer. */
export const sliceSize = 64 * 1024;

/** Throws, before anything is sent, if the headers are not valid in HTTP. */
export function sendReply(response: ServerResponse, reply: WireReply, report: (bug: unknown) => void): void {
  const { body } = reply;
  const hasBody = mayHaveBody(reply, response.req.method);
  writeHead(response, reply, hasBody);
  if (!hasBody) response.end();
  else if (reply.pieceSize !== undefined) sendPieces(response, bytesOf(reply), reply.pieceSize, report);
  else if (typeof body === 'string') sendDocument(response, body);
  else if (body.length <= sliceSize) response.end(forReader(response, readSlice(body, 0, body.length)));
  else sendSlices(response, { body, end: body.length, done: () => response.end(), report });
}

/** Sends the head and the first bytes of the body, and leaves the response open. Throws as `sendReply` does. */
export function sendBeginning(
  response: ServerResponse,
  reply: WireReply,
  end: number,
  report: (bug: unknown) => void,
): void {
  writeHead(response, reply, true);
  response.flushHeaders();
  if (end > 0) sendSlices(response, { body: bytesOf(reply), end, done: () => {}, report });
}

/** The rest of a document, after a beginning of so many bytes. */
function sendRest(response: ServerResponse, reply: WireReply & { readonly body: string }, start: number): void {
  response.end(bytesOf(reply).subarray(start));
}

function bytesOf(reply: WireReply & { readonly body: string }): Buffer;
function bytesOf(reply: WireReply): Uint8Array | LongBody;
function bytesOf({ body }: WireReply): Uint8Array | LongBody {
  return typeof body === 'string' ? Buffer.from(body) : body;
}

function writeHead(response: ServerResponse, reply: WireReply, hasBody: boolean): void {
  const headers = framed(reply, hasBody);
  // Node would add `Connection: keep-alive`, which S3 does not send; HTTP/1.0 has no other way to keep a connection.
  if (response.shouldKeepAlive && response.req.httpVersionMinor === 1) response.removeHeader('connection');
  response.sendDate = false;
  response.writeHead(reply.status, headers);
}

/** So many pieces have the size that is asked for. The rest of a long body comes in as many larger ones: each piece takes a turn of the event loop. */
const smallPieces = 32;

/** Each piece is written in a turn of its own, since Node joins what is written in one turn. */
function sendPieces(
  response: ServerResponse,
  body: Uint8Array | LongBody,
  pieceSize: number,
  report: (bug: unknown) => void,
): void {
  const begin = smallPieces * pieceSize;
  const larger = Math.max(pieceSize, Math.ceil((body.length - begin) / smallPieces));
  let at = 0;
  const writeNext = makeCallback(report, () => {
    if (response.destroyed) return;
    if (at >= body.length) {
      response.end();
      return;
    }
    const size = at < begin ? pieceSize : larger;
    const piece = isMade(body) ? body.read(at, Math.min(at + size, body.length)) : body.subarray(at, at + size);
    at += piece.length;
    response.write(forReader(response, piece));
    later(writeNext);
  });
  writeNext();
}

/** Node would write each part of a chunk's framing by itself. */
function sendDocument(response: ServerResponse, body: string): void {
  const [begin, end] = response.chunkedEncoding ? chunkFrame(Buffer.byteLength(body)) : ['', ''];
  response.chunkedEncoding = false;
  response.end(begin + body + end);
}

export function chunkFrame(size: number): readonly [begin: string, end: string] {
  return size === 0 ? ['', '0\r\n\r\n'] : [`${size.toString(16)}\r\n`, '\r\n0\r\n\r\n'];
}

export function replyBytes(reply: WireReply, method: string | undefined): Buffer {
  const hasBody = mayHaveBody(reply, method);
  const head = headBytes(withClose(reply), hasBody);
  return hasBody ? Buffer.concat([head, inFrame(reply)]) : head;
}

/** Returns at most half of the body, or half of the head if there is no body. A body that is made as it is sent is cut to one slice. */
function firstHalf(reply: WireReply, method: string | undefined): Buffer {
  const hasBody = mayHaveBody(reply, method);
  const body = hasBody ? inFrame(reply) : Buffer.alloc(0);
  const head = headBytes(reply, hasBody);
  return body.length === 0 ? firstHalfOf(head) : Buffer.concat([head, firstHalfOf(body)]);
}

/** Reads the head and so many bytes of the body, in slices. */
function* readBeginning(reply: WireReply, method: string | undefined, after: number): Generator<Buffer> {
  const hasBody = mayHaveBody(reply, method);
  yield headBytes(reply, hasBody);
  if (!hasBody) return;
  const body = bytesOf(reply);
  if (isChunked(reply)) yield Buffer.from(chunkFrame(body.length)[0]);
  const end = Math.min(after, body.length);
  for (let at = 0; at < end; at += sliceSize) yield Buffer.from(readSlice(body, at, end));
}

function firstHalfOf(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}

function headBytes(reply: WireReply, hasBody: boolean): Buffer {
  const headers = framed(reply, hasBody);
  const lines = [`HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status] ?? ''}`];
  for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

export function mayHaveBody({ status }: WireReply, method: string | undefined): boolean {
  return method !== 'HEAD' && status !== 204 && status !== 304;
}

function isChunked({ headers }: WireReply): boolean {
  return headers.some(([name, value]) => name.toLowerCase() === 'transfer-encoding' && value === 'chunked');
}

function inFrame(reply: WireReply): Buffer {
  const { body } = reply;
  const bytes = Buffer.from(
    typeof body !== 'string' && isMade(body) ? body.read(0, Math.min(body.length, 2 * sliceSize)) : body,
  );
  if (!isChunked(reply)) return bytes;
  const [begin, end] = chunkFrame(bytes.length);
  return Buffer.concat([Buffer.from(begin), bytes, Buffer.from(end)]);
}

export function withClose(reply: WireReply): WireReply {
  if (reply.headers.some(([name, value]) => name.toLowerCase() === 'connection' && value === 'close')) return reply;
  const others = reply.headers.filter(([name]) => name.toLowerCase() !== 'connection');
  return { ...reply, headers: [...others, ['Connection', 'close']] };
}

export function closing(reply: WireReply | WireDelay): WireReply | WireDelay {
  if (!('until' in reply)) return withClose(reply);
  return { ...reply, reply: () => closing(reply.reply()) };
}

function framed({ headers, body }: WireReply, hasBody: boolean): string[] {
  const flat: string[] = [];
  let isFramed = !hasBody;
  for (const [name, value] of headers) {
    flat.push(name, value);
    if (!isFramed) isFramed = /^(?:content-length|transfer-encoding)$/i.test(name);
  }
  if (!isFramed) flat.push('Content-Length', String(countBytes(body)));
  return flat;
}

export function countBytes(body: WireReply['body']): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
}

export function isMade(body: Uint8Array | LongBody): body is LongBody {
  return 'read' in body;
}

function readSlice(body: Uint8Array | LongBody, start: number, most: number): Uint8Array {
  const end = Math.min(start + sliceSize, most);
  return isMade(body) ? body.read(start, end) : body.subarray(start, end);
}

/** The bytes of a body as they are sent. In memory a client would get the bytes of the object itself, and could change them. */
function forReader({ socket }: ServerResponse, bytes: Uint8Array): Uint8Array {
  return socket !== null && sharesBytes(socket) ? Buffer.from(bytes) : bytes;
}

interface Sending {
  readonly body: Uint8Array | LongBody;
  /** The byte before which the sending ends. */
  readonly end: number;
  readonly done: () => void;
  readonly report: (bug: unknown) => void;
}

function sendSlices(response: ServerResponse, sending: Sending, start = 0): void {
  const { body, end, done, report } = sending;
  for (let at = start; at < end; at += sliceSize) {
    if (response.write(forReader(response, readSlice(body, at, end)))) continue;
    response.once(
      'drain',
      makeCallback(report, () => sendSlices(response, sending, at + sliceSize)),
    );
    return;
  }
  done();
}

/**
 * Keeps the process alive while a client in memory waits, as a real connection does; the client of a port has a connection of its own, and the port
 * keeps no process alive. If the client has gone, the request is still applied.
 */
export function wait(response: ServerResponse, { until, onOvertaken }: WireDelay, goOn: () => void): void {
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    forget(timer);
    // If the capture was stopped in the meantime, the stop has answered.
    if (!isOver && !response.headersSent) goOn();
    isOver = true;
  };
  if (typeof until === 'number') {
    timer = inAWhile(end, until);
    if (isMemorySocket(response.req.socket)) response.once('close', () => timer?.unref());
    else timer.unref();
  } else until.then(end, end);
  onOvertaken(end);
}

/**
 * Completes a document: if a client read of a broken connection, it would send its request again, after a stop to the real S3. Other bytes
 * can be too many, so they break off.
 */
export function endStalled(response: ServerResponse, reply: WireReply, after: number): void {
  const { body } = reply;
  if (typeof body === 'string') sendRest(response, { ...reply, body }, after);
  else resetSocket(response.req.socket, reply);
}

interface BreakOptions {
  readonly report: (bug: unknown) => void;
  /** Whether its request came before the answer to the previous request was written. */
  readonly isBehind: boolean;
}

/** Breaks the connection, before the reply or in the middle of it. In both cases the client reads a reset. */
export function breakOff(response: ServerResponse, reply: WireReply, { report, isBehind }: BreakOptions): void {
  const pieces = piecesBeforeBreak(reply, response.req.method);
  const { socket } = response;
  if (socket === null) {
    // Node assigns it once the earlier responses of the connection are sent.
    response.once(
      'socket',
      makeCallback(report, (assigned: Socket) => breakSocket(assigned, pieces, reply, report)),
    );
  } else if (reply.disconnect === 'before' && !isBehind) resetSocket(socket, reply);
  else breakSocket(socket, pieces, reply, report);
}

type Pieces = Iterator<string | Uint8Array, unknown>;

/** An empty piece comes behind what waits on the connection. */
function piecesBeforeBreak(reply: WireReply, method: string | undefined): Pieces {
  const { disconnect } = reply;
  if (typeof disconnect === 'object') return readBeginning(reply, method, disconnect.after);
  return [disconnect === 'before' ? '' : firstHalf(reply, method)].values();
}

/** Writes a piece when the piece before it is written. */
function breakSocket(socket: Socket, pieces: Pieces, reply: WireReply, report: (bug: unknown) => void): void {
  const { value, done } = pieces.next();
  if (done || socket.destroyed) resetAfterReading(socket, reply);
  else
    socket.write(
      value,
      makeCallback(report, () => breakSocket(socket, pieces, reply, report)),
    );
}

function resetSocket(socket: Socket, { broken = 'reset' }: WireReply): void {
  if (isMemorySocket(socket)) socket[SOCKET_STATE].broken = broken;
  socket.resetAndDestroy();
}

/** The milliseconds and the turns of the event loop in which a client reads what was written. */
const readingTime = 20;
export const readingTurns = 128;

/**
 * Resets a connection when its client has had time to read what was written. A reset overtakes the bytes that wait to be sent, and a
 * client that finds bytes and the reset at once reads an end in place of the reset. The turns are for clients in this
 * process: if it was busy, the time is over before they have read anything.
 */
function resetAfterReading(socket: Socket, reply: WireReply): void {
  const takeBack = inTimeAndTurns(readingTime, readingTurns, () => resetSocket(socket, reply));
  socket.once('close', takeBack);
}

/** Acts after some milliseconds and, behind them, some turns of the event loop. Returns a function that takes this back. */
export function inTimeAndTurns(milliseconds: number, turns: number, act: () => void): () => void {
  let left = turns;
  let isTakenBack = false;
  const turn = () => {
    if (isTakenBack) return;
    left -= 1;
    if (left < 0) act();
    else later(turn);
  };
  const timer = inAWhile(turn, milliseconds);
  return () => {
    isTakenBack = true;
    forget(timer);
  };
}
