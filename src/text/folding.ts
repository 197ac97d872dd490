/** A text with each escape read, however often it was escaped, as bytes in UTF-8 of a code each. */
export interface FoldedText {
  readonly text: string;
  /** Where each code begins in the text that was folded. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const PERCENT = 0x25;
const AMPERSAND = 0x26;
const PLUS = 0x2b;
const SEMICOLON = 0x3b;
const BACKSLASH = 0x5c;
const BRACE = 0x7b;
const BLANK = 0x20;
/** The longest is `\u{10ffff}`. */
const LONGEST = 10;

const entities = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }));
const escaped = new Map(Object.entries({ n: ' ', r: ' ', t: ' ', f: ' ', v: ' ', b: '\b', 0: '\0' }));

/**
 * Two texts that are the same value in different escapes fold to the same text: percent-encoded, of JSON, of JavaScript, of XML, or with a
 * `+` for a blank, and several of them within each other. Line breaks and several blanks are one blank, as in a header that was folded.
 */
export function foldText(text: string): FoldedText {
  const folding = new Folding();
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) ?? 0;
    const end = at + (code > 0xffff ? 2 : 1);
    folding.push(code, at, end);
    at = end;
  }
  return folding.read();
}

/**
 * Each code that comes can end an escape, and the character of the escape can end another. Each of them makes the codes fewer, so that all
 * take a time that grows with the text.
 */
class Folding {
  readonly #codes: number[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  push(code: number, start: number, end: number): void {
    if (code > 0x7f) {
      this.#addBytes(code, start, end);
      return;
    }
    // Not by calls of itself, since the escapes may be nested deeper than the call stack allows.
    let [last, from]: [number | undefined, number] = [code, start];
    while (last !== undefined) {
      this.#add(last, from, end);
      const length = this.#escapeLength(last);
      if (length === 0) return;
      const first = this.#codes.length - length;
      const value = readEscape(Buffer.from(this.#codes.slice(first)).toString('latin1'));
      if (value === undefined) return;
      from = this.starts[first] ?? 0;
      for (const list of [this.#codes, this.starts, this.ends]) list.length = first;
      last = value.code > 0x7f ? this.#addLarge(value, from, end) : value.code;
    }
  }

  #add(code: number, start: number, end: number): void {
    if (isBlank(code) && this.#codes.at(-1) === BLANK) {
      this.ends[this.ends.length - 1] = end;
      return;
    }
    this.#codes.push(isBlank(code) ? BLANK : code);
    this.starts.push(start);
    this.ends.push(end);
  }

  #addLarge({ code, isByte }: Escape, start: number, end: number): undefined {
    if (isByte) this.#add(code, start, end);
    else this.#addBytes(code, start, end);
  }

  #addBytes(code: number, start: number, end: number): void {
    for (const byte of Buffer.from(String.fromCodePoint(code))) this.#add(byte, start, end);
  }

  /** How many of the last codes are an escape; 0 if none ends here. */
  #escapeLength(code: number): number {
    const codes = this.#codes;
    if (isHex(code)) {
      if (codes.at(-3) === PERCENT && isHex(codes.at(-2))) return 3;
      if (codes.at(-4) === BACKSLASH && codes.at(-3) === 0x78 && isHex(codes.at(-2))) return 4;
      if (codes.at(-6) === BACKSLASH && codes.at(-5) === 0x75 && codes.slice(-4).every(isHex)) return 6;
    }
    if (code === SEMICOLON) return this.#lengthFrom(AMPERSAND);
    if (code === 0x7d) return this.#lengthFrom(BRACE) === 0 ? 0 : this.#lengthFrom(BACKSLASH);
    if (codes.at(-2) !== BACKSLASH) return 0;
    return code === BACKSLASH || escaped.has(String.fromCharCode(code)) || isPunctuation(code) ? 2 : 0;
  }

  #lengthFrom(first: number): number {
    for (let length = 2; length <= LONGEST && length <= this.#codes.length; length += 1)
      if (this.#codes.at(-length) === first) return length;
    return 0;
  }

  /** Reads the text without backslashes: nobody knows how many of them stand for one. */
  read(): FoldedText {
    const [codes, starts, ends]: [number[], number[], number[]] = [[], [], []];
    for (const [place, code] of this.#codes.entries()) {
      if (code === BACKSLASH) continue;
      codes.push(code);
      starts.push(this.starts[place] ?? 0);
      ends.push(this.ends[place] ?? 0);
    }
    return { text: Buffer.from(codes).toString('latin1'), starts, ends };
  }
}

interface Escape {
  readonly code: number;
  /** Percent-encoding has bytes, and all others have characters. */
  readonly isByte: boolean;
}

const forms = /^(?:%(..)|(?:\\[xu]|&#[xX]|\\u\{)([0-9a-fA-F]+)[;}]?|&#(\d+);|&(\w+);|\\(.))$/s;

function readEscape(text: string): Escape | undefined {
  const [, percent, hex, decimal, entity, simple] = forms.exec(text) ?? [];
  const digits = percent ?? hex;
  const code =
    digits !== undefined
      ? Number.parseInt(digits, 16)
      : decimal !== undefined
        ? Number(decimal)
        : entity !== undefined
          ? entities.get(entity)?.charCodeAt(0)
          : (escaped.get(simple ?? '') ?? simple)?.charCodeAt(0);
  return code === undefined || code > 0x10ffff ? undefined : { code, isByte: percent !== undefined };
}

function isHex(code: number | undefined): boolean {
  if (code === undefined) return false;
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
}

function isBlank(code: number): boolean {
  return code === BLANK || code === PLUS || (code >= 0x09 && code <= 0x0d);
}

function isPunctuation(code: number): boolean {
  return code === 0x22 || code === 0x27 || code === 0x2f || code === 0x60;
}
