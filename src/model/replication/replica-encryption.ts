import { writeGiven } from '../../text/values';
import { encryptionRule } from '../configurations/encryption';
import { findKmsKeyArn, managedKey } from '../kms-keys';
import { etagOf, hidesDigest } from '../versions/content';
import { blocksCustomerKeys, isKms, ownKey, withKmsKey } from '../versions/encryption';
import type { Encryption, ObjectContent } from '../versions/version';
import type { CopyPlace } from './copy-place';
import type { ReplicationFailure } from './replication-reasons';
import { schemaOf } from './replication-rules';

/** The encryption of the replica of an object: of the kind that its source has, if its source has one (F880). Or why S3 cannot write it. */
export function encryptionOfReplica(own: Encryption, place: CopyPlace): Encryption | ReplicationFailure {
  const { destination, rule, store } = place;
  // IBM COS says nothing of its own keys, and does not copy objects with a customer's key.
  if (!schemaOf(rule).copiesCustomerKeys) return own;
  if (own.SSECustomerAlgorithm !== undefined) {
    const why = `bucket '${destination.name}' refuses writes with a customer's key`;
    return blocksCustomerKeys(destination, store) ? { reason: 'DstPutObjectNotPermitted', why } : own;
  }
  const { ServerSideEncryption } = own;
  if (ServerSideEncryption === undefined) return encryptionByDefault(place);
  if (ServerSideEncryption === 'AES256') return own;
  const key = rule.Destination.EncryptionConfiguration?.ReplicaKmsKeyID;
  // The rule was put anew since the version was made.
  if (key === undefined) return { reason: 'SrcObjectNotEligible', why: `rule '${rule.ID}' names no key for replicas` };
  return withKey(ServerSideEncryption, { key, hasBucketKey: own.BucketKeyEnabled === true }, place);
}

/** The encryption of a replica whose source has none, as an object has that was written at a host of IBM COS. */
function encryptionByDefault(place: CopyPlace): Encryption | ReplicationFailure {
  const { ApplyServerSideEncryptionByDefault, BucketKeyEnabled } = encryptionRule(place.destination, place.store);
  const { SSEAlgorithm, KMSMasterKeyID: key = managedKey } = ApplyServerSideEncryptionByDefault;
  return isKms(SSEAlgorithm) ? withKey(SSEAlgorithm, { key, hasBucketKey: BucketKeyEnabled === true }, place) : ownKey;
}

interface NamedKey {
  readonly key: string;
  readonly hasBucketKey: boolean;
}

function withKey(
  algorithm: 'aws:kms' | 'aws:kms:dsse',
  { key, hasBucketKey }: NamedKey,
  { source, destination, store }: CopyPlace,
): Encryption | ReplicationFailure {
  // S3 writes as the role of the rule, which is of the account that owns the source.
  const arn = findKmsKeyArn(key, { account: source.owner.id, region: destination.region });
  if (arn === undefined)
    return {
      reason: 'DstKmsKeyNotFound',
      why: `${writeGiven(key)} is not a key in the region of bucket '${destination.name}'`,
    };
  const { name, state } = store.kms.stateOf(arn) ?? {};
  if (state === undefined || state === 'enabled') return withKmsKey(algorithm, arn, hasBucketKey);
  const reason = state === 'missing' ? 'DstKmsKeyNotFound' : 'DstKmsKeyInvalidState';
  return { reason, why: `kmsKeys has '${name}' as '${state}'` };
}

/** The ETag of a replica: its source's, unless the encryption of the replica hides the MD5 of its bytes and that of the source does not (F881). */
export function etagOfReplica(
  { etag, body, encryption: own }: ObjectContent,
  encryption: Encryption,
  { store }: CopyPlace,
): string {
  if (hidesDigest(own) === hidesDigest(encryption)) return etag;
  const [ofParts = ''] = /-\d+$/.exec(etag) ?? [];
  return etagOf(store.ids, body, encryption) + ofParts;
}
