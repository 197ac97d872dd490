import type { RequestEntry } from '../journal/entry';
import { inputLiteral } from '../journal/entry-text';
import { limited } from '../journal/real-timers';
import type { CallerResult } from '../mock/exploration';
import type { BegunWay, CodeOfWay, MockS3, Way } from '../mock/mock-s3';
import type { Undertaking } from '../mock/undertaking';
import type { Touch } from '../model/touches';
import type { ReadableRequest, TakeTurn, Turn, TurnDecision } from '../service/turns';
import { countTimers, now, Quiet } from './event-loop';
import { clockName, type ReadExploration } from './exploration';
import { decideFailure } from './failure-decision';
import { HeldAnswers } from './held-answers';
import { RequestIds, type Varying, writeRequest } from './noted-request';
import type { Choose, Step, Waiting } from './order-search';
import { RunOfCode, type SentRequest } from './run-of-code';
import type { StrayError } from './stray-errors';
import type { TimersOfRuns } from './timers-of-runs';
import type { PlannedFailure } from './ways';

/** A copy of the mock, as exploring uses it. */
export interface WorldOfWay {
  readonly mock: MockS3;
  /** Returns the number of a further run. */
  readonly nextRun: () => number;
  /** Asks about each request of the world. */
  readonly takeTurns: (take: TakeTurn) => void;
  /** Whether a handler of events works. */
  readonly isDelivering: () => boolean;
  /** Returns the next moment at which S3 answers otherwise, in milliseconds since 1970. */
  readonly nextMoment: () => number | undefined;
  /** Tells what the model reads and writes, until the returned function is called. */
  readonly observe: (onTouch: (touch: Touch) => void) => () => void;
  readonly end: () => Promise<void> | void;
}

export interface WayPlan {
  readonly name: string;
  /** The second one is at a request that the first one has caused. */
  readonly failures: readonly PlannedFailure[];
  /** Left out: the requests do not wait for each other. */
  readonly choose?: Choose | undefined;
  /** Whether each caller has to resolve. */
  readonly hasToResolve: boolean;
}

/** Why a way does not hold. */
export type Problem =
  | { readonly kind: 'rejected' | 'again' | 'check' | 'checkFailed'; readonly error: unknown }
  | { readonly kind: StrayError['kind']; readonly error: unknown }
  | { readonly kind: 'no time-out'; readonly waitsFor: readonly SentRequest[] }
  | {
      readonly kind: 'time';
      readonly milliseconds: number;
      /** The function that had begun, if the code had ended. */
      readonly function: 'check' | 'checkFailed' | undefined;
      readonly waitsFor: readonly SentRequest[];
      /** The request that was sent most often, with its number. */
      readonly asked: readonly [text: string, times: number] | undefined;
      readonly hasTimers: boolean;
    };

/** Callers that did not resolve, and what they ran next. */
export interface Stop {
  readonly kind: 'stop';
  readonly ends: readonly (readonly [caller: string, result: CallerResult])[];
  /** The result is undefined until the restart has ended. */
  readonly restart?: { result: CallerResult | undefined };
}

/** What happened, in its order: requests that S3 met, and restarts. */
export type Happening =
  | { readonly kind: 'request'; readonly request: SentRequest }
  | { readonly kind: 'clock'; readonly moment: Date }
  | { readonly kind: 'silent'; readonly caller: string }
  | Stop;

export interface WayReport {
  readonly plan: WayPlan;
  readonly happenings: readonly Happening[];
  readonly steps: readonly Step[];
  /** The requests of the first runs, in the order in which they came. */
  readonly requests: readonly SentRequest[];
  readonly problem: Problem | undefined;
  /** Whether the requests that have to fail came. */
  readonly isTried: boolean;
  /** Whether there is no such way, since an answer cannot be late for code that has no time-out. */
  readonly isVoid: boolean;
  /** Whether the clock would have moved once more. */
  readonly isClockCut: boolean;
  /** Whether something was asked of the end of the way. */
  readonly isJudged: boolean;
  /** The longest time, in real milliseconds, for which a caller waited for a timer or a thread before it sent a request. */
  readonly slowest: number;
  readonly late: readonly LateRequest[];
}

/** A request that came just behind the answer to another caller. It waited for that answer, or came too late for its turn. */
export interface LateRequest {
  readonly id: string;
  /** The real milliseconds since its caller last began, or got an answer. */
  readonly waited: number;
}

interface WayOptions {
  readonly world: WorldOfWay;
  /** The call of the test, which starts the functions of the test. */
  readonly undertaking: Undertaking;
  readonly plan: WayPlan;
  readonly exploration: ReadExploration;
  readonly varying: Varying;
  /** The callers that send no request, and have a turn for all that they do. */
  readonly silent: ReadonlySet<string>;
  readonly isWrite: (request: SentRequest) => boolean;
  readonly timers: TimersOfRuns;
  readonly pause: Pause;
}

/** The real milliseconds without a request after which the code is at rest. */
export interface Pause {
  readonly whileAllWait: number;
  /** While a caller waits for no answer. It works, or waits for a timer, a thread or another caller. */
  readonly otherwise: number;
}

interface WaitingTurn extends Waiting {
  readonly run: RunOfCode;
  /** Who asks for what, as text. */
  readonly question: string;
  readonly begin: () => void;
}

interface Judgement {
  readonly problem: Problem | undefined;
  readonly isJudged: boolean;
}

/** A caller that did not resolve, and whose restart has not begun. */
type Broken = readonly [caller: string, result: CallerResult];

/** The real milliseconds for which a handler of events can do without a request, before the next request of a caller has its turn. */
const LONGEST_HANDLER = 1000;

/** The clock of a way moves so often at most: daily rules could go on for ever. */
const MOST_MOVES = 3;

/** The real milliseconds without a request after which code whose answer is held back waits for nothing else, such as a thread. */
const REST_OF_HELD = 20;

/** Turns of the event loop at the end of a way, in which an unhandled rejection still comes. */
const LAST_TURNS = 48;

/** Runs the code once in a world of its own, with failures, or in one order of its requests. */
export class WayRun {
  readonly #options: WayOptions;
  readonly #runs = new Map<number, RunOfCode>();
  readonly #numbers = new Set<number>();
  readonly #requests: SentRequest[] = [];
  readonly #happenings: Happening[] = [];
  readonly #met = new Set<SentRequest>();
  readonly #steps: (Step & { readonly touches: Touch[] })[] = [];
  readonly #quiet = new Quiet();
  readonly #closed: Promise<void>;
  readonly #held: HeldAnswers;
  readonly #begun: BegunWay;
  /** What the last step touched, as text. */
  readonly #touched = new Set<string>();
  #waiting: readonly WaitingTurn[] = [];
  /** How often each question was answered since something changed. */
  readonly #answered = new Map<string, number>();
  #close: () => void = () => {};
  #isClosed = false;
  /** The failures that came, each with the run that it came in. */
  readonly #failed = new Map<PlannedFailure, RunOfCode>();
  /** A restart of a restart goes on to count the requests of its caller. */
  readonly #ids = new Map<string, RequestIds>();
  #slowest = 0;
  readonly #late: LateRequest[] = [];
  readonly #strays: StrayError[] = [];
  /** The runs that have neither resolved nor rejected nor broken off. */
  #going = 0;
  #broken: Broken[] = [];
  readonly #restarts: CallerResult[] = [];
  #checking: 'check' | 'checkFailed' | undefined;
  readonly #clock: RunOfCode;
  #moves = 0;
  #isClockCut = false;

  constructor(options: WayOptions) {
    this.#options = options;
    this.#closed = new Promise((resolve) => {
      this.#close = resolve;
    });
    const { plan, world, timers } = options;
    this.#held = new HeldAnswers(this.#closed, timers);
    this.#clock = new RunOfCode('run', clockName, new RequestIds(options.varying, true));
    this.#begun = Object.freeze({ world: world.mock, name: plan.name, failure: plan.failures[0]?.kind });
  }

  async go(milliseconds: number): Promise<WayReport> {
    const { world, plan, undertaking } = this.#options;
    world.takeTurns((request) => this.#take(request));
    const timers = countTimers();
    let judged: Judgement | undefined;
    try {
      judged = await limited(milliseconds, Promise.race([this.#go(), undertaking.ended]));
      judged ??= { problem: this.#describeWait(milliseconds, countTimers() > timers), isJudged: true };
    } finally {
      this.#end();
      await world.end();
    }
    const isTried = plan.failures.every((failure) => this.#failed.has(failure));
    const noted = { happenings: this.#happenings, steps: this.#steps, requests: this.#requests };
    const isVoid = !this.#held.hasCodeWaited;
    const [stray] = this.#strays;
    const problem = judged.problem ?? stray;
    const isJudged = judged.isJudged || problem !== undefined;
    const isClockCut = this.#isClockCut;
    return { plan, ...noted, problem, isTried, isVoid, isClockCut, isJudged, slowest: this.#slowest, late: this.#late };
  }

  /** Returns whether the run is one of this way, which then does not hold. */
  takeStray(run: number, stray: StrayError): boolean {
    if (!this.#numbers.has(run)) return false;
    // Code that crashed may do what it likes.
    if (this.#runs.get(run)?.isDead !== true) this.#strays.push(stray);
    return true;
  }

  /** What the code still sends gets no answer, and its connections break. */
  #end(): void {
    this.#isClosed = true;
    for (const run of this.#runs.values()) run.breakOff();
    for (const number of this.#numbers) this.#options.undertaking.giveUp(number);
    for (const { begin } of this.#waiting) begin();
    this.#waiting = [];
    this.#close();
  }

  #describeWait(milliseconds: number, hasTimers: boolean): Problem {
    const waitsFor = [...this.#runs.values()].flatMap(({ requests }) =>
      requests.filter(({ entry, silence }) => entry === undefined && silence === undefined),
    );
    return { kind: 'time', milliseconds, function: this.#checking, waitsFor, asked: this.#findMostAsked(), hasTimers };
  }

  #findMostAsked(): readonly [text: string, times: number] | undefined {
    const counts = new Map<string, number>();
    for (const { requests } of this.#runs.values())
      for (const request of requests) {
        const text = writeRequest(request, new Set());
        counts.set(text, (counts.get(text) ?? 0) + 1);
      }
    return [...counts].toSorted(([, one], [, other]) => other - one)[0];
  }

  async #go(): Promise<Judgement> {
    const { exploration, plan } = this.#options;
    const { restart, callers } = exploration;
    if (restart !== undefined) await this.#act(() => restart(this.#begun));
    const begun = [...callers].map(async ([name, act]) => [name, await this.#beginCaller(name, act)] as const);
    const all = Promise.all(begun);
    all.catch(() => {}); // it rejects if the way is over, while the turns are given
    if (plan.choose !== undefined) await this.#giveTurns(() => this.#going === 0 && this.#broken.length === 0);
    else await this.#watchHeld();
    const results = new Map(await all);
    if (this.#isClosed) throw new Error('the way is over');
    const judgement = await this.#judge(results);
    if (judgement.problem === undefined) await this.#waitForStrays();
    return judgement;
  }

  async #beginCaller(name: string, act: CodeOfWay): Promise<CallerResult> {
    const result = await this.#begin(this.#makeRun('run', name), act);
    if (this.#restartsBeside && result.outcome !== 'resolved') this.#broken.push([name, result]);
    return result;
  }

  /** With several callers, a restart takes turns with the others. */
  get #restartsBeside(): boolean {
    const { plan, exploration } = this.#options;
    return plan.choose !== undefined && exploration.again !== false && !plan.hasToResolve;
  }

  #makeRun(kind: RunOfCode['kind'], caller: string): RunOfCode {
    const { varying, exploration } = this.#options;
    const ids = this.#ids.get(caller) ?? new RequestIds(varying, exploration.hasCallers);
    this.#ids.set(caller, ids);
    return new RunOfCode(kind, caller, ids);
  }

  async #begin(run: RunOfCode, act: CodeOfWay): Promise<CallerResult> {
    this.#going += 1;
    try {
      if (this.#options.plan.choose !== undefined && this.#options.silent.has(run.caller)) await this.#waitToBegin(run);
      const ended = this.#act(() => act(this.#begun), run)
        .then(
          (value): CallerResult => ({ outcome: 'resolved', value }),
          (error: unknown): CallerResult => ({ outcome: 'rejected', error }),
        )
        .finally(() => {
          run.isOver = true;
          this.#quiet.interrupt();
        });
      return await Promise.race([ended, run.brokenOff.then((outcome): CallerResult => ({ outcome }))]);
    } finally {
      this.#going -= 1;
    }
  }

  /** Calls a function of the test. Without a run, its requests go to the world, and are not part of the way. */
  async #act<Result>(action: () => Result | Promise<Result>, run?: RunOfCode): Promise<Result> {
    const { world, undertaking } = this.#options;
    this.#checkOpen();
    const number = world.nextRun();
    this.#numbers.add(number);
    if (run !== undefined) this.#runs.set(number, run);
    return undertaking.run(action, number);
  }

  /** The functions of the test that come next do not begin in a way that is over. */
  #checkOpen(): void {
    this.#options.undertaking.check();
    if (this.#isClosed) throw new Error('the way is over');
  }

  #take(asked: ReadableRequest): Turn | undefined {
    const { run: number } = asked;
    const run = number === undefined ? undefined : this.#runs.get(number);
    // Requests of a check are not part of the way.
    if (run === undefined) return this.#takeOther();
    const waited = now() - run.wokenAt;
    const isLate = run.isPassedOver && !this.#quiet.isLong;
    run.isPassedOver = false;
    if (this.#quiet.isLong) this.#slowest = Math.max(this.#slowest, waited);
    this.#quiet.interrupt();
    if (run.isDead) return { decide: () => this.#silent, settled: () => {} };
    const { service, operation, input, callId } = asked;
    const isKnown = run.requests.length;
    const request = run.note({ service, operation, input, callId });
    if (run.kind === 'run' && run.requests.length > isKnown) this.#requests.push(request);
    if (isLate) this.#late.push({ id: `${run.caller} ${request.id}`, waited });
    return {
      until: this.#waitForTurn(run, request),
      decide: () => this.#decide(run, request),
      settled: (entry, lostStatus) => {
        if (lostStatus !== undefined) request.lostStatus = lostStatus;
        if (number !== undefined && this.#held.hasTimer(number)) request.hasTimer = true;
        this.#settle(run, request, entry);
      },
    };
  }

  /** A handler of events works on what the last request has caused. */
  #takeOther(): undefined {
    this.#quiet.interrupt();
    return undefined;
  }

  get #silent(): TurnDecision {
    return { silence: { isApplied: false, until: this.#closed } };
  }

  #waitForTurn(run: RunOfCode, request: SentRequest): Promise<void> | undefined {
    if (this.#options.plan.choose === undefined || this.#isClosed) return undefined;
    const id = `${request.id} ${request.attempts}`;
    const { caller } = run;
    const question = JSON.stringify([caller, request.operation, inputLiteral(request.input)]);
    return new Promise((begin) => {
      this.#waiting = [...this.#waiting, { id, caller, repeats: 0, run, question, begin }];
    });
  }

  #waitToBegin(run: RunOfCode): Promise<void> {
    const { caller } = run;
    return new Promise((resolve) => {
      const begin = () => {
        this.#happenings.push({ kind: 'silent', caller });
        resolve();
      };
      const question = JSON.stringify([caller, '']);
      this.#waiting = [...this.#waiting, { id: caller, caller, repeats: 0, run, question, begin }];
    });
  }

  #decide(run: RunOfCode, request: SentRequest): TurnDecision {
    if (run.isDead) {
      request.silence = 'not applied';
      return this.#silent;
    }
    if (!this.#met.has(request)) this.#happenings.push({ kind: 'request', request });
    this.#met.add(request);
    request.isOpen = false;
    const failure = this.#options.plan.failures.find((one) => this.#isMet(one, run, request));
    if (failure === undefined) return {};
    if (this.#options.exploration.mustSucceed && request.attempts > 1) return {};
    return this.#fail(run, request, failure);
  }

  #isMet(failure: PlannedFailure, run: RunOfCode, request: SentRequest): boolean {
    if (failure.id === request.id) return true;
    if (failure.kind !== 'lasting' || this.#failed.get(failure) !== run) return false;
    const { operation, input } = failure.request;
    const places = ['Bucket', 'Key'] as const;
    return (
      operation === request.operation &&
      places.every((name) => Reflect.get(input, name) === Reflect.get(request.input, name))
    );
  }

  #fail(run: RunOfCode, request: SentRequest, failure: PlannedFailure): TurnDecision {
    this.#failed.set(failure, run);
    const { kind } = failure;
    const decision = decideFailure(failure, {
      closed: this.#closed,
      givenUp: kind === 'late' ? this.#held.hold(run, request) : this.#closed,
    });
    if (decision.silence === undefined) return decision;
    request.silence = decision.silence.isApplied ? 'applied' : 'not applied';
    if (kind === 'no answer before' || kind === 'no answer after') request.isOpen = true;
    else if (kind === 'crash before') run.breakOff();
    return decision;
  }

  #settle(run: RunOfCode, request: SentRequest, entry: RequestEntry): void {
    const { isWrite } = this.#options;
    request.entry = entry;
    run.wokenAt = now();
    run.isPassedOver = false;
    this.#quiet.interrupt();
    if (entry.error === undefined && isWrite(request)) this.#answered.clear();
    if (request.silence === 'applied' && request.isOpen !== true) run.breakOff();
  }

  async #giveTurns(isOver: () => boolean): Promise<void> {
    const endObserving = this.#options.world.observe((touch) => this.#noteTouch(touch));
    try {
      while (!isOver() && !this.#isClosed) await this.#goOn();
      // What handlers do belongs to the last request.
      while (this.#options.world.isDelivering() && !this.#isRest && !this.#isClosed) await this.#quiet.turn();
    } finally {
      endObserving();
    }
  }

  /** The model tells of each reading, and a request reads much of what it reads several times. */
  #noteTouch(touch: Touch): void {
    const text = JSON.stringify(touch);
    if (this.#touched.has(text)) return;
    this.#touched.add(text);
    // After a move of the clock, the same question can have another answer.
    if (touch.part === 'everything') this.#answered.clear();
    this.#steps.at(-1)?.touches.push(touch);
  }

  async #goOn(): Promise<void> {
    this.#waiting = this.#waiting.filter(({ run, begin }) => {
      if (run.isDead) begin();
      return !run.isDead;
    });
    if (!this.#isRest) return this.#quiet.turn();
    if (this.#broken.length > 0) return this.#restartBroken();
    const waiting = this.#listWaiting();
    // Before nobody has a new question, an answer that is held back changes nothing.
    if (waiting.every(({ repeats }) => repeats > 0) && this.#held.isHolding(this.#runs)) {
      if (!this.#quiet.isRest(REST_OF_HELD)) return this.#quiet.turn();
      if (this.#releaseHeld()) return undefined;
    }
    if (waiting.length > 0) this.#giveTurn(waiting);
    return this.#quiet.turn();
  }

  /** Returns whether code goes on that was held up. */
  #releaseHeld(): boolean {
    const isReleased = this.#held.release(this.#runs);
    if (isReleased) this.#quiet.interrupt();
    return isReleased;
  }

  /** The requests do not wait for turns: only answers are held back. */
  async #watchHeld(): Promise<void> {
    const { plan } = this.#options;
    if (!plan.failures.some(({ kind }) => kind === 'late' || kind.startsWith('no answer'))) return;
    while (this.#going > 0 && !this.#isClosed)
      if (!this.#quiet.isRest(REST_OF_HELD) || !this.#releaseHeld()) await this.#quiet.turn();
    this.#held.releaseAll();
  }

  #restartBroken(): void {
    const broken = this.#broken;
    this.#broken = [];
    for (const ends of broken) void this.#restartCaller(ends);
  }

  async #restartCaller(end: Broken): Promise<void> {
    const { again, callers } = this.#options.exploration;
    const [name] = end;
    const act = typeof again === 'function' ? again : callers.get(name);
    if (act === undefined) return;
    const restart: NonNullable<Stop['restart']> = { result: undefined };
    this.#happenings.push({ kind: 'stop', ends: [end], restart });
    const run = this.#makeRun('again', `${name} again`);
    restart.result = await this.#begin(run, act);
    if (this.#isCut(run, restart.result)) this.#broken.push([name, restart.result]);
    else this.#restarts.push(restart.result);
  }

  /** Whether the second failure of a pair came in a restart, so that somebody runs the code once more. */
  #isCut(run: RunOfCode, { outcome }: CallerResult): boolean {
    return outcome !== 'resolved' && [...this.#failed.values()].includes(run);
  }

  get #isRest(): boolean {
    if (this.#options.world.isDelivering()) {
      if (!this.#quiet.isRest(LONGEST_HANDLER)) return false;
      // What the handler does later, nobody knows.
      this.#noteTouch({ part: 'everything', isWrite: true });
    }
    const { whileAllWait, otherwise } = this.#options.pause;
    return this.#quiet.isRest(this.#listBusy().length > 0 ? otherwise : whileAllWait);
  }

  #listBusy(): readonly RunOfCode[] {
    return [...this.#runs.values()].filter(
      (run) => !run.isOver && !run.isDead && !this.#waiting.some((turn) => turn.run === run),
    );
  }

  #giveTurn(waiting: readonly WaitingTurn[]): void {
    const { choose } = this.#options.plan;
    const chosen = choose?.(waiting, this.#steps);
    const turn = waiting.find((one) => one === chosen);
    if (turn === undefined) return;
    for (const run of this.#listBusy()) run.isPassedOver = true;
    this.#touched.clear();
    this.#steps.push({ request: turn, waiting, touches: [] });
    this.#answered.set(turn.question, turn.repeats + 1);
    this.#waiting = waiting.filter((one) => one !== turn && one.caller !== clockName);
    this.#quiet.interrupt();
    turn.begin();
  }

  /** In the order of the callers, and then in that in which they came. */
  #listWaiting(): readonly WaitingTurn[] {
    const ranks = this.#rankCallers();
    const rankOf = ({ caller }: WaitingTurn) => ranks.indexOf(caller);
    return [...this.#waiting, ...this.#listMoves()]
      .map((turn) => ({ ...turn, repeats: this.#answered.get(turn.question) ?? 0 }))
      .toSorted((one, other) => rankOf(one) - rankOf(other));
  }

  /** The clock moves as long as something is due, and while a caller goes on. */
  #listMoves(): readonly WaitingTurn[] {
    const { exploration, world } = this.#options;
    const moment = exploration.clock ? world.nextMoment() : undefined;
    if (moment === undefined) return [];
    this.#isClockCut = this.#moves >= MOST_MOVES;
    if (this.#isClockCut) return [];
    const question = JSON.stringify([clockName, moment]);
    const begin = () => {
      this.#moves += 1;
      this.#happenings.push({ kind: 'clock', moment: new Date(moment) });
      this.#answered.clear();
      world.mock.clock.set(moment);
    };
    const id = `${clockName} ${this.#moves + 1}`;
    return [{ id, caller: clockName, repeats: 0, isOptional: true, run: this.#clock, question, begin }];
  }

  #ranks: readonly string[] = [];

  /** By what the callers first ask, so that the same orders are tried whatever their names are, and whichever is named first. */
  #rankCallers(): readonly string[] {
    const { callers } = this.#options.exploration;
    if (this.#steps.length === 0) {
      const asked = (caller: string) => {
        const first = this.#waiting.find((turn) => turn.caller === caller);
        return first === undefined ? '' : JSON.stringify(JSON.parse(first.question).slice(1));
      };
      const byQuestion = [...callers.keys()].map((caller) => ({ caller, text: asked(caller) }));
      this.#ranks = byQuestion
        .toSorted((one, other) => (one.text < other.text ? -1 : one.text > other.text ? 1 : 0))
        .map(({ caller }) => caller);
    }
    const others = [...this.#waiting.map(({ caller }) => caller), clockName];
    const added = new Set(others.filter((caller) => !this.#ranks.includes(caller)));
    if (added.size > 0) this.#ranks = [...this.#ranks, ...added];
    return this.#ranks;
  }

  /** Other requests of code that rejected may still be on their way. */
  async #comeToRest(): Promise<void> {
    const isAtRest = () => this.#waiting.length === 0 && this.#isRest;
    this.#quiet.interrupt();
    if (this.#options.plan.choose !== undefined) await this.#giveTurns(isAtRest);
    else while (!isAtRest() && !this.#isClosed) await this.#quiet.turn();
  }

  /** A promise that nobody awaits can still reject. */
  async #waitForStrays(): Promise<void> {
    this.#held.releaseAll();
    for (let turn = 0; turn < LAST_TURNS && !this.#isClosed && this.#strays.length === 0; turn += 1) {
      for (const { begin } of this.#waiting) begin();
      this.#waiting = [];
      await this.#quiet.turn();
    }
  }

  async #judge(results: ReadonlyMap<string, CallerResult>): Promise<Judgement> {
    const { plan, exploration } = this.#options;
    const { again, check, checkFailed } = exploration;
    const failed = [...results].filter(([, { outcome }]) => outcome !== 'resolved');
    const way = this.#makeWay(results);
    const [first] = failed;
    if (first === undefined) return this.#check('check', check, { way, isDemanded: plan.hasToResolve });
    const isRestarted = again !== false && !plan.hasToResolve;
    if (!isRestarted) this.#happenings.push({ kind: 'stop', ends: failed });
    if (plan.hasToResolve) return { problem: this.#describeEnd(first), isJudged: true };
    if (failed.some(([, { outcome }]) => outcome === 'rejected')) await this.#comeToRest();
    if (!isRestarted) return this.#check('checkFailed', checkFailed, { way, isDemanded: false });
    if (!this.#restartsBeside) await this.#restart(failed);
    const unresolved = this.#restarts.find(({ outcome }) => outcome !== 'resolved');
    if (unresolved !== undefined) return { problem: { kind: 'again', error: unresolved.error }, isJudged: true };
    return this.#check('check', check, { way, isDemanded: true });
  }

  #describeEnd([caller, { outcome, error }]: Broken): Problem {
    if (outcome !== 'waits') return { kind: 'rejected', error };
    const isOfCaller = (request: SentRequest) => request.caller === caller && request.isOpen === true;
    return { kind: 'no time-out', waitsFor: this.#requests.filter(isOfCaller) };
  }

  async #restart(failed: readonly Broken[]): Promise<void> {
    const { again, callers } = this.#options.exploration;
    const restarts =
      typeof again === 'function'
        ? [['again', again] as const]
        : [...callers].filter(([name]) => failed.some(([caller]) => caller === name));
    let ends = failed;
    for (const [name, act] of restarts) {
      let result = await this.#restartAlone(name, act, ends);
      while (result === 'cut') result = await this.#restartAlone(name, act, this.#broken.splice(0));
      this.#restarts.push(result);
      ends = [];
      if (result.outcome !== 'resolved') return;
    }
  }

  async #restartAlone(name: string, act: CodeOfWay, ends: readonly Broken[]): Promise<CallerResult | 'cut'> {
    const restart: NonNullable<Stop['restart']> = { result: undefined };
    this.#happenings.push({ kind: 'stop', ends, restart });
    const run = this.#makeRun('again', `${name} again`);
    const ended = this.#begin(run, act);
    await this.#watchHeld();
    const result = await ended;
    restart.result = result;
    if (!this.#isCut(run, result)) return result;
    this.#broken.push([name, result]);
    if (result.outcome === 'rejected') await this.#comeToRest();
    return 'cut';
  }

  /** `isDemanded`: it was asked of the way already whether the code resolves. */
  async #check(
    kind: 'check' | 'checkFailed',
    check: ReadExploration['check'],
    { way, isDemanded }: { readonly way: Way; readonly isDemanded: boolean },
  ): Promise<Judgement> {
    if (check === undefined) return { problem: undefined, isJudged: isDemanded };
    this.#checking = kind;
    try {
      const returned: unknown = await this.#act(() => check(way));
      if (typeof returned === 'boolean') throw makeReturnError(kind, returned);
      return { problem: undefined, isJudged: true };
    } catch (error) {
      if (this.#isClosed) throw error;
      return { problem: { kind, error }, isJudged: true };
    }
  }

  #makeWay(results: ReadonlyMap<string, CallerResult>): Way {
    const { plan } = this.#options;
    const all = [...results.values()];
    const outcome = (['crashed', 'waits', 'rejected'] as const).find((one) =>
      all.some((result) => result.outcome === one),
    );
    return Object.freeze({
      ...this.#begun,
      request: plan.failures[0]?.request.entry,
      outcome: outcome ?? 'resolved',
      error: all.find((result) => result.outcome === 'rejected')?.error,
      results: Object.freeze(Object.fromEntries(results)),
    });
  }
}

/** Nobody would look at a boolean, and the way would seem to hold. */
function makeReturnError(kind: 'check' | 'checkFailed', returned: boolean): TypeError {
  return new TypeError(
    `s3.explore: ${kind} returned ${returned}, which says nothing. It has to throw if something does not hold: write ${kind}: (way) => expect(…), or throw an error.`,
  );
}
