import type { OperationName } from '../journal/entry';
import type { ExplorationResult } from '../mock/exploration';
import type { Exploration } from '../mock/mock-s3';
import type { Undertaking } from '../mock/undertaking';
import { S3MockError } from '../s3-mock-error';
import { counted, firstLines, grouped } from '../text/counts';
import { invalidValue } from '../text/invalid-value';
import { visible, writeWhole } from '../text/values';
import { now } from './event-loop';
import { type ReadExploration, readExploration } from './exploration';
import { findTouches, type Touch } from './footprint';
import { findVarying, type NotedRequest, nameRequests, RequestIds, type Varying } from './noted-request';
import { readOrder, writeOrder } from './order-name';
import { type Choose, chooseByChance, countSwitches, OrderSearch, type Step, stay } from './order-search';
import { type ScreenContext, writeCounts, writeTitle, writeWay } from './screen';
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
}

interface AskedOperation {
  readonly operation: OperationName | undefined;
  readonly input: object;
}

/** The longest time of a way, in real milliseconds: two seconds, or this share of the timeout, which is longer for a machine that is busy. */
const longestWay = 2000;
const shareOfTimeout = 1 / 6;
/** The first runs wait so long for a request, to see whether the code waits for a timer or a thread between its requests. */
const firstPause: Pause = { whileAllWait: 10, otherwise: 50 };
const noPause: Pause = { whileAllWait: 0, otherwise: 0 };
/** If it waits longer than this, some orders are not tried. On a machine that is busy, work of a millisecond can take more than 100. */
const longestPause = 500;
/** An order runs so often again, each time with a longer pause, for a request that comes just behind the answer to another caller. */
const doubts = 3;
/** Other ways that fail are named, as far as a screen goes. */
const namedWays = 5;

/** Tries the ways through the code, and throws what a way shows that does not hold. */
export async function explore(mock: ExploredMock, given: Exploration): Promise<ExplorationResult> {
  const exploration = readExploration(given);
  const { of } = exploration;
  const [operation, input] = of ?? [];
  const isAsked = operation === undefined ? () => true : mock.readFilter(operation, input);
  return new Explorer(mock, exploration, isAsked).explore();
}

class Explorer {
  readonly #mock: ExploredMock;
  readonly #exploration: ReadExploration;
  readonly #isAsked: (asked: AskedOperation) => boolean;
  readonly #context: ScreenContext;
  readonly #end: number;
  #varying: Varying = new Set();
  #pause: Pause;
  readonly #wayTime: number;
  /** With the pauses of the way. */
  #longest: number;
  /** The longest time for which the code waited for a timer or a thread. */
  #slowest = 0;
  /** How often each request came just behind the answer to another caller. */
  readonly #late = new Map<string, number>();
  readonly #failing: WayReport[] = [];
  readonly #missing: string[] = [];
  #tried = 0;
  /** The names of the orders that were tried: by chance, one can come again. */
  readonly #orders = new Set<string>();
  #repeated = 0;
  #lost = 0;
  /** The ways that are known, and that no run has tried yet. */
  #left = 0;

  constructor(mock: ExploredMock, exploration: ReadExploration, isAsked: (asked: AskedOperation) => boolean) {
    this.#mock = mock;
    this.#exploration = exploration;
    this.#isAsked = isAsked;
    this.#end = now() + exploration.timeout;
    this.#wayTime = Math.max(longestWay, exploration.timeout * shareOfTimeout);
    this.#longest = this.#wayTime;
    this.#pause = exploration.orders ? firstPause : noPause;
    this.#context = {
      subject: nameOf(exploration),
      callers: exploration.hasCallers ? [...exploration.callers.keys()] : [],
    };
  }

  async explore(): Promise<ExplorationResult> {
    const requests = await this.#runPlain();
    const failures = this.#listFailures(requests);
    const { only, orders } = this.#exploration;
    if (only !== undefined) await this.#tryOnly(only, failures);
    else if (orders) await this.#tryOrders(failures);
    else await this.#tryFailures(failures);
    return this.#conclude();
  }

  /** Runs the code twice: what differs between the runs, such as a date in a key, does not tell requests apart. */
  async #runPlain(): Promise<readonly NamedRequest[]> {
    const { orders, hasCallers } = this.#exploration;
    const plan: WayPlan = { name: '', failure: undefined, hasToResolve: true, ...(orders && { choose: stay }) };
    const longest = Math.max(this.#wayTime, this.#exploration.timeout);
    const first = await this.#run(plan, longest);
    if (first.problem !== undefined) throw this.#makeError(first, []);
    const second = await this.#run(plan, longest);
    if (second.problem !== undefined) throw this.#makeError(second, []);
    this.#varying = findVarying(first.requests, second.requests);
    this.#slowest = Math.max(first.slowest, second.slowest);
    this.#waitFor(this.#slowest, first);
    const ids = new RequestIds(this.#varying, hasCallers);
    const noted = first.requests.map((request) => ({ id: ids.take(request), request }));
    const names = nameRequests(noted, this.#varying, hasCallers);
    return noted.map((one) => ({ ...one, name: names.get(one.id) ?? one.id }));
  }

  /** Twice the time for which the code waited, so that a somewhat slower run finds the same requests. */
  #waitFor(slowest: number, { requests }: WayReport): void {
    const pause = Math.min(2 * slowest, longestPause);
    this.#longest = this.#wayTime + 2 * pause * requests.length;
    this.#pause = { whileAllWait: pause, otherwise: pause };
  }

  /** Returns whether a request came too late for its turn, so that the order has to run again, with a longer pause. */
  #isTooFast(report: WayReport): boolean {
    const pause = this.#pause.otherwise;
    // With a failure, the code may well wait for a timer before it tries again.
    if (report.plan.failure !== undefined) return false;
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
    const asked = requests.filter(({ request }) => this.#isAsked(request));
    const listed = listFailures(asked, failures, { traits: this.#mock.traits, varying: this.#varying });
    if (listed.length > 0 || (orders && failures.length === 0)) return listed;
    throw new S3MockError(
      'NOTHING_TO_EXPLORE',
      `explore: no way has a failure, so nothing would be tried. The run without a failure sent ${writeSent(requests)}.`,
    );
  }

  async #run(plan: WayPlan, milliseconds: number): Promise<WayReport> {
    const { undertaking } = this.#mock;
    const { restart } = this.#exploration;
    if (restart !== undefined) await Promise.race([undertaking.run(restart), undertaking.ended]);
    undertaking.check();
    const run = new WayRun({
      world: this.#mock.openWorld(),
      undertaking,
      plan,
      exploration: this.#exploration,
      varying: this.#varying,
      touchesOf: (request) => this.#touchesOf(request),
      pause: this.#pause,
    });
    return run.go(milliseconds);
  }

  #touchesOf({ operation, input }: NotedRequest): readonly Touch[] {
    const { isWrite, isListing } = this.#mock.traits;
    return findTouches({
      input,
      isWrite: operation === undefined || isWrite(operation),
      isListing: operation !== undefined && isListing(operation),
    });
  }

  get #isLate(): boolean {
    return now() >= this.#end;
  }

  get #isOver(): boolean {
    const { limit } = this.#exploration;
    return this.#isLate || this.#tried >= limit || this.#repeated >= limit;
  }

  /** Returns undefined if the time of the exploration ended the way. */
  async #try(plan: WayPlan): Promise<WayReport | undefined> {
    const left = Math.max(1, this.#end - now());
    const report = await this.#run(plan, Math.min(this.#longest, left));
    return report.problem?.kind === 'time' && left < this.#longest ? undefined : report;
  }

  #count(report: WayReport): void {
    const { plan, problem, isTried } = report;
    if (!isTried) {
      this.#missing.push(plan.name);
      return;
    }
    this.#tried += 1;
    if (problem !== undefined) this.#failing.push(report);
  }

  async #tryFailures(failures: readonly PlannedFailure[]): Promise<void> {
    const chosen = sample(failures, this.#exploration.limit, this.#mock.draw);
    this.#left = failures.length;
    await this.#sideBySide(chosen, async (failure) => {
      if (this.#isLate) return;
      const report = await this.#try(this.#planOf(failure));
      if (report === undefined) return;
      this.#left -= 1;
      this.#count(report);
    });
  }

  #planOf(failure: PlannedFailure | undefined, choose?: Choose): WayPlan {
    const { mustSucceed } = this.#exploration;
    return { name: failure?.name ?? '', failure, hasToResolve: mustSucceed, choose };
  }

  async #sideBySide<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
    const queue = items.values();
    const work = async () => {
      for (const item of queue) await act(item);
    };
    await Promise.all(Array.from({ length: this.#exploration.concurrency }, work));
  }

  async #tryOrders(failures: readonly PlannedFailure[]): Promise<void> {
    const all = [...(this.#exploration.failures.length === 0 ? [undefined] : []), ...failures];
    this.#left = all.length;
    await this.#sideBySide(all, async (failure) => {
      if (this.#isOver) return;
      this.#left -= 1;
      await this.#searchOrders(failure);
    });
  }

  /** Tries all orders if half of the limit and of the time is enough for them. Otherwise the rest goes to orders by chance. */
  async #searchOrders(failure: PlannedFailure | undefined): Promise<void> {
    const search = new OrderSearch();
    const half = { tried: this.#tried + this.#exploration.limit / 2, time: (now() + this.#end) / 2 };
    let length = 0;
    let hasFailed = false;
    do {
      if (this.#tried >= half.tried || now() >= half.time) break;
      const report = await this.#try(this.#planOf(failure, search.begin()));
      if (report === undefined) break;
      if (this.#isTooFast(report)) continue;
      length = report.steps.length;
      hasFailed ||= report.isTried;
      const result = search.end(report.steps);
      if (result === 'lost') this.#lost += 1;
      else if (result === 'new') this.#countOrder(report);
    } while (!search.isOver);
    if (!hasFailed && failure !== undefined) this.#missing.push(failure.name);
    if (search.isOver) return;
    this.#left += Math.max(1, search.left);
    while (!this.#isOver) {
      const choose = chooseByChance([...this.#exploration.callers.keys()], length, this.#mock.draw);
      const report = await this.#try(this.#planOf(failure, choose));
      if (report !== undefined) this.#countOrder(report);
    }
  }

  /** In some orders the request that fails is not sent, for instance by a caller that did not get a lock. These are no ways. */
  #countOrder(report: WayReport): void {
    if (!report.isTried) return;
    const named = withOrder(report);
    const isKnown = this.#orders.has(named.plan.name);
    this.#orders.add(named.plan.name);
    if (isKnown) this.#repeated += 1;
    else this.#count(named);
  }

  async #tryOnly(only: string, failures: readonly PlannedFailure[]): Promise<void> {
    const { orders, callers } = this.#exploration;
    const { order, rest } = orders ? readOrder(only, [...callers.keys()]) : { order: undefined, rest: only };
    const failure = rest === '' ? undefined : failures.find(({ name }) => name === rest);
    if (failure === undefined && rest !== '')
      throw invalidValue(
        's3.explore',
        'only',
        only,
        'the name of a way, as a failed exploration printed it',
        failures.map(({ name }) => name),
      );
    const report = await this.#try(this.#planOf(failure, order));
    if (report === undefined) this.#left += 1;
    else this.#count(orders ? withOrder(report) : report);
  }

  #conclude(): ExplorationResult {
    const ways = this.#tried + this.#left + this.#missing.length;
    const [worst] = this.#failing.toSorted((one, other) => countSwitches(one.steps) - countSwitches(other.steps));
    if (worst !== undefined) throw this.#makeError(worst, this.#failing);
    const reasons = this.#whyIncomplete(ways);
    if (reasons.length > 0 && !this.#exploration.incomplete)
      throw new S3MockError(
        'NOT_ALL_TRIED',
        `explore: ${this.#writeTried(ways)} ${reasons.join(' ')} incomplete: true lets the test pass.`,
      );
    return { ways, tried: this.#tried };
  }

  #writeTried(ways: number): string {
    if (this.#tried === 0) return `none of ${counted(ways, 'way')} was tried.`;
    const [verb, them] = this.#tried === 1 ? ['was', 'it holds'] : ['were', 'all of these hold'];
    return `${grouped(this.#tried)} of ${counted(ways, 'way')} ${verb} tried, and ${them}.`;
  }

  #whyIncomplete(ways: number): readonly string[] {
    const { limit, timeout } = this.#exploration;
    return [
      ...(this.#left > 0 && this.#isLate ? [`The time was over after ${timeout} ms: timeout makes it longer.`] : []),
      ...(this.#left > 0 && !this.#isLate ? [`The limit is ${limit} ways, and there are at least ${ways}.`] : []),
      ...(this.#missing.length > 0
        ? [
            `In some ways the request that has to fail did not come; restart resets what the code keeps: ${firstLines(this.#missing, namedWays).join('; ')}.`,
          ]
        : []),
      ...(this.#slowest > longestPause
        ? [
            `Before a request, the code waited ${Math.round(this.#slowest)} ms for a timer or a thread: orders in which it is the first to go on were not all tried.`,
          ]
        : []),
      ...(this.#lost > 0
        ? [`${counted(this.#lost, 'order')} could not be repeated: the code sent other requests the second time.`]
        : []),
    ];
  }

  #makeError(report: WayReport, failing: readonly WayReport[]): S3MockError {
    const { plan, problem } = report;
    const lines = writeWay(report, this.#context).map((line) => `  ${line}`);
    const others = failing.filter((one) => one !== report).map((one) => one.plan.name);
    const noun = this.#exploration.orders && plan.failure === undefined ? 'order' : 'way';
    const text = [
      writeTitle(report, this.#context),
      ...lines,
      ...(others.length === 0
        ? []
        : ['These fail, too:', ...firstLines(others, namedWays).map((name) => `  ${visible(name)}`)]),
      ...(plan.name === ''
        ? []
        : [
            `${writeCounts(this.#tried - failing.length, this.#tried, noun)} This ${noun} alone: s3.explore({ …, only: ${writeWhole(plan.name)} })`,
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

function withOrder(report: WayReport): WayReport {
  const { plan, steps } = report;
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
