import { types } from 'node:util';
import type { RequestEntry } from './entry';

/** The entry with its bytes as Buffers over the same memory, whose `toString()` returns text. */
export function readable(entry: RequestEntry): RequestEntry {
  return rebuilt(entry, entry.body && bufferOver(entry.body), (value) =>
    types.isUint8Array(value) ? bufferOver(value) : value,
  );
}

/** The entry without its bytes; `dropped` names the members that lost them. Empty bodies stay, since they take no memory. */
export function withoutBytes(entry: RequestEntry): RequestEntry {
  if (bytesHeld(entry) === 0) return entry;
  const dropped = [...blobsOf(entry.input), ...blobsOf(entry.output)].map(([name]) => name);
  const bare = rebuilt(entry, undefined, (value) => (types.isUint8Array(value) ? undefined : value));
  return { ...bare, dropped: [...new Set(dropped)] };
}

/** The number of bytes that an entry holds. A body that is also a member of the input counts once. */
export function bytesHeld(entry: RequestEntry): number {
  const views = [...blobsOf(entry.input), ...blobsOf(entry.output)].map(([, view]) => view);
  const others = views.filter((view) => entry.body === undefined || !sameMemory(view, entry.body));
  return others.reduce((sum, { byteLength }) => sum + byteLength, entry.body?.byteLength ?? 0);
}

function blobsOf(members: unknown): readonly (readonly [name: string, bytes: Uint8Array])[] {
  if (typeof members !== 'object' || members === null) return [];
  return Object.entries(members).filter((member): member is [string, Uint8Array] => types.isUint8Array(member[1]));
}

function sameMemory(one: Uint8Array, other: Uint8Array): boolean {
  return one.buffer === other.buffer && one.byteOffset === other.byteOffset && one.byteLength === other.byteLength;
}

function rebuilt(entry: RequestEntry, body: Uint8Array | undefined, member: (value: unknown) => unknown): RequestEntry {
  const input = mapped(entry.input, member);
  const output = entry.output && mapped(entry.output, member);
  return { ...entry, body, input, output } as RequestEntry; // the same members under the same names
}

function mapped(members: object, member: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, member(value)]));
}

function bufferOver(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
