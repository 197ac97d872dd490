import { S3Error } from '../../refusals/s3-error';
import { checkForm } from './form';
import type { SignedRequest, Verifier } from './terms';
import { checkHeaderV2, checkQueryV2 } from './v2';
import { checkV4, readHeaderV4, readQueryV4 } from './v4';

export { checkChunkSignatures } from './chunks';
export type { Verifier } from './terms';

/**
 * Checks the identity that a request claims, for mocks that verify signatures: its date, its scope, the signed parts, its key and its
 * signature, in S3's order (F141).
 */
export function checkSignature(request: SignedRequest, verifier: Verifier): void {
  const { identity } = request;
  switch (formOf(identity)) {
    case 'header':
      checkV4(readHeaderV4(request, verifier), request, verifier);
      break;
    case 'query':
      checkV4(readQueryV4(request, verifier), request, verifier);
      break;
    case 'sigv2':
      checkHeaderV2(request, verifier);
      break;
    case 'sigv2-presigned':
      checkQueryV2(request, verifier);
      break;
    case 'form':
      checkForm(request, verifier);
      break;
    case 'bearer':
      checkBearer(request, verifier);
      break;
    case 'anonymous':
      break;
    case 'unreadable':
      throw identity as S3Error; // as the form says
  }
}

type Form = 'header' | 'query' | 'form' | 'sigv2' | 'sigv2-presigned' | 'bearer' | 'anonymous' | 'unreadable';

const unreadHeaders: ReadonlySet<S3Error['refusal']> = new Set([
  'AuthorizationHeaderComponentsMissing',
  'AuthorizationHeaderCredentialMalformed',
  'AuthorizationHeaderRegionlessCredentialMalformed',
]);

/** Whether S3 cannot read the credential in an Authorization header of SigV4. */
export function isUnreadHeader({ refusal }: S3Error): boolean {
  return unreadHeaders.has(refusal);
}

/** S3 checks dates before it reads a credential, so a credential that cannot be read is refused later. */
function formOf(identity: SignedRequest['identity']): Form {
  if (identity instanceof S3Error) {
    if (isUnreadHeader(identity)) return 'header';
    return identity.refusal === 'AuthorizationQueryCredentialMalformed' ? 'query' : 'unreadable';
  }
  const { scheme } = identity;
  if (scheme === 'sigv4' || scheme === 'sigv4a') return 'header';
  if (scheme === 'sigv4-form' || scheme === 'sigv2-form') return 'form';
  return scheme === 'sigv4-presigned' ? 'query' : scheme;
}

/** Throws unless the mock issued an IBM Cloud token. An expired token is refused even if signatures are not checked. */
function checkBearer({ identity }: SignedRequest, { hasIssued }: Verifier): void {
  if ('token' in identity && !hasIssued(identity.token))
    throw new S3Error('AccessDenied', {}, 'the mock issued no such token');
}
