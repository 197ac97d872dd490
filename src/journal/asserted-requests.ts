import { refuseFurtherArguments, type Taken } from '../text/extra-arguments';
import { writeGiven } from '../text/values';
import { fittingRequests, type Reading } from './comparison';
import type { Elsewhere } from './elsewhere';
import type { ExpectedInput, NamedEntry, OperationName, OperationOrAlias, RequestEntry } from './entry';
import type { EntryStore } from './entry-store';
import { received, receivedLast, receivedNth, receivedOnly, receivedTimes } from './expectations';
import { EntryList } from './log';
import { checkCode, checkInputNames, type KnownNames, operationNamed } from './operation-names';
import type { OutcomeFilter, Refusal } from './outcome';
import { applied, refused, requestsWithOutcome } from './outcome-expectations';
import type { ServiceAction } from './service-actions';
import { affirm, deny } from './verdict';

/** Requests, oldest first, with the methods of an array that only read. */
abstract class RequestList extends EntryList<RequestEntry> {
  /** @internal */
  override get label(): string {
    return 's3.requests';
  }

  /** The last request, of any operation. The last one of PutObject, whose `input` then has a type: `s3.requests.of('PutObject').at(-1)`. */
  last(): RequestEntry | undefined;
  last(...given: readonly unknown[]): RequestEntry | undefined {
    if (given.length > 0) {
      throw new TypeError(
        `s3.requests.last takes no argument; it was given ${given.map((one) => writeGiven(one)).join(', ')}. The last request of one operation: ` +
          "s3.requests.of('PutObject').at(-1).",
      );
    }
    return this.at(-1);
  }
}

/** Requests, oldest first, with the assertions on them. */
export abstract class AssertedRequests extends RequestList {
  readonly #entries: EntryStore;
  readonly #known: KnownNames;

  static {
    const expected: Taken = [2, () => 'an operation and an input'];
    const counted: Taken = [3, () => 'an operation, a number and an input'];
    const judged: Taken = [3, () => 'an operation, an input and an outcome, such as { status: 403 }'];
    refuseFurtherArguments(AssertedRequests.prototype, () => 's3.requests', {
      expect: expected,
      expectLast: expected,
      expectOnly: expected,
      expectNone: expected,
      expectApplied: expected,
      expectTimes: counted,
      expectNth: counted,
      expectRefused: judged,
      of: judged,
    });
  }

  constructor(entries: EntryStore, known: KnownNames) {
    super(entries);
    this.#entries = entries;
    this.#known = known;
  }

  /**
   * The connections and requests that the mock did not answer.
   * @internal
   */
  abstract readonly elsewhere: Pick<Elsewhere, 'lines' | 'seenHost' | 'cure'>;

  /**
   * The actions of lifecycle, oldest first.
   * @internal
   */
  abstract readonly serviceActions: readonly ServiceAction[];

  /** How many requests were dropped because more came than are kept. */
  get dropped(): number {
    return this.#entries.dropped;
  }

  /**
   * The requests of an operation, oldest first; with an input, those that match it; with an outcome, those that also had that.
   *
   * @example
   * s3.requests.of('PutObject', { Bucket: 'vault' }, { applied: true }).map(({ key }) => key);
   */
  of<Name extends OperationOrAlias>(
    operation: Name,
    input?: ExpectedInput<Name>,
    outcome?: OutcomeFilter,
  ): readonly NamedEntry<Name>[] {
    const reading = this.#reading('s3.requests.of');
    const found =
      outcome === undefined
        ? fittingRequests(reading, operation, input)
        : requestsWithOutcome(reading, operation, input, outcome);
    return found as readonly NamedEntry<Name>[]; // chosen by that name
  }

  /** Throws an AssertionError unless a matching request came. */
  expect<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): void {
    affirm(received(this.#reading('s3.requests.expect'), operation, input), this.expect);
  }

  /** Throws an AssertionError unless exactly this many matching requests came. */
  expectTimes<Name extends OperationOrAlias>(operation: Name, times: number, input?: ExpectedInput<Name>): void {
    affirm(receivedTimes(this.#reading('s3.requests.expectTimes'), operation, times, input), this.expectTimes);
  }

  /** Throws an AssertionError unless the n-th request of that operation, counted from 1, matches. */
  expectNth<Name extends OperationOrAlias>(n: number, operation: Name, input?: ExpectedInput<Name>): void {
    affirm(receivedNth(this.#reading('s3.requests.expectNth'), n, operation, input), this.expectNth);
  }

  /** Throws an AssertionError unless the last of all requests matches. */
  expectLast<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): void {
    affirm(receivedLast(this.#reading('s3.requests.expectLast'), operation, input), this.expectLast);
  }

  /** Throws an AssertionError unless at least one matching request came, and no other request. */
  expectOnly<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): void {
    affirm(receivedOnly(this.#reading('s3.requests.expectOnly'), operation, input), this.expectOnly);
  }

  /** Throws an AssertionError if a matching request came. */
  expectNone<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): void {
    deny(received(this.#reading('s3.requests.expectNone'), operation, input), this.expectNone);
  }

  /**
   * Throws an AssertionError unless S3 applied a matching request: it answered 2xx or 304, and it does not matter whether the answer was
   * lost. Of a batch, the entries of the expected list count: all of them were deleted.
   *
   * @example
   * s3.requests.expectApplied('DeleteObjects', { Delete: { Objects: [{ Key: 'report.pdf' }] } });
   */
  expectApplied<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): void {
    affirm(applied(this.#reading('s3.requests.expectApplied'), operation, input), this.expectApplied);
  }

  /**
   * Throws an AssertionError unless a matching request was refused, by S3 or by `s3.on().fail()`. A reply that a test gave is not a
   * refusal, and a refusal of the mock itself, such as `S3MockNotImplemented`, counts only under its code.
   *
   * @example
   * s3.requests.expectRefused('PutBucketVersioning', { Bucket: 'vault' }, { code: 'AccessDenied' });
   */
  expectRefused<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>, refusal?: Refusal): void {
    affirm(refused(this.#reading('s3.requests.expectRefused'), operation, input, refusal), this.expectRefused);
  }

  #reading(call: string): Reading {
    return { call, recorded: this };
  }

  /**
   * The name under which an operation is recorded.
   * @internal
   */
  operationNamed(name: string): OperationName {
    return operationNamed(this.#known, name);
  }

  /**
   * Throws a TypeError for an error code that is misspelt.
   * @internal
   */
  checkCode(code: string): void {
    // A test may make up a code, in a rule.
    if (!this.some(({ error }) => error?.code === code)) checkCode(this.#known, code);
  }

  /**
   * Throws a TypeError that names the call, for a member that the input of an operation does not have.
   * @internal
   */
  checkInput(call: string, operation: OperationName, input: unknown): void {
    checkInputNames(this.#known, call, operation, input);
  }
}
