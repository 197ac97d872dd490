import http from 'node:http';
import type net from 'node:net';
import { makeCallback } from '../callback';
import { type MemorySocket, SOCKET_STATE } from './socket-state';

export interface Forwarding {
  readonly socket: MemorySocket;
  /** Connects to the real server. */
  readonly dial: () => net.Socket;
  /** Whether the client waits until the real server asks for its body. */
  readonly awaitsContinue?: boolean;
}

/**
 * Forwards one request to a real server over its own connection, since the client's next request may be for a mocked host. Bodies are
 * streams in both directions, and what goes wrong is what the client would see.
 */
export function forward(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  { socket, dial, awaitsContinue = false }: Forwarding,
): void {
  const { method = 'GET', url = '/', rawHeaders } = request;
  const onward = http.request({ method, path: url, setHost: false, createConnection: dial });
  const fail = (error: unknown) => socket[SOCKET_STATE].peer.destroy(error as Error); // Node throws errors, under jest of another realm
  copyHeaders(rawHeaders, onward);
  let isAsked = !awaitsContinue;
  const passBack = (answer: http.IncomingMessage) => {
    // The client keeps its body back, so nothing else can be read from the connection.
    if (!isAsked) response.shouldKeepAlive = false;
    sendAnswer(answer, response);
    answer.once('error', () => socket.destroy());
  };
  onward.once('continue', () => {
    if (!isAsked) response.writeContinue();
    isAsked = true;
  });
  // Node refuses to write some of what it reads.
  onward.on('response', makeCallback(fail, passBack));
  onward.on('error', fail);
  // The client's headers can ask the server to keep the connection, and then the request does not close it at its end.
  response.once('close', () => onward.destroy().socket?.destroy());
  onward.flushHeaders();
  request.once('end', () => addTrailers(request, onward));
  request.pipe(onward);
}

/** Connects the sockets. From then on, the bytes are forwarded unread. */
export function carry(socket: MemorySocket, carrier: net.Socket): void {
  const client = socket[SOCKET_STATE].peer;
  client[SOCKET_STATE].carrier = carrier;
  carrier.on('error', (error) => client.destroy(error));
  carrier.once('close', () => socket.destroySoon());
  // The client may have closed while the server still writes.
  socket.on('error', () => carrier.destroy());
  socket.once('close', () => carrier.destroy());
  carrier.pipe(socket).pipe(carrier);
}

/** Node adds headers of its own, unless they are said to be removed. */
function copyHeaders(rawHeaders: readonly string[], onward: http.ClientRequest): void {
  for (const name of ['Connection', 'Content-Length', 'Transfer-Encoding']) onward.removeHeader(name);
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    onward.appendHeader(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
}

/** The headers about the connection between two servers, which are not forwarded. */
const ofConnection: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'proxy-connection']);

function sendAnswer(answer: http.IncomingMessage, response: http.ServerResponse): void {
  const { statusCode = 502, statusMessage, rawHeaders } = answer;
  const passed: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    if (!ofConnection.has(name.toLowerCase())) passed.push(name, value);
  }
  response.sendDate = false;
  response.writeHead(statusCode, statusMessage, passed);
  response.flushHeaders();
  answer.once('end', () => addTrailers(answer, response));
  answer.pipe(response);
}

/** Called before the message is ended, as a listener that comes before the listener of `pipe`. */
function addTrailers({ rawTrailers }: http.IncomingMessage, to: http.OutgoingMessage): void {
  if (rawTrailers.length === 0) return;
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < rawTrailers.length; at += 2) pairs.push([rawTrailers[at] ?? '', rawTrailers[at + 1] ?? '']);
  to.addTrailers(pairs);
}
