import { replication } from '../../model/configurations/replication';
import { header } from '../../protocol/document/binding';
import { replicationOnCos } from '../../shapes/configurations/replication';
import { configurationOperations } from './configuration-operations';

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html
 *
 * The token is one that AWS's support gave for buckets with object lock. Nothing shows that S3 still reads it (F367).
 */
export const replicationOperations = configurationOperations(replication, {
  query: 'replication',
  actions: { read: 's3:GetReplicationConfiguration', write: 's3:PutReplicationConfiguration' },
  root: 'ReplicationConfiguration',
  answer: 'document',
  whenNone: 'ReplicationConfigurationNotFoundError',
  digest: 'required by ibm-cos',
  shapeOnCos: replicationOnCos,
  input: { Token: header('x-amz-bucket-object-lock-token') },
});
