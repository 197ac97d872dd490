import net from 'node:net';
import { describeCertificate, makeX509Certificate } from '../certificate';
import type { ConnectOptions } from '../connect-call';
import { offeredProtocols } from '../tls-face';

interface TlsFields {
  readonly encrypted: true;
  readonly authorized: boolean;
  readonly authorizationError: unknown;
  readonly servername: string | false;
  readonly alpnProtocol: string | false;
}

const cipher = { name: 'TLS_AES_256_GCM_SHA384', standardName: 'TLS_AES_256_GCM_SHA384', version: 'TLSv1.3' };

/** Gives a socket without TLS the members of a TLS socket. */
export function dressAsTls(socket: net.Socket, host: string, options: ConnectOptions): void {
  const { servername } = options;
  const name = typeof servername === 'string' && servername !== '' ? servername : host;
  const fields: TlsFields = {
    encrypted: true,
    authorized: false,
    authorizationError: null,
    servername: net.isIP(name) === 0 && name,
    alpnProtocol: offeredProtocols(options).includes('http/1.1') && 'http/1.1',
  };
  const methods = {
    getPeerCertificate: (isDetailed?: unknown) => describeCertificate([name], isDetailed === true),
    getPeerX509Certificate: () => makeX509Certificate([name]),
    getCertificate: () => ({}),
    getX509Certificate: () => undefined,
    getCipher: () => ({ ...cipher }),
    getProtocol: () => cipher.version,
    getSession: () => undefined,
    setSession: () => undefined,
    isSessionReused: () => false,
    setServername: () => undefined,
    setMaxSendFragment: () => true,
    disableRenegotiation: () => undefined,
  };
  Object.assign(socket, fields, methods);
}

/** Ends the handshake of a socket that is connected: the client checks the certificate, and is told that TLS is ready. */
export function greet(socket: net.Socket, options: ConnectOptions & { readonly checkServerIdentity?: unknown }): void {
  const { checkServerIdentity: check, servername, host } = options;
  const name = String(servername || host || '');
  const error: unknown = typeof check === 'function' ? check(name, describeCertificate([name], true)) : undefined;
  if (error instanceof Error) {
    socket.destroy(error);
    return;
  }
  Object.assign(socket, { authorized: true });
  socket.emit('secureConnect');
}
