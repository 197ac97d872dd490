import { stringDecoder, util } from '../core-modules';
import { counted } from './counts';
import { maskText } from './masks';
import { maskMember } from './secrets';
import { isAsymmetric, isRecord } from './value-kinds';

const { inspect, types } = util;

interface Bounds {
  readonly depth: number;
  readonly items: number;
  readonly letters: number;
  readonly cutTo?: number;
}

export const BRIEF: Bounds = { depth: 4, items: 6, letters: 40 };
const FULL: Bounds = { depth: 8, items: 50, letters: 200 };
/** The bounds for an expected value that stands above the differences: the differences show the part of a long text that matters. */
const DESCRIBED: Bounds = { ...FULL, cutTo: 60 };
const GIVEN: Bounds = { depth: 2, items: 5, letters: 60 };
/** Keys are longer than other texts, and differ late. */
const KEY: Bounds = { ...GIVEN, letters: 80 };

const LINE = 100;
const HEX_BYTES = 8;

/** The word for a value that throws when it is read. */
export const UNREADABLE = '<unreadable>';

export function writeValue(value: unknown, bounds: Bounds = FULL): string {
  if (typeof value === 'string') return quoted(value, bounds);
  if (typeof value !== 'object' || value === null) return writeSimple(value);
  try {
    return writeObject(value, bounds);
  } catch {
    return UNREADABLE;
  }
}

/** Writes a function by its name. Its members are not printed. */
function writeSimple(value: unknown): string {
  try {
    return print(value);
  } catch {
    return UNREADABLE;
  }
}

function writeObject(value: object, bounds: Bounds): string {
  if (isAsymmetric(value)) return writeMatcher(value, bounds);
  if (types.isDate(value)) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (types.isUint8Array(value)) return writeBytes(value, bounds);
  if (isList(value)) return writeItems(Array.from(value), bounds);
  if (isRecord(value)) return writeMembers(value, bounds);
  if (types.isMap(value)) return writeCollection('Map', [...value], bounds, writePair);
  if (types.isSet(value)) return writeCollection('Set', [...value], bounds, writeValue);
  // Node would print the name and the password in a URL.
  if (Object.prototype.toString.call(value) === '[object URL]') return quoted(String(value), bounds);
  // An error is written without its stack, which is longer than the message that quotes it.
  return types.isNativeError(value) ? `[${value}]` : inspected(value, bounds);
}

export function writeBlock(value: unknown): string {
  const line = writeValue(value, DESCRIBED);
  if (line.length <= LINE || !isRecord(value) || isAsymmetric(value)) return line;
  const members = Object.entries(value).map(([name, item]) => `  ${writeMember(name, item, DESCRIBED)},\n`);
  return `{\n${members.join('')}}`;
}

export function writeGiven(value: unknown): string {
  return writeValue(value, GIVEN);
}

/** Writes an instance of a class by the name of its class only. */
export function writeSubject(value: unknown): string {
  const isInstance = typeof value === 'object' && value !== null && isRecord(value) && nameClass(value) !== '';
  return isInstance ? `${nameClass(value)}{…}` : writeGiven(value);
}

/** Writes a text whole, for a reader who copies it into code. */
export function writeWhole(text: string): string {
  return quoted(text, { ...FULL, letters: Number.POSITIVE_INFINITY });
}

export function writeKey(key: string): string {
  return writeValue(key, KEY);
}

export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    return escapes[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

export function readText(bytes: Uint8Array, atMost: number = bytes.byteLength): string | undefined {
  const length = Math.min(bytes.byteLength, atMost);
  const decoder = new stringDecoder.StringDecoder('utf8');
  const text = decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, length));
  const read = length === bytes.byteLength ? text + decoder.end() : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters show that bytes are not text
  return /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(read) ? undefined : read;
}

function isList(value: object): value is ArrayLike<unknown> {
  return Array.isArray(value) || Object.prototype.toString.call(value) === '[object Array]';
}

function quoted(given: string, { letters, cutTo = letters }: Bounds): string {
  const text = maskText('', given);
  const cut = text.length > letters;
  const escaped = visible((cut ? text.slice(0, cutTo) : text).replace(/[\\']/g, '\\$&'));
  return cut ? `'${escaped}…' (${counted(text.length, 'character')})` : `'${escaped}'`;
}

function writeBytes(bytes: Uint8Array, bounds: Bounds): string {
  const size = counted(bytes.byteLength, 'byte');
  const text = readText(bytes, bounds.letters * 4);
  if (text === undefined) {
    const hex = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, HEX_BYTES)).toString('hex');
    return `<${size}: ${hex}${bytes.byteLength > HEX_BYTES ? '…' : ''}>`;
  }
  return text.length > bounds.letters
    ? `${quoted(text.slice(0, bounds.cutTo ?? bounds.letters), bounds).slice(0, -1)}…' (${size})`
    : quoted(text, bounds);
}

function writeItems(items: readonly unknown[], bounds: Bounds): string {
  if (items.length === 0) return '[]';
  if (bounds.depth === 0) return '[…]';
  const within = { ...bounds, depth: bounds.depth - 1 };
  return `[${firstParts(items, bounds, (item) => writeValue(item, within))}]`;
}

function writeMembers(value: object, bounds: Bounds): string {
  const members = Object.entries(value);
  const prefix = nameClass(value);
  if (members.length === 0) return `${prefix}{}`;
  if (bounds.depth === 0) return `${prefix}{…}`;
  const within = { ...bounds, depth: bounds.depth - 1 };
  const parts = firstParts(members, bounds, ([name, item]) => writeMember(name, item, within));
  return `${prefix}{ ${parts} }`;
}

function firstParts<Part>(parts: readonly Part[], { items }: Bounds, write: (part: Part) => string): string {
  const first = parts.slice(0, items).map(write);
  const rest = parts.length - first.length;
  return (rest === 0 ? first : [...first, `… ${rest} more`]).join(', ');
}

function writeCollection<Item>(
  name: string,
  items: readonly Item[],
  bounds: Bounds,
  write: (item: Item, bounds: Bounds) => string,
): string {
  if (items.length === 0) return `${name}(0) {}`;
  const within = { ...bounds, depth: bounds.depth - 1 };
  const parts = bounds.depth === 0 ? '…' : firstParts(items, bounds, (item) => write(item, within));
  return `${name}(${items.length}) { ${parts} }`;
}

function writePair([name, value]: readonly [name: unknown, value: unknown], bounds: Bounds): string {
  return `${writeValue(name, bounds)} => ${writeValue(maskMember(typeof name === 'string' ? name : '', value), bounds)}`;
}

function writeMember(name: string, value: unknown, bounds: Bounds): string {
  return `${memberName(name)}: ${writeValue(maskMember(name, value), bounds)}`;
}

/** The matchers of jest and vitest have a name, and mostly a sample; other matchers can have neither. */
function writeMatcher(matcher: object, bounds: Bounds): string {
  if ('toAsymmetricMatcher' in matcher && typeof matcher.toAsymmetricMatcher === 'function') {
    return String(matcher.toAsymmetricMatcher());
  }
  const name = String(matcher);
  if (name.startsWith('[object')) return '<matcher>';
  return 'sample' in matcher ? `${name} ${writeValue(matcher.sample, bounds)}` : name;
}

function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name, FULL);
}

function nameClass(value: object): string {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === 'string' && name !== 'Object' && name !== '' ? `${name} ` : '';
}

function inspected(value: object, { depth, items, letters }: Bounds): string {
  const bounds = { depth: Math.min(depth, 1), maxArrayLength: items, maxStringLength: letters };
  return print(value, { ...bounds, breakLength: Number.POSITIVE_INFINITY });
}

/** Prints a Proxy as what the test gave: the engine gets functions and instances of a test file as such. Node prints `Proxy(…)` since version 26. */
function print(value: unknown, options: object = {}): string {
  const text = inspect(value, options);
  return types.isProxy(value) ? text.replace(/^Proxy\((.*)\)$/s, '$1') : text;
}

/** Quotes a word for a POSIX shell, if that is needed. */
export function writeShellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
