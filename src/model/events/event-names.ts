import { call } from '../../text/calls';
import { clause, type Said, say } from '../../text/reason';
import { aclOfVersion } from '../access/acl';
import { areSameGrants } from '../access/grants';
import type { Bucket } from '../bucket';
import type { Cause, DeletionOfNothing, ReplicationChange, VersionChange } from '../changes';
import type { ReplicationRule } from '../configurations/replication-rules';
import { findTaskRule } from '../replication/replication-rules';
import type { ObjectEventName } from './event-kinds';
import type { EventVersion } from './report';

export type ObjectChange = VersionChange | DeletionOfNothing | ReplicationChange;

const creations: Readonly<Record<string, ObjectEventName>> = {
  PutObject: 'ObjectCreated:Put',
  PostObject: 'ObjectCreated:Post',
  CopyObject: 'ObjectCreated:Copy',
  CompleteMultipartUpload: 'ObjectCreated:CompleteMultipartUpload',
};

/** A test that changes something past the wire causes none (F761). */
export function findEventName(
  change: ObjectChange,
  bucket: Bucket,
  version: EventVersion,
): ObjectEventName | undefined {
  const { cause } = change;
  if (change.kind === 'replication') return nameByReplication(change, bucket);
  if (isByReplication(cause)) return nameByCopy(change, bucket, version);
  if (cause.by === 'service') return nameByService(change, cause.operation);
  return cause.by === 'request' ? nameByRequest(change, cause.operation, bucket, version) : undefined;
}

export function hasMetrics({ Destination: { Metrics } }: ReplicationRule): boolean {
  return Metrics?.Status === 'Enabled';
}

/** A copy in time is not reported (F862). */
function nameByReplication({ became, task }: ReplicationChange, bucket: Bucket): ObjectEventName | undefined {
  const rule = findTaskRule(bucket, task);
  if (rule === undefined || !hasMetrics(rule)) return undefined;
  if (became === 'FAILED') return 'Replication:OperationFailedReplication';
  if (became === 'late') return 'Replication:OperationMissedThreshold';
  return task.isLate ? 'Replication:OperationReplicatedAfterThreshold' : undefined;
}

/** Whether replication made the change. Always false on IBM COS: its rules have no role, and its buckets report nothing. */
export function isByReplication(cause: Cause): boolean {
  return cause.by === 'service' && cause.role !== undefined;
}

/** The events that S3 sends since 2026 (F762). */
const later = /^Object(?:Retention|Annotation):/;

/** The mock loses no object, and its metrics never lose sight of one (F864). */
const unmade = /^(?:ReducedRedundancyLostObject|Replication:OperationNotTracked)$/;

export function whyNeverSent(names: readonly ObjectEventName[], version: EventVersion): Said | undefined {
  const listed = names.join(', ');
  if (names.every((name) => unmade.test(name))) return `The mock never makes the change that ${listed} reports.`;
  if (version === '2.6' || !names.every((name) => later.test(name))) return undefined;
  const option = call('mockS3(...)', { '...': { events: { version: '2.1' } } });
  return say`S3 reports ${listed} since 2026${clause`; ${option} sends the records of before`}.`;
}

function nameByRequest(
  change: VersionChange | DeletionOfNothing,
  operation: string,
  bucket: Bucket,
  version: EventVersion,
): ObjectEventName | undefined {
  switch (change.kind) {
    case 'version written':
      return creations[operation];
    case 'delete marker made':
      return 'ObjectRemoved:DeleteMarkerCreated';
    case 'version removed':
    case 'nothing removed':
      return 'ObjectRemoved:Delete';
    case 'tags':
      return operation === 'DeleteObjectTagging' ? 'ObjectTagging:Delete' : 'ObjectTagging:Put';
    case 'acl':
      return isAclChanged(change, bucket) ? 'ObjectAcl:Put' : undefined;
    case 'restore':
      return 'ObjectRestore:Post';
    case 'retention':
      return version === '2.6' ? 'ObjectRetention:Put' : undefined;
    case 'annotations':
      if (version !== '2.6') return undefined;
      return operation === 'DeleteObjectAnnotation' ? 'ObjectAnnotation:Delete' : 'ObjectAnnotation:Put';
    default:
      return undefined;
  }
}

function nameByCopy(
  change: VersionChange | DeletionOfNothing,
  bucket: Bucket,
  version: EventVersion,
): ObjectEventName | undefined {
  if (change.kind !== 'version written') return nameByRequest(change, 'PutObjectTagging', bucket, version);
  return change.version.content?.parts === undefined ? 'ObjectCreated:Put' : 'ObjectCreated:CompleteMultipartUpload';
}

const restores: Readonly<Record<string, ObjectEventName>> = {
  'S3.RESTORE.OBJECT': 'ObjectRestore:Completed',
  'S3.EXPIRE.RESTORED_COPY': 'ObjectRestore:Delete',
};

/** The names of the actions are the names of server access logs, or have the same form (F121, F808). */
function nameByService({ kind }: ObjectChange, operation: string): ObjectEventName | undefined {
  if (operation === 'S3.EXPIRE.OBJECT' && kind === 'version removed') return 'LifecycleExpiration:Delete';
  if (operation === 'S3.CREATE.DELETEMARKER' && kind === 'delete marker made')
    return 'LifecycleExpiration:DeleteMarkerCreated';
  if (kind === 'restore') return restores[operation];
  if (operation === 'S3.TRANSITION_ARCHIVE_TIER.OBJECT' && kind === 'access tier') return 'IntelligentTiering';
  return operation.startsWith('S3.TRANSITION') && kind === 'storage class' ? 'LifecycleTransition' : undefined;
}

/** S3 sends no event if an ACL is put that the object has already (F764). */
function isAclChanged({ before, version }: VersionChange, bucket: Bucket): boolean {
  if (before === undefined) return true;
  return !areSameGrants(aclOfVersion(bucket, before).grants, aclOfVersion(bucket, version).grants);
}
