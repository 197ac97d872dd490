import type { FailedError } from '../thrown-errors';
import type { RequestEntry } from './entry';

interface WrittenAssertion {
  /** Weak, since the journal replaces large entries by smaller ones. */
  readonly entries: WeakSet<RequestEntry>;
  /** The requests that decide whether the assertion holds. */
  readonly deciding: WeakSet<RequestEntry>;
  readonly hasElsewhere: boolean;
  readonly isOfAll: boolean;
  /** How many requests the journal had got since the mock was made. */
  readonly came: number;
  readonly holdsFor: HoldsFor | undefined;
}

/** Whether a failed assertion on requests would hold if other requests had come. */
export type HoldsFor = (entries: readonly RequestEntry[]) => boolean;

/** The content of the failed assertions behind the errors of a test. */
export interface Written {
  /** Whether an assertion of the library failed. */
  readonly isOfLibrary: boolean;
  /** Whether such an assertion is about all requests of the mock. */
  readonly isOfAll: boolean;
  /** Whether the text says what went to other hosts. */
  readonly hasElsewhere: boolean;
  /** Whether the text has the request with its reason and its notes. */
  readonly has: (entry: RequestEntry) => boolean;
  /** Whether such an assertion has counted or compared the request. */
  readonly hasDecided: (entry: RequestEntry) => boolean;
  /** How many requests the journal had got since the mock was made, when the last of them failed; undefined if none failed. */
  readonly came: number | undefined;
  /** Whether each of them would hold for other requests. Returns false if one of them cannot be judged again. */
  readonly holdsFor: HoldsFor;
}

/** The number of assertions that are remembered. A test fails with the last ones, and a test that polls makes many. */
const REMEMBERED = 20;

/** Remembers what the text of a failed assertion contains, so that the screen of the test does not say it again. */
export class WrittenAssertions {
  readonly #countRequests: () => number;
  readonly #byText = new Map<string, WrittenAssertion>();
  #entries = new Set<RequestEntry>();
  #deciding: readonly RequestEntry[] = [];
  #hasElsewhere = false;
  #isOfAll = false;

  constructor(countRequests: () => number) {
    this.#countRequests = countRequests;
  }

  noteRequests(entries: Iterable<RequestEntry>): void {
    for (const entry of entries) this.#entries.add(entry);
  }

  noteDeciding(entries: readonly RequestEntry[]): void {
    this.#deciding = entries;
  }

  noteElsewhere(): void {
    this.#hasElsewhere = true;
  }

  noteOfAll(): void {
    this.#isOfAll = true;
  }

  /** Starts a new text: everything that was noted since the last call is in this text. */
  finish(text: string, holdsFor?: HoldsFor): void {
    const known = this.#byText.get(text);
    const { entries = new WeakSet<RequestEntry>(), hasElsewhere = false, isOfAll = false } = known ?? {};
    for (const entry of this.#entries) entries.add(entry);
    this.#byText.delete(text);
    this.#byText.set(text, {
      entries,
      deciding: new WeakSet(this.#deciding),
      hasElsewhere: hasElsewhere || this.#hasElsewhere,
      isOfAll: isOfAll || this.#isOfAll,
      came: this.#countRequests(),
      holdsFor,
    });
    this.#begin();
    const [oldest] = this.#byText.keys();
    if (this.#byText.size > REMEMBERED && oldest !== undefined) this.#byText.delete(oldest);
  }

  clear(): void {
    this.#byText.clear();
    this.#begin();
  }

  #begin(): void {
    this.#entries = new Set();
    this.#deciding = [];
    this.#hasElsewhere = false;
    this.#isOfAll = false;
  }

  /** Finds an assertion by its text, since a runner makes its own error of it that contains nothing else of ours. */
  find(errors: readonly FailedError[]): Written {
    const found = [...this.#byText].flatMap(([text, one]) =>
      // vitest writes the test's own message before the text.
      errors.some(({ message }) => message.endsWith(text)) ? one : [],
    );
    return {
      isOfLibrary: found.length > 0,
      isOfAll: found.some(({ isOfAll }) => isOfAll),
      hasElsewhere: found.some(({ hasElsewhere }) => hasElsewhere),
      has: (entry) => found.some(({ entries }) => entries.has(entry)),
      came: found.at(-1)?.came,
      holdsFor: (entries) => found.length > 0 && found.every(({ holdsFor }) => holdsFor?.(entries) === true),
      hasDecided: (entry) => found.some(({ deciding }) => deciding.has(entry)),
    };
  }
}
