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
    'AccountHandle',
    'ActingCaller',
    'ActionName',
    'ArchiveMetadata',
    'BridgedEventDetails',
    'BucketFixture',
    'BucketHandle',
    'BucketUsage',
    'Bytes',
    'ClockHandle',
    'Credentials',
    'DeleteMarker',
    'Dialect',
    'DirectoryManifest',
    'DirectoryOptions',
    'DoorOptions',
    'Duration',
    'EventBridgeHandler',
    'EventDetails',
    'EventEntry',
    'EventHandlers',
    'EventNameOrFamily',
    'Events',
    'Expected',
    'ExpectedEntry',
    'ExpectedEvent',
    'FailEntriesOptions',
    'FailOptions',
    'FailureCode',
    'FaultReply',
    'FaultRule',
    'FaultTimes',
    'FunctionHandler',
    'GivenError',
    'HandlerWithRole',
    'HandlerWithTimeout',
    'HandlersByText',
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
    'ListenOptions',
    'Listener',
    'MfaDeleteStatus',
    'MfaDeviceHandle',
    'MockS3Options',
    'MockSnapshot',
    'ObjectFixtures',
    'ObjectHandle',
    'OperationAlias',
    'OperationName',
    'Outage',
    'OutageForm',
    'OutageOptions',
    'OutputOf',
    'Permission',
    'PlannedAction',
    'PlannedCopy',
    'PolicyLiteral',
    'PrefixUsage',
    'QueueEvent',
    'QueueHandler',
    'QueueSubscription',
    'ReplicationAttempt',
    'ReplicationFailOptions',
    'ReplicationFailureReason',
    'ReplicationFaultRule',
    'ReplicationHandle',
    'RequestConditions',
    'RequestEntry',
    'RequestFailure',
    'RequestFault',
    'RoleFixture',
    'RoleHandle',
    'RoleSessionOptions',
    'S3EventBridgeEvent',
    'S3Notification',
    'S3NotificationRecord',
    'S3TestNotification',
    'ServiceAction',
    'SessionCredentials',
    'SessionHandle',
    'SessionOptions',
    'StatementLiteral',
    'StorageAmount',
    'StorageClassUsage',
    'StoredDeleteMarker',
    'StoredEventName',
    'StoredObject',
    'StoredVersion',
    'StsFailureCode',
    'TopicEvent',
    'TopicHandler',
    'TopicSubscribers',
    'TrustPolicyLiteral',
    'TrustStatementLiteral',
    'UnusedRule',
    'UsageOptions',
    'UserFixture',
    'UserHandle',
    'VersionDetails',
    'VersionFixture',
    'VersionListing',
    'VersioningStatus',
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
  ...['MatcherResult', 'S3TestNotification', 'StoredDeleteMarker', 'VersionListing'],
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
