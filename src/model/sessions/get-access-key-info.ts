import { partitionOf } from '../../formats/regions';
import type { AccessKeyInfoInput, AccessKeyInfoOutput } from '../../shapes/sts';
import type { Store } from '../store';
import type { StsCaller } from './caller';
import { refusalForCaller, whyDenied } from './not-authorized';
import type { RequestFacts } from './request-facts';
import { decideOwn } from './trust';
import { stsConditions } from './trust-conditions';

/** Says which account an access key is of. A key that nobody has is of the caller's account (F717). */
export function getAccessKeyInfo(
  store: Store,
  caller: StsCaller,
  input: AccessKeyInfoInput,
  facts: RequestFacts,
): AccessKeyInfoOutput {
  const { account: owner } = caller;
  const partition = partitionOf(facts.region);
  const action = 'sts:GetAccessKeyInfo';
  const resource = '*';
  const conditions = stsConditions({ caller, facts, partition, owner }, store);
  const decision = decideOwn({ caller, action, resource, partition, owner, conditions });
  if (!decision.allowed)
    throw refusalForCaller(caller, { action, resource, partition }, whyDenied(decision, caller, store));
  const { AccessKeyId } = input;
  return { Account: store.accounts.find((account) => account.findCaller(AccessKeyId))?.id ?? owner.id };
}
