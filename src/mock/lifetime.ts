import {
  type Capture,
  type Listener,
  type ListenOptions,
  listen,
  prepareEnvironment,
  type StoppableListener,
  startCapture,
} from '../capture/index';
import type { RequestEntry } from '../journal/entry';
import { Journal } from '../journal/journal';
import { readMoment } from '../model/clock';
import { settleLifecycle } from '../model/lifecycle/run';
import { Store, type StoreSnapshot } from '../model/store';
import { type OperationName, operationAliases, operations } from '../operations/table';
import { addBucket } from '../preset/bucket-fixture';
import { type BucketHandle, bucketHandle } from '../preset/bucket-handle';
import { literalOf } from '../preset/state-json';
import { failureNames } from '../refusals/failures';
import { S3MockError } from '../s3-mock-error';
import { type Answerer, createAnswerer } from '../service/answer';
import { FaultRules } from '../service/failures/rules';
import type { CallSite } from './call-site';
import { checkOptions, type MockS3Options } from './options';

/** What a mock holds together: state, journal, capture, and what of it belongs to the running test. */
export class Core {
  readonly store: Store;
  readonly journal: Journal;
  readonly rules: FaultRules;
  readonly #options: MockS3Options;
  readonly #callSite: CallSite;
  readonly #answerer: Answerer;
  readonly #restoreEnvironment: () => void;
  readonly #listeners = new Set<Promise<StoppableListener>>();
  #capture: Capture | undefined;
  #stopped = false;
  #watcher: ((entry: RequestEntry) => void) | undefined;
  #fixtures: StoreSnapshot;
  #runner: { testIsRunning(): boolean } | undefined;
  #inTest = false;
  #resets = 0;
  #faults: unknown[] = [];

  constructor(options: MockS3Options, callSite: CallSite) {
    checkOptions(options);
    const { account = '000000000000', seed = 's3-versioning-mock', now, region = 'us-east-1' } = options;
    this.#options = options;
    this.#callSite = callSite;
    const start = now === undefined ? undefined : readMoment(now);
    this.store = new Store({
      accountId: account,
      seed,
      realNow: () => Date.now(), // at each call, since a test may fake it later
      start,
      serviceInstanceId: options.serviceInstanceId,
      pageSize: options.pageSize,
      propagation: (options.propagation?.seconds ?? 0) * 1000,
    });
    for (const name of options.accounts ?? []) this.store.addAccount(name);
    for (const [name, fixture] of Object.entries(options.buckets ?? {})) addBucket(this.store, name, fixture);
    this.#fixtures = this.store.snapshot();
    const names = Object.keys(operations) as OperationName[]; // the table's own keys
    this.journal = new Journal({ names, aliases: operationAliases }, options.journal);
    this.rules = new FaultRules({
      operationNamed: (name) => this.journal.operationNamed(name),
      failures: failureNames,
      draw: () => this.store.ids.fraction('fault'),
    });
    this.#answerer = createAnswerer({
      store: this.store,
      rules: this.rules,
      verifySignatures: options.verifySignatures === true,
      journal: { append: (entry) => this.#record(entry) },
      onRequest: () => this.settled(),
      onFault: (fault) => this.#faults.push(fault),
    });
    const { accessKeyId, secretAccessKey } = this.store.defaultAccount.credentials;
    this.#restoreEnvironment =
      options.credentials === false ? () => {} : prepareEnvironment({ accessKeyId, secretAccessKey, region });
  }

  start(): void {
    this.#stopped = false;
    const { hosts, dialect = 'aws', guard = false, nock } = this.#options;
    const { accept, refuse } = this.#answerer;
    const { file, place } = this.#callSite;
    try {
      this.#capture = startCapture({
        ...(hosts && { hosts }),
        dialect,
        guard,
        accept,
        refuse,
        ...(nock && { nock }),
        file,
        callSite: place,
      });
    } finally {
      if (this.#capture === undefined) this.#restoreEnvironment();
    }
  }

  /** The store, after what a test that is over has made is taken away, and lifecycle has done what is due. */
  settled(): Store {
    // Asked first: the answer also tells the mock that a test began.
    const running = this.#runner?.testIsRunning();
    if (this.#inTest && running === false) {
      this.#restoreFixtures();
      this.#inTest = false;
    }
    for (const { at, ...action } of settleLifecycle(this.store))
      this.journal.appendServiceAction({ ...action, at: new Date(at) });
    return this.store;
  }

  handle(name: string): BucketHandle {
    return bucketHandle(
      this.store,
      name,
      () => this.settled(),
      () => this.#resets > 0,
      this.journal,
    );
  }

  /** Options that make a mock with the present state. */
  literal(): MockS3Options {
    const { account, seed } = this.#options;
    return {
      ...(account !== undefined && { account }),
      ...(seed !== undefined && { seed }),
      ...literalOf(this.settled()),
    };
  }

  /** Has each request told once it is answered. */
  watch(watcher: (entry: RequestEntry) => void): void {
    this.#watcher = watcher;
  }

  #record(entry: RequestEntry): void {
    this.journal.append(entry);
    this.#watcher?.(entry);
  }

  setRunner(runner: { testIsRunning(): boolean }): void {
    this.#runner = runner;
  }

  /** What was made since the last test joins the fixtures. */
  beginTest(): void {
    if (this.#options.reset === false) return;
    if (!this.#inTest) {
      this.#fixtures = this.store.snapshot();
      this.rules.keep();
    }
    this.#inTest = true;
    this.reset();
  }

  reset(): void {
    this.#restoreFixtures();
    this.journal.clear();
  }

  // The journal stays until the next test begins, so that an afterAll can look at it.
  #restoreFixtures(): void {
    this.#answerer.turnAway('MockReset');
    this.store.restore(this.#fixtures);
    this.rules.reset();
    this.#resets += 1;
  }

  async listen(options?: ListenOptions): Promise<Listener> {
    if (this.#stopped) {
      throw new S3MockError(
        'STOPPED',
        'listen() of a mock that was stopped. Call it before stop(), or make another mock.',
      );
    }
    const { accept, refuse } = this.#answerer;
    const opening = listen({ accept, refuse, dialect: this.#options.dialect ?? 'aws' }, options);
    this.#listeners.add(opening);
    const forget = () => this.#listeners.delete(opening);
    const { url, port, close } = await opening.catch((error) => {
      forget();
      throw error;
    });
    return { url, port, close: () => close().finally(forget) };
  }

  /** The capture ends at once. The promise is for the ports. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#answerer.turnAway('MockStopped');
    this.#capture?.stop();
    this.#capture = undefined;
    this.#restoreEnvironment();
    const stopped = [...this.#listeners].map((opening) =>
      opening.then(
        (listener) => listener.stop(),
        () => {},
      ),
    );
    this.#listeners.clear();
    await Promise.all(stopped);
  }

  throwFaults(): void {
    const [first, ...others] = this.#faults.splice(0);
    if (first === undefined) return;
    throw others.length === 0
      ? first
      : new AggregateError([first, ...others], 's3-versioning-mock met with several faults of its own');
  }
}
