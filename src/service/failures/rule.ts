import { inspect } from 'node:util';
import type { ExpectedEntry } from '../../journal/batch';
import { fits } from '../../journal/input-matching';
import type { OperationName } from '../../journal/operations';
import type { FailureCode, GivenError, StsFailureCode } from '../../refusals';
import { S3MockError } from '../../s3-mock-error';
import { closeClass, closeMembers } from '../../text/closed-members';
import { counted } from '../../text/counts';
import { invalidValue } from '../../text/invalid-value';
import type { FailureRule } from './failure-rule';
import { writeRule } from './rule-text';
import {
  type EntryFailure,
  type FailEntriesOptions,
  type FailOptions,
  type Failure,
  type FailureReply,
  type FailureTimes,
  type KnownCodes,
  readCorrupt,
  readDelay,
  readDisconnect,
  readError,
  readFail,
  readFailEntries,
  readReply,
  type Step,
} from './steps';

/** The functions and names of the mock that a rule uses. */
export interface RuleOptions {
  /** The service of an operation, as messages name it, and the codes that `fail` accepts for it. */
  readonly failuresOf: (operation: OperationName) => KnownCodes;
  /** The operations whose requests have entries. */
  readonly batches: () => readonly OperationName[];
  /** The operations whose 200 may have an error in its document. */
  readonly failingIn200: () => readonly OperationName[];
  /** Throws a TypeError for a member that an entry of an operation does not have. */
  readonly checkEntry: (operation: OperationName, entry: unknown) => void;
  /** Draws a number from 0 up to 1 from the mock's seed. */
  readonly draw: () => number;
  /** Takes a rule out of the mock. */
  readonly remove: (rule: Rule) => void;
}

/** Decides whether an entry of a batch fails, and counts its request once. */
export type FailEntry = (entry: object) => { readonly error: string | GivenError; readonly rule: string } | undefined;

/** A rule with its steps, and how far the requests have gone through them. */
export class Rule implements FailureRule<FailureCode | StsFailureCode> {
  readonly operation: OperationName;
  readonly input: unknown;
  readonly #options: RuleOptions;
  #steps: readonly Step[] = [];
  #at = 0;
  #taken = 0;
  #used = 0;
  #wasMet = false;
  /** Why it takes no further steps; undefined while it is in force. */
  #end: string | undefined;

  static {
    const states = ['steps', 'wasMet', 'isInForce', 'text', 'operation', 'input'] as const;
    closeClass(Rule.prototype, labelOf, [...states, 'take', 'takeEntries', 'begin', 'end']);
  }

  constructor(operation: OperationName, input: unknown, options: RuleOptions) {
    this.operation = operation;
    this.input = input;
    this.#options = options;
    closeMembers(this, labelOf);
  }

  fail(error: FailureCode | StsFailureCode | GivenError, options?: FailOptions): this {
    const step = readFail(readError('fail', error, this.#options.failuresOf(this.operation)), options);
    if (options?.status !== undefined) this.#checkMayFailIn200();
    return this.#add(step);
  }

  failEntries(
    entries: ExpectedEntry | readonly ExpectedEntry[],
    error: FailureCode | StsFailureCode | GivenError,
    options?: FailEntriesOptions,
  ): this {
    const { checkEntry, failuresOf } = this.#options;
    const batches = this.#options.batches();
    if (!batches.includes(this.operation))
      throw invalidValue('failEntries', 'operation', this.operation, `one with entries: ${batches.join(', ')}`);
    const step = readFailEntries(entries, readError('failEntries', error, failuresOf(this.operation)), options);
    checkEntry(this.operation, entries);
    return this.#add(step);
  }

  delay(options: { readonly milliseconds: number } & FailureTimes): this {
    return this.#add(readDelay(options));
  }

  disconnect(options: { readonly when: 'before' | 'during' | 'after' } & FailureTimes): this {
    return this.#add(readDisconnect(options));
  }

  corrupt(options: { readonly how: 'truncate' | 'alter' } & FailureTimes): this {
    return this.#add(readCorrupt(options));
  }

  reply(reply: FailureReply, options?: FailureTimes): this {
    return this.#add(readReply(reply, options));
  }

  get steps(): readonly Step[] {
    return this.#steps;
  }

  get used(): number {
    return this.#used;
  }

  /** Whether a matching request came while the rule was in force, affected or not. */
  get wasMet(): boolean {
    return this.#wasMet;
  }

  /** Whether it has a step left for the next matching request. */
  get isInForce(): boolean {
    return this.#steps[this.#at] !== undefined;
  }

  remove(): void {
    if (this.#end !== undefined) return;
    this.end('by its remove()');
    this.#options.remove(this);
  }

  /** The rule as it was written. */
  get text(): string {
    return writeRule(this.operation, this.input, this.#steps);
  }

  toString(): string {
    const removed = this.#end === undefined ? '' : `; removed ${this.#end}`;
    return `${this.text}: used for ${counted(this.#used, 'request')}${removed}`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  /** Returns the failure of a request and counts it; undefined if the rule does not affect the request. */
  take(operation: OperationName | undefined, input: object): Failure | undefined {
    const step = this.#steps[this.#at];
    // A step about entries concerns a request only if one of them matches.
    if (step !== undefined && isOfEntries(step)) return undefined;
    if (!this.#concerns(operation, input)) return undefined;
    this.#wasMet = true;
    if (step === undefined || !this.#strikes(step)) return undefined;
    this.#count(step);
    return step.failure as Failure; // isOfEntries took the others
  }

  /** Returns what decides of the entries of a request; undefined if the rule's present step is not about entries. */
  takeEntries(operation: OperationName | undefined, input: object): FailEntry | undefined {
    const step = this.#steps[this.#at];
    if (step === undefined || !isOfEntries(step) || !this.#concerns(operation, input)) return undefined;
    const { entries, error } = step.failure;
    const expected = Array.isArray(entries) ? entries : [entries];
    let isCounted = false;
    return (entry) => {
      // A request that waited may find the step used up, or the rule removed.
      const isPresent = isCounted || this.#steps[this.#at] === step;
      if (!isPresent || this.#end !== undefined || !expected.some((one) => fits(one, entry))) return undefined;
      this.#wasMet = true;
      if (!this.#strikes(step)) return undefined;
      if (!isCounted) this.#count(step);
      isCounted = true;
      return { error, rule: this.text };
    };
  }

  #checkMayFailIn200(): void {
    const operations = this.#options.failingIn200();
    if (operations.includes(this.operation)) return;
    const expected = `undefined: an error may come inside of a 200 of ${operations.join(', ')} alone`;
    throw invalidValue(`on('${this.operation}').fail`, 'status', 200, expected);
  }

  #concerns(operation: OperationName | undefined, input: object): boolean {
    return operation === this.operation && (this.input === undefined || fits(this.input, input));
  }

  #strikes({ probability }: Step): boolean {
    return probability === 1 || this.#options.draw() < probability;
  }

  #count({ times }: Step): void {
    this.#taken += 1;
    this.#used += 1;
    if (this.#taken >= times) {
      this.#at += 1;
      this.#taken = 0;
    }
  }

  begin(steps: readonly Step[]): void {
    this.#steps = steps;
    this.#at = 0;
    this.#taken = 0;
    this.#used = 0;
    this.#wasMet = false;
    this.#end = undefined;
  }

  /** Ends the rule, for a reason that begins with "by" or "when". */
  end(reason: string): void {
    this.#end = reason;
  }

  #add(step: Step): this {
    if (this.#end !== undefined) {
      throw new S3MockError(
        'RULE_GONE',
        `this rule for ${this.operation} was removed ${this.#end}. Create another with s3.on('${this.operation}').`,
      );
    }
    const last = this.#steps.at(-1);
    if (last?.times === Number.POSITIVE_INFINITY) {
      throw new TypeError(
        `on('${this.operation}'): ${step.failure.kind} follows ${last.failure.kind}, which applies to all requests. Give the earlier step { times }.`,
      );
    }
    this.#steps = [...this.#steps, step];
    return this;
  }
}

function isOfEntries(step: Step): step is Step<EntryFailure> {
  return step.failure.kind === 'failEntries';
}

function labelOf({ operation }: Rule): string {
  return `s3.on('${operation}')`;
}
