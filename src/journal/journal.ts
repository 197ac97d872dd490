import { inspect } from 'node:util';
import { closeClass } from '../text/closed-members';
import { beforeLine, counted } from '../text/counts';
import { invalidValue } from '../text/invalid-value';
import { AssertedRequests } from './asserted-requests';
import { fittingRequests, isExpected, type Reading, readExpected } from './comparison';
import { Elsewhere, writeLate } from './elsewhere';
import { type ExpectedInput, type NamedEntry, type OperationOrAlias, type RequestEntry, withMembers } from './entry';
import { EntryStore } from './entry-store';
import { type RequestLiteral, requestLiteral, writeEntries } from './entry-text';
import { received } from './expectations';
import { EarlierCalls, writeLateCalls, writeRefused } from './explanation';
import { type Awaited, type WaitOptions, Waits } from './log';
import type { KnownNames } from './operation-names';
import { type ServiceAction, ServiceActions } from './service-actions';
import { affirm } from './verdict';

const COUNTED_BYTES = 64 * 1024 * 1024;
const PRINTED = 100;

/** The size of a journal. */
export interface JournalOptions {
  /**
   * The greatest number of requests. Default 10,000. The oldest are dropped; an assertion that would have to count those fails and says so.
   * The same number of the actions of S3 itself are kept. Of bodies, documents, listings and other large parts, 64 MB are kept, however many
   * requests there are: the oldest entries lose theirs first, and `dropped` of an entry names them.
   */
  readonly limit?: number | undefined;
}

/** A request in a journal, by its number. */
export interface RequestReader {
  /** From 1, as the journal prints it. */
  readonly number: number;
  /** Whether the number is still that of the request: a cleared journal begins again with 1. */
  readonly isNumbered: () => boolean;
  readonly read: () => RequestEntry | undefined;
}

/**
 * The requests that came, oldest first, each with its answer.
 *
 * @example
 * s3.requests.expect('PutBucketVersioning', { Bucket: 'vault', VersioningConfiguration: { Status: 'Suspended' } });
 * s3.requests.of('PutObject').map(({ key }) => key);
 * console.log(s3.requests);
 */
export class Journal extends AssertedRequests {
  readonly #entries: EntryStore;
  readonly #serviceActions: ServiceActions;
  readonly #limit: number;
  readonly #waits = new Waits<RequestEntry>('request');
  readonly #elsewhere = new Elsewhere();
  readonly #earlierCalls = new EarlierCalls();
  /** Another one after each `clear`: the numbers of requests begin again. */
  #era = {};

  static {
    const hidden = [
      'append',
      'appendServiceAction',
      'endWaits',
      'operationNamed',
      'checkCode',
      'checkInput',
      'elsewhere',
      'reader',
      'limit',
    ] as const;
    closeClass(Journal.prototype, () => 's3.requests', hidden);
  }

  /** @internal */
  constructor(known: KnownNames, { limit = 10_000 }: JournalOptions = {}, countedBytes: number = COUNTED_BYTES) {
    if (!Number.isInteger(limit) || limit < 1) {
      throw invalidValue('mockS3: journal', 'limit', limit, 'a whole number from 1 on, or undefined');
    }
    const entries = new EntryStore({ entries: limit, bytes: countedBytes });
    super(entries, known);
    this.#entries = entries;
    this.#limit = limit;
    this.#serviceActions = new ServiceActions(limit);
  }

  /**
   * Returns the first matching request, one that came before the call included. If none comes in time, by a clock that nobody fakes, it
   * rejects with the error of `expect`. It does not keep the process alive.
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
    const read = () => awaitedRequest(reading, operation, input, this.waitFor);
    const found = this.#waits.first(read, options, this.waitFor);
    return found as Promise<NamedEntry<Name>>; // chosen by that name
  }

  /**
   * The actions of S3 itself on buckets, by rules of lifecycle and replication or because a restore goes on, oldest first; if there were more
   * than `journal: { limit }`, the last ones. These are not requests: neither `length` nor any assertion counts them.
   *
   * @example
   * s3.clock.advance({ days: 31 });
   * s3.requests.serviceActions.map(({ action, key }) => `${action} ${key}`);
   */
  get serviceActions(): readonly ServiceAction[] {
    return this.#serviceActions.all;
  }

  /** Removes all requests, and what S3 did by itself. */
  clear(): void {
    this.#era = {};
    this.#earlierCalls.remember(this.#entries);
    this.#entries.clear();
    this.#elsewhere.clear();
    this.#serviceActions.clear();
  }

  /**
   * The requests as JSON: operation, input, status and code. With the same seed it is the same in each run: it has no times, ids of
   * requests, signatures and headers.
   *
   * @example
   * expect(s3.requests).toMatchSnapshot();
   */
  toJSON(): readonly RequestLiteral[] {
    return this.map(requestLiteral);
  }

  /**
   * The requests that S3 refused, or whose answer did not arrive whole, each with the reason, in words: at most the last five, and the
   * attempts of an SDK as one; and those of an earlier test that came late. A failed test under jest and vitest shows this text by itself.
   *
   * @example
   * console.log(s3.requests.explain());
   */
  explain(): string {
    const refused = writeRefused(this, 'this test') ?? 'S3 refused no request of this test.';
    const late = [writeLateCalls(this), writeLate(this.#elsewhere)];
    return [refused, ...late].filter((part) => part !== undefined).join('\n\n');
  }

  /** The requests as text, one line each, and between them what S3 did by itself. */
  override toString(): string {
    const before = this.dropped + Math.max(0, this.length - PRINTED);
    const entries = [...this.#entries].slice(-PRINTED).map((entry, index) => ({ number: before + index + 1, entry }));
    const first = [...this.#serviceActions.droppedLines(), ...this.#serviceActions.linesAfter(before)].map(
      (line) => `  ${line}`,
    );
    if (entries.length === 0) return ['No requests came.', ...this.#elsewhere.lines(), ...first].join('\n');
    return [
      `${counted(this.length, 'request')}:`,
      ...(before === 0 ? [] : [`  ${beforeLine(before)}`]),
      ...first,
      writeEntries(entries, ({ number }) => this.#serviceActions.linesAfter(number)),
      ...[this.#elsewhere.lateLine()].filter((line) => line !== undefined),
    ].join('\n');
  }

  [inspect.custom](): string {
    return this.toString();
  }

  /**
   * The connections and requests that the mock did not answer. A failed assertion names them if no request came.
   * @internal
   */
  get elsewhere(): Elsewhere {
    return this.#elsewhere;
  }

  /**
   * The greatest number of requests.
   * @internal
   */
  get limit(): number {
    return this.#limit;
  }

  /**
   * Adds a request with its answer, and with a remark if its sender is known to be another test.
   * @internal
   */
  append(entry: RequestEntry, noteOfSender?: string): void {
    const note = noteOfSender ?? this.#earlierCalls.noteOn(entry);
    this.#entries.push(note === undefined ? entry : withMembers(entry, { notes: [...entry.notes, note] }));
    if (this.#waits.areEmpty) return;
    const kept = this.at(-1);
    if (kept !== undefined) this.#waits.take(kept);
  }

  /**
   * The number of the last request, from 1, and a function that returns its entry as the journal then has it; undefined once it has not. Who
   * holds the function keeps no bytes alive that the journal dropped.
   * @internal
   */
  reader(): RequestReader {
    const era = this.#era;
    const number = this.dropped + this.length;
    return {
      number,
      isNumbered: () => era === this.#era,
      read: () => (era === this.#era && number > this.dropped ? this.at(number - this.dropped - 1) : undefined),
    };
  }

  /**
   * Ends the calls of `waitFor` that still wait.
   * @internal
   */
  endWaits(why: string): void {
    this.#waits.end(why);
  }

  /**
   * Adds what S3 did by itself, and returns it.
   * @internal
   */
  appendServiceAction(action: ServiceAction): ServiceAction {
    this.#serviceActions.push(action, this.dropped + this.length);
    return action;
  }
}

/** The request that a call of `waitFor` waits for; a mistake in it is a TypeError. `from` is the function that the user called. */
function awaitedRequest(
  reading: Reading,
  operation: string,
  input: unknown,
  from: (...call: never) => unknown,
): Awaited<RequestEntry> {
  const expected = readExpected(reading, operation, input);
  const [come] = fittingRequests(reading, operation, input);
  return {
    name: expected.operation,
    come,
    accepts: (entry) => isExpected(entry, expected),
    fail: () => affirm(received(reading, operation, input), from as (...call: never) => void), // its result does not matter
  };
}
