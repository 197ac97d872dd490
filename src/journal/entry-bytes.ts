import { types } from 'node:util';
import type { RequestEntry } from './entry';

/** The entry with its bytes as Buffers, whose `toString()` returns text. */
export function readable(entry: RequestEntry): RequestEntry {
  const body = entry.body && bufferOf(entry.body);
  const member = (value: unknown) => {
    if (!types.isUint8Array(value)) return value;
    return entry.body !== undefined && sameMemory(value, entry.body) ? body : bufferOf(value);
  };
  const input = mapped(entry.input, member);
  const output = entry.output && mapped(entry.output, member);
  return { ...entry, body, input, output } as RequestEntry; // the same members under the same names
}

/** A Buffer over the same memory. If they are a small part of a larger memory, such as a range of an object, over a copy, which does not keep that. */
function bufferOf(bytes: Uint8Array): Buffer {
  if (bytes.byteLength * 2 >= bytes.buffer.byteLength)
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Not Buffer.from(bytes), which puts short copies into a memory that they share with others.
  const copy = Buffer.allocUnsafeSlow(bytes.byteLength);
  copy.set(bytes);
  return copy;
}

function sameMemory(one: Uint8Array, other: Uint8Array): boolean {
  return one.buffer === other.buffer && one.byteOffset === other.byteOffset && one.byteLength === other.byteLength;
}

function mapped(members: object, member: (value: unknown) => unknown): object {
  return Object.values(members).some(types.isUint8Array)
    ? Object.fromEntries(Object.entries(members).map(([name, value]) => [name, member(value)]))
    : members;
}
