import { sentDocument } from '../../protocol/document/binding';
import { element, list, unlessNone } from '../../protocol/document/elements';
import { long, text, word } from '../../protocol/document/values';
import type { StorageClass } from '../members/words';
import { tag } from './reports';

/**
 * The documents of events and replicas, which the mock lacks (F231).
 * @module
 */

const status = word<'Enabled' | 'Disabled'>();

/** The events that S3 reports. */
type Event =
  | 's3:IntelligentTiering'
  | 's3:LifecycleExpiration:*'
  | 's3:LifecycleExpiration:Delete'
  | 's3:LifecycleExpiration:DeleteMarkerCreated'
  | 's3:LifecycleTransition'
  | 's3:ObjectAcl:Put'
  | 's3:ObjectAnnotation:*'
  | 's3:ObjectAnnotation:Delete'
  | 's3:ObjectAnnotation:Put'
  | 's3:ObjectCreated:*'
  | 's3:ObjectCreated:CompleteMultipartUpload'
  | 's3:ObjectCreated:Copy'
  | 's3:ObjectCreated:Post'
  | 's3:ObjectCreated:Put'
  | 's3:ObjectRemoved:*'
  | 's3:ObjectRemoved:Delete'
  | 's3:ObjectRemoved:DeleteMarkerCreated'
  | 's3:ObjectRestore:*'
  | 's3:ObjectRestore:Completed'
  | 's3:ObjectRestore:Delete'
  | 's3:ObjectRestore:Post'
  | 's3:ObjectRetention:Put'
  | 's3:ObjectTagging:*'
  | 's3:ObjectTagging:Delete'
  | 's3:ObjectTagging:Put'
  | 's3:ReducedRedundancyLostObject'
  | 's3:Replication:*'
  | 's3:Replication:OperationFailedReplication'
  | 's3:Replication:OperationMissedThreshold'
  | 's3:Replication:OperationNotTracked'
  | 's3:Replication:OperationReplicatedAfterThreshold';

const event = word<Event>();

const filterRule = {
  Name: element(word<'prefix' | 'suffix'>()),
  Value: element(text),
};

const s3KeyFilter = {
  FilterRules: unlessNone(list(filterRule, 'FilterRule')),
};

const notificationConfigurationFilter = {
  Key: element(s3KeyFilter, 'S3Key'),
};

const topicConfiguration = {
  TopicArn: element(text, 'Topic'),
  Events: unlessNone(list(event, 'Event')),
  Id: element(text),
  Filter: element(notificationConfigurationFilter),
};

const queueConfiguration = {
  QueueArn: element(text, 'Queue'),
  Events: unlessNone(list(event, 'Event')),
  Id: element(text),
  Filter: element(notificationConfigurationFilter),
};

const lambdaFunctionConfiguration = {
  LambdaFunctionArn: element(text, 'CloudFunction'),
  Events: unlessNone(list(event, 'Event')),
  Id: element(text),
  Filter: element(notificationConfigurationFilter),
};

/** The document of PutBucketNotificationConfiguration. */
export const notificationConfiguration = {
  NotificationConfiguration: sentDocument({
    TopicConfigurations: unlessNone(list(topicConfiguration, 'TopicConfiguration')),
    QueueConfigurations: unlessNone(list(queueConfiguration, 'QueueConfiguration')),
    LambdaFunctionConfigurations: unlessNone(list(lambdaFunctionConfiguration, 'CloudFunctionConfiguration')),
    EventBridgeConfiguration: element({}),
  }),
};

const accessControlTranslation = {
  Owner: element(word<'Destination'>()),
};

const encryptionConfiguration = {
  ReplicaKmsKeyID: element(text),
};

const replicationTimeValue = {
  Minutes: element(long),
};

const replicationTime = {
  Status: element(status),
  Time: element(replicationTimeValue),
};

const metrics = {
  Status: element(status),
  EventThreshold: element(replicationTimeValue),
};

const destination = {
  Bucket: element(text),
  Account: element(text),
  StorageClass: element(word<StorageClass>()),
  AccessControlTranslation: element(accessControlTranslation),
  EncryptionConfiguration: element(encryptionConfiguration),
  ReplicationTime: element(replicationTime),
  Metrics: element(metrics),
};

const replicationRuleAndOperator = {
  Prefix: element(text),
  Tags: unlessNone(list(tag, 'Tag')),
};

const replicationRuleFilter = {
  Prefix: element(text),
  Tag: element(tag),
  And: element(replicationRuleAndOperator),
};

const sseKmsEncryptedObjects = {
  Status: element(status),
};

const replicaModifications = {
  Status: element(status),
};

const sourceSelectionCriteria = {
  SseKmsEncryptedObjects: element(sseKmsEncryptedObjects),
  ReplicaModifications: element(replicaModifications),
};

const existingObjectReplication = {
  Status: element(status),
};

const deleteMarkerReplication = {
  Status: element(status),
};

const replicationRule = {
  Status: element(status),
  Destination: element(destination),
  ID: element(text),
  Priority: element(long),
  Prefix: element(text),
  Filter: element(replicationRuleFilter),
  SourceSelectionCriteria: element(sourceSelectionCriteria),
  ExistingObjectReplication: element(existingObjectReplication),
  DeleteMarkerReplication: element(deleteMarkerReplication),
};

/** The document of PutBucketReplication. */
export const replicationConfiguration = {
  ReplicationConfiguration: sentDocument({
    Role: element(text),
    Rules: unlessNone(list(replicationRule, 'Rule')),
  }),
};
