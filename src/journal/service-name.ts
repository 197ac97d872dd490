import type { RequestEntry } from './entry';

/** The service that a request called, as texts name it. What neither answers is refused in S3's words. */
export function serviceNameOf({ service }: Pick<RequestEntry, 'service'>): 'S3' | 'STS' {
  return service === 'sts' ? 'STS' : 'S3';
}
