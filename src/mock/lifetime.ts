import { URL } from 'node:url';
import {
  type Capture,
  type EnvironmentValues,
  findEnvironmentSecret,
  findNamedEndpoint,
  hostKinds,
  type Listener,
  type ListenOptions,
  listPrepared,
  nextRun,
  type OpenDoorOfPort,
  type OtherProtocol,
  type PreparedVariable,
  prepareEnvironment,
  presentRun,
  readOtherHost,
  StartedCode,
  startCapture,
  untilAtRest,
  whyHeld,
} from '../capture/index';
import { makeRequestCause } from '../events/events';
import type { RequestEntry } from '../journal/entry';
import { traceRequest, writeCall } from '../journal/entry-text';
import { limited, startTimer } from '../journal/real-timers';
import type { CallOfWorlds } from '../journal/requests-of-worlds';
import { traceServiceAction } from '../journal/service-actions';
import type { ServiceAction } from '../model/schedule/service-action';
import type { Store } from '../model/store';
import { S3MockError } from '../s3-mock-error';
import {
  type AnsweredRequest,
  type Answerer,
  createAnswerer,
  isSignedForS3,
  type LateRequest,
  makeIsForOthers,
} from '../service/answer';
import { EndedState } from '../service/eras';
import { isThrownByTest } from '../service/failures/thrown-by-test';
import type { Turns } from '../service/turns';
import type { CallSite, TestFile } from '../test-file';
import { invalidValue } from '../text/invalid-value';
import { writeGiven } from '../text/values';
import { readFailedErrors } from '../thrown-errors';
import type { WireRequest } from '../wire';
import type { Environment, FailedTest, Screens, Witnesses } from './failed-test';
import { TimersOfTest } from './fake-timers';
import { watchNodeTests } from './node-test';
import { OpenWorlds, type RoutedWorld } from './open-worlds';
import { answeredServices, capturedServices, checkOptions, type MockS3Options } from './options';
import { Ports, writeOtherProtocol } from './ports';
import { isOfRules } from './rules-of-test';
import type { Runner, SendingTest } from './runner';
import { StartedProcesses } from './started-processes';
import { MockState } from './state';
import type { TriedMock, TriedSuite } from './tried-suite';
import { Undertaking } from './undertaking';

/** The most bugs that are kept for a test: the first ones say what is wrong, and it can take long until a reset. */
const THROWN_BUGS = 100;

const cureOfPort = 'tls: { cert, key } to s3.listen';

/** How long `stop()` waits for functions of the test that it has interrupted: a hook of jest has five seconds. */
const LONGEST_REST = 4000;

/** Where the mock of a world gets its requests from. */
interface PlaceOfWorld {
  readonly outer: Lifetime;
  /** The run to which the requests of its handlers belong. */
  readonly run: number;
  /** The call of the test that made the world. */
  readonly undertaking: Undertaking;
  readonly onStop: () => void;
}

export class Lifetime {
  readonly state: MockState;
  readonly #place: PlaceOfWorld | undefined;
  readonly #loadScreens: () => Screens;
  readonly #worlds = new OpenWorlds();
  /** The lifetimes of its worlds that run. */
  readonly #inner = new Set<Lifetime>();
  readonly #options: MockS3Options;
  readonly #findCallSite: () => CallSite;
  readonly #file: TestFile;
  readonly #testFileIsOver: () => boolean;
  readonly #answerer: Answerer;
  /** Hands the requests of worlds over to them. */
  readonly #router: Pick<Answerer, 'accept' | 'refuse'>;
  /** The functions of the test that this mock and its worlds have started. */
  #started: StartedCode;
  /** The calls of the test that start functions in worlds of this mock. */
  readonly #undertakings = new Set<Undertaking>();
  #isInterrupted = false;
  #takeFromEnvironment: (() => void) | undefined;
  readonly #ports: Ports;
  readonly #findKind: ReturnType<typeof hostKinds>;
  #capture: Capture | undefined;
  #stopping: Promise<void> | undefined;
  #trace: Trace | undefined;
  #runner: Runner | undefined;
  /** The tests of node:test, for a mock that no runner's entry controls. */
  #nodeTests: ReturnType<typeof watchNodeTests>;
  #inTest = false;
  readonly #timers: TimersOfTest;
  readonly #processes = new StartedProcesses();
  /** The environment when the test failed; undefined if nobody looked before its hooks. */
  #environmentOfFailure: Environment | undefined;
  /** The tests whose late requests were reported; undefined stands for requests of an unknown test. */
  readonly #reportedLate = new Set<string | undefined>();
  /** What a passed test has possibly not noticed: the first URL of which nobody knows whether it has expired. */
  #unreportedDoubt: { readonly call: string; readonly note: string } | undefined;
  #earlier = 0;
  #bugs: unknown[] = [];
  /** The worlds of this test whose functions failed, for its screen. */
  #failedWorlds: readonly FailedWorld[] = [];
  /** How many requests of no world the mock outside had answered when this world began. */
  #unattributedBefore = 0;
  /** What an exploration does with the requests of a way. */
  readonly turns: Turns = { take: undefined, isOver: false };
  /** Set while the suite of the test file is tried. */
  readonly #tried: TriedMock | undefined;

  constructor(
    options: MockS3Options,
    findCallSite: () => CallSite,
    file: TestFile,
    loadScreens: () => Screens,
    place?: PlaceOfWorld,
    suite?: TriedSuite,
  ) {
    this.#loadScreens = loadScreens;
    if (place === undefined) checkOptions(options);
    this.#place = place;
    this.#file = file;
    this.#testFileIsOver = place === undefined ? file.watch() : place.outer.#testFileIsOver;
    this.#timers = new TimersOfTest(file);
    this.#options = options;
    this.#findCallSite = findCallSite;
    this.#findKind = hostKinds(options.hosts, capturedServices(options));
    this.#trace = findTrace(options, file);
    const hooks = {
      checkPlace: () => this.checkPlace(),
      runHandler: <Result>(action: () => Promise<Result>) =>
        place === undefined ? this.#started.run(nextRun(), action) : place.undertaking.run(action, place.run),
      onBug: (bug: unknown) => this.#noteBug(bug),
      onServiceAction: (action: ServiceAction) => this.#trace?.action(action),
    };
    this.state = new MockState(options, file, hooks, place?.outer.state);
    this.state.journal.explainBy((error) => this.#explainAsked(error));
    const { store, rules } = this.state;
    this.#answerer = createAnswerer({
      store,
      rules,
      turns: this.turns,
      verifySignatures: options.verifySignatures,
      findUserSecret: (accessKeyId) => findEnvironmentSecret(file.process, accessKeyId),
      actingOf: (sender) => this.state.deliveries.findCaller(sender),
      services: answeredServices(options),
      after: (request) => this.#after(request),
      keepState: () => new EndedState(store, rules),
      isOfEarlierTest: (wire) => this.#isOfEarlierTest(wire),
      onLate: (request) => this.#tellLate(request),
      onRequest: () => this.settle(),
      doDue: () => this.state.settle(),
      onBug: (bug) => this.#noteBug(bug),
    });
    this.#router = this.#worlds.route(this.#answerer);
    this.#started = place === undefined ? new StartedCode(this.#router) : place.outer.#started;
    const { accept, refuse } = this.#router;
    this.#ports = new Ports({
      accept,
      refuse,
      dialect: options.dialect ?? 'aws',
      services: answeredServices(options),
      websites: options.hosts && 'websites' in options.hosts ? options.hosts.websites : undefined,
      process: file.process,
      onOtherProtocol: (protocol, url) => {
        this.state.journal.remarks.set('protocol', writeOtherProtocol(protocol, url, cureOfPort));
        this.#trace?.otherProtocol?.(protocol, url);
      },
    });
    this.#tried = suite?.join({
      store,
      deliveries: this.state.deliveries,
      isReset: options.reset !== false,
      countEvents: () => (this.state.deliveries.isIdle ? 0 : this.state.events.length),
      hasRules: () => this.state.rules.all().length > 0,
      findTeller: () => this.#runner?.teller,
      areTimersFaked: () => this.#timers.writeWhyWaiting() !== undefined,
    });
    this.turns.take = this.#tried?.take;
    // The environment is prepared before the start: a mock of a describe starts with its first hook, and clients are often made above it.
    if (place === undefined) this.#prepareEnvironment();
  }

  /** A describe that jest runs again starts its mock again. */
  start(): void {
    if (this.#stopping !== undefined) this.#release(this.#capture);
    if (this.#capture !== undefined) return;
    this.#stopping = undefined;
    this.#answerer.eras.begin();
    if (this.#place === undefined) this.#started = new StartedCode(this.#router);
    this.state.deliveries.start();
    this.#prepareEnvironment();
    this.#nodeTests = watchNodeTests(this.#file.process);
    const { hosts, dialect = 'aws', guard = false, nock } = this.#options;
    const { accept, refuse } = this.#router;
    this.state.journal.elsewhere.watchPatterns(() => this.#capture?.unmatchedPatterns() ?? []);
    this.state.journal.elsewhere.watchProcesses(() => (this.#ports.isEmpty ? this.#processes.names() : []));
    this.#processes.watch();
    const isBucket = (name: string) => this.state.store.buckets.has(name);
    try {
      this.#capture = startCapture({
        ...(hosts && { hosts }),
        services: capturedServices(this.#options),
        dialect,
        guard,
        isForOthers: makeIsForOthers(answeredServices(this.#options)),
        accept,
        refuse,
        isBucket,
        onOtherHost: (host, port, isRefused) => {
          this.settle(); // first, since a new test clears the journal
          this.state.journal.elsewhere.addConnection(host, port, isRefused, readOtherHost(host, port, isBucket));
        },
        isSignedForS3,
        onUnanswered: (request) => {
          this.settle();
          const { kind, entry } = readOtherHost(request.host, request.port, isBucket);
          // The notes on connections name the others by their service.
          if (kind === 'endpoint') this.state.journal.elsewhere.addSigned(request, entry);
        },
        onRefusedByClient: (host, port, error) => {
          this.settle();
          this.state.journal.elsewhere.addRefusalByClient(host, port, error);
        },
        onHeld: () => void this.settle(),
        ...(nock && { nock }),
        started: this.#started,
        senderOf: (request) => this.#findSender(request),
        listensAt: (host, port) => this.#ports.has(host, port),
        testFile: this.#file,
        findCallSite: this.#findCallSite,
        fileIsOver: () => this.#testFileIsOver() || this.#runner?.blockIsOver?.() === true,
        endsWithFile: this.#runner !== undefined,
      });
    } finally {
      if (this.#capture === undefined) {
        this.#processes.stop();
        this.restoreEnvironment();
      }
    }
    if (this.#runner === undefined) this.#file.whenTestsBegin((runner) => this.#warnOfOtherProcesses(runner));
  }

  /** Warns that test files run in other processes, unless the mock has a port, which can serve them, or was stopped after the set-up. */
  #warnOfOtherProcesses(runner: 'jest' | 'vitest'): void {
    if (this.#capture === undefined || this.#capture.takesNothing || !this.#ports.isEmpty) return;
    const elsewhere = runner === 'jest' ? 'jest, without -i,' : 'vitest';
    process.emitWarning(
      `the mock created at ${this.#findCallSite().place} captures only the calls of this process, but ${elsewhere} runs the test files in other processes: ` +
        `call mockS3 of s3-versioning-mock/${runner} in the test files. To let all of them share this mock, create it with hosts: { only: [] } and await s3.listen({ env: true })`,
      'S3MockWarning',
    );
  }

  #prepareEnvironment(): void {
    const values = this.#environmentValues();
    if (values === undefined || this.#takeFromEnvironment !== undefined) return;
    this.#takeFromEnvironment = prepareEnvironment(this.#file.process, values);
  }

  #environmentValues(): EnvironmentValues | undefined {
    const { credentials, region = 'us-east-1' } = this.#options;
    if (credentials === false) return undefined;
    const { accessKeyId, secretAccessKey } = this.state.store.environmentCredentials;
    return { accessKeyId, secretAccessKey, region };
  }

  /** Code that goes on would find the keys of the developer. */
  restoreEnvironment(): void {
    const take = this.#takeFromEnvironment;
    this.#takeFromEnvironment = undefined;
    if (take !== undefined) this.#started.whenLeft(take);
  }

  /** Throws in a world: the test would read or change another state than the code under test. */
  checkPlace(): void {
    const run = presentRun();
    if (run !== undefined && this.#worlds.hasLiving(run)) throw makeOutOfWorld();
  }

  /** Returns the store for a test that reads or changes it. */
  use(): Store {
    this.checkPlace();
    return this.settle();
  }

  settle(): Store {
    // The runner is asked first and every time, since its answer also tells the mock that a test began.
    const running = this.#runner?.testIsRunning();
    if (this.#inTest && running === false) {
      this.#restoreFixtures(true);
      this.#inTest = false;
    }
    this.state.settle();
    this.#noteTimers();
    return this.state.store;
  }

  /** The mock notes the timers as soon as it sees them, since hooks of the test can restore them. */
  #noteTimers(): void {
    const { remarks } = this.state.journal;
    const why = whyHeld();
    if (why !== undefined) remarks.set('ticks', why);
    const { clock } = this.state.store;
    if (!clock.isStopped) return;
    const stopped = clock.moved === 0 ? this.#timers.writeStoppedClock(clock.now()) : undefined;
    if (stopped !== undefined) remarks.set('clock', stopped);
    else if (clock.moved !== 0) remarks.delete('clock');
  }

  trace(trace: Trace): void {
    this.#trace = trace;
  }

  /** Does what follows from an answered request, in this order. */
  #after({ entry, wire, changes, rules, doubt }: AnsweredRequest): void {
    const { state } = this;
    this.#timers.look();
    state.journal.append(entry);
    state.sent.add(entry, wire);
    for (const rule of rules) rule.note(state.journal.reader());
    const events = state.appendEvents(changes, () => makeRequestCause(state.journal.reader()));
    state.deliveries.take(events, wire.sender);
    state.goOn();
    if (doubt !== undefined) this.#findRoot().#noteDoubt({ call: writeCall(entry), note: String(doubt) });
    // The trace prints the entry as the journal contains it, with masks in the place of secrets.
    const last = this.#trace && state.journal.at(-1);
    if (last !== undefined) this.#trace?.request(last);
  }

  /** Of a mock that only serves ports, the users are no test file, and read the notes of its log. */
  #noteDoubt(doubt: { readonly call: string; readonly note: string }): void {
    if (this.#capture?.takesNothing !== false) return;
    this.#unreportedDoubt ??= doubt;
  }

  #noteShown(texts: readonly string[]): void {
    const doubt = this.#unreportedDoubt;
    if (doubt !== undefined && texts.some((text) => text.includes(doubt.note))) this.#unreportedDoubt = undefined;
  }

  #isOfEarlierTest(wire: WireRequest): boolean {
    const isLeft = this.#started.isLeft(wire.run) || this.#nameOfEarlier(wire) !== undefined;
    return isLeft || this.state.journal.isOfEarlierCall(wire.headers);
  }

  #nameOfEarlier({ sender }: WireRequest): string | undefined {
    const test = this.state.deliveries.findTest(sender) as SendingTest | undefined; // as `senderOf` returned it
    return test?.();
  }

  /** Reports a late request. A failed test shows all of them; otherwise one line for each test must be enough. */
  #tellLate({ text, wire }: LateRequest): void {
    // The call of the test says that it was interrupted.
    if (this.#isInterrupted) return;
    const { journal } = this.state;
    journal.noteEarlierCall(wire.headers);
    const test = this.#nameOfEarlier(wire);
    // The SDK v2 says in its name how it was called.
    const hasCallback = /^aws-sdk-nodejs\/2\..* callback$/.test(wire.headers.get('user-agent') ?? '');
    journal.elsewhere.addLate(text, test, hasCallback);
    if (this.#reportedLate.has(test)) return;
    this.#reportedLate.add(test);
    const name = test === undefined ? '' : ` ${writeGiven(test)}`;
    process.emitWarning(
      `${text} was answered after its test${name} had ended, from the state in which the test ended, so no assertion of the test saw it. ` +
        `Await the call in that test. The mock was created at ${this.#findCallSite().place}`,
      'S3MockWarning',
    );
  }

  #noteBug(bug: unknown): void {
    if (this.#bugs.length < THROWN_BUGS) this.#bugs.push(bug);
  }

  setRunner(runner: Runner): void {
    this.#runner = runner;
  }

  /**
   * Returns undefined for hosts of others. The user's own hosts count only while tests are collected: a describe without a mock can use the
   * real hosts.
   */
  whyRefused(host: string, port: number, isCollecting: boolean): string | undefined {
    const kind = this.#findKind(host, port);
    if (kind === undefined || (kind === 'own' && !isCollecting)) return undefined;
    return (
      `no running mock answers it. The mock created at ${this.#findCallSite().place} runs from the first to the last hook of its describe, ` +
      'or, outside of a describe, from its call to the end of the file'
    );
  }

  /** Explains what a test asks about, possibly without its error. */
  #explainAsked(error: unknown): string {
    this.settle();
    const errors = error === undefined ? [] : readFailedErrors([error], writeGiven);
    const texts = this.#explain({ errors, isConcurrent: false, isTimedOut: false, isAsked: true });
    return texts.length === 0 ? 'S3 refused no request of this test.' : texts.join('\n\n');
  }

  /** Returns paragraphs. */
  explain(test: FailedTest): readonly string[] {
    // A mock of another describe may have the requests of its concurrent tests.
    if (this.#options.explain === false || this.#capture === undefined) return [];
    return this.#explain(test);
  }

  #explain(test: FailedTest): readonly string[] {
    const { state } = this;
    this.#noteTimers();
    const earlier = this.#firstOfTest();
    const ofWorlds = this.#writeFailedWorlds(test, this.#capture);
    if (ofWorlds.length > 0 && state.journal.length === earlier) return ofWorlds;
    const texts = [...ofWorlds, ...this.#loadScreens().explain(test, { ...this.#witnesses(this.#capture), earlier })];
    this.#noteShown([...texts, ...test.errors.map(({ message }) => message)]);
    return texts;
  }

  #environment(): Environment {
    return this.#environmentOfFailure ?? this.#readEnvironment();
  }

  #readEnvironment(): Environment {
    const { process } = this.#file;
    const endpoint = findNamedEndpoint(process);
    return { prepared: listPrepared(process), lateEndpoint: endpoint && this.#isLate(endpoint) ? endpoint : undefined };
  }

  /** The mock answers each endpoint that it has read. */
  #isLate({ present = '' }: PreparedVariable): boolean {
    const { hostname, port, protocol } = URL.canParse(present) ? new URL(present) : new URL('http://s3.amazonaws.com');
    return !this.answers(hostname, Number(port) || (protocol === 'https:' ? 443 : 80));
  }

  /** A world in which a test waits for ever has not failed. */
  #writeFailedWorlds(test: FailedTest, capture: Capture | undefined): readonly string[] {
    const failed = this.#failedWorlds.filter(({ message }) =>
      test.errors.some((error) => error.message.includes(message)),
    );
    const isHeld = test.isTimedOut && !test.isConcurrent;
    const held = isHeld ? [...this.#inner].map((world) => ({ world, unattributed: world.#unattributed })) : [];
    return [...failed, ...held].flatMap(({ world, unattributed }) => [
      ...world.#writeAsWorld(test, capture),
      ...(unattributed === 0 ? [] : [writeUnattributed(unattributed)]),
    ]);
  }

  #writeAsWorld(test: FailedTest, capture: Capture | undefined): readonly string[] {
    const witnesses = { ...this.#witnesses(capture), earlier: 0, owner: 'its world' };
    return this.#loadScreens().explain({ ...test, isConcurrent: false }, witnesses);
  }

  #witnesses(capture: Capture | undefined): Omit<Witnesses, 'earlier'> {
    const { openTrials } = this.#answerer;
    const witnesses = {
      state: this.state,
      openTrials,
      timers: this.#timers,
      capture,
      environment: this.#environment(),
    };
    // A world belongs to one test.
    return this.#place === undefined ? witnesses : { ...witnesses, owner: 'this test' };
  }

  /** Notes that the function of this world has failed. A failed test then shows what came to the world. */
  noteFailure(error: unknown): void {
    const root = this.#findRoot();
    if (root.#runner === undefined) return;
    const failed = { message: messageOf(error), world: this, unattributed: this.#unattributed };
    root.#failedWorlds = [...root.#failedWorlds, failed];
  }

  #findRoot(): Lifetime {
    let root: Lifetime = this;
    while (root.#place !== undefined) root = root.#place.outer;
    return root;
  }

  #findSender(request: object | undefined): object | undefined {
    const sender = this.#worlds.findSender() ?? this.state.deliveries.sender ?? this.#findTest();
    return this.#tried === undefined ? sender : this.#tried.findSender(sender, request);
  }

  #findTest(): SendingTest | undefined {
    return (this.#runner ?? this.#nodeTests)?.sender?.();
  }

  #findPresentTest(): SendingTest | undefined {
    return this.#runner?.presentTest?.() ?? this.#findTest();
  }

  /** Returns the real milliseconds after which the runner ends the test or hook that runs now. Returns undefined if nobody knows. */
  timeLeft(): number | undefined {
    return this.#findRoot().#runner?.timeLeft?.();
  }

  /** Returns a function that warns if the test that runs now is over, and so cannot fail any more. */
  watchTest(call: string): () => void {
    const test = this.#findRoot().#findTest();
    return () => {
      const name = test?.();
      if (name === undefined) return;
      process.emitWarning(
        `${call} ended after its test ${writeGiven(name)} had ended, so nothing that went wrong in it has failed the test. ` +
          `Await ${call} in that test. The mock was created at ${this.#findCallSite().place}`,
        'S3MockWarning',
      );
    };
  }

  endRequestsOfTest(): void {
    this.#beginRequests();
    this.state.deliveries.forgetTest();
  }

  #beginRequests(): void {
    const { dropped, length } = this.state.journal;
    this.#earlier = dropped + length;
    this.#failedWorlds = [];
    this.#environmentOfFailure = undefined;
    this.#timers.forget();
  }

  /** Called before hooks of a failed test restore the timers and the environment. */
  lookBeforeHooks(): void {
    this.#timers.look();
    this.#environmentOfFailure = this.#readEnvironment();
    this.#noteTimers();
  }

  /** If fewer requests came than before, the journal was cleared in the meantime. */
  #firstOfTest(): number {
    const { dropped, length } = this.state.journal;
    return this.#earlier > dropped + length ? 0 : Math.max(0, this.#earlier - dropped);
  }

  /** State that was made since the last test becomes part of the fixtures. */
  beginTest(): void {
    // The failures of handlers since the last test, for example in a beforeAll, are thrown at the end of this test.
    this.#beginRequests();
    if (this.#options.reset !== false) {
      const isOfTest = this.#inTest;
      if (!isOfTest) this.state.saveFixtures();
      this.#inTest = true;
      this.reset(isOfTest);
    }
    this.state.rules.beginTest();
  }

  /** `isOfTest` is false if what was before is not the state of a test, but that of hooks around tests. */
  reset(isOfTest = true): void {
    this.#tried?.endTest();
    this.#restoreFixtures(isOfTest);
    this.state.clearLogs();
    this.#processes.forgetEnded();
    this.#earlier = 0;
  }

  #restoreFixtures(isOfTest: boolean): void {
    this.#endUndertakings('the mock was reset');
    // A handler that resets the mock itself goes on in the state that it made.
    if (isOfTest && !this.#isInStarted) this.#started.leaveAll();
    this.#answerer.eras.end({ isOfTest });
    this.state.endWaits('the mock was reset');
    this.state.restoreFixtures();
  }

  async listen(options?: ListenOptions, openDoor?: OpenDoorOfPort): Promise<Listener> {
    if (this.#stopping !== undefined)
      throw new S3MockError(
        'STOPPED',
        'listen: the mock was stopped. Call listen() before stop(), or create another mock.',
      );
    return this.#ports.listen(options, this.#environmentValues(), openDoor);
  }

  answers(host: string, port: number): boolean {
    const isCaptured = this.#place?.outer.answers(host, port) ?? this.#capture?.answers(host, port) === true;
    return isCaptured || this.#ports.has(host, port);
  }

  /** Whether requests can come: it was started and not stopped. */
  get isRunning(): boolean {
    const isStarted = this.#place?.outer.isRunning ?? this.#capture !== undefined;
    return isStarted && this.#stopping === undefined;
  }

  /** Creates the lifetime of a world, which begins with the present state, and gets the requests of a run. */
  openWorld(run: number, undertaking: Undertaking, onStop: () => void): Lifetime {
    this.settle();
    this.#tried?.noteWorld();
    const place = { outer: this, run, undertaking, onStop };
    const world = new Lifetime(this.#options, this.#findCallSite, this.#file, this.#loadScreens, place);
    world.#unattributedBefore = this.#worlds.unattributed;
    world.#trace = this.#trace;
    this.#inner.add(world);
    world.addRun(run);
    return world;
  }

  /** Adds a run to a world, whose requests are the world's from now on. */
  addRun(run: number): void {
    for (let place = this.#place; place !== undefined; place = place.outer.#place)
      place.outer.#worlds.add(run, this.#routed);
  }

  readonly #routed: RoutedWorld = {
    answerer: { accept: (run) => this.#answerer.accept(run), refuse: (refusal) => this.#answerer.refuse(refusal) },
    sender: () => this.state.deliveries.sender,
  };

  /** How many requests the mock outside has answered since this world began, because they belong to no world. */
  get #unattributed(): number {
    return this.#place === undefined ? 0 : this.#place.outer.#worlds.unattributed - this.#unattributedBefore;
  }

  /** Warns of requests for S3 that left the process, if no failed test has reported them. Returns whether it warned. */
  warnOfUnreported(): boolean {
    const line = this.state.journal.elsewhere.takeUnreported();
    if (line === undefined) return false;
    process.emitWarning(`${line} The mock was created at ${this.#findCallSite().place}.`, 'S3MockWarning');
    return true;
  }

  /** Warns of a URL that has possibly expired, if no failed test has shown the note of its request. A file has one such warning. */
  warnOfDoubt(): void {
    const doubt = this.#unreportedDoubt;
    this.#unreportedDoubt = undefined;
    if (doubt === undefined || this.#file.warned.has('time of a url')) return;
    this.#file.warned.add('time of a url');
    process.emitWarning(
      `${doubt.call}: ${doubt.note}. The mock was created at ${this.#findCallSite().place}.`,
      'S3MockWarning',
    );
  }

  /** The state stays as it is from this call on. The promise resolves when what was on its way is answered, and the ports are closed. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const going = this.#isInStarted ? [] : this.#listGoing();
    this.#tried?.stop();
    this.#endUndertakings('the mock was stopped');
    const inner = [...this.#inner].map((world) => world.stop());
    this.#leaveOuter();
    this.state.journal.elsewhere.noteStop();
    this.#answerer.eras.stop();
    this.state.endWaits('the mock was stopped');
    this.state.deliveries.stop();
    // Requests can hold what a client made.
    this.state.sent.clear();
    const capture = this.#capture;
    capture?.giveWay();
    await this.#waitForGoing(going);
    const mayBeCalled = capture !== undefined && !capture.takesNothing && !this.#testFileIsOver();
    await untilAtRest(() => capture?.isAnswering() === true || this.#ports.isAnswering, mayBeCalled);
    this.#release(capture);
    await Promise.all([this.#ports.stop(), ...inner]);
  }

  /** Begins a call of the test that starts functions of the test. */
  undertake(call: CallOfWorlds): Undertaking {
    this.settle();
    const findTestEnd = this.#findRoot().#findPresentTest();
    const undertaking = new Undertaking({
      call,
      started: this.#started,
      findEnd: () => {
        if (this.#testFileIsOver()) return 'its test file ended';
        const name = findTestEnd?.();
        return name === undefined ? undefined : `its test ${writeGiven(name)} ended`;
      },
      onDone: (done) => this.#undertakings.delete(done),
    });
    this.#undertakings.add(undertaking);
    return undertaking;
  }

  /** The code of these calls goes on, and reads the state of its world as it is now. */
  #endUndertakings(what: string): void {
    for (const undertaking of this.#undertakings) undertaking.end(what);
    for (const world of this.#inner) world.interrupt(what);
  }

  /** Ends a world whose code goes on: nothing that follows changes what anybody sees, and no handler begins. */
  interrupt(what: string): void {
    this.#isInterrupted = true;
    this.#endUndertakings(what);
    this.#answerer.eras.stop();
    this.state.endWaits(what);
    this.state.deliveries.stop();
  }

  /** The functions of the test that the end of the mock interrupts. */
  #listGoing(): readonly Promise<unknown>[] {
    return [
      ...[...this.#undertakings].flatMap((undertaking) => undertaking.going),
      ...[...this.#inner].flatMap((world) => world.#listGoing()),
    ];
  }

  /** Whether such a function makes the present call: it would wait for itself. */
  get #isInStarted(): boolean {
    return this.#started.has(presentRun());
  }

  /** Waits for the functions that were interrupted. The requests that still come after this are refused. */
  async #waitForGoing(going: readonly Promise<unknown>[]): Promise<void> {
    if (this.#place !== undefined || this.#started.isOver) return;
    // A mock that starts again has other started code.
    const started = this.#started;
    startTimer(() => started.refuse(), LONGEST_REST).unref();
    if (going.length > 0) await limited(LONGEST_REST, Promise.allSettled(going));
  }

  /** What still comes for a world is answered from the state in which it ended. */
  #leaveOuter(): void {
    if (this.#place === undefined) return;
    this.#place.outer.#inner.delete(this);
    this.#place.onStop();
    for (let place: PlaceOfWorld | undefined = this.#place; place !== undefined; place = place.outer.#place)
      place.outer.#worlds.end(this.#routed);
  }

  /** A mock that was started again in the meantime has another capture. */
  #release(capture: Capture | undefined): void {
    if (capture !== this.#capture) return;
    capture?.stop();
    this.#processes.stop();
    this.#capture = undefined;
    // Under a runner, the environment stays until the end of the file: without a region and keys, an SDK would fail before the guard can
    // say why.
    if (this.#runner === undefined) {
      this.restoreEnvironment();
      this.warnOfUnreported();
      this.warnOfDoubt();
    }
  }

  /** Notes mistakes of the test's rules, which fail that test. A mock of a runner ends after its tests. */
  noteRules(): void {
    for (const mistake of this.state.takeMistakesOfRules(this.#firstOfTest())) this.#noteBug(mistake);
  }

  noteRulesAtStop(): void {
    if (this.#runner === undefined) this.noteRules();
  }

  /** Ends a test. If it has failed already, its own error says why, and its rules are not checked. */
  endTest(hasFailed = false): void | Promise<void> {
    this.#tried?.endTest();
    if (!hasFailed) this.noteRules();
    const finished = this.state.deliveries.finish();
    if (finished === undefined) this.throwUnmet();
    else return finished.then(() => this.throwUnmet());
  }

  /** Throws what went wrong in the background: a single error as it is, several as an AggregateError. */
  throwUnmet(): void {
    const bugs = this.#bugs.splice(0);
    const ofHandlers = this.state.deliveries.takeUnawaited();
    const errors = ofHandlers === undefined ? bugs : [...bugs, ofHandlers];
    if (errors.length === 0) return;
    if (errors.length === 1) throw errors[0];
    throw new AggregateError(errors, writeSeveral(bugs, ofHandlers));
  }
}

interface FailedWorld {
  readonly message: string;
  readonly world: Lifetime;
  readonly unattributed: number;
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

function writeUnattributed(count: number): string {
  const [requests, them] = count === 1 ? ['one request', 'it'] : [`${count} requests`, 'them'];
  return (
    `While its world ran, ${requests} came from code that belongs to no world, and the mock outside answered ${them}. ` +
    'Code loses its world in a queue that was made outside and calls back. docs/limits.md has examples.'
  );
}

function makeOutOfWorld(): S3MockError {
  return new S3MockError(
    'OUTSIDE_WORLD',
    'this code runs in a world of s3.fork or s3.explore, whose requests change the world alone, and asks the mock outside of it. ' +
      'Ask the mock of the world: s3.fork(async (world) => { expect(world).toHaveReceived(...); }), or check: ({ world }) => { ... } of s3.explore.',
  );
}

function writeSeveral(bugs: readonly unknown[], ofHandlers: unknown): string {
  if (bugs.every(isOfRules)) {
    const texts = bugs.map(({ message }) => message).join('\n\n');
    return ofHandlers === undefined ? texts : `${texts}\n\nHandlers failed, too.`;
  }
  const several = bugs.length === 1 ? 'once' : 'several times';
  const met = bugs.every(isThrownByTest)
    ? `what the test gave to s3.on threw ${several}`
    : `s3-versioning-mock met ${bugs.length === 1 ? 'a bug' : 'several bugs'} of its own`;
  return ofHandlers === undefined ? met : `${met}, and handlers failed`;
}

/** Is told of each request after its answer, and of what S3 does by itself. */
export interface Trace {
  readonly request: (entry: RequestEntry) => void;
  readonly action: (action: ServiceAction) => void;
  /** Told of a client that speaks TLS to a port without TLS, or the reverse. */
  readonly otherProtocol?: (protocol: OtherProtocol, url: string) => void;
}

function findTrace({ trace }: MockS3Options, file: TestFile): Trace | undefined {
  const isOn = trace ?? readVariable(file.process.env['S3_MOCK_TRACE']);
  if (!isOn) return undefined;
  const print = (line: string) => withoutFrames(() => file.print(line));
  return {
    request: (entry) => print(traceRequest(entry)),
    action: (action) => print(traceServiceAction(action)),
  };
}

function readVariable(value = ''): boolean {
  if (['1', 'true'].includes(value)) return true;
  if (['', '0', 'false'].includes(value)) return false;
  throw invalidValue('mockS3', 'S3_MOCK_TRACE', value, '1 or 0 in the environment, or none');
}

/** jest shows below each line where it was printed, which is a place in this package. Its console has the errors of the context of the engine. */
function withoutFrames(print: () => void): void {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    print();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
