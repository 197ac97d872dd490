import type { RequestEntry } from '../journal/entry';
import { inputLiteral } from '../journal/entry-text';
import { limited } from '../journal/real-timers';
import type { CallerResult } from '../mock/exploration';
import type { MockS3, Way } from '../mock/mock-s3';
import type { Undertaking } from '../mock/undertaking';
import type { ReadableRequest, TakeTurn, Turn, TurnDecision } from '../service/turns';
import { countTimers, now, Quiet } from './event-loop';
import type { ReadExploration } from './exploration';
import { decideFailure } from './failure-decision';
import type { Touch } from './footprint';
import { type NotedRequest, RequestIds, type Varying } from './noted-request';
import type { Choose, Step, Waiting } from './order-search';
import { RunOfCode, type SentRequest } from './run-of-code';
import type { PlannedFailure } from './ways';

/** A copy of the mock, as exploring uses it. */
export interface WorldOfWay {
  readonly mock: MockS3;
  /** Returns the number of a further run. */
  readonly nextRun: () => number;
  /** Asks about each request of the world. */
  readonly takeTurns: (take: TakeTurn) => void;
  readonly end: () => Promise<void> | void;
}

export interface WayPlan {
  readonly name: string;
  readonly failure: PlannedFailure | undefined;
  /** Left out: the requests do not wait for each other. */
  readonly choose?: Choose | undefined;
  /** Whether each caller has to resolve. */
  readonly hasToResolve: boolean;
}

/** Why a way does not hold. */
export type Problem =
  | { readonly kind: 'rejected' | 'again' | 'check' | 'checkFailed'; readonly error: unknown }
  | {
      readonly kind: 'time';
      readonly milliseconds: number;
      readonly waitsFor: readonly SentRequest[];
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
export type Happening = { readonly kind: 'request'; readonly request: SentRequest } | Stop;

export interface WayReport {
  readonly plan: WayPlan;
  readonly happenings: readonly Happening[];
  readonly steps: readonly Step[];
  /** The requests of the first runs, in the order in which they came. */
  readonly requests: readonly SentRequest[];
  readonly problem: Problem | undefined;
  /** Whether the request that has to fail came. */
  readonly isTried: boolean;
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
  readonly touchesOf: (request: NotedRequest) => readonly Touch[];
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

/** Runs the code once in a world of its own, with one failure, or in one order of its requests. */
export class WayRun {
  readonly #options: WayOptions;
  readonly #runs = new Map<number, RunOfCode>();
  readonly #requests: SentRequest[] = [];
  readonly #happenings: Happening[] = [];
  readonly #met = new Set<SentRequest>();
  readonly #steps: Step[] = [];
  readonly #quiet = new Quiet();
  readonly #closed: Promise<void>;
  #waiting: readonly WaitingTurn[] = [];
  /** How often each question was answered since something changed. */
  readonly #answered = new Map<string, number>();
  #close: () => void = () => {};
  #isClosed = false;
  #hasFailed = false;
  #slowest = 0;
  readonly #late: LateRequest[] = [];

  constructor(options: WayOptions) {
    this.#options = options;
    this.#closed = new Promise((resolve) => {
      this.#close = resolve;
    });
  }

  async go(milliseconds: number): Promise<WayReport> {
    const { world, plan, undertaking } = this.#options;
    world.takeTurns((request) => this.#take(request));
    const timers = countTimers();
    let problem: Problem | undefined;
    try {
      const judged = await limited(milliseconds, Promise.race([this.#go(), undertaking.ended]));
      problem = judged === undefined ? this.#describeWait(milliseconds, countTimers() > timers) : judged.problem;
    } finally {
      this.#end();
      await world.end();
    }
    const isTried = plan.failure === undefined || this.#hasFailed;
    const noted = { happenings: this.#happenings, steps: this.#steps, requests: this.#requests };
    return { plan, ...noted, problem, isTried, slowest: this.#slowest, late: this.#late };
  }

  /** What the code still sends gets no answer, and its connections break. */
  #end(): void {
    this.#isClosed = true;
    for (const [number, run] of this.#runs) {
      run.crash();
      this.#options.undertaking.giveUp(number);
    }
    for (const { begin } of this.#waiting) begin();
    this.#waiting = [];
    this.#close();
  }

  #describeWait(milliseconds: number, hasTimers: boolean): Problem {
    const waitsFor = [...this.#runs.values()].flatMap(({ requests }) =>
      requests.filter(({ entry, silence }) => entry === undefined && silence === undefined),
    );
    return { kind: 'time', milliseconds, waitsFor, hasTimers };
  }

  async #go(): Promise<{ readonly problem: Problem | undefined }> {
    const { exploration, plan } = this.#options;
    const begun = [...exploration.callers].map(
      async ([name, run]) => [name, await this.#begin('run', name, run)] as const,
    );
    let isOver = false;
    const all = Promise.all(begun).finally(() => {
      isOver = true;
    });
    all.catch(() => {}); // it rejects if the way is over, while the turns are given
    if (plan.choose !== undefined) await this.#giveTurns(() => isOver);
    return { problem: await this.#judge(new Map(await all)) };
  }

  #begin(kind: RunOfCode['kind'], caller: string, act: () => Promise<unknown>): Promise<CallerResult> {
    const { varying, exploration, undertaking } = this.#options;
    this.#checkOpen();
    const run = new RunOfCode(kind, caller, new RequestIds(varying, exploration.hasCallers));
    const number = this.#options.world.nextRun();
    this.#runs.set(number, run);
    const ended = undertaking
      .run(act, number)
      .then(
        (value): CallerResult => ({ outcome: 'resolved', value }),
        (error: unknown): CallerResult => ({ outcome: 'rejected', error }),
      )
      .finally(() => {
        run.isOver = true;
      });
    return Promise.race([ended, run.crashed.then((): CallerResult => ({ outcome: 'crashed' }))]);
  }

  /** The functions of the test that come next do not begin in a way that is over. */
  #checkOpen(): void {
    this.#options.undertaking.check();
    if (this.#isClosed) throw new Error('the way is over');
  }

  #take(asked: ReadableRequest): Turn | undefined {
    const run = asked.run === undefined ? undefined : this.#runs.get(asked.run);
    // Requests of a check are not part of the way.
    if (run === undefined) return undefined;
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
      until: run.kind === 'run' ? this.#waitForTurn(run, request) : undefined,
      decide: () => this.#decide(run, request),
      settled: (entry) => this.#settle(run, request, entry),
    };
  }

  get #silent(): TurnDecision {
    return { silence: { isApplied: false, until: this.#closed } };
  }

  #waitForTurn(run: RunOfCode, request: SentRequest): Promise<void> | undefined {
    const { plan, touchesOf } = this.#options;
    if (plan.choose === undefined || this.#isClosed) return undefined;
    const id = `${request.id} ${request.attempts}`;
    const { caller } = run;
    const question = JSON.stringify([caller, request.operation, inputLiteral(request.input)]);
    return new Promise((begin) => {
      const turn = { id, caller, touches: touchesOf(request), repeats: 0, run, question, begin };
      this.#waiting = [...this.#waiting, turn];
    });
  }

  /** A request that begins its turn when its code is dead gets no answer. */
  #decide(run: RunOfCode, request: SentRequest): TurnDecision {
    if (run.isDead) {
      request.silence ??= 'not applied';
      return this.#silent;
    }
    if (!this.#met.has(request)) this.#happenings.push({ kind: 'request', request });
    this.#met.add(request);
    const { failure } = this.#options.plan;
    if (failure === undefined || run.kind !== 'run' || failure.id !== request.id) return {};
    if (this.#options.exploration.mustSucceed && request.attempts > 1) return {};
    return this.#fail(run, request, failure);
  }

  #fail(run: RunOfCode, request: SentRequest, failure: PlannedFailure): TurnDecision {
    this.#hasFailed = true;
    const decision = decideFailure(failure, this.#closed);
    if (decision.silence !== undefined) request.silence = decision.silence.isApplied ? 'applied' : 'not applied';
    if (decision.silence?.isApplied === false) run.crash();
    return decision;
  }

  #settle(run: RunOfCode, request: SentRequest, entry: RequestEntry): void {
    request.entry = entry;
    run.wokenAt = now();
    run.isPassedOver = false;
    this.#quiet.interrupt();
    if (entry.error === undefined && this.#options.touchesOf(request).some(({ isWrite }) => isWrite))
      this.#answered.clear();
    if (request.silence === 'applied') run.crash();
  }

  async #giveTurns(isOver: () => boolean): Promise<void> {
    while (!isOver() && !this.#isClosed) {
      this.#waiting = this.#waiting.filter(({ run, begin }) => {
        if (run.isDead) begin();
        return !run.isDead;
      });
      if (this.#waiting.length > 0 && this.#isRest) this.#giveTurn();
      else await this.#quiet.turn();
    }
  }

  get #isRest(): boolean {
    const { whileAllWait, otherwise } = this.#options.pause;
    return this.#quiet.isRest(this.#listBusy().length > 0 ? otherwise : whileAllWait);
  }

  #listBusy(): readonly RunOfCode[] {
    return [...this.#runs.values()].filter(
      (run) => !run.isOver && !run.isDead && !this.#waiting.some((turn) => turn.run === run),
    );
  }

  #giveTurn(): void {
    const { choose } = this.#options.plan;
    const waiting = this.#listWaiting();
    const chosen = choose?.(waiting, this.#steps);
    const turn = waiting.find((one) => one === chosen);
    if (turn === undefined) return;
    for (const run of this.#listBusy()) run.isPassedOver = true;
    this.#steps.push({ request: turn, waiting });
    this.#answered.set(turn.question, turn.repeats + 1);
    this.#waiting = waiting.filter((one) => one !== turn);
    this.#quiet.interrupt();
    turn.begin();
  }

  /** In the order of the callers, and then in that in which they came. */
  #listWaiting(): readonly WaitingTurn[] {
    const callers = [...this.#options.exploration.callers.keys()];
    return this.#waiting
      .map((turn) => ({ ...turn, repeats: this.#answered.get(turn.question) ?? 0 }))
      .toSorted((one, other) => callers.indexOf(one.caller) - callers.indexOf(other.caller));
  }

  /** Other requests of code that rejected may still be on their way. */
  async #comeToRest(): Promise<void> {
    const isAtRest = () => this.#waiting.length === 0 && this.#isRest;
    this.#quiet.interrupt();
    if (this.#options.plan.choose !== undefined) await this.#giveTurns(isAtRest);
    else while (!isAtRest() && !this.#isClosed) await this.#quiet.turn();
  }

  async #judge(results: ReadonlyMap<string, CallerResult>): Promise<Problem | undefined> {
    const { plan, exploration } = this.#options;
    const { again, check, checkFailed } = exploration;
    const failed = [...results].filter(([, { outcome }]) => outcome !== 'resolved');
    const way = this.#makeWay(results);
    const [first] = failed;
    if (first === undefined) return this.#check('check', check, way);
    const isRestarted = again !== false && !plan.hasToResolve;
    if (!isRestarted) this.#happenings.push({ kind: 'stop', ends: failed });
    if (plan.hasToResolve) return { kind: 'rejected', error: first[1].error };
    if (failed.some(([, { outcome }]) => outcome === 'rejected')) await this.#comeToRest();
    if (!isRestarted) return this.#check('checkFailed', checkFailed, way);
    return (await this.#restart(failed)) ?? this.#check('check', check, way);
  }

  async #restart(failed: Stop['ends']): Promise<Problem | undefined> {
    const { again, callers } = this.#options.exploration;
    const restarts =
      typeof again === 'function'
        ? [['again', again] as const]
        : [...callers].filter(([name]) => failed.some(([caller]) => caller === name));
    let ends = failed;
    for (const [name, act] of restarts) {
      const restart: NonNullable<Stop['restart']> = { result: undefined };
      this.#happenings.push({ kind: 'stop', ends, restart });
      ends = [];
      restart.result = await this.#begin('again', name, act);
      if (restart.result.outcome !== 'resolved') return { kind: 'again', error: restart.result.error };
    }
    return undefined;
  }

  async #check(kind: 'check' | 'checkFailed', check: ReadExploration['check'], way: Way): Promise<Problem | undefined> {
    const { world, undertaking } = this.#options;
    this.#checkOpen();
    try {
      await undertaking.run(() => check?.(way), world.nextRun());
      return undefined;
    } catch (error) {
      return { kind, error };
    }
  }

  #makeWay(results: ReadonlyMap<string, CallerResult>): Way {
    const { world, plan } = this.#options;
    const all = [...results.values()];
    const outcome = (['crashed', 'rejected'] as const).find((one) => all.some((result) => result.outcome === one));
    return Object.freeze({
      world: world.mock,
      name: plan.name,
      failure: plan.failure?.kind,
      request: plan.failure?.request.entry,
      outcome: outcome ?? 'resolved',
      error: all.find((result) => result.outcome === 'rejected')?.error,
      results: Object.freeze(Object.fromEntries(results)),
    });
  }
}
