import { element, list, required, structure } from '../elements';
import { text, word } from '../values';

/** The events that S3 reports. */
export const notificationEvents = [
  's3:IntelligentTiering',
  's3:LifecycleExpiration:*',
  's3:LifecycleExpiration:Delete',
  's3:LifecycleExpiration:DeleteMarkerCreated',
  's3:LifecycleTransition',
  's3:ObjectAcl:Put',
  's3:ObjectAnnotation:*',
  's3:ObjectAnnotation:Delete',
  's3:ObjectAnnotation:Put',
  's3:ObjectCreated:*',
  's3:ObjectCreated:CompleteMultipartUpload',
  's3:ObjectCreated:Copy',
  's3:ObjectCreated:Post',
  's3:ObjectCreated:Put',
  's3:ObjectRemoved:*',
  's3:ObjectRemoved:Delete',
  's3:ObjectRemoved:DeleteMarkerCreated',
  's3:ObjectRestore:*',
  's3:ObjectRestore:Completed',
  's3:ObjectRestore:Delete',
  's3:ObjectRestore:Post',
  's3:ObjectRetention:Put',
  's3:ObjectTagging:*',
  's3:ObjectTagging:Delete',
  's3:ObjectTagging:Put',
  's3:ReducedRedundancyLostObject',
  's3:Replication:*',
  's3:Replication:OperationFailedReplication',
  's3:Replication:OperationMissedThreshold',
  's3:Replication:OperationNotTracked',
  's3:Replication:OperationReplicatedAfterThreshold',
] as const;

const filterRule = structure({
  // S3 takes the name in any case, and answers it with a capital.
  Name: required(word<'prefix' | 'suffix' | 'Prefix' | 'Suffix'>()),
  Value: required(text),
});

const filter = structure({ Key: element(structure({ FilterRules: list(filterRule, 'FilterRule') }), 'S3Key') });

const events = required(list(word<(typeof notificationEvents)[number]>(), 'Event'));

const topic = structure({
  Id: text,
  TopicArn: required(element(text, 'Topic')),
  Events: events,
  Filter: filter,
});

const queue = structure({
  Id: text,
  QueueArn: required(element(text, 'Queue')),
  Events: events,
  Filter: filter,
});

const lambdaFunction = structure({
  Id: text,
  LambdaFunctionArn: required(element(text, 'CloudFunction')),
  Events: events,
  Filter: filter,
});

/** The destinations of events. */
export const notification = structure({
  TopicConfigurations: list(topic, 'TopicConfiguration'),
  QueueConfigurations: list(queue, 'QueueConfiguration'),
  LambdaFunctionConfigurations: list(lambdaFunction, 'CloudFunctionConfiguration'),
  EventBridgeConfiguration: structure({}),
});
