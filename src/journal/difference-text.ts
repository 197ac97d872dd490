import { URLSearchParams } from 'node:url';
import { isDeepStrictEqual, types } from 'node:util';
import { outlineBytes } from '../formats/byte-outline';
import { decodePercent } from '../formats/url-encoding';
import { counted, restLine } from '../text/counts';
import { maskMember } from '../text/secrets';
import { isAsymmetric, isRecord } from '../text/value-kinds';
import { readText, writeValue } from '../text/values';
import { isDigest } from './entry-text';
import { type Difference, findDifferences, fits } from './input-matching';

const LONG_TEXT = 60;
const BEFORE_DIFFERENCE = 20;
const LONG_BYTES = 8;
const BYTES_BEFORE = 2;

export function writeDifference({ path, expected, actual }: Difference, name = 'input'): string {
  const received = maskMember(lastNameOf(path), actual);
  return `${path === '' ? name : path}: ${writeContrast(expected, received)}${encodingHint(path, expected, actual)}`;
}

/** Users choose the names of metadata, and the names can contain points. */
function lastNameOf(path: string): string {
  return path.startsWith('Metadata.') ? path : path.slice(path.lastIndexOf('.') + 1);
}

function writeContrast(expected: unknown, actual: unknown): string {
  const windows = differingWindows(expected, actual);
  if (windows !== undefined)
    return `expected ${windows.expected}, received ${windows.actual} (${windows.place}${windows.sizes})`;
  return `expected ${writeValue(expected)}, received ${writeValue(actual)}${firstOtherByte(expected, actual)}`;
}

interface DifferingWindows {
  readonly expected: string;
  readonly actual: string;
  /** The place of the first difference, counted from 1: `from character 7`. */
  readonly place: string;
  readonly sizes: string;
}

function differingWindows(expected: unknown, actual: unknown): DifferingWindows | undefined {
  const [text, otherText] = [asText(expected), asText(actual)];
  if (text !== undefined && otherText !== undefined) {
    if (Math.max(text.length, otherText.length) <= LONG_TEXT) return undefined;
    const at = firstDifference(text, otherText);
    const windows = { expected: partAround(text, at), actual: partAround(otherText, at) };
    return { ...windows, place: `from character ${at + 1}`, sizes: ` of ${text.length} and ${otherText.length}` };
  }
  const [bytes, otherBytes] = [asBytes(expected), asBytes(actual)];
  if (bytes === undefined || otherBytes === undefined || !(isLong(expected) || isLong(actual))) return undefined;
  const at = firstDifference(bytes, otherBytes);
  const windows = { expected: bytesAround(bytes, at), actual: bytesAround(otherBytes, at) };
  return { ...windows, place: `from byte ${at + 1}`, sizes: '' };
}

function isLong(value: unknown): boolean {
  const text = asText(value);
  return text === undefined ? types.isUint8Array(value) && value.byteLength > LONG_BYTES : text.length > LONG_TEXT;
}

function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return types.isUint8Array(value) ? readText(value) : undefined;
}

function asBytes(value: unknown): Uint8Array | undefined {
  if (typeof value === 'string') return Buffer.from(value);
  return types.isUint8Array(value) ? value : undefined;
}

function firstOtherByte(expected: unknown, actual: unknown): string {
  if (!types.isUint8Array(expected) || !types.isUint8Array(actual)) return '';
  return ` (from byte ${firstDifference(expected, actual) + 1})`;
}

function firstDifference(one: ArrayLike<unknown>, other: ArrayLike<unknown>): number {
  let at = 0;
  while (at < one.length && at < other.length && one[at] === other[at]) at += 1;
  return at;
}

function partAround(text: string, at: number): string {
  const from = Math.max(0, at - BEFORE_DIFFERENCE);
  const part = writeValue(text.slice(from, from + LONG_TEXT)).slice(1, -1);
  return `'${from > 0 ? '…' : ''}${part}${from + LONG_TEXT < text.length ? '…' : ''}'`;
}

/** `<1000000 bytes: …0001ff…>`; a value that ends there has the bytes before its end. */
function bytesAround(bytes: Uint8Array, at: number): string {
  const from = Math.max(0, at - BYTES_BEFORE);
  const to = Math.min(bytes.byteLength, from + LONG_BYTES);
  const part = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('hex');
  return `<${counted(bytes.byteLength, 'byte')}: ${from > 0 ? '…' : ''}${part}${to < bytes.byteLength ? '…' : ''}>`;
}

/** The members that a client sends as the code gave them, so that the code encodes them itself. */
const sentAsGiven = /(?:^|\.)(?:CopySource|Tagging)$/;

function encodingHint(path: string, expected: unknown, actual: unknown): string {
  if (typeof expected !== 'string' || typeof actual !== 'string') return '';
  const relation = findRelation(path, expected, actual);
  if (relation === undefined) return '';
  return ` (${relation}${sentAsGiven.test(path) ? '; it is compared as the code gave it to its client' : ''})`;
}

function findRelation(path: string, expected: string, actual: string): string | undefined {
  if (expected.normalize() === actual.normalize()) return 'both are the same text, in two Unicode forms';
  const [decoded, other] = [decodePercent(expected), decodePercent(actual)];
  if (other === expected) return 'the received text is the expected text, URL-encoded';
  if (decoded === actual) return 'the expected text is the received text, URL-encoded';
  if (decoded !== undefined && decoded === other) return 'both are the same text, URL-encoded in two ways';
  if (path.endsWith('CopySource') && decoded !== undefined && withoutSlash(decoded) === withoutSlash(other))
    return 'both name the same source, one with a slash before the bucket';
  return path.endsWith('Tagging') && tagsIn(expected) === tagsIn(actual)
    ? 'both have the same tags, in another order or encoded in another way'
    : undefined;
}

function withoutSlash(source: string | undefined): string | undefined {
  return source?.replace(/^\//, '');
}

/** Writes tags as a text that does not depend on their order and encoding. */
function tagsIn(header: string): string {
  return JSON.stringify([...new URLSearchParams(header)].map((tag) => JSON.stringify(tag)).sort());
}

interface ComparedPart {
  readonly operation: string | undefined;
  readonly input: unknown;
}

interface ReceivedPart extends ComparedPart {
  readonly input: object;
}

export interface ComparedValues {
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Reporters print each member and each item on a line of its own. */
const LINES = 24;
const DEPTH = 8;
const DIFFERENCES = 8;
const LONGEST_TEXT = 1000;
const TEXT_LINES = 10;

interface Lines {
  left: number;
}

/**
 * Returns both sides for a reporter, with bytes in short: reporters print `actual` and `expected` completely, with a line for each byte.
 */
export function comparedValues(expected: ComparedPart, actual: ReceivedPart | undefined): ComparedValues {
  const { operation, input } = expected;
  const request = input === undefined ? { operation } : expected;
  const received = actual && (input === undefined ? { operation: actual.operation } : withNamed(actual, input));
  const values = shortenPair(request, received);
  if (!isDeepStrictEqual(values.expected, values.actual)) return values;
  // If both sides look equal, the lists were cut before the place where they differ.
  const differences = findDifferences(request, received).slice(0, DIFFERENCES);
  return shortenPair(
    Object.fromEntries(differences.map((one) => [one.path, one.expected])),
    Object.fromEntries(differences.map((one) => [one.path, one.actual])),
  );
}

function shortenPair(expected: unknown, actual: unknown): ComparedValues {
  return {
    expected: shorten(expected, actual, { left: LINES }, DEPTH),
    actual: shorten(actual, expected, { left: LINES }, DEPTH),
  };
}

/** Leaves only the members that the test named. The other members are right, but reporters would mark them as differences. */
function withNamed({ operation, input }: ReceivedPart, expected: unknown): ComparedPart {
  if (isRecord(expected) && !isAsymmetric(expected)) return { operation, input: namedPart(input, expected, DEPTH) };
  // SDKs add digests by themselves. They are left out, as they are in the lines of the journal.
  const members = Object.entries(input).filter(([name, value]) => value !== undefined && !isDigest(name));
  return { operation, input: Object.fromEntries(members) };
}

function namedPart(actual: object, expected: object, depth: number): object {
  const named = Object.entries(expected).flatMap(([name, value]: [string, unknown]) => {
    const found = Object.hasOwn(actual, name) ? name : Object.keys(actual).find((one) => one === name.toLowerCase());
    if (found === undefined) return [];
    const member: unknown = Reflect.get(actual, found);
    const isPart = depth > 0 && isRecord(member) && isRecord(value) && !isAsymmetric(value);
    return [[name, isPart ? namedPart(member, value, depth - 1) : member]];
  });
  return Object.fromEntries(named);
}

function shorten(value: unknown, other: unknown, lines: Lines, depth: number): unknown {
  if (typeof value === 'string') return shortenText(value, other);
  if (typeof value === 'function' || typeof value === 'symbol') return writeValue(value);
  if (typeof value !== 'object' || value === null) return value;
  if (types.isUint8Array(value)) return outlineBeside(value, value, other);
  if (isAsymmetric(value) || depth === 0) return writeValue(value);
  if (Array.isArray(value)) return shortenItems(value, other, lines, depth - 1);
  return isRecord(value) ? shortenMembers(value, other, lines, depth - 1) : writeValue(value);
}

function shortenText(text: string, other: unknown): unknown {
  const isLong = text.length > LONGEST_TEXT || text.split('\n', TEXT_LINES + 1).length > TEXT_LINES;
  return isLong || types.isUint8Array(other) ? outlineBeside(Buffer.from(text), text, other) : text;
}

function outlineBeside(bytes: Uint8Array, value: string | Uint8Array, other: unknown): unknown {
  const outline = outlineBytes(bytes);
  if (typeof outline === 'string' || 'base64' in outline || fits(value, other) || fits(other, value)) return outline;
  const windows = differingWindows(value, other);
  return windows === undefined ? outline : { ...outline, [windows.place]: windows.expected };
}

function shortenItems(items: readonly unknown[], other: unknown, lines: Lines, depth: number): readonly unknown[] {
  const others: readonly unknown[] = Array.isArray(other) ? other : [];
  const first: unknown[] = [];
  for (const item of items) {
    if (lines.left <= 0) return [...first, restLine(items.length - first.length)];
    lines.left -= 1;
    first.push(shorten(item, others[first.length], lines, depth));
  }
  return first;
}

function shortenMembers(value: object, other: unknown, lines: Lines, depth: number): Readonly<Record<string, unknown>> {
  const members = Object.entries(value);
  const others = isRecord(other) ? other : {};
  const first: [string, unknown][] = [];
  for (const [name, member] of members) {
    if (lines.left <= 0)
      return Object.fromEntries([...first, ['…', restLine(members.length - first.length, 'member')]]);
    lines.left -= 1;
    first.push([name, shorten(member, others[name], lines, depth)]);
  }
  return Object.fromEntries(first);
}
