import { partitionOf } from '../../formats/regions';
import type { CallerIdentityOutput } from '../../shapes/sts';
import { userIdOf } from '../access/caller-conditions';
import { arnOfCaller } from '../identity/caller';
import type { Store } from '../store';
import type { StsCaller } from './caller';
import type { RequestFacts } from './request-facts';

/** Says who signed a request. It takes no rights, and no policy can deny it. */
export function getCallerIdentity(
  _store: Store,
  caller: StsCaller,
  _input: object,
  { region }: RequestFacts,
): CallerIdentityOutput {
  const { account } = caller;
  return { Arn: arnOfCaller(account, caller, partitionOf(region)), UserId: userIdOf(caller), Account: account.id };
}
