import type { ExpectedEntry } from '../../journal/batch';
import type { OperationName } from '../../journal/entry';
import { fits } from '../../journal/input-matching';
import type { FailureCode, GivenError, StsFailureCode } from '../../refusals';
import { call } from '../../text/calls';
import { closeClass } from '../../text/closed-members';
import { refuseFurtherArguments, type TakenArguments } from '../../text/extra-arguments';
import { invalidValue } from '../../text/invalid-value';
import { makeMistake } from '../../text/mistakes';
import { clause, say } from '../../text/reason';
import type { FailureRule } from './failure-rule';
import { habitsOfRequests } from './habits';
import { type AskedRequest, hiddenOfRules, RequestRule, type SteppedRuleOptions, writeLabel } from './stepped-rule';
import {
  aMinute,
  type DisconnectOptions,
  type EntryFailure,
  type FailEntriesOptions,
  type FailOptions,
  type Failure,
  type FailureReply,
  type FailureTimes,
  type KnownCodes,
  readError,
  readFail,
  readFailEntries,
  readReply,
  readStep,
  type Step,
} from './steps';
import { askGiven } from './thrown-by-test';

export interface RuleOptions extends SteppedRuleOptions {
  readonly failuresOf: (operation: OperationName | '*') => KnownCodes;
  readonly hasCode: (service: AskedRequest['service'], code: string) => boolean;
  readonly batches: () => readonly OperationName[];
  readonly failingIn200: () => readonly OperationName[];
  readonly hasBody: (operation: OperationName) => boolean;
  readonly checkEntry: (operation: OperationName, entry: unknown) => void;
}

/** Counts its request once. */
export type FailEntry = (
  entry: object,
) => { readonly error: string | GivenError; readonly rule: string; readonly endless?: string | undefined } | undefined;

export class Rule extends RequestRule<OperationName | '*'> implements FailureRule<FailureCode | StsFailureCode> {
  readonly #options: RuleOptions;

  static {
    closeClass(Rule.prototype, {
      label: writeLabel,
      cures: habitsOfRequests,
      hidden: [...hiddenOfRules, 'requestIds', 'take', 'takeEntries'],
    });
    const options: TakenArguments = [1, () => 'options alone, such as { times: 1 } with those of the step'];
    refuseFurtherArguments(Rule.prototype, writeLabel, {
      fail: [2, () => 'an error and options, such as { times: 1 }'],
      failEntries: [3, () => 'entries, an error and options, such as { times: 1 }'],
      ...{ delay: options, disconnect: options, corrupt: options, stall: options },
      reply: [2, () => 'a reply and options, such as { times: 1 }'],
    });
  }

  constructor(operation: OperationName | '*', input: unknown, options: RuleOptions) {
    super(operation, input, options);
    this.#options = options;
  }

  /** Returns the rule as it stands, for other rules. */
  copy(options: RuleOptions): Rule {
    return new Rule(this.operation, this.input, options).copyFrom(this);
  }

  fail(error: FailureCode | StsFailureCode | GivenError, options?: FailOptions): this {
    return this.add(() => {
      const step = readFail(readError('fail', error, this.#options.failuresOf(this.operation)), options);
      if (options?.status !== undefined) this.#checkMayFailIn200();
      return step;
    });
  }

  failEntries(
    entries: ExpectedEntry | readonly ExpectedEntry[],
    error: FailureCode | StsFailureCode | GivenError,
    options?: FailEntriesOptions,
  ): this {
    const { checkEntry, failuresOf } = this.#options;
    return this.add(() => {
      const operation = this.#findIn(this.#options.batches());
      if (operation === undefined) {
        const batches = this.#options.batches().join(', ');
        throw invalidValue('failEntries', 'operation', this.operation, `one with entries: ${batches}`);
      }
      const step = readFailEntries(entries, readError('failEntries', error, failuresOf(operation)), options);
      checkEntry(operation, entries);
      return step;
    });
  }

  delay(options: { readonly milliseconds: number } & FailureTimes): this {
    return this.add(() => readStep('delay', options));
  }

  disconnect(options: DisconnectOptions): this {
    return this.add(() => {
      const step = readStep('disconnect', options);
      const { when, after } = options;
      if (after === undefined) return step;
      if (when !== 'during') throw invalidValue('disconnect', 'after', after, "undefined: it needs { when: 'during' }");
      if (this.#mayHaveBody()) return step;
      const lost = call('disconnect(disconnect)', { disconnect: { when: 'after' } });
      throw makeMistake(
        say`on('${this.operation}').disconnect: an answer of ${this.operation} has no body that could be cut.${clause` ${lost} loses the whole answer.`}`,
      );
    });
  }

  corrupt(options: { readonly how: 'truncate' | 'alter' } & FailureTimes): this {
    return this.add(() => readStep('corrupt', options));
  }

  stall(options: { readonly after?: number | undefined } & FailureTimes = {}): this {
    const { operation } = this;
    return this.add(() => {
      if (this.#mayHaveBody()) return readStep('stall', options);
      throw makeMistake(
        say`on('${operation}').stall: an answer of ${operation} has no body that could stall.${clause` ${aMinute} makes its client wait.`}`,
      );
    });
  }

  reply(reply: FailureReply, options?: FailureTimes): this {
    return this.add(() => readReply(reply, options));
  }

  take(asked: AskedRequest): Failure | undefined {
    const step = this.present;
    // A step about entries concerns a request only if one of them matches.
    if (step !== undefined && isOfEntries(step)) return undefined;
    if (!this.#concerns(asked) || !this.#isKnown(step, asked)) return undefined;
    this.meet();
    if (step === undefined || !this.strikes(step)) return undefined;
    this.count(step);
    return { ...(step.failure as Failure), endless: this.endless }; // isOfEntries took the others
  }

  takeEntries(asked: AskedRequest, onAffected: (rule: Rule) => void): FailEntry | undefined {
    const step = this.present;
    if (step === undefined || !isOfEntries(step) || !this.#concerns(asked)) return undefined;
    // Even if no entry fails, the request has not got the next step.
    this.#options.onTouch(false);
    const { entries, error } = step.failure;
    const expected = Array.isArray(entries) ? entries : [entries];
    let isCounted = false;
    return (entry) => {
      // A request that waited may find the step used up, or the rule removed.
      const isPresent = isCounted || this.present === step;
      if (!isPresent || this.isOver || !expected.some((one) => askGiven(this.label, () => fits(one, entry))))
        return undefined;
      this.meet();
      if (!this.strikes(step)) return undefined;
      if (!isCounted) {
        this.count(step);
        onAffected(this);
      }
      isCounted = true;
      return { error, rule: this.text, endless: this.endless };
    };
  }

  #checkMayFailIn200(): void {
    const operations = this.#options.failingIn200();
    if (this.#findIn(operations) !== undefined) return;
    const expected = `undefined: an error may come inside of a 200 of ${operations.join(', ')} alone`;
    throw invalidValue(`on('${this.operation}').fail`, 'status', 200, expected);
  }

  #mayHaveBody(): boolean {
    return this.operation === '*' || this.#options.hasBody(this.operation);
  }

  #findIn(operations: readonly OperationName[]): OperationName | undefined {
    return operations.find((one) => one === this.operation);
  }

  #concerns({ operation, input }: AskedRequest): boolean {
    if (this.operation !== '*' && operation !== this.operation) return false;
    return this.input === undefined || askGiven(this.label, () => fits(this.input, input));
  }

  /** A rule for all operations leaves alone the service that does not have its code. */
  #isKnown(step: Step | undefined, { service }: AskedRequest): boolean {
    if (this.operation !== '*' || step?.failure.kind !== 'fail' || typeof step.failure.error !== 'string') return true;
    return this.#options.hasCode(service, step.failure.error);
  }
}

function isOfEntries(step: Step): step is Step<EntryFailure> {
  return step.failure.kind === 'failEntries';
}
