import { S3Error } from '../../refusals/s3-error';
import { refusalOfForm } from './form';
import type { SignedRequest, Verifier } from './terms';
import { refusalOfHeaderV2, refusalOfQueryV2 } from './v2';
import { readHeaderV4, readQueryV4, refusalOfV4 } from './v4';

export { refusalOfChunkSignatures } from './chunks';
export type { Verifier } from './terms';

/**
 * Checks the identity that a request claims, for mocks that verify signatures: its date, its scope, the signed parts, its key and its
 * signature, in S3's order (F141).
 */
export function refusalOfSignature(request: SignedRequest, verifier: Verifier): S3Error | undefined {
  const { identity } = request;
  switch (formOf(identity)) {
    case 'header':
      return refusalOfSigned(readHeaderV4(request, verifier), request, verifier);
    case 'query':
      return refusalOfSigned(readQueryV4(request, verifier), request, verifier);
    case 'sigv2':
      return refusalOfHeaderV2(request, verifier);
    case 'sigv2-presigned':
      return refusalOfQueryV2(request, verifier);
    case 'form':
      return refusalOfForm(request, verifier);
    case 'bearer':
      return refusalOfToken(request, verifier);
    case 'anonymous':
      return undefined;
    case 'unreadable':
      return identity as S3Error; // as the form says
  }
}

type Form = 'header' | 'query' | 'form' | 'sigv2' | 'sigv2-presigned' | 'bearer' | 'anonymous' | 'unreadable';

const unreadHeaders: ReadonlySet<S3Error['refusal']> = new Set([
  'AuthorizationHeaderComponentsMissing',
  'AuthorizationHeaderCredentialMalformed',
  'AuthorizationHeaderRegionlessCredentialMalformed',
]);

/** S3 checks dates before it reads a credential, so a credential that cannot be read is refused later. */
function formOf(identity: SignedRequest['identity']): Form {
  if (identity instanceof S3Error) {
    if (unreadHeaders.has(identity.refusal)) return 'header';
    return identity.refusal === 'AuthorizationQueryCredentialMalformed' ? 'query' : 'unreadable';
  }
  const { scheme } = identity;
  if (scheme === 'sigv4' || scheme === 'sigv4a') return 'header';
  if (scheme === 'sigv4-form' || scheme === 'sigv2-form') return 'form';
  return scheme === 'sigv4-presigned' ? 'query' : scheme;
}

function refusalOfSigned(
  signed: ReturnType<typeof readHeaderV4>,
  request: SignedRequest,
  verifier: Verifier,
): S3Error | undefined {
  return signed instanceof S3Error ? signed : refusalOfV4(signed, request, verifier);
}

/** The refusal of an IBM Cloud token that the mock did not issue. An expired token is refused even if signatures are not checked. */
function refusalOfToken({ identity }: SignedRequest, { hasIssued }: Verifier): S3Error | undefined {
  return 'token' in identity && !hasIssued(identity.token)
    ? new S3Error('AccessDenied', {}, 'the mock issued no such token')
    : undefined;
}
