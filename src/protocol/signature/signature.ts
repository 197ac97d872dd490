import { S3Error } from '../../refusals/s3-error';
import type { Known, SignedRequest } from './terms';
import { refuseHeaderV2, refuseQueryV2 } from './v2';
import { readHeaderV4, readQueryV4, refuseV4 } from './v4';

export { refuseChunkSignatures } from './chunks';
export type { Known } from './terms';

/**
 * Checks who a request says it is from, for mocks that are told to: its date, its scope, what it signs, its key and its signature, in
 * the order in which S3 does (F141).
 */
export function refuseSignature(request: SignedRequest, known: Known): S3Error | undefined {
  const { credentials } = request;
  switch (formOf(credentials)) {
    case 'header':
      return judge(readHeaderV4(request, known), request, known);
    case 'query':
      return judge(readQueryV4(request, known), request, known);
    case 'sigv2':
      return refuseHeaderV2(request, known);
    case 'sigv2-presigned':
      return refuseQueryV2(request, known);
    case 'bearer':
      return refuseToken(request, known);
    case 'anonymous':
      return undefined;
    case 'unreadable':
      return credentials as S3Error; // as the form says
  }
}

type Form = 'header' | 'query' | 'sigv2' | 'sigv2-presigned' | 'bearer' | 'anonymous' | 'unreadable';

const unreadHeaders: ReadonlySet<S3Error['refusal']> = new Set([
  'AuthorizationHeaderComponentsMissing',
  'AuthorizationHeaderCredentialMalformed',
  'AuthorizationHeaderRegionlessCredentialMalformed',
]);

/** S3 looks at dates before it looks into a credential, so one that cannot be read has its turn later. */
function formOf(credentials: SignedRequest['credentials']): Form {
  if (credentials instanceof S3Error) {
    if (unreadHeaders.has(credentials.refusal)) return 'header';
    return credentials.refusal === 'AuthorizationQueryCredentialMalformed' ? 'query' : 'unreadable';
  }
  const { scheme } = credentials;
  if (scheme === 'sigv4' || scheme === 'sigv4a') return 'header';
  return scheme === 'sigv4-presigned' ? 'query' : scheme;
}

function judge(signed: ReturnType<typeof readHeaderV4>, request: SignedRequest, known: Known): S3Error | undefined {
  return signed instanceof S3Error ? signed : refuseV4(signed, request, known);
}

/** IBM Cloud's tokens: known are those that the mock issued. Whether one is over is asked of all, checked or not. */
function refuseToken({ credentials }: SignedRequest, { issued }: Known): S3Error | undefined {
  return 'token' in credentials && !issued(credentials.token)
    ? new S3Error('AccessDenied', {}, 'the mock issued no such token')
    : undefined;
}
