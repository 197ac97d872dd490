import { dialects } from '../../dialects';
import { isRegion } from '../../formats/regions';
import { decodePercent } from '../../formats/url-encoding';
import type { Endpoint, WireRequest } from '../../wire';
import type { Identity } from './identity';

export interface Address {
  readonly bucket: string | undefined;
  readonly key: string | undefined;
}

export function readAddress(
  { host, endpoint }: Pick<WireRequest, 'host' | 'endpoint'>,
  path: string,
): Address | undefined {
  if (endpoint.service !== 's3') return { bucket: undefined, key: undefined };
  // Dots and doubled slashes belong to a key, so the path is never normalized. A plus sign is a blank (F1747).
  const decoded = decodePercent(path.replace(/^\//, '').replaceAll('+', ' '));
  if (decoded === undefined) return undefined;
  if (host.endsWith(`.${endpoint.base}`))
    return { bucket: host.slice(0, -endpoint.base.length - 1), key: decoded || undefined };
  const slash = decoded.indexOf('/');
  if (slash === -1) return { bucket: decoded || undefined, key: undefined };
  return { bucket: decoded.slice(0, slash), key: decoded.slice(slash + 1) || undefined };
}

/** Whether there are more `..` than names before them, at any place of a path (F1683). */
export function climbs(path: string): boolean {
  let depth = 0;
  for (const segment of path.split('/')) {
    if (segment === '..') depth -= 1;
    else if (segment !== '.') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}

/** The paths at which the token service takes requests for tokens; the second is the path of older SDKs (F251). */
export const tokenPaths: readonly string[] = ['/identity/token', '/oidc/token'];

/**
 * A user's own host that speaks as COS also issues tokens: IBM's SDKs can use its address for both, and no bucket accepts a POST on these
 * keys.
 */
export function readService({ endpoint, method }: Pick<WireRequest, 'endpoint' | 'method'>, path: string): Endpoint {
  const asksForToken = method === 'POST' && tokenPaths.includes(path);
  const { hasTokens } = dialects[endpoint.dialect].requests;
  return endpoint.own && hasTokens && asksForToken ? { ...endpoint, service: 'iam' } : endpoint;
}

/** A user's own host serves the region that the signature names. If AWS has no such region, as for clients of other stores, the endpoint is the global one. */
export function readRegion(endpoint: Endpoint, identity: Identity | undefined): Endpoint {
  if (!endpoint.own || !dialects[endpoint.dialect].requests.signsForRegion) return endpoint;
  const region = identity && 'region' in identity ? identity.region : undefined;
  return region !== undefined && isRegion(region) ? { ...endpoint, region } : endpoint;
}
