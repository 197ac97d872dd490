import { partitionOf } from '../../formats/regions';
import { writeArn } from '../../model/bucket';
import { writeCallerArn } from '../../model/identity/caller';
import type { DeniedAction } from '../../refusals/denied-actions';
import { S3Error } from '../../refusals/s3-error';
import type { Said } from '../../text/reason';
import type { RequestContext } from '../operation';

/** The action that a refusal of a write names. IAM has none for copies, and S3 names one all the same (F283, F322). */
export type WriteAction = 's3:PutObject' | 's3:CopyObject';

/** Returns undefined for a caller of another account than the bucket's. To such a caller, S3 says only that access is denied (F476). */
export function deniedAction(
  { bucket, caller }: RequestContext,
  action: string,
  key?: string,
): DeniedAction | undefined {
  const { account } = caller;
  if (account !== bucket.owner) return undefined;
  return {
    caller: writeCallerArn(account, caller, partitionOf(bucket.region)),
    action,
    resource: writeArn(bucket, key),
  };
}

export function refusalForAction(
  context: RequestContext,
  name: 'PublicAclBlocked' | 'CustomerKeyBlocked',
  { action, key }: { readonly action: string; readonly key: string | undefined },
  why: Said,
): S3Error {
  const denied = deniedAction(context, action, key);
  return denied ? new S3Error(name, denied, why) : new S3Error('AccessDenied', {}, why);
}
