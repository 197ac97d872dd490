import { once } from 'node:events';
import type net from 'node:net';
import { Duplex } from 'node:stream';
import tls from 'node:tls';
import { PASS } from './connect-call';

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
