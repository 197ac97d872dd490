import type http from 'node:http';
import type net from 'node:net';
import type { WireHead } from '../wire';
import { carry, forward } from './forwarding';
import type { GuardErrorOf } from './guard';
import { type MemorySocket, SOCKET_STATE } from './socket-state';

export type IsForOthers = (head: WireHead) => boolean;

/** Passes what is for other services on to the real server at an address that services share, AWS_ENDPOINT_URL. */
export interface OtherServices {
  readonly isForOthers: IsForOthers;
  readonly forward: (request: http.IncomingMessage, response: http.ServerResponse, awaitsContinue: boolean) => void;
  /** Connects a client to the server. From then on, the bytes are forwarded unread. */
  readonly carry: (socket: MemorySocket) => void;
}

export function passToOthers(isForOthers: IsForOthers, errorOf: GuardErrorOf): OtherServices {
  const pass = (socket: MemorySocket, act: (dial: () => net.Socket) => void) => {
    const { peer, target, dial } = socket[SOCKET_STATE];
    const error = errorOf(target);
    if (error !== undefined) peer.destroy(error);
    else if (dial !== undefined) act(dial);
  };
  return {
    isForOthers,
    forward: (request, response, awaitsContinue) => {
      const socket = request.socket as MemorySocket; // the exchange passes requests of such sockets alone
      pass(socket, (dial) => forward(request, response, { socket, dial, awaitsContinue }));
    },
    carry: (socket) => pass(socket, (dial) => carry(socket, dial())),
  };
}

/** Whether the real server shares the address of a connection, and can be reached. */
export function isShared(socket: MemorySocket): boolean {
  const { endpoint, dial } = socket[SOCKET_STATE];
  return endpoint?.ofAllServices === true && dial !== undefined;
}

const headLimit = 16_384;

/** Whether the first bytes of a connection begin another protocol: HTTP/2, which S3 does not speak, or what a request to another service upgrades to. */
export function beginsOtherProtocol(bytes: Buffer, isForOthers: IsForOthers): boolean {
  const text = bytes.toString('latin1', 0, headLimit);
  if (text.startsWith('PRI * HTTP/2.0\r\n')) return true;
  const [line = '', ...lines] = text.slice(0, Math.max(0, text.indexOf('\r\n\r\n'))).split('\r\n');
  const headers = new Map(
    lines.map((sent): [string, string] => {
      const end = sent.indexOf(':');
      return [sent.slice(0, end).toLowerCase(), sent.slice(end + 1).trim()];
    }),
  );
  const [method = '', url = ''] = line.split(' ');
  return headers.has('upgrade') && isForOthers({ method, url, headers });
}
