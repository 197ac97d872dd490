import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { declarationOf, entries, originOf, publicNames } from './reference/declarations';

interface Names {
  readonly runtime: readonly string[];
  readonly types: readonly string[];
}

const main: Names = {
  runtime: ['MockS3', 'S3MockError', 'deleteMarker', 'fromDirectory', 'fromListing', 'mockS3'],
  types: [
    'AccessConditions',
    'AccessPointFixture',
    'AccessPointState',
    'AccountFixture',
    'AccountHandle',
    'AccountOutline',
    'AclDocument',
    'ActingCaller',
    'ActionName',
    'AnyExpectedInput',
    'ArchiveMetadata',
    'BridgedEventDetails',
    'BucketFixture',
    'BucketHandle',
    'BucketOutline',
    'BucketUsage',
    'ByteArray',
    'Bytes',
    'CallerResult',
    'ClockHandle',
    'Credentials',
    'DefaultRetentionFixture',
    'DeleteMarker',
    'Dialect',
    'DirectoryManifest',
    'DirectoryOptions',
    'DoorOptions',
    'Duration',
    'Encryption',
    'EncryptionDetails',
    'EventBridgeHandler',
    'EventDetails',
    'EventEntry',
    'EventHandlers',
    'EventLiteral',
    'EventNameOrFamily',
    'Events',
    'EventsOption',
    'Expected',
    'ExpectedEntry',
    'ExpectedEvent',
    'ExpectedInput',
    'Exploration',
    'ExplorationResult',
    'FailEntriesOptions',
    'FailOptions',
    'FailedAttemptsFixture',
    'FailedEntry',
    'FailureCode',
    'FailureKind',
    'FailureReply',
    'FailureRule',
    'FailureTimes',
    'FileVersion',
    'FunctionHandler',
    'GivenError',
    'GrantFixture',
    'HandlerWithRole',
    'HandlerWithTimeout',
    'HandlersByText',
    'HostsByPurpose',
    'IamHandle',
    'InputOf',
    'Journal',
    'JournalOptions',
    'KmsKeyFixtures',
    'KmsKeyState',
    'KmsKeysHandle',
    'LambdaContext',
    'LifecycleFixture',
    'LifecycleHandle',
    'LifecycleState',
    'ListedDeleteMarker',
    'ListedVersion',
    'ListenOptions',
    'Listener',
    'MfaDeleteStatus',
    'MfaDeviceHandle',
    'MfaDeviceOptions',
    'MockS3Options',
    'MockSnapshot',
    'NamedEntry',
    'NoInput',
    'NockFunction',
    'ObjectFixtures',
    'ObjectHandle',
    'OperationAlias',
    'OperationEntry',
    'OperationName',
    'OperationOrAlias',
    'Outage',
    'OutageForm',
    'OutageOptions',
    'OutcomeFilter',
    'OutputOf',
    'PeriodFixture',
    'Permission',
    'Person',
    'PiecesFixture',
    'PlaceholderFixture',
    'PlannedAction',
    'PlannedCopy',
    'PolicyLiteral',
    'PrefixUsage',
    'PrincipalKinds',
    'ProtectionFixture',
    'QueueEvent',
    'QueueHandler',
    'QueueRecord',
    'QueueSubscription',
    'QueuedCopyFixture',
    'Refusal',
    'ReplicaFixture',
    'ReplicationAttempt',
    'ReplicationFailOptions',
    'ReplicationFailureReason',
    'ReplicationFailureRule',
    'ReplicationHandle',
    'RequestConditions',
    'RequestEntry',
    'RequestFailure',
    'RequestFault',
    'RequestLiteral',
    'RestoreFixture',
    'RestoreStatus',
    'RetentionFixture',
    'RoleFixture',
    'RoleHandle',
    'RoleOutline',
    'RoleSessionOptions',
    'S3EventBridgeDetail',
    'S3EventBridgeEvent',
    'S3Notification',
    'S3NotificationObject',
    'S3NotificationRecord',
    'S3TestNotification',
    'ServiceAction',
    'ServiceName',
    'SessionCredentials',
    'SessionHandle',
    'SessionOptions',
    'StatementLiteral',
    'StorageAmount',
    'StorageClassUsage',
    'StoredDeleteMarker',
    'StoredEventName',
    'StoredObject',
    'StoredProtection',
    'StoredRestore',
    'StoredRetention',
    'StoredVersion',
    'StsFailureCode',
    'StsInputOf',
    'StsOperationName',
    'TopicEvent',
    'TopicHandler',
    'TopicRecord',
    'TopicSubscribers',
    'TrustConditions',
    'TrustPolicyLiteral',
    'TrustPrincipals',
    'TrustStatementLiteral',
    'UnroutedEntry',
    'UnusedRule',
    'UsageOptions',
    'UserFixture',
    'UserHandle',
    'UserOutline',
    'VersionDetails',
    'VersionFixture',
    'VersionListing',
    'VersionOutline',
    'VersioningStatus',
    'WaitOptions',
    'Way',
  ],
};

const [ofMain, ofJest, ofMatchers] = entries;

describe('the public names', () => {
  it('of s3-versioning-mock are the listed ones', () => {
    expect(namesOf(ofMain)).toEqual(main);
  });

  it('of s3-versioning-mock/jest are the same', () => {
    expect(namesOf(ofJest)).toEqual(main);
  });

  it('of s3-versioning-mock/matchers are the matchers and their types', () => {
    expect(namesOf(ofMatchers)).toEqual({ runtime: ['matchers'], types: ['MatcherResult', 'S3Matchers'] });
  });

  it('have a sentence each', () => {
    expect(publicNames.filter((name) => declarationOf(name).text === '')).toEqual([]);
  });
});

/** The types whose members are AWS's own, or say all by their names. */
const plain = [
  ...['Duration', 'HandlersByText', 'S3EventBridgeEvent', 'S3MockError', 'S3Notification', 'S3NotificationRecord'],
  ...['MatcherResult', 'S3TestNotification', 'StoredDeleteMarker', 'VersionListing', 'NockFunction', 'Person'],
  ...['QueueRecord', 'TopicRecord', 'RestoreStatus', 'S3EventBridgeDetail', 'S3NotificationObject'],
  ...[
    'AnyExpectedInput',
    'ExpectedInput',
    'Encryption',
    'ListedDeleteMarker',
    'ListedVersion',
    'AclDocument',
    'GrantFixture',
  ],
  ...['DefaultRetentionFixture', 'PeriodFixture', 'RetentionFixture', 'StoredRetention', 'PiecesFixture'],
  ...['AccountOutline', 'BucketOutline', 'VersionOutline'],
];

describe('the members of public types', () => {
  it.each(publicNames.filter((name) => !plain.includes(name)))('%s: have a sentence each', (name) => {
    const bare = declarationOf(name).members.filter(({ variants }) => variants.some(({ text }) => text === ''));
    expect(bare.map((member) => member.name)).toEqual([]);
  });

  it('are read by the compiler', () => {
    const members = declarationOf('RequestEntry').members.map(({ name }) => name);
    expect(members).toEqual(expect.arrayContaining(['input', 'why']));
  });
});

function namesOf(symbols: readonly ts.Symbol[]): Names {
  const isRuntime = (symbol: ts.Symbol) => (originOf(symbol).flags & ts.SymbolFlags.Value) !== 0 && !isTypeOnly(symbol);
  const sorted = (some: readonly ts.Symbol[]) => some.map(({ name }) => name).toSorted();
  return {
    runtime: sorted(symbols.filter(isRuntime)),
    types: sorted(symbols.filter((symbol) => !isRuntime(symbol))),
  };
}

/** Whether `export type` exports it: a class whose type users get, without its constructor. */
function isTypeOnly(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).some(
    (declaration) =>
      ts.isExportSpecifier(declaration) && (declaration.isTypeOnly || declaration.parent.parent.isTypeOnly),
  );
}
