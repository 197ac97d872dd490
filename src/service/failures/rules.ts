import type { OperationName } from '../../journal/operations';
import type { FailureCode, StsFailureCode } from '../../refusals';
import { invalidValue } from '../../text/invalid-value';
import { isAsymmetric, isRecord } from '../../text/value-kinds';
import type { FailureRule } from './failure-rule';
import { type FailEntry, Rule, type RuleOptions } from './rule';
import type { Failure, Step } from './steps';

export type { FailureCode, GivenError, StsFailureCode } from '../../refusals';
export type { FailureRule } from './failure-rule';

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

/** The failures that rules ask for in a request: one of the request as a whole, and those of its entries. */
export interface TakenFailures {
  readonly failure: Failure | undefined;
  readonly failEntry: FailEntry | undefined;
}

const none: TakenFailures = Object.freeze({ failure: undefined, failEntry: undefined });

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
  on(operation: string, input?: unknown): FailureRule<FailureCode | StsFailureCode> {
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
    const rule = new Rule(name, input, { ...this.#options, remove: (one) => this.#remove(one) });
    this.#rules = [rule, ...this.#rules];
    return rule;
  }

  /** Returns the failures of a request and counts them; undefined for those that no rule asks for. */
  take(operation: OperationName | undefined, input: object): TakenFailures {
    // Most mocks have no rules.
    if (this.#rules.length === 0) return none;
    // First, since a step that this request uses up makes way for the step of the next one.
    const failEntry = this.#takeEntries(operation, input);
    for (const rule of this.#rules) {
      const failure = rule.take(operation, input);
      if (failure) return { failure, failEntry };
    }
    return { failure: undefined, failEntry };
  }

  #takeEntries(operation: OperationName | undefined, input: object): FailEntry | undefined {
    const found = this.#rules.flatMap((rule) => rule.takeEntries(operation, input) ?? []);
    if (found.length === 0) return undefined;
    return (entry) => {
      for (const failEntry of found) {
        const failed = failEntry(entry);
        if (failed) return failed;
      }
      return undefined;
    };
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
