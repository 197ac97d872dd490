import { isDeepStrictEqual } from 'node:util';
import { makeCallback } from '../callback';
import { Deliveries } from '../events/deliveries';
import type { EventCause, EventEntry } from '../events/entry';
import { Events, makeActionCause } from '../events/events';
import { findMisspelt, hasCarried } from '../journal/assertions';
import { checkNegation } from '../journal/comparison';
import type { OperationName, RequestEntry } from '../journal/entry';
import { fits } from '../journal/input-matching';
import { Journal } from '../journal/journal';
import { comparableList } from '../journal/log';
import {
  checkAnyInputNames,
  checkEntryNames,
  checkInputNames,
  type KnownNames,
  readOperationName,
} from '../journal/operation-names';
import { later } from '../journal/real-timers';
import { writeSiblings } from '../journal/siblings';
import type { Change } from '../model/changes';
import { makeReports } from '../model/events/reports';
import { startReplication } from '../model/replication/queueing';
import type { Done, ServiceAction } from '../model/schedule/service-action';
import { settle } from '../model/schedule/settle';
import { beginFunctionSession, whyNotAssumed } from '../model/sessions/function-role';
import { Store, type StoreOptions, type StoreSnapshot } from '../model/store';
import type { Version } from '../model/versions/version';
import { versionIdForms } from '../model/versions/version-id';
import { type ControlOperationName, controlInputOf, controlOperations } from '../operations/control/table';
import type { Operation } from '../operations/operation';
import { operationAliases, operations, type OperationName as S3OperationName } from '../operations/table';
import { readSetConditions } from '../preset/access-conditions';
import { addAccounts, addHoldings } from '../preset/account-fixture';
import { readActingUser } from '../preset/account-handle';
import { addBucket, readAccount } from '../preset/bucket-fixture';
import { addKmsKeys } from '../preset/kms-keys-handle';
import { type StoreLiteral, storeLiteral, traitsLiteral } from '../preset/state-json';
import { stsErrorCodes, stsFailureNames } from '../refusals';
import { errorCodes, failureNames } from '../refusals/failures';
import type { S3MockError } from '../s3-mock-error';
import { replicateObject } from '../service/failures/replication-failure-rule';
import { FailureRules, type UnusedRule } from '../service/failures/rules';
import type { WordCame } from '../shapes/expected-values';
import { namesOf } from '../shapes/member-names';
import type { Members } from '../shapes/shape';
import { type StsOperationName, stsOperations } from '../sts/table';
import type { TestFile } from '../test-file';
import { invalidValue } from '../text/invalid-value';
import { readOnce } from '../text/lists';
import { checkOptionNames } from '../text/member-names';
import { type Duration, readDuration, readMoment } from '../text/moments';
import { writeSuggestion } from '../text/spelling';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import { checkOptions, type MockS3Options } from './options';
import { makeUnused, makeWithoutStep } from './rules-of-test';
import { SentRequests } from './sent-requests';
import { VersionChanges } from './version-changes';

const namesOfS3 = Object.keys(operations) as readonly S3OperationName[]; // the table's own keys

const operationNames: readonly OperationName[] = [
  ...namesOfS3,
  ...(Object.keys(stsOperations) as StsOperationName[]), // the table's own keys
  ...(Object.keys(controlOperations) as ControlOperationName[]), // the table's own keys
];

type Answered = Pick<Operation<unknown, unknown>, 'method' | 'root' | 'output'> & { readonly handle: unknown };

const outsideOfBody: ReadonlySet<string> = new Set(['header', 'prefix headers', 'status']);

/**
 * Whether the answer of an operation has a body. Answers of STS are documents, and so is the answer of an operation that is not
 * implemented.
 */
function hasBody(name: OperationName): boolean {
  if (isOfSts(name)) return true;
  const { method, root, output, handle }: Answered = isOfControl(name) ? controlOperations[name] : operations[name];
  if (handle === undefined || method === 'GET' || root !== undefined) return true;
  return Object.values(output).some(({ at = '' }) => !outsideOfBody.has(at));
}

function isOfSts(name: OperationName): name is StsOperationName {
  return Object.hasOwn(stsOperations, name);
}

function isOfControl(name: OperationName): name is ControlOperationName {
  return Object.hasOwn(controlOperations, name);
}

function findInput(name: OperationName): Members {
  if (isOfControl(name)) return controlInputOf(name);
  return (isOfSts(name) ? stsOperations[name] : operations[name]).input;
}

/** STS changes nothing that a bucket contains. */
function isWrite(name: OperationName): boolean {
  if (isOfSts(name)) return false;
  const { method } = isOfControl(name) ? controlOperations[name] : operations[name];
  return method !== 'GET' && method !== 'HEAD';
}

function isOfS3(name: OperationName): name is S3OperationName {
  return Object.hasOwn(operations, name);
}

function mayFailIn200(name: OperationName): boolean {
  return isOfS3(name) && operations[name].mayFailIn200 === true;
}

/** What explorations ask of the operations. */
export const operationTraits = { hasBody, isWrite, mayFailIn200 } as const;

const failuresOfS3 = { service: 'S3', codes: failureNames } as const;

const failuresOfSts = { service: 'STS', codes: stsFailureNames } as const;

const failuresOfBoth = { service: 'S3', codes: [...new Set([...failureNames, ...stsFailureNames])] } as const;

const allErrorCodes: readonly string[] = [...new Set([...errorCodes, ...stsErrorCodes])];

interface AskedOperation {
  readonly operation: OperationName | undefined;
  readonly input: object;
}

interface StateHooks {
  /** Runs a handler of events as code that the mock has started. */
  readonly runHandler: <Result>(action: () => Promise<Result>) => Promise<Result>;
  /** Throws if the test may not read the logs here. */
  readonly checkPlace: () => void;
  readonly onBug: (bug: unknown) => void;
  readonly onServiceAction: (action: ServiceAction) => void;
}

/** A mock of the SDK takes a command, and then the answer to it. */
const ofCommands = ' Without a rule, S3 answers from its buckets: put what it should answer into the fixture.';

export class MockState {
  readonly store: Store;
  readonly journal: Journal;
  readonly requests: Journal;
  readonly events: Events;
  /** The events as the mock itself reads and changes them, also in a world. */
  readonly #events: Events;
  readonly deliveries: Deliveries;
  readonly sent: SentRequests;
  readonly versionChanges: VersionChanges;
  readonly rules: FailureRules;
  readonly #options: MockS3Options;
  readonly #hooks: StateHooks;
  readonly #known: KnownNames;
  readonly #empty: StoreSnapshot;
  #fixtures: StoreSnapshot;
  /** The first write after those of the options. */
  #firstWrite: number;
  readonly #removed = new Set<string>();
  /** The buckets with which each test begins. */
  #bucketsOfFixtures: readonly string[];

  /** If an original is given, the state is a copy of it: a reset returns to it, and the journal and the events are empty. */
  constructor(options: MockS3Options, file: TestFile, hooks: StateHooks, original?: MockState) {
    this.#options = options;
    this.#hooks = hooks;
    this.store = createStore(options, {
      realNow: file.now,
      failureOfReplication: (source, task, where) => this.rules.failureOfReplication(source, task, where),
    });
    startReplication(this.store);
    this.#empty = this.store.snapshot();
    if (original === undefined) addState(this.store, options);
    else this.store.copyFrom(original.store);
    this.#fixtures = this.store.snapshot();
    this.#firstWrite = original === undefined ? this.store.sequence : original.#firstWrite;
    this.#bucketsOfFixtures = [...this.store.buckets.keys()];
    const known = { ...knownNames, buckets: () => [...this.store.buckets.keys(), ...this.#bucketsOfFixtures] };
    this.#known = known;
    this.journal = new Journal(known, options.journal);
    this.requests = comparableList(this.journal, hooks.checkPlace);
    const { duplicates = false, outOfOrder = false, onHandlerError = 'throw' } = options.events ?? {};
    const { store } = this;
    this.sent = new SentRequests(store);
    this.versionChanges = new VersionChanges(store, this.journal);
    const { ids } = store;
    const now = () => store.clock.now();
    this.deliveries = new Deliveries(original === undefined ? options.deliver : undefined, {
      runHandler: hooks.runHandler,
      realNow: file.now,
      ids,
      now,
      duplicates,
      outOfOrder,
      lateBy: 0,
      throwsUnawaited: onHandlerError === 'throw',
      onBug: hooks.onBug,
      roles: {
        whyNotAssumed: (asked) => whyNotAssumed(store, asked),
        begin: (asked) => beginFunctionSession(store, asked),
      },
      settle: () => this.settle(),
    });
    const { deliveries } = this;
    this.journal.followWork(() => deliveries.writeUndelivered() !== undefined);
    this.#events = new Events({ store, requests: this.journal, limit: this.journal.limit, deliveries });
    this.events = comparableList(this.#events, hooks.checkPlace);
    this.rules = this.#createRules(known);
    if (original === undefined) return;
    deliveries.copyFrom(original.deliveries);
    this.rules.copyFrom(original.rules);
  }

  #createRules(known: KnownNames): FailureRules {
    const came: WordCame = (member, word) => hasCarried(this.journal, member, word);
    return new FailureRules({
      operationNamed: (name) => readOperationName(known, name, { others: [replicateObject], ofCommands }),
      checkInput: (operation, input) =>
        operation === '*'
          ? checkAnyInputNames(known, "s3.on('*')", input, came)
          : checkInputNames(known, 's3.on', operation, input, came),
      checkBuckets: (call, operation, input) => {
        const reading = { call, recorded: this.journal };
        checkNegation({ mistakeIfNegated: () => findMisspelt(reading, operation, input) });
      },
      checkEntry: (operation, entry) => checkEntryNames(known, 'failEntries', operation, entry),
      batches: () => namesOfS3.filter((name) => operations[name].batch),
      failingIn200: () => namesOfS3.filter((name) => operations[name].mayFailIn200),
      hasBody,
      failuresOf: (name) => (name === '*' ? failuresOfBoth : isOfSts(name) ? failuresOfSts : failuresOfS3),
      hasCode: (service, code) => (service === 'sts' ? failuresOfSts : failuresOfS3).codes.includes(code),
      now: () => this.store.clock.now(),
      readAccountId: (call, given) => readAccount(this.store, call, given).id,
      draw: () => this.store.ids.fraction('fault'),
      onTouch: (isWrite) => this.store.report({ part: 'rules', isWrite }),
      settle: () => this.settle(),
    });
  }

  /** Whether a reset removed a bucket of that name. */
  removed(name: string): boolean {
    return this.#removed.has(name);
  }

  settle(): void {
    settle(this.store, (done) => this.#afterAction(done));
  }

  /** The steps run in this order, before the next action begins. */
  #afterAction({ action, changes, sender }: Done): void {
    try {
      this.journal.appendServiceAction(action);
      this.versionChanges.noteAction(changes, action);
      this.deliveries.take(
        this.appendEvents(changes, () => makeActionCause(action)),
        sender,
      );
      this.#hooks.onServiceAction(action);
    } catch (bug) {
      // The action itself is done, so neither the request that waits for it nor the actions behind it fail because of the bug.
      this.#hooks.onBug(bug);
    }
  }

  appendEvents(changes: readonly Change[], causeOf: () => EventCause): readonly EventEntry[] {
    if (changes.length === 0) return [];
    const reports = makeReports(changes, { store: this.store });
    return reports.length === 0 ? [] : this.#events.append(reports, causeOf());
  }

  /**
   * Lets due actions happen if somebody waits for events, since the next request may come only after the events. The answer leaves first.
   */
  goOn(): void {
    const { store, deliveries } = this;
    if (deliveries.isIdle && !this.#events.isAwaited) return;
    if (store.nextDue <= store.clock.now()) later(makeCallback(this.#hooks.onBug, () => this.settle()));
  }

  /** Returns whether a request is the one that a test names as it names the request of a rule. */
  readFilter(call: string, named: string, input: unknown): (asked: AskedOperation) => boolean {
    const operation = readOperationName(this.#known, named);
    checkInputNames(this.#known, call, operation, input);
    return (asked) => asked.operation === operation && (input === undefined || fits(input, asked.input));
  }

  unusedRules(
    entries: readonly RequestEntry[] = [...this.journal],
    rules = this.rules.unused(),
  ): readonly UnusedRule[] {
    const names = [...this.store.buckets.keys()];
    const suggest = readOnce((name) => writeSuggestion(name, names, 1));
    return rules.map((rule) => {
      const note = this.#noteOnBucket(rule, suggest) ?? rule.note ?? writeSiblings(rule, entries);
      return note === undefined ? rule : Object.freeze({ ...rule, note });
    });
  }

  #noteOnBucket({ input }: UnusedRule, suggest: (name: string) => string | undefined): string | undefined {
    const name = isRecord(input) ? (input['Bucket'] ?? input['bucket']) : undefined;
    const hint = typeof name === 'string' && !this.store.buckets.has(name) ? suggest(name) : undefined;
    return hint && `there is no bucket ${writeGiven(name)}. ${hint}`;
  }

  /** Returns the mistakes of the test's rules that were not reported yet. `first` is the number of requests before the test. */
  takeMistakesOfRules(first: number): readonly S3MockError[] {
    const withoutStep = this.rules.takeWithoutStep().map(makeWithoutStep);
    if (this.#options.unusedRules !== 'fail' || this.rules.all().length === 0) return withoutStep;
    this.settle(); // which makes the attempts to copy that are due
    const ofTest = this.journal.readFrom(first);
    const unused = this.unusedRules(ofTest.entries, this.rules.unused(this.rules.takeUnused()));
    const test = { ...ofTest, first: this.journal.dropped + first, written: this.journal.written };
    return [...withoutStep, ...makeUnused(unused, test)];
  }

  clearLogs(): void {
    this.journal.endTest();
    this.sent.clear();
    this.versionChanges.clear();
    this.#events.clear();
  }

  endWaits(why: string): void {
    this.journal.endWaits(why);
    this.#events.endWaits(why);
    this.deliveries.end(why);
  }

  /** The state with which each test begins. */
  get fixtures(): StoreSnapshot {
    return this.#fixtures;
  }

  /** Whether the options, or a restored state, had a version, so that no call of a hook or a test has written it. */
  isOfOptions({ sequence }: Pick<Version, 'sequence'>): boolean {
    return sequence < this.#firstWrite;
  }

  saveFixtures(): void {
    this.#fixtures = this.store.snapshot();
    this.#bucketsOfFixtures = [...this.store.buckets.keys()];
    this.rules.saveFixtures();
    this.deliveries.saveFixtures();
  }

  /** The journal stays until the next test begins, so that an afterAll can read it. */
  restoreFixtures(): void {
    const before = [...this.store.buckets.keys()];
    this.store.restore(this.#fixtures);
    for (const name of before) if (!this.store.buckets.has(name)) this.#removed.add(name);
    this.rules.reset();
    this.deliveries.restoreFixtures();
  }

  /** If the state cannot be read, nothing changes. */
  replace(given: MockS3Options): void {
    checkOptionNames('restore', given, stateNames);
    checkOptions(given, 'restore');
    this.#checkSame(given);
    const before = this.store.snapshot();
    this.store.restore(this.#empty);
    try {
      if (given.now !== undefined) this.store.clock.set(given.now);
      addState(this.store, given, 'restore');
      this.#firstWrite = this.store.sequence;
    } catch (error) {
      this.store.restore(before);
      throw error;
    }
  }

  #checkSame(given: MockS3Options): void {
    const own = this.#writeTraits();
    for (const name of fixedNames) {
      if (given[name] === undefined || isDeepStrictEqual(given[name], own[name])) continue;
      const expected =
        own[name] === undefined
          ? 'undefined, since this mock was made without it'
          : `${writeGiven(own[name])}, as in the options of this mock, or undefined`;
      throw invalidValue('restore', name, given[name], expected);
    }
  }

  get dialect(): MockS3Options['dialect'] {
    return this.#options.dialect;
  }

  toOptions(): MockS3Options {
    return { ...this.#writeTraits(), ...storeLiteral(this.store) };
  }

  #writeTraits(): Pick<MockS3Options, (typeof fixedNames)[number]> {
    const { account, seed, sseC, acls, replicationDelay } = this.#options;
    return {
      ...(account !== undefined && { account }),
      ...(seed !== undefined && { seed }),
      ...(sseC !== undefined && { sseC }),
      ...(acls !== undefined && { acls }),
      ...(replicationDelay !== undefined && { replicationDelay: { ...replicationDelay } }),
      ...traitsLiteral(this.store),
    };
  }
}

const fixedNames = ['account', 'organizationId', 'seed', 'sseC', 'acls', 'replicationDelay', 'conditions'] as const;

/** The state of a mock as JSON: the options that make it again. */
export interface MockStateLiteral extends Pick<MockS3Options, (typeof fixedNames)[number]>, StoreLiteral {}

const stateNames: readonly (keyof MockStateLiteral)[] = [
  ...fixedNames,
  ...(['users', 'roles', 'publicAccessBlock', 'caller', 'accounts', 'kmsKeys', 'now', 'buckets'] as const),
];

function addState(store: Store, options: MockS3Options, call = 'mockS3'): void {
  addHoldings(store, store.defaultAccount, call, options);
  if (options.caller !== undefined) store.acting = readActingUser(store, options.caller);
  addKmsKeys(store, options.kmsKeys);
  addAccounts(store, `${call}: accounts`, options.accounts);
  for (const [name, fixture] of Object.entries(options.buckets ?? {})) addBucket(store, name, fixture, 'of a mock');
}

const knownNames: Omit<KnownNames, 'buckets'> = {
  names: operationNames,
  aliases: operationAliases,
  codes: allErrorCodes,
  inputNamesOf: (name) => namesOf(findInput(name)),
  inputShapeOf: (name) => ({ kind: 'structure', members: findInput(name) }),
};

function createStore(
  options: MockS3Options,
  { realNow, ...hooks }: Required<Pick<StoreOptions, 'failureOfReplication' | 'realNow'>>,
): Store {
  const { now } = options;
  // An option of the same name and form is passed on as it is.
  return new Store({
    ...options,
    accountId: options.account ?? '000000000000',
    seed: options.seed ?? 's3-versioning-mock',
    realNow,
    start: now === undefined ? undefined : readMoment(now, 'mockS3: now'),
    versionIdForm: versionIdForms[options.dialect ?? 'aws'],
    conditions: readSetConditions('mockS3', options.conditions, true),
    eventVersion: options.events?.version,
    replicationDelay: readReplicationDelay(options.replicationDelay),
    propagation: (options.propagation?.seconds ?? 0) * 1000,
    ...hooks,
  });
}

/** The longest delay of replication. It is longer than anybody waits, and short enough that each resulting moment has a date. */
const longestDelay: Duration = { days: 36_500 };

function readReplicationDelay(delay: Duration | undefined): number | undefined {
  if (delay === undefined) return undefined;
  const call = 'mockS3: replicationDelay';
  const milliseconds = readDuration(delay, call);
  if (milliseconds >= 0 && milliseconds <= readDuration(longestDelay, call)) return milliseconds;
  throw invalidValue('mockS3', 'replicationDelay', delay, 'a duration from 0 to 36,500 days, such as { minutes: 5 }');
}
