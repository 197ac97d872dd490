import { isHeaderRepeated } from '../formats/header-names';
import type { RequestEntry } from '../journal/entry';
import { readRequest } from '../protocol/request/request';
import { checkSignature } from '../protocol/signature/signature';
import { S3Error } from '../refusals';
import type { WireRequest } from '../wire';
import type { Call, Signing } from './call';
import { signingRegion } from './caller';
import { writeUrl } from './entry-parts';

/**
 * How S3 would refuse a signature, in a mock that does not check signatures.
 * @module
 */

/** Returns undefined if what decides may change, or is not kept: the keys of users and sessions, forms, and the signatures of chunks. */
export function readSigning(call: Call): Signing | undefined {
  const { store, request, bucket, now } = call;
  const { identity, wire, accessPoint, form } = request;
  if (identity instanceof S3Error || !('accessKeyId' in identity)) return undefined;
  if (accessPoint !== undefined || form !== undefined) return undefined;
  // A header that came twice is one of the entry.
  if (isHeaderRepeated(wire)) return undefined;
  if (request.headers.get('x-amz-content-sha256')?.startsWith('STREAMING-AWS4')) return undefined;
  const { accessKeyId } = identity;
  const isLasting = store.findLastingSecret(accessKeyId) !== undefined;
  if (!isLasting && store.findSecret(accessKeyId) !== undefined) return undefined;
  const { clock } = store;
  return {
    store,
    endpoint: wire.endpoint,
    host: wire.host,
    secure: wire.secure,
    region: signingRegion(request, bucket),
    behind: clock.processNow() - now,
    moves: clock.moves,
  };
}

type SignedEntry = Pick<RequestEntry, 'method' | 'url' | 'headers'> & { readonly time: number };

export function findUncheckedRefusal(entry: SignedEntry, signing: Signing): S3Error | undefined {
  const { store, region, behind, moves } = signing;
  const request = readRequest(wireOf(entry, signing));
  try {
    checkSignature(request, {
      // A key that a user, a session or another account got since then was unknown.
      secretOf: (accessKeyId) => store.findLastingSecret(accessKeyId),
      believesKeys: true,
      findTokenCheck: () => undefined,
      hasIssued: () => true,
      times: { process: entry.time + behind, mock: entry.time, moves, presumed: 'signed first' },
      region,
    });
  } catch (thrown) {
    if (!(thrown instanceof S3Error)) throw thrown;
    return thrown.refusal === believed ? undefined : thrown;
  }
  return undefined;
}

const noBytes = new Uint8Array(0);
const noTrailers: ReadonlyMap<string, string> = new Map();

/** A header without a date was written by hand, since each client sends one. */
export const believed: S3Error['refusal'] = 'DateMissing';

/** The request as it came, without its body. */
function wireOf({ method, url, headers }: SignedEntry, { endpoint, host, secure }: Signing): WireRequest {
  const all = Object.entries(headers);
  const sent = { secure, host, headers: new Map(all) };
  return {
    ...sent,
    method,
    url: url.slice(writeUrl({ ...sent, url: '' }).length),
    endpoint,
    rawHeaders: all.flat(),
    trailers: noTrailers,
    body: noBytes,
  };
}
