import { dialects } from '../../dialects';
import { isRegion } from '../../formats/regions';
import type { Endpoint, WireRequest } from '../../wire';
import type { Identity } from './identity';

/** Where the token service takes requests for tokens; the second is the path of older SDKs (F251). */
export const tokenPaths: readonly string[] = ['/identity/token', '/oidc/token'];

/**
 * The service that a request addresses. A user's own host that speaks as COS also issues tokens: IBM's SDKs may have its address for both
 * services, and no bucket accepts a POST on a key of these names.
 */
export function readService({ endpoint, method }: Pick<WireRequest, 'endpoint' | 'method'>, path: string): Endpoint {
  const asksForToken = method === 'POST' && tokenPaths.includes(path);
  const { hasTokens } = dialects[endpoint.dialect].requests;
  return endpoint.own && hasTokens && asksForToken ? { ...endpoint, service: 'iam' } : endpoint;
}

/**
 * The endpoint that a request addresses. A user's own host serves all regions, and the scope of the signature names one. If that is not a
 * region of AWS, as in requests of clients of other stores, the endpoint is the global one.
 */
export function readRegion(endpoint: Endpoint, identity: Identity | undefined): Endpoint {
  if (!endpoint.own || !dialects[endpoint.dialect].requests.signsForRegion) return endpoint;
  const region = identity && 'region' in identity ? identity.region : undefined;
  return region !== undefined && isRegion(region) ? { ...endpoint, region } : endpoint;
}
