import { types } from 'node:util';
import type { RequestEntry } from './entry';
import { withMembers } from './entry-copy';

/** The entry with its bytes as Buffers, whose `toString()` returns text. */
export function readable(entry: RequestEntry): RequestEntry {
  const body = entry.body && bufferOf(entry.body);
  const member = (value: Uint8Array) =>
    entry.body !== undefined && sameMemory(value, entry.body) ? body : bufferOf(value);
  const input = mapped(entry.input, member);
  const output = entry.output && mapped(entry.output, member);
  if (body === entry.body && input === entry.input && output === entry.output) return entry;
  return withMembers(entry, { body, input, output });
}

/** A Buffer over the same memory. If they are a small part of a larger memory, such as a range of an object, over a copy, which does not keep that. */
function bufferOf(bytes: Uint8Array): Buffer {
  const isWhole = bytes.byteLength * 2 >= bytes.buffer.byteLength;
  if (Buffer.isBuffer(bytes) && (isWhole || bytes.byteLength === 0)) return bytes;
  if (isWhole) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Not Buffer.from(bytes), which puts short copies into a memory that they share with others.
  const copy = Buffer.allocUnsafeSlow(bytes.byteLength);
  copy.set(bytes);
  return copy;
}

function sameMemory(one: Uint8Array, other: Uint8Array): boolean {
  return one.buffer === other.buffer && one.byteOffset === other.byteOffset && one.byteLength === other.byteLength;
}

function mapped(members: object, member: (value: Uint8Array) => unknown): object {
  const given = members as Readonly<Record<string, unknown>>; // read by its own names
  let copy: Record<string, unknown> | undefined;
  for (const name in given) {
    const value = given[name];
    if (!isBytes(value)) continue;
    const replacement = member(value);
    if (replacement === value) continue;
    copy ??= { ...given };
    copy[name] = replacement;
  }
  return copy ?? members;
}

/** Whether a value is bytes. Most members are texts, which Node's own function takes longer to refuse. */
export function isBytes(value: unknown): value is Uint8Array {
  return typeof value === 'object' && types.isUint8Array(value);
}
