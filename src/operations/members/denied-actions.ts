import { partitionOf } from '../../formats/regions';
import { arnOfCaller, rootOf } from '../../model/identity/caller';
import type { DeniedAction } from '../../refusals/denied-actions';
import type { Context } from '../operation';

/** The details of the refusal of an action: its caller, and its object or, without a key, its bucket. */
export function deniedAction({ bucket, caller }: Context, action: string, key?: string): DeniedAction {
  const partition = partitionOf(bucket.region);
  return {
    caller: arnOfCaller(caller.account ?? bucket.owner, caller.account ? caller : rootOf(bucket.owner), partition),
    action,
    resource: `arn:${partition}:s3:::${bucket.name}${key === undefined ? '' : `/${key}`}`,
  };
}
