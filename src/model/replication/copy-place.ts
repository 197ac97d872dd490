import type { Bucket } from '../bucket';
import type { ReplicationRule } from '../configurations/replication-rules';
import type { Store } from '../store';

/** The two buckets of a copy, and the rule that asks for it. */
export interface CopyPlace {
  readonly store: Pick<Store, 'ids' | 'kms' | 'sseC' | 'versionIds'>;
  readonly source: Bucket;
  readonly destination: Bucket;
  readonly rule: ReplicationRule;
}
