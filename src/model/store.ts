import { day } from '../formats/durations';
import type { S3Error } from '../refusals/s3-error';
import type { SetConditions } from './access/condition-key-values';
import { defaultSourceAddress } from './access/source-address';
import { Bucket, type BucketIdentity, type BucketSettings } from './bucket';
import type { Change, Origin } from './changes';
import { Clock } from './clock';
import type { SseC } from './configurations/configuration';
import type { EventVersion } from './events/report';
import { Sequencers } from './events/sequencers';
import { Account, type AccountIdentity, type Caller } from './identity/account';
import { nameOfDefault } from './identity/account-text';
import { rootOf } from './identity/caller';
import { Iam } from './identity/iam';
import { type Credentials, makeCredentials, refusalOfToken, type Session } from './identity/session';
import { Ids } from './ids';
import { Kms } from './kms';
import { RevertibleMap } from './revertible-map';
import { never } from './schedule/due-times';
import type { FailureOfReplication, StoreOptions } from './store-options';
import { type Committed, Transactions } from './transactions';
import { VersionIds } from './versions/version-id';

interface StoreContents {
  /** The caller that keys stand for if they were given to nobody. */
  acting: Caller;
  buckets: RevertibleMap<Bucket>;
  accounts: readonly Account[];
  sequence: number;
  lifecycleDay: number;
  nextDue: number;
}

/** A part of a store that has a state of its own: the clock, an account. It gets only its own states back. */
interface StatefulPart {
  readonly state: unknown;
  restore(state: unknown): void;
}

/** The state of a store at a moment. Later changes do not show in it. */
export interface StoreSnapshot {
  readonly contents: Readonly<StoreContents>;
  readonly parts: readonly (readonly [part: StatefulPart, state: unknown])[];
}

/** The only holder of state: accounts, buckets, the clock and the sequences of ids. */
export class Store {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly iam = new Iam();
  readonly kms = new Kms();
  readonly sequencers = new Sequencers();
  readonly versionIds: VersionIds;
  readonly serviceInstanceId: string | undefined;
  readonly propagation: number;
  readonly pageSize: number;
  readonly sourceIp: string;
  readonly sseC: SseC;
  readonly conditions: SetConditions;
  readonly eventVersion: EventVersion;
  readonly replicationDelay: number;
  readonly failureOfReplication: FailureOfReplication;
  readonly defaultAccount: Account;
  /** The keys that clients find in the environment. Like keys that nobody was given, they stand for the acting caller. */
  readonly environmentCredentials: Credentials;
  readonly #transactions = new Transactions();
  #contents: StoreContents;
  // Outlives a restore, so that a key whose account is gone is not taken for a key of the default account.
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
    organizationId,
    conditions = new Map(),
    eventVersion = '2.6',
    replicationDelay = 0,
    failureOfReplication = () => undefined,
  }: StoreOptions) {
    this.serviceInstanceId = serviceInstanceId;
    this.propagation = propagation;
    this.pageSize = pageSize;
    this.sourceIp = sourceIp;
    this.sseC = sseC;
    this.conditions = conditions;
    this.eventVersion = eventVersion;
    this.replicationDelay = replicationDelay;
    this.failureOfReplication = failureOfReplication;
    this.clock = new Clock(realNow, start);
    this.ids = new Ids(seed);
    this.versionIds = new VersionIds(seed);
    this.defaultAccount = this.#makeAccount({ id: accountId, name: nameOfDefault, organizationId });
    this.environmentCredentials = makeCredentials(this.ids, 'environment');
    const lifecycleDay = Math.floor(this.clock.now() / day);
    const acting = rootOf(this.defaultAccount);
    const buckets = new RevertibleMap<Bucket>(this.#transactions);
    this.#contents = { acting, buckets, accounts: [this.defaultAccount], sequence: 1, lifecycleDay, nextDue: never };
  }

  /**
   * Runs an action. If it throws, whatever it throws, nothing of the buckets and of the list of accounts stays changed. A transaction within
   * another is a part of it, which is undone alone. The origin is that of the outermost.
   */
  commit<Result>(action: () => Result, originOf: (result: Result) => Origin): Committed<Result> {
    return this.#transactions.run(action, originOf);
  }

  /** The same for a test, or within another transaction: its changes concern nobody else. Returns the result of the action. */
  transaction<Result>(action: () => Result): Result {
    return this.commit(action, () => this.#byTest()).result;
  }

  /** Makes a function a part of each transaction: it gets the changes, and what it does is undone with them. */
  follow(follow: (changes: readonly Change[]) => void): void {
    this.#transactions.follow = follow;
  }

  #byTest(): Origin {
    return { cause: { by: 'test' }, time: this.clock.now() };
  }

  /** The caller that keys stand for if they were given to nobody: the default account's root user, unless a test says otherwise. */
  get acting(): Caller {
    return this.#contents.acting;
  }

  set acting(acting: Caller) {
    this.#contents.acting = acting;
  }

  get buckets(): ReadonlyMap<string, Bucket> {
    return this.#contents.buckets;
  }

  get accounts(): readonly Account[] {
    return this.#contents.accounts;
  }

  /** The day, in days since 1970, at whose first moment lifecycle last ran. */
  get lifecycleDay(): number {
    return this.#contents.lifecycleDay;
  }

  set lifecycleDay(lifecycleDay: number) {
    this.#contents.lifecycleDay = lifecycleDay;
  }

  /** The soonest moment before the next midnight at which S3 may have something to do by itself: nothing is due before. */
  get nextDue(): number {
    return this.#contents.nextDue;
  }

  set nextDue(moment: number) {
    this.#contents.nextDue = moment;
  }

  get sequence(): number {
    return this.#contents.sequence;
  }

  /** Takes the number of the next write. The numbers order the writes, since many writes share a time. */
  nextSequence(): number {
    this.#contents.sequence += 1;
    return this.#contents.sequence - 1;
  }

  /** Skips the numbers up to this one, since a version from another mock has the id that is made of it. */
  passSequence(sequence: number | undefined): void {
    if (sequence !== undefined) this.#contents.sequence = Math.max(this.sequence, sequence + 1);
  }

  addBucket(identity: BucketIdentity, settings: BucketSettings = {}): Bucket {
    const bucket = new Bucket(identity, settings, this.#transactions);
    this.#contents.buckets.set(bucket.name, bucket);
    return bucket;
  }

  deleteBucket(name: string): void {
    this.#contents.buckets.delete(name);
  }

  /** Adds an account. If its keys are not given, they are generated. */
  addAccount(name: string, facts: Pick<AccountIdentity, 'credentials' | 'organizationId'> = {}): Account {
    const account = this.#makeAccount({ id: this.ids.text('account', '123456789', 12), name, ...facts });
    const before = this.accounts;
    if (this.#transactions.isOpen)
      this.#transactions.note({
        undo: () => {
          this.#contents.accounts = before;
        },
      });
    this.#contents.accounts = [...before, account];
    return account;
  }

  findAccount(idOrName: string): Account | undefined {
    return this.accounts.find(({ id, name }) => id === idOrName || name === idOrName);
  }

  /**
   * The caller with an access key. A key that was never issued is the acting caller's, so that tests need no configuration. The key of an
   * account that a reset removed belongs to nobody. A request that a handler sends may have an acting caller of its own.
   */
  findCaller(accessKeyId: string, acting: Caller = this.acting): Caller | undefined {
    if (accessKeyId === this.environmentCredentials.accessKeyId) return { ...acting, accessKeyId };
    for (const account of this.accounts) {
      const caller = account.findCaller(accessKeyId);
      if (caller) return caller;
    }
    return this.#issuedKeys.has(accessKeyId) ? undefined : { ...acting, accessKeyId };
  }

  /** The secret of an access key; undefined for a key that was not issued. */
  findSecret(accessKeyId: string): string | undefined {
    for (const account of this.accounts) {
      const secret = account.findSecret(accessKeyId);
      if (secret !== undefined) return secret;
    }
    const { environmentCredentials: ofEnvironment } = this;
    return ofEnvironment.accessKeyId === accessKeyId ? ofEnvironment.secretAccessKey : undefined;
  }

  findSession(accessKeyId: string): Session | undefined {
    for (const account of this.accounts) {
      const session = account.findSession(accessKeyId);
      if (session) return session;
    }
    return undefined;
  }

  /** Throws unless S3 accepts the token that came with a session's key. */
  checkToken(session: Session, token: string | undefined): void {
    const refusal = this.refusalOfToken(session, token);
    if (refusal) throw refusal;
  }

  refusalOfToken(session: Session, token: string | undefined): S3Error | undefined {
    const isIssued = (one: string) => this.accounts.some((account) => account.hasToken(one));
    return refusalOfToken(session, token, { now: this.clock.now(), isIssued });
  }

  snapshot(): StoreSnapshot {
    const parts = [this.clock, this.ids, this.iam, this.kms, this.sequencers, ...this.accounts];
    return { contents: this.#copyOf(this.#contents), parts: parts.map((part) => [part, part.state]) };
  }

  restore({ contents, parts }: StoreSnapshot): void {
    this.#noteKeys();
    this.#contents = this.#copyOf(contents);
    for (const [part, state] of parts) part.restore(state);
  }

  #copyOf(contents: Readonly<StoreContents>): StoreContents {
    const buckets = new RevertibleMap<Bucket>(this.#transactions);
    for (const [name, bucket] of contents.buckets) buckets.set(name, bucket.copy(this.#transactions));
    return { ...contents, buckets };
  }

  #makeAccount(identity: AccountIdentity): Account {
    return new Account(identity, this.ids, () => this.clock.now());
  }

  #noteKeys(): void {
    for (const key of this.accounts.flatMap(({ accessKeyIds }) => accessKeyIds)) this.#issuedKeys.add(key);
  }
}
