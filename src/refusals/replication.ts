import {
  type Argument,
  allDetails,
  anyArgument,
  type FailsByCode,
  type NoDetails,
  type Refusal,
  refusal,
  type Text,
} from './refusal';

/** An InvalidRequest about a replication configuration. */
function requestInvalid<Details extends object = NoDetails>(message: Text<Details>): Refusal<Details> & FailsByCode {
  return refusal<Details>({ code: 'InvalidRequest', status: 400, message, failsByName: false });
}

/** An InvalidArgument about it. */
function argumentInvalid(message: string): Refusal<Argument> & FailsByCode {
  return refusal<Argument>({ code: 'InvalidArgument', status: 400, message, fields: anyArgument, failsByName: false });
}

/** Refusals of replication (F367 to F370). */
export const replication = {
  ReplicationConfigurationNotFoundError: refusal<{ readonly BucketName: string }>({
    code: 'ReplicationConfigurationNotFoundError',
    status: 404,
    message: 'The replication configuration was not found',
    fields: allDetails,
    whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }),
  }),
  ReplicationSourceUnversioned: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
  }),
  ReplicationDestinationUnversioned: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'Destination bucket must have versioning enabled.',
  }),
  VersioningFixedByReplication: refusal({
    code: 'InvalidBucketState',
    status: 409,
    message:
      'A replication configuration is present on this bucket, so you cannot change the versioning state. To change the versioning state, first delete the replication configuration.',
    cos: { message: 'The request is not valid with the current state of the bucket.' },
  }),
  ReplicationRulesTooMany: requestInvalid('Number of defined replication rules cannot exceed 1000'),
  ReplicationIdTooLong: argumentInvalid('Rule Id cannot be greater than 255'),
  ReplicationIdCharacters: argumentInvalid('Invalid Argument'),
  ReplicationIdRepeated: requestInvalid('Rule Id must be unique'),
  ReplicationMemberMissing: requestInvalid<{ readonly member: string }>(
    ({ member }) =>
      `${member} must be specified for this version of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.`,
  ),
  ReplicationMemberInV1: requestInvalid<{ readonly member: string }>(
    ({ member }) =>
      `${member} cannot be used for this version of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.`,
  ),
  ReplicationPriorityNegative: requestInvalid('Priority must be between 0 and 2147483647.'),
  ReplicationPriorityRepeated: requestInvalid<{ readonly priority: number }>(
    ({ priority }) => `Found duplicate priority ${priority}.`,
  ),
  ReplicationPrefixTooLong: requestInvalid('Rule prefix cannot be longer than maximum allowed key length of 1024'),
  ReplicationPrefixesOverlap: requestInvalid<{ readonly shorter: string; readonly longer: string }>(
    ({ shorter, longer }) => `Found overlapping prefixes '${shorter}' and '${longer}'`,
  ),
  ReplicationMarkersWithTags: requestInvalid(
    'Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer Guide for more information.',
  ),
  ReplicationCriteriaEmpty: requestInvalid('SourceSelectionCriteria cannot be empty'),
  ReplicationDestinationEmpty: requestInvalid('Destination bucket cannot be null or empty'),
  ReplicationDestinationInvalid: argumentInvalid('Invalid bucket ARN'),
  ReplicationDestinationIsSource: requestInvalid('Destination bucket cannot be the same as the source bucket.'),
  ReplicationDestinationsDiffer: requestInvalid('Number of distinct destination bucket ARNs cannot exceed 1'),
  ReplicationAccountEmpty: argumentInvalid('The Account element is empty. It must contain a valid account ID.'),
  ReplicationAccountMissing: requestInvalid(
    'Account must be specified if the Owner in AccessControlTranslation has a value',
  ),
  ReplicationKeyUnexpected: requestInvalid(
    'SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present.',
  ),
  ReplicationKeyMissing: requestInvalid('ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.'),
  ReplicationMetricsMissing: requestInvalid(
    'Replication destination must contain both ReplicationTime and Metrics or neither.',
  ),
  ReplicationTimeInvalid: argumentInvalid('Invalid time minute value'),
  ReplicationThresholdInvalid: argumentInvalid('Invalid event threshold minute value'),
  ReplicationThresholdMissing: argumentInvalid('ReplicationMetrics must contain an event threshold'),
  ReplicationThresholdUnexpected: argumentInvalid(
    'Metrics cannot contain an event threshold when ReplicationTime is not specified or Disabled',
  ),
};
