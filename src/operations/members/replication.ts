import { type ReplicationStatus, replicationStatuses } from '../../model/replication/replication-state';
import { header } from '../../shapes/places';
import { wordsOf } from '../../shapes/values';

/** The replication of a version in the answer to a read (F871). IBM COS has no such header. */
export const replicationStatusMember = {
  ReplicationStatus: header('x-amz-replication-status', wordsOf<ReplicationStatus>(replicationStatuses), {
    dialect: 'aws',
  }),
};
