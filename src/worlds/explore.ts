import type { OperationName } from '../journal/entry';
import { inputLiteral } from '../journal/entry-text';
import type { ExplorationResult } from '../mock/exploration';
import type { Exploration } from '../mock/mock-s3';
import type { Undertaking } from '../mock/undertaking';
import { S3MockError } from '../s3-mock-error';
import { counted, firstLines, grouped } from '../text/counts';
import { invalidValue } from '../text/invalid-value';
import { visible, writeWhole } from '../text/values';
import { now } from './event-loop';
import { EveryOrder } from './every-order';
import { clockName, type ReadExploration, readExploration } from './exploration';
import { findVarying, type NotedRequest, nameRequests, RequestIds, type Varying } from './noted-request';
import { readOrder, writeOrder } from './order-name';
import {
  type Choose,
  chooseAsking,
  chooseByChance,
  countSwitches,
  OrderSearch,
  type Step,
  stay,
  stayBackwards,
} from './order-search';
import { type ScreenContext, writeTitle, writeTried, writeWay } from './screen';
import { makeSecondRunError } from './second-run';
import { watchStrayErrors } from './stray-errors';
import { watchTimers } from './timers-of-runs';
import { type Pause, type WayPlan, type WayReport, WayRun, type WorldOfWay } from './way-run';
import { listFailures, type NamedRequest, type OperationTraits, type PlannedFailure } from './ways';

/** What exploring needs of the mock. */
export interface ExploredMock {
  /** Makes a world of the state at the call of `explore`. */
  readonly openWorld: () => WorldOfWay;
  readonly undertaking: Undertaking;
  readonly traits: OperationTraits;
  /** Returns whether a request is of an operation, and matches an input. Throws a TypeError for a misspelt name. */
  readonly readFilter: (operation: string, input: unknown) => (asked: AskedOperation) => boolean;
  /** Returns numbers from 0 to below 1, the same for the same seed. */
  readonly draw: () => number;
  /** The real milliseconds until the runner ends the test; undefined if nobody knows. */
  readonly timeLeft: () => number | undefined;
}

interface AskedOperation {
  readonly operation: OperationName | undefined;
  readonly input: object;
}

/** The longest time of a way, in real milliseconds: two seconds, or this share of the timeout, which is longer for a machine that is busy. */
const longestWay = 2000;
const shareOfTimeout = 1 / 6;
/** The longest time of a way without a timeout. */
const longestWayOfAll = 10_000;
/** The exploration ends so many milliseconds before the runner ends the test, whose message would not say what was tried. */
const timeForScreen = 1000;
/** The first runs wait so long for a request, to see whether the code waits for a timer or a thread between its requests. */
const firstPause: Pause = { whileAllWait: 10, otherwise: 50 };
const noPause: Pause = { whileAllWait: 0, otherwise: 0 };
/** If it waits longer than this, some orders are not tried. On a machine that is busy, work of a millisecond can take more than 100. */
const longestPause = 500;
/** An order runs so often again, each time with a longer pause, for a request that comes just behind the answer to another caller. */
const doubts = 3;
/** Other ways that fail are named, as far as a screen goes. */
const namedWays = 5;
/** If there are more ways, the seed chooses one code for each request that S3 refuses, in place of all codes that SDKs know. */
const manyWays = 100;
/** How often in a row a caller can ask the same while nothing changes. If it then asks something else, it can do so more often. */
const firstPatience = 3;
/** A caller that asks the same so often in a row, while nothing changes, perhaps asks for ever. */
const longestPatience = 64;
/** Orders that differ only beside S3 are tried for this share of the time, but not for less than a second. */
const shareBeside = 1 / 4;
const leastBeside = 1000;
/** The order that does not hold is tried with fewer switches for as long as its search took, but not for more than a second. */
const longestShrinking = 1000;

/** Tries the ways through the code, and throws what a way shows that does not hold. */
export async function explore(mock: ExploredMock, given: Exploration): Promise<ExplorationResult> {
  const exploration = readExploration(given);
  checkJudges(exploration);
  const { of } = exploration;
  const [operation, input] = of ?? [];
  const isAsked = operation === undefined ? () => true : mock.readFilter(operation, input);
  return new Explorer(mock, exploration, isAsked).explore();
}

/** Throws if nothing is asked of any way, so that the test could not fail. */
function checkJudges({ check, checkFailed, again, mustSucceed, incomplete }: ReadExploration): void {
  if (check !== undefined || checkFailed !== undefined || again !== false || mustSucceed || incomplete) return;
  throw new S3MockError(
    'NOTHING_JUDGED',
    `explore: nothing is asked of a way, so the test cannot fail. ${whatToAsk()}`,
  );
}

function whatToAsk({ check, checkFailed }: Partial<ReadExploration> = {}): string {
  const questions = [
    ...(check === undefined ? ['check: what has to hold after a run that resolved'] : []),
    ...(checkFailed === undefined ? ['checkFailed: what has to hold after a run that did not resolve'] : []),
    'again: true, if somebody runs the code again after a failure',
    'mustSucceed: true, if the code has to resolve in spite of the failure',
  ];
  return `Add one of these: ${questions.join('; ')}.`;
}

class Explorer {
  readonly #mock: ExploredMock;
  readonly #exploration: ReadExploration;
  readonly #isAsked: (asked: AskedOperation) => boolean;
  readonly #context: ScreenContext;
  readonly #begin = now();
  /** The real milliseconds that the exploration may take. */
  readonly #timeout: number;
  readonly #end: number;
  #varying: Varying = new Set();
  /** The ids of the requests of the run without a failure. */
  #known: ReadonlySet<string> = new Set();
  /** The callers that sent nothing without a failure. They may move the clock, or change what callers share. */
  #silent: ReadonlySet<string> = new Set();
  #pause: Pause;
  readonly #wayTime: number;
  /** With the pauses of the way. */
  #longest: number;
  /** The longest time for which the code waited for a timer or a thread. */
  #slowest = 0;
  readonly #timers = watchTimers();
  readonly #running = new Set<WayRun>();
  /** How often each request came just behind the answer to another caller. */
  readonly #late = new Map<string, number>();
  #failing: WayReport[] = [];
  readonly #missing: string[] = [];
  #tried = 0;
  #judged = 0;
  /** The names of the orders that were tried: by chance, one can come again. */
  readonly #orders = new Set<string>();
  #repeated = 0;
  #lost = 0;
  /** The ways that are known, and that no run has tried yet. */
  #left = 0;
  /** Whether nobody knows how many ways there are. */
  #isLeftOpen = false;
  #isImpatient = false;
  #isClockCut = false;
  /** Whether all orders were tried, also those that differ only beside S3. */
  #areAllOrders = false;

  constructor(mock: ExploredMock, exploration: ReadExploration, isAsked: (asked: AskedOperation) => boolean) {
    this.#mock = mock;
    this.#exploration = exploration;
    this.#isAsked = isAsked;
    const left = mock.timeLeft();
    this.#timeout = exploration.timeout ?? (left === undefined ? Infinity : Math.max(1, left - timeForScreen));
    this.#end = this.#begin + this.#timeout;
    this.#wayTime = Math.max(longestWay, Math.min(longestWayOfAll, this.#timeout * shareOfTimeout));
    this.#longest = this.#wayTime;
    this.#pause = exploration.orders ? firstPause : noPause;
    this.#context = {
      subject: nameOf(exploration),
      callers: exploration.hasCallers ? [...exploration.callers.keys()] : [],
    };
  }

  async explore(): Promise<ExplorationResult> {
    const endWatch = watchStrayErrors((run, stray) => [...this.#running].some((way) => way.takeStray(run, stray)));
    try {
      const requests = await this.#runPlain();
      const failures = this.#listFailures(requests);
      const { only, orders } = this.#exploration;
      if (only !== undefined) await this.#tryOnly(only, failures);
      else if (orders) await this.#tryOrders(failures);
      else await this.#tryFailures(failures);
      return this.#conclude();
    } finally {
      endWatch();
      this.#timers.end();
    }
  }

  /** Runs the code twice: what differs between the runs, such as a date in a key, does not tell requests apart. */
  async #runPlain(): Promise<readonly NamedRequest[]> {
    const { orders, hasCallers } = this.#exploration;
    const plan: WayPlan = { name: '', failures: [], hasToResolve: true, ...(orders && { choose: stay }) };
    const longest = Math.max(this.#wayTime, Math.min(this.#timeout, longestWayOfAll));
    let first = await this.#run(plan, longest);
    // On a busy machine, a time-out of the code can run out in its first run, which also loads what the code needs.
    if (hasTimedOut(first)) first = await this.#run(plan, longest);
    if (first.problem !== undefined) throw this.#makeError(await this.#findOrder(first, longest));
    let second = await this.#run(plan, longest);
    const hasRestart = this.#exploration.restart !== undefined;
    if (second.problem !== undefined) throw makeSecondRunError({ first, second, context: this.#context, hasRestart });
    if (hasGivenUp(first) !== hasGivenUp(second))
      [first, second] = await this.#findAlike(plan, [first, second], longest);
    this.#varying = findVarying(first.requests, second.requests);
    this.#silent = this.#findSilent([first, second]);
    this.#slowest = Math.max(first.slowest, second.slowest);
    this.#waitFor(this.#slowest, first);
    const ids = new RequestIds(this.#varying, hasCallers);
    const noted = first.requests.map((request) => ({ id: ids.take(request), request }));
    this.#known = new Set(noted.map(({ id }) => id));
    return this.#nameRequests(noted);
  }

  /** A third run shows which of two runs is the usual one, if the code gave up an answer in one of them. */
  async #findAlike(
    plan: WayPlan,
    runs: readonly [WayReport, WayReport],
    longest: number,
  ): Promise<readonly [WayReport, WayReport]> {
    const third = await this.#run(plan, longest);
    const other = runs.find((run) => hasGivenUp(run) === hasGivenUp(third));
    return third.problem === undefined && other !== undefined ? [other, third] : runs;
  }

  #findSilent(reports: readonly WayReport[]): ReadonlySet<string> {
    const sent = new Set(reports.flatMap(({ requests }) => requests.map(({ caller }) => caller)));
    return new Set([...this.#exploration.callers.keys()].filter((caller) => !sent.has(caller)));
  }

  /** If another order of the callers holds, it is the order that does not. */
  async #findOrder(first: WayReport, longest: number): Promise<WayReport> {
    if (!this.#exploration.orders || first.problem?.kind === 'time') return first;
    const other = await this.#run({ ...first.plan, choose: stayBackwards }, longest);
    if (other.problem !== undefined) return first;
    this.#tried = 2;
    this.#failing.push(first);
    return withOrder(first);
  }

  #nameRequests(noted: readonly Omit<NamedRequest, 'name'>[]): readonly NamedRequest[] {
    const names = nameRequests(noted, this.#varying, this.#exploration.hasCallers);
    return noted.map((one) => ({ ...one, name: names.get(one.id) ?? one.id }));
  }

  /** Twice the time for which the code waited, so that a somewhat slower run finds the same requests. */
  #waitFor(slowest: number, { requests }: WayReport): void {
    if (!this.#exploration.orders) return;
    const pause = Math.min(2 * slowest, longestPause);
    this.#longest = this.#wayTime + 2 * pause * requests.length;
    this.#pause = { whileAllWait: pause, otherwise: pause };
  }

  /** Returns whether a request came too late for its turn, so that the order has to run again, with a longer pause. */
  #isTooFast(report: WayReport): boolean {
    const pause = this.#pause.otherwise;
    // With a failure, the code may well wait for a timer before it tries again.
    if (report.plan.failures.length > 0) return false;
    const isSlower = report.slowest > pause;
    if (isSlower) this.#slowest = Math.max(this.#slowest, report.slowest);
    const late = report.late.filter(({ id }) => this.#countLate(id) <= doubts);
    const slowest = late.reduce((longest, { waited }) => Math.max(longest, waited), isSlower ? report.slowest : 0);
    const isLonger = slowest > pause && pause < longestPause;
    if (isLonger) this.#waitFor(slowest, report);
    // What comes late again and again waits for the answer to another caller, and needs no longer pause.
    else if (late.length < report.late.length) this.#waitFor(this.#slowest, report);
    return isLonger;
  }

  #countLate(id: string): number {
    const times = (this.#late.get(id) ?? 0) + 1;
    this.#late.set(id, times);
    return times;
  }

  #listFailures(requests: readonly NamedRequest[]): readonly PlannedFailure[] {
    const { failures, orders } = this.#exploration;
    const listed = this.#listFailuresOf(requests);
    if (listed.length > 0 || (orders && failures.length === 0)) return listed;
    throw new S3MockError(
      'NOTHING_TO_EXPLORE',
      `explore: no way has a failure, so nothing would be tried. The run without a failure sent ${writeSent(requests)}.`,
    );
  }

  #listFailuresOf(requests: readonly NamedRequest[]): readonly PlannedFailure[] {
    const asked = requests.filter(({ request }) => this.#isAsked(request));
    const options = { traits: this.#mock.traits, varying: this.#varying };
    const listed = listFailures(asked, this.#exploration.failures, options);
    const { only } = this.#exploration;
    return listed.length > manyWays && only === undefined ? withOneCode(listed, this.#mock.draw) : listed;
  }

  async #run(plan: WayPlan, milliseconds: number): Promise<WayReport> {
    const { undertaking } = this.#mock;
    undertaking.check();
    const run = new WayRun({
      world: this.#mock.openWorld(),
      undertaking,
      plan,
      exploration: this.#exploration,
      varying: this.#varying,
      silent: this.#silent,
      isWrite: (request) => this.#isWrite(request),
      timers: this.#timers,
      pause: this.#pause,
    });
    this.#running.add(run);
    try {
      const report = await run.go(milliseconds);
      this.#isClockCut ||= report.isClockCut;
      return report;
    } finally {
      this.#running.delete(run);
    }
  }

  #isWrite({ operation }: NotedRequest): boolean {
    return operation === undefined || this.#mock.traits.isWrite(operation);
  }

  get #isLate(): boolean {
    return now() >= this.#end;
  }

  get #isOver(): boolean {
    const { limit } = this.#exploration;
    return this.#isLate || this.#hasFound || this.#tried >= limit || this.#repeated >= limit;
  }

  /** Whether a way does not hold, and the others do not matter. */
  get #hasFound(): boolean {
    return this.#failing.length > 0 && !this.#exploration.all;
  }

  /** Returns undefined if the time of the exploration ended the way. */
  async #try(plan: WayPlan): Promise<WayReport | undefined> {
    const left = Math.max(1, this.#end - now());
    const report = await this.#run(plan, Math.min(this.#longest, left));
    return report.problem?.kind === 'time' && left < this.#longest ? undefined : report;
  }

  #count(report: WayReport): void {
    const { plan, problem, isTried, isVoid, isJudged } = report;
    if (isVoid) return;
    if (!isTried) {
      this.#missing.push(plan.name);
      return;
    }
    this.#tried += 1;
    if (isJudged) this.#judged += 1;
    if (problem !== undefined) this.#failing.push(report);
  }

  async #tryFailures(failures: readonly PlannedFailure[]): Promise<void> {
    const { limit, pairs } = this.#exploration;
    const chosen = sample(failures, limit, this.#mock.draw);
    this.#left = failures.length;
    const caused: PlannedFailure[][] = [];
    await this.#sideBySide(chosen, async (failure) => {
      const report = await this.#tryWay([failure]);
      if (pairs && report?.problem === undefined && report?.isTried)
        for (const pair of this.#listPairs(failure, [report])) caused.push(pair);
    });
    if (caused.length === 0) return;
    this.#left += caused.length;
    const seconds = sample(caused, Math.max(0, limit - this.#tried), this.#mock.draw);
    await this.#sideBySide(seconds, async (pair) => void (await this.#tryWay(pair)));
  }

  async #tryWay(failures: readonly PlannedFailure[]): Promise<WayReport | undefined> {
    if (this.#isLate || this.#hasFound) return undefined;
    const report = await this.#try(this.#planOf(failures));
    if (report === undefined) return undefined;
    this.#left -= 1;
    this.#count(report);
    return report;
  }

  /** The failures at requests that a first failure has caused. */
  #listPairs(first: PlannedFailure, reports: readonly WayReport[]): PlannedFailure[][] {
    const caused = new Map<string, NamedRequest>();
    for (const { happenings } of reports) {
      const requests = happenings.flatMap((one) => (one.kind === 'request' ? [one.request] : []));
      const from = requests.findIndex(({ id }) => id === first.id) + 1;
      for (const request of requests.slice(from))
        if (!this.#known.has(request.id) && request.id !== first.id)
          caused.set(request.id, { id: request.id, name: '', request });
    }
    const named = this.#nameRequests([...caused.values()]);
    const { hasCallers } = this.#exploration;
    const told = named.map((one) => (hasCallers ? one : { ...one, name: nameOfCaused(one) }));
    return this.#listFailuresOf(told).map((second) => [first, second]);
  }

  #planOf(failures: readonly PlannedFailure[], choose?: Choose): WayPlan {
    const { mustSucceed } = this.#exploration;
    return {
      name: failures.map(({ name }) => name).join(separatorOfPair),
      failures,
      hasToResolve: mustSucceed,
      choose,
    };
  }

  async #sideBySide<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
    const queue = items.values();
    const work = async () => {
      for (const item of queue) await act(item);
    };
    await Promise.all(Array.from({ length: this.#exploration.concurrency }, work));
  }

  async #tryOrders(failures: readonly PlannedFailure[]): Promise<void> {
    const { memory, pairs } = this.#exploration;
    const all = this.#exploration.failures.length === 0 ? [[]] : failures.map((failure) => [failure]);
    const caused: PlannedFailure[][] = [];
    this.#left = all.length;
    await this.#sideBySide(all, async (chosen) => {
      if (this.#isOver) return;
      this.#left -= 1;
      const reports = await this.#searchAll(chosen);
      const [failure] = chosen;
      if (!pairs || failure === undefined) return;
      for (const pair of this.#listPairs(failure, reports)) caused.push(pair);
    });
    this.#left += caused.length;
    await this.#sideBySide(caused, async (chosen) => {
      if (this.#isOver) return;
      this.#left -= 1;
      await this.#searchAll(chosen);
    });
    if (memory === undefined) await this.#searchBeside([...all, ...caused]);
    if (this.#failing.length > 0 && !this.#exploration.all) await this.#shrink();
  }

  #searchAll(failures: readonly PlannedFailure[]): Promise<readonly WayReport[]> {
    return this.#exploration.memory === 'share memory' ? this.#searchEvery(failures) : this.#searchOrders(failures);
  }

  /** Tries the orders that differ for S3. If a caller asks again and again, it can do so more often the next time. */
  async #searchOrders(failures: readonly PlannedFailure[]): Promise<readonly WayReport[]> {
    const reports: WayReport[] = [];
    const found = { isTried: false };
    let patience: number | undefined = firstPatience;
    while (patience !== undefined) {
      const search: OrderSearch = new OrderSearch(patience);
      await this.#search(failures, search, { reports, found });
      const isCut = search.hasLeftOut && search.isOver && !this.#isOver;
      patience = isCut ? await this.#findPatience(failures, reports, patience) : undefined;
      if (patience === undefined) this.#isImpatient ||= search.hasLeftOut;
    }
    if (!found.isTried && failures.length > 0 && !this.#hasFound) this.#missing.push(this.#planOf(failures).name);
    return reports;
  }

  /** Returns how often a caller asks the same before it does something else, if that is more often than `patience`. */
  async #findPatience(
    failures: readonly PlannedFailure[],
    reports: readonly WayReport[],
    patience: number,
  ): Promise<number | undefined> {
    let most: number | undefined;
    for (const [caller, beginning] of findAsking(reports, patience)) {
      const report = await this.#try(this.#planOf(failures, chooseAsking(beginning, caller, longestPatience)));
      const asked = (report?.steps ?? []).filter(({ request }) => request.caller === caller);
      const repeats = asked.reduce((longest, { request }) => Math.max(longest, request.repeats), 0);
      if (repeats > patience && repeats < longestPatience) most = Math.max(most ?? 0, repeats);
    }
    return most;
  }

  /** Tries all orders if half of the limit and of the time is enough for them. Otherwise the rest goes to orders by chance. */
  async #search(
    failures: readonly PlannedFailure[],
    search: OrderSearch,
    { reports, found }: { readonly reports: WayReport[]; readonly found: { isTried: boolean } },
  ): Promise<void> {
    const half = { tried: this.#tried + this.#exploration.limit / 2, time: now() + (this.#end - now()) / 2 };
    let length = 0;
    do {
      if (this.#hasFound || this.#tried >= half.tried || now() >= half.time) break;
      const report = await this.#try(this.#planOf(failures, search.begin()));
      if (report === undefined) break;
      if (this.#isTooFast(report)) continue;
      length = report.steps.length;
      found.isTried ||= report.isTried;
      reports.push(report);
      const result = search.end(report.steps);
      if (result === 'lost') this.#lost += 1;
      else if (result === 'new') this.#countOrder(report);
    } while (!search.isOver);
    if (search.isOver || this.#hasFound) return;
    this.#left += Math.max(1, search.left);
    this.#isLeftOpen = true;
    while (!this.#isOver) {
      const choose = chooseByChance([...this.#exploration.callers.keys()], length, this.#mock.draw);
      const report = await this.#try(this.#planOf(failures, choose));
      if (report !== undefined) this.#countOrder(report);
    }
  }

  /** Tries all orders, also those that differ only beside S3. */
  async #searchEvery(failures: readonly PlannedFailure[]): Promise<readonly WayReport[]> {
    const reports: WayReport[] = [];
    let every = new EveryOrder();
    let patience: number | undefined = firstPatience;
    while (patience !== undefined) {
      every = new EveryOrder(patience);
      for (const report of await this.#goThrough(failures, every, () => this.#isOver)) reports.push(report);
      const isCut = every.hasLeftOut && every.isOver && !this.#isOver;
      patience = isCut ? await this.#findPatience(failures, reports, patience) : undefined;
    }
    if (reports.every(({ isTried }) => !isTried) && failures.length > 0 && !this.#hasFound)
      this.#missing.push(this.#planOf(failures).name);
    this.#isImpatient ||= every.hasLeftOut;
    this.#areAllOrders = every.isOver;
    if (every.isOver || this.#hasFound) return reports;
    this.#left += every.left;
    this.#isLeftOpen = true;
    return reports;
  }

  /** Tries orders that differ only beside S3, while a part of the time lasts. What is left is not missing. */
  async #searchBeside(all: readonly (readonly PlannedFailure[])[]): Promise<void> {
    if (this.#isOver || this.#left > 0) return;
    const share = Math.min(this.#timeout, 4 * (now() - this.#begin)) * shareBeside;
    const end = Math.min(this.#end, now() + Math.max(leastBeside, share));
    const searches = all.map((failures) => ({ failures, every: new EveryOrder() }));
    const isOver = () => this.#isOver || now() >= end;
    // The fewest switches first, for all failures alike.
    for (let switches = 0; !isOver(); switches += 1) {
      const left = searches.filter(({ every }) => !every.isOver);
      if (left.length === 0) break;
      for (const { failures, every } of left)
        await this.#goThrough(failures, every, () => isOver() || every.switches > switches);
    }
    this.#areAllOrders = searches.every(({ every }) => every.isOver && !every.hasLeftOut);
  }

  async #goThrough(
    failures: readonly PlannedFailure[],
    every: EveryOrder,
    isOver: () => boolean,
  ): Promise<readonly WayReport[]> {
    const reports: WayReport[] = [];
    while (!every.isOver && !isOver()) {
      let report = await this.#try(this.#planOf(failures, every.begin()));
      while (report !== undefined && this.#isTooFast(report))
        report = await this.#try(this.#planOf(failures, every.again()));
      if (report === undefined) break;
      reports.push(report);
      if (every.end(report.steps)) this.#countOrder(report);
      else this.#lost += 1;
    }
    return reports;
  }

  /** Looks for an order that does not hold either, and has fewer switches. */
  async #shrink(): Promise<void> {
    const [first] = this.#failing;
    if (first === undefined) return;
    const { failures } = first.plan;
    const most = countSwitches(first.steps);
    const end = Math.min(this.#end, now() + Math.min(longestShrinking, now() - this.#begin));
    const every = new EveryOrder();
    while (!every.isOver && every.switches < most && now() < end) {
      const report = await this.#try(this.#planOf(failures, every.begin()));
      if (report === undefined || !every.end(report.steps)) return;
      if (report.problem === undefined || !report.isTried || countSwitches(report.steps) >= most) continue;
      this.#failing = [withOrder(report)];
      return;
    }
  }

  /** In some orders the request that fails is not sent, for instance by a caller that did not get a lock. These are no ways. */
  #countOrder(report: WayReport): void {
    if (!report.isTried || report.isVoid) return;
    const named = withOrder(report);
    const isKnown = this.#orders.has(named.plan.name);
    this.#orders.add(named.plan.name);
    if (isKnown) this.#repeated += 1;
    else this.#count(named);
  }

  async #tryOnly(only: string, failures: readonly PlannedFailure[]): Promise<void> {
    const { orders, callers } = this.#exploration;
    const again = [...callers.keys()].map((name) => `${name} again`).concat(clockName);
    const { order, rest } = orders ? readOrder(only, [...callers.keys(), ...again]) : { order: undefined, rest: only };
    const chosen = rest === '' ? [] : await this.#findFailures(rest, failures, order);
    const report = await this.#try(this.#planOf(chosen, order));
    if (report === undefined) this.#left += 1;
    else this.#count(orders ? withOrder(report) : report);
  }

  /** The requests of the second failure of a pair are known when the first has happened. */
  async #findFailures(
    name: string,
    failures: readonly PlannedFailure[],
    order: Choose | undefined,
  ): Promise<readonly PlannedFailure[]> {
    const alone = failures.find((failure) => failure.name === name);
    if (alone !== undefined) return [alone];
    const first = failures.find((failure) => name.startsWith(`${failure.name}${separatorOfPair}`));
    const report = first === undefined ? undefined : await this.#try(this.#planOf([first], order));
    const pairs = first === undefined || report === undefined ? [] : this.#listPairs(first, [report]);
    const pair = pairs.find((both) => this.#planOf(both).name === name);
    if (pair !== undefined) return pair;
    throw invalidValue(
      's3.explore',
      'only',
      name,
      'the name of a way, as a failed exploration printed it',
      [...failures, ...pairs.flat()].map((failure) => failure.name),
    );
  }

  #conclude(): ExplorationResult {
    const ways = this.#tried + this.#left + this.#missing.length;
    const [worst] = this.#failing.toSorted(
      (one, other) => countSwitches(one.steps) - countSwitches(other.steps) || one.steps.length - other.steps.length,
    );
    if (worst !== undefined) throw this.#makeError(worst);
    const reasons = this.#whyIncomplete();
    const { incomplete } = this.#exploration;
    if (reasons.length > 0 && !incomplete)
      throw new S3MockError(
        'NOT_ALL_TRIED',
        `explore: ${this.#writeTried(ways)} ${reasons.join(' ')} incomplete: true lets the test pass.`,
      );
    if (this.#judged === 0 && !incomplete) throw this.#makeUnjudged();
    const callers = this.#describeMemory();
    return {
      ways,
      tried: this.#tried,
      judged: this.#judged,
      complete: reasons.length === 0,
      ...(callers && { callers }),
    };
  }

  #describeMemory(): ExplorationResult['callers'] {
    if (!this.#exploration.orders) return undefined;
    return this.#areAllOrders ? 'share memory' : (this.#exploration.memory ?? 'may share memory');
  }

  #makeUnjudged(): S3MockError {
    const { check, checkFailed } = this.#exploration;
    const unasked =
      check === undefined
        ? 'each run resolved, and nothing is asked of these'
        : 'no run resolved, and check is asked only then';
    return new S3MockError(
      'NOTHING_JUDGED',
      `explore: ${this.#writeTried(this.#tried)} But ${unasked}, so the test cannot fail. ${whatToAsk({ check, checkFailed })}`,
    );
  }

  #writeTried(ways: number): string {
    const all = `${this.#isLeftOpen ? 'at least ' : ''}${counted(ways, 'way')}`;
    if (this.#tried === 0) return `none of ${all} was tried.`;
    const [verb, them] = this.#tried === 1 ? ['was', 'it holds'] : ['were', 'all of these hold'];
    const held = this.#judged === 0 ? '' : `, and ${them}`;
    return `${grouped(this.#tried)} of ${all} ${verb} tried${held}.`;
  }

  #whyIncomplete(): readonly string[] {
    const { limit } = this.#exploration;
    return [
      ...(this.#left > 0 && this.#isLate ? [this.#writeTime()] : []),
      ...(this.#left > 0 && !this.#isLate ? [`The limit of ${counted(limit, 'way')} ended the search.`] : []),
      ...(this.#missing.length > 0
        ? [
            `In some ways the request that has to fail did not come; restart resets what the code keeps: ${firstLines(this.#missing, namedWays).join('; ')}.`,
          ]
        : []),
      ...(this.#slowest > longestPause && this.#exploration.orders
        ? [
            `Before a request, the code waited ${Math.round(this.#slowest)} ms for a timer or a thread: orders in which it is the first to go on were not all tried.`,
          ]
        : []),
      ...(this.#isImpatient
        ? [
            `A caller asked the same again, often in a row, while nothing changed: what it does if it has to ask longer was not tried.`,
          ]
        : []),
      ...(this.#isClockCut
        ? [
            'In some ways more was due when the clock had moved as often as it does in a way: later moments were not tried.',
          ]
        : []),
      ...(this.#lost > 0
        ? [`${counted(this.#lost, 'order')} could not be repeated: the code sent other requests the second time.`]
        : []),
    ];
  }

  /** How long all would take is known of the ways that are known. */
  #writeTime(): string {
    const seconds = (milliseconds: number) => Math.ceil(milliseconds / 100) / 10;
    const ways = this.#tried + this.#left;
    const all = this.#tried === 0 ? undefined : seconds(((now() - this.#begin) / this.#tried) * ways);
    const needed =
      all === undefined ? '' : ` At this speed, all would take ${this.#isLeftOpen ? 'more than' : 'about'} ${all} s.`;
    const { timeout } = this.#exploration;
    const whose =
      timeout === undefined
        ? "a second before the test's own limit: give the test more time"
        : 'timeout makes it longer';
    return `The time was over after ${seconds(this.#timeout)} s; ${whose}.${needed}`;
  }

  #makeError(report: WayReport): S3MockError {
    const { plan, problem } = report;
    const lines = writeWay(report, this.#context).map((line) => `  ${line}`);
    const others = this.#failing.filter((one) => one !== report).map((one) => one.plan.name);
    const noun = this.#exploration.orders && plan.failures.length === 0 ? 'order' : 'way';
    const holding = this.#tried - this.#failing.length;
    const text = [
      writeTitle(report, this.#context),
      ...lines,
      ...(others.length === 0
        ? []
        : ['These fail, too:', ...firstLines(others, namedWays).map((name) => `  ${visible(name)}`)]),
      ...(plan.name === ''
        ? []
        : [
            `${writeTried({ holding, tried: this.#tried, noun, isAll: this.#exploration.all })} This ${noun} alone: s3.explore({ …, only: ${writeWhole(plan.name)} })`,
          ]),
    ];
    const message = text.join('\n');
    const error = plan.name === '' ? new S3MockError('RUN_FAILED', message) : new S3MockError('WAY_FAILED', message);
    if (problem !== undefined && 'error' in problem)
      // As `new Error(message, { cause })` has it: runners print a member that is listed once more.
      Object.defineProperty(error, 'cause', { value: problem.error, writable: true, configurable: true });
    return error;
  }
}

/** Callers that ask the same again and again, each with the beginning of an order that leads there. */
function findAsking(reports: readonly WayReport[], patience: number): ReadonlyMap<string, readonly string[]> {
  const asking = new Map<string, readonly string[]>();
  for (const { steps } of reports)
    for (const [index, { waiting }] of steps.entries())
      for (const { caller, repeats } of waiting)
        if (repeats > patience && !asking.has(caller))
          asking.set(
            caller,
            steps.slice(0, index).map(({ request }) => request.id),
          );
  return asking;
}

/** Whether code with a timer has repeated a request that S3 had answered well: on a busy machine, its time-out has run out. */
function hasGivenUp({ requests }: WayReport): boolean {
  const answered = new Set<string>();
  return requests.some(({ caller, operation, input, entry, hasTimer }) => {
    const sent = JSON.stringify([caller, operation, inputLiteral(input)]);
    if (answered.has(sent)) return true;
    if (hasTimer && entry?.error === undefined) answered.add(sent);
    return false;
  });
}

/** Whether a run perhaps failed since a timer of its code ran out. */
function hasTimedOut({ problem, requests }: WayReport): boolean {
  return problem !== undefined && problem.kind !== 'time' && requests.some(({ hasTimer }) => hasTimer === true);
}

/** Between the names of two failures in one way. */
const separatorOfPair = ', then ';

function nameOfCaused({ request, name }: NamedRequest): string {
  return request.caller.endsWith(' again') ? `again: ${name}` : name;
}

/** One of the failures with a code for each request. */
function withOneCode(failures: readonly PlannedFailure[], draw: () => number): readonly PlannedFailure[] {
  const codes = new Map<string, readonly PlannedFailure[]>();
  for (const failure of failures)
    if (failure.kind === 'fail') codes.set(failure.id, [...(codes.get(failure.id) ?? []), failure]);
  const chosen = new Set([...codes.values()].map((some) => some[Math.floor(draw() * some.length)]));
  return failures.filter((failure) => failure.kind !== 'fail' || chosen.has(failure));
}

function withOrder(report: WayReport): WayReport {
  const { plan, problem } = report;
  // Code that asks for ever goes on by itself.
  const steps = problem?.kind === 'time' ? report.steps.slice(0, longestPatience) : report.steps;
  return { ...report, plan: { ...plan, name: writeOrder(steps, plan.name) } };
}

/** The name of the function, if it has one of its own. */
function nameOf({ callers, hasCallers }: ReadExploration): string {
  if (hasCallers) return [...callers.keys()].join(' beside ');
  const [run] = callers.values();
  return run === undefined || run.name === '' || run.name === 'run' ? 'The code' : `${run.name}()`;
}

/** Keeps the order of the items. */
function sample<Item>(items: readonly Item[], most: number, draw: () => number): readonly Item[] {
  if (items.length <= most) return items;
  const ranked = items.map((item, index) => ({ item, index, rank: draw() }));
  const chosen = ranked.toSorted((one, other) => one.rank - other.rank).slice(0, most);
  return chosen.toSorted((one, other) => one.index - other.index).map(({ item }) => item);
}

function writeSent(requests: readonly NamedRequest[]): string {
  return requests.length === 0
    ? 'no request'
    : firstLines(
        requests.map(({ name }) => name),
        namedWays,
      ).join(', ');
}

export type { Step };
