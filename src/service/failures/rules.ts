import { fits } from '../../journal/input-matching';
import type { OperationName } from '../../operations/table';
import type { FailureCode, GivenError } from '../../refusals';
import { S3MockError } from '../../s3-mock-error';
import { closeClass } from '../../text/closed-members';
import { isAsymmetric, isRecord } from '../../text/value-kinds';
import { BRIEF, writeGiven, writeValue } from '../../text/values';
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

export type { FailureCode, GivenError } from '../../refusals';

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
  /** Breaks the connection: before the request is applied, in the middle of the answer, or after the request was applied and before the answer. */
  disconnect(options: { readonly when: 'before' | 'during' | 'after' } & FailureTimes): this;
  /** Applies the request and damages the body of the answer: drops its second half, or changes one byte. */
  corrupt(options: { readonly how: 'truncate' | 'alter' } & FailureTimes): this;
  /** Answers with this reply in place of the answer of S3, without applying the request. */
  reply(reply: FailureReply, options?: FailureTimes): this;
}

/** The functions and names of the mock that rules use. */
interface FailureRulesOptions {
  /** Returns the name under which an operation is recorded; throws for a name that S3 does not have. */
  readonly operationNamed: (name: string) => OperationName;
  /** Throws a TypeError for a member that the input of an operation does not have. */
  readonly checkInput: (operation: OperationName, input: unknown) => void;
  /** The codes that `fail` accepts. */
  readonly failures: readonly string[];
  /** Draws a number from 0 up to 1 from the mock's seed. */
  readonly draw: () => number;
}

/** The rules of a mock: the requests that fail, and the way they fail. */
export class FailureRules {
  readonly #options: FailureRulesOptions;
  /** The latest rule first. */
  #rules: readonly Rule[] = [];
  #fixtures: readonly (readonly [rule: Rule, steps: readonly Step[]])[] = [];

  constructor(options: FailureRulesOptions) {
    this.#options = options;
  }

  /** Creates a rule for the requests of an operation whose input matches. */
  on(operation: string, input?: unknown): FailureRule {
    const name = this.#options.operationNamed(operation);
    if (input !== undefined && !isRecord(input) && !isAsymmetric(input)) {
      throw new TypeError(
        `on('${name}'): input ${writeGiven(input)}. Give an object such as { Bucket: 'vault' }, an asymmetric matcher, or nothing.`,
      );
    }
    this.#options.checkInput(name, input);
    const rule = new Rule(name, input, this.#options);
    this.#rules = [rule, ...this.#rules];
    return rule;
  }

  /** Returns the failure of a request and counts it; undefined if no rule matches. */
  take(operation: OperationName | undefined, input: object): Failure | undefined {
    for (const rule of this.#rules) {
      const failure = rule.isFor(operation, input) ? rule.take() : undefined;
      if (failure) return failure;
    }
    return undefined;
  }

  /** The rules that still apply, in words: `PutObject with { Bucket: 'vault' }: fail`. */
  inForce(): readonly string[] {
    return this.#rules.flatMap((rule) => rule.inForce() ?? []);
  }

  /** Makes reset() return to the present rules. */
  saveFixtures(): void {
    this.#fixtures = this.#rules.map((rule) => [rule, rule.steps]);
  }

  /** Removes the rules made since saveFixtures(), and restarts the others. */
  reset(): void {
    for (const rule of this.#rules) rule.end();
    for (const [rule, steps] of this.#fixtures) rule.begin(steps);
    this.#rules = this.#fixtures.map(([rule]) => rule);
  }
}

class Rule implements FailureRule {
  readonly #operation: OperationName;
  readonly #input: unknown;
  readonly #options: FailureRulesOptions;
  #steps: readonly Step[] = [];
  #at = 0;
  #taken = 0;
  #isOver = false;

  static {
    const hidden = ['steps', 'isFor', 'take', 'begin', 'end'] as const;
    closeClass(Rule.prototype, (rule) => `s3.on('${rule.#operation}')`, hidden);
  }

  constructor(operation: OperationName, input: unknown, options: FailureRulesOptions) {
    this.#operation = operation;
    this.#input = input;
    this.#options = options;
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

  isFor(operation: OperationName | undefined, input: object): boolean {
    return operation === this.#operation && (this.#input === undefined || fits(this.#input, input));
  }

  take(): Failure | undefined {
    const step = this.#steps[this.#at];
    if (step === undefined) return undefined;
    if (step.probability < 1 && this.#options.draw() >= step.probability) return undefined;
    this.#taken += 1;
    if (this.#taken >= step.times) {
      this.#at += 1;
      this.#taken = 0;
    }
    return step.failure;
  }

  inForce(): string | undefined {
    const step = this.#steps[this.#at];
    if (step === undefined) return undefined;
    const input = this.#input === undefined ? '' : ` with ${writeValue(this.#input, BRIEF)}`;
    return `${this.#operation}${input}: ${step.failure.kind}`;
  }

  begin(steps: readonly Step[]): void {
    this.#steps = steps;
    this.#at = 0;
    this.#taken = 0;
    this.#isOver = false;
  }

  end(): void {
    this.#isOver = true;
  }

  #add(step: Step): this {
    if (this.#isOver) {
      throw new S3MockError(
        'RULE_GONE',
        `this rule for ${this.#operation} was removed when the mock was reset. Create another with s3.on('${this.#operation}').`,
      );
    }
    const last = this.#steps.at(-1);
    if (last?.times === Number.POSITIVE_INFINITY) {
      throw new TypeError(
        `on('${this.#operation}'): ${step.failure.kind} follows ${last.failure.kind}, which applies to all requests. Give the earlier step { times }.`,
      );
    }
    this.#steps = [...this.#steps, step];
    return this;
  }
}
