import { createHmac } from 'node:crypto';
import { S3Error } from '../../refusals/s3-error';
import type { Identity } from '../request/identity';
import { inOrder, once, signatureOrders } from '../request/orders';
import { hmacCheck } from './keys';
import { isCredentialDate } from './scope';
import { checksOfKey, findSecret, type Keyed, type SignedRequest, type Verifier } from './terms';
import { checkExpiryV2, checkHeaderV2, checkQueryV2 } from './v2';
import { checkExpiryV4, checkHeaderV4, checkQueryV4, checkQueryWithoutSecret } from './v4';

export type { Verifier } from './terms';
export { checkChunkSignatures } from './v4';

type Check = (request: SignedRequest, verifier: Verifier) => void;

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

/** Checks in S3's order (F141, `signatureOrders`): dates come before the credential, so a date that cannot be read is refused here. */
export function checkSignature(request: SignedRequest, verifier: Verifier): void {
  const { identity } = request;
  if (!(identity instanceof S3Error)) checks[identity.scheme](request, verifier);
  else if (isUnreadHeader(identity)) checkHeaderV4(request, verifier);
  else if (unreadQueries.has(identity.refusal)) checkQueryV4(request, verifier);
  else throw identity;
}

/** Checks the time of a presigned URL, whoever signed it. The time of a form is in its policy. */
export function checkExpiry(request: SignedRequest, verifier: Verifier): void {
  const { identity } = request;
  if (identity instanceof S3Error) return;
  if (identity.scheme === 'sigv4-presigned') checkExpiryV4(request, verifier);
  if (identity.scheme === 'sigv2-presigned') checkExpiryV2(request, verifier);
}

/** Checks what a presigned URL says without its secret; a URL of version 2 names no headers. */
export function checkWithoutSecret(request: SignedRequest, verifier: Verifier): void {
  const { identity } = request;
  if (!(identity instanceof S3Error) && identity.scheme === 'sigv4-presigned')
    checkQueryWithoutSecret(request, verifier);
  else checkExpiry(request, verifier);
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

interface SignedForm extends Keyed {
  readonly credential: string;
  readonly scope: readonly string[];
}

const checkOrderOfV4 = inOrder<typeof signatureOrders.formV4, SignedForm>(signatureOrders.formV4, {
  'the form of its date': ({ credential: ArgumentValue, scope: [date = ''] }) => {
    if (!isCredentialDate(date)) throw new S3Error('FormCredentialDateMalformed', { date, ArgumentValue });
  },
  'its region': ({ credential: ArgumentValue, scope: [, region = ''], verifier: { region: Region } }) => {
    if (region === '') throw new S3Error('FormCredentialRegionMissing', { ArgumentValue });
    if (Region !== undefined && region !== Region)
      throw new S3Error('FormCredentialRegionWrong', { region, Region, ArgumentValue });
  },
  'its service': ({ credential: ArgumentValue, scope: [, , service = ''] }) => {
    if (service !== 's3') throw new S3Error('FormCredentialServiceWrong', { service, ArgumentValue });
  },
  'its terminal': ({ credential: ArgumentValue, scope: [, , , terminal = ''] }) => {
    if (terminal !== 'aws4_request') throw new S3Error('FormCredentialTerminalWrong', { terminal, ArgumentValue });
  },
  ...checksOfKey,
});

const checkOrderOfV2 = inOrder<typeof signatureOrders.formV2, SignedForm>(signatureOrders.formV2, checksOfKey);

export function checkForm({ form, identity }: SignedRequest, verifier: Verifier): void {
  if (form === undefined || !('accessKeyId' in identity)) return;
  const { scheme, accessKeyId, sessionToken } = identity;
  const { fields } = form;
  const credential = fields.get('x-amz-credential') ?? '';
  const policy = fields.get('policy') ?? '';
  const isV4 = scheme === 'sigv4-form';
  const sign = (secret: string) => createHmac('sha1', secret).update(policy).digest('base64');
  const signature = fields.get(isV4 ? 'x-amz-signature' : 'signature') ?? '';
  const checkOrder = isV4 ? checkOrderOfV4 : checkOrderOfV2;
  checkOrder({
    credential,
    scope: credential.split('/').slice(1),
    accessKeyId: () => accessKeyId,
    secret: once(() => findSecret(accessKeyId, verifier)),
    sessionToken,
    verifier,
    checkMatch(secret) {
      const isSigned = isV4
        ? hmacCheck(secret, credential.slice(accessKeyId.length + 1))(policy, signature)
        : sign(secret) === signature;
      if (!isSigned) throw refusalForMismatch(accessKeyId, policy, signature);
    },
  });
}

function refusalForMismatch(AWSAccessKeyId: string, StringToSign: string, SignatureProvided: string): S3Error {
  const why = `the signature does not match the policy as it was sent, signed with the secret of ${AWSAccessKeyId}`;
  return new S3Error('SignatureDoesNotMatch', { AWSAccessKeyId, StringToSign, SignatureProvided }, why);
}
