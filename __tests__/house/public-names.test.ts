import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { root } from './files';
import { programOf } from './program';

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

let checker: ts.TypeChecker;
let entries: Readonly<Record<'main' | 'jest' | 'matchers', readonly ts.Symbol[]>>;

beforeAll(() => {
  const files = ['src/index.ts', 'src/testing/jest.ts', 'src/testing/matchers.ts'].map((file) => path.join(root, file));
  const program = programOf(files);
  checker = program.getTypeChecker();
  const [mainEntry = [], jestEntry = [], matchersEntry = []] = files.map((file) => {
    const source = program.getSourceFile(file);
    const symbol = source && checker.getSymbolAtLocation(source);
    return symbol && checker.getExportsOfModule(symbol);
  });
  entries = { main: mainEntry, jest: jestEntry, matchers: matchersEntry };
});

describe('the public names', () => {
  it('of s3-versioning-mock are the listed ones', () => {
    expect(namesOf(entries.main)).toEqual(main);
  });

  it('of s3-versioning-mock/jest are the same', () => {
    expect(namesOf(entries.jest)).toEqual(main);
  });

  it('of s3-versioning-mock/matchers are the matchers and their types', () => {
    expect(namesOf(entries.matchers)).toEqual({ runtime: ['matchers'], types: ['MatcherResult', 'S3Matchers'] });
  });

  it('have a sentence each', () => {
    const all = Object.values(entries).flat();
    expect(all.filter((symbol) => sentenceOf(origin(symbol)) === '').map(({ name }) => name)).toEqual([]);
  });
});

/** The types whose members are AWS's own, or say all by their names. */
const plain = [
  ...['Duration', 'HandlersByText', 'S3EventBridgeEvent', 'S3MockError', 'S3Notification', 'S3NotificationRecord'],
  ...['S3TestNotification', 'StoredDeleteMarker', 'VersionListing'],
];

describe('the members of public types', () => {
  const ofUsers = [...main.runtime, ...main.types].filter((name) => !plain.includes(name));

  it.each(ofUsers)('%s: have a sentence each', (name) => {
    const members = membersOf(mainType(name));
    expect(members.filter((member) => sentenceOf(member) === '').map((member) => member.name)).toEqual([]);
  });

  it('are read by the compiler', () => {
    expect(membersOf(mainType('RequestEntry')).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['input', 'why']),
    );
  });
});

function mainType(name: string): ts.Symbol {
  const found = entries.main.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no public ${name}`);
  return origin(found);
}

function namesOf(symbols: readonly ts.Symbol[]): Names {
  const isRuntime = (symbol: ts.Symbol) => (origin(symbol).flags & ts.SymbolFlags.Value) !== 0 && !isTypeOnly(symbol);
  return {
    runtime: symbols
      .filter((symbol) => isRuntime(symbol))
      .map(({ name }) => name)
      .toSorted(),
    types: symbols
      .filter((symbol) => !isRuntime(symbol))
      .map(({ name }) => name)
      .toSorted(),
  };
}

/** The symbol at the end of a chain of re-exports. */
function origin(symbol: ts.Symbol): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
}

/** Whether `export type` exports it: a class whose type users get, without its constructor. */
function isTypeOnly(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).some(
    (declaration) =>
      ts.isExportSpecifier(declaration) && (declaration.isTypeOnly || declaration.parent.parent.isTypeOnly),
  );
}

function sentenceOf(symbol: ts.Symbol): string {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
}

/** The members that are for users: neither private nor internal, nor JavaScript's own protocols. */
function membersOf(symbol: ts.Symbol): readonly ts.Symbol[] {
  return checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol)).filter((member) => {
    const hidden = member.name.startsWith('__') || /^#|#/.test(member.name);
    return !hidden && !member.getJsDocTags().some(({ name }) => name === 'internal');
  });
}
