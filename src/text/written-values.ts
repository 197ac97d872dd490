/** A value that a sentence writes as JavaScript does; undefined if it only names one, such as `handler`, or leaves it out by `…`. */
export type WrittenValue = string | number | boolean | null | undefined | readonly WrittenValue[] | WrittenObject;
export type WrittenObject = { readonly [name: string]: WrittenValue };

export interface Cursor {
  readonly text: string;
  at: number;
}

/** The depth beyond which nothing is read: sentences quote what was sent. */
const DEEPEST = 16;

const blanks = /\s*/y;
const number = /-?\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?/iy;
const word = /[A-Za-z_$][\w$]*/y;
const memberOfName = /\.[A-Za-z_$][\w$]*/y;
const omission = /…|\.\.\./y;

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const words: ReadonlyMap<string, WrittenValue> = new Map<string, WrittenValue>([
  ['true', true],
  ['false', false],
  ['null', null],
  // What removes a member in JavaScript is null in JSON, which has no other word.
  ['undefined', null],
]);

/** Leaves the cursor behind the closing parenthesis, or unmoved if there is none. The name of a value is undefined, and so is a list that cannot be read. */
export function readArguments(cursor: Cursor): readonly WrittenValue[] | undefined {
  const start = cursor.at;
  const values = readItems(cursor, '(', ')', 0);
  if (values !== undefined) return values;
  cursor.at = start;
  const end = findClosing(cursor.text, start);
  if (end === undefined) return undefined;
  cursor.at = end;
  return [undefined];
}

/** Reads one value, as on the right of an assignment; `unreadable`, and the cursor anywhere, if there is none. */
export function readWrittenValue(cursor: Cursor): WrittenValue | typeof unreadable {
  return readValue(cursor, 0);
}

export const unreadable = Symbol('unreadable');

function readValue(cursor: Cursor, depth: number): WrittenValue | typeof unreadable {
  take(cursor, blanks);
  if (depth > DEEPEST) return unreadable;
  const first = cursor.text[cursor.at];
  if (first === "'" || first === '"') return readText(cursor) ?? unreadable;
  if (first === '[') return readItems(cursor, '[', ']', depth)?.filter((item) => item !== undefined) ?? unreadable;
  if (first === '{') return readMembers(cursor, depth) ?? unreadable;
  if (take(cursor, omission) !== undefined) return undefined;
  const digits = take(cursor, number);
  if (digits !== undefined) return Number(digits.replaceAll('_', ''));
  const name = take(cursor, word);
  if (name === undefined) return unreadable;
  return words.has(name) ? words.get(name) : readReference(cursor);
}

function readReference(cursor: Cursor): undefined | typeof unreadable {
  for (;;) {
    if (take(cursor, memberOfName) !== undefined) continue;
    if (cursor.text[cursor.at] !== '(') return undefined;
    const end = findClosing(cursor.text, cursor.at);
    if (end === undefined) return unreadable;
    cursor.at = end;
  }
}

function readItems(cursor: Cursor, open: string, close: string, depth: number): readonly WrittenValue[] | undefined {
  if (!takes(cursor, open)) return undefined;
  const items: WrittenValue[] = [];
  while (!takes(cursor, close)) {
    if (items.length > 0 && !takes(cursor, ',')) return undefined;
    if (takes(cursor, close)) break;
    const item = readValue(cursor, depth + 1);
    if (item === unreadable) return undefined;
    items.push(item);
  }
  return items;
}

/** The value of `{ times }` only the program knows. */
function readMembers(cursor: Cursor, depth: number): WrittenObject | undefined {
  const members: [string, WrittenValue][] = [];
  let isFirst = true;
  if (!takes(cursor, '{')) return undefined;
  while (!takes(cursor, '}')) {
    if (!isFirst && !takes(cursor, ',')) return undefined;
    if (takes(cursor, '}')) break;
    isFirst = false;
    if (take(cursor, omission) !== undefined) {
      take(cursor, word);
      continue;
    }
    const name = readName(cursor);
    if (name === undefined) return undefined;
    if (!takes(cursor, ':')) {
      members.push([name, undefined]);
      continue;
    }
    const value = readValue(cursor, depth + 1);
    if (value === unreadable) return undefined;
    members.push([name, value]);
  }
  return Object.fromEntries(members);
}

function readName(cursor: Cursor): string | undefined {
  take(cursor, blanks);
  const first = cursor.text[cursor.at];
  return first === "'" || first === '"' ? readText(cursor) : (take(cursor, word) ?? take(cursor, number));
}

function readText(cursor: Cursor): string | undefined {
  const { text, at } = cursor;
  const end = findTextEnd(text, at);
  if (end === undefined) return undefined;
  cursor.at = end;
  return text
    .slice(at + 1, end - 1)
    .replace(/\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|([\s\S]))/gi, (_, braced, four, two, other) => {
      const code = braced ?? four ?? two;
      return code === undefined ? (escapes[other] ?? other) : makeCharacter(Number.parseInt(code, 16));
    });
}

function makeCharacter(code: number): string {
  return code > 0x10_ffff ? '\ufffd' : String.fromCodePoint(code);
}

export function findTextEnd(text: string, start: number): number | undefined {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote) return at + 1;
  }
  return undefined;
}

/** Texts in between are skipped. */
function findClosing(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === "'" || character === '"') at = (findTextEnd(text, at) ?? at + 1) - 1;
    else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

/** Moves behind what it matches. */
export function take(cursor: Cursor, expression: RegExp): string | undefined {
  expression.lastIndex = cursor.at;
  const [found] = expression.exec(cursor.text) ?? [];
  if (found !== undefined) cursor.at += found.length;
  return found;
}

function takes(cursor: Cursor, character: string): boolean {
  take(cursor, blanks);
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at += 1;
  return true;
}
