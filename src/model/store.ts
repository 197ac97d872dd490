import { day } from '../formats/durations';
import { isCosLocation } from '../formats/regions';
import type { S3Error } from '../refusals/s3-error';
import type { SetConditions } from './access/condition-key-values';
import { defaultSourceAddress } from './access/source-address';
import { Bucket, type BucketIdentity, type BucketSettings } from './bucket';
import type { Change, Origin } from './changes';
import { Clock, type ClockHistory } from './clock';
import type { Acls, SseC } from './configurations/configuration';
import type { EventVersion } from './events/report';
import { Sequencers } from './events/sequencers';
import { Account, type AccountIdentity, type Caller, purposeOfAccount } from './identity/account';
import { defaultAccountName } from './identity/account-text';
import { type AccountOf, makeRootCaller, moveCaller } from './identity/caller';
import { guidOf, Iam } from './identity/iam';
import { type Credentials, makeCredentials, refusalOfToken, type Session } from './identity/session';
import { Ids } from './ids';
import { Kms } from './kms';
import type { ReplicationFailure } from './replication/replication-reasons';
import type { ReplicationTask } from './replication/replication-task';
import { RevertibleMap } from './revertible-map';
import { never } from './schedule/due-times';
import type { OnTouch, Touch } from './touches';
import { type Committed, Transactions } from './transactions';
import { type VersionIdForm, VersionIds } from './versions/version-id';

export interface StoreOptions {
  readonly accountId: string;
  readonly seed: string;
  readonly realNow: () => number;
  readonly start: number | undefined;
  /** A GUID or CRN; undefined matches every instance. */
  readonly serviceInstanceId?: string | undefined;
  /** The milliseconds until all of S3 knows that a bucket's versioning was enabled. */
  readonly propagation?: number | undefined;
  readonly pageSize?: number | undefined;
  readonly sourceIp?: string | undefined;
  readonly sseC?: SseC | undefined;
  readonly acls?: Acls | undefined;
  readonly organizationId?: string | undefined;
  readonly conditions?: SetConditions | undefined;
  readonly eventVersion?: EventVersion | undefined;
  readonly replicationDelay?: number | undefined;
  readonly failureOfReplication?: FailureOfReplication | undefined;
  /** The form of the ids in a bucket that could be of either service. */
  readonly versionIdForm?: VersionIdForm | undefined;
}

export type FailureOfReplication = (
  source: Bucket,
  task: ReplicationTask,
  where: {
    readonly destination: Bucket | undefined;
    /** The moment of the attempt; the clock can be ahead of it. */
    readonly at: number;
  },
) => ReplicationFailure | undefined;

interface AccountFacts extends Pick<AccountIdentity, 'credentials' | 'organizationId'> {
  /** Default: an id that follows from the name. */
  readonly id?: string | undefined;
}

/** The default account first. */
type Accounts = readonly [Account, ...Account[]];

interface StoreContents extends Pick<Store, 'acting' | 'sequence' | 'lifecycleDay' | 'nextDue'> {
  readonly accounts: Accounts;
  readonly buckets: BucketTable;
}

interface StatefulPart {
  readonly state: unknown;
  restore(state: unknown): void;
}

export interface StoreSnapshot {
  readonly contents: Readonly<StoreContents>;
  readonly parts: readonly (readonly [part: StatefulPart, state: unknown])[];
  /** Of the clock. It is undefined in a state to which a reset returns: then the clock forgets what it knew. */
  readonly history: ClockHistory | undefined;
}

class BucketTable extends RevertibleMap<Bucket> {
  protected override partOf(bucket: string | undefined): Omit<Touch, 'isWrite'> {
    return { bucket, part: 'existence' };
  }
}

export class Store {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly iam = new Iam();
  readonly kms = new Kms();
  readonly sequencers = new Sequencers();
  readonly versionIds: VersionIds;
  readonly versionIdForm: VersionIdForm;
  readonly serviceInstanceId: string | undefined;
  readonly propagation: number;
  /** The most entries of a page of a listing, below the limits of S3. */
  pageSize: number;
  readonly sourceIp: string;
  readonly sseC: SseC;
  readonly acls: Acls;
  readonly conditions: SetConditions;
  readonly eventVersion: EventVersion;
  readonly replicationDelay: number;
  readonly failureOfReplication: FailureOfReplication;
  /** The keys of the environment. They stand for the acting caller, like keys that nobody was given. */
  readonly environmentCredentials: Credentials;
  /** Keys that nobody was given stand for it. */
  acting: Caller;
  /** The day, counted from 1970, at whose beginning lifecycle last ran. */
  lifecycleDay: number;
  /** The moment before which S3 does nothing by itself, except at a midnight. */
  nextDue = never;
  readonly #transactions = new Transactions();
  #buckets = new BucketTable(this.#transactions);
  #accounts: Accounts;
  #sequence = 1;
  readonly #issuedKeys = new Set<string>();

  constructor({
    accountId,
    seed,
    realNow,
    start,
    serviceInstanceId,
    propagation = 0,
    pageSize = Number.POSITIVE_INFINITY,
    sourceIp = defaultSourceAddress,
    sseC = 'blocked',
    acls = 'blocked',
    organizationId,
    conditions = new Map(),
    eventVersion = '2.6',
    replicationDelay = 0,
    failureOfReplication = () => undefined,
    versionIdForm = 'opaque',
  }: StoreOptions) {
    this.serviceInstanceId = serviceInstanceId;
    this.versionIdForm = versionIdForm;
    this.propagation = propagation;
    this.pageSize = pageSize;
    this.sourceIp = sourceIp;
    this.sseC = sseC;
    this.acls = acls;
    this.conditions = conditions;
    this.eventVersion = eventVersion;
    this.replicationDelay = replicationDelay;
    this.failureOfReplication = failureOfReplication;
    this.clock = new Clock(realNow, start);
    this.ids = new Ids(seed);
    this.versionIds = new VersionIds(seed);
    const defaultAccount = this.#makeAccount({
      id: accountId,
      name: defaultAccountName,
      organizationId,
      serviceInstance: serviceInstanceId === undefined ? undefined : guidOf(serviceInstanceId),
    });
    this.environmentCredentials = makeCredentials(this.ids, 'environment');
    this.lifecycleDay = Math.floor(this.clock.now() / day);
    this.acting = makeRootCaller(defaultAccount);
    this.#accounts = [defaultAccount];
  }

  /**
   * If the action throws, buckets and accounts stay as they were. A transaction within another transaction is a part of it, which can be
   * undone alone. The origin is the origin of the outermost transaction.
   */
  commit<Result>(action: () => Result, originOf: (result: Result) => Origin): Committed<Result> {
    return this.#transactions.run(action, originOf);
  }

  /** The changes concern nobody else: for a test, or within another transaction. */
  transaction<Result>(action: () => Result): Result {
    return this.commit(action, () => ({ cause: { by: 'test' }, time: this.clock.now() })).result;
  }

  /** Sets the function that follows each transaction's changes. If the transaction fails, the function's own changes are undone too. */
  follow(follow: (changes: readonly Change[]) => void): void {
    this.#transactions.follow = follow;
  }

  /** Reports what is read and written from now on. Returns the function that ends it. */
  observe(onTouch: OnTouch): () => void {
    const { onTouch: before } = this.#transactions;
    const { onMove } = this.clock;
    this.#transactions.onTouch = onTouch;
    // Every answer can depend on the time.
    this.clock.onMove = () => onTouch({ part: 'everything', isWrite: true });
    return () => {
      this.#transactions.onTouch = before;
      this.clock.onMove = onMove;
    };
  }

  /** Reports what is read or written elsewhere than in the store's own members. */
  report(touch: Touch): void {
    if (touch.isWrite) this.#transactions.noteWrite(touch);
    else this.#transactions.onTouch?.(touch);
  }

  /** Reports nothing of an action whose result is no part of an answer and of no state. */
  unobserved<Result>(action: () => Result): Result {
    return this.#transactions.unobserved(action);
  }

  get buckets(): ReadonlyMap<string, Bucket> {
    return this.#buckets;
  }

  /** The default account first. */
  get accounts(): readonly Account[] {
    return this.#accounts;
  }

  get defaultAccount(): Account {
    return this.#accounts[0];
  }

  get sequence(): number {
    return this.#sequence;
  }

  /** The numbers order the writes, since many writes share a time. */
  nextSequence(): number {
    this.#sequence += 1;
    return this.#sequence - 1;
  }

  /** A version from another mock has the id that is made of its number, so that the numbers up to it are skipped. */
  passSequence(sequence: number | undefined): void {
    if (sequence !== undefined) this.#sequence = Math.max(this.#sequence, sequence + 1);
  }

  addBucket(identity: BucketIdentity, settings: BucketSettings = {}): Bucket {
    const bucket = new Bucket(identity, { ...this.#settingsOfNew(identity), ...settings }, this.#transactions);
    this.#buckets.set(bucket.name, bucket);
    return bucket;
  }

  /**
   * If ACLs are allowed, a new bucket looks as if its ownership controls and its public access block were deleted: until April 2023, S3
   * gave neither to a new bucket.
   */
  #settingsOfNew({ location }: BucketIdentity): BucketSettings {
    const isOld = this.acls === 'allowed' && (location === undefined || !isCosLocation(location));
    return isOld ? { ownershipControls: null, publicAccessBlock: null } : {};
  }

  deleteBucket(name: string): void {
    this.#buckets.delete(name);
  }

  addAccount(name: string, facts: AccountFacts = {}): Account {
    const id = facts.id ?? this.ids.text(purposeOfAccount(name), '123456789', 12);
    const account = this.#makeAccount({ ...facts, id, hasGivenId: facts.id !== undefined, name });
    const before = this.#accounts;
    if (this.#transactions.isOpen)
      this.#transactions.note({
        undo: () => {
          this.#accounts = before;
        },
      });
    this.#accounts = [...before, account];
    return account;
  }

  findAccount(idOrName: string): Account | undefined {
    return this.accounts.find(({ id, name }) => id === idOrName || name === idOrName);
  }

  /** A key that was never issued is the acting caller's, so that tests need no configuration. That of an account which a reset removed is nobody's. */
  findCaller(accessKeyId: string, acting: Caller = this.acting): Caller | undefined {
    if (accessKeyId === this.environmentCredentials.accessKeyId) return { ...acting, accessKeyId };
    const caller = this.#findInAccounts((account) => account.findCaller(accessKeyId));
    if (caller) return caller;
    return this.#issuedKeys.has(accessKeyId) ? undefined : { ...acting, accessKeyId };
  }

  findSecret(accessKeyId: string): string | undefined {
    const secret = this.#findInAccounts((account) => account.findSecret(accessKeyId));
    if (secret !== undefined) return secret;
    const { environmentCredentials: found } = this;
    return found.accessKeyId === accessKeyId ? found.secretAccessKey : undefined;
  }

  #findInAccounts<Found>(find: (account: Account) => Found | undefined): Found | undefined {
    for (const account of this.accounts) {
      const found = find(account);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  findSession(accessKeyId: string): Session | undefined {
    return this.#findInAccounts((account) => account.findSession(accessKeyId));
  }

  refusalOfToken(session: Session, token: string | undefined): S3Error | undefined {
    const isIssued = (one: string) => this.accounts.some((account) => account.hasToken(one));
    return refusalOfToken(session, token, { now: this.clock.now(), isIssued });
  }

  /** The number of writes so far, for `isUnchangedSince`. */
  get writes(): number {
    return this.#transactions.writes.count;
  }

  /** Whether the parts that were touched are what they were at that number of writes. The clock is no part of them. */
  isUnchangedSince(writes: number, touches: readonly Touch[]): boolean {
    return this.#transactions.writes.isUnchangedSince(writes, touches);
  }

  snapshot(): StoreSnapshot {
    // A copy is filled, which changes nothing of the present state.
    return this.#transactions.writes.apart(() => this.#withCopies(this.#readState()));
  }

  restore(snapshot: StoreSnapshot): void {
    // A key whose account is gone is not taken for a key of the default account.
    for (const key of this.accounts.flatMap(({ accessKeyIds }) => accessKeyIds)) this.#issuedKeys.add(key);
    this.#transactions.noteWrite({ part: 'everything' });
    this.#replaceState({ ...this.#withCopies(snapshot), history: undefined });
  }

  /** Takes the present state of another store of the same options. Later changes of one do not show in the other. */
  copyFrom(other: Store): void {
    const copies = new Map(other.accounts.map((account) => [account, this.#copyAccount(account)]));
    const accountOf = (account: Account) => copies.get(account) ?? account;
    const [defaultAccount, ...accounts] = other.#accounts;
    const { sequence, lifecycleDay, nextDue } = other;
    const contents: StoreContents = {
      acting: moveCaller(other.acting, accountOf),
      buckets: this.#copyBuckets(other.buckets, accountOf),
      accounts: [accountOf(defaultAccount), ...accounts.map(accountOf)],
      ...{ sequence, lifecycleDay, nextDue },
    };
    for (const key of other.#issuedKeys) this.#issuedKeys.add(key);
    this.iam.copyFrom(other.iam);
    this.ids.restore(other.ids.state);
    this.kms.restore(other.kms.state);
    this.sequencers.restore(other.sequencers.state);
    this.clock.restore(other.clock.state);
    this.#replaceState({ contents, parts: [], history: other.clock.history });
  }

  /** Acts on the state of a snapshot, and returns what became of that state. The store and its buckets stay as they are. */
  actOn<Result>(
    snapshot: StoreSnapshot,
    action: () => Result,
  ): { readonly result: Result; readonly state: StoreSnapshot } {
    return this.#transactions.writes.apart(() => {
      const present = this.#readState();
      this.#replaceState(this.#withCopies(snapshot));
      try {
        return { result: action(), state: this.#readState() };
      } finally {
        this.#replaceState(present);
      }
    });
  }

  #readState(): StoreSnapshot {
    const parts = [this.clock, this.ids, this.iam, this.kms, this.sequencers, ...this.accounts];
    const { acting, sequence, lifecycleDay, nextDue } = this;
    const contents = { acting, buckets: this.#buckets, accounts: this.#accounts, sequence, lifecycleDay, nextDue };
    return { contents, parts: parts.map((part) => [part, part.state]), history: this.clock.history };
  }

  #withCopies(snapshot: StoreSnapshot): StoreSnapshot {
    const { contents } = snapshot;
    return { ...snapshot, contents: { ...contents, buckets: this.#copyBuckets(contents.buckets) } };
  }

  #replaceState({ contents, parts, history }: StoreSnapshot): void {
    this.acting = contents.acting;
    this.#buckets = contents.buckets;
    this.#accounts = contents.accounts;
    this.#sequence = contents.sequence;
    this.lifecycleDay = contents.lifecycleDay;
    this.nextDue = contents.nextDue;
    for (const [part, state] of parts) part.restore(state);
    this.clock.restore(this.clock.state, history);
  }

  #copyBuckets(buckets: ReadonlyMap<string, Bucket>, accountOf?: AccountOf): BucketTable {
    const copies = new BucketTable(this.#transactions);
    for (const [name, bucket] of buckets) copies.set(name, bucket.copy(this.#transactions, accountOf));
    return copies;
  }

  #copyAccount(account: Account): Account {
    return account.copy(
      this.ids,
      () => this.clock.now(),
      (touch) => this.report(touch),
    );
  }

  #makeAccount(identity: AccountIdentity): Account {
    const report = (touch: Touch) => this.report(touch);
    return new Account(identity, this.ids, () => this.clock.now(), { report });
  }
}
