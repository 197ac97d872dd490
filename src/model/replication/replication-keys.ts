import { writeGiven } from '../../text/values';
import type { Bucket } from '../bucket';
import type { ReplicationRule } from '../configurations/replication-rules';
import type { Kms } from '../kms';
import { findKmsKeyArn } from '../kms-keys';
import type { Store } from '../store';
import type { Version } from '../versions/version';
import type { ReplicationFailure } from './replication-reasons';

/** Why S3 cannot decrypt the version; undefined if it can (F889). */
export function failureOfSourceKey(kms: Kms, { content }: Version): ReplicationFailure | undefined {
  const arn = content?.encryption.SSEKMSKeyId;
  return arn === undefined ? undefined : failureOfKey(kms, arn, 'Src');
}

/**
 * The ARN of the key that encrypts a replica, or why S3 cannot encrypt with it (F889). S3 does not look for the key when the rule is put. A name
 * without an account and a region is that of the source's account, in whose name S3 writes, in the region of the destination.
 */
export function keyOfReplica(
  key: string,
  { source, destination: { region }, store }: CopyPlace,
): string | ReplicationFailure {
  const arn = findKmsKeyArn(key, { account: source.owner.id, region });
  if (arn !== undefined) return failureOfKey(store.kms, arn, 'Dst') ?? arn;
  const where = region === undefined ? '' : ` in region ${region}`;
  return { reason: 'DstKmsKeyNotFound', why: `${writeGiven(key)} names no key${where}` };
}

function failureOfKey(kms: Kms, arn: string, side: 'Src' | 'Dst'): ReplicationFailure | undefined {
  const { name, state } = kms.stateOf(arn) ?? {};
  if (state === undefined || state === 'enabled') return undefined;
  const reason = state === 'missing' ? (`${side}KmsKeyNotFound` as const) : (`${side}KmsKeyInvalidState` as const);
  return { reason, why: `kmsKeys has '${name}' as '${state}'` };
}

export interface CopyPlace {
  readonly store: Pick<Store, 'ids' | 'kms' | 'sseC' | 'versionIds'>;
  readonly source: Bucket;
  readonly destination: Bucket;
  readonly rule: ReplicationRule;
}
