import type { ServiceAction } from '../model/schedule/service-action';
import { shapeOf, suchAs } from '../shapes/given';
import { long, ranging } from '../shapes/values';
import { makeBinder } from '../text/bound-methods';
import { closeClass, type Habits, makeRefusals, namesOfLists, refuseUncalled, sameCure } from '../text/closed-members';
import { makeMistake } from '../text/mistakes';
import { type Surface, tell, tellAll } from '../text/reason';
import { writeGiven } from '../text/values';
import {
  type AssertedRequests,
  addAssertions,
  chooseRequests,
  curesOfMatchers,
  judgeReceived,
  readExpectedRequest,
} from './assertions';
import { isExpected } from './comparison';
import { EarlierCalls, type EntriesOfTest } from './earlier-calls';
import { Elsewhere } from './elsewhere';
import { type ExpectedInput, type NamedEntry, namesOfEntry, type OperationOrAlias, type RequestEntry } from './entry';
import { EntryList } from './entry-list';
import { type RequestLiteral, requestColumns, requestLiteral } from './entry-text';
import { HandleReads } from './handle-reads';
import { writeLog } from './lines';
import { Log, makeArrayHabits, type WaitOptions } from './log';
import type { KnownNames } from './operation-names';
import { hasOutcome, judge, type OutcomeFilter } from './outcome';
import { RequestsOfWorlds } from './requests-of-worlds';
import { ServiceActions } from './service-actions';
import { WrittenAssertions } from './written-assertions';

const COUNTED_BYTES = 64 * 1024 * 1024;

/** The size of a journal. */
export interface JournalOptions {
  /**
   * The number of requests that the journal keeps. Default 10,000. The journal drops the oldest requests first. An assertion that must
   * count dropped requests fails and says so. The journal also keeps this number of actions of S3 itself. It keeps up to 64 MB of bodies,
   * documents, listings and other large parts, however many requests there are. The oldest entries lose their parts first, and `dropped` of
   * an entry names the parts.
   */
  readonly limit?: number | undefined;
}

export const journalOptions = shapeOf<JournalOptions>()({
  limit: suchAs(ranging(long, [1, Number.POSITIVE_INFINITY]), '100'),
});

export interface RequestFilter extends OutcomeFilter {
  readonly operation?: string | undefined;
  readonly input?: unknown;
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
}

export interface RequestReader {
  readonly number: number;
  /** The number of the request since the mock was made; no `clear()` starts it again. */
  readonly id: number;
  readonly isNumbered: () => boolean;
  readonly read: () => RequestEntry | undefined;
}

const habits: Habits<object> = {
  ...curesOfMatchers,
  ...sameCure(['commandCalls', 'commandCall', 'call', 'get'], "Write s3.requests.of('PutObject')."),
  calls:
    "Matchers for spies, such as toHaveBeenCalled, do not work with the mock: write expect(s3).toHaveReceived('PutObject'). s3.requests.of('PutObject') returns the requests.",
  ...sameCure(['reset', 'resetHistory', 'mockClear'], 'Write s3.requests.clear().'),
  on: "Write s3.on('PutObject') for a rule; s3.requests.waitFor('PutObject') waits for a request.",
  first: 'Write s3.requests.at(0).',
  ...makeArrayHabits(requestColumns.label),
};

const hidden: readonly string[] = [
  ...(['append', 'appendServiceAction', 'actions', 'makeFilter', 'known', 'elsewhere'] as const),
  ...([
    'remarks',
    'reader',
    'readFrom',
    'tell',
    'writeLost',
    'writeRemembered',
    'followWork',
    'wasCleared',
    'countBefore',
    'written',
  ] as const),
  ...([
    'endTest',
    'isOfEarlierCall',
    'noteEarlierCall',
    'noteOwnReset',
    'isAfterOthers',
    'ofWorlds',
    'explainBy',
    'handleReads',
  ] as const),
];

const refusedUnawaited = makeRefusals('s3.requests.waitFor', namesOfEntry, 'it returns a promise. Await it.');

export interface Journal extends AssertedRequests {}

/**
 * The requests that came, oldest first, each with its answer.
 *
 * @example
 * s3.requests.expect('PutBucketVersioning', { Bucket: 'vault', VersioningConfiguration: { Status: 'Suspended' } });
 * s3.requests.of('PutObject').map(({ key }) => key);
 * console.log(s3.requests);
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the methods of the interface are made of the table of assertions
export class Journal extends Log<RequestEntry> {
  readonly #entries: EntryList;
  readonly #serviceActions: ServiceActions;
  readonly #known: KnownNames;
  readonly #elsewhere = new Elsewhere();
  readonly #remarks = new Map<'ticks' | 'clock' | 'protocol', string>();
  readonly #earlierCalls = new EarlierCalls();
  readonly #written = new WrittenAssertions(() => this.feed.before + this.length);
  readonly #ofWorlds = new RequestsOfWorlds();
  readonly #handleReads = new HandleReads();
  #wasCleared = false;
  /** Set by the mock, since more than the requests explains a failure. */
  #explain: (error: unknown) => string = () => this.toString();
  #hasWork: () => boolean = () => false;
  /** A marker that each `clear` replaces, when the numbers of requests begin again. */
  #era = {};

  static {
    addAssertions(Journal.prototype);
    closeClass(Journal.prototype, { label: requestColumns.label, cures: habits, hidden });
    refuseUncalled(Journal.prototype, requestColumns.label, {
      of: ["of('PutObject')", namesOfLists],
      last: ['last()', namesOfEntry],
    });
  }

  static readonly #bind = makeBinder(Journal.prototype, { ofHooks: ['clear'], only: ['clear'] });

  /** @internal */
  constructor(known: KnownNames, { limit = 10_000 }: JournalOptions = {}, countedBytes: number = COUNTED_BYTES) {
    const entries = new EntryList(limit, countedBytes);
    super(entries, requestColumns);
    this.#entries = entries;
    this.#known = known;
    this.#serviceActions = new ServiceActions(limit);
    Journal.#bind(this);
  }

  /**
   * The last request, of any operation; undefined if no request came. To get the last PutObject, with a typed `input`, write
   * `s3.requests.of('PutObject').at(-1)`.
   */
  last(): RequestEntry | undefined;
  last(...values: readonly unknown[]): RequestEntry | undefined {
    if (values.length > 0) {
      throw makeMistake(
        `s3.requests.last takes no argument; it was given ${values.map((one) => writeGiven(one)).join(', ')}. The last request of one operation: ` +
          "s3.requests.of('PutObject').at(-1).",
      );
    }
    return this.at(-1);
  }

  /**
   * The requests of an operation, oldest first. With an input, the list contains only requests that match it; with an outcome, only
   * requests that also had it. An input of undefined counts as left out. `{ VersionId: undefined }` matches requests without a version id.
   * For a member that each request has, such as the key, undefined is a TypeError.
   *
   * @example
   * s3.requests.of('PutObject', { Bucket: 'vault' }, { applied: true }).map(({ key }) => key);
   */
  of<Name extends OperationOrAlias>(
    operation: Name,
    input?: ExpectedInput<Name>,
    outcome?: OutcomeFilter,
  ): readonly NamedEntry<Name>[] {
    const found = chooseRequests({ call: 's3.requests.of', recorded: this }, operation, input, outcome);
    return found as readonly NamedEntry<Name>[]; // chosen by that name
  }

  /**
   * Returns the first matching request, even if it came before the call. If no matching request comes in time, by a clock that no test
   * fakes, the promise rejects with the error of `expect`. A wait of more than ten seconds does not keep the process alive.
   *
   * @example
   * uploadInBackground('report.pdf');
   * const { status } = await s3.requests.waitFor('PutObject', { Key: 'report.pdf' });
   */
  waitFor<Name extends OperationOrAlias>(
    operation: Name,
    input?: ExpectedInput<Name>,
    options: WaitOptions = {},
  ): Promise<NamedEntry<Name>> {
    const reading = { call: 's3.requests.waitFor', recorded: this };
    const read = () => readExpectedRequest(reading, operation, input, () => true);
    const judge = () =>
      judgeReceived({ ...reading, judge: (other) => judgeReceived(other, operation, input) }, operation, input);
    const found = this.wait(read, judge, options, this.waitFor) as Promise<NamedEntry<Name>>; // chosen by that name
    return Object.defineProperties(found, refusedUnawaited);
  }

  /**
   * The actions that S3 took on buckets by itself, oldest first: for rules of lifecycle and replication, and for restores. The journal
   * keeps the last actions, as many as `journal: { limit }` says. They are not requests: neither `length` nor any assertion counts them.
   *
   * @example
   * s3.clock.advance({ days: 31 });
   * s3.requests.serviceActions.map(({ action, key }) => `${action} ${key}`);
   */
  get serviceActions(): readonly ServiceAction[] {
    return Object.freeze(this.#serviceActions.slice());
  }

  /** @internal */
  get actions(): ServiceActions {
    return this.#serviceActions;
  }

  /** If there is no operation, each entry can match. @internal */
  makeFilter(
    call: string,
    { operation, input, bucket, key, ...outcome }: RequestFilter,
  ): (entry: RequestEntry) => boolean {
    const expected =
      operation === undefined ? undefined : readExpectedRequest({ call, recorded: this }, operation, input);
    return (entry) =>
      (bucket === undefined || entry.bucket === bucket) &&
      (key === undefined || entry.key === key) &&
      (expected === undefined || isExpected(entry, expected)) &&
      hasOutcome(judge(entry, input), outcome);
  }

  /** Removes all requests, and all actions of S3 itself. */
  clear(): void {
    this.#era = {};
    this.#wasCleared = true;
    this.#earlierCalls.rememberWritten(this.#entries);
    this.#earlierCalls.rememberCounts(this.#entries);
    this.removeAll();
    this.#elsewhere.clear();
    this.#remarks.clear();
    this.#written.clear();
    this.#ofWorlds.clear();
    this.#handleReads.clear();
    this.#serviceActions.removeAll();
  }

  /** Removes the requests and remembers their calls as calls of an earlier test. @internal */
  endTest(): void {
    this.#earlierCalls.rememberCalls(this.#entries);
    this.clear();
    this.#earlierCalls.noteReset();
  }

  /** Notes what the requests of a test had written before the test itself reset the mock. @internal */
  noteOwnReset(entries: readonly RequestEntry[]): void {
    this.#earlierCalls.rememberOwn(entries);
  }

  /** Whether the calls before the last reset are of clients that number them, as the SDK v2 does not. @internal */
  isAfterOthers(): boolean {
    return this.#earlierCalls.areNumbered;
  }

  /** Whether a request is another attempt of a call of an earlier test. @internal */
  isOfEarlierCall(headers: ReadonlyMap<string, string>): boolean {
    return this.#earlierCalls.has(headers);
  }

  /** @internal */
  noteEarlierCall(headers: ReadonlyMap<string, string>): void {
    this.#earlierCalls.add(headers);
  }

  /**
   * The requests as JSON: operation, input, status and code. They contain no times, ids of requests, signatures or headers, so the same
   * seed gives the same JSON in each run.
   *
   * @example
   * expect(s3.requests).toMatchSnapshot();
   */
  toJSON(): readonly RequestLiteral[] {
    return this.map(requestLiteral);
  }

  /**
   * Explains a failed test in words: the requests that S3 refused and why, the answers that did not arrive whole, what the mock accepted
   * although S3 would not, and what the code may have overlooked. With the error of the test, `explain(error)`, the text also says what to compare instead; `docs/runners.md` has the hooks of node:test and mocha. A
   * failed test under jest, vitest and bun shows this text by itself.
   *
   * @example
   * console.log(s3.requests.explain());
   */
  explain(error?: unknown): string {
    return this.#explain(error);
  }

  /** @internal */
  explainBy(explain: (error: unknown) => string): void {
    this.#explain = explain;
  }

  /** Returns the requests as text, one line per request. Lines between them say what S3 did by itself. */
  override toString(): string {
    const actions = this.#serviceActions;
    const first = (before: number) => [...actions.droppedLines(), ...actions.linesAfter(before)];
    if (this.length === 0)
      return [
        'No requests came.',
        ...this.#remarks.values(),
        ...this.#elsewhere.lines(),
        ...first(0).map((line) => `  ${line}`),
      ].join('\n');
    const late = this.#elsewhere.lateLine();
    const written = writeLog(this, requestColumns, {
      first,
      below: ({ number }) => actions.linesAfter(number),
    });
    return late === undefined ? written : `${written}\n${late}`;
  }

  /** Returns the entries from an index on. @internal */
  readFrom(first: number): EntriesOfTest {
    return { entries: this.slice(first) };
  }

  /** Returns the reason and the notes of an entry as a surface writes them. @internal */
  tell(entry: RequestEntry, surface: Surface): Pick<RequestEntry, 'why' | 'notes'> {
    return { why: tell(entry, 'why', surface), notes: tellAll(entry, 'notes', surface) };
  }

  /** Writes what a test did not find because a reset removed it. @internal */
  writeLost(
    entries: readonly RequestEntry[],
    missing: readonly Pick<RequestEntry, 'bucket' | 'key'>[],
  ): string | undefined {
    return this.#earlierCalls.writeLost(entries, missing);
  }

  /** Takes the function that says whether events wait for their handlers, which can still write what a test misses. @internal */
  followWork(hasWork: () => boolean): void {
    this.#hasWork = hasWork;
  }

  /** Says that a request wrote an object before the last reset, and the code may remember it. @internal */
  writeRemembered(place: Pick<RequestEntry, 'bucket' | 'key'>): string | undefined {
    return this.#hasWork() ? undefined : this.#earlierCalls.writeRemembered(place, this.slice());
  }

  /** The number of requests of an operation that the last reset removed. @internal */
  countBefore(operation: string): number {
    return this.#earlierCalls.countOf(operation);
  }

  /** Whether a reset or the test removed requests. @internal */
  get wasCleared(): boolean {
    return this.#wasCleared;
  }

  /** @internal */
  get known(): KnownNames {
    return this.#known;
  }

  /** Sentences on what the test's fake timers do to its calls and to the clock. @internal */
  get remarks(): Map<'ticks' | 'clock' | 'protocol', string> {
    return this.#remarks;
  }

  /** @internal */
  get written(): WrittenAssertions {
    return this.#written;
  }

  /** The requests that came to worlds of the mock, and not to the mock itself. @internal */
  get ofWorlds(): RequestsOfWorlds {
    return this.#ofWorlds;
  }

  /** What the test has read by handles. @internal */
  get handleReads(): HandleReads {
    return this.#handleReads;
  }

  /** @internal */
  get elsewhere(): Elsewhere {
    return this.#elsewhere;
  }

  /** @internal */
  append(entry: RequestEntry): void {
    this.#entries.push(entry);
    this.tellWaits();
  }

  /** Returns a reader of the last request that does not keep its large parts in memory once the journal drops them. @internal */
  reader(): RequestReader {
    const era = this.#era;
    const number = this.dropped + this.length;
    return {
      number,
      id: this.feed.before + this.length,
      isNumbered: () => era === this.#era,
      read: () => (era === this.#era && number > this.dropped ? this.at(number - this.dropped - 1) : undefined),
    };
  }

  /** @internal */
  appendServiceAction(action: ServiceAction): void {
    this.#serviceActions.append(action, this.dropped + this.length);
  }
}
