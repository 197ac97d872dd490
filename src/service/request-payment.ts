import type { ActionName } from '../model/access/actions';
import type { Bucket } from '../model/bucket';
import { type Header, S3Error } from '../refusals';
import type { Call } from './call';

/**
 * The refusal of a caller who does not agree to pay for a request although the bucket's owner does not, after the caller was found to
 * have access; undefined if nothing is to be agreed to (F450).
 */
export function refusalOfPayment(call: Call, bucket: Bucket | undefined): S3Error | undefined {
  const { caller, request } = call;
  if (bucket === undefined || !isPaidByRequester(bucket, call)) return undefined;
  const paid = 'the requester pays for requests to the bucket';
  if (caller.account === undefined) return new S3Error('AccessDenied', {}, `${paid}, and nobody signed this one`);
  if (request.headers.get('x-amz-request-payer') === 'requester') return undefined;
  return new S3Error('AccessDenied', {}, `${paid}; x-amz-request-payer has to be 'requester'`);
}

/** The header of an answer for which the caller is charged. */
export function chargeOf(call: Call): readonly Header[] {
  if (call.bucket === undefined || !isPaidByRequester(call.bucket, call)) return [];
  return [['x-amz-request-charged', 'requester']];
}

/** Whether a request is for its caller to pay. */
function isPaidByRequester({ settings, owner }: Bucket, call: Call): boolean {
  const { caller, request } = call;
  if (caller.account === owner || !request.dialect.configurations.hasRequestPayment) return false;
  return settings.requestPayment?.Payer === 'Requester' && isCharged(call);
}

/** The actions on a bucket for which S3 charges; those on its configurations are the owner's to pay. */
const listings: readonly unknown[] = [
  's3:ListBucket',
  's3:ListBucketVersions',
  's3:ListBucketMultipartUploads',
] satisfies readonly ActionName[];

function isCharged({ request, found }: Call): boolean {
  const action = found.row?.action;
  // The actions of a batch are on its objects.
  return request.key !== undefined || typeof action === 'object' || listings.includes(action);
}
