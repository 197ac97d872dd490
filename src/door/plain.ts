import { types } from 'node:util';
import { writeTextOrBase64 } from '../formats/byte-outline';

const FEW = 200;

/** Moments in ISO 8601, bytes in short, infinite numbers as null. */
export function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value;
  if (types.isDate(value)) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (types.isUint8Array(value)) return value.byteLength > FEW ? { bytes: value.byteLength } : writeTextOrBase64(value);
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined && typeof member !== 'function')
      .map(([name, member]) => [name, plain(member)]),
  );
}
