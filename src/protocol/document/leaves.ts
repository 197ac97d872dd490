import {
  isoDateWithMilliseconds,
  parseHttpDate,
  parseIsoDate,
  writeHttpDate,
  writeInstant,
  writeIsoDate,
} from '../../formats/dates';
import { decodeWords, encodeWords } from '../../formats/encoded-words';
import { type RefusalName, S3Error } from '../../refusals';
import type { Leaf, LeafShape, NamedRefusal, ValueOf } from '../../shapes/shape';
import { sentName, sentNumber, sentText } from '../../shapes/values';
import { grouped } from '../../text/counts';
import { writeKey } from '../../text/values';

export interface LeafReader {
  /** The value; undefined if the text is not valid. */
  readonly read: (text: string) => unknown;
  readonly write: (value: never) => string;
  /** S3's own refusal of an invalid text. If it is left out, S3 gives the refusal that is usual at that place. */
  readonly refusal?: ((text: string, name: string) => S3Error | undefined) | undefined;
  /** The valid texts in words: `one of Enabled, Suspended`. */
  readonly expected?: string | undefined;
}

type Kind = LeafShape<unknown>['kind'];

const same = (text: string) => text;

/** Whether each text is its own value. */
export function isPlainText({ read, write }: LeafReader): boolean {
  return read === same && write === same;
}

const kinds: { readonly [K in Kind]: LeafReader } = {
  text: { read: same, write: same },
  'plain text': { read: same, write: same },
  'encoded words': { read: decodeWords, write: encodeWords },
  integer: { read: readInteger, write: String, expected: 'a whole number of 32 bits' },
  long: {
    read: readLong,
    write: String,
    expected: 'a whole number',
  },
  boolean: { read: readBoolean, write: String, expected: 'true or false' },
  'word list': {
    read: (text) => text.split(',').map((part) => part.trim()),
    write: (words: readonly string[]) => words.join(','),
  },
  date: makeDateReader(parseIsoDate, writeIsoDate),
  'date with milliseconds': makeDateReader(parseIsoDate, isoDateWithMilliseconds),
  instant: makeDateReader(parseIsoDate, writeInstant),
  'http date': makeDateReader(parseHttpDate, writeHttpDate),
  bytes: { read: same, write: String },
};

/** S3 accepts a plus sign (F1603). */
export function readInteger(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const number = Number(text);
  return number >= -2147483648 && number <= 2147483647 ? number : undefined;
}

const largestLong = 2n ** 63n - 1n;

/** A whole number of 64 bits. Beyond 2 to the 53rd it is the nearest number of JavaScript. */
function readLong(text: string): number | undefined {
  const digits = /^([+-]?)0*(\d{1,19})$/.exec(text)?.[2];
  return digits !== undefined && BigInt(digits) <= largestLong ? Number(text) : undefined;
}

function readBoolean(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

function makeDateReader(
  parse: (text: string) => number | undefined,
  format: (milliseconds: number) => string,
): LeafReader {
  return {
    read(text) {
      const milliseconds = parse(text);
      return milliseconds === undefined ? undefined : new Date(milliseconds);
    },
    write: (date: Date) => format(date.getTime()),
    expected: `a date such as ${format(Date.UTC(2026, 2, 31, 7, 35, 5))}`,
  };
}

const readers = new WeakMap<Leaf, LeafReader>();

export function readerOf(leaf: Leaf): LeafReader {
  const known = readers.get(leaf);
  if (known !== undefined) return known;
  const made = makeReader(leaf);
  readers.set(leaf, made);
  return made;
}

export function readLeaf<S extends Leaf>(leaf: S, text: string): ValueOf<S> | undefined {
  return readerOf(leaf).read(text) as ValueOf<S> | undefined; // a reader reads values of its shape
}

function makeReader(leaf: Leaf): LeafReader {
  const { whenEmpty, otherwise, form, convert, range } = leaf;
  if (form !== undefined) {
    const number = readerOf(form);
    return { ...number, read: (text) => (number.read(text) === undefined ? undefined : text), write: same };
  }
  const kind = leaf.kind === 'words' ? ofWords(leaf.words) : kinds[leaf.kind];
  const { read: plain } = kind;
  const refusal = makeOwnRefusal(leaf, plain);
  if (leaf.refusalOfText !== undefined)
    return { ...kind, read: unlessRefused(leaf.refusalOfText, convert ?? plain), refusal };
  if (convert !== undefined) return { ...kind, read: convert, refusal };
  if (otherwise !== undefined) return { ...kind, read: (text) => plain(text) ?? otherwise };
  const read = whenEmpty === undefined ? plain : (text: string) => (text === '' ? whenEmpty : plain(text));
  if (range === undefined) return { ...kind, read, refusal };
  return {
    ...kind,
    read: (text) => within(range, read(text)),
    refusal,
    expected: `a whole number from ${writeSpan(range)}`,
  };
}

function ofWords(words: readonly string[]): LeafReader {
  const expected = words.length === 1 ? words.join() : `one of ${words.join(', ')}`;
  return { read: (text) => words.find((word) => word === text), write: same, expected };
}

function unlessRefused(
  refusalOfText: NonNullable<Leaf['refusalOfText']>,
  read: LeafReader['read'],
): LeafReader['read'] {
  return (text) => (refusalOfText(text, '') === undefined ? read(text) : undefined);
}

function within([least, most]: readonly [number, number], number: unknown): unknown {
  return typeof number === 'number' && number >= least && number <= most ? number : undefined;
}

function writeSpan([least, most]: readonly [number, number]): string {
  return most === Number.POSITIVE_INFINITY ? `${least} on` : `${least} to ${grouped(most)}`;
}

function makeOwnRefusal({ refusalOfText, refusal, outOfRange }: Leaf, read: LeafReader['read']): LeafReader['refusal'] {
  if (refusalOfText !== undefined) return refusalOfText;
  if (outOfRange === undefined) return refusal && ((text, name) => refusalForNamed(refusal, text, name));
  return (text, name) => {
    const number = read(text);
    const found = number === undefined ? refusal : outOfRange;
    return found && refusalForNamed(found, text, name, number);
  };
}

/** `refusing` has compared the details with the name. */
export function refusalForNamed(
  { name, details }: NamedRefusal,
  text: string,
  place: string,
  number?: unknown,
): S3Error {
  const sent: Readonly<Record<string, string>> = { [sentText]: text, [sentName]: place, [sentNumber]: String(number) };
  const filled = Object.entries(details ?? {}).map(([detail, value]) => [detail, sent[String(value)] ?? value]);
  return new S3Error<RefusalName>(name, Object.fromEntries(filled) as never); // of its own name
}

/** What JavaScript writes for values that code did not mean to send. */
const slips: ReadonlyMap<string, string> = new Map([
  ['NaN', ': the code made it of undefined, or of a text that is no number'],
  ['undefined', ': a template made it of a value that is missing'],
  ['[object Object]', ': the code sent an object in place of a value'],
]);

export function refusalForText(refusal: S3Error, name: string, text: string, { expected }: LeafReader): S3Error {
  return expected === undefined
    ? refusal.quoting({ [name]: text })
    : refusal.because(`${name} ${writeKey(text)} is not ${expected}${slips.get(text) ?? ''}`);
}
