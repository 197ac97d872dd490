import type { Bucket } from '../model/bucket';
import { type Header, S3Error } from '../refusals';
import type { Call } from './call';

/**
 * The refusal of a caller who does not agree to pay for a request although the bucket's owner does not, after the caller was found to
 * have access; undefined if nothing is to be agreed to (F450).
 */
export function refusalOfPayment({ caller, request }: Call, bucket: Bucket | undefined): S3Error | undefined {
  if (bucket === undefined || !isPaidByRequester(bucket, caller, request)) return undefined;
  const paid = 'the requester pays for requests to the bucket';
  if (caller.account === undefined) return new S3Error('AccessDenied', {}, `${paid}, and nobody signed this one`);
  if (request.headers.get('x-amz-request-payer') === 'requester') return undefined;
  return new S3Error('AccessDenied', {}, `${paid}; x-amz-request-payer has to be 'requester'`);
}

/** The header of an answer for which the caller is charged. */
export function chargeOf({ caller, request, bucket }: Call): readonly Header[] {
  if (bucket === undefined || !isPaidByRequester(bucket, caller, request)) return [];
  return [['x-amz-request-charged', 'requester']];
}

/** Whether a request is for its caller to pay. */
function isPaidByRequester({ settings, owner }: Bucket, caller: Call['caller'], { dialect }: Call['request']): boolean {
  if (caller.account === owner || !dialect.configurations.hasRequestPayment) return false;
  return settings.requestPayment?.Payer === 'Requester';
}
