import type { EventName } from './report';

export type ObjectEventName = Exclude<EventName, 'TestEvent'>;

export type SomeMember = 'size' | 'eTag' | 'sequencer';

interface EventKind {
  /** The version at the time of the recordings (F762). */
  readonly version: '2.1' | '2.2' | '2.3';
  /** The members of the object, in addition to the key and the version id (F764). */
  readonly members: readonly SomeMember[];
  /** The `detail-type`, and the members if they differ; undefined if EventBridge does not get it (F767). */
  readonly bridge?: { readonly type: string; readonly members?: readonly SomeMember[] };
  /** The owner of the bucket is named by the 12 digits of the account, in place of the retail id (F862). */
  readonly namesAccount?: true;
}

const created: EventKind = {
  version: '2.1',
  members: ['size', 'eTag', 'sequencer'],
  bridge: { type: 'Object Created' },
};
const removed: EventKind = { version: '2.1', members: ['sequencer'], bridge: { type: 'Object Deleted' } };
const marked: EventKind = { ...removed, members: ['eTag', 'sequencer'] };
const replicated: EventKind = { version: '2.2', members: ['size', 'eTag', 'sequencer'], namesAccount: true };

const ofPart = (type: string): EventKind => ({ version: '2.3', members: ['eTag'], bridge: { type } });
const ofClass = (type: string): EventKind => ({ version: '2.3', members: ['size', 'eTag'], bridge: { type } });
const ofRestore = (type: string): EventKind => ({
  version: '2.1',
  members: ['size', 'eTag', 'sequencer'],
  bridge: { type, members: ['size', 'eTag'] },
});

export const eventKinds: Readonly<Record<ObjectEventName, EventKind>> = {
  'ObjectCreated:Put': created,
  'ObjectCreated:Post': created,
  'ObjectCreated:Copy': created,
  'ObjectCreated:CompleteMultipartUpload': created,
  'ObjectRemoved:Delete': removed,
  'ObjectRemoved:DeleteMarkerCreated': marked,
  'LifecycleExpiration:Delete': { ...removed, version: '2.3' },
  'LifecycleExpiration:DeleteMarkerCreated': { ...marked, version: '2.3' },
  LifecycleTransition: ofClass('Object Storage Class Changed'),
  IntelligentTiering: ofClass('Object Access Tier Changed'),
  'ObjectTagging:Put': ofPart('Object Tags Added'),
  'ObjectTagging:Delete': ofPart('Object Tags Deleted'),
  'ObjectAcl:Put': ofPart('Object ACL Updated'),
  'ObjectAnnotation:Put': ofPart('Object Annotation Created'),
  'ObjectAnnotation:Delete': ofPart('Object Annotation Removed'),
  'ObjectRetention:Put': ofClass('Object Retention Updated'),
  'ObjectRestore:Post': ofRestore('Object Restore Initiated'),
  'ObjectRestore:Completed': ofRestore('Object Restore Completed'),
  'ObjectRestore:Delete': {
    version: '2.3',
    members: ['size', 'eTag'],
    bridge: { type: 'Object Restore Expired', members: ['eTag'] },
  },
  ReducedRedundancyLostObject: { version: '2.1', members: [] },
  'Replication:OperationFailedReplication': replicated,
  'Replication:OperationMissedThreshold': replicated,
  'Replication:OperationNotTracked': replicated,
  'Replication:OperationReplicatedAfterThreshold': replicated,
};
