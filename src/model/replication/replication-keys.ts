import { writeGiven } from '../../text/values';
import type { Bucket } from '../bucket';
import type { ReplicationRule } from '../configurations/replication-schema';
import type { Kms } from '../kms';
import { findKmsKeyArn } from '../kms-keys';
import type { Version } from '../versions/version';
import type { ReplicationFailure } from './replication-reasons';

/** The buckets of a copy, and the rule that names the key of the replica. */
interface KeyPlace {
  readonly source: Bucket;
  readonly destination: Bucket;
  readonly rule: ReplicationRule;
}

/** Why S3 cannot decrypt the version; undefined if it can (F889). */
export function failureOfSourceKey(kms: Kms, { content }: Version): ReplicationFailure | undefined {
  const arn = content?.encryption.SSEKMSKeyId;
  return arn === undefined ? undefined : failureOfKey(kms, arn, 'Src');
}

/** Why S3 cannot encrypt the replica with the key that the rule names for it; undefined if it can (F889). */
export function failureOfReplicaKey(kms: Kms, { content }: Version, place: KeyPlace): ReplicationFailure | undefined {
  const text = place.rule.Destination.EncryptionConfiguration?.ReplicaKmsKeyID;
  if (text === undefined || content?.encryption.SSEKMSKeyId === undefined) return undefined;
  const arn = arnOfReplicaKey(text, place);
  if (arn !== undefined) return failureOfKey(kms, arn, 'Dst');
  const { region } = place.destination;
  const where = region === undefined ? '' : ` in region ${region}`;
  return { reason: 'DstKmsKeyNotFound', why: `ReplicaKmsKeyID is ${writeGiven(text)}, which names no key${where}` };
}

/**
 * The ARN of the key that a rule names for replicas, which S3 does not look for when the rule is put. A name without an account and a
 * region is that of the source's account, in the region of the destination.
 */
export function arnOfReplicaKey(text: string, { source, destination }: Omit<KeyPlace, 'rule'>): string | undefined {
  return findKmsKeyArn(text, { account: source.owner.id, region: destination.region });
}

function failureOfKey(kms: Kms, arn: string, side: 'Src' | 'Dst'): ReplicationFailure | undefined {
  const { name, state } = kms.stateOf(arn) ?? {};
  if (state === undefined || state === 'enabled') return undefined;
  const reason = state === 'missing' ? (`${side}KmsKeyNotFound` as const) : (`${side}KmsKeyInvalidState` as const);
  return { reason, why: `kmsKeys has '${name}' as '${state}'` };
}
