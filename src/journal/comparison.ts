import type { AssertionError } from 'node:assert';
import { counted, firstLines } from '../text/counts';
import { invalidValue } from '../text/invalid-value';
import { isAsymmetric, isRecord } from '../text/value-kinds';
import { writeBlock } from '../text/values';
import { type ComparedValues, writeDifference } from './difference-text';
import { type Difference, findDifferences } from './input-matching';
import { type Columns, type Numbered, numbered, type Sliced, writeLast } from './lines';

export interface Expectation<Entry> {
  readonly name: string;
  /** Is undefined if any entry of that name matches. */
  readonly members: unknown;
  readonly isNamed: (entry: Entry) => boolean;
  readonly partOf: (entry: Entry) => object;
  readonly find: (part: object) => readonly Difference[];
  readonly isPartial: (entry: Entry) => boolean;
  readonly isUnsure: (entry: Entry, differences: readonly Difference[]) => boolean;
  readonly otherName: (entry: Entry) => Difference;
}

const none: readonly Difference[] = Object.freeze([]);

export function readMembers(
  call: string,
  what: string,
  members: unknown,
  example: string,
): Expectation<unknown>['find'] {
  if (members === undefined) return () => none;
  if (isAsymmetric(members) || isRecord(members)) return (actual) => findDifferences(members, actual);
  throw invalidValue(call, what, members, `an object such as ${example}, or an asymmetric matcher`);
}

/** Reads a whole number. `swapped` is the value of the argument that people pass in its place, and `right` the call with both. */
export function readWholeNumber(
  call: string,
  name: 'times' | 'n',
  value: unknown,
  [swapped, right]: readonly [swapped: unknown, right: (number: number) => string],
): number {
  const least = name === 'n' ? 1 : 0;
  const isRight = (given: unknown): given is number => Number.isInteger(given) && Number(given) >= least;
  if (isRight(value)) return value;
  const order = isRight(swapped) ? `; the number comes before that: ${right(swapped)}` : '';
  throw invalidValue(call, name, value, `a whole number from ${least} on${order}`);
}

export function isExpected<Entry>(entry: Entry, expected: Expectation<Entry>): boolean {
  // A matcher is not asked about an entry of another name: its author did not write it for that.
  if (!expected.isNamed(entry)) return false;
  const differences = expected.find(expected.partOf(entry));
  return differences.length === 0 && !(expected.isPartial(entry) && expected.isUnsure(entry, differences));
}

export interface Compared<Entry> extends Numbered<Entry> {
  readonly isNamed: boolean;
  readonly differences: readonly Difference[];
  /** Whether the entry lost parts to save memory, and what is left of it matches. */
  readonly unsure: boolean;
  readonly fits: boolean;
}

export type Shown<Entry> = Pick<Compared<Entry>, 'number' | 'entry' | 'differences'> & Partial<Compared<Entry>>;

export interface Verdict extends Partial<ComparedValues> {
  readonly pass: boolean;
  /** Says why the assertion does not hold, or if it holds, why its negation does not. */
  readonly message: () => string;
  /** The mistake of an assertion whose negation holds whatever happens: it names something that does not exist. */
  readonly mistakeIfNegated?: (() => Error | undefined) | undefined;
}

interface Statement<Entry> {
  readonly headline: () => string;
  readonly evidence: () => readonly Shown<Entry>[];
  readonly values?: () => ComparedValues | undefined;
}

export interface LogWords {
  readonly expected: (not: '' | 'not ') => string;
  readonly came: (what: string) => string;
  readonly that: string;
  readonly nothing: string;
  readonly isOther: string;
  readonly hasName: string;
}

const NEAREST = 3;
const DIFFERENCES = 6;

/** Compares the entries of a log with an expectation, which asks the test's own matchers once about each. */
export abstract class Comparison<Entry> {
  abstract readonly words: LogWords;
  protected abstract readonly columns: Columns<Entry>;
  readonly dropped: number;
  /** The entries that are compared, oldest first. */
  readonly all: readonly Compared<Entry>[];

  constructor(
    readonly expected: Expectation<Entry>,
    log: Sliced<Entry>,
    isCompared: (entry: Entry) => boolean = () => true,
  ) {
    this.dropped = log.dropped;
    this.all = numbered(log)
      .filter(({ entry }) => isCompared(entry))
      .map((one) => this.#compare(one));
  }

  #compare({ number, entry }: Numbered<Entry>): Compared<Entry> {
    const { isNamed, otherName, find, partOf, isPartial, isUnsure } = this.expected;
    if (!isNamed(entry))
      return { number, entry, isNamed: false, differences: [otherName(entry)], unsure: false, fits: false };
    const differences = find(partOf(entry));
    const unsure = isPartial(entry) && isUnsure(entry, differences);
    return { number, entry, isNamed: true, differences, unsure, fits: differences.length === 0 && !unsure };
  }

  get entries(): readonly Entry[] {
    return this.all.map(({ entry }) => entry);
  }

  get same(): readonly Compared<Entry>[] {
    return this.all.filter(({ isNamed }) => isNamed);
  }

  get fitting(): readonly Compared<Entry>[] {
    return this.all.filter(({ fits }) => fits);
  }

  get fits(): number {
    return this.fitting.length;
  }

  get unsure(): readonly Compared<Entry>[] {
    return this.all.filter(({ unsure }) => unsure);
  }

  get subject(): string {
    const { name, members } = this.expected;
    return members === undefined ? name : `${name} with ${writeBlock(members)}`;
  }

  nearest(): readonly Compared<Entry>[] {
    const { same } = this;
    return same.length > 0 ? chooseNearest(same) : this.related();
  }

  nearestUnfit(): readonly Compared<Entry>[] {
    return chooseNearest(this.same.filter(({ fits }) => !fits));
  }

  whyNone(): string {
    const { words } = this;
    const [count, same] = [this.all.length, this.same.length];
    const [{ noun }, { that }] = [this.columns, words];
    if (count === 0) return words.nothing;
    const [only, none] = [`the only ${noun} ${that}`, `${counted(count, noun)} ${that}`];
    const reason = this.whyAll();
    if (reason !== undefined) return `${count === 1 ? only : `all ${none}`} ${reason}`;
    if (same === 0) return count === 1 ? `${only} ${words.isOther}` : `none of the ${none} ${words.hasName}`;
    const { name } = this.expected;
    return same === 1 ? `the one ${name} ${noun} differs` : `none of the ${counted(same, `${name} ${noun}`)} matches`;
  }

  found(): string {
    return this.fits === 0 ? this.whyNone() : this.words.came(counted(this.fits, `matching ${this.columns.noun}`));
  }

  verdict(pass: boolean, { headline, evidence, values }: Statement<Entry>): Verdict {
    const message = () => this.message(headline(), evidence(), !pass);
    if (pass) return { pass, message };
    const mistakeIfNegated = () => this.mistakeIfNegated();
    if (!this.hasValues) return { pass, message, mistakeIfNegated };
    // The values are made when one of them is read: most verdicts never need them, and the MD5 of long bytes takes time.
    let made: ComparedValues | undefined;
    const valuesOnce = () => {
      made ??= values?.() ?? this.values(evidence()[0]?.entry);
      return made;
    };
    return {
      pass,
      message,
      mistakeIfNegated,
      get expected() {
        return valuesOnce().expected;
      },
      get actual() {
        return valuesOnce().actual;
      },
    };
  }

  message(headline: string, evidence: readonly Shown<Entry>[], explains = true): string {
    const { columns, words } = this;
    const { length } = this.all;
    const isComplete = evidence.length === length;
    const every = length === 1 ? `The one ${columns.noun}` : `All ${counted(length, columns.noun)}`;
    return [
      headline,
      evidence.length === 0 ? '' : writeLast(columns, evidence, (one) => this.#differencesBelow(one)),
      explains && !evidence.some(({ fits }) => fits) ? this.whyAbsent() : '',
      isComplete ? '' : `${every} ${words.that}:\n${writeLast(columns, this.all)}`,
      ...this.remarks(),
    ]
      .filter((part) => part !== '')
      .join('\n\n');
  }

  #differencesBelow({ differences, entry }: Shown<Entry>): readonly string[] {
    // A batch can differ in a thousand entries, each of which is compared with all that were sent.
    return firstLines(differences, DIFFERENCES, 'difference').map(
      (one) => `- ${typeof one === 'string' ? one : this.writeDifference(one, entry)}`,
    );
  }

  /** If the log dropped the entries that decide, neither the assertion nor its negation is known to hold. */
  checkAllIsKnown(): void {
    if (this.dropped > 0 || this.unsure.length > 0) throw this.undecidable(this.unsure);
  }

  /** No entry matches, and none could. */
  mistakeIfNegated(): Error | undefined {
    return undefined;
  }

  abstract undecidable(unsure: readonly Compared<Entry>[]): Error;

  protected readonly hasValues: boolean = false;

  protected values(_nearest: Entry | undefined): ComparedValues {
    return { expected: undefined, actual: undefined };
  }

  protected writeDifference(difference: Difference, _entry: Entry): string {
    return writeDifference(difference, this.columns.noun);
  }

  protected related(): readonly Compared<Entry>[] {
    return [];
  }

  /** Returns a reason that applies to all entries, such as their host. */
  protected whyAll(): string | undefined {
    return undefined;
  }

  protected whyAbsent(): string {
    return '';
  }

  protected remarks(): readonly string[] {
    return [];
  }
}

/** The entries with the fewest differences. Among equal ones the last come first, since they are nearest to the failure. */
function chooseNearest<Entry>(compared: readonly Compared<Entry>[]): readonly Compared<Entry>[] {
  const byNearness = (one: Compared<Entry>, other: Compared<Entry>) =>
    one.differences.length - other.differences.length || other.number - one.number;
  return compared.toSorted(byNearness).slice(0, NEAREST);
}

export function judgePresence<Entry>(comparison: Comparison<Entry>): Verdict {
  const { fits, words, subject } = comparison;
  if (fits === 0) comparison.checkAllIsKnown();
  return comparison.verdict(fits > 0, {
    headline: () => `${words.expected(fits > 0 ? 'not ' : '')} ${subject}, but ${comparison.found()}.`,
    evidence: () => (fits > 0 ? comparison.fitting : comparison.nearest()),
  });
}

export function judgeCount<Entry>(comparison: Comparison<Entry>, times: number): Verdict {
  comparison.checkAllIsKnown();
  const { fits, words, subject } = comparison;
  const pass = fits === times;
  if (times === 0 && pass) checkNegation({ mistakeIfNegated: () => comparison.mistakeIfNegated() });
  const [how, but] = pass
    ? [`any number of times except ${times}`, () => words.came('that many')]
    : [counted(times, 'time'), () => comparison.found()];
  return comparison.verdict(pass, {
    headline: () => `${words.expected('')} ${subject} ${how}, but ${but()}.`,
    evidence: () => (fits < times ? comparison.nearestUnfit() : comparison.fitting),
    values: () => ({ expected: times, actual: fits }),
  });
}

export function checkVerdict(verdict: Verdict, from: (...call: never) => unknown, not = false): void {
  if (verdict.pass !== not) {
    if (not) checkNegation(verdict);
    return;
  }
  const { message, expected, actual } = verdict;
  const stackStartFn = from as (...call: never) => void; // its result does not matter
  throw makeAssertionError({ message: message(), expected, actual, stackStartFn });
}

/** Throws if the negation holds only because the named thing does not exist. */
export function checkNegation({ mistakeIfNegated }: Pick<Verdict, 'mistakeIfNegated'>): void {
  const mistake = mistakeIfNegated?.();
  if (mistake !== undefined) throw mistake;
}

/** node:assert is loaded with the first failure, since most tests have none. */
export function makeAssertionError(options: ConstructorParameters<typeof AssertionError>[0]): AssertionError {
  const { AssertionError: Made } = require('node:assert') as typeof import('node:assert');
  return new Made(options);
}
