import { StringDecoder } from 'node:string_decoder';
import { inspect, types } from 'node:util';
import { isAsymmetric } from '../journal/input-matching';

/** How much of a value is shown. */
export interface Bounds {
  readonly depth: number;
  readonly items: number;
  readonly letters: number;
}

/** For an entry in a list, where all of it stands on one line. */
export const BRIEF: Bounds = { depth: 4, items: 6, letters: 40 };
/** For what a person compares letter by letter. */
export const FULL: Bounds = { depth: 8, items: 50, letters: 200 };

const LINE = 100;
const HEX_BYTES = 8;

/** A value on one line, as one would write it in a test; bytes that are text are shown as text. */
export function shown(value: unknown, bounds: Bounds = FULL): string {
  if (typeof value === 'string') return quoted(value, bounds);
  if (typeof value !== 'object' || value === null) return inspect(value);
  if (isAsymmetric(value)) return shownMatcher(value, bounds);
  if (types.isDate(value)) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (types.isUint8Array(value)) return shownBytes(value, bounds);
  if (Array.isArray(value)) return shownItems(value, bounds);
  if (isPlain(value)) return shownMembers(value, bounds);
  return inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY });
}

/** The same, with a member a line where one line would be long. */
export function shownInBlock(value: unknown): string {
  const line = shown(value);
  if (line.length <= LINE || !isPlain(value) || isAsymmetric(value)) return line;
  const members = Object.entries(value).map(([name, item]) => `  ${memberName(name)}: ${shown(item)},\n`);
  return `{\n${members.join('')}}`;
}

/** Bytes as the text they are, if they are; of long ones no more than the beginning is looked at. */
export function textOf(bytes: Uint8Array, atMost: number = bytes.byteLength): string | undefined {
  const length = Math.min(bytes.byteLength, atMost);
  const decoder = new StringDecoder('utf8');
  const text = decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, length));
  const whole = length === bytes.byteLength ? text + decoder.end() : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are how bytes that are no text are told
  return /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(whole) ? undefined : whole;
}

function quoted(text: string, { letters }: Bounds): string {
  const cut = text.length > letters;
  const escaped = JSON.stringify(cut ? text.slice(0, letters) : text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'");
  return cut ? `'${escaped}…' (${text.length} characters)` : `'${escaped}'`;
}

function shownBytes(bytes: Uint8Array, bounds: Bounds): string {
  const size = `${bytes.byteLength} bytes`;
  const text = textOf(bytes, bounds.letters * 4);
  if (text === undefined) {
    const hex = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, HEX_BYTES)).toString('hex');
    return `<${size}: ${hex}${bytes.byteLength > HEX_BYTES ? '…' : ''}>`;
  }
  return text.length > bounds.letters
    ? `${quoted(text.slice(0, bounds.letters), bounds).slice(0, -1)}…' (${size})`
    : quoted(text, bounds);
}

function shownItems(items: readonly unknown[], bounds: Bounds): string {
  if (items.length === 0) return '[]';
  if (bounds.depth === 0) return '[…]';
  const within = { ...bounds, depth: bounds.depth - 1 };
  return `[${shortened(
    items.map((item) => () => shown(item, within)),
    bounds,
  )}]`;
}

function shownMembers(value: object, bounds: Bounds): string {
  const members = Object.entries(value);
  const prefix = classOf(value);
  if (members.length === 0) return `${prefix}{}`;
  if (bounds.depth === 0) return `${prefix}{…}`;
  const within = { ...bounds, depth: bounds.depth - 1 };
  return `${prefix}{ ${shortened(
    members.map(
      ([name, item]) =>
        () =>
          `${memberName(name)}: ${shown(item, within)}`,
    ),
    bounds,
  )} }`;
}

/** The parts that fit the bounds, and how many do not; what is not shown is not put into words either. */
function shortened(parts: readonly (() => string)[], { items }: Bounds): string {
  const first = parts.slice(0, items).map((part) => part());
  const rest = parts.length - first.length;
  return (rest === 0 ? first : [...first, `… ${rest} more`]).join(', ');
}

/** Jest's and vitest's matchers have a name, and mostly a sample; of others nothing is known. */
function shownMatcher(matcher: object, bounds: Bounds): string {
  if ('toAsymmetricMatcher' in matcher && typeof matcher.toAsymmetricMatcher === 'function') {
    return String(matcher.toAsymmetricMatcher());
  }
  const name = String(matcher);
  if (name.startsWith('[object')) return '<matcher>';
  return 'sample' in matcher ? `${name} ${shown(matcher.sample, bounds)}` : name;
}

function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name, FULL);
}

/** `MockS3 ` before the members of an instance, nothing before those of a mere object. */
function classOf(value: object): string {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === 'string' && name !== 'Object' && name !== '' ? `${name} ` : '';
}

function isPlain(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]';
}
