import { partitionOf } from '../../formats/regions';
import { conditionsIn } from '../access/caller-conditions';
import type { ConditionKeyValues } from '../access/condition-key-values';
import type { Decision } from '../access/decision';
import { passRole } from '../access/sts-actions';
import type { Bucket } from '../bucket';
import { findRoleArn } from '../configurations/replication';
import type { Account, Caller } from '../identity/account';
import { describeAccount } from '../identity/account-text';
import { describeCaller } from '../identity/caller';
import { findRoleByArn } from '../sessions/roles';
import { decideOwn } from '../sessions/trust';
import type { Store } from '../store';
import { valueIn } from '../tagging';

interface Pass {
  readonly caller: Caller;
  readonly bucket: Bucket;
  readonly role: string;
  readonly conditions: ConditionKeyValues;
}

/** Why nobody of the caller's account may pass the role, whatever its policies say; undefined if they decide (F960). */
export function whyNotPassable(
  { accounts }: Pick<Store, 'accounts'>,
  { caller, bucket, role }: Pass,
): string | undefined {
  if (caller.account !== bucket.owner)
    return `${describeCaller(caller)} passes a role, and does not own the bucket; ${describeAccount(bucket.owner)} does`;
  const owner = ownerOf(role, accounts);
  if (owner === undefined || owner === bucket.owner) return undefined;
  return `role ${role} is of ${describeAccount(owner)}, and the bucket is of ${describeAccount(bucket.owner)}`;
}

/** The account of a role; undefined if the mock lacks it, so that it stands for that of the source (F855). */
function ownerOf(role: string, accounts: readonly Account[]): Account | undefined {
  const { id } = findRoleArn(role) ?? {};
  return accounts.find((account) => account.id === id);
}

/** Decides whether the policies of a caller let it pass a role to S3 (F960). */
export function decidePass({ accounts, clock }: Pick<Store, 'accounts' | 'clock'>, pass: Pass): Decision {
  const { caller, bucket, role, conditions } = pass;
  const partition = partitionOf(bucket.region);
  const owner = bucket.owner;
  const tags = findRoleByArn({ accounts }, role, partition)?.role.tags ?? [];
  const ofPass: ConditionKeyValues = (key) => {
    if (key === 'iam:passedtoservice') return ['s3.amazonaws.com'];
    if (key === 'iam:associatedresourcearn') return [`arn:${partition}:s3:::${bucket.name}`];
    if (key.startsWith('s3:')) return undefined;
    const [, name] = /^(?:aws|iam):resourcetag\/(.*)$/s.exec(key) ?? [];
    if (name === undefined) return conditions(key);
    const value = valueIn(tags, name);
    return value === undefined ? undefined : [value];
  };
  return decideOwn({
    caller,
    action: passRole,
    resource: role,
    partition,
    owner,
    conditions: conditionsIn({ caller, partition, owner, clock }, ofPass),
  });
}
