import { checkNegation, isExpected } from '../journal/comparison';
import type { RequestReader } from '../journal/journal';
import { writeLog } from '../journal/lines';
import { Log, makeArrayHabits, Queue, type WaitOptions } from '../journal/log';
import type { Report } from '../model/events/report';
import type { ServiceAction } from '../model/schedule/service-action';
import { frameOf, makeBinder } from '../text/bound-methods';
import { closeClass, type Habits, makeRefusals, namesOfLists, refuseUncalled, sameCure } from '../text/closed-members';
import { refuseFurtherArguments, type TakenArguments } from '../text/extra-arguments';
import { invalidValue } from '../text/invalid-value';
import {
  type EventCause,
  type EventEntry,
  type EventLiteral,
  eventColumns,
  makeEventEntry,
  makeEventLiteral,
} from './entry';
import { type EventContext, findMisspeltIn, sent } from './expectations';
import { type EventNameOrFamily, type ExpectedEvent, readExpectedEvent } from './expected-event';

const habits: Habits<object> = {
  ...sameCure(
    ['on', 'once', 'addListener', 'addEventListener', 'subscribe'],
    "Write s3.deliverTo('arn:aws:lambda:us-east-1:000000000000:function:thumbnail', handler), with the ARN that the configuration names.",
  ),
  ...sameCure(['get', 'calls'], "Write s3.events.of('ObjectCreated:*')."),
  ...sameCure(['received', 'sent', 'all', 'records', 'entries'], "Write s3.events.of('ObjectCreated:*')."),
  expect: "Write expect(s3).toHaveSent('ObjectCreated:*').",
  first: 'Write s3.events.at(0).',
  ...makeArrayHabits(eventColumns.label),
};

/** A function has a name of its own. */
const namesOfEntry = [
  ...(['bucket', 'key', 'versionId', 'destination', 'configurationId', 'time', 'record', 'document', 'cause'] as const),
  'notes',
] as const satisfies readonly (keyof EventEntry)[];

const hidden = ['append', 'context', 'makeFilter'];

const refusedUnawaited = makeRefusals('s3.events.waitFor', namesOfEntry, 'it returns a promise. Await it.');

/**
 * The events that S3 sent because of the notification configurations of buckets, in the order of the changes that requests, lifecycle and
 * replication made. Changes by handles and fixtures prepare the state in which a test begins, and send no events.
 *
 * @example
 * expect(s3.events.of('ObjectCreated:*').map(({ key }) => key)).toEqual(['report.pdf']);
 * await handler({ Records: s3.events.of('ObjectCreated:Put').flatMap(({ record }) => record ?? []) });
 * console.log(s3.events);
 */
export class Events extends Log<EventEntry> {
  readonly #context: EventContext;

  static {
    closeClass(Events.prototype, { label: eventColumns.label, cures: habits, hidden });
    const named: TakenArguments = [2, () => 'the name of an event and an expected event, such as { key }'];
    refuseFurtherArguments(Events.prototype, () => eventColumns.label, { of: named, last: named });
    refuseUncalled(Events.prototype, eventColumns.label, {
      of: ["of('ObjectCreated:*')", namesOfLists],
      last: ["last('ObjectCreated:*')", namesOfEntry],
    });
  }

  static readonly #bind = makeBinder(Events.prototype, { ofHooks: ['settled', 'clear'], only: ['settled', 'clear'] });

  /** @internal */
  constructor(context: EventContext) {
    super(new Queue(context.limit), eventColumns);
    this.#context = context;
    Events.#bind(this);
  }

  /**
   * Returns the events with a name, oldest first; `ObjectCreated:*` matches a whole family. If you pass members, the events also match
   * them: any of `bucket`, `key`, which is not encoded, `versionId`, `destination`, `configurationId`, `time`, `record` and `document`.
   *
   * @example
   * s3.events.of('ObjectRemoved:DeleteMarkerCreated', { bucket: 'vault' }).map(({ versionId }) => versionId);
   */
  of(name: EventNameOrFamily, expected?: ExpectedEvent): readonly EventEntry[] {
    const expectation = readExpectedEvent('s3.events.of', name, expected);
    const found = this.filter((event) => isExpected(event, expectation));
    if (found.length === 0) this.#checkBucket('s3.events.of', expected);
    return found;
  }

  /** If there is no name, each event can match. @internal */
  makeFilter(call: string, name: string | undefined, expected: ExpectedEvent): (event: EventEntry) => boolean {
    const expectation = readExpectedEvent(call, name ?? 'TestEvent', expected);
    const isAsked = name === undefined ? { ...expectation, isNamed: () => true } : expectation;
    return (event) => isExpected(event, isAsked);
  }

  /**
   * Returns the last event, or undefined if no event matches. If you pass a name, it is the last event with that name. If you pass members,
   * the event also matches them.
   *
   * @example
   * expect(s3.events.last('ObjectCreated:Put')?.record?.s3.object.size).toBe(5);
   */
  last(name?: EventNameOrFamily, expected?: ExpectedEvent): EventEntry | undefined {
    if (name === undefined && expected === undefined) return this.at(-1);
    const expectation = readExpectedEvent('s3.events.last', name, expected);
    const found = this.findLast((event) => isExpected(event, expectation));
    if (found === undefined) this.#checkBucket('s3.events.last', expected);
    return found;
  }

  #checkBucket(call: string, expected: unknown): void {
    checkNegation({ mistakeIfNegated: () => findMisspeltIn({ call, events: this }, expected) });
  }

  /**
   * Returns the first matching event, even if it was sent before the call. If S3 sends no matching event in time, by a clock that no test
   * fakes, the promise rejects with an error that says why. A wait of more than ten seconds does not keep the process alive.
   *
   * @example
   * uploadInBackground('report.pdf');
   * const { versionId } = await s3.events.waitFor('ObjectCreated:*', { key: 'report.pdf' });
   */
  waitFor(name: EventNameOrFamily, expected?: ExpectedEvent, options: WaitOptions = {}): Promise<EventEntry> {
    const call = 's3.events.waitFor';
    const read = () => readExpectedEvent(call, name, expected);
    const judge = () => sent({ call, events: this }, name, expected);
    const found = this.wait(read, judge, options, this.waitFor);
    return Object.defineProperties(found, refusedUnawaited);
  }

  /**
   * Waits until the handlers of `deliver` and `deliverTo` have received all events, including the events that the handlers' own requests
   * cause and the events of replicas that are due. Rejects with an S3MockError if a handler failed: `cause` is the handler's error. A
   * handler can trigger itself, also through a replica. After 16 calls in a chain, or after 100 events that one request caused for the same
   * handler, the mock stops the chain, and the promise also rejects.
   *
   * @example
   * await upload('images/cat.jpg');
   * await s3.events.settled();
   * expect(s3.bucket('vault')).toHaveObject('thumbnails/cat.jpg');
   */
  settled(): Promise<void>;
  async settled(...values: readonly unknown[]): Promise<void> {
    const [option] = values;
    if (option !== undefined)
      throw invalidValue('s3.events: settled', 'further argument', option, 'no argument: it waits for all deliveries');
    await this.#context.deliveries?.settled(frameOf(this.settled));
  }

  /**
   * The events as JSON: name, bucket, key, version, destination and configuration. They contain no times and no ids of requests, so the
   * same seed gives the same JSON in each run.
   *
   * @example
   * expect(s3.events).toMatchSnapshot();
   */
  toJSON(): readonly EventLiteral[] {
    return this.map(makeEventLiteral);
  }

  /** Returns the events as text, one line per event. */
  override toString(): string {
    return this.length === 0 ? 'S3 sent no event.' : writeLog(this, eventColumns);
  }

  /** @internal */
  get context(): EventContext {
    return this.#context;
  }

  /** The events of one cause, in their order. @internal */
  append(reports: readonly Report[], cause: EventCause): readonly EventEntry[] {
    const added = reports.map((report) => makeEventEntry(report, cause));
    for (const entry of added) this.add(entry);
    return added;
  }

  /** Removes all events. */
  clear(): void {
    this.removeAll();
  }
}

export function makeRequestCause({ number, isNumbered, read }: RequestReader): EventCause {
  const operation = read()?.operation;
  const ofOperation = operation === undefined ? '' : `, ${operation}`;
  // After a clear(), the number belongs to another request.
  return { write: () => `${isNumbered() ? `request ${number}` : 'a request that was cleared'}${ofOperation}`, read };
}

export function makeActionCause(action: ServiceAction): EventCause {
  return { write: () => `${action.operation} by rule '${action.rule}'`, read: () => action };
}
