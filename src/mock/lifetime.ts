import {
  type Capture,
  findEnvironmentSecret,
  hostKinds,
  type Listener,
  type ListenOptions,
  nextRun,
  type OpenDoorOfPort,
  presentRun,
  StartedCode,
  untilAtRest,
} from '../capture/index';
import { makeRequestCause } from '../events/events';
import { askWhyUnsent } from '../journal/assertions';
import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { limited, startTimer } from '../journal/real-timers';
import type { CallOfWorlds } from '../journal/requests-of-worlds';
import type { ServiceAction } from '../model/schedule/service-action';
import type { Store } from '../model/store';
import { S3MockError } from '../s3-mock-error';
import { type AnsweredRequest, type Answerer, createAnswerer, type LateRequest } from '../service/answer';
import { EndedState } from '../service/eras';
import type { Turns } from '../service/turns';
import type { CallSite, TestFile } from '../test-file';
import type { Said } from '../text/reason';
import { writeGiven } from '../text/values';
import { type FailedError, isOfMissingObject, readFailedErrors } from '../thrown-errors';
import type { WireRequest } from '../wire';
import { BackgroundErrors } from './background-errors';
import { CapturedProcess } from './captured-process';
import type { FailedTest, Screens } from './failed-test';
import { TimersOfTest } from './fake-timers';
import { asksForRequests, canMiss, type Rewrite, withLateCall } from './late-calls';
import { watchNodeTests } from './node-test';
import { OpenWorlds } from './open-worlds';
import { answeredServices, capturedServices, checkOptions, type MockS3Options } from './options';
import { Ports, writeOtherProtocol } from './ports';
import type { Runner, SendingTest } from './runner';
import { MockState } from './state';
import { TestRecord, type WorldRecord } from './test-record';
import { findTrace, type Trace } from './trace';
import type { TriedMock, TriedSuite } from './tried-suite';
import { Undertaking } from './undertaking';
import { Warnings } from './warnings';

const cureOfPort = 'tls: { cert, key } to s3.listen';

/** How long `stop()` waits for functions of the test that it has interrupted: a hook of jest has five seconds. */
const LONGEST_REST = 4000;

/** An error of the library says what is wrong, and so does a TypeError, but for one of a value that is not there. */
function saysWhy(error: FailedError): boolean {
  const { name, message } = error;
  if (name === 'S3MockError') return !isOfMissingObject(error);
  return name === 'TypeError' && !/\b(?:undefined|null|not iterable)\b/.test(message);
}

/** Where the mock of a world gets its requests from. */
interface PlaceOfWorld {
  readonly outer: Lifetime;
  /** The run to which the requests of its handlers belong. */
  readonly run: number;
  /** The call of the test that made the world. */
  readonly undertaking: Undertaking;
  readonly onStop: () => void;
}

/** How long a failed test waits for its first request, in turns of so many milliseconds: the first call of an SDK loads many files. */
const TURNS = 60;
const TURN = 5;

export class Lifetime {
  readonly state: MockState;
  readonly #place: PlaceOfWorld | undefined;
  /** The mock outside of all worlds. */
  readonly #root: Lifetime;
  readonly #loadScreens: () => Screens;
  readonly worlds: OpenWorlds;
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
  readonly #ports: Ports;
  readonly captured: CapturedProcess;
  #stopping: Promise<void> | undefined;
  #trace: Trace | undefined;
  #runner: Runner | undefined;
  /** The tests of node:test, for a mock that no runner's entry controls. */
  #nodeTests: ReturnType<typeof watchNodeTests>;
  #inTest = false;
  readonly #timers: TimersOfTest;
  readonly test: TestRecord;
  readonly warnings: Warnings;
  readonly #background = new BackgroundErrors();
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
    this.#root = place === undefined ? this : place.outer.#root;
    this.#file = file;
    this.#testFileIsOver = place === undefined ? file.watch() : place.outer.#testFileIsOver;
    this.#timers = new TimersOfTest(file);
    this.warnings = new Warnings(file, findCallSite);
    this.#options = options;
    this.#findCallSite = findCallSite;
    const findKind = hostKinds(options.hosts, capturedServices(options)); // first of all, since it throws for wrong hosts
    this.#trace = findTrace(options, file);
    const hooks = {
      checkPlace: () => this.worlds.checkOutside(),
      runHandler: <Result>(action: () => Promise<Result>) =>
        place === undefined ? this.#started.run(nextRun(), action) : place.undertaking.run(action, place.run),
      onBug: (bug: unknown) => this.#background.add(bug),
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
      onBug: (bug) => this.#background.add(bug),
    });
    this.test = new TestRecord({
      state: this.state,
      openTrials: this.#answerer.openTrials,
      timers: this.#timers,
      loadScreens,
      file,
      answers: (host, port) => this.answers(host, port),
      listWorlds: () => [...this.#inner].map((world) => world.#recordOfWorld),
      ...(place !== undefined && { owner: 'this test' }), // a world belongs to one test
    });
    const own = { answerer: this.#answerer, sender: () => this.state.deliveries.sender };
    this.worlds = new OpenWorlds(own, place?.outer.worlds);
    this.#router = this.worlds.route();
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
    this.captured = new CapturedProcess({
      ...{ options, file, findCallSite, findKind, state: this.state, ports: this.#ports },
      settle: () => void this.settle(),
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
    if (place === undefined) this.captured.prepareEnvironment();
  }

  /** A describe that jest runs again starts its mock again. */
  start(): void {
    if (this.#stopping !== undefined) this.#release(this.captured.capture);
    if (this.captured.capture !== undefined) return;
    this.#stopping = undefined;
    this.#answerer.eras.begin();
    this.#started = new StartedCode(this.#router);
    this.state.deliveries.start();
    this.#nodeTests = watchNodeTests(this.#file.process);
    this.captured.start({
      ...this.#router,
      started: this.#started,
      senderOf: (request) => this.#findSender(request),
      fileIsOver: () => this.#testFileIsOver() || this.#runner?.blockIsOver?.() === true,
      endsWithFile: this.#runner !== undefined,
    });
    // A port can serve test files that run in other processes.
    if (this.#runner === undefined)
      this.#file.whenTestsBegin((runner) => {
        if (this.captured.isTaken && this.#ports.isEmpty) this.warnings.ofOtherProcesses(runner);
      });
  }

  restoreEnvironment(): void {
    this.captured.restoreEnvironment(this.#started);
  }

  /** Returns the store for a test that reads or changes it. */
  use(): Store {
    this.worlds.checkOutside();
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
    this.test.noteTimers();
    return this.state.store;
  }

  trace(trace: Trace): void {
    this.#trace = trace;
  }

  /** Does what follows from an answered request, in this order. */
  #after({ entry, wire, changes, rules, doubt }: AnsweredRequest): void {
    const { state } = this;
    this.#timers.look();
    state.journal.append(entry);
    if (this.#runner?.isInBeforeEach?.() === true) this.test.noteArranged();
    state.sent.add(entry, wire);
    state.versionChanges.noteRequest(changes, entry);
    for (const rule of rules) rule.note(state.journal.reader());
    const events = state.appendEvents(changes, () => makeRequestCause(state.journal.reader()));
    state.deliveries.take(events, wire.sender);
    state.goOn();
    if (doubt !== undefined) this.#root.#noteDoubt(writeCall(entry), doubt);
    // The trace prints the entry as the journal contains it, with masks in the place of secrets.
    const last = this.#trace && state.journal.at(-1);
    if (last !== undefined) this.#trace?.request(last);
  }

  /** Of a mock that only serves ports, the users are no test file, and read the notes of its log. */
  #noteDoubt(call: string, doubt: Said): void {
    if (this.captured.isTaken) this.warnings.noteDoubt({ call, note: String(doubt) });
  }

  #isOfEarlierTest(wire: WireRequest): boolean {
    const isLeft = this.#started.isLeft(wire.run) || this.#nameOfEarlier(wire) !== undefined;
    return isLeft || this.state.journal.isOfEarlierCall(wire.headers);
  }

  #nameOfEarlier({ sender }: WireRequest): string | undefined {
    const test = this.state.deliveries.findTest(sender) as SendingTest | undefined; // as `senderOf` returned it
    return test?.();
  }

  #tellLate({ text, wire }: LateRequest): void {
    // The call of the test says that it was interrupted.
    if (this.#isInterrupted) return;
    const { journal } = this.state;
    journal.noteEarlierCall(wire.headers);
    const test = this.#nameOfEarlier(wire);
    // The SDK v2 says in its name how it was called.
    const hasCallback = /^aws-sdk-nodejs\/2\..* callback$/.test(wire.headers.get('user-agent') ?? '');
    journal.elsewhere.addLate(text, test, hasCallback);
    this.warnings.ofLate({ text, isOfHandler: this.state.deliveries.isOfHandler(wire.sender) }, test);
  }

  setRunner(runner: Runner): void {
    this.#runner = runner;
  }

  /** Explains what a test asks about, possibly without its error. */
  #explainAsked(error: unknown): string {
    this.settle();
    const errors = error === undefined ? [] : readFailedErrors([error], writeGiven);
    const texts = this.#explain({ errors, isConcurrent: false, isTimedOut: false, isAsked: true });
    if (texts.length > 0) return texts.join('\n\n');
    if (this.test.hasRequests) return 'S3 refused no request of this test.';
    return errors.some(saysWhy)
      ? 'No request came before the error, which says by itself what is wrong.'
      : askWhyUnsent(this.state.journal);
  }

  /** Returns paragraphs. */
  explain(test: FailedTest): readonly string[] {
    // A mock of another describe may have the requests of its concurrent tests.
    return this.#explains ? this.#explain(test) : [];
  }

  /** Explains an error that nobody handled, and that has failed a test after its end. */
  explainLate(test: string, message: string): string | undefined {
    return this.#options.explain === false ? undefined : this.warnings.explainLate(test, message);
  }

  /** Waits for a moment whether a request of the failed test still comes that an assertion has missed. Returns undefined at once if none can be meant. */
  findLateCall(messages: readonly string[]): Promise<Rewrite | undefined> | undefined {
    // These can be of a hook, which ran behind the test.
    if (!this.#explains || this.test.hasRequests || !messages.some(asksForRequests)) return undefined;
    return this.#waitForCall((entry) => messages.some((message) => canMiss(message, entry)));
  }

  async #waitForCall(isMeant: (entry: RequestEntry) => boolean): Promise<Rewrite | undefined> {
    const { journal } = this.state;
    for (let turn = 0; turn < TURNS; turn += 1) {
      await new Promise<void>((resolve) => startTimer(resolve, TURN));
      const entry = this.test.hasRequests ? journal.slice(this.test.first).find(isMeant) : undefined;
      if (entry !== undefined) return (text) => withLateCall(text, writeCall(entry));
    }
    return undefined;
  }

  get #explains(): boolean {
    return this.#options.explain !== false && this.captured.capture !== undefined;
  }

  #explain(test: FailedTest): readonly string[] {
    const texts = this.test.explain(test, this.captured.capture);
    this.warnings.noteShown([...texts, ...test.errors.map(({ message }) => message)]);
    return texts;
  }

  /** Notes that the function of this world has failed. A failed test then shows what came to the world. */
  noteFailure(error: unknown): void {
    const root = this.#root;
    if (root.#runner !== undefined) root.test.addFailedWorld(error, this.#recordOfWorld);
  }

  #findSender(request: object | undefined): object | undefined {
    const ofHandler = this.state.deliveries.takeSender();
    const sender = this.worlds.findSender() ?? ofHandler ?? this.#findTest();
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
    return this.#root.#runner?.timeLeft?.();
  }

  endRequestsOfTest(): void {
    this.test.begin();
    this.state.deliveries.forgetTest();
  }

  /** State that was made since the last test becomes part of the fixtures. */
  beginTest(): void {
    // The failures of handlers since the last test, for example in a beforeAll, are thrown at the end of this test.
    this.test.begin();
    if (this.#options.reset !== false) {
      const isOfTest = this.#inTest;
      if (!isOfTest) this.state.saveFixtures();
      this.#inTest = true;
      this.reset(isOfTest);
    }
    this.state.rules.beginTest();
  }

  /** A reset by a call. If a hook has begun a test, the call is one of that test, and takes away what its requests have written. */
  resetByCall(): void {
    const { journal } = this.state;
    const own = this.#inTest ? journal.slice() : [];
    this.reset();
    journal.noteOwnReset(own);
  }

  /** `isOfTest` is false if what was before is not the state of a test, but that of hooks around tests. */
  reset(isOfTest = true): void {
    this.#tried?.endTest();
    this.#restoreFixtures(isOfTest);
    this.state.clearLogs();
    this.captured.forgetEndedProcesses();
    this.test.beginAgain();
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
    return this.#ports.listen(options, this.captured.environment, openDoor);
  }

  answers(host: string, port: number): boolean {
    const isCaptured = this.#place?.outer.answers(host, port) ?? this.captured.capture?.answers(host, port) === true;
    return isCaptured || this.#ports.has(host, port);
  }

  /** Whether requests can come: it was started and not stopped. */
  get isRunning(): boolean {
    const isStarted = this.#place?.outer.isRunning ?? this.captured.capture !== undefined;
    return isStarted && this.#stopping === undefined;
  }

  /** Creates the lifetime of a world, which begins with the present state, and gets the requests of a run. */
  openWorld(run: number, undertaking: Undertaking, onStop: () => void): Lifetime {
    this.settle();
    this.#tried?.noteWorld();
    const place = { outer: this, run, undertaking, onStop };
    const world = new Lifetime(this.#options, this.#findCallSite, this.#file, this.#loadScreens, place);
    world.#trace = this.#trace;
    this.#inner.add(world);
    world.worlds.addRun(run);
    return world;
  }

  get #recordOfWorld(): WorldRecord {
    return { record: this.test, unattributed: this.worlds.unattributed };
  }

  /** Warns of requests for S3 that left the process, if no failed test has reported them. Returns whether it warned. */
  warnOfUnreported(): boolean {
    const line = this.state.journal.elsewhere.takeUnreported();
    if (line === undefined) return false;
    this.warnings.ofElsewhere(line);
    return true;
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
    const { capture } = this.captured;
    capture?.giveWay();
    await this.#waitForGoing(going);
    const mayBeCalled = capture !== undefined && !capture.takesNothing && !this.#testFileIsOver();
    await untilAtRest(() => capture?.isAnswering() === true || this.#ports.isAnswering, mayBeCalled);
    this.#release(capture);
    await Promise.all([this.#ports.stop(), ...inner]);
  }

  /** Begins a call of the test that starts functions of the test. Warns if it ends after its test, which cannot fail any more. */
  undertake(call: CallOfWorlds): Undertaking {
    const test = this.#root.#findTest();
    this.settle();
    const findTestEnd = this.#root.#findPresentTest();
    const undertaking = new Undertaking({
      call,
      started: this.#started,
      findEnd: () => {
        if (this.#testFileIsOver()) return 'its test file ended';
        const name = findTestEnd?.();
        return name === undefined ? undefined : `its test ${writeGiven(name)} ended`;
      },
      onDone: (done) => {
        this.#undertakings.delete(done);
        const name = test?.();
        if (name !== undefined) this.warnings.ofEndedTest(call, name);
      },
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

  #leaveOuter(): void {
    if (this.#place === undefined) return;
    this.#place.outer.#inner.delete(this);
    this.#place.onStop();
    this.worlds.leave();
  }

  #release(capture: Capture | undefined): void {
    if (!this.captured.release(capture)) return;
    // Under a runner, the environment stays until the end of the file: without a region and keys, an SDK would fail before the guard can
    // say why.
    if (this.#runner !== undefined) return;
    this.restoreEnvironment();
    this.warnOfUnreported();
    this.warnings.ofDoubt();
  }

  /** Notes mistakes of the test's rules, which fail that test. A mock of a runner ends after its tests. */
  noteRules(): void {
    for (const mistake of this.state.takeMistakesOfRules(this.test.first)) this.#background.add(mistake);
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

  /** Throws what went wrong in the background. */
  throwUnmet(): void {
    this.#background.throwAll(this.state.deliveries.takeUnawaited());
  }
}
