import { findCosRegion, firstRegion } from '../../formats/regions';
import type { OperationName } from '../../journal/entry';
import type { Bucket } from '../../model/bucket';
import type { FailureOfReplication } from '../../model/store';
import type { FailureCode, StsFailureCode } from '../../refusals';
import { invalidValue } from '../../text/invalid-value';
import { isRecord } from '../../text/value-kinds';
import { AttemptRule, type AttemptRuleOptions, checkAttempt } from './attempt-rule';
import type { FailureRule } from './failure-rule';
import { type OutageOptions, OutageRule, type OutageRuleOptions } from './outage';
import { type ReplicationAttempt, type ReplicationFailureRule, replicateObject } from './replication-failure-rule';
import { type FailEntry, Rule, type RuleOptions } from './rule';
import type { AskedRequest, NeededPlace, RequestRule, SteppedRule } from './stepped-rule';
import type { Failure } from './steps';

export type { FailureCode, GivenError, StsFailureCode } from '../../refusals';
export type { FailureRule } from './failure-rule';
export type { Outage, OutageForm, OutageOptions } from './outage';
export type {
  ReplicationAttempt,
  ReplicationFailOptions,
  ReplicationFailureReason,
  ReplicationFailureRule,
} from './replication-failure-rule';

interface FailureRulesOptions
  extends Omit<RuleOptions & AttemptRuleOptions & OutageRuleOptions, 'remove' | 'onWithoutStep'> {
  readonly operationNamed: (name: string) => OperationName;
  readonly checkInput: (operation: OperationName | '*', input: unknown) => void;
  /** Throws for a bucket that does not exist, and whose name is one letter off. */
  readonly checkBuckets: (call: string, operation: OperationName | '*', input: unknown) => void;
}

/**
 * A rule that nothing has met yet: no request, or for a rule about replication, no attempt to copy. The operation or the input that it
 * names may be wrong, or the code under test does not send the request.
 */
export interface UnusedRule {
  /** The operation that the rule names; `'*'` for all operations, and for an outage. */
  readonly operation: OperationName | 'ReplicateObject' | '*';
  /**
   * The input that a request, or an attempt to copy, must match; undefined if any input matches. For an outage, it is the outage's options.
   */
  readonly input: unknown;
  /** The rule as it was written: `on('PutObject', { Bucket: 'vault' }).fail('SlowDown')`. */
  readonly text: string;
  /**
   * A sentence about what may be wrong with the rule. It names an existing bucket with a similar name, or similar requests that came, such
   * as DeleteObjects in place of DeleteObject. For an outage, it names the places of the requests that the outage did not affect. Left out
   * if there is nothing to say.
   */
  readonly note?: string;
}

export interface TakenFailures {
  readonly failure: Failure | undefined;
  readonly failEntry: FailEntry | undefined;
  /** The rules about its entries are added while the request is carried out. */
  readonly rules: readonly RequestRule[];
}

export const noFailures: TakenFailures = Object.freeze({ failure: undefined, failEntry: undefined, rules: [] });

export type AnyRule = Rule | AttemptRule | OutageRule;

export interface RulesSnapshot {
  readonly rules: readonly AnyRule[];
  /** Makes each rule again what it was. */
  readonly restores: readonly (() => void)[];
}

export class FailureRules {
  readonly #options: FailureRulesOptions;
  /** The latest rule first. */
  #rules: readonly AnyRule[] = [];
  #fixtures: readonly { readonly rule: AnyRule; readonly begin: () => void }[] = [];
  /** The rules that were there when the present test began. */
  #earlier: readonly SteppedRule[] = [];
  readonly #metWithoutStep = new Set<SteppedRule>();
  /** The rules of this test that were reported to it. */
  readonly #reported = new Set<SteppedRule>();

  constructor(options: FailureRulesOptions) {
    this.#options = options;
  }

  on(operation: string, input?: unknown): ReplicationFailureRule | FailureRule<FailureCode | StsFailureCode> {
    const options = this.#ruleOptions();
    const isOfAttempts = operation === replicateObject;
    const rule = isOfAttempts ? ruleForAttempts(input, options) : this.#ruleFor(operation, input, options);
    this.#options.checkBuckets(
      `s3.on('${operation}')`,
      rule.operation === replicateObject ? '*' : rule.operation,
      input,
    );
    return this.#add(rule);
  }

  outage(given: OutageOptions): OutageRule {
    const rule = new OutageRule(given, this.#ruleOptions()); // which checks the options
    this.#options.checkBuckets('s3.outage', '*', given);
    return this.#add(rule);
  }

  #ruleOptions(): FailureRulesOptions & Pick<RuleOptions, 'remove' | 'onWithoutStep'> {
    return {
      ...this.#options,
      remove: (one) => this.#remove(one),
      onWithoutStep: (one) => this.#metWithoutStep.add(one),
    };
  }

  #add<One extends AnyRule>(rule: One): One {
    this.#rules = [rule, ...this.#rules];
    return rule;
  }

  #ruleFor(operation: string, input: unknown, options: RuleOptions): Rule {
    const name = operation === '*' ? operation : this.#options.operationNamed(operation);
    checkIsInput(name, input);
    this.#options.checkInput(name, input);
    return new Rule(name, input, options);
  }

  take(asked: AskedRequest): TakenFailures {
    // Most mocks have no rules.
    if (this.#rules.length === 0) return noFailures;
    const rules: RequestRule[] = [];
    // First, since a step that this request uses up makes way for the step of the next one.
    const failEntry = this.#takeEntries(asked, (rule) => rules.push(rule));
    for (const rule of this.#rules) {
      const failure = rule instanceof AttemptRule ? undefined : rule.take(asked);
      if (failure) {
        if (!(rule instanceof AttemptRule)) rules.push(rule);
        return { failure, failEntry, rules };
      }
    }
    return { failure: undefined, failEntry, rules };
  }

  readonly failureOfReplication: FailureOfReplication = (source, task, { destination: target, at }) => {
    if (this.#rules.length === 0) return undefined;
    const { key, versionId, destination, rule: id, part } = task;
    const attempt: ReplicationAttempt = {
      Bucket: source.name,
      Key: key,
      VersionId: versionId,
      DestinationBucket: destination,
      RuleId: id,
      Part: part,
    };
    const places = [source, ...(target === undefined ? [] : [target])].map(makePlace);
    for (const rule of this.#rules) {
      if (rule instanceof Rule) continue;
      const failure = rule instanceof AttemptRule ? rule.take(attempt) : rule.takeAttempt(places, at);
      if (failure) return failure;
    }
    return undefined;
  };

  #takeEntries(asked: AskedRequest, onAffected: (rule: Rule) => void): FailEntry | undefined {
    const found = this.#rules.flatMap((rule) =>
      rule instanceof Rule ? (rule.takeEntries(asked, onAffected) ?? []) : [],
    );
    if (found.length === 0) return undefined;
    return (entry) => {
      for (const failEntry of found) {
        const failed = failEntry(entry);
        if (failed) return failed;
      }
      return undefined;
    };
  }

  all(): readonly AnyRule[] {
    return this.#rules.toReversed();
  }

  inForce(): readonly string[] {
    return this.#rules.filter((rule) => rule.isInForce).map(({ text }) => text);
  }

  beginTest(): void {
    this.#earlier = this.#rules;
    this.#metWithoutStep.clear();
    this.#reported.clear();
  }

  /** Returns the rules without a step that a request met, and those that this test made. A second call does not return them again. */
  takeWithoutStep(): readonly SteppedRule[] {
    const made = this.#rules.filter((rule) => !rule.hasStep && !this.#earlier.includes(rule));
    return this.#report([...this.#metWithoutStep, ...made.toReversed()]);
  }

  /** Returns whether a rule of this test, of those that were not returned before, met no request. */
  takeUnused(): (rule: AnyRule) => boolean {
    const made = this.#rules.filter((rule) => !rule.wasMet && !this.#earlier.includes(rule));
    const reported = this.#report(made);
    return (rule) => reported.includes(rule);
  }

  #report(rules: readonly SteppedRule[]): readonly SteppedRule[] {
    const others = [...new Set(rules)].filter((rule) => !this.#reported.has(rule));
    for (const rule of others) this.#reported.add(rule);
    return others;
  }

  unused(isAsked: (rule: AnyRule) => boolean = () => true): readonly UnusedRule[] {
    return this.#rules
      .filter((rule) => !rule.wasMet && isAsked(rule))
      .toReversed()
      .map((rule) => {
        const { operation, input, text } = rule;
        const note =
          rule instanceof OutageRule
            ? rule.whyUnmet
            : rule.hasStep
              ? undefined
              : 'it has no step, so it changes nothing';
        return Object.freeze({ operation, input, text, ...(note !== undefined && { note }) });
      });
  }

  /** The rules that were made outside of a test, for all tests of a file. */
  ofFixtures(): readonly string[] {
    return this.#fixtures.map(({ rule }) => rule.text);
  }

  #remove(rule: SteppedRule): void {
    this.#rules = this.#rules.filter((one) => one !== rule);
  }

  /** Takes the rules of another world as they stand. They count as rules that were made before the test, and a reset makes them so again. */
  copyFrom(other: FailureRules): void {
    this.#rules = other.#rules.map((rule) => rule.copy(this.#ruleOptions()));
    this.#fixtures = this.#rules.map((rule) => ({ rule, begin: rule.keep() }));
    this.beginTest();
  }

  saveFixtures(): void {
    this.#fixtures = this.#rules.map((rule) => ({ rule, begin: rule.fixture() }));
  }

  snapshot(): RulesSnapshot {
    return { rules: this.#rules, restores: this.#rules.map((rule) => rule.keep()) };
  }

  /** Acts while the rules are those of a snapshot, and returns what became of those. The present rules stay as they are. */
  actOn<Result>(kept: RulesSnapshot, action: () => Result): { readonly result: Result; readonly state: RulesSnapshot } {
    const present = this.snapshot();
    this.#replace(kept);
    try {
      return { result: action(), state: this.snapshot() };
    } finally {
      this.#replace(present);
    }
  }

  #replace({ rules, restores }: RulesSnapshot): void {
    this.#rules = rules;
    for (const restore of restores) restore();
  }

  reset(): void {
    for (const rule of this.#rules) rule.finish('when the mock was reset');
    for (const { begin } of this.#fixtures) begin();
    this.#rules = this.#fixtures.map(({ rule }) => rule);
  }
}

/** A bucket without a region is in the first region for S3 itself, as GetBucketLocation says. */
export function makePlace({ name, region, location, owner }: Bucket): NeededPlace {
  return {
    region: region ?? findCosRegion(location) ?? firstRegion,
    bucket: name,
    account: owner.id,
  };
}

function ruleForAttempts(expected: unknown, options: AttemptRuleOptions): AttemptRule {
  checkIsInput(replicateObject, expected);
  checkAttempt(expected);
  return new AttemptRule(expected, options);
}

function checkIsInput(name: string, input: unknown): void {
  if (input === undefined || isRecord(input)) return;
  throw invalidValue(
    `on('${name}')`,
    'input',
    input,
    "an object such as { Bucket: 'vault' }, an asymmetric matcher, or undefined",
  );
}
