import { partitionOf } from '../../formats/regions';
import { makeConditions } from '../access/caller-conditions';
import type { ConditionKeyValues } from '../access/condition-key-values';
import type { Decision } from '../access/decision';
import { passRole } from '../access/sts-actions';
import type { Bucket } from '../bucket';
import { findRoleArn } from '../configurations/replication';
import type { Caller } from '../identity/account';
import { describeAccount } from '../identity/account-text';
import { describeCaller } from '../identity/caller';
import { findRoleByArn } from '../sessions/roles';
import { decideOwn } from '../sessions/trust';
import type { Store } from '../store';
import { findTagValue } from '../tagging';

interface Pass {
  readonly caller: Caller;
  readonly bucket: Bucket;
  readonly role: string;
  readonly conditions: ConditionKeyValues;
}

/** F960 */
export function whyNotPassable(
  { accounts }: Pick<Store, 'accounts'>,
  { caller, bucket, role }: Pass,
): string | undefined {
  if (caller.account !== bucket.owner)
    return `${describeCaller(caller)} passes a role, and does not own the bucket; ${describeAccount(bucket.owner)} does`;
  const { id } = findRoleArn(role) ?? {};
  const owner = accounts.find((account) => account.id === id);
  // An account that the mock lacks stands for that of the source (F855).
  if (owner === undefined || owner === bucket.owner) return undefined;
  return `role ${role} is of ${describeAccount(owner)}, and the bucket is of ${describeAccount(bucket.owner)}`;
}

export function decidePass({ accounts, clock }: Pick<Store, 'accounts' | 'clock'>, pass: Pass): Decision {
  const { caller, bucket, role, conditions } = pass;
  const partition = partitionOf(bucket.region);
  const { owner } = bucket;
  const tags = findRoleByArn({ accounts }, role, partition)?.role.tags ?? [];
  const ofPass: ConditionKeyValues = (key) => {
    if (key === 'iam:passedtoservice') return ['s3.amazonaws.com'];
    if (key === 'iam:associatedresourcearn') return [`arn:${partition}:s3:::${bucket.name}`];
    if (key.startsWith('s3:')) return undefined;
    const [, name] = /^(?:aws|iam):resourcetag\/(.*)$/s.exec(key) ?? [];
    if (name === undefined) return conditions(key);
    const value = findTagValue(tags, name);
    return value === undefined ? undefined : [value];
  };
  return decideOwn({
    caller,
    action: passRole,
    resource: role,
    partition,
    owner,
    conditions: makeConditions({ caller, partition, owner, clock }, ofPass),
  });
}
