import { replicationStatuses } from '../../model/replication/replication-state';
import { header } from '../../shapes/places';
import { words } from '../../shapes/values';

/** The replication of a version in the answer to a read (F871). IBM COS has no such header. */
export const replicationStatusMember = {
  ReplicationStatus: header('x-amz-replication-status', words(...replicationStatuses), { dialect: 'aws' }),
};
