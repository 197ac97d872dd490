import { createHmac } from 'node:crypto';
import { S3Error } from '../../refusals/s3-error';
import { hmacCheck } from './keys';
import { isCredentialDate } from './scope';
import { refusalOfStranger, type SignedRequest, type Verifier } from './terms';

/**
 * The signature of a browser's form, of either version. It signs the policy, as the text that was sent.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html
 * @module
 */

/** Refuses a form that was not signed with the secret of its key, in S3's order (F564). */
export function refusalOfForm({ form, identity }: SignedRequest, verifier: Verifier): S3Error | undefined {
  if (form === undefined || !('accessKeyId' in identity)) return undefined;
  const { scheme, accessKeyId, sessionToken } = identity;
  const { fields } = form;
  const credential = fields.get('x-amz-credential') ?? '';
  const ofScope = scheme === 'sigv4-form' ? refusalOfScope(credential, verifier.region) : undefined;
  if (ofScope) return ofScope;
  const isSession = verifier.tokenCheckOf(accessKeyId) !== undefined;
  const secret = verifier.secretOf(accessKeyId);
  const stranger = refusalOfStranger(accessKeyId, isSession ? sessionToken : undefined, verifier);
  if (stranger || secret === undefined) return stranger;
  const policy = fields.get('policy') ?? '';
  const signature = fields.get(scheme === 'sigv4-form' ? 'x-amz-signature' : 'signature') ?? '';
  const isSigned =
    scheme === 'sigv4-form'
      ? hmacCheck(secret, credential.slice(accessKeyId.length + 1))(policy, signature)
      : createHmac('sha1', secret).update(policy).digest('base64') === signature;
  if (!isSigned) return refusalForMismatch(accessKeyId, policy, signature);
  // Only here does S3 look at a session token beside a key that is not a session's (F565).
  return refusalOfStranger(accessKeyId, sessionToken, verifier);
}

function refusalForMismatch(AWSAccessKeyId: string, StringToSign: string, SignatureProvided: string): S3Error {
  const why = `the signature is not that of the policy as it was sent, made with the secret of ${AWSAccessKeyId}`;
  return new S3Error('SignatureDoesNotMatch', { AWSAccessKeyId, StringToSign, SignatureProvided }, why);
}

function refusalOfScope(ArgumentValue: string, expected: string | undefined): S3Error | undefined {
  const [, date = '', region = '', service = '', terminal = ''] = ArgumentValue.split('/');
  if (!isCredentialDate(date)) return new S3Error('FormCredentialDateMalformed', { date, ArgumentValue });
  if (region === '') return new S3Error('FormCredentialRegionMissing', { ArgumentValue });
  if (expected !== undefined && region !== expected)
    return new S3Error('FormCredentialRegionWrong', { region, Region: expected, ArgumentValue });
  if (service !== 's3') return new S3Error('FormCredentialServiceWrong', { service, ArgumentValue });
  if (terminal !== 'aws4_request') return new S3Error('FormCredentialTerminalWrong', { terminal, ArgumentValue });
  return undefined;
}
