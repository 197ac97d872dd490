import { URLSearchParams } from 'node:url';
import { types } from 'node:util';
import { decodePercent } from '../formats/url-encoding';
import { counted } from '../text/counts';
import { textOf, writeValue } from '../text/values';
import type { Difference } from './input-matching';
import { printableMember } from './secret-members';

const LONG_TEXT = 60;
const BEFORE_DIFFERENCE = 20;
const LONG_BYTES = 8;
/** The bytes that both values have before those that differ. */
const BYTES_BEFORE = 2;

/** `VersioningConfiguration.Status: expected 'Suspended', received 'Enabled'` */
export function writeDifference(difference: Difference): string {
  return writeDifferenceIn('input', difference);
}

/** The same; `whole` is the word for the value itself, which has no path. */
export function writeDifferenceIn(whole: string, { path, expected, actual }: Difference): string {
  const received = printableMember(path, actual);
  return `${path === '' ? whole : path}: ${contrasted(expected, received)}${encodingHint(path, expected, actual)}`;
}

/** Both values; of long texts and bytes, the part in which they begin to differ. */
function contrasted(expected: unknown, actual: unknown): string {
  const windows = differingWindows(expected, actual);
  if (windows !== undefined)
    return `expected ${windows.expected}, received ${windows.actual} (${windows.place}${windows.sizes})`;
  return `expected ${writeValue(expected)}, received ${writeValue(actual)}${firstOtherByte(expected, actual)}`;
}

/** The parts of two long values in which they begin to differ. */
interface DifferingWindows {
  readonly expected: string;
  readonly actual: string;
  /** `from byte 500001`, counted from 1. */
  readonly place: string;
  /** The lengths of both texts, as ` of 200 and 201`; empty for bytes, whose parts have them. */
  readonly sizes: string;
}

/** The parts in which two texts, or bytes, begin to differ; undefined if one is neither, or if both are short. */
export function differingWindows(expected: unknown, actual: unknown): DifferingWindows | undefined {
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
  return types.isUint8Array(value) ? textOf(value) : undefined;
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

/** A remark on two texts that are forms of one text, in which nobody sees why they differ; empty if they are not. */
function encodingHint(path: string, expected: unknown, actual: unknown): string {
  if (typeof expected !== 'string' || typeof actual !== 'string') return '';
  const relation = relationOf(path, expected, actual);
  if (relation === undefined) return '';
  return ` (${relation}${sentAsGiven.test(path) ? '; it is compared as the code gave it to its client' : ''})`;
}

function relationOf(path: string, expected: string, actual: string): string | undefined {
  const [decoded, other] = [decodePercent(expected), decodePercent(actual)];
  if (other === expected) return 'the received text is the expected one, URL-encoded';
  if (decoded === actual) return 'the expected text is the received one, URL-encoded';
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

/** The tags of a header `a=b&c=d` as a text that does not depend on their order and encoding. */
function tagsIn(header: string): string {
  return JSON.stringify([...new URLSearchParams(header)].map((tag) => JSON.stringify(tag)).sort());
}
