import { encryptionRule } from '../configurations/encryption';
import { managedKey } from '../kms-keys';
import { etagOf, hidesDigest } from '../versions/content';
import { blocksCustomerKeys, isKms, ownKey, withKmsKey } from '../versions/encryption';
import type { Encryption, ObjectContent } from '../versions/version';
import type { CopyPlace } from './copy-place';
import { keyOfReplica } from './replication-keys';
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
  place: CopyPlace,
): Encryption | ReplicationFailure {
  const found = keyOfReplica(key, place);
  return typeof found === 'string' ? withKmsKey(algorithm, found, hasBucketKey) : found;
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
