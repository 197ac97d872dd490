export type { DoorOptions, Listener, ListenOptions } from './capture';
export type { EventEntry } from './events/entry';
export type { Events } from './events/events';
export type { EventNameOrFamily, ExpectedEvent } from './events/expected-event';
export type {
  EventBridgeHandler,
  EventHandlers,
  FunctionHandler,
  HandlersByText,
  HandlerWithRole,
  HandlerWithTimeout,
  LambdaContext,
  QueueEvent,
  QueueHandler,
  QueueSubscription,
  TopicEvent,
  TopicHandler,
  TopicSubscribers,
} from './events/handler-types';
export { fromDirectory, fromListing, MockS3, mockS3 } from './faces/main';
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
export type { ClockHandle, LifecycleHandle, MockSnapshot, ReplicationHandle } from './mock/mock-members';
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
export type { ServiceAction } from './model/schedule/service-action';
export type { ArchiveMetadata, StorageAmount } from './model/usage';
export type { MfaDeleteStatus, VersioningStatus } from './model/versioning';
export type { AccessConditions, RequestConditions } from './preset/access-conditions';
export type { RoleFixture, UserFixture } from './preset/account-fixture';
export type { AccountHandle, ActingCaller, RoleHandle, UserHandle } from './preset/account-handle';
export type { BridgedEventDetails, EventDetails, StoredEventName } from './preset/bucket-event';
export type { BucketFixture } from './preset/bucket-fixture';
export type { BucketHandle } from './preset/bucket-handle';
export type { RoleSessionOptions, SessionHandle, SessionOptions } from './preset/callers';
export { type DeleteMarker, deleteMarker } from './preset/delete-marker';
export type { DirectoryOptions } from './preset/directory-import';
export type { DirectoryManifest } from './preset/directory-manifest';
export type { IamHandle } from './preset/iam-handle';
export type { KmsKeyFixtures, KmsKeysHandle } from './preset/kms-keys-handle';
export type { LifecycleFixture, LifecycleState } from './preset/lifecycle';
export type { VersionListing } from './preset/listing-import';
export type { MfaDeviceHandle } from './preset/mfa-device-handle';
export type { ObjectFixtures, VersionDetails, VersionFixture } from './preset/object-fixtures';
export type { Permission } from './preset/permission';
export type { PlannedAction, PlannedCopy } from './preset/plans';
export type { PolicyLiteral, StatementLiteral, TrustPolicyLiteral, TrustStatementLiteral } from './preset/policy';
export type { BucketUsage, PrefixUsage, StorageClassUsage, UsageOptions } from './preset/usage';
export type { ObjectHandle, StoredDeleteMarker, StoredObject, StoredVersion } from './preset/version-copies';
export { S3MockError } from './s3-mock-error';
export type {
  FailureCode,
  FailureRule as FaultRule,
  GivenError,
  Outage,
  OutageForm,
  OutageOptions,
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
