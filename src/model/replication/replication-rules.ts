import { aclOfBucket, effectiveAcl, makeAclRules, ownershipOf } from '../access/acl';
import { findAccessGrant } from '../access/acl-access';
import type { ActionName } from '../access/actions';
import { isSameAccount } from '../access/grants';
import type { Bucket } from '../bucket';
import { readSelection } from '../configurations/filters';
import {
  areOfFirstVersion,
  awsReplication,
  cosReplication,
  type ReplicationRule,
  type ReplicationSchema,
} from '../configurations/replication-rules';
import { serviceOf } from '../configurations/services';
import { makeRootCaller } from '../identity/caller';
import { findRelatedKey } from '../kms';
import { archiveStorageClasses } from '../versions/content';
import { type Encryption, isObject, type ObjectVersion, type Version } from '../versions/version';
import { isReplica } from './replication-state';
import type { CopyTerms, ReplicationTask } from './replication-task';

export function destinationOf({ Destination: { Bucket } }: ReplicationRule): string {
  return Bucket.slice(Bucket.lastIndexOf(':') + 1);
}

/** The address of the destination decides: a bucket can belong to both services. */
export function chooseSchema({ Destination: { Bucket } }: ReplicationRule): ReplicationSchema {
  return Bucket.startsWith('crn:') ? cosReplication : awsReplication;
}

function findRule({ settings }: Pick<Bucket, 'settings'>, id: string): ReplicationRule | undefined {
  return settings.replication?.Rules.find(({ ID }) => ID === id);
}

export function findEnabledRule(bucket: Bucket, id: string): ReplicationRule | undefined {
  const rule = findRule(bucket, id);
  return rule && isInForce(rule) ? rule : undefined;
}

/** The rule with the highest priority for each destination (F851). What was made before a rule is not copied, and a replica is not copied on. */
export function chooseRules(
  version: Version,
  bucket: Bucket,
  buckets: ReadonlyMap<string, Bucket>,
): readonly ReplicationRule[] {
  const rules = bucket.settings.replication?.Rules ?? [];
  if (rules.length === 0 || isReplica(version) || version.explicitId === 'null') return [];
  if (!isObject(version)) {
    const subjectFor = makeMarkerSubjects(version, bucket);
    const chosen = winners(rules.filter((rule) => isInForce(rule) && isInFilter(rule, subjectFor(rule))));
    return chosen.filter((rule) => copiesMarkers(rule, bucket, buckets));
  }
  if (!mayOwnerRead(bucket, version)) return [];
  return winners(
    rules.filter((rule) => isInForce(rule) && isInFilter(rule, version) && whyNotEligible(rule, version) === undefined),
  );
}

export function chooseRulesForReplicas(version: Version, bucket: Bucket): readonly ReplicationRule[] {
  const rules = bucket.settings.replication?.Rules ?? [];
  if (areOfFirstVersion(rules)) return [];
  return winners(rules.filter((rule) => isInForce(rule) && selectsReplicas(rule) && isInFilter(rule, version)));
}

/** Whether a rule copies ACLs with new versions, whoever owns the source (F857, F882). */
export function copiesAcls(rule: ReplicationRule, destination: Bucket | undefined): boolean {
  return rule.Destination.AccessControlTranslation === undefined && mayCopyAcls(rule, destination);
}

/** Whether a later ACL is put on a replica: that depends on the override that the replica was made with, not on that of today (F882). */
export function followsAcls(
  { replication }: Pick<Version, 'replication'>,
  rule: ReplicationRule,
  destination: Bucket,
): boolean {
  // The source of a replica that a fixture made is not known, and neither is its rule.
  if (replication?.source === undefined) return copiesAcls(rule, destination);
  return !replication.isOverridden && mayCopyAcls(rule, destination);
}

function mayCopyAcls(rule: ReplicationRule, destination: Bucket | undefined): boolean {
  if (!chooseSchema(rule).copiesAcls) return false;
  return destination === undefined || ownershipOf(destination, serviceOf(destination)) !== 'BucketOwnerEnforced';
}

function isInForce({ Status }: ReplicationRule): boolean {
  return Status === 'Enabled';
}

/** Returns one rule for each destination, or on IBM COS one for all. Rules of the first version do not overlap. */
function winners(rules: readonly ReplicationRule[]): readonly ReplicationRule[] {
  const best = new Map<string, ReplicationRule>();
  for (const rule of rules) {
    const rivals = chooseSchema(rule).appliesOneRule ? '' : destinationOf(rule);
    const before = best.get(rivals);
    if (before === undefined || (rule.Priority ?? 0) > (before.Priority ?? 0)) best.set(rivals, rule);
  }
  return [...best.values()];
}

/** Returns the key of the rule, or the key of the destination's region that is related to the key of the object (F1622). */
export function nameReplicaKey(
  { Destination: { EncryptionConfiguration: named } }: ReplicationRule,
  { SSEKMSKeyId = '' }: Encryption,
  { region }: Pick<Bucket, 'region'>,
): string | undefined {
  const usesRelated = named?.UseSourceMultiRegionKey?.Status === 'Enabled';
  return (usesRelated ? findRelatedKey(SSEKMSKeyId, region) : undefined) ?? named?.ReplicaKmsKeyID;
}

type KeyAndTags = Pick<Version, 'key' | 'tags'>;

export function isInFilter(rule: ReplicationRule, { key, tags }: KeyAndTags): boolean {
  return readSelection(rule).selects({ key, tags, size: 0 });
}

/** If rules with tags can copy markers, they use the tags of the object that the marker hides (F852). */
function makeMarkerSubjects(
  { key, sortKey, sequence }: Version,
  { versions }: Bucket,
): (rule: ReplicationRule) => KeyAndTags {
  const marker = { key, tags: [] };
  let hidden: KeyAndTags | undefined;
  return (rule) => {
    if (rule.Filter?.Tag === undefined && rule.Filter?.And === undefined) return marker;
    if (!chooseSchema(rule).copiesMarkersByTags) return marker;
    hidden ??= [...versions.below({ sortKey, sequence })].find(isObject) ?? marker;
    return hidden;
  };
}

/** Rules of the first version copy the markers of requests, but not to another account (F852). */
function copiesMarkers(
  rule: ReplicationRule,
  { owner, settings }: Bucket,
  buckets: ReadonlyMap<string, Bucket>,
): boolean {
  if (!areOfFirstVersion(settings.replication?.Rules ?? [])) return rule.DeleteMarkerReplication?.Status === 'Enabled';
  const destination = buckets.get(destinationOf(rule));
  return destination === undefined || isSameAccount(destination.owner, owner);
}

/** Called when the object is made and again when it is copied, since both may have changed (F853). */
export function whyNotEligible(rule: ReplicationRule, version: ObjectVersion): string | undefined {
  const { storageClass, encryption } = version.content;
  if (archiveStorageClasses.has(storageClass)) return `its storage class is ${storageClass}`;
  const { copiesCustomerKeys, selectsKmsObjects } = chooseSchema(rule);
  if (encryption.SSECustomerAlgorithm !== undefined)
    return copiesCustomerKeys ? undefined : "it is encrypted with a customer's key";
  // Objects that are encrypted with KMS keys are copied only if the rule says so (F850).
  const isLeftOut = selectsKmsObjects && rule.SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status !== 'Enabled';
  return encryption.SSEKMSKeyId !== undefined && isLeftOut ? 'it is encrypted with a key of KMS' : undefined;
}

function selectsReplicas({ SourceSelectionCriteria: criteria }: ReplicationRule): boolean {
  return criteria?.ReplicaModifications?.Status === 'Enabled';
}

/** S3 reads an object and its ACL in the name of the bucket's owner. */
const neededRights: readonly ActionName[] = ['s3:GetObjectVersion', 's3:GetObjectVersionAcl'];

function mayOwnerRead(bucket: Bucket, { acl: stored }: Version): boolean {
  // This is a shortcut, since most versions have no ACL of their own.
  if (stored === undefined) return true;
  const { owner } = bucket;
  const acl = effectiveAcl(stored, bucket, makeAclRules(bucket, serviceOf(bucket)));
  if (isSameAccount(acl.owner, owner)) return true;
  const acls = { bucket: aclOfBucket(bucket), object: acl, ownerOfVersion: undefined };
  return neededRights.every((action) => findAccessGrant(makeRootCaller(owner), action, acls) !== undefined);
}

/** Returns undefined if the terms in force at the copy will count (F853). */
export function makeTerms({ settings }: Pick<Bucket, 'settings'>, rule: ReplicationRule): CopyTerms | undefined {
  if (chooseSchema(rule).goesBy === 'configuration of the copy') return undefined;
  return { rule, role: settings.replication?.Role };
}

export function findTerms(bucket: Bucket, { terms, rule: id, destination }: ReplicationTask): CopyTerms | undefined {
  if (terms !== undefined) return terms;
  const rule = findEnabledRule(bucket, id);
  return rule && destinationOf(rule) === destination ? { rule, role: bucket.settings.replication?.Role } : undefined;
}

export function findTaskRule(
  bucket: Pick<Bucket, 'settings'>,
  { terms, rule }: Pick<ReplicationTask, 'terms' | 'rule'>,
): ReplicationRule | undefined {
  return terms?.rule ?? findRule(bucket, rule);
}

export function adoptTerms(bucket: Bucket): void {
  for (const task of bucket.replications.values()) {
    const found = task.terms === undefined ? findTerms(bucket, task) : undefined;
    const terms = found && makeTerms(bucket, found.rule);
    if (terms !== undefined) bucket.replications.set(task.id, { ...task, terms });
  }
}
