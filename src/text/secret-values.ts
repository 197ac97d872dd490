import { foldText } from './folding';
import { printableEntries } from './secrets';
import { isAsymmetric, isRecord } from './value-kinds';

/** Sentences shorten long values, at any end, so that a part of a secret is one as well. A longer secret has no part of fewer characters that is known. */
const PART = 12;
/** A shorter value may be an ordinary word, and is a secret only where something quotes it. */
const WORD = 8;
/** A shorter value is hidden by its name alone: each of its characters is in any text. */
const SHORTEST = 4;
/** The parts of a longer value beyond this length are known only behind the parts before. */
const INDEXED = 4096;

const shortened = /…|'?\.\.\./g;

interface Range {
  readonly start: number;
  readonly end: number;
  readonly word: string;
}

type EntriesOf = (members: object) => readonly (readonly [name: string, value: unknown])[];

const none: ReadonlyMap<string, string> = new Map();

/** What a request carried as secrets, by value: whatever text quotes one, and in whatever escapes, has a word in its place. */
export class SecretValues {
  /** Most requests carry none, and a journal asks each of its entries. */
  #words: ReadonlyMap<string, string> = none;
  #index: SecretIndex | undefined;

  get isEmpty(): boolean {
    return this.#words.size === 0;
  }

  add(value: string, word: string): void {
    if (value.length < SHORTEST || this.#words.has(value)) return;
    this.#own().set(value, word);
    this.#index = undefined;
  }

  #own(): Map<string, string> {
    const words = this.#words === none ? new Map<string, string>() : (this.#words as Map<string, string>); // made here
    this.#words = words;
    return words;
  }

  addAll(others: SecretValues): void {
    for (const [value, word] of others.#words) this.add(value, word);
  }

  /** Omits the values that are not longer than a word: what a request is about is public, even if a secret happens to be the same. */
  omitWords(names: readonly (string | undefined)[]): void {
    if (this.isEmpty) return;
    for (const name of names) if (name !== undefined && name.length < WORD) this.#own().delete(name);
    this.#index = undefined;
  }

  hide(text: string): string {
    if (this.#words.size === 0 || text.length < SHORTEST) return text;
    this.#index ??= new SecretIndex(this.#words);
    const { text: folded, starts, ends } = foldText(text);
    const ofFolded = this.#index.findIn(folded).map(({ start, end, word }) => ({
      start: starts[start] ?? 0,
      end: ends[end - 1] ?? text.length,
      word,
    }));
    return replaceRanges(text, folded === text ? ofFolded : [...this.#index.findIn(text), ...ofFolded]);
  }

  isSame(other: SecretValues): boolean {
    if (this.#words === other.#words) return true;
    if (this.#words.size !== other.#words.size) return false;
    for (const value of other.#words.keys()) if (!this.#words.has(value)) return false;
    return true;
  }

  /** Returns a copy for printing. In a value that a test compares with, only known secrets are hidden, and nothing for its name: it may be the mistake. */
  hideIn(value: unknown, entriesOf: EntriesOf = printableEntries): unknown {
    if (typeof value === 'string') return this.hide(value);
    if (Array.isArray(value)) return value.map((item) => this.hideIn(item, entriesOf));
    return isRecord(value) && !isAsymmetric(value) ? this.hideMembers(value, entriesOf) : value;
  }

  hideMembers(members: object, entriesOf: EntriesOf = printableEntries): object {
    const entries = entriesOf(members);
    return Object.fromEntries(entries.map(([name, member]) => [this.hide(name), this.hideIn(member, entriesOf)]));
  }
}

function replaceRanges(text: string, ranges: readonly Range[]): string {
  if (ranges.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  let last = 0;
  for (const { start, end, word } of ranges.toSorted((one, other) => one.start - other.start)) {
    // A part of a value is behind the one before.
    if (start > last || last === 0) parts.push(text.slice(at, start), word);
    last = Math.max(last, end);
    at = last;
  }
  return [...parts, text.slice(at)].join('');
}

/** The parts of all secrets by their length, so that a text is searched for all of them in one walk. */
class SecretIndex {
  readonly #parts = new Map<number, Map<string, string>>();
  /** Behind the last part of a long value. */
  readonly #rests = new Map<string, string>();
  readonly #beginnings = new Map<string, string>();
  readonly #endings = new Map<string, string>();
  /** Whether a part begins so: most places of a text are left after a look at it. */
  readonly #firsts = new Uint8Array(0x10000);

  constructor(words: ReadonlyMap<string, string>) {
    for (const [value, word] of words) {
      const { text } = foldText(value);
      this.#addValue(value, word);
      if (text !== value) this.#addValue(text, word);
    }
  }

  #addValue(value: string, word: string): void {
    const length = Math.min(PART, value.length);
    if (length < SHORTEST) return;
    const parts = this.#parts.get(length) ?? new Map<string, string>();
    this.#parts.set(length, parts);
    const last = Math.min(value.length, INDEXED) - length;
    for (let at = 0; at <= last; at += 1) {
      parts.set(value.slice(at, at + length), word);
      this.#firsts[beginningAt(value, at)] = 1;
    }
    if (value.length > INDEXED) this.#rests.set(value.slice(last, last + length), value.slice(last + length));
    if (value.length < WORD) return;
    for (let size = SHORTEST; size < length; size += 1) {
      this.#beginnings.set(value.slice(0, size), word);
      this.#endings.set(value.slice(-size), word);
    }
  }

  findIn(text: string): readonly Range[] {
    return [
      ...[...this.#parts].flatMap(([length, parts]) => this.#findParts(text, length, parts)),
      ...this.#findCut(text),
    ];
  }

  #findParts(text: string, length: number, parts: ReadonlyMap<string, string>): readonly Range[] {
    const found: Range[] = [];
    for (let at = 0; at + length <= text.length; at += 1) {
      if (this.#firsts[beginningAt(text, at)] === 0) continue;
      const part = text.slice(at, at + length);
      const word = parts.get(part);
      if (word === undefined || (length < WORD && !isQuoted(text, at, at + length))) continue;
      const end = at + length + this.#lengthOfRest(text, at + length, part);
      const before = found.at(-1);
      if (before !== undefined && before.end >= at)
        found[found.length - 1] = { ...before, end: Math.max(before.end, end) };
      else found.push({ start: at, end, word });
      // What is behind it was looked at.
      if (end > at + length) at = end - length;
    }
    return found;
  }

  #lengthOfRest(text: string, from: number, part: string): number {
    const rest = this.#rests.get(part);
    let length = 0;
    while (rest !== undefined && length < rest.length && rest[length] === text[from + length]) length += 1;
    return length;
  }

  /** Where a text was shortened, fewer characters of a value are left. */
  #findCut(text: string): readonly Range[] {
    return [...text.matchAll(shortened)].flatMap(({ index, 0: { length } }) => {
      const found: Range[] = [];
      for (let size = SHORTEST; size < PART; size += 1) {
        const before = this.#beginnings.get(text.slice(Math.max(0, index - size), index));
        const behind = this.#endings.get(text.slice(index + length, index + length + size));
        if (before !== undefined) found.push({ start: index - size, end: index, word: before });
        if (behind !== undefined) found.push({ start: index + length, end: index + length + size, word: behind });
      }
      return found;
    });
  }
}

function beginningAt(text: string, at: number): number {
  return ((text.charCodeAt(at) << 10) ^ (text.charCodeAt(at + 1) << 5) ^ text.charCodeAt(at + 2)) & 0xffff;
}

const quotes = /['"`<>=&;]/;

/** Or the value of a parameter, or a whole text. */
function isQuoted(text: string, start: number, end: number): boolean {
  const [before, behind] = [text[start - 1], text[end]];
  return (before === undefined || quotes.test(before)) && (behind === undefined || quotes.test(behind));
}
