import { findNamedBucket } from '../model/access-points';
import type { Bucket } from '../model/bucket';
import { findSourceBucketName } from '../protocol/request/copy-source-address';
import { type Header, S3Error } from '../refusals';
import type { Call } from './call';

/** Called after the caller was found to have access. Returns undefined if there is nothing to agree to (F450). */
export function refusalOfPayment(call: Call, bucket: Bucket | undefined): S3Error | undefined {
  const { caller, request } = call;
  if (bucket === undefined || !isPaidByRequester(bucket, call)) return undefined;
  const paid = 'the requester pays for requests to the bucket';
  if (caller.account === undefined) return new S3Error('AccessDenied', {}, `${paid}, and nobody signed this one`);
  if (request.headers.get('x-amz-request-payer') === 'requester') return undefined;
  return new S3Error('AccessDenied', {}, `${paid}; x-amz-request-payer has to be 'requester'`);
}

/** Writes the charge, also for a refusal. The requester also pays for requests to the bucket that is copied from (F450). */
export function writeCharge(call: Call): readonly Header[] {
  const { caller, request } = call;
  if (caller.account === undefined || request.headers.get('x-amz-request-payer') !== 'requester') return [];
  const isPaid = [call.bucket, findSourceBucket(call)].some((bucket) => bucket && isPaidByRequester(bucket, call));
  return isPaid ? [['x-amz-request-charged', 'requester']] : [];
}

function findSourceBucket({ input, store }: Call): Bucket | undefined {
  if (!('CopySource' in input) || typeof input.CopySource !== 'string') return undefined;
  const name = findSourceBucketName(input.CopySource);
  return name === undefined ? undefined : findNamedBucket(store.buckets, name)?.bucket;
}

function isPaidByRequester({ settings, owner }: Bucket, { caller, request }: Call): boolean {
  if (caller.account === owner || !request.dialect.configurations.hasRequestPayment) return false;
  return settings.requestPayment?.Payer === 'Requester';
}
