import { types } from 'node:util';
import { outlineOfBytes } from '../formats/byte-outline';
import { restLine } from '../text/counts';
import { isAsymmetric, isRecord } from '../text/value-kinds';
import { writeValue } from '../text/values';
import { isDigest } from './entry-literal';

/** An expected and an actual value as an error has them. */
export interface ComparedValues {
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Reporters print each member and each item on a line of its own. */
const LINES = 24;
const DEPTH = 8;
const LONG_TEXT = 1000;
const TEXT_LINES = 10;

/** The lines that one value may still take. */
interface Lines {
  left: number;
}

/**
 * Two values in the form in which `toJSON` of the journal has them, so that an error can carry them: reporters print `actual` and
 * `expected` whole, a line for each byte. Long bytes are their number and their MD5, and so is a text that is compared with bytes.
 * Long lists are cut.
 */
export function comparedValues(expected: unknown, actual: unknown): ComparedValues {
  return {
    expected: written(expected, actual, { left: LINES }, DEPTH),
    actual: written(withoutDigests(actual, expected), expected, { left: LINES }, DEPTH),
  };
}

/** SDKs add digests by themselves. They are left out, as they are in the lines of the journal, unless the test expects one. */
function withoutDigests(actual: unknown, expected: unknown): unknown {
  if (!isRecord(actual) || !isRecord(actual['input'])) return actual;
  const named = isRecord(expected) && isRecord(expected['input']) ? expected['input'] : {};
  const members = Object.entries(actual['input']).filter(
    ([name, value]) => value !== undefined && (!isDigest(name) || Object.hasOwn(named, name)),
  );
  return { ...actual, input: Object.fromEntries(members) };
}

function written(value: unknown, other: unknown, lines: Lines, depth: number): unknown {
  if (typeof value === 'string') return writtenText(value, other);
  if (typeof value === 'function' || typeof value === 'symbol') return writeValue(value);
  if (typeof value !== 'object' || value === null) return value;
  if (types.isUint8Array(value)) return outlineOfBytes(value);
  if (isAsymmetric(value) || depth === 0) return writeValue(value);
  if (Array.isArray(value)) return writtenItems(value, other, lines, depth - 1);
  return isRecord(value) ? writtenMembers(value, other, lines, depth - 1) : writeValue(value);
}

function writtenText(text: string, other: unknown): unknown {
  const isLong = text.length > LONG_TEXT || text.split('\n', TEXT_LINES + 1).length > TEXT_LINES;
  return isLong || types.isUint8Array(other) ? outlineOfBytes(Buffer.from(text)) : text;
}

function writtenItems(items: readonly unknown[], other: unknown, lines: Lines, depth: number): readonly unknown[] {
  const others: readonly unknown[] = Array.isArray(other) ? other : [];
  const first: unknown[] = [];
  for (const item of items) {
    if (lines.left <= 0) return [...first, restLine(items.length - first.length)];
    lines.left -= 1;
    first.push(written(item, others[first.length], lines, depth));
  }
  return first;
}

function writtenMembers(value: object, other: unknown, lines: Lines, depth: number): Readonly<Record<string, unknown>> {
  const members = Object.entries(value);
  const others = isRecord(other) ? other : {};
  const first: [string, unknown][] = [];
  for (const [name, member] of members) {
    if (lines.left <= 0)
      return Object.fromEntries([...first, ['…', restLine(members.length - first.length, 'member')]]);
    lines.left -= 1;
    first.push([name, written(member, others[name], lines, depth)]);
  }
  return Object.fromEntries(first);
}
