import { makeCallback } from '../callback';
import { endTimer, startTimer } from '../journal/real-timers';
import { listDestinations } from '../model/configurations/notification';
import type { Caller } from '../model/identity/account';
import type { Store } from '../model/store';
import { S3MockError } from '../s3-mock-error';
import { firstLines } from '../text/counts';
import { invalidValue } from '../text/invalid-value';
import { writeQuotedList } from '../text/lists';
import { readFrames } from '../text/mistakes';
import { findNearestName } from '../text/spelling';
import { isRecord } from '../text/value-kinds';
import { Delivering, Delivery, makeUnawaitedError, type RunHandler, writeUnawaited } from './delivery';
import { type DeliveryManner, DeliveryRun, type HandlerCall, type RunParts } from './delivery-run';
import type { EventEntry } from './entry';
import { HandlerTable } from './handler-table';

export interface DeliveryParts extends Omit<RunParts, 'handlers' | 'delivering'> {
  readonly throwsUnawaited: boolean;
  /** Runs a handler in the context to which its requests belong. */
  readonly runHandler: RunHandler;
}

/** The milliseconds without a finished delivery after which the wait ends, since a delivery may never end. */
const LAST_WAIT = 1000;
/** The number of such waits: a runner's hook has five seconds. */
const LAST_WAITS = 4;

const NOTES = 5;

export class Deliveries {
  readonly #handlers: HandlerTable;
  readonly #delivering: Delivering;
  readonly #parts: RunParts & DeliveryParts;
  #run: DeliveryRun;
  /** The undelivered events in words, kept because they are delivered before the failure of the test is explained. */
  #left: string | undefined;
  /** Whether the test got the error of handlers that it did not await. */
  #hasThrown = false;
  #isStopped = false;

  constructor(deliver: unknown, parts: DeliveryParts) {
    this.#handlers = new HandlerTable(parts.roles);
    this.#delivering = new Delivering(parts.runHandler);
    this.#parts = { ...parts, handlers: this.#handlers, delivering: this.#delivering };
    this.#run = new DeliveryRun(this.#parts);
    for (const [destination, handler] of readHandlers(deliver)) {
      if (handler !== undefined) this.#handlers.add('mockS3: deliver', destination, handler);
    }
    this.saveFixtures();
  }

  /** Takes the handlers of another world. */
  copyFrom(other: Deliveries): void {
    this.#handlers.copyFrom(other.#handlers);
  }

  deliverTo(destination: unknown, handler: unknown): void {
    this.#handlers.add('s3.deliverTo', destination, handler);
  }

  /** Takes the events of a request, which can be none. */
  take(entries: readonly EventEntry[], sender: object | undefined): void {
    if (this.#isStopped || this.#handlers.isEmpty) return;
    if (!(sender instanceof Delivery)) this.#run.take(entries, undefined, sender);
    // A handler that a test left behind makes requests, but their events lead to none of the present test.
    else if (sender.of === this.#run) this.#run.take(entries, sender, sender.test);
  }

  /** Delivers in another way from now on. Call the returned function to end it. */
  change(manner: Partial<DeliveryManner>): () => void {
    const { duplicates, outOfOrder, lateBy } = this.#parts;
    Object.assign(this.#parts, manner);
    return () => {
      Object.assign(this.#parts, { duplicates, outOfOrder, lateBy });
    };
  }

  get isIdle(): boolean {
    return this.#handlers.isEmpty;
  }

  /** Whether events are delivered now, or a handler works. */
  get isBusy(): boolean {
    return this.#run.isBusy;
  }

  get sender(): object | undefined {
    return this.#delivering.present;
  }

  /** The sender of a request that a client begins to send, which counts it. */
  takeSender(): object | undefined {
    const { present } = this.#delivering;
    if (present !== undefined) present.requests += 1;
    return present;
  }

  onCut(act: (why: Error) => void): void {
    this.#delivering.present?.onCut(act);
  }

  findCaller(sender: object | undefined): Caller | undefined {
    return sender instanceof Delivery ? sender.caller : undefined;
  }

  isOfHandler(sender: object | undefined): boolean {
    return sender instanceof Delivery;
  }

  findTest(sender: object | undefined): object | undefined {
    return sender instanceof Delivery ? sender.test : sender;
  }

  async settled(from: (...call: never) => unknown): Promise<void> {
    // The frames are read before any await: the error is made in a later turn, whose stack has no line of the test.
    const frames = readFrames(from);
    if (this.#delivering.present?.of === this.#run)
      throw new S3MockError(
        'SETTLED_IN_HANDLER',
        's3.events.settled: a handler called it, so it would wait for that handler to end. Await it in the test instead.',
      );
    await this.#run.settled(frames);
  }

  /**
   * Waits until no delivery ended for a second, and for four seconds at most. Returns undefined if nothing is left to deliver, or if
   * failures are not thrown.
   */
  finish(): Promise<void> | undefined {
    if (!this.#parts.throwsUnawaited || this.#handlers.isEmpty) return undefined;
    this.#left = this.#run.writeUndelivered();
    const finished = this.#run.finish();
    if (finished === undefined) return undefined;
    return new Promise((resolve, reject) => {
      const end = this.#waitForLast({ act: resolve, report: reject });
      finished.finally(end).then(resolve, reject);
    });
  }

  /** Calls `act` when the wait was long enough. Returns a function that ends the wait. */
  #waitForLast(then: { readonly act: () => void; readonly report: (bug: unknown) => void }, waits = LAST_WAITS) {
    const run = this.#run;
    const { ended } = run;
    let end = () => endTimer(timer);
    const timer = startTimer(
      makeCallback(then.report, () => {
        if (run.ended === ended || waits === 1) then.act();
        else end = this.#waitForLast(then, waits - 1);
      }),
      LAST_WAIT,
    ).unref();
    return () => end();
  }

  takeUnawaited(): Error | undefined {
    const { failures } = this.#run;
    if (!this.#parts.throwsUnawaited || failures.length === 0) return undefined;
    this.#run.failures = [];
    this.#hasThrown = true;
    return makeUnawaitedError(failures);
  }

  /** Ends the present run and begins another. The failures of the present run are still to be thrown. */
  end(why: string): void {
    const { failures } = this.#run;
    this.#left = undefined;
    this.#hasThrown = false;
    this.#run.end(why);
    this.#run = new DeliveryRun(this.#parts);
    if (this.#parts.throwsUnawaited) this.#run.failures = [...failures];
  }

  start(): void {
    this.#isStopped = false;
  }

  /** No handler begins from now on, for example when a test moves the clock of a mock that was stopped. */
  stop(): void {
    this.#isStopped = true;
    this.#delivering.stop();
  }

  saveFixtures(): void {
    this.#handlers.saveFixtures();
  }

  restoreFixtures(): void {
    this.#handlers.reset();
  }

  forgetTest(): void {
    this.#left = undefined;
    this.#hasThrown = false;
    this.#run.failures = [];
    this.#run.notes.clear();
    this.#run.calls.splice(0);
  }

  /** The last calls of handlers, oldest first. */
  get calls(): readonly HandlerCall[] {
    return this.#run.calls;
  }

  writeFailures(): string | undefined {
    const { failures } = this.#run;
    return failures.length === 0 ? undefined : writeUnawaited(failures);
  }

  writeNotes(): string | undefined {
    const notes = [...this.#run.notes];
    return notes.length === 0
      ? undefined
      : `Return values that Lambda ignores or reads in another way:\n${firstLines(notes, NOTES)
          .map((note) => `  ${note}`)
          .join('\n')}`;
  }

  writeRunning(): string | undefined {
    return this.#run.writeRunning();
  }

  writeUndelivered(): string | undefined {
    return this.#hasThrown ? undefined : (this.#left ?? this.#run.writeUndelivered());
  }

  /** `cureOf` writes what a bucket needs that notifies nobody, with a blank in front. */
  writeUnnamed(named: () => readonly string[], cureOf: (destination: string) => string = () => ''): string | undefined {
    const all = this.#handlers.all();
    const idle = all.filter(({ destination }) => !this.#run.hasDelivered(destination.text));
    if (idle.length === 0) return undefined;
    const known = named();
    const queues = all.flatMap(({ receivers }) => receivers.flatMap((one) => ('queue' in one ? [one.queue] : [])));
    const served = new Set([...known, ...queues]);
    const unnamed = idle.map(({ destination }) => destination.text).filter((text) => !served.has(text));
    const unheard = queues.filter((queue) => this.#handlers.find(queue) === undefined);
    const lines = [
      ...unnamed.map((text) => {
        const cure = known.length === 0 ? cureOf(text) : '';
        return `no bucket notifies ${text}. ${writeHint(text, known)}${cure}`;
      }),
      ...unheard.map((queue) => `the queue ${queue} is subscribed to a topic, and has no handler of its own.`),
    ];
    return lines.length === 0
      ? undefined
      : `Handlers that get no event:\n${lines.map((line) => `  ${line}`).join('\n')}`;
  }
}

function writeHint(text: string, named: readonly string[]): string {
  if (named.length === 0) return 'No bucket has a notification configuration.';
  const near = findNearestName(text, named);
  return near === undefined ? `The configurations name ${writeQuotedList(named)}.` : `Did you mean ${near}?`;
}

function readHandlers(deliver: unknown): readonly (readonly [destination: string, handler: unknown])[] {
  if (deliver === undefined) return [];
  if (isRecord(deliver)) return Object.entries(deliver);
  throw invalidValue(
    'mockS3',
    'deliver',
    deliver,
    "an object of handlers by destination, such as { 'arn:aws:sqs:us-east-1:000000000000:uploads': handler }",
  );
}

export function findNamedDestinations({ buckets }: Pick<Store, 'buckets'>): readonly string[] {
  const named = [...buckets.values()].flatMap(({ settings: { notification } }) => {
    if (!notification) return [];
    const bridge = notification.EventBridgeConfiguration === undefined ? [] : ['eventbridge'];
    return [...listDestinations(notification).map(({ arn }) => arn), ...bridge];
  });
  return [...new Set(named)];
}
