import { types } from 'node:util';
import { textOf, writeValue } from '../text/values';
import type { Difference } from './input-matching';

const LONG_TEXT = 60;
const BEFORE_DIFFERENCE = 20;

/** `VersioningConfiguration.Status: expected 'Suspended', received 'Enabled'` */
export function writeDifference({ path, expected, actual }: Difference): string {
  return `${path === '' ? 'input' : path}: ${contrasted(expected, actual)}`;
}

/** Both values; of long texts, the part in which they begin to differ. */
function contrasted(expected: unknown, actual: unknown): string {
  const [one, other] = [asText(expected), asText(actual)];
  if (one === undefined || other === undefined || Math.max(one.length, other.length) <= LONG_TEXT)
    return `expected ${writeValue(expected)}, received ${writeValue(actual)}${firstOtherByte(expected, actual)}`;
  const at = firstDifference(one, other);
  const where = `(from character ${at + 1} of ${one.length} and ${other.length})`;
  return `expected ${partAround(one, at)}, received ${partAround(other, at)} ${where}`;
}

function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return types.isUint8Array(value) ? textOf(value) : undefined;
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
