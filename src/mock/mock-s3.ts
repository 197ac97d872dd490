import type { Listener, ListenOptions } from '../capture/index';
import type { ExpectedInput, OperationOrAlias, RequestEntry } from '../journal/entry';
import type { Journal } from '../journal/journal';
import type { Duration } from '../model/clock';
import type { MfaDeviceOptions } from '../model/identity/mfa-device';
import type { StoreSnapshot } from '../model/store';
import type { AccountHandle, MfaDeviceHandle } from '../preset/account-handle';
import { addBucket, type BucketFixture } from '../preset/bucket-fixture';
import type { BucketHandle } from '../preset/bucket-handle';
import { type IamHandle, iamHandle } from '../preset/iam-handle';
import { type PlannedAction, planLifecycle } from '../preset/lifecycle-plan';
import { S3MockError } from '../s3-mock-error';
import type { FaultRule } from '../service/failures/rules';
import { checkOptionNames } from '../text/option-names';
import { writeGiven } from '../text/values';
import { callSiteOf } from './call-site';
import { Core } from './lifetime';
import type { MockS3Options } from './options';

/** The clock by which the mock goes. */
export interface ClockHandle {
  /** The present moment. */
  now(): Date;
  /** Stops the clock at a moment: a Date, milliseconds since 1970, or ISO 8601. What lifecycle has due by then is done at once. */
  set(moment: Date | number | string): void;
  /** Moves the clock on. What lifecycle has due by then is done at once. */
  advance(duration: Duration): void;
}

/** A look ahead at what lifecycle rules will do. */
export interface LifecycleHandle {
  /**
   * What will be done at which midnight UTC, as things stand, soonest first; nothing is changed by asking. `until` leaves out what comes
   * after a moment.
   *
   * @example
   * for (const { at, action, key, rule } of s3.lifecycle.plan()) console.log(at, action, key, rule);
   */
  plan(options?: { readonly until?: Date | number | string | undefined }): readonly PlannedAction[];
}

/** All state of a mock at a moment, for `restore`. */
export interface MockSnapshot {
  /** @internal */
  readonly store: StoreSnapshot;
}

/** What the faces for runners and the command line do with a mock; users have `MockS3`. */
export interface MockControl {
  readonly mock: MockS3;
  start(): void;
  beginTest(): void;
  /** Throws the faults of ours that the test met with. */
  endTest(): void;
  stop(): Promise<void>;
  setRunner(runner: { testIsRunning(): boolean }): void;
  /** Has each request told once it is answered. */
  watch(watcher: (entry: RequestEntry) => void): void;
}

/** Amazon S3 and IBM COS, inside this process, for tests. Made by `mockS3`. */
export class MockS3 {
  readonly #core: Core;
  /** The clock by which versions, MFA codes and lifecycle go. */
  readonly clock: ClockHandle;
  /** What the lifecycle rules of all buckets have before them. */
  readonly lifecycle: LifecycleHandle;

  /** @internal */
  constructor(core: Core) {
    this.#core = core;
    this.clock = {
      now: () => new Date(core.settled().clock.now()),
      set(moment) {
        core.settled().clock.set(moment);
        core.settled();
      },
      advance(duration) {
        core.settled().clock.advance(duration);
        core.settled();
      },
    };
    this.lifecycle = { plan: (options) => planLifecycle(core.settled(), options) };
  }

  /** Every request received, oldest first. */
  get requests(): Journal {
    this.#core.settled();
    return this.#core.journal;
  }

  /** The default account: who asks with keys that nobody was given, and who owns what nobody else does. */
  get account(): AccountHandle {
    return this.#core.settled().defaultAccount;
  }

  /** The MFA device of the default account's root user. */
  get mfa(): MfaDeviceHandle {
    return this.#core.settled().defaultAccount.mfa;
  }

  /** IBM Cloud's token service: which API keys and tokens are no good. */
  get iam(): IamHandle {
    return iamHandle(() => this.#core.settled());
  }

  /** Gives the default account's root user one more MFA device. TypeError for a serial or secret that is none. */
  createMfaDevice(options: Partial<MfaDeviceOptions> = {}): MfaDeviceHandle {
    checkOptionNames('createMfaDevice', options, ['serial', 'secret', 'digits', 'period']);
    return this.#core.settled().defaultAccount.addMfaDevice(options);
  }

  /** Makes another account. S3MockError where the name is taken. */
  createAccount(options: { readonly name: string }): AccountHandle {
    checkOptionNames('createAccount', options, ['name']);
    const { name } = options;
    const store = this.#core.settled();
    if (typeof name !== 'string' || name === '')
      throw new TypeError(`not an account's name: ${writeGiven(name)}. Give text, such as 'partner'.`);
    if (store.findAccount(name))
      throw new S3MockError('ACCOUNT_EXISTS', `there is an account '${name}' already. Take another name.`);
    return store.addAccount(name);
  }

  /**
   * Makes a bucket. TypeError for a name or state that S3 does not have, S3MockError where the name is taken.
   *
   * @example
   * const vault = s3.createBucket('vault', { versioning: 'Enabled', mfaDelete: 'Enabled' });
   */
  createBucket(name: string, fixture: BucketFixture = {}): BucketHandle {
    addBucket(this.#core.settled(), name, fixture);
    return this.bucket(name);
  }

  /** The handle of a bucket. S3MockError that lists the buckets there are where that one is not. */
  bucket(name: string): BucketHandle {
    return this.#core.handle(name);
  }

  /** The handles of all buckets, by name. */
  get buckets(): readonly BucketHandle[] {
    return [...this.#core.settled().buckets.keys()].toSorted().map((name) => this.bucket(name));
  }

  /**
   * Makes a rule for what goes wrong with the requests of an operation, all of them or those whose input fits. A reset takes away what a
   * test made; what was made while no test ran stands anew before each. TypeError for an operation that S3 does not have.
   *
   * @example
   * s3.on('PutObject', { Bucket: 'vault' }).fail('SlowDown', { times: 2 });
   */
  on<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): FaultRule {
    this.#core.settled();
    return this.#core.rules.on(operation, input);
  }

  /** All state as it is now. */
  snapshot(): MockSnapshot {
    return { store: this.#core.settled().snapshot() };
  }

  /** Back to a snapshot's state. Requests received stay. */
  restore(snapshot: MockSnapshot): void {
    if (typeof snapshot?.store !== 'object') throw new TypeError('restore: give what snapshot() returned.');
    this.#core.settled().restore(snapshot.store);
  }

  /**
   * The state as options of a mock, which JSON can hold: buckets with all their versions, accounts, and the moment where the clock was
   * moved. Left out are uploads in progress, tags of buckets, and of an object's headers all but its type.
   *
   * @example
   * writeFileSync('vault.json', JSON.stringify(s3));
   * const again = mockS3(JSON.parse(readFileSync('vault.json', 'utf8')));
   */
  toJSON(): MockS3Options {
    return this.#core.literal();
  }

  /** Back to the fixtures: buckets, accounts, clock and ids; requests and used MFA codes are forgotten. */
  reset(): void {
    this.#core.reset();
    this.#core.throwFaults();
  }

  /**
   * Opens a port of this machine on which the same mock answers other processes and languages, path style
   * (`http://127.0.0.1:9000/vault/report.pdf`) and virtual-host style (`http://vault.localhost:9000/report.pdf`). `stop()` closes
   * it, as does its own `close()`. TypeError for options that mean nothing, S3MockError where the port is taken.
   *
   * @example
   * const { url } = await s3.listen();
   * execFileSync('python3', ['backup.py'], { env: { ...process.env, S3_ENDPOINT: url } });
   */
  listen(options?: ListenOptions): Promise<Listener> {
    return this.#core.listen(options);
  }

  /** Ends the capture and closes the ports: nothing stays in Node, no connection stays open. May be called again. */
  async stop(): Promise<void> {
    await this.#core.stop();
    this.#core.throwFaults();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** A mock for a runner's face to start and stop. `from` is the function that the user called. */
export function createMock(options: MockS3Options | undefined, from: (...values: never[]) => unknown): MockControl {
  const core = new Core(options ?? {}, callSiteOf(from));
  const mock = new MockS3(core);
  return {
    mock,
    start: () => core.start(),
    beginTest: () => core.beginTest(),
    endTest: () => core.throwFaults(),
    stop: () => mock.stop(),
    setRunner: (runner) => core.setRunner(runner),
    watch: (watcher) => core.watch(watcher),
  };
}

/**
 * Captures the S3 calls of this process from now on, until `stop()`.
 *
 * Throws a TypeError for options that mean nothing or name a state that S3 does not have, and an S3MockError where another mock of
 * the same file answers for the same hosts.
 *
 * @example
 * const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
 * await codeUnderTest();
 * s3.requests.expect('PutBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } });
 * await s3.stop();
 */
export function mockS3(options?: MockS3Options): MockS3 {
  const { mock, start } = createMock(options, mockS3);
  start();
  return mock;
}
