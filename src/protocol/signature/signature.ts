import { createHmac } from 'node:crypto';
import { S3Error } from '../../refusals/s3-error';
import type { Identity } from '../request/identity';
import { hmacCheck } from './keys';
import { isCredentialDate } from './scope';
import { checkNoStrayToken, checkTokenOfSession, findSecret, type SignedRequest, type Verifier } from './terms';
import { checkHeaderV2, checkQueryV2 } from './v2';
import { checkV4, readHeaderV4, readQueryV4 } from './v4';

export type { Verifier } from './terms';
export { checkChunkSignatures } from './v4';

type Check = (request: SignedRequest, verifier: Verifier) => void;

const checkHeaderV4: Check = (request, verifier) => checkV4(readHeaderV4(request, verifier), request, verifier);
const checkQueryV4: Check = (request, verifier) => checkV4(readQueryV4(request, verifier), request, verifier);

const checks: { readonly [Scheme in Identity['scheme']]: Check } = {
  sigv4: checkHeaderV4,
  sigv4a: checkHeaderV4,
  'sigv4-presigned': checkQueryV4,
  'sigv4-form': checkForm,
  sigv2: checkHeaderV2,
  'sigv2-presigned': checkQueryV2,
  'sigv2-form': checkForm,
  bearer: checkBearer,
  anonymous: () => {},
};

/** In S3's order (F141): dates before the credential, so that one which cannot be read is refused here. */
export function checkSignature(request: SignedRequest, verifier: Verifier): void {
  const { identity } = request;
  if (!(identity instanceof S3Error)) checks[identity.scheme](request, verifier);
  else if (isUnreadHeader(identity)) checkHeaderV4(request, verifier);
  else if (unreadQueries.has(identity.refusal)) checkQueryV4(request, verifier);
  else throw identity;
}

const unreadHeaders: ReadonlySet<S3Error['refusal']> = new Set([
  'AuthorizationHeaderComponentMalformed',
  'AuthorizationHeaderComponentsMissing',
  'AuthorizationHeaderAccessKeyMissing',
  'AuthorizationHeaderCredentialMalformed',
  'AuthorizationHeaderRegionlessCredentialMalformed',
]);

const unreadQueries: ReadonlySet<S3Error['refusal']> = new Set([
  'AuthorizationQueryCredentialMalformed',
  'AuthorizationQueryAccessKeyMissing',
]);

export function isUnreadHeader({ refusal }: S3Error): boolean {
  return unreadHeaders.has(refusal);
}

/** An expired token is refused even if signatures are not checked. */
function checkBearer({ identity }: SignedRequest, { hasIssued }: Verifier): void {
  if ('token' in identity && !hasIssued(identity.token))
    throw new S3Error('AccessDenied', {}, 'the mock issued no such token');
}

/**
 * The signature of a browser's form, of either version. It signs the policy, as the text that was sent.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html
 * @module
 */

/** In S3's order (F564). */
export function checkForm({ form, identity }: SignedRequest, verifier: Verifier): void {
  if (form === undefined || !('accessKeyId' in identity)) return;
  const { scheme, accessKeyId, sessionToken } = identity;
  const { fields } = form;
  const credential = fields.get('x-amz-credential') ?? '';
  if (scheme === 'sigv4-form') checkScope(credential, verifier.region);
  const secret = findSecret(accessKeyId, verifier);
  if (secret === undefined) return;
  checkTokenOfSession(accessKeyId, sessionToken, verifier);
  const policy = fields.get('policy') ?? '';
  const signature = fields.get(scheme === 'sigv4-form' ? 'x-amz-signature' : 'signature') ?? '';
  const isSigned =
    scheme === 'sigv4-form'
      ? hmacCheck(secret, credential.slice(accessKeyId.length + 1))(policy, signature)
      : createHmac('sha1', secret).update(policy).digest('base64') === signature;
  if (!isSigned) throw refusalForMismatch(accessKeyId, policy, signature);
  checkNoStrayToken(accessKeyId, sessionToken, verifier);
}

function refusalForMismatch(AWSAccessKeyId: string, StringToSign: string, SignatureProvided: string): S3Error {
  const why = `the signature is not that of the policy as it was sent, made with the secret of ${AWSAccessKeyId}`;
  return new S3Error('SignatureDoesNotMatch', { AWSAccessKeyId, StringToSign, SignatureProvided }, why);
}

function checkScope(ArgumentValue: string, expected: string | undefined): void {
  const [, date = '', region = '', service = '', terminal = ''] = ArgumentValue.split('/');
  if (!isCredentialDate(date)) throw new S3Error('FormCredentialDateMalformed', { date, ArgumentValue });
  if (region === '') throw new S3Error('FormCredentialRegionMissing', { ArgumentValue });
  if (expected !== undefined && region !== expected)
    throw new S3Error('FormCredentialRegionWrong', { region, Region: expected, ArgumentValue });
  if (service !== 's3') throw new S3Error('FormCredentialServiceWrong', { service, ArgumentValue });
  if (terminal !== 'aws4_request') throw new S3Error('FormCredentialTerminalWrong', { terminal, ArgumentValue });
}
