import { isDeepStrictEqual, types } from 'node:util';
import { outlineOfBytes } from '../formats/byte-outline';
import { restLine } from '../text/counts';
import { isAsymmetric, isRecord } from '../text/value-kinds';
import { writeValue } from '../text/values';
import type { ExpectedRequest } from './comparison';
import { differingWindows } from './difference-text';
import { isDigest } from './entry-literal';
import { differencesOf, fits } from './input-matching';
import { printableMember } from './secret-members';

/** An expected and an actual value as an error has them. */
export interface ComparedValues {
  readonly expected: unknown;
  readonly actual: unknown;
}

/** The parts of a request that are compared with the expected one. */
interface ComparedPart {
  readonly operation: string | undefined;
  readonly input: object;
}

/** Reporters print each member and each item on a line of its own. */
const LINES = 24;
const DEPTH = 8;
const DIFFERENCES = 8;
const LONG_TEXT = 1000;
const TEXT_LINES = 10;

/** The lines that one value may still take. */
interface Lines {
  left: number;
}

/**
 * Two requests in the form in which `toJSON` of the journal has them, so that an error can carry them: reporters print `actual` and
 * `expected` whole, a line for each byte. Long bytes are their number and their MD5, and so is a text that is compared with bytes.
 * Long lists are cut.
 */
export function comparedValues(expected: ExpectedRequest, actual: ComparedPart | undefined): ComparedValues {
  const { operation, input } = expected;
  const request = input === undefined ? { operation } : expected;
  const received = actual && (input === undefined ? { operation: actual.operation } : withNamed(actual, input));
  const values = writtenPair(request, received);
  if (!isDeepStrictEqual(values.expected, values.actual)) return values;
  // The lists were cut before they differ.
  const differences = differencesOf(request, received).slice(0, DIFFERENCES);
  return writtenPair(
    Object.fromEntries(differences.map((one) => [one.path, one.expected])),
    Object.fromEntries(differences.map((one) => [one.path, printableMember(one.path, one.actual)])),
  );
}

function writtenPair(expected: unknown, actual: unknown): ComparedValues {
  return {
    expected: written(expected, actual, { left: LINES }, DEPTH),
    actual: written(actual, expected, { left: LINES }, DEPTH),
  };
}

/** The request with the members that the expected input names: any others are right, and reporters would mark them as differences. */
function withNamed({ operation, input }: ComparedPart, expected: unknown): ComparedPart {
  if (isRecord(expected) && !isAsymmetric(expected)) return { operation, input: namedPart(input, expected, DEPTH) };
  // SDKs add digests by themselves. They are left out, as they are in the lines of the journal.
  const members = Object.entries(input).filter(([name, value]) => value !== undefined && !isDigest(name));
  return { operation, input: Object.fromEntries(members.map(([name, value]) => [name, printableMember(name, value)])) };
}

function namedPart(actual: object, expected: object, depth: number): object {
  const named = Object.entries(expected).flatMap(([name, value]: [string, unknown]) => {
    const found = Object.hasOwn(actual, name) ? name : Object.keys(actual).find((one) => one === name.toLowerCase());
    if (found === undefined) return [];
    const member: unknown = Reflect.get(actual, found);
    const isPart = depth > 0 && isRecord(member) && isRecord(value) && !isAsymmetric(value);
    return [[name, isPart ? namedPart(member, value, depth - 1) : printableMember(name, member)]];
  });
  return Object.fromEntries(named);
}

function written(value: unknown, other: unknown, lines: Lines, depth: number): unknown {
  if (typeof value === 'string') return writtenText(value, other);
  if (typeof value === 'function' || typeof value === 'symbol') return writeValue(value);
  if (typeof value !== 'object' || value === null) return value;
  if (types.isUint8Array(value)) return outlineBeside(value, value, other);
  if (isAsymmetric(value) || depth === 0) return writeValue(value);
  if (Array.isArray(value)) return writtenItems(value, other, lines, depth - 1);
  return isRecord(value) ? writtenMembers(value, other, lines, depth - 1) : writeValue(value);
}

function writtenText(text: string, other: unknown): unknown {
  const isLong = text.length > LONG_TEXT || text.split('\n', TEXT_LINES + 1).length > TEXT_LINES;
  return isLong || types.isUint8Array(other) ? outlineBeside(Buffer.from(text), text, other) : text;
}

/** The outline of bytes; of long ones, with the part in which they begin to differ from those that they are compared with. */
function outlineBeside(bytes: Uint8Array, value: string | Uint8Array, other: unknown): unknown {
  const outline = outlineOfBytes(bytes);
  if (typeof outline === 'string' || 'base64' in outline || fits(value, other) || fits(other, value)) return outline;
  const windows = differingWindows(value, other);
  return windows === undefined ? outline : { ...outline, [windows.place]: windows.expected };
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
