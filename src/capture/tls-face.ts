import net from 'node:net';
import tls from 'node:tls';
import { LoopbackSocket } from './loopback';
import type { MemorySocket, SOCKET_STATE, SocketState } from './socket-state';

const face = {
  getPeerCertificate: () => ({}),
  getPeerX509Certificate: () => undefined,
  getCertificate: () => ({}),
  getX509Certificate: () => undefined,
  getPeerFinished: () => undefined,
  getFinished: () => undefined,
  getSession: () => undefined,
  setSession: () => undefined,
  getTLSTicket: () => undefined,
  isSessionReused: () => false,
  getProtocol: () => 'TLSv1.3',
  getCipher: () => ({ name: 'TLS_AES_256_GCM_SHA384', standardName: 'TLS_AES_256_GCM_SHA384', version: 'TLSv1.3' }),
  getSharedSigalgs: () => [],
  getEphemeralKeyInfo: () => ({}),
  exportKeyingMaterial: (length: number) => Buffer.alloc(length),
  renegotiate: () => false,
  setServername: () => undefined,
  setMaxSendFragment: () => true,
  disableRenegotiation: () => undefined,
  enableTrace: () => undefined,
};

/** The client's end of a TLS connection: instanceof tls.TLSSocket holds, though TLSSocket's constructor never runs. */
class LoopbackTlsSocket extends tls.TLSSocket {
  declare [SOCKET_STATE]: SocketState;
}
const { constructor: _, ...memory } = Object.getOwnPropertyDescriptors(LoopbackSocket.prototype);
Object.defineProperties(LoopbackTlsSocket.prototype, memory);
for (const [name, value] of Object.entries(face)) {
  Object.defineProperty(LoopbackTlsSocket.prototype, name, { value, writable: true, configurable: true });
}

interface TlsFields {
  encrypted: boolean;
  authorized: boolean;
  authorizationError: Error | null;
  secureConnecting: boolean;
  _secureEstablished: boolean;
  servername: string | false;
  alpnProtocol: string | false;
}

export function offeredProtocols(options: object): readonly unknown[] {
  const offered: unknown = 'ALPNProtocols' in options ? options.ALPNProtocols : undefined;
  return Array.isArray(offered) ? offered : [];
}

export function createTlsEnd(options: net.SocketConstructorOpts): MemorySocket {
  // Reflect.construct's type is that of its first argument, not that of its prototype's owner.
  return Reflect.construct(net.Socket, [options], LoopbackTlsSocket) as MemorySocket;
}

export function becomeTlsEnd(socket: net.Socket): MemorySocket {
  // setPrototypeOf returns the object with the methods of a MemorySocket, which its type cannot express.
  return Object.setPrototypeOf(socket, LoopbackTlsSocket.prototype) as MemorySocket;
}

export function beginHandshake(client: MemorySocket, host: string, options: object): void {
  const named: unknown = 'servername' in options ? options.servername : undefined;
  const fields: TlsFields = {
    encrypted: true,
    authorized: true,
    authorizationError: null,
    secureConnecting: true,
    _secureEstablished: false,
    servername: typeof named === 'string' && named !== '' ? named : net.isIP(host) === 0 && host,
    alpnProtocol: offeredProtocols(options).includes('http/1.1') && 'http/1.1',
  };
  Object.assign(client, fields);
}

export function endHandshake(client: MemorySocket): void {
  const fields: Partial<TlsFields> = { secureConnecting: false, _secureEstablished: true };
  Object.assign(client, fields);
  client.emit('secureConnect');
}
