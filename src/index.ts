export type { DoorOptions, HostsByPurpose, Listener, ListenOptions, ListenTls } from './capture';
export type { NockFunction } from './capture/nock';
export type { Person } from './dialects/dialect';
export type { EventEntry, EventLiteral } from './events/entry';
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
  MessageForwarder,
  QueueEvent,
  QueueHandler,
  QueueRecord,
  QueueSubscription,
  TopicEvent,
  TopicHandler,
  TopicRecord,
  TopicSubscribers,
} from './events/handler-types';
export { fromDirectory, fromListing, MockS3, mockS3 } from './faces/main';
export type { ExpectedEntry } from './journal/batch';
export type {
  AnyExpectedInput,
  ExpectedInput,
  FailedEntry,
  InputOf,
  NamedEntry,
  OperationAlias,
  OperationEntry,
  OperationName,
  OperationOrAlias,
  OutputOf,
  RequestEntry,
  RequestFailure,
  ServiceName,
  StsInputOf,
  StsOperationName,
  UnroutedEntry,
} from './journal/entry';
export type { RequestLiteral } from './journal/entry-text';
export type { Expected } from './journal/input-matching';
export type { Journal, JournalOptions } from './journal/journal';
export type { WaitOptions } from './journal/log';
export type { OutcomeFilter, Refusal } from './journal/outcome';
export type { CallerResult, CallersMemory, ExplorationResult, FailureGroup, FailureKind } from './mock/exploration';
export type { ClockHandle, LifecycleHandle, MockSnapshot, ReplicationHandle } from './mock/mock-members';
export type { BegunWay, CodeOfWay, Exploration, Way } from './mock/mock-s3';
export type { EventsOption, MockS3Options } from './mock/options';
export type { ActionName } from './model/access/actions';
export type {
  S3EventBridgeDetail,
  S3EventBridgeEvent,
  S3Notification,
  S3NotificationObject,
  S3NotificationRecord,
  S3TestNotification,
} from './model/events/documents';
export type { AccountOutline } from './model/identity/account';
export type { MfaDeviceOptions } from './model/identity/mfa-device';
export type { Credentials, SessionCredentials } from './model/identity/session';
export type { KmsKeyState } from './model/kms';
export type { ServiceAction } from './model/schedule/service-action';
export type { ArchiveMetadata, StorageAmount } from './model/usage';
export type { MfaDeleteStatus, VersioningStatus } from './model/versioning';
export type { Encryption } from './model/versions/version';
export type { RestoreStatus } from './operations/members/archives';
export type { NoInput } from './operations/table';
export type { AccessConditions, RequestConditions } from './preset/access-conditions';
export type { AccountFixture, RoleFixture, UserFixture } from './preset/account-fixture';
export type {
  AccountHandle,
  ActingCaller,
  RoleHandle,
  RoleOutline,
  UserHandle,
  UserOutline,
} from './preset/account-handle';
export type { BridgedEventDetails, EventDetails, StoredEventName } from './preset/bucket-event';
export type { BucketFixture } from './preset/bucket-fixture';
export type { BucketHandle } from './preset/bucket-handle';
export type { RoleSessionOptions, SessionHandle, SessionOptions } from './preset/callers';
export { type DeleteMarker, deleteMarker } from './preset/delete-marker';
export type { DirectoryOptions } from './preset/directory-import';
export type { DirectoryManifest, FileVersion } from './preset/directory-manifest';
export type { IamHandle } from './preset/iam-handle';
export type { KmsKeyFixtures, KmsKeysHandle } from './preset/kms-keys-handle';
export type { LifecycleFixture, LifecycleState } from './preset/lifecycle';
export type { ListedDeleteMarker, ListedVersion, VersionListing } from './preset/listing-import';
export type { MfaDeviceHandle } from './preset/mfa-device-handle';
export type { ObjectFixtures, VersionDetails, VersionFixture } from './preset/object-fixtures';
export type { VersionOutline } from './preset/object-literals';
export type { AccessPointFixture, AccessPointState } from './preset/parts/access-points';
export type { AclDocument, GrantFixture } from './preset/parts/acl';
export type { RestoreFixture, StoredRestore } from './preset/parts/archives';
export type { PiecesFixture, PlaceholderFixture } from './preset/parts/content';
export type { EncryptionDetails } from './preset/parts/encryption';
export type {
  DefaultRetentionFixture,
  PeriodFixture,
  RetentionFixture,
  StoredRetention,
} from './preset/parts/object-lock';
export type { ProtectionFixture, StoredProtection } from './preset/parts/protection';
export type { ReplicaFixture } from './preset/parts/replication';
export type { Permission } from './preset/permission';
export type { PlannedAction, PlannedCopy } from './preset/plans';
export type {
  PolicyLiteral,
  PrincipalKinds,
  StatementLiteral,
  TrustConditions,
  TrustPolicyLiteral,
  TrustPrincipals,
  TrustStatementLiteral,
} from './preset/policy';
export type { FailedAttemptsFixture, QueuedCopyFixture } from './preset/replication-queue';
export type { BucketOutline } from './preset/state-json';
export type { BucketUsage, PrefixUsage, StorageClassUsage, UsageOptions } from './preset/usage';
export type { ObjectHandle, StoredDeleteMarker, StoredObject, StoredVersion } from './preset/version-copies';
export { S3MockError } from './s3-mock-error';
export type {
  FailureCode,
  FailureRule,
  GivenError,
  Outage,
  OutageForm,
  OutageOptions,
  ReplicationAttempt,
  ReplicationFailOptions,
  ReplicationFailureReason,
  ReplicationFailureRule,
  StsFailureCode,
  UnusedRule,
} from './service/failures/rules';
export type {
  DisconnectOptions,
  FailEntriesOptions,
  FailOptions,
  FailureReply,
  FailureTimes,
} from './service/failures/steps';
export type { ByteArray } from './shapes/places';
export type { Duration } from './text/moments';
export type { Bytes } from './text/value-kinds';
export type { DialectName as Dialect } from './wire';
