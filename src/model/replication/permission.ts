import type { Bucket } from '../bucket';
import type { Store } from '../store';
import type { ReplicationFailure } from './replication-reasons';
import type { ReplicationTask } from './replication-task';

/** The buckets of a task, and the role that the configuration names. */
export interface RolePlace {
  readonly store: Pick<Store, 'accounts'>;
  readonly source: Bucket;
  readonly destination: Bucket;
  /** The ARN of the role; undefined on IBM COS, whose rules name none. */
  readonly role: string | undefined;
}

/** Why the role may not copy; undefined if it may. A role that the mock lacks may do all (F855). */
export function failureOfRole(_task: ReplicationTask, _place: RolePlace): ReplicationFailure | undefined {
  return undefined;
}
