import net from 'node:net';
import tls from 'node:tls';
import { certifiedNames, describeCertificate, isCertified, makeX509Certificate } from './certificate';
import { LoopbackSocket } from './loopback';
import { type MemorySocket, SOCKET_STATE, type SocketState, systemError } from './socket-state';

const ciphers: Readonly<Record<string, tls.CipherNameAndProtocol>> = {
  'TLSv1.3': { name: 'TLS_AES_256_GCM_SHA384', standardName: 'TLS_AES_256_GCM_SHA384', version: 'TLSv1.3' },
  'TLSv1.2': {
    name: 'ECDHE-RSA-AES128-GCM-SHA256',
    standardName: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    version: 'TLSv1.2',
  },
};

/** Methods that answer null once the socket is destroyed, like Node's methods without a handle. */
const readings: Readonly<Record<string, (end: MemorySocket & Partial<TlsFields>, isDetailed?: unknown) => unknown>> = {
  getPeerCertificate: (end, isDetailed) =>
    end._secureEstablished ? describeCertificate(namesOf(end), isDetailed === true) : {},
  getCertificate: () => ({}),
  getProtocol: (end) => end[SOCKET_STATE].protocol,
  getCipher: (end) => (end._secureEstablished ? { ...ciphers[end[SOCKET_STATE].protocol] } : undefined),
};

const face = {
  getPeerX509Certificate(this: MemorySocket & Partial<TlsFields>) {
    return this._secureEstablished && !this.destroyed ? makeX509Certificate(namesOf(this)) : undefined;
  },
  getX509Certificate: () => undefined,
  getPeerFinished: () => undefined,
  getFinished: () => undefined,
  getSession: () => undefined,
  setSession: () => undefined,
  getTLSTicket: () => undefined,
  isSessionReused: () => false,
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
for (const [name, read] of Object.entries(readings)) {
  const value = function (this: MemorySocket, isDetailed?: unknown) {
    return this.destroyed ? null : read(this, isDetailed);
  };
  Object.defineProperty(LoopbackTlsSocket.prototype, name, { value, writable: true, configurable: true });
}

interface TlsFields {
  encrypted: boolean;
  authorized: boolean;
  authorizationError: unknown;
  secureConnecting: boolean;
  _secureEstablished: boolean;
  servername: string | false;
  alpnProtocol: string | false;
}

interface IdentityOptions {
  readonly host?: unknown;
  readonly servername?: unknown;
  readonly socket?: unknown;
  readonly rejectUnauthorized?: unknown;
  readonly checkServerIdentity?: unknown;
}

export function offeredProtocols(options: object): readonly unknown[] {
  const offered: unknown = 'ALPNProtocols' in options ? options.ALPNProtocols : undefined;
  return Array.isArray(offered) ? offered : [];
}

/** The error for a client that offers h2 alone, as http2.connect does: it would break at its first frame otherwise. */
export function errorOfProtocols(errorClass: ErrorConstructor, host: string, options: object): Error | undefined {
  const offered = offeredProtocols(options);
  if (offered.length === 0 || offered.includes('http/1.1')) return undefined;
  return systemError(
    errorClass,
    'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL',
    `the S3 mock speaks HTTP/1.1 only, as S3 does; the client offered ${host} ${offered.join(', ')}`,
  );
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
    authorized: false,
    authorizationError: null,
    secureConnecting: true,
    _secureEstablished: false,
    servername: typeof named === 'string' && named !== '' ? named : net.isIP(host) === 0 && host,
    alpnProtocol: offeredProtocols(options).includes('http/1.1') && 'http/1.1',
  };
  Object.assign(client, fields);
}

/** Follows the order of Node: the client is asked about the certificate before it is told that it is connected. */
export function endHandshake(
  client: MemorySocket,
  options: IdentityOptions,
  onRefused: (error: unknown) => void,
): void {
  const established: Partial<TlsFields> = { _secureEstablished: true };
  Object.assign(client, established);
  const error = findIdentityError(client, options);
  const isAuthorized = !error;
  const fields: Partial<TlsFields> = isAuthorized
    ? { authorized: true }
    : { authorizationError: readMember(error, 'code') || readMember(error, 'message') };
  Object.assign(client, fields);
  if (!isAuthorized && rejectsUnauthorized(options)) {
    onRefused(error);
    client.destroy(error as Error); // whatever the client returned, as in Node
    return;
  }
  const over: Partial<TlsFields> = { secureConnecting: false };
  Object.assign(client, over);
  client.emit('secureConnect');
}

/** Node's own function, unless a test replaced it: no other function has its errors. */
const ofNode = /\bERR_TLS_CERT_ALTNAME_INVALID\b/.test(String(tls.checkServerIdentity))
  ? tls.checkServerIdentity
  : null;

function findIdentityError(client: MemorySocket, options: IdentityOptions): unknown {
  // The certificate of a proxy is checked only when the proxy is reached.
  if (client[SOCKET_STATE].endpoint === undefined) return undefined;
  const { checkServerIdentity: check = tls.checkServerIdentity, servername, host, socket } = options;
  const hostname = String(servername || host || readMember(socket, '_host') || 'localhost');
  const names = namesOf(client);
  // Nearly all connections end here, so that no certificate is made for them.
  if (check === ofNode && isCertified(hostname, names)) return undefined;
  return typeof check === 'function' ? check(hostname, describeCertificate(names, true)) : undefined;
}

function rejectsUnauthorized(options: IdentityOptions): boolean {
  if ('rejectUnauthorized' in options) return options.rejectUnauthorized !== false;
  return process.env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0';
}

function namesOf(end: MemorySocket & Partial<TlsFields>): readonly string[] {
  const { target, endpoint } = end[SOCKET_STATE];
  return endpoint === undefined ? [target.host] : certifiedNames(target.host, endpoint, end.servername || false);
}

function readMember(value: unknown, name: string): unknown {
  return value === null || value === undefined ? undefined : Reflect.get(Object(value), name);
}
