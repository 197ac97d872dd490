import { inspect } from 'node:util';
import type { OperationName } from '../operations/table';
import { closeClass } from '../text/closed-members';
import { counted } from '../text/counts';
import { writeGiven } from '../text/values';
import { readBy } from './comparison';
import type { ExpectedInput, NamedEntry, OperationOrAlias, RequestEntry } from './entry';
import { writeEntries } from './entry-lines';
import { EntryStore } from './entry-store';
import { fittingRequests, received, receivedLast, receivedNth, receivedOnly, receivedTimes } from './expectations';
import { checkInputNames, type KnownNames, operationNamed } from './operation-names';
import { type ServiceAction, ServiceActions } from './service-actions';
import { affirm, deny } from './verdict';

const COUNTED_BYTES = 64 * 1024 * 1024;
const PRINTED = 100;

/** The size of a journal. */
export interface JournalOptions {
  /**
   * The greatest number of requests; default 10,000. The oldest are dropped; an assertion that would have to count those fails and says so.
   * The same number of lifecycle's actions are kept. Of bodies, documents, listings and other large parts, 64 MB are kept, however many
   * requests there are: the oldest entries lose theirs first, and `dropped` of an entry names them.
   */
  readonly limit?: number | undefined;
}

/**
 * The requests that came, oldest first, each with its answer.
 *
 * @example
 * s3.requests.expect('PutBucketVersioning', { Bucket: 'vault', VersioningConfiguration: { Status: 'Suspended' } });
 * s3.requests.of('PutObject').map(({ key }) => key);
 * console.log(s3.requests);
 */
export class Journal implements Iterable<RequestEntry> {
  readonly #known: KnownNames;
  readonly #entries: EntryStore;
  readonly #serviceActions: ServiceActions;

  static {
    const hidden = ['append', 'appendServiceAction', 'operationNamed', 'checkInput'] as const;
    closeClass(Journal.prototype, () => 's3.requests', hidden);
  }

  /** @internal */
  constructor(known: KnownNames, { limit = 10_000 }: JournalOptions = {}, countedBytes: number = COUNTED_BYTES) {
    if (!Number.isInteger(limit) || limit < 1) {
      throw new TypeError(`journal: { limit } is a whole number from 1 on; it was ${writeGiven(limit)}.`);
    }
    this.#known = known;
    this.#entries = new EntryStore({ entries: limit, bytes: countedBytes });
    this.#serviceActions = new ServiceActions(limit);
  }

  /** The number of requests in the journal. */
  get length(): number {
    return this.#entries.length;
  }

  /** How many requests were dropped because more came than are kept. */
  get dropped(): number {
    return this.#entries.dropped;
  }

  [Symbol.iterator](): IterableIterator<RequestEntry> {
    return this.#entries[Symbol.iterator]();
  }

  /** The request at an index, from 0; a negative index counts from the end. */
  at(index: number): RequestEntry | undefined {
    return this.#entries.at(index);
  }

  /** The last request. */
  last(): RequestEntry | undefined {
    return this.at(-1);
  }

  /** The requests of an operation, oldest first; with an input, those that match it. */
  of<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): readonly NamedEntry<Name>[] {
    return fittingRequests(readBy('s3.requests.of', this), operation, input) as readonly NamedEntry<Name>[]; // chosen by that name
  }

  /**
   * The actions of lifecycle rules on buckets, oldest first; if there were more than `journal: { limit }`, the last ones. These are not
   * requests: neither `length` nor any assertion counts them.
   *
   * @example
   * s3.clock.advance({ days: 31 });
   * s3.requests.serviceActions.map(({ action, key }) => `${action} ${key}`);
   */
  get serviceActions(): readonly ServiceAction[] {
    return this.#serviceActions.all;
  }

  /** Removes all requests, and what lifecycle did. */
  clear(): void {
    this.#entries.clear();
    this.#serviceActions.clear();
  }

  /** Throws an AssertionError unless a matching request came. */
  expect<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): void {
    affirm(received(readBy('s3.requests.expect', this), operation, input), this.expect);
  }

  /** Throws an AssertionError unless exactly so many matching requests came. */
  expectTimes<Name extends OperationOrAlias>(operation: Name, times: number, input?: ExpectedInput<Name>): void {
    affirm(receivedTimes(readBy('s3.requests.expectTimes', this), operation, times, input), this.expectTimes);
  }

  /** Throws an AssertionError unless the n-th request of that operation, counted from 1, matches. */
  expectNth<Name extends OperationOrAlias>(n: number, operation: Name, input?: ExpectedInput<Name>): void {
    affirm(receivedNth(readBy('s3.requests.expectNth', this), n, operation, input), this.expectNth);
  }

  /** Throws an AssertionError unless the last of all requests matches. */
  expectLast<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): void {
    affirm(receivedLast(readBy('s3.requests.expectLast', this), operation, input), this.expectLast);
  }

  /** Throws an AssertionError unless at least one matching request came, and no other request. */
  expectOnly<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): void {
    affirm(receivedOnly(readBy('s3.requests.expectOnly', this), operation, input), this.expectOnly);
  }

  /** Throws an AssertionError if a matching request came. */
  expectNone<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): void {
    deny(received(readBy('s3.requests.expectNone', this), operation, input), this.expectNone);
  }

  /** The requests as text, one line each, and between them what lifecycle did. */
  toString(): string {
    const before = this.dropped + Math.max(0, this.length - PRINTED);
    const entries = [...this.#entries].slice(-PRINTED).map((entry, index) => ({ number: before + index + 1, entry }));
    const first = [...this.#serviceActions.droppedLines(), ...this.#serviceActions.linesAfter(before)].map(
      (line) => `  ${line}`,
    );
    if (entries.length === 0) return ['No requests came.', ...first].join('\n');
    return [
      `${counted(this.length, 'request')}:`,
      ...(before === 0 ? [] : [`  (${before} before these)`]),
      ...first,
      writeEntries(entries, ({ number }) => this.#serviceActions.linesAfter(number)),
    ].join('\n');
  }

  [inspect.custom](): string {
    return this.toString();
  }

  /**
   * Adds a request with its answer.
   * @internal
   */
  append(entry: RequestEntry): void {
    this.#entries.push(entry);
  }

  /**
   * Adds what lifecycle did.
   * @internal
   */
  appendServiceAction(action: ServiceAction): void {
    this.#serviceActions.push(action, this.dropped + this.length);
  }

  /**
   * The name under which an operation is recorded.
   * @internal
   */
  operationNamed(name: string): OperationName {
    return operationNamed(this.#known, name);
  }

  /**
   * Throws a TypeError that names the call, for a member that the input of an operation does not have.
   * @internal
   */
  checkInput(call: string, operation: OperationName, input: unknown): void {
    checkInputNames(this.#known, call, operation, input);
  }
}
