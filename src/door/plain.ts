import { types } from 'node:util';
import { writeTextOrBase64 } from '../formats/byte-outline';
import { printableEntries } from '../text/secrets';

const FEW = 200;

const given = new WeakSet<object>();

/** Answers a value as it is, although it contains secrets: the mock made them for the caller of the door. */
export function withSecrets<Value extends object>(value: Value): Value {
  given.add(value);
  return value;
}

/** Moments in ISO 8601, bytes in short, infinite numbers as null, a word in place of each secret. */
export function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value;
  if (given.has(value)) return value;
  if (types.isDate(value)) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (types.isUint8Array(value)) return value.byteLength > FEW ? { bytes: value.byteLength } : writeTextOrBase64(value);
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(
    printableEntries(value)
      .filter(([, member]) => member !== undefined && typeof member !== 'function')
      .map(([name, member]) => [name, plain(member)]),
  );
}
