import { fits } from '../../journal/input-matching';
import type { OperationName } from '../../operations/table';
import { S3MockError } from '../../s3-mock-error';
import { suggestion } from '../../text/spelling';
import { isAsymmetric, isRecord } from '../../text/value-kinds';
import { writeGiven } from '../../text/values';
import {
  corruptStep,
  delayStep,
  disconnectStep,
  type FailOptions,
  type Fault,
  type FaultReply,
  type FaultTimes,
  failStep,
  replyStep,
  type Step,
} from './steps';

/**
 * What goes wrong with the requests of an operation. Steps run one after another, each for its `times`; when the last is over,
 * requests are answered as ever. Of two rules that fit a request, the later one decides while it has a step left.
 *
 * @example
 * s3.on('PutObject', { Bucket: 'vault' }).fail('SlowDown', { times: 2 }).disconnect({ when: 'after', times: 1 });
 */
export interface FaultRule {
  /** Answers with an error of S3's, by its code, without applying the request. TypeError for a code that S3 does not have. */
  fail(code: string, options?: FailOptions): this;
  /** Waits, by real time, before the request is applied. Fake timers do not touch it. */
  delay(options: { readonly milliseconds: number } & FaultTimes): this;
  /** Loses the connection: before the request is applied, in the middle of its answer, or after it was applied and before any answer. */
  disconnect(options: { readonly when: 'before' | 'during' | 'after' } & FaultTimes): this;
  /** Applies the request and damages the body of the answer: its second half is missing, or one byte is another. */
  corrupt(options: { readonly how: 'truncate' | 'alter' } & FaultTimes): this;
  /** Answers with this in place of S3's answer, without applying the request. */
  reply(reply: FaultReply, options?: FaultTimes): this;
}

/** What rules need to know of the mock. */
export interface FaultPremises {
  /** The name under which an operation is recorded; throws for a name that S3 does not have. */
  readonly operationNamed: (name: string) => OperationName;
  /** What a request can be made to fail with. */
  readonly failures: readonly string[];
  /** A number from 0 up to 1, drawn from the mock's seed. */
  readonly draw: () => number;
}

/** The rules of a mock: which requests go wrong, and how. */
export class FaultRules {
  readonly #premises: FaultPremises;
  /** The later ones first. */
  #rules: readonly Rule[] = [];
  #fixtures: readonly (readonly [rule: Rule, steps: readonly Step[]])[] = [];

  constructor(premises: FaultPremises) {
    this.#premises = premises;
  }

  /** Makes a rule for the requests of an operation whose input fits. */
  on(operation: string, input?: unknown): FaultRule {
    const name = this.#premises.operationNamed(operation);
    if (input !== undefined && !isRecord(input) && !isAsymmetric(input)) {
      throw new TypeError(
        `on('${name}'): input ${writeGiven(input)}. Give an object such as { Bucket: 'vault' }, an asymmetric matcher, or nothing.`,
      );
    }
    const rule = new Rule(name, input, this.#premises);
    this.#rules = [rule, ...this.#rules];
    return rule;
  }

  /** What goes wrong with a request; undefined where nothing does. */
  take(operation: OperationName | undefined, input: object): Fault | undefined {
    for (const rule of this.#rules) {
      const fault = rule.isFor(operation, input) ? rule.take() : undefined;
      if (fault) return fault;
    }
    return undefined;
  }

  /** Has the rules that stand now stand again, anew, after each reset. */
  keep(): void {
    this.#fixtures = this.#rules.map((rule) => [rule, rule.steps]);
  }

  /** Takes away what was made since, and begins the others anew. */
  reset(): void {
    for (const rule of this.#rules) rule.end();
    for (const [rule, steps] of this.#fixtures) rule.begin(steps);
    this.#rules = this.#fixtures.map(([rule]) => rule);
  }
}

class Rule implements FaultRule {
  readonly #operation: OperationName;
  readonly #input: unknown;
  readonly #premises: FaultPremises;
  #steps: readonly Step[] = [];
  #at = 0;
  #taken = 0;
  #isOver = false;

  constructor(operation: OperationName, input: unknown, premises: FaultPremises) {
    this.#operation = operation;
    this.#input = input;
    this.#premises = premises;
  }

  fail(code: string, options?: FailOptions): this {
    const { failures } = this.#premises;
    if (!failures.includes(code)) {
      const hint = suggestion(code, failures) ?? "There are 'SlowDown', 'InternalError', ...";
      throw new TypeError(`fail: ${writeGiven(code)} is no error code of S3's. ${hint}`);
    }
    return this.#add(failStep(code, options));
  }

  delay(options: { readonly milliseconds: number } & FaultTimes): this {
    return this.#add(delayStep(options));
  }

  disconnect(options: { readonly when: 'before' | 'during' | 'after' } & FaultTimes): this {
    return this.#add(disconnectStep(options));
  }

  corrupt(options: { readonly how: 'truncate' | 'alter' } & FaultTimes): this {
    return this.#add(corruptStep(options));
  }

  reply(reply: FaultReply, options?: FaultTimes): this {
    return this.#add(replyStep(reply, options));
  }

  get steps(): readonly Step[] {
    return this.#steps;
  }

  isFor(operation: OperationName | undefined, input: object): boolean {
    return operation === this.#operation && (this.#input === undefined || fits(this.#input, input));
  }

  take(): Fault | undefined {
    const step = this.#steps[this.#at];
    if (step === undefined) return undefined;
    if (step.probability < 1 && this.#premises.draw() >= step.probability) return undefined;
    this.#taken += 1;
    if (this.#taken >= step.times) {
      this.#at += 1;
      this.#taken = 0;
    }
    return step.fault;
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
        `this rule for ${this.#operation} is gone since the mock was reset. Make another, with s3.on('${this.#operation}').`,
      );
    }
    const last = this.#steps.at(-1);
    if (last?.times === Number.POSITIVE_INFINITY) {
      throw new TypeError(
        `on('${this.#operation}'): ${step.fault.kind} behind ${last.fault.kind}, which goes on for ever. Give the earlier step its { times }.`,
      );
    }
    this.#steps = [...this.#steps, step];
    return this;
  }
}
