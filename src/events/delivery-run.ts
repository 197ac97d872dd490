import { makeCallback } from '../callback';
import { endTimer, later, startTimer } from '../journal/real-timers';
import type { Caller } from '../model/identity/account';
import type { Ids } from '../model/ids';
import { S3MockError } from '../s3-mock-error';
import { Code, call } from '../text/calls';
import { counted } from '../text/counts';
import { writeSpan } from '../text/durations';
import { keepReasons } from '../text/kept-reasons';
import { setFrames } from '../text/mistakes';
import { clause, say } from '../text/reason';
import {
  continueChain,
  type Delivering,
  Delivery,
  type HandlerFailure,
  makeFailureError,
  mayFollow,
  writeBriefly,
  writeChain,
} from './delivery';
import { makeLambdaContext } from './destinations';
import { addNote, type EventEntry } from './entry';
import {
  type AnyHandler,
  awaitsCallback,
  type FunctionRoles,
  type HandlerTable,
  invoke,
  makeRunningFunction,
} from './handler-table';
import { type Job, makeJobs, type WaitingEvent } from './jobs';
import { TimeOut } from './time-out';

/** How events reach their handlers. */
export interface DeliveryManner {
  /** Which events are delivered twice: some, all or none. */
  duplicates: boolean | 'all';
  /** Whether events that wait together change their order, by the seed or so that the last comes first. */
  outOfOrder: boolean | 'last first';
  /** The milliseconds of real time for which an event waits, unless the test awaits it. */
  lateBy: number;
}

export interface RunParts extends DeliveryManner {
  readonly handlers: HandlerTable;
  readonly ids: Ids;
  /** Milliseconds since 1970, by the clock of the mock. */
  readonly now: () => number;
  /** The time by the Date of the test. */
  readonly realNow: () => number;
  readonly delivering: Delivering;
  readonly onBug: (bug: unknown) => void;
  readonly roles: FunctionRoles;
  readonly settle?: (() => void) | undefined;
}

/** A call of a handler, for the screen of a failed test. */
export interface HandlerCall {
  readonly destination: string;
  readonly entries: readonly EventEntry[];
  readonly delivery: Pick<Delivery, 'requests' | 'hasEnded'>;
  readonly handler: AnyHandler;
}

/** The calls of handlers that are remembered: a test compares what the last ones did. */
const CALLS = 50;

interface Wait {
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
  readonly frames: string;
}

interface Running {
  readonly job: Job;
  readonly delivery: Delivery;
  readonly timeOut: TimeOut;
}

/** The jobs of one destination, which are done one at a time. Destinations do not wait for each other. */
interface Line {
  readonly destination: string;
  jobs: Job[];
  /** The jobs of events that came in the meantime. They wait behind the messages that come again. */
  later: Job[];
  present: Job | undefined;
  running: Running | undefined;
}

/**
 * The turns of the event loop in which the answer of the causing request reaches its client. The client's code goes on first, as with S3,
 * which takes a second to send events.
 */
const TURNS = 4;

/** Delivers the events between two resets: for each destination one at a time, in the order of their causes. */
export class DeliveryRun {
  failures: HandlerFailure[] = [];
  /** How many deliveries have ended, failed ones included. */
  ended = 0;
  readonly notes = new Set<string>();
  /** The last calls of handlers, oldest first. */
  readonly calls: HandlerCall[] = [];
  readonly #parts: RunParts;
  readonly #waits = new Set<Wait>();
  readonly #lines = new Map<string, Line>();
  readonly #positions = new WeakMap<Job, number>();
  readonly #delivered = new Set<string>();
  #afterLast: (() => void)[] = [];
  #waiting: WaitingEvent[] = [];
  #causes = 0;
  #made = 0;
  #hasEnded = false;
  #lateTimer: ReturnType<typeof startTimer> | undefined;
  /** Whether late events have waited long enough. */
  #areDue = false;

  constructor(parts: RunParts) {
    this.#parts = parts;
  }

  /** Whether events are delivered now, or a handler works. */
  get isBusy(): boolean {
    return this.#lines.size > 0;
  }

  take(entries: readonly EventEntry[], from: Delivery | undefined, test: object | undefined): void {
    const { handlers, ids, duplicates } = this.#parts;
    const heard = entries.filter(({ destination }) => handlers.find(destination) !== undefined);
    if (this.#hasEnded || heard.length === 0) return;
    if (from !== undefined && !mayFollow(from, heard)) {
      this.#dropLoop(from, heard);
      return;
    }
    const origin = { from, test, root: from?.root ?? { repeats: 0 } };
    this.#add(heard, origin);
    // S3 sends the duplicate of an event separately.
    if (duplicates)
      this.#add(
        // The handlers of two destinations run side by side, so their speed must not decide which events are chosen.
        duplicates === 'all'
          ? heard
          : chooseSome(heard, () => ids.fraction(from === undefined ? 'duplicates' : `duplicates ${from.destination}`)),
        origin,
      );
    this.#waitIfLate();
    this.#begin();
  }

  #waitIfLate(): void {
    const { lateBy, onBug } = this.#parts;
    if (lateBy === 0 || this.#lateTimer !== undefined) return;
    const act = () => {
      this.#lateTimer = undefined;
      this.#areDue = true;
      this.#begin();
    };
    this.#lateTimer = startTimer(makeCallback(onBug, act), lateBy).unref();
  }

  #add(entries: readonly EventEntry[], origin: Pick<WaitingEvent, 'from' | 'test' | 'root'>): void {
    this.#causes += 1;
    const cause = this.#causes;
    for (const entry of entries) this.#waiting.push({ entry, cause, trace: findTrace(entry), ...origin });
  }

  #dropLoop(from: Delivery, entries: readonly EventEntry[]): void {
    const isOfLoop = (one: WaitingEvent) => one.from?.root === from.root;
    const isLeft = (job: Job) => !job.waiting.some(isOfLoop);
    const waiting = [...this.#jobs().flatMap((job) => job.waiting), ...this.#waiting].filter(isOfLoop);
    for (const line of this.#lines.values()) {
      line.jobs = line.jobs.filter(isLeft);
      line.later = line.later.filter(isLeft);
    }
    this.#waiting = this.#waiting.filter((one) => !isOfLoop(one));
    for (const left of [...entries.map((entry) => ({ entry, from })), ...waiting])
      this.failures.push({
        kind: 'loop',
        destination: left.entry.destination,
        entries: [left.entry],
        error: undefined,
        from: left.from,
      });
  }

  /** Returns the jobs, except the jobs that are being delivered. */
  #jobs(): readonly Job[] {
    return [...this.#lines.values()].flatMap(({ jobs, later: after }) => [...jobs, ...after]);
  }

  get #isAwaited(): boolean {
    return this.#waits.size > 0 || this.#afterLast.length > 0;
  }

  /**
   * Begins to deliver. Events out of order wait for `settled()`, in rounds: otherwise the speed of the test and of the handlers would
   * decide their order, and not the seed.
   */
  #begin(): void {
    if (this.#hasEnded || this.#waiting.length === 0 || this.#isHeld) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#areDue = false;
    const ordered = this.#order(waiting);
    for (const job of makeJobs(ordered, this.#parts)) this.#addJob(job);
  }

  get #isHeld(): boolean {
    const { outOfOrder, lateBy } = this.#parts;
    if (outOfOrder && this.#lines.size > 0) return true;
    return (outOfOrder !== false || lateBy > 0) && !this.#isAwaited && !this.#areDue;
  }

  #order(waiting: readonly WaitingEvent[]): readonly WaitingEvent[] {
    const { outOfOrder, ids } = this.#parts;
    if (!outOfOrder) return waiting;
    let place = 0;
    const drawBackwards = () => {
      place -= 1;
      return place;
    };
    return inOtherOrder(byPosition(waiting), outOfOrder === true ? () => ids.fraction('order') : drawBackwards);
  }

  #addJob(job: Job): void {
    this.#made += 1;
    this.#positions.set(job, this.#made);
    const { text: destination } = job.destination;
    const known = this.#lines.get(destination);
    if (known !== undefined) {
      known.later.push(job);
      return;
    }
    const line: Line = { destination, jobs: [], later: [job], present: undefined, running: undefined };
    this.#lines.set(destination, line);
    this.#deliverAll(line).catch((bug: unknown) => {
      this.#parts.onBug(bug);
      this.#leave(line);
    });
  }

  async #deliverAll(line: Line): Promise<void> {
    for (let job = takeJob(line); job !== undefined; job = takeJob(line)) {
      line.present = job;
      for (let turn = 0; turn < TURNS; turn += 1) await new Promise<void>((resolve) => later(resolve));
      if (this.#hasEnded) return;
      await this.#deliver(job, line);
      line.present = undefined;
      if (this.#hasEnded) return;
    }
    this.#leave(line);
  }

  #leave({ destination }: Line): void {
    this.#lines.delete(destination);
    if (this.#lines.size === 0) this.#goOn();
  }

  /** Goes on with the next events while nothing is being delivered. */
  #goOn(): void {
    try {
      if (this.#waiting.length === 0) this.#parts.settle?.();
      this.#begin();
    } catch (bug) {
      this.#parts.onBug(bug);
    }
    if (this.#lines.size === 0) this.#endWaits();
  }

  async #deliver(job: Job, line: Line): Promise<void> {
    const { destination, waiting } = job;
    const entries = waiting.map(({ entry }) => entry);
    const from = deepest(waiting);
    const chain = continueChain(from, destination.text, entries);
    if (chain === undefined) {
      this.failures.push({ kind: 'loop', destination: destination.text, entries, error: undefined, from });
      return;
    }
    for (const { destination: to } of entries) this.#delivered.add(to);
    let delivery: Delivery | undefined;
    try {
      const caller = this.#beginSession(job);
      const [first] = waiting;
      const position = this.#positions.get(job) ?? 0;
      const root = first?.root ?? { repeats: 0 };
      delivery = new Delivery(chain, first?.test, this, root, caller, position);
      this.calls.push({ destination: destination.text, entries, delivery, handler: job.listener.handler });
      if (this.calls.length > CALLS) this.calls.shift();
      const answer = await this.#call(job, delivery, line);
      if (this.#hasEnded) return;
      this.#note(job, answer);
      const next = job.makeNext(answer);
      if (next !== undefined) this.#addAgain(next, position, line);
    } catch (error) {
      if (this.#hasEnded) return;
      const { takesMessages } = job.listener;
      this.failures.push({ kind: 'handler', destination: destination.text, entries, error, takesMessages, from });
    } finally {
      if (delivery !== undefined) delivery.hasEnded = true;
      line.running?.timeOut.end();
      line.running = undefined;
      this.ended += 1;
    }
  }

  #addAgain(job: Job, position: number, { jobs }: Line): void {
    this.#positions.set(job, position);
    jobs.push(job);
  }

  #beginSession({ destination, listener: { role } }: Job): Caller | undefined {
    return role === undefined ? undefined : this.#parts.roles.begin(makeRunningFunction(destination, role));
  }

  #call(job: Job, delivery: Delivery, line: Line): Promise<unknown> {
    const { destination, listener, makeEvent } = job;
    const { delivering, ids, now, realNow } = this.#parts;
    const { handler, timeout } = listener;
    const requestId = ids.uuid(`delivery ${destination.text}`);
    const streamId = ids.uuid(`delivery ${destination.text}`).replaceAll('-', '');
    return new Promise((resolve, reject) => {
      delivery.onCut(reject);
      const timeOut = new TimeOut(
        timeout,
        () => delivery.cut(makeTimeOutError(job)),
        () => this.#isAwaited,
        reject,
      );
      line.running = { job, delivery, timeOut };
      delivering
        .run(delivery, () =>
          invoke(handler, makeEvent(), (ends) =>
            makeLambdaContext(destination, { ...ends, requestId, streamId, timeout, time: now(), realNow }),
          ),
        )
        .then(resolve, reject);
    });
  }

  #note({ destination, waiting, noteOn }: Job, answer: unknown): void {
    const note = noteOn(answer);
    if (note === undefined) return;
    for (const { entry } of waiting) addNote(entry, note);
    this.notes.add(`${destination.text}: ${note}`);
  }

  settled(frames: string): Promise<void> {
    // `settle` comes first, since it can begin deliveries.
    this.#parts.settle?.();
    return new Promise((resolve, reject) => {
      this.#waits.add({ resolve, reject, frames });
      for (const { running } of this.#lines.values()) running?.timeOut.ref();
      if (this.#lines.size === 0) this.#goOn();
    });
  }

  /**
   * Delivers everything that is left, also the events that wait for `settled()`. Returns undefined if nothing is left. The failures stay.
   */
  finish(): Promise<void> | undefined {
    this.#parts.settle?.();
    if (this.#hasEnded || (this.#lines.size === 0 && this.#waiting.length === 0)) return undefined;
    return new Promise((resolve) => {
      this.#afterLast.push(resolve);
      if (this.#lines.size === 0) this.#goOn();
    });
  }

  #callAfterLast(): void {
    const all = this.#afterLast;
    this.#afterLast = [];
    for (const call of all) call();
  }

  #endWaits(): void {
    this.#callAfterLast();
    const failures = this.failures;
    const waits = [...this.#waits];
    this.#waits.clear();
    if (waits.length === 0) return;
    this.failures = [];
    for (const { resolve, reject, frames } of waits) {
      if (failures.length === 0) resolve();
      else reject(setFrames(makeFailureError('s3.events.settled', failures), frames));
    }
  }

  /** Ends the run: waiting events are not delivered, running handlers are cut off, and their later requests lead to no delivery. */
  end(why: string): void {
    this.#hasEnded = true;
    endTimer(this.#lateTimer);
    this.#waiting = [];
    for (const { running } of this.#lines.values()) running?.delivery.cut(new Error(why));
    this.#lines.clear();
    for (const { reject, frames } of this.#waits) {
      const message = `s3.events.settled: ${why} before all events were delivered. Wait for them in the test that causes them.`;
      reject(setFrames(new S3MockError('WAIT_ENDED', message), frames));
    }
    this.#waits.clear();
    this.#callAfterLast();
  }

  hasDelivered(destination: string): boolean {
    return this.#delivered.has(destination);
  }

  /** Lists the events that no handler has finished. The events of a running handler are among them. */
  writeUndelivered(): string | undefined {
    const present = [...this.#lines.values()].flatMap((line) => line.present ?? []);
    const jobs = [...present, ...this.#jobs()];
    const count = this.#waiting.length + jobs.reduce((sum, { waiting }) => sum + waiting.length, 0);
    if (count === 0) return undefined;
    const [were, them] = count === 1 ? ['was', 'it'] : ['were', 'them'];
    return `${counted(count, 'event')} ${were} not delivered yet when the test failed; await s3.events.settled() waits for ${them}.`;
  }

  writeRunning(): string | undefined {
    const texts = [...this.#lines.values()].flatMap((line) => this.#writeRunningOn(line) ?? []);
    return texts.length === 0 ? undefined : texts.join('\n');
  }

  #writeRunningOn({ running, destination, jobs, later: after }: Line): string | undefined {
    if (running === undefined) return undefined;
    const { job, delivery } = running;
    const callback = awaitsCallback(job.listener.handler) ? ' It declares a callback, but has not called it.' : '';
    const waiting = this.#waiting.filter(({ entry }) => entry.destination === destination);
    const behind = jobs.length + after.length + waiting.length;
    const rest = behind === 0 ? '' : ` Calls that wait behind it: ${behind}.`;
    const events = writeBriefly(job.waiting.map(({ entry }) => entry));
    const chain =
      delivery.chain.length < 2
        ? ''
        : `\nIt is link ${delivery.chain.length} of a chain:\n${writeChain(delivery.chain)}`;
    return `The handler of ${destination} is still running for ${events}.${callback}${rest}${chain}`;
  }
}

function takeJob(line: Line): Job | undefined {
  if (line.jobs.length === 0) {
    line.jobs = line.later;
    line.later = [];
  }
  return line.jobs.shift();
}

function makeTimeOutError({ destination, listener }: Job): Error {
  const { timeout, handler, takesMessages } = listener;
  const callback = awaitsCallback(handler) ? ', and did not call its callback' : '';
  const name = takesMessages ? 'forward' : 'handler';
  const given = { arn: destination.text, '...': { [name]: new Code(name), timeout: { seconds: 120 } } };
  const longer = call('s3.deliverTo(arn, ...)', given);
  const message = say`it did not end within ${writeSpan(timeout)}${callback}${clause`; give it more time: ${longer}`}`;
  return keepReasons(new Error(String(message)), { message });
}

/** Sorts the events by the order of their causes, whichever handler was faster. */
function byPosition(waiting: readonly WaitingEvent[]): readonly WaitingEvent[] {
  return waiting.toSorted((one, other) => (one.from?.position ?? 0) - (other.from?.position ?? 0));
}

/** Reads the trace id of the causing request when the event comes: the journal may drop the request before the delivery. */
function findTrace({ cause }: EventEntry): string | undefined {
  return cause !== undefined && 'headers' in cause ? cause.headers['x-amzn-trace-id'] : undefined;
}

function deepest(waiting: readonly WaitingEvent[]): Delivery | undefined {
  return waiting
    .map(({ from }) => from)
    .reduce((one, other) => ((other?.chain.length ?? 0) > (one?.chain.length ?? 0) ? other : one), undefined);
}

type Draw = () => number;

function chooseSome(entries: readonly EventEntry[], draw: Draw): readonly EventEntry[] {
  const chosen = indexesByDestination(entries).flatMap((indexes) => {
    const some = indexes.filter(() => draw() < 0.5);
    return some.length > 0 ? some : indexes.slice(Math.floor(draw() * indexes.length)).slice(0, 1);
  });
  return entries.filter((_, index) => chosen.includes(index));
}

/** Exchanges at least two events of a destination that a handler can tell apart. The causes stay, so that batches keep their sizes. */
function inOtherOrder(waiting: readonly WaitingEvent[], draw: Draw): readonly WaitingEvent[] {
  const result = [...waiting];
  const entries = waiting.map(({ entry }) => entry);
  for (const indexes of indexesByDestination(entries)) {
    const sources = shuffle(indexes, entries, draw);
    for (const [position, index] of indexes.entries()) {
      // Both lists contain the indexes of the same waiting events.
      const source = waiting[sources[position] as number] as WaitingEvent;
      result[index] = { ...source, cause: (waiting[index] as WaitingEvent).cause };
    }
  }
  return result;
}

function indexesByDestination(entries: readonly EventEntry[]): readonly (readonly number[])[] {
  const indexes = new Map<string, number[]>();
  for (const [index, { destination }] of entries.entries())
    indexes.set(destination, [...(indexes.get(destination) ?? []), index]);
  return [...indexes.values()];
}

function shuffle(indexes: readonly number[], entries: readonly EventEntry[], draw: Draw): readonly number[] {
  const keyed = indexes.map((index) => ({ index, key: draw() })).sort((one, other) => one.key - other.key);
  const result = keyed.map(({ index }) => index);
  const isSame = result.every((index, position) => entries[index] === entries[indexes[position] as number]); // as many
  return isSame ? [...indexes.slice(1), ...indexes.slice(0, 1)] : result;
}
