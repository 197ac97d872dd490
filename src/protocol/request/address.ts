import { decodePercent } from '../../formats/url-encoding';
import type { WireRequest } from '../../wire';

/** The bucket and the key that a request addresses. */
export interface Address {
  readonly bucket: string | undefined;
  readonly key: string | undefined;
}

/** Reads the bucket and the key from a host and a path; undefined if the path cannot be decoded. */
export function readAddress(
  { host, endpoint }: Pick<WireRequest, 'host' | 'endpoint'>,
  path: string,
): Address | undefined {
  if (endpoint.service !== 's3') return { bucket: undefined, key: undefined };
  const decoded = decodePath(path);
  if (decoded === undefined) return undefined;
  if (host.endsWith(`.${endpoint.base}`))
    return { bucket: host.slice(0, -endpoint.base.length - 1), key: decoded || undefined };
  const slash = decoded.indexOf('/');
  if (slash === -1) return { bucket: decoded || undefined, key: undefined };
  return { bucket: decoded.slice(0, slash), key: decoded.slice(slash + 1) || undefined };
}

// Dots and doubled slashes belong to a key, so the path is never normalized.
function decodePath(path: string): string | undefined {
  return decodePercent(path.replace(/^\//, ''));
}
