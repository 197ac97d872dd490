import type { Listener, ListenOptions, OpenDoorOfPort } from '../capture/index';
import type { Events } from '../events/events';
import type { DestinationHandler } from '../events/handler-types';
import type {
  AnyExpectedInput,
  ExpectedInput,
  OperationOrAlias,
  RequestEntry,
  StsOperationName,
} from '../journal/entry';
import type { Expected } from '../journal/input-matching';
import type { Journal } from '../journal/journal';
import { writeAssertions } from '../journal/written-test';
import type { MfaDeviceOptions } from '../model/identity/mfa-device';
import type { StoreSnapshot } from '../model/store';
import { type AccountFixture, addAccount, readNamedAccount } from '../preset/account-fixture';
import { type AccountHandle, AccountHandles, type ActingCaller, readActing } from '../preset/account-handle';
import { addBucket, type BucketFixture } from '../preset/bucket-fixture';
import { type BucketHandle, makeBucketHandle, namesOfBucket } from '../preset/bucket-handle';
import { type IamHandle, makeIamHandle } from '../preset/iam-handle';
import { type KmsKeysHandle, makeKmsKeysHandle } from '../preset/kms-keys-handle';
import type { MfaDeviceHandle } from '../preset/mfa-device-handle';
import { planLifecycle, planReplication } from '../preset/plans';
import { S3MockError } from '../s3-mock-error';
import type { Outage, OutageOptions } from '../service/failures/outage';
import type { ReplicationAttempt, ReplicationFailureRule } from '../service/failures/replication-failure-rule';
import type { AnyRule, FailureCode, FailureRule, StsFailureCode, UnusedRule } from '../service/failures/rules';
import { frameOf, makeBinder } from '../text/bound-methods';
import { closeClass, closeMembers, makeRefusals, namesOfLists, refuseUncalled } from '../text/closed-members';
import { refuseFurtherArguments, type TakenArguments } from '../text/extra-arguments';
import { checkOptionNames } from '../text/member-names';
import { makeMistake, readFrames, setFrames } from '../text/mistakes';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import type { CallerResult, CallersMemory, ExplorationResult, FailureGroup, FailureKind } from './exploration';
import type { Lifetime } from './lifetime';
import {
  type ClockHandle,
  habitsOfMock,
  type LifecycleHandle,
  type MockSnapshot,
  makeClockHandle,
  makePlanHandle,
  type ReplicationHandle,
} from './mock-members';
import type { MockS3Options } from './options';
import { answersAt, type Where } from './ports';
import type { VersionChanges } from './version-changes';

const otherRestores =
  'To return to the state of the options, write s3.reset(), which the hooks of jest and vitest call before each test. To end the mock, write s3.stop().';

/** The arguments of the methods. Tests often pass the options of a step to `on`. */
const mockArguments: Readonly<Record<string, TakenArguments>> = {
  createBucket: [2, () => 'a name and a fixture'],
  bucket: [1, ([name, key]) => `a name alone. An object is s3.bucket(${name}).object(${key})`],
  actAs: [1, () => "one caller. A session of it is s3.account.user('writer').session()"],
  deliverTo: [2, () => 'a destination and its handler. The subscribers of a topic are a list'],
  unusedRules: [0, () => 'no argument: it returns all'],
  on: [2, () => 'an operation and an input. How often it fails is an option of the step: fail(code, { times })'],
  createMfaDevice: [1, () => 'options alone, such as { serial, secret }'],
  createAccount: [2, () => 'a name and a fixture'],
  outage: [1, () => 'options alone, such as { region, as }'],
  snapshot: [0, () => 'no argument: it returns the whole state'],
  restore: [1, () => 'a snapshot alone'],
  fork: [1, () => 'one function, which gets the world'],
  reset: [0, () => 'no argument: it restores the whole state that tests begin with'],
};

const namesOfListener = ['url', 'port', 'close'] as const satisfies readonly (keyof Listener)[];

const refusedUnawaited = makeRefusals(
  's3.listen',
  namesOfListener,
  'it returns a promise. Write const { url } = await s3.listen().',
);

export interface ServedMock {
  readonly mock: MockS3;
  rules(): readonly AnyRule[];
  readonly versionChanges: VersionChanges;
  /** The service that an address of this machine is; undefined if the options say nothing. */
  readonly dialect: MockS3Options['dialect'];
  /** Writes requests as the assertions of a test. */
  writeAssertions(entries: Iterable<RequestEntry>): string;
  /** Called by a handler: `act` ends what it waits for, if its delivery is ended. */
  onCut(act: (why: Error) => void): void;
}

/** A way that begins: what `run`, `again` and `restart` get. */
export interface BegunWay {
  /** The copy of the mock in which the code runs. Read and move its clock here: the mock outside throws. */
  readonly world: MockS3;
  /** The name, which `only` takes. Empty for a run without a failure. Orders get their name when they have run. */
  readonly name: string;
  /** The failure. Undefined for the run without a failure. */
  readonly failure: FailureKind | undefined;
}

/** One way through the code: a run with a failure, with an order of the requests of several callers, or with both. */
export interface Way extends BegunWay {
  /** The request that fails, as it was in the run without a failure. */
  readonly request: RequestEntry | undefined;
  /** How the code ended: as a caller that crashed, as one that waits for ever, or as one that rejected, in this order. */
  readonly outcome: CallerResult['outcome'];
  /** The error of the first caller that rejected. */
  readonly error: unknown;
  /** The results of the callers by name. If `run` is a function, its name is `run`. */
  readonly results: Readonly<Record<string, CallerResult>>;
}

/** What `s3.explore` tries, and what has to hold. */
export interface Exploration {
  /** The code under test. If it is an object, each of its functions is a caller, and the orders of their requests are explored. */
  readonly run: CodeOfWay | Readonly<Record<string, CodeOfWay>>;
  /**
   * What has to hold after a run that resolved, and after `again`. The function throws if it does not. It can be async. It must not return a
   * boolean, which nobody would look at.
   */
  readonly check?: ((way: Way) => void | Promise<void>) | undefined;
  /**
   * A second run after a run that did not resolve: `true` is `run` once more, for each caller that did not resolve. The second run has to
   * resolve, and then `check` must not throw. With several callers, it takes turns with the others. Default `false`.
   */
  readonly again?: boolean | CodeOfWay | undefined;
  /** What has to hold after a run that did not resolve, if there is no `again`. Default: nothing. */
  readonly checkFailed?: ((way: Way) => void | Promise<void>) | undefined;
  /**
   * The failures that are tried. `'disconnect'`, `'no answer'` and `'crash'` stand for each of their moments. Default: all for one caller,
   * `false` for several.
   */
  readonly failures?: false | readonly (FailureKind | FailureGroup)[] | undefined;
  /**
   * Whether two failures in one way are tried as well: the second at a request that the first has caused, such as a retry, a compensation or
   * a request of `again`. Default `false`.
   */
  readonly pairs?: boolean | undefined;
  /**
   * The requests that fail: those of an operation, or those of an operation whose input matches. Default: all.
   *
   * @example
   * await s3.explore({ run, check, of: ['PutObject', { Key: 'report.pdf' }] });
   */
  readonly of?: OperationOrAlias | readonly [OperationOrAlias, AnyExpectedInput] | undefined;
  /**
   * If `true`, each failure happens once, and the run has to resolve all the same: a test of its retries and time-outs. Only failures that pass
   * are tried, so no `deny`, no `lasting` and no crash. Default `false`.
   */
  readonly mustSucceed?: boolean | undefined;
  /** Whether the orders of the requests are tried. Default `true` for several callers, `false` for one. */
  readonly orders?: boolean | undefined;
  /**
   * Whether the callers depend on each other beside S3, by a cache, a buffer or a lock in memory. `'share memory'` demands all orders of their
   * requests, `'share nothing'` only those that differ for S3. Default: those that differ for S3, and then others, the fewest switches between
   * callers first, while `limit` and a quarter of the time last.
   */
  readonly callers?: CallersMemory | undefined;
  /**
   * Whether the clock of the world moves as well, as one more caller: to the next moment at which S3 answers otherwise or does something by
   * itself, such as the end of a retention or a session, a day of lifecycle, or a late replica. Such moves are tried before, between and after the
   * requests. Default `false`.
   */
  readonly clock?: boolean | undefined;
  /** The most ways. If there are more, the seed of the mock chooses among them. Default 1,000. */
  readonly limit?: number | undefined;
  /**
   * The milliseconds of real time after which no further way begins. Default: until a second before the runner ends the test, with jest and
   * vitest; no limit otherwise.
   */
  readonly timeout?: number | undefined;
  /** Whether the test passes if not all ways could be tried, or if none was judged. Default `false`. */
  readonly incomplete?: boolean | undefined;
  /** Whether the other ways are tried after one that does not hold, so that the error lists all of these. Default `false`. */
  readonly all?: boolean | undefined;
  /** The number of ways that run at the same time, for code that keeps no state of its own. Default 1. */
  readonly concurrency?: number | undefined;
  /**
   * Called before each way, to reset what the code under test keeps: caches, locks and clients. It is not called before `again`. Its requests go
   * to the world of the way.
   */
  readonly restart?: ((way: BegunWay) => void | Promise<void>) | undefined;
  /** The name of a single way, which a failed exploration printed. */
  readonly only?: string | undefined;
}

/** Code that an exploration runs, with the way that it runs in. */
export type CodeOfWay = (way: BegunWay) => Promise<unknown>;

/** What a mock is made of. The mock of a world has a lifetime of its own. */
export interface MockParts {
  readonly lifetime: Lifetime;
  readonly openDoor: OpenDoor;
  readonly worlds: Worlds;
  readonly makeMock: (parts: MockParts) => MockS3;
}

/** What the room of worlds does with a mock. */
export interface Worlds {
  readonly fork: <Result>(outer: MockParts, run: (world: MockS3) => Promise<Result> | Result) => Promise<Result>;
  readonly explore: (outer: MockParts, exploration: Exploration) => Promise<ExplorationResult>;
}

export type OpenDoor = (served: ServedMock, ...port: Parameters<OpenDoorOfPort>) => ReturnType<OpenDoorOfPort>;

/** A copy of one, such as its JSON, lacks what cannot be copied. */
class StoredState {
  readonly #store: StoreSnapshot;

  constructor(store: StoreSnapshot) {
    this.#store = store;
  }

  static read(given: unknown): StoreSnapshot | undefined {
    return typeof given === 'object' && given !== null && #store in given ? given.#store : undefined;
  }
}

/** A mock of Amazon S3 and IBM COS inside this process, for tests. `mockS3` creates it. */
export class MockS3 {
  readonly #lifetime: Lifetime;
  readonly #accounts: AccountHandles;
  readonly #iam: IamHandle;
  readonly #parts: MockParts;
  /** The clock of versions, MFA codes, lifecycle and replication. */
  readonly clock: ClockHandle;
  /** The actions that the lifecycle rules of all buckets will take. */
  readonly lifecycle: LifecycleHandle;
  /** The copies that the replication rules of all buckets will make. */
  readonly replication: ReplicationHandle;
  /** The KMS keys that S3 encrypts objects with: which of them are disabled, pending deletion or missing. */
  readonly kmsKeys: KmsKeysHandle;
  /**
   * Returns whether requests to a URL, or to a host with or without a port, reach this mock: it captures them, or listens there. Use it for
   * libraries that ask which requests they should leave alone. It is false for another store, such as R2, that the mock refuses: a library
   * that answers the store comes first. Throws a TypeError for any other value.
   *
   * @example
   * mockAgent.enableNetConnect(s3.answers); // undici
   * http.all(({ request }) => s3.answers(request.url), () => passthrough()); // msw
   */
  readonly answers: (where: string | URL) => boolean;
  /** Calls `stop()` at the end of the block in which `await using` declares the mock. */
  declare [Symbol.asyncDispose]: () => Promise<void>;

  static {
    // jsdom and happy-dom have no such symbol on Node 20 and 22.
    if (Symbol.asyncDispose !== undefined) {
      const value = MockS3.prototype.stop;
      Object.defineProperty(MockS3.prototype, Symbol.asyncDispose, { value, writable: true, configurable: true });
    }
    closeClass(MockS3.prototype, { label: 's3', cures: habitsOfMock });
    refuseFurtherArguments(MockS3.prototype, () => 's3', mockArguments);
    refuseUncalled(MockS3.prototype, 's3', {
      bucket: ["bucket('vault')", namesOfBucket],
      unusedRules: ['unusedRules()', namesOfLists],
      snapshot: ['snapshot()', ['store']],
      outage: ["outage({ region: 'us-east-1' })", ['used', 'requests']],
      listen: ['listen()', namesOfListener],
    });
  }

  static readonly #bind = makeBinder(MockS3.prototype, {
    ofHooks: ['reset', 'stop', 'listen', 'outage', 'snapshot', 'unusedRules', 'toJSON'],
  });

  private constructor(parts: MockParts) {
    const { lifetime } = parts;
    this.#lifetime = lifetime;
    this.#parts = parts;
    this.#accounts = new AccountHandles(
      () => lifetime.use(),
      () => lifetime.worlds.checkOutside(),
    );
    this.#iam = makeIamHandle(() => lifetime.use());
    this.kmsKeys = makeKmsKeysHandle(() => lifetime.use());
    this.clock = makeClockHandle(() => lifetime.use());
    this.lifecycle = makePlanHandle<LifecycleHandle>('s3.lifecycle', (options) =>
      planLifecycle(lifetime.use(), options),
    );
    this.replication = makePlanHandle<ReplicationHandle>('s3.replication', (options) =>
      planReplication(lifetime.use(), options),
    );
    const answers = (where: Where) => answersAt(where, (host, port) => lifetime.answers(host, port));
    this.answers = answers; // printed with its name
    closeMembers(this);
    MockS3.#bind(this);
  }

  /** @internal */
  static of(parts: MockParts): MockS3 {
    return new MockS3(parts);
  }

  /** The requests that came, oldest first, each with its answer. */
  get requests(): Journal {
    this.#lifetime.settle(); // the list itself knows where it may be read, and may be printed everywhere
    const { requests, journal } = this.#lifetime.state;
    journal.handleReads.noteRequests(journal.dropped + journal.length);
    return requests;
  }

  /**
   * The events that S3 sent because of the notification configurations of buckets, oldest first. A bucket without a configuration sends
   * none.
   *
   * @example
   * s3.bucket('vault').notification = { QueueConfigurations: [{ QueueArn: queueArn, Events: ['s3:ObjectCreated:*'] }] };
   * await upload('report.pdf');
   * expect(s3.events.of('ObjectCreated:Put').map(({ key }) => key)).toEqual(['report.pdf']);
   */
  get events(): Events {
    this.#lifetime.settle(); // the list itself knows where it may be read, and may be printed everywhere
    const { events, journal } = this.#lifetime.state;
    journal.handleReads.noteEvents(journal.dropped + journal.length);
    return events;
  }

  /**
   * Delivers the events of a destination to a handler, which replaces the present handler. A destination is the ARN of a function, a queue
   * or a topic, or `'eventbridge'`. The handler gets each event after the request that caused it was answered; `s3.events.settled()` waits
   * for all. A reset removes the handlers of a test; handlers that were registered outside of a test stay. `{ handler, role }` gives the
   * requests of the handler the rights of a role. `{ forward }` gets the messages of a queue or a topic as text. Throws a TypeError for a
   * text that is not a destination, for a handler that is not a function, and for a role that Lambda cannot assume.
   *
   * @example
   * s3.deliverTo('arn:aws:lambda:us-east-1:000000000000:function:thumbnail', handler);
   * s3.deliverTo('arn:aws:lambda:us-east-1:000000000000:function:thumbnail', { handler, role: 'worker' });
   */
  deliverTo<Destination extends string>(destination: Destination, handler: DestinationHandler<Destination>): void {
    this.#lifetime.use();
    this.#lifetime.state.deliveries.deliverTo(destination, handler);
  }

  /**
   * The default account, which owns the buckets that name no other owner. If neither `caller` nor `actAs` names somebody else, its root
   * user sends the requests that are signed with an unknown key.
   */
  get account(): AccountHandle {
    return this.#accounts.of(this.#lifetime.use().defaultAccount);
  }

  /** All accounts, the default account first. */
  get accounts(): readonly AccountHandle[] {
    const accounts = this.#lifetime.use().accounts.map((account) => this.#accounts.of(account));
    return closeList('s3.accounts', accounts, (name) => `s3.accounts.find(({ name }) => name === ${name})`);
  }

  /** The MFA device of the default account's root user. */
  get mfa(): MfaDeviceHandle {
    return this.#accounts.ofDevice(this.#lifetime.use().defaultAccount.mfa);
  }

  /** IBM Cloud's token service: the API keys and tokens that it rejects. */
  get iam(): IamHandle {
    this.#lifetime.use();
    return this.#iam;
  }

  /** Adds an MFA device to the default account's root user. Throws a TypeError for an invalid serial or secret. */
  createMfaDevice(options: Partial<MfaDeviceOptions> = {}): MfaDeviceHandle {
    checkOptionNames('createMfaDevice', options, ['serial', 'secret', 'digits', 'period']);
    return this.#accounts.ofDevice(this.#lifetime.use().defaultAccount.addMfaDevice(options));
  }

  /**
   * Creates an account. Its name can also be a member of the fixture. Throws a TypeError for a wrong name, id or key, and an S3MockError if
   * the name is taken.
   *
   * @example
   * const partner = s3.createAccount('partner', { id: '111122223333' });
   */
  createAccount(
    account: string | (AccountFixture & { readonly name: string }),
    fixture?: AccountFixture,
  ): AccountHandle {
    const [name, own] = readNamedAccount(account, fixture);
    return this.#accounts.of(addAccount(this.#lifetime.use(), 'createAccount', name, own));
  }

  /**
   * Chooses the sender of the requests that are signed with an unknown key, such as the key that SDKs find in the environment. The sender
   * is a user, a session or an account's root user. A text is the name of a user of the default account. A reset undoes the choice.
   *
   * @example
   * s3.actAs('writer');
   * s3.actAs(s3.account.role('deployer').session());
   */
  actAs(caller: ActingCaller): void {
    const store = this.#lifetime.use();
    store.acting = readActing(store, this.#accounts.callers, caller);
  }

  /**
   * Creates a bucket. Throws a TypeError for a name or a state that is impossible on S3, an S3MockError if the name is taken.
   *
   * @example
   * const vault = s3.createBucket('vault', { versioning: 'Enabled', mfaDelete: 'Enabled' });
   */
  createBucket(name: string, fixture: BucketFixture = {}): BucketHandle {
    addBucket(this.#lifetime.use(), name, fixture);
    return this.bucket(name);
  }

  /** Returns the handle of a bucket. If the bucket does not exist, throws an S3MockError that lists the existing buckets. */
  bucket(name: string): BucketHandle {
    const { store, journal, events, deliveries } = this.#lifetime.state;
    const hooks = {
      settle: () => this.#lifetime.settle(),
      wasRemoved: () => this.#lifetime.state.removed(name),
      checkPlace: () => this.#lifetime.worlds.checkOutside(),
      noteRead: (key: string | undefined, isOfVersions = false) =>
        journal.handleReads.note({ bucket: name, key, isOfVersions, after: journal.dropped + journal.length }),
      isDelivering: () => deliveries.isBusy || deliveries.writeUndelivered() !== undefined,
      noteUsage: () => journal.handleReads.noteUsage({ bucket: name, after: journal.dropped + journal.length }),
    };
    return makeBucketHandle(store, name, hooks, journal, events);
  }

  /** The handles of all buckets, in the order of their names. */
  get buckets(): readonly BucketHandle[] {
    const buckets = [...this.#lifetime.use().buckets.keys()].toSorted().map((name) => this.bucket(name));
    return closeList('s3.buckets', buckets, (name) => `s3.bucket(${name})`);
  }

  /**
   * Creates a rule that makes requests of every operation of S3, STS and S3 Control fail: all requests, or the requests with matching
   * members in their input. A request without such a member does not match: ListBuckets, for example, contains no Bucket. The rule has no
   * effect on a service that does not know the code of `fail`. `s3.outage` makes a region, an account or everything fail. Throws a
   * TypeError for members that no operation has.
   *
   * @example
   * s3.on('*', { Bucket: 'vault' }).fail('SlowDown', { times: 3 });
   */
  on(operation: '*', input?: AnyExpectedInput): FailureRule<FailureCode | StsFailureCode>;
  /** Creates a rule about `'ReplicateObject'`: it makes attempts of replication to copy fail, all attempts or those that match. */
  on(operation: 'ReplicateObject', attempt?: Expected<ReplicationAttempt>): ReplicationFailureRule;
  /**
   * Creates a rule that makes requests of an operation fail: all requests, or the requests with a matching input. A reset removes the rules
   * that a test created; a rule that was created outside of a test starts again before each test. Throws a TypeError for an operation that
   * does not exist on S3.
   *
   * @example
   * s3.on('PutObject', { Bucket: 'vault' }).fail('SlowDown', { times: 2 });
   */
  on<Name extends OperationOrAlias>(
    operation: Name,
    input?: ExpectedInput<Name>,
  ): FailureRule<Name extends StsOperationName ? StsFailureCode : FailureCode>;
  on(operation: string, input?: unknown): ReplicationFailureRule | FailureRule<FailureCode | StsFailureCode> {
    this.#lifetime.use();
    return this.#lifetime.state.rules.on(operation, input);
  }

  /**
   * Makes a part of the services fail: a region, a bucket, an account, a service, what several of these describe together, or everything.
   * The requests that the outage meets are counted and not applied. Replication from and to this part waits, and S3 tries it again. A reset
   * removes the outages that a test made. Throws a TypeError for an unknown member, region, account or form.
   *
   * @example
   * const outage = s3.outage({ region: 'us-east-1', until: { minutes: 30 } });
   * await upload('report.pdf');
   * expect(outage.used).toBeGreaterThan(0);
   * outage.end();
   */
  outage(options: OutageOptions = {}): Outage {
    this.#lifetime.use();
    return this.#lifetime.state.rules.outage(options);
  }

  /**
   * Returns the rules of `on` and the outages that no request has met since they were created, or since the last reset. The list also
   * contains rules and outages that were created outside of a test.
   *
   * @example
   * afterEach(() => expect(s3.unusedRules()).toEqual([]));
   */
  unusedRules(): readonly UnusedRule[] {
    this.#lifetime.use();
    return this.#lifetime.state.unusedRules();
  }

  /** Returns the whole present state. */
  snapshot(): MockSnapshot {
    return Object.freeze({ store: new StoredState(this.#lifetime.use().snapshot()) });
  }

  /**
   * Restores the state of a snapshot, or the state that `toJSON` wrote. The journal keeps its requests. Throws a TypeError for anything
   * else, and for a JSON of a mock that was made with other options: `account`, `organizationId`, `seed`, `sseC`, `acls`,
   * `replicationDelay` and `conditions` stay.
   *
   * @example
   * s3.restore(JSON.parse(readFileSync('vault.json', 'utf8')));
   */
  restore(state: MockSnapshot | MockS3Options): void {
    if (isRecord(state) && isRecord(state['buckets'])) {
      this.#lifetime.use();
      this.#lifetime.state.replace(state);
      this.#lifetime.state.versionChanges.noteRestore();
      return;
    }
    const store = isRecord(state) ? StoredState.read(Reflect.get(state, 'store')) : undefined;
    if (store === undefined)
      throw makeMistake(
        `restore: ${writeGiven(state)} is not a snapshot. Give what s3.snapshot() or s3.toJSON() returned.${state === undefined ? ` ${otherRestores}` : ''}`,
      );
    checkOptionNames('restore', state, ['store']);
    this.#lifetime.use().restore(store);
    this.#lifetime.state.versionChanges.noteRestore();
  }

  /**
   * Returns the state as options of a mock, in a form that JSON can store: buckets with all their versions and their objects' headers,
   * accounts with their users and roles, the user that acts, the states of KMS keys, what replication still has to copy, and the clock's
   * moment if it was moved. It contains no uploads in progress, checksums and parts of objects, sessions, MFA devices or rules of `on`, and
   * no options except `account`, `organizationId`, `seed`, `sseC`, `acls`, `replicationDelay` and `conditions`.
   *
   * @example
   * writeFileSync('vault.json', JSON.stringify(s3));
   * const again = mockS3(JSON.parse(readFileSync('vault.json', 'utf8')));
   */
  toJSON(): MockS3Options {
    this.#lifetime.settle(); // also in a world, since runners print a value by its JSON
    return this.#lifetime.state.toOptions();
  }

  /**
   * Runs a function in a world, which is a copy of the present state. The world answers the requests of the function, also those that it makes
   * in other functions. The mock goes on answering all other requests. The journal and the events of the world begin empty. Its rules go on
   * where they stand, and its handlers get the events of the world. The world ends when the promise of the function settles. Returns what the
   * function returns. Within the function, ask the world: the mock itself throws an S3MockError. Throws an S3MockError if the mock does not
   * run, or is stopped or reset meanwhile, if the runtime cannot tell which code makes a request, and in the cases in which `reset()` throws one.
   *
   * @example
   * test.concurrent('keeps the first version', () =>
   *   s3.fork(async (world) => {
   *     await upload('report.pdf');
   *     expect(world.bucket('vault')).toHaveVersions('report.pdf', ['second', 'first']);
   *   }),
   * );
   */
  async fork<Result>(run: (world: MockS3) => Promise<Result> | Result): Promise<Result> {
    this.#lifetime.worlds.checkOutside();
    return this.#parts.worlds.fork(this.#parts, run);
  }

  /**
   * Runs code again and again, each time in a copy of the present state, and each time something else goes wrong: it tries every failure at
   * every request, or every order of the requests of several callers. After each run it asks whether what you check still holds. Returns
   * how many ways it tried. Throws an S3MockError at the first way that does not hold: it shows the requests, and how to run that way alone.
   * Also throws an S3MockError if the code fails without a failure, if nothing was asked of any way, if not all ways could be tried, and if the
   * mock is stopped or reset, or the test ends, before that: no more code is started then.
   *
   * @example
   * await s3.explore({
   *   run: () => move('draft.pdf', 'final.pdf'),
   *   again: true,
   *   check: ({ world }) => expect(world.bucket('reports').keys).toEqual(['final.pdf']),
   * });
   */
  async explore(exploration: Exploration): Promise<ExplorationResult> {
    return this.#parts.worlds.explore(this.#parts, exploration);
  }

  /**
   * Restores the state that tests begin with: buckets, accounts, keys, clock, ids and rules. Clears the journal and the used MFA codes.
   * With the main entry, tests begin with the state of the options: buckets and rules that were made later are gone. Ports of `listen` stay
   * open. A call that is still running is answered from the state before the reset, and changes nothing. Throws an S3MockError, after the
   * reset, if a handler failed and nobody awaited `s3.events.settled()`, if a rule has no step, and for rules that no request met, if the
   * option `unusedRules` is `'fail'`.
   */
  reset(): void {
    this.#lifetime.worlds.checkOutside();
    this.#lifetime.noteRules();
    this.#lifetime.resetByCall();
    this.#lifetime.throwUnmet();
  }

  /**
   * Opens a port of this machine on which the mock answers other processes and languages. It answers path style
   * (`http://127.0.0.1:9000/vault/report.pdf`), and virtual-host style (`http://vault.localhost:9000/report.pdf`) if the machine resolves
   * such names. `stop()` and the listener's `close()` close the port. Throws a TypeError for a wrong option, and an S3MockError if the port
   * is taken.
   *
   * @example
   * const { url } = await s3.listen();
   * await promisify(execFile)('python3', ['backup.py'], { env: { ...process.env, S3_ENDPOINT: url } });
   */
  listen(options?: ListenOptions): Promise<Listener> {
    this.#lifetime.worlds.checkOutside();
    const { versionChanges, dialect } = this.#lifetime.state;
    const served: ServedMock = {
      mock: this,
      rules: () => this.#lifetime.state.rules.all(),
      versionChanges,
      dialect,
      writeAssertions: (entries) => writeAssertions(entries, this.#lifetime.state.journal.known.inputShapeOf),
      onCut: (act) => this.#lifetime.state.deliveries.onCut(act),
    };
    // The frames are read now, since the system says only in a later turn that a port is taken.
    const frames = readFrames(frameOf(this.listen));
    const listener = this.#lifetime
      .listen(options, (port, base) => this.#parts.openDoor(served, port, base))
      .catch((error: unknown) => {
        throw error instanceof S3MockError ? setFrames(error, frames) : error;
      });
    return Object.defineProperties(listener, refusedUnawaited);
  }

  /**
   * Ends the capture and closes the ports: Node's functions are restored, and no connection stays open. Before, it waits until the event
   * loop is at rest, for at most 50 ms, and answers what is on its way, which changes nothing. If it interrupts code of `fork` or `explore`,
   * it waits until this code has ended, for at most four seconds, and refuses what the code sends later. You can call it more than once;
   * `await using` also calls it. Rejects with an S3MockError in the cases in which `reset()` throws one.
   */
  async stop(): Promise<void> {
    this.#lifetime.noteRulesAtStop();
    await this.#lifetime.stop();
    this.#lifetime.throwUnmet();
  }
}

/** `s3.buckets.vault` in JavaScript would be undefined, and fail only later, in words that do not name the mistake. */
function closeList<Handle extends { readonly name: string }>(
  label: string,
  handles: Handle[],
  writeCure: (name: string) => string,
): readonly Handle[] {
  for (const { name } of handles) {
    // A bucket may have the name of a method, such as map.
    if (name in handles) continue;
    const given = writeGiven(name);
    const cure = `it is a list, and has no member ${given}. Write ${writeCure(given)}.`;
    Object.defineProperties(handles, makeRefusals(label, [name], cure));
  }
  return handles;
}
