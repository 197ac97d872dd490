import { inspect } from 'node:util';
import { fits } from '../../journal/input-matching';
import type { OperationName } from '../../operations/table';
import type { FailureCode, GivenError } from '../../refusals';
import { S3MockError } from '../../s3-mock-error';
import { closeClass, closeMembers } from '../../text/closed-members';
import { counted } from '../../text/counts';
import { writeRule } from './rule-text';
import {
  type FailOptions,
  type Failure,
  type FailureReply,
  type FailureTimes,
  readCorrupt,
  readDelay,
  readDisconnect,
  readError,
  readFail,
  readReply,
  type Step,
} from './steps';

/**
 * A rule that makes requests of an operation fail. Steps run one after another, each for its `times`; after the last one,
 * requests are answered normally. If two rules match a request, the later one decides until its steps are used up.
 *
 * @example
 * s3.on('PutObject', { Bucket: 'vault' }).fail('SlowDown', { times: 2 }).disconnect({ when: 'after', times: 1 });
 */
export interface FailureRule {
  /**
   * Answers with the S3 error of a code, or with a given error, without applying the request. Throws a TypeError for a code that
   * S3 does not have.
   *
   * @example
   * s3.on('GetObject').fail({ code: 'Teapot', status: 418, message: 'Short and stout' });
   */
  fail(error: FailureCode | GivenError, options?: FailOptions): this;
  /** Waits in real time before the request is applied. Fake timers do not change the wait. */
  delay(options: { readonly milliseconds: number } & FailureTimes): this;
  /**
   * Breaks the connection: before the request is applied, in the middle of the answer, of which the client reads a part, or after the request
   * was applied and before the answer.
   */
  disconnect(options: { readonly when: 'before' | 'during' | 'after' } & FailureTimes): this;
  /** Applies the request and damages the body of the answer: drops its second half, or changes one byte. */
  corrupt(options: { readonly how: 'truncate' | 'alter' } & FailureTimes): this;
  /** Answers with this reply in place of the answer of S3, without applying the request. */
  reply(reply: FailureReply, options?: FailureTimes): this;
  /** The number of requests that the rule has affected since it was made, or since the last reset. */
  readonly used: number;
  /** Removes the rule. If it was made outside of a test, and is removed in one, it is back in the next test. */
  remove(): void;
  /** The rule as it was written, and how often it was used; printing it writes the same. */
  toString(): string;
}

/** The functions and names of the mock that a rule uses. */
export interface RuleOptions {
  /** The codes that `fail` accepts. */
  readonly failures: readonly string[];
  /** Draws a number from 0 up to 1 from the mock's seed. */
  readonly draw: () => number;
  /** Takes a rule out of the mock. */
  readonly remove: (rule: Rule) => void;
}

/** A rule with its steps, and how far the requests have gone through them. */
export class Rule implements FailureRule {
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
    closeClass(Rule.prototype, labelOf, [...states, 'take', 'begin', 'end']);
  }

  constructor(operation: OperationName, input: unknown, options: RuleOptions) {
    this.operation = operation;
    this.input = input;
    this.#options = options;
    closeMembers(this, labelOf);
  }

  fail(error: FailureCode | GivenError, options?: FailOptions): this {
    return this.#add(readFail(readError(error, this.#options.failures), options));
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
    if (operation !== this.operation || (this.input !== undefined && !fits(this.input, input))) return undefined;
    this.#wasMet = true;
    const step = this.#steps[this.#at];
    if (step === undefined) return undefined;
    if (step.probability < 1 && this.#options.draw() >= step.probability) return undefined;
    this.#taken += 1;
    this.#used += 1;
    if (this.#taken >= step.times) {
      this.#at += 1;
      this.#taken = 0;
    }
    return step.failure;
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

function labelOf({ operation }: Rule): string {
  return `s3.on('${operation}')`;
}
