import {
  type Argument,
  byCode,
  type FailsByCode,
  invalidArgument,
  invalidRequest,
  ofBucket,
  quotingArgument,
  type Refusal,
  refusal,
  requestInvalid,
  type Texts,
} from './refusal';

/** An InvalidArgument about it. */
function argumentInvalid(message: string): Refusal<Argument> & FailsByCode {
  return invalidArgument<Argument>(message, { ...quotingArgument, ...byCode });
}

/** Refusals of replication (F367 to F370). */
export const replication = {
  /** A GET of the replication configuration of a bucket that has none. */
  ReplicationConfigurationNotFoundError: refusal('ReplicationConfigurationNotFoundError', 404)(
    'The replication configuration was not found',
    ofBucket,
  ),
  /** A list of failures of replication by IBM COS, with a first-sync-attempted-before that is not a time. */
  FirstSyncAttemptedBeforeInvalid: invalidArgument('Invalid Argument'),
  /** A PUT of a replication configuration on a bucket whose versioning is not 'Enabled'. */
  ReplicationSourceUnversioned: invalidRequest(
    "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
  ),
  /** A PUT of a replication configuration to a bucket that does not exist. */
  ReplicationDestinationMissing: requestInvalid('Destination bucket must exist.'),
  /** A PUT of a replication configuration to a bucket with another versioning than 'Enabled'; at IBM COS also to a bucket that does not exist. */
  ReplicationDestinationUnversioned: invalidRequest('Destination bucket must have versioning enabled.'),
  /** A PUT of versioning that suspends it, on a bucket with a replication configuration. */
  VersioningFixedByReplication: refusal('InvalidBucketState', 409)(
    'A replication configuration is present on this bucket, so you cannot change the versioning state. To change the versioning state, first delete the replication configuration.',
    { cos: { message: 'The request is not valid with the current state of the bucket.' } },
  ),
  /** A PUT of a replication configuration with more than 1,000 rules. */
  ReplicationRulesTooMany: requestInvalid('Number of defined replication rules cannot exceed 1000'),
  /** A PUT of a replication rule whose ID has more than 255 characters. */
  ReplicationIdTooLong: argumentInvalid('Rule Id cannot be greater than 255'),
  /** A PUT of a replication rule whose ID has a character that S3 does not take. */
  ReplicationIdCharacters: argumentInvalid('Invalid Argument'),
  /** A PUT of a replication configuration with two rules of the same ID. */
  ReplicationIdRepeated: argumentInvalid('Rule Id must be unique'),
  /** A PUT of a replication configuration whose Role is not the ARN of a role. */
  ReplicationRoleInvalid: argumentInvalid('Invalid Role ARN'),
  /** A PUT of a replication rule with a Filter, and without a Priority or DeleteMarkerReplication. */
  ReplicationMemberMissing: requestInvalid<Texts<'member'>>(
    ({ member }) =>
      `${member} must be specified for this version of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.`,
  ),
  /** A PUT of a replication rule without a Filter, and with a Priority or DeleteMarkerReplication. */
  ReplicationMemberInV1: requestInvalid<Texts<'member'>>(
    ({ member }) =>
      `${member} cannot be used for this version of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.`,
  ),
  /** A PUT of a replication rule whose Priority is negative. */
  ReplicationPriorityNegative: requestInvalid('Priority must be between 0 and 2147483647.'),
  /** A PUT of a replication configuration with two rules of the same Priority. */
  ReplicationPriorityRepeated: requestInvalid<{ readonly priority: number }>(
    ({ priority }) => `Found duplicate priority ${priority}.`,
  ),
  /** A PUT of a replication rule whose prefix has more than 1,024 bytes. */
  ReplicationPrefixTooLong: requestInvalid('Rule prefix cannot be longer than maximum allowed key length of 1024'),
  /** A PUT of replication rules without Filters, if the prefix of one rule begins with the prefix of another. */
  ReplicationPrefixesOverlap: requestInvalid<Texts<'shorter' | 'longer'>>(
    ({ shorter, longer }) => `Found overlapping prefixes '${shorter}' and '${longer}'`,
  ),
  /** A PUT of a replication rule that copies delete markers and filters by tags. */
  ReplicationMarkersWithTags: requestInvalid(
    'Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer Guide for more information.',
  ),
  /** A PUT of a replication rule with an empty SourceSelectionCriteria. */
  ReplicationCriteriaEmpty: requestInvalid('SourceSelectionCriteria cannot be empty'),
  /** A PUT of a replication rule with an empty destination. */
  ReplicationDestinationEmpty: requestInvalid('Destination bucket cannot be null or empty'),
  /** A PUT of a replication rule whose destination is not the ARN of a bucket. */
  ReplicationDestinationInvalid: argumentInvalid('Invalid bucket ARN'),
  /** A PUT of a replication rule whose destination is the bucket itself. */
  ReplicationDestinationIsSource: requestInvalid('Destination bucket cannot be the same as the source bucket.'),
  /** A PUT of replication rules without Filters to several buckets. */
  ReplicationDestinationsDiffer: requestInvalid('Number of distinct destination bucket ARNs cannot exceed 1'),
  /** A PUT of a replication rule with an empty Account for its destination. */
  ReplicationAccountEmpty: argumentInvalid('The Account element is empty. It must contain a valid account ID.'),
  /** A PUT of a replication rule that hands its replicas to the destination's owner and names no Account. */
  ReplicationAccountMissing: requestInvalid(
    'Account must be specified if the Owner in AccessControlTranslation has a value',
  ),
  /** A PUT of a replication rule with a key for replicas that does not select objects encrypted with SSE-KMS. */
  ReplicationKeyUnexpected: requestInvalid(
    'SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present.',
  ),
  /** A PUT of a replication rule that selects objects encrypted with SSE-KMS and names no key for replicas. */
  ReplicationKeyMissing: requestInvalid('ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.'),
  /** A PUT of a replication rule whose ReplicaKmsKeyID is no name of a key. */
  ReplicationKeyInvalid: argumentInvalid('Invalid ReplicaKmsKeyID'),
  /** A PUT of a replication rule whose filter has two tags with one key. */
  ReplicationTagKeyRepeated: requestInvalid('Duplicate Tag Keys are not allowed.'),
  /** A PUT of a replication rule with ReplicationTime and without Metrics. */
  ReplicationMetricsMissing: requestInvalid(
    'Replication destination must contain both ReplicationTime and Metrics or neither.',
  ),
  /** A PUT of a replication rule with ReplicationTime and Metrics, of which one is Enabled and the other is not. */
  ReplicationStatusesDiffer: requestInvalid('ReplicationTime and ReplicationMetrics must have the same status.'),
  /** A PUT of a replication rule whose ReplicationTime is not 15 minutes. */
  ReplicationTimeInvalid: argumentInvalid('Invalid time minute value'),
  /** A PUT of a replication rule with ReplicationTime whose event threshold is not 15 minutes. */
  ReplicationThresholdInvalid: argumentInvalid('Invalid event threshold minute value'),
  /** A PUT of a replication rule with ReplicationTime whose Metrics have no event threshold. */
  ReplicationThresholdMissing: argumentInvalid('ReplicationMetrics must contain an event threshold'),
  /** A PUT of a replication rule with an event threshold and without an enabled ReplicationTime. */
  ReplicationThresholdUnexpected: argumentInvalid(
    'Metrics cannot contain an event threshold when ReplicationTime is not specified or Disabled',
  ),
};
