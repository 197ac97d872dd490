import { inspect } from 'node:util';
import type { OperationName, RequestEntry, ServiceName } from '../../journal/entry';
import type { RequestReader } from '../../journal/journal';
import { makeMockError } from '../../s3-mock-error';
import { makeBinder } from '../../text/bound-methods';
import { call } from '../../text/calls';
import { closeMembers } from '../../text/closed-members';
import { counted } from '../../text/counts';
import { makeMistake } from '../../text/mistakes';
import { clause, say } from '../../text/reason';
import { writeGiven } from '../../text/values';
import { type EntryFailure, type Failure, isOption, type Step } from './steps';

export interface AskedRequest {
  readonly service: ServiceName;
  readonly operation: OperationName | undefined;
  readonly input: object;
  /** The place that it calls, and the source of a copy. */
  readonly places: () => readonly NeededPlace[];
}

export interface NeededPlace {
  /** Is undefined for IBM Cloud's tokens: one service issues them for all regions. */
  readonly region: string | undefined;
  readonly bucket: string | undefined;
  /** The id of the bucket's owner; without a bucket, of the caller. */
  readonly account: string | undefined;
}

export interface SteppedRuleOptions {
  /** Returns a number from 0 up to 1. */
  readonly draw: () => number;
  readonly remove: (rule: SteppedRule) => void;
  /** A request, or an attempt, met the rule before it had a step. */
  readonly onWithoutStep: (rule: SteppedRule) => void;
  /** What a request gets depends on the steps that other requests have used up, or changes what others get. */
  readonly onTouch: (isWrite: boolean) => void;
}

/** No message suggests them. */
export const hiddenOfRules = [
  ...(['wasMet', 'isInForce', 'text', 'label', 'operation', 'input', 'noun', 'present', 'isOver', 'endless'] as const),
  ...(['hasStep', 'fixture', 'keep', 'finish', 'add', 'meet', 'strikes', 'count', 'note', 'removeBy'] as const),
  ...(['copy', 'copyFrom'] as const),
];

export abstract class SteppedRule<
  Name extends string = string,
  Kind extends Failure | EntryFailure = Failure | EntryFailure,
> {
  readonly operation: Name;
  readonly input: unknown;
  readonly #options: SteppedRuleOptions;
  #steps: readonly Step<Kind>[] = [];
  #isBegun = false;
  #at = 0;
  #taken = 0;
  #used = 0;
  #wasMet = false;
  #end: string | undefined;
  /** The rule that this rule is a copy of, in another world. */
  #original: Pick<SteppedRule, 'meet'> | undefined;
  static readonly #bind = makeBinder<SteppedRule>(SteppedRule.prototype, { ofHooks: ['remove'], only: ['remove'] });

  constructor(operation: Name, input: unknown, options: SteppedRuleOptions) {
    this.operation = operation;
    this.input = input;
    this.#options = options;
    closeMembers(this);
    SteppedRule.#bind(this);
  }

  abstract get noun(): 'request' | 'attempt';

  get used(): number {
    return this.#used;
  }

  get wasMet(): boolean {
    return this.#wasMet;
  }

  get present(): Step<Kind> | undefined {
    return this.#steps[this.#at];
  }

  /** Whether the test has named a step, even if its arguments were wrong and the call threw. */
  get hasStep(): boolean {
    return this.#isBegun;
  }

  get isInForce(): boolean {
    return this.present !== undefined;
  }

  get isOver(): boolean {
    return this.#end !== undefined;
  }

  remove(): void {
    this.removeBy('remove()');
  }

  protected removeBy(call: string): void {
    if (this.isOver) return;
    this.finish(`by its ${call}`);
    this.#options.remove(this);
  }

  get label(): string {
    return `s3.on('${this.operation}')`;
  }

  get text(): string {
    return writeRule(this.operation, this.input, this.#steps);
  }

  toString(): string {
    const removed = this.#end === undefined ? '' : `; removed ${this.#end}`;
    return `${this.text}: used for ${counted(this.#used, this.noun)}${removed}`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  /**
   * Notes that a request met the rule. If its steps were forgotten, the rule stays among the unused rules. A rule that is met in a world
   * is not unused outside either.
   */
  meet(): void {
    this.#options.onTouch(true);
    if (!this.hasStep) {
      this.#options.onWithoutStep(this);
      return;
    }
    this.#wasMet = true;
    this.#original?.meet();
  }

  /** The rule as the test wrote it, if it has one step, for all requests. */
  get endless(): string | undefined {
    const [step, ...others] = this.#steps;
    const isEndless = step?.times === Number.POSITIVE_INFINITY && step.probability === 1 && others.length === 0;
    return isEndless ? `s3.${this.text}` : undefined;
  }

  strikes({ probability }: Step<Kind>): boolean {
    return probability === 1 || this.#options.draw() < probability;
  }

  count({ times }: Step<Kind>): void {
    this.#taken += 1;
    this.#used += 1;
    if (this.#taken >= times) {
      this.#at += 1;
      this.#taken = 0;
    }
  }

  /** Goes on where another rule of the same kind stands. */
  copyFrom(original: SteppedRule<Name, Kind>): this {
    this.#original = original;
    this.#steps = original.#steps;
    this.#isBegun = original.#isBegun;
    this.#at = original.#at;
    this.#taken = original.#taken;
    this.#used = original.#used;
    this.#wasMet = original.#wasMet;
    return this;
  }

  fixture(): () => void {
    const steps = this.#steps;
    return () => {
      this.#steps = steps;
      this.#at = 0;
      this.#taken = 0;
      this.#used = 0;
      this.#wasMet = false;
      this.#end = undefined;
    };
  }

  /** Returns a function that makes the rule again what it is now. */
  keep(): () => void {
    const [steps, at, taken, used, wasMet, end] = [
      this.#steps,
      this.#at,
      this.#taken,
      this.#used,
      this.#wasMet,
      this.#end,
    ];
    return () => {
      this.#steps = steps;
      this.#at = at;
      this.#taken = taken;
      this.#used = used;
      this.#wasMet = wasMet;
      this.#end = end;
    };
  }

  finish(reason: string): void {
    this.#end = reason;
  }

  add(readStep: () => Step<Kind>): this {
    this.#isBegun = true;
    const step = readStep();
    if (this.#end !== undefined) {
      throw makeMockError(
        'RULE_GONE',
        say`this rule for ${this.operation} was removed ${this.#end}.${clause` Create another with ${call('s3.on(operation, input)', { operation: this.operation })}.`}`,
      );
    }
    const last = this.#steps.at(-1);
    if (last?.times === Number.POSITIVE_INFINITY) {
      throw makeMistake(
        `on('${this.operation}'): ${step.failure.kind} follows ${last.failure.kind}, which applies to all ${this.noun}s. Give the earlier step { times }.`,
      );
    }
    this.#steps = [...this.#steps, step];
    return this;
  }
}

export abstract class RequestRule<
  Name extends string = string,
  Kind extends Failure | EntryFailure = Failure | EntryFailure,
> extends SteppedRule<Name, Kind> {
  #affected: RequestReader[] = [];

  get noun(): 'request' {
    return 'request';
  }

  get requests(): readonly RequestEntry[] {
    return this.#affected.flatMap(({ read }) => read() ?? []);
  }

  /** No `clear()` gives the numbers again. */
  get requestIds(): readonly number[] {
    return this.#affected.map(({ id }) => id);
  }

  note(request: RequestReader): void {
    // The journal drops the oldest first.
    while (this.#affected[0] !== undefined && this.#affected[0].read() === undefined) this.#affected.shift();
    this.#affected.push(request);
  }

  override fixture(): () => void {
    const begin = super.fixture();
    return () => {
      begin();
      this.#affected = [];
    };
  }
}

export function writeLabel({ label }: { readonly label: string }): string {
  return label;
}

function writeRule(operation: string, input: unknown, steps: readonly Step[]): string {
  const given = [operation, ...(input === undefined ? [] : [input])].map(writeGiven).join(', ');
  return `on(${given})${steps.map(writeStep).join('')}`;
}

function writeStep({ failure, times, probability }: Step): string {
  const options = {
    ...Object.fromEntries(
      Object.entries(failure).filter(([name, value]) => isOption(failure, name) && value !== undefined),
    ),
    ...(times !== Number.POSITIVE_INFINITY && { times }),
    ...(probability < 1 && { probability }),
  };
  const parts = [...listArguments(failure), ...(Object.keys(options).length > 0 ? [options] : [])];
  return `.${failure.kind}(${parts.map(writeGiven).join(', ')})`;
}

function listArguments(failure: Failure | EntryFailure): readonly unknown[] {
  switch (failure.kind) {
    case 'fail':
      return [failure.error];
    case 'failEntries':
      return [failure.entries, failure.error];
    case 'reply': {
      const { status, headers, body } = failure.reply;
      return [
        { status, ...(headers.length > 0 && { headers: Object.fromEntries(headers) }), ...(body !== '' && { body }) },
      ];
    }
    default:
      return [];
  }
}
