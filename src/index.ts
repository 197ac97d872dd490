export type { Listener, ListenOptions } from './capture';
export type { EventEntry } from './events/entry';
export type { Events } from './events/events';
export type { EventNameOrFamily, ExpectedEvent } from './events/expected-event';
export type {
  EventBridgeHandler,
  EventHandlers,
  FunctionHandler,
  LambdaContext,
  QueueEvent,
  QueueHandler,
  QueueSubscription,
  TopicEvent,
  TopicHandler,
  TopicSubscribers,
} from './events/handler-types';
export type { ExpectedEntry } from './journal/batch';
export type {
  InputOf,
  OperationAlias,
  OperationName,
  OutputOf,
  RequestEntry,
  RequestFailure,
  RequestFault,
} from './journal/entry';
export type { Expected } from './journal/input-matching';
export type { Journal, JournalOptions } from './journal/journal';
export type { ServiceAction } from './journal/service-actions';
export { mockS3 } from './mock/create-mock';
export { fromDirectory, fromListing } from './mock/fixture-imports';
export {
  type ClockHandle,
  type LifecycleHandle,
  MockS3,
  type MockSnapshot,
  type ReplicationHandle,
} from './mock/mock-s3';
export type { MockS3Options } from './mock/options';
export type { ActionName } from './model/access/actions';
export type { Duration } from './model/clock';
export type {
  S3EventBridgeEvent,
  S3Notification,
  S3NotificationRecord,
  S3TestNotification,
} from './model/events/documents';
export type { Credentials, SessionCredentials } from './model/identity/session';
export type { KmsKeyState } from './model/kms';
export type { ArchiveMetadata, StorageAmount } from './model/usage';
export type { MfaDeleteStatus, VersioningStatus } from './model/versioning';
export type { AccessConditions, RequestConditions } from './preset/access-conditions';
export type { AccountHandle } from './preset/account-handle';
export type { ActingCaller } from './preset/acting-caller';
export type { BridgedEventDetails, EventDetails } from './preset/bucket-event';
export type { BucketFixture } from './preset/bucket-fixture';
export type { BucketHandle } from './preset/bucket-handle';
export type { BucketUsage, PrefixUsage, StorageClassUsage, UsageOptions } from './preset/bucket-usage';
export { type DeleteMarker, deleteMarker } from './preset/delete-marker';
export type { DirectoryOptions } from './preset/directory-import';
export type { DirectoryManifest } from './preset/directory-manifest';
export type { StoredEventName } from './preset/event-subject';
export type { IamHandle } from './preset/iam-handle';
export type { KmsKeyFixtures, KmsKeysHandle } from './preset/kms-keys-handle';
export type { LifecycleFixture, LifecycleState } from './preset/lifecycle';
export type { PlannedAction } from './preset/lifecycle-plan';
export type { VersionListing } from './preset/listing-import';
export type { MfaDeviceHandle } from './preset/mfa-device-handle';
export type { ObjectFixtures } from './preset/object-fixtures';
export type { Permission } from './preset/permission';
export type { PolicyLiteral, StatementLiteral } from './preset/policy';
export type { PlannedCopy } from './preset/replication-plan';
export type { RoleFixture } from './preset/role-fixture';
export type { RoleHandle } from './preset/role-handle';
export type { RoleSessionOptions, SessionHandle, SessionOptions } from './preset/session-handle';
export type { TrustPolicyLiteral, TrustStatementLiteral } from './preset/trust-policy';
export type { UserFixture } from './preset/user-fixture';
export type { UserHandle } from './preset/user-handle';
export type { ObjectHandle, StoredDeleteMarker, StoredObject, StoredVersion } from './preset/version-copies';
export type { VersionDetails, VersionFixture } from './preset/version-fixture';
export { S3MockError } from './s3-mock-error';
export type {
  FailureCode,
  FailureRule as FaultRule,
  GivenError,
  ReplicationAttempt,
  ReplicationFailOptions,
  ReplicationFailureReason,
  ReplicationFailureRule as ReplicationFaultRule,
  StsFailureCode,
  UnusedRule,
} from './service/failures/rules';
export type {
  FailEntriesOptions,
  FailOptions,
  FailureReply as FaultReply,
  FailureTimes as FaultTimes,
} from './service/failures/steps';
export type { Bytes } from './text/value-kinds';
export type { DialectName as Dialect } from './wire';
