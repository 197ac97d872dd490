import { ownerOfObject } from '../access/acl';
import { isSameAccount } from '../access/grants';
import type { Bucket } from '../bucket';
import {
  awsReplication,
  cosReplication,
  type ReplicationRule,
  type ReplicationSchema,
} from '../configurations/replication-schema';
import { serviceOf } from '../configurations/services';
import type { Tag } from '../tagging';
import { archives } from '../versions/content';
import { isObject, type ObjectVersion, type Version } from '../versions/version';
import { isReplica } from './replication-state';

/** The name of the bucket that a rule copies to. */
export function destinationOf({ Destination: { Bucket } }: ReplicationRule): string {
  return Bucket.slice(Bucket.lastIndexOf(':') + 1);
}

/** The form of a rule, by the address of its destination: a bucket may be of both services. */
export function schemaOf({ Destination: { Bucket } }: ReplicationRule): ReplicationSchema {
  return cosReplication.destination.test(Bucket) ? cosReplication : awsReplication;
}

/** The rule of a bucket with an id, if it is in force. */
export function enabledRule({ settings }: Bucket, id: string): ReplicationRule | undefined {
  return settings.replication?.Rules.find(({ ID, Status }) => ID === id && Status === 'Enabled');
}

/**
 * The rules that copy a version which was just made, in the order of the configuration: one for each destination, the one with the highest
 * priority (F851). A version is matched once: what was made before a rule is not copied, and a replica is not copied on.
 */
export function rulesFor(
  version: Version,
  bucket: Bucket,
  buckets: ReadonlyMap<string, Bucket>,
): readonly ReplicationRule[] {
  const rules = bucket.settings.replication?.Rules ?? [];
  if (isReplica(version)) return [];
  const matching = rules.filter((rule) => selects(rule, version, bucket, buckets));
  return matching.filter((rule) => !matching.some((other) => other !== rule && wins(other, rule)));
}

/** Whether a rule takes the place of another one. Rules of the first version have no priority, and no two of them match. */
function wins(rule: ReplicationRule, other: ReplicationRule): boolean {
  const areRivals = schemaOf(rule).appliesOneRule || destinationOf(rule) === destinationOf(other);
  return areRivals && (rule.Priority ?? 0) > (other.Priority ?? 0);
}

function selects(
  rule: ReplicationRule,
  version: Version,
  bucket: Bucket,
  buckets: ReadonlyMap<string, Bucket>,
): boolean {
  if (rule.Status !== 'Enabled' || !isInFilter(rule, version)) return false;
  return isObject(version) ? isEligible(rule, version, bucket) : copiesMarkers(rule, bucket, buckets);
}

/** Whether a rule is about a version by its key and its tags. */
export function isInFilter({ Prefix, Filter = {} }: ReplicationRule, { key, tags }: Version): boolean {
  const { And, Tag: single } = Filter;
  const wanted = [...(single ? [single] : []), ...(And?.Tags ?? [])];
  return key.startsWith(Prefix ?? Filter.Prefix ?? And?.Prefix ?? '') && wanted.every((tag) => hasTag(tags, tag));
}

function hasTag(tags: readonly Tag[], { Key, Value }: Tag): boolean {
  return tags.some((tag) => tag.Key === Key && tag.Value === Value);
}

/** A rule of the first version copies the markers of requests, but not to another account; any other one says whether it does (F852). */
function copiesMarkers(rule: ReplicationRule, { owner }: Bucket, buckets: ReadonlyMap<string, Bucket>): boolean {
  if (rule.Filter !== undefined) return rule.DeleteMarkerReplication?.Status === 'Enabled';
  const destination = buckets.get(destinationOf(rule));
  return destination === undefined || isSameAccount(destination.owner, owner);
}

/** Whether S3 copies such objects: none in an archive, none that a key of KMS encrypts unless the rule says so, none of others (F850). */
function isEligible(rule: ReplicationRule, version: ObjectVersion, bucket: Bucket): boolean {
  const { storageClass, encryption } = version.content;
  const schema = schemaOf(rule);
  if (archives.has(storageClass)) return false;
  if (encryption.SSECustomerAlgorithm !== undefined && !schema.copiesCustomerKeys) return false;
  if (
    encryption.SSEKMSKeyId !== undefined &&
    rule.SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status !== 'Enabled'
  )
    return false;
  return isSameAccount(ownerOfObject(bucket, version, serviceOf(bucket)), bucket.owner);
}
