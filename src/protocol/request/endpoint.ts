import { isRegion } from '../../formats/regions';
import type { Endpoint, WireRequest } from '../../wire';
import type { Credentials } from './identity';

/**
 * The service that a request asks. A host of the user's own that speaks as COS issues tokens too: IBM's SDKs are told one address
 * of each, and no bucket takes a POST on a key of that name.
 */
export function readService({ endpoint, method }: Pick<WireRequest, 'endpoint' | 'method'>, path: string): Endpoint {
  const asksForToken = method === 'POST' && path === '/identity/token';
  return endpoint.own && endpoint.dialect === 'ibm-cos' && asksForToken ? { ...endpoint, service: 'iam' } : endpoint;
}

/**
 * The endpoint that a request asks. One of the user's own stands for those of all regions: the scope of the signature says for
 * which. Without a region of AWS's in it, as clients of other stores send them, it is the global one.
 */
export function readRegion(endpoint: Endpoint, credentials: Credentials | undefined): Endpoint {
  if (!endpoint.own || endpoint.dialect !== 'aws') return endpoint;
  const region = credentials && 'region' in credentials ? credentials.region : undefined;
  return region !== undefined && isRegion(region) ? { ...endpoint, region } : endpoint;
}
