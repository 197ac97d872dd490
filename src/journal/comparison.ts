import type { AssertionError } from 'node:assert';
import { counted, firstLines } from '../text/counts';
import { invalidValue } from '../text/invalid-value';
import { isAsymmetric, isRecord } from '../text/value-kinds';
import { writeBlock } from '../text/values';
import { type ComparedValues, writeDifference } from './difference-text';
import { type Difference, type FindDifferences, makeFinder } from './input-matching';
import { type Columns, type Numbered, type Sliced, writeLast } from './lines';

export interface Expectation<Entry> {
  readonly name: string;
  /** Is undefined if any entry of that name matches. */
  readonly members: unknown;
  readonly isNamed: (entry: Entry) => boolean;
  readonly partOf: (entry: Entry) => object;
  readonly find: FindDifferences;
  readonly isPartial: (entry: Entry) => boolean;
  readonly isUnsure: (entry: Entry, differences: readonly Difference[]) => boolean;
  readonly otherName: (entry: Entry) => Difference;
}

const none: readonly Difference[] = Object.freeze([]);
const anything: FindDifferences = Object.assign(() => none, { count: () => 0 });

export function readMembers(call: string, what: string, members: unknown, example: string): FindDifferences {
  if (members === undefined) return anything;
  if (isAsymmetric(members) || isRecord(members)) return makeFinder(members);
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
  const { count } = expected.find;
  if (count !== undefined && !expected.isPartial(entry)) return count(expected.partOf(entry)) === 0;
  const differences = expected.find(expected.partOf(entry));
  return differences.length === 0 && !(expected.isPartial(entry) && expected.isUnsure(entry, differences));
}

/** The distance of an entry of another name, which nothing can match. */
const OTHER = -1;

/** The differences are found when they are printed: a journal has many requests, and prints few. */
export class Compared<Entry> implements Numbered<Entry> {
  constructor(
    readonly number: number,
    readonly entry: Entry,
    readonly distance: number,
    readonly unsure: boolean,
    private readonly found: readonly Difference[] | undefined,
    private readonly expected: Expectation<Entry>,
  ) {}

  get isNamed(): boolean {
    return this.distance !== OTHER;
  }

  get fits(): boolean {
    return this.distance === 0 && !this.unsure;
  }

  get differences(): readonly Difference[] {
    const { entry, expected } = this;
    return this.found ?? (this.isNamed ? expected.find(expected.partOf(entry)) : [expected.otherName(entry)]);
  }
}

export type Shown<Entry> = Pick<Compared<Entry>, 'number' | 'entry' | 'differences'>;

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

/** Compares the entries of a log with an expectation. It reads each entry once and keeps numbers, since a log can have many entries. */
export abstract class Comparison<Entry> {
  abstract readonly words: LogWords;
  protected abstract readonly columns: Columns<Entry>;
  readonly dropped: number;
  /** The entries that are compared. */
  readonly entries: readonly Entry[];
  /** The indexes of the entries in the log; undefined if the log contains no other entries. */
  readonly #indexesInLog: readonly number[] | undefined;
  /** The distances by the indexes of the entries. */
  readonly #distances: readonly number[];
  /** The answers of the test's own matchers, which are called only once. */
  readonly #found = new Map<number, readonly Difference[]>();
  readonly #unsure = new Set<number>();
  readonly fits: number;
  #all: readonly Compared<Entry>[] | undefined;

  constructor(
    readonly expected: Expectation<Entry>,
    log: Sliced<Entry>,
    isCompared?: (entry: Entry) => boolean,
  ) {
    this.dropped = log.dropped;
    const entries = log.slice();
    this.#indexesInLog = isCompared && entries.flatMap((entry, index) => (isCompared(entry) ? index : []));
    this.entries = this.#indexesInLog?.map((index) => entries[index] as Entry) ?? entries; // each has one there
    this.#distances = this.entries.map((entry, index) => this.#measure(entry, index));
    this.fits = this.#distances.filter((distance, index) => distance === 0 && !this.#unsure.has(index)).length;
  }

  #measure(entry: Entry, index: number): number {
    const { isNamed, find, partOf, isPartial, isUnsure } = this.expected;
    if (!isNamed(entry)) return OTHER;
    const partial = isPartial(entry);
    if (find.count !== undefined && !partial) return find.count(partOf(entry));
    const differences = find(partOf(entry));
    this.#found.set(index, differences);
    if (partial && isUnsure(entry, differences)) this.#unsure.add(index);
    return differences.length;
  }

  /** All comparisons. They are made on demand, since most assertions hold or print only a few entries. */
  get all(): readonly Compared<Entry>[] {
    this.#all ??= this.entries.map((_, index) => this.#compared(index));
    return this.#all;
  }

  #compared(index: number): Compared<Entry> {
    const { dropped, expected, entries } = this;
    const number = dropped + (this.#indexesInLog?.[index] ?? index) + 1;
    const [distance, found] = [this.#distances[index] ?? OTHER, this.#found.get(index)];
    // The entry exists, since `index` is an index of the entries.
    return new Compared(number, entries[index] as Entry, distance, this.#unsure.has(index), found, expected);
  }

  get same(): readonly Compared<Entry>[] {
    return this.all.filter(({ isNamed }) => isNamed);
  }

  #countSame(): number {
    let count = 0;
    for (const distance of this.#distances) if (distance !== OTHER) count += 1;
    return count;
  }

  get fitting(): readonly Compared<Entry>[] {
    return this.fits === 0 ? [] : this.all.filter(({ fits }) => fits);
  }

  /** The entries that lost parts to save memory: what is left of them matches. */
  get unsure(): readonly Compared<Entry>[] {
    return this.#unsure.size === 0 ? [] : this.all.filter(({ unsure }) => unsure);
  }

  get subject(): string {
    const { name, members } = this.expected;
    return members === undefined ? name : `${name} with ${writeBlock(members)}`;
  }

  nearest(): readonly Compared<Entry>[] {
    return this.#countSame() > 0 ? this.#chooseNearest(() => true) : this.related();
  }

  nearestUnfit(): readonly Compared<Entry>[] {
    return this.#chooseNearest((index) => this.#distances[index] !== 0 || this.#unsure.has(index));
  }

  /** Chooses the entries with the fewest differences. Among equal ones the last come first, since they are nearest to the failure. */
  #chooseNearest(isChosen: (index: number) => boolean): readonly Compared<Entry>[] {
    const distances = this.#distances;
    // One loop keeps the nearest entries, without sorting all: a journal can have thousands.
    let nearest: readonly Near[] = [];
    for (let index = distances.length - 1; index >= 0; index -= 1) {
      const distance = distances[index] ?? OTHER;
      const [farthest] = nearest.at(-1) ?? [];
      const isFarther = nearest.length === NEAREST && farthest !== undefined && distance >= farthest;
      if (isFarther || distance === OTHER || !isChosen(index)) continue;
      nearest = [...nearest, [distance, index] as const].toSorted(byNearness).slice(0, NEAREST);
    }
    return nearest.map(([, index]) => this.#compared(index));
  }

  whyNone(): string {
    const { words } = this;
    const [count, same] = [this.entries.length, this.#countSame()];
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
    const { length } = this.entries;
    const isComplete = evidence.length === length;
    const every = length === 1 ? `The one ${columns.noun}` : `All ${counted(length, columns.noun)}`;
    return [
      headline,
      evidence.length === 0 ? '' : writeLast(columns, evidence, (one) => this.#differencesBelow(one)),
      explains && !evidence.some((one) => one instanceof Compared && one.fits) ? this.whyAbsent() : '',
      isComplete ? '' : `${every} ${words.that}:\n${writeLast(columns, this.#listed())}`,
      ...this.remarks(),
    ]
      .filter((part) => part !== '')
      .join('\n\n');
  }

  /** A view of all comparisons that makes only the last ones, which a message prints. */
  #listed(): Pick<readonly Compared<Entry>[], 'length' | 'slice'> {
    const { entries } = this;
    const { length } = entries;
    return {
      length,
      slice: (start) => entries.slice(start).map((_, at, { length: rest }) => this.#compared(length - rest + at)),
    };
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

type Near = readonly [distance: number, index: number];

function byNearness([distance, index]: Near, [other, otherIndex]: Near): number {
  return distance - other || otherIndex - index;
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
