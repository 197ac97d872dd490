import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import { Duplex } from 'node:stream';
import tls from 'node:tls';
import type { Endpoint } from '../wire';
import { LoopbackSocket } from './loopback';
import { type MemorySocket, SOCKET_STATE, type SocketState, systemError } from './socket-state';
import { normalizeHost, PASS } from './target';

/**
 * TLS as the client sees it, without a handshake: what its options ask for, an end that says of itself what a TLS socket says, the check of the
 * server's identity, and the certificate. Decision 68
 * @module
 */

/** The options of a client that concern its handshake. */
export interface Security {
  readonly protocol: string;
  /** The error of a client that has no version in common with S3, in the words of Node. */
  readonly failing?: Promise<Error> | undefined;
}

type Named<Name extends string> = { readonly [Option in Name]?: unknown };

/** Options that Node checks when it makes a TLS context or socket. Nearly all connections have none of them. */
type CheckedOptions = Named<
  | 'ca'
  | 'cert'
  | 'key'
  | 'pfx'
  | 'passphrase'
  | 'crl'
  | 'ciphers'
  | 'sigalgs'
  | 'ecdhCurve'
  | 'dhparam'
  | 'minVersion'
  | 'maxVersion'
  | 'secureProtocol'
  | 'secureOptions'
  | 'secureContext'
  | 'minDHSize'
  | 'pskCallback'
  | 'clientCertEngine'
  | 'privateKeyEngine'
  | 'privateKeyIdentifier'
  | 'allowPartialTrustChain'
  | 'enableTrace'
  | 'ALPNProtocols'
  | 'checkServerIdentity'
>;

const protocols: Readonly<Record<number, string>> = { 771: 'TLSv1.2', 772: 'TLSv1.3' };
const newest = 'TLSv1.3';

/** Throws what Node throws for options that it refuses. A socket of its caller, `existing`, has passed Node's checks. */
export function readSecurity(options: object, existing: net.Socket | undefined): Security {
  if (existing === undefined && !isChecked(options)) return { protocol: newest };
  const given = existing === undefined ? undefined : contextOf(existing);
  if (existing !== undefined && given === undefined) return { protocol: newest };
  const trial = connectNowhere(given === undefined ? options : { ...options, secureContext: given });
  const protocol = newestProtocol(contextOf(trial));
  if (protocol === undefined) return { protocol: newest, failing: once(trial, 'error').then(([error]) => error) };
  trial.destroy();
  return { protocol };
}

/** Called for every connection by TLS: reading members that are written out is many times faster than reading the items of a list. */
function isChecked(options: CheckedOptions): boolean {
  const { ca, cert, key, pfx, passphrase, crl, ciphers, sigalgs, ecdhCurve, dhparam } = options;
  const material = ca ?? cert ?? key ?? pfx ?? passphrase ?? crl ?? ciphers ?? sigalgs ?? ecdhCurve ?? dhparam;
  const { minVersion, maxVersion, secureProtocol, secureOptions, secureContext, minDHSize, pskCallback } = options;
  const rules =
    minVersion ?? maxVersion ?? secureProtocol ?? secureOptions ?? secureContext ?? minDHSize ?? pskCallback;
  const { clientCertEngine, privateKeyEngine, privateKeyIdentifier, allowPartialTrustChain, enableTrace } = options;
  const rare = clientCertEngine ?? privateKeyEngine ?? privateKeyIdentifier ?? allowPartialTrustChain ?? enableTrace;
  if ((material ?? rules ?? rare ?? undefined) !== undefined) return true;
  const { checkServerIdentity, ALPNProtocols } = options;
  if (typeof checkServerIdentity !== 'function' && 'checkServerIdentity' in options) return true;
  if ((ALPNProtocols ?? undefined) !== undefined && !Array.isArray(ALPNProtocols)) return true;
  return tls.DEFAULT_MAX_VERSION !== newest;
}

/** Reads the secure context that the constructor of TLSSocket stores. */
function contextOf(socket: (net.Socket & { _tlsOptions?: { secureContext?: object } }) | undefined) {
  return socket?._tlsOptions?.secureContext;
}

/** Returns undefined if the client and S3 have no version in common. S3 refuses versions older than TLS 1.2. */
function newestProtocol(secureContext: object | undefined): string | undefined {
  const { context }: { context?: { getMinProto?(): number; getMaxProto?(): number } } = secureContext ?? {};
  const least = context?.getMinProto?.() ?? 0;
  const most = context?.getMaxProto?.() || 0x0304; // 0 means any
  return least > most ? undefined : protocols[most];
}

/** A TLS socket of Node's own that reaches nobody. Its peer answers as S3 answers a version that is too old. */
function connectNowhere(options: object): tls.TLSSocket {
  const alert = Buffer.from('15030100020246', 'hex'); // protocol_version, fatal
  const peer = new Duplex({
    read: () => undefined,
    write: (_chunk, _encoding, done) => {
      peer.push(alert);
      done();
    },
  });
  const unheard = { signal: undefined, timeout: undefined, path: undefined };
  const socket = tls.connect({ ...options, ...unheard, socket: peer, [PASS]: true } as tls.ConnectionOptions);
  return socket.on('error', () => undefined);
}

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

/** The certificate that clients see, and its issuer: DER in base64. Nobody has their keys, and both are valid in every year. Decision 68 */
const own =
  'MIIDlzCCAn+gAwIBAgIQUJEgI5fv0Xafz1fh9jM7VjANBgkqhkiG9w0BAQsFADA8MQswCQYDVQQGEwJVUzEPMA0GA1UECgwGQW1hem9uMRww' +
  'GgYDVQQDDBNBbWF6b24gUlNBIDIwNDggTTAxMCAXDTAwMDEwMTAwMDAwMFoYDzk5OTkxMjMxMjM1OTU5WjAdMRswGQYDVQQDDBIqLnMzLmFt' +
  'YXpvbmF3cy5jb20wggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQCmZp49FYf5VDGJZ0KpIW2h2+9IMobQGNNChtYQzfZNYLJQw3L8' +
  'LAVdymfE55ujiNPL749i2E97VfY8cvXMewiHxPv+XZ3DKHWw80uezQxr7dr5OsmsNO0m6A9OKl7juLsNQ1kQ8n6NS6BFsBigyY0c5mpDiSdF' +
  'CE22HwCIDeuR+BjXsTeWYNRtQEMke8MmFDYtoatNSmR17m7nhE0TQ7in4Y8OPQud5Xgj/5HP7xK0zk9zO5/E5vyocye+vwVtb15qgK0Ypc1Z' +
  '45X0r52KEqXdhC6t4DHEuV4/JtzeuMa0VQH4xmSZ4C9HvHt+E8TXjKq5dORUAMcTgLtu74ws0WzRAgMBAAGjgbEwga4wDAYDVR0TAQH/BAIw' +
  'ADAOBgNVHQ8BAf8EBAMCBaAwHQYDVR0lBBYwFAYIKwYBBQUHAwEGCCsGAQUFBwMCMC8GA1UdEQQoMCaCEHMzLmFtYXpvbmF3cy5jb22CEiou' +
  'czMuYW1hem9uYXdzLmNvbTAdBgNVHQ4EFgQUoBtJZ1+j9HOR6WPwkf1m3qbOwyMwHwYDVR0jBBgwFoAU8b8mZxL7D5vXa+5IxAxVkPd0FUcw' +
  'DQYJKoZIhvcNAQELBQADggEBACUGEh2f00tbD868aYwIVCC3PENp8IYm53jck+oKLo42YLhI+dH54BN4VFVgqgmZIgOhNZkKfNagBsbnFDZu' +
  'uRLIaVlzJX+4OWSymRgyGBsDT4mUFRJ7QR2uPgg+F2fjaBElLN+uf07x8bqz6D9boY6u5sSreLub2EUGxFGodl22uGHRHh20JbBVLqdxkN5r' +
  'RsDdqJ0xF5J+OwKKdaSnNQQVF6fI0rW/gPwG8qW3+S5rThqR8bL+Uln+PzlHWS2zP63QGrUTWBpmBB3wwKFOXgts+k92wP9Dh4bfrf1otjjE' +
  'nnj9IXC+1PiHWY69UX431ha9mjscRHhHYzi03KM7SnU=';

const issuing =
  'MIIDRjCCAi6gAwIBAgIQUJEgI5fv0Xafz1fh9jM7VTANBgkqhkiG9w0BAQsFADA8MQswCQYDVQQGEwJVUzEPMA0GA1UECgwGQW1hem9uMRww' +
  'GgYDVQQDDBNBbWF6b24gUlNBIDIwNDggTTAxMCAXDTAwMDEwMTAwMDAwMFoYDzk5OTkxMjMxMjM1OTU5WjA8MQswCQYDVQQGEwJVUzEPMA0G' +
  'A1UECgwGQW1hem9uMRwwGgYDVQQDDBNBbWF6b24gUlNBIDIwNDggTTAxMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAoMQBmmeE' +
  'frQJqyu5zK5Q1pUfwOdMlz7uNYznB/o9yKHQ2gL4S/gzi33X1ExGFmte9JErAXGL9UU7pqxEfpJxkLsqf/Oz1ulx2oHDxvjSe3jzvfYB/wo2' +
  'linUG38BDVYSZwsLTP8NUrlzQJVHZWxgXr43pAGkl7KGWtPIgPs1tIT+HssMkVhenuIdr+V6rzU9pm9bIbMTKt7oqCe4uaTF8H4EI5f1AwKH' +
  'MzO9axpZ44xLGth09PvAjQgdnET2LCJdPrTrsLaPc8oXiuzyzE7Do8WiUh5DPuWYDIC3eJAIDzYU0buxB6LCI6UKZ6exxlW7sHZKBXBXh7sn' +
  'luGP5/W2XwIDAQABo0IwQDAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQU8b8mZxL7D5vXa+5IxAxVkPd0FUcw' +
  'DQYJKoZIhvcNAQELBQADggEBAJUvNkVmWzmLCZsSBuUta5dU5W6knR0YdlXlqsIN7CqkmY7T1raOYgQ1ShjEUy52xW4ahkeg5046/HYY4kai' +
  'tO8EybgbAP55Bt+J4q9ud1w021mPaehWjgspf1M539Slag5gcAe58jCzObpjvyxLGPLBwdJmGV599+L1r0mwYf/BCHiR6HEJ1rmHknVBFdBd' +
  'eRoIk6fdS+nzCs/NshBk3mpa9byHAgPp5gOAV/R4VAmC4xnz40IrLaZqn707d3pSn6Su4efBzEoHWWhVCTLj/Nc2L3piOi5IvoAjcdS2Mk4F' +
  'hyu5CCaeVBIIWjYZQYWyP6W23GTuI6gryi8b5ms4MYY=';

const fromBase64 = (text: string) => new X509Certificate(Buffer.from(text, 'base64'));

/**
 * Returns the names of a host's certificate. As at S3, a wildcard stands for one label, so a bucket whose name has dots is not among them
 * (User Guide, "Virtual hosting of general purpose buckets"). What is not S3's has a certificate that nobody but its user knows, so it names
 * whatever the client asks for.
 */
function certifiedNames(host: string, endpoint: Endpoint, servername: string | false): readonly string[] {
  const { base, own, service } = endpoint;
  if (!own && service !== 'refused') return [base, `*.${base}`];
  const names = net.isIP(base) === 0 ? [base, `*.${base}`] : [base];
  const asked = [host, ...(servername === false ? [] : [normalizeHost(servername)])];
  return [...names, ...asked.filter((name) => !names.includes(name))];
}

function isCertified(hostname: string, names: readonly string[]): boolean {
  return findName(hostname, names) !== undefined;
}

function findName(hostname: string, names: readonly string[]): string | undefined {
  const host = normalizeHost(hostname);
  const wildcard = `*${host.slice(Math.max(host.indexOf('.'), 0))}`;
  return names.find((name) => name === host || name === wildcard);
}

/** The certificate in the form of TLSSocket.getPeerCertificate(): a new object each time. */
export function describeCertificate(names: readonly string[], isDetailed: boolean): tls.PeerCertificate {
  const described = legacyObject(fromBase64(own), names);
  if (!isDetailed) return described;
  const issuerCertificate = legacyObject(fromBase64(issuing));
  // A root certificate is its own issuer, so that code which follows the chain stops there.
  return Object.assign(described, { issuerCertificate: Object.assign(issuerCertificate, { issuerCertificate }) });
}

/** An instance gets its own members in place of the members that would read the names in the bytes. */
export function makeX509Certificate(names: readonly string[]): X509Certificate {
  const certificate = fromBase64(own);
  const ofName = (find: (name: string) => string | undefined) => ({ value: find, configurable: true, writable: true });
  return Object.defineProperties(certificate, {
    subjectAltName: { value: writeNames(names), configurable: true },
    issuerCertificate: { get: () => fromBase64(issuing), configurable: true },
    checkHost: ofName((name) => findName(name, names)),
    checkIP: ofName((address) => names.find((name) => name === address)),
    toLegacyObject: { value: () => legacyObject(fromBase64(own), names), configurable: true, writable: true },
  });
}

function legacyObject(certificate: X509Certificate, names?: readonly string[]): tls.PeerCertificate {
  // toLegacyObject's type is PeerCertificate from some versions of Node's types on, and unknown before.
  const described = certificate.toLegacyObject() as tls.PeerCertificate;
  return names === undefined ? described : Object.assign(described, { subjectaltname: writeNames(names) });
}

function writeNames(names: readonly string[]): string {
  return names.map((name) => `${net.isIP(name) === 0 ? 'DNS' : 'IP Address'}:${name}`).join(', ');
}
