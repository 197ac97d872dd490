import type { OperationName } from '../../operations/table';
import { invalidValue } from '../../text/invalid-value';
import { isAsymmetric, isRecord } from '../../text/value-kinds';
import { type FailureRule, Rule, type RuleOptions } from './rule';
import type { Failure, Step } from './steps';

export type { FailureCode, GivenError } from '../../refusals';
export type { FailureRule } from './rule';

/** The functions and names of the mock that rules use. */
interface FailureRulesOptions extends Omit<RuleOptions, 'remove'> {
  /** Returns the name under which an operation is recorded; throws for a name that S3 does not have. */
  readonly operationNamed: (name: string) => OperationName;
  /** Throws a TypeError for a member that the input of an operation does not have. */
  readonly checkInput: (operation: OperationName, input: unknown) => void;
}

/** A rule that no request has met: the operation or the input that it names may be wrong, or the code under test does not send the request. */
export interface UnusedRule {
  /** The operation that it names. */
  readonly operation: OperationName;
  /** The input that a request has to match; undefined if any does. */
  readonly input: unknown;
  /** The rule as it was written: `on('PutObject', { Bucket: 'vault' }).fail('SlowDown')`. */
  readonly text: string;
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
      throw invalidValue(
        `on('${name}')`,
        'input',
        input,
        "an object such as { Bucket: 'vault' }, an asymmetric matcher, or undefined",
      );
    }
    this.#options.checkInput(name, input);
    const { failures, draw } = this.#options;
    const rule = new Rule(name, input, { failures, draw, remove: (one) => this.#remove(one) });
    this.#rules = [rule, ...this.#rules];
    return rule;
  }

  /** Returns the failure of a request and counts it; undefined if no rule matches. */
  take(operation: OperationName | undefined, input: object): Failure | undefined {
    for (const rule of this.#rules) {
      const failure = rule.take(operation, input);
      if (failure) return failure;
    }
    return undefined;
  }

  /** The rules that still apply, as they were written. */
  inForce(): readonly string[] {
    return this.#rules.filter((rule) => rule.isInForce).map(({ text }) => text);
  }

  /** The rules in force that no request has met, in the order in which they were made. */
  unused(): readonly UnusedRule[] {
    return this.#rules
      .filter((rule) => !rule.wasMet)
      .toReversed()
      .map(({ operation, input, text }) => ({ operation, input, text }));
  }

  #remove(rule: Rule): void {
    this.#rules = this.#rules.filter((one) => one !== rule);
  }

  /** Makes reset() return to the present rules. */
  saveFixtures(): void {
    this.#fixtures = this.#rules.map((rule) => [rule, rule.steps]);
  }

  /** Removes the rules made since saveFixtures(), and restarts the others. */
  reset(): void {
    for (const rule of this.#rules) rule.end('when the mock was reset');
    for (const [rule, steps] of this.#fixtures) rule.begin(steps);
    this.#rules = this.#fixtures.map(([rule]) => rule);
  }
}
